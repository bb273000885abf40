"""From a file to a `Document`: whose question, whose answer, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.clean import furniture
from index.clean.flow import Flow, breaks, flow
from index.clean.hyphens import HYPHENS
from index.clean.notes import Noted, take_notes
from index.clean.origin import aligned, leaves, origins
from index.clean.repair import Mended, mended
from index.clean.text import clean
from index.extract import extract, is_plain
from index.extract.limits import extract_apart
from index.extract.source import Line, Source
from index.parse import (
    eerste_kamer,
    feitelijke_vragen,
    kamervragen,
    nota_verslag,
    other,
    schriftelijk_overleg,
    uitstel,
)
from index.parse.answers_apart import answers_apart
from index.parse.asking import asks_for_a_fractie
from index.parse.confidence import judged
from index.parse.headings import Sort
from index.parse.inline import parted
from index.parse.letter import Draft, Family, Letter, Stretch
from index.parse.metadata import Metadata, read_metadata
from index.parse.numbered import find_headings
from index.parse.people import in_year, marking, members_anywhere, members_in
from index.records import Document, Exchange, Kind, Note, Question, Span

FAMILIES: tuple[Family, ...] = (
    uitstel,
    nota_verslag,
    feitelijke_vragen,
    eerste_kamer,
    kamervragen,
    schriftelijk_overleg,
    other,
)

_HOLD = "\ue000"
_HEADING = 5_000
"""Characters within which the title of a document stands."""


def read(path: Path) -> Document:
    """Extract and parse one file. Raises `UnreadableFile`, which names the file, the cause and the cure.

    Plain text is read here; every other format in a process of its own, with limits on time and memory.
    """
    return parse(read_source(path), path.stem)


def read_source(path: Path) -> Source:
    """What `read` parses: the lines of a file. Raises `UnreadableFile`."""
    return extract(path) if is_plain(path) else extract_apart(path)


def parse(source: Source, name: str) -> Document:
    """Parse what was extracted. `name` becomes the document's id."""
    offsets = list(source.offsets())
    put_right = (_cleaned(line, offset) for line, offset in zip(source.lines, offsets, strict=True))
    cleaned = replace(source, lines=tuple(line for line in put_right if line.text))
    body = furniture.remove(cleaned)
    noted = take_notes(body, source.notes)
    letter, metadata = _letter(tuple(parted(noted.lines)), (*body.furniture, *map(_cleaned, source.aside)))
    family = max(FAMILIES, key=lambda family: family.evidence(letter))
    reading = family.read(letter)
    if not reading.drafts and family not in (other, uitstel):
        reading = replace(reading, warnings=(*reading.warnings, *other.read(letter).warnings))
    kind = family.KIND
    if kind is Kind.NOTA_VERSLAG and reading.drafts and not any(draft.answer for draft in reading.drafts):
        # Of a verslag, in which nobody replies, the day is that of its questions.
        metadata = replace(metadata, asked_on=metadata.asked_on or metadata.answered_on, answered_on=None)
    # Only now: where a space is missing a line ended once, which tells one question from the next.
    mends = mended(letter.lines)
    lines = [mend.line for mend in mends]
    wrapped = {at for heading in letter.headings for at in range(heading.at + 1, heading.at + heading.length)}
    wrapped |= reading.wrapped
    running = flow(lines, [index in reading.headings for index in range(len(lines))], source.pages, wrapped)
    title = (
        metadata.title or _subject(reading.drafts, letter) or _own_title(source.title) or _first_line(letter) or name
    )
    return Document(
        id=name,
        filename=source.filename,
        sha256=source.sha256,
        title=_as_in(running.text, title) if any(mend.places for mend in mends) else title,
        kind=kind,
        dossier=metadata.dossier,
        reference=metadata.reference,
        asked_on=metadata.asked_on,
        answered_on=metadata.answered_on,
        ministers=metadata.ministers,
        text=running.text,
        page_starts=running.page_starts,
        exchanges=judged([_exchange(draft, running, mends) for draft in reading.drafts], running.text, kind),
        notes=_notes(noted, letter.lines, running.anchors),
        warnings=reading.warnings,
        askers=letter.askers,
        origins=tuple(origins(lines, running.spans, *leaves(source.lines, offsets))),
        addressees=metadata.addressees,
    )


# A title in quotation marks, which may hold others ("Haven 'vol', zegt 'Het Dagblad'") and apostrophes.
_QUOTED = re.compile(
    r"[«“‘\"']([A-ZÀ-Ý](?:\s[«“‘\"'][^«»“”‘’\"']{1,80}[»”’\"']|(?<=\w)[’'](?=\w)|\s[’'](?=[a-z]\b)|[^«»“”‘’\"']){9,150}?)"
    r"[»”’\"'](?=[\s.,;:?!)\d\[]|$)"
)


def _subject(drafts: Sequence[Draft], letter: Letter) -> str | None:
    """What the first question asks about: the article or report that it quotes the title of."""
    for draft in drafts[:1]:
        for _, stretch in draft.questions[:1]:
            words = letter.words(stretch.first, min(stretch.beyond, stretch.first + 6))
            if match := _QUOTED.search(words):
                return match[1]
    return None


def _as_in(text: str, title: str) -> str:
    """The title as it stands in the heading of a text whose spaces and hyphens were mended."""
    letters = [re.escape(sign) for sign in title if not sign.isspace() and sign not in HYPHENS]
    found = re.search(rf"[{HYPHENS}\s]*".join(letters), text[:_HEADING], re.IGNORECASE)
    return title[:1] + " ".join(found[0].split())[1:] if found else title


def _own_title(title: str | None) -> str | None:
    """The title that a file gives itself, unless it is the name of a file or of a program's draft."""
    return (
        None
        if title is None or re.search(r"\.\w{3,4}$|^Microsoft\b|^(?:untitled|document)\d*$", title, re.IGNORECASE)
        else title
    )


def _first_line(letter: Letter) -> str | None:
    """The first line that could be a title."""
    for line in letter.lines[:12]:
        if line.text.startswith("Geachte"):
            break
        if (
            10 <= len(line.text) <= 150
            and re.search(r"[a-z]{4}", line.text, re.IGNORECASE)
            and not re.search(r"https?:|\d{5}|^\(?Zie ook\b|^Aanhangsel\b", line.text)
        ):
            return line.text
    return None


def _letter(lines: tuple[Line, ...], furniture_lines: tuple[Line, ...]) -> tuple[Letter, Metadata]:
    """The letter with what its opening says: all that stands before the first question."""
    headings = find_headings(lines, None)
    first = next((heading.at for heading in headings if heading.sort in (Sort.QUESTION, Sort.ANSWER)), len(lines))
    # In prose nothing but the words themselves tells where the opening ends; dates further on are not the letter's own.
    prose = next((at for at, line in enumerate(lines[:first]) if at and asks_for_a_fractie(line.text)), first)
    opening = lines[: min(prose, 150)] or lines[:60]
    # Where all answers stand behind all questions, who gave them is said only there.
    if apart := answers_apart(lines, headings, None):
        opening = (*opening, *lines[apart.head.start : apart.head.stop])
    metadata = read_metadata(opening, (*furniture_lines, *lines[-30:]), lines[max(len(opening), len(lines) - 12) :])
    markers = [lines[heading.at].text for heading in headings if heading.sort is Sort.ANSWER]
    metadata = replace(metadata, ministers=(*metadata.ministers, *marking(markers, metadata.ministers)))
    # The name of the Kamer at the head of a publication is furniture, and tells whose document it is.
    chamber = [line.text for line in furniture_lines[:20] if "kamer der staten-generaal" in line.text.lower()]
    words = " ".join([*chamber[:1], *(line.text for line in opening)])
    day = metadata.answered_on or metadata.asked_on
    year = day.year if day else None
    askers = members_in(words, year) or members_anywhere(words, year)
    dated = tuple(
        replace(
            heading,
            askers=tuple(in_year(asker, year) for asker in heading.askers),
            asked_by=heading.asked_by and tuple(in_year(asker, year) for asker in heading.asked_by),
        )
        for heading in headings
    )
    # A heading is a paragraph of its own, also where no space parts it from the text.
    starts = {at for heading in headings for at in (heading.at, heading.at + heading.length)}
    begins = tuple(begun or at in starts for at, begun in enumerate(breaks(lines)))
    return Letter(lines, begins, words, year, askers, dated), metadata


def _cleaned(line: Line, offset: int = 0) -> Line:
    """The line with its characters put right; its marks move along, held by a sign that no text has."""
    if not line.marks:
        text = clean(line.text)
        return replace(line, text=text, origin=aligned(line.text, text, offset))
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
    text = "".join([*before, last])
    return replace(line, text=text, marks=tuple(marks), origin=aligned(line.text, text, offset))


def _exchange(draft: Draft, running: Flow, mends: Sequence[Mended]) -> Exchange:
    def over(stretch: Stretch) -> Span:
        first, last = running.spans[stretch.first], running.spans[stretch.beyond - 1]
        start = mends[stretch.first].start(stretch.start)
        end = last.end
        if stretch.end is not None:
            end = min(end, last.start + mends[stretch.beyond - 1].end(stretch.end))
        return Span(min(first.start + start, end), end)

    questions = [(number, _trimmed(over(stretch), running.text)) for number, stretch in draft.questions]
    return Exchange(
        numbers=draft.numbers,
        askers=draft.askers,
        questions=tuple(Question(number, span) for number, span in questions if span),
        answer=_trimmed(over(draft.answer), running.text) if draft.answer else None,
        reasons=draft.reasons,
    )


def _trimmed(span: Span, text: str) -> Span | None:
    """The range without space at its ends; None where nothing is left of it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _notes(noted: Noted, lines: tuple[Line, ...], anchors: tuple[tuple[int, ...], ...]) -> tuple[Note, ...]:
    """Each marker with its body, then the bodies that no marker was found for.

    Where several letters have notes of one number, each marker has the next.
    """
    bodies: dict[str, list[str]] = {}
    for label, words in noted.bodies:
        bodies.setdefault(label, []).append(words)
    cited = []
    labels: set[str] = set()
    for line, places in zip(lines, anchors, strict=True):
        for mark, anchor in zip(line.marks, places, strict=True):
            own = bodies.get(mark.label, [])
            labels.add(mark.label)
            cited.append(Note(mark.label, own[0] if own else None, anchor))
            if len(own) > 1:
                del own[0]
    return (
        *cited,
        *(Note(label, words, None) for label, own in bodies.items() if label not in labels for words in own),
    )
