"""Judgements and rankings in the files of the Text REtrieval Conference, so that any tool can score us and we any tool.

qrels   QUERY 0 DOCNO GRADE
run     QUERY Q0 DOCNO RANK SCORE TAG
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.errors import VraagbaakError

if TYPE_CHECKING:
    from index.records import Document, Exchange

Qrels = dict[str, dict[str, int]]
"""Query → docno → grade; what is absent is not relevant."""

Run = dict[str, list[tuple[str, float]]]
"""Query → (docno, score), best first and no two scores alike within a query."""


class BadTrecFile(VraagbaakError):
    """A qrels or run file that does not follow the format."""


def docno(document: str, exchange: int) -> str:
    """The name of an exchange in TREC files: "DOCUMENT#PLACE", percent-encoded: the format allows no white space."""
    return f"{quote(document, safe='')}#{exchange}"


def docno_of(document: Document, exchange: Exchange | None) -> str:
    """The name of an exchange of a document; empty for text of none."""
    return "" if exchange is None else docno(document.id, document.exchanges.index(exchange))


def ranked(scores: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Order by score, equal scores by docno, and make the scores strictly decreasing so that every tool agrees.

    Scoring tools break ties each in their own way; a run that leaves here has none. The scores become 1 + the number of
    docnos that rank below.
    """
    ordered = sorted(scores, key=lambda pair: (-pair[1], pair[0]))
    return [(name, float(len(ordered) - place)) for place, (name, _) in enumerate(ordered)]


def listed(names: Sequence[str]) -> list[tuple[str, float]]:
    """The same for a ranking whose ties were broken by whoever made it: the order is kept."""
    return [(name, float(len(names) - place)) for place, name in enumerate(names)]


def write(folder: Path, name: str, qrels: Qrels, runs: Iterable[tuple[str, Run]]) -> None:
    """NAME.qrels, and NAME.SYSTEM.run for each system that ran."""
    folder.mkdir(parents=True, exist_ok=True)
    write_qrels(folder / f"{name}.qrels", qrels)
    for system, ranking in runs:
        write_run(folder / f"{name}.{system}.run", ranking, system)


def write_qrels(path: Path, qrels: Qrels) -> None:
    _write(path, (f"{query} 0 {name} {grade}" for query, grades in qrels.items() for name, grade in grades.items()))


def write_run(path: Path, run: Run, tag: str) -> None:
    _write(
        path,
        (
            f"{query} Q0 {name} {rank} {score:g} {quote(tag, safe='')}"
            for query, found in run.items()
            for rank, (name, score) in enumerate(found, 1)
        ),
    )


def read_qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    for number, (query, _, name, grade) in _rows(path, 4):
        try:
            qrels.setdefault(query, {})[name] = int(grade)
        except ValueError as error:
            raise _bad(path, number, f"the grade {grade!r} is no whole number") from error
    if not qrels:
        raise BadTrecFile(f"{path} holds no judgement: name a file of qrels")
    return qrels


def read_run(path: Path) -> Run:
    """Read any tool's run. The order is that of the scores, ties broken by docno; the rank column is not believed."""
    scores: dict[str, dict[str, float]] = {}
    for number, (query, _, name, _, score, _) in _rows(path, 6):
        found = scores.setdefault(query, {})
        if name in found:
            raise _bad(path, number, f"{name} is ranked twice for query {query}")
        try:
            found[name] = float(score)
        except ValueError as error:
            raise _bad(path, number, f"the score {score!r} is no number") from error
        if not isfinite(found[name]):
            raise _bad(path, number, f"the score {score!r} cannot be ordered")
    return {query: ranked(found.items()) for query, found in scores.items()}


def _rows(path: Path, fields: int) -> Iterable[tuple[int, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadTrecFile(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = line.split()
        if len(row) != fields:
            raise _bad(path, number, f"{len(row)} fields instead of {fields}")
        yield number, row


def _bad(path: Path, number: int, cause: str) -> BadTrecFile:
    return BadTrecFile(f"{path}, line {number}: {cause}; see eval/trec.py for the format")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
