"""`python -m index`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.__main__ import main
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


def test_build_says_what_it_did(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "built"
    assert main(["build", str(seed.parent), "--out", str(out), "--quiet"]) == 0
    assert capsys.readouterr().out.startswith(f"{out}: 1 document, 15 exchanges, ")
    assert main(["build", str(seed), "--out", str(out), "--quiet"]) == 0
    assert "(0 embedded anew), 0 refused" in capsys.readouterr().out


def test_build_names_what_it_refused_and_why(seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "kapot.pdf"
    bad.write_bytes(b"<html>404</html>")
    assert main(["build", str(seed), str(bad), "--out", str(tmp_path / "built"), "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert "1 document" in out
    assert err.startswith("refused: ")
    assert "kapot.pdf" in err


def test_build_without_sources_that_exist_fails_with_cause_and_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path / "weg"), "--out", str(tmp_path / "built")]) == 1
    assert "weg does not exist: name files or folders that do" in capsys.readouterr().err
