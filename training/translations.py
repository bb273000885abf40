"""The Dutch words that English ones are translated by, for the search by words: `retrieval/translations.tsv`.

    python -m training.translations --shared ../shared

They are learned from parallel text by IBM's first model of translation (Brown and others 1993): each Dutch word of a
sentence comes from one of the English words there, or from none; which is likely is what the model learns. Manuals of
software stay out: in those "disabled" is "uitgeschakeld" and "benefits" are a page of the program.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from index.analysis import Word, fold, is_function_word, words
from index.errors import VraagbaakError
from retrieval.translations import TABLE, written
from training.clean import Held, Pair, evaluation_texts, pairs
from training.lexicon import LONGEST, numbered

_MANUALS = "docs_ms"
_NONE = ""
"""Stands in every English sentence for the Dutch words that come from none of its own; it is numbered 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn the table and write it. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.translations", description="Learn what English words mean."
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that DATA.md describes")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table (retrieval/translations.tsv)")
    asked = parser.parse_args(arguments)
    try:
        found = pairs(asked.shared, Held(evaluation_texts(asked.shared)), per_file=1_000_000)
    except VraagbaakError as error:
        print(f"training.translations: {error}", file=sys.stderr)
        return 2
    table = learn([pair for pair in found if not pair.source.startswith(_MANUALS)])
    asked.out.write_text(written(table), encoding="utf-8")
    print(f"{len(table)} English words in {asked.out}")
    return 0


def learn(
    found: Iterable[Pair], *, rounds: int = 5, least: int = 4, share: float = 0.15
) -> dict[str, list[tuple[str, float]]]:
    """English word → the terms of the Dutch words that it is translated by, with their shares, the largest first.

    Words in fewer than `least` sentences, and translations of a smaller `share`, are left out.
    """
    import numpy as np

    sides = [
        (sorted({_NONE, *_spelt(pair.english)}), sorted(_terms(pair.dutch)))
        for pair in found
        if max(len(words(pair.english)), len(words(pair.dutch))) <= LONGEST
    ]
    english = numbered((side for side, _ in sides), least)
    dutch = numbered((side for _, side in sides), least)
    told, heard = [], []  # for every Dutch word the English ones that it may come from
    for here, there in sides:
        sources = [english[word] for word in here if word in english]
        for term in there:
            if term in dutch:
                told.append(sources)
                heard.append(dutch[term])
    counts = np.array([len(sources) for sources in told])
    of = np.repeat(np.arange(len(told)), counts)
    every = np.fromiter(chain.from_iterable(told), np.int64, int(counts.sum()))
    pair, place = np.unique(every * len(dutch) + np.repeat(np.array(heard), counts), return_inverse=True)
    source, heard_of = pair // len(dutch), pair % len(dutch)
    likely = np.ones(len(pair))
    for _ in range(rounds):
        expected = likely[place]
        expected /= np.bincount(of, expected)[of]
        gained = np.bincount(place, expected, minlength=len(pair))
        likely = gained / np.bincount(source, gained)[source]
    spelt, terms = list(english), list(dutch)
    table: dict[str, list[tuple[str, float]]] = {}
    for row in np.lexsort((-likely, source)).tolist():
        if source[row] and likely[row] >= share and spelt[source[row]] != terms[heard_of[row]]:
            table.setdefault(spelt[source[row]], []).append((terms[heard_of[row]], round(float(likely[row]), 2)))
    return dict(sorted(table.items()))


def _spelt(text: str) -> set[str]:
    return {fold(word.surface) for word in words(text.lower()) if _tells(word)}


def _terms(text: str) -> set[str]:
    return {word.term for word in words(text.lower()) if _tells(word) and _tells(words(word.term)[0])}


def _tells(word: Word) -> bool:
    return word.surface.replace("-", "").isalpha() and not is_function_word(word)


if __name__ == "__main__":
    sys.exit(main())
