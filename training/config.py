"""What a run is made of. How queries are varied stands in `queries.py`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Config:
    """One run of the pipeline. Steps count updates of the weights; lengths are in tokens; rates are AdamW's."""

    seed: int = 7
    vocabulary: int = 32_000
    layers: int = 6
    """Of the teacher's, the first so many."""
    pairs_per_file: int = 60_000
    """Of each file of parallel text, at most so many pairs, spread over the file."""
    documents: int | None = None
    """Of the parliamentary records, at most so many; all by default."""

    shares: dict[str, float] = field(
        default_factory=lambda: {
            "gen_tatoeba": 0.45,
            "docs_ms": 0.29,
            "law_treaties": 0.13,
            "web_mozilla": 0.05,
            "gov_minvws": 0.04,
            "gov_eforms": 0.04,
        }
    )
    """Of a batch of parallel text, how much comes from the files whose names begin so. General sentences first: the
    parliamentary ones come from the records."""

    static_steps: int = 1_500
    static_batch: int = 2_048
    static_rate: float = 0.02

    steps: int = 3_500
    rhythm: str = "ppr"
    """What the steps are made on, in turn: p is parallel text, r are parliamentary records."""
    pairs: int = 256
    """Parallel sentences a step."""
    english: float = 0.2
    """Of those, the share whose English side is encoded too; the teacher's vector is the aim of both sides."""
    joined: float = 0.5
    """Of the parallel sentences, the share whose Dutch side stands in a text of four, as sentences do in a passage."""
    passages: int = 48
    """Passages a step, each with two queries."""
    group: int = 4
    """Of those, so many belong together: answers of one document and a neighbour, each other's hard negatives."""
    behind: float = 0.4
    """The share of the batches whose passages stand beside their title and question, as in the index."""
    queue: int = 2_048
    """Passages of earlier steps that stay negatives for questions of their own, as they were encoded then."""
    sentence_length: int = 64
    query_length: int = 80
    passage_length: int = 160
    context_length: int = 192
    """With title and question before the passage."""
    temperature: float = 0.05
    narrow: int = 128
    """The first so many numbers of a vector are trained to serve alone (Matryoshka, Kusupati 2022)."""
    rate: float = 1e-4
    vocabulary_rate: float = 5e-4
    warmup: int = 100
    averaged: float = 0.995
    """Decay of the running average of the weights, which is what is exported."""
    saved_every: int = 200
    measured_every: int = 800


FULL = Config()

TINY = Config(
    vocabulary=800,
    layers=1,
    pairs_per_file=120,
    documents=40,
    static_steps=20,
    static_batch=64,
    steps=6,
    pairs=16,
    passages=8,
    group=2,
    queue=32,
    warmup=2,
    saved_every=2,
    measured_every=6,
)
"""For the tests: every stage, nothing learned."""
