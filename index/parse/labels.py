"""Labels that tell something only beside others of their sort: "V1." and "A1.", "V:" and "A:", "Ad 1", "D66: …"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from index.extract.source import Line
from index.parse.headings import NUMBERS, Sort, answer_at, begun, numbers_of, question_at
from index.parse.people import in_brackets

_BEHIND = r"(?:$|(?<=[.:)–-])\s)"
_ASKS = re.compile(rf"[VQ](?:\s?({NUMBERS})(?!\d)\s?[.:)]?|\s?:){_BEHIND}")
_ANSWERS = re.compile(rf"A(?:\s?({NUMBERS})(?!\d)\s?[.:)]?|\s?:){_BEHIND}")
_AD = re.compile(rf"Ad\s(?:vra(?:ag|gen)\s)?({NUMBERS})(?!\d)\s?[.:)–-]?{_BEHIND}")
_FRACTIE = re.compile(
    rf"(?:(?:Vraag\s)?{NUMBERS}[.:]?\s|Vraag\s(?:van\s(?:(?:de|het)\s)?)?)?(?!.{{0,60}}\bleden\b)(?P<who>[^():.?!]{{2,60}}?)(?::|\s[:–-])\s(?=\W?[A-ZÀ-Ý])"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label opens, the numbers it gives, and how many characters of its line it takes."""

    sort: Sort
    numbers: tuple[int, ...]
    length: int


def short_labels(lines: Sequence[Line]) -> dict[int, Label]:
    """The labels "V1" and "A1" of a letter without long ones, by line.

    "A1" is a road, and "A:" an item of a list; either is an answer only to a question that is labelled so before it.
    """
    asking, answering = _found(lines, _ASKS, Sort.QUESTION), _found(lines, _ANSWERS, Sort.ANSWER)
    asked, answered = _numbers(asking), _numbers(answering)
    if not asking or not answering or min(asking) > min(answering) or not set(answered) <= set(asked):
        return {}
    named = any(begun(line.text, answer_at) is not None or begun(line.text, question_at) for line in lines)
    return {} if named else asking | answering


def points(lines: Sequence[Line]) -> dict[int, Label]:
    """The labels "Ad 1", by line, where they count up from 1 and no other marker has a number.

    An answer may go on with its own points so: these are answers only where they answer all questions.
    """
    found = _found(lines, _AD, Sort.ANSWER)
    counted = _numbers(found)
    if not found or counted != list(range(1, len(counted) + 1)):
        return {}
    markers = [numbers for line in lines if (numbers := begun(line.text, answer_at)) is not None]
    return found if len(markers) < 2 and not any(markers) else {}


def fracties(lines: Sequence[Line]) -> dict[int, int]:
    """Lines that name a fractie before what it asks ("12. D66: Hoe …?", "VVD – Wat …?"), with the label's length."""
    matches = ((at, _FRACTIE.match(line.text)) for at, line in enumerate(lines))
    found = {at: match.end() for at, match in matches if match and in_brackets(match["who"], None)}
    return where_most_ask(lines, found) if len(found) >= 2 else {}


def where_most_ask(lines: Sequence[Line], found: dict[int, int]) -> dict[int, int]:
    """Lines found, and what goes with each, where two in three have a question in their paragraph; else none.

    In a list of what each fractie or member has, or says, nearly none asks.
    """
    asking = 0
    for at, end in pairwise([*found, len(lines)]):
        below = takewhile(lambda line: not line.gap, lines[at + 1 : end])
        asking += any("?" in line.text for line in (lines[at], *below))
    return found if asking * 3 >= len(found) * 2 else {}


def _found(lines: Sequence[Line], pattern: re.Pattern[str], sort: Sort) -> dict[int, Label]:
    matches = ((at, pattern.match(line.text)) for at, line in enumerate(lines))
    return {at: Label(sort, numbers_of(match[1] or ""), match.end()) for at, match in matches if match}


def _numbers(labels: Mapping[int, Label]) -> list[int]:
    return [number for label in labels.values() for number in label.numbers]
