"""Feitelijke vragen: a list of numbered questions of a committee, with answers that are often not marked at all.

Only brackets behind a number tell which fractie asked: "12 (D66)".
"""

from __future__ import annotations

import re

from index.parse.headings import Sort
from index.parse.letter import Letter, Reading
from index.parse.numbered import gaps, read_numbered, without_marker
from index.parse.rows import read_rows
from index.records import Kind

KIND = Kind.FEITELIJKE_VRAGEN


def evidence(letter: Letter) -> float:
    """Its name in the opening, where no member asks: Kamervragen may be about such a list."""
    named = re.search(
        r"\b[Ff]eitelijke\s+vragen\b|\b[Ll]ijst\s+van\s+vragen(?:\s+en\s+antwoorden)?\b|\bLIJST VAN VRAGEN",
        letter.opening,
    )
    asked_by_members = any(asker.member for asker in letter.askers)
    return 0.95 * bool(named and not asked_by_members)


def read(letter: Letter) -> Reading:
    """With answer markers as they stand; without, a question's paragraphs are those that ask."""
    headings = [heading for heading in letter.headings if heading.sort is not Sort.PARTY]
    if sum(heading.sort is Sort.ANSWER for heading in headings) >= 2:
        return read_numbered(letter, headings)
    rows = read_rows(letter)
    if rows and len(rows.drafts) > sum(heading.sort is Sort.QUESTION for heading in headings):
        return rows
    headings = [heading for heading in headings if heading.sort in (Sort.QUESTION, Sort.CLOSE)]
    ends = [heading.at for heading in headings[1:]] + [len(letter.lines)]
    drafts = [
        without_marker(letter, heading.numbers, heading.asked_by or (), heading.at + heading.length, end)
        for heading, end in zip(headings, ends, strict=False)
        if heading.sort is Sort.QUESTION and end > heading.at + heading.length
    ]
    alone = frozenset(at for heading in headings for at in range(heading.at, heading.at + heading.length))
    return Reading(tuple(drafts), alone, tuple(gaps(drafts)))
