"""Lines after which nothing belongs to the answer before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A remark of the Kamer's, a message of delay, an appendix, the marks of whatever made the text.
_CLOSING = re.compile(
    r"Toelichting\s*:.*|Mededeling\s*:?|[=_*~]{3,}(?:[^=_*~]{1,60}[=_*~]{3,})?|<[A-Z]+\b[^>]{0,20}>.*|Bijlagen?\s*:?"
    r"|Hoogachtend,?|Met vriendelijke groet,?",
    re.DOTALL,
)
# What begins another letter in the same file: its salutation, or the title of what it answers.
_SALUTATION = re.compile(
    r"Geachte\s(?:heer,?\s|mevrouw,?\s|heer\s?/\s?mevrouw,?\s)?(?:de\s)?voorzitter\s?[,:]?", re.IGNORECASE
)
_TITLE = re.compile(r"Vragen\s+van\s+(?:het\s+lid|de\s+leden)\s[^.?!]{2,150}\)\s+aan\s+de\s")
_ASKS_OR_ANSWERS = re.compile(r"(?:Antwoord(?:en)?|Vra(?:ag|gen))(?=\W*$|\W.*\d)")


def salutes(text: str) -> bool:
    """Whether a line is the salutation of a letter to the Kamer."""
    return _SALUTATION.fullmatch(text) is not None


def next_letters(lines: Sequence[str]) -> set[int]:
    """The lines where, behind a question or an answer, another letter begins."""
    found: set[int] = set()
    asked = False
    for at, text in enumerate(lines):
        if asked and (salutes(text) or _TITLE.match(text)):
            found.add(at)
            asked = False
        asked = asked or _ASKS_OR_ANSWERS.match(text) is not None
    return found


def closes(text: str) -> bool:
    """Whether a line ends the answer before it."""
    return _CLOSING.fullmatch(text) is not None
