"""The student gives texts and their parts the vectors that the search will ask its exported model for."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from index.encoder import SentenceEncoder
from index.records import Span
from tests.training import data
from training.student import Student

_FIRST, _SECOND = "de weg heeft water en school nodig.", "the road needs money"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data.teacher(tmp_path_factory.mktemp("student") / "model")


def test_a_part_has_the_vector_that_the_index_gives_a_sentence(folder: Path) -> None:
    texts, spans = [f"{_FIRST} {_SECOND}", _SECOND], [[Span(0, 35), Span(36, 56)], [Span(0, 20)]]
    assert [span.of(texts[0]) for span in spans[0]] == [_FIRST, _SECOND]
    wholes, parts, owners = Student.load(folder).encode_parts([[_FIRST, _SECOND], [_SECOND]], length=64)
    vectors, pooled = SentenceEncoder.open(folder).encode_spans(texts, spans)
    assert owners.tolist() == [0, 0, 1]
    assert wholes.detach().numpy() == pytest.approx(vectors, abs=0.02)
    assert parts.detach().numpy() == pytest.approx(pooled, abs=0.02)
    assert not torch.allclose(parts[1], parts[2], atol=0.02)  # the same words, read among others


def test_parts_that_are_cut_off_are_left_out(folder: Path) -> None:
    student = Student.load(folder)
    wholes, parts, owners = student.encode_parts([[_FIRST, _SECOND], [_SECOND, _FIRST]], length=10, longest=5)
    # Of ten tokens two are marks: five of the first part, three of the second.
    assert owners.tolist() == [0, 0, 1, 1]
    wholes, parts, owners = student.encode_parts([[_FIRST, _SECOND], [_SECOND]], length=6)
    assert owners.tolist() == [0, 1]
    assert parts.shape == wholes.shape
