"""The labelled letters, changed as other letters differ from them: rules that only fit these would not read them.

All figures: `python -m tests.index.test_letters_spoiled ../shared/letters`.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap

import pytest

from eval.parser import Score, score

LETTERS = Path(__file__).parents[3] / "shared" / "letters"
_NUMBERS = r"\d{1,2}(?:(?:, | en )\d{1,2})*"


def each_line(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def heading(word: str, pattern: str) -> Callable[[str], str]:
    """Other words for the headings that are "Vraag n" or "Antwoord n"."""
    return each_line(
        lambda line: re.sub(rf"^{word} ({_NUMBERS})[:.]?\s*$", lambda match: pattern.format(n=match[1]), line)
    )


def rewrapped(width: int) -> Callable[[str], str]:
    """Long lines broken again, as another program would."""
    return each_line(lambda line: "\n".join(wrap(line, width)) if len(line) > width + 20 else line)


def notes_spaced(text: str) -> str:
    return re.sub(r"^(\d{1,2})(?=[A-ZÀ-Ý«][a-zà-ÿ«])", r"\1 ", text, flags=re.MULTILINE)


def markers_glued(text: str) -> str:
    return re.sub(r"(?<=[.?!»])\n(\d{1,2})\n", r"\1\n", text)


CHANGES: dict[str, Callable[[str], str]] = {
    "as they are": lambda text: text,
    "lines of 70": rewrapped(70),
    "lines of 110": rewrapped(110),
    "no empty lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "two empty lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "spaces at the ends": each_line(lambda line: f"  {line}   "),
    "hard spaces": lambda text: text.replace(" de ", "\u00a0de\u00a0"),
    "form feeds": lambda text: re.sub(r"(\n(?:Tweede Kamer, verg|ISSN)[^\n]*\n)", "\\1\f", text),
    "Vraag n:": heading("Vraag", "Vraag {n}:"),
    "VRAAG n": heading("Vraag", "VRAAG {n}"),
    "Vraag (n)": heading("Vraag", "Vraag ({n})"),
    "Vraag n.": heading("Vraag", "Vraag {n}."),
    "Vragen n": heading("Vraag", "Vragen {n}"),
    "Antwoord n:": heading("Antwoord", "Antwoord {n}:"),
    "Antwoord op vraag n": heading("Antwoord", "Antwoord op vraag {n}"),
    "Antwoord op vragen n": heading("Antwoord", "Antwoord op de vragen {n}"),
    "Antwoord vraag n:": heading("Antwoord", "Antwoord vraag {n}:"),
    "ANTWOORD n": heading("Antwoord", "ANTWOORD {n}"),
    "Antwoord": heading("Antwoord", "Antwoord"),
    "bare numbers": lambda text: re.sub(rf"^Vraag ({_NUMBERS})\s*$", r"\1", text, flags=re.MULTILINE),
    "Vraag n with its text": lambda text: re.sub(
        rf"^(Vraag {_NUMBERS}):?\s*\n+(?=\S)", r"\1 ", text, flags=re.MULTILINE
    ),
    "Antwoord: with its text": lambda text: re.sub(
        rf"^(Antwoord(?: op vraag)? {_NUMBERS}):?\s*\n+(?=\S)", r"\1: ", text, flags=re.MULTILINE
    ),
    "furniture glued": lambda text: re.sub(r"((?:Aanhangsel|Vragen) \d)\n(?=Vraag|Antwoord)", r"\1", text),
    "other quotes": lambda text: text.translate(str.maketrans("«»‘’", "“”''")),
    "notes with a space": notes_spaced,
    "markers behind their word": markers_glued,
    "small titles": lambda text: re.sub(r"\bMinister\b", "minister", text).replace(
        "Staatssecretaris", "staatssecretaris"
    ),
    "dates glued": lambda text: re.sub(r"(ingezonden \d{1,2}) (\w+) (\d{4})", r"\1 \2\3", text),
    "GL-PvdA": lambda text: text.replace("(GroenLinks-PvdA)", "(GL-PvdA)").replace(
        "beiden GroenLinks-PvdA", "beiden GL-PvdA"
    ),
    "damaged parties": lambda text: (
        text.replace("(D66)", "(066)").replace("(VVD)", "(V VD)").replace("(ChristenUnie)", "(CristenUnie)")
    ),
}


def spoiled(folder: Path, change: Callable[[str], str]) -> Score:
    """The score of a folder of letters after a change to the text of each."""
    with TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copy(folder / "gold.jsonl", copy)
        for path in folder.glob("*.txt"):
            (copy / path.name).write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
        return score(copy)


@pytest.mark.shared
@pytest.mark.skipif(not LETTERS.exists(), reason="../shared/letters is not here")
@pytest.mark.parametrize("name", CHANGES)
def test_changed_letters_are_read_as_well(name: str) -> None:
    result = spoiled(LETTERS, CHANGES[name])
    low = {field: round(tally.f1, 3) for field, tally in result.fields.items() if tally.f1 < 0.95}
    assert not low, "\n".join(result.faults)


def main() -> None:
    """Print the F1 of every field after every change."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, help="texts with a gold.jsonl, as ../shared/letters")
    parser.add_argument("--faults", action="store_true", help="name what was read wrongly")
    options = parser.parse_args()
    for place, (name, change) in enumerate(CHANGES.items()):
        result = spoiled(options.folder, change)
        if place == 0:
            print(" " * 26, *(f"{field[:9]:>9}" for field in result.fields))
        print(f"{name:26}", *(f"{tally.f1:9.3f}" for tally in result.fields.values()))
        for fault in result.faults if options.faults else ():
            print(f"    {fault}")


if __name__ == "__main__":
    main()
