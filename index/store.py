"""An index in a folder, open for reading: `index.backend` over columns and vectors that are mapped into memory.

A small index is scored as a whole. In a large one the candidates come from the compressed vectors (`index.dense`), from
the terms (`index.lexical`), and, one by one, from passages added since; whatever found them, they are scored exactly.
First by the vectors of the passages, by their terms and by those of their documents (`index.postings`); then the
sentences of the best are read (`index.rows`).
"""

from __future__ import annotations

import json
import mmap
import os
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property, lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from index import serial, sources
from index.analysis import ANALYSER_VERSION
from index.backend import Asked, Candidates, Documents, Filters, Key, Manifest, Selection, asking_names, of_all
from index.columns import BEFORE, COLUMNS, ROLES, Columns
from index.dense import DenseIndex, inner_products
from index.errors import DamagedIndex, StaleIndex, VraagbaakError
from index.folder import REBUILD, check, read_manifest
from index.lexical import DAY, LexicalIndex
from index.passages import is_cut_from
from index.postings import Postings, Segment
from index.records import Document, Passage, Span
from index.rows import Rows, opened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder

SCORED_WHOLE = 2_500
"""Passages: so many that pass the filters are all scored, which takes less time than to look for the best of them."""
CHECKED_WHOLE = 64_000_000
"""Bytes: an index up to this size is checked to the last byte when it is opened, a larger one by `verify` alone."""
MAPPED_AT_MOST = 1_300_000_000
"""Bytes of files that may stay mapped into the process when a query begins."""
_LOOKED_AT_EVERY = 0.5
"""Seconds between two looks at whether the index was written anew."""
_DOCUMENTS_HELD = 512
_MOSTLY = 0.2
"""The share of all passages above which those that pass a filter are picked out of the best by words afterwards."""
_CODED = 2
"""How many times as many passages are taken from the compressed vectors as are then chosen by their own."""
_CLOSELY = 0.7
"""The share of what is taken whose sentences are read: of a million, recall at 10 is as high as if all were."""
_BY_WORDS = 2
"""For so many passages by meaning comes one by words, most of which the others hold anyway: of a million, as many by
words as by meaning raise recall at 10 from .985 to .987, and cost an eighth of a query."""


class _Near(NamedTuple):
    """Rows and their exact cosines with a query. Shapes (rows,)."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]

    def best(self, count: int) -> _Near:
        places = _highest(self.cosines, count)
        return _Near(self.rows[places], self.cosines[places])


class Store:
    """A generation of an index. It stays readable, whatever is written meanwhile; `refreshed` gives the newer one."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder, *, searched: bool = True) -> None:
        """Where it is not `searched`, only what a writer takes over is opened, which other formats have too."""
        import numpy as np

        self.folder = folder
        self.manifest = manifest
        self._encoder = encoder
        self._rows = folder / manifest.parts["rows"]
        dimension = manifest.dimension
        self._maps: list[mmap.mmap] = []
        columns = BEFORE.get(manifest.format, COLUMNS)
        rows = self._rows.name
        tables = {table: self._mapped(f"{rows}/{table}.rows", np.dtype(columns[table])) for table in columns}
        self.vectors: NDArray[np.float16] = self._mapped(f"{rows}/vectors.f16", np.dtype("<f2"), dimension)
        self.sentence_vectors: NDArray[np.float16] = self._mapped(f"{rows}/sentences.f16", np.dtype("<f2"), dimension)
        self._sentence_rows = Rows(self._rows / "sentences.f16", self.sentence_vectors)
        self._records = opened(self._rows / "documents.bin", self)
        names = bytes(self._mapped(f"{rows}/names.jsonl", np.dtype("u1"))).decode().splitlines()
        self.dead = np.fromfile(folder / manifest.parts["dead"], dtype="<u4").tolist()
        self.columns = Columns(tables, json.loads(f"[{','.join(names)}]"), self.dead)
        fit = len(self.columns) == len(self.vectors) and len(self.columns.sentences) == len(self.sentence_vectors)
        self.compressed: DenseIndex | None = None
        if searched:
            segments = (name for name in manifest.files if name.startswith(f"{manifest.parts['postings']}/"))
            self.postings = Postings(
                [Segment(folder / name, self._mapped(name, np.dtype("<u4"))) for name in segments], self.columns
            )
            self.lexical = LexicalIndex.open(folder / manifest.parts["lexical"], whole=not self.dead)
            if "dense" in manifest.parts:
                self.compressed = DenseIndex.open(folder / manifest.parts["dense"])
            fit = fit and len(self.lexical) == manifest.passages
            fit = fit and (self.compressed is None or len(self.compressed) <= len(self.columns))
        if not fit:
            raise DamagedIndex(f"the parts of the index in {folder} do not fit each other: {REBUILD}")
        self._memory: int | None = None
        if sum(map(len, self._maps)) > MAPPED_AT_MOST // 4:  # a small index is left mapped
            with suppress(OSError):  # elsewhere than on Linux
                self._memory = opened(Path("/proc/self/statm"), self)
        self._selected = lru_cache(maxsize=64)(self.columns.select)
        self._document = lru_cache(maxsize=_DOCUMENTS_HELD)(self.read_document)
        self._looked = time.monotonic()
        self._seen = _stamp(folder)
        self._refreshing = threading.Lock()
        self._newer: Store | None = None

    def _mapped(self, name: str, dtype: np.dtype[Any], width: int = 1) -> NDArray[Any]:
        """A file as an array, as far as the manifest counts it."""
        import numpy as np

        count = self.manifest.files[name]["bytes"] // (dtype.itemsize * width)
        shape = (count, width) if width > 1 else (count,)
        if not count:
            return np.zeros(shape, dtype=dtype)
        mapped = np.memmap(self.folder / name, dtype=dtype, mode="r", shape=shape)
        self._maps.append(mapped._mmap)  # type: ignore[attr-defined]
        return mapped.view(np.ndarray)  # a plain array is taken from faster

    def _let_go(self) -> None:
        """Unmap what was read of the files, where that is much; it stays in the system's cache."""
        if self._memory is not None:
            shared = int(os.pread(self._memory, 128, 0).split()[2]) * mmap.PAGESIZE
            if shared > MAPPED_AT_MOST:
                for mapped in self._maps:
                    mapped.madvise(mmap.MADV_DONTNEED)

    @property
    def members(self) -> tuple[str, ...]:
        return self.columns.members

    @property
    def ministries(self) -> tuple[str, ...]:
        return self.columns.concerned

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.live.tolist(), self._document)

    def document(self, name: str) -> Document | None:
        number = self.number(name)
        return None if number is None else self._document(number)

    def number(self, name: str) -> int | None:
        """The number of the document with an id."""
        import numpy as np

        columns = self.columns
        code = columns.codes.get(name)
        if code is None:
            return None
        found = np.flatnonzero((columns.documents["name"] == code) & columns.alive)
        return int(found[0]) if len(found) else None

    @property
    def live(self) -> NDArray[np.int64]:
        """The numbers of all documents that are there, in order."""
        import numpy as np

        return np.flatnonzero(self.columns.alive)

    @cached_property
    def provenance(self) -> list[sources.Provenance]:
        """Where each document came from, by its number."""
        return sources.read(self.folder / self.manifest.parts["sources"])

    def read_document(self, number: int) -> Document:
        """Raises DamagedIndex where the record is not what was written."""
        row = self.columns.documents[number]
        offset, length = int(row["offset"]), int(row["bytes"])
        block = os.pread(self._records, length, offset)
        if zlib.crc32(block) != row["crc"]:
            raise DamagedIndex(
                f"the index is damaged, document {number} in {self._rows / 'documents.bin'} is not what was written: "
                + REBUILD
            )
        return serial.load(zlib.decompress(block))

    def refreshed(self) -> Store:
        if self._newer is not None:
            return self._newer.refreshed()
        now = time.monotonic()
        if now - self._looked < _LOOKED_AT_EVERY or not self._refreshing.acquire(blocking=False):
            return self
        try:
            self._looked = now
            stamp = _stamp(self.folder)
            if stamp != self._seen:
                self._seen = stamp
                if read_manifest(self.folder).generation != self.manifest.generation:
                    self._newer = open_store(self.folder, self._encoder)
                    return self._newer
        except VraagbaakError:
            pass  # another model's or a later version's, or half gone: the old one answers on
        finally:
            self._refreshing.release()
        return self

    def select(self, filters: Filters) -> Selection:
        return self._selected(filters)[0]

    def candidates(self, asked: Asked, filters: Filters, count: int) -> Candidates:
        import numpy as np

        self._let_go()
        selection, mask = self._selected(filters)
        if selection.passages <= max(SCORED_WHOLE, 2 * count):
            return self._scored(asked, self._near_to(asked.vector, np.flatnonzero(mask)))
        found = self._best(asked, filters, count)
        named: list[tuple[NDArray[np.bool_], list[list[str]]]] = []
        if asked.parties:
            named.append((self.columns.asked_by(asked.parties), [self._asking(asked.parties)]))
        if asked.members:
            labels = self._labels(Filters(members=asked.members))
            named.append((self.columns.asked_by_members(asked.members), labels))
        if asked.numbers:
            labels = [[f"n{number}" for number in sorted(asked.numbers)]]
            named.append((self.columns.numbered(asked.numbers), labels))
        if len(named) == 2:
            (by_name, names), (by_number, numbers) = named
            named.append((by_name & by_number, names + numbers))
        for also, labels in named:
            found += self._best(asked, filters, count, also=also, labels=labels)
        return self._scored(asked, _joined(found), closely=ceil(_CLOSELY * count))

    def _best(
        self,
        asked: Asked,
        filters: Filters,
        count: int,
        *,
        also: NDArray[np.bool_] | None = None,
        labels: Sequence[list[str]] = (),
    ) -> list[_Near]:
        """The nearest, and the best by words, of what passes the filters and is `also` of exchanges so labelled."""
        import numpy as np

        selection, mask = self._selected(filters)
        labels = [*labels, *self._labels(filters)]
        passed = selection.passages
        if also is not None:
            mask = mask & self.columns.of_units(also, slice(None))
            passed = int(np.count_nonzero(mask))
        if not passed:
            return []
        share = passed / len(self.columns)
        near = self._near(asked.vector, count, mask, passed)
        if passed <= count:
            return near
        count = ceil(count / _BY_WORDS)
        if share >= _MOSTLY:
            worded = self.lexical.best(asked.weights, ceil(1.2 * count / share), context=asked.context)
        else:
            days = _days(filters)
            worded = self.lexical.best(asked.weights, count, context=asked.context, labels=labels, days=days)
        return [*near, self._near_to(asked.vector, worded[mask[worded]][:count])]

    def _near(self, vector: NDArray[np.float32], count: int, mask: NDArray[np.bool_], passed: int) -> list[_Near]:
        """The rows nearest to a vector among those of a mask, at most about `count`."""
        import numpy as np

        if passed <= SCORED_WHOLE:
            return [self._near_to(vector, np.flatnonzero(mask)).best(count)]
        inside = len(self.compressed) if self.compressed is not None else 0
        tail = inside + np.flatnonzero(mask[inside:])
        found = [_Near(tail, inner_products(self._tail, vector)[tail - inside]).best(count)]
        if self.compressed is not None:
            allowed = None if passed == len(self.columns) else mask
            coded = np.sort(self.compressed.search(vector, _CODED * count, allowed))
            found.append(self._near_to(vector, coded).best(count))
        return found

    def _near_to(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> _Near:
        return _Near(rows, inner_products(self.vectors[rows], vector))

    @cached_property
    def _tail(self) -> NDArray[np.float32]:
        """The vectors outside the compressed index."""
        import numpy as np

        return np.asarray(self.vectors[len(self.compressed) if self.compressed else 0 :], dtype=np.float32)

    def _labels(self, filters: Filters) -> list[list[str]]:
        """Filters as `index.writer` labelled the passages for them. Of each list one must hold."""
        codes = self.columns.codes
        groups = []
        if filters.parties:
            groups.append(self._asking(filters.parties))
        for letter, names in (("m", filters.members), ("o", filters.ministries), ("c", filters.concerned)):
            if names:
                groups.append([f"{letter}{codes[name]}" for name in names if name in codes])
        if filters.documents:
            groups.append([f"d{number}" for name in filters.documents if (number := self.number(name)) is not None])
        return groups

    def _asking(self, parties: Sequence[str]) -> list[str]:
        codes = self.columns.codes
        return [
            f"a{codes[name]}y{year}"
            for year in self.columns.years
            for name in sorted(asking_names(parties, year or None))
            if name in codes
        ]

    def _scored(self, asked: Asked, near: _Near, *, closely: int | None = None) -> Candidates:
        """Rows, which ascend, with their exact scores; of many, the sentences of the best `closely` alone are read."""
        import numpy as np

        columns, rows = self.columns, near.rows
        named = columns.asked_by(asked.parties) if asked.parties else None
        if asked.members:
            named = columns.asked_by_members(asked.members)
        numbered = columns.numbered(asked.numbers) if asked.numbers else None
        nothing = np.zeros(len(rows), dtype=np.bool_)
        lexical, in_document = self.postings.scores(asked, rows)
        found = Candidates(
            rows=rows,
            exchanges=columns.groups(rows),
            documents=columns.document_of[rows].astype(np.int64),
            in_context=near.cosines,
            nearest=np.full(len(rows), -1.0, dtype=np.float32),
            lexical=lexical,
            in_document=in_document,
            named=nothing if named is None else columns.of_units(named, rows),
            numbered=nothing if numbered is None else columns.of_units(numbered, rows),
        )
        close = np.arange(len(rows)) if closely is None else _promising(found, asked, closely)
        places, inverse = np.unique(columns.exchange_of[rows[close]], return_inverse=True)
        runs = (columns.passages[rows[close]], columns.exchanges[places[places >= 0]])
        own, asking = np.split(self._nearest(asked.vector, *runs), [len(close)])
        if len(asking) < len(places):  # some are of no exchange, whose number, -1, comes first
            asking = np.append(np.float32(-1), asking)
        found.nearest[close] = np.maximum(own, asking[inverse])
        return found

    def _nearest(self, vector: NDArray[np.float32], *tables: NDArray[Any]) -> NDArray[np.float32]:
        """The highest cosine within each run of sentences, those of all tables; -1 for an empty one."""
        import numpy as np

        first, counts = (np.concatenate([table[name] for table in tables]) for name in ("first", "sentences"))
        nearest = np.full(len(first), -1.0, dtype=np.float32)
        filled = counts > 0
        if filled.any():
            taken, places, starts = self._sentence_rows.runs(first[filled], counts[filled].astype(np.int64))
            nearest[filled] = np.maximum.reduceat(inner_products(taken, vector)[places], starts)
        return nearest

    def keys(self, rows: Sequence[int]) -> list[Key]:
        import numpy as np

        columns, at = self.columns, np.asarray(rows, dtype=np.int64)
        exchanges, places = columns.exchange_of[at], -1 - at
        asked = exchanges >= 0
        places[asked] = columns.exchanges["place"][exchanges[asked]]
        codes = columns.documents["name"][columns.document_of[at]]
        return [(columns.names[code], place) for code, place in zip(codes.tolist(), places.tolist(), strict=True)]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        numbers = self.columns.document_of
        return [self.passage_in(self._document(int(numbers[row])), row) for row in rows]

    def passage_in(self, document: Document, row: int) -> Passage:
        """The passage of a row, of this copy of its document. Raises DamagedIndex where that has no such passage."""
        passage = self.columns.passages[row]
        number, span = int(passage["exchange"]), Span(int(passage["start"]), int(passage["end"]))
        with suppress(IndexError):
            exchange = None if number < 0 else document.exchanges[int(self.columns.exchanges["place"][number])]
            found = Passage(document, exchange, ROLES[int(passage["role"])], span)
            if is_cut_from(found):
                return found
        raise DamagedIndex(f"the index is damaged, passage {row} in {self._rows} is none of {document.id}: {REBUILD}")

    def sentences(
        self, rows: Sequence[int], vector: NDArray[np.float32]
    ) -> list[tuple[tuple[Span, ...], NDArray[np.float32]]]:
        import numpy as np

        passages = self.columns.passages[np.asarray(rows, dtype=np.int64)]
        filled = passages["sentences"] > 0
        similarities: Iterator[NDArray[np.float32]] = iter(())
        if filled.any():
            counts = passages["sentences"][filled].astype(np.int64)
            taken, places, starts = self._sentence_rows.runs(passages["first"][filled], counts)
            similarities = iter(np.split(inner_products(taken, vector)[places], starts[1:]))
        found = []
        for start, end, first, count in passages[["start", "end", "first", "sentences"]].tolist():
            spans = [Span(*span) for span in self.columns.sentences[first : first + count].tolist()]
            if not all(start <= span.start < span.end <= end for span in spans):
                path = self._rows / "sentences.rows"
                raise DamagedIndex(f"the index is damaged, {path} is not what was written: {REBUILD}")
            found.append((tuple(spans), next(similarities) if count else np.zeros(0, dtype=np.float32)))
        return found

    def document_frequency(self, term: str) -> int:
        return self.lexical.document_frequency(term)

    def rows_like(self, spelling: str, *, edits: int) -> list[int]:
        return self.lexical.rows_like(spelling, edits=edits)

    def check(self) -> None:
        check(self.folder, self.manifest.files, whole=True)

    # What a writer takes over from it.

    def rows_of(self, number: int) -> range:
        """The rows of a document."""
        import numpy as np

        first, last = np.searchsorted(self.columns.document_of, [number, number + 1])
        return range(int(first), int(last))

    def encoded(self, row: int) -> NDArray[np.float16]:
        """The vectors that were made with a passage: its own, its sentences', and those of the questions' sentences.

        Shape (vectors, dimension).
        """
        import numpy as np

        return np.concatenate([self.vectors[row : row + 1], self.sentence_vectors[self._told_with(row)]])

    def quoted(self, row: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The sentences of a passage, and those of the questions that were encoded with it."""
        told = [Span(*span) for span in self.columns.sentences[self._told_with(row)].tolist()]
        own = int(self.columns.passages["sentences"][row])
        return tuple(told[:own]), tuple(told[own:])

    def _told_with(self, row: int) -> slice:
        passage = self.columns.passages[row]
        first, last = int(passage["first"]), int(passage["first"] + passage["sentences"])
        if passage["exchange"] >= 0:
            exchange = self.columns.exchanges[passage["exchange"]]
            last += int(exchange["sentences"]) if int(exchange["first"]) == last else 0
        return slice(first, last)

    def known(self, wanted: int) -> NDArray[np.float16] | None:
        """What was encoded under a digest, as `encoded` gives it; None where nothing was."""
        import numpy as np

        digests, order = self._by_digest
        place = int(np.searchsorted(digests, np.uint64(wanted)))
        return self.encoded(int(order[place])) if place < len(digests) and digests[place] == wanted else None

    @cached_property
    def _by_digest(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        import numpy as np

        digests = np.ascontiguousarray(self.columns.passages["digest"])
        order = np.argsort(digests, kind="stable")
        return digests[order], order


def open_store(folder: Path, encoder: Encoder) -> Store:
    """Open what is current.

    Raises MissingIndex, StaleIndex (other format, analyser or model) or DamagedIndex (a file missing or changed), each
    with the command that mends it.
    """
    manifest = read_manifest(folder)
    while True:
        try:
            _check_model(folder, manifest, encoder)
            small = sum(expected["bytes"] for expected in manifest.files.values()) <= CHECKED_WHOLE
            check(folder, manifest.files, whole=small)
            return Store(folder, manifest, encoder)
        except (DamagedIndex, OSError, ValueError, IndexError) as error:
            # A writer may have replaced the generation between two reads: then, and only then, once more.
            current = read_manifest(folder)
            if current.generation == manifest.generation:
                if isinstance(error, DamagedIndex):
                    raise
                raise DamagedIndex(f"the index in {folder} cannot be read ({error}): {REBUILD}") from error
            manifest = current


def _check_model(folder: Path, manifest: Manifest, encoder: Encoder) -> None:
    if manifest.fingerprint != encoder.fingerprint:
        raise StaleIndex(
            f"the index in {folder} was built with the model {manifest.encoder!r} ({manifest.fingerprint[:12]}), "
            f"not with {encoder.name!r} ({encoder.fingerprint[:12]}): {REBUILD}, or name its model with --model"
        )
    if manifest.analyser != ANALYSER_VERSION:
        raise StaleIndex(
            f"the index in {folder} was built with analyser {manifest.analyser}, not {ANALYSER_VERSION}: {REBUILD}"
        )


def _stamp(folder: Path) -> tuple[int, int]:
    """What changes when the manifest is replaced."""
    try:
        found = (folder / "manifest.json").stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def _days(filters: Filters) -> list[tuple[Sequence[str], int, int]]:
    """The filters on days, as `LexicalIndex.best` takes them."""
    found: list[tuple[Sequence[str], int, int]] = []
    if filters.since or filters.until:
        first, last = filters.since or date.min, filters.until or date.max
        found.append(((DAY,), first.toordinal(), last.toordinal()))
    if filters.dated:
        found.append((filters.dated.days, filters.dated.first.toordinal(), filters.dated.last.toordinal()))
    return found


def _joined(found: Sequence[_Near]) -> _Near:
    """All that was found, each row once, ascending."""
    import numpy as np

    rows, first = np.unique(np.concatenate([near.rows for near in found]), return_index=True)
    return _Near(rows, np.concatenate([near.cosines for near in found])[first])


def _highest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The places of the highest scores, in any order; of all, where they are not more."""
    import numpy as np

    return np.arange(len(scores)) if len(scores) <= count else np.argpartition(-scores, count - 1)[:count]


def _promising(found: Candidates, asked: Asked, count: int) -> NDArray[np.int64]:
    """The best of candidates, as places, without their sentences: so many of all, and of those that gain by a name."""
    import numpy as np

    scores = found.in_context + found.lexical * np.float32(asked.words / max(float(found.lexical.max(initial=0)), 1e-9))
    worded = found.in_document * np.float32(asked.document / of_all(asked.weights))
    scores += np.where(found.lexical > 0, worded, 0)
    groups = (np.arange(len(scores)), np.flatnonzero(found.named), np.flatnonzero(found.numbered))
    return np.unique(np.concatenate([places[_highest(scores[places], count)] for places in groups]))
