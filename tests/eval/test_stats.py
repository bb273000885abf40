from __future__ import annotations

import pytest

from eval.gold import Language
from eval.parity import pairs, parity
from eval.stats import difference, holm, interval
from tests.eval.fake import query


def test_a_mean_without_spread_has_no_width() -> None:
    found = interval([0.5] * 20)
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 20)


def test_the_interval_is_that_of_the_binomial() -> None:
    # 50 of 100: the mean of a resample is binomial, with 2.5% of its mass up to 0.40 and from 0.60 on.
    found = interval([0.0, 1.0] * 50)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.40, abs=0.011)
    assert found.high == pytest.approx(0.60, abs=0.011)


def test_few_pairs_are_counted_out() -> None:
    # All 5 differences are +0.2: of 2^5 sign patterns only all-plus and all-minus are as far from zero.
    found = difference([0.7] * 5, [0.5] * 5)
    assert found.mean == pytest.approx(0.2)
    assert found.p == 2 / 32


def test_pairs_that_do_not_differ_change_nothing() -> None:
    assert difference([1.0, 1.0, 0.5], [0.0, 1.0, 0.5]).p == 1.0
    assert difference([1.0] * 3, [1.0] * 3).p == 1.0


def test_many_pairs_are_drawn() -> None:
    # 20 equal gains: 2 of 2^20 patterns, far below what 10,000 draws can show, so the least they can show.
    assert difference([1.0] * 20, [0.0] * 20).p == 1 / 10_001
    # 12 gains and 8 losses of the same size: P(|sum| >= 4) = 2 P(X >= 12), X binomial(20, 1/2), is 0.5034.
    assert difference([1.0] * 12 + [0.0] * 8, [0.0] * 12 + [1.0] * 8).p == pytest.approx(0.5034, abs=0.02)


def test_the_same_scores_give_the_same_interval() -> None:
    values = [0.1, 0.9, 0.3, 0.4]
    assert interval(values) == interval(values)


def test_unpaired_values_are_refused() -> None:
    with pytest.raises(ValueError, match="3 values cannot be paired with 2"):
        difference([1.0] * 3, [1.0] * 2)


def test_holm_by_hand() -> None:
    # Sorted: 0.01 × 3, 0.03 × 2, 0.04 × 1; never below the one before.
    assert holm([0.04, 0.01, 0.03]) == [pytest.approx(0.06), pytest.approx(0.03), pytest.approx(0.06)]
    assert holm([0.6, 0.7]) == [1.0, 1.0]


def test_parity_pairs_needs_and_nothing_else() -> None:
    queries = [
        query("a", {1: 2}, need="x"),
        query("b", {1: 2}, need="x", language=Language.ENGLISH),
        query("c", {1: 2}, need="y"),
        query("d", {1: 2}, language=Language.ENGLISH),
    ]
    assert pairs(queries) == [("a", "b")]
    found = parity(queries, {"a": {"MRR@10": 1.0}, "b": {"MRR@10": 0.25}}, "MRR@10")
    assert found is not None
    assert (found.mean, found.n) == (-0.75, 1)
    assert parity(queries[2:], {}, "MRR@10") is None
