"""The figures of a run as JSON: one object, with every query's outcome."""

from __future__ import annotations

from typing import Any

from eval.abstention import errors
from eval.gold import Half
from eval.metrics import MEASURES, mean
from eval.slices import kinds
from eval.suite import Measured, Observation, System


def as_json(measured: Measured) -> dict[str, Any]:
    """Figures per slice and system, abstention per half, and each query with what was expected and what came."""
    answerable = [query for query in measured.queries if query.answerable]
    slices = kinds(answerable) | {"all": [query.id for query in answerable]}
    return {
        "format": 1,
        "queries": len(measured.observations),
        "slices": {
            name: {
                "queries": len(ids),
                **{
                    system: {
                        measure: mean({query: measured.scores[system][query] for query in ids}, measure)
                        for measure in MEASURES
                    }
                    for system in System
                },
            }
            for name, ids in slices.items()
            if ids
        },
        "abstention": {half: _abstention(measured.part(half)) for half in Half},
        "per_query": [_query(measured, observation) for observation in measured.observations],
    }


def _abstention(part: Measured) -> dict[str, float]:
    found = errors(part.observations)
    return {
        "answerable": found.answerable,
        "unanswerable": found.near + found.far,
        "false_refusals": found.false_refusals,
        "false_answers": found.false_answers,
    }


def _query(measured: Measured, observation: Observation) -> dict[str, Any]:
    query = observation.query
    return {
        "id": query.id,
        "query": query.query,
        "language": query.language,
        "style": query.style,
        "half": query.half,
        "parties": list(query.parties),
        "expected": measured.qrels.get(query.id, {}),
        "abstained": observation.abstained,
        "confidence": observation.confidence,
        "found": {system: list(observation.found[system][:10]) for system in System},
        "scores": {system: measured.scores[system][query.id] for system in System} if query.answerable else {},
        "quoted": [{"text": q.text, "docno": q.docno, "verbatim": q.verbatim} for q in observation.quoted],
    }
