"""Feitelijke vragen: a list of numbered questions of a committee, with answers that are often not marked at all."""

from __future__ import annotations

import re

from index.parse.headings import Heading, Sort
from index.parse.letter import Draft, Letter, Reading, Stretch, whole
from index.parse.numbered import gaps, read_numbered
from index.parse.split import by_number
from index.records import Kind

KIND = Kind.FEITELIJKE_VRAGEN


def evidence(letter: Letter) -> float:
    """Its name in the opening: no party asks, so nothing else tells it from Kamervragen."""
    named = re.search(
        r"\b[Ff]eitelijke\s+vragen\b|\b[Ll]ijst\s+van\s+vragen(?:\s+en\s+antwoorden)?\b|\bLIJST VAN VRAGEN",
        letter.opening,
    )
    return 0.95 * bool(named)


def read(letter: Letter) -> Reading:
    """With answer markers as they stand; without, a question's paragraphs are those that ask."""
    headings = [heading for heading in letter.headings if heading.sort is not Sort.PARTY]
    if sum(heading.sort is Sort.ANSWER for heading in headings) >= 2:
        return read_numbered(letter, headings)
    headings = [heading for heading in headings if heading.sort in (Sort.QUESTION, Sort.CLOSE)]
    ends = [heading.at for heading in headings[1:]] + [len(letter.lines)]
    drafts = [
        _draft(letter, heading, heading.at + 1, end)
        for heading, end in zip(headings, ends, strict=False)
        if heading.sort is Sort.QUESTION and end > heading.at + 1
    ]
    return Reading(tuple(drafts), frozenset(heading.at for heading in headings), tuple(gaps(drafts)))


def _draft(letter: Letter, heading: Heading, first: int, beyond: int) -> Draft:
    """As many asking paragraphs as there are numbers, at least one; what follows them answers."""
    paragraphs = letter.paragraphs(first, beyond)
    if len(paragraphs) == 1:
        paragraphs = _by_sentence(letter, first, beyond)
    asking = 0
    for start, end in paragraphs:
        asks = letter.words(start, end).rstrip().endswith("?")
        if not asks and asking >= 1:
            break
        asking += 1
        if asks and asking >= len(heading.numbers) and not _asks(letter, paragraphs, asking):
            break
    border = paragraphs[asking][0] if asking < len(paragraphs) else beyond
    questions: list[tuple[int | None, Stretch]]
    if asking == len(heading.numbers):
        questions = [
            (number, Stretch(*paragraph))
            for number, paragraph in zip(heading.numbers, paragraphs[:asking], strict=True)
        ]
    else:
        questions = by_number(letter, heading.numbers, first, border)
    answer = whole(border, beyond)
    return Draft(heading.numbers, (), tuple(questions), answer, ("antwoord zonder kop",) if answer else ())


def _by_sentence(letter: Letter, first: int, beyond: int) -> list[tuple[int, int]]:
    """Where nothing parts the paragraphs (a table's cells, lines without space between): cut where a sentence ends."""

    def ends(before: str, after: str) -> bool:
        sign = re.search(r"([.?!])[»”’)\]\d]*$", before)
        return sign is not None and (sign[1] == "?" or not after[:1].islower())

    texts = [line.text for line in letter.lines[first:beyond]]
    starts = [first, *(first + at for at in range(1, len(texts)) if ends(texts[at - 1], texts[at]))]
    return list(zip(starts, [*starts[1:], beyond], strict=True))


def _asks(letter: Letter, paragraphs: list[tuple[int, int]], index: int) -> bool:
    """Whether the next paragraph asks as well."""
    return index < len(paragraphs) and letter.words(*paragraphs[index]).rstrip().endswith("?")
