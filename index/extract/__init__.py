"""From a file to its lines: one door per format, one answer for all, and limits on everything."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.errors import UnreadableFile
from index.extract.plain import decode, lines_of
from index.extract.source import Line, Mark, Source

__all__ = ["LARGEST_FILE", "Line", "Mark", "Source", "extract"]

LARGEST_FILE = 100 * 1024 * 1024


def extract(path: Path) -> Source:
    """The lines of a file. Raises `UnreadableFile`, which names the file, the cause and the cure."""
    raw = _bytes(path)
    digest = hashlib.sha256(raw).hexdigest()
    lines, pages = lines_of(decode(raw))
    return Source(path.name, digest, tuple(lines), pages)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}") from error
