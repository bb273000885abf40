"""An archive of Kamervragen, asked as people ask: what comes first, and what gets silence, among few letters and many.

The 230 queries of `gold/archive.json` are by somebody who read 450 records of KVR and had never seen a search among
them; 40 are about what none of the records treats. `expected` names the documents that answer, each with the numbers of
the questions whose answers do; no number means any.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.corpus import Corpus

if TYPE_CHECKING:
    from index.records import Document
    from retrieval import Searcher
    from retrieval.results import Hit

QUERIES = Path(__file__).resolve().parent / "gold" / "archive.json"
SIZES = (50, 150, 450)
"""Letters among which is searched: those that answer, and others drawn at random."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its kind, and the documents that answer it, each with numbers of questions, or none for any."""

    kind: str
    query: str
    expected: Mapping[str, Sequence[int]]

    def answered_by(self, hit: Hit) -> bool:
        numbers = self.expected.get(hit.document.id)
        return numbers is not None and (not numbers or not set(numbers).isdisjoint(hit.numbers))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a query: whether its first hit answers it, and whether it got silence."""

    asked: Asked
    first: bool
    silent: bool


def load(path: Path = QUERIES) -> tuple[list[str], list[Asked]]:
    """The ids of the archive's documents, and the queries."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["documents"], [Asked(**fields) for fields in content["queries"]]


def letters(records: Path, names: Sequence[str]) -> Iterator[Document]:
    """The documents of those ids. Raises BadRecords where the records are not there."""
    wanted = set(names)
    return (document for document in Corpus.open(records).real() if document.id in wanted)


def ask(
    searcher: Searcher,
    names: Sequence[str],
    queries: Sequence[Asked],
    size: int,
    progress: Callable[[int], object] = lambda done: None,
) -> list[Outcome]:
    """Put each query to so many of the documents; the same ones every time."""
    chance = random.Random(size)
    found = []
    for asked in queries:
        others = [name for name in names if name not in asked.expected]
        drawn = chance.sample(others, max(0, min(size - len(asked.expected), len(others))))
        # All of them is no filter.
        among = () if size >= len(names) else (*asked.expected, *drawn)
        results = searcher.search(asked.query, k=1, documents=among)
        first = not results.abstained and any(map(asked.answered_by, results.hits))
        found.append(Outcome(asked, first, results.abstained))
        progress(1)
    return found


def table(outcomes: Mapping[int, Sequence[Outcome]]) -> str:
    """Kinds down, sizes across: of those that are answered how many have the answer first, of the others silence."""
    kinds = dict.fromkeys(outcome.asked.kind for found in outcomes.values() for outcome in found)
    lines = ["letters".ljust(28) + "".join(f"{size:>12}" for size in outcomes)]
    for kind in kinds:
        right = "silent" if kind == "absent" else "first is right"
        lines.append(f"{kind}, {right}".ljust(28) + "".join(_share(found, kind) for found in outcomes.values()))
    refused = [[outcome.silent for outcome in found if outcome.asked.expected] for found in outcomes.values()]
    lines.append("answered, wrongly silent".ljust(28) + "".join(f"{sum(of)} of {len(of)}".rjust(12) for of in refused))
    return "\n".join(lines)


def _share(found: Sequence[Outcome], kind: str) -> str:
    right = [one.first if one.asked.expected else one.silent for one in found if one.asked.kind == kind]
    return f"{sum(right)} of {len(right)}".rjust(12)
