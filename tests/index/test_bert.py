"""A BERT in few operations: it computes what the library's computes, or is left as it was."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from transformers import BertConfig, BertModel

from index.bert import quicken

PADDED = {
    "input_ids": torch.tensor([[7, 3, 9, 1, 4], [5, 2, 0, 0, 0]]),
    "attention_mask": torch.tensor([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]]),
    "token_type_ids": torch.tensor([[0, 0, 1, 1, 1], [0, 1, 0, 0, 0]]),
}
ALONE = {"input_ids": torch.tensor([[7, 3, 9]])}
CLOSE = {torch.float32: 1e-5, torch.bfloat16: 0.1}


def bert(dtype: torch.dtype = torch.float32, *, halved: bool = True, **settings: Any) -> BertModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=10, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=8, initializer_range=0.3, **settings,
    )  # fmt: skip
    model = BertModel(config).eval()
    return model.half().to(dtype) if halved else model.to(dtype)


def states(model: BertModel, given: dict[str, torch.Tensor]) -> torch.Tensor:
    """Of the tokens that are read, one after another."""
    with torch.inference_mode():
        found = model(**given)["last_hidden_state"]
    return found[given["attention_mask"].bool()] if "attention_mask" in given else found[0]


@pytest.mark.parametrize("dtype", CLOSE)
@pytest.mark.parametrize("halved", [True, False])
def test_a_quick_bert_computes_what_the_librarys_does(dtype: torch.dtype, halved: bool) -> None:
    model = bert(dtype, halved=halved)
    before = [states(model, given) for given in (PADDED, ALONE)]
    assert quicken(model)
    assert not list(model.parameters())[5:]  # the layers' weights are kept once
    for given, expected in zip((PADDED, ALONE), before, strict=True):
        torch.testing.assert_close(states(model, given), expected, rtol=CLOSE[dtype], atol=CLOSE[dtype])


@pytest.mark.parametrize("operator", ["quantized.linear_prepack_fp16", "mkldnn._reorder_linear_weight"])
@pytest.mark.parametrize("dtype", CLOSE)
def test_where_operators_are_lacking_it_does_without(
    dtype: torch.dtype, operator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> None:
        raise AttributeError("no such operator")

    monkeypatch.setattr(f"torch.ops.{operator}", lacking, raising=False)
    model = bert(dtype)
    before = states(model, PADDED)
    assert quicken(model)
    torch.testing.assert_close(states(model, PADDED), before, rtol=CLOSE[dtype], atol=CLOSE[dtype])


@pytest.mark.parametrize("bias", [0, torch.zeros(7)])
def test_what_would_come_out_otherwise_stays_as_it_was(monkeypatch: pytest.MonkeyPatch, bias: object) -> None:
    """Other numbers, or none at all."""
    model = bert()
    before = states(model, PADDED)
    monkeypatch.setattr("index.bert._linear", lambda weight, _, then="none": lambda given: given @ weight.T + bias)
    assert not quicken(model)
    assert torch.equal(states(model, PADDED), before)


def test_what_is_no_plain_bert_stays_as_it_was() -> None:
    for model in (bert(hidden_act="relu"), bert(is_decoder=True), bert().train(), torch.nn.Linear(2, 2)):
        assert not quicken(model)
