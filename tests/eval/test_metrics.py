from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from eval.metrics import MEASURES, mean, score
from eval.trec import listed, write_qrels, write_run


def test_the_arithmetic() -> None:
    # a answers (2) and is third; b touches (1) and is first; d answers and is not found.
    scores = score({"q": {"a": 2, "b": 1, "d": 2}}, {"q": listed(["b", "c", "a"])})
    ideal = 2 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert scores["q"] == {
        "MRR@10": pytest.approx(1 / 3),
        "hit@1": 0.0,
        "nDCG@10": pytest.approx((1 / log2(2) + 2 / log2(4)) / ideal),
        "Recall@10": pytest.approx(1 / 2),
        "Recall@100": pytest.approx(1 / 2),
    }


def test_the_cut_is_after_ten() -> None:
    run = {"q": listed([f"x{n}" for n in range(10)] + ["a"])}
    assert score({"q": {"a": 2}}, run)["q"] == {
        "MRR@10": 0.0,
        "hit@1": 0.0,
        "nDCG@10": 0.0,
        "Recall@10": 0.0,
        "Recall@100": 1.0,
    }


def test_a_query_without_a_ranking_scores_nothing_and_counts() -> None:
    scores = score({"q": {"a": 2}, "r": {"a": 2}}, {"q": listed(["a"])})
    assert scores["r"] == dict.fromkeys(MEASURES, 0.0)
    assert mean(scores, "hit@1") == 0.5


def test_no_queries_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no queries"):
        mean({}, "MRR@10")


def test_the_exported_files_score_the_same(tmp_path: Path) -> None:
    import ir_measures

    qrels = {"q": {"a": 2, "b": 1}, "r": {"c": 2}}
    run = {"q": listed(["b", "a", "c"]), "r": listed(["a", "b", "c"])}
    write_qrels(tmp_path / "qrels", qrels)
    write_run(tmp_path / "run", run, "x")
    by_hand = ir_measures.calc_aggregate(
        [ir_measures.parse_measure(text) for text in MEASURES.values()],
        ir_measures.read_trec_qrels(str(tmp_path / "qrels")),  # type: ignore[no-untyped-call]
        ir_measures.read_trec_run(str(tmp_path / "run")),  # type: ignore[no-untyped-call]
    )
    ours = score(qrels, run)
    for name, text in MEASURES.items():
        assert mean(ours, name) == pytest.approx(by_hand[ir_measures.parse_measure(text)], abs=1e-6), name
