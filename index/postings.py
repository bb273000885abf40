"""Which terms stand in which passages, document by document: from these the words of a query are counted exactly.

tantivy tells which passages hold the most of a query's terms (`index.lexical`), but not what one found otherwise holds.
Each document has a block of `terms.u2`, little-endian numbers of two bytes. Of its distinct terms, by their digests:

    low, high     the halves of each term's digest: first the low ones of all terms, then the high ones
    low, high     of where each term's holders end, likewise
    holders       of each term in that order: 2 p where passage p of the document holds it itself, 2 p + 1 where its
                  context does

So a query reads one stretch of the file for a document, looks at each of its terms once, and at the holders of those
asked for alone. Of a million terms one in four thousand shares its digest with another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from index.columns import digest as digest_of
from index.errors import DamagedIndex, VraagbaakError
from index.folder import REBUILD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.backend import Asked
    from index.columns import Columns
    from index.rows import Rows


MOST_PASSAGES = 1 << 15
"""Of a document: so many a number of two bytes tells apart."""
_ENTRY = 4
"""Numbers that a term takes before the holders."""


def digest(term: str) -> int:
    """Four bytes that stand for a term."""
    return digest_of(term) & 0xFFFF_FFFF


def block(passages: Sequence[tuple[Collection[int], Collection[int]]]) -> tuple[bytes, int, int]:
    """The block of a document, how many distinct terms it has, and how many holders.

    Of each passage come the digests of its own terms, and of those of its context. Raises VraagbaakError for more than
    `MOST_PASSAGES`.
    """
    import numpy as np

    if len(passages) > MOST_PASSAGES:
        raise VraagbaakError(f"a document of {len(passages)} passages, and {MOST_PASSAGES} are the most: split it")
    held = [*chain.from_iterable(passages)]
    lengths = [len(digests) for digests in held]
    digests = np.fromiter(chain.from_iterable(held), dtype="<u4", count=sum(lengths))
    order = np.argsort(digests, kind="stable")
    holders = np.repeat(np.arange(len(held), dtype="<u2"), lengths)[order]
    distinct, counts = np.unique(digests, return_counts=True)
    halves = [half for number in (distinct, np.cumsum(counts)) for half in (number & 0xFFFF, number >> 16)]
    content = np.concatenate([*halves, holders]).astype("<u2")
    return content.tobytes(), len(distinct), len(holders)


class Postings:
    """The blocks of all documents, open for reading. `table` are the numbers of `terms.u2`."""

    def __init__(self, table: Rows, columns: Columns) -> None:
        self._table = table
        self._columns = columns
        told = columns.documents[-1:]
        ends = told["block"] + _ENTRY * told["terms"].astype("<u8") + told["holders"]
        self.whole = len(table.mapped) == int(ends.sum())
        """Whether the last block ends where the file does."""

    def scores(self, asked: Asked, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The summed weight of the terms asked for, of rows, which ascend, and of the document of each of them.

        A term counts once where a passage itself holds it, and `asked.context` times where its context does; in a
        document it counts once. Shapes (rows,). Raises DamagedIndex, and OSError where the file was cut off.
        """
        import numpy as np

        nothing = np.zeros(len(rows), dtype=np.float32)
        if not asked.weights or not len(rows):
            return nothing, nothing.copy()
        document_of = self._columns.document_of
        owners = document_of[rows]  # documents lie in order, as the rows do
        new = np.append(True, owners[1:] != owners[:-1])
        numbers, inverse = owners[new], np.cumsum(new) - 1
        told = self._columns.documents[numbers]
        begins, terms, holders = (told[name].astype(np.int64) for name in ("block", "terms", "holders"))
        taken, opens = self._table.stretches(begins, _ENTRY * terms + holders)
        digests = np.array([digest(term) for term in asked.weights])
        order = np.argsort(digests)
        digests, weights = digests[order], np.array(list(asked.weights.values()))[order]
        found, which, of = _asked_for(digests, taken, opens, terms)
        in_document = np.bincount(of, weights[which], minlength=len(numbers))
        among = terms[of]
        ends = _joined(taken, found + 2 * among, among)
        starts = np.where(found > opens[of], _joined(taken, found + 2 * among - 1, among), 0)
        lengths = ends - starts
        if (lengths < 0).any() or (ends > holders[of]).any():
            raise DamagedIndex(f"{self._table.path} is damaged: {REBUILD}")
        # The holders of one term after the other, though they lie apart.
        apart = opens[of] + _ENTRY * among + starts - (np.cumsum(lengths) - lengths)
        holding = taken[np.repeat(apart, lengths) + np.arange(int(lengths.sum()))].astype(np.int64)
        first = np.searchsorted(document_of, numbers)
        holding_rows = np.repeat(first[of], lengths) + holding // 2
        gained = np.repeat(weights[which], lengths) * np.where(holding % 2, asked.context, 1.0)
        places = np.minimum(np.searchsorted(rows, holding_rows), len(rows) - 1)
        wanted = rows[places] == holding_rows
        scores = np.bincount(places[wanted], gained[wanted], minlength=len(rows))
        return scores.astype(np.float32), in_document[inverse].astype(np.float32)


def _asked_for(
    digests: NDArray[np.int64], taken: NDArray[np.uint16], opens: NDArray[np.int64], terms: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Where terms with one of the digests, which ascend, stand in blocks; which of them; of which block.

    The blocks begin at `opens` of the numbers `taken` and have so many `terms`.
    """
    import numpy as np

    # Nearly all terms are others than those asked for, and one half of their digests tells.
    half = np.zeros(1 << 16, dtype=np.bool_)
    half[digests & 0xFFFF] = True
    low = [taken[first : first + count] for first, count in zip(opens.tolist(), terms.tolist(), strict=True)]
    maybe = np.flatnonzero(half[np.concatenate(low)])
    ends = np.cumsum(terms)
    of = np.searchsorted(ends, maybe, side="right")
    places = opens[of] + maybe - (ends - terms)[of]
    found = _joined(taken, places, terms[of])
    which = np.minimum(np.searchsorted(digests, found), len(digests) - 1)
    same = digests[which] == found
    return places[same], which[same], of[same]


def _joined(taken: NDArray[np.uint16], low: NDArray[np.int64], apart: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers of four bytes whose high halves stand so far behind the low ones."""
    import numpy as np

    joined: NDArray[np.int64] = taken[low] + (taken[low + apart].astype(np.int64) << 16)
    return joined
