"""Nota naar aanleiding van het verslag, memorie van antwoord: a paragraph that asks, paragraphs that reply."""

from __future__ import annotations

import re

from index.parse.headings import Sort
from index.parse.items import read_items, replied_unmarked, with_askers
from index.parse.letter import Letter, Reading
from index.parse.prose import read_alternating
from index.records import Kind

KIND = Kind.NOTA_VERSLAG
# Further down a letter may cite a nota of somebody else.
_HEAD = 25
_NAMED = re.compile(
    r"\bnota\s+naar\s+aanleiding\s+van\s+het\s+(?:(?:tweede|derde)\s+)?(?:nader\s+)?verslag|\b(?:nadere\s+)?memorie\s+van\s+antwoord\b",
    re.IGNORECASE,
)


def evidence(letter: Letter) -> float:
    """Its name at the head of the document, where it names itself and not another one."""
    first = min((heading.at for heading in letter.headings), default=_HEAD)
    return 1.1 * bool(_NAMED.search(letter.words(0, min(first, _HEAD, len(letter.lines)))))


def read(letter: Letter) -> Reading:
    """Paragraphs in turn, by number where they have one; a heading is a topic here and names nobody."""
    headings = [heading for heading in with_askers(letter, letter.headings) if heading.sort is not Sort.PARTY]
    if not any(heading.sort is Sort.ANSWER for heading in headings) and replied_unmarked(letter, headings):
        return read_items(letter, headings)
    return read_alternating(letter, headings_carry=False)
