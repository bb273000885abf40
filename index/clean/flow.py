"""Lines to running text: the lines of a paragraph on one line, paragraphs parted by an empty one, every place kept."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.clean.hyphens import HYPHENS, SOFT, Hyphens, Join
from index.extract.source import Line
from index.records import Span

_SENTENCE_END = re.compile(r"[.?!:;…][)\]»”’\"']*$")
_PARAGRAPH_OPENING = re.compile(r"[A-ZÀ-Ý0-9(«“‘\"'•▪–—-]")


@dataclass(frozen=True, slots=True)
class Flow:
    """The running text, and for each line that went in the range it came to lie in."""

    text: str
    spans: tuple[Span, ...]
    page_starts: tuple[int, ...]
    anchors: tuple[tuple[int, ...], ...]


def flow(lines: Sequence[Line], alone: Sequence[bool], pages: int, wrapped: Collection[int] = ()) -> Flow:
    """Join lines into paragraphs. `alone[i]` says that line i is a heading: a paragraph of its own, or with the one
    before where it is among the `wrapped`.

    The range of a line covers its own characters; a hyphen that only divided a word belongs to neither line.
    """
    hyphens = Hyphens(line.text for line in lines)
    width = _parting_width(lines)
    pieces: list[str] = []
    spans: list[Span] = []
    anchors: list[tuple[int, ...]] = []
    page_starts: list[int] = []
    length = 0

    def add(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for index, line in enumerate(lines):
        text = line.text.rstrip(SOFT)
        if index:
            separation = "\n\n" if index not in wrapped and _parted(lines, alone, index, width) else ""
            if not separation:
                separation = _between(lines[index - 1].text, text, hyphens)
                if separation == "drop":
                    last = pieces.pop()
                    length -= len(last)
                    kept = last.rstrip(HYPHENS)
                    add(kept)
                    spans[-1] = Span(spans[-1].start, length)
                    separation = ""
            add(separation)
        if line.page is not None:
            while len(page_starts) < line.page:
                page_starts.append(0 if not page_starts else length)
        start = length
        add(text)
        spans.append(Span(start, length))
        anchors.append(tuple(start + min(mark.at, len(text)) for mark in line.marks))
    while page_starts and len(page_starts) < pages:
        page_starts.append(length)
    return Flow("".join(pieces), tuple(spans), tuple(page_starts), tuple(anchors))


def breaks(lines: Sequence[Line]) -> tuple[bool, ...]:
    """Before which lines a paragraph begins, headings apart."""
    width = _parting_width(lines)
    alone = [False] * len(lines)
    return tuple(index == 0 or _parted(lines, alone, index, width) for index in range(len(lines)))


def _between(before: str, after: str, hyphens: Hyphens) -> str:
    """What stands between two lines of one paragraph: a space, nothing, or "drop" where the hyphen goes too."""
    if before.endswith(SOFT):
        return ""
    if before.endswith(tuple(HYPHENS)) and after:
        join = hyphens.at(before, after)
        return {Join.DROP: "drop", Join.KEEP: "", Join.SPACE: " "}[join]
    if before.endswith("/") and not before.endswith(" /") and re.match(r"[\w-]", after):
        return ""
    return " "


def _parted(lines: Sequence[Line], alone: Sequence[bool], index: int, width: float) -> bool:
    line, before = lines[index], lines[index - 1]
    if alone[index] or alone[index - 1] or line.gap:
        return True
    if re.match(r"[•▪●◦■–—-]\s", line.text) and _SENTENCE_END.search(before.text):
        return True
    return bool(width) and _ends_early(before, line, width)


def _ends_early(before: Line, line: Line, width: float) -> bool:
    if width == math.inf:
        return _SENTENCE_END.search(before.text) is not None
    # A line that ends well before the margin, though the next word would have fitted, ends its paragraph; one that
    # ends no sentence must be shorter still (an address, a signature).
    if not _PARAGRAPH_OPENING.match(line.text) or before.text.endswith((SOFT, *HYPHENS)):
        return False
    needed = len(before.text) + 1 + len(line.text.split(" ", 1)[0])
    return needed < (0.85 if _SENTENCE_END.search(before.text) else 0.5) * width


def _parting_width(lines: Sequence[Line]) -> float:
    """The width by which a short line ends a paragraph.

    0 where the source parts its paragraphs by empty lines; infinite where each of its lines is a paragraph.
    """
    width = usual_width(lines)
    if not width:
        long = [line.text for line in lines if len(line.text) > 40]
        # A title or two may stand between them.
        broken = sum(not _SENTENCE_END.search(text) for text in long)
        return math.inf if broken <= max(2, len(long) // 10) else 0.0
    early = [line.gap for before, line in pairwise(lines) if width and _ends_early(before, line, width)]
    return 0.0 if len(early) >= 3 and sum(early) >= 0.75 * len(early) else width


def usual_width(lines: Sequence[Line]) -> float:
    """The length of a full line in characters: nine in ten lines are no longer. 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0.0
    width = lengths[len(lengths) * 9 // 10]
    return float(width) if width <= 160 else 0.0
