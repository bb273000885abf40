"""Building: what comes in, what is kept, and what a failure leaves behind."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from threading import enumerate as threads
from time import sleep
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import index.build as building
from index.build import add, build
from index.errors import DamagedIndex, FullDisk, IndexBusy, MissingIndex, NothingToIndex, StaleIndex, UnreadableFile
from index.folder import read_manifest, writing
from index.parse import read_source
from index.records import Span
from index.store import open_store
from index.writer import Writer
from tests.conftest import ROOT
from tests.test_house import imports
from tests.toy_encoder import ToyEncoder

LETTER = """Datum 3 maart 2025
Betreft Vragen over de haven

Vragen van de leden van de VVD-fractie

1
Komt er een nieuwe haven in Vlissingen?

Antwoord
Ja. De haven komt er in 2027.

2
Bent u het daarmee eens?

Antwoord
Ja.
"""


class CountingEncoder(ToyEncoder):
    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded += texts
        return super().encode_passages(texts, progress=progress)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "haven.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def names(out: Path) -> list[str]:
    return [document.id for document in open_store(out, ToyEncoder()).documents]


def test_what_went_in_comes_out(seed: Path, letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "built"
    report = build([seed, letter], out, encoder=ToyEncoder())
    store = open_store(out, ToyEncoder())
    assert tuple(store.documents) == report.documents
    assert [document.id for document in store.documents] == [seed.stem, "haven"]
    assert (report.manifest.documents, report.manifest.exchanges) == (2, 17)
    assert store.manifest.passages == report.encoded == len(store.vectors) == len(store.lexical)


def test_short_answers_survive(letter: Path, tmp_path: Path) -> None:
    build([letter], tmp_path / "built", encoder=ToyEncoder())
    texts = [passage.text for passage in open_store(tmp_path / "built", ToyEncoder()).passages([0, 1])]
    assert texts == ["Ja. De haven komt er in 2027.", "Ja."]


def test_only_what_is_new_is_encoded(seed: Path, letter: Path, tmp_path: Path) -> None:
    encoder = CountingEncoder()
    build([seed], tmp_path / "built", encoder=encoder)
    before = open_store(tmp_path / "built", encoder).vectors
    encoder.encoded.clear()
    report = build([seed, letter], tmp_path / "built", encoder=encoder)
    assert report.encoded == 2
    # Two passages in context, three sentences and two questions; a "Ja." is read where it stands.
    assert sorted(text.split("\n")[0] for text in encoder.encoded) == [
        "Bent u het daarmee eens?",
        "De haven komt er in 2027.",
        "Ja.",
        "Ja.",
        "Ja.",
        "Ja. De haven komt er in 2027.",
        "Komt er een nieuwe haven in Vlissingen?",
    ]
    after = open_store(tmp_path / "built", encoder).vectors
    assert np.array_equal(after[: len(before)], before)


def test_the_same_file_twice_is_one_document_and_the_same_name_twice_is_two(letter: Path, tmp_path: Path) -> None:
    copies = [tmp_path / folder / "haven.txt" for folder in ("a", "b")]
    for copy in copies:
        copy.parent.mkdir()
        shutil.copy(letter, copy)
    copies[1].write_text(LETTER.replace("2027", "2030"), encoding="utf-8")
    report = build([letter, *copies], tmp_path / "built", encoder=ToyEncoder())
    first, second = report.documents
    assert report.new == (first.id, second.id)
    assert (first.id, second.id) == ("haven", f"haven-{second.sha256[:8]}")


def test_a_bad_file_is_refused_and_the_others_are_indexed(seed: Path, tmp_path: Path) -> None:
    bad = tmp_path / "kapot.pdf"
    bad.write_bytes(b"%PDF-1.4 and nothing more")
    report = build([seed, bad], tmp_path / "built", encoder=ToyEncoder())
    assert [document.id for document in report.documents] == [seed.stem]
    [(path, error)] = report.refused
    assert path == bad
    assert "kapot.pdf" in str(error)


def test_when_nothing_can_be_read_the_old_index_stays(seed: Path, tmp_path: Path) -> None:
    out = tmp_path / "built"
    before = build([seed], out, encoder=ToyEncoder()).manifest
    empty = tmp_path / "leeg.txt"
    empty.write_text("")
    with pytest.raises(NothingToIndex, match=r"leeg\.txt"):
        build([empty], out, encoder=ToyEncoder())
    with pytest.raises(UnreadableFile, match="no such file"):
        build([tmp_path / "weg.txt"], out, encoder=ToyEncoder())
    assert read_manifest(out) == before
    assert len(open_store(out, ToyEncoder()).documents) == 1


def test_added_letters_are_kept_over_a_rebuild(seed: Path, letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "built"
    build([seed], out, encoder=ToyEncoder())
    assert add([letter], out, encoder=ToyEncoder()).new == ("haven",)
    letter.unlink()
    assert build([seed], out, encoder=ToyEncoder()).unchanged == 2
    assert names(out) == [seed.stem, "haven"]


def test_a_bad_addition_changes_nothing(seed: Path, letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "built"
    build([seed], out, encoder=ToyEncoder())
    before = sorted(path.name for path in out.rglob("*") if path.suffix != ".lock")
    bad = tmp_path / "kapot.pdf"
    bad.write_bytes(b"<html>404</html>")
    with pytest.raises(UnreadableFile, match=r"kapot\.pdf"):
        add([letter, bad], out, encoder=ToyEncoder())
    assert sorted(path.name for path in out.rglob("*") if path.suffix != ".lock") == before
    assert names(out) == [seed.stem]


def test_a_failure_while_writing_leaves_the_old_generation(
    seed: Path, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "built"
    build([seed], out, encoder=ToyEncoder())

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.writer.replace_manifest", full_disk)
    with pytest.raises(FullDisk, match=r"no room left.*free some space.*as it was before"):
        build([seed, letter], out, encoder=ToyEncoder())
    monkeypatch.undo()
    assert names(out) == [seed.stem]
    assert len(list(out.glob("rows-*"))) == len(list(out.glob("lexical-*"))) == 1


def test_a_second_writer_is_refused(seed: Path, tmp_path: Path) -> None:
    out = tmp_path / "built"
    with writing(out), pytest.raises(IndexBusy, match="wait until it is done"):
        build([seed], out, encoder=ToyEncoder())


Spans = Sequence[Sequence[Span]]
Progress = Callable[[int], None] | None


def test_one_batch_is_encoded_while_the_one_before_is_written(
    seed: Path, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Event()

    class Waiting(ToyEncoder):
        batches = 0

        def encode_spans(self, texts: Sequence[str], spans: Spans, *, progress: Progress = None) -> Any:
            self.batches += 1
            # The second waits until the first is written: never, were it written only after the second.
            assert self.batches == 1 or written.wait(timeout=30)
            return super().encode_spans(texts, spans, progress=progress)

    def add(writer: Writer, *arguments: Any) -> None:
        original(writer, *arguments)
        written.set()

    original = Writer.add
    monkeypatch.setattr(Writer, "add", add)
    monkeypatch.setattr(building, "_BATCH", 1)  # every letter is a batch
    encoder = Waiting()
    report = build([letter, seed], tmp_path / "built", encoder=encoder)
    assert encoder.batches == 2
    assert [document.id for document in report.documents] == ["haven", seed.stem]
    assert report.encoded == report.manifest.passages


def test_what_is_being_encoded_ends_when_the_build_is_broken_off(
    seed: Path, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    class Slow(ToyEncoder):
        steps = 0

        def encode_spans(self, texts: Sequence[str], spans: Spans, *, progress: Progress = None) -> Any:
            assert progress is not None
            while self.steps < 500:  # five seconds
                progress(0)
                self.steps += 1
                begun.set()
                sleep(0.01)

    def interrupted(*_: Any) -> None:
        assert begun.wait(timeout=30)
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "_BATCH", 1)
    monkeypatch.setattr("index.parse.read_source", lambda path: interrupted() if path == seed else read_source(path))
    encoder = Slow()
    with pytest.raises(KeyboardInterrupt):
        build([letter, seed], tmp_path / "built", encoder=encoder)
    assert 0 < encoder.steps < 500
    assert not [thread.name for thread in threads() if thread.name.startswith("encode")]
    build([letter], tmp_path / "built", encoder=ToyEncoder())  # nothing is held


def test_whatever_decides_how_a_letter_is_read_makes_it_read_anew() -> None:
    """The files whose change is noticed import no other of ours, but for the errors, which only tell."""
    folder = ROOT / "index"
    names = {name.removesuffix(".py") for name in building.READ_BY}
    files = [path for name in building.READ_BY for path in [folder / name, *(folder / name).rglob("*.py")]]
    needed = {
        module.split(".")[1]
        for path in files
        if path.suffix == ".py"
        for module, _ in imports(path)
        if module.startswith("index.")
    }
    assert needed <= {*names, "errors"}


def test_progress_is_told_to_its_end(seed: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build([seed], tmp_path / "built", encoder=ToyEncoder(), progress=lambda *step: told.append(step))
    assert told[0] == ("read", 0, 1)
    assert told[-1] == ("write", 1, 1)
    assert all(done <= total for _, done, total in told)
    assert [stage for stage, done, total in told if done == total] == ["read", "encode", "write"]


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="python -m index build"):
        open_store(tmp_path / "nothing", ToyEncoder())


@pytest.fixture
def built(toy_index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(toy_index, tmp_path / "built"))


def files_of(built: Path) -> list[Path]:
    return [built / name for name in read_manifest(built).files if (built / name).stat().st_size]


def test_every_missing_file_is_noticed(built: Path, tmp_path: Path) -> None:
    assert len(files_of(built)) >= 9
    for path in files_of(built):
        away = path.rename(tmp_path / "away")
        with pytest.raises(DamagedIndex, match="is missing: run `python -m index build` with the same folders"):
            open_store(built, ToyEncoder())
        away.rename(path)
    open_store(built, ToyEncoder())


def test_every_changed_file_is_noticed(built: Path) -> None:
    for path in files_of(built):
        whole = path.read_bytes()
        for damaged in (whole[:-1], bytes([whole[0] ^ 1]) + whole[1:]):
            path.write_bytes(damaged)
            with pytest.raises(DamagedIndex, match="damaged"):
                open_store(built, ToyEncoder())
        path.write_bytes(whole)
    open_store(built, ToyEncoder())


def changed(built: Path, **fields: Any) -> None:
    """As a program of another version would have written it."""
    path = built / "manifest.json"
    found = {**json.loads(path.read_text()), **fields}
    del found["checksum"]
    path.write_text(json.dumps({**found, "checksum": zlib.crc32(json.dumps(found, sort_keys=True).encode())}))


def test_another_model_format_or_analyser_is_refused(built: Path) -> None:
    other = ToyEncoder()
    other.fingerprint = "toy-2"
    with pytest.raises(StaleIndex, match=r"built with the model 'toy'.*python -m index build.*--model"):
        open_store(built, other)
    changed(built, analyser=0)
    with pytest.raises(StaleIndex, match="analyser 0"):
        open_store(built, ToyEncoder())
    changed(built, format=0)
    with pytest.raises(StaleIndex, match="format 0"):
        open_store(built, ToyEncoder())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "null"])
def test_a_damaged_manifest_is_told(built: Path, text: str) -> None:
    (built / "manifest.json").write_text(text)
    with pytest.raises((DamagedIndex, StaleIndex), match="python -m index build"):
        open_store(built, ToyEncoder())


def test_a_lost_manifest_is_damage_not_absence(built: Path) -> None:
    (built / "manifest.json").unlink()
    with pytest.raises(DamagedIndex, match="incomplete"):
        open_store(built, ToyEncoder())
