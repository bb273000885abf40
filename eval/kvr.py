"""Kamervragen of 1984–2008 (KVR): nothing is judged by hand; what belongs together in a record is the truth.

    question → its answer      title, abstract, keywords → the document

Only answers are indexed, without title or question: with them the query itself would stand in the haystack.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from eval.facts import cores
from eval.gold import ANSWERS
from eval.metrics import MEASURES, Scores, score
from eval.report import FORMAT, Report, correct, halves_compared
from eval.suite import Searching, System
from eval.table import grid
from eval.trec import Qrels, Run, docno, listed
from index.errors import VraagbaakError
from index.records import Asker, Document, Exchange, Kind, Minister, Span

DEPTH = 100
"""How far down a ranking is kept: Recall@100 is the deepest measure."""
_SHORTEST = 20
"""Characters of a question, title or abstract; "Zo neen, waarom niet?" asks for nothing by itself, nor does less."""


class BadRecords(VraagbaakError):
    """A file that does not hold KVR records."""


class Task(StrEnum):
    """What is asked with, and so what is to be found."""

    QUESTION = "question → answer"
    TITLE = "title → document"
    ABSTRACT = "abstract → document"
    KEYWORDS = "keywords → document"


@dataclass(frozen=True, slots=True)
class Record:
    """One document of the collection. Questions and answers are (numbers, text); a joint answer has several numbers."""

    id: str
    year: int | None
    title: str
    abstract: str
    keywords: str
    ministry: str
    askers: tuple[Asker, ...]
    questions: tuple[tuple[tuple[int, ...], str], ...]
    answers: tuple[tuple[tuple[int, ...], str], ...]


@dataclass(frozen=True, slots=True)
class TaskRun:
    """One task: its judgements, and per system the rankings and their scores."""

    queries: Mapping[str, str]
    qrels: Qrels
    runs: Mapping[System, Run]
    scores: Mapping[System, Scores]


def load(path: Path) -> list[Record]:
    """Read records, one JSON object a line, gzipped; those without an answer are left out. Raises BadRecords."""
    records = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = _record(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise BadRecords(
                        f"{path}, line {number}: {error!r}; see ../shared/DATA.md for the fields"
                    ) from error
                if record.answers:
                    records.append(record)
    except OSError as error:
        raise BadRecords(f"{path} cannot be read ({error}): name the records with --data") from error
    return records


def document(record: Record) -> Document:
    """The record's answers as a document: its text is the answers, one exchange each; nothing that is asked with."""
    parts, exchanges, start = [], [], 0
    for numbers, text in record.answers:
        parts.append(text)
        exchanges.append(Exchange(numbers, record.askers, (), Span(start, start + len(text))))
        start += len(text) + 2
    text = "\n\n".join(parts)
    return Document(
        id=record.id,
        filename=f"{record.id}.json",
        sha256=hashlib.sha256(f"{record.id}\n{text}".encode()).hexdigest(),
        title="",
        kind=Kind.KAMERVRAGEN,
        dossier=None,
        reference=record.id,
        asked_on=None,
        answered_on=date(record.year, 12, 31) if record.year else None,
        ministers=(Minister(None, "minister", record.ministry),),
        text=text,
        page_starts=(),
        exchanges=tuple(exchanges),
    )


def tasks(records: Sequence[Record], *, sample: int | None = None) -> dict[Task, tuple[dict[str, str], Qrels]]:
    """Queries and judgements of each task, at most `sample` of each: those whose ids hash lowest, always the same."""
    found: dict[Task, tuple[dict[str, str], Qrels]] = {}
    for task in Task:
        queries: dict[str, str] = {}
        qrels: Qrels = {}
        for record in records:
            for name, text, truth in _asked(task, record):
                queries[name], qrels[name] = text, {truth: ANSWERS}
        kept = sorted(queries, key=lambda name: hashlib.sha256(name.encode()).digest())[:sample]
        found[task] = {name: queries[name] for name in kept}, {name: qrels[name] for name in kept}
    return found


def run(
    searcher: Searching,
    asked: Mapping[Task, tuple[Mapping[str, str], Qrels]],
    *,
    progress: Callable[[int], object] | None = None,
) -> dict[Task, TaskRun]:
    """Put every query to the search, from several threads, cut the rankings at DEPTH, and score them.

    Left out are tasks without a query; raises BadRecords where all are.
    """
    found = {}
    for task, (queries, qrels) in asked.items():
        if not queries:
            continue
        runs: dict[System, Run] = {system: {} for system in System}
        with ThreadPoolExecutor(cores()) as pool:
            ranked = pool.map(partial(_ranked, searcher, task), queries.values())
            for name, rankings in zip(queries, ranked, strict=True):
                for system in System:
                    runs[system][name] = rankings[system]
                if progress is not None:
                    progress(1)
        found[task] = TaskRun(queries, qrels, runs, {system: score(qrels, ranking) for system, ranking in runs.items()})
    if not found:
        raise BadRecords("nothing can be asked about these records: take more of them with --documents")
    return found


def _ranked(searcher: Searching, task: Task, text: str) -> dict[System, list[tuple[str, float]]]:
    """One query's ranking by each system, named as the task's judgements name what they judge."""
    rankings = searcher.rankings(text)
    return {system: listed(_names(task, (key for key, _ in rankings[system]))) for system in System}


def as_json(found: Mapping[Task, TaskRun], facts: Mapping[str, object], haystack: Mapping[str, int]) -> Report:
    """The figures of every task, as in `eval.report`; the differences of each measure corrected over the tasks."""
    report: Report = {"format": FORMAT, "facts": dict(facts), "haystack": dict(haystack), "tasks": {}}
    families: dict[str, list[list[float]]] = {measure: [] for measure in MEASURES}
    for task, result in found.items():
        figures = halves_compared({s: list(result.scores[s].values()) for s in System})
        for measures in figures["against"].values():
            for measure, row in measures.items():
                families[measure].append(row)
        report["tasks"][task] = {"queries": len(result.queries)} | figures
    correct(families.values())
    return report


def table(found: Mapping[Task, TaskRun]) -> str:
    """Tasks down, measures and systems across."""
    scores: dict[System, Scores] = {system: {} for system in System}
    for result in found.values():
        for system in System:
            scores[system] |= result.scores[system]
    slices = {str(task): list(result.queries) for task, result in found.items()}
    return grid(slices, [(str(system), scores[system]) for system in System], tuple(MEASURES))


def told(report: Report) -> str:
    """Where the hybrid gains on its halves and where it loses to them, task by task."""
    lines = []
    for task, row in report["tasks"].items():
        for system, measures in row["against"].items():
            gain, low, high, _, p = measures["MRR@10"]
            word = ("better" if gain > 0 else "WORSE") if p < 0.05 else "no significant difference"
            spread = f"{gain:+.3f} MRR@10 ({low:+.3f} to {high:+.3f}, p {p:.4f})"
            lines.append(f"{task}: hybrid less {system} {spread}: {word}")
    return "\n".join(lines)


def _asked(task: Task, record: Record) -> Iterable[tuple[str, str, str]]:
    if task is Task.QUESTION:
        for place, (numbers, text) in enumerate(record.questions):
            answered = [i for i, (joint, _) in enumerate(record.answers) if set(numbers) & set(joint)]
            # Numbers that stand twice in a record do not tell which answer is meant.
            if len(answered) == 1 and len(text) >= _SHORTEST:
                yield f"{record.id}-q{place}", text, docno(record.id, answered[0])
        return
    text = {Task.TITLE: record.title, Task.ABSTRACT: record.abstract, Task.KEYWORDS: record.keywords}[task]
    if len(text) >= (3 if task is Task.KEYWORDS else _SHORTEST):
        yield f"{record.id}-{task.name.lower()}", text, record.id


def _names(task: Task, keys: Iterable[tuple[str, int]]) -> list[str]:
    """The first DEPTH exchanges, or documents by their best exchange."""
    names: dict[str, None] = {}
    for key in keys:
        names.setdefault(docno(*key) if task is Task.QUESTION else key[0])
        if len(names) == DEPTH:
            break
    return list(names)


def _record(fields: dict[str, Any]) -> Record:
    return Record(
        id=str(fields["id"]),
        year=int(year[0]) if (year := re.findall(r"(?:19|20)\d\d", fields["year"])) else None,
        title=fields["title"] or "",
        abstract=fields["inhoud"] or "",
        keywords=fields["tref"] or "",
        ministry=fields["min"] or "",
        askers=tuple(Asker(party or "", member) for member, party in fields["vragers"]),
        questions=_numbered(fields["vragen"]),
        answers=_numbered(fields["antwoorden"]),
    )


def _numbered(parts: Iterable[dict[str, str]]) -> tuple[tuple[tuple[int, ...], str], ...]:
    return tuple((_numbers(part["nr"]), part["t"].strip()) for part in parts if part["t"].strip())


def _numbers(text: str) -> tuple[int, ...]:
    """ "2, 3 en 4" and "2 t/m 4" are both 2, 3, 4."""
    numbers: list[int] = []
    for match in re.finditer(r"(\d+)(?:\s*(?:t/m|tot en met|[-–])\s*(\d+))?", text or ""):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        numbers += range(first, min(last, first + 50) + 1)
    return tuple(numbers)
