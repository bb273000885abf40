"""Errors a user can act on. Each message names what is wrong, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class VraagbaakError(Exception):
    """Base of every error that is shown to a user as it stands."""


class UnreadableFile(VraagbaakError):
    """A source file could not be read, or is not what its name says."""


class MissingModel(VraagbaakError):
    """No embedding model where one was asked for."""


class MissingIndex(VraagbaakError):
    """No index in the folder that was asked for."""


class DamagedIndex(VraagbaakError):
    """A file of the index is missing, truncated or changed."""


class StaleIndex(VraagbaakError):
    """The index was built with another model, analyser or format."""


class IndexBusy(VraagbaakError):
    """Another process is writing to the index."""


class FullDisk(VraagbaakError):
    """There was no room to write the index; the old one is as it was."""


class UnwritableIndex(VraagbaakError):
    """The folder of the index may not be written to, or is none."""


class UnknownDocument(VraagbaakError):
    """A document was named that is not in the index."""


class UnreachableStore(VraagbaakError):
    """A store elsewhere does not answer, or refuses what it is asked."""


class BadQuery(VraagbaakError):
    """A query or a filter that cannot be answered: empty, too long, an unknown party."""


def cause_of(error: VraagbaakError, path: Path) -> str:
    """What an error tells of a file, without the file's name, which those about one begin with."""
    return str(error).removeprefix(f"{path.name}: ")
