"""The model card: what the model is, what it was made of and how, what it is worth, what it is bad at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from training.config import Config

_CARD = Path(__file__).with_name("card.md")
"""The text, with names in braces for what is measured or set."""


def write(
    folder: Path,
    *,
    config: Config,
    fingerprint: str,
    figures: Mapping[str, float],
    start: str,
    command: str,
    documents: int,
) -> None:
    """Write README.md into the model's folder."""
    from safetensors import safe_open

    path = folder / "model.safetensors"
    with safe_open(str(path), framework="np") as stored:
        shapes = {name: stored.get_slice(name).get_shape() for name in list(stored.keys()) if "pooler" not in name}
    tokens, width = next(shape for name, shape in shapes.items() if "word_embeddings" in name)
    parameters = sum(_product(shape) for shape in shapes.values())
    text = _CARD.read_text(encoding="utf-8").format(
        layers=len({name.split("layer.")[1].split(".")[0] for name in shapes if "layer." in name}),
        width=width,
        tokens=tokens,
        millions=parameters / 1e6,
        megabytes=path.stat().st_size / 1e6,
        narrow=config.narrow,
        fingerprint=fingerprint[:12],
        pairs=config.pairs_per_file,
        command=command,
        start=start,
        steps=config.steps,
        rate=config.rate,
        vocabulary_rate=config.vocabulary_rate,
        sentences=config.pairs,
        english=config.english,
        joined=config.joined,
        passages=config.passages,
        queue=config.queue,
        behind=config.behind,
        documents=documents,
        longest=config.context_length,
        figures="\n".join(f"| {name} | {value:.3f} |" for name, value in figures.items()),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _product(shape: list[int]) -> int:
    product = 1
    for size in shape:
        product *= size
    return product
