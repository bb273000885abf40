"""Footnotes: their bodies leave the text, their markers leave the words; both are kept as notes.

A digit glued to a word is a marker only when the notes count up and the surroundings agree: "(EGDC)1 die" and
"economie.2 Dat" are, "CO2", "JTC1" and "3.a.2" are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.clean.furniture import Body
from index.extract.source import Line, Mark

# At text size a foot of more lines than this is text.
_LONGEST_FOOT = 25
# Behind these a number belongs to what is cited: "nr.3", "art.5".
_CITING = frozenset("nr nrs no art artt lid blz p pag par vol hfst jrg afd reg bijl fig tab".split())
_SYMBOLS = frozenset("CO H N NO O PM SO CH SF NH PFAS COVID".split())
_GLUED = re.compile(
    r"(?P<closed>[^\W\d_]{2,}[»”’\"')\]]*[.,;:?!»”\"')\]][»”\"')\]]*|[^\W\d_]{2,}[»”\")\]]+|\d{4}[)\]]?[.?!»”])"
    r"(?P<label>\d{1,2}(?:,\s?\d{1,2})?)(?=\s|$|[.,;:?!)])"
)
_GLUED_TO_WORD = re.compile(r"(?<![\w.-])(?P<word>[^\W\d_]{2,}(?:-[^\W\d_]{2,})*)(?P<label>\d{1,2})(?=\s|$|[.,;:?!)])")
_BODY = re.compile(r"[(\[]?(?P<label>\d{1,2})\s?[)\].]?\s{0,3}(?P<rest>[A-ZÀ-Ý«“‘\"'(h][^\n]{2,})")
_CITES = re.compile(
    r"https?:|www\.|\bKamerstuk|\bAanhangsel|\bHandelingen\b|\b(?:19|20)\d\d\b|\b[Zz]ie\b|\bISBN|\.(?:nl|com|eu|org)\b|\bIbid|\bidem\b"
)


@dataclass(frozen=True, slots=True)
class Noted:
    """The lines without their notes. `bodies` gives each note's marker and words, in the order of the document."""

    lines: tuple[Line, ...]
    seams: frozenset[int]
    bodies: tuple[tuple[str, str], ...]


def take_notes(body: Body) -> Noted:
    """Take bodies and markers out of the text; the markers' places are kept on the lines as `marks`."""
    lines, seams, bodies = _without_bodies(body)
    return Noted(tuple(_without_markers(lines, {int(label) for label, _ in bodies})), seams, bodies)


def _without_bodies(body: Body) -> tuple[list[Line], frozenset[int], tuple[tuple[str, str], ...]]:
    """Look at the foot of every page, before a seam or the end, for lines that begin with the next notes' numbers."""
    edges = [0, *sorted(body.seams - {0}), len(body.lines)]
    usual = _usual_size(body.lines)
    kept: list[Line] = []
    seams: set[int] = set()
    bodies: list[tuple[str, str]] = []
    for start, end in pairwise(edges):
        if start:
            seams.add(len(kept))
        page = body.lines[start:end]
        cut = _foot(page, int(bodies[-1][0]) + 1 if bodies else 1, usual)
        kept.extend(page[:cut])
        bodies.extend(_bodies(page[cut:]))
    return kept, frozenset(seams), tuple(bodies)


def _foot(page: Sequence[Line], expected: int, usual: float) -> int:
    """The index of the first line of the notes at the foot of a page; its length where there are none.

    Small print that opens with a number is notes. At text size a note must be the next in number, be cited on its page
    and, where its marker has no sign before it, look like a source.
    """
    small = len(page)
    while small and page[small - 1].size and (page[small - 1].size or 0) < 0.92 * usual:
        small -= 1
    while small < len(page) and not _BODY.fullmatch(page[small].text):
        small += 1
    if small < len(page):
        return small
    for index, line in enumerate(page):
        match = _BODY.fullmatch(line.text)
        if match is None or int(match["label"]) not in (expected, 1) or len(page) - index > _LONGEST_FOOT:
            continue
        foot = page[index:]
        if _holds_heading(foot):
            continue
        before = page[:index]
        raised = any(mark.label == match["label"] for earlier in before for mark in earlier.marks)
        glued = any(_is_cited(match["label"], earlier.text) for earlier in before)
        loose = any(_is_glued(match["label"], earlier.text) for earlier in before)
        cites = _CITES.search(" ".join(noted.text for noted in foot)) is not None
        if raised or glued or (loose and cites):
            return index
    return len(page)


def _is_cited(label: str, text: str) -> bool:
    return any(label in re.findall(r"\d+", match["label"]) for match in _GLUED.finditer(text))


def _is_glued(label: str, text: str) -> bool:
    return any(match["label"] == label for match in _GLUED_TO_WORD.finditer(text))


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most of the text is printed in; 0 without layout."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size is not None:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _holds_heading(lines: Sequence[Line]) -> bool:
    return any(re.match(r"(?:Antwoord|Vraag)\b", line.text) or re.fullmatch(r"\d{1,3}\.?", line.text) for line in lines)


def _bodies(foot: Sequence[Line]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in foot:
        match = _BODY.fullmatch(line.text)
        if match and (not found or int(match["label"]) == int(found[-1][0]) + 1):
            found.append((match["label"], match["rest"]))
        elif found:
            label, words = found[-1]
            found[-1] = (label, f"{words} {line.text}")
    return found


def _without_markers(lines: Sequence[Line], known: set[int]) -> list[Line]:
    expected = 1
    stripped = []
    for line in lines:
        text, marks = line.text, list(line.marks)
        for mark in marks:
            if mark.label.isdigit():
                expected = max(expected, int(mark.label) + 1)
        found = [*_GLUED.finditer(text), *_GLUED_TO_WORD.finditer(text)]
        cut = 0
        for match in sorted(found, key=lambda match: match.start("label")):
            labels = [int(label) for label in re.findall(r"\d+", match["label"])]
            if labels != list(range(expected, expected + len(labels))):
                continue
            if "word" in match.groupdict() and not _may_cite(match["word"], labels[0] in known):
                continue
            if "closed" in match.groupdict() and re.sub(r"\W", "", match["closed"]).casefold() in _CITING:
                continue
            expected += len(labels)
            start, end = match.start("label") - cut, match.end("label") - cut
            text = text[:start] + text[end:]
            cut += end - start
            marks = [replace(mark, at=mark.at - (end - start)) if mark.at >= end else mark for mark in marks]
            marks.extend(Mark(start, str(label)) for label in labels)
        stripped.append(replace(line, text=text, marks=tuple(marks)) if text != line.text else line)
    return stripped


def _may_cite(word: str, body_known: bool) -> bool:
    """A marker glued to a word without a sign between is believed only where the note itself was found."""
    return body_known and word not in _SYMBOLS and not (word.isupper() and len(word) <= 2)
