"""The encoder and tantivy by themselves, on the texts that a build gives them: the least that a build can take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from index.encoding import readings
from index.passages import context

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.records import Passage

_PART = 8_192


class Spent(NamedTuple):
    """Seconds that something took, and seconds of the processor, which others on the machine lengthen less."""

    seconds: float
    cpu: float

    @classmethod
    def now(cls) -> Spent:
        return cls(perf_counter(), process_time())

    def since(self) -> Spent:
        return Spent(perf_counter() - self.seconds, process_time() - self.cpu)


def encode(passages: Sequence[Passage], encoder: Encoder) -> tuple[Spent, int]:
    """What encoding passages with their sentences takes, equal ones once, as a build does; and how many there were."""
    given = [reading.given for reading in {reading.digest: reading for reading in readings(passages)}.values()]
    started = Spent.now()
    for first in range(0, len(given), _PART):
        part = given[first : first + _PART]
        encoder.encode_spans([text for text, _ in part], [spans for _, spans in part])
    return started.since(), len(given)


def index(passages: Sequence[Passage], folder: Path) -> Spent:
    """What indexing passages and contexts with tantivy's own tokenizer takes; the index is removed again."""
    import tantivy

    folder.mkdir(parents=True)
    started = Spent.now()
    schema = tantivy.SchemaBuilder().add_text_field("passage").add_text_field("context").build()
    writer = tantivy.Index(schema, path=str(folder)).writer(heap_size=64_000_000, num_threads=1)
    for passage in passages:
        writer.add_document(tantivy.Document(passage=passage.text, context=context(passage)))
    writer.commit()
    writer.wait_merging_threads()
    spent = started.since()
    rmtree(folder)
    return spent
