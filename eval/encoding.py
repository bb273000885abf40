"""Encoding every query once, in batches, however many systems are then asked about it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from index.encoder import Encoder, Wrapped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Remembering(Wrapped):
    """An encoder that keeps the vector of every query it has seen. Several threads may ask it."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._known: dict[str, NDArray[np.float32]] = {}
        self._encoding = threading.Lock()

    def prepare(self, texts: Iterable[str], *, progress: Callable[[int], object] | None = None) -> None:
        """Encode those that are not known yet. They are stripped as the search strips them."""
        new = list(dict.fromkeys(text.strip() for text in texts if text.strip() not in self._known))
        new.sort(key=len)  # so that a batch holds little padding
        for first in range(0, len(new), 64):
            part = new[first : first + 64]
            self._known.update(zip(part, self.inside.encode_queries(part), strict=True))
            if progress is not None:
                progress(len(part))

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (queries, dimension), as the encoder inside gives them."""
        import numpy as np

        with self._encoding:
            self.prepare(texts)
        return np.asarray([self._known[text.strip()] for text in texts], dtype=np.float32).reshape(-1, self.dimension)
