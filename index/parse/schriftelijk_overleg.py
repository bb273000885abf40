"""Schriftelijk overleg: headings name the party that asks. Numbered or in prose; answered in turn or at the end."""

from __future__ import annotations

import re

from index.parse.headings import Heading, Sort
from index.parse.items import read_items, replied_unmarked, with_askers
from index.parse.letter import Letter, Reading
from index.parse.numbered import read_numbered
from index.parse.prose import asks_in_prose, read_alternating, read_two_parts, reply_markers, reply_part
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
    if numbered and answered * 2 >= numbered:
        return read_numbered(letter, headings)
    if numbered >= (1 if answered else 2) and replies_at is None and _by_number(letter):
        unmarked = not answered and replied_unmarked(letter, headings)
        return read_items(letter, headings) if unmarked else read_numbered(letter, headings)
    return read_alternating(letter) if replies_at is None else read_two_parts(letter, replies_at)


def _by_number(letter: Letter) -> bool:
    """Whether the parties number their questions: a list in one party's question leaves the others asking in prose."""
    starts = [heading.at for heading in letter.headings if heading.sort is Sort.PARTY]
    numbered = [heading.at for heading in letter.headings if heading.sort is Sort.QUESTION]
    by_number = in_prose = 0
    for first, beyond in zip(starts, [*starts[1:], len(letter.lines)], strict=False):
        if any(first < at < beyond for at in numbered):
            by_number += 1
        elif asks_in_prose(letter, first + 1, beyond):
            in_prose += 1
    return by_number >= in_prose + (in_prose > 0)
