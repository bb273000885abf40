from __future__ import annotations

import json
from html import escape
from pathlib import Path

import numpy as np
import pytest

from eval.ablate import (
    SHIPPED,
    Row,
    _constant,
    _equal,
    _reciprocal,
    _replaced,
    _verdict,
    ablate,
    as_json,
    text,
    variants,
)
from eval.encoding import Remembering
from eval.gold import load
from eval.page import _ablations
from eval.report import BadReport, read_ablations
from eval.stats import Difference
from index.analysis import terms
from index.build import build
from retrieval.search import Settings
from tests.toy_encoder import ToyEncoder

DENSE = np.asarray([0.9, 0.5, 0.1], dtype=np.float32)
LEXICAL = np.asarray([0.0, 1.0, 0.5], dtype=np.float32)


def test_reciprocal_ranks_by_hand() -> None:
    # Dense ranks 1, 2, 3; lexical: the second first, the third second, the first not found.
    expected = [1 / 61, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62]
    assert _reciprocal(DENSE, LEXICAL, weight=0.3) == pytest.approx(expected)


def test_equal_weights_by_hand() -> None:
    fused = _equal(DENSE, LEXICAL, weight=0.3)
    assert fused == pytest.approx([1.0 + 0.0, 0.5 + 1.0, 0.0 + 0.5])


def test_a_weight_that_does_not_follow_the_query() -> None:
    w = Settings().lexical_weight
    assert _constant(DENSE, LEXICAL, weight=0.0) == pytest.approx([0.9, 0.5 + w, 0.1 + w / 2])
    assert _constant(DENSE, np.zeros(3, dtype=np.float32), weight=0.0) == pytest.approx(DENSE)


def test_functions_are_put_back_and_their_memory_forgotten() -> None:
    before = terms("klimaatplatform")
    with _replaced({"index.analysis:compound": lambda word: ()}):
        assert len(terms("klimaatplatform")) == 1 < len(before)
    assert terms("klimaatplatform") == before
    with pytest.raises(AttributeError), _replaced({"index.analysis:compound": len, "index.build:no_such": len}):
        pass
    assert terms("klimaatplatform") == before


def test_every_variant_can_be_run_and_is_compared(seed: Path, tmp_path: Path) -> None:
    queries = load()[::15]
    encoder = Remembering(ToyEncoder())
    rows = ablate(queries, lambda out: build([seed], out, encoder=encoder), encoder, tmp_path)
    assert [row.name for row in rows] == [variant.name for variant in variants()]
    assert (rows[0].name, rows[0].against.mean, rows[0].p) == (SHIPPED, 0.0, 1.0)
    assert any(row.against.mean != 0 for row in rows[1:])
    table = as_json(rows, queries)
    assert len(text(table).splitlines()) == 2 + len(rows) + 1
    # The table goes into the report, and from there into the page.
    (tmp_path / "table.json").write_text(json.dumps(table), encoding="utf-8")
    found = read_ablations(tmp_path / "table.json")
    assert [row["name"] for row in found["rows"]] == [row.name for row in rows]
    shown = _ablations(found)
    assert all(escape(row.name) in shown for row in rows)


def row(name: str, gain: float, p: float) -> Row:
    return Row(name, {}, Difference(gain, gain, gain, 10, p), p)


def test_the_verdict_is_told_plainly() -> None:
    shipped = row(SHIPPED, 0.0, 1.0)
    assert "best by the development half, by 0.010" in _verdict([shipped, row("a", -0.02, 0.01), row("b", -0.01, 1)])
    assert _verdict([shipped, row("a", 0.02, 0.01)]).endswith("by 0.020 (beyond luck)")
    assert _verdict([shipped, row("a", 0.02, 0.3)]).startswith('"a" is ahead')
    assert _verdict([shipped, row("a", 4e-4, 1.0), row("b", -0.01, 1)]).endswith('"a" is level with it to 0.001')


@pytest.mark.parametrize("text", ["", "[]", '{"rows": []}', '{"rows": [{"against": [1]}], "verdict": 3}'])
def test_another_file_is_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "table.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadReport, match=r"table\.json is no table of"):
        read_ablations(tmp_path / "table.json")
