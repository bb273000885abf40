"""The measures, by ir-measures (MacAvaney et al. 2022). Every value is per query, from 0 to 1, higher is better."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from eval.trec import Qrels, Run

MEASURES: Mapping[str, str] = {
    "MRR@10": "RR(rel=2)@10",
    "hit@1": "Success(rel=2)@1",
    "nDCG@10": "nDCG@10",
    "Recall@10": "R(rel=2)@10",
    "Recall@100": "R(rel=2)@100",
}
"""Our name → that of ir-measures. Only nDCG counts what merely touches the query (grade 1)."""

Scores = dict[str, dict[str, float]]
"""Query → measure → value."""


def score(qrels: Qrels, run: Run) -> Scores:
    """Every measure for every judged query, in the order of the judgements; 0 where the run has nothing for it."""
    import ir_measures

    measures = _measures()
    judgements = [
        ir_measures.Qrel(query, name, grade) for query, grades in qrels.items() for name, grade in grades.items()
    ]
    rankings = [ir_measures.ScoredDoc(query, name, value) for query in qrels for name, value in run.get(query, ())]
    scores: Scores = {query: dict.fromkeys(MEASURES, 0.0) for query in qrels}
    if not judgements or not rankings:
        return scores
    names = {measure: name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(names), judgements, rankings):
        scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return scores


def mean(scores: Scores, measure: str) -> float:
    """The mean over the queries. Raises ValueError when there are none: no mean is not a mean of 0."""
    if not scores:
        raise ValueError(f"no queries, so no {measure}")
    return sum(values[measure] for values in scores.values()) / len(scores)


@cache
def _measures() -> Mapping[str, Any]:
    import ir_measures

    return {name: ir_measures.parse_measure(text) for name, text in MEASURES.items()}
