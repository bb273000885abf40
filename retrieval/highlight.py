"""Which sentence of a passage answers best, and which of its words were asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from index.analysis import Word, words
from index.records import Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORD_BONUS = 0.2
"""What a sentence gains, on the scale of the cosine, when it holds every word of the query."""


def best_sentences(
    passage: Passage, spans: Sequence[Span], similarities: NDArray[np.float32], terms: Collection[str]
) -> list[tuple[Span, float]]:
    """The sentences with their scores, the nearest to the query first, counting the query's words in them.

    The first in the text wins a tie. A passage without a sentence is its own, with a score of minus infinity.
    """
    text = passage.document.text
    scored = []
    for span, similarity in zip(spans, similarities, strict=True):
        found = {term for word in words(span.of(text)) for term in _matching(word, terms)}
        scored.append((span, float(similarity) + (WORD_BONUS * len(found) / len(terms) if terms else 0.0)))
    return sorted(scored, key=lambda pair: -pair[1]) or [(passage.span, float("-inf"))]


def query_words(passage: Passage, terms: Collection[str]) -> tuple[Span, ...]:
    """The words of a passage that the query asked for, as ranges of the document's text."""
    start = passage.span.start
    return tuple(Span(start + word.start, start + word.end) for word in words(passage.text) if _matching(word, terms))


def _matching(word: Word, terms: Collection[str]) -> list[str]:
    return [term for term in (word.term, *word.parts) if term in terms]
