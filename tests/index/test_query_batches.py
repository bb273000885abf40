"""Queries of many users, encoded together: which batches are made, and that nobody gets another's vector."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index import query_batches
from index.query_batches import BatchingEncoder
from tests.toy_encoder import ToyEncoder


class Watched(ToyEncoder):
    """Keeps what it was given; the first batch waits until the test opens the gate."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun = threading.Event()
        self.gate = threading.Event()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.gate.wait(10)
        if "kapot" in texts:
            raise ValueError("kapot")
        return super().encode_queries(texts)


def ask_at_once(encoder: BatchingEncoder, inside: Watched, first: str, rest: Sequence[str]) -> dict[str, object]:
    """Ask `first`; while it is being encoded, all the rest; then let go."""
    answers: dict[str, object] = {}

    def ask(text: str) -> None:
        try:
            answers[text] = encoder.encode_queries([text])[0].tolist()
        except ValueError as error:
            answers[text] = str(error)

    asking = [threading.Thread(target=ask, args=(first,))]
    asking[0].start()
    assert inside.begun.wait(10)
    for text in rest:
        asking.append(threading.Thread(target=ask, args=(text,)))
        asking[-1].start()
        while text not in encoder._waiting:  # one after the other, so that their order is known
            pass
    inside.gate.set()
    for thread in asking:
        thread.join(10)
    return answers


def test_what_waits_is_encoded_together_and_each_gets_its_own() -> None:
    inside = Watched()
    answers = ask_at_once(BatchingEncoder(inside), inside, "een", ["twee", "drie", "vier"])
    assert [sorted(batch) for batch in inside.batches] == [["een"], ["drie", "twee", "vier"]]
    assert answers == {text: ToyEncoder().encode_queries([text])[0].tolist() for text in answers}
    assert len(answers) == 4


def test_a_batch_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_batches, "LARGEST", 2)
    inside = Watched()
    ask_at_once(BatchingEncoder(inside), inside, "een", ["twee", "drie", "vier"])
    assert [len(batch) for batch in inside.batches] == [1, 2, 1]


def test_an_error_is_that_of_its_own_batch_and_the_others_ask_again() -> None:
    inside = Watched()
    answers = ask_at_once(BatchingEncoder(inside), inside, "een", ["twee", "kapot"])
    assert answers["kapot"] == "kapot"
    assert answers["een"] == ToyEncoder().encode_queries(["een"])[0].tolist()
    assert len(answers) == 3


def test_a_query_is_encoded_once_until_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_batches, "REMEMBERED", 2)
    inside = Watched()
    inside.gate.set()
    encoder = BatchingEncoder(inside)
    encoder.encode_queries(["een", "twee", "een"])
    assert inside.batches == [["een"], ["twee"]]
    encoder.encode_queries(["drie"])  # "twee" was asked longest ago
    encoder.encode_queries(["een"])
    encoder.encode_queries(["twee"])
    assert inside.batches == [["een"], ["twee"], ["drie"], ["twee"]]


def test_no_query_has_no_vector() -> None:
    assert BatchingEncoder(ToyEncoder()).encode_queries([]).shape == (0, 64)
