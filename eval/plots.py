"""Plots as SVG text, to stand inside a page. Colours are the page's style sheet's: `.s0`, `.s1`, `.s2` by series."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

_LABEL, _WIDTH, _LINE, _MARGIN = 150, 300, 9, 24


def intervals(
    title: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[tuple[float, float, float]]]],
) -> str:
    """For each row and series a mean with its interval, in the order of the series.

    The axis ends at 1 and begins at the last tenth below all of it.
    """
    low = floor(10 * min((bottom for _, values in rows for _, bottom, _ in values), default=0.0)) / 10
    low = min(max(low, 0.0), 0.9)
    height = _MARGIN * 2 + len(rows) * (len(series) + 1) * _LINE
    scale = _WIDTH / (1 - low)

    def x(value: float) -> float:
        return _LABEL + (min(max(value, low), 1.0) - low) * scale

    parts = []
    for tick in range(11):
        value = tick / 10
        if value >= low - 1e-9:
            parts.append(
                f'<line class="grid" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{_MARGIN}" y2="{height - _MARGIN}"/>'
            )
            parts.append(
                f'<text class="tick" x="{x(value):.1f}" y="{height - 8}" text-anchor="middle">{value:.1f}</text>'
            )
    for place, (label, values) in enumerate(rows):
        top = _MARGIN + place * (len(series) + 1) * _LINE + _LINE
        middle = top + (len(series) - 1) * _LINE / 2
        parts.append(f'<text x="{_LABEL - 10}" y="{middle + 4:.1f}" text-anchor="end">{escape(label)}</text>')
        for number, (mean, bottom, high) in enumerate(values):
            y = top + number * _LINE
            told = f"{label}, {series[number]}: {mean:.3f} ({bottom:.3f} to {high:.3f})"
            parts.append(
                f'<g class="s{number}"><title>{escape(told)}</title>'
                f'<line x1="{x(bottom):.1f}" x2="{x(high):.1f}" y1="{y}" y2="{y}"/>'
                f'<circle cx="{x(mean):.1f}" cy="{y}" r="3.2"/></g>'
            )
    legend = "".join(
        f'<g class="s{number}"><circle cx="{_LABEL + number * 90}" cy="10" r="3.2"/></g>'
        f'<text x="{_LABEL + 8 + number * 90}" y="14">{escape(name)}</text>'
        for number, name in enumerate(series)
    )
    return _svg(title, _LABEL + _WIDTH + 20, height, legend + "".join(parts))


def curve(title: str, across: str, up: str, lines: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> str:
    """Lines through points between 0 and 1, with the diagonal of chance."""
    side, left, top = 300, 60, 16

    def at(point: tuple[float, float]) -> str:
        return f"{left + point[0] * side:.1f},{top + (1 - point[1]) * side:.1f}"

    parts = [f'<polyline class="grid" points="{at((0, 0))} {at((1, 1))}"/>']
    for tick in range(0, 11, 2):
        value = tick / 10
        x, y = at((value, value)).split(",")
        parts.append(f'<text class="tick" x="{x}" y="{top + side + 16}" text-anchor="middle">{value:.1f}</text>')
        parts.append(f'<text class="tick" x="{left - 6}" y="{y}" text-anchor="end">{value:.1f}</text>')
    for number, (name, points) in enumerate(lines):
        path = " ".join(at(point) for point in points)
        parts.append(f'<g class="s{number}"><title>{escape(name)}</title><polyline points="{path}"/></g>')
        parts.append(
            f'<g class="s{number}"><circle cx="{left + side - 90}" cy="{top + side - 34 + 16 * number}" r="3.2"/></g>'
            f'<text x="{left + side - 80}" y="{top + side - 30 + 16 * number}">{escape(name)}</text>'
        )
    parts.append(f'<text x="{left + side / 2}" y="{top + side + 36}" text-anchor="middle">{escape(across)}</text>')
    parts.append(
        f'<text transform="translate(16 {top + side / 2}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'
    )
    return _svg(title, left + side + 20, top + side + 46, "".join(parts))


Series = Sequence[tuple[str, Sequence[tuple[float, float]]]]
"""Lines by name, each through points (x, y)."""


def growth(across: str, panels: Sequence[tuple[str, Series]]) -> str:
    """Panels side by side, one to a title, whose axes both count in powers of ten. It stands alone, as a file."""
    side, gap = 240, 70
    colours = ("#0b5cad", "#b3541e", "#4d7c0f")
    parts = []
    for place, (title, series) in enumerate(panels):
        left, top = 60 + place % 2 * (side + gap), 40 + place // 2 * (side + gap)
        points = [point for _, line in series for point in line]
        (low_x, high_x), (low_y, high_y) = (_decades([point[axis] for point in points]) for axis in (0, 1))

        def at(point: tuple[float, float], box: tuple[int, ...] = (left, top, low_x, high_x, low_y, high_y)) -> str:
            x = box[0] + (log10(point[0]) - box[2]) / (box[3] - box[2]) * side
            y = box[1] + side - (log10(max(point[1], 1e-6)) - box[4]) / (box[5] - box[4]) * side
            return f"{x:.1f},{y:.1f}"

        parts.append(f'<text x="{left}" y="{top - 12}" font-weight="bold">{escape(title)}</text>')
        for axis, low, high in ((0, low_x, high_x), (1, low_y, high_y)):
            for power in range(low, high + 1):
                start = (10.0**power, 10.0**low_y) if axis == 0 else (10.0**low_x, 10.0**power)
                end = (10.0**power, 10.0**high_y) if axis == 0 else (10.0**high_x, 10.0**power)
                parts.append(f'<polyline stroke="#ccc" fill="none" points="{at(start)} {at(end)}"/>')
                x, y = at(start).split(",")
                below = f'x="{x}" y="{float(y) + 14:.1f}" text-anchor="middle"'
                beside = f'x="{float(x) - 4:.1f}" y="{y}" text-anchor="end"'
                parts.append(f"<text {beside if axis else below}>{10.0**power:g}</text>")
        parts.append(f'<text x="{left + side / 2}" y="{top + side + 30}" text-anchor="middle">{escape(across)}</text>')
        for number, (name, line) in enumerate(series):
            colour = colours[number % len(colours)]
            path = " ".join(at(point) for point in line)
            parts.append(f'<polyline stroke="{colour}" stroke-width="2" fill="none" points="{path}"/>')
            for point in line:
                x, y = at(point).split(",")
                told = escape(f"{name}, {point[0]:,.0f} {across}: {point[1]:.4g}")
                parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"><title>{told}</title></circle>')
            parts.append(f'<text x="{left + 8}" y="{top + 16 + 14 * number}" fill="{colour}">{escape(name)}</text>')
    height = 40 + (len(panels) + 1) // 2 * (side + gap)
    size = f'viewBox="0 0 {60 + 2 * (side + gap)} {height}" xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {size} font-family="sans-serif" font-size="11">{"".join(parts)}</svg>\n'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around positive values, at least one apart."""
    low, high = floor(log10(max(min(values), 1e-6))), ceil(log10(max(*values, 1e-6)))
    return low, max(high, low + 1)


def _svg(title: str, width: int, height: int, body: str) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg role="img" aria-label="{escape(title)}" {size}>{body}</svg>'
