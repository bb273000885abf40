"""What is nearest to a vector: exact while there are few, nearly so where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def index_of(vectors: NDArray[np.float32], *, lists: int, probed: int, sample: int, seed: int) -> Any:
    """A FAISS index by inner product. From `sample` vectors on, `probed` of `lists` lists learned from that many."""
    import faiss
    import numpy as np

    width = vectors.shape[1]
    if len(vectors) < sample:
        index: Any = faiss.IndexFlatIP(width)
    else:
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, lists, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[np.random.default_rng(seed).choice(len(vectors), sample, replace=False)])
        index.nprobe = probed
    index.add(vectors)
    return index
