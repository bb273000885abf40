"""The static model: one vector a token, a text is their mean. The fast candidate, and the student's first words."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.clean import Answered, Pair
from training.losses import contrast, distil, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def learn(
    tokenizer: Any,
    pairs: Sequence[Pair],
    aims: NDArray[np.float16],
    items: Sequence[Answered],
    *,
    steps: int,
    batch: int,
    rate: float,
    temperature: float,
    narrow: int,
    seed: int,
    progress: Callable[[int], object] | None = None,
) -> NDArray[np.float32]:
    """Vectors of the tokens, float32 of shape (tokens, dimension): two steps on pairs, then one on answers, in turn."""
    import numpy as np
    import torch

    torch.manual_seed(seed)
    dice = random.Random(seed)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    bags = {
        name: [
            np.array(found.ids[:256], dtype=np.int64)
            for found in tokenizer.encode_batch(texts, add_special_tokens=False)
        ]
        for name, texts in (
            ("english", [pair.english for pair in pairs]),
            ("dutch", [pair.dutch for pair in pairs]),
            ("question", [item.question for item in items]),
            ("document", [f"{item.title} {item.keywords}" for item in items]),
            ("answer", [item.answer for item in items]),
        )
    }
    table = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), aims.shape[1], mode="mean")
    torch.nn.init.normal_(table.weight, std=0.05)
    adam = torch.optim.Adam(table.parameters(), lr=rate, fused=True)
    plan = torch.optim.lr_scheduler.OneCycleLR(adam, rate, total_steps=steps)

    def means(name: str, rows: Sequence[int]) -> Any:
        found = [bags[name][row] for row in rows]
        starts = np.cumsum([0, *map(len, found[:-1])])
        return unit(table(torch.from_numpy(np.concatenate(found)), torch.from_numpy(starts)))

    def owners(rows: Sequence[int]) -> Any:
        known = {name: number for number, name in enumerate(sorted({items[row].document for row in rows}))}
        return torch.tensor([known[items[row].document] for row in rows])

    for step in range(steps):
        if step % 3 < 2:
            rows = dice.sample(range(len(pairs)), min(batch, len(pairs)))
            aim = torch.from_numpy(aims[rows].astype(np.float32))
            loss = sum(
                distil(means(side, rows), aim, aim[:0], temperature=temperature, narrow=narrow)
                for side in ("dutch", "english")
            )
        else:
            rows = dice.sample(range(len(items)), min(batch, len(items)))
            answers, document = means("answer", rows), owners(rows)
            right = document[:, None] == document[None, :]
            loss = contrast(means("question", rows), answers, right, temperature=temperature, narrow=narrow)
            loss = loss + contrast(means("document", rows), answers, right, temperature=temperature, narrow=narrow)
        adam.zero_grad()
        loss.backward()
        adam.step()
        plan.step()
        if progress is not None:
            progress(1)
    return np.asarray(table.weight.detach().numpy(), dtype=np.float32)


def export(vectors: NDArray[np.float32], tokenizer: Any, folder: Path) -> None:
    """Write it as a sentence-transformers folder, float16. What stood there is replaced."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    module = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(vectors))
    SentenceTransformer(modules=[module.half(), Normalize()], device="cpu").save(str(part), create_model_card=False)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
