"""A BERT in the few operations that it needs.

The library's own goes through a hundred modules, each with its checks and hooks, which takes longer than to multiply
for a query of ten words. The weights are ordered for the processor once, and not at every call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def quicken(model: Any) -> bool:
    """Let the BERT within a `torch.nn.Module` compute what it did in about half the time; tells whether it does.

    It can neither be trained nor saved afterwards. What is no plain BERT, or would come out otherwise, stays as it was.
    """
    import torch

    found = [module for module in model.modules() if type(module).__name__ == "BertModel"]
    if len(found) != 1 or found[0].training:
        return False
    (bert,) = found
    config = bert.config
    if config.hidden_act != "gelu" or config.is_decoder or config.max_position_embeddings < 4:
        return False
    given = {
        "input_ids": torch.arange(8).reshape(2, 4) % config.vocab_size,
        "attention_mask": torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]]),
        "token_type_ids": torch.zeros(2, 4, dtype=torch.int64),
    }
    read = given["attention_mask"].bool()
    with torch.no_grad():
        try:
            quick = _Bert(bert)
            expected, states = (found(**given)["last_hidden_state"][read].float() for found in (bert, quick))
        except (AttributeError, RuntimeError, TypeError, ValueError):  # weights or operators of another kind
            return False
        if (states - expected).norm() > (0.05 if bert.dtype is torch.bfloat16 else 1e-3) * expected.norm():
            return False
    bert.forward = quick
    bert.encoder = bert.pooler = None  # their weights are kept once
    return True


class _Bert:
    """What `BertModel` computes when it is not trained: its last states, and nothing else."""

    def __init__(self, bert: Any) -> None:
        import torch

        embeddings, config = bert.embeddings, bert.config
        self._words = embeddings.word_embeddings.weight
        self._positions = embeddings.position_embeddings.weight
        self._types = embeddings.token_type_embeddings.weight
        self._heads = config.num_attention_heads
        self._norm = _norm(embeddings.LayerNorm)
        self._layers = []
        for layer in bert.encoder.layer:
            asking = [getattr(layer.attention.self, name) for name in ("query", "key", "value")]
            self._layers.append(
                (
                    _linear(*(torch.cat([getattr(one, name) for one in asking]) for name in ("weight", "bias"))),
                    _linear(layer.attention.output.dense.weight, layer.attention.output.dense.bias),
                    _norm(layer.attention.output.LayerNorm),
                    _linear(layer.intermediate.dense.weight, layer.intermediate.dense.bias, then="gelu"),
                    _linear(layer.output.dense.weight, layer.output.dense.bias),
                    _norm(layer.output.LayerNorm),
                )
            )

    def __call__(self, input_ids: Any, attention_mask: Any = None, token_type_ids: Any = None, **_: Any) -> Any:
        from torch.nn import functional

        texts, tokens = input_ids.shape
        states = functional.embedding(input_ids, self._words) + self._positions[:tokens]
        states = states + (
            self._types[0] if token_type_ids is None else functional.embedding(token_type_ids, self._types)
        )
        states = self._norm(states)
        padded = attention_mask is not None and not bool(attention_mask.all())
        mask = attention_mask.bool()[:, None, None, :] if padded else None
        for asked, told, attended, inner, outer, done in self._layers:
            queries, keys, values = asked(states).reshape(texts, tokens, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
            states = attended(states + told(seen.transpose(1, 2).reshape(states.shape)))
            states = done(states + outer(inner(states)))
        return {"last_hidden_state": states}


def _norm(layer: Any) -> Callable[[Any], Any]:
    from torch.nn import functional

    shape, weight, bias, eps = layer.normalized_shape, layer.weight, layer.bias, layer.eps
    return lambda given: functional.layer_norm(given, shape, weight, bias, eps)


def _linear(weight: Any, bias: Any, *, then: str = "none") -> Callable[[Any], Any]:
    """The product with a weight in the order in which the processor multiplies it, and a GELU if asked for.

    PyTorch has no public way to this: the operators are those that `torch.compile` and its quantisation use. Where they
    are lacking, or refuse, the product is `torch`'s own. bfloat16 is oneDNN's; float32 is FBGEMM's, with the weights in
    half precision where they lose nothing by it: half the memory has to be read.
    """
    import torch
    from torch.nn import functional

    def ending(product: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return product if then == "none" else lambda given: functional.gelu(product(given))

    weight, bias = weight.detach(), bias.detach()
    operators, tried = torch.ops, weight.new_zeros(1, weight.shape[1])
    try:
        if weight.dtype is torch.bfloat16:
            ordered = operators.mkldnn._reorder_linear_weight(weight, None)
            multiply = operators.mkldnn._linear_pointwise.default
            multiply(tried, ordered, bias, then, [], "none")
            return lambda given: multiply(given, ordered, bias, then, [], "none")
        if weight.dtype is torch.float32 and torch.equal(weight.half().float(), weight):
            halved = operators.quantized.linear_prepack_fp16(weight, bias)
            product = operators.quantized.linear_dynamic_fp16.default
            product(tried, halved)
            return ending(lambda given: product(given, halved))
    except (AttributeError, NotImplementedError, RuntimeError, TypeError, ValueError):
        pass  # another release's operators, or none for this processor
    return ending(lambda given: functional.linear(given, weight, bias))
