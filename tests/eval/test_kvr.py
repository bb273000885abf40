from __future__ import annotations

import gzip
import json
from pathlib import Path
from time import sleep
from typing import Any, cast

import pytest

from eval import kvr
from eval.kvr import Task
from eval.suite import Searching, System
from index.build import build_documents
from index.store import open_store
from retrieval import Searcher
from tests.toy_encoder import ToyEncoder


def fields(name: str, **changes: Any) -> dict[str, Any]:
    record = {
        "id": name,
        "year": "1999",
        "title": f"titel over {name} geschreven",
        "inhoud": f"vragen over de invulling van {name}",
        "tref": "Geneesmiddelen",
        "rubriek": "Zorg",
        "min": "Volksgezondheid",
        "vragers": [["Kant", "SP"]],
        "vragen": [
            {"nr": "1", "t": f"Hoeveel kost {name} de patiënt per jaar?"},
            {"nr": "2", "t": "Waarom zo veel? Dat is meer dan vroeger."},
            {"nr": "3", "t": "Zo ja?"},
        ],
        "antwoorden": [
            {"nr": "1", "t": f"{name} kost tien gulden."},
            {"nr": "2 en 3", "t": "Zie de brief.\n\nDaarin."},
        ],
    }
    return record | changes


@pytest.fixture
def records(tmp_path: Path) -> list[kvr.Record]:
    path = tmp_path / "records.jsonl.gz"
    rows = [fields("KVR1"), fields("KVR2", tref=None, title="kort"), fields("KVR3", antwoorden=[])]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
    return kvr.load(path)


def test_only_answers_are_in_the_haystack(records: list[kvr.Record]) -> None:
    assert [record.id for record in records] == ["KVR1", "KVR2"]
    document = kvr.document(records[0])
    assert document.text == "KVR1 kost tien gulden.\n\nZie de brief.\n\nDaarin."
    answers = [(x.numbers, x.answer.of(document.text) if x.answer else "") for x in document.exchanges]
    assert answers == [((1,), "KVR1 kost tien gulden."), ((2, 3), "Zie de brief.\n\nDaarin.")]
    assert (document.title, [x.questions for x in document.exchanges]) == ("", [(), ()])


def test_what_belongs_together_is_the_truth(records: list[kvr.Record]) -> None:
    found = kvr.tasks(records)
    assert found[Task.QUESTION][1] == {
        "KVR1-q0": {"KVR1#0": 2},
        "KVR1-q1": {"KVR1#1": 2},
        "KVR2-q0": {"KVR2#0": 2},
        "KVR2-q1": {"KVR2#1": 2},
    }
    assert found[Task.TITLE][1] == {"KVR1-title": {"KVR1": 2}}
    assert found[Task.KEYWORDS][0] == {"KVR1-keywords": "Geneesmiddelen"}
    assert set(found[Task.ABSTRACT][1]) == {"KVR1-abstract", "KVR2-abstract"}


def test_a_sample_is_always_the_same_and_part_of_the_whole(records: list[kvr.Record]) -> None:
    some = kvr.tasks(records, sample=2)[Task.QUESTION][0]
    assert len(some) == 2
    assert some == kvr.tasks(list(reversed(records)), sample=2)[Task.QUESTION][0]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("1", (1,)), ("2 en 3", (2, 3)), ("2, 3 en 4", (2, 3, 4)), ("4 t/m 6", (4, 5, 6)), ("4-6", (4, 5, 6)), ("", ())],
)
def test_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert kvr._numbers(text) == numbers


def test_documents_are_ranked_by_their_best_exchange() -> None:
    keys = [("B", 1), ("A", 0), ("B", 0)]
    assert kvr._names(Task.TITLE, keys) == ["B", "A"]
    assert kvr._names(Task.QUESTION, keys) == ["B#1", "A#0", "B#0"]
    assert len(kvr._names(Task.QUESTION, [("A", n) for n in range(500)])) == 100


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bad.jsonl.gz", "wt") as file:
        file.write(json.dumps(fields("KVR1")) + '\n{"id": 3}\n')
    with pytest.raises(kvr.BadRecords, match=r"bad\.jsonl\.gz, line 2: KeyError\('year'\)"):
        kvr.load(tmp_path / "bad.jsonl.gz")
    with pytest.raises(kvr.BadRecords, match="cannot be read"):
        kvr.load(tmp_path / "none.jsonl.gz")


def test_a_run_over_an_index(records: list[kvr.Record], tmp_path: Path) -> None:
    build_documents([kvr.document(record) for record in records], tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher(open_store(tmp_path / "built", ToyEncoder()), ToyEncoder())
    found = kvr.run(searcher, kvr.tasks(records))
    # "KVR1" and "kost" stand in one answer only; a lexical search must put it first.
    assert found[Task.QUESTION].scores[System.LEXICAL]["KVR1-q0"]["hit@1"] == 1.0
    report = kvr.as_json(found, {"model": "toy"}, {"documents": 2})
    assert report["tasks"]["question → answer"]["queries"] == 4
    assert "question → answer: hybrid less lexical" in kvr.told(report)


def test_a_task_that_nothing_can_be_asked_by_is_left_out(records: list[kvr.Record], tmp_path: Path) -> None:
    build_documents([kvr.document(record) for record in records], tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher(open_store(tmp_path / "built", ToyEncoder()), ToyEncoder())
    found = kvr.run(searcher, kvr.tasks(records[1:]))  # without keywords, and with a title that is too short
    assert set(found) == {Task.QUESTION, Task.ABSTRACT}
    assert set(kvr.as_json(found, {}, {})["tasks"]) == {"question → answer", "abstract → document"}
    with pytest.raises(kvr.BadRecords, match="nothing can be asked about these records: take more of them"):
        kvr.run(searcher, kvr.tasks([]))


def test_each_query_keeps_its_ranking_whichever_is_done_first() -> None:
    class Slow:
        """Finds what the query says, the first query last."""

        def rankings(self, text: str) -> dict[str, list[tuple[tuple[str, int], float]]]:
            sleep(0.05 * (text == "A"))
            return {system: [((text, 0), 1.0)] for system in System}

    queries = {f"q{text}": text for text in "ABCDE"}
    told: list[int] = []
    found = kvr.run(
        cast(Searching, Slow()),
        {Task.TITLE: (queries, {name: {text: 2} for name, text in queries.items()})},
        progress=told.append,
    )
    assert {name: ranking[0][0] for name, ranking in found[Task.TITLE].runs[System.HYBRID].items()} == queries
    assert told == [1] * 5


def test_a_loss_is_told_plainly() -> None:
    row = {"dense": {"MRR@10": [-0.05, -0.08, -0.02, 0.001, 0.003]}, "lexical": {"MRR@10": [0.1, 0.0, 0.2, 0.06, 0.06]}}
    assert kvr.told({"tasks": {"title → document": {"against": row}}}).splitlines() == [
        "title → document: hybrid less dense -0.050 MRR@10 (-0.080 to -0.020, p 0.0030): WORSE",
        "title → document: hybrid less lexical +0.100 MRR@10 (+0.000 to +0.200, p 0.0600): no significant difference",
    ]
