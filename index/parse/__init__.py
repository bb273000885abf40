"""From a file to a `Document`: whose question, whose answer, and where each stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.clean import furniture
from index.clean.flow import flow
from index.clean.notes import Noted, take_notes
from index.clean.text import clean
from index.extract import extract
from index.extract.source import Line, Source
from index.parse.headings import parted
from index.parse.letter import Draft, Letter, Reading
from index.parse.metadata import read_metadata
from index.parse.numbered import read_numbered
from index.records import Document, Exchange, Kind, Note, Question, Span

_HOLD = "\ue000"


def read(path: Path) -> Document:
    """Extract and parse one file. Raises `UnreadableFile`, which names the file, the cause and the cure."""
    return parse(extract(path), path.stem)


def parse(source: Source, name: str) -> Document:
    """Parse what was extracted. `name` becomes the document's id."""
    cleaned = replace(source, lines=tuple(line for line in map(_cleaned, source.lines) if line.text))
    body = furniture.remove(cleaned)
    noted = take_notes(body)
    lines = tuple(parted(noted.lines))
    opening_year = read_metadata(lines[:60], body.furniture).answered_on
    letter = Letter(lines, noted.seams, opening_year.year if opening_year else None)
    reading = read_numbered(letter)
    opening = lines[: _first_heading(reading)]
    metadata = read_metadata(opening or lines[:60], (*body.furniture, *source.aside))
    running = flow(lines, [index in reading.headings for index in range(len(lines))], source.pages)
    exchanges = tuple(_exchange(draft, running.spans) for draft in reading.drafts)
    warnings = list(reading.warnings)
    return Document(
        id=name,
        filename=source.filename,
        sha256=source.sha256,
        title=metadata.title or source.title or name,
        kind=Kind.SCHRIFTELIJK_OVERLEG,
        dossier=metadata.dossier,
        reference=metadata.reference,
        asked_on=metadata.asked_on,
        answered_on=metadata.answered_on,
        ministers=metadata.ministers,
        text=running.text,
        page_starts=running.page_starts,
        exchanges=exchanges,
        notes=_notes(noted, lines, running.anchors),
        warnings=tuple(warnings),
    )


def _cleaned(line: Line) -> Line:
    """The line with its characters put right; its marks move along, held by a sign that no text has."""
    if not line.marks:
        return replace(line, text=clean(line.text))
    pieces = []
    at = 0
    for mark in line.marks:
        pieces.append(line.text[at : mark.at].replace(_HOLD, " "))
        at = mark.at
    held = clean(_HOLD.join([*pieces, line.text[at:].replace(_HOLD, " ")]))
    *before, last = held.split(_HOLD)
    marks = []
    length = 0
    for mark, piece in zip(line.marks, before, strict=True):
        length += len(piece)
        marks.append(replace(mark, at=length))
    return replace(line, text="".join([*before, last]), marks=tuple(marks))


def _first_heading(reading: Reading) -> int:
    return min(reading.headings, default=0)


def _exchange(draft: Draft, spans: tuple[Span, ...]) -> Exchange:
    def over(first: int, beyond: int) -> Span:
        return Span(spans[first].start, spans[beyond - 1].end)

    return Exchange(
        numbers=draft.numbers,
        askers=draft.askers,
        questions=tuple(Question(number, over(first, beyond)) for number, first, beyond in draft.questions),
        answer=over(*draft.answer) if draft.answer else None,
        reasons=draft.reasons,
    )


def _notes(noted: Noted, lines: tuple[Line, ...], anchors: tuple[tuple[int, ...], ...]) -> tuple[Note, ...]:
    """Each marker with its body, then the bodies that no marker was found for."""
    bodies = dict(noted.bodies)
    cited = [
        Note(mark.label, bodies.get(mark.label), anchor)
        for line, places in zip(lines, anchors, strict=True)
        for mark, anchor in zip(line.marks, places, strict=True)
    ]
    labels = {note.marker for note in cited}
    return (*cited, *(Note(label, words, None) for label, words in noted.bodies if label not in labels))
