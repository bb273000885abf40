from __future__ import annotations

from pathlib import Path

import pytest

from tests.training import data
from training.clean import Answered, BadData, Held, Pair, answered, evaluation_texts, pairs, tidy


def test_accents_that_broke_entities_and_marks_are_mended() -> None:
    assert tidy("de officie¨le  *lijst* &amp; [de wet](http://x)") == "de officiële lijst & de wet"


def test_a_text_is_held_when_it_or_half_of_it_stands_in_an_evaluation_set() -> None:
    held = Held(["The quick brown fox jumps over the lazy dog."])
    assert held.holds("the QUICK brown fox jumps over the lazy dog")
    assert held.holds("So the quick brown fox jumps over the lazy")  # three runs of six words of four
    assert not held.holds("the quick brown fox sleeps")
    assert not held.holds("")


def test_what_the_development_sets_hold_is_not_trained_on(tmp_path: Path) -> None:
    shared = data.shared(tmp_path / "shared")
    first = data.sentences(1)[0][0]
    kept = pairs(shared, Held(evaluation_texts(shared)), per_file=1_000)
    assert first not in [pair.english for pair in kept]
    assert first in [pair.english for pair in pairs(shared, Held([]), per_file=1_000)]
    # Record 0 stands in both files; the other 44 have three answers each.
    assert len(answered(shared)) == 44 * 3
    assert "KVR0" not in {item.document for item in answered(shared)}


def test_pairs_are_taken_from_the_whole_of_a_file(tmp_path: Path) -> None:
    shared = data.shared(tmp_path / "shared")
    kept = pairs(shared, Held([]), per_file=3)
    assert [pair.english[-4:] for pair in kept] == ["1900", "1940", "1980", "2020", "2060", "2100"]


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("Article", "Considérant que le protocole de la convention dans les pays"),
        ("one two three four five six seven", "een"),
        ("12-34 5678 90", "12-34 5678 90"),
        ("Save the file as draft", "Save the file as draft"),
    ],
)
def test_what_is_no_translation_is_left_out(tmp_path: Path, english: str, dutch: str) -> None:
    import gzip

    (tmp_path / "parallel").mkdir()
    with gzip.open(tmp_path / "parallel" / "a.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(f"{english}\t{dutch}\nGood morning\tGoedemorgen\n")
    assert pairs(tmp_path, Held([]), per_file=10) == [Pair("Good morning", "Goedemorgen", "a")]


def test_a_folder_without_the_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"no parallel text in .*--shared"):
        pairs(tmp_path, Held([]), per_file=1)
    with pytest.raises(BadData, match=r"train\.jsonl\.gz is not there: .*--shared"):
        answered(tmp_path)


def test_a_joint_answer_has_all_its_questions(tmp_path: Path) -> None:
    import gzip
    import json

    (tmp_path / "kvr").mkdir()
    row = data.record(1, ["weg", "trein", "school"])
    row["antwoorden"] = [{"nr": "1 en 3", "t": "Aan weg en school doen wij samen heel veel."}, {"nr": "2", "t": "Ja."}]
    for name, rows in (("train", [row]), ("dev", [data.record(2, ["huis", "stad", "wet"])])):
        with gzip.open(tmp_path / "kvr" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in rows)
    assert answered(tmp_path) == [
        Answered(
            "KVR1", "de weg van nummer 1", "Vragen over de weg en de trein in 1.", "weg trein",
            "Wat doet u in 1 aan de weg? Wat doet u in 1 aan de school?", "Aan weg en school doen wij samen heel veel.",
        )
    ]  # fmt: skip
