"""The lexical index: the door to tantivy. It tells which of a query's terms each passage holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DamagedIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PASSAGE, CONTEXT, SPELLING = "passage", "context", "spelling"
"""The fields: the passage's own terms, those of the question that it answers, the words of both as spelt."""


class LexicalIndex:
    """Terms of all passages, in the passages' order."""

    def __init__(self, index: Any) -> None:
        self._searcher = index.searcher()
        self._schema = index.schema

    @classmethod
    def build(cls, folder: Path, passages: Iterable[Mapping[str, Iterable[str]]]) -> LexicalIndex:
        """Write an index into a new, empty folder. Each passage comes as a mapping from field to terms."""
        import tantivy

        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for row, fields in enumerate(passages):
            document = tantivy.Document()
            document.add_unsigned("row", row)
            for field, terms in fields.items():
                document.add_text(field, " ".join(terms))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        import tantivy

        try:
            return cls(tantivy.Index(_schema(), path=str(folder), reuse=True))
        except ValueError as error:
            raise DamagedIndex(f"{folder} is no lexical index ({error}): run `python -m index build`") from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands, in their own text or their context."""
        import tantivy

        either = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term))
                for field in (PASSAGE, CONTEXT)
            ]
        )
        return int(self._searcher.search(either, limit=1, count=True).count)

    def rows_like(self, spelling: str, *, edits: int, limit: int = 5) -> list[int]:
        """Passages with a word spelt within so many edits (Damerau–Levenshtein) of the given one; at most `limit`."""
        import tantivy

        query = tantivy.Query.fuzzy_term_query(self._schema, SPELLING, spelling, distance=edits)
        found = self._searcher.search(query, limit=limit)
        return sorted(self._searcher.doc(address)["row"][0] for _, address in found.hits)

    def scores(self, weights: Mapping[str, float], *, context: float) -> NDArray[np.float32]:
        """The summed weight of the terms that each passage holds; those in its context count `context` times as much.

        Not BM25: passages are short and of a length, so how often a term stands in one tells little, and whether all
        terms do tells much (`python -m eval ablate`). Shape (passages,), higher is better, 0 where no term is found.
        """
        import numpy as np
        import tantivy

        scores = np.zeros(len(self), dtype=np.float32)
        clauses = []
        for term, weight in weights.items():
            for field, boost in ((PASSAGE, weight), (CONTEXT, weight * context)):
                if boost > 0:
                    query = tantivy.Query.term_query(self._schema, field, term)
                    clauses.append((tantivy.Occur.Should, _weighed(query, boost)))
        if clauses and len(self):
            found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=len(self), count=False)
            for score, address in found.hits:
                scores[self._searcher.doc(address)["row"][0]] = score
        return scores


def _weighed(query: Any, weight: float) -> Any:
    return type(query).const_score_query(query, weight)


def _schema() -> Any:
    import tantivy

    # The terms are made before they come here, so the only tokenizer is white space: one analysis, in one place.
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True, fast=True)
    for field in (PASSAGE, CONTEXT, SPELLING):
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
