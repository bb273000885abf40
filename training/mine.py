"""Hard negatives: answers on nearly the same subject, put into the same batch, where each is the others' negative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from training.clean import Answered
from training.nearest import index_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SAME = 0.92
"""Answers nearer than this cosine are taken for the same answer."""
_CANDIDATES = 24


def near_answers(model: Any, items: Sequence[Answered], *, seed: int) -> NDArray[np.int32]:
    """Of each item, the items whose answers come nearest to its query and are wrong: int32 (items, 24), −1 fills.

    Left out: the same document, an answer with the same words, an answer that is nearly the same, and one of a document
    with the same title; all may well be right. `model` is anything with sentence-transformers' `encode`.
    """
    import numpy as np

    def vectors(texts: list[str]) -> NDArray[np.float32]:
        found = model.encode(texts, batch_size=256, convert_to_numpy=True, show_progress_bar=False).astype(np.float32)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    answers = vectors([item.answer[:1_500] for item in items])
    queries = vectors([f"{item.title} {item.question}"[:800] for item in items])
    index = index_of(answers, lists=256, probed=24, sample=5_000, seed=seed)
    wrong = np.full((len(items), _CANDIDATES), -1, dtype=np.int32)
    for first in range(0, len(items), 2_048):
        _, rows = index.search(queries[first : first + 2_048], 3 * _CANDIDATES)
        for i, row in enumerate(rows, start=first):
            found = [
                j
                for j in row.tolist()
                if j >= 0 and not may_be_right(items[i], items[j]) and float(answers[i] @ answers[j]) < _SAME
            ][:_CANDIDATES]
            wrong[i, : len(found)] = found
    return wrong


def may_be_right(one: Answered, other: Answered, *, whole: bool = True) -> bool:
    """Whether an answer may answer the other's query as well, so that it cannot serve as a negative.

    A query about the `whole` document may be answered by all its answers; a question of its own by one, which the
    other answers of the document, on the same subject, are the hardest to tell from.
    """
    if one.answer.lower() == other.answer.lower():
        return True
    if one.document == other.document:
        return whole
    return bool(one.title) and one.title.lower() == other.title.lower()


def batches(
    wrong: NDArray[np.int32], documents: Sequence[str], *, size: int, group: int, seed: int
) -> NDArray[np.int32]:
    """Every item once, in batches of groups: an item, others of its document, neighbours. int32 of (batches, size)."""
    import numpy as np

    random = np.random.default_rng(seed)
    siblings: dict[str, list[int]] = {}
    for row, document in enumerate(documents):
        siblings.setdefault(document, []).append(row)
    free = np.ones(len(wrong), dtype=bool)
    order: list[list[int]] = []
    for first in random.permutation(len(wrong)).tolist():
        if not free[first]:
            continue
        found = [first]
        free[first] = False
        own = random.permutation(siblings[documents[first]]).tolist()
        for others, most in ((own, group - group // 4), (random.permutation(wrong[first]).tolist(), group)):
            for other in others:
                if len(found) < most and other >= 0 and free[other]:
                    found.append(other)
                    free[other] = False
        order.append(found)
    # The last ones are left with few neighbours; groups of all sizes are dealt over all batches.
    rows = [row for place in random.permutation(len(order)).tolist() for row in order[place]]
    whole = len(rows) // size * size
    return np.array(rows[:whole], dtype=np.int32).reshape(-1, size)
