"""What a text lost where its lines were joined: spaces ("nodig,zodat"), and what tells which hyphens divided words.

Where the printed lines ended tells most of it (`index.clean.breaks`). Beyond that only a text that shows the damage is
touched at all, and in it only what no Dutch word can be: a sign between two words, or an unknown word that begins or
ends with a function word which never opens or closes a compound.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from index.clean.breaks import ADDRESS, lost_breaks
from index.clean.hyphens import HYPHENS, Hyphens, Join, frequency
from index.extract.source import Line

# A sign between two words without a space; not in numbers, initials, addresses or abbreviations. The sign itself is
# looked for first, and then what stands before it: ten times as fast as in the order of the text.
_GLUED_SIGN = re.compile(
    r"[.,;:?!](?:(?<=[a-zà-ÿ]{2}[,;:?!])[»”’\")]*(?=[A-Za-zÀ-ÿ«“‘]{2})"
    r"|(?<=[a-zà-ÿ]{2}[.?!])[»”’\")]*(?=[A-ZÀ-Ý«“‘][A-Za-zÀ-ÿ«“‘])"
    r"|(?:(?<=[A-Z]{2}[.?!])|(?<=\d{4}[.?!])|(?<=\w\)[.?!]))(?=[A-ZÀ-Ý][a-zà-ÿ]))"
)
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


@dataclass(frozen=True, slots=True)
class Mended:
    """A line after its repair. From each of the `places` of the line before it on, the text has grown by so many
    characters in all.
    """

    line: Line
    places: tuple[int, ...] = ()
    grown: tuple[int, ...] = ()

    def start(self, at: int) -> int:
        """Where a range comes to begin that began at a place of the line before."""
        before = bisect_right(self.places, at)
        return at + (self.grown[before - 1] if before else 0)

    def end(self, at: int) -> int:
        """Where it comes to end."""
        before = bisect_left(self.places, at)
        return at + (self.grown[before - 1] if before else 0)


def mended(lines: Sequence[Line]) -> list[Mended]:
    """Each line with what it lost beyond doubt; a sound text stays as it is."""
    texts = [line.text for line in lines]
    signs = [_signs(text) for text in texts]
    breaks = lost_breaks(texts, signs)
    hyphens = Hyphens(piece for text, places in zip(texts, breaks, strict=True) for piece in _pieces(text, places))
    spaces = _missing_spaces(texts, signs, damaged=any(breaks))
    return [
        _mended(line, sorted({*ends, *places}), hyphens)
        for line, ends, places in zip(lines, breaks, spaces, strict=True)
    ]


def _mended(line: Line, ends: Sequence[int], hyphens: Hyphens) -> Mended:
    """The line with what stands between two lines wherever one ended."""
    if not ends:
        return Mended(line)
    first, *others = _pieces(line.text, ends)
    pieces, origin, changes = [first], [*line.origin[: len(first)]], []
    for piece, place in zip(others, ends, strict=True):
        join = hyphens.at(pieces[-1], piece) if pieces[-1].endswith(tuple(HYPHENS)) else Join.SPACE
        if join is Join.SPACE:
            pieces.append(" ")
            origin += [-1] if line.origin else []
        elif join is Join.DROP:
            pieces[-1] = pieces[-1][:-1]
            del origin[-1:]
        changes.append({Join.SPACE: 1, Join.KEEP: 0, Join.DROP: -1}[join])
        pieces.append(piece)
        origin += line.origin[place : place + len(piece)]
    done = Mended(line, tuple(ends), tuple(accumulate(changes)))
    marks = tuple(replace(mark, at=done.end(mark.at)) for mark in line.marks)
    return replace(done, line=replace(line, text="".join(pieces), marks=marks, origin=origin))


def _pieces(text: str, places: Sequence[int]) -> Iterator[str]:
    for start, end in pairwise([0, *places, len(text)]):
        yield text[start:end]


def _missing_spaces(texts: Sequence[str], signs: Sequence[Sequence[int]], *, damaged: bool) -> list[list[int]]:
    """For each line where spaces were lost, in order; nowhere in a sound text."""
    if not damaged and sum(map(len, signs)) < _DAMAGED_FROM:
        return [[] for _ in texts]
    words = Counter(word for text in texts for word in _WORD.findall(text))
    cuts = {word: _cut(word, words) for word in words}
    return [_places(text, places, cuts) for text, places in zip(texts, signs, strict=True)]


def _addresses(text: str) -> list[tuple[int, int]]:
    """The words that are addresses of pages, files or people."""
    if not ADDRESS.search(text):
        return []
    return [word.span() for word in re.finditer(r"\S+", text) if ADDRESS.search(word.group())]


def _signs(text: str) -> list[int]:
    """Where a space is missing behind a sign."""
    found = list(_GLUED_SIGN.finditer(text))
    taken = _addresses(text) if found else []
    return [match.end() for match in found if not any(start <= match.start() < end for start, end in taken)]


def _places(text: str, signs: Sequence[int], cuts: dict[str, int]) -> list[int]:
    places = [*signs]
    glued = [match for match in _WORD.finditer(text) if cuts[match.group()]]
    taken = _addresses(text) if glued else []
    places += (
        match.start() + cuts[match.group()]
        for match in glued
        if not any(start <= match.start() < end for start, end in taken)
    )
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
