"""Which files in what is named are letters."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import Cause, NothingToIndex, UnreadableFile

_NOT_READ = frozenset({".doc", ".docm", ".odt", ".rtf", ".zip"})
"""Types of files that may hold letters, and are told when a folder holds them."""
_HIDDEN = (".", "~$")
"""How names begin that are no letters: also of what Word leaves beside a letter while somebody has it open."""


class Found(NamedTuple):
    """The `letters`; and of the folders named, the files that may be letters, of types that are not read (`skipped`),
    and those that cannot be read, each with its error (`closed`)."""

    letters: list[Path]
    skipped: tuple[Path, ...]
    closed: tuple[tuple[Path, UnreadableFile], ...]


def letters_in(sources: Sequence[Path], *, missing_ok: bool = False) -> Found:
    """The files named, whatever their suffix, and the letters in the folders named; each once, in order of name.

    Raises UnreadableFile where there is no letter and a folder cannot be read, and, unless it is `missing_ok`, where
    what is named is not there; so NothingToIndex where there is no letter.
    """
    from index.extract import SUFFIXES

    found: dict[Path, Path] = {}
    skipped = []
    closed: list[tuple[Path, UnreadableFile]] = []
    for source in sources:
        if os.path.isdir(source):
            for path in _walked(source, closed):
                kind = path.suffix.lower()
                if path.name.startswith(_HIDDEN):
                    continue
                if kind in SUFFIXES and _is_file(path):
                    found.setdefault(path.resolve(), path)
                elif kind in _NOT_READ and _is_file(path):
                    skipped.append(path)
        elif _is_file(source):
            found.setdefault(source.resolve(), source)
        elif not missing_ok:
            raise UnreadableFile(str(source), Cause.MISSING)
    if not found and closed:
        raise closed[0][1]
    if not found and not missing_ok:
        named = ", ".join(str(source) for source in sources)
        raise NothingToIndex(f"no letters in {named}: expected files that end in {' or '.join(sorted(SUFFIXES))}")
    return Found(list(found.values()), tuple(skipped), tuple(closed))


def _walked(folder: Path, closed: list[tuple[Path, UnreadableFile]]) -> list[Path]:
    """What is in a folder and those below it, but folders; those that cannot be read go to `closed`."""

    def tell(error: OSError) -> None:
        path = Path(error.filename)
        closed.append((path, UnreadableFile(str(path), Cause.CLOSED, detail=str(error.strerror))))

    return sorted(Path(where, name) for where, _, names in os.walk(folder, onerror=tell) for name in names)


def _is_file(path: Path) -> bool:
    """Also where it may not even be looked at: then opening it will say why."""
    try:
        return path.is_file()
    except OSError:
        return True
