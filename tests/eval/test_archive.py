from __future__ import annotations

from pathlib import Path

from eval.archive import Asked, Outcome, ask, load, table
from index.build import build_documents
from retrieval import Searcher
from tests.index.test_backends import plain
from tests.toy_encoder import ToyEncoder


def test_the_queries_name_documents_of_the_archive() -> None:
    names, queries = load()
    assert (len(names), len(queries)) == (450, 230)
    assert {name for asked in queries for name in asked.expected} <= set(names)
    assert all((asked.kind == "absent") is (not asked.expected) for asked in queries)


def test_each_query_is_put_to_what_answers_it_and_to_others(tmp_path: Path) -> None:
    texts = {"a": "De haven van Delfzijl.", "b": "De maan boven Assen.", "c": "Het water in Zwolle."}
    build_documents([plain(name, text) for name, text in texts.items()], tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder())
    queries = [
        Asked("nl", "haven van Delfzijl", {"a": []}),
        Asked("nl", "haven van Delfzijl", {"b": []}),
        Asked("nl", "haven van Delfzijl", {"a": [3]}),  # a text that numbers no question
        Asked("absent", "zeppelin", {}),
    ]
    everything = ask(searcher, list(texts), queries, 3)
    assert [(outcome.first, outcome.silent) for outcome in everything] == [
        (True, False), (False, False), (False, False), (False, True),
    ]  # fmt: skip
    alone = ask(searcher, list(texts), queries[:2], 1)
    assert [(outcome.first, outcome.silent) for outcome in alone] == [(True, False), (False, True)]


def test_the_table_counts_by_kind_and_size() -> None:
    there, absent = Asked("nl", "een", {"a": []}), Asked("absent", "twee", {})
    few = [Outcome(there, first=True, silent=False), Outcome(absent, first=False, silent=True)]
    many = [Outcome(there, first=False, silent=True), Outcome(absent, first=False, silent=False)]
    assert [line.split() for line in table({1: few, 20: many}).splitlines()] == [
        "letters 1 20".split(),
        "nl, first is right 1 of 1 0 of 1".split(),
        "absent, silent 1 of 1 0 of 1".split(),
        "answered, wrongly silent 0 of 1 1 of 1".split(),
    ]
