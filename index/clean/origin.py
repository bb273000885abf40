"""Where each character of the cleaned text stands in the source: kept through every repair, to mark pages by."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from index.clean.text import COMBINING, clean
from index.extract.source import Line
from index.records import Origin, Span

# How far a character is looked for where signs were put in another order; further off it is another one.
_REACH = 8
# A line that is longer, and was repaired, stands on no page: its places are not worth the time.
_LONGEST = 100_000


def aligned(raw: str, cleaned: str, offset: int) -> Sequence[int]:
    """For each character of a cleaned line the place it came from; `offset` is where the raw line begins."""
    start = raw.find(cleaned)
    if start >= 0:
        return range(offset + start, offset + start + len(cleaned))
    if len(raw) > _LONGEST:
        return [-1] * len(cleaned)
    found: list[int] = []
    at = 0
    spread: list[str] = []
    for sign in cleaned:
        if not spread and at < len(raw) and raw[at] == sign:
            found.append(offset + at)
            at += 1
            continue
        if spread and spread[0] == sign:
            # The second letter of a ligature stands where the first does.
            del spread[0]
            found.append(found[-1])
            continue
        spread.clear()
        here = next((i for i in range(at, len(raw)) if _stands_for(raw[i], sign) or not _vanishes(raw[i])), len(raw))
        if here < len(raw) and not _stands_for(raw[here], sign):
            here = next((i for i in range(here, min(here + _REACH, len(raw))) if _stands_for(raw[i], sign)), len(raw))
        if here == len(raw):
            found.append(-1)
            continue
        found.append(offset + here)
        spread.extend(_alone(raw[here])[1:])
        at = here + 1
    return found


def _stands_for(raw: str, sign: str) -> bool:
    if sign in (raw, COMBINING.get(raw)):
        return True
    if sign == " ":
        return not raw.isprintable() or raw.isspace()
    return _alone(raw)[:1] == sign or unicodedata.normalize("NFD", sign)[0] in (raw, "i" if raw == "ı" else raw)


def _vanishes(raw: str) -> bool:
    """Signs that leave no trace of their own: white space beside white space, accents that moved onto their letter."""
    return not raw.isalnum() and (_alone(raw) == "" or raw.isspace() or unicodedata.category(raw) in ("Mn", "Sk", "Cc"))


@lru_cache(maxsize=2_000)
def _alone(raw: str) -> str:
    """A character cleaned by itself; a soft hyphen is none but at a line's end."""
    return "" if raw == "\u00ad" else clean(raw)


def origins(
    lines: Sequence[Line], spans: Sequence[Span], starts: Sequence[int], pages: Sequence[int | None]
) -> Iterator[Origin]:
    """The ranges of a running text that were taken over, in its order.

    Line i came to lie in `spans[i]`; page `pages[j]` begins at `starts[j]` of the source's text. A space between two
    lines stands for the line's end that it replaced, so that a paragraph is one range.
    """
    runs = [
        (span.start + first, last - first, line.origin[first], line.page)
        for line, span in zip(lines, spans, strict=True)
        for first, last in _unbroken(line.origin[: len(span)])
    ]
    merged: list[tuple[int, int, int, int | None]] = []
    for run in runs:
        if merged:
            start, length, at, page = merged[-1]
            if page == run[3] and start + length + 1 == run[0] and at + length + 1 == run[2]:
                merged[-1] = (start, length + 1 + run[1], at, page)
                continue
        merged.append(run)
    for start, length, at, _ in merged:
        leaf = bisect_right(starts, at) - 1
        yield Origin(start, length, pages[leaf], at - starts[leaf])


def _unbroken(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The ranges of indices over which the places count up by one."""
    if isinstance(places, range):
        if places:
            yield 0, len(places)
        return
    borders = [
        0,
        *(i for i in range(1, len(places)) if places[i] != places[i - 1] + 1 or places[i - 1] < 0),
        len(places),
    ]
    for first, last in pairwise(borders):
        if last > first and places[first] >= 0:
            yield first, last


def leaves(lines: Sequence[Line], offsets: Sequence[int]) -> tuple[list[int], list[int | None]]:
    """Where each page begins in the source's text, and its number."""
    firsts = [next(group) for _, group in groupby(range(len(lines)), key=lambda index: lines[index].page)]
    return [offsets[index] for index in firsts], [lines[index].page for index in firsts]
