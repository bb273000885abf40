"""The search itself: from a question to a ranking of exchanges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from index.analysis import Word, edit_distance, fold, words
from index.errors import BadQuery
from index.passages import context
from index.records import Document, Passage, Span
from index.sentences import sentences
from retrieval import filters
from retrieval.answer import short_answer
from retrieval.fuse import LexicalQuery, fuse, lexical_query
from retrieval.highlight import best_sentence, query_words
from retrieval.results import Hit, Query, Results

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.store import Store

LONGEST_QUERY = 5_000
"""Characters; a whole pasted Kamervraag is a tenth of it."""
_NUMBER = re.compile(r"\b(?:vra(?:ag|gen)|questions?)\s+(\d{1,3}(?:\s*(?:,|en|and|t/m)\s*\d{1,3})*)\b", re.IGNORECASE)

Key: TypeAlias = tuple[str, int]
"""A document's id and the place of the exchange in it (for text of no exchange, -1 less its passage's place)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ranking can be tuned by. The defaults are the winners of `python -m eval ablate`.

    `lexical_weight` is what words add at most to the cosine, when the corpus knows every word of the query;
    `context_weight` what a word in the question counts against one in the answer; `party_bonus` and `number_bonus` what
    an exchange gains when the query names its party or its number. Below `threshold` nothing is said to be found; an
    English query, whose words the corpus cannot know, is allowed `english_allowance` less.
    """

    lexical_weight: float = 0.3
    context_weight: float = 1.0
    party_bonus: float = 0.1
    number_bonus: float = 0.2
    english_allowance: float = 0.05
    threshold: float = 0.42


@dataclass(frozen=True, slots=True)
class _Scored:
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    hybrid: NDArray[np.float32]
    selection: filters.Selection
    words: LexicalQuery
    parties: tuple[str, ...]
    sentences: NDArray[np.float32]


class Searcher:
    """An open index and the model it was built with. Safe to share between threads: it changes nothing."""

    def __init__(self, store: Store, encoder: Encoder, settings: Settings | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self.settings = settings or Settings()
        self._keys = _keys(store.passages)
        self._exchange = _numbered(self._keys)
        self._selected = lru_cache(maxsize=64)(lambda query: filters.select(store.passages, query))

    @classmethod
    def open(
        cls,
        folder: str | Path = "data/built",
        *,
        encoder: Encoder | None = None,
        model: str | Path | None = None,
        settings: Settings | None = None,
    ) -> Searcher:
        """Open the index in a folder with the shipped model, another `model` (folder or name), or a given encoder.

        Raises MissingIndex, DamagedIndex, StaleIndex or MissingModel; each says what to do.
        """
        from index.encoder import SentenceEncoder
        from index.store import open_store

        encoder = encoder or SentenceEncoder.open(model)
        return cls(open_store(Path(folder), encoder), encoder, settings)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self._store.documents

    def search(
        self,
        text: str,
        *,
        k: int = 10,
        parties: Sequence[str] = (),
        members: Sequence[str] = (),
        ministries: Sequence[str] = (),
        documents: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Results:
        """The `k` exchanges that answer best, each with its best passage, and a short answer in the minister's words.

        Filters leave out what they do not name before anything is ranked; a party may be written in any of its
        spellings. Raises BadQuery for an empty or overlong text, a `k` below 1, and a party that does not exist.
        """
        query = Query(
            text.strip(),
            k,
            filters.canonical_parties(parties),
            tuple(members),
            tuple(ministries),
            tuple(documents),
            since,
            until,
        )
        _check(query)
        scored = self._score(query)
        mask = scored.selection.mask
        ranking = self._best_rows(scored.hybrid, mask)
        dense_ranks = self._ranks(scored.dense, mask)
        lexical_ranks = self._ranks(scored.lexical, mask & (scored.lexical > 0))
        hits, evidence = [], []
        for rank, row in enumerate(ranking[:k].tolist(), start=1):
            best, sentence_score = self._best_sentence(row, scored)
            evidence.append(sentence_score)
            passage = self._store.passages[row]
            hits.append(
                Hit(
                    rank=rank,
                    score=round(float(scored.hybrid[row]), 6),
                    passage=passage,
                    best=best,
                    words=query_words(passage, scored.words.weights),
                    dense_rank=int(dense_ranks[row]) or None,
                    lexical_rank=int(lexical_ranks[row]) or None,
                )
            )
        confidence = self._confidence(scored)
        abstained = confidence < self.settings.threshold
        return Results(
            query=query,
            hits=tuple(hits),
            answer=() if abstained else short_answer(hits, evidence),
            abstained=abstained,
            total=scored.selection.coverage.passages,
            coverage=scored.selection.coverage,
            parties=scored.selection.parties,
            confidence=confidence,
        )

    def rankings(self, text: str, *, parties: Sequence[str] = ()) -> dict[str, list[tuple[Key, float]]]:
        """All exchanges with their scores, best first, as "dense", "lexical" and "hybrid" each rank them."""
        query = Query(text.strip(), parties=filters.canonical_parties(parties))
        _check(query)
        scored = self._score(query)
        mask = scored.selection.mask
        masks = {"dense": mask, "lexical": mask & (scored.lexical > 0), "hybrid": mask}
        found = {}
        for name, mask in masks.items():
            scores = getattr(scored, name)
            found[name] = [(self._keys[row], float(scores[row])) for row in self._best_rows(scores, mask)]
        return found

    def _score(self, query: Query) -> _Scored:
        store, settings = self._store, self.settings
        selection = self._selected(replace(query, text="", k=1))
        asked = lexical_query(query.text, store.lexical.document_frequency, self._similar_word, len(store.passages))
        vector = self._encoder.encode_queries([asked.text])[0]
        similarities = store.sentence_vectors @ vector
        dense = self._dense(store.dense.scores(vector), similarities)
        lexical = store.lexical.scores(asked.weights, context=settings.context_weight)
        hybrid = fuse(dense, lexical, selection.mask, weight=settings.lexical_weight * asked.trust)
        parties = filters.named_parties(query.text)
        hybrid += self._named(parties, query.text)
        return _Scored(dense, lexical, hybrid, selection, asked, parties, similarities)

    def _dense(self, in_context: NDArray[np.float32], similarities: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mean of two cosines: of the passage read after its question, and of the nearest single sentence.

        That sentence may stand in the passage or in the question that it answers: a long passage has one vector, and
        what a short query asks for drowns in it.
        """
        import numpy as np

        store = self._store
        if not len(in_context):
            return in_context
        starts, counts = store.sentence_rows[:-1], np.diff(store.sentence_rows)
        nearest = np.maximum.reduceat(similarities, np.minimum(starts, len(similarities) - 1))
        nearest[counts == 0] = -1.0  # an answer without a question; the function would give it its neighbour's
        own, questions = nearest[: len(in_context)], nearest[len(in_context) :]
        of_question = np.full(len(own), -1.0, dtype=np.float32)
        answering = store.exchange_places >= 0
        of_question[answering] = questions[store.exchange_places[answering]]
        return np.asarray((in_context + np.maximum(own, of_question)) / 2, dtype=np.float32)

    def _named(self, parties: Sequence[str], text: str) -> NDArray[np.float32]:
        """What passages gain because the query names their party ("wat vroeg NSC over …") or number ("vraag 8")."""
        import numpy as np

        numbers = {int(number) for match in _NUMBER.finditer(text) for number in re.findall(r"\d+", match.group())}
        bonus = np.zeros(len(self._store.passages), dtype=np.float32)
        if parties or numbers:
            for row, passage in enumerate(self._store.passages):
                if parties and filters.asked_by(passage, parties):
                    bonus[row] += self.settings.party_bonus
                if passage.exchange is not None and numbers.intersection(passage.exchange.numbers):
                    bonus[row] += self.settings.number_bonus
        return bonus

    def _similar_word(self, spelling: str, edits: int) -> Word | None:
        """The corpus' word spelt nearest to one it does not hold; the first wins a tie."""
        nearest: Word | None = None
        distance = edits + 1
        for row in self._store.lexical.rows_like(spelling, edits=edits):
            passage = self._store.passages[row]
            for word in words(f"{context(passage)} {passage.text}"):
                if abs(len(word.surface) - len(spelling)) <= edits:
                    apart = edit_distance(spelling, fold(word.surface))
                    if apart < distance:
                        nearest, distance = word, apart
        return nearest

    def _best_rows(self, scores: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The best passage of each exchange that passed, best first; equal scores keep the documents' order."""
        import numpy as np

        rows = np.flatnonzero(mask)
        order = rows[np.lexsort((rows, -scores[rows]))]
        _, first = np.unique(self._exchange[order], return_index=True)
        return np.asarray(order[np.sort(first)], dtype=np.int64)

    def _ranks(self, scores: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The rank of every passage's exchange, from 1; 0 where it did not pass. Shape (passages,)."""
        import numpy as np

        best = self._best_rows(scores, mask)
        ranks = np.zeros(len(self._keys) + 1, dtype=np.int64)
        ranks[self._exchange[best]] = np.arange(1, len(best) + 1)
        return ranks[self._exchange]

    def _best_sentence(self, row: int, scored: _Scored) -> tuple[Span, float]:
        passage = self._store.passages[row]
        similarities = scored.sentences[self._store.sentence_rows[row] : self._store.sentence_rows[row + 1]]
        spans = sentences(passage.document.text, passage.span)
        return best_sentence(passage, spans, similarities, scored.words.weights)

    def _confidence(self, scored: _Scored) -> float:
        """How sure it is that something answers: the best cosine, and the share of the query the corpus has words for.

        Zero where the query names parties of which none asked anything: another party's question is no answer.
        """
        import numpy as np

        rows = np.flatnonzero(scored.selection.mask)
        if not len(rows):
            return 0.0
        named = scored.parties
        if named and not any(filters.asked_by(self._store.passages[row], named) for row in rows):
            return 0.0
        allowance = self.settings.english_allowance if scored.words.english else 0.0
        return float(scored.dense[rows].max()) + self.settings.lexical_weight * scored.words.trust + allowance


def _keys(passages: Sequence[Passage]) -> list[Key]:
    places: dict[int, int] = {}
    for document in {id(passage.document): passage.document for passage in passages}.values():
        places |= {id(exchange): place for place, exchange in enumerate(document.exchanges)}
    return [
        (passage.document.id, -1 - row if passage.exchange is None else places[id(passage.exchange)])
        for row, passage in enumerate(passages)
    ]


def _numbered(keys: Sequence[Key]) -> NDArray[np.int64]:
    """Each passage's exchange as a number, in the order of the passages."""
    import numpy as np

    numbers: dict[Key, int] = {}
    return np.asarray([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _check(query: Query) -> None:
    if not query.text:
        raise BadQuery("the query is empty: type a question or some words")
    if len(query.text) > LONGEST_QUERY:
        raise BadQuery(f"the query has {len(query.text)} characters: {LONGEST_QUERY} are the most")
    if query.k < 1:
        raise BadQuery(f"k is {query.k}: ask for 1 hit or more")
