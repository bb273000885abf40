"""Cutting a document into passages: stretches of one answer, short enough to be read as a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index import dates
from index.analysis import fold
from index.ministries import abbreviations
from index.records import Document, Exchange, Kind, Passage, Role, Span
from index.sentences import sentences

if TYPE_CHECKING:
    from langchain_text_splitters import TextSplitter

PASSAGE_LENGTH = 450
"""Longest passage, in characters, but for one of a single sentence; chosen by `python -m eval ablate`."""
_WHOLE = 2
"""So many times as long may a sentence be that is not cut: half of one reads as another, and is quoted."""
_HEADING = 2_000
"""Characters at most of what stands above the first question, where the chamber's numbers are."""
_MESSAGE = re.compile(r"^Mededeling[ ]?:?$", re.MULTILINE)
"""The heading of what a minister writes below the questions of a delay notice."""
_REMARK = re.compile(r"^Toelichting[ ]?:", re.MULTILINE)
"""The Kamer's own words, above such a heading or below the message."""
_PRINTED_AS = re.compile(r"\b(?:ah-tk-\d{8}-|AH )(\d{1,5})\b")
_NAMES = re.compile(r"\b(?!(?:Van|De|Der|Den|Ter|Ten|El)\b)[A-ZÀ-Ý][^\W\d_]{2,}")
_MINISTER = "bewindspersoon0"
_IN_HEADINGS = re.compile(r"\b(?:20\d\d[ZD]\d{5}|AH \d{1,4})\b")


def split(document: Document, *, length: int = PASSAGE_LENGTH) -> list[Passage]:
    """Cut a document into passages of at most `length` characters, or of one longer sentence, in reading order.

    Every passage lies within one answer; where an exchange has no answer, within one of its questions. A document that
    no family claims is cut as plain text, and so is the message of a delay notice. Paragraphs are kept whole where they
    fit, and sentences unless they are more than twice the length.
    """
    passages: list[Passage] = []
    for exchange in document.exchanges:
        for role, span in _spoken(exchange):
            passages += [Passage(document, exchange, role, piece) for piece in _cut(document.text, span, length)]
    for span in _loose(document):
        passages += [Passage(document, None, Role.TEXT, piece) for piece in _cut(document.text, span, length)]
    return passages


def is_cut_from(passage: Passage) -> bool:
    """Whether a passage lies where `split` may have cut it: within what its role says in its exchange, or its text."""
    span = passage.span
    if passage.exchange is None:
        spoken = [(Role.TEXT, loose) for loose in _loose(passage.document)]
    else:
        spoken = list(_spoken(passage.exchange))
    return any(role is passage.role and whole.start <= span.start < span.end <= whole.end for role, whole in spoken)


MOST_PASSAGES = 32_768
"""Of a document: no letter comes near, and one that would have more is refused before anything is made of it."""


def most_passages(document: Document) -> int:
    """At most so many has a document: two that follow each other in one answer are longer than one may be."""
    spoken = sum(max(len(exchange.questions), 1) for exchange in document.exchanges)
    return spoken + len(_loose(document)) + 2 * len(document.text) // PASSAGE_LENGTH + 1


def context(passage: Passage) -> str:
    """What a passage is about, beyond its own words: the document's title, and the questions that it answers.

    It is searched and encoded with the passage, and never shown as part of it.
    """
    told = [passage.document.title]
    if passage.role is Role.ANSWER and passage.exchange is not None:
        told += [question.span.of(passage.document.text) for question in passage.exchange.questions]
    return " ".join(told)


def filing(document: Document) -> str:
    """What else a document is looked for by, in words: who answered, the numbers it is filed under, and its days.

    A day counts as such (`dates.term`), and by its month and year; who answered by name, as a minister
    (`minister_terms`), and by what the ministry is called for short. Searched with a passage's context; not encoded.
    """
    spans = [span for exchange in document.exchanges for _, span in _spoken(exchange)]
    heading = document.text[: min((span.start for span in spans), default=_HEADING)][:_HEADING]
    numbers = (document.reference, document.dossier, *_IN_HEADINGS.findall(heading))
    days = [day for day in (document.asked_on, document.answered_on) if day is not None]
    return " ".join(
        [
            *(minister.name for minister in document.ministers if minister.name),
            *dict.fromkeys(term for minister in document.ministers for term in minister_terms(minister.name or "")),
            *dict.fromkeys(chain.from_iterable(abbreviations(minister.ministry) for minister in document.ministers)),
            *dict.fromkeys(filter(None, numbers)),
            *(f"ah{number}" for number in dict.fromkeys(_PRINTED_AS.findall(f"{document.reference} {heading}"))),
            *(f"{dates.term(day)} {' '.join(dates.names(day))} {day.year}" for day in days),
        ]
    )


def minister_terms(name: str) -> tuple[str, ...]:
    """The terms under which a minister of this name is looked for: all of it, its surname, and the halves of that.

    Initials and particles are left out. They are no words, so that they name nobody else.
    """
    parts = _NAMES.findall(name)
    halves = parts if "-" in name else parts[-1:]
    return tuple(dict.fromkeys(minister_term([part]) for part in ("".join(parts), *halves) if part))


def minister_term(parts: Iterable[str]) -> str:
    """The term for a minister by some parts of the name."""
    return _MINISTER + "".join(map(fold, parts))


def is_minister_term(term: str) -> bool:
    """Whether a term is one of `minister_terms`."""
    return term.startswith(_MINISTER)


def surroundings(passage: Passage) -> str:
    """What is searched by words beside a passage's own: its context, and what its document is looked for by."""
    return f"{context(passage)} {filing(passage.document)}"


def _spoken(exchange: Exchange) -> Iterator[tuple[Role, Span]]:
    if exchange.answer is not None:
        yield Role.ANSWER, exchange.answer
    else:
        for question in exchange.questions:
            yield Role.QUESTION, question.span


def _loose(document: Document) -> list[Span]:
    """What stands in no exchange and is cut too: all of a document without them, and the message of a delay notice.

    What else stands around questions is not the minister's: who asks, and remarks of the Kamer.
    """
    text = document.text
    if not document.exchanges:
        return [Span(0, len(text))]
    last = max((question.span.end for exchange in document.exchanges for question in exchange.questions), default=0)
    heading = _MESSAGE.search(text, last) if document.kind is Kind.UITSTEL else None
    if heading is None:
        return []
    remark = _REMARK.search(text, heading.end())
    return [Span(heading.end(), remark.start() if remark else len(text))]


def _cut(text: str, span: Span, length: int) -> list[Span]:
    found: list[Span] = []
    start = span.start
    for piece in filter(None, map(str.strip, _pieces(span.of(text), length))):
        start = text.index(piece, start)
        found.append(Span(start, start + len(piece)))
        start += len(piece)
    return found


def _pieces(text: str, length: int) -> Iterator[str]:
    """The text cut, as many units in a piece as fit."""
    piece = ""
    for unit in _units(text, length):
        if piece and len(piece) + len(unit) > length:
            yield piece
            piece = ""
        piece += unit
    yield piece


def _units(text: str, length: int) -> Iterator[str]:
    """The text cut into paragraphs, one that is too long into its sentences, and one far too long by the library."""
    for paragraph in _with_gaps(text, _paragraphs(text)):
        if len(paragraph) <= length:
            yield paragraph
            continue
        for sentence in _with_gaps(paragraph, sentences(paragraph, Span(0, len(paragraph)))):
            if len(sentence) <= _WHOLE * length:
                yield sentence
            else:
                yield from _word_splitter(length).split_text(sentence)


@cache
def _word_splitter(length: int) -> TextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=["; ", ", ", " ", ""],
        keep_separator="end",
        chunk_size=length,
        chunk_overlap=0,
        strip_whitespace=False,
    )


def _paragraphs(text: str) -> list[Span]:
    found, start = [], 0
    while (end := text.find("\n\n", start)) >= 0:
        found.append(Span(start, end))
        start = end + 2
    return [*found, Span(start, len(text))]


def _with_gaps(text: str, spans: list[Span]) -> list[str]:
    """The text cut at the start of each span, so that the pieces joined are the text again."""
    starts = [0, *(span.start for span in spans[1:]), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]
