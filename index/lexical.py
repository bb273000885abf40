"""The lexical index: the door to tantivy. It finds the passages that hold the most of a query's terms.

What each of them scores exactly is not told here but counted from the terms of the passage itself (`index.store`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from index.backend import REPLIED, SENT, SPELT_ALIKE
from index.errors import DamagedIndex
from index.folder import REBUILD, share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSAGE, CONTEXT, EITHER, SPELLING = "passage", "context", "either", "spelling"
"""The fields: the passage's own terms, those of its context, those of one or the other, the words of both as spelt."""
LABELS = "labels"
"""What a passage is filtered by, as words of a store's own choice; one stands for its document and removes it."""
DAY = "day"
"""The ordinal of a passage's document's day (`index.dates.ordinal`), beside SENT and REPLIED."""

_MANY = 20_000
"""Passages: a term that stands in more is counted without looking which of them are there no longer."""
_HEAP = 1_000_000_000
"""Bytes a writer may gather before it writes a part of the index; a million passages take 600 MB, and are one part.

Of seven parts, as 128 MB make of them, a query's best are found in a third more time, and a misspelt word in six times
as much.
"""
_POSTINGS = 150_000
"""Passages a query's terms may stand in, together, where the best are looked for; those that tell least are left."""


class LexicalIndex:
    """Terms of all passages, open for reading. It is `whole` where no passage was ever removed from it."""

    def __init__(self, index: Any, *, whole: bool = False) -> None:
        index.config_reader(
            "manual"
        )  # else a thread looks for changes twice a second, and locks a folder that is going
        self._searcher = index.searcher()
        self._schema = index.schema
        self._whole = whole
        # A search asks for each term twice: how much it tells, and whether it may choose.
        self._standing = lru_cache(maxsize=256)(partial(self._searcher.doc_freq, EITHER))

    @classmethod
    def open(cls, folder: Path, *, whole: bool = False) -> LexicalIndex:
        try:
            return cls._open(folder, whole=whole)
        except ValueError as error:
            if "Lockfile" in str(error):  # tantivy locks also to read, and this folder may not be written to
                with TemporaryDirectory(prefix="vraagbaak-") as links:
                    for path in folder.iterdir():
                        if path.suffix != ".lock":
                            (Path(links) / path.name).symlink_to(path.resolve())
                    return cls._open(Path(links), whole=whole)  # it keeps its files open
            raise DamagedIndex(f"{folder} is no lexical index ({error}): {REBUILD}") from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what a panic of tantivy's becomes, which is no Exception
                raise
            raise DamagedIndex(f"{folder} is no lexical index ({error}): {REBUILD}") from error

    @classmethod
    def _open(cls, folder: Path, *, whole: bool) -> LexicalIndex:
        import tantivy

        return cls(tantivy.Index(_schema(), path=str(folder), reuse=True), whole=whole)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, in their own text or their context."""
        import tantivy

        count = int(self._standing(term))
        if self._whole or not 0 < count <= _MANY:
            return count
        return int(self._searcher.search(tantivy.Query.term_query(self._schema, EITHER, term), limit=1).count)

    def rows_like(self, spelling: str, *, edits: int) -> list[int]:
        """A few passages (`SPELT_ALIKE`) with a word within so many edits (Damerau–Levenshtein) of the given one."""
        import tantivy

        query = tantivy.Query.fuzzy_term_query(self._schema, SPELLING, spelling, distance=edits)
        return sorted(self._rows(self._searcher.search(query, limit=SPELT_ALIKE, count=False)).tolist())

    def best(
        self,
        weights: Mapping[str, float],
        count: int,
        *,
        context: float,
        labels: Sequence[Iterable[str]] = (),
        days: Sequence[tuple[Sequence[str], int, int]] = (),
    ) -> NDArray[np.int64]:
        """The rows with the highest summed weight of the terms they hold, best first; at most `count`.

        A term in a passage's context counts `context` times as much. Of `labels` a row must have one of each group; for
        each of `days`, one of its days that are named (as `DAY`) must lie from a first one to a last. Where the
        terms stand in very many passages, those of the least weight do not choose: they can change the order among the
        found, and hardly who is found.
        """
        import numpy as np
        import tantivy

        query, occur = tantivy.Query, tantivy.Occur
        clauses: list[Any] = []
        postings = 0
        for term, weight in sorted(weights.items(), key=lambda item: -item[1]):
            frequency = int(self._standing(term))
            postings += frequency
            if not frequency or (clauses and postings > _POSTINGS):
                continue
            for field, counts in ((PASSAGE, weight), (CONTEXT, weight * context)):
                if counts > 0:
                    held = query.term_query(self._schema, field, term, index_option="basic")
                    clauses.append((occur.Should, query.const_score_query(held, counts)))
        if not clauses or not count or not len(self):
            return np.zeros(0, dtype=np.int64)
        asked = query.boolean_query(clauses)
        musts = [
            query.boolean_query([(occur.Should, query.term_query(self._schema, LABELS, label)) for label in group])
            for group in labels
        ]
        for fields, first, last in days:
            ranges = [query.range_query(self._schema, one, tantivy.FieldType.Unsigned, first, last) for one in fields]
            musts.append(query.boolean_query([(occur.Should, one) for one in ranges]))
        if musts:
            required = [(occur.Must, query.const_score_query(must, 0.0)) for must in musts]
            asked = query.boolean_query([*required, (occur.Must, asked)])
        return self._rows(self._searcher.search(asked, limit=count, count=False))

    def _rows(self, found: Any) -> NDArray[np.int64]:
        import numpy as np

        return np.array(self._searcher.fast_field_values("row", [address for _, address in found.hits]), dtype=np.int64)


class LexicalWriter:
    """Adds passages to an index and removes them; nothing counts before `commit`.

    It writes into a folder of its own. Where it goes on from another index, it shares that one's files, which tantivy
    never changes, by links; the other index stays as it is.
    """

    def __init__(self, folder: Path, *, earlier: Path | None = None) -> None:
        import tantivy

        folder.mkdir()
        if earlier is not None:
            for path in earlier.iterdir():
                if path.suffix in {".json", ".lock"}:
                    if path.suffix == ".json":
                        shutil.copyfile(path, folder / path.name)
                    continue
                share(path, folder)
        self._folder = folder
        index = tantivy.Index(_schema(), path=str(folder), reuse=earlier is not None)
        self._writer = index.writer(heap_size=_HEAP, num_threads=1)

    def add(
        self, row: int, days: Mapping[str, int], labels: Iterable[str], fields: Mapping[str, Iterable[str]]
    ) -> None:
        """One passage. Fields are PASSAGE, CONTEXT and SPELLING with their words; days are DAY, SENT and REPLIED."""
        import tantivy

        document = tantivy.Document()
        document.add_unsigned("row", row)
        for name, day in days.items():
            document.add_unsigned(name, day)
        document.add_text(LABELS, " ".join(labels))
        for field, words in fields.items():
            document.add_text(field, " ".join(words))
        self._writer.add_document(document)

    def remove(self, label: str) -> None:
        """Remove the passages with a label that were there before this writer."""
        self._writer.delete_documents_by_term(LABELS, label)

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        for path in self._folder.glob(".*.lock"):
            path.unlink()


def _schema() -> Any:
    import tantivy

    # The terms are made before they come here, so the only tokenizer is white space: one analysis, in one place.
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=False, fast=True)
    for name in (DAY, SENT, REPLIED):
        builder.add_unsigned_field(name, stored=False, indexed=False, fast=True)
    for field in (PASSAGE, CONTEXT, EITHER, SPELLING, LABELS):
        builder.add_text_field(field, stored=False, fast=False, tokenizer_name="whitespace", index_option="basic")
    return builder.build()
