"""The shipped model with nothing but NumPy, for a program that encodes a few queries and ends.

To import PyTorch and sentence-transformers takes seconds, of which a query needs a hundredth. The weights are the same
and so are the vectors, within rounding: where PyTorch computes in bfloat16 (`encoder.fastest_dtype`) hits that score
nearly alike may change places. A query takes half as long again. Any other model is left to the library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import encoder
from index.encoder import SentenceEncoder, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PARTS = ["Transformer", "Pooling", "Normalize"]


class LightEncoder(SentenceEncoder):
    """A SentenceEncoder that loads no library to encode queries, where the model is the shipped one."""

    @property
    def dimension(self) -> int:
        return self._light.dimension if self._light is not None else super().dimension

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if self._light is None:
            return super().encode_queries(texts)
        vectors = [self._light(text) for text in texts]
        return unit(np.asarray(vectors, dtype=np.float32).reshape(-1, self._light.dimension))

    @cached_property
    def _light(self) -> _Bert | None:
        if self.folder.resolve() != encoder.SHIPPED_MODEL:
            return None
        try:
            return _Bert(self.folder)
        except Exception:  # noqa: BLE001 tokenizers raises nothing narrower
            return None  # of another kind, or broken: the library tells what is wrong


class _Bert:
    """A BERT (Devlin 2019, arXiv 1810.04805) and the mean over its tokens. Raises ValueError where it is none."""

    def __init__(self, folder: Path) -> None:
        import numpy as np
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        def read(name: str) -> Any:
            return json.loads((folder / name).read_text(encoding="utf-8"))

        config, pooling = read("config.json"), read("1_Pooling/config.json")
        if (
            [part["type"].rpartition(".")[2] for part in read("modules.json")] != _PARTS
            or (config["model_type"], config["hidden_act"], config["is_decoder"]) != ("bert", "gelu", False)
            or (pooling["pooling_mode"], pooling["include_prompt"]) != ("mean", True)
        ):
            raise ValueError(f"{folder} holds another kind of model")
        self._prefix = read("config_sentence_transformers.json")["prompts"].get("query") or ""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(read("tokenizer_config.json")["model_max_length"])
        self._eps, self._heads = config["layer_norm_eps"], config["num_attention_heads"]
        self.dimension: int = config["hidden_size"]
        weights = load_file(folder / "model.safetensors")
        self._words = weights.pop("embeddings.word_embeddings.weight")  # few of them are asked for
        self._weights = {name: weight.astype(np.float32) for name, weight in weights.items()}
        self._layers = [f"encoder.layer.{number}" for number in range(config["num_hidden_layers"])]

    def __call__(self, text: str) -> NDArray[np.float32]:
        """Shape (dimension,)."""
        import numpy as np

        ids = self._tokenizer.encode(self._prefix + text).ids
        states = self._words[ids].astype(np.float32)
        states += self._weights["embeddings.position_embeddings.weight"][: len(ids)]
        states += self._weights["embeddings.token_type_embeddings.weight"][0]
        states = self._norm("embeddings", states)
        for layer in self._layers:
            queries, keys, values = (
                self._linear(f"{layer}.attention.self.{name}", states).reshape(len(ids), self._heads, -1).swapaxes(0, 1)
                for name in ("query", "key", "value")
            )
            shares = _softmax(queries @ keys.swapaxes(1, 2) / np.float32(np.sqrt(queries.shape[2])))
            seen = (shares @ values).swapaxes(0, 1).reshape(states.shape)
            states = self._norm(
                f"{layer}.attention.output", states + self._linear(f"{layer}.attention.output.dense", seen)
            )
            inner = _gelu(self._linear(f"{layer}.intermediate.dense", states))
            states = self._norm(f"{layer}.output", states + self._linear(f"{layer}.output.dense", inner))
        return np.asarray(states.mean(axis=0), dtype=np.float32)

    def _linear(self, name: str, given: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        return np.asarray(given @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], dtype=np.float32)

    def _norm(self, name: str, given: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        centred = given - given.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(self._eps))
        weight, bias = (self._weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _softmax(given: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    raised = np.exp(given - given.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def _gelu(given: NDArray[np.float32]) -> NDArray[np.float32]:
    """x Φ(x), with the error function after Abramowitz and Stegun (1964, 7.1.26), right to 1.5e-7."""
    import numpy as np

    size = np.abs(given) / np.float32(np.sqrt(2))
    step = 1 / (1 + np.float32(0.3275911) * size)
    series = np.zeros_like(step)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * step
    error = np.copysign(1 - series * np.exp(-size * size), given)
    return np.asarray(given * (1 + error) / 2, dtype=np.float32)
