"""What a model is worth: the development sets, each by one number. Dense alone; nothing lexical helps."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval import gold, kvr
from eval.trec import docno

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
"""Texts to unit vectors, float32 of shape (texts, dimension)."""

_DOCUMENTS = 600
_SENTENCES = 1_000
LETTER_QUERIES = Path(__file__).resolve().parent / "letters.jsonl"


def measure(
    encode: Encode, shared: Path, *, documents: int = _DOCUMENTS, queries: Encode | None = None
) -> dict[str, float]:
    """Every figure that the data allows, higher is better. `queries` encodes queries where they are encoded otherwise.

    STS-B: Spearman's correlation of cosines with judgements. FLORES, TED, treaties: the share of sentences whose
    nearest one of the other language is their translation, mean of both ways. KVR, letters and seed: MRR@10.
    """
    found = {}
    for language in ("nl", "en"):
        found[f"sts-b {language}"] = sts(encode, shared / "eval" / f"stsb-{language}-dev.csv")
    for name, file in (("flores", "flores_dev"), ("ted", "ted_dev2010"), ("treaties", "treaty_heldout")):
        found[name] = translations(encode, shared / "eval" / f"{file}.tsv")
    found |= records(encode, queries or encode, shared / "kvr" / "dev.jsonl.gz", documents=documents)
    found |= letters(encode, queries or encode, shared / "letters")
    found |= seed(encode, queries or encode)
    return {name: round(value, 4) for name, value in found.items()}


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


def records(encode: Encode, queries: Encode, path: Path, *, documents: int) -> dict[str, float]:
    """MRR@10 of the four tasks of `eval.kvr`, with the answers of the first `documents` records as the haystack."""
    found = kvr.load(path)[:documents]
    owners, texts = [], []
    for record in found:
        for place, (_, answer) in enumerate(record.answers):
            owners.append((record.id, place))
            texts.append(answer)
    haystack = encode(texts)
    figures = {}
    for task, (asked, qrels) in kvr.tasks(found).items():
        whole = task is not kvr.Task.QUESTION
        names = [owner[0] if whole else docno(*owner) for owner in owners]
        truths = [next(iter(qrels[name])) for name in asked]
        figures[f"kvr {task.name.lower()}"] = _mrr(
            queries(list(asked.values())), haystack, names, [{t} for t in truths]
        )
    return figures


def letters(encode: Encode, queries: Encode, folder: Path) -> dict[str, float]:
    """MRR@10 by exchange of the queries in letters.jsonl: all letters in one haystack, questions before passages."""
    from index.parse import read
    from index.passages import context, split

    asked = [json.loads(line) for line in LETTER_QUERIES.read_text(encoding="utf-8").splitlines()]
    names, texts = [], []
    for document in map(read, sorted(folder.glob("*.txt"))):
        for passage in split(document):
            if passage.exchange is not None:
                names.append((document.filename, passage.exchange.numbers))
                texts.append(f"{context(passage)}\n{passage.text}")
    haystack = encode(texts)
    figures = {}
    for label, group in (
        ("letters nl", [q for q in asked if q["language"] == "nl" and q["kind"] == "question"]),
        ("letters en", [q for q in asked if q["language"] == "en" and q["kind"] == "question"]),
        ("letters keywords", [q for q in asked if q["kind"] == "keywords"]),
    ):
        truths = [{n for n in names if n[0] == q["letter"] and _answers(q["relevant"], n[1])} for q in group]
        figures[label] = _mrr(queries([q["query"] for q in group]), haystack, names, truths)
    return figures


def seed(encode: Encode, queries: Encode) -> dict[str, float]:
    """MRR@10 by exchange of the answerable queries of the gold set over the seed letter, its development half alone."""
    from index.parse import read
    from index.passages import context, split

    letter = gold.letter(
        map(read, sorted((Path(__file__).resolve().parent.parent / "data" / "documents").glob("*.txt")))
    )
    passages = [passage for passage in split(letter) if passage.exchange is not None]
    haystack = encode([f"{context(passage)}\n{passage.text}" for passage in passages])
    names = [passage.exchange.numbers for passage in passages if passage.exchange is not None]
    figures = {}
    for label, languages in (("seed", list(gold.Language)), ("seed en", [gold.Language.ENGLISH])):
        asked = [
            q
            for q in gold.load()
            if q.answerable and not q.parties and q.half is gold.Half.DEV and q.language in languages
        ]
        truths = [{n for n in names if any(q.relevance.get(i) == gold.ANSWERS for i in n)} for q in asked]
        figures[label] = _mrr(queries([q.query for q in asked]), haystack, names, truths)
    return figures


def _answers(relevant: Mapping[str, int], numbers: Sequence[int]) -> bool:
    return any(relevant.get(str(number)) == gold.ANSWERS for number in numbers)


def _mrr(
    asked: NDArray[np.float32],
    haystack: NDArray[np.float32],
    names: Sequence[object],
    truths: Sequence[Collection[object]],
) -> float:
    """Mean over queries of one over the rank of the first right name among the first ten names, 0 where none is."""
    import numpy as np

    total = 0.0
    for vector, truth in zip(asked, truths, strict=True):
        different: dict[object, None] = {}
        for row in np.argsort(-(haystack @ vector), kind="stable"):
            different.setdefault(names[row])
            if len(different) == 10:
                break
        total += next((1 / rank for rank, name in enumerate(different, 1) if name in truth), 0.0)
    return total / max(len(truths), 1)
