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
        ("encrypted.pdf", "error: PATH: de PDF is beveiligd met een wachtwoord"),
        ("webpage.pdf", "error: PATH: dit is geen PDF maar een webpagina"),
        ("zip-bomb.docx", "error: PATH: het bestand pakt uit tot 300 MB"),
        ("entities.html", "error: PATH: de webpagina bevat geen tekst"),
        ("nul.txt", "error: PATH: dit is geen tekst"),
        ("utf-16.txt", "read; 2 read, 0 refused"),
    ],
)
def test_a_hostile_file_harms_nothing_else(name: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    *_, status, said = cost(path)
    assert said.startswith(told.replace("PATH", str(path)))
    assert status == (1 if told.startswith("error") else 0)
