"""Web pages as officielebekendmakingen.nl and tweedekamer.nl publish documents: without the site around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.errors import Cause, UnreadableFile
from index.extract.plain import marked, unmarked
from index.extract.source import BEFORE_POWER, Line, Mark
from index.extract.tables import Column, columns

_LARGEST = 10 * 1024 * 1024
_BLOCKS = frozenset(
    "p div section article main li ul ol h1 h2 h3 h4 h5 h6 tr table tbody thead dl dt dd blockquote pre figure header"
    " body html form fieldset".split()
)
_APART = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd blockquote pre table".split())
_SKIPPED = frozenset(
    "script style nav noscript template svg button select option iframe object head title aside footer".split()
)
_SITE = re.compile(
    r"\b(?:nav|menu|breadcrumb|kruimel|cookie|banner|sidebar|skip|share|deel-|zoek|search|footer|header|toolbar|metadata)",
    re.IGNORECASE,
)
_NOTE_TEXT = re.compile(r"\b(?:footnote|voetnoot|noot|noten|notes|endnote)\b", re.IGNORECASE)

# An item that says itself how it counts ("1.", "a)").
_LABELLED = re.compile(r"\s*\(?(?:\d{1,3}|\w|[ivx]{1,5})[.):]")


def read_html(raw: bytes, filename: str) -> tuple[list[Line], list[tuple[str, str]], str | None]:
    """Lines, footnotes and title of a page. Raises `UnreadableFile`: too large, too deep, without text."""
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import ErrorTypes, LxmlError  # type: ignore[import-untyped]

    if len(raw) > _LARGEST:
        raise UnreadableFile(filename, Cause.HTML_LARGE, most=_LARGEST // 2**20)
    parser = html.HTMLParser(no_network=True, encoding=_encoding(raw))
    try:
        root = html.document_fromstring(raw, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFile(filename, Cause.HTML_DAMAGED, detail=str(error)) from error
    # There libxml2 stops, and says so nowhere else: what stands below would be lost.
    if any(error.type == ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise UnreadableFile(filename, Cause.HTML_DEEP)
    page = _Page()
    page.walk(_document(root))
    lines = page.lines
    if sum(len(line.text.strip()) for line in lines) < 20:
        raise UnreadableFile(filename, Cause.HTML_EMPTY)
    title = root.findtext(".//title")
    return lines, page.notes, " ".join(title.split()) if title and title.strip() else None


def _encoding(raw: bytes) -> str | None:
    """UTF-8 where it is that, whatever the page names: hardly anything else is by chance. Else what it names.

    None leaves that to lxml, which would take a page that names none, or one that it does not know, for Latin-1.
    """
    found = unmarked(raw).removesuffix("-sig")
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", raw[:2048], re.IGNORECASE)
    other = named is not None and named[1].lower() not in (b"utf-8", b"utf8")
    return None if marked(raw) or (other and found != "utf-8") else found


def _document(root: Any) -> Any:
    """The part of the page that holds the document."""
    for path in (
        "//*[@id='broodtekst']", "//*[contains(concat(' ', @class, ' '), ' stuk ')]", "//main", "//article",
        "//*[@id='content']", "//body",
    ):  # fmt: skip
        found = [element for element in root.xpath(path) if len(element.text_content().strip()) > 20]
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    return root


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,4}", written) else otherwise


def _cells(table: Any) -> Iterator[tuple[Any, Column]]:
    """The cells of a table of questions, each with what its column holds."""
    rows = [row.xpath("./td|./th") for row in table.xpath("./tr|./*/tr")]
    head = columns([cell.text_content() for cell in rows[0]]) if rows else ()
    for row in rows[1:]:
        if len(row) == len(head):
            yield from zip(row, head, strict=True)


class _Page:
    """Walks through a page without recursion, so that deep nesting is no danger."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.notes: list[tuple[str, str]] = []
        self._text = ""
        self._ahead = ""
        self._marks: list[Mark] = []
        self._gap = False
        self._as_set = 0
        self._counts: dict[Any, int] = {}
        self._cells: dict[Any, Column] = {}

    def walk(self, root: Any) -> None:
        """Fill `lines` and `notes` from an element."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            if leaving:
                self._leave(element, tail=element is not root)
                continue
            if element.tag == "table":
                self._cells.update(_cells(element))
            if self._is_left_out(element, root):
                if element is not root:
                    self._add(element.tail)
                continue
            if self._takes_note(element):
                self._add(element.tail)
                continue
            if element.tag == "br":
                self._break(gap=False)
            elif element.tag in _BLOCKS:
                self._break(gap=element.tag in _APART)
            elif element in self._cells:
                self._break(gap=True)
            elif element.tag in ("td", "th") and self._text:
                self._text += " "
            if element.tag == "li":
                self._ahead = self._label(element)
            self._as_set += element.tag == "pre"
            self._add(element.text)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(list(element)))
        self._break(gap=False)

    def _is_left_out(self, element: Any, root: Any) -> bool:
        """Whether nothing of an element is read: what is no text, the site, the pages that a question is about."""
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or self._is_site(element, root):
            return True
        return self._cells.get(element) is Column.PAGE

    def _leave(self, element: Any, *, tail: bool) -> None:
        if element.tag in _BLOCKS or element in self._cells:
            self._break(gap=element.tag in _APART)
        if element.tag == "li":
            self._ahead = ""
        self._as_set -= element.tag == "pre"
        if tail:
            self._add(element.tail)

    @staticmethod
    def _is_site(element: Any, root: Any) -> bool:
        named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        return element is not root and element.tag not in ("p", "span", "a") and _SITE.search(named) is not None

    def _label(self, item: Any) -> str:
        """The number or letter that a browser shows before an item; empty where it shows none, or the item says it."""
        listed = item.getparent()
        if listed is None or listed.tag != "ol":
            return ""
        number = _whole(item.get("value"), self._counts.get(listed, _whole(listed.get("start"), 1) - 1) + 1)
        self._counts[listed] = number
        words = next((words for words in item.itertext() if words.strip()), "")
        if _LABELLED.match(words) or re.search(r"list-style[\w-]*:\s*none", listed.get("style", "")):
            return ""
        first = listed.get("type", "1")
        return f"{chr(ord(first) + number - 1)}. " if first in ("a", "A") and 1 <= number <= 26 else f"{number}. "

    def _takes_note(self, element: Any) -> bool:
        """A marker becomes a mark, a note's words a note; anything else is left alone."""
        label = "".join(element.itertext()).strip(" []()\n\t")
        named = f"{element.get('class', '')} {element.get('id', '')}"
        is_note = _NOTE_TEXT.search(named) is not None
        if (
            re.fullmatch(r"\d{1,3}", label)
            and self._text.strip()
            and not BEFORE_POWER.search(self._text)
            and (element.tag == "sup" or (element.tag == "a" and is_note))
        ):
            self._marks.append(Mark(len(self._text.rstrip()), label))
            return True
        if element.tag in ("div", "li", "p", "aside") and is_note:
            match = re.match(r"[\[(]?(\d{1,3})[\])]?[.:]?\s+(\S.*)", " ".join("".join(element.itertext()).split()))
            if match and len(match[2]) < 2000:
                self._break(gap=True)
                self.notes.append((match[1], match[2]))
                return True
        return False

    def _add(self, text: str | None) -> None:
        """Take text up; where the page shows its lines as they are set (`pre`), line by line."""
        if text and self._as_set:
            first, *others = re.split(r"\r\n?|\n", text)
            self._append(first)
            for line in others:
                self._break(gap=not self._text.strip())
                self._append(line)
        else:
            self._append(text)

    def _append(self, text: str | None) -> None:
        if text:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            if self._ahead and text != " ":
                self._text, self._ahead = self._ahead, ""
            self._text += text.lstrip(" ") if not self._text or self._text.endswith(" ") else text

    def _break(self, *, gap: bool) -> None:
        if self._text.strip():
            self.lines.append(Line(self._text, gap=self._gap, marks=tuple(self._marks)))
            self._gap = False
        self._text, self._marks = "", []
        self._gap = self._gap or gap
