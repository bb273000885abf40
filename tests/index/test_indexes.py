"""The two indexes, by hand-made vectors and terms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.errors import DamagedIndex
from index.lexical import CONTEXT, PASSAGE, SPELLING, LexicalIndex


def test_dense_scores_are_inner_products_in_the_passages_order(tmp_path: Path) -> None:
    DenseIndex.build(np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32)).save(tmp_path / "dense.faiss")
    index = DenseIndex.open(tmp_path / "dense.faiss")
    assert (len(index), index.dimension) == (3, 2)
    assert index.scores(np.array([0.8, 0.6], dtype=np.float32)).tolist() == pytest.approx([0.8, 0.96, 0.6])
    assert index.vectors().tolist() == pytest.approx(np.array([[1, 0], [0.6, 0.8], [0, 1]]))


def test_a_file_that_is_no_dense_index_is_damage(tmp_path: Path) -> None:
    (tmp_path / "dense.faiss").write_bytes(b"no index")
    with pytest.raises(DamagedIndex, match="python -m index build"):
        DenseIndex.open(tmp_path / "dense.faiss")


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    LexicalIndex.build(
        tmp_path,
        [
            {PASSAGE: ["warmte", "net"], CONTEXT: ["fabriek"], SPELLING: ["warmte"]},
            {PASSAGE: ["net", "net"], CONTEXT: [], SPELLING: ["hergebruik"]},
            {PASSAGE: ["fabriek", "bouw"], CONTEXT: ["warmte"], SPELLING: ["Fabriek"]},
        ],
    )
    return LexicalIndex.open(tmp_path)


def test_a_term_counts_its_weight_however_often_it_stands_there(lexical: LexicalIndex) -> None:
    assert lexical.scores({"warmte": 1.5, "net": 2.0}, context=0.0).tolist() == [3.5, 2.0, 0.0]
    assert lexical.scores({"warmte": 1.5, "fabriek": 0.25}, context=1.0).tolist() == [1.75, 0.0, 1.75]


def test_the_context_counts_as_much_as_it_is_told(lexical: LexicalIndex) -> None:
    half, whole = (lexical.scores({"warmte": 1.0}, context=weight)[2] for weight in (0.5, 1.0))
    assert 0 < half == pytest.approx(whole / 2)


def test_terms_unknown_or_hostile_score_nothing(lexical: LexicalIndex) -> None:
    assert lexical.scores({"onbekend": 1.0, 'a:b "(': 1.0}, context=1.0).tolist() == [0, 0, 0]
    assert lexical.scores({}, context=1.0).tolist() == [0, 0, 0]


def test_document_frequency_counts_passages_by_text_or_context(lexical: LexicalIndex) -> None:
    assert [lexical.document_frequency(term) for term in ("warmte", "net", "bouw", "onbekend")] == [2, 2, 1, 0]


def test_rows_like_finds_a_misspelt_word(lexical: LexicalIndex) -> None:
    assert lexical.rows_like("hergebriuk", edits=1) == [1]
    assert lexical.rows_like("hergebbriuk", edits=1) == []
