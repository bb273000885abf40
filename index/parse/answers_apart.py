"""All questions first, then all answers, each under the number of its question: Kamervragen of before 2008, and a
schriftelijk overleg in two parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.extract.source import Line
from index.parse.headings import Heading, Sort, bare_number_at
from index.parse.letter import Letter
from index.parse.numbered import find_headings

_BY_WHOM = r"Antwoord(?:en)?\s+van\s+(?:de\s+)?(?:minister|staatssecretaris)"
_BEGINS = re.compile(rf"Antwoord(?:en)?\s*:?|{_BY_WHOM}\b.*", re.IGNORECASE)
# Nothing but who answers and when: what an answer begins with has a number first.
_HEAD = re.compile(rf"(?:Antwoord(?:en)?\s*:?)?\s*(?:{_BY_WHOM}\b[^?]{{0,400}})?", re.IGNORECASE)
_HEAD_LINES = 8
# The opening and the footnotes may have such a line too; a letter with more of them is laid out otherwise.
_TRIES = 4
_RECEIVED = re.compile(r"\bontvangen\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnswersApart:
    """The lines that head the answers, and all headings of the letter: those of the answers by number.

    Where the answers have not the numbers of the questions, they are one answer to all.
    """

    head: range
    headings: tuple[Heading, ...]
    by_number: bool


def answers_apart(lines: Sequence[Line], headings: Sequence[Heading], year: int | None) -> AnswersApart | None:
    """The answers behind all questions; None where each stands with its question, or nothing heads them."""
    marked = [heading for heading in headings if heading.sort is Sort.ANSWER]
    if len(marked) > 1 or any(heading.numbers for heading in marked):
        return None
    begins = (cut for cut, line in enumerate(lines) if _BEGINS.fullmatch(line.text))
    return next((found for cut in islice(begins, _TRIES) if (found := _parted_at(lines, cut, year))), None)


def replies_by_number(letter: Letter, replies_at: int, end: int) -> tuple[Heading, ...] | None:
    """The headings of a letter whose last part, from one line up to another, has a reply to each number of the first.

    None where it has not.
    """
    asking = find_headings(letter.lines[:replies_at], letter.year)
    behind = [
        replace(
            heading, sort=Sort.ANSWER if heading.sort is Sort.QUESTION else heading.sort, at=heading.at + replies_at
        )
        for heading in find_headings(letter.lines[replies_at:end], letter.year)
    ]
    asked, answered = _numbers(asking, Sort.QUESTION), _numbers(behind, Sort.ANSWER)
    if len(asked) < 2 or sorted(answered) != sorted(asked):
        return None
    return (*asking, Heading(Sort.CLOSE, replies_at), *behind, Heading(Sort.CLOSE, end))


def _parted_at(lines: Sequence[Line], cut: int, year: int | None) -> AnswersApart | None:
    asking = find_headings(lines[:cut], year)
    asked = _numbers(asking, Sort.QUESTION)
    if not asked:
        return None
    behind = [replace(heading, at=heading.at + cut) for heading in find_headings(lines[cut:], year)]
    answers = [
        replace(heading, sort=Sort.ANSWER)
        for heading in behind
        if heading.sort is Sort.QUESTION and not heading.explicit
    ]
    closes = [heading for heading in behind if heading.sort is Sort.CLOSE]
    if sorted(_numbers(answers, Sort.ANSWER)) != sorted(asked):
        answers = _bare_numbers(lines, cut)
    if sorted(_numbers(answers, Sort.ANSWER)) == sorted(asked) and _heads(lines, head := range(cut, answers[0].at)):
        return AnswersApart(head, (*asking, Heading(Sort.CLOSE, cut), *_in_order([*answers, *closes])), True)
    dated = next(
        (at for at in range(cut, min(cut + _HEAD_LINES, len(lines))) if _RECEIVED.search(lines[at].text)), None
    )
    if len(asked) < 2 or dated is None or not _heads(lines, head := range(cut, dated + 1)):
        return None
    return AnswersApart(head, (*asking, Heading(Sort.ANSWER, cut, length=len(head)), *closes), False)


def _bare_numbers(lines: Sequence[Line], cut: int) -> list[Heading]:
    """Every number that has a line to itself behind the cut.

    An answer like "Zie 1" ends no sentence, so that the number below it looks like a page's; where there are as many as
    questions, each is an answer's.
    """
    found = ((at, bare_number_at(lines[at].text)) for at in range(cut + 1, len(lines)))
    return [Heading(Sort.ANSWER, at, numbers) for at, numbers in found if numbers]


def _numbers(headings: Sequence[Heading], sort: Sort) -> list[int]:
    return [number for heading in headings if heading.sort is sort for number in heading.numbers]


def _heads(lines: Sequence[Line], head: range) -> bool:
    """Whether those lines say who answers and when, and nothing else."""
    return len(head) <= _HEAD_LINES and _HEAD.fullmatch(" ".join(lines[at].text for at in head)) is not None


def _in_order(headings: Sequence[Heading]) -> list[Heading]:
    return sorted(headings, key=lambda heading: heading.at)
