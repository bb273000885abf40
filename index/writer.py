"""Writing a generation: documents in, documents out, and one moment at which all of it counts."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from index import serial, sources
from index.analysis import ANALYSER_VERSION, distinct, fold
from index.backend import REPLIED, SENT, Manifest
from index.columns import COLUMNS, Row, Tabulator
from index.dates import ordinal
from index.dense import DenseIndex
from index.folder import FORMAT, described, replace_manifest, settle
from index.lexical import CONTEXT, DAY, EITHER, PASSAGE, SPELLING, LexicalWriter
from index.passages import context, filing
from index.postings import PostingsWriter, digest
from index.records import Document, Passage
from index.sources import Provenance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.store import Store

_OF_TERMS = ("lexical", "postings")
"""The parts of which each generation has a folder of its own, whose files it may share with others."""
COMPRESSED_FROM = 20_000
"""Passages: in a smaller index the nearest are found exactly, within 3 ms."""
LONGEST_TAIL = 8_192
"""Passages that may stand outside the compressed index, and are looked at one by one, before they are put into it."""


class Writer:
    """Writes the next generation of an index, going on from `earlier`, or from nothing. Use it within `writing`.

    Nothing is changed for a reader before `commit`. What is added gets the next numbers.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, reading: str, earlier: Store | None = None) -> None:
        self._folder = folder
        self._encoder = encoder
        self._reading = reading
        self._earlier = earlier
        self._id = uuid4().hex[:12]
        manifest = earlier.manifest if earlier else None
        self._parts = {part: f"{part}-{self._id}" for part in _OF_TERMS}
        self._parts["rows"] = manifest.parts["rows"] if manifest else f"rows-{self._id}"
        self._rows = folder / self._parts["rows"]
        self._rows.mkdir(exist_ok=True)
        columns = earlier.columns if earlier else None
        self._tabulator = Tabulator(columns.counts if columns else {}, columns.names if columns else [])
        self._named = len(self._tabulator.names)
        files: Mapping[str, Mapping[str, int]] = manifest.files if manifest else {}
        self._files = {
            name: _Growing(self._rows / name, files.get(f"{self._rows.name}/{name}"))
            for name in (
                *(f"{table}.rows" for table in COLUMNS),
                *("documents.bin", "names.jsonl", "vectors.f16", "sentences.f16"),
            )
        }
        before = {part: folder / manifest.parts[part] if manifest else None for part in _OF_TERMS}
        self._lexical = LexicalWriter(folder / self._parts["lexical"], earlier=before["lexical"])
        self._postings = PostingsWriter(folder / self._parts["postings"], earlier=before["postings"])
        self._provenance = list(earlier.provenance) if earlier else []
        self._dead = set(earlier.dead) if earlier else set()

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        rows: Sequence[Row],
        vectors: Sequence[NDArray[np.float16]],
        provenance: Provenance,
    ) -> None:
        """One document. `vectors` of a passage are its own, those of its sentences, and of the questions' sentences."""
        import numpy as np

        content = serial.dump(document)
        block = zlib.compress(content, 1)
        place = (self._files["documents.bin"].length, len(block), zlib.crc32(block))
        self._files["documents.bin"].write(block)
        first, number = self._tabulator.counts["passages"], self._tabulator.counts["documents"]
        dated = ((DAY, document.day), (SENT, document.when_asked), (REPLIED, document.when_answered))
        days = {name: ordinal(day) for name, day in dated}
        held: list[tuple[list[int], list[int]]] = []
        filed = filing(document)
        before, around, around_digests = None, _Words(""), list[int]()
        for row, passage in enumerate(passages, start=first):
            if (told := f"{context(passage)} {filed}") != before:
                before, around = told, _Words(told)
                around_digests = around.digests()
            own = _Words(passage.text)
            held.append((own.digests(), around_digests))
            self._lexical.add(
                row,
                days,
                self._labels(number, document, passage),
                {
                    PASSAGE: own.terms,
                    CONTEXT: around.terms,
                    EITHER: own.terms | around.terms,
                    SPELLING: own.spelt | around.spelt,
                },
            )
        self._postings.add(first, held)
        self._tabulator.add(
            document,
            passages,
            rows,
            record=place,
            content=content_digest(content),
        )
        if vectors:
            self._files["vectors.f16"].write(np.stack([block[0] for block in vectors]).astype("<f2").tobytes())
            self._files["sentences.f16"].write(np.concatenate([block[1:] for block in vectors]).astype("<f2").tobytes())
        self._provenance.append(provenance)

    def remove(self, number: int) -> None:
        """The document with this number is there no longer. It must be one of the earlier generation."""
        self._dead.add(number)
        self._lexical.remove(f"d{number}")

    def place(self, number: int, provenance: Provenance) -> None:
        """A document of the earlier generation that stays now comes from elsewhere."""
        self._provenance[number] = provenance

    @property
    def passages(self) -> int:
        """How many passages there will be, those that are there no longer left out."""
        earlier = self._earlier
        gone = sum(len(earlier.rows_of(number)) for number in self._dead) if earlier else 0
        return self._tabulator.counts["passages"] - gone

    def needed(self) -> list[str]:
        """The hashes of the files from which the documents were made."""
        return [one.sha256 for number, one in enumerate(self._provenance) if number not in self._dead]

    def flush(self) -> None:
        """Write the rows gathered so far; nothing of them counts yet."""
        for table, rows in self._tabulator.take().items():
            self._files[f"{table}.rows"].write(rows.tobytes())
        new = self._tabulator.names[self._named :]
        self._files["names.jsonl"].write("".join(json.dumps(name) + "\n" for name in new).encode())
        self._named += len(new)

    def commit(self) -> Manifest:
        """Have everything on the disk, then make it current."""
        import numpy as np

        self.flush()
        files = {}
        for name, file in self._files.items():
            files[f"{self._rows.name}/{name}"] = file.finish()
        settle(self._rows)
        self._lexical.commit()
        self._postings.commit(f"{self._id}.u4")
        loose = [self._folder / name for name in self._dense()]
        for kind, suffix in (("dead", "u4"), ("sources", "jsonl")):
            self._parts[kind] = f"{kind}-{self._id}.{suffix}"
            loose.append(self._folder / self._parts[kind])
        (self._folder / self._parts["dead"]).write_bytes(np.array(sorted(self._dead), dtype="<u4").tobytes())
        sources.write(self._folder / self._parts["sources"], self._provenance)
        folders = [self._folder / self._parts[part] for part in _OF_TERMS]
        files |= described(self._folder, [*chain.from_iterable(map(Path.iterdir, folders)), *loose])
        for folder in (*folders, self._folder):
            settle(folder)
        live = self._live()
        manifest = Manifest(
            format=FORMAT,
            generation=self._id,
            encoder=self._encoder.name,
            fingerprint=self._encoder.fingerprint,
            dimension=self._encoder.dimension,
            analyser=ANALYSER_VERSION,
            documents=live[0],
            exchanges=live[1],
            passages=live[2],
            corpus=hashlib.sha256("".join(sorted(self.needed())).encode()).hexdigest(),
            reading=self._reading,
            parts=self._parts,
            files=files,
        )
        replace_manifest(self._folder, manifest)
        return manifest

    def abandon(self) -> None:
        """Close what is open. What was written is cleared away by the next writer, if it cannot be now."""
        for file in self._files.values():
            file.close()
        self._postings.close()

    def _dense(self) -> Iterator[str]:
        """The compressed index, where there is one: as it was, with the tail put into it, or made anew."""
        import numpy as np

        count = self._tabulator.counts["passages"]
        if count < COMPRESSED_FROM:
            return
        dimension = self._encoder.dimension
        vectors = np.memmap(self._rows / "vectors.f16", dtype="<f2", mode="r", shape=(count, dimension))
        earlier = self._earlier.compressed if self._earlier else None
        name = f"dense-{self._id}.faiss"
        if self._earlier is None or earlier is None or count > 2 * len(earlier):
            DenseIndex.build(vectors).save(self._folder / name)
        elif count - len(earlier) > LONGEST_TAIL:
            grown = DenseIndex.load(self._folder / self._earlier.manifest.parts["dense"])
            grown.add(vectors[len(grown) :])
            grown.save(self._folder / name)
        else:
            name = self._earlier.manifest.parts["dense"]
        self._parts["dense"] = name
        yield name

    def _live(self) -> tuple[int, int, int]:
        """How many documents, exchanges and passages there are, those that are there no longer left out."""
        import numpy as np

        def column(table: str) -> NDArray[Any]:
            rows = np.fromfile(self._rows / f"{table}.rows", dtype=COLUMNS[table])
            return np.asarray(rows["document"])

        documents = self._tabulator.counts["documents"]
        alive = np.ones(documents, dtype=np.bool_)
        alive[list(self._dead)] = False
        return (int(alive.sum()), *(int(alive[column(table)].sum()) for table in ("exchanges", "passages")))  # type: ignore[return-value]

    def _labels(self, number: int, document: Document, passage: Passage) -> list[str]:
        """What `index.store` filters by; see `Store._labels`."""
        code = self._tabulator.code
        year = document.day.year if document.day else 0
        found = [f"d{number}", *(f"o{code(minister.ministry)}" for minister in document.ministers)]
        found += (f"c{code(ministry)}" for ministry in document.concerned)
        found += (f"a{code(asker.party)}y{year}" for asker in passage.askers)
        found += (f"m{code(asker.member)}" for asker in passage.askers if asker.member is not None)
        if passage.exchange is not None:
            found += (f"n{asked}" for asked in passage.exchange.numbers)
        return found


class _Words:
    """The terms of a text, and its words as spelt, each once."""

    def __init__(self, text: str) -> None:
        found = distinct(text)
        self.terms = dict.fromkeys(chain.from_iterable(found.values()))
        self.spelt = dict.fromkeys(map(_folded, found))

    def digests(self) -> list[int]:
        """What stands for the terms; each once, though two terms may share theirs."""
        return list(set(map(_digest_of_term, self.terms)))


class _Growing:
    """A file that is only appended to, with the CRC-32 of all of it."""

    def __init__(self, path: Path, before: Mapping[str, int] | None) -> None:
        self.length = before["bytes"] if before else 0
        self._crc = before["crc32"] if before else 0
        self._file: IO[bytes] = path.open("r+b" if before else "wb")
        self._file.seek(self.length)

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self._crc = zlib.crc32(content, self._crc)
        self.length += len(content)

    def finish(self) -> dict[str, int]:
        self._file.close()
        settle(Path(self._file.name))
        return {"bytes": self.length, "crc32": self._crc}

    def close(self) -> None:
        self._file.close()


def content_digest(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")


_folded = lru_cache(maxsize=200_000)(fold)
_digest_of_term = lru_cache(maxsize=500_000)(digest)
