"""The two indexes, by hand-made vectors and terms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.backend import REPLIED, SENT
from index.dense import DenseIndex, inner_products
from index.errors import DamagedIndex
from index.lexical import CONTEXT, DAY, EITHER, PASSAGE, SPELLING, LexicalIndex, LexicalWriter


def test_inner_products_are_exact_whatever_the_width_of_the_numbers() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float16)
    query = np.array([0.8, 0.6], dtype=np.float32)
    assert inner_products(vectors, query).tolist() == pytest.approx([0.8, 0.96, 0.6], abs=1e-3)
    assert inner_products(vectors.astype(np.float32)[::-1], query).tolist() == pytest.approx([0.6, 0.96, 0.8], abs=1e-3)
    assert inner_products(vectors[:0], query).shape == (0,)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float16]:
    """Six thousand of length 1, in three hundred bunches, as passages on the same subjects are."""
    chance = np.random.default_rng(7)
    found = chance.normal(size=(300, 256))[chance.integers(300, size=6_000)] + chance.normal(size=(6_000, 256))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float16)


@pytest.fixture(scope="module")
def dense(vectors: NDArray[np.float16], tmp_path_factory: pytest.TempPathFactory) -> DenseIndex:
    path = tmp_path_factory.mktemp("dense") / "dense.faiss"
    DenseIndex.build(vectors[:5_000]).save(path)
    return DenseIndex.open(path)


def recall(dense: DenseIndex, vectors: NDArray[np.float16], allowed: NDArray[np.bool_] | None) -> float:
    """The mean share of the ten nearest of those allowed that are among two hundred found, over fifty vectors."""
    shares = []
    for query in vectors[::120].astype(np.float32):
        products = np.where(allowed if allowed is not None else True, vectors[: len(dense)] @ query, -2)
        nearest = np.argsort(-products)[:10]
        found = dense.search(query, 200, allowed)
        assert len(set(found.tolist())) == len(found) <= 200
        assert allowed is None or allowed[found].all()
        shares.append(np.isin(nearest, found).mean())
    return float(np.mean(shares))


@pytest.mark.parametrize("share", [None, 0.5, 0.02])
def test_the_nearest_are_found_within_any_filter(
    dense: DenseIndex, vectors: NDArray[np.float16], share: float | None
) -> None:
    allowed = None if share is None else np.random.default_rng(8).random(len(dense)) < share
    assert recall(dense, vectors, allowed) >= 0.9


def test_a_search_leaves_the_threads_of_others_as_they_were(dense: DenseIndex, vectors: NDArray[np.float16]) -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(2)
    try:
        dense.search(vectors[0].astype(np.float32), 10, None)
        assert faiss.omp_get_max_threads() == 2
    finally:
        faiss.omp_set_num_threads(before)


def test_what_is_added_later_is_found(dense: DenseIndex, vectors: NDArray[np.float16], tmp_path: Path) -> None:
    dense.save(tmp_path / "dense.faiss")
    grown = DenseIndex.load(tmp_path / "dense.faiss")
    grown.add(vectors[5_000:])
    grown.save(tmp_path / "grown.faiss")
    grown = DenseIndex.open(tmp_path / "grown.faiss")
    assert len(grown) == 6_000
    assert 5_500 in grown.search(vectors[5_500].astype(np.float32), 10, None)
    assert recall(grown, vectors, None) >= 0.9


def test_a_file_that_is_no_dense_index_is_damage(tmp_path: Path) -> None:
    (tmp_path / "dense.faiss").write_bytes(b"no index")
    with pytest.raises(DamagedIndex, match="python -m index build"):
        DenseIndex.open(tmp_path / "dense.faiss")


PASSAGES = (
    {PASSAGE: ["warmte", "net"], CONTEXT: ["fabriek"], SPELLING: ["warmte"]},
    {PASSAGE: ["net"], CONTEXT: [], SPELLING: ["hergebruik"]},
    {PASSAGE: ["fabriek", "bouw"], CONTEXT: ["warmte"], SPELLING: ["Fabriek"]},
)


def write(writer: LexicalWriter, first: int = 0) -> None:
    """Row r is labelled "d<r>" and "even" or "odd", and is of day 100 + r."""
    for row, fields in enumerate(PASSAGES, start=first):
        either = dict.fromkeys([*fields[PASSAGE], *fields[CONTEXT]])
        writer.add(
            row,
            {DAY: 100 + row, SENT: 90 + row, REPLIED: 0},
            [f"d{row}", "odd" if row % 2 else "even"],
            {**fields, EITHER: either},
        )
    writer.commit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(LexicalWriter(tmp_path / "lexical"))
    return tmp_path / "lexical"


@pytest.fixture
def lexical(folder: Path) -> LexicalIndex:
    return LexicalIndex.open(folder)


def best(lexical: LexicalIndex, *terms: str, context: float = 1.0, count: int = 9, **within: Any) -> list[int]:
    return list(lexical.best(dict.fromkeys(terms, 1.0), count, context=context, **within).tolist())


def test_the_best_by_words_hold_the_most(lexical: LexicalIndex) -> None:
    assert len(lexical) == 3
    assert best(lexical, "net", "warmte") == [0, 1, 2]  # both; one; one in the context, which ties with it
    assert best(lexical, "net", "warmte", context=2.0) == [0, 2, 1]
    assert best(lexical, "warmte", context=0.0) == [0]
    assert best(lexical, "net", "warmte", count=1) == [0]


def test_terms_unknown_or_hostile_find_nothing(lexical: LexicalIndex) -> None:
    assert best(lexical, "onbekend", 'a:b "(', "") == []
    assert best(lexical) == []


def test_labels_and_days_are_demanded_within_the_search(lexical: LexicalIndex) -> None:
    assert best(lexical, "net", "bouw", labels=[["odd"]]) == [1]
    assert best(lexical, "net", "bouw", labels=[["d1", "d2"], ["even"]]) == [2]
    assert best(lexical, "net", "bouw", labels=[["weg"]]) == []
    assert best(lexical, "net", "bouw", days=[([DAY], 101, 102)]) == [1, 2]
    assert best(lexical, "net", "bouw", days=[([DAY], 103, 200)]) == []
    assert best(lexical, "net", "bouw", days=[([DAY, SENT], 91, 91)]) == [1]
    assert best(lexical, "net", "bouw", days=[([DAY], 101, 102), ([SENT], 92, 92)]) == [2]


def test_document_frequency_counts_passages_by_text_or_context(lexical: LexicalIndex) -> None:
    assert [lexical.document_frequency(term) for term in ("warmte", "net", "bouw", "onbekend")] == [2, 2, 1, 0]


def test_rows_like_finds_a_misspelt_word(lexical: LexicalIndex) -> None:
    assert lexical.rows_like("hergebriuk", edits=1) == [1]
    assert lexical.rows_like("hergebbriuk", edits=1) == []


def test_the_next_index_shares_files_and_leaves_the_earlier_as_it_was(folder: Path, tmp_path: Path) -> None:
    before = LexicalIndex.open(folder)
    writer = LexicalWriter(tmp_path / "next", earlier=folder)
    writer.remove("d0")
    write(writer, first=3)
    after = LexicalIndex.open(tmp_path / "next")
    assert (len(before), len(after), len(LexicalIndex.open(folder))) == (3, 5, 3)
    assert sorted(best(after, "net")) == [1, 3, 4]
    assert best(before, "net") == [0, 1]
    assert [after.document_frequency(term) for term in ("warmte", "net")] == [3, 3]  # what is removed is not counted
    files = {path.name: path.stat().st_ino for path in folder.glob("*.term")}
    assert {path.name: path.stat().st_ino for path in (tmp_path / "next").glob("*.term")}.items() >= files.items()
