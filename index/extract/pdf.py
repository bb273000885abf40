"""PDF through pypdf: every piece of text with its place on the page.

The content streams are read here, operator by operator, because only that gives the place and size of each piece; a
page on which this fails is read by pypdf's own text extraction instead, without places.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.errors import Cause, UnreadableFile
from index.extract.layout import Leaf, Run, lay_out
from index.extract.source import DamagedPdf, Line

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 1000
_MOST_OPERATORS = 400_000
_DEEPEST_FORM = 4
_MOST_TEXT = 5_000_000

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _TooMuch(Exception):
    """A page that draws more than any letter does."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF holds: its lines, those beside the text, how many pages, and the title it gives itself."""

    lines: list[Line]
    aside: list[Line]
    pages: int
    title: str | None


def read_pdf(raw: bytes, filename: str) -> PdfText:
    """The text of a PDF. Raises `UnreadableFile`: locked, damaged, too long, or a scan without text."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(filename, Cause.PDF_LOCKED)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise UnreadableFile(filename, Cause.PDF_PAGES, pages=count, most=MOST_PAGES)
        leaves: list[Leaf] = []
        loose: list[Line] = []
        length = 0
        for number, page in enumerate(reader.pages, start=1):
            leaf = _leaf(page, number)
            if leaf is None:
                loose.extend(_without_places(page, number))
            else:
                leaves.append(leaf)
            length += sum(len(run.text) for run in leaf.runs) if leaf else 0
            if length > _MOST_TEXT:
                raise UnreadableFile(filename, Cause.PDF_CHARACTERS, most=_MOST_TEXT)
        title = _title(reader)
    except UnreadableFile:
        raise
    except LimitReachedError as error:
        raise UnreadableFile(filename, Cause.PDF_UNPACKED, detail=str(error)) from error
    except _TooMuch as error:
        raise UnreadableFile(filename, Cause.PDF_OPERATORS) from error
    except MemoryError:
        raise
    except Exception as error:
        # A damaged file makes pypdf fail in any way at all; every one of them is the file's fault here.
        detail = str(error) or type(error).__name__
        raise DamagedPdf(filename, Cause.PDF_DAMAGED, detail=detail) from error
    lines, aside = lay_out(leaves)
    if loose:
        lines = sorted([*lines, *loose], key=lambda line: line.page or 0)
    if count == 0 or sum(len(line.text.strip()) for line in lines) < 20:
        raise UnreadableFile(filename, Cause.PDF_SCANNED)
    return PdfText(lines, aside, count, title)


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except Exception:  # noqa: BLE001 - a damaged information dictionary is no reason to refuse the text
        return None
    return title.strip() if isinstance(title, str) and len(title.strip()) > 3 else None


def _without_places(page: PageObject, number: int) -> list[Line]:
    text = page.extract_text()
    return [Line(written, page=number) for written in text.split("\n") if written.strip()]


def _leaf(page: PageObject, number: int) -> Leaf | None:
    """What is shown on a page; None where its content cannot be followed."""
    try:
        box = page.mediabox
        left, bottom = float(box.left), float(box.bottom)
        runs = list(_Painter(page).runs())
    except _TooMuch:
        raise
    except Exception as error:
        from pypdf.errors import LimitReachedError

        if isinstance(error, LimitReachedError):
            raise
        return None
    for run in runs:
        run.left -= left
        run.right -= left
        run.base -= bottom
    return Leaf(number, float(box.height), float(box.width), runs)


@dataclass(slots=True)
class _Type:
    """A font, ready to turn the bytes of a string into characters and widths (in thousandths of the size)."""

    font: Any
    known: dict[int | str, tuple[str, float]] = field(default_factory=dict)

    @property
    def bold(self) -> bool:
        return "bold" in str(self.font.name).lower()

    def read(self, value: bytes | str) -> tuple[str, float, int]:
        """A string's text, the width of all its glyphs, and how many those are."""
        encoding = self.font.encoding
        codes: Sequence[int | str]
        if isinstance(value, str):
            codes = value
        else:
            codes = value.decode(encoding, "replace") if isinstance(encoding, str) else value
        known = self.known
        glyphs = [known.get(code) or self._glyph(code) for code in codes]
        return "".join([glyph[0] for glyph in glyphs]), sum([glyph[1] for glyph in glyphs]), len(glyphs)

    def _glyph(self, code: int | str) -> tuple[str, float]:
        encoding = self.font.encoding
        if isinstance(code, int):
            sign = encoding.get(code, chr(code))
            glyph = (self.font.character_map.get(sign, sign), self._width(chr(code)))
        else:
            glyph = (self.font.character_map.get(code, code), self._width(code))
        self.known[code] = glyph
        return glyph

    def _width(self, raw: str) -> float:
        if raw == self.font.space_char:
            return float(self.font.space_width)
        widths = self.font.character_widths
        return float(widths.get(raw, widths.get("default", 500)))


@dataclass(slots=True)
class _State:
    """The part of the graphics state that moves text (ISO 32000-1, 9.3)."""

    matrix: Matrix = _IDENTITY
    type: _Type | None = None
    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> _State:
        return _State(
            self.matrix, self.type, self.size, self.spacing, self.word_spacing, self.scale, self.leading, self.rise
        )


class _Painter:
    """Follows the text operators of a page and yields what they show."""

    def __init__(self, page: PageObject) -> None:
        self._page = page
        self._left = _MOST_OPERATORS

    def runs(self) -> Iterator[Run]:
        contents = self._page.get("/Contents")
        resources = self._page.get("/Resources")
        if contents is None:
            return
        yield from self._paint(contents.get_object(), resources.get_object() if resources else {}, _State(), 0)

    def _paint(self, contents: Any, resources: Any, state: _State, depth: int) -> Iterator[Run]:
        from pypdf.generic import ContentStream

        types = self._types(resources)
        stack: list[_State] = []
        line: Matrix = _IDENTITY
        text: Matrix = _IDENTITY
        for operands, operator in ContentStream(contents, self._page.pdf, "bytes").operations:
            self._left -= 1
            if self._left < 0:
                raise _TooMuch
            numbers = [float(value) for value in operands if isinstance(value, (int, float))]
            match operator:
                case b"q":
                    if len(stack) < 500:
                        stack.append(state.copy())
                case b"Q":
                    if stack:
                        state = stack.pop()
                case b"cm" if len(numbers) == 6:
                    state.matrix = _times(_matrix(numbers), state.matrix)
                case b"BT":
                    line = text = _IDENTITY
                case b"Tf" if operands:
                    state.type = types.get(str(operands[0]))
                    state.size = numbers[-1] if numbers else state.size
                case b"Tc" if numbers:
                    state.spacing = numbers[0]
                case b"Tw" if numbers:
                    state.word_spacing = numbers[0]
                case b"Tz" if numbers:
                    state.scale = numbers[0] / 100
                case b"TL" if numbers:
                    state.leading = numbers[0]
                case b"Ts" if numbers:
                    state.rise = numbers[0]
                case b"Td" | b"TD" if len(numbers) == 2:
                    if operator == b"TD":
                        state.leading = -numbers[1]
                    line = text = _times((1, 0, 0, 1, numbers[0], numbers[1]), line)
                case b"Tm" if len(numbers) == 6:
                    line = text = _matrix(numbers)
                case b"T*":
                    line = text = _times((1, 0, 0, 1, 0, -state.leading), line)
                case b"Tj" if operands:
                    run, text = _show([operands[0]], state, text)
                    if run:
                        yield run
                case b"TJ" if operands and isinstance(operands[0], list):
                    run, text = _show(operands[0], state, text)
                    if run:
                        yield run
                case b"'" | b'"' if operands:
                    if operator == b'"' and len(numbers) >= 2:
                        state.word_spacing, state.spacing = numbers[0], numbers[1]
                    line = text = _times((1, 0, 0, 1, 0, -state.leading), line)
                    run, text = _show([operands[-1]], state, text)
                    if run:
                        yield run
                case b"Do" if operands and depth < _DEEPEST_FORM:
                    yield from self._form(str(operands[0]), resources, state, depth)

    def _form(self, name: str, resources: Any, state: _State, depth: int) -> Iterator[Run]:
        """Text inside a form, which is drawn as a page within the page."""
        objects = resources.get("/XObject") if resources else None
        drawn = objects.get_object().get(name) if objects is not None else None
        drawn = drawn.get_object() if drawn is not None else None
        if drawn is None or drawn.get("/Subtype") != "/Form":
            return
        inner = state.copy()
        matrix = [float(value) for value in drawn.get("/Matrix", ())]
        if len(matrix) == 6:
            inner.matrix = _times(_matrix(matrix), inner.matrix)
        own = drawn.get("/Resources")
        yield from self._paint(drawn, own.get_object() if own is not None else resources, inner, depth + 1)

    def _types(self, resources: Any) -> dict[str, _Type]:
        from pypdf.generic._font import Font

        fonts = resources.get("/Font") if resources else None
        if fonts is None:
            return {}
        return {
            str(name): _Type(Font.from_font_resource(font.get_object())) for name, font in fonts.get_object().items()
        }


def _show(parts: list[Any], state: _State, text: Matrix) -> tuple[Run | None, Matrix]:
    """Show the strings of one operator, and move on behind them. A wide kern between strings is a space."""
    if state.type is None:
        return None, text
    written: list[str] = []
    start: float | None = None
    pen = end = 0.0
    for part in parts:
        if isinstance(part, (bytes, str)):
            shown, width, glyphs = state.type.read(part)
            if start is None and shown:
                start = pen
            written.append(shown)
            pen += (width / 1000 * state.size + glyphs * state.spacing) * state.scale
            if state.word_spacing:
                pen += shown.count(" ") * state.word_spacing * state.scale
            end = pen
        elif isinstance(part, (int, float)):
            kern = -float(part) / 1000 * state.size * state.scale
            if kern > 0.16 * state.size and written and not written[-1].endswith(" "):
                written.append(" ")
            pen += kern
    place = _times(_times((1, 0, 0, 1, 0, state.rise), text), state.matrix)
    moved = _times((1, 0, 0, 1, pen, 0), text)
    if not written or start is None:
        return None, moved
    across = (place[0] ** 2 + place[1] ** 2) ** 0.5
    upward = (place[2] ** 2 + place[3] ** 2) ** 0.5
    if abs(place[1]) > 0.2 * abs(place[0]):
        # Text along the side of the page, or across it, is a stamp, never part of the letter's lines; a scan may slant.
        return None, moved
    text_shown = "".join(written)
    if not text_shown.isprintable():
        text_shown = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text_shown)
    left = place[4] + start * across
    return Run(
        text_shown, left, place[4] + end * across, place[5], round(state.size * upward, 2), state.type.bold
    ), moved


def _matrix(numbers: list[float]) -> Matrix:
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])


def _times(left: Matrix, right: Matrix) -> Matrix:
    """The matrix that applies `left` first (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = left
    p, q, r, s, t, u = right
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
