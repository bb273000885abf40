from __future__ import annotations

from pathlib import Path

import pytest

from eval.answers import answering, load
from eval.gold import BadGold
from eval.gold import load as load_queries
from eval.suite import Observation, Quoted, System
from index.parse import read
from tests.eval.fake import query

LABELS = load()


def test_the_labels_are_of_the_needs_and_literally_in_an_answer_that_counts(seed: Path) -> None:
    queries = {q.id: q for q in load_queries()}
    assert set(LABELS) == {name for name, q in queries.items() if q.need is not None}
    letter = read(seed)
    for name, fragments in LABELS.items():
        answers = [
            " ".join(exchange.answer.of(letter.text).split())
            for exchange in letter.exchanges
            if exchange.answer and queries[name].relevance.keys() & set(exchange.numbers)
        ]
        for fragment in fragments:
            assert sum(answer.count(fragment) for answer in answers) == 1, (name, fragment)


def observed(name: str, *sentences: str) -> Observation:
    quoted = tuple(Quoted(sentence, "d#0", True) for sentence in sentences)
    return Observation(query(name, {1: 2}), dict.fromkeys(System, ()), not quoted, 1.0, quoted)


def test_a_sentence_that_holds_a_fragment_answers() -> None:
    labels = {"a": ("in mei", "in juni")}
    assert answering(observed("a", "Dat is in\nmei.", "Nee."), labels) == (True, True)
    assert answering(observed("a", "Nee.", "Of in juni."), labels) == (False, True)
    assert answering(observed("a"), labels) == (False, False)
    assert answering(observed("b", "in mei"), labels) is None


@pytest.mark.parametrize("line", ['{"id": "x", "says": []}', '{"id": "x", "says": [" "]}', '{"id": "x"}', "x"])
def test_a_bad_label_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "answers.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadGold, match=r"answers\.jsonl, line 1"):
        load(tmp_path / "answers.jsonl")
