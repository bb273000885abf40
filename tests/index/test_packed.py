from __future__ import annotations

import pytest
import torch

from index.encoder import fastest_dtype
from index.packed import pack

pytestmark = pytest.mark.skipif(
    fastest_dtype() is not torch.bfloat16, reason="this processor does not multiply bfloat16 itself"
)


class _Between(torch.nn.Module):  # type: ignore[misc]
    """What stands between a BERT's attention and its next layer."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = torch.nn.Linear(32, 48)
        self.intermediate_act_fn = torch.nn.GELU()

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return self.intermediate_act_fn(self.dense(given))


def _layers() -> torch.nn.Sequential:
    torch.manual_seed(1)
    return torch.nn.Sequential(_Between(), torch.nn.Linear(48, 16)).bfloat16().eval()


def test_a_packed_model_computes_what_it_did() -> None:
    model, given = _layers(), torch.randn(3, 5, 32).bfloat16()
    with torch.inference_mode():
        before = model(given)
        assert pack(model) == 2
        assert model[0].dense.weight.numel() == model[1].weight.numel() == 0  # it computes with the packed ones
        torch.testing.assert_close(model(given), before, rtol=0.02, atol=0.02)


def test_without_the_operators_a_model_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    model, given = _layers(), torch.randn(2, 32).bfloat16()

    def lacking(*_: object) -> None:
        raise AttributeError("no such operator")

    monkeypatch.setattr(torch.ops.mkldnn, "_reorder_linear_weight", lacking, raising=False)
    before = model(given)
    assert pack(model) == 0
    assert torch.equal(model(given), before)


def test_a_layer_that_would_be_multiplied_otherwise_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    model, given = _layers(), torch.randn(2, 32).bfloat16()

    def wrong(given: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, *_: object) -> torch.Tensor:
        return torch.zeros(*given.shape[:-1], len(bias), dtype=given.dtype)

    monkeypatch.setattr(torch.ops.mkldnn, "_linear_pointwise", wrong, raising=False)
    before = model(given)
    assert pack(model) == 0
    assert torch.equal(model(given), before)
