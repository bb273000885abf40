"""The cost of an archive: a run over a small one, and the exhaustive search that recall is measured against."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval import scale
from eval.exhaustive import Exhaustive, in_parts
from index.backend import Asked, Filters
from index.store import open_store
from retrieval import Searcher
from tests.toy_encoder import ToyEncoder


def test_exhaustive_scores_are_those_of_a_store_that_scores_all(toy_index: Path) -> None:
    store = open_store(toy_index, ToyEncoder())
    vectors = ToyEncoder().encode_queries(["restwarmte datacenters", "duurzame inkoop"])
    exhaustive = Exhaustive(store, vectors)
    for vector in vectors:
        for filters in (Filters(), Filters(parties=("NSC",))):
            asked = Asked(vector, {"restwarmte": 1.0, "inkoop": 0.5}, 0.5, ("NSC",), (), frozenset({8}))
            expected, found = (one.candidates(asked, filters, 10_000) for one in (store, exhaustive))
            for name in ("rows", "documents", "lexical", "in_document", "named", "numbered"):
                assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
            assert found.in_context == pytest.approx(expected.in_context, abs=1e-5)
            assert found.nearest == pytest.approx(expected.nearest, abs=1e-5)
            assert len(set(found.exchanges.tolist())) == len(set(expected.exchanges.tolist()))


def test_queries_come_in_parts_that_are_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.exhaustive.AT_ONCE", 2)
    vectors = np.arange(10, dtype=np.float32).reshape(5, 2)
    assert [len(part) for part in in_parts(vectors)] == [2, 2, 1]
    assert np.concatenate(list(in_parts(vectors))).tolist() == vectors.tolist()


def test_recall_is_the_share_of_the_expected_exchanges(toy_index: Path) -> None:
    searcher = Searcher.open(toy_index, encoder=ToyEncoder())
    ten, four = (searcher.search("duurzame inkoop", k=k) for k in (10, 4))
    assert scale.recalled(ten, ten) == 1.0
    assert scale.recalled(four, ten) == 0.4
    nothing = searcher.search("duurzame inkoop", documents=["nergens"])
    assert scale.recalled(nothing, nothing) is None


def test_stages_last_from_the_first_word_of_one_to_the_first_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 2.0, 5.0, 6.0, 10.0])
    monkeypatch.setattr(scale, "perf_counter", lambda: next(clock))
    stages = scale.Stages()
    for stage in ("read", "read", "encode", "read"):
        stages.tell(stage, 0, 1)
    assert stages.seconds() == {"prepare": 2.0, "read": 3.0 + 4.0, "encode": 1.0}


def records(path: Path, first: int, count: int) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number in range(first, first + count):
            fields: dict[str, Any] = {
                "id": f"K{number}", "year": f"{1995 + number % 10}", "title": f"de haven van stad nummer {number}",
                "inhoud": "", "tref": f"haven {number}", "min": "Verkeer", "vragers": [["Bos", "PvdA"]],
                "vragen": [{"nr": "1", "t": f"Komt er een haven in de stad nummer {number}?"}],
                "antwoorden": [{"nr": "1", "t": f"De haven van {number} komt er. Zij kost {number} gulden."}],
            }  # fmt: skip
            file.write(json.dumps(fields) + "\n")
    return path


def test_a_run_measures_every_size_and_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    def here(work: Callable[..., Any], *arguments: Any) -> Any:
        built.extend([arguments[1]] if work is scale._build else [])
        return work(*arguments)

    monkeypatch.setattr(scale, "alone", here)
    monkeypatch.setattr("index.encoder.SentenceEncoder.open", lambda *_, **__: ToyEncoder())
    monkeypatch.setattr(scale, "ADDED", 2)
    asked = records(tmp_path / "dev.gz", 900, 6)
    setup = scale.Setup(records(tmp_path / "train.gz", 0, 30), asked, tmp_path / "work", None, queries=6)
    told: list[str] = []
    found = scale.scale(setup, [40, 20], progress=told.append)
    assert built == [20, 40]
    assert len(told) <= scale.steps([20, 40])
    assert [row["passages"] for row in found["sizes"].values()] == [20, 40]
    assert set(found["sizes"]["20"]["recall_at_10"].values()) == {1.0}  # so small an index is scored whole
    half = found["sizes"]["40"]["filtered_ms"]["50.0% by days"]
    assert 0.3 < half["share"] < 0.9
    assert found["sizes"]["40"]["add_seconds"] > 0
    assert "add_seconds" not in found["sizes"]["20"]
    table = scale.told(found)
    assert "build / both bare" in table
    assert "recall@10, all" in table
    assert scale.plot(found).startswith("<svg ")
    json.dumps(found)
    scale.scale(setup, [20])
    assert built == [20, 40]  # what was built is kept
