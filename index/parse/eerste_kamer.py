"""Eerste Kamer: a schriftelijk overleg in its own words ("de fractieleden van de PVV"), laid out alike."""

from __future__ import annotations

import re

from index.parse import schriftelijk_overleg
from index.parse.letter import Letter, Reading
from index.records import Kind

KIND = Kind.EERSTE_KAMER


def evidence(letter: Letter) -> float:
    """The Eerste Kamer is addressed, not merely sent a copy, and its fracties have headings."""
    addressed = re.search(
        r"\bEerste Kamer der Staten-Generaal\b|\bVoorzitter van de Eerste Kamer\b|\bfractieleden van\b",
        letter.opening,
        re.IGNORECASE,
    )
    other = re.search(
        r"\bVoorzitter van de Tweede Kamer\b|\bTweede Kamer der Staten-Generaal\b", letter.opening, re.IGNORECASE
    )
    if not addressed or (other and other.start() < addressed.start()):
        return 0.0
    sections = schriftelijk_overleg.party_sections(letter)
    return 0.6 + min(len(sections), 4) * 0.15 if sections or "fractieleden" in letter.opening else 0.0


def read(letter: Letter) -> Reading:
    """As a schriftelijk overleg."""
    return schriftelijk_overleg.read(letter)
