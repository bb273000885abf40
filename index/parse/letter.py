"""What every family's parser works on, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.extract.source import Line
from index.parse.headings import Heading
from index.records import Asker, Kind


@dataclass(frozen=True, slots=True)
class Letter:
    """The lines of the running text, and what the whole document says of itself.

    `breaks[i]` says that a paragraph begins at line i; `opening` is what stands before the first question, on one line;
    `askers` are those whom the opening names, `headings` the lines that give the letter its order.
    """

    lines: tuple[Line, ...]
    breaks: tuple[bool, ...]
    opening: str
    year: int | None
    askers: tuple[Asker, ...] = ()
    headings: tuple[Heading, ...] = ()

    def paragraphs(self, first: int, beyond: int) -> list[tuple[int, int]]:
        """The paragraphs among the lines from `first` up to `beyond`, as ranges of lines."""
        starts = [line for line in range(first, beyond) if line == first or self.breaks[line]]
        return list(zip(starts, [*starts[1:], beyond], strict=False))

    def words(self, first: int, beyond: int) -> str:
        """The lines from `first` up to `beyond` with spaces between: for looking at, not for quoting."""
        return " ".join(line.text for line in self.lines[first:beyond])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text from `start` in line `first` up to `end` in the line before `beyond`; None means that line's end."""

    first: int
    beyond: int
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An exchange before the text is joined: stretches of lines where the record has spans."""

    numbers: tuple[int, ...]
    askers: tuple[Asker, ...]
    questions: tuple[tuple[int | None, Stretch], ...]
    answer: Stretch | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a family made of a letter. `headings` are the lines that stand alone, `wrapped` those where one goes on."""

    drafts: tuple[Draft, ...]
    headings: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()
    wrapped: frozenset[int] = frozenset()


class Family(Protocol):
    """The contract of every file of this folder that reads a family of documents."""

    KIND: Kind

    def evidence(self, letter: Letter) -> float:
        """How much speaks for this family; 0 is nothing, 1 is as good as certain."""

    def read(self, letter: Letter) -> Reading:
        """Whose question, whose answer."""


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a sentence; the marker of a footnote may stand behind it."""
    return re.search(r"[.?!][)\]»”’\"'\d]*$", line) is not None


def whole(first: int, beyond: int) -> Stretch | None:
    """The lines from `first` up to `beyond`; None where there are none."""
    return Stretch(first, beyond) if beyond > first else None


def spoken(numbers: Sequence[int]) -> str:
    """Numbers as one says them: "4, 5 en 8"."""
    *first, last = map(str, numbers)
    return f"{', '.join(first)} en {last}" if first else last
