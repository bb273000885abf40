from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import rows
from index.rows import Rows
from retrieval.search import Searcher
from tests.toy_encoder import ToyEncoder


@pytest.fixture(params=["mapped", "read by the row", "read in stretches"])
def table(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Ten rows of two numbers, four bytes: row i holds i and 10 i."""
    monkeypatch.setattr(rows, "READ_FROM", 1_000 if request.param == "mapped" else 0)
    monkeypatch.setattr(rows, "_NEAR", 8 if request.param == "read in stretches" else 0)
    content = np.array([[i, 10 * i] for i in range(10)], dtype="<f2")
    (tmp_path / "rows").write_bytes(content.tobytes())
    return Rows(tmp_path / "rows", np.memmap(tmp_path / "rows", dtype="<f2", mode="r", shape=(10, 2)))


@pytest.mark.parametrize(
    ("first", "counts", "expected"),
    [
        ([8, 0, 4], [2, 1, 3], [8, 9, 0, 4, 5, 6]),
        ([3, 3, 2], [2, 4, 3], [3, 4, 3, 4, 5, 6, 2, 3, 4]),  # one within another, and one that overlaps it
        ([9], [1], [9]),
        ([0], [10], list(range(10))),
    ],
)
def test_runs_come_one_after_the_other(table: Rows, first: list[int], counts: list[int], expected: list[int]) -> None:
    taken, places, starts = table.runs(np.array(first, dtype="<u8"), np.array(counts))
    assert taken[places].tolist() == [[i, 10 * i] for i in expected]
    assert starts.tolist() == [sum(counts[:run]) for run in range(len(counts))]


def test_what_lies_near_is_read_at_once(table: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rows 0 and 3 are two rows, eight bytes, apart; rows 3 and 9 are five.
    taken, _, _ = table.runs(np.array([0, 3, 9]), np.array([1, 1, 1]))
    stretches = table._file is not None and rows._NEAR == 8
    assert taken[:, 0].tolist() == ([0, 1, 2, 3, 9] if stretches else [0, 3, 9])


def test_a_file_that_was_cut_off_is_no_row_of_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "READ_FROM", 0)
    path = tmp_path / "rows"
    path.write_bytes(np.arange(4, dtype="<u8").tobytes())
    table = Rows(path, np.array([0, 1, 2, 3], dtype="<u8"))
    path.write_bytes(b"")
    with pytest.raises(OSError, match="rows is shorter than its index says"):
        table.runs(np.array([2]), np.array([1]))


def test_a_search_finds_the_same_whether_files_are_mapped_or_read(
    toy_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped = Searcher.open(toy_index, encoder=ToyEncoder())
    monkeypatch.setattr(rows, "READ_FROM", 0)
    read = Searcher.open(toy_index, encoder=ToyEncoder())
    assert len(mapped.rankings("duurzame energie")["hybrid"]) == 15
    assert read.rankings("duurzame energie") == mapped.rankings("duurzame energie")
    assert read.search("duurzame energie") == mapped.search("duurzame energie")
