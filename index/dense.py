"""The dense index: the door to FAISS. Exact inner products; a later size brings compressed ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class DenseIndex:
    """Vectors of all passages, in the passages' order."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> DenseIndex:
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise DamagedIndex(f"{path} is no vector index ({error}): run `python -m index build`") from error

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def vectors(self) -> NDArray[np.float32]:
        """All vectors, shape (passages, dimension)."""
        import numpy as np

        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32).reshape(len(self), self.dimension)

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The inner product of one unit vector with every passage. Shape (passages,), higher is better."""
        import faiss
        import numpy as np

        scores = np.empty(len(self), dtype=np.float32)
        if len(self):
            faiss.omp_set_num_threads(1)  # more threads than free cores cost forty times the query
            similarities, rows = self._index.search(query.reshape(1, -1), len(self))
            scores[rows[0]] = similarities[0]
        return scores
