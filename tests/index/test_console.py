"""What the commands have in common."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED


@pytest.mark.model
def test_a_reader_that_has_read_enough_is_no_error(model_index: Path, tmp_path: Path) -> None:
    """As behind `| head`: also where all that is written waits until the end."""
    qrels, run = tmp_path / "qrels", tmp_path / "a.run"
    qrels.write_text("q 0 a 2\n")
    run.write_text("q Q0 a 1 2 x\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    for command in (
        ["index", "parse", str(SEED)],
        ["retrieval", "restwarmte", "--index", str(model_index)],
        ["eval", "score", str(qrels), str(run)],
    ):
        read, write = os.pipe()
        os.close(read)
        ran = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment,
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(write)
        assert (ran.returncode, ran.stderr) == (0, b""), command
