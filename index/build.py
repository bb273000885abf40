"""From files to an index: read, cut, encode, write, swap."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis import fold, terms, words
from index.backend import Manifest
from index.encoder import Encoder, SentenceEncoder
from index.errors import UnreadableFile, VraagbaakError
from index.lexical import CONTEXT, PASSAGE, SPELLING, LexicalIndex
from index.passages import context, split
from index.records import Document, Passage, Role, Span
from index.sentences import sentences
from index.store import Store, open_store, write_generation, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with a stage ("read", "encode", "write"), how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the new manifest, the documents read, the files refused and why, the passages encoded anew."""

    manifest: Manifest
    documents: tuple[Document, ...]
    refused: tuple[tuple[Path, VraagbaakError], ...]
    encoded: int


@dataclass(frozen=True, slots=True)
class _Encoded:
    passages: NDArray[np.float32]
    sentences: NDArray[np.float16]
    sentence_rows: NDArray[np.int64]
    digests: NDArray[np.uint64]
    new: int


def build(
    sources: Sequence[Path], out: Path, *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Report:
    """Index files and folders into `out`, with what was uploaded there before, and swap the new index in.

    A file that cannot be read is reported and left out; when none can, UnreadableFile is raised and nothing changes.
    What an earlier index of the same model holds unchanged is not encoded again.
    """
    encoder, tell = encoder or SentenceEncoder.open(), progress or _say_nothing
    with writing(out):
        paths = [*_files(sources), *_files([out / "uploads"], missing_ok=True)]
        documents, refused = _read(paths, (), tell, strict=False)
        manifest, encoded = _index(documents, out, encoder, tell, earlier=_earlier(out, encoder))
        return Report(manifest, tuple(documents), tuple(refused), encoded)


def add(
    sources: Sequence[Path], out: Path, *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Report:
    """Add files to the index in `out`, keeping a copy of each in its uploads.

    All or nothing: when a file cannot be read, its UnreadableFile is raised and nothing changes.
    """
    encoder, tell = encoder or SentenceEncoder.open(), progress or _say_nothing
    with writing(out):
        earlier = open_store(out, encoder)
        # Kept first: were the process killed in between, the next build would find the file, and nothing would be lost.
        kept = [_keep(path, out / "uploads") for path in _files(sources)]
        try:
            documents, _ = _read([path for path, _ in kept], earlier.documents, tell, strict=True)
            manifest, encoded = _index(documents, out, encoder, tell, earlier=earlier)
            return Report(manifest, tuple(documents), (), encoded)
        except BaseException:
            for path, is_new in kept:
                if is_new:
                    path.unlink(missing_ok=True)
            raise


def build_documents(
    documents: Sequence[Document], out: Path, *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Manifest:
    """Index documents that were read elsewhere, for example from a collection of records, and swap the new index in.

    Their ids must differ. What an earlier index of the same model in `out` holds unchanged is not encoded again.
    """
    encoder = encoder or SentenceEncoder.open()
    with writing(out):
        return _index(documents, out, encoder, progress or _say_nothing, earlier=_earlier(out, encoder))[0]


def _say_nothing(stage: str, done: int, total: int) -> None:
    pass


def _earlier(out: Path, encoder: Encoder) -> Store | None:
    """The index that is there, for the vectors it holds; None where there is none, or it is of no use."""
    try:
        return open_store(out, encoder)
    except VraagbaakError:
        return None


def _index(
    documents: Sequence[Document], out: Path, encoder: Encoder, tell: Progress, *, earlier: Store | None
) -> tuple[Manifest, int]:
    """Write the documents as the index's new generation. Returns how many passages had to be encoded, too."""
    passages = [passage for document in documents for passage in split(document)]
    if not passages:
        raise UnreadableFile("there is no text to index in " + ", ".join(document.filename for document in documents))
    encoded = _encode(documents, passages, encoder, tell, _known(earlier))
    tell("write", 0, 1)
    manifest = write_generation(
        out,
        documents,
        passages,
        encoder=encoder,
        vectors=encoded.passages,
        sentence_vectors=encoded.sentences,
        sentence_rows=encoded.sentence_rows,
        digests=encoded.digests,
        lexical=lambda folder: LexicalIndex.build(folder, (_fields(passage) for passage in passages)),
    )
    tell("write", 1, 1)
    return manifest, encoded.new


def _files(sources: Sequence[Path], *, missing_ok: bool = False) -> list[Path]:
    """The files named, whatever their suffix, and the letters in the folders named; each once, in order of name."""
    from index.extract import SUFFIXES

    found: dict[Path, Path] = {}
    for source in sources:
        if source.is_dir():
            for path in sorted(source.rglob("*")):
                if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
                    found.setdefault(path.resolve(), path)
        elif source.is_file():
            found.setdefault(source.resolve(), source)
        elif not missing_ok:
            raise UnreadableFile(f"{source} does not exist: name files or folders that do")
    if not found and not missing_ok:
        named = ", ".join(str(source) for source in sources)
        raise UnreadableFile(f"no letters in {named}: expected files that end in {' or '.join(sorted(SUFFIXES))}")
    return list(found.values())


def _read(
    paths: Sequence[Path], existing: Sequence[Document], tell: Progress, *, strict: bool
) -> tuple[list[Document], list[tuple[Path, VraagbaakError]]]:
    from index.parse import read

    documents = {document.sha256: document for document in existing}
    refused: list[tuple[Path, VraagbaakError]] = []
    for done, path in enumerate(paths):
        tell("read", done, len(paths))
        try:
            document = read(path)
        except UnreadableFile as error:
            if strict:
                raise
            refused.append((path, error))
            continue
        documents.setdefault(document.sha256, document)  # the same file twice is one document
    tell("read", len(paths), len(paths))
    if not documents:
        raise UnreadableFile("none of the files could be read:\n" + "\n".join(str(error) for _, error in refused))
    return list(_with_unique_ids(documents.values())), refused


def _with_unique_ids(documents: Iterable[Document]) -> Iterator[Document]:
    taken: set[str] = set()
    for document in documents:
        unique = document if document.id not in taken else replace(document, id=f"{document.id}-{document.sha256[:8]}")
        taken.add(unique.id)
        yield unique


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text for the encoder, and the spans of it whose vectors are kept: sentences, `quoted` of the passage first."""

    text: str
    spans: tuple[Span, ...]
    quoted: int

    @property
    def digest(self) -> int:
        return _digest(self.text)

    @property
    def own(self) -> tuple[int, ...]:
        return self.parts[: self.quoted]

    @property
    def asked(self) -> tuple[int, ...]:
        return self.parts[self.quoted :]

    @property
    def parts(self) -> tuple[int, ...]:
        return tuple(_digest(f"{self.digest} {span.start} {span.end}") for span in self.spans)


def _readings(passages: Sequence[Passage]) -> Iterator[_Reading]:
    seen: set[int] = set()
    for passage in passages:
        text, document, exchange = encoded_text(passage), passage.document.text, passage.exchange
        own = [_moved(span, -passage.span.start) for span in sentences(document, passage.span)]
        asked: list[Span] = []
        if exchange is not None and id(exchange) not in seen and passage.role is Role.ANSWER:
            seen.add(id(exchange))
            place = len(passage.text)
            for question in exchange.questions:
                place = text.find(question.span.of(document), place)
                if place < 0:
                    break
                asked += [_moved(span, place - question.span.start) for span in sentences(document, question.span)]
        yield _Reading(text, (*own, *asked), len(own))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def encoded_text(passage: Passage) -> str:
    """What the encoder is given of a passage: its text, then its context, which is what an encoder's limit may cut."""
    return f"{passage.text}\n{context(passage)}"


def _encode(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    encoder: Encoder,
    tell: Progress,
    vectors: dict[int, NDArray[np.float32]],
) -> _Encoded:
    """Encode the passages that `vectors` has no digest of, and add them to it.

    A passage is read once, with its context: that gives its own vector, those of its sentences, and, from the first
    passage of an answer, those of the sentences of the questions.
    """
    import numpy as np

    readings = list(_readings(passages))
    own = [reading.own for reading in readings]
    asked: dict[int, tuple[int, ...]] = {}
    for passage, reading in zip(passages, readings, strict=True):
        asked.setdefault(id(passage.exchange), reading.asked)
    rows = np.cumsum(
        [
            0,
            *(len(digests) for digests in own),
            *(len(asked.get(id(x), ())) for document in documents for x in document.exchanges),
        ],
        dtype=np.int64,
    )
    digests = [reading.digest for reading in readings] + [digest for found in own for digest in found]
    for document in documents:
        for x in document.exchanges:
            digests += asked.get(id(x), ())
    # Equal readings have equal vectors wherever they stand.
    new = {reading.digest: reading for reading in readings if not vectors.keys() >= {reading.digest, *reading.parts}}
    done = 0

    def told(more: int) -> None:
        nonlocal done
        done += more
        tell("encode", done, len(new))

    if new:  # else the model is not even loaded
        tell("encode", 0, len(new))
        found, parts = encoder.encode_spans(
            [reading.text for reading in new.values()], [reading.spans for reading in new.values()], progress=told
        )
        vectors |= zip(new, found, strict=True)
        vectors |= zip((digest for reading in new.values() for digest in reading.parts), parts, strict=True)
    all_vectors = np.stack([vectors[digest] for digest in digests])
    return _Encoded(
        passages=all_vectors[: len(passages)].astype(np.float32),
        sentences=all_vectors[len(passages) :].astype(np.float16),
        sentence_rows=rows,
        digests=np.asarray(digests, dtype=np.uint64),
        new=len(new),
    )


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _fields(passage: Passage) -> dict[str, list[str]]:
    before = context(passage)
    spelt = sorted({fold(word.surface) for word in words(f"{before} {passage.text}")})
    return {PASSAGE: terms(passage.text), CONTEXT: terms(before), SPELLING: spelt}


def _known(earlier: Store | None) -> dict[int, NDArray[np.float32]]:
    """The vectors of an earlier index of the same model, by digest of their text."""
    import numpy as np

    if earlier is None:
        return {}
    vectors = np.concatenate([earlier.dense.vectors(), earlier.sentence_vectors])
    return dict(zip(earlier.digests.tolist(), vectors, strict=True))


def _keep(path: Path, uploads: Path) -> tuple[Path, bool]:
    """Copy a source among the uploads under a name of its own, whole or not at all; says whether it was new."""
    uploads.mkdir(exist_ok=True)
    target = uploads / path.name
    number = 1
    while target.exists():
        if target.read_bytes() == path.read_bytes():
            return target, False
        number += 1
        target = uploads / f"{path.stem}-{number}{path.suffix}"
    beside = target.with_name(f".{target.name}.new")
    shutil.copyfile(path, beside)
    os.replace(beside, target)
    return target, True
