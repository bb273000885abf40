"""The folder of an index: what is written, how it is checked, how it is swapped.

    OUT/manifest.json        the one file that says which generation is current; replaced atomically
    OUT/gen-<id>/            documents.jsonl · passages.jsonl · dense.faiss · sentences.npy ·
                             sentence_rows.npy · digests.npy · lexical/
    OUT/uploads/             sources added from the page, kept over every rebuild
    OUT/.lock                held by the process that writes

documents.jsonl holds one document a line, its fields as in `index.records`. passages.jsonl holds one passage a line, as
[document, exchange or null, role, start, end]: positions in documents.jsonl and its exchanges, and characters of the
document's text. dense.faiss holds a vector for each passage read in its context. sentences.npy holds a vector (float16,
length 1) for each sentence, first those of all passages in their order, then those of the questions of all exchanges in
theirs; sentence_rows.npy (int64) says where each passage's and then each exchange's begin, and where the last ends.
digests.npy (uint64) names the text behind each vector, of passages and then of sentences, so that what has not changed
is not encoded again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.analysis import ANALYSER_VERSION
from index.backend import Asked, Candidates, Filters, Key, Manifest, Selection
from index.columns import Columns, Tabulator
from index.dense import DenseIndex
from index.errors import DamagedIndex, IndexBusy, MissingIndex, StaleIndex
from index.lexical import LexicalIndex
from index.records import Asker, Document, Exchange, Kind, Minister, Note, Origin, Passage, Question, Role, Span
from index.sentences import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder

FORMAT = 2
"""Raised with every change of the folder's layout, of the records, or of where passages and sentences are cut."""

_REBUILD = "run `python -m index build`"


class Store:
    """An index in a folder, open for reading. Every passage is scored, so it is exact."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        documents: tuple[Document, ...],
        passages: tuple[Passage, ...],
        *,
        columns: Columns,
        dense: DenseIndex,
        lexical: LexicalIndex,
        sentence_vectors: NDArray[np.float32],
        digests: NDArray[np.uint64],
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.documents = documents
        self._passages = passages
        self.columns = columns
        self.dense = dense
        self.lexical = lexical
        self.sentence_vectors = sentence_vectors
        self.digests = digests
        self._by_name = {document.id: document for document in documents}
        self._selected = lru_cache(maxsize=64)(columns.select)

    def document(self, name: str) -> Document | None:
        return self._by_name.get(name)

    def refreshed(self) -> Store:
        return self

    def select(self, filters: Filters) -> Selection:
        return self._selected(filters)[0]

    def candidates(self, asked: Asked, filters: Filters, count: int) -> Candidates:
        import numpy as np

        columns = self.columns
        rows = np.flatnonzero(self._selected(filters)[1])
        exchanges = columns.exchange_of[rows]
        own = self._nearest(asked.vector, columns.passages[rows])
        questions = self._nearest(asked.vector, columns.exchanges[exchanges])
        questions[exchanges < 0] = -1.0
        named = columns.asked_by(asked.parties) if asked.parties else np.zeros(len(columns.exchanges), dtype=np.bool_)
        return Candidates(
            rows=rows,
            exchanges=columns.groups(rows),
            in_context=self.dense.scores(asked.vector)[rows],
            nearest=np.maximum(own, questions),
            lexical=self.lexical.scores(asked.weights, context=asked.context)[rows],
            named=columns.of_exchanges(named, rows),
            numbered=columns.of_exchanges(columns.numbered(asked.numbers), rows),
        )

    def _nearest(self, vector: NDArray[np.float32], runs: NDArray[Any]) -> NDArray[np.float32]:
        """The highest cosine within each run of sentences; -1 for an empty one."""
        import numpy as np

        counts = runs["sentences"].astype(np.int64)
        nearest = np.full(len(runs), -1.0, dtype=np.float32)
        filled = counts > 0
        if filled.any():
            starts = np.concatenate([[0], np.cumsum(counts[filled])[:-1]])
            places = np.repeat(runs["first"][filled].astype(np.int64) - starts, counts[filled])
            vectors = self.sentence_vectors[places + np.arange(len(places))]
            nearest[filled] = np.maximum.reduceat(vectors @ vector, starts)
        return nearest

    def keys(self, rows: Sequence[int]) -> list[Key]:
        columns = self.columns
        found = []
        for row in rows:
            exchange = int(columns.exchange_of[row])
            place = -1 - int(row) if exchange < 0 else int(columns.exchanges["place"][exchange])
            found.append((self.documents[columns.document_of[row]].id, place))
        return found

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        return [self._passages[row] for row in rows]

    def sentences(
        self, rows: Sequence[int], vector: NDArray[np.float32]
    ) -> list[tuple[tuple[Span, ...], NDArray[np.float32]]]:
        found = []
        for row in rows:
            first, count = (int(self.columns.passages[name][row]) for name in ("first", "sentences"))
            spans = self.columns.sentences[first : first + count].tolist()
            found.append((tuple(Span(*span) for span in spans), self.sentence_vectors[first : first + count] @ vector))
        return found

    def document_frequency(self, term: str) -> int:
        return self.lexical.document_frequency(term)

    def rows_like(self, spelling: str, *, edits: int) -> list[int]:
        return self.lexical.rows_like(spelling, edits=edits)


def open_store(folder: Path, encoder: Encoder) -> Store:
    """Open the current generation.

    Raises MissingIndex, StaleIndex (other format, analyser or model) or DamagedIndex (a file missing or changed), each
    with the command that mends it.
    """
    manifest = read_manifest(folder)
    try:
        return _open_generation(folder, manifest, encoder)
    except DamagedIndex:
        # A writer may have replaced the generation between two reads: then, and only then, once more.
        current = read_manifest(folder)
        if current.generation == manifest.generation:
            raise
        return _open_generation(folder, current, encoder)


def read_manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    if not path.is_file():
        if any(folder.glob("gen-*")):
            raise DamagedIndex(f"the index in {folder} is incomplete, its manifest.json is missing: {_REBUILD}")
        raise MissingIndex(f"no index in {folder}: run `python -m index build --out {folder}`")
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields.get("format") != FORMAT:
            raise StaleIndex(f"the index in {folder} has format {fields.get('format')!r}, not {FORMAT}: {_REBUILD}")
        return Manifest(**fields)
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedIndex(f"{path} is damaged ({error}): {_REBUILD}") from error


def _open_generation(folder: Path, manifest: Manifest, encoder: Encoder) -> Store:
    import numpy as np

    if manifest.fingerprint != encoder.fingerprint:
        raise StaleIndex(
            f"the index in {folder} was built with the model {manifest.encoder!r} ({manifest.fingerprint[:12]}), "
            f"not with {encoder.name!r} ({encoder.fingerprint[:12]}): {_REBUILD}, or name its model with --model"
        )
    if manifest.analyser != ANALYSER_VERSION:
        raise StaleIndex(
            f"the index in {folder} was built with analyser {manifest.analyser}, not {ANALYSER_VERSION}: {_REBUILD}"
        )
    generation = folder / manifest.generation
    _check_files(generation, manifest)
    documents = tuple(
        _document(json.loads(line))
        for line in (generation / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    )
    first_exchange = np.cumsum([0, *(len(document.exchanges) for document in documents)])
    passages = []
    for line in (generation / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        d, x, role, start, end = json.loads(line)
        exchange = None if x is None else documents[d].exchanges[x]
        passages.append(Passage(documents[d], exchange, Role(role), Span(start, end)))
    dense = DenseIndex.open(generation / "dense.faiss")
    lexical = LexicalIndex.open(generation / "lexical")
    vectors = np.load(generation / "sentences.npy", allow_pickle=False).astype(np.float32)
    rows = np.load(generation / "sentence_rows.npy", allow_pickle=False)
    digests = np.load(generation / "digests.npy", allow_pickle=False)
    if (
        not len(dense) == len(lexical) == len(passages) == manifest.passages
        or len(rows) != len(passages) + first_exchange[-1] + 1
        or len(vectors) != rows[-1]
        or len(digests) != len(passages) + len(vectors)
    ):
        raise DamagedIndex(f"the parts of the index in {folder} do not fit each other: {_REBUILD}")
    return Store(
        folder,
        manifest,
        documents,
        tuple(passages),
        columns=_columns(documents, passages, rows),
        dense=dense,
        lexical=lexical,
        sentence_vectors=vectors,
        digests=digests,
    )


def _columns(documents: Sequence[Document], passages: Sequence[Passage], rows: NDArray[np.int64]) -> Columns:
    import numpy as np

    tabulator = Tabulator({}, [])
    spans = []
    for document in documents:
        own = [passage for passage in passages if passage.document is document]
        tabulator.add(document, own, [((), ())] * len(own), [0] * len(own), (0, 0, 0))
    for passage in passages:
        spans += [(span.start, span.end) for span in sentences(passage.document.text, passage.span)]
    tables = tabulator.take()
    tables["passages"]["first"], tables["exchanges"]["first"] = rows[: len(passages)], rows[len(passages) : -1]
    counts = np.diff(rows)
    tables["passages"]["sentences"], tables["exchanges"]["sentences"] = counts[: len(passages)], counts[len(passages) :]
    tables["sentences"] = np.array(spans, dtype=[("start", "<u4"), ("end", "<u4")])
    return Columns(tables, tabulator.names)


def _check_files(generation: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        path = generation / name
        if not path.is_file():
            raise DamagedIndex(f"the index is incomplete, {path} is missing: {_REBUILD}")
        if path.stat().st_size != expected["bytes"] or _sha256(path) != expected["sha256"]:
            raise DamagedIndex(f"the index is damaged, {path} is not what was written: {_REBUILD}")


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder for writing. Raises IndexBusy while another process does."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(f"another process is writing to the index in {folder}: wait until it is done") from error
        yield


def write_generation(
    folder: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    *,
    encoder: Encoder,
    vectors: NDArray[np.float32],
    sentence_vectors: NDArray[np.float16],
    sentence_rows: NDArray[np.int64],
    digests: NDArray[np.uint64],
    lexical: Callable[[Path], object],
) -> Manifest:
    """Write a generation beside the current one, make it current, remove what is no longer. Call within `writing`.

    Whatever happens before the manifest is replaced, the old generation stays current and whole.
    """
    import numpy as np

    generation = folder / f"gen-{uuid.uuid4().hex[:12]}"
    generation.mkdir()
    try:
        position = {id(document): d for d, document in enumerate(documents)}
        exchange_position = {id(x): i for document in documents for i, x in enumerate(document.exchanges)}
        _write_lines(generation / "documents.jsonl", (asdict(document) for document in documents))
        _write_lines(
            generation / "passages.jsonl",
            (
                [
                    position[id(passage.document)],
                    None if passage.exchange is None else exchange_position[id(passage.exchange)],
                    passage.role,
                    passage.span.start,
                    passage.span.end,
                ]
                for passage in passages
            ),
        )
        DenseIndex.build(vectors).save(generation / "dense.faiss")
        np.save(generation / "sentences.npy", sentence_vectors, allow_pickle=False)
        np.save(generation / "sentence_rows.npy", sentence_rows, allow_pickle=False)
        np.save(generation / "digests.npy", digests, allow_pickle=False)
        (generation / "lexical").mkdir()
        lexical(generation / "lexical")
        manifest = Manifest(
            format=FORMAT,
            generation=generation.name,
            encoder=encoder.name,
            fingerprint=encoder.fingerprint,
            dimension=int(vectors.shape[1]),
            analyser=ANALYSER_VERSION,
            documents=len(documents),
            exchanges=sum(len(document.exchanges) for document in documents),
            passages=len(passages),
            corpus=hashlib.sha256("".join(sorted(d.sha256 for d in documents)).encode()).hexdigest(),
            files=_described(generation),
        )
        _replace(folder / "manifest.json", json.dumps(asdict(manifest), indent=1))
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    for old in folder.glob("gen-*"):
        if old.name != generation.name:
            shutil.rmtree(old, ignore_errors=True)
    return manifest


def _write_lines(path: Path, rows: Iterator[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=True, default=_plain) + "\n")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be stored")


def _described(generation: Path) -> dict[str, dict[str, Any]]:
    files = {}
    for path in sorted(generation.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            with path.open("rb") as file:
                os.fsync(file.fileno())
            name = path.relative_to(generation).as_posix()
            files[name] = {"bytes": path.stat().st_size, "sha256": _sha256(path)}
    return files


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _document(fields: dict[str, Any]) -> Document:
    return Document(
        **{
            **fields,
            "kind": Kind(fields["kind"]),
            "asked_on": _date(fields["asked_on"]),
            "answered_on": _date(fields["answered_on"]),
            "ministers": tuple(Minister(**minister) for minister in fields["ministers"]),
            "page_starts": tuple(fields["page_starts"]),
            "exchanges": tuple(_exchange(exchange) for exchange in fields["exchanges"]),
            "notes": tuple(Note(**note) for note in fields["notes"]),
            "warnings": tuple(fields["warnings"]),
            "askers": tuple(Asker(**asker) for asker in fields.get("askers", ())),
            "origins": tuple(Origin(*origin) for origin in fields.get("origins", ())),
        }
    )


def _exchange(fields: dict[str, Any]) -> Exchange:
    return Exchange(
        **{
            **fields,
            "numbers": tuple(fields["numbers"]),
            "askers": tuple(Asker(**asker) for asker in fields["askers"]),
            "questions": tuple(Question(q["number"], Span(**q["span"])) for q in fields["questions"]),
            "answer": Span(**fields["answer"]) if fields["answer"] else None,
            "references": tuple(fields["references"]),
            "reasons": tuple(fields["reasons"]),
        }
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
