"""The short answer above the hits: one to three sentences, verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.records import Role, Span
from retrieval.results import Hit, Quote

LONGEST = 3
"""Sentences."""
FROM_THE_FIRST = 2
"""So many of them may come from the first hit, which mostly says in two what it says."""
NEAR = 0.75
"""A further sentence is quoted when its score is at least this share of the best one's."""

FAR = 0.15
"""A hit that scores so much less than the first is not quoted: the first may be a question without an answer."""

_WORD = re.compile(r"[^\W\d_]{2}")
"""What a row of a table has none of."""


def short_answer(hits: Sequence[Hit], ranked: Sequence[Sequence[tuple[Span, float]]]) -> tuple[Quote, ...]:
    """Two sentences of the first hit and the best of the next, in rank order; what falls far behind is left out.

    `ranked` holds each hit's sentences with their scores, best first. Only ministers are quoted: a question is no
    answer. Other ways were measured (`python -m eval`, development half): of one sentence from each of three hits fewer
    come from an exchange that answers, and fewer answer (.33, not .50); to begin with the best sentence of all puts the
    first quote less often in an exchange that answers (.81, not .87). Of hits however far behind (`FAR`), .80 of the
    sentences come from an exchange that answers, not .84, and of those labelled by hand as many answer.
    """
    first: dict[str, tuple[Quote, float]] = {}
    for hit, found in zip(hits, ranked, strict=True):
        if hit.role is Role.ANSWER and hit.score > hits[0].score - FAR:
            for span, score in found[: 1 if first else FROM_THE_FIRST]:
                if len(first) < LONGEST and _WORD.search(span.of(hit.passage.document.text)):
                    quote = Quote(span, hit)
                    first.setdefault(quote.text, (quote, score))  # the same letter in two files is quoted once
    enough = NEAR * max((score for _, score in first.values()), default=0.0)
    return tuple(quote for quote, score in first.values() if score >= enough)
