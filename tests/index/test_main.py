"""`python -m index`, as it is typed."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from index.__main__ import _seen, main
from index.build import Report, build
from index.folder import writing
from tests.toy_encoder import ToyEncoder


@pytest.fixture(autouse=True)
def toy_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder.SentenceEncoder.open", lambda *_, **__: ToyEncoder())


def test_parse_prints_one_object(seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(seed), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["kind"] == "schriftelijk-overleg"
    assert [exchange["numbers"] for exchange in printed["exchanges"]] == [[number] for number in range(1, 16)]


def test_parse_prints_a_table_and_what_it_refused(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parse", str(seed), str(tmp_path / "weg.txt")]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1].split() == [
        "000_bf5ccd3b814fe0dd.txt", "schriftelijk-overleg", "2025-05-19", "15", "0", "0", "0",
    ]  # fmt: skip
    assert out.splitlines()[-1] == "1 read, 1 refused"
    assert "weg.txt" in err


def test_the_table_of_several_letters_ends_with_their_sums(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "haven.txt"
    other.write_text(
        "Vragen van het lid Piri (PvdA)\n\nVraag 1 en 2\nKomt er een haven? Wanneer?\n\nVraag 3\nWaarom?\n", "utf-8"
    )
    assert main(["parse", str(seed), str(other)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[2][-4:-1] == ["2", "1", "2"]
    assert rows[3][:-1] == ["all", "17", "1", "2"]


def test_what_was_doubted_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "brief.txt", tmp_path / "built"
    path.write_text("Vraag 1\nKent u dit?\nAntwoord 1\nJa.\nVraag 3\nWaarom?\nAntwoord 3\nNee.\n", encoding="utf-8")
    warned = "brief.txt: question 2 is missing: the numbering jumps from 1 to 3"
    assert warned in run(capsys, "parse", path)[1]
    assert warned in run(capsys, "build", path, "--out", out, "--quiet")[1]


def test_build_says_what_it_did(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "built"
    assert main(["build", str(seed.parent), "--out", str(out), "--quiet"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "new: 000_bf5ccd3b814fe0dd"
    assert told[-1].startswith(f"{out}: 1 document, 15 exchanges, ")
    assert main(["build", str(seed), "--out", str(out), "--quiet"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-1].endswith("(0 embedded anew); 0 new, 0 changed, 1 unchanged, 0 removed, 0 refused")


def test_build_names_what_it_refused_and_why(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "kapot.pdf"
    bad.write_bytes(b"<html>404</html>")
    assert main(["build", str(seed), str(bad), "--out", str(tmp_path / "built"), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert "1 document" in out
    assert err.startswith(f"refused: {bad}: this is no PDF but a web page ")


def test_of_two_files_of_one_name_the_one_that_is_refused_is_told(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, good, bad = tmp_path / "built", tmp_path / "a" / "brief.txt", tmp_path / "b" / "brief.txt"
    for path, content in ((good, seed.read_bytes()), (bad, b"")):
        path.parent.mkdir()
        path.write_bytes(content)
    why = f"{bad}: the file is empty: save it again\n"
    assert run(capsys, "add", good, bad, "--out", out, "--quiet")[2] == f"error: {why}"
    assert run(capsys, "build", bad, "--out", out, "--quiet")[2] == f"error: none of the files could be read:\n{why}"
    assert run(capsys, "build", good, bad, "--out", out, "--quiet")[2] == f"refused: {why}"


def test_a_first_build_that_fails_leaves_no_half_index(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, empty = tmp_path / "built", tmp_path / "leeg.txt"
    empty.write_bytes(b"")

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert run(capsys, "build", empty, "--out", out, "--quiet")[0] == 1
    assert run(capsys, "list", "--out", out)[2].startswith(f"error: no index in {out}: ")
    with monkeypatch.context() as patch:
        patch.setattr("index.build.Spool.open", full)
        assert "there is no room left" in run(capsys, "build", seed, "--out", out, "--quiet")[2]
    assert run(capsys, "list", "--out", out)[2].startswith(f"error: no index in {out}: ")
    assert run(capsys, "build", seed, "--out", out, "--quiet")[1][0] == f"new: {seed.stem}"


def test_build_tells_of_a_letter_that_is_there_twice(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, copy = tmp_path / "built", tmp_path / "kopie.txt"
    copy.write_bytes(seed.read_bytes())
    status, told, _ = run(capsys, "build", seed, copy, "--out", out, "--quiet")
    assert (status, told[:-1]) == (0, [f"new: {seed.stem}", f"same as {seed}: {copy}"])
    assert run(capsys, "build", seed, copy, "--out", out, "--quiet")[1][:-1] == [f"same as {seed}: {copy}"]
    assert run(capsys, "add", copy, "--out", out, "--quiet")[1][:-1] == [f"same as {seed}: {copy}"]
    assert run(capsys, "build", seed, "--out", out, "--quiet")[1][:-1] == []


def test_letters_of_a_type_that_is_not_read_are_told(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters, out = tmp_path / "brieven", tmp_path / "built"
    letters.mkdir()
    for name in (seed.name, "oud.doc", "notitie.odt", "plaatje.png", "~$brief.docx", "~$oud.doc", ".kladje.txt"):
        (letters / name).write_bytes(seed.read_bytes())
    for command in ("build", "add"):
        status, _, said = run(capsys, command, letters, "--out", out, "--quiet")
        assert status == 0
        assert said.splitlines() == [
            f"not read: {letters / name} (save it as PDF or .docx)" for name in ("notitie.odt", "oud.doc")
        ]


def test_build_without_sources_that_exist_fails_with_cause_and_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path / "weg"), "--out", str(tmp_path / "built")]) == 1
    assert "weg: there is no such file or folder: name one that exists" in capsys.readouterr().err


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str], str]:
    """Exit status, lines of standard output, standard error."""
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out.splitlines(), err


def test_letters_are_added_listed_removed_and_verified(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "built"
    other = tmp_path / "ander.txt"
    other.write_text("Een brief zonder vragen.", encoding="utf-8")
    run(capsys, "build", seed, "--out", out, "--quiet")
    status, told, _ = run(capsys, "add", other, "--out", out, "--quiet")
    assert (status, told[-2]) == (0, "new: ander")
    assert told[-1].endswith("1 new, 0 changed, 1 unchanged, 0 removed, 0 refused")
    status, told, _ = run(capsys, "list", "--out", out)
    assert status == 0
    assert [line.split()[0] for line in told[1:-1]] == [seed.stem, "ander"]
    assert told[2].split()[1:] == ["other", "–", "0", "1", str(other), "(added)"]
    assert told[-1] == "2 documents, 59 passages"
    assert run(capsys, "verify", "--out", out) == (0, [f"{out}: every byte is what was written"], "")
    assert run(capsys, "remove", "ander", "--out", out, "--quiet")[1][0] == "removed: ander"
    status, _, err = run(capsys, "remove", "ander", "--out", out, "--quiet")
    assert (status, "there is no document 'ander'" in err) == (1, True)
    kept = next((out / "sources").iterdir())
    kept.write_bytes(b"damaged")
    status, told, err = run(capsys, "verify", "--out", out)
    assert (status, told) == (1, [])
    assert str(kept) in err


def test_a_file_whose_name_is_no_text_is_indexed_under_one_that_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "letters", tmp_path / "built"
    folder.mkdir()
    for name, subject in ((b"caf\xe9.txt", "haven"), (b"a\nb\x1b[31m.txt", "brug")):
        (folder / os.fsdecode(name)).write_text(f"Een brief over een {subject}.", encoding="utf-8")
    (folder / "\u202etxt.pdf").write_bytes(b"")
    status, told, err = run(capsys, "build", folder, "--out", out, "--quiet")
    assert (status, told[-3:-1]) == (1, ["new: a\ufffdb\ufffd[31m", "new: caf\ufffd"])
    assert err == f"refused: {folder}/\ufffdtxt.pdf: the file is empty: save it again\n"
    told = run(capsys, "list", "--out", out)[1]
    assert [line.split()[-1] for line in told[1:-1]] == [
        f"{folder}/a\ufffdb\ufffd[31m.txt", f"{folder}/caf\ufffd.txt"
    ]  # fmt: skip
    assert (
        run(capsys, "remove", folder / os.fsdecode(b"caf\xe9.txt"), "--out", out, "--quiet")[1][0]
        == "removed: caf\ufffd"
    )


def test_parts_are_built_and_merged(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2):
        assert run(capsys, "build", seed, "--part", f"{number}/2", "--out", tmp_path / f"p{number}", "--quiet")[0] == 0
    out = tmp_path / "built"
    status, told, _ = run(capsys, "merge", tmp_path / "p1", tmp_path / "p2", "--out", out, "--quiet")
    assert (status, "(0 embedded anew); 1 new" in told[-1]) == (0, True)
    with pytest.raises(SystemExit):
        main(["build", "--part", "3/2"])
    assert "'3/2' is no part: write 2/4 for the second of four" in capsys.readouterr().err


def test_a_second_writer_is_refused_by_name(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(tmp_path / "built"):
        status, _, err = run(capsys, "build", seed, "--out", tmp_path / "built", "--quiet")
    assert (status, "another process is writing" in err, "--wait" in err) == (1, True, True)


def test_a_folder_that_cannot_be_written_is_named(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    for out in (tmp_path / "bestand", tmp_path / "bestand" / "sub"):
        status, _, err = run(capsys, "build", seed, "--out", out, "--quiet")
        assert status == 1
        assert re.fullmatch(rf"error: the index cannot be written in {out} \(.*\): .* --out\n", err)

    def refused(*_: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("index.sources.shutil.copyfile", refused)
    status, _, err = run(capsys, "build", seed, "--out", tmp_path / "built", "--quiet")
    assert (status, "(Read-only file system)" in err) == (1, True)


def test_a_second_writer_may_wait(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(tmp_path / "built"):
            held.set()
            leave.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    threading.Timer(0.3, leave.set).start()
    assert run(capsys, "build", seed, "--out", tmp_path / "built", "--quiet", "--wait")[0] == 0
    other.join()


def test_what_comes_while_a_watched_folder_is_built_is_seen(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    shutil.copy(seed, tmp_path / "letters" / "a.txt")
    looks = iter([None, KeyboardInterrupt()])

    def look(_: float) -> None:
        if stop := next(looks):
            raise stop

    def late(*sources: object, **given: Any) -> Report:
        report = build(*sources, **given)  # type: ignore[arg-type]
        (tmp_path / "letters" / "b.txt").write_text("Een tweede brief.", encoding="utf-8")
        return report

    monkeypatch.setattr("index.__main__.time.sleep", look)
    monkeypatch.setattr("index.build.build", late)
    _, told, _ = run(capsys, "build", tmp_path / "letters", "--watch", "--out", tmp_path / "built", "--quiet")
    assert [line for line in told if line.startswith("new")] == ["new: a", "new: b"]


def test_a_watch_begins_with_an_empty_folder_and_waits_for_who_writes(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "letters", tmp_path / "built"
    folder.mkdir()
    looks, held, leave = iter(range(2)), threading.Event(), threading.Event()

    def hold() -> None:
        with writing(out):
            held.set()
            leave.wait(10)

    other = threading.Thread(target=hold)

    def look(_: float) -> None:
        if next(looks):
            raise KeyboardInterrupt
        shutil.copy(seed, folder)
        other.start()
        held.wait(10)
        threading.Timer(0.3, leave.set).start()

    monkeypatch.setattr("index.__main__.time", SimpleNamespace(sleep=look))
    _, told, err = run(capsys, "build", folder, "--watch", "--out", out, "--quiet")
    other.join()
    assert [line for line in told if line.startswith("new")] == [f"new: {seed.stem}"]
    assert err.splitlines()[0].startswith(f"error: no letters in {folder}: ")
    assert len(err.splitlines()) == 3  # and that it was stopped


def test_a_folder_that_goes_while_it_is_looked_at_does_not_end_the_watch(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(seed, tmp_path / "a.txt")
    gone = tmp_path / "weg"
    gone.mkdir()
    look = os.scandir

    def late(path: Any) -> Any:
        if path in (gone, str(gone)):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", late)
    assert list(_seen([tmp_path])) == [str(tmp_path / "a.txt")]


@pytest.mark.parametrize(
    "arguments",
    [["build", ""], ["add", ""], ["build", "a.txt", "--out", ""], ["merge", ""], ["parse", ""]],
)
def test_an_empty_name_is_not_the_folder_one_is_in(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert "an empty name names nothing: write '.' for this folder" in capsys.readouterr().err


@pytest.mark.parametrize("every", ["0", "-1", "nan", "1e9", "x"])
def test_a_watch_waits_a_time_that_can_be_waited(every: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--watch", "--every", every])
    assert f"{every!r} is no time to wait: write a number of seconds" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--wait", "--download"])
def test_publish_takes_no_option_that_does_nothing(option: str) -> None:
    with pytest.raises(SystemExit):
        main(["publish", "milvus:a.db", option])


def test_a_watched_folder_is_followed(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_bytes(seed.read_bytes())
    looks = 0

    def change(seconds: float) -> None:
        """Instead of waiting: what happens to the folder between two looks."""
        nonlocal looks
        looks += 1
        if looks == 1:
            (folder / "b.txt").write_text("Een tweede brief.", encoding="utf-8")
        elif looks == 3:
            (folder / "a.txt").unlink()
        elif looks == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("index.__main__.time.sleep", change)
    status, told, err = run(capsys, "build", folder, "--watch", "--out", tmp_path / "built", "--quiet")
    assert status == 130
    assert "stopped; the index is as it was last written" in err
    assert [line for line in told if line.startswith(("new", "removed"))] == ["new: a", "new: b", "removed: a"]
    assert sum("documents" in line or "document," in line for line in told) == 3
