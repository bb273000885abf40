"""Draws letters as PDF, in layouts that differ as ministries' letters do, and says on which page everything stands.

The lines are broken here, not by a layout library, so that a hyphen, a page's end or a footnote falls
where a test wants it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.records import Document

COVER = (
    "Hierbij zend ik u, mede namens de staatssecretaris van Digitalisering en Koninkrijksrelaties, de antwoorden op de "
    "vragen die zijn gesteld door de leden van GL-PvdA-fractie en de leden van NSC-fractie met betrekking tot het "
    "schriftelijk overleg over de update van het Actieplan Duurzame Digitalisering (kenmerknummer 26643, ingezonden "
    "3 April)."
)
VOWELS = "aeiouyéëïóáàèäöü"


@dataclass(frozen=True)
class Style:
    """One ministry's way to lay a letter out. `{page}` and `{pages}` in header and footer are filled in."""

    name: str
    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 10
    leading: float = 13.5
    gap: float = 13.5
    left: float = 80
    right: float = 500
    top: float = 90
    bottom: float = 90
    header: tuple[str, ...] = ()
    header_left: float = 80
    footer: tuple[str, ...] = ()
    footer_left: float = 80
    numbers_from: int = 1
    side: tuple[str, ...] = ()
    notes: str = "raised"
    notes_size: float = 8
    rule: bool = True
    hyphens: bool = False
    number: str = "{n}"
    answer: str = "Antwoord"
    hanging: bool = False
    stay: bool = False


@dataclass
class Drawn:
    """The file, and for each exchange the page of its question's and its answer's first word."""

    pdf: bytes
    questions: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    pages: int = 0


@dataclass(frozen=True)
class Line:
    """A line to draw. `parts` are (text, is it a marker); `tag` names what begins here."""

    parts: tuple[tuple[str, bool], ...]
    before: float = 0
    bold: bool = False
    tag: tuple[str, int] | None = None
    notes: tuple[int, ...] = ()
    hang: str = ""


@dataclass(frozen=True)
class Body:
    """What is to be drawn: opening lines, then headings, questions and answers with the offsets of their notes."""

    opening: tuple[str, ...]
    items: tuple[tuple[str, str, int, tuple[tuple[int, int], ...]], ...]  # sort, text, number, (offset, note)
    notes: tuple[str, ...]


def body_of(document: Document, notes: Sequence[str]) -> Body:
    """A letter's own words as something to draw, its notes at their places."""
    heading = "Vragen van de leden van {}-fractie"
    items: list[tuple[str, str, int, tuple[tuple[int, int], ...]]] = []
    written = ""
    for exchange in document.exchanges:
        if exchange.askers[0].as_written != written:
            written = exchange.askers[0].as_written
            items.append(("party", heading.format(written), 0, ()))
        (question,) = exchange.questions
        assert exchange.answer is not None
        items.append(("question", question.span.of(document.text), exchange.numbers[0], ()))
        places = tuple(
            (note.anchor - exchange.answer.start, int(note.marker))
            for note in document.notes
            if note.anchor is not None and exchange.answer.start <= note.anchor <= exchange.answer.end
        )
        items.append(("answer", exchange.answer.of(document.text), exchange.numbers[0], places))
    opening = (
        "De Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Prinses Irenestraat 6",
        "2595 BD DEN HAAG",
        "",
        "Datum 19 mei 2025",
        f"Betreft {document.title}",
        "",
        "Geachte Voorzitter,",
        "",
        COVER,
        "",
        "Dirk Beljaarts",
        "Minister van Economische Zaken",
        "",
    )
    return Body(opening, tuple(items), tuple(notes))


def draw(body: Body, style: Style) -> Drawn:
    """Draw a letter. It is laid out twice, so that "3 van 10" knows the ten."""
    if style.font.startswith("Vera"):
        # An embedded TrueType font, of which reportlab brings its own copy: two-byte codes and a ToUnicode table.
        for name in {style.font, style.bold}:
            registerFont(TTFont(name, f"{name}.ttf"))
    lines = list(_lines(body, style))
    pages = _paginate(lines, body, style)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    drawn = Drawn(b"", pages=len(pages))
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, page, number, len(pages), body, style, drawn)
        canvas.showPage()
    canvas.save()
    return replace(drawn, pdf=buffer.getvalue())


def _lines(body: Body, style: Style) -> Iterator[Line]:
    before = 0.0
    for paragraph in body.opening:
        if not paragraph:
            before = style.gap
            continue
        for line in _wrap(paragraph, (), style):
            yield replace(line, before=before)
            before = 0
    for sort, text, number, places in body.items:
        if sort == "party":
            yield Line(((text, False),), style.gap, True)
            continue
        label = style.number.format(n=number) if sort == "question" else style.answer.format(n=number)
        hang = style.hanging and sort == "question"
        if not hang:
            yield Line(((label, False),), style.gap, sort == "answer", tag=("label", number))
        offset = 0
        first = True
        for paragraph in text.split("\n\n"):
            own = tuple((place - offset, note) for place, note in places if offset <= place <= offset + len(paragraph))
            for position, line in enumerate(_wrap(paragraph, own, style)):
                space = style.gap if position == 0 and (not first or hang) else 0
                tag = (sort, number) if first else None
                yield replace(line, before=space, tag=tag, hang=label if first and hang else "")
                first = False
            offset += len(paragraph) + 2


def _wrap(paragraph: str, places: Sequence[tuple[int, int]], style: Style) -> Iterator[Line]:
    """Break a paragraph into lines, at spaces, at hyphens of its own, and within long words where the style does so."""
    width = style.right - style.left
    marked = dict(places)
    position = 0
    start = 0
    while start < len(paragraph):
        end, divided = _line_end(paragraph, start, width, style)
        parts: list[tuple[str, bool]] = []
        notes: list[int] = []
        at = start
        for place in sorted(marked):
            if start < place <= end:
                parts.append((paragraph[at:place], False))
                parts.append((str(marked[place]), True))
                notes.append(marked[place])
                at = place
        parts.append((paragraph[at:end].rstrip() + ("-" if divided else ""), False))
        yield Line(tuple(part for part in parts if part[0]), notes=tuple(notes))
        start = end
        while start < len(paragraph) and paragraph[start] == " ":
            start += 1
        position += 1


def _line_end(paragraph: str, start: int, width: float, style: Style) -> tuple[int, bool]:
    if stringWidth(paragraph[start:], style.font, style.size) <= width:
        return len(paragraph), False
    used, fits = 0.0, start
    while fits < len(paragraph):
        used += stringWidth(paragraph[fits], style.font, style.size)
        if used > width - (style.size * 0.6):
            break
        fits += 1
    for end in range(fits, start, -1):
        before, after = paragraph[end - 1], paragraph[end : end + 1]
        if after == " " or before == " ":
            return end, False
        if style.hyphens and before == "-" and after.isalnum() and paragraph[end - 2].isalnum():
            return end, False
        if style.hyphens and _may_divide(paragraph, end):
            return end, True
    return fits, False


def _may_divide(paragraph: str, end: int) -> bool:
    """Between two consonants, or before a consonant and a vowel, deep within a long word in lower case."""
    first = last = end
    while first > 0 and paragraph[first - 1].isalpha():
        first -= 1
    while last < len(paragraph) and paragraph[last].isalpha():
        last += 1
    word = paragraph[first:last]
    if len(word) < 8 or end - first < 4 or last - end < 3 or not word.islower() or paragraph[last : last + 1] == "-":
        return False
    left, right, then = paragraph[end - 1], paragraph[end], paragraph[end + 1]
    return right not in VOWELS and then in VOWELS and (left in VOWELS or left not in "cs" or right != "h")


def _paginate(lines: Sequence[Line], body: Body, style: Style) -> list[list[Line]]:
    height = A4[1] - style.top - style.bottom
    pages: list[list[Line]] = [[]]
    used = 0.0
    for position, line in enumerate(lines):
        notes = sum(len(_note_lines(body, note, style)) for note in line.notes) * style.notes_size * 1.25
        needed = (line.before if pages[-1] else 0) + style.leading + notes + (8 if line.notes else 0)
        # With `stay` a label does not part from its text; without, a number may be the last line of its page.
        following = (
            style.leading if style.stay and line.tag and line.tag[0] == "label" and position + 1 < len(lines) else 0
        )
        if used + needed + following > height and pages[-1]:
            pages.append([])
            used = 0
            needed -= line.before
        pages[-1].append(line)
        used += needed
    return pages


def _note_lines(body: Body, note: int, style: Style) -> list[str]:
    small = replace(style, size=style.notes_size, hyphens=False)
    separator = {"raised": "", "glued": "", "spaced": " "}[style.notes]
    text = f"{note}{separator}{body.notes[note - 1]}"
    return ["".join(part for part, _ in line.parts) for line in _wrap(text, (), small)]


def _draw_page(
    canvas: Canvas, page: Sequence[Line], number: int, pages: int, body: Body, style: Style, drawn: Drawn
) -> None:
    def furniture(templates: Sequence[str], left: float, top: float) -> None:
        for position, template in enumerate(templates):
            shown = template.format(page=number + style.numbers_from - 1, pages=pages)
            canvas.setFont(style.font, min(8, style.size))
            canvas.drawString(left, A4[1] - top - position * 10, shown)

    furniture(style.header, style.header_left, 40)
    furniture(style.footer, style.footer_left, A4[1] - 40)
    furniture(style.side, style.right + 12, style.top + 20)
    below = A4[1] - style.top
    notes: list[int] = []
    for position, line in enumerate(page):
        below -= (line.before if position else 0) + style.leading
        font = style.bold if line.bold else style.font
        text = canvas.beginText(style.left, below)
        for part, marker in line.parts:
            if marker and style.notes == "raised":
                text.setFont(font, style.size * 0.65)
                text.setRise(style.size * 0.35)
                text.textOut(part)
                text.setRise(0)
            else:
                text.setFont(font, style.size)
                for position_in_part, plain in enumerate(part.split("₂")):
                    # The fonts at hand have no "₂": it is drawn as Word draws it, small and below the line.
                    if position_in_part:
                        text.setFont(font, style.size * 0.65)
                        text.setRise(-style.size * 0.15)
                        text.textOut("2")
                        text.setRise(0)
                        text.setFont(font, style.size)
                    text.textOut(plain)
        canvas.drawText(text)
        if line.hang:
            canvas.setFont(style.font, style.size)
            canvas.drawString(style.left - 30, below, line.hang)
        if line.tag and line.tag[0] == "question":
            drawn.questions.append(number)
        elif line.tag and line.tag[0] == "answer":
            drawn.answers.append(number)
        notes.extend(line.notes)
    if notes:
        shown = [line for note in notes for line in _note_lines(body, note, style)]
        below = style.bottom + len(shown) * style.notes_size * 1.25 - style.notes_size
        if style.rule:
            canvas.line(style.left, below + style.notes_size * 1.2, style.left + 120, below + style.notes_size * 1.2)
        canvas.setFont(style.font, style.notes_size)
        for line_number, written in enumerate(shown):
            canvas.drawString(style.left, below - line_number * style.notes_size * 1.25, written)
