"""From pieces of text placed on a page to lines in reading order; no PDF library in sight.

What only the layout tells is taken from it here: raised footnote markers, wider spaces between paragraphs, and the
column beside the text where a letterhead stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.extract.source import BEFORE_POWER, Line, Mark
from index.extract.tables import Column, columns

_COLUMN_LINE = 25
"""Characters that a line of running text has in a narrow column, at least."""
_CELL_STEP = 3.2
"""From one line to the next in a column of text, in times the size of its print: more is the end of a table's cell."""

_EDGE_LINES = 4
"""Lines that the head or the foot of a page has beside a table, at most."""


@dataclass(slots=True)
class Run:
    """Text shown in one go: its left and right edge and its baseline in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its number from 1, its height and width in points, and what is shown on it, in the order of the file."""

    number: int
    height: float
    width: float
    runs: Sequence[Run]


def lay_out(leaves: Sequence[Leaf]) -> tuple[list[Line], list[Line]]:
    """The lines of all pages in reading order, and apart from them those in a column beside the text."""
    pages = [_lines(leaf) for leaf in leaves]
    aside: list[Line] = []
    tables = _by_row(pages, aside)
    gutter = _gutter(pages) if tables is None else None
    if gutter is not None:
        pages = [_by_column(page, gutter) for page in pages]
    one = gutter is None and tables is None
    pages = tables or pages
    margin = _right_margin([line for page in pages for line in page]) if one else None
    leading = _leading(pages)
    text: list[Line] = []
    for page in pages:
        beside = _beside(page, margin)
        previous: Line | None = None
        for index, line in enumerate(page):
            if index in beside:
                aside.append(line)
                continue
            gap = line.gap or (previous is not None and _gap(previous, line, leading))
            text.append(replace(line, gap=gap))
            previous = line
    return text, aside


def _lines(leaf: Leaf) -> list[Line]:
    """Join runs into stretches, stretches of one baseline into rows, and order the rows from the top."""
    stretches: list[list[Run]] = []
    for run in leaf.runs:
        if not run.text.strip() and not (stretches and _continues(stretches[-1][-1], run)):
            continue
        if stretches and _continues(stretches[-1][-1], run):
            stretches[-1].append(run)
        else:
            stretches.append([run])
    rows: list[list[list[Run]]] = []
    for stretch in sorted(stretches, key=lambda stretch: (-_base(stretch), stretch[0].left)):
        if rows and abs(_base(rows[-1][0]) - _base(stretch)) <= 0.35 * max(_size(stretch), _size(rows[-1][0])):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    # Where two or more stretches begin one under another, a column begins: nothing is joined over its edge.
    stops = Counter(round(stretch[0].left) for stretch in stretches)
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda stretch: stretch[0].left)
        groups = [list(row[0])]
        for stretch in row[1:]:
            space = stretch[0].left - max(run.right for run in groups[-1])
            columns = stops[round(stretch[0].left)] > 1 or _size(stretch) != _size(groups[-1])
            if space <= (0.5 if columns else 2.2) * max(_size(stretch), _size(groups[-1])):
                groups[-1].extend(stretch)
            else:
                groups.append(list(stretch))
        lines.extend(_line(group, leaf) for group in groups)
    return [line for line in lines if line.text.strip() or line.marks]


def _continues(before: Run, after: Run) -> bool:
    size = max(before.size, after.size)
    return abs(before.base - after.base) <= 0.6 * size and -0.4 * size <= after.left - before.right <= 1.2 * size


def _base(runs: Sequence[Run]) -> float:
    """The baseline of the largest text, so that a raised marker does not lift its line."""
    size = _size(runs)
    return next(run.base for run in runs if run.size == size)


def _size(runs: Sequence[Run]) -> float:
    weights: Counter[float] = Counter()
    for run in runs:
        weights[run.size] += len(run.text.strip()) + 1
    return max(weights, key=lambda size: (weights[size], size))


def _line(runs: Sequence[Run], leaf: Leaf) -> Line:
    size, base = _size(runs), _base(runs)
    text = ""
    marks: list[Mark] = []
    edge: float | None = None
    for run in runs:
        label = run.text.strip()
        if _is_mark(text, label, run, size, base):
            marks.extend(Mark(len(text.rstrip()), part) for part in re.findall(r"\d+|\*+", label))
            edge = run.right
            continue
        apart = edge is not None and run.left - edge > 0.16 * min(size, run.size)
        if apart and text and not text.endswith(" ") and not run.text.startswith(" "):
            text += " "
        text += run.text
        edge = run.right
    bold = sum(len(run.text) for run in runs if run.bold) * 2 > sum(len(run.text) for run in runs)
    return Line(
        text.rstrip(),
        page=leaf.number,
        top=round(leaf.height - base, 2),
        left=round(runs[0].left, 2),
        right=round(runs[-1].right, 2),
        size=round(size, 2),
        bold=bold,
        marks=tuple(marks),
    )


def _is_mark(before: str, label: str, run: Run, size: float, base: float) -> bool:
    """A small digit that does not hang below the line, behind a word that is neither a formula nor a unit."""
    if run.size > 0.82 * size or run.base < base - 0.05 * size:
        return False
    if not re.fullmatch(r"[(\[]?(?:\d{1,3}|\*{1,3})(?:\s?,\s?\d{1,3})*[)\]]?", label) or not before.strip():
        return False
    if BEFORE_POWER.search(before):
        return False
    # Printed at the same height, a small digit may also be a subscript of a formula.
    return run.base > base + 0.05 * size or not re.search(r"(?:^|[\s(])(?:CO|H|N|O|NO|SO|PM|CH|NH)$", before)


def _gutter(pages: Sequence[Sequence[Line]]) -> float | None:
    """Where the second of two columns of running text begins; None where the text has one.

    A letterhead beside the text is short, small print. Cells of a table begin at one height and end at another, so that
    wide spaces stand in their columns.
    """
    text = [line for page in pages for line in page if len(line.text) >= _COLUMN_LINE]
    lefts = Counter(round((line.left or 0) / 4) for line in text).most_common(2)
    if len(lefts) < 2 or lefts[1][1] * 2 < lefts[0][1] or lefts[0][1] + lefts[1][1] < 0.8 * len(text):
        return None
    first, second = sorted(4.0 * left for left, _ in lefts)
    crossing = [line for line in text if (line.left or 0) < second - 4 < second < (line.right or 0)]
    steps = [
        _step(before, after) / (before.size or 1)
        for page in pages
        for left in (first, second)
        for before, after in pairwise(
            [line for line in page if abs((line.left or 0) - left) <= 4 and (line.right or 0) < left + second - first]
        )
    ]
    cells = sum(step > _CELL_STEP for step in steps) * 10 >= len(steps)
    return second if second - first > 150 and len(crossing) * 10 < len(text) and not cells else None


def _by_column(page: Sequence[Line], gutter: float) -> list[Line]:
    """The lines of a page, the first column before the second; a line over both stands between what is above and below.

    What stands below both columns, apart from them, comes last.
    """
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def finish() -> None:
        ordered.extend(left)
        ordered.extend(right)
        left.clear()
        right.clear()

    foot = max((line.top or 0 for line in page if (line.left or 0) >= gutter - 4), default=0)
    above = 0.0
    for line in page:
        top = line.top or 0
        apart = top > foot and top - above > _CELL_STEP * (line.size or 1)
        if apart or (line.left or 0) < gutter - 4 < gutter + 8 < (line.right or 0):
            finish()
        (right if (line.left or 0) >= gutter - 4 else left).append(line)
        above = top
    finish()
    return ordered


def _by_row(pages: Sequence[Sequence[Line]], aside: list[Line]) -> list[list[Line]] | None:
    """The lines of all pages, in a table of questions and answers cell by cell; None where there is no such table.

    A row begins where its number stands, before the column of the questions. The head of the table where it comes back,
    and the pages that its questions are about, go `aside`: they answer nothing.
    """
    table: tuple[tuple[float, Column], ...] = ()
    found = []
    for page in pages:
        start, head = _head(page)
        above = page[:start]
        if head and table:
            above = page[: start - len(head)]
            aside.extend(page[start - len(head) : start])
        table = head or table
        found.append([*above, *(_cells(page[start:], table, aside) if table else page[start:])])
    return found if table else None


def _head(page: Sequence[Line]) -> tuple[int, tuple[tuple[float, Column], ...]]:
    """Where a table of questions begins, and where each of its columns does; none where there is no such table."""
    first = 0
    for end in range(1, len(page) + 1):
        if end == len(page) or abs(_step(page[end - 1], page[end])) >= 2:
            row = page[first:end]
            if len(row) > 1 and (found := columns([line.text for line in row])):
                return end, tuple(zip((line.left or 0 for line in row), found, strict=True))
            first = end
    return 0, ()


def _cells(page: Sequence[Line], table: Sequence[tuple[float, Column]], aside: list[Line]) -> list[Line]:
    """The lines of a table's rows, of each the number, who asks, the question and the answer; what stands apart from
    them at the head and the foot of the page stays there.
    """
    edge = next(left for left, column in table if column is Column.QUESTION) - 4
    numbered = [
        at for at, line in enumerate(page) if (line.left or 0) < edge and re.fullmatch(r"\d{1,4}\.?", line.text)
    ]
    # Beside the number of a row its question begins: what holds one is no head of a page, however short the page.
    row = next((at for at in numbered if page[at + 1 :] and abs(_step(page[at], page[at + 1])) < 3), len(page))
    wide = [at for at in range(1, len(page)) if _step(page[at - 1], page[at]) > _CELL_STEP * (page[at].size or 1)]
    first = max((at for at in wide if at <= min(_EDGE_LINES, row)), default=0)
    end = min((at for at in wide if first < at >= len(page) - _EDGE_LINES), default=len(page))
    inside = page[first:end]
    tops = [page[at].top or 0 for at in numbered if first <= at < end]
    rows: list[dict[Column, list[Line]]] = [{kind: [] for kind in Column} for _ in range(len(tops) + 1)]
    for line in inside:
        column = next((kind for left, kind in reversed(table) if left - 4 <= (line.left or 0)), Column.NUMBER)
        if column is Column.PAGE:
            aside.append(line)
        else:
            rows[bisect_right(tops, (line.top or 0) + 3)][column].append(line)
    cells = [replace(line, gap=not at) for row in rows for cell in row.values() for at, line in enumerate(cell)]
    return [*page[:first], *cells, *page[end:]]


def _step(before: Line, after: Line) -> float:
    return (after.top or 0) - (before.top or 0)


def _right_margin(lines: Sequence[Line]) -> float | None:
    """The right edge of the running text: that of nearly all long lines that begin at the usual left edge."""
    long = [line for line in lines if line.left is not None and line.right is not None and line.right - line.left > 200]
    if len(long) < 5:
        return None
    usual = Counter(round(line.left or 0) for line in long).most_common(1)[0][0]
    rights = sorted(line.right or 0 for line in long if abs((line.left or 0) - usual) <= 40)
    return rights[min(len(rights) - 1, len(rights) * 98 // 100)]


def _beside(page: Sequence[Line], margin: float | None) -> set[int]:
    """The lines in a column to the right of the text: two or more that begin beyond its edge, one under another."""
    if margin is None:
        return set()
    columns: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(page):
        if line.left is not None and line.left >= margin - 2:
            columns[round(line.left / 4)].append(index)
    return {index for column in columns.values() if len(column) >= 2 for index in column}


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance between the baselines of two lines, in lines of text: the commonest of the document."""
    steps: Counter[float] = Counter()
    for page in pages:
        for before, after in pairwise(page):
            step = _step(before, after)
            if before.size and 0.8 * before.size < step < 2.2 * before.size:
                steps[round(step * 2) / 2] += min(len(before.text), len(after.text))
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 0.0


def _gap(before: Line, after: Line, leading: float) -> bool:
    step = _step(before, after)
    return bool(leading) and step > leading * 1.15 + 0.6
