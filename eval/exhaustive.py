"""Every passage scored, and no index asked: what an index that looks at a part of them must be measured against.

The cosines are plain matrix products over the vectors as they are stored, and their maxima over the runs of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.backend import Asked, Candidates, Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.store import Store

AT_ONCE = 20
"""Queries: a million passages with their sentences take 0.5 GB for these."""
_ROWS = 65_536


class Exhaustive:
    """A store whose candidates are all passages that pass, for queries whose vectors are known beforehand."""

    def __init__(self, store: Store, vectors: NDArray[np.float32]) -> None:
        """`vectors` are of shape (queries, dimension)."""
        self._store = store
        self._in_context = _products(store.vectors, vectors)
        self._nearest = _nearest(store, vectors)
        self._words: tuple[object, NDArray[np.float32]] = (None, self._nearest[:0])
        self._places = {vector.tobytes(): place for place, vector in enumerate(vectors)}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def refreshed(self) -> Exhaustive:
        return self

    def candidates(self, asked: Asked, filters: Filters, count: int) -> Candidates:
        import numpy as np

        columns = self._store.columns
        place = self._places[asked.vector.tobytes()]
        rows = np.flatnonzero(columns.select(filters)[1])
        lexical, in_document = self._worded(asked)[:, rows]
        named = columns.asked_by(asked.parties) if asked.parties else np.zeros(columns.units, dtype=np.bool_)
        return Candidates(
            rows=rows,
            exchanges=columns.groups(rows),
            documents=columns.document_of[rows].astype(np.int64),
            in_context=self._in_context[rows, place],
            nearest=self._nearest[rows, place],
            lexical=lexical,
            in_document=in_document,
            named=columns.of_units(named, rows),
            numbered=columns.of_units(columns.numbered(asked.numbers), rows),
        )

    def _worded(self, asked: Asked) -> NDArray[np.float32]:
        """What the words score of all rows: themselves, and their documents. Shape (2, rows).

        That of the last query is kept: it is asked again with every filter.
        """
        import numpy as np

        key = (tuple(asked.weights.items()), asked.context)
        if self._words[0] != key:
            parts = [
                self._store.postings.scores(asked, np.arange(first, min(first + _ROWS, len(self._in_context))))
                for first in range(0, len(self._in_context), _ROWS)
            ]
            self._words = (key, np.concatenate(parts, axis=1))
        return self._words[1]


def in_parts(vectors: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """So many queries at a time as fit into memory beside their scores."""
    for first in range(0, len(vectors), AT_ONCE):
        yield vectors[first : first + AT_ONCE]


def _products(rows: NDArray[np.float16], queries: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shape (rows, queries)."""
    import numpy as np

    products = np.empty((len(rows), len(queries)), dtype=np.float32)
    for first in range(0, len(rows), _ROWS):
        products[first : first + _ROWS] = np.asarray(rows[first : first + _ROWS], dtype=np.float32) @ queries.T
    return products


def _nearest(store: Store, queries: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest cosine with a sentence of each passage, or of the questions that its exchange answers."""
    import numpy as np

    columns = store.columns
    similarities = _products(store.sentence_vectors, queries)
    own = _highest(similarities, columns.passages)
    asked = np.append(_highest(similarities, columns.exchanges), np.full((1, len(queries)), -1, np.float32), axis=0)
    found: NDArray[np.float32] = np.maximum(own, asked[columns.exchange_of])  # of no exchange: -1, the last row
    return found


def _highest(similarities: NDArray[np.float32], runs: NDArray[Any]) -> NDArray[np.float32]:
    """Of each run of sentences; -1 for an empty one."""
    import numpy as np

    found = np.full((len(runs), similarities.shape[1]), -1, dtype=np.float32)
    counts = runs["sentences"].astype(np.int64)
    for length in np.unique(counts[counts > 0]).tolist():
        places = np.flatnonzero(counts == length)
        first = runs["first"][places].astype(np.int64)
        best = similarities[first]
        for step in range(1, length):
            np.maximum(best, similarities[first + step], out=best)
        found[places] = best
    return found
