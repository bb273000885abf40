"""What a search needs of a store of passages, whatever holds them: files here, or an engine elsewhere.

A store numbers its passages: a *row* is that number, from 0, in the order in which documents came in and, within a
document, in reading order. Rows stay what they are as long as a store is open; a store that changed is another one
(`refreshed`). Stores only read, and may be shared between threads. They know nothing of queries as typed: the searcher
analyses the text (`index.analysis`), encodes it, asks for candidates, and ranks those.

A new store is one more class with these methods; `tests/index/test_backends.py` holds what each must do, and runs over
all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, overload

from index.records import Document, Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Key: TypeAlias = tuple[str, int]
"""A document's id and the place of the exchange in it; for text of no exchange, -1 less the row of its passage."""

SPELT_ALIKE = 5
"""Passages at most that `Backend.rows_like` gives."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself. `generation` names its state: it changes with every write.

    `analyser` is the version of `index.analysis` that made its terms, `reading` a fingerprint of the code that reads
    files and cuts passages, `corpus` a hash over the documents. Counts are of what can be found. `parts` and `files`
    are for a store in files (`index.folder`): what the parts are called, and path → {"bytes", "crc32"}.
    """

    format: int
    generation: str
    encoder: str
    fingerprint: str
    dimension: int
    analyser: int
    documents: int
    exchanges: int
    passages: int
    corpus: str
    reading: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Documents(Sequence[Document]):
    """The documents of a store, by their numbers in order, each read when it is asked for."""

    def __init__(self, numbers: Sequence[int], read: Callable[[int], Document]) -> None:
        self._numbers = numbers
        self._read = read

    def __repr__(self) -> str:
        return f"<{len(self)} documents>"

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        if isinstance(place, slice):
            return [self._read(number) for number in self._numbers[place]]
        return self._read(self._numbers[place])

    def __iter__(self) -> Iterator[Document]:
        return map(self._read, self._numbers)


SENT, REPLIED = "sent", "replied"
"""What stores call the ordinals of when a document was asked and when it was answered."""


@dataclass(frozen=True, slots=True)
class Dated:
    """From a first day to a last: what was `asked` then, or `answered` (`Document.when_asked`, `when_answered`).

    Both count where it is not told which: a question of December is answered in January.
    """

    first: date
    last: date
    asked: bool = True
    answered: bool = True

    @property
    def days(self) -> tuple[str, ...]:
        """Which of a document's days count."""
        return (SENT,) * self.asked + (REPLIED,) * self.answered


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages may be found. An empty field lets everything through; fields are joined by "and", values by "or".

    `parties` are canonical names (`index.parties`); one that had joined a group when the document was dated is looked
    for as that group too (`asking_names`). `members` and `ministries` are as the documents write them, `documents` are
    ids, `since` and `until` days of which both count; a document that tells no day passes neither. `concerned` are
    ministries that answered or were asked, `dated` a period: a query limits itself to them, beside the filters.
    """

    parties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    concerned: tuple[str, ...] = ()
    dated: Dated | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What filters let through, counted, never estimated.

    `passages` and `documents` count what passes, `until` is the latest day of an answer among it. `parties` counts, for
    each party, the exchanges with a passage that pass all filters but the one on parties, and a document's text that
    stands in none once; `ministries` counts, for each ministry, the documents that pass all but the one on ministries;
    both the most first and then by name. `years` counts, for each year in which documents are dated, those that pass
    all but `since` and `until`; the latest first.
    """

    passages: int
    documents: int
    until: date | None
    parties: Mapping[str, int]
    ministries: Mapping[str, int]
    years: Mapping[int, int]


def most_first(counts: Mapping[str, int]) -> dict[str, int]:
    """What was counted at all, the most first and then by name."""
    counted = ((name, count) for name, count in counts.items() if count)
    return dict(sorted(counted, key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a store sees it.

    `vector` is of shape (dimension,), float32, of length 1. `weights` are terms of `index.analysis` and what each
    counts (`context` times that where it stands in a passage's context: its document's title and its question).
    `parties`, `members` and `numbers` are those that the query names: what they asked gets a bonus, so it must be among
    the candidates; where members are named, they and no parties are given. `words` is what holding the most of the
    terms adds to a cosine at least, `document` what it adds that all of them stand in the document: a store may choose
    by that sum whose sentences it reads.
    """

    vector: NDArray[np.float32]
    weights: Mapping[str, float]
    context: float = 1.0
    parties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
    words: float = 0.0
    document: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages among which the best are, scored; all arrays have the shape (candidates,).

    `rows` ascend (int64): equal scores are broken by them. `exchanges` (int64) are equal for passages of one exchange,
    and for no others, and below 0 for text of no exchange; so equal are `documents` (int64) for those of one document.
    The scores are float32, higher is better, and exact whatever found the row: `in_context` is the cosine with the
    vector of the passage read in its context; `nearest` the highest cosine with a single sentence of the passage or of
    the questions that its exchange answers (-1 where there is none, and for candidates that the other scores leave
    behind as many as were asked for); `lexical` is the summed weight of the terms asked for: once where a term stands
    in the passage itself, and `context` times where in its context, however often; `in_document` that of the terms that
    stand anywhere in its document. `named` and `numbered` (bool) tell whether one of the parties or members, or of the
    numbers, asked for is the exchange's.
    """

    rows: NDArray[np.int64]
    exchanges: NDArray[np.int64]
    documents: NDArray[np.int64]
    in_context: NDArray[np.float32]
    nearest: NDArray[np.float32]
    lexical: NDArray[np.float32]
    in_document: NDArray[np.float32]
    named: NDArray[np.bool_]
    numbered: NDArray[np.bool_]


def of_all(weights: Mapping[str, float]) -> float:
    """What it counts to hold every term; never 0, so that a share of it can be taken."""
    return max(sum(weights.values()), 1e-9)


class Backend(Protocol):
    """A store of passages, open for reading."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def members(self) -> tuple[str, ...]:
        """Who asked, as the documents write them, by name; some may be of documents that are gone."""
        ...

    @property
    def ministries(self) -> tuple[str, ...]:
        """Which answered or were asked, as the documents write them, by name; some may be of what is gone."""
        ...

    @property
    def documents(self) -> Sequence[Document]:
        """All documents in the order of their rows. They are read when asked for, one by one: there may be many."""
        ...

    def document(self, name: str) -> Document | None:
        """The document with this id; None where there is none."""
        ...

    def refreshed(self) -> Self:
        """The store as it now is: itself, or another where what it reads was written anew. Cheap; called often.

        A state that cannot be opened is no error: the old one goes on.
        """
        ...

    def select(self, filters: Filters) -> Selection:
        """Apply filters. Exact whatever the size; asked for the same filters often, so the last ones are remembered."""
        ...

    def candidates(self, asked: Asked, filters: Filters, count: int) -> Candidates:
        """The passages that pass the filters and may be among the best, at most a few times `count`.

        Where not much more than `count` pass, that is all of them. Else it is at least the `count` nearest by the
        passages' vectors and the `count` best by their terms, and of each again as many of the named parties or
        members, of the numbers asked for, and of those with both; nearest as far as the store's own index finds (recall
        at 10 of .98 and more).
        """
        ...

    def keys(self, rows: Sequence[int]) -> list[Key]:
        """What the exchange of each row is called outside."""
        ...

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages themselves, with their documents: the same objects as `documents` gives, while both are held."""
        ...

    def sentences(
        self, rows: Sequence[int], vector: NDArray[np.float32]
    ) -> list[tuple[tuple[Span, ...], NDArray[np.float32]]]:
        """Each row's own sentences as ranges of its document's text, and their cosines with a vector of length 1."""
        ...

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, in their own text or their context."""
        ...

    def rows_like(self, spelling: str, *, edits: int) -> list[int]:
        """Passages (at most `SPELT_ALIKE`) with a word within so many edits (Damerau–Levenshtein) of one, folded."""
        ...

    def check(self) -> None:
        """Read everything, which may take seconds. Raises DamagedIndex where it is not what was written."""
        ...


def asking_names(parties: Sequence[str], year: int | None) -> frozenset[str]:
    """The names under which parties ask in a document of this year (None where it tells no day).

    A party that had joined a group by then asked as that group.
    """
    from index.parties import canonical

    joined = (canonical(party, year) for party in parties) if year else ()
    return frozenset({*parties, *(name for name in joined if name is not None)})
