"""Files that harm their reader are refused or read, and never take the rest of the batch with them.

What each costs in time and memory: `python -m tests.index.hostile`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.hostile import HOSTILE, cost


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("encrypted.pdf", "error: PATH: the PDF is protected by a password"),
        ("webpage.pdf", "error: PATH: this is no PDF but a web page"),
        ("zip-bomb.docx", "error: PATH: the file unpacks to 300 MB"),
        ("deep.html", "error: PATH: the web page is nested too deeply to be read in full"),
        ("entities.html", "error: PATH: the web page contains no text"),
        ("nul.txt", "error: PATH: this is no text"),
        ("utf-16.txt", "read; 2 read, 0 refused"),
    ],
)
def test_a_hostile_file_harms_nothing_else(name: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    *_, status, said = cost(path)
    assert said.startswith(told.replace("PATH", str(path)))
    assert status == (1 if told.startswith("error") else 0)
