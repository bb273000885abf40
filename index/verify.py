"""Whether every byte of an index is what was written, and its parts fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index import sources
from index.errors import DamagedIndex, UnreadableFile
from index.folder import REBUILD, check, read_manifest
from index.sources import hashed
from index.store import Store

if TYPE_CHECKING:
    from index.encoder import Encoder

_LENGTH = 2e-3
"""How far the length of a vector of half-precision numbers may be from 1."""


def verify(folder: Path, encoder: Encoder) -> Iterator[str]:
    """Tell what is wrong, one line a fault, each with the file and the command that mends it.

    Raises MissingIndex, StaleIndex, or DamagedIndex where it is so bad that no more can be told.
    """
    manifest = read_manifest(folder)
    bad = False
    for name, expected in manifest.files.items():
        try:
            check(folder, {name: expected}, whole=True)
        except DamagedIndex as error:
            bad = True
            yield str(error)
    if bad:
        return
    store = Store(folder, manifest, encoder)
    yield from _documents(store)
    yield from _vectors(store)


def _documents(store: Store) -> Iterator[str]:
    for number in store.live.tolist():
        try:
            document = store.read_document(number)
        except DamagedIndex as error:
            yield str(error)
            continue
        for row in store.rows_of(number):
            try:
                store.passage_in(document, row)
            except DamagedIndex as error:
                yield str(error)
        yield from _kept_copy(store.folder, store.provenance[number])


def _kept_copy(folder: Path, one: sources.Provenance) -> Iterator[str]:
    """What is wrong with the copy of a document's file, which one that came from no file need not have."""
    copy = folder / "sources" / one.sha256
    mend = f"add {one.name} again" if one.added else REBUILD
    if not copy.exists():
        if one.path is not None:
            yield f"the kept copy of {one.name}, {copy}, is missing: {mend}"
        return
    try:
        if hashed(copy) != one.sha256:
            yield f"the kept copy of {one.name}, {copy}, is not what was read: remove it and {mend}"
    except UnreadableFile as error:
        yield f"the kept copy of {one.name}, {copy}, cannot be read ({error.facts['detail']}): remove it and {mend}"


def _vectors(store: Store) -> Iterator[str]:
    import numpy as np

    for name, vectors in (("vectors.f16", store.vectors), ("sentences.f16", store.sentence_vectors)):
        for first in range(0, len(vectors), 65_536):
            part = np.asarray(vectors[first : first + 65_536], dtype=np.float32)
            wrong = np.flatnonzero(~(np.abs(np.linalg.norm(part, axis=1) - 1) <= _LENGTH))
            if len(wrong):
                path = store.folder / store.manifest.parts["rows"] / name
                yield f"row {first + int(wrong[0])} of {path} is no vector of length 1: {REBUILD}"
                break
