"""Word documents (.docx): paragraphs and tables in order, with the numbers that Word counts and the text does not hold.

Headers, footers and footnotes are parts of their own in the file and stay out of the running text; a footnote's place
becomes a mark. The file does not say where its pages end, so there are none.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.errors import Cause, UnreadableFile
from index.extract.source import Line, Mark
from index.extract.tables import Column, columns

_LARGEST_UNPACKED = 150 * 1024 * 1024
_LARGEST_RATIO = 400
_MOST_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 60
_AROUND = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"})
"""What stands around paragraphs, rows and cells, and changes nothing of them."""


@dataclass(frozen=True, slots=True)
class DocxText:
    """What a Word document holds: its lines, its footnotes (marker, words), its margins and text boxes, its title."""

    lines: list[Line]
    notes: list[tuple[str, str]]
    aside: list[Line]
    title: str | None


def read_docx(raw: bytes, filename: str) -> DocxText:
    """The text of a Word document.

    Raises `UnreadableFile`: damaged, no Word document, nested too deeply, or unpacking to far too much.
    """
    _check_size(raw, filename)
    import docx

    try:
        document = docx.Document(io.BytesIO(raw))
        walk = _Walk(_Numbering(document))
        lines = list(walk.lines(document.element.body))
        notes = _notes(document, walk.cited)
        aside = [*_margins(document), *_boxes(document)]
        title = document.core_properties.title
    except Exception as error:
        if isinstance(error, _TooDeep) or "Excessive depth" in str(error):  # libxml2 says so of what it does not follow
            raise UnreadableFile(filename, Cause.WORD_DEEP) from error
        raise UnreadableFile(filename, Cause.WORD_DAMAGED, detail=type(error).__name__) from error
    if sum(len(line.text.strip()) for line in lines) < 20:
        raise UnreadableFile(filename, Cause.WORD_EMPTY)
    return DocxText(lines, notes, aside, title.strip() if title and len(title.strip()) > 3 else None)


def _check_size(raw: bytes, filename: str) -> None:
    """What the zip says of itself, before any of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFile(filename, Cause.WORD_INCOMPLETE) from error
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise UnreadableFile(filename, Cause.WORD_ARCHIVE)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _LARGEST_UNPACKED or unpacked > _LARGEST_RATIO * max(len(raw), 10_000):
        raise UnreadableFile(filename, Cause.WORD_UNPACKED, size=unpacked // 2**20)


class _TooDeep(Exception):
    """Something is nested so deeply that it is not followed to its end."""


class _Walk:
    """Goes through the body in order and remembers which footnotes it met."""

    def __init__(self, numbering: _Numbering) -> None:
        self._numbering = numbering
        self.cited: list[str] = []

    def lines(self, element: Any, depth: int = 0) -> Iterator[Line]:
        """The lines of a body, a table's cell or a text box."""
        if depth > _DEEPEST:
            raise _TooDeep
        for child in element:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                rows = list(_own(child, "tr"))
                table = columns(list(_cells(rows[0]))) if rows else ()
                for row in rows:
                    yield from self._row(row, depth, table)
            elif child.tag in _AROUND:
                yield from self.lines(child, depth + 1)

    def _row(self, row: Any, depth: int, table: Sequence[Column]) -> Iterator[Line]:
        """A row whose cells hold a line each is one line, and a cell with more keeps its lines.

        In a table of questions every cell is apart, and the pages that a question is about are left out.
        """
        cells = [list(self.lines(cell, depth + 1)) for cell in _own(row, "tc")]
        if len(cells) == len(table):
            cells = [cell for cell, column in zip(cells, table, strict=True) if column is not Column.PAGE]
        short = [cell for cell in cells if cell]
        if not table and all(len(cell) == 1 and len(cell[0].text) <= 60 and not cell[0].marks for cell in short):
            if short:
                yield Line(" ".join(cell[0].text.strip() for cell in short), gap=False)
            return
        for cell in short:
            yield from cell

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        label = self._numbering.label(paragraph)
        pieces: list[str] = []
        marks: list[Mark] = []
        written: list[Line] = []
        gap = True

        def finish() -> None:
            nonlocal gap
            text = "".join(pieces)
            if text.strip():
                written.append(Line(text, gap=gap, marks=tuple(marks)))
                gap = False
            pieces.clear()
            marks.clear()

        for node in _inline(paragraph):
            if node.tag == f"{_W}t":
                pieces.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}ptab"):
                pieces.append(" ")
            elif node.tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                finish()
            elif node.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                self.cited.append(f"{node.tag.removeprefix(_W)[:-9]}:{node.get(f'{_W}id')}")
                marks.append(Mark(len("".join(pieces)), str(len(self.cited))))
        finish()
        if label and written:
            first = written[0]
            moved = tuple(Mark(mark.at + len(label) + 1, mark.label) for mark in first.marks)
            written[0] = Line(f"{label} {first.text.lstrip()}", gap=True, marks=moved)
        elif label and re.search(r"\d", label):
            written.append(Line(label, gap=True))
        yield from written


def _own(element: Any, name: str, depth: int = 0) -> Iterator[Any]:
    """The rows of a table, or the cells of a row: not those of a table within a cell."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _AROUND:
            if depth >= _DEEPEST:
                raise _TooDeep
            yield from _own(child, name, depth + 1)


def _cells(row: Any) -> Iterator[str]:
    return ("".join(cell.itertext(f"{_W}t")).strip() for cell in _own(row, "tc"))


def _inline(paragraph: Any) -> Iterator[Any]:
    """The nodes of a paragraph that show something, without what was deleted, hidden or is a field's code."""
    stack = list(reversed(list(paragraph)))
    while stack:
        node = stack.pop()
        if node.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}instrText", f"{_W}delText", f"{_W}txbxContent"):
            continue
        if node.tag == f"{_W}r" and node.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        yield node
        stack.extend(reversed(list(node)))


@dataclass(slots=True)
class _Level:
    """How one level of a list counts: where it begins, in which signs, and the pattern of its label ("%1.")."""

    start: int = 1
    signs: str = "decimal"
    pattern: str = "%1."


@dataclass(slots=True)
class _List:
    """One list of the document; lists made from one model count on together."""

    model: str
    levels: dict[int, _Level] = field(default_factory=dict)


class _Numbering:
    """Counts automatic numbers as Word does (ECMA-376, 17.9)."""

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        models = {
            model.get(f"{_W}abstractNumId"): {
                int(level.get(f"{_W}ilvl", "0")): _Level(
                    _number(_value(level, "start"), 1),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                )
                for level in model.iter(f"{_W}lvl")
            }
            for model in root.iter(f"{_W}abstractNum")
        }
        for listed in root.findall(f"{_W}num"):
            model = _value(listed, "abstractNumId") or ""
            levels = dict(models.get(model, {}))
            name = model
            for override in listed.findall(f"{_W}lvlOverride"):
                at = int(override.get(f"{_W}ilvl", "0"))
                if at in levels and (start := _value(override, "startOverride")) is not None:
                    levels[at] = _Level(_number(start, 1), levels[at].signs, levels[at].pattern)
                    # A list that begins anew counts by itself.
                    name = f"{model}/{listed.get(f'{_W}numId')}"
            self._lists[listed.get(f"{_W}numId")] = _List(name, levels)

    def label(self, paragraph: Any) -> str:
        """The label that Word shows before a paragraph; empty where it shows none, or a mere bullet."""
        found = self._place(paragraph)
        if found is None:
            return ""
        listed, at = self._lists.get(found[0]), found[1]
        level = listed.levels.get(at) if listed else None
        if listed is None or level is None or level.signs == "none":
            return ""
        counts = self._counts.setdefault(listed.model, {})
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        if level.signs == "bullet":
            return "•"

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            own = listed.levels.get(place, level)
            return _signs(counts.get(place, own.start), own.signs)

        label = re.sub(r"%(\d)", shown, level.pattern).strip()
        return f"{label}." if re.fullmatch(r"\d+", label) else label

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level a paragraph is in, by itself or by its style."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = _value(properties, "pStyle")
        for _ in range(12):
            numbered = properties.find(f"{_W}numPr") if properties is not None else None
            if numbered is not None:
                identifier = _value(numbered, "numId")
                return None if identifier in (None, "0") else (str(identifier), _number(_value(numbered, "ilvl"), 0))
            element = self._styles.get(style)
            if element is None:
                return None
            properties = element.find(f"{_W}pPr")
            style = _value(element, "basedOn")
        return None


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _signs(number: int, signs: str) -> str:
    if signs in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        letter = "abcdefghijklmnopqrstuvwxyz"[number - 1]
        return letter if signs == "lowerLetter" else letter.upper()
    if signs in ("lowerRoman", "upperRoman") and 1 <= number < 100:
        tens, ones = divmod(number, 10)
        roman = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"][tens]
        roman += ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]
        return roman if signs == "lowerRoman" else roman.upper()
    return str(number)


def _notes(document: Any, cited: list[str]) -> list[tuple[str, str]]:
    """The words of the notes, numbered in the order in which they are cited."""
    words: dict[str, str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("footnotes", "endnotes") or relation.is_external:
            continue
        from lxml import etree  # type: ignore[import-untyped]

        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root:
            text = " ".join("".join(part.itertext(f"{_W}t")) for part in note.iter(f"{_W}p")).strip()
            words[f"{kind[:-1]}:{note.get(f'{_W}id')}"] = text
    return [(str(number), words[key]) for number, key in enumerate(cited, start=1) if words.get(key)]


def _boxes(document: Any) -> Iterator[Line]:
    """Text boxes: as the margins, for a letterhead may be one. Older programs' copy of a box is left out."""
    for box in document.element.body.iter(f"{_W}txbxContent"):
        if not any(around.tag.endswith("}Fallback") for around in box.iterancestors()):
            yield from (Line(text) for paragraph in box.iter(f"{_W}p") if (text := _shown(paragraph)).strip())


def _shown(paragraph: Any) -> str:
    return "".join(node.text or " " for node in _inline(paragraph) if node.tag in (f"{_W}t", f"{_W}tab"))


def _margins(document: Any) -> Iterator[Line]:
    """Headers and footers: no part of the text, but the kenmerk and the date may stand there."""
    for section in list(document.sections)[:20]:
        for part in (section.first_page_header, section.header, section.first_page_footer, section.footer):
            if not part.is_linked_to_previous:
                for paragraph in part._element.iter(f"{_W}p"):
                    if (text := _shown(paragraph)).strip():
                        yield Line(text)
