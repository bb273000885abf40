"""How sure a figure is. Everything is drawn from a fixed seed: the same scores give the same intervals.

Percentile bootstrap over queries (Efron 1979; Sakai 2006 for retrieval), paired randomisation test (Fisher 1935;
Smucker, Allan and Carterette 2007), correction for many comparisons by Holm (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 10_000
_SEED = 20250519
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


def _resampled_means(array: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    random = np.random.default_rng(_SEED)
    # In slices: ten thousand resamples of thousands of queries at once would be a gigabyte.
    rows = max(1, 4_000_000 // len(array))
    means = [
        array[random.integers(0, len(array), (min(rows, RESAMPLES - done), len(array)))].mean(axis=1)
        for done in range(0, RESAMPLES, rows)
    ]
    return np.concatenate(means)


def _chance(deltas: Sequence[float]) -> float:
    """The share of sign patterns whose sum is at least as far from zero; pairs that do not differ change nothing."""
    import numpy as np

    if not deltas:
        return 1.0
    array = np.asarray(deltas)
    observed = abs(array.sum()) - 1e-9
    if len(array) <= _EXACT:
        signs = np.asarray(list(product((-1, 1), repeat=len(array))))
        return float((np.abs(signs @ array) >= observed).mean())
    random = np.random.default_rng(_SEED)
    hits = done = 0
    rows = max(1, 4_000_000 // len(array))
    while done < RESAMPLES:
        count = min(rows, RESAMPLES - done)
        signs = random.integers(0, 2, (count, len(array))) * 2 - 1
        hits += int((np.abs(signs @ array) >= observed).sum())
        done += count
    # The observed pattern is itself one of those that could have been drawn, so the chance is never 0.
    return (hits + 1) / (RESAMPLES + 1)
