"""Figures as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from eval.abstention import Errors, errors
from eval.gold import Half
from eval.metrics import Scores, mean
from eval.slices import Slices, kinds
from eval.suite import Measured, System

SHOWN = ("MRR@10", "hit@1", "nDCG@10", "Recall@10")


def summary(measured: Measured) -> str:
    """Per kind of query, each measure for dense, lexical and hybrid; then abstention, for each half of the gold set."""
    parts = [quality(measured), ""]
    for half in Half:
        part = measured.part(half)
        if part.observations:
            parts.append(abstention(f"{half} half", errors(part.observations)))
    return "\n".join(parts)


def quality(measured: Measured) -> str:
    """A table with one row per kind, one per half of the gold set, and one for all; the best of three is starred."""
    answerable = [query for query in measured.queries if query.answerable]
    rows = kinds(answerable)
    for half in Half:
        if ids := [query.id for query in answerable if query.half is half]:
            rows[f"all, {half} half"] = ids
    rows["all"] = [query.id for query in answerable]
    return grid(rows, [(str(system), measured.scores[system]) for system in System], SHOWN)


def grid(slices: Slices, systems: Sequence[tuple[str, Scores]], measures: Sequence[str]) -> str:
    """Slices down, measures × systems across; `*` marks the systems that have a measure's best value, to 3 digits."""
    width = max(len(name) for name in slices)
    column = max(6, *(len(name) + 1 for name, _ in systems))
    group = column * len(systems)
    lines = [
        " " * (width + 5) + "".join(f"  {measure:<{group}}" for measure in measures).rstrip(),
        " " * width
        + "    n"
        + "".join("  " + "".join(f"{name:>{column - 1}} " for name, _ in systems) for _ in measures),
    ]
    for slice_name, ids in slices.items():
        line = f"{slice_name:<{width}}{len(ids):5d}"
        for measure in measures:
            values = [
                f"{mean({q: scores[q] for q in ids}, measure):.3f}".replace("0.", ".", 1) for _, scores in systems
            ]
            best = max(values, key=float)
            marks = ["*" if value == best and len(set(values)) > 1 else " " for value in values]
            line += "  " + "".join(f"{value:>{column - 1}}{mark}" for value, mark in zip(values, marks, strict=True))
        lines.append(line)
    return "\n".join(line.rstrip() for line in lines)


def abstention(name: str, found: Errors) -> str:
    """For example "dev half: 26 of 28 unanswerable abstain (near 14 of 16, far 12 of 12); 2 of 123 answerable do"."""
    return (
        f"{name}: {found.refused_near + found.refused_far} of {found.near + found.far} unanswerable abstain "
        f"(near {found.refused_near} of {found.near}, far {found.refused_far} of {found.far}); "
        f"{found.refused_answerable} of {found.answerable} answerable do"
    )
