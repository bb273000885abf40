"""Every gold query put to the search, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from eval.gold import GoldQuery, Half, judge, letter
from eval.metrics import Scores, score
from eval.trec import Qrels, Run, docno, docno_of, listed
from index.records import Document
from retrieval.results import Results


class System(StrEnum):
    """What is ranked by: each half of the search alone, and both together as shipped."""

    DENSE = "dense"
    LEXICAL = "lexical"
    HYBRID = "hybrid"


class Searching(Protocol):
    """The part of `retrieval.Searcher` that is measured."""

    @property
    def documents(self) -> Sequence[Document]: ...

    def search(self, text: str, *, k: int = 10, parties: Sequence[str] = ()) -> Results: ...

    def rankings(
        self, text: str, *, parties: Sequence[str] = ()
    ) -> Mapping[str, Sequence[tuple[tuple[str, int], float]]]: ...


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a short answer, the docno it was quoted from, and whether it stands there literally."""

    text: str
    docno: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Observation:
    """What the search did with one query.

    `found` lists docnos, best first; `confidence` is what abstaining is decided by.
    """

    query: GoldQuery
    found: Mapping[System, tuple[str, ...]]
    abstained: bool
    confidence: float
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of the suite: what was asked of which exchanges, what came back, and how good it was.

    Unanswerable queries have an observation, and no judgements nor scores.
    """

    documents: tuple[Document, ...]
    observations: tuple[Observation, ...]
    qrels: Qrels
    runs: Mapping[System, Run]
    scores: Mapping[System, Scores]

    @property
    def queries(self) -> tuple[GoldQuery, ...]:
        return tuple(observation.query for observation in self.observations)

    def part(self, half: Half) -> Measured:
        """What concerns one half of the gold set."""
        kept = tuple(observation for observation in self.observations if observation.query.half is half)
        ids = {observation.query.id for observation in kept}
        return replace(
            self,
            observations=kept,
            qrels={query: grades for query, grades in self.qrels.items() if query in ids},
            runs={system: {q: r for q, r in run.items() if q in ids} for system, run in self.runs.items()},
            scores={system: {q: s for q, s in scores.items() if q in ids} for system, scores in self.scores.items()},
        )


def measure(
    searcher: Searching, queries: Sequence[GoldQuery], *, progress: Callable[[int], object] | None = None
) -> Measured:
    """Put the queries to the search. `progress` is told of each that is done.

    Raises BadGold when the letter is missing.
    """
    qrels = judge(queries, letter(searcher.documents))
    texts = {document.id: document.text for document in searcher.documents}
    observations = []
    for query in queries:
        observations.append(_observe(searcher, query, texts))
        if progress is not None:
            progress(1)
    runs: dict[System, Run] = {
        system: {o.query.id: listed(o.found[system]) for o in observations if o.query.answerable} for system in System
    }
    scores = {system: score(qrels, run) for system, run in runs.items()}
    return Measured(tuple(searcher.documents), tuple(observations), qrels, runs, scores)


def _observe(searcher: Searching, query: GoldQuery, texts: Mapping[str, str]) -> Observation:
    rankings = searcher.rankings(query.query, parties=query.parties)
    results = searcher.search(query.query, k=10, parties=query.parties)
    quoted = tuple(
        Quoted(
            quote.text,
            docno_of(quote.hit.document, quote.hit.exchange),
            quote.text in texts[quote.hit.document.id],
        )
        for quote in results.answer
    )
    return Observation(
        query,
        {system: tuple(docno(*key) for key, _ in rankings[system]) for system in System},
        results.abstained,
        results.confidence,
        quoted,
    )
