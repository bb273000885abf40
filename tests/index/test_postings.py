from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import postings
from index.backend import Asked
from index.build import add, build, build_documents
from index.errors import DamagedIndex
from index.folder import REBUILD
from index.postings import PostingsWriter
from index.store import open_store
from tests.index.test_backends import DOCUMENTS, plain
from tests.toy_encoder import ToyEncoder


def written(folder: Path, *passages: tuple[list[int], list[int]], first: int = 0, earlier: Path | None = None) -> Path:
    """A folder of segments, to which those passages were added."""
    writer = PostingsWriter(folder, earlier=earlier)
    for row, passage in enumerate(passages, start=first):
        writer.add(row, [passage])
    writer.commit(f"{folder.name}.u4")
    return folder


@pytest.mark.parametrize("run", [1, 2, 100])
def test_a_segment_tells_of_each_term_which_passages_hold_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int
) -> None:
    # Passage 0 holds 2^31 and 3, its context 5; passage 1 holds 3, its context 5 and 2^31.
    monkeypatch.setattr(postings, "_RUN", run)
    folder = written(tmp_path / "a", ([2**31, 3], [5]), ([3], [5, 2**31]))
    assert [path.name for path in folder.iterdir()] == ["a.u4"]
    holders = [*(0, 2), *(1, 3), *(0, 3)]
    assert np.fromfile(folder / "a.u4", dtype="<u4").tolist() == [*holders, *(3, 5, 2**31), *(2, 4, 6), 3]


def test_passages_without_a_word_need_no_segment(tmp_path: Path) -> None:
    assert list(written(tmp_path / "a", ([], [])).iterdir()) == []
    assert list(written(tmp_path / "b").iterdir()) == []


def test_a_segment_that_is_not_much_larger_is_taken_into_the_new_one(tmp_path: Path) -> None:
    large = written(tmp_path / "a", ([1, 2, 3], []))
    second = written(tmp_path / "b", ([3], []), first=1, earlier=large)
    assert [path.name for path in sorted(second.iterdir())] == ["a.u4", "b.u4"]
    assert (second / "a.u4").samefile(large / "a.u4")
    third = written(tmp_path / "c", ([], [2]), first=2, earlier=second)
    # One holder is taken in, and three, which are no more than twice two, as well.
    assert [path.name for path in third.iterdir()] == ["c.u4"]
    assert np.fromfile(third / "c.u4", dtype="<u4").tolist() == [*(0, *(0, 5), *(0, 2)), *(1, 2, 3), *(1, 3, 5), 3]


def test_damage_is_told_where_a_search_comes_upon_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_documents(DOCUMENTS, tmp_path / "built", encoder=ToyEncoder())
    monkeypatch.setattr("index.store.CHECKED_WHOLE", 0)
    path = next((tmp_path / "built").glob("postings-*/*.u4"))
    whole = path.read_bytes()
    words = asked({"haven": 1.0, "rijk": 2.0, "betalen": 4.0})
    told = []
    for at in range(0, len(whole), 4):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        try:
            open_store(tmp_path / "built", ToyEncoder()).postings.scores(words, np.arange(6))
        except DamagedIndex as error:  # nothing else is raised, wherever the damage is
            told.append(str(error))
    assert set(told) == {f"{path} is damaged: {REBUILD}"}
    path.write_bytes(whole[:-4])
    with pytest.raises(DamagedIndex):
        open_store(tmp_path / "built", ToyEncoder())


def asked(weights: dict[str, float], context: float = 1.0) -> Asked:
    return Asked(np.zeros(64, dtype=np.float32), weights, context)


def test_words_are_counted_in_every_segment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.build.REWRITTEN_BELOW", 0)
    (tmp_path / "a.txt").write_text("Een haven is een plaats waar schepen liggen en lading wordt overgeslagen.")
    (tmp_path / "b.txt").write_text("Elke haven.")
    build([tmp_path / "a.txt"], tmp_path / "built", encoder=ToyEncoder())
    add([tmp_path / "b.txt"], tmp_path / "built", encoder=ToyEncoder())
    assert len(list((tmp_path / "built").glob("postings-*/*.u4"))) == 2
    store = open_store(tmp_path / "built", ToyEncoder())
    own, in_document = store.postings.scores(asked({"haven": 1.0, "schip": 2.0}, context=0.0), np.array([0, 1]))
    assert own.tolist() == in_document.tolist() == [3.0, 1.0]


def test_words_of_other_documents_are_not_counted(tmp_path: Path) -> None:
    texts = {"a": "Een haven.", "b": "–", "c": "De maan.", "d": "Het water.", "e": "…"}
    documents = [plain(name, text) for name, text in texts.items()]
    build_documents(documents, tmp_path / "built", encoder=ToyEncoder())
    store = open_store(tmp_path / "built", ToyEncoder())
    words = asked({"haven": 1.0, "maan": 2.0, "water": 4.0})
    for of, expected in (([0, 3], [1.0, 4.0]), ([0, 1, 2, 3, 4], [1.0, 0.0, 2.0, 4.0, 0.0]), ([4], [0.0]), ([], [])):
        own, in_document = store.postings.scores(words, np.array(of, dtype=np.int64))
        assert own.tolist() == in_document.tolist() == expected
    nothing = store.postings.scores(asked({}), np.array([0, 1]))
    assert [scores.tolist() for scores in nothing] == [[0.0, 0.0], [0.0, 0.0]]
    unknown = store.postings.scores(asked({"zeppelin": 1.0}), np.array([0, 1]))
    assert [scores.tolist() for scores in unknown] == [[0.0, 0.0], [0.0, 0.0]]


def test_a_word_counts_in_the_passage_in_its_context_and_once_in_the_document(tmp_path: Path) -> None:
    build_documents(DOCUMENTS, tmp_path / "built", encoder=ToyEncoder())
    store = open_store(tmp_path / "built", ToyEncoder())
    words = asked({"haven": 1.0, "rijk": 2.0, "betalen": 4.0, "zeppelin": 8.0}, context=0.5)
    own, in_document = store.postings.scores(words, np.array([0, 1, 3, 5]))
    # Row 0 is asked about the haven and tells of it; in row 1 "Wie betaalt?" is answered with "Het Rijk."
    assert own.tolist() == [1.5, 4.0, 0.0, 1.0]
    assert in_document.tolist() == [7.0, 7.0, 0.0, 1.0]
