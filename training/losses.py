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
    loss = _PULL * (1 - (student * aim).sum(dim=-1)).mean() + _contrast(student @ others.T, same, temperature)
    return loss + _NARROW * _contrast(unit(student[:, :narrow]) @ unit(others[:, :narrow]).T, same, temperature)


def contrast(queries: Tensor, passages: Tensor, right: Tensor, *, temperature: float, narrow: int) -> Tensor:
    """InfoNCE (van den Oord 2018): query i nearer to passage i than to the others.

    `queries` is of shape (rows, dimension), `passages` of (rows + others, dimension), and `right` of (rows, rows +
    others) tells which passages may answer the query too and so are no negatives.
    """
    right = right.clone().fill_diagonal_(False)
    loss = _contrast(queries @ passages.T, right, temperature)
    return loss + _NARROW * _contrast(unit(queries[:, :narrow]) @ unit(passages[:, :narrow]).T, right, temperature)


def contrast_in_use(
    queries: Tensor, passages: Tensor, parts: Tensor, owners: Tensor, right: Tensor, *, temperature: float
) -> Tensor:
    """`contrast` by what the search ranks by: the mean of the cosines of the passage and of its nearest sentence.

    `parts` is of shape (sentences, dimension), `owners` of (sentences,): the row of the passage that each stands in,
    ascending.
    """
    scores = (queries @ passages.T + nearest(queries @ parts.T, owners, len(passages))) / 2
    return _contrast(scores, right.clone().fill_diagonal_(False), temperature)


def nearest(scores: Tensor, owners: Tensor, count: int) -> Tensor:
    """Of cosines of shape (rows, parts) the highest of each owner's parts, -1 where it has none: (rows, count).

    `owners` tells whose the parts are, ascending from 0 to below `count`.
    """
    import torch

    lengths = torch.bincount(owners, minlength=count)
    return torch.segment_reduce(scores.T.contiguous(), "max", lengths=lengths, axis=0, initial=-1.0).T


def _contrast(scores: Tensor, left_out: Tensor, temperature: float) -> Tensor:
    import torch
    from torch.nn.functional import cross_entropy

    loss: Any = cross_entropy((scores / temperature).masked_fill(left_out, float("-inf")), torch.arange(len(scores)))
    return loss
