"""Schriftelijk overleg: headings name the party that asks; its numbered questions run on over the parties."""

from __future__ import annotations

import re

from index.parse.headings import Sort, party_at
from index.parse.letter import Letter, Reading
from index.parse.numbered import find_headings, read_numbered
from index.records import Kind

KIND = Kind.SCHRIFTELIJK_OVERLEG


def evidence(letter: Letter) -> float:
    """The words themselves in the opening, or headings of several fracties."""
    named = re.search(r"\bschriftelijk\s+overleg\b|\bSO\b", letter.opening)
    parties = {
        heading.askers
        for at in range(len(letter.lines))
        if (heading := party_at(letter.lines, at, letter.year))
        and all(asker.member is None for asker in heading.askers)
    }
    return 0.5 * bool(named) + min(len(parties), 4) * 0.15


def read(letter: Letter) -> Reading:
    """Numbered questions with answers between them."""
    return read_numbered(letter, [heading for heading in find_headings(letter) if heading.sort is not None])


__all__ = ["KIND", "Sort", "evidence", "read"]
