from __future__ import annotations

import json
from typing import Any

import pytest

from eval.compare import compare, text
from eval.gold import ANSWERS, Half, Language
from eval.report import outcomes
from eval.suite import Measured, measure
from tests.eval.fake import FakeSearcher, query

COUNT = 24
QUERIES = [
    query(str(n), {1: ANSWERS}, language=Language.ENGLISH if n % 2 else Language.DUTCH, half=list(Half)[n // 2 % 2])
    for n in range(COUNT)
]


def run(first: set[int]) -> dict[str, Any]:
    """A report in which the queries of `first` have their answer first and all others second."""
    orders = {f"vraag {n}": ([0, 1], [0, 1], [0, 1] if n in first else [1, 0]) for n in range(COUNT)}
    measured: Measured = measure(FakeSearcher(orders), QUERIES)
    return dict(json.loads(json.dumps(outcomes(measured))))


GOOD = run(set(range(COUNT)))


def test_the_same_run_has_not_changed() -> None:
    changes = compare(GOOD, GOOD)
    assert {(change.difference.mean, change.p) for change in changes} == {(0.0, 1.0)}
    assert not any(change.significant for change in changes)


def test_a_loss_in_one_language_is_found_there_and_in_the_whole() -> None:
    dutch_only = run(set(range(0, COUNT, 2)))
    lost = {(c.slice, c.system) for c in compare(dutch_only, GOOD) if c.loss and c.measure == "MRR@10"}
    assert lost == {("all", "hybrid"), ("language en", "hybrid"), ("style question", "hybrid")}
    (change,) = (c for c in compare(dutch_only, GOOD) if (c.slice, c.system, c.measure) == ("all", "hybrid", "MRR@10"))
    # Half the queries fall from 1 to 1/2. Twelve equal losses: 2 of 2^12 patterns, three measures in the family.
    assert (change.old, change.new) == (1.0, 0.75)
    assert change.difference.p == 2 / 2**12
    assert change.p == pytest.approx(3 * 2 / 2**12)


def test_a_gain_is_no_loss() -> None:
    gained = [change for change in compare(GOOD, run(set())) if change.significant]
    assert gained
    assert not any(change.loss for change in gained)
    assert "better" in str(gained[0])


def test_one_query_is_luck() -> None:
    assert not any(change.significant for change in compare(run(set(range(1, COUNT))), GOOD))


def test_the_text_marks_what_is_beyond_luck() -> None:
    lines = text(compare(run(set()), GOOD)).splitlines()
    assert lines[0].startswith("* all, hybrid, MRR@10: 1.000 → 0.500 (-0.500, 95% -0.500 to -0.500, p 0.0003): worse")
    assert all("dense" not in line for line in lines)
