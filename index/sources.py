"""Where the documents of an index came from: a list, and every file that was read, by its hash.

The files are kept so that everything can be made anew without the places they came from: with another model, by a later
version that reads better, or when the folder that was indexed is gone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import Cause, DamagedIndex, UnreadableFile
from index.folder import REBUILD, settle

_KEPT = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{64}\.new")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from. `path` is None for one that came from no file.

    `added` marks those that were added one by one: a build keeps them, whatever folders it is told to index.
    """

    sha256: str
    name: str
    path: str | None = None
    added: bool = False


def legible(name: str) -> str:
    """A file's name as text: bytes of it that are no UTF-8, and what would drive a terminal, end the line or turn it
    around, each as "\ufffd"."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", "\ufffd", name)


def hashed(path: Path) -> str:
    """SHA-256 of a file. Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(legible(str(path)), Cause.CLOSED, detail=str(error.strerror)) from error


def keep(path: Path, sha256: str, folder: Path) -> bool:
    """Copy a file among those kept, whole or not at all. False where it was there already.

    Raises UnreadableFile where it is no longer the file of this hash.
    """
    kept = folder / "sources"
    target = kept / sha256
    if target.is_file():
        return False
    kept.mkdir(exist_ok=True)
    beside = kept / f".{sha256}.new"
    shutil.copyfile(path, beside)
    if hashed(beside) != sha256:
        beside.unlink()
        raise UnreadableFile(str(path), Cause.CHANGED)
    settle(beside)
    os.replace(beside, target)
    return True


def drop(folder: Path, needed: Iterable[str]) -> None:
    """Remove the kept files that no document is made from any longer, and copies that were not finished."""
    kept, names = folder / "sources", set(needed)
    for path in kept.iterdir() if kept.is_dir() else ():
        if path.name not in names and _KEPT.fullmatch(path.name):
            path.unlink(missing_ok=True)


@contextmanager
def named(folder: Path, provenance: Provenance) -> Iterator[Path]:
    """The kept file of a document under its own name, which tells its format and becomes its document's id."""
    with TemporaryDirectory(prefix="vraagbaak-") as temporary:
        link = Path(temporary) / Path(provenance.name).name
        link.symlink_to((folder / "sources" / provenance.sha256).resolve())
        yield link


def kept(folder: Path, provenance: Provenance) -> bool:
    """Whether the file of a document is kept."""
    return (folder / "sources" / provenance.sha256).is_file()


def write(path: Path, provenances: Iterable[Provenance]) -> None:
    """One a line, in the order of the documents' numbers."""
    with path.open("w", encoding="utf-8") as file:
        for one in provenances:
            fields = {"sha256": one.sha256, "name": one.name, "path": one.path, "added": one.added}
            file.write(json.dumps(fields) + "\n")


def read(path: Path) -> list[Provenance]:
    """Raises DamagedIndex."""
    try:
        with path.open(encoding="utf-8") as file:
            return [Provenance(**json.loads(line)) for line in file]
    except (OSError, ValueError, TypeError) as error:
        raise DamagedIndex(f"the index is damaged, {path} cannot be read ({error}): {REBUILD}") from error
