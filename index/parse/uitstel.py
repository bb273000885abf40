"""Delay notices: the questions again, and a message that they will be answered later. Nothing here is an answer."""

from __future__ import annotations

import re

from index.parse.headings import Sort
from index.parse.letter import Letter, Reading
from index.parse.numbered import read_numbered
from index.records import Kind

KIND = Kind.UITSTEL


def evidence(letter: Letter) -> float:
    """A "Mededeling" of a minister, or the fixed words of a delay, and no answer marker."""
    text = letter.opening + letter.words(max(0, len(letter.lines) - 40), len(letter.lines))
    delayed = re.search(
        r"\bniet\b[^.]{0,60}\bbinnen de (?:gebruikelijke|gestelde)\s*termijn"
        r"|\b[Uu]itstel (?:van )?(?:de )?beantwoording\b",
        text,
    )
    message = re.search(r"\bMededeling van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)", letter.opening)
    answered = any(heading.sort is Sort.ANSWER for heading in letter.headings)
    return (1.2 * bool(message) + 0.6 * bool(delayed)) * (not answered)


def read(letter: Letter) -> Reading:
    """The questions alone."""
    headings = [heading for heading in letter.headings if heading.sort is not Sort.PARTY]
    return read_numbered(letter, headings)
