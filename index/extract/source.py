"""What extraction hands on: the lines of a file, with what the file itself tells about their place."""

from __future__ import annotations

from dataclasses import dataclass

from index.errors import UnreadableFile


class DamagedPdf(UnreadableFile):
    """A PDF that its reader could not follow; another one may."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote marker that the layout gave away (raised, small); it is cut from the line's text at `at`."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the source.

    Lengths are in points and None where the source has no layout. `top` is the distance from the page's upper edge,
    `gap` says that an empty line, or a wider space than between the lines of a paragraph, stands before this one.
    """

    text: str
    page: int | None = None
    gap: bool = False
    top: float | None = None
    left: float | None = None
    right: float | None = None
    size: float | None = None
    bold: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as extracted: its lines in reading order. `pages` is 0 where the file does not tell pages.

    `page_height` and `page_width` are in points, None without layout. `aside` holds what stands outside the running
    text by its layout (a column at the page's side, a letterhead): no part of any answer, but it names the kenmerk.
    `notes` are footnotes that the file keeps apart: marker and words.
    """

    filename: str
    sha256: str
    lines: tuple[Line, ...]
    pages: int = 0
    page_height: float | None = None
    page_width: float | None = None
    aside: tuple[Line, ...] = ()
    title: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
