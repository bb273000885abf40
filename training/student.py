"""The student: a small BERT whose vector of a text is the mean over its tokens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training import vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

_TOKENS = 4_096
"""Tokens of one forward pass, padding and all; more do not make it faster."""
_LONGEST = 256
"""Tokens that the exported model reads of a text."""


class Student:
    """A BERT and its tokenizer."""

    def __init__(self, bert: Any, tokenizer: Any) -> None:
        self.bert = bert
        self.tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()

    @classmethod
    def load(cls, folder: Path) -> Student:
        """From a sentence-transformers folder whose first module is a BERT."""
        from transformers import BertModel

        # Eager attention: the backward pass of the fused kinds is several times slower on a processor.
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        return cls(bert, vocabulary.load(folder))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors without gradients, float32 of shape (texts, dimension), as the exported model gives them."""
        import numpy as np
        import torch

        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found = np.zeros((len(texts), self.bert.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for first in range(0, len(order), 256):
                rows = order[first : first + 256]
                found[rows] = self.encode([texts[i] for i in rows], length=_LONGEST).numpy()
        return found

    def encode(self, texts: Sequence[str], *, length: int) -> Tensor:
        """Unit vectors, float32 of shape (texts, dimension), with gradients; each text is cut at `length` tokens."""
        return self.encode_parts([[text] for text in texts], length=length)[0]

    def encode_parts(
        self, texts: Sequence[Sequence[str]], *, length: int, longest: int | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Of texts given in parts: their vectors, those of the parts as they read within them, and whose they are.

        Unit vectors, float32 of shapes (texts, dimension) and (parts, dimension), with gradients; int64 (parts,). A
        part's vector is the mean over its tokens, as in `SentenceEncoder.encode_spans`. A part is cut at `longest`
        tokens, a text at `length`; parts that this leaves nothing of are left out. Texts of about one length go through
        together, so that hardly any padding is computed.
        """
        import torch

        parts = iter(self.tokenizer.encode_batch([part for text in texts for part in text], add_special_tokens=False))
        before, after = (self.tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        ids: list[list[int]] = []
        places: list[list[tuple[int, int]]] = []
        for text in texts:
            row, own = [before], []
            for part in (next(parts).ids for _ in text):
                begin = len(row)
                row += part[:longest][: length - 1 - begin]
                if len(row) > begin:
                    own.append((begin, len(row)))
            ids.append([*row, after])
            places.append(own)
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        wholes, pieces = [], []
        first = 0
        while first < len(order):
            rows = order[first : first + max(1, _TOKENS // len(ids[order[first]]))]
            whole, piece = self._pass([ids[i] for i in rows], [places[i] for i in rows])
            wholes.append(whole)
            pieces.append(piece)
            first += len(rows)
        owners = torch.tensor([i for i in order for _ in places[i]], dtype=torch.long)
        sorted_owners, back = torch.sort(owners, stable=True)
        return torch.cat(wholes)[torch.argsort(torch.tensor(order))], torch.cat(pieces)[back], sorted_owners

    def _pass(self, ids: list[list[int]], places: list[list[tuple[int, int]]]) -> tuple[Tensor, Tensor]:
        import torch
        from torch.nn.functional import normalize

        longest = max(map(len, ids))
        table = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        states = self.bert(table, attention_mask=mask).last_hidden_state.float()
        sums = torch.nn.functional.pad((states * mask.unsqueeze(-1)).cumsum(dim=1), (0, 0, 1, 0))
        found = [(i, begin, end) for i, own in enumerate(places) for begin, end in own]
        rows, begins, ends = (torch.tensor([place[k] for place in found], dtype=torch.long) for k in range(3))
        # A mean has the direction of the sum.
        return normalize(sums[:, -1], dim=-1), normalize(sums[rows, ends] - sums[rows, begins], dim=-1)


def blended(bert: Any, folder: Path, *, kept: float) -> Any:
    """The student with a share of the weights in a folder, from which its training began (Wortsman et al. 2022).

    What a short run forgets comes back, and more is kept of what it learned (arXiv 2109.01903).
    """
    import torch
    from transformers import BertModel

    before = dict(BertModel.from_pretrained(folder, add_pooling_layer=False).named_parameters())
    with torch.no_grad():
        for name, weight in bert.named_parameters():
            weight.lerp_(before[name].to(weight.dtype), kept)
    return bert


def first(teacher: Path, static: Path, folder: Path, *, layers: int) -> None:
    """Write the student that training begins with: the teacher's first layers under a vocabulary of its own.

    A token that the teacher knows keeps its vector; any other gets the mean of those of the ten known tokens that the
    static model holds nearest, weighed by nearness, for the static model knows both languages.
    """
    import numpy as np
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertModel

    tokenizer = vocabulary.load(static)
    known = vocabulary.load(teacher).get_vocab()
    bert = BertModel.from_pretrained(teacher, add_pooling_layer=False)
    bert.encoder.layer = bert.encoder.layer[:layers]
    bert.config.num_hidden_layers = len(bert.encoder.layer)
    near = (
        SentenceTransformer(str(static), device="cpu", local_files_only=True)[0]
        .embedding.weight.detach()
        .float()
        .numpy()
    )
    near = near / np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-9)
    old = bert.embeddings.word_embeddings.weight.detach().numpy()
    tokens = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    shared = [(row, known[token]) for token, row in tokens if token in known]
    rows, there = (np.array(side, dtype=np.int64) for side in zip(*shared, strict=True))
    words = np.array([tokens[row][0].isalpha() for row in rows])
    anchors, aims = near[rows[words]], old[there[words]]
    vectors = np.zeros((len(tokens), old.shape[1]), dtype=np.float32)
    for start in range(0, len(tokens), 2_048):
        scores = near[start : start + 2_048] @ anchors.T
        ten = np.argpartition(-scores, min(10, scores.shape[1] - 1), axis=1)[:, :10]
        weights = np.exp(10 * np.take_along_axis(scores, ten, axis=1))
        vectors[start : start + 2_048] = np.einsum("it,itd->id", weights, aims[ten]) / weights.sum(
            axis=1, keepdims=True
        )
    vectors[rows] = old[there]
    bert.resize_token_embeddings(len(tokens), mean_resizing=False)
    with torch.no_grad():
        bert.embeddings.word_embeddings.weight.copy_(torch.from_numpy(vectors))
    export(bert, tokenizer, folder)


def export(bert: Any, tokenizer: Any, folder: Path) -> None:
    """Write a sentence-transformers folder: float16 weights, computed in float32. What stood there is replaced."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertTokenizerFast

    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    bare = part / "bare"
    bert.half().save_pretrained(bare)
    BertTokenizerFast(tokenizer_object=tokenizer, do_lower_case=True, model_max_length=_LONGEST).save_pretrained(bare)
    first = Transformer(str(bare), max_seq_length=_LONGEST)
    first.model.half()
    with torch.no_grad():
        for weight in first.model.pooler.parameters():
            weight.zero_()  # nobody reads it, but loading would complain without, and chance would fill it
    SentenceTransformer(
        modules=[first, Pooling(first.get_embedding_dimension(), pooling_mode="mean"), Normalize()], device="cpu"
    ).save(str(part / "whole"), create_model_card=False)
    settings = part / "whole" / "config.json"
    settings.write_text(json.dumps(json.loads(settings.read_text()) | {"dtype": "float32"}, indent=2) + "\n")
    (part / "whole" / "model.safetensors").chmod(0o644)  # safetensors lets nobody else read what it writes
    shutil.rmtree(folder, ignore_errors=True)
    (part / "whole").rename(folder)
    shutil.rmtree(part)
