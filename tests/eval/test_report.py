from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import report
from eval.gold import Half, Language, Style
from eval.page import page, why
from eval.suite import measure
from eval.table import summary
from tests.eval.fake import FakeSearcher, query

QUERIES = [
    query("a", {1: 2}, need="x"),
    query("b", {2: 2, 1: 1}, need="x", language=Language.ENGLISH),
    query("c", {4: 2}, half=Half.TEST),
    query("n", style=Style.NONE_FAR),
    query("m", style=Style.NONE_NEAR, half=Half.TEST),
]
ORDERS = {
    "vraag a": ([0, 1, 2], [1], [0, 1, 2]),
    "vraag b": ([0, 1, 2], [], [0, 1, 2]),
    "vraag c": ([0, 1], [2], [0, 1, 2]),
    "vraag n": ([0, 1, 2], [], [0, 1, 2]),
    "vraag m": ([0, 1, 2], [], [0, 1, 2]),
}
CONFIDENCE = {"vraag a": 0.9, "vraag b": 0.8, "vraag c": 0.3, "vraag n": 0.2, "vraag m": 0.9}
MEASURED = measure(FakeSearcher(ORDERS, confidence=CONFIDENCE), QUERIES)
REPORT = report.as_json(MEASURED, facts={"model": "toy"}, passages=3)


def test_the_figures_of_a_slice() -> None:
    dutch = REPORT["slices"]["language"]["nl"]
    assert dutch["queries"] == 2
    # Hybrid: a first, c third. Dense: c is not found. Lexical: a is not found.
    assert dutch["systems"]["hybrid"]["MRR@10"][0] == pytest.approx((1 + 1 / 3) / 2)
    assert dutch["against"]["dense"]["MRR@10"][0] == pytest.approx(1 / 6)
    assert dutch["against"]["lexical"]["MRR@10"][0] == pytest.approx(1 / 6)
    assert list(REPORT["slices"]["all"]) == ["dev half", "test half", "all"]


def test_where_the_hybrid_is_behind_is_told_plainly() -> None:
    # On the test half there is c alone: first by words, third by both, so nDCG 1 / log2(1 + 3) = .5 instead of 1.
    half = [row for row in REPORT["behind"] if row["slice"] == "test half"]
    assert [(row["system"], row["difference"]) for row in half] == [("lexical", pytest.approx(-0.5))]
    assert all(row["difference"] < 0 for row in REPORT["behind"])
    assert "  test half: -0.500 against lexical (p 1.000)" in summary(MEASURED, REPORT)
    assert "on none of them beyond luck: test half: -0.500 against lexical" in page(REPORT)
    assert "On no slice is it behind" in page(REPORT | {"behind": []})


def test_parity_is_told_per_system() -> None:
    gain, _, _, _, pairs = REPORT["parity"]["hybrid"]["MRR@10"]
    assert (gain, pairs) == (pytest.approx(1 / 2 - 1), 1)


def test_the_threshold_comes_from_the_development_half_alone() -> None:
    found = REPORT["abstention"]
    # There a and b have .9 and .8, n has .2: half-way. On the test half it refuses c (.3) and lets m (.9) through.
    assert found["threshold"] == pytest.approx(0.5)
    assert found["errors"]["dev"]["calibrated"]["false_answers"] == 0.0
    assert found["errors"]["test"]["calibrated"]["false_answers"] == 1.0
    assert found["errors"]["test"]["calibrated"]["refused_answerable"] == 1
    assert found["area"] == {"dev": 1.0, "test": 0.0}


def test_short_answers_are_judged_by_where_they_come_from() -> None:
    # a is quoted from exchange 0, which answers it; b too, which only touches it; c and n are silent.
    assert REPORT["answers"]["queries"] == 3
    assert REPORT["answers"]["from_an_answer"][0] == 0.5
    assert REPORT["answers"]["not_verbatim"] == []
    halves = REPORT["answers"]["halves"]
    assert (halves["dev"]["queries"], halves["test"]["queries"]) == (2, 1)
    assert halves["dev"]["sentences_from_an_answer"][0] == 0.5
    assert halves["test"]["from_an_answer"] is None


def test_every_query_says_why_it_failed() -> None:
    assert {row["id"]: why(row) for row in REPORT["per_query"]} == {
        "a": "",
        "b": "no word of the query led to it, and the dense half ranked others first "
        "(dense 2, lexical not in its ten, hybrid 2)",
        "c": "fell silent though there is an answer; the dense half outweighed the lexical one, which had it first "
        "(dense not in its ten, lexical 1, hybrid 3)",
        "n": "",
        "m": "got an answer, and there is none",
    }


def test_the_terminal_tells_the_same() -> None:
    told = summary(MEASURED, REPORT)
    assert "MRR@10     hybrid 0.611" in told
    assert "parity     hybrid: English less Dutch -0.500" in told
    assert "with 0.5000 (calibrated on dev; area 0.000): 0 of 1 unanswerable abstain" in told
    assert "short answers: 3 sentences for 3 queries, all verbatim" in told


def test_a_report_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report.write(path, REPORT)
    assert report.read(path) == json.loads(json.dumps(REPORT))


@pytest.mark.parametrize("text", ["", "[]", '{"format": 0, "per_query": []}', '{"format": 1}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(report.BadReport, match=r"old\.json is no report of this version"):
        report.read(path)


class _Outside(HTMLParser):
    """Collects what would make a browser ask for something, and the tags that stand open at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.asked += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href", "srcset", "data", "action"}]
        if tag not in {"meta", "line", "circle", "polyline"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_asks_for_nothing_and_is_well_formed() -> None:
    reader = _Outside()
    text = page(REPORT, REPORT)
    reader.feed(text)
    assert (reader.asked, reader.open) == ([], [])
    assert "script" not in reader.tags
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text
    assert text.count("<svg") == len(REPORT["slices"]) + 1


def test_the_page_escapes_what_it_did_not_write() -> None:
    evil = "<script>alert(1)</script>\"'&"
    changed = json.loads(json.dumps(REPORT))
    changed["facts"] = {evil: evil}
    row = changed["per_query"][0]
    row |= {"query": evil, "parties": [evil], "quoted": [{"text": evil, "docno": evil, "verbatim": True}]}
    row["found"]["hybrid"][0] = evil
    changed["slices"]["language"][evil] = changed["slices"]["language"].pop("nl")
    changed["exchanges"] = {}
    text = page(changed)
    assert "<script" not in text
    assert text.count("&lt;script&gt;") >= 7
