"""A Dutch–English lexicon from the parallel text: words that keep turning up in each other's translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from training.clean import Pair

_LONGEST = 40
"""Words of a sentence; in longer ones everything goes with everything."""


def words(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())


def learn(pairs: Sequence[Pair], *, least: int = 5, nearness: float = 0.3) -> dict[str, str]:
    """Dutch word → English word, where each is the other's best by Dice's coefficient of the sentences they stand in.

    Words in fewer than `least` sentences, and best partners with a coefficient under `nearness`, are left out.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    sides = [
        [sorted(set(words(text))) for text in texts]
        for texts in ((pair.dutch for pair in pairs), (pair.english for pair in pairs))
    ]
    short = [row for row in range(len(pairs)) if max(len(sides[0][row]), len(sides[1][row])) <= _LONGEST]
    tables, names = [], []
    for side in sides:
        counts = Counter(word for row in short for word in side[row])
        kept = sorted(word for word, count in counts.items() if count >= least)
        number = {word: i for i, word in enumerate(kept)}
        places = [(i, number[word]) for i, row in enumerate(short) for word in side[row] if word in number]
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        tables.append(csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(short), len(kept))))
        names.append(kept)
    dutch, english = tables
    together = (dutch.T @ english).tocoo()
    sums = [np.asarray(table.sum(axis=0)).ravel() for table in tables]
    dice = 2 * together.data / (sums[0][together.row] + sums[1][together.col])
    best: list[dict[int, tuple[float, int]]] = [{}, {}]
    for here, there, score in zip(together.row.tolist(), together.col.tolist(), dice.tolist(), strict=True):
        for found, this, other in ((best[0], here, there), (best[1], there, here)):
            if (score, -other) > found.get(this, (0.0, 0)):
                found[this] = (score, -other)
    return {
        names[0][row]: names[1][-other]
        for row, (score, other) in sorted(best[0].items())
        if score >= nearness and best[1][-other][1] == -row
    }
