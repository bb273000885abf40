from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.encoding import Remembering
from tests.toy_encoder import ToyEncoder


class _Counting(ToyEncoder):
    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        return super().encode_queries(texts)


def test_each_query_is_encoded_once_and_as_before() -> None:
    counting = _Counting()
    remembering = Remembering(counting)
    remembering.prepare(["lang geleden", "kort", " kort "])
    vectors = remembering.encode_queries(["kort", "lang geleden", "nieuw"])
    assert counting.seen == ["kort", "lang geleden", "nieuw"]
    assert np.array_equal(vectors, ToyEncoder().encode_queries(["kort", "lang geleden", "nieuw"]))
    assert (remembering.name, remembering.fingerprint, remembering.dimension) == ("toy", "toy-1", 64)


def test_nothing_has_the_right_shape() -> None:
    assert Remembering(ToyEncoder()).encode_queries([]).shape == (0, 64)
