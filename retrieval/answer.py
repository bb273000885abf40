"""The short answer above the hits: one to three sentences, verbatim."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Role
from retrieval.results import Hit, Quote

LONGEST = 3
"""Sentences."""
NEAR = 0.85
"""A further sentence is quoted when its score is at least this share of the best one's."""


def short_answer(hits: Sequence[Hit], evidence: Sequence[float]) -> tuple[Quote, ...]:
    """The best sentence of each of the first hits, in rank order; those that fall far behind the best are left out.

    `evidence` holds each hit's sentence score. Only ministers are quoted: a question is no answer. To begin with the
    best sentence instead was tried: the first quote then came less often from an exchange that answers (.81, not .87).
    """
    first: dict[str, tuple[Quote, float]] = {}
    for hit, score in zip(hits, evidence, strict=True):
        if hit.role is Role.ANSWER and len(first) < LONGEST:
            quote = Quote(hit.best, hit)
            first.setdefault(quote.text, (quote, score))  # the same letter in two files is quoted once
    enough = NEAR * max((score for _, score in first.values()), default=0.0)
    return tuple(quote for quote, score in first.values() if score >= enough)
