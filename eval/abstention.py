"""Whether the search falls silent when it should, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.gold import Style
from eval.suite import Observation


@dataclass(frozen=True, slots=True)
class Errors:
    """How many queries of each sort there are, and how many of them got no answer."""

    answerable: int
    near: int
    far: int
    refused_answerable: int
    refused_near: int
    refused_far: int

    @property
    def false_refusals(self) -> float:
        """The share of answerable queries that got no answer; 0 when there are none."""
        return self.refused_answerable / self.answerable if self.answerable else 0.0

    @property
    def false_answers(self) -> float:
        """The share of unanswerable queries that got an answer; 0 when there are none."""
        asked = self.near + self.far
        return 1 - (self.refused_near + self.refused_far) / asked if asked else 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold and what it would do: abstain from all with a confidence below it. Shares from 0 to 1."""

    threshold: float
    false_refusals: float
    false_answers: float


def errors(observations: Sequence[Observation], threshold: float | None = None) -> Errors:
    """Count what the search did, or, given a threshold, what it would have done by its confidence alone."""

    def count(refused_only: bool, *styles: Style | None) -> int:
        return sum(
            (o.query.style if not o.query.answerable else None) in styles
            and (not refused_only or (o.abstained if threshold is None else o.confidence < threshold))
            for o in observations
        )

    groups: list[Style | None] = [None, Style.NONE_NEAR, Style.NONE_FAR]
    return Errors(*(count(False, group) for group in groups), *(count(True, group) for group in groups))


def roc(observations: Sequence[Observation]) -> list[Point]:
    """One point for every threshold that changes anything, from always answering to always abstaining."""
    levels = sorted({o.confidence for o in observations})
    if not levels:
        return []
    between = [(low + high) / 2 for low, high in pairwise(levels)]
    return [
        Point(threshold, found.false_refusals, found.false_answers)
        for threshold in (levels[0], *between, levels[-1] + 1.0)
        for found in [errors(observations, threshold)]
    ]


def area(points: Sequence[Point]) -> float:
    """The area under the ROC curve: the chance that an answerable query is surer than an unanswerable one.

    1 is perfect, 0.5 a coin.
    """
    path = sorted((point.false_answers, 1 - point.false_refusals) for point in points)
    return sum((right - left) * (low + high) / 2 for (left, low), (right, high) in pairwise(path))


def calibrate(observations: Sequence[Observation], *, refusals: float = 0.03) -> float:
    """The threshold that lets the fewest unanswerable queries through while refusing at most a share of the answerable.

    Among equals the one with the fewest refusals, then the lowest. Meant for the development half. Raises ValueError
    without observations.
    """
    points = [point for point in roc(observations) if point.false_refusals <= refusals]
    if not points:
        raise ValueError("no queries to calibrate a threshold on")
    return min(points, key=lambda point: (point.false_answers, point.false_refusals, point.threshold)).threshold
