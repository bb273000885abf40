"""What the student is told. All vectors are rows of length 1; every loss is a mean over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

_PULL = 5.0
"""Weight of the distance to the teacher's vector beside the contrast; by itself it is some twentieth of it."""
_NARROW = 0.3
"""Weight of the contrast by the first numbers alone."""


def unit(vectors: Tensor) -> Tensor:
    from torch.nn.functional import normalize

    return normalize(vectors, dim=-1)


def distil(student: Tensor, aim: Tensor, hard: Tensor, *, temperature: float, narrow: int) -> Tensor:
    """Near the teacher's vector of the sentence, and nearer to it than to those of other sentences.

    `student` and `aim` are of shape (rows, dimension), `hard` of (others, dimension). Other sentences that mean the
    same (the teacher's cosine over .95) are no negatives.
    """
    import torch

    others = torch.cat([aim, hard])
    same = (aim @ others.T > 0.95).fill_diagonal_(False)
    loss = _PULL * (1 - (student * aim).sum(dim=-1)).mean() + _contrast(student, others, same, temperature)
    return loss + _NARROW * _contrast(unit(student[:, :narrow]), unit(others[:, :narrow]), same, temperature)


def contrast(queries: Tensor, passages: Tensor, right: Tensor, *, temperature: float, narrow: int) -> Tensor:
    """InfoNCE (van den Oord 2018): query i nearer to passage i than to the others.

    `queries` is of shape (rows, dimension), `passages` of (rows + others, dimension), and `right` of (rows, rows +
    others) tells which passages may answer the query too and so are no negatives.
    """
    right = right.clone().fill_diagonal_(False)
    loss = _contrast(queries, passages, right, temperature)
    return loss + _NARROW * _contrast(unit(queries[:, :narrow]), unit(passages[:, :narrow]), right, temperature)


def _contrast(queries: Tensor, passages: Tensor, left_out: Tensor, temperature: float) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    scores = (queries @ passages.T / temperature).masked_fill(left_out, float("-inf"))
    loss: Any = cross_entropy(scores, torch.arange(len(queries)))
    return loss
