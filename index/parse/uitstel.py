"""Delay notices: the questions again, and a message that they will be answered later. Nothing here is an answer."""

from __future__ import annotations

import re

from index.parse.headings import Sort
from index.parse.letter import Letter, Reading
from index.parse.numbered import read_numbered
from index.records import Kind

KIND = Kind.UITSTEL


_TERM = re.compile(
    r"\bbinnen\s+de\s+(?:gebruikelijke|gestelde|daarvoor\s+(?:geldende|gestelde)|reguliere|voorgeschreven)\s*termijn",
    re.IGNORECASE,
)
# A delay in its fixed words: nothing of this stands at the head or the foot of a letter that answers.
_DELAYED = re.compile(
    r"\b[Uu]itstel(?:bericht|brief)?\s+(?:(?:van|voor|inzake|voor\s+de)\s+)?(?:de\s+)?(?:beantwoording|[Kk]amervragen)\b"
    r"|\b(?:meer|extra|langere)\s+tijd\s+(?:nodig|gevraagd|vergt).{0,80}\bbeantwoord"
    r"|\bbeantwoording\b.{0,80}\b(?:meer|extra|langere)\s+tijd\b|\buitstel\b.{0,60}\bbeantwoord"
    r"|\bniet\s+binnen\s+(?:drie|3)\s+weken\b.{0,60}\bbeantwoord|\b(?:binnen|termijn\s+van)\s+(?:drie|3)\s+weken\b.{0,40}\bniet\b",
    re.IGNORECASE,
)


def _says_late(text: str) -> bool:
    """Whether one of its sentences says that the answer comes later; a motion may be late too."""
    return any(
        _DELAYED.search(sentence)
        or (
            _TERM.search(sentence)
            and re.search(r"\b(?:niet|onmogelijk)\b", sentence)
            and re.search(r"antwoord|\b[Vv]ragen\b", sentence)
        )
        for sentence in re.split(r"[.?]", text)
    )


def evidence(letter: Letter) -> float:
    """A "Mededeling" of a minister, or the fixed words of a delay, and no answer marker."""
    answered = any(heading.sort is Sort.ANSWER for heading in letter.headings)
    if answered:
        return 0.0
    text = letter.opening + letter.words(max(0, len(letter.lines) - 40), len(letter.lines))
    delayed = _says_late(text)
    message = re.search(r"\bMededeling van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)", letter.opening)
    # A letter of a minister that asks nothing and says that the answer will be late has nothing else to say.
    asks = any(heading.sort is Sort.QUESTION for heading in letter.headings) or re.search(
        r"\b[Vv]ragen\s+van\b[^.]{0,300}\baan\s+de\s+(?:[Mm]inister|[Ss]taatssecretaris)", letter.opening
    )
    return 1.2 * bool(message) + (0.6 if asks else 1.2) * delayed


def read(letter: Letter) -> Reading:
    """The questions alone."""
    headings = [heading for heading in letter.headings if heading.sort is not Sort.PARTY]
    return read_numbered(letter, headings, replied=False)
