"""Nota naar aanleiding van het verslag, memorie van antwoord: a paragraph that asks, paragraphs that reply."""

from __future__ import annotations

import re

from index.parse.headings import Sort
from index.parse.items import read_items, replied_unmarked, with_askers
from index.parse.letter import Letter, Reading
from index.parse.numbered import read_numbered
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
    numbered = [heading for heading in headings if heading.sort is Sort.QUESTION]
    answered = sum(heading.sort is Sort.ANSWER for heading in headings)
    if not answered and replied_unmarked(letter, headings):
        return read_items(letter, headings)
    # A number that nobody's question stands behind may be a section's.
    named = sum(heading.asked_by is not None for heading in numbered)
    if len(numbered) >= 2 and named == len(numbered) <= answered:
        return read_numbered(letter, headings)
    return read_alternating(letter, headings_carry=False)
