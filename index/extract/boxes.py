"""Where on its page a range of extracted text is drawn, so that the page can be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from index.extract.source import Line, Source
from index.records import Excerpt

# Widths of letters in common typefaces, in ems. Scaled to the line's true width they place a letter within about its
# own width, which a mark on a page needs; the exact widths stay in the file.
_NARROW, _WIDE, _CAPITAL, _USUAL = 0.28, 0.83, 0.68, 0.55


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the upper left corner of its media box."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def boxes(source: Source, excerpts: Iterable[Excerpt]) -> Iterator[Box]:
    """A box for each line that the excerpts touch, in their order; none where the source has no layout."""
    pages: dict[int | None, list[tuple[int, Line]]] = {}
    for line in source.lines:
        on_page = pages.setdefault(line.page, [])
        start = on_page[-1][0] + len(on_page[-1][1].text) + 1 if on_page else 0
        on_page.append((start, line))
    for excerpt in excerpts:
        for start, line in pages.get(excerpt.page, ()):
            first, last = max(excerpt.start - start, 0), min(excerpt.end - start, len(line.text))
            if first < last and line.text[first:last].strip():
                box = _box(line, first, last)
                if box is not None:
                    yield box


def _box(line: Line, first: int, last: int) -> Box | None:
    if line.page is None or line.top is None or line.left is None or line.right is None or line.size is None:
        return None
    edges = [0.0, *accumulate(map(_width, line.text))]
    scale = (line.right - line.left) / edges[-1]
    # `top` is where the baseline lies; letters reach about four fifths of their size above it and one fifth below.
    return Box(
        line.page,
        round(line.left + edges[first] * scale, 1),
        round(line.top - 0.8 * line.size, 1),
        round(line.left + edges[last] * scale, 1),
        round(line.top + 0.2 * line.size, 1),
    )


def _width(sign: str) -> float:
    if sign in " iljtfrI.,:;'’|!()[]":
        return _NARROW
    if sign in "mwMW—…":
        return _WIDE
    return _CAPITAL if sign.isupper() else _USUAL
