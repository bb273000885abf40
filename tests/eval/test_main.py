from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import ir_measures
import pytest

from eval.__main__ import main
from eval.gold import SEED_QUERIES
from eval.metrics import MEASURES
from eval.report import read
from tests.toy_encoder import ToyEncoder


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from eval.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'torch', 'faiss', 'tantivy', 'tqdm', 'ir_measures', 'index', 'retrieval'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--half {dev,test,all}" in done.stdout


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_report_that_cannot_be_written_is_told_before_anything_is_measured(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, why in ((tmp_path, "it is a folder"), (tmp_path / "weg" / "a", f"there is no folder {tmp_path / 'weg'}")):
        with pytest.raises(SystemExit):
            main([option, str(path)])
        assert f"argument {option}: '{path}' cannot be written: {why}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--users", "0", "'0' is no count: write a whole number, 1 or more"),
        ("--users", "-1", "'-1' is no count"),
        ("--users", "2.5", "'2.5' is no count"),
        ("--seconds", "0", "in no time nothing is measured: write more than 0 seconds"),
        ("--seconds", "nan", "'nan' is no time: write a number of seconds"),
        ("--think", "-1", "'-1' is no time"),
    ],
)
def test_what_measures_nothing_is_told(option: str, value: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["load", f"{option}={value}"])
    assert f"argument {option}: {why}" in capsys.readouterr().err


@pytest.mark.model
def test_the_suite_over_the_seed(model_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exported files, scored by ir-measures itself, agree with the report to 4 digits."""
    out, trec, html = tmp_path / "out.json", tmp_path / "trec", tmp_path / "out.html"
    arguments = ["--index", str(model_index), "--json", str(out), "--html", str(html), "--trec", str(trec)]
    assert main(arguments) == 0
    assert "294 queries; haystack: 15 exchanges" in capsys.readouterr().out
    report = read(out)
    assert report["answers"]["not_verbatim"] == []
    for system in ("dense", "lexical", "hybrid"):
        by_hand = ir_measures.calc_aggregate(
            [ir_measures.parse_measure(name) for name in MEASURES.values()],
            ir_measures.read_trec_qrels(str(trec / "seed.qrels")),  # type: ignore[no-untyped-call]
            ir_measures.read_trec_run(str(trec / f"seed.{system}.run")),  # type: ignore[no-untyped-call]
        )
        for ours, theirs in MEASURES.items():
            figure = report["slices"]["all"]["all"]["systems"][system][ours][0]
            assert figure == pytest.approx(by_hand[ir_measures.parse_measure(theirs)], abs=5e-5), (system, ours)
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    some = tmp_path / "gold.jsonl"
    some.write_text("".join(SEED_QUERIES.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    assert main(["--index", str(model_index), "--gold", str(some), "--compare", str(out)]) == 0
    assert "all, hybrid, MRR@10" in capsys.readouterr().out


def test_a_measurement_that_is_broken_off_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(options: Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("eval.__main__._score", broken_off)
    assert main(["score", "qrels", "run"]) == 130
    assert capsys.readouterr() == ("", "")


def test_any_run_can_be_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "qrels").write_text("q 0 a 2\n")
    (tmp_path / "ours.run").write_text("q Q0 a 1 2 x\n")
    (tmp_path / "theirs.run").write_text("q Q0 b 1 2 x\nq Q0 a 2 1 x\n")
    assert main(["score", *(str(tmp_path / name) for name in ("qrels", "ours.run", "theirs.run"))]) == 0
    assert "ours less theirs, MRR@10: +0.5000 (95% +0.5000 to +0.5000, p 1.0000)" in capsys.readouterr().out


def test_files_that_leave_nothing_to_measure_are_told(
    toy_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, run, labels = tmp_path / "empty", tmp_path / "a.run", tmp_path / "gold.jsonl"
    empty.write_text("\n")
    run.write_text("q Q0 a 1 2 x\n")
    labels.write_text('{"file": "brief.txt"')
    for arguments, told in (
        (["--gold", str(empty), "--index", str(toy_index)], "empty holds no query"),
        (["score", str(empty), str(run)], "empty holds no judgement"),
        (["parser", str(tmp_path)], "gold.jsonl, line 1: JSONDecodeError"),
    ):
        assert main(arguments) == 2
        assert told in capsys.readouterr().err
    queries = (line for line in SEED_QUERIES.read_text(encoding="utf-8").splitlines() if '"none-far"' in line)
    empty.write_text(next(queries) + "\n", encoding="utf-8")
    monkeypatch.setattr("index.encoder.SentenceEncoder.open", lambda *_, **__: ToyEncoder())
    assert main(["--gold", str(empty), "--index", str(toy_index)]) == 0
    assert "no answerable queries" in capsys.readouterr().out


def test_an_error_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.startswith("error: no index in ")


def test_a_missing_report_is_named_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--compare", str(tmp_path / "old.json")]) == 2
    assert "old.json is no report of this version" in capsys.readouterr().err
