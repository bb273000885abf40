from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval import bench, peers
from eval.__main__ import main
from eval.bench import BadBench, Setup
from eval.trec import docno
from tests.conftest import ROOT
from tests.eval.test_kvr import fields

LETTERS = ROOT / "data" / "documents"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(fields(f"KVR{n}")) + "\n" for n in range(3)))
    return path


def test_every_system_gets_the_same_passages_and_knows_whose_they_are(records: Path) -> None:
    alone = bench.corpus(Setup(LETTERS, (), 0, 10, None))
    what = bench.corpus(Setup(LETTERS, (records,), len(alone.passages) + 3, 10, None))
    # Each record is two passages, and records come whole: two of them are needed for three more.
    assert [passage.document.id for passage in what.passages[len(alone.passages) :]] == ["KVR0", "KVR0", "KVR1", "KVR1"]
    assert what.names[len(alone.passages) :] == ("KVR0#0", "KVR0#1", "KVR1#0", "KVR1#1")
    assert len(what.documents) == 3
    first = what.passages[0]
    assert first.exchange is first.document.exchanges[0]
    assert what.names[0] == docno(first.document.id, 0)


def test_only_what_is_in_the_haystack_is_asked_for_and_no_party_filter(records: Path) -> None:
    what = bench.corpus(Setup(LETTERS, (records,), 60, 10, None))
    queries, qrels = what.asked["question → answer"]
    assert set(queries) == {"KVR0-q0", "KVR0-q1"}
    assert qrels["KVR0-q0"] == {"KVR0#0": 2}
    seed, judged = what.asked["the letter"]
    assert len(seed) == len(judged) == 232  # of 240 answerable ones, 8 have a party as their filter


def test_an_exchange_counts_once_at_its_best_passage() -> None:
    assert bench._distinct(["b", "a", "b", "c"]) == ["b", "a", "c"]
    assert len(bench._distinct([str(n) for n in range(30)])) == 10


def costs(build: float, p50: float) -> dict[str, float]:
    spent = {"p50": p50, "p95": 4.0, "encode": 8.0, "beyond": p50 - 8}
    return {"build": build, "open": 1.0, **spent, "memory": 100.0, "disk": 0.0}


def test_the_table_shows_ratios_to_ours() -> None:
    def row(mrr: float, cost: dict[str, float], against: dict[str, Any]) -> dict[str, Any]:
        return {"quality": {"the letter": {"MRR@10": mrr, "nDCG@10": 0.5}}, "costs": cost, "against": against}

    told = bench.text(
        {
            "haystack": {"passages": 58},
            "queries": {"the letter": 232},
            "rounds": 2,
            "systems": {
                "Vraagbaak": row(0.8, costs(2.0, 10.0), {}),
                "other": row(0.6, costs(1.0, 25.0), {"the letter": [0.2, 0.1, 0.3, 0.01]}),
            },
        }
    )
    (quality, cost) = (line for line in told.splitlines() if line.startswith("other"))
    assert "0.600 (0.75×)" in quality
    assert "0.500 (1.00×)" in quality
    assert "1.0 (0.50×)" in cost
    assert "25.0 (2.50×)" in cost
    assert "8.0 (1.00×)" in cost
    assert "17.0 (8.50×)" in cost  # 25 - 8, of 10 - 8
    assert "the letter: Vraagbaak less other +0.200 MRR@10 (+0.100 to +0.300, p 0.0100): better" in told


def test_what_answering_takes_beyond_encoding_is_told_query_by_query() -> None:
    assert bench.per_query([10.0, 30.0, 20.0], [4.0, 5.0, 16.0]) == {
        "p50": 20.0,
        "p95": 30.0,
        "encode": 5.0,
        "beyond": 6.0,  # of 6, 25 and 4
    }


def test_what_is_not_installed_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(peers.PEERS, "bm25s", (peers.Bm25s, "no_such_module"))
    assert main(["bench", "--systems", "Vraagbaak,bm25s", "--passages", "0"]) == 2
    told = capsys.readouterr().err
    assert "bm25s not installed: `pip install -r eval/requirements-peers.txt`" in told
    assert (ROOT / peers.REQUIREMENTS).is_file()


def test_a_system_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadBench, match="no system is called elastic: choose from Vraagbaak, LangChain FAISS"):
        bench.bench(Setup(LETTERS, (), 0, 10, None), ["elastic"])


def test_what_was_built_in_a_folder_that_is_kept_is_not_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def alone(work: Callable[..., object], name: str, *given: object) -> object:
        done.append(work.__name__)
        if work is bench._build:
            return 7.0
        return costs(0.0, 10.0), {"the letter": {}}

    monkeypatch.setattr(bench, "alone", alone)
    for expected in (["_build", "_answer", "_answer"], ["_answer", "_answer"]):
        done.clear()
        found = bench.bench(Setup(LETTERS, (), 0, 10, None, tmp_path), ["Vraagbaak"], rounds=2)
        assert done == expected
        assert found["systems"]["Vraagbaak"]["costs"]["build"] == 7.0
    assert not (tmp_path / "0").exists()  # where `eval.scale` keeps its own, and empties the folder first


@pytest.mark.model
def test_ours_builds_and_answers_in_processes_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bench.json"
    arguments = ["--systems", "Vraagbaak", "--passages", "0", "--rounds", "1", "--json", str(out)]
    assert main(["bench", *arguments]) == 0
    assert "1 documents, 58 passages; 1 round(s)" in capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))["systems"]["Vraagbaak"]
    assert found["quality"]["the letter"]["MRR@10"] > 0.85
    assert 0 < found["costs"]["p50"] <= found["costs"]["p95"]
    assert found["costs"]["encode"] > 0
    assert found["costs"]["disk"] > 0.1
