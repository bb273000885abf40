"""What fits no family: kept whole, as text that nobody is said to have asked or answered."""

from __future__ import annotations

from index.parse.letter import Letter, Reading
from index.records import Kind

KIND = Kind.OTHER


def evidence(letter: Letter) -> float:
    """A little, always: what nothing else claims."""
    return 0.2 if letter.lines else 0.1


def read(letter: Letter) -> Reading:
    """No exchanges, and a warning that says so."""
    return Reading(
        (), warnings=("in dit document zijn geen vragen en antwoorden herkend; het is als gewone tekst opgenomen",)
    )
