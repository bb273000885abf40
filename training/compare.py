"""`python -m training.compare`: models side by side, the table of the model card."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.arguments import count
from index.errors import VraagbaakError
from index.passages import PASSAGE_LENGTH
from training.evaluate import Dense, Encode, InTwoSteps, found_by, in_use, measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import SentenceEncoder

_ROUNDS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line of figures a model, and of a pair with --pair. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.compare", description=__doc__)
    parser.add_argument("models", nargs="+", help="sentence-transformers folders")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that DATA.md describes")
    parser.add_argument("--pair", action="store_true", help="also the first model's first 50, ordered by the second")
    parser.add_argument("--narrow", type=count, help="also each model with only its first so many numbers")
    parser.add_argument("--documents", type=count, default=600, help="records of the haystack (600)")
    asked = parser.parse_args(arguments)
    if asked.pair and len(asked.models) < 2:
        parser.error("--pair sets two models one behind the other: name both")
    from index.encoder import SentenceEncoder

    try:
        encoders = [SentenceEncoder.open(Path(model)) for model in asked.models]
        lines: dict[str, Mapping[str, float]] = {}
        for encoder in encoders:
            quality = measure(
                encoder.encode_passages, asked.shared, queries=encoder.encode_queries, documents=asked.documents
            )
            lines[encoder.name] = quality | in_use(encoder, asked.shared) | costs(encoder, asked.shared)
            if asked.narrow:
                passages, queries = (
                    narrowed(f, asked.narrow) for f in (encoder.encode_passages, encoder.encode_queries)
                )
                lines[f"{encoder.name}, first {asked.narrow}"] = measure(
                    passages, asked.shared, queries=queries, documents=asked.documents
                )
        if asked.pair:
            fast, slow = (Dense(encoder.encode_passages, encoder.encode_queries) for encoder in encoders[:2])
            lines["the pair"] = found_by(InTwoSteps(fast, slow), asked.shared, documents=asked.documents)
    except (VraagbaakError, ValueError) as error:
        print(f"training.compare: {error}", file=sys.stderr)
        return 2
    print(table(lines))
    return 0


def narrowed(encode: Encode, numbers: int) -> Encode:
    """Only the first so many numbers of each vector, of length 1 again."""
    import numpy as np

    def encoded(texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = encode(texts)[:, :numbers]
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    return encoded


def costs(encoder: SentenceEncoder, shared: Path) -> dict[str, float]:
    """Megabytes of the folder, milliseconds a query and passages a second: medians, with the threads that torch has.

    Passages are the first answers of the development records, cut at the length of the index.
    """
    from eval import kvr

    records = kvr.load(shared / "kvr" / "dev.jsonl.gz")
    passages = [answer[:PASSAGE_LENGTH] for record in records for _, answer in record.answers if len(answer) > 200][
        :256
    ]
    queries = [record.title for record in records if record.title][:64]
    encoder.encode_queries(queries[:4])
    waits = []
    for query in queries:
        start = time.perf_counter()
        encoder.encode_queries([query])
        waits.append(1_000 * (time.perf_counter() - start))
    speeds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        encoder.encode_passages(passages)
        speeds.append(len(passages) / (time.perf_counter() - start))
    size = sum(path.stat().st_size for path in encoder.folder.rglob("*") if path.is_file())
    return {
        "MB": round(size / 1e6, 1),
        "ms a query": round(statistics.median(waits), 2),
        "passages a second": round(statistics.median(speeds)),
    }


def table(lines: Mapping[str, Mapping[str, float]]) -> str:
    """Figures down, models across, in Markdown."""
    names = list(dict.fromkeys(name for figures in lines.values() for name in figures))
    rows = [["", *lines], ["---"] * (len(lines) + 1)]
    rows += [
        [name, *(f"{figures[name]:g}" if name in figures else "–" for figures in lines.values())] for name in names
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
