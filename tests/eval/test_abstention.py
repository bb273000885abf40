from __future__ import annotations

import pytest

from eval.abstention import area, calibrate, errors, roc
from eval.gold import Style
from eval.suite import Observation, System
from tests.eval.fake import query


def observed(confidence: float, style: Style = Style.QUESTION, *, abstained: bool = False) -> Observation:
    relevance = {} if style in {Style.NONE_FAR, Style.NONE_NEAR} else {1: 2}
    return Observation(query("x", relevance, style=style), dict.fromkeys(System, ()), abstained, confidence, ())


SEEN = [
    observed(0.9),
    observed(0.6),
    observed(0.3, abstained=True),
    observed(0.5, Style.NONE_NEAR),
    observed(0.1, Style.NONE_FAR, abstained=True),
]


def test_what_was_done_is_counted() -> None:
    found = errors(SEEN)
    assert (found.answerable, found.near, found.far) == (3, 1, 1)
    assert (found.refused_answerable, found.refused_near, found.refused_far) == (1, 0, 1)
    assert found.false_refusals == pytest.approx(1 / 3)
    assert found.false_answers == 0.5


def test_what_another_threshold_would_do() -> None:
    found = errors(SEEN, threshold=0.55)
    assert (found.refused_answerable, found.refused_near, found.refused_far) == (1, 1, 1)


def test_the_curve_runs_from_always_to_never() -> None:
    # Confidence rises through: far, answerable, near, answerable, answerable.
    assert [round(3 * point.false_refusals) for point in roc(SEEN)] == [0, 0, 1, 1, 2, 3]
    assert [point.false_answers for point in roc(SEEN)] == [1.0, 0.5, 0.5, 0.0, 0.0, 0.0]


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    # Of 3 × 2 pairs (answerable, unanswerable) only 0.3 against 0.5 stands wrong.
    assert area(roc(SEEN)) == pytest.approx(5 / 6)
    assert area(roc([observed(0.5), observed(0.5, Style.NONE_FAR)])) == pytest.approx(0.5)


def test_the_threshold_refuses_no_more_than_it_may() -> None:
    assert calibrate(SEEN, refusals=0.0) == pytest.approx((0.1 + 0.3) / 2)
    assert calibrate(SEEN, refusals=0.4) == pytest.approx((0.5 + 0.6) / 2)
