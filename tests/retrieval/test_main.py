"""`python -m retrieval`, as it is typed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from retrieval.__main__ import main
from tests.toy_encoder import ToyEncoder


@pytest.fixture(autouse=True)
def toy_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.light.LightEncoder.open", lambda *_: ToyEncoder())


def test_json_of_one_query(toy_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vloeistofkoeling", "--index", str(toy_index), "--json", "--k", "3", "--party", "NSC"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["query"] == "vloeistofkoeling"
    assert len(printed["hits"]) == 3
    assert (printed["hits"][0]["numbers"], printed["hits"][0]["party"]) == ([14], "NSC")


@pytest.mark.parametrize(
    "ministry", ["economische zaken", "ez", "Ministerie van Economische Zaken", "minister of Economic Affairs"]
)
def test_ministries_are_known_as_a_query_may_name_them(
    ministry: str, toy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["energie", "--index", str(toy_index), "--json", "--k", "1", "--ministry", ministry]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 1


def test_what_a_terminal_cannot_show_is_no_crash(toy_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(shown, encoding="latin-1"))
    assert main(["vloeistofkoeling", "--index", str(toy_index), "--k", "1"]) == 0
    sys.stdout.flush()
    assert r"\u201cDit consortium van" in shown.getvalue().decode("latin-1")


def test_what_is_no_address_of_a_store_is_not_taken_for_a_folder(
    toy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["energie", "--store", str(toy_index)]) == 1
    assert f"error: '{toy_index}' is no address of a store: write milvus://" in capsys.readouterr().err


def test_of_many_queries_the_bad_one_is_named(
    toy_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "vragen.txt"
    queries.write_text(f"energie\n{'haven ' * 1000}\n", encoding="utf-8")
    assert main(["--queries", str(queries), "--json", "--index", str(toy_index)]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["query"] for line in out.splitlines()] == ["energie"]
    told = "the query has 5,999 characters, and 5,000 are the most: shorten it"
    assert err == f"error: {queries}, {('haven ' * 7)[:40]!r}: {told}\n"


def test_many_queries_are_one_line_each(toy_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries = tmp_path / "vragen.txt"
    queries.write_text("\ufeffvloeistofkoeling\n\n  energie  \n", encoding="utf-8")
    assert main(["--queries", str(queries), "--json", "--index", str(toy_index)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["query"] for line in lines] == ["vloeistofkoeling", "energie"]


def test_text_without_colour_holds_heading_passage_and_citation(
    toy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vloeistofkoeling", "--index", str(toy_index), "--k", "1", "--color", "never"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "1. Vraag 14 · NSC" in out
    assert "antwoord op vraag 14 van NSC" in " ".join(out.split())
    assert out.rstrip().endswith("passages · 1 document · t/m 19 mei 2025")


def test_colour_marks_the_words(toy_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vloeistofkoeling", "--index", str(toy_index), "--k", "1", "--color", "always"]) == 0
    assert "\x1b[1;33mvloeistofkoeling\x1b[0m" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "hits"),
    [(["--since", "2025"], 1), (["--until", "2025"], 1), (["--until", "2025-05-18"], 0), (["--since", "2026"], 0)],
)
def test_days_may_be_years(
    arguments: list[str], hits: int, toy_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["energie", "--index", str(toy_index), "--json", "--k", "1", *arguments]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == hits


def test_what_is_no_day_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["energie", "--since", "november"])
    assert "'november' is no day: write it as 2025-05-19" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["haven", "--party", "Maanpartij"], "no party is called 'Maanpartij'"),
        (["haven", "--ministry", "Defensie"], "called 'Defensie': choose from"),
        (["haven", "--member", "Rutte"], "no member who asked is called 'Rutte'"),
        (["haven", *(f"--member={name}" for name in "FEDCBA")], "no member who asked is called 'F'"),
        (["haven", "--k", "0"], "ask for 1 hit or more"),
        (["haven", "--index", "nergens"], "no index in nergens: run `python -m index build"),
        (["--queries", "nergens.txt", "--json"], "cannot read queries from nergens.txt"),
    ],
)
def test_errors_are_one_line(
    toy_index: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    if "--index" not in arguments:
        arguments = [*arguments, "--index", str(toy_index)]
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert message in err


@pytest.mark.parametrize("arguments", [[], ["haven", "--queries", "x", "--json"], ["--queries", "x"]])
def test_wrong_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage:" in capsys.readouterr().err
