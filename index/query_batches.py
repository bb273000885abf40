"""An encoder for many users at once: what is asked at the same moment is encoded together, and nothing is twice.

A model reads sixteen short queries in little more time than four by themselves, and two threads that each run the model
on two cores take longer than one after the other.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.encoder import Encoder, Wrapped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST = 16
"""Queries in one batch; a larger one keeps the first of them waiting for the last."""
REMEMBERED = 2_000
"""Queries whose vectors are kept (3 MB): a filter, an export or another language asks the same again."""


class BatchingEncoder(Wrapped):
    """Wraps an encoder for use from many threads; passages go through as they are."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lists = threading.Lock()
        self._encoding = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (queries, dimension), as the encoder inside gives them. Raises what it raises."""
        import numpy as np

        if not texts:
            return self.inside.encode_queries(texts)
        return np.stack([self._encode(text) for text in texts])

    def _encode(self, text: str) -> NDArray[np.float32]:
        with self._lists:
            if (found := self._recall(text)) is not None:
                return found
            self._waiting[text] = None
        with self._encoding:  # whoever comes in encodes for those behind it too, who then find their vectors
            with self._lists:
                if (found := self._recall(text)) is not None:
                    return found
                self._waiting.pop(text, None)
                others = list(self._waiting)[: LARGEST - 1]
                for other in others:
                    del self._waiting[other]
            batch = [text, *others]
            vectors: list[NDArray[np.float32]] = list(self.inside.encode_queries(batch))
            with self._lists:
                self._known.update(zip(batch, vectors, strict=True))
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            return vectors[0]

    def _recall(self, text: str) -> NDArray[np.float32] | None:
        found = self._known.get(text)
        if found is not None:
            self._known.move_to_end(text)
        return found
