"""The figures of a run as one JSON object, with every query's outcome. The HTML page and comparisons are made from it.

format      1
facts       machine, versions, model, index
haystack    documents, exchanges, passages
exchanges   docno → what a reader calls it
slices      group → slice → {queries, systems: {system → {measure → [mean, low, high]}},
            against: {system → {measure → [difference of hybrid, low, high, p, p corrected for all slices]}}}
behind      where the hybrid's nDCG@10 is below that of a half: [{group, slice, system, difference, p}], p corrected
parity      system → measure → [English less Dutch, low, high, p, pairs]
abstention  {threshold, allowed, area: {half}, roc: {half: [[threshold, false refusals, false answers]]},
            errors: {half: {as shipped | calibrated: {...}}}}
answers     {queries, quotes, not_verbatim: [ids], from_an_answer (the first sentence is), sentences_from_an_answer (the
                share that is, per query), labelled, first_answers, any_answers: [mean, low, high],
                halves: {half: the same}}
ablations   the table of `python -m eval ablate --json`, where one was given
per_query   one object a query: what was expected, what came, what each system scored
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import answers, slices
from eval.abstention import Errors, area, calibrate, errors, roc
from eval.gold import ANSWERS, Half, letter
from eval.metrics import MEASURES
from eval.parity import pairs, parity
from eval.stats import Interval, difference, holm, interval
from eval.suite import Measured, Observation, System
from eval.trec import docno
from index.errors import VraagbaakError
from index.records import Exchange

FORMAT = 1
REFUSALS_ALLOWED = 0.03
"""The share of answerable queries that the calibrated threshold may refuse on the development half."""

Report = dict[str, Any]


class BadReport(VraagbaakError):
    """A file that is no report of `python -m eval --json`, or of another format."""


def as_json(measured: Measured, *, facts: Mapping[str, object] | None = None, passages: int | None = None) -> Report:
    """All figures of a run. `facts` tells on what machine and with what model it was made."""
    figures = _slices(measured)
    return outcomes(measured, passages=passages) | {
        "facts": dict(facts or {}),
        "exchanges": _labels(measured),
        "slices": figures,
        "behind": _behind(figures),
        "parity": _parity(measured),
        "abstention": _abstention(measured),
        "answers": _answers(measured),
    }


def outcomes(measured: Measured, *, passages: int | None = None) -> Report:
    """What came of every query, without any mean or interval: all that two runs need to be compared."""
    return {
        "format": FORMAT,
        "haystack": {
            "documents": len(measured.documents),
            "exchanges": sum(len(document.exchanges) for document in measured.documents),
            "passages": passages,
        },
        "per_query": [_query(measured, observation) for observation in measured.observations],
    }


def read(path: Path) -> Report:
    """Read a report. Raises BadReport for anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] == FORMAT and isinstance(found["per_query"], list):
            return dict(found)
        cause = f"its format is {found['format']!r}, not {FORMAT}"
    except (OSError, ValueError, KeyError, TypeError) as error:
        cause = f"{type(error).__name__}: {error}"
    raise BadReport(f"{path} is no report of this version ({cause}): make one with `python -m eval --json {path}`")


def read_ablations(path: Path) -> Report:
    """Read the table of `python -m eval ablate --json`. Raises BadReport for anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["rows"][0]["against"] and isinstance(found["verdict"], str):
            return dict(found)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise BadReport(f"{path} is no table of `python -m eval ablate --json` ({error!r}): make one") from error
    raise BadReport(f"{path} is no table of `python -m eval ablate --json`: make one")


def write(path: Path, report: object) -> None:
    """Write a report, or other figures, as JSON."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def groups(measured: Measured) -> dict[str, slices.Slices]:
    """Every way of slicing the answerable queries that the report shows."""
    queries = [query for query in measured.queries if query.answerable]
    document = letter(measured.documents)
    every = {f"{half} half": [q.id for q in queries if q.half is half] for half in Half}
    every["all"] = [q.id for q in queries]
    return {
        "all": {name: ids for name, ids in every.items() if ids},
        "language": slices.languages(queries),
        "style": slices.styles(queries),
        "kind": slices.kinds(queries),
        "party": slices.parties(queries, document),
        "length of the answer": slices.answer_lengths(queries, document),
    }


def _slices(measured: Measured) -> Report:
    found: Report = {}
    # Two families of comparisons: the whole set and its halves, and the slices; many slices must not hide the whole.
    families: tuple[list[list[float]], list[list[float]]] = ([], [])
    for group, members in groups(measured).items():
        found[group] = {}
        for name, ids in members.items():
            figures = halves_compared({s: [measured.scores[s][q] for q in ids] for s in System})
            for measures in figures["against"].values():
                families[group != "all"].extend(measures.values())
            found[group][name] = {"queries": len(ids)} | figures
    correct(families)
    return found


def halves_compared(scores: Mapping[System, Sequence[Mapping[str, float]]]) -> Report:
    """What each system scores on some queries, and the hybrid less each of its halves; the latter to be corrected."""
    values = {s: {m: [row[m] for row in scores[s]] for m in MEASURES} for s in System}
    against: dict[System, dict[str, list[float]]] = {}
    for system in (System.DENSE, System.LEXICAL):
        spreads = {m: difference(values[System.HYBRID][m], values[system][m]) for m in MEASURES}
        against[system] = {m: [spread.mean, spread.low, spread.high, spread.p] for m, spread in spreads.items()}
    means = {s: {m: _bounds(interval(values[s][m])) for m in MEASURES} for s in System}
    return {"systems": means, "against": against}


def correct(families: Iterable[Sequence[list[float]]]) -> None:
    """Append to each comparison its chance, which comes last, corrected for the others of its family."""
    for family in families:
        for row, corrected in zip(family, holm([row[3] for row in family]), strict=True):
            row.append(corrected)


def _behind(figures: Report) -> list[Report]:
    """Where the hybrid is behind one of its halves, by more than half a thousandth."""
    return [
        {"group": group, "slice": name, "system": system, "difference": gain, "p": p}
        for group, members in figures.items()
        for name, row in members.items()
        for system, measures in row["against"].items()
        for gain, _, _, _, p in [measures["nDCG@10"]]
        if gain < -5e-4
    ]


def _labels(measured: Measured) -> Report:
    """Docno → what a reader calls the exchange, for those that are expected or were found first."""
    named = {name for grades in measured.qrels.values() for name in grades}
    named |= {name for o in measured.observations for found in o.found.values() for name in found[:10]}
    return {
        name: _label(exchange)
        for document in measured.documents
        for place, exchange in enumerate(document.exchanges)
        if (name := docno(document.id, place)) in named
    }


def _label(exchange: Exchange) -> str:
    """For example "question 2, 3 · VVD"."""
    parties = ", ".join(dict.fromkeys(asker.party for asker in exchange.askers))
    return f"question {', '.join(map(str, exchange.numbers))}" + (f" · {parties}" if parties else "")


def _parity(measured: Measured) -> Report:
    queries = [query for query in measured.queries if query.answerable]
    return {
        system: {
            measure: [found.mean, found.low, found.high, found.p, len(pairs(queries))]
            for measure in MEASURES
            if (found := parity(queries, measured.scores[system], measure)) is not None
        }
        for system in System
    }


def _abstention(measured: Measured) -> Report:
    halves = {half: measured.part(half).observations for half in Half}
    curves = {half: roc(observations) for half, observations in halves.items()}
    threshold = calibrate(halves[Half.DEV], refusals=REFUSALS_ALLOWED) if halves[Half.DEV] else None
    return {
        "threshold": threshold,
        "allowed": REFUSALS_ALLOWED,
        "area": {half: area(curve) for half, curve in curves.items() if curve},
        "roc": {
            half: [[p.threshold, p.false_refusals, p.false_answers] for p in curve] for half, curve in curves.items()
        },
        "errors": {
            half: {"as shipped": _counts(errors(observations))}
            | ({} if threshold is None else {"calibrated": _counts(errors(observations, threshold))})
            for half, observations in halves.items()
            if observations
        },
    }


def _counts(found: Errors) -> Report:
    return {
        "answerable": found.answerable,
        "near": found.near,
        "far": found.far,
        "refused_answerable": found.refused_answerable,
        "refused_near": found.refused_near,
        "refused_far": found.refused_far,
        "false_refusals": found.false_refusals,
        "false_answers": found.false_answers,
    }


def _answers(measured: Measured) -> Report:
    """Of the answers given: are they verbatim, from an exchange that answers, and, where labelled, do they answer?"""
    labels = answers.load()
    return _answers_of(measured, labels) | {
        "halves": {half: _answers_of(part, labels) for half in Half if (part := measured.part(half)).observations}
    }


def _answers_of(measured: Measured, labels: Mapping[str, tuple[str, ...]]) -> Report:
    judged = [mark for o in measured.observations if (mark := answers.answering(o, labels)) is not None]
    quoting = [o for o in measured.observations if o.quoted]
    grades = [
        [float(measured.qrels[o.query.id].get(quoted.docno, 0) == ANSWERS) for quoted in o.quoted]
        for o in quoting
        if o.query.answerable
    ]
    return {
        "queries": len(quoting),
        "quotes": sum(len(o.quoted) for o in quoting),
        "not_verbatim": [o.query.id for o in quoting if not all(quoted.verbatim for quoted in o.quoted)],
        "from_an_answer": _bounds(interval([found[0] for found in grades])) if grades else None,
        "sentences_from_an_answer": _bounds(interval([sum(found) / len(found) for found in grades]))
        if grades
        else None,
        "labelled": len(judged),
        "first_answers": _bounds(interval([float(first) for first, _ in judged])) if judged else None,
        "any_answers": _bounds(interval([float(some) for _, some in judged])) if judged else None,
    }


def _query(measured: Measured, observation: Observation) -> Report:
    query = observation.query
    return {
        "id": query.id,
        "query": query.query,
        "language": query.language,
        "style": query.style,
        "half": query.half,
        "parties": list(query.parties),
        "relevance": {str(number): grade for number, grade in query.relevance.items()},
        "expected": measured.qrels.get(query.id, {}),
        "abstained": observation.abstained,
        "confidence": observation.confidence,
        "found": {system: list(observation.found[system][:10]) for system in System},
        "scores": {system: measured.scores[system][query.id] for system in System} if query.answerable else {},
        "quoted": [{"text": q.text, "docno": q.docno, "verbatim": q.verbatim} for q in observation.quoted],
    }


def _bounds(found: Interval) -> list[float]:
    return [found.mean, found.low, found.high]
