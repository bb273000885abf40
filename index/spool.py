"""The vectors of a build that is under way. What was encoded before the process was killed need not be encoded again.

One record a passage: its digest (8 bytes), how many vectors (4), the CRC-32 of the rest (4), and the vectors, float16.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEAD = struct.Struct("<QII")


class Spool:
    """Vectors by digest, of one model. Records that were not finished are cut off when it is opened."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._path = path
        self._dimension = dimension
        self._places: dict[int, tuple[int, int]] = {}
        self._file = path.open("a+b")
        self._file.truncate(self._read())
        self._file.seek(0, 2)

    @classmethod
    def open(cls, folder: Path, fingerprint: str, dimension: int) -> Self:
        """The spool of a model; those of other models are removed."""
        path = folder / f"spool-{fingerprint[:16]}.bin"
        for other in folder.glob("spool-*"):
            if other != path:
                other.unlink()
        return cls(path, dimension)

    def _read(self) -> int:
        self._file.seek(0)
        end = 0
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            digest, count, crc = _HEAD.unpack(head)
            length = count * self._dimension * 2
            block = self._file.read(length)
            if len(block) != length or zlib.crc32(block) != crc:
                break
            self._places[digest] = (end + _HEAD.size, count)
            end += _HEAD.size + length
        return end

    def get(self, digest: int) -> NDArray[np.float16] | None:
        """Shape (vectors, dimension); None where the digest is not known."""
        import numpy as np

        place = self._places.get(digest)
        if place is None:
            return None
        self._file.flush()
        with self._path.open("rb") as file:
            file.seek(place[0])
            block = file.read(place[1] * self._dimension * 2)
        return np.frombuffer(block, dtype="<f2").reshape(-1, self._dimension)

    def put(self, digest: int, vectors: NDArray[np.float16]) -> None:
        block = vectors.astype("<f2").tobytes()
        place = self._file.tell() + _HEAD.size
        self._file.write(_HEAD.pack(digest, len(vectors), zlib.crc32(block)) + block)
        self._places[digest] = (place, len(vectors))

    def flush(self) -> None:
        """Hand what was put to the system, which keeps it though this process is killed."""
        self._file.flush()

    def close(self) -> None:
        """Leave it for the next build, if it holds anything."""
        self._file.close()
        if not self._places:
            self._path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Close it and remove it: what it holds is in the index now."""
        self.close()
        self._path.unlink(missing_ok=True)
