"""What a search returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from index.backend import Dated
from index.records import Asker, Document, Exchange, Passage, Role, Span

if TYPE_CHECKING:
    from pandas import DataFrame

    from retrieval.words import Words


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the index. Filters hold canonical names; an empty one lets everything through."""

    text: str
    k: int = 10
    parties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One exchange found, with its best passage.

    `best` is the sentence that answers best, `words` the words of the query in the passage; both are ranges of the
    document's text. Ranks count from 1; None where that half of the search did not find the exchange.
    """

    rank: int
    score: float
    passage: Passage
    best: Span
    words: tuple[Span, ...]
    dense_rank: int | None
    lexical_rank: int | None

    @property
    def document(self) -> Document:
        return self.passage.document

    @property
    def exchange(self) -> Exchange | None:
        return self.passage.exchange

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.exchange.numbers if self.exchange else ()

    @property
    def askers(self) -> tuple[Asker, ...]:
        return self.passage.askers

    @property
    def role(self) -> Role:
        return self.passage.role

    @property
    def page(self) -> int | None:
        return self.document.page_of(self.best.start)

    @property
    def text(self) -> str:
        """The passage, verbatim."""
        return self.passage.text

    @property
    def question(self) -> str:
        """The questions of the exchange as asked, one paragraph each."""
        if self.exchange is None:
            return ""
        return "\n\n".join(question.span.of(self.document.text) for question in self.exchange.questions)

    @property
    def citation(self) -> str:
        from retrieval.citation import cite

        return cite(self.document, self.exchange, self.role, self.page)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence of the short answer, with the hit it comes from."""

    span: Span
    hit: Hit

    @property
    def text(self) -> str:
        return self.span.of(self.hit.document.text)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched, after the filters: passages, documents, and the date of the latest answer among them.

    What the query limits itself to was searched alone: a period (`dated`: "antwoorden uit 2024"), ministries that
    `answered` ("wat zei VWS over") or were `concerned`, asked or answering ("vragen aan VWS"). `read_as` are misspelt
    words as they were typed, with what was searched for instead.
    """

    passages: int
    documents: int
    until: date | None
    dated: Dated | None = None
    answered: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()
    read_as: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """The ranking for one query.

    When `abstained` is true nothing relevant was found: `answer` is empty and `hits` are only the nearest passages.
    `total` counts the passages that pass the filters, `parties` the exchanges of each party that pass all filters but
    the one on party, and a document's text that stands in none once, `ministries` and `years` the documents that pass
    all but those on ministry and on days.
    `confidence` is what abstaining is decided by: higher is surer.
    """

    query: Query
    hits: tuple[Hit, ...]
    answer: tuple[Quote, ...]
    abstained: bool
    total: int
    coverage: Coverage
    parties: Mapping[str, int]
    ministries: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    confidence: float = 1.0

    def to_json(self) -> dict[str, object]:
        from retrieval.export import results_json

        return results_json(self)

    def to_frame(self) -> DataFrame:
        from retrieval.export import results_frame

        return results_frame(self)

    def to_csv(self) -> str:
        from retrieval.export import results_csv

        return results_csv(self)

    def to_markdown(self, words: Words | None = None) -> str:
        """To be pasted in a memo; around the quotations in Dutch, or in the language of `words`."""
        from retrieval.export import results_markdown
        from retrieval.words import DUTCH

        return results_markdown(self, words or DUTCH)

    def _repr_html_(self) -> str:
        from retrieval.render import results_html

        return results_html(self)
