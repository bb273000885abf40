"""Numbered questions in prose: the item itself may say who asks, and what replies may stand behind it unmarked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.parse.asking import ASKING, asks_on, begins_asking
from index.parse.headings import Heading, Sort
from index.parse.letter import Draft, Letter, Reading, spoken, whole
from index.parse.numbered import gaps
from index.parse.prose import replies, who_asks
from index.parse.split import by_number
from index.records import Asker


def with_askers(letter: Letter, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, where those of questions know whom the question itself names: "1. De leden van de SP-fractie …".

    A heading and a question that contradict each other leave it to nobody, or to those whom both name.
    """
    told: list[Heading] = []
    headed: tuple[Asker, ...] = ()
    last: tuple[Asker, ...] | None = None
    ends = [heading.at for heading in headings[1:]] + [len(letter.lines)]
    for heading, end in zip(headings, ends, strict=False):
        if heading.sort is Sort.PARTY:
            headed, last = heading.askers, None
        elif heading.sort is Sort.QUESTION and heading.asked_by is None:
            first = heading.at + heading.length
            # Others may ask below, without a number.
            text = " ".join(letter.words(*paragraph) for paragraph in letter.paragraphs(first, end)[:1])
            named = who_asks(letter, text, headed) if ASKING.match(text) else None
            if named is not None:
                last = _agreed(named, headed)
            heading = replace(heading, asked_by=last if named is not None or asks_on(text) else None)
        told.append(heading)
    return told


def _agreed(named: tuple[Asker, ...], headed: tuple[Asker, ...]) -> tuple[Asker, ...] | None:
    """Those named by a question whom the heading above it names too; None where those are all of the heading's."""
    if not headed:
        return named
    parties = {asker.party for asker in headed}
    both = tuple(asker for asker in named if asker.party in parties)
    return None if parties == {asker.party for asker in both} else both


def replied_unmarked(letter: Letter, headings: Sequence[Heading]) -> bool:
    """Whether the numbered questions ask as prose does, and a reply stands behind most of them."""
    items = list(_items(letter, headings))
    asking = replied = 0
    for _, askers, paragraphs in items:
        texts = [letter.words(*paragraph) for paragraph in _until_others(letter, askers, paragraphs)]
        asking += _asks(texts[0])
        replied += len(texts) > 1 and not _asks(texts[-1])
    return bool(items) and min(asking, replied) * 4 >= len(items) * 3


def read_items(letter: Letter, headings: Sequence[Heading]) -> Reading:
    """Of each item the paragraphs that ask, then those that reply.

    Where a paragraph asks behind one that does not, nothing tells whose words those are: they answer nothing.
    """
    alone = {at for heading in headings for at in range(heading.at, heading.at + heading.length)}
    drafts = []
    warnings = []
    for heading, askers, paragraphs in _items(letter, headings):
        own = _until_others(letter, askers, paragraphs)
        if len(own) < len(paragraphs):
            warnings.append(
                f"achter vraag {spoken(heading.numbers)} vragen anderen iets zonder nummer: dat is niet gelezen"
            )
        asks = [_asks(letter.words(*paragraph)) for paragraph in own]
        count = next((index for index in range(1, len(asks)) if not asks[index]), len(asks))
        border = own[count - 1][1]
        answer = None if any(asks[count:]) else whole(border, own[-1][1])
        questions = tuple(by_number(letter, heading.numbers, own[0][0], border))
        reason = "antwoord zonder kop" if answer else "geen reactie gevonden"
        drafts.append(Draft(heading.numbers, askers, questions, answer, (reason,)))
    return Reading(tuple(drafts), frozenset(alone), tuple(warnings + gaps(drafts)))


def _until_others(
    letter: Letter, askers: tuple[Asker, ...], paragraphs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The paragraphs before one in which others ask, without a number: those are neither question nor reply here."""
    known = {asker.party for asker in askers}
    for index, paragraph in enumerate(paragraphs[1:], 1):
        text = letter.words(*paragraph)
        named = who_asks(letter, text) if ASKING.match(text) and not replies(text) else None
        if named is not None and not (named and {asker.party for asker in named} <= known):
            return paragraphs[:index]
    return paragraphs


def _items(
    letter: Letter, headings: Sequence[Heading]
) -> Iterator[tuple[Heading, tuple[Asker, ...], list[tuple[int, int]]]]:
    """The headings of questions with who asks and with the paragraphs behind."""
    askers: tuple[Asker, ...] = ()
    ends = [heading.at for heading in headings[1:]] + [len(letter.lines)]
    for heading, end in zip(headings, ends, strict=False):
        first = heading.at + heading.length
        if heading.sort is Sort.PARTY:
            askers = heading.askers
        elif heading.sort is Sort.QUESTION and first < end:
            own = askers if heading.asked_by is None else heading.asked_by
            yield heading, own, letter.paragraphs(first, end)


def _asks(text: str) -> bool:
    """Whether a paragraph asks: it begins so, or ends in a question mark."""
    return (begins_asking(text) and not replies(text)) or re.search(r"\?[)\]»”’\"'\d]*$", text) is not None
