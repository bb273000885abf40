"""What the parts of Vraagbaak hand to each other. Frozen, slotted, standard library alone.

A document has one cleaned text; questions, answers, passages, quotations and highlights are half-open character ranges
of it, so they cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The family of a document, by its layout."""

    SCHRIFTELIJK_OVERLEG = "schriftelijk-overleg"
    KAMERVRAGEN = "kamervragen"
    FEITELIJKE_VRAGEN = "feitelijke-vragen"
    NOTA_VERSLAG = "nota-verslag"
    EERSTE_KAMER = "eerste-kamer"
    UITSTEL = "uitstel"
    OTHER = "other"


class Role(StrEnum):
    """Who is speaking in a passage: the party that asks, the minister who answers, or neither."""

    QUESTION = "question"
    ANSWER = "answer"
    TEXT = "text"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Origin(NamedTuple):
    """Where text was taken over from: `length` characters from `start` stand at `at` of the page's text as extracted.

    `page` is None where the source does not tell pages. A tuple, because a letter has hundreds of them to store.
    """

    start: int
    length: int
    page: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A half-open range of a page's text as extracted (`index.extract.Source.page_text`)."""

    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a party (canonical name), with the member where the document names one."""

    party: str
    member: str | None = None
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Minister:
    """Who answers. `on_behalf` marks those for whom the letter is sent too ("mede namens")."""

    name: str | None
    office: str
    ministry: str
    on_behalf: bool = False

    @property
    def label(self) -> str:
        """For example "Dirk Beljaarts, minister van Economische Zaken"."""
        alone = not self.ministry or self.office == "minister-president"
        office = self.office if alone else f"{self.office} van {self.ministry}"
        return f"{self.name}, {office}" if self.name else office


@dataclass(frozen=True, slots=True)
class Question:
    """One question as asked; the number is None where the document gives none."""

    number: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its marker, its body (None where the source lost it), and where in the text it was cited."""

    marker: str
    body: str | None
    anchor: int | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """The questions that share one answer. Attribution belongs here: `askers` asked, the ministers answered."""

    numbers: tuple[int, ...]
    askers: tuple[Asker, ...]
    questions: tuple[Question, ...]
    answer: Span | None
    references: tuple[int, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One letter. Page i + 1 begins at offset `page_starts[i]`; empty where the source does not tell pages.

    `askers` are those whom the heading names, also where no question stands in the document (a delay notice), and
    `addressees` the ministers whom it says they ask; who answered may be others.
    `origins` say in order where the text was taken over from; what lies between them was put in by a repair. Printed
    without the long ones of these: every hit holds its document.
    """

    id: str
    filename: str
    sha256: str
    title: str
    kind: Kind
    dossier: str | None
    reference: str | None
    asked_on: date | None
    answered_on: date | None
    ministers: tuple[Minister, ...]
    text: str = field(repr=False)
    page_starts: tuple[int, ...] = field(repr=False)
    exchanges: tuple[Exchange, ...] = field(repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    askers: tuple[Asker, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    addressees: tuple[Minister, ...] = ()

    @property
    def concerned(self) -> tuple[str, ...]:
        """The ministries that answered, on whose behalf too, or were asked; each once."""
        return tuple(dict.fromkeys(minister.ministry for minister in (*self.ministers, *self.addressees)))

    @property
    def day(self) -> date | None:
        """When it was answered, else when it was asked, as far as it tells."""
        return self.answered_on or self.asked_on

    @property
    def when_asked(self) -> date | None:
        """The day it was asked; where it tells none, the day of the answer."""
        return self.asked_on or self.answered_on

    @property
    def when_answered(self) -> date | None:
        """The day of the answer, which a delay notice is not; where it does not tell when, the day it was asked."""
        if self.kind is Kind.UITSTEL:
            return None
        if self.answered_on or not any(exchange.answer for exchange in self.exchanges):
            return self.answered_on
        return self.asked_on

    def page_of(self, offset: int) -> int | None:
        """The page, from 1, on which the character at `offset` stands; None where pages are not known."""
        return bisect_right(self.page_starts, offset) or None

    def excerpts(self, span: Span) -> tuple[Excerpt, ...]:
        """Where a range of the text stands in the source: one excerpt for each stretch that is whole there."""
        found: list[Excerpt] = []
        first = bisect_right(self.origins, span.start, key=lambda origin: origin.start) - 1
        for origin in self.origins[max(first, 0) :]:
            if origin.start >= span.end:
                break
            start, end = max(origin.start, span.start), min(origin.start + origin.length, span.end)
            if start < end:
                part = Excerpt(origin.page, start + origin.at - origin.start, end + origin.at - origin.start)
                if found and found[-1].page == part.page and found[-1].start <= part.start <= found[-1].end:
                    part = Excerpt(part.page, found[-1].start, max(found.pop().end, part.end))
                found.append(part)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one question or one answer; never of both. `exchange` is None in text that no family claims."""

    document: Document
    exchange: Exchange | None
    role: Role
    span: Span

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)

    @property
    def askers(self) -> tuple[Asker, ...]:
        """Who asked the question; of text that stands in none, whom the document's heading names."""
        return self.document.askers if self.exchange is None else self.exchange.askers
