"""What a query names by its number: questions, and documents as the chamber numbers them."""

from __future__ import annotations

import re

from index.analysis import Word, words
from index.numerals import CARDINALS, ORDINALS
from index.records import Span

YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER_OF_ONE = re.compile(r"20\d\d[zd]\d{5}|ah-tk-\d{8}-\d{1,5}|ah\d{1,5}|\d{5}-0\d|21501-\d\d")
"""The term of what nothing but a document of the chamber is called, or one of several dossiers under a number."""
DAY = re.compile(r"\d{8}")
"""The term of a day."""

_DIGITS_OF_A_DOCUMENT = 4
_NUMBERS = (
    ("", re.compile(r"(20\d\d)\s?([ZD])\s?(\d{5})(?!\d)")),
    ("ah", re.compile(r"\bAH\s?(\d{1,5})\b", re.IGNORECASE)),
    ("ah", re.compile(r"\b[Aa]anhangsel\b[^.?!\d]{0,50}(?:\d{4}\s?[-–]\s?\d{4}\W+)?(?:nr\.?\s?)?(\d{1,5})\b")),
)
"""How documents of the chamber are numbered, as people write it, and what the terms of such numbers begin with."""
_DOSSIER = re.compile(
    r"\b(?:kamerstuk(?:ken)?|dossier|motie|kamerbrief)\s+(?:(?:nr\.?|nummer)\s*)?(\d\d ?\d{3})(?!\d)", re.IGNORECASE
)
_NUMBER_OF_PIECE = re.compile(r"\bnr\.?\s*\d{1,4}\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:vra(?:ag|gen)|questions?|antwoord(?:en)?|answers?)\s+(?:(?:nummers?|numbers?|nr\.?|no\.?)\s*)?#?"
    r"(\d{1,3}(?:\s*(?:,|en|and|t/m|tot en met|through|to|-|–)\s*\d{1,3})*)\b",
    re.IGNORECASE,
)
_NUMBERED_IN_WORDS = re.compile(
    rf"\b(?:(?:vraag|question)\s+({'|'.join(CARDINALS)})"
    rf"|(?:({'|'.join(ORDINALS)})|(\d{{1,3}})(?:e|de|ste|st|nd|rd|th))\s+(?:vraag|question))\b",
    re.IGNORECASE,
)
"""The same in words: "vraag twee", "de tweede vraag", "2e vraag"."""
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|through|to|-|–)\s*(\d+)", re.IGNORECASE)
_WIDEST_RANGE = 50


def named_numbers(text: str) -> frozenset[int]:
    """The numbers of questions that a query names: "vraag 8", "vragen 3, 4 en 6 t/m 9", "de tweede vraag"."""
    found: set[int] = set()
    for match in _NUMBERED.finditer(text):
        found.update(int(number) for number in re.findall(r"\d+", match[1]))
        for first, last in _RANGE.findall(match[1]):
            found.update(range(int(first), min(int(last), int(first) + _WIDEST_RANGE)))
    for match in _NUMBERED_IN_WORDS.finditer(text):
        written = next(filter(None, match.groups())).lower()
        found.add(CARDINALS.get(written) or ORDINALS.get(written) or int(written))
    return frozenset(found)


def named_questions(text: str) -> list[Span]:
    """Where a query names questions by their numbers."""
    return [Span(*match.span()) for pattern in (_NUMBERED, _NUMBERED_IN_WORDS) for match in pattern.finditer(text)]


def without_numbers(text: str, *, pieces: bool) -> str:
    """A text without the numbers of questions, and where they are `pieces` of a dossier without theirs ("nr. 12")."""
    rest = _NUMBERED_IN_WORDS.sub(" ", _NUMBERED.sub(" ", text))
    return _NUMBER_OF_PIECE.sub(" ", rest) if pieces else rest


def documents_by_number(text: str) -> list[tuple[Span, str]]:
    """Where a text may name documents by a number, and what term stands for it."""
    found = [(Span(word.start, word.end), word.term) for word in words(text) if names_document(word)]
    for kind, pattern in _NUMBERS:
        found += [(Span(*match.span()), kind + "".join(match.groups()).lower()) for match in pattern.finditer(text)]
    return found


def numbers_of_one(text: str) -> set[str]:
    """The terms of numbers by which a text can mean nothing but documents of the chamber, for what they are or how they
    are called: "2024Z17331", "dossier 26 643".
    """
    found = {term for _, term in documents_by_number(text) if NUMBER_OF_ONE.fullmatch(term)}
    return found | {number.replace(" ", "") for number in _DOSSIER.findall(text)}


def pieces_of_dossiers(text: str) -> list[Span]:
    """Where a text names pieces of a dossier ("nr. 12")."""
    return [Span(*match.span()) for match in _NUMBER_OF_PIECE.finditer(text)]


def numbers_of_documents(text: str) -> list[Span]:
    """Where a text has numbers as the chamber gives them to its documents."""
    found = [Span(word.start, word.end) for word in words(text) if " " in word.surface]
    return found + [Span(*match.span()) for _, pattern in _NUMBERS for match in pattern.finditer(text)]


def names_document(word: Word) -> bool:
    """Whether a word is a number long enough to be a document's, and no year."""
    if word.surface.isalpha() or YEAR.fullmatch(word.surface):
        return False
    return sum(letter.isdigit() for letter in word.surface) >= _DIGITS_OF_A_DOCUMENT
