"""An index that grows: what changes is read and encoded, what is gone goes, and readers follow."""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import build as building
from index import serial
from index import sources as kept_sources
from index import store as storing
from index import writer as writing
from index.backend import Asked, Candidates, Filters, Manifest
from index.build import Report, add, build, build_documents, merge, rebuild, remove
from index.columns import BEFORE, COLUMNS
from index.errors import Cause, DamagedIndex, MissingIndex, StaleIndex, UnknownDocument, UnreadableFile
from index.folder import REBUILD, read_manifest, replace_manifest
from index.records import Span
from index.sources import hashed
from index.store import Store, open_store
from index.verify import verify
from retrieval import Searcher
from tests.index.crash import Trial
from tests.toy_encoder import ToyEncoder


class Counting(ToyEncoder):
    """Counts the passages that were encoded; fails after so many."""

    def __init__(self, fails_after: int | None = None) -> None:
        self.encoded: list[str] = []
        self._fails_after = fails_after

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Callable[[int], None] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        if self._fails_after is not None and len(self.encoded) >= self._fails_after:
            raise KeyboardInterrupt
        self.encoded += texts
        return super().encode_spans(texts, spans, progress=progress)


@pytest.fixture(params=["anew", "appended"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test runs both ways in which a change is written."""
    if request.param == "appended":
        monkeypatch.setattr(building, "REWRITTEN_BELOW", 0)
        monkeypatch.setattr(building, "DEAD_SHARE", 1.0)
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letters = tmp_path / "letters"
    letters.mkdir()
    for name in ("a", "b", "c"):
        write(letters / f"{name}.txt", f"Het antwoord van {name}.", "Ja.")
    return letters


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "built"


def write(path: Path, *answers: str) -> Path:
    text = "Datum 3 maart 2025\nBetreft Vragen\n\nVragen van de leden van de VVD-fractie\n"
    for number, answer in enumerate(answers, start=1):
        text += f"\n{number}\nWat is {path.stem} {number}?\n\nAntwoord\n{answer}\n"
    path.write_text(text, encoding="utf-8")
    return path


def told(report: Report) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    return report.new, report.changed, report.removed, report.unchanged


def held(out: Path) -> Counter[tuple[str, str]]:
    """(document, text of a passage) → how often, of an index every byte of which is as it was written."""
    assert list(verify(out, ToyEncoder())) == []
    store = open_store(out, ToyEncoder())
    rows = [row for number in store.live.tolist() for row in store.rows_of(number)]
    assert len(rows) == store.manifest.passages
    return Counter((passage.document.id, passage.text) for passage in store.passages(rows))


def test_a_build_does_what_changed_and_says_so(folder: Path, out: Path, way: str) -> None:
    encoder = Counting()
    assert told(build([folder], out, encoder=encoder)) == (("a", "b", "c"), (), (), 0)
    rows = read_manifest(out).parts["rows"]
    encoder.encoded.clear()
    assert told(build([folder], out, encoder=encoder)) == ((), (), (), 3)
    assert encoder.encoded == []
    (folder / "a.txt").unlink()
    write(folder / "b.txt", "Het antwoord van b.", "Nee.", "Ja.")
    write(folder / "d.txt", "Ja.")
    report = build([folder], out, encoder=encoder)
    assert told(report) == (("d",), ("b",), ("a",), 1)
    # The first answer of b is as it was, with its question; d's "Ja." answers another question than the others.
    assert (report.encoded, len(encoder.encoded)) == (3, 3)
    assert held(out) == Counter(
        [
            *[("b", "Het antwoord van b."), ("b", "Nee."), ("b", "Ja.")],
            *[("c", "Het antwoord van c."), ("c", "Ja."), ("d", "Ja.")],
        ]
    )
    assert (read_manifest(out).parts["rows"] == rows) is (way == "appended")


def test_a_build_without_change_writes_nothing(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = (out / "manifest.json").stat()
    build([folder], out, encoder=ToyEncoder())
    assert (out / "manifest.json").stat().st_ino == before.st_ino


def test_what_grew_ranks_as_what_was_built_at_once(folder: Path, out: Path, tmp_path: Path) -> None:
    for count in (1, 2, 3):
        build([folder / f"{name}.txt" for name in "abc"[:count]], out, encoder=ToyEncoder())
    build([folder], tmp_path / "whole", encoder=ToyEncoder())
    for text in ("antwoord van b", "wat is c", "ja", "vraag 2"):
        grown, whole = (
            Searcher.open(where, encoder=ToyEncoder()).rankings(text) for where in (out, tmp_path / "whole")
        )
        assert grown == whole


def test_a_moved_file_is_not_read_again(folder: Path, out: Path, tmp_path: Path) -> None:
    encoder = Counting()
    build([folder], out, encoder=encoder)
    encoder.encoded.clear()
    (tmp_path / "elsewhere").mkdir()
    (folder / "a.txt").rename(tmp_path / "elsewhere" / "a.txt")
    assert told(build([folder, tmp_path / "elsewhere"], out, encoder=encoder)) == ((), (), (), 3)
    assert encoder.encoded == []
    assert {Path(one.path or "").parent.name for one in open_store(out, encoder).provenance} == {
        "letters",
        "elsewhere",
    }


def test_a_file_that_can_no_longer_be_read_stays_as_it_was(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = held(out)
    (folder / "a.txt").write_bytes(b"\x00\xff\xfe" * 99)
    report = build([folder], out, encoder=ToyEncoder())
    assert [path.name for path, _ in report.refused] == ["a.txt"]
    assert (report.removed, held(out)) == ((), before)


def test_a_folder_that_can_no_longer_be_read_stays_as_it_was(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "dicht"
    closed.mkdir()
    write(closed / "d.txt", "Het antwoord van d.")
    build([folder], out, encoder=ToyEncoder())
    look = os.scandir

    def refuse(path: Any) -> Any:
        if path in (closed, str(closed)):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (folder / "a.txt").unlink()
    report = build([folder], out, encoder=ToyEncoder())
    assert told(report) == ((), (), ("a",), 3)
    assert [str(error) for _, error in report.refused] == [
        f"{closed}: it cannot be opened (Permission denied): check its name and permissions"
    ]
    for command in (build, add):
        with pytest.raises(UnreadableFile, match="dicht: it cannot be opened"):
            command([closed], out, encoder=ToyEncoder())
    assert {name for name, _ in held(out)} == {"b", "c", "d"}


def test_a_file_that_may_not_be_looked_at_stays_as_it_was(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = held(out)
    (look, read), closed = (Path.stat, Path.open), folder / "a.txt"

    def refuse(path: Path, then: Any, *options: Any, **named: Any) -> Any:
        if path == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return then(path, *options, **named)

    monkeypatch.setattr(Path, "stat", lambda path, **named: refuse(path, look, **named))
    monkeypatch.setattr(Path, "open", lambda path, *options, **named: refuse(path, read, *options, **named))
    for sources in ([folder], [closed, folder / "b.txt", folder / "c.txt"]):
        report = build(sources, out, encoder=ToyEncoder())
        assert [str(error) for _, error in report.refused] == [
            f"{closed}: it cannot be opened (Permission denied): check its name and permissions"
        ]
        assert (report.removed, held(out)) == ((), before)


def test_added_letters_outlive_builds_and_removed_ones_are_gone(folder: Path, out: Path, tmp_path: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    extra = write(tmp_path / "extra.txt", "Meer.")
    assert told(add([extra], out, encoder=ToyEncoder())) == (("extra",), (), (), 3)
    assert told(add([extra], out, encoder=ToyEncoder())) == ((), (), (), 4)
    extra.unlink()
    assert told(build([folder], out, encoder=ToyEncoder())) == ((), (), (), 4)
    assert told(remove(["extra", "b.txt", str(folder / "c.txt")], out, encoder=ToyEncoder()))[2] == ("b", "c", "extra")
    assert {name for name, _ in held(out)} == {"a"}
    assert len(list((out / "sources").iterdir())) == 1
    with pytest.raises(UnknownDocument, match=r"'nergens'.*python -m index list"):
        remove(["a", "nergens"], out, encoder=ToyEncoder())
    assert {name for name, _ in held(out)} == {"a"}


def test_a_letter_that_a_build_brought_is_kept_once_it_is_added(folder: Path, out: Path, tmp_path: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    copy = Path(shutil.copy(folder / "b.txt", tmp_path / "kopie.txt"))
    assert told(add([folder / "a.txt", copy], out, encoder=ToyEncoder())) == ((), (), (), 3)
    assert told(build([folder / "c.txt"], out, encoder=ToyEncoder())) == ((), (), (), 3)
    assert told(remove(["a", "b"], out, encoder=ToyEncoder())) == ((), (), ("a", "b"), 1)


def test_an_added_letter_that_changes_in_a_folder_is_one_letter_still(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    add([folder / "a.txt"], out, encoder=ToyEncoder())
    write(folder / "a.txt", "Nee.")
    assert told(build([folder], out, encoder=ToyEncoder())) == ((), ("a",), (), 2)
    assert {text for name, text in held(out) if name == "a"} >= {"Nee."}
    assert ("a", "Ja.") not in held(out)
    assert told(build([folder / "b.txt"], out, encoder=ToyEncoder())) == ((), (), ("c",), 2)


def test_the_last_letter_can_be_removed_and_others_added(folder: Path, out: Path) -> None:
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    remove(["a"], out, encoder=ToyEncoder())
    assert held(out) == Counter()
    searcher = Searcher.open(out, encoder=ToyEncoder())
    assert searcher.search("iets").hits == ()
    build([folder], out, encoder=ToyEncoder())
    assert len(held(out)) == 6


def test_interrupted_work_goes_on_where_it_stopped(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        build([folder], out, encoder=Counting(fails_after=4))
    assert not (out / "manifest.json").exists()
    encoder = Counting()
    assert build([folder], out, encoder=encoder).encoded == len(encoder.encoded) == 2
    assert len(held(out)) == 6
    assert list(out.glob("spool-*")) == []


def test_a_reader_follows_without_a_restart(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_LOOKED_AT_EVERY", 0.0)
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    searcher = Searcher.open(out, encoder=ToyEncoder())
    old = searcher.store
    assert searcher.counts().documents == 1
    build([folder], out, encoder=ToyEncoder())
    assert searcher.counts().documents == len(searcher.documents) == 3
    assert searcher.search("antwoord van c").hits[0].document.id == "c"
    # Who still holds the old generation goes on reading it, though its files have other names or none.
    assert [passage.document.id for passage in old.passages([0, 1])] == ["a", "a"]
    assert old.sentences([0], ToyEncoder().encode_queries(["x"])[0])[0][1].shape == (1,)
    shutil.rmtree(out)
    assert searcher.search("antwoord van c").hits[0].document.id == "c"


def test_an_index_that_may_not_be_written_to_is_read(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = held(out)
    lexical = out / read_manifest(out).parts["lexical"]
    lock = lexical / ".tantivy-meta.lock"
    lock.unlink()
    lock.mkdir()  # tantivy can make its lock no more than on a disk that is read-only
    assert held(out) == before
    assert open_store(out, ToyEncoder()).lexical.document_frequency("antwoord") == 3


def test_readers_never_see_half_a_change(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_LOOKED_AT_EVERY", 0.0)
    build([folder], out, encoder=ToyEncoder())
    searcher = Searcher.open(out, encoder=ToyEncoder())
    faults: list[object] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                results = searcher.search("Het antwoord")
                if results.total % 2 or any(hit.text not in hit.document.text for hit in results.hits):
                    faults.append(results)
            except Exception as error:  # noqa: BLE001 whatever it is
                faults.append(error)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        write(folder / "a.txt", f"Antwoord {number}.", "Ja.")
        build([folder], out, encoder=ToyEncoder())
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []


def test_parts_are_put_together_without_encoding(folder: Path, out: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "whole", encoder=ToyEncoder())
    parts = [tmp_path / f"part{number}" for number in (1, 2, 3, 4)]
    for number, part in enumerate(parts, start=1):
        build([folder], part, encoder=ToyEncoder(), part=(number, 4))  # one of them at least gets no letter
    encoder = Counting()
    report = merge(parts, out, encoder=encoder)
    assert (sorted(report.new), report.encoded, encoder.encoded) == (["a", "b", "c"], 0, [])
    assert held(out) == held(tmp_path / "whole")
    shutil.rmtree(folder)
    for part in parts:
        shutil.rmtree(part)
    rebuild(out, encoder=ToyEncoder())
    assert held(out) == held(tmp_path / "whole")
    other = ToyEncoder()
    other.fingerprint = "toy-2"
    with pytest.raises(StaleIndex, match="toy"):
        merge([tmp_path / "whole"], out, encoder=other)


def test_a_part_whose_kept_copy_is_damaged_is_merged_without_it(folder: Path, out: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "part", encoder=ToyEncoder())
    kept = tmp_path / "part" / "sources" / hashed(folder / "a.txt")
    kept.write_text("Iets anders.")
    assert merge([tmp_path / "part"], out, encoder=ToyEncoder()).refused == ()
    [fault] = verify(out, ToyEncoder())
    assert fault.startswith(f"the kept copy of a.txt, {out / 'sources' / kept.name}, is missing: ")
    assert len(open_store(out, ToyEncoder()).documents) == 3


def test_another_model_makes_everything_anew_from_what_was_kept(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    expected = held(out)
    shutil.rmtree(folder)
    other = Counting()
    other.fingerprint = "toy-2"
    report = rebuild(out, encoder=other)
    assert (report.encoded, len(other.encoded)) == (6, 6)
    assert "built with the model 'toy'" in report.reason
    rows = open_store(out, other).passages(range(6))
    assert Counter((passage.document.id, passage.text) for passage in rows) == expected


def test_other_reading_reads_again_and_encodes_only_what_differs(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], out, encoder=ToyEncoder())
    monkeypatch.setattr(building, "reading", lambda: "another version")
    encoder = Counting()
    report = build([folder], out, encoder=encoder)
    assert report.reason
    assert (report.encoded, encoder.encoded, len(held(out))) == (0, [], 6)
    assert build([folder], out, encoder=encoder).reason == ""
    monkeypatch.setattr(building, "reading", lambda: "a third")
    assert remove(["a", "b.txt"], out, encoder=encoder).removed == ("a", "b")
    assert len(held(out)) == 2


def test_an_index_of_format_two_is_made_anew_with_its_documents_and_uploads(folder: Path, out: Path) -> None:
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    line = serial.dump(open_store(out, ToyEncoder()).documents[0]).decode()
    shutil.rmtree(out)
    (out / "gen-1").mkdir(parents=True)
    (out / "gen-1" / "documents.jsonl").write_text(line + "\n", encoding="utf-8")
    (out / "manifest.json").write_text('{"format": 2, "generation": "gen-1"}')
    (out / "uploads").mkdir()
    shutil.copy(folder / "b.txt", out / "uploads")
    with pytest.raises(StaleIndex, match="format 2, not 8"):
        open_store(out, ToyEncoder())
    report = rebuild(out, encoder=ToyEncoder())
    assert "format 2" in report.reason
    assert {name for name, _ in held(out)} == {"a", "b"}
    assert not (out / "uploads").exists()
    assert not (out / "gen-1").exists()
    assert told(build([folder / "c.txt"], out, encoder=ToyEncoder())) == (("c",), (), ("a",), 1)  # b was an upload


def to_format(version: int, out: Path) -> None:
    """Put an index back to what it was, but for the terms of its passages, which are made anew in any case."""
    manifest = json.loads((out / "manifest.json").read_text())
    for table in ("documents", "passages"):
        name = f"{manifest['parts']['rows']}/{table}.rows"
        now = np.fromfile(out / name, dtype=COLUMNS[table])
        then = np.zeros(len(now), dtype=BEFORE[version][table])
        for column in set(now.dtype.names or ()) & set(then.dtype.names or ()):
            then[column] = now[column]
        then.tofile(out / name)
        manifest["files"][name] = {"bytes": then.nbytes, "crc32": zlib.crc32(then.tobytes())}
    postings = manifest["parts"].pop("postings")
    shutil.rmtree(out / postings)
    manifest["files"] = {name: told for name, told in manifest["files"].items() if not name.startswith(postings)}
    del manifest["checksum"]
    replace_manifest(out, Manifest(**{**manifest, "format": version}))


def test_an_index_of_format_three_is_made_anew_without_encoding_a_passage(folder: Path, out: Path) -> None:
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    add([folder / "b.txt"], out, encoder=ToyEncoder())
    before = held(out)
    to_format(3, out)
    with pytest.raises(StaleIndex, match="format 3, not 8"):
        open_store(out, ToyEncoder())
    report = rebuild(out, encoder=ToyEncoder())
    assert "format 3" in report.reason
    assert report.encoded == 0
    assert held(out) == before
    assert told(build([folder / "a.txt"], out, encoder=ToyEncoder())) == ((), (), (), 2)  # b was added by itself


@pytest.mark.parametrize("version", [4, 5, 6, 7])
def test_an_index_of_the_formats_since_is_made_anew_without_encoding_a_passage(
    folder: Path, out: Path, version: int
) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = held(out)
    to_format(version, out)
    with pytest.raises(StaleIndex, match=f"format {version}, not 8"):
        open_store(out, ToyEncoder())
    assert rebuild(out, encoder=ToyEncoder()).encoded == 0
    assert held(out) == before


def test_what_came_from_no_file_is_taken_over_from_format_three(folder: Path, out: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "files", encoder=ToyEncoder())
    documents = list(open_store(tmp_path / "files", ToyEncoder()).documents)
    build_documents(documents, out, encoder=ToyEncoder())
    before = held(out)
    to_format(3, out)
    assert rebuild(out, encoder=ToyEncoder()).encoded == 0
    assert held(out) == before


def test_damaged_vectors_of_format_three_are_not_taken_over(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = open_store(out, ToyEncoder()).vectors.tolist()
    to_format(3, out)
    path = next(out.glob("rows-*")) / "vectors.f16"
    path.write_bytes(bytes(len(path.read_bytes())))
    assert rebuild(out, encoder=ToyEncoder()).encoded > 0
    assert open_store(out, ToyEncoder()).vectors.tolist() == before


def test_a_changed_file_that_is_added_to_an_index_of_before_is_replaced(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    to_format(3, out)
    write(folder / "a.txt", "Een ander antwoord.")
    add([folder / "a.txt"], out, encoder=ToyEncoder())
    assert sorted({name for name, _ in held(out)}) == ["a", "b", "c"]
    assert ("a", "Een ander antwoord.") in held(out)


@pytest.mark.parametrize("harm", ["format 3", "manifest lost", "column cut"])
@pytest.mark.parametrize("spoilt", [b"", b"\x00\xff\xfe" * 99])
def test_a_letter_that_cannot_be_read_stays_where_all_is_made_anew(
    folder: Path, out: Path, harm: str, spoilt: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = held(out)
    if harm == "format 3":
        to_format(3, out)
    elif harm == "manifest lost":
        (out / "manifest.json").unlink()
    else:
        os.truncate(next(out.glob("rows-*")) / "passages.rows", 1)
    read = kept_sources.hashed

    def refuse(path: Path) -> str:
        if not spoilt and path == folder / "a.txt":
            raise UnreadableFile(str(path), Cause.CLOSED, detail="Permission denied")
        return read(path)

    monkeypatch.setattr(kept_sources, "hashed", refuse)
    if spoilt:
        (folder / "a.txt").write_bytes(spoilt)
    report = build([folder], out, encoder=ToyEncoder())
    assert [path.name for path, _ in report.refused] == ["a.txt"]
    assert held(out) == before


def test_a_change_that_cannot_be_cleared_up_after_is_made(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(where: Path, *_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(where))

    build([folder], out, encoder=ToyEncoder())
    with monkeypatch.context() as broken:
        broken.setattr(kept_sources, "drop", refuse)
        assert remove(["a"], out, encoder=ToyEncoder()).removed == ("a",)
    assert {name for name, _ in held(out)} == {"b", "c"}
    remove(["b"], out, encoder=ToyEncoder())
    assert len(list((out / "sources").iterdir())) == 1


@pytest.mark.parametrize("harm", ["lost", "cut"])
def test_what_was_added_survives_the_loss_of_any_file(folder: Path, tmp_path: Path, harm: str) -> None:
    build([folder / "a.txt"], tmp_path / "whole", encoder=ToyEncoder())
    add([folder / "b.txt"], tmp_path / "whole", encoder=ToyEncoder())
    names = [name for name, told in read_manifest(tmp_path / "whole").files.items() if told["bytes"]]
    assert {Path(name).name.split("-")[0] for name in names} >= {"vectors.f16", "sources"}
    assert any(name.startswith("postings") for name in names)
    for name in names:
        out = tmp_path / name.replace("/", " ")  # a reader that still closes may put a lock into one that is removed
        shutil.copytree(tmp_path / "whole", out)
        (out / name).unlink() if harm == "lost" else os.truncate(out / name, 1)
        build([folder / "a.txt"], out, encoder=ToyEncoder())
        assert {document for document, _ in held(out)} == {"a", "b"}, name


def test_a_folder_of_other_files_is_no_place_for_an_index(folder: Path) -> None:
    (folder / "sources").mkdir()
    (folder / "sources" / "bijlage.txt").write_text("Een bijlage.", encoding="utf-8")
    before = sorted(folder.rglob("*"))
    refused = r"holds other files \(a\.txt\) and no index.*--out"
    with pytest.raises(MissingIndex, match=refused):
        build([folder], folder, encoder=ToyEncoder())
    with pytest.raises(MissingIndex, match=refused):
        remove(["a"], folder, encoder=ToyEncoder())
    assert sorted(folder.rglob("*")) == before


def test_what_is_put_beside_the_parts_of_an_index_stays(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    (out / "notities").mkdir()
    for mine in ("LEESMIJ.md", "rows-2024.csv", "notities/a.txt", "sources/bijlage.txt"):
        (out / mine).write_text("van mij", encoding="utf-8")
    write(folder / "a.txt", "Nee.")
    build([folder], out, encoder=ToyEncoder())
    for mine in ("LEESMIJ.md", "rows-2024.csv", "notities/a.txt", "sources/bijlage.txt"):
        assert (out / mine).read_text(encoding="utf-8") == "van mij"


def test_documents_read_elsewhere_are_compared_by_all_they_hold(folder: Path, out: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    build([folder], tmp_path / "files", encoder=ToyEncoder())
    documents = list(open_store(tmp_path / "files", ToyEncoder()).documents)
    first = build_documents(documents, out, encoder=ToyEncoder())
    assert build_documents(documents, out, encoder=ToyEncoder()) == first
    retitled = [replace(documents[0], title="Anders"), *documents[1:]]
    assert build_documents(retitled, out, encoder=ToyEncoder()) != first
    store = open_store(out, ToyEncoder())
    assert sorted(document.title for document in store.documents) == ["Anders", "Vragen", "Vragen"]


def test_large_indexes_find_what_small_ones_find(
    seed: Path, folder: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        write(folder / f"brief-{number}.txt", *(f"Zin {number} en {i} van de haven." for i in range(6)))
    build([folder, seed], tmp_path / "small", encoder=ToyEncoder())
    monkeypatch.setattr(writing, "COMPRESSED_FROM", 100)
    build([folder], out, encoder=ToyEncoder())
    build([folder, seed], out, encoder=ToyEncoder())
    monkeypatch.setattr(storing, "SCORED_WHOLE", 5)
    large, small = open_store(out, ToyEncoder()), Searcher.open(tmp_path / "small", encoder=ToyEncoder())
    assert large.compressed is not None
    monkeypatch.setattr("retrieval.search.CANDIDATES", 80)
    monkeypatch.setattr("retrieval.search.NEAR", 20)
    for text, filters in (
        ("restwarmte van een datacenter", {}),
        ("zin 12 van de haven", {}),
        ("wat vroeg NSC over energie", {}),
        ("antwoord op vraag 3", {}),
        ("de haven", {"parties": ["VVD"]}),
        ("energie", {"parties": ["NSC"]}),
        ("energie", {"documents": [seed.stem]}),
    ):
        found = Searcher(large, ToyEncoder()).search(text, **filters)  # type: ignore[arg-type]
        with monkeypatch.context() as whole:
            whole.setattr(storing, "SCORED_WHOLE", 10**6)
            expected = small.search(text, **filters)  # type: ignore[arg-type]
        assert (found.total, found.coverage, found.parties) == (expected.total, expected.coverage, expected.parties)
        assert found.hits[0].score == pytest.approx(expected.hits[0].score, abs=1e-3), text


def test_of_many_candidates_the_sentences_of_the_best_are_read(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        quiet = f"De kade van haven {number} is stil." if number % 3 else f"Het dok van haven {number} is stil."
        write(folder / f"brief-{number}.txt", f"Zin {number} van de haven.", quiet)
    build([folder], out, encoder=ToyEncoder())
    store = open_store(out, ToyEncoder())
    vector = ToyEncoder().encode_queries(["zin haven 3"])[0]
    query = Asked(vector, {"kade": 1.0, "haven": 1.0}, words=0.2, document=0.5)
    whole = store.candidates(query, Filters(), 4)
    monkeypatch.setattr(storing, "SCORED_WHOLE", 5)
    found = store.candidates(query, Filters(), 4)
    same = np.searchsorted(whole.rows, found.rows)
    assert 4 < len(found.rows) < len(whole.rows)
    assert found.in_context == pytest.approx(whole.in_context[same])
    assert found.lexical.tolist() == whole.lexical[same].tolist()
    read = found.nearest > -1
    assert found.nearest[read] == pytest.approx(whole.nearest[same][read])
    together = found.in_context + 0.2 * found.lexical / found.lexical.max() + 0.5 * found.in_document / 2
    assert set(np.flatnonzero(read)) == set(np.argsort(-together)[:3])  # seven in ten of four


def test_the_words_of_its_document_make_a_passage_promising_where_it_holds_one_itself() -> None:
    zeros, scores = np.zeros(3, dtype=np.int64), np.array([[0.5, 0.45, 0.7], [1, 1, 0], [1, 2, 2]], dtype=np.float32)
    nobody = np.zeros(3, dtype=np.bool_)
    found = Candidates(np.arange(3), zeros, zeros, scores[0], scores[0], scores[1], scores[2], nobody, nobody)

    def first(words: float, document: float) -> int:
        weights = {"kade": 1.0, "haven": 1.0}
        query = Asked(np.zeros(64, dtype=np.float32), weights, words=words, document=document)
        return int(storing._promising(found, query, 1)[0])

    assert first(0.0, 0.0) == 2
    assert first(0.3, 0.0) == 0
    assert first(0.3, 0.3) == 1  # 0.95, 1.05, and 0.7 where no word stands


def test_what_was_unmapped_is_read_again(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([folder], out, encoder=ToyEncoder())
    before = Searcher.open(out, encoder=ToyEncoder()).search("antwoord van b")
    monkeypatch.setattr(storing, "MAPPED_AT_MOST", 0)
    store = open_store(out, ToyEncoder())
    assert (store._memory is None) == (not Path("/proc/self/statm").exists())
    searcher = Searcher(store, ToyEncoder())
    assert [searcher.search("antwoord van b").hits for _ in range(2)] == [before.hits] * 2


def test_damage_in_any_file_is_named_with_its_cure(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "whole"
    build([folder], out, encoder=ToyEncoder())
    for name, expected in read_manifest(tmp_path / "whole").files.items():
        if not expected["bytes"]:
            continue
        for position in {0, expected["bytes"] // 2, expected["bytes"] - 1}:
            out = tmp_path / f"{name.replace('/', ' ')} {position}"
            shutil.copytree(tmp_path / "whole", out)
            content = bytearray((out / name).read_bytes())
            content[position] ^= 16
            (out / name).write_bytes(content)
            faults = list(verify(out, ToyEncoder()))
            assert len(faults) == 1
            assert str(out / name) in faults[0]
            assert faults[0].endswith("run `python -m index build` with the same folders and --out as before")
            with pytest.raises(DamagedIndex, match=name):
                open_store(out, ToyEncoder())
    # And the command mends it.
    report = build([folder], out, encoder=ToyEncoder())
    assert "is not what was written" in report.reason
    assert held(out) == held(tmp_path / "whole")


def test_damage_that_a_large_index_does_not_look_for_is_found_in_the_record(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder], out, encoder=ToyEncoder())
    monkeypatch.setattr(storing, "CHECKED_WHOLE", 0)
    path = out / read_manifest(out).parts["rows"] / "documents.bin"
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.write_bytes(content)
    store: Store = open_store(out, ToyEncoder())
    with pytest.raises(DamagedIndex, match=r"document 0 in .*documents\.bin.*python -m index build"):
        store.passages([0])
    assert store.passages([5])[0].document.id == "c"
    os.truncate(path, len(content) - 1)
    with pytest.raises(DamagedIndex, match=r"documents\.bin has \d+ bytes and should have"):
        open_store(out, ToyEncoder())


def test_damage_that_a_large_index_does_not_look_for_is_mended_by_a_build(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    build([folder], whole, encoder=ToyEncoder())
    add([folder / "a.txt"], whole, encoder=ToyEncoder())
    remove(["b"], whole, encoder=ToyEncoder())
    monkeypatch.setattr(storing, "CHECKED_WHOLE", 0)
    sizes = {name: told["bytes"] for name, told in read_manifest(whole).files.items() if told["bytes"]}
    for place, (name, size) in enumerate(sizes.items()):
        out = tmp_path / str(place)
        shutil.copytree(whole, out)
        for position in {0, size // 2, max(size - 8, 0)}:
            content = bytearray((whole / name).read_bytes())
            content[position] ^= 64
            (out / name).unlink()  # not written over: a store that was opened before may have it mapped still
            (out / name).write_bytes(content)
            with suppress(DamagedIndex):
                open_store(out, ToyEncoder())
        report = build([folder / "c.txt"], out, encoder=ToyEncoder())
        assert f"{out / name} is not what was written" in report.reason
        assert {document for document, _ in held(out)} == {"a", "c"}, name  # a was added, b removed


def test_a_list_of_sources_that_is_damaged_is_told(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([folder], out, encoder=ToyEncoder())
    monkeypatch.setattr(storing, "CHECKED_WHOLE", 0)
    path = next(out.glob("sources-*.jsonl"))
    path.write_bytes(b"[" + path.read_bytes()[1:])
    with pytest.raises(DamagedIndex, match=rf"{path.name} cannot be read \(.*\): run `python -m index build`"):
        remove(["a"], out, encoder=ToyEncoder())


def test_a_file_that_cannot_be_read_is_damage(folder: Path, out: Path) -> None:
    build([folder], out, encoder=ToyEncoder())
    names = [name for name, expected in read_manifest(out).files.items() if expected["bytes"]]
    for name in names:
        (out / name).unlink()
        (out / name).mkdir()
    faults = list(verify(out, ToyEncoder()))
    assert [str(out / name) in fault for name, fault in zip(names, faults, strict=True)] == [True] * len(names)
    with pytest.raises(DamagedIndex, match="python -m index build"):
        open_store(out, ToyEncoder())


@pytest.mark.parametrize("harm", ["changed", "lost", "a folder"])
def test_a_kept_copy_that_is_not_what_was_read_is_told_with_its_cure(folder: Path, out: Path, harm: str) -> None:
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    add([folder / "b.txt"], out, encoder=ToyEncoder())
    before = held(out)
    for kept in (out / "sources").iterdir():
        kept.unlink()
        if harm == "changed":
            kept.write_text("Iets anders.")
        elif harm == "a folder":
            kept.mkdir()
    told = {
        "changed": "is not what was read: remove it and",
        "lost": "is missing:",
        "a folder": "cannot be read (Is a directory): remove it and",
    }[harm]
    faults = list(verify(out, ToyEncoder()))
    for name, fault, cure in zip("ab", faults, (REBUILD, "add b.txt again"), strict=True):
        copy = out / "sources" / hashed(folder / f"{name}.txt")
        assert fault == f"the kept copy of {name}.txt, {copy}, {told} {cure}"
        if harm == "changed":
            copy.unlink()
        elif harm == "a folder":
            copy.rmdir()
    build([folder / "a.txt"], out, encoder=ToyEncoder())
    add([folder / "b.txt"], out, encoder=ToyEncoder())
    assert held(out) == before


def test_a_file_that_changes_between_reading_and_keeping_is_refused(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copyfile

    def late(source: Path, target: Path) -> None:
        if source == folder / "a.txt":
            write(source, "Iets anders.")
        copy(source, target)

    monkeypatch.setattr("index.sources.shutil.copyfile", late)
    report = build([folder], out, encoder=ToyEncoder())
    assert [str(error) for _, error in report.refused] == [
        f"{folder / 'a.txt'}: it was changed while it was read: try again"
    ]
    assert {name for name, _ in held(out)} == {"b", "c"}


@pytest.mark.parametrize("seed", [3])
def test_nothing_is_lost_however_writing_ends(tmp_path: Path, seed: int, way: str) -> None:
    """A sample; `python -m tests.index.crash` makes hundreds of runs."""
    if way == "anew":
        pytest.skip("the trial takes both ways itself")
    trial = Trial(tmp_path, seed)
    for _ in range(12):
        trial.run()
    assert not any("LOST" in outcome or outcome.isupper() for outcome in trial.tally), trial.tally
    assert sum(trial.tally.values()) == 12


@pytest.mark.parametrize(
    ("table", "field", "told"),
    [("passages", "start", "is none of"), ("passages", "role", "is none of"), ("sentences", "end", "sentences.rows")],
)
def test_a_damaged_row_quotes_nothing(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, table: str, field: str, told: str
) -> None:
    build([folder], out, encoder=ToyEncoder())
    monkeypatch.setattr(storing, "CHECKED_WHOLE", 0)
    path = out / read_manifest(out).parts["rows"] / f"{table}.rows"
    rows = np.fromfile(path, dtype=COLUMNS[table])
    rows[field][0] = 0 if field == "start" else 2 if field == "role" else 9_999
    rows.tofile(path)
    store = open_store(out, ToyEncoder())
    quotes = partial(store.sentences, vector=np.zeros(store.manifest.dimension, dtype=np.float32))
    for reads in [quotes] if table == "sentences" else [store.passages]:
        assert len(reads([1])) == 1
        with pytest.raises(DamagedIndex, match=told):
            reads([0])
