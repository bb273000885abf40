"""A Dutch–English lexicon: words that keep turning up in each other's translations, and words that mean the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from index.analysis import english_frequency
from training.clean import Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST = 40
"""Words of a sentence; in longer ones everything goes with everything."""
_SHORT = 3
"""Letters: what is no longer has no meaning of its own to go by."""


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
    short = [row for row in range(len(pairs)) if max(len(sides[0][row]), len(sides[1][row])) <= LONGEST]
    tables, names = [], []
    for side in sides:
        number = numbered((side[row] for row in short), least)
        places = [(i, number[word]) for i, row in enumerate(short) for word in side[row] if word in number]
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        tables.append(csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(short), len(number))))
        names.append(list(number))
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


def numbered(sentences: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    """The words that stand in so many sentences, each given as its distinct words, in order and numbered from 0."""
    counts = Counter(word for sentence in sentences for word in sentence)
    return {word: number for number, word in enumerate(sorted(word for word in counts if counts[word] >= least))}


def widened(
    known: Mapping[str, str],
    asked: Iterable[str],
    english: Iterable[str],
    *,
    reader: Callable[[list[str]], NDArray[np.float32]],
    teacher: Callable[[list[str]], NDArray[np.float32]],
    least: int = 8,
    nearness: float = 0.8,
) -> dict[str, str]:
    """The lexicon, and for words that it lacks the English word that means most nearly the same.

    Words come from texts that are `asked` about in Dutch and from `english` ones, from `least` texts or more each.
    `reader` gives unit vectors of words of both languages, `teacher` of English ones, both of shape (words, dimension):
    the cosine is the mean of the two, and a word of which none reaches `nearness` stays out.
    """
    import numpy as np

    missing = [word for word in _frequent(asked, least) if word not in known]
    told = [word for word in _frequent(english, least) if english_frequency(word)]
    if not missing or not told:
        return dict(known)
    near = reader(missing) @ ((reader(told) + teacher(told)) / 2).T
    best = near.argmax(axis=1)
    sure = np.take_along_axis(near, best[:, None], axis=1)[:, 0] >= nearness
    return {**known, **{missing[row]: told[best[row]] for row in np.flatnonzero(sure).tolist()}}


def _frequent(texts: Iterable[str], least: int) -> list[str]:
    counts = Counter(word for text in texts for word in set(words(text)))
    return [word for word, count in counts.most_common() if count >= least and len(word) > _SHORT and "-" not in word]
