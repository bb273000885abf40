"""The dense index: the door to FAISS.

A cosine is exact wherever a store has the vectors at hand. Among very many, an inverted file (Sivic and Zisserman 2003)
tells which are worth it: of its vectors every three or four numbers are a code of four bits (product quantisation,
Jégou 2011), of which a processor compares many at a time (André 2015). How many of its lists must be looked at is
measured on the vectors themselves when it is made: up to all of them, which is exhaustive search. Codes order roughly,
so twice as many are taken as are then chosen by their own vectors.

With a million (static model, 366 of 1,024 lists) the 1,000 best by code take 2.0 ms and hold 95 % of the 250 nearest.
One bit a dimension (RaBitQ) took 4.2 ms for 84 %, codes of the differences from a list's centre held 91 %, and twice as
many lists saved no time.
"""

from __future__ import annotations

import sys
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from index.errors import DamagedIndex
from index.folder import REBUILD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RECALL = 0.99
"""The share of what all lists together find of the ten nearest vectors, that the lists looked at must find.

It is measured at places beside a sample of the vectors, which are harder to find than what queries ask for.
"""
_FOUND = 600
"""Vectors that are looked for then: about as many as a search asks for."""
_SAMPLE = 200
_NEAREST = 10
_ONE_THREAD = 32_767
"""Numbers: of more, torch makes work for several threads, and queries use one each."""
_TRAINED_ON = 40
"""Vectors for each list, which is FAISS's least."""


def inner_products(vectors: NDArray[Any], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row with the query, exact, by one thread. Shape (rows,)."""
    import faiss
    import numpy as np

    rows = _widened(vectors)
    query = np.ascontiguousarray(query, dtype=np.float32)
    products = np.empty(len(rows), dtype=np.float32)
    if len(rows):
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            faiss.swig_ptr(products), faiss.swig_ptr(query), faiss.swig_ptr(rows), rows.shape[1], len(rows)
        )
    return products


def _widened(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """The same numbers in four bytes, rows one after the other.

    Of two bytes torch makes them 20 times as fast; where it is not imported yet, that takes longer than many searches.
    """
    import numpy as np

    if vectors.dtype != np.float16 or vectors.ndim != 2 or not vectors.size or "torch" not in sys.modules:
        return np.ascontiguousarray(vectors, dtype=np.float32)
    import torch

    vectors = np.require(vectors, requirements=["C", "W"])  # torch takes no others, though it only reads
    found = np.empty(vectors.shape, dtype=np.float32)
    narrow, wide = torch.from_numpy(vectors), torch.from_numpy(found)
    step = max(1, _ONE_THREAD // vectors.shape[1])
    for first in range(0, len(found), step):
        wide[first : first + step].copy_(narrow[first : first + step])
    return found


class DenseIndex:
    """Which of many vectors are near: those of the first `len(self)` rows of a store."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float16]) -> Self:
        """Learn the lists from some of the vectors, put all into them, and measure how many lists are enough."""
        import faiss
        import numpy as np

        count, dimension = vectors.shape
        lists = max(1, min(4096, 2 ** round(np.log2(sqrt(count)))))
        codes = next(dimension // width for width in (3, 4, 2, 1) if dimension % width == 0)
        index = faiss.IndexIVFPQFastScan(
            faiss.IndexFlatIP(dimension), dimension, lists, codes, 4, faiss.METRIC_INNER_PRODUCT
        )
        index.by_residual, index.pq.cp.min_points_per_centroid = False, 1
        index.cp.niter, index.cp.seed, index.cp.min_points_per_centroid = 8, 1, 1
        chosen = np.sort(np.random.default_rng(1).choice(count, min(count, lists * _TRAINED_ON), replace=False))
        index.train(np.asarray(vectors[chosen], dtype=np.float32))
        built = cls(index)
        built.add(vectors)
        index.nprobe = built._tuned(vectors)  # it is stored with the index
        return built

    def add(self, vectors: NDArray[np.float16]) -> None:
        """The vectors of the rows that follow. Not on an index that was opened mapped: FAISS would end the process."""
        import numpy as np

        for first in range(0, len(vectors), 65_536):
            self._index.add(np.asarray(vectors[first : first + 65_536], dtype=np.float32))

    def _tuned(self, vectors: NDArray[np.float16]) -> int:
        import numpy as np

        chosen = np.random.default_rng(2).choice(len(vectors), min(len(vectors), _SAMPLE), replace=False)
        queries = np.asarray(vectors[np.sort(chosen)], dtype=np.float32)
        # Not the vectors themselves, which lie in the middle of what is near them: a query lies beside.
        queries += np.random.default_rng(3).normal(0, 0.7 / sqrt(queries.shape[1]), queries.shape).astype(np.float32)
        nearest = _nearest(vectors, queries)

        def held(lists: int) -> float:
            found = [self._search(query, _FOUND, lists, None) for query in queries]
            return float(np.mean([np.isin(true, rows).mean() for true, rows in zip(nearest, found, strict=True)]))

        lists, most = 8, int(self._index.nlist)
        enough = RECALL * held(most)
        while lists < most and held(lists) < enough:
            lists += lists // 4
        return min(lists, most)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Mapped into memory: what is not looked at is not read."""
        return cls(cls._read(path, mapped=True))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read as a whole, so that it can be added to."""
        return cls(cls._read(path, mapped=False))

    @staticmethod
    def _read(path: Path, *, mapped: bool) -> Any:
        import faiss

        try:
            return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
        except (RuntimeError, MemoryError) as error:  # a damaged length asks for all the memory there is
            raise DamagedIndex(f"{path} is no vector index ({error}): {REBUILD}") from error

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """The rows nearest to a vector of length 1, best first, at most `count`, all of them allowed.

        The fewer are allowed, the more lists are looked at: those near the query hold fewer of them.
        """
        import numpy as np

        lists = int(self._index.nprobe)
        if allowed is not None:
            allowed = allowed[: len(self)]
            share = max(float(np.count_nonzero(allowed)) / max(len(self), 1), 1e-6)
            lists = ceil(lists / sqrt(share))
        return self._search(query, count, lists, allowed)

    def _search(
        self, query: NDArray[np.float32], count: int, lists: int, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        import faiss
        import numpy as np

        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = min(lists, int(self._index.nlist))
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            parameters.sel = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bits))
        count = min(count, len(self))
        given = np.ascontiguousarray(query, dtype=np.float32)[None]
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)  # more threads than free cores cost forty times the query
        try:
            _, rows = self._index.search(given, count, params=parameters)
        finally:
            faiss.omp_set_num_threads(threads)  # PyTorch, where it was imported first, has the same
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)


def _nearest(vectors: NDArray[np.float16], queries: NDArray[np.float32]) -> NDArray[np.int64]:
    """The ten nearest rows of each query, exact. Shape (queries, 10)."""
    import numpy as np

    best = np.full((len(queries), _NEAREST), -np.inf, dtype=np.float32)
    rows = np.zeros((len(queries), _NEAREST), dtype=np.int64)
    for first in range(0, len(vectors), 65_536):
        part = np.asarray(vectors[first : first + 65_536], dtype=np.float32)
        scores = np.concatenate([best, queries @ part.T], axis=1)
        places = np.concatenate(
            [rows, np.broadcast_to(np.arange(first, first + len(part)), (len(queries), len(part)))], 1
        )
        chosen = np.argpartition(-scores, _NEAREST - 1, axis=1)[:, :_NEAREST]
        best, rows = np.take_along_axis(scores, chosen, 1), np.take_along_axis(places, chosen, 1)
    return rows
