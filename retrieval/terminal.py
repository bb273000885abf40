"""Results as text for a terminal, in Dutch like the letters."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby

from index.records import Role, Span
from retrieval.citation import quote_source
from retrieval.results import Hit, Results
from retrieval.told import coverage_line, nothing_told
from retrieval.words import DUTCH

_BOLD, _DIM, _MARK, _WORD, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[1;32m", "\x1b[1;33m", "\x1b[0m"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WIDEST = 100


def wants_colour(choice: str) -> bool:
    """Whether to colour: as chosen, else where the output is a terminal and NO_COLOR is not set."""
    return choice == "always" or (choice == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def results_text(results: Results, *, colour: bool) -> str:
    """The short answer, then the hits, then what was searched. Control characters of a document are left out."""
    paint = _Paint(colour)
    blocks: list[str] = []
    if results.abstained:
        short, why = nothing_told(results)
        blocks.append(paint(_BOLD, f"{short}.") + (f" {DUTCH.nearest}:" if results.hits else f" {_clean(why)}"))
    elif not results.hits:
        blocks.append(paint(_BOLD, DUTCH.nothing_found))
    elif results.answer:
        quotes = [
            _wrapped(f"“{_clean(quote.text)}” — {_clean(''.join(quote_source(quote.hit)))}", "  ")
            for quote in results.answer
        ]
        blocks.append("\n".join([paint(_BOLD, DUTCH.short_answer), *quotes]))
    blocks += [_hit(hit, paint) for hit in results.hits]
    blocks.append(paint(_DIM, coverage_line(len(results.hits), results.coverage)))
    return "\n\n".join(blocks)


class _Paint:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, code: str, text: str) -> str:
        return f"{code}{text}{_OFF}" if self._colour and text else text


def _hit(hit: Hit, paint: _Paint) -> str:
    question = _clean(textwrap.shorten(" ".join(hit.question.split()), 160, placeholder=" …"))
    lines = [paint(_BOLD, f"{hit.rank}. {_clean(DUTCH.heading(hit.exchange))}")]
    if question and hit.role is not Role.QUESTION:
        lines.append(paint(_DIM, _wrapped(question, "   ")))
    lines.append(_marked(hit, paint))
    lines.append(paint(_DIM, _wrapped(_clean(hit.citation), "   ")))
    return "\n".join(lines)


def _marked(hit: Hit, paint: _Paint) -> str:
    """The passage, wrapped, the best sentence and the query's words in colour."""
    text, offset = hit.text, hit.passage.span.start
    styles = [""] * len(text)
    _fill(styles, [hit.best], offset, _MARK)
    _fill(styles, hit.words, offset, _WORD)
    # Colours are put in after wrapping, so that they do not count as width.
    lines, at = [], 0
    for paragraph in text.split("\n\n"):
        for line in textwrap.wrap(paragraph, _width() - 3, break_long_words=False, break_on_hyphens=False):
            place = text.find(line, at)  # not found where the wrapping changed white space: then plain
            lines.append("   " + (_clean(line) if place < 0 else _styled(line, styles[place:], paint)))
            at = max(at, place)
    return "\n".join(lines)


def _fill(styles: list[str], spans: Iterable[Span], offset: int, style: str) -> None:
    for span in spans:
        for place in range(max(span.start - offset, 0), min(span.end - offset, len(styles))):
            styles[place] = style


def _styled(line: str, styles: Sequence[str], paint: _Paint) -> str:
    """A line with its styles, one letter each; every run of one style in one pair of codes."""
    drawn = ""
    for style, run in groupby(zip(line, styles, strict=False), key=lambda letter: letter[1]):
        piece = _clean("".join(letter for letter, _ in run))
        drawn += paint(style, piece) if style else piece
    return drawn


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, _width(), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _width() -> int:
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def _clean(text: str) -> str:
    """Without control characters: a document must not drive the terminal."""
    return _CONTROL.sub("", text)
