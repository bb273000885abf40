"""Whether the search may be committed: eval/baseline.json against a run of today."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.compare import COMPARED, compare
from eval.report import Report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASELINE = Path(__file__).resolve().parent / "baseline.json"
_UNIT = 1e-3
"""How far from 1 the length of a stored vector may be; rounding moves it by a thousandth of that."""


def reasons(new: Report, baseline: Report) -> list[str]:
    """Why the run does not pass; nothing when it does.

    It fails when it is not comparable (other queries, other judgements, another haystack) and when any measure, of
    any slice or of all, lost more than luck explains.
    """
    return [*_incomparable(new, baseline), *(str(change) for change in compare(new, baseline) if change.loss)]


def crooked(vectors: NDArray[np.floating[Any]]) -> list[str]:
    """Why vectors cannot be searched by inner product: their length is not 1. Shape (passages, dimension)."""
    import numpy as np

    lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= _UNIT))  # so written that a length that is no number counts
    if not len(wrong):
        return []
    first = f"the first (row {wrong[0]}) of {lengths[wrong[0]]:.3f}"
    return [f"{len(wrong)} of {len(vectors)} vectors are not of length 1, {first}"]


def as_baseline(report: Report) -> Report:
    """What of a report a later run is compared with: no rankings, no quotes, no curves, nothing of the machine."""
    kept = ("id", "query", "language", "style", "half", "parties", "relevance", "expected", "abstained")
    return {
        "format": report["format"],
        "haystack": report["haystack"],
        "per_query": [{name: _rounded(row[name]) for name in kept} | _compared(row) for row in report["per_query"]],
    }


def write_baseline(path: Path, report: Report) -> None:
    """Write what of a report is kept, one query a line, so that a new baseline can be read as a difference."""
    kept = as_baseline(report)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in kept.pop("per_query"))
    path.write_text(f'{json.dumps(kept)[:-1]}, "per_query": [\n{rows}\n]}}\n', encoding="utf-8")


def _incomparable(new: Report, baseline: Report) -> list[str]:
    found = []
    for name, count in baseline["haystack"].items():
        if name != "passages" and new["haystack"][name] != count:
            found.append(f"the haystack has {new['haystack'][name]} {name}, the baseline's {count}")
    news = {row["id"]: row for row in new["per_query"]}
    missing = [row for row in baseline["per_query"] if row["id"] not in news]
    if missing:
        languages = ", ".join(f"{n} {name}" for name, n in sorted(Counter(row["language"] for row in missing).items()))
        found.append(f"{len(missing)} queries of the baseline were not run ({languages})")
    asked = ("query", "parties", "relevance")
    other = [
        row["id"]
        for row in baseline["per_query"]
        if row["id"] in news and any(row[name] != news[row["id"]][name] for name in asked)
    ]
    if other:
        found.append(f"{len(other)} queries are asked or judged otherwise than in the baseline, the first {other[0]}")
    return found


def _compared(row: Report) -> Report:
    return {"scores": {system: _rounded({m: values[m] for m in COMPARED}) for system, values in row["scores"].items()}}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return value
