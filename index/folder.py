"""The folder of an index: what is current in it, how that is checked, how something else becomes current.

    OUT/manifest.json        the one file that says what is current; replaced atomically
    OUT/rows-<id>/           columns, records and vectors (`index.columns`); only ever appended to
    OUT/lexical-<id>/        tantivy's index; its files never change, and the next one shares them by links
    OUT/dense-<id>.faiss     which vectors are near, in a large index
    OUT/dead-<id>.u4         numbers of the documents that are there no longer
    OUT/sources-<id>.jsonl   where each document came from
    OUT/sources/             every file that was read, under its SHA-256 (`index.sources`)
    OUT/spool-<model>.bin    vectors of a build that is under way, or was interrupted (`index.spool`)
    OUT/.lock                held by the process that writes

The manifest names the parts, and for each of their files how many bytes of it count and the CRC-32 of those. Whatever
else lies in the folder, or beyond those bytes, is of a write that did not come to its end; the next one clears it away.
So a process may be killed at any moment: until the manifest is replaced, everything is as before.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from index.backend import Manifest
from index.errors import DamagedIndex, FullDisk, IndexBusy, MissingIndex, StaleIndex, UnwritableIndex

FORMAT = 8
"""Raised with every change of the folder's layout, of the records or of what is searched by words: an index of another
format is built anew.

What one of `index.columns.BEFORE` holds is taken over, and not encoded again.
"""

REBUILD = "run `python -m index build` with the same folders and --out as before"
"""Fewer folders would take from the index what the others hold, and without --out it is another index."""
_KEPT = {"manifest.json", ".lock", "sources", "uploads"}
_PARTS = re.compile(
    r"(rows|lexical|postings)-[0-9a-f]{12}|(dense|dead|sources)-[0-9a-f]{12}\.\w+|gen-[0-9a-f]{1,12}|manifest\.json\.new"
)
"""Names that only a writer of an index gives; "gen" is of versions before."""
_PIECE = 1 << 22
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def read_manifest(folder: Path, *, formats: Collection[int] = (FORMAT,)) -> Manifest:
    """What is current. Raises MissingIndex, StaleIndex (none of the formats) or DamagedIndex."""
    path = folder / "manifest.json"
    try:
        text = path.read_bytes()
    except FileNotFoundError as error:
        if any(folder.glob("rows-*")) or any(folder.glob("gen-*")):
            raise DamagedIndex(
                f"the index in {folder} is incomplete, its manifest.json is missing: {REBUILD}"
            ) from error
        raise MissingIndex(f"no index in {folder}: run `python -m index build --out {folder}`") from error
    except OSError as error:
        raise DamagedIndex(f"{path} cannot be read ({error.strerror}): {REBUILD}") from error
    try:
        fields = json.loads(text)
        if fields.get("format") not in formats:
            raise StaleIndex(f"the index in {folder} has format {fields.get('format')!r}, not {FORMAT}: {REBUILD}")
        checksum = fields.pop("checksum")
        manifest = Manifest(**fields)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DamagedIndex(f"{path} is damaged ({error}): {REBUILD}") from error
    if checksum != _checksum(fields):
        raise DamagedIndex(f"{path} is damaged (its checksum does not fit): {REBUILD}")
    return manifest


def replace_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a generation current. All its files must be on the disk already (`settle`)."""
    fields = asdict(manifest)
    replace_file(folder / "manifest.json", json.dumps({**fields, "checksum": _checksum(fields)}, indent=1).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, on the disk when this returns."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    settle(path.parent)


def settle(path: Path) -> None:
    """Have a file's bytes, or a folder's names, on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def check(folder: Path, files: Mapping[str, Mapping[str, int]], *, whole: bool) -> None:
    """Whether every file of a manifest is there and long enough; with `whole`, also whether its bytes are as written.

    Raises DamagedIndex, which names the file and what mends it.
    """
    for name, expected in files.items():
        path = folder / name
        try:
            size = path.stat().st_size
            if size < expected["bytes"]:
                raise DamagedIndex(
                    f"the index is damaged, {path} has {size} bytes and should have {expected['bytes']}: {REBUILD}"
                )
            if whole and checksum(path, expected["bytes"]) != expected["crc32"]:
                raise DamagedIndex(f"the index is damaged, {path} is not what was written: {REBUILD}")
        except FileNotFoundError as error:
            raise DamagedIndex(f"the index is incomplete, {path} is missing: {REBUILD}") from error
        except OSError as error:
            raise DamagedIndex(f"the index is damaged, {path} cannot be read ({error.strerror}): {REBUILD}") from error


def checksum(path: Path, length: int) -> int:
    """CRC-32 of the first bytes of a file."""
    crc, left = 0, length
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(left, _PIECE))):
            crc, left = zlib.crc32(piece, crc), left - len(piece)
    return crc


def share(path: Path, folder: Path) -> None:
    """Have a file that is never changed in another folder too."""
    try:
        os.link(path, folder / path.name)
    except OSError:  # a file system without links
        shutil.copyfile(path, folder / path.name)


def described(folder: Path, paths: Iterable[Path]) -> dict[str, dict[str, int]]:
    """The manifest's entries for files, each of which is on the disk when this returns."""
    found = {}
    for path in sorted(paths):
        settle(path)
        size = path.stat().st_size
        found[path.relative_to(folder).as_posix()] = {"bytes": size, "crc32": checksum(path, size)}
    return found


def clear(folder: Path, manifest: Manifest | None) -> None:
    """Remove the parts that no manifest names, and bytes that no manifest counts. Call within `writing`.

    A reader that still has such a file open goes on reading it. What no writer of an index named is left alone.
    """
    files: Mapping[str, Mapping[str, int]] = manifest.files if manifest else {}
    parts = {name.split("/")[0] for name in files}
    for path in folder.iterdir():
        if path.name in parts or not _PARTS.fullmatch(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    for part in parts:
        for path in (folder / part).iterdir() if (folder / part).is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if name not in files and path.suffix != ".lock":  # a reader may hold it
                path.unlink(missing_ok=True)
    for name, expected in files.items():
        path = folder / name
        if path.is_file() and path.stat().st_size > expected["bytes"]:
            os.truncate(path, expected["bytes"])


def claim(folder: Path) -> None:
    """Raises MissingIndex where a folder without an index holds something else, which stays as it is."""
    if (folder / "manifest.json").exists() or any(folder.glob("rows-*")) or any(folder.glob("gen-*")):
        return
    for path in sorted(folder.iterdir()):
        known = path.name in _KEPT or path.name.startswith((".", "spool-")) or _PARTS.fullmatch(path.name)
        if not known:
            raise MissingIndex(
                f"{folder} holds other files ({path.name}) and no index, and was left as it is: "
                "name a folder of its own with --out"
            )


@contextlib.contextmanager
def writing(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the folder for writing. While another process does, raises IndexBusy, or waits for it.

    A disk that is full, or a file larger than is allowed, becomes FullDisk; a folder that may not be written to becomes
    UnwritableIndex. Raises MissingIndex where the folder is somebody else's (`claim`).
    """
    import fcntl

    with _room(folder), _lock(folder) as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if not wait:
                    raise IndexBusy(
                        f"another process is writing to the index in {folder}: wait until it is done, or use --wait"
                    ) from error
                time.sleep(0.2)
        yield


@contextlib.contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Names the errors of a full disk, also those that a library wraps, and of a folder that may not be written to."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        told = ("No space left", "os error 28", "File too large", "os error 27", "quota")
        if getattr(error, "errno", None) in _FULL or any(words in str(error) for words in told):
            raise FullDisk(
                f"there is no room left to write the index in {folder} ({error}): free some space and run the command "
                "again, which goes on where it stopped; the index is as it was before"
            ) from error
        if getattr(error, "errno", None) in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise _unwritable(folder, error) from error
        raise


def _lock(folder: Path) -> IO[str]:
    """The file that is locked, in a folder that is made for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim(folder)
        return (folder / ".lock").open("w")
    except OSError as error:
        if error.errno in _FULL:
            raise
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: Exception) -> UnwritableIndex:
    cause = getattr(error, "strerror", None) or error
    return UnwritableIndex(
        f"the index cannot be written in {folder} ({cause}): see that it is a folder that you may write to, or name "
        "another one with --out"
    )


def _checksum(fields: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(fields, sort_keys=True).encode())
