"""Kamervragen: questions of one or more members, and the minister's answers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parse.headings import Heading, Sort
from index.parse.letter import Draft, Letter, Reading, Stretch
from index.parse.numbered import read_numbered
from index.records import Kind

KIND = Kind.KAMERVRAGEN


def evidence(letter: Letter) -> float:
    """A heading that names members and whom they ask, or who answers; a little, the order alone."""
    opening = letter.opening
    sorts = {heading.sort for heading in letter.headings}
    return (
        0.25 * (Sort.QUESTION in sorts and Sort.ANSWER in sorts)
        + 0.4 * bool(letter.askers)
        + 0.3 * bool(re.search(r"\bingezonden\b|\bKamervragen\b|\b20\d\dZ\d{5}\b", opening))
        + 0.4 * bool(re.search(r"\bAntwoord(?:en)? van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)", opening))
        + 0.3 * bool(re.search(r"Vragen gesteld door de leden der Kamer|\bAH \d", opening))
    )


def read(letter: Letter) -> Reading:
    """Numbered questions; where the numbers were lost, each asking paragraph counts as the next one."""
    headings = letter.headings
    if any(heading.sort is Sort.QUESTION for heading in headings):
        return read_numbered(letter, _own(letter, headings))
    if any(heading.sort is Sort.ANSWER for heading in headings):
        return read_numbered(letter, headings)
    return _counted(letter, headings)


def _own(letter: Letter, headings: Sequence[Heading]) -> list[Heading]:
    """Without headings of fracties: in Kamervragen only members ask."""
    return [
        heading
        for heading in headings
        if heading.sort is not Sort.PARTY or not letter.askers or any(asker.member for asker in heading.askers)
    ]


def _counted(letter: Letter, headings: Sequence[Heading]) -> Reading:
    """Questions whose automatic numbers did not come along: the paragraphs behind the heading that ask something."""
    start = next(
        (
            at + 1
            for at, line in enumerate(letter.lines[:40])
            if re.search(r"\bvragen\s+(?:van|door)\s+(?:(?:het|de)\s+)?(?:leden|lid)\b", line.text, re.I)
        ),
        None,
    )
    if start is None or "ondelinge vragen" in letter.opening:
        return Reading(())
    end = next(
        (heading.at for heading in headings if heading.sort is Sort.CLOSE and heading.at > start), len(letter.lines)
    )
    drafts: list[Draft] = []
    for first, beyond in letter.paragraphs(start, end):
        if "?" not in letter.words(first, beyond):
            continue
        number = len(drafts) + 1
        draft = Draft((number,), letter.askers, ((number, Stretch(first, beyond)),), None, ("nummer geteld",))
        drafts.append(draft)
    return Reading(tuple(drafts), frozenset(heading.at for heading in headings))
