"""Footnotes: their bodies leave the text, their markers leave the words; both are kept as notes.

A digit glued to a word is a marker only when the notes count up and the surroundings agree: "(EGDC)1 die" and
"economie.2 Dat" are, "CO2", "JTC1" and "3.a.2" are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clean.furniture import Body
from index.extract.source import Line, Mark

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
    edges = [0, *sorted(body.seams), len(body.lines)]
    kept: list[Line] = []
    seams: set[int] = set()
    bodies: list[tuple[str, str]] = []
    for start, end in zip(edges, edges[1:], strict=False):
        if start:
            seams.add(len(kept))
        page = body.lines[start:end]
        cut = _foot(page, len(bodies) + 1)
        kept.extend(page[:cut])
        bodies.extend(_bodies(page[cut:]))
    return kept, frozenset(seams), tuple(bodies)


def _foot(page: Sequence[Line], expected: int) -> int:
    """The index of the first line of the notes at the foot of a page; its length where there are none."""
    starts = [
        (index, int(match["label"])) for index, line in enumerate(page) if (match := _BODY.fullmatch(line.text))
    ]
    text = " ".join(line.text for line in page)
    for position, (index, number) in enumerate(starts):
        if number != expected:
            continue
        row = [number]
        for _, following in starts[position + 1 :]:
            if following == row[-1] + 1:
                row.append(following)
        foot = page[index:]
        cites = _CITES.search(" ".join(line.text for line in foot)) is not None
        cited = re.search(rf"(?:[^\W\d_][»”\")\].,;:?!]*){number}(?:\s|$|[.,;:?!])", " ".join(l.text for l in page[:index]))
        if cites and (cited or _is_small(page, index)) and not _holds_heading(foot):
            return index
    del text
    return len(page)


def _is_small(page: Sequence[Line], at: int) -> bool:
    sizes = sorted(line.size for line in page[:at] if line.size is not None)
    size = page[at].size
    return bool(sizes) and size is not None and size < 0.92 * sizes[len(sizes) // 2]


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
