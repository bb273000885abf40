"""What extraction hands on: the lines of a file, with what the file itself tells about their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.errors import UnreadableFile


class DamagedPdf(UnreadableFile):
    """A PDF that its reader could not follow; another one may."""


BEFORE_POWER = re.compile(r"(?:^|[\s(\d])(?:[ckdm]?m|10)$")
"""What a raised digit is the power of, and no footnote's marker: "80 m²"."""


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
    `origin` gives for each character of `text` where it stands in `Source.text`, -1 for one that was put in; it is
    empty in a line as extracted, and kept up by all that changes lines after that.
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
    origin: Sequence[int] = ()

    def part(self, start: int, end: int | None = None) -> Line:
        """A stretch of the line without the white space at its ends; the marks are the caller's to move."""
        written = self.text[start:end]
        start += len(written) - len(written.lstrip())
        written = written.strip()
        return replace(self, text=written, origin=self.origin[start : start + len(written)])

    def followed_by(self, more: Line) -> Line:
        """The line with the text of another glued to it."""
        return replace(self, text=self.text + more.text, origin=(*self.origin, *more.origin))


@dataclass(frozen=True, slots=True)
class Source:
    """A file as extracted: its lines in reading order. `pages` is 0 where the file does not tell pages.

    `aside` holds what stands outside the running text by its layout (a column at the page's side, a letterhead): no
    part of any answer, but it names the kenmerk. `notes` are footnotes that the file keeps apart: marker and words.
    """

    filename: str
    sha256: str
    lines: tuple[Line, ...]
    pages: int = 0
    aside: tuple[Line, ...] = ()
    title: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The lines as extracted, one under another, page after page."""
        return "\n".join(line.text for line in self.lines)

    def page_text(self, page: int | None) -> str:
        """What stands on a page as extracted; with None all of a source that does not tell pages."""
        return "\n".join(line.text for line in self.lines if line.page == page)

    def offsets(self) -> Iterator[int]:
        """Where each line begins in `text`."""
        at = 0
        for line in self.lines:
            yield at
            at += len(line.text) + 1
