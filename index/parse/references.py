"""Answers that point to other answers: "Zie het antwoord op vraag 2", "(zie ook antwoord vraag 1)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.parse.headings import NUMBERS, numbers_of

_ANSWERS = r"(?:antwoord(?:en)?|beantwoording|reactie|toelichting)"
_POINTS = re.compile(
    rf"(?:\b{_ANSWERS}\s+(?:(?:op|bij|van|onder|in)\s+)?(?:de\s+)?(?:deel)?vra(?:ag|gen)|\b[Zz]ie\s+(?:ook\s+)?(?:hierboven\s+)?"
    rf"(?:onder\s+|bij\s+)?(?:de\s+)?vra(?:ag|gen)|\b(?:bij|onder|in)\s+(?:de\s+)?(?:{_ANSWERS}\s+op\s+)?vra(?:ag|gen))"
    rf"\s+({NUMBERS})(?!\d)(?!\s*(?:van|uit)\s+(?:het|de)\s+(?:leden|lid|eerdere|vorige))",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:zie|ook|hiervoor|hierboven|daarvoor|het|mijn|ons|de|op|naar|voor|verwijs|verwijzen|verwezen|wordt|word|wij|we|ik"
    r"|graag|u|deze|vraag|vragen|kortheidshalve|korte|een|antwoord|antwoorden|mij|in|dit|bij|zoals|aangegeven|gegeven|eerder"
    r"|reeds|beantwoording|van|je|ja|nee|neen|hier|ten|aanzien|toelichting|en|reactie|hierbij|verder)\b",
    re.IGNORECASE,
)


def referred(answer: str, own: Iterable[int], there: Iterable[int]) -> tuple[int, ...]:
    """The questions of this document whose answers an answer points to, its own ones left out, in order of mention."""
    known, mine = set(there), set(own)
    found = [number for match in _POINTS.finditer(answer) for number in numbers_of(match[1])]
    return tuple(dict.fromkeys(number for number in found if number in known and number not in mine))


def only_refers(answer: str) -> bool:
    """Whether nothing is left of an answer when its references and the words around them are taken out."""
    if len(answer) > 400 or not _POINTS.search(answer):
        return False
    rest = _FILLER.sub(" ", _POINTS.sub(" ", answer))
    return len(re.findall(r"[^\W_]{2,}", rest)) <= 1
