"""Which passages hold which terms: from this the words of a query are counted exactly.

tantivy tells which passages hold the most of a query's terms (`index.lexical`), but not what one found otherwise holds.
That stands in segments, each a file of little-endian numbers of four bytes, for the passages of one generation or of
several:

    holders    2 r where row r holds a term itself, 2 r + 1 where its context does; ascending, term after term
    digests    of the terms, ascending
    ends       where the holders of each term end
    terms      how many they are

So a query looks up each of its terms once, and finds its candidates among the holders by bisection. A generation writes
one segment more, into which it takes those that are not much larger: there are few, and each was seldom copied. Of a
million terms one in four thousand shares its digest with another.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from index.columns import digest as digest_of
from index.errors import DamagedIndex
from index.folder import REBUILD, share
from index.rows import opened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.backend import Asked
    from index.columns import Columns

_RUN = 8_000_000
"""Holders that are sorted at once; a writer keeps no more in memory (8 bytes each)."""
_LARGER = 2
"""A segment that has at most so many times the holders of a new one is taken into it."""
_DIGEST = 1 << 32
_BYTES = 4


def digest(term: str) -> int:
    """Four bytes that stand for a term."""
    return digest_of(term) % _DIGEST


class Segment:
    """One file, open for reading; `numbers` is all of it. Raises DamagedIndex where they do not fit each other."""

    def __init__(self, path: Path, numbers: NDArray[np.uint32]) -> None:
        self.path = path
        terms = int(numbers[-1]) if len(numbers) else 0
        count = len(numbers) - 2 * terms - 1
        if count < 0:
            raise self._damaged()
        self.holders, self.digests, self.ends = (
            numbers[first:beyond]
            for first, beyond in ((0, count), (count, count + terms), (count + terms, count + 2 * terms))
        )
        if count != (int(self.ends[-1]) if terms else 0):
            raise self._damaged()
        self._file = opened(path, self)

    def of(self, digests: NDArray[np.uint32]) -> Iterator[tuple[int, NDArray[np.uint32]]]:
        """Of the digests that stand in it the place, and the holders. Raises DamagedIndex where these lie outside."""
        import numpy as np

        places = np.searchsorted(self.digests, digests)
        there = np.flatnonzero(np.take(self.digests, places, mode="clip") == digests) if len(self.digests) else ()
        for which in there:
            place = int(places[which])
            first, beyond = int(self.ends[place - 1]) if place else 0, int(self.ends[place])
            # Read, not mapped: as fast, and the pages do not stay in the process.
            read = os.pread(self._file, max(beyond - first, 0) * _BYTES, first * _BYTES)
            if not read or beyond > len(self.holders):
                raise self._damaged()
            yield int(which), np.frombuffer(read, dtype="<u4")

    def keys(self) -> NDArray[np.uint64]:
        """Every holder behind the digest of its term, as one number, ascending."""
        import numpy as np

        counts = np.diff(np.append(0, self.ends.astype(np.int64)))
        return np.repeat(self.digests.astype(np.uint64) * _DIGEST, counts) + self.holders

    def _damaged(self) -> DamagedIndex:
        return DamagedIndex(f"{self.path} is damaged: {REBUILD}")


class Postings:
    """All segments, open for reading."""

    def __init__(self, segments: Sequence[Segment], columns: Columns) -> None:
        self._segments = segments
        self._columns = columns

    def scores(self, asked: Asked, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The summed weight of the terms asked for, of rows, which ascend, and of the document of each of them.

        A term counts once where a passage itself holds it, and `asked.context` times where its context does; in a
        document it counts once. Shapes (rows,). Raises DamagedIndex.
        """
        import numpy as np

        owners = self._columns.document_of[rows]  # documents lie in order, as the rows do
        new = np.append(True, owners[1:] != owners[:-1])[: len(rows)]
        numbers, inverse = owners[new], np.cumsum(new) - 1
        own = (2 * rows).astype(np.uint32)
        begins, ends = (2 * self._columns.first_rows[numbers + after] for after in (0, 1))
        sought = np.concatenate([own, begins])
        order = np.argsort(sought, kind="stable")  # one after the other, they are found faster
        ascending = sought[order]
        places = np.empty(len(sought), dtype=np.int64)
        scores, in_document = np.zeros(len(rows)), np.zeros(len(numbers))
        digests = np.array([digest(term) for term in asked.weights], dtype=np.uint32)
        weights = list(asked.weights.values())
        for segment in self._segments:
            for which, holders in segment.of(digests):
                places[order] = np.searchsorted(holders, ascending)
                at, of_document = places[: len(rows)], places[len(rows) :]
                # Behind the last holder the last one is taken, which is less than what was looked for.
                held = np.take(holders, at, mode="clip") == own
                around = np.take(holders, at + held, mode="clip") == own + 1
                scores += weights[which] * held + (weights[which] * asked.context) * around
                first = np.take(holders, of_document, mode="clip")
                in_document += weights[which] * ((first >= begins) & (first < ends))
        return scores.astype(np.float32), in_document[inverse].astype(np.float32)


class PostingsWriter:
    """Gathers which passages hold which terms. It writes into a folder of its own; `earlier` is that of what it goes on
    from, whose segments it shares or takes into the new one."""

    def __init__(self, folder: Path, *, earlier: Path | None = None) -> None:
        folder.mkdir()
        self._folder = folder
        self._earlier = earlier
        self._gathered: list[NDArray[np.uint64]] = []
        self._count = 0
        self._sorted = TemporaryFile(dir=folder)  # noqa: SIM115 closed by `close`; it has no name to be left behind
        self._ends: list[int] = []

    def add(self, first: int, passages: Sequence[tuple[Collection[int], Collection[int]]]) -> None:
        """Passages, whose rows begin with `first`. Of each come the digests of its own terms, and of its context's."""
        import numpy as np

        held = [*chain.from_iterable(passages)]
        lengths = [len(digests) for digests in held]
        digests = np.fromiter(chain.from_iterable(held), dtype=np.uint64, count=sum(lengths))
        holders = np.arange(2 * first, 2 * first + len(held), dtype=np.uint64)
        self._gathered.append(digests * _DIGEST + np.repeat(holders, lengths))
        self._count += len(digests)
        if self._count >= _RUN:
            self._sorted.write(self._run().tobytes())
            self._ends.append(self._sorted.tell() // 8)

    def _run(self) -> NDArray[np.uint64]:
        """What was gathered, in order."""
        import numpy as np

        keys = np.concatenate([*self._gathered, np.zeros(0, dtype=np.uint64)])
        keys.sort()
        self._gathered, self._count = [], 0
        return keys

    def commit(self, name: str) -> None:
        """Write the new segment into a file of that name."""
        import numpy as np

        runs = [self._run()]
        if self._ends:
            self._sorted.flush()
            runs += np.split(np.memmap(self._sorted, dtype=np.uint64, mode="r"), self._ends[:-1])
        count = sum(map(len, runs))
        for path in sorted(self._earlier.iterdir(), key=_size) if self._earlier else ():
            segment = Segment(path, np.memmap(path, dtype="<u4", mode="r"))
            if len(segment.holders) <= _LARGER * count:
                runs.append(segment.keys())
                count += len(segment.holders)
            else:
                share(path, self._folder)
        if count:
            _write(self._folder / name, runs, count)
        self.close()

    def close(self) -> None:
        self._sorted.close()


def _size(path: Path) -> int:
    return path.stat().st_size


def _write(path: Path, runs: Sequence[NDArray[np.uint64]], count: int) -> None:
    """Write a segment of keys, each run of which ascends."""
    import numpy as np

    digests, counts = [], []
    with path.open("wb") as file:
        for keys in _in_order(runs, count):
            of = (keys // _DIGEST).astype("<u4")
            begins = np.flatnonzero(np.append(True, of[1:] != of[:-1])[: len(of)])
            digests.append(of[begins])
            counts.append(np.diff(begins, append=len(of)))
            file.write((keys % _DIGEST).astype("<u4").tobytes())
        found = np.concatenate(digests)
        for numbers in (found, np.cumsum(np.concatenate(counts)), np.array([len(found)])):
            file.write(numbers.astype("<u4").tobytes())


def _in_order(runs: Sequence[NDArray[np.uint64]], count: int) -> Iterator[NDArray[Any]]:
    """All keys of runs in order, some at a time and those of one term together; digests are spread evenly."""
    import numpy as np

    parts = 1 + count // _RUN
    cuts = np.array([_DIGEST * part // parts * _DIGEST for part in range(1, parts)], dtype=np.uint64)
    for pieces in zip(*(np.split(run, np.searchsorted(run, cuts)) for run in runs), strict=True):
        keys = np.concatenate(pieces)
        keys.sort()
        yield keys
