"""What every family's parser works on, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from index.extract.source import Line
from index.records import Asker


@dataclass(frozen=True, slots=True)
class Letter:
    """The lines of the running text, and what the whole document says of itself."""

    lines: tuple[Line, ...]
    seams: frozenset[int]
    year: int | None
    askers: tuple[Asker, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An exchange as ranges of lines: `questions` holds (number, first line, line after the last)."""

    numbers: tuple[int, ...]
    askers: tuple[Asker, ...]
    questions: tuple[tuple[int | None, int, int], ...]
    answer: tuple[int, int] | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a family made of a letter. `headings` are the lines that stand alone."""

    drafts: tuple[Draft, ...]
    headings: frozenset[int]
    warnings: tuple[str, ...] = ()
    asked_on: date | None = None
    unused: Sequence[int] = field(default_factory=tuple)
