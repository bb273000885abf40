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
    """The best sentence of each of the first hits, the best of them first; those that fall far behind it are left out.

    `evidence` holds each hit's sentence score. Only ministers are quoted: a question is no answer.
    """
    first = [(hit, score) for hit, score in zip(hits, evidence, strict=True) if hit.role is Role.ANSWER][:LONGEST]
    enough = NEAR * max((score for _, score in first), default=0.0)
    first.sort(key=lambda found: -found[1])  # stable: equal scores keep the ranking's order
    return tuple(Quote(hit.best, hit) for hit, score in first if score >= enough)
