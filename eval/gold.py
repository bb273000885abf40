"""The queries that were judged by hand; eval/gold/README.md says how."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from eval.trec import Qrels, docno
from index.errors import VraagbaakError
from index.records import Document

SEED_QUERIES = Path(__file__).resolve().parent / "gold" / "seed.jsonl"
SEED_REFERENCE = "DGED-DE / 98731685"
"""The kenmerk of the letter that the seed queries are about."""

ANSWERS, TOUCHES = 2, 1
"""The grades of relevance: the exchange answers the query, or touches its subject."""


class BadGold(VraagbaakError):
    """A gold set that cannot be used as it stands."""


class Language(StrEnum):
    """Of a query, not of what it finds."""

    DUTCH = "nl"
    ENGLISH = "en"
    MIXED = "mixed"


class Style(StrEnum):
    """How a query is put, or, for the last two, how far from the documents it is."""

    QUESTION = "question"
    KEYWORDS = "keywords"
    ABBREVIATION = "abbreviation"
    TYPO = "typo"
    TWO_ANSWERS = "two-answers"
    PARTY = "party"
    NONE_NEAR = "none-near"
    NONE_FAR = "none-far"


class Half(StrEnum):
    """What a query may be used for: choosing settings, or reporting only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class GoldQuery:
    """A query and what answers it: question number of the letter to grade; nothing where the letter has no answer.

    `need` ties a Dutch and an English query for the same information. `parties` is an explicit filter.
    """

    id: str
    query: str
    language: Language
    style: Style
    half: Half
    relevance: Mapping[int, int] = field(default_factory=dict)
    parties: tuple[str, ...] = ()
    need: str | None = None

    @property
    def answerable(self) -> bool:
        return bool(self.relevance)

    @property
    def kind(self) -> str:
        """Style and language, as the tables name it: "question · nl"."""
        return f"{self.style} · {self.language}"


def load(path: Path = SEED_QUERIES) -> tuple[GoldQuery, ...]:
    """Read a gold set, one JSON object a line. Raises BadGold with the line at fault."""
    queries: list[GoldQuery] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadGold(f"{path} cannot be read ({error.strerror}): name a file of queries with --gold") from error
    if not any(map(str.strip, lines)):
        raise BadGold(f"{path} holds no query: write one JSON object a line, as eval/gold/README.md tells")
    for number, line in enumerate(lines, 1):
        try:
            queries.append(_query(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadGold(f"{path}, line {number}: {error!r}; see eval/gold/README.md for the fields") from error
    twice = {query.id for query in queries if sum(other.id == query.id for other in queries) > 1}
    if twice:
        raise BadGold(f"{path}: more than one query is called {', '.join(sorted(twice))}; give each its own id")
    return tuple(queries)


def letter(documents: Iterable[Document]) -> Document:
    """The letter that the seed queries are about. Raises BadGold when it is not there, or is there twice."""
    found = [document for document in documents if document.reference == SEED_REFERENCE]
    if len(found) != 1:
        raise BadGold(
            f"the letter with kenmerk {SEED_REFERENCE!r} is {len(found)} times in the index, not once: measure an "
            "index of data/documents (`python -m eval` builds one when --index is left out)"
        )
    return found[0]


def judge(queries: Sequence[GoldQuery], document: Document) -> Qrels:
    """The queries' relevance by exchange of the document: an exchange has the best grade of its questions.

    Queries without an answer have no judgements. Raises BadGold for a number that the document does not have.
    """
    exchanges = {number: place for place, exchange in enumerate(document.exchanges) for number in exchange.numbers}
    qrels: Qrels = {}
    for query in queries:
        grades: dict[str, int] = {}
        for number, grade in query.relevance.items():
            if number not in exchanges:
                raise BadGold(f"query {query.id} expects question {number}, which {document.filename} does not have")
            name = docno(document.id, exchanges[number])
            grades[name] = max(grade, grades.get(name, 0))
        if grades:
            qrels[query.id] = grades
    return qrels


def _query(fields: dict[str, Any]) -> GoldQuery:
    relevance = {int(number): int(grade) for number, grade in fields["relevance"].items()}
    if not set(relevance.values()) <= {TOUCHES, ANSWERS}:
        raise ValueError(f"grades are {TOUCHES} and {ANSWERS}, not {sorted(set(relevance.values()))}")
    style = Style(fields["style"])
    if relevance and ANSWERS not in relevance.values():
        raise ValueError("a query that can be answered has at least one exchange that answers it")
    if bool(relevance) == (style in {Style.NONE_NEAR, Style.NONE_FAR}):
        raise ValueError(f"style {style} and relevance {relevance} contradict each other")
    return GoldQuery(
        id=fields["id"],
        query=fields["query"],
        language=Language(fields["language"]),
        style=style,
        half=Half(fields["half"]),
        relevance=relevance,
        parties=tuple(fields["parties"]),
        need=fields.get("need"),
    )
