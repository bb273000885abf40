"""The scorer of the parser, on labels of which some are wrong on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.parser import Tally, score

LETTER = """Vragen van het lid Dijk (SP) aan de Minister van Financiën over geld (ingezonden 6 mei 2024).
Antwoord van Minister Heinen (Financiën) (ontvangen 18 mei 2024).
Vraag 1
Kent u het bericht over de kosten van het plan?
Antwoord 1
Ja, dat bericht is mij bekend.
Vraag 2 en 3
Wat vindt u ervan dat het plan zo duur is?
Wie betaalt de rekening daarvan?
Antwoord 2 en 3
Het plan wordt betaald door het Rijk.
"""
LABEL = {
    "file": "brief.txt",
    "kind": "answers",
    "questioners": [{"name": "Dijk", "party": "SP"}],
    "answered_by": ["Heinen"],
    "asked_on": "2024-05-06",
    "answered_on": "2024-05-18",
    "identifier": None,
    "questions": [
        {"n": 1, "starts": "Kent u het bericht", "ends": "van het plan?"},
        {"n": 2, "starts": "Wat vindt u ervan", "ends": "plan zo duur is?"},
        {"n": 3, "starts": "Wie betaalt", "ends": "een ander einde?"},
    ],
    "answers": [
        {"numbers": [1], "starts": "Ja, dat", "ends": "mij bekend."},
        {"numbers": [2, 3], "starts": "Het plan wordt", "ends": "door het Rijk."},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "brief.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(LABEL) + "\n", encoding="utf-8")
    return tmp_path


def test_fields_are_counted(folder: Path) -> None:
    fields = {name: (tally.right, tally.read, tally.there) for name, tally in score(folder).fields.items()}
    assert fields == {
        "kind": (1, 1, 1),
        "members and parties": (1, 1, 1),
        "ministers": (1, 1, 1),
        "asked on": (1, 1, 1),
        "answered on": (1, 1, 1),
        "identifier": (0, 0, 0),
        "questions": (2, 3, 3),  # the third label has another end on purpose
        "answers": (2, 2, 2),
        "joint answers": (1, 1, 1),
    }


def test_f1_by_hand() -> None:
    tally = Tally()
    tally.add(["a", "b", "b"], ["b", "c"])
    assert (tally.right, tally.read, tally.there) == (1, 3, 2)
    assert tally.f1 == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))


def test_the_command_names_the_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parser", str(folder), "--faults"]) == 0
    shown = capsys.readouterr().out
    assert "questions             0.667      2      3      3" in shown
    assert "een ander einde?" in shown


def test_a_folder_without_labels_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parser", str(tmp_path)]) == 2
    assert f"error: {tmp_path / 'gold.jsonl'} cannot be read (No such file" in capsys.readouterr().err
