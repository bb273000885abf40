"""The gate shuts on planted defects. Each is planted into a real run: the seed letter and its gold set."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.__main__ import main
from eval.encoding import Remembering
from eval.gate import BASELINE, as_baseline, crooked, reasons
from eval.gold import SEED_QUERIES, BadGold, GoldQuery, Language, load
from eval.report import outcomes, read, write
from eval.suite import measure
from index.build import build
from index.encoder import Encoder, SentenceEncoder, Wrapped
from index.store import open_store
from retrieval import Searcher
from tests.toy_encoder import ToyEncoder

QUERIES = load()
SOME = QUERIES[::3]
"""Enough for a defect to show that is not of one language."""


def run(index: Path, queries: Sequence[GoldQuery] = SOME, encoder: Encoder | None = None) -> dict[str, Any]:
    remembering = Remembering(encoder or ToyEncoder())
    remembering.prepare(query.query for query in queries)
    return outcomes(measure(Searcher(open_store(index, remembering), remembering), queries))


@pytest.fixture(scope="module")
def baseline(toy_index: Path) -> dict[str, Any]:
    return as_baseline(run(toy_index))


def test_the_same_search_passes(toy_index: Path, baseline: dict[str, Any]) -> None:
    assert reasons(run(toy_index), baseline) == []


def test_shuffled_labels_are_caught(toy_index: Path, baseline: dict[str, Any]) -> None:
    labels = [query.relevance for query in SOME if query.answerable]
    random.Random(1).shuffle(labels)
    shuffled = iter(labels)
    queries = [replace(query, relevance=next(shuffled)) if query.answerable else query for query in SOME]
    found = reasons(run(toy_index, queries), baseline)
    assert any("are asked or judged otherwise than in the baseline" in reason for reason in found)
    # And were the labels of the baseline shuffled along, the figures would still tell.
    assert any(reason.startswith("all, hybrid, MRR@10") and reason.endswith("worse") for reason in found)


def test_a_doubled_document_is_caught(seed: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(seed.read_bytes() + (b"\n" if name == "b.txt" else b""))
    build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "built", encoder=ToyEncoder())
    with pytest.raises(BadGold, match="is 2 times in the index"):
        run(tmp_path / "built")


def test_a_document_more_is_caught(seed: Path, tmp_path: Path, baseline: dict[str, Any]) -> None:
    text = seed.read_text(encoding="utf-8").replace("DGED-DE / 98731685", "DGED-DE / 98731686")
    (tmp_path / "other.txt").write_text(text, encoding="utf-8")
    build([seed, tmp_path / "other.txt"], tmp_path / "built", encoder=ToyEncoder())
    assert "the haystack has 30 exchanges, the baseline's 15" in reasons(run(tmp_path / "built"), baseline)


def test_a_dropped_language_is_caught(toy_index: Path, baseline: dict[str, Any]) -> None:
    dutch = [query for query in SOME if query.language is not Language.ENGLISH]
    count = len(SOME) - len(dutch)
    assert f"{count} queries of the baseline were not run ({count} en)" in reasons(run(toy_index, dutch), baseline)


@pytest.fixture(scope="module")
def knowing(shipped: SentenceEncoder) -> Remembering:
    """The shipped model, with every query encoded."""
    remembering = Remembering(shipped)
    remembering.prepare(query.query for query in QUERIES)
    return remembering


class _Dutch(Wrapped):
    """Sees nothing in an English query: as if the model had lost the language."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        english = {query.query for query in QUERIES if query.language is Language.ENGLISH}
        return super().encode_queries(["." if text in english else text for text in texts])


@pytest.mark.model
def test_a_language_that_is_no_longer_understood_is_caught(model_index: Path, knowing: Remembering) -> None:
    found = reasons(run(model_index, QUERIES, _Dutch(knowing)), read(BASELINE))
    assert any(reason.startswith("language en, hybrid, MRR@10") for reason in found), found
    assert not any(reason.startswith("language nl") for reason in found), found


class _Crooked(ToyEncoder):
    """Forgets to normalise one vector."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors = super().encode_passages(texts, progress=progress)
        vectors[0] *= 6
        return vectors


def test_an_unnormalised_vector_is_caught(seed: Path, tmp_path: Path, baseline: dict[str, Any]) -> None:
    build([seed], tmp_path / "built", encoder=_Crooked())
    vectors = open_store(tmp_path / "built", ToyEncoder()).vectors
    (reason,) = crooked(vectors)
    assert re.fullmatch(rf"1 of {len(vectors)} vectors are not of length 1, the first \(row \d+\) of 6\.000", reason)
    # The figures tell as well: the passage that is too long is found for everything.
    assert any(reason.startswith("all, hybrid, ") for reason in reasons(run(tmp_path / "built"), baseline))


def test_unit_vectors_pass_and_no_number_does_not() -> None:
    assert crooked(np.eye(3, dtype=np.float32)) == []
    assert crooked(np.full((1, 2), np.nan, dtype=np.float32)) == [
        "1 of 1 vectors are not of length 1, the first (row 0) of nan"
    ]


@pytest.mark.model
def test_nothing_is_worse_than_the_baseline_in_the_repository(model_index: Path, knowing: Remembering) -> None:
    """The gate itself. When it shuts: mend the search, or run `python -m eval gate --accept` and say why."""
    assert crooked(open_store(model_index, knowing).vectors) == []
    assert reasons(run(model_index, QUERIES, knowing), read(BASELINE)) == []


@pytest.mark.model
def test_the_command_accepts_and_then_judges(
    model_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some = tmp_path / "gold.jsonl"
    some.write_text("".join(SEED_QUERIES.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    arguments = ["gate", "--index", str(model_index), "--baseline", str(tmp_path / "b.json"), "--gold", str(some)]
    assert main([*arguments, "--accept"]) == 0
    assert main(arguments) == 0
    assert "passed" in capsys.readouterr().out
    better = read(tmp_path / "b.json")
    for row in better["per_query"]:
        for scores in row["scores"].values():
            scores.update(dict.fromkeys(scores, 2.0))
    write(tmp_path / "b.json", better)
    assert main(arguments) == 1
    assert "worse than b.json: all, hybrid, MRR@10" in capsys.readouterr().out
