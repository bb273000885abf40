"""Words that lost the space between them: "nodig,zodat", "hettweeminutendebat".

Only a text that shows the damage is touched at all, and in it only what no Dutch word can be: a sign between two words,
or an unknown word that begins or ends with a function word which never opens or closes a compound.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.clean.hyphens import frequency
from index.extract.source import Line

# A sign between two words without a space; not in numbers, initials, addresses or abbreviations.
_GLUED_SIGN = re.compile(r"(?<=[a-zà-ÿ]{2})([,;:?!][»”’\")]*|[.?!][»”’\")]*(?=[A-ZÀ-Ý«“‘]))(?=[A-Za-zÀ-ÿ«“‘]{2})")
_ADDRESS = re.compile(r"https?:|www\.|@|\w/\w|\w\.(?:nl|com|eu|org|net|html?|aspx|pdf)\b")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{6,}")
_OPENING = (
    "het",
    "deze",
    "een",
    "dit",
    "dat",
    "die",
    "de",
    "van",
    "met",
    "uw",
    "hun",
    "wordt",
    "worden",
    "heeft",
    "hebben",
)
_CLOSING = tuple("van het dat die deze niet met wordt worden heeft hebben kan kunnen zal uw hun welke".split())
# "de" or "van" may open a long word that no list knows ("detailhandelsbeleid"); these open none.
_NEVER_IN_COMPOUNDS = frozenset({"het", "deze", "worden", "hebben"})
_DAMAGED_FROM = 3


def missing_spaces(lines: Sequence[Line]) -> list[list[int]]:
    """For each line where spaces were lost beyond doubt, in order; nowhere in a sound text."""
    if sum(len(_signs(line.text)) for line in lines) < _DAMAGED_FROM:
        return [[] for _ in lines]
    words = Counter(word for line in lines for word in _WORD.findall(line.text))
    cuts = {word: _cut(word, words) for word in words}
    return [_places(line.text, cuts) for line in lines]


def with_spaces(line: Line, places: Sequence[int]) -> Line:
    """The line with spaces put in; its marks move along."""
    if not places:
        return line
    edges = [0, *places, len(line.text)]
    text = " ".join(line.text[start:end] for start, end in pairwise(edges))
    origin = [place for start, end in pairwise(edges) for place in (*line.origin[start:end], -1)][:-1]
    marks = tuple(replace(mark, at=mark.at + sum(place < mark.at for place in places)) for mark in line.marks)
    return replace(line, text=text, marks=marks, origin=origin)


def _addresses(text: str) -> list[tuple[int, int]]:
    """The words that are addresses of pages, files or people."""
    if not _ADDRESS.search(text):
        return []
    return [word.span() for word in re.finditer(r"\S+", text) if _ADDRESS.search(word.group())]


def _signs(text: str) -> list[int]:
    """Where a space is missing behind a sign."""
    found = list(_GLUED_SIGN.finditer(text))
    taken = _addresses(text) if found else []
    return [match.end() for match in found if not any(start <= match.start() < end for start, end in taken)]


def _places(text: str, cuts: dict[str, int]) -> list[int]:
    places = _signs(text)
    glued = [match for match in _WORD.finditer(text) if cuts[match.group()]]
    taken = _addresses(text) if glued else []
    for match in glued:
        if not any(start <= match.start() < end for start, end in taken):
            places.append(match.start() + cuts[match.group()])
    return sorted(places)


def _cut(word: str, words: Counter[str]) -> int:
    """Where an unknown word falls apart in two known ones; 0 where it does not, or not beyond doubt."""
    plain = word.casefold()
    if not plain.startswith(_OPENING) and not plain.endswith(_CLOSING):
        return 0
    if not word[1:].islower() or words[word] > 1 or frequency(plain) > 0:
        return 0
    for opening in _OPENING:
        least = 3.5 if len(opening) < 3 or opening == "een" else 3.0
        rest = plain[len(opening) :]
        if plain.startswith(opening) and (
            _is_word(rest, words, least) or (opening in _NEVER_IN_COMPOUNDS and _is_compound(rest))
        ):
            return len(opening)
    for closing in _CLOSING:
        if plain.endswith(closing) and _is_word(plain[: -len(closing)], words, 3.0):
            return len(plain) - len(closing)
    return 0


def _is_compound(rest: str) -> bool:
    """Two or three common words in a row, perhaps with an -s- or -e- between them: "tweeminutendebat"."""

    def made(at: int, most: int) -> bool:
        if at == len(rest):
            return True
        return most > 0 and any(
            frequency(rest[at:end]) >= 3.5
            and (
                made(end, most - 1)
                or (rest[end : end + 1] in ("s", "e") and end + 1 < len(rest) and made(end + 1, most - 1))
            )
            for end in range(at + 4, len(rest) + 1)
        )

    return made(0, 3) and frequency(rest) < 3.0


def _is_word(rest: str, words: Counter[str], least: float) -> bool:
    """A common word, or a long one that the document itself holds."""
    return len(rest) >= 4 and (frequency(rest) >= least or (len(rest) >= 8 and words[rest] > 0))
