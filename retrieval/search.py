"""The search itself: from a question to a ranking of exchanges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, SupportsIndex

from index.backend import Asked, Backend, Candidates, Filters, Key, Selection, of_all
from index.dates import days_in
from index.errors import BadQuery, Cause, VraagbaakError
from index.passages import minister_terms
from index.records import Document
from retrieval import filters
from retrieval.answer import short_answer
from retrieval.fuse import LexicalQuery, fuse, of_best, second_best
from retrieval.highlight import best_sentences, query_words
from retrieval.limits import Limits
from retrieval.meaning import Meaning, read
from retrieval.results import Coverage, Hit, Query, Results

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder

LONGEST_QUERY = 5_000
"""Characters; a whole pasted Kamervraag is a tenth of it."""

CANDIDATES = 350
"""How many passages are taken by meaning, beside some by words, and how many of all of these are looked at closely; a
small index is looked at whole."""
DEPTH = 2_000
"""The same, where a whole ranking is asked for."""
_FEW, _FEW_OF = 9, 100
"""Passages, and one in so many: where the only word of a query stands in no more, these are what is asked for."""
_AS_NEAR = 0.15
"""A document whose best passage scores so little less than the best of all may be the one whose question is named."""
DOCUMENTS = 50
"""So many documents, of the best passages, are read where it matters who is named in them."""
NEAR = 87
"""So many passages are near enough to speak for their document: few enough that a large index finds them all."""


CROWD = (1_000, 5_000)
"""Passages among which a threshold holds that was found among fewer, and those beyond which it rises no more.

Of 40 subjects that 450 letters do not tell of, some passage among 270, 540, 1,070, 2,140 and 4,811 is near with a
median confidence of .34, .40, .43, .47 and .50; of 190 that they do tell of, the least sure stay where they are.
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ranking can be tuned by. The defaults are the winners of `python -m eval ablate`.

    All but those of the second passage, of rare words, and the last four before the threshold: one letter cannot tell
    them apart; eval/gold/README.md tells what did.

    `lexical_weight` is what the passage that holds the most of the words gains by them over the cosine, when the corpus
    knows every word of the query; `context_weight` what a word in the question counts against one in the answer,
    `document_weight` what the share of the query that stands anywhere in the document counts against that;
    `second_weight` what a passage gains, per cosine, by the second-best passage of its own document
    (`fuse.second_best`); in a query of bare terms `bare_second_weight`: who types a subject wants the letter about it;
    `party_bonus` and `number_bonus` what an exchange gains when the query names its party or member, or its number;
    `certain_bonus` when it stands in the document found under the number named, or who asked or answered is who is said
    to have;
    `rare_bonus` what a passage gains that holds a query's only word, where few do.
    `confidence_weight` is what knowing every word adds to the confidence, and `every_word` the least that it is where
    one passage has them all; below `threshold` nothing is said to be found; an English query, whose words the corpus
    cannot know, is allowed `english_allowance` less, and `limited_allowance` where it is told who asked or answered;
    a Dutch one of which it knows none, or next to nothing, loses `strange_penalty`. Among more passages one is nearer
    by chance: each time that they are twice as many (`CROWD`) a query loses `crowd_penalty`.
    """

    lexical_weight: float = 0.2
    context_weight: float = 0.6
    document_weight: float = 0.6
    second_weight: float = 0.25
    bare_second_weight: float = 1.0
    party_bonus: float = 0.1
    number_bonus: float = 0.2
    certain_bonus: float = 1.0
    rare_bonus: float = 0.3
    confidence_weight: float = 0.3
    every_word: float = 0.45
    english_allowance: float = 0.05
    limited_allowance: float = 0.035
    strange_penalty: float = 0.12
    crowd_penalty: float = 0.035
    threshold: float = 0.42


@dataclass(frozen=True, slots=True)
class _Scored:
    """The candidates of a query with their scores; all arrays have the shape (candidates,).

    `exchanges` are numbered from 0, as many as there are among the candidates. `meant` are those candidates that have
    all of what the query names; `right` those whose document is by the minister, or cites the day, that it names, None
    where it names none. `missing` tells that it names a ministry, minister, document or question that is not there.
    """

    store: Backend
    selection: Selection
    meaning: Meaning
    vector: NDArray[np.float32]
    missing: bool
    meant: NDArray[np.bool_]
    right: NDArray[np.bool_] | None
    found: Candidates
    exchanges: NDArray[np.int64]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]
    hybrid: NDArray[np.float32]

    @property
    def theirs(self) -> NDArray[np.bool_]:
        """Which candidates may answer: where the query asks for what somebody asked, that alone."""
        import numpy as np

        return self.found.named if self.meaning.theirs else np.ones(len(self.dense), dtype=np.bool_)


class Searcher:
    """An open index and the model it was built with. Safe to share between threads.

    It follows its index: a search begun after the index was written anew finds what is in the new one.
    """

    def __init__(self, store: Backend, encoder: Encoder, settings: Settings | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self.settings = settings or Settings()

    @classmethod
    def open(
        cls,
        folder: str | Path = "data/built",
        *,
        encoder: Encoder | None = None,
        model: str | Path | None = None,
        settings: Settings | None = None,
    ) -> Searcher:
        """Open the index in a folder, or in Milvus ("milvus://host/name", see `index.milvus`), with the shipped model,
        another `model` (folder or name), or a given encoder.

        Raises MissingIndex, DamagedIndex, StaleIndex, UnreachableStore or MissingModel; each says what to do.
        """
        from index.encoder import SentenceEncoder
        from index.milvus import is_address, open_milvus
        from index.store import open_store

        encoder = encoder or SentenceEncoder.open(model)
        if is_address(folder):
            return cls(open_milvus(str(folder), encoder), encoder, settings)
        return cls(open_store(Path(folder), encoder), encoder, settings)

    def __repr__(self) -> str:
        manifest = self._store.manifest
        return f"<Searcher over {manifest.documents} documents, {manifest.passages} passages>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Searcher is of one process and is not copied: open one in each, with Searcher.open")

    @property
    def store(self) -> Backend:
        """The store as it now is."""
        self._store = self._store.refreshed()
        return self._store

    @property
    def documents(self) -> Sequence[Document]:
        """All documents; each is read when it is asked for."""
        return self.store.documents

    def document(self, name: str) -> Document | None:
        """The document with this id; None where there is none."""
        return self.store.document(name)

    def counts(self) -> Selection:
        """What is indexed, without any filter."""
        with self._damage_told():
            return self.store.select(Filters())

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

        Where the query names only documents, questions or who asked, those are found, as they are read.

        Filters leave out what they do not name before anything is ranked. A party may be written in any of its
        spellings, a member by the surname, and a ministry as a query may call it ("VWS"): `Results.query` tells whom
        they were taken for. Raises BadQuery for an empty or overlong text, a `k` below 1, a party that does not exist,
        and a period that ends before it begins; TypeError for what is of another type, such as one name instead of a
        list; DamagedIndex.
        """
        _check_types(text, k, (parties, members, ministries, documents), (since, until))
        with self._damage_told():
            query = Query(
                text.strip(),
                k,
                self._canonical(parties),
                filters.members_as_written(members, self.store.members) if members else (),
                filters.ministries_as_written(ministries, self.counts().ministries) if ministries else (),
                tuple(documents),
                since,
                until,
            )
            _check(query)
            return self._found(query)

    def _found(self, query: Query) -> Results:
        import numpy as np

        scored = self._score(query, max(CANDIDATES, 4 * query.k))
        store, rows, asked = scored.store, scored.found.rows, scored.meaning.words
        selection, limits = scored.selection, scored.meaning.limits
        # Where there is nothing to be like: as they are read, each from its beginning.
        if scored.meaning.refers and scored.meant.any():
            best = self._best(scored, -np.arange(len(rows), dtype=np.float32), scored.meant)[: query.k]
        else:
            best = self._best(scored, scored.hybrid)[: query.k]
        dense_ranks = self._ranks(scored, scored.dense)
        lexical_ranks = self._ranks(scored, scored.lexical, scored.lexical > 0)
        shown = rows[best].tolist()
        hits, evidence = [], []
        for rank, (place, passage, (spans, similarities)) in enumerate(
            zip(best.tolist(), store.passages(shown), store.sentences(shown, scored.vector), strict=True), start=1
        ):
            found = query_words(passage, asked.weights)
            evidence.append(best_sentences(passage, spans, similarities, found, len(asked.weights)))
            hits.append(
                Hit(
                    rank=rank,
                    score=round(float(scored.hybrid[place]), 6),
                    passage=passage,
                    best=evidence[-1][0][0],
                    words=tuple(found),
                    dense_rank=int(dense_ranks[place]) or None,
                    lexical_rank=int(lexical_ranks[place]) or None,
                )
            )
        quoted = np.flatnonzero(scored.theirs[best]).tolist()
        confidence = self._confidence(scored, only_some=bool(query.parties or query.members))
        abstained = confidence < self.settings.threshold
        return Results(
            query=query,
            hits=tuple(hits),
            answer=() if abstained else short_answer([hits[at] for at in quoted], [evidence[at] for at in quoted]),
            abstained=abstained,
            total=selection.passages,
            coverage=Coverage(
                selection.passages,
                selection.documents,
                selection.until,
                limits.dated,
                limits.answered,
                limits.concerned,
                scored.meaning.read_as,
            ),
            parties=selection.parties,
            ministries=selection.ministries,
            years=selection.years,
            confidence=confidence,
        )

    def rankings(self, text: str, *, parties: Sequence[str] = ()) -> dict[str, list[tuple[Key, float]]]:
        """Exchanges with their scores, best first, as "dense", "lexical" and "hybrid" each rank them.

        All of them in a small index; in a large one those of the `DEPTH` nearest passages and of some by words.
        """
        query = Query(text.strip(), parties=self._canonical(parties))
        _check(query)
        with self._damage_told():
            scored = self._score(query, DEPTH)
            keys = scored.store.keys(scored.found.rows.tolist())
        found = {}
        for name, scores, passed in (
            ("dense", scored.dense, None),
            ("lexical", scored.lexical, scored.lexical > 0),
            ("hybrid", scored.hybrid, None),
        ):
            found[name] = [(keys[place], float(scores[place])) for place in self._best(scored, scores, passed).tolist()]
        return found

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """A large index is not looked through when it is opened: what fails over damaged files is told as damage."""
        try:
            yield
        except (VraagbaakError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of tantivy's is no Exception
            self._store.check()
            raise

    def _canonical(self, parties: Sequence[str]) -> tuple[str, ...]:
        return filters.canonical_parties(parties, lambda: self.counts().parties)

    def _score(self, query: Query, count: int) -> _Scored:
        import numpy as np

        store = self.store
        meaning = read(store, query.text)
        limits, asked = meaning.limits, meaning.words
        vector = self._encoder.encode_queries([asked.text])[0]
        weight = self.settings.lexical_weight * asked.trust
        seen = Asked(
            vector,
            asked.weights,
            self.settings.context_weight,
            meaning.parties,
            meaning.members,
            meaning.numbers,
            weight,
            weight * self.settings.document_weight,
        )
        allowed = _allowed(query, limits)
        found = store.candidates(seen, allowed, count)
        # The mean of two cosines: of the passage read after its question, and of the nearest single sentence. A long
        # passage has one vector, and what a short query asks for drowns in it.
        dense = np.asarray((found.in_context + found.nearest) / 2, dtype=np.float32)
        worded = self.settings.document_weight * found.in_document / np.float32(of_all(asked.weights))
        lexical = of_best(found.lexical) + worded
        lexical[found.lexical == 0] = 0  # by words a passage is found that holds one
        hybrid = self._fused(store, asked, found, dense, lexical)
        found = replace(found, named=_who_asked(store, meaning, found, hybrid))
        right = None
        if meaning.ministers or meaning.cited:
            right = _in_documents(store, found, hybrid, partial(_is_meant, meaning))
        hybrid, has_number = self._with_named(meaning, found, hybrid, right)
        return _Scored(
            store=store,
            selection=_selected(store, allowed, query),
            meaning=meaning,
            vector=vector,
            missing=limits.missing or asked.missing or not has_number,
            meant=_meant(meaning, found),
            right=right,
            found=found,
            exchanges=np.unique(found.exchanges, return_inverse=True)[1],
            dense=dense,
            lexical=lexical,
            hybrid=hybrid,
        )

    def _fused(
        self,
        store: Backend,
        asked: LexicalQuery,
        found: Candidates,
        dense: NDArray[np.float32],
        lexical: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """What meaning and words tell of the candidates together. Shape (candidates,)."""
        import numpy as np

        settings = self.settings
        # A letter of which two passages are near is about what is asked; one near passage may be so by chance.
        second_weight = settings.bare_second_weight if asked.bare else settings.second_weight
        near = dense + second_weight * second_best(found.in_context, found.documents, near=NEAR)
        hybrid = fuse(near, lexical, weight=settings.lexical_weight * asked.trust)
        few = min(_FEW, store.manifest.passages // _FEW_OF)
        if asked.only is not None and store.document_frequency(asked.only) <= few:
            holds = found.lexical >= 0.99 * settings.context_weight * asked.weights[asked.only]
            hybrid += np.float32(settings.rare_bonus) * holds
        return hybrid

    def _with_named(
        self, meaning: Meaning, found: Candidates, hybrid: NDArray[np.float32], right: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], bool]:
        """The scores with what candidates gain that are named: by who asked ("wat vroeg NSC over …"), by a number
        ("vraag 8"), by who answered.

        Also whether a question that is named by its number is there, in a document that is among the best.
        """
        import numpy as np

        settings = self.settings
        by_name = settings.certain_bonus if meaning.theirs else settings.party_bonus
        bonus = by_name * found.named + settings.number_bonus * found.numbered
        if right is not None:
            bonus = bonus + settings.certain_bonus * right
        has_number = True
        if meaning.numbers and len(hybrid):
            best = hybrid + bonus
            numbered = found.numbered & np.isin(found.documents, found.documents[best > best.max() - _AS_NEAR])
            bonus = bonus + settings.certain_bonus * numbered
            has_number = bool(meaning.refers or meaning.pasted or numbered.any())
        return hybrid + bonus.astype(np.float32), has_number

    def _best(
        self, scored: _Scored, scores: NDArray[np.float32], passed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The best passage of each exchange, best first, as places among the candidates; ties keep the rows' order."""
        import numpy as np

        places = np.arange(len(scores)) if passed is None else np.flatnonzero(passed)
        order = places[np.argsort(-scores[places], kind="stable")]
        of, every = scored.exchanges[order], np.arange(len(order))
        first = np.full(len(scores), len(order))
        np.minimum.at(first, of, every)
        return np.asarray(order[first[of] == every], dtype=np.int64)

    def _ranks(
        self, scored: _Scored, scores: NDArray[np.float32], passed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The rank of every candidate's exchange, from 1; 0 where it did not pass. Shape (candidates,)."""
        import numpy as np

        best = self._best(scored, scores, passed)
        ranks = np.zeros(len(scores), dtype=np.int64)
        ranks[scored.exchanges[best]] = np.arange(1, len(best) + 1)
        return ranks[scored.exchanges]

    def _confidence(self, scored: _Scored, *, only_some: bool = False) -> float:
        """How sure it is that something answers: the cosine of a passage, and the share of the query's words that its
        document holds, as far as the corpus knows them; of the passage for which both together are the most.

        Zero where the query names parties of which none asked anything, for another party's question is no answer, and
        where it names documents that are not there. Where it names no subject, only documents, questions or who asked
        them, that these are there is enough, and needed. Filters may have left only some exchanges of a document.
        """
        import numpy as np

        meaning, asked, found = scored.meaning, scored.meaning.words, scored.found
        if not len(scored.dense) or (meaning.asking and not found.named.any()) or scored.missing:
            return 0.0
        if meaning.refers and not scored.meant.any():
            return 0.0
        allowance = self.settings.english_allowance if asked.english else 0.0
        if asked.english and (meaning.theirs or meaning.limits.answered or meaning.limits.concerned):
            allowance += self.settings.limited_allowance
        if asked.strange:
            allowance = -self.settings.strange_penalty
        few, many = CROWD
        allowance -= self.settings.crowd_penalty * log2(min(max(scored.selection.passages, few), many) / few)
        everything = of_all(asked.weights)
        own = np.minimum(found.lexical / (self.settings.context_weight * everything), 1)
        held = found.in_document / everything
        tells = scored.theirs
        if meaning.theirs or only_some:  # their letter may have the words from others
            held = (held + own) / 2
        if scored.right is not None:  # their name is in all they answered, and tells nothing of the subject
            tells = tells & scored.right
            name = sum(asked.weights[term] for term in asked.documents)
            held = np.clip((held * everything - name) / max(everything - name, 1e-9), 0, 1)
        if not tells.any():
            return 0.0
        sure = scored.dense + self.settings.confidence_weight * asked.trust * held
        confidence = float(sure[tells].max()) + allowance
        if scored.right is None and asked.trust == 1 and own[tells].max() == 1:
            confidence = max(confidence, self.settings.every_word)
        return max(confidence, self.settings.threshold) if meaning.refers else confidence


def _allowed(query: Query, limits: Limits) -> Filters:
    """What a search may find: by its filters, and by what its text limits itself to."""
    return Filters(
        query.parties,
        query.members,
        query.ministries or limits.answered,
        query.documents,
        query.since,
        query.until,
        limits.concerned or (limits.answered if query.ministries else ()),
        limits.dated,
    )


def _selected(store: Backend, allowed: Filters, query: Query) -> Selection:
    """What passes, counted; the ministries as a filter on one of them will, beside those that a query names."""
    selection = store.select(allowed)
    if query.ministries or not allowed.ministries:
        return selection
    beside = store.select(replace(allowed, ministries=(), concerned=allowed.ministries))
    return replace(selection, ministries=beside.ministries)


def _meant(meaning: Meaning, found: Candidates) -> NDArray[np.bool_]:
    """Which candidates have all of what a query names. Shape (candidates,)."""
    import numpy as np

    meant = np.ones(len(found.rows), dtype=np.bool_)
    if meaning.asking:
        meant &= found.named
    if meaning.numbers:
        meant &= found.numbered
    if meaning.refers and (meaning.words.documents or not (meaning.asking or meaning.numbers or meaning.limits)):
        told = found.lexical > 0
        # One may have asked as a member, and answered as a minister.
        meant = meant | told if meaning.also_ministers else meant & told
    return meant


def _in_documents(
    store: Backend,
    found: Candidates,
    scores: NDArray[np.float32],
    holds: Callable[[Document], bool],
) -> NDArray[np.bool_]:
    """Which candidates are of a document for which something holds; looked at are those of the best scores.

    Shape (candidates,).
    """
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    places = order[np.sort(np.unique(found.documents[order], return_index=True)[1])[:DOCUMENTS]]
    right = [holds(passage.document) for passage in store.passages(found.rows[places].tolist())]
    return np.isin(found.documents, found.documents[places[np.array(right, dtype=np.bool_)]])


def _who_asked(store: Backend, meaning: Meaning, found: Candidates, scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which candidates are of who is named as asking; of several members, by all of them together.

    Where they asked nothing together, by one of them. Shape (candidates,).
    """
    import numpy as np

    named = found.named
    if len(meaning.called) > 1:
        together = partial(_asked_together, meaning.called)
        both = named & _in_documents(store, found, np.where(named, scores, -1).astype(np.float32), together)
        named = both if both.any() else named
    return named


def _asked_together(called: Sequence[Sequence[str]], document: Document) -> bool:
    """Whether of each name one member it may mean asked a question of the document with the others.

    A delay notice may print none: who asked them stands in its heading.
    """
    units = [exchange.askers for exchange in document.exchanges] or [document.askers]
    asking = ({name for asker in askers for name in (asker.member, asker.party)} for askers in units)
    return any(all(not names.isdisjoint(named) for named in called) for names in asking)


def _is_meant(meaning: Meaning, document: Document) -> bool:
    """Whether a minister answered a document whom a query says to have, and it cites the day of the letter it names."""
    ministers = {term for minister in document.ministers for term in minister_terms(minister.name or "")}
    if meaning.ministers and meaning.ministers.isdisjoint(ministers):
        return False
    return meaning.cited is None or any(day == meaning.cited for _, day in days_in(document.text))


def _check_types(text: object, k: object, names: Sequence[object], days: Sequence[object]) -> None:
    """A single name is a sequence too, of letters that nobody is called."""
    if not isinstance(text, str):
        raise TypeError(f"a query is text, not {text!r}")
    if not isinstance(k, SupportsIndex):
        raise TypeError(f"k is a whole number, not {k!r}")
    for given in names:
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise TypeError(f"a filter is a list of names, not {given!r}")
    for day in days:
        if not (day is None or isinstance(day, date)):
            raise TypeError(f"since and until are a datetime.date, not {day!r}")


def _check(query: Query) -> None:
    if not query.text:
        raise BadQuery(Cause.QUERY_EMPTY)
    if any("\ud800" <= sign <= "\udfff" for sign in query.text):
        raise BadQuery(Cause.QUERY_BROKEN)
    if len(query.text) > LONGEST_QUERY:
        raise BadQuery(Cause.QUERY_LONG, length=len(query.text), most=LONGEST_QUERY)
    if query.k < 1:
        raise BadQuery(Cause.QUERY_HITS, k=query.k)
    if query.since and query.until and query.since > query.until:
        raise BadQuery(Cause.QUERY_PERIOD)
