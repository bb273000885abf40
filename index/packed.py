"""Linear layers with their weights in the order in which oneDNN multiplies them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def pack(model: Any) -> int:
    """Order the weights of all linear layers of a `torch.nn.Module` once, not at every call; tells of how many.

    Where a GELU follows, as between the two layers of a BERT's feed-forward part, it is worked out with the product.
    The model computes what it did, but can neither be trained nor saved afterwards. PyTorch has no public way to this:
    the operators are those that `torch.compile` uses. What they are lacking for, or refuse, or compute otherwise than
    `torch` itself, stays as it was.
    """
    import torch

    packed = 0
    for module in model.modules():
        inner = getattr(module, "dense", None)
        activation = getattr(module, "intermediate_act_fn", None)
        if type(inner) is torch.nn.Linear and callable(activation) and _is_gelu(activation):
            packed += _replace(module, inner, "gelu")
    for module in model.modules():
        if type(module) is torch.nn.Linear and module.weight.numel():
            packed += _replace(module, module, "none")
    return packed


def _is_gelu(activation: Callable[[Any], Any]) -> bool:
    import torch

    tried = torch.linspace(-6, 6, 97)
    return bool(torch.allclose(activation(tried), torch.nn.functional.gelu(tried), rtol=0, atol=1e-5))


def _replace(module: Any, layer: Any, then: str) -> bool:
    """Let a module, which is a linear layer or ends one with `then`, compute by the packed weight."""
    import torch

    forward = _forward(module, layer, then)
    if forward is None:
        return False
    module.forward = forward
    layer.weight = torch.nn.Parameter(layer.weight.new_empty(0), requires_grad=False)
    return True


def _forward(module: Any, layer: Any, then: str) -> Callable[[Any], Any] | None:
    import torch

    tried = torch.linspace(-1, 1, 2 * layer.in_features, dtype=layer.weight.dtype).reshape(2, -1)
    with torch.no_grad():
        try:
            expected = module(tried)
            weight = torch.ops.mkldnn._reorder_linear_weight(layer.weight, None)
            multiply, bias = torch.ops.mkldnn._linear_pointwise, layer.bias
            found = multiply(tried, weight, bias, then, [], "none")
        except (AttributeError, RuntimeError, TypeError, ValueError):  # another release's operators, or none
            return None
    if not torch.allclose(found, expected, rtol=0.02, atol=0.02):
        return None
    return lambda given: multiply(given, weight, bias, then, [], "none")
