"""Rows of fixed width in a file, of which runs are taken here and there.

While a file is small its rows are taken from the map of it. Of a large one that costs memory: touching a row maps the
64 kB around it, so that a few queries map gigabytes, and unmapping them takes longer than a query. Rows of a large file
are read (`os.pread`), neighbouring runs at once; the system keeps what was read either way.
"""

from __future__ import annotations

import os
import weakref
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READ_FROM = 128_000_000
"""Bytes from which a file is read instead of mapped: 80,000 passages have sentences of that size. Among 50,000 a search
takes half a millisecond less for their being mapped, and 79 MB more; among twice as many it would be 200 MB.
"""
_NEAR = 8_192
"""Bytes between two runs that are read with them: copying so many takes less time than another call."""


def opened(path: Path, owner: object) -> int:
    """A file open for reading, by its descriptor, for as long as its owner lives."""
    descriptor = os.open(path, os.O_RDONLY)
    weakref.finalize(owner, os.close, descriptor)
    return descriptor


class Runs(NamedTuple):
    """`taken` holds the rows of all runs, and perhaps more; `taken[places]` are the runs one after the other.

    `starts` tells where among the places each run begins.
    """

    taken: NDArray[Any]
    places: NDArray[np.int64]
    starts: NDArray[np.int64]


class Rows:
    """The rows of a file. `mapped` is the whole of it as an array, of shape (rows,) or (rows, width)."""

    def __init__(self, path: Path, mapped: NDArray[Any]) -> None:
        self.mapped = mapped
        self.path = path
        self._file = opened(path, self) if mapped.nbytes >= READ_FROM else None

    def runs(self, first: NDArray[Any], counts: NDArray[np.int64]) -> Runs:
        """Runs of rows, each from a first one. No run may be empty. Raises OSError where the file was cut off."""
        import numpy as np

        first = first.astype(np.int64)
        starts = np.cumsum(counts) - counts
        every = np.arange(int(counts.sum()))
        if self._file is None:
            return Runs(self.mapped[np.repeat(first - starts, counts) + every], every, starts)
        taken, opens = self._stretches(self._file, first, counts)
        return Runs(taken, np.repeat(opens - starts, counts) + every, starts)

    def _stretches(
        self, file: int, first: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Rows that hold such runs among others, and where each run begins there."""
        import numpy as np

        row = self.mapped.dtype.itemsize * int(np.prod(self.mapped.shape[1:], dtype=np.int64))
        order = np.argsort(first, kind="stable")
        begins, reached = first[order], np.maximum.accumulate((first + counts)[order])
        # A stretch of the file goes on for as long as the next run begins near to where the last ones end.
        opens = np.append(True, begins[1:] > reached[:-1] + _NEAR // row)
        begins, ends = begins[opens], reached[np.append(np.flatnonzero(opens)[1:], len(order)) - 1]
        lengths = ends - begins
        read = bytearray().join(
            map(os.pread, repeat(file), (lengths * row).tolist(), (begins * row).tolist())
        )  # a loop in C: hundreds of calls of a microsecond each
        if len(read) != int(lengths.sum()) * row:
            raise OSError(f"{self.path} is shorter than its index says")
        taken = np.frombuffer(read, dtype=self.mapped.dtype).reshape(-1, *self.mapped.shape[1:])
        places = np.cumsum(lengths) - lengths
        stretch = np.searchsorted(begins, first, side="right") - 1
        return taken, places[stretch] + first - begins[stretch]
