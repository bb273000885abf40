from __future__ import annotations

import math

import pytest
import torch

from training.losses import contrast, contrast_in_use, distil, nearest

_X, _Y = [1.0, 0.0], [0.0, 1.0]


def test_contrast_is_the_cross_entropy_of_the_right_passage() -> None:
    queries, passages = torch.tensor([_X, _Y]), torch.tensor([_X, _Y, [-1.0, 0.0]])
    loss = contrast(queries, passages, torch.zeros(2, 3, dtype=torch.bool), temperature=1.0, narrow=2)
    # Query 1 scores 1, 0, −1; query 2 scores 0, 1, 0. The narrow part, here all of it, counts 0.3.
    first = -math.log(math.e / (math.e + 1 + 1 / math.e))
    second = -math.log(math.e / (math.e + 2))
    assert loss.item() == pytest.approx(1.3 * (first + second) / 2, rel=1e-5)


def test_what_may_be_right_too_is_no_negative() -> None:
    queries = torch.tensor([_X, _X])
    right = torch.ones(2, 2, dtype=torch.bool)
    assert contrast(queries, queries, right, temperature=0.05, narrow=2).item() == pytest.approx(0.0)


def test_distil_wants_the_teachers_vector_and_not_another_sentences() -> None:
    aim = torch.tensor([_X, _Y])
    # At its aim: distance 0, and a contrast of e/(e+1) at temperature 1.
    at = distil(aim, aim, aim[:0], temperature=1.0, narrow=2)
    assert at.item() == pytest.approx(1.3 * -math.log(math.e / (math.e + 1)), rel=1e-5)
    away = distil(aim.flip(0), aim, aim[:0], temperature=1.0, narrow=2)
    assert away.item() == pytest.approx(5.0 + 1.3 * -math.log(1 / (math.e + 1)), rel=1e-5)


def test_a_sentence_that_means_the_same_is_no_negative_of_it() -> None:
    aim = torch.tensor([_X, _X])
    assert distil(aim, aim, aim, temperature=0.05, narrow=2).item() == pytest.approx(0.0, abs=1e-6)


def test_the_nearest_part_of_each_owner_counts() -> None:
    scores = torch.tensor([[0.1, 0.9, 0.3], [0.5, 0.2, -0.4]])
    found = nearest(scores, torch.tensor([0, 0, 1]), 3)
    assert torch.equal(found, torch.tensor([[0.9, 0.3, -1.0], [0.5, -0.4, -1.0]]))


def test_in_use_a_passage_counts_by_itself_and_by_its_nearest_sentence() -> None:
    queries, passages = torch.tensor([_X, _Y]), torch.tensor([_X, _X])
    parts, owners = torch.tensor([_X, _Y, _Y]), torch.tensor([0, 1, 1])
    loss = contrast_in_use(queries, passages, parts, owners, torch.zeros(2, 2, dtype=torch.bool), temperature=1.0)
    # Query 1: passage 1 by (1 + 1)/2, passage 2 by (1 + 0)/2. Query 2: passage 1 by 0, its own by (0 + 1)/2.
    assert loss.item() == pytest.approx(-math.log(1 / (1 + math.exp(-0.5))), rel=1e-5)
