from __future__ import annotations

from pathlib import Path

import pytest

from eval.trec import BadTrecFile, docno, listed, ranked, read_qrels, read_run, write_qrels, write_run


def test_docnos_hold_no_white_space() -> None:
    assert docno("brief 1#2", 3) == "brief%201%232#3"


def test_equal_scores_are_ordered_by_docno_and_made_unequal() -> None:
    assert ranked([("b", 0.5), ("c", 0.9), ("a", 0.5)]) == [("c", 3.0), ("a", 2.0), ("b", 1.0)]


def test_a_ranking_that_is_already_ordered_keeps_its_order() -> None:
    assert listed(["b", "a"]) == [("b", 2.0), ("a", 1.0)]


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    qrels = {"q1": {"d#0": 2, "d#1": 1}, "q2": {"d#1": 2}}
    run = {"q1": [("d#1", 2.0), ("d#0", 1.0)], "q2": [("d#1", 1.0)]}
    write_qrels(tmp_path / "qrels", qrels)
    write_run(tmp_path / "run", run, "hybrid 1")
    assert (tmp_path / "qrels").read_text() == "q1 0 d#0 2\nq1 0 d#1 1\nq2 0 d#1 2\n"
    assert (tmp_path / "run").read_text().splitlines()[0] == "q1 Q0 d#1 1 2 hybrid%201"
    assert read_qrels(tmp_path / "qrels") == qrels
    assert read_run(tmp_path / "run") == run


def test_another_tools_ranks_are_not_believed(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("q Q0 a 1 0.1 x\n\nq Q0 b 1 0.7 x\n")
    assert read_run(tmp_path / "run") == {"q": [("b", 2.0), ("a", 1.0)]}


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("q Q0 a 1 0.1", "5 fields instead of 6"),
        ("q Q0 a 1 high x", "the score 'high' is no number"),
        ("q Q0 a 1 nan x", "the score 'nan' cannot be ordered"),
        ("q Q0 z 2 0.3 x", "z is ranked twice for query q"),
    ],
)
def test_a_bad_run_is_named(tmp_path: Path, line: str, cause: str) -> None:
    (tmp_path / "run").write_text(f"q Q0 z 1 0.5 x\n{line}\n")
    with pytest.raises(BadTrecFile, match=f"run, line 2: {cause}"):
        read_run(tmp_path / "run")


def test_a_bad_grade_is_named(tmp_path: Path) -> None:
    (tmp_path / "qrels").write_text("q 0 a yes\n")
    with pytest.raises(BadTrecFile, match="qrels, line 1: the grade 'yes' is no whole number"):
        read_qrels(tmp_path / "qrels")
