"""Nota naar aanleiding van het verslag, memorie van antwoord: a paragraph that asks, paragraphs that reply.

The verslag itself asks only.
"""

from __future__ import annotations

import re
from dataclasses import replace

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


# The verslag of a committee, which another document replies to, and not one that holds a list of questions.
_ASKS = re.compile(
    r"(?:(?:nader|voorlopig|nader\s+voorlopig|eind|tweede\s+nader)\s*)?verslag(?:\s+van\s+de\s.{5,120})?", re.IGNORECASE
)
_EXAMINES = re.compile(r"\bvoorbereidend\s+onderzoek\b(?!.{0,300}\blijst\s+van\s+vragen\b)")


def _is_verslag(letter: Letter) -> bool:
    """Whether a committee reports what its members ask of a bill."""
    head = letter.lines[:_HEAD]
    named = any(_ASKS.fullmatch(line.text) for line in head)
    return named and _EXAMINES.search(letter.words(0, min(2 * _HEAD, len(letter.lines)))) is not None


def evidence(letter: Letter) -> float:
    """Its name at the head of the document, where it names itself and not another one."""
    first = min((heading.at for heading in letter.headings), default=_HEAD)
    named = _NAMED.search(letter.words(0, min(first, _HEAD, len(letter.lines))))
    return 1.1 * (named is not None or _is_verslag(letter))


def read(letter: Letter) -> Reading:
    """Paragraphs in turn, by number where they have one; a heading is a topic here and names nobody."""
    if _is_verslag(letter):
        return _asked_only(read_alternating(letter))
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


def _asked_only(reading: Reading) -> Reading:
    """The reading of a document in which nobody replies: what stands behind a question goes on with it."""
    drafts = [
        replace(draft, questions=(*draft.questions, (None, draft.answer)), answer=None)
        if draft.answer
        else replace(draft, reasons=())
        for draft in reading.drafts
    ]
    return replace(reading, drafts=tuple(drafts))
