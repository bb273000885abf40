"""How sure a figure is. Everything is drawn from a fixed seed: the same scores give the same intervals.

Percentile bootstrap over queries (Efron 1979; Sakai 2006 for retrieval), paired randomisation test (Fisher 1935;
Smucker, Allan and Carterette 2007), correction for many comparisons by Holm (1979).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 10_000
_SEED = 20250519
_KEPT = 500
"""Up to so many values the draws are kept and used again: the measures and slices of one run share their sizes."""
_EXACT = 14
"""Up to so many differing pairs all sign patterns are counted instead of drawn."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over `n` queries and the bounds of its 95% interval."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of `new - old` over `n` queries, its 95% interval, and the chance of so large a one by luck alone."""

    mean: float
    low: float
    high: float
    n: int
    p: float


def interval(values: Sequence[float]) -> Interval:
    """The mean of the values and its interval. Raises ValueError when there are none."""
    import numpy as np

    if not values:
        raise ValueError("no values, so no mean")
    array = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(_resampled_means(array), [0.025, 0.975])
    return Interval(float(array.mean()), float(low), float(high), len(array))


def difference(new: Sequence[float], old: Sequence[float]) -> Difference:
    """Compare two runs on the same queries, in the same order; p is two-sided. Raises ValueError without any."""
    import numpy as np

    if len(new) != len(old):
        raise ValueError(f"{len(new)} values cannot be paired with {len(old)}")
    deltas = np.asarray(new, dtype=float) - np.asarray(old, dtype=float)
    spread = interval(deltas.tolist())
    return Difference(spread.mean, spread.low, spread.high, spread.n, _chance(deltas[np.abs(deltas) > 1e-12].tolist()))


def holm(chances: Sequence[float]) -> list[float]:
    """The chances corrected for there being as many comparisons, in the order given."""
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    corrected = [0.0] * len(chances)
    highest = 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - place) * chances[i]))
        corrected[i] = highest
    return corrected


def _resampled_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The means of RESAMPLES samples of the values, drawn with replacement."""
    import numpy as np

    return np.concatenate([part @ values for part in _draws(len(values), "counts")]) / len(values)


def _chance(deltas: Sequence[float]) -> float:
    """The share of sign patterns whose sum is at least as far from zero; pairs that do not differ change nothing."""
    import numpy as np

    if not deltas:
        return 1.0
    array = np.asarray(deltas, dtype=np.float64)
    observed = abs(array.sum()) - 1e-6
    if len(array) <= _EXACT:
        signs = np.asarray(list(product((-1, 1), repeat=len(array))))
        return float((np.abs(signs @ array) >= observed).mean())
    hits = sum(int((np.abs(part @ array) >= observed).sum()) for part in _draws(len(array), "signs"))
    # The observed pattern is itself one of those that could have been drawn, so the chance is never 0.
    return (hits + 1) / (RESAMPLES + 1)


def _draws(count: int, kind: str) -> Iterable[NDArray[np.float32]]:
    """RESAMPLES rows of `count` numbers: how often each value is drawn, or its sign. In parts where they are many."""
    if count <= _KEPT:
        return (_drawn(count, kind, RESAMPLES, 0),)
    rows = max(1, _KEPT * RESAMPLES // count)
    parts = range(0, RESAMPLES, rows)
    return (_drawn.__wrapped__(count, kind, min(rows, RESAMPLES - first), first) for first in parts)


@lru_cache(maxsize=64)
def _drawn(count: int, kind: str, rows: int, part: int) -> NDArray[np.float32]:
    import numpy as np

    random = np.random.default_rng([_SEED, count, part])
    if kind == "signs":
        return np.asarray(random.integers(0, 2, (rows, count), dtype=np.int8) * 2 - 1, dtype=np.float32)
    places = random.integers(0, count, (rows, count)) + count * np.arange(rows)[:, None]
    return np.asarray(np.bincount(places.ravel(), minlength=rows * count).reshape(rows, count), dtype=np.float32)
