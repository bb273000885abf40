"""The whole pipeline, on next to nothing: a teacher of one layer, 240 pairs, 45 records."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.encoder import SentenceEncoder
from tests.training import data
from training.__main__ import main


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    data.shared(folder / "shared")
    data.teacher(folder / "teacher")
    assert run(folder) == 0
    return folder


def run(folder: Path, *more: str) -> int:
    return main([
        "--tiny", "--threads", "1", "--shared", str(folder / "shared"), "--work", str(folder / "work"),
        "--out", str(folder / "model"), "--teacher", str(folder / "teacher"), *more,
    ])  # fmt: skip


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is not about the figures: they are most of the time that a tiny run takes."""
    monkeypatch.setattr("training.evaluate.measure", lambda *_, **__: {})
    monkeypatch.setattr("training.evaluate.in_use", lambda *_: {})


def test_from_the_data_to_a_model_that_loads_with_no_code_of_ours(made: Path) -> None:
    from safetensors import safe_open
    from sentence_transformers import SentenceTransformer

    vectors = SentenceTransformer(str(made / "model"), device="cpu").encode(["de weg", "the road"])
    assert vectors.shape == (2, 12)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    with safe_open(str(made / "model" / "model.safetensors"), framework="np") as stored:
        assert {stored.get_tensor(name).dtype for name in list(stored.keys())} == {np.dtype(np.float16)}
    settings = json.loads((made / "model" / "config.json").read_text())
    assert (settings["num_hidden_layers"], settings["dtype"]) == (1, "float32")
    assert not list(made.glob(".*"))


def test_the_figures_are_those_of_the_exported_folder(made: Path) -> None:
    told = json.loads((made / "work" / "figures.json").read_text())
    assert told["fingerprint"] == SentenceEncoder.open(made / "model").fingerprint
    assert set(told["figures"]) >= {"sts-b nl", "flores", "kvr question", "kvr title", "seed", "seed, in use"}
    assert all(0 <= value <= 1 for name, value in told["figures"].items() if not name.startswith("sts"))


def test_the_card_tells_what_the_model_is_made_of_and_worth(made: Path) -> None:
    card = (made / "model" / "README.md").read_text(encoding="utf-8")
    told = json.loads((made / "work" / "figures.json").read_text())
    assert "BERT, 1 layers of 12" in card
    assert f"Fingerprint {told['fingerprint'][:12]}." in card
    assert f"| kvr title | {told['figures']['kvr title']:.3f} |" in card
    assert "6 steps of AdamW" in card
    assert "the first layers of the teacher" in card


def test_a_second_run_finds_all_done_and_makes_the_same_model(made: Path) -> None:
    before = SentenceEncoder.open(made / "model").fingerprint
    logged = (made / "work" / "student" / "log.jsonl").read_text()
    assert run(made) == 0
    assert SentenceEncoder.open(made / "model").fingerprint == before
    assert (made / "work" / "student" / "log.jsonl").read_text() == logged


@pytest.mark.usefixtures("unmeasured")
def test_a_run_that_was_killed_goes_on_where_its_weights_were_saved(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tiny run saves every second of its six steps."""
    from training.config import TINY
    from training.fit import Fit

    stop = Fit.run

    def killed(self: Fit, **_: object) -> None:
        stop(self, until=3)
        raise KeyboardInterrupt

    elsewhere = made / "killed"
    arguments = ["--work", str(elsewhere), "--out", str(made / "other")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fit, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            run(made, *arguments)
    assert not (made / "other").exists()
    assert run(made, *arguments) == 0
    assert f"going on after step {TINY.steps // 2}" in capsys.readouterr().out
    assert (made / "other" / "modules.json").is_file()


def test_other_settings_do_not_mix_with_a_run_that_stands(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "--steps", "8") == 2
    assert "holds a run with other settings: remove it, or name another folder with --work" in capsys.readouterr().err


def test_without_the_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tiny", "--shared", str(tmp_path / "none"), "--work", str(tmp_path / "work")]) == 2
    assert "no evaluation sets in" in capsys.readouterr().err


@pytest.mark.usefixtures("unmeasured")
def test_it_can_go_on_from_a_student(made: Path) -> None:
    from safetensors.numpy import load_file

    work, out = made / "again", made / "more"
    assert run(made, "--start", str(made / "model"), "--work", str(work), "--out", str(out)) == 0
    assert not (work / "first").exists()
    tokens = [json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"] for folder in (made / "model", out)]
    assert tokens[0] == tokens[1]
    kept = made / "kept"
    assert run(made, "--start", str(made / "model"), "--work", str(work), "--out", str(kept), "--keep", "1") == 0
    before, after, back = (load_file(folder / "model.safetensors") for folder in (made / "model", out, kept))
    assert all(np.array_equal(back[name], weight) for name, weight in before.items())  # a zero may change its sign
    assert any(not np.array_equal(after[name], weight) for name, weight in before.items())
    assert "of which 100% were kept in the end" in (kept / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--steps", "0"], "'0' is no count: write a whole number, 1 or more"),
        (["--threads", "-1"], "'-1' is no count"),
        (["--keep", "1.5"], "'1.5' is no share: write a number from 0 to 1"),
        (["--keep", "0.5"], "--keep tells what stays of the weights of --start: name it too"),
        (["--start", "letters"], "there is no model in 'letters': name a sentence-transformers folder"),
        (["--teacher", "none"], "there is no model in 'none'"),
        (["--out", "letters"], "'letters' holds other files and no model: name a folder of its own"),
        (["--out", "letters/a.txt/model"], "'letters/a.txt/model' cannot be written"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_done(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Geachte voorzitter,", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(arguments)
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
