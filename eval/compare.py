"""Two runs of the suite on the same queries: what became better or worse, beyond luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report import Report
from eval.stats import Difference, difference, holm
from eval.suite import System

ALPHA = 0.05
_WHOLE = ("all", System.HYBRID)
COMPARED = ("MRR@10", "hit@1", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Change:
    """One measure of one slice in two runs; `p` is corrected for the other comparisons of its family."""

    slice: str
    system: str
    measure: str
    old: float
    new: float
    difference: Difference
    p: float

    @property
    def significant(self) -> bool:
        return self.p < ALPHA

    @property
    def loss(self) -> bool:
        return self.significant and self.difference.mean < 0

    def __str__(self) -> str:
        word = ("better" if self.difference.mean > 0 else "worse") if self.significant else "no significant change"
        return (
            f"{self.slice}, {self.system}, {self.measure}: {self.old:.3f} → {self.new:.3f} "
            f"({self.difference.mean:+.3f}, 95% {self.difference.low:+.3f} to {self.difference.high:+.3f}, "
            f"p {self.p:.4f}): {word}"
        )


def compare(new: Report, old: Report) -> list[Change]:
    """Every slice that both runs have, over the queries that both have.

    Two families, each with Holm's correction of its own: the hybrid ranking over all queries, which is what is
    shipped, and everything else; so that many slices do not hide a loss in the whole.
    """
    news = {row["id"]: row for row in new["per_query"]}
    olds = {row["id"]: row for row in old["per_query"]}
    shared = [query for query in olds if query in news]
    found: list[tuple[str, str, str, list[float], list[float]]] = []
    for name, ids in _slices([olds[query] for query in shared]).items():
        for system in System:
            for measure in COMPARED:
                rows = [q for q in ids if news[q]["scores"] and olds[q]["scores"]]
                if rows:
                    after, before = (
                        [round(runs[q]["scores"][system][measure], 6) for q in rows] for runs in (news, olds)
                    )
                    found.append((name, system, measure, after, before))
    answerable = [query for query in shared if olds[query]["expected"]]
    for name, ids in {
        "answerable": answerable,
        "unanswerable": [q for q in shared if q not in set(answerable)],
    }.items():
        if ids:
            right = [[float(row[q]["abstained"] != bool(row[q]["expected"])) for q in ids] for row in (news, olds)]
            found.append((name, "search", "rightly silent or not", right[0], right[1]))
    differences = [difference(after, before) for *_, after, before in found]
    chances = [0.0] * len(found)
    for whole in (True, False):
        family = [i for i, (name, system, *_) in enumerate(found) if ((name, system) == _WHOLE) is whole]
        for i, p in zip(family, holm([differences[i].p for i in family]), strict=True):
            chances[i] = p
    return [
        Change(name, system, measure, sum(before) / len(before), sum(after) / len(after), spread, p)
        for (name, system, measure, after, before), spread, p in zip(found, differences, chances, strict=True)
    ]


def text(changes: Sequence[Change]) -> str:
    """The changes worth reading: those beyond luck, and the overall means."""
    shown = [change for change in changes if change.significant or (change.slice, change.system) == _WHOLE]
    lines = [f"{'*' if change.significant else ' '} {change}" for change in shown]
    return "\n".join([*lines, f"{len(changes)} comparisons, p corrected by Holm; * is beyond luck"])


def _slices(rows: Sequence[Report]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"all": []}
    for row in rows:
        if row["expected"]:
            found["all"].append(row["id"])
            found.setdefault(f"language {row['language']}", []).append(row["id"])
            found.setdefault(f"style {row['style']}", []).append(row["id"])
    return found
