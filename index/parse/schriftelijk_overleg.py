"""Schriftelijk overleg: headings name the party that asks. Numbered or in prose; answered in turn or at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.parse.answers_apart import replies_by_number
from index.parse.headings import Heading, Sort
from index.parse.items import read_items, replied_unmarked, with_askers
from index.parse.kamervragen import read_counted
from index.parse.letter import Letter, Reading
from index.parse.numbered import read_numbered
from index.parse.prose import (
    asking_lines,
    asks_in_prose,
    read_alternating,
    read_two_parts,
    reply_markers,
    reply_part,
    reply_parts,
)
from index.records import Kind

KIND = Kind.SCHRIFTELIJK_OVERLEG


def evidence(letter: Letter) -> float:
    """The words themselves in the opening, or headings of several fracties."""
    named = re.search(r"\b(?i:schriftelijk\s+overleg)\b|\bSO\b", letter.opening)
    return 0.5 * bool(named) + min(len(party_sections(letter)), 4) * 0.15


def party_sections(letter: Letter) -> set[tuple[str, ...]]:
    """The parties, or groups of parties, that have a heading of their own."""
    return {
        tuple(asker.party for asker in heading.askers)
        for heading in letter.headings
        if heading.sort is Sort.PARTY and all(asker.member is None for asker in heading.askers)
    }


def read(letter: Letter) -> Reading:
    """By number where the questions have one; else by party, in two parts or in turn."""
    markers = [Heading(Sort.ANSWER, at) for at in reply_markers(letter)]
    headings = with_askers(letter, sorted([*letter.headings, *markers], key=lambda heading: heading.at))
    numbered = sum(heading.sort is Sort.QUESTION for heading in headings)
    answered = sum(heading.sort is Sort.ANSWER for heading in headings)
    replies_at = reply_part(letter)
    if numbered and replies_at is not None and not answered and (apart := _replies_by_number(letter, replies_at)):
        return read_numbered(letter, with_askers(letter, apart))
    by_number = _by_number(letter)
    explicit = any(heading.sort is Sort.QUESTION and heading.explicit for heading in headings)
    if numbered and answered * 2 >= numbered and (by_number or explicit):
        return read_numbered(letter, headings if replies_at is None else _in_two_parts(letter, headings, replies_at))
    if numbered >= (1 if answered else 2) and replies_at is None and by_number:
        unmarked = not answered and replied_unmarked(letter, headings)
        return read_items(letter, headings) if unmarked else read_numbered(letter, headings)
    if replies_at is not None:
        return read_two_parts(letter, replies_at)
    # "Vraag van de leden van de VVD-fractie:", what they ask, and "Antwoord".
    counted = not numbered and len(asking_lines(letter)) * 2 < answered
    return read_counted(letter, headings) if counted else read_alternating(letter)


def _replies_by_number(letter: Letter, replies_at: int) -> tuple[Heading, ...] | None:
    """The headings of a letter in two parts that both go by number, and in which no party asks without one."""
    apart = replies_by_number(letter, replies_at, reply_parts(letter, replies_at)[-1])
    return apart if apart and not _sections(letter, apart, replies_at)[1] else None


def _in_two_parts(letter: Letter, headings: Sequence[Heading], replies_at: int) -> list[Heading]:
    """The headings of a letter whose second part marks its replies, and may say each question once more before."""
    if any(heading.sort is Sort.ANSWER and heading.at < replies_at for heading in headings):
        return list(headings)
    asked = {heading.numbers for heading in headings if heading.sort is Sort.QUESTION and heading.at < replies_at}
    told = [Heading(Sort.CLOSE, at) for at in {replies_at, reply_parts(letter, replies_at)[-1]} - {len(letter.lines)}]
    for heading in headings:
        again = heading.sort is Sort.QUESTION and heading.at > replies_at and heading.numbers in asked
        told.append(replace(heading, sort=Sort.CLOSE) if again else heading)
    return sorted(told, key=lambda heading: heading.at)


def _by_number(letter: Letter) -> bool:
    """Whether the parties number their questions: a list in one party's question leaves the others asking in prose."""
    by_number, in_prose = _sections(letter, letter.headings, len(letter.lines))
    return by_number >= in_prose + (in_prose > 0)


def _sections(letter: Letter, headings: Sequence[Heading], end: int) -> tuple[int, int]:
    """How many parties ask by number before a line, and how many in prose."""
    starts = [heading.at for heading in headings if heading.sort is Sort.PARTY and heading.at < end]
    numbered = [heading.at for heading in headings if heading.sort is Sort.QUESTION]
    by_number = in_prose = 0
    for first, beyond in zip(starts, [*starts[1:], end], strict=False):
        if any(first < at < beyond for at in numbered):
            by_number += 1
        elif asks_in_prose(letter, first + 1, beyond):
            in_prose += 1
    return by_number, in_prose
