"""The encoder and tantivy by themselves, on the texts that a build gives them: the least that a build can take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import TYPE_CHECKING

from index.build import readings
from index.passages import context

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.records import Passage

_PART = 8_192


def encode(passages: Sequence[Passage], encoder: Encoder) -> tuple[float, int]:
    """Seconds to encode passages with their sentences, equal ones once, as a build does; and how many there were."""
    given = [reading.given for reading in {reading.digest: reading for reading in readings(passages)}.values()]
    started = perf_counter()
    for first in range(0, len(given), _PART):
        part = given[first : first + _PART]
        encoder.encode_spans([text for text, _ in part], [spans for _, spans in part])
    return perf_counter() - started, len(given)


def index(passages: Sequence[Passage], folder: Path) -> float:
    """Seconds to index passages and their contexts with tantivy's own tokenizer; the index is removed again."""
    import tantivy

    folder.mkdir(parents=True)
    started = perf_counter()
    schema = tantivy.SchemaBuilder().add_text_field("passage").add_text_field("context").build()
    writer = tantivy.Index(schema, path=str(folder)).writer(heap_size=64_000_000, num_threads=1)
    for passage in passages:
        writer.add_document(tantivy.Document(passage=passage.text, context=context(passage)))
    writer.commit()
    writer.wait_merging_threads()
    spent = perf_counter() - started
    rmtree(folder)
    return spent
