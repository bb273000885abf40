"""What is encoded of a document's passages, and the encoding: in a thread of its own, and of nothing that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Self

from index.columns import digest
from index.encoder import Encoder
from index.passages import context
from index.records import Document, Passage, Role, Span
from index.sentences import sentences
from index.sources import Provenance
from index.spool import Spool
from index.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reading:
    """What is encoded of a passage: all of it, and the sentences whose vectors are kept.

    `own` are sentences of the passage, `asked` those of the questions, which are encoded with an answer's first
    passage; both are ranges of the document's text.
    """

    passage: Passage
    own: tuple[Span, ...]
    asked: tuple[Span, ...]
    digest: int

    @property
    def count(self) -> int:
        return 1 + len(self.own) + len(self.asked)

    @property
    def given(self) -> tuple[str, list[Span]]:
        """The text that the encoder is given, and where the sentences stand in it."""
        return _encoded(self.passage, self.own, self.asked)


def readings(passages: Sequence[Passage]) -> Iterator[Reading]:
    """What is encoded of passages, which come in reading order."""
    seen: set[int] = set()
    for passage in passages:
        document, exchange = passage.document.text, passage.exchange
        own = tuple(sentences(document, passage.span))
        asked: tuple[Span, ...] = ()
        if exchange is not None and id(exchange) not in seen and passage.role is Role.ANSWER:
            seen.add(id(exchange))
            asked = tuple(span for question in exchange.questions for span in sentences(document, question.span))
        text, spans = _encoded(passage, own, asked)
        yield Reading(passage, own, asked[: len(spans) - len(own)], digest(f"{text}\0{spans}"))


def _encoded(passage: Passage, own: Sequence[Span], asked: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text that is encoded, and where the sentences stand in it; those of questions that it lacks are left out."""
    document, text = passage.document.text, encoded_text(passage)
    spans = [Span(span.start - passage.span.start, span.end - passage.span.start) for span in own]
    place = len(passage.text)
    for span in asked:
        place = text.find(span.of(document), place)
        if place < 0:
            break
        spans.append(Span(place, place + len(span)))
    return text, spans


def encoded_text(passage: Passage) -> str:
    """What the encoder is given of a passage: its text, then its context, which is what an encoder's limit may cut."""
    return f"{passage.text}\n{context(passage)}"


@dataclass(slots=True)
class Prepared:
    """A document with its passages and what is to be encoded of each."""

    document: Document
    provenance: Provenance
    passages: list[Passage]
    readings: list[Reading]
    vectors: list[NDArray[np.float16]] = field(default_factory=list)


class Encoding:
    """Encodes one batch in a thread of its own while the one before it is written: the two need different things.

    Encoding is the work of libraries that leave Python's lock alone, writing is Python's own. `new` counts the readings
    that were not known. Use it in a `with`: when that is left early, what is under way ends at its next step.
    """

    def __init__(self, encoder: Encoder, spool: Spool, stores: Sequence[Store]) -> None:
        self.new = 0
        self._given = (encoder, spool, stores)
        self._under_way: tuple[list[Prepared], Future[int]] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encode")
        self._left = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._left.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def swap(self, batch: list[Prepared], told: Callable[[float], None]) -> list[Prepared]:
        """Have a batch encoded. Returns the one given before, encoded, as soon as it is; at first none.

        Raises what went wrong with that one.
        """

        def step(share: float) -> None:
            if self._left.is_set():
                raise CancelledError
            told(share)

        before = self._under_way
        here = copy_context()  # the page follows the progress by what is bound to the thread that asked
        self._under_way = batch, self._thread.submit(lambda: here.run(_encode, batch, *self._given, step))
        if before is None:
            return []
        self.new += before[1].result()
        return before[0]


def _encode(
    batch: Sequence[Prepared], encoder: Encoder, spool: Spool, stores: Sequence[Store], told: Callable[[float], None]
) -> int:
    """Give every reading its vectors: those that are known by their digest, else new ones. Returns how many are new."""
    import numpy as np

    known: dict[int, NDArray[np.float16]] = {}
    new: dict[int, Reading] = {}
    for read in batch:
        for reading in read.readings:
            if reading.digest in known or reading.digest in new:
                continue  # equal readings have equal vectors wherever they stand
            found = [spool.get(reading.digest), *(store.known(reading.digest) for store in stores)]
            vectors = next((block for block in found if block is not None and len(block) == reading.count), None)
            if vectors is None:
                new[reading.digest] = reading
            else:
                known[reading.digest] = vectors
    if new:  # else the model is not even loaded
        encoded = [reading.given for reading in new.values()]
        done = 0

        def more(count: int) -> None:
            nonlocal done
            done += count
            told(done / len(new))

        wholes, parts = encoder.encode_spans(
            [text for text, _ in encoded], [spans for _, spans in encoded], progress=more
        )
        first = 0
        for key, whole, (_, spans) in zip(new, wholes, encoded, strict=True):
            known[key] = np.concatenate([whole[None], parts[first : first + len(spans)]]).astype(np.float16)
            first += len(spans)
            spool.put(key, known[key])
        spool.flush()
    for read in batch:
        read.vectors = [known[reading.digest] for reading in read.readings]
    return len(new)
