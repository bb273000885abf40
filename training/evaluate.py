"""What a model is worth: the development sets, each by one number; and what the search makes of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from eval import gold, kvr
from eval.trec import docno

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.records import Document


Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
"""Texts to unit vectors, float32 of shape (texts, dimension)."""

DOCUMENTS = 600
_SENTENCES = 1_000
_TEN = 10
_SEED = Path(__file__).resolve().parent.parent / "data" / "documents"
LETTER_QUERIES = Path(__file__).resolve().parent / "letters.jsonl"


@dataclass(frozen=True, slots=True)
class Task:
    """Queries with what is right for each, and the name of each passage of the haystack; several may share one."""

    names: Sequence[object]
    queries: Sequence[str]
    right: Sequence[Collection[object]]


@dataclass(frozen=True, slots=True)
class Search:
    """Passages, and what is looked for among them, by name."""

    passages: Sequence[str]
    tasks: Mapping[str, Task]


class Ranking(Protocol):
    """A way to search."""

    def over(self, passages: Sequence[str]) -> Callable[[Sequence[str]], Iterable[NDArray[np.int64]]]:
        """From queries to the rows of the passages, best first, one array a query."""
        ...


class Dense:
    """By cosine. `queries` encodes queries where they are encoded otherwise than passages."""

    def __init__(self, encode: Encode, queries: Encode | None = None) -> None:
        self._encode, self._queries = encode, queries or encode

    def over(self, passages: Sequence[str]) -> Callable[[Sequence[str]], Iterable[NDArray[np.int64]]]:
        haystack = self._encode(passages)
        return lambda queries: (_order(haystack @ vector) for vector in self._queries(queries))


class InTwoSteps:
    """The first `depth` of a fast way, in the order of a slow one."""

    def __init__(self, fast: Ranking, slow: Ranking, *, depth: int = 50) -> None:
        self._fast, self._slow, self._depth = fast, slow, depth

    def over(self, passages: Sequence[str]) -> Callable[[Sequence[str]], Iterable[NDArray[np.int64]]]:
        import numpy as np

        fast, slow = self._fast.over(passages), self._slow.over(passages)

        def order(queries: Sequence[str]) -> Iterable[NDArray[np.int64]]:
            for first, second in zip(fast(queries), slow(queries), strict=True):
                yield second[np.isin(second, first[: self._depth])]

        return order


def measure(
    encode: Encode, shared: Path, *, documents: int = DOCUMENTS, queries: Encode | None = None
) -> dict[str, float]:
    """The model by itself, by cosine; higher is better. `queries` encodes queries where they are encoded otherwise.

    STS-B: Spearman's correlation of cosines with judgements. FLORES, TED, treaties: the share of sentences whose
    nearest one of the other language is their translation, mean of both ways. KVR, letters and seed: MRR@10.
    """
    found = {}
    for language in ("nl", "en"):
        found[f"sts-b {language}"] = round(sts(encode, shared / "eval" / f"stsb-{language}-dev.csv"), 4)
    for name, file in (("flores", "flores_dev"), ("ted", "ted_dev2010"), ("treaties", "treaty_heldout")):
        found[name] = round(translations(encode, shared / "eval" / f"{file}.tsv"), 4)
    return found | found_by(Dense(encode, queries), shared, documents=documents)


def found_by(ranking: Ranking, shared: Path, *, documents: int = DOCUMENTS) -> dict[str, float]:
    """MRR@10 of every search: KVR, letters and seed."""
    searches = [
        records(shared / "kvr" / "dev.jsonl.gz", documents=documents),
        letters(shared / "letters"),
        seed(),
    ]
    figures = {}
    for search in searches:
        ask = ranking.over(search.passages)
        for label, task in search.tasks.items():
            figures[label] = round(mrr(ask(task.queries), task), 4)
    return figures


def in_use(encoder: Encoder, shared: Path) -> dict[str, float]:
    """MRR@10 of the search as it ships, words and all, over an index of the letters, and of the seed letter.

    A model may gain on every set above and lose here, for the search also asks it for the vectors of single sentences.
    """
    import numpy as np

    from index.build import build
    from retrieval.search import Searcher

    found = {}
    for folder, search in ((shared / "letters", letters(shared / "letters")), (_SEED, seed())):
        with TemporaryDirectory() as place:
            paths = sorted(folder.glob("*.txt"))
            build(paths, Path(place) / "built", encoder=encoder)
            searcher = Searcher.open(Path(place) / "built", encoder=encoder)
            names = {
                (document.id, number): (document.filename, exchange.numbers)
                for document in searcher.store.documents
                for number, exchange in enumerate(document.exchanges)
            }
            for label, task in search.tasks.items():
                rows = {name: row for row, name in reversed(list(enumerate(task.names)))}
                ranked = (
                    [names[key] for key, _ in searcher.rankings(query)["hybrid"] if key in names]
                    for query in task.queries
                )
                orders = (np.array([rows[name] for name in order if name in rows]) for order in ranked)
                found[f"{label}, in use"] = round(mrr(orders, task), 4)
    return found


def sts(encode: Encode, path: Path) -> float:
    """Spearman's correlation between the cosine of two sentences and how alike people find them."""
    from scipy.stats import spearmanr

    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row[0], row[1], float(row[2])) for row in csv.reader(lines)]
    one, other = encode([row[0] for row in rows]), encode([row[1] for row in rows])
    return float(spearmanr((one * other).sum(axis=1), [row[2] for row in rows]).statistic)


def translations(encode: Encode, path: Path) -> float:
    """The share of sentences whose nearest one of the other language is their translation, mean of both ways."""
    import numpy as np

    rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()[:_SENTENCES]]
    scores = encode([row[0] for row in rows]) @ encode([row[1] for row in rows]).T
    right = np.arange(len(rows))
    return float(((scores.argmax(axis=0) == right).mean() + (scores.argmax(axis=1) == right).mean()) / 2)


def records(path: Path, *, documents: int) -> Search:
    """The four tasks of `eval.kvr`, with the answers of the first `documents` records as the haystack."""
    found = kvr.load(path)[:documents]
    owners, texts = [], []
    for record in found:
        for place, (_, answer) in enumerate(record.answers):
            owners.append((record.id, place))
            texts.append(answer)
    tasks = {}
    for task, (asked, qrels) in kvr.tasks(found).items():
        whole = task is not kvr.Task.QUESTION
        names = [owner[0] if whole else docno(*owner) for owner in owners]
        tasks[f"kvr {task.name.lower()}"] = Task(names, list(asked.values()), [set(qrels[name]) for name in asked])
    return Search(texts, tasks)


def letters(folder: Path) -> Search:
    """The queries in letters.jsonl, each for an exchange: all letters in one haystack, questions before passages."""
    from index.parse import read

    asked = [json.loads(line) for line in LETTER_QUERIES.read_text(encoding="utf-8").splitlines()]
    names, texts = _passages(map(read, sorted(folder.glob("*.txt"))))
    tasks = {}
    for label, group in (
        ("letters nl", [q for q in asked if q["language"] == "nl" and q["kind"] == "question"]),
        ("letters en", [q for q in asked if q["language"] == "en" and q["kind"] == "question"]),
        ("letters keywords", [q for q in asked if q["kind"] == "keywords"]),
    ):
        right = [
            {n for n in names if n[0] == q["letter"] and any(q["relevant"].get(str(i)) == gold.ANSWERS for i in n[1])}
            for q in group
        ]
        tasks[label] = Task(names, [q["query"] for q in group], right)
    return Search(texts, tasks)


def seed() -> Search:
    """The answerable queries of the gold set over the seed letter, its development half alone, parties apart."""
    from index.parse import read

    names, texts = _passages([gold.letter(map(read, sorted(_SEED.glob("*.txt"))))])
    queries = [q for q in gold.load() if q.answerable and not q.parties and q.half is gold.Half.DEV]
    tasks = {}
    for label, asked in (("seed", queries), ("seed en", [q for q in queries if q.language is gold.Language.ENGLISH])):
        right = [{n for n in names if any(q.relevance.get(i) == gold.ANSWERS for i in n[1])} for q in asked]
        tasks[label] = Task(names, [q.query for q in asked], right)
    return Search(texts, tasks)


def mrr(orders: Iterable[NDArray[np.int64]], task: Task) -> float:
    """Mean over queries of one over the rank of the first right name among the first ten names, 0 where none is."""
    total = 0.0
    for order, right in zip(orders, task.right, strict=True):
        different: dict[object, None] = {}
        for row in order:
            different.setdefault(task.names[row])
            if len(different) == _TEN:
                break
        total += next((1 / rank for rank, name in enumerate(different, 1) if name in right), 0.0)
    return total / max(len(task.right), 1)


def _passages(documents: Iterable[Document]) -> tuple[list[tuple[str, tuple[int, ...]]], list[str]]:
    """Of every passage of an exchange, the file and the exchange's numbers; and its text behind title and questions."""
    from index.passages import context, split

    found = [passage for document in documents for passage in split(document) if passage.exchange is not None]
    names = [(p.document.filename, p.exchange.numbers) for p in found if p.exchange is not None]
    return names, [f"{context(passage)}\n{passage.text}" for passage in found]


def _order(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    import numpy as np

    return np.argsort(-scores, kind="stable")
