"""Which sentence of a passage answers best, and which of its words were asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from index.analysis import occurrences
from index.records import Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORD_BONUS = 0.2
"""What a sentence gains, on the scale of the cosine, when it holds every word of the query."""


def query_words(passage: Passage, terms: Collection[str]) -> dict[Span, frozenset[str]]:
    """The words of a passage that the query asked for: where each stands in the document's text, and of which terms."""
    text = passage.text
    start = passage.span.start
    return {Span(start + first, start + last): held for first, last, held in occurrences(text, frozenset(terms))}


def best_sentences(
    passage: Passage,
    spans: Sequence[Span],
    similarities: NDArray[np.float32],
    found: Mapping[Span, Collection[str]],
    asked: int,
) -> list[tuple[Span, float]]:
    """The sentences with their scores, the nearest to the query first, counting the query's words in them.

    `found` are the passage's `query_words`, of as many terms as were `asked` for. The first in the text wins a tie. A
    passage without a sentence is its own, with a score of minus infinity.
    """
    scored = []
    for span, similarity in zip(spans, similarities, strict=True):
        held = {term for word, terms in found.items() if span.start <= word.start < span.end for term in terms}
        scored.append((span, float(similarity) + (WORD_BONUS * len(held) / asked if asked else 0.0)))
    return sorted(scored, key=lambda pair: -pair[1]) or [(passage.span, float("-inf"))]
