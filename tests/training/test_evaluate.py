from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from training.compare import main, narrowed, table
from training.evaluate import Dense, InTwoSteps, Task, mrr, seed, sts, translations


def encode(texts: Sequence[str]) -> np.ndarray:
    """A text "30" is the vector at 30 degrees."""
    angles = np.radians([float(text) for text in texts])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_the_rank_is_that_of_the_first_right_name_and_names_count_once() -> None:
    ask = Dense(encode).over(["0", "10", "40", "90"])
    # From 2°: 0, 10, 40, 90. The names a, a, b, c are ranked a, b, c.
    task = Task(["a", "a", "b", "c"], ["2", "2", "2"], [{"b"}, {"a", "c"}, {"nowhere"}])
    assert mrr(ask(task.queries), task) == pytest.approx((1 / 2 + 1 + 0) / 3)


def test_names_beyond_the_tenth_do_not_count() -> None:
    passages = [str(angle) for angle in range(12)]
    task = Task(passages, ["0", "0"], [{"9"}, {"10"}])
    assert mrr(Dense(encode).over(passages)(task.queries), task) == pytest.approx((1 / 10 + 0) / 2)


def test_the_second_step_orders_what_the_first_one_found() -> None:
    def backwards(texts: Sequence[str]) -> np.ndarray:
        return -encode(texts)

    # By angle from 0: 5, 10, 20. The slow way turns queries round, so that the farthest comes first.
    both = InTwoSteps(Dense(encode), Dense(encode, backwards), depth=2).over(["20", "5", "10"])
    assert [order.tolist() for order in both(["0"])] == [[2, 1]]


def test_sentences_count_where_their_translation_is_nearest(tmp_path: Path) -> None:
    # 0 and 2 are each other's nearest. From 50 the nearest is 10, its own; but from 10 it is 0.
    (tmp_path / "pairs.tsv").write_text("0\t2\n50\t10\n")
    assert translations(encode, tmp_path / "pairs.tsv") == pytest.approx((2 / 2 + 1 / 2) / 2)


def test_sts_is_the_correlation_of_ranks(tmp_path: Path) -> None:
    # Cosines fall with the angle between the two: 0, 10, 30; the judgements 5, 4, 1 fall likewise.
    (tmp_path / "sts.csv").write_text("0,0,5.0\n0,10,4.0\n0,30,1.0\n")
    assert sts(encode, tmp_path / "sts.csv") == pytest.approx(1.0)


def test_fewer_numbers_are_of_length_one_again() -> None:
    assert narrowed(encode, 1)(["60", "180"]).tolist() == [[1.0], [-1.0]]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--pair"], "--pair sets two models one behind the other: name both"),
        (["--narrow", "0"], "'0' is no count: write a whole number, 1 or more"),
        (["--documents", "-1"], "'-1' is no count"),
    ],
)
def test_what_compares_nothing_is_told_before_it_begins(
    options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["data/model", *options])
    assert why in capsys.readouterr().err


def test_every_query_of_the_seed_letter_can_be_found() -> None:
    search = seed()
    assert len(search.tasks["seed"].queries) > len(search.tasks["seed en"].queries) > 20
    assert all(search.tasks["seed"].right)


def test_a_figure_that_a_model_lacks_is_a_dash() -> None:
    assert table({"a": {"x": 0.5}, "b": {"x": 0.25, "y": 3.0}}).splitlines() == [
        "|  | a | b |", "| --- | --- | --- |", "| x | 0.5 | 0.25 |", "| y | – | 3 |",
    ]  # fmt: skip
