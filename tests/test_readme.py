"""What the README shows works: its Python and its commands run against an index of the seed letter."""

from __future__ import annotations

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

import pytest

from index.encoder import SentenceEncoder
from index.publish import publish
from index.store import open_store
from tests.conftest import ROOT, SEED

README = (ROOT / "README.md").read_text(encoding="utf-8")

ONLY_HELP = (["python", "app.py"], ["python", "-m", "eval"])
"""Commands that serve or measure: only their options are tried here, the rest by tests of their own."""


CLUSTER = "milvus://db.example:19530/brieven"
"""What stands for a cluster; here a file takes its place, with a copy of the index in it."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("python ")]


@pytest.fixture
def folder(tmp_path: Path, model_index: Path) -> Path:
    """A folder as the README supposes it: the code, the letter, an index, letters and queries of one's own."""
    for name in ("index", "retrieval", "eval", "app.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data" / "documents").mkdir(parents=True)
    (tmp_path / "data" / "documents" / SEED.name).symlink_to(SEED)
    shutil.copytree(model_index, tmp_path / "data" / "built")
    (tmp_path / "letters").mkdir()
    shutil.copy(SEED, tmp_path / "letters" / "own.txt")
    (tmp_path / "queries.txt").write_text("duurzame AI-fabrieken\nsustainable data centres\n", encoding="utf-8")
    return tmp_path


@pytest.mark.model
@pytest.mark.parametrize("block", blocks("python"))
def test_python_runs(
    block: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102
    assert "antwoord op vraag" in capsys.readouterr().out


@pytest.mark.model
@pytest.mark.parametrize("command", commands())
def test_command_runs(
    command: str,
    folder: Path,
    shipped: SentenceEncoder,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In this process; what the shell would do is done here."""
    words = shlex.split(command, comments=True)
    if any(words[: len(start)] == start for start in ONLY_HELP):
        words.append("--help")
    words, target = (words[:-2], words[-1]) if words[-2] == ">" else (words, None)
    if CLUSTER in words:
        request.getfixturevalue("milvus_lite")
        copy = f"milvus:{folder / 'copy.db'}"
        words = [copy if word == CLUSTER else word for word in words]
        publish(open_store(folder / "data" / "built", shipped), copy)
    monkeypatch.chdir(folder)
    arguments = [path for word in words for path in (sorted(glob(word)) or [word])]
    run, name = (runpy.run_path, 1) if arguments[1] != "-m" else (runpy.run_module, 2)
    monkeypatch.setattr(sys, "argv", arguments[name:])
    monkeypatch.delitem(sys.modules, f"{arguments[name]}.__main__", raising=False)  # of another test; runpy warns of it
    with pytest.raises(SystemExit) as stop:
        run(arguments[name], run_name="__main__")
    assert not stop.value.code
    printed = capsys.readouterr().out
    assert printed
    if "--json" in words:
        lines = printed.splitlines() if target else [printed]
        assert all(json.loads(line) for line in lines)


@pytest.mark.model
def test_the_first_command_runs_in_a_shell(folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", commands()[0]],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    assert "antwoord op vraag 11 van GroenLinks-PvdA" in " ".join(ran.stdout.split())


def test_every_make_target_that_is_named_exists() -> None:
    named = set(
        re.findall(r"(?<![\w-])make ([a-z]+)", "\n".join(re.findall(r"```sh.*?```|`[^`\n]+`", README, re.DOTALL)))
    )
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"run", "test", "check"} <= named
    assert named <= targets
    assert targets == set(re.findall(r'@echo "make ([a-z]+)', makefile)) | {"help"}


def test_every_file_that_is_linked_exists() -> None:
    linked = set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
    assert "LICENSE" in linked
    assert [name for name in sorted(linked) if not (ROOT / name).exists()] == []


def test_every_source_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:index|retrieval|eval)/[\w./]+|app\.py)`", README))
    assert "index/passages.py" in named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
