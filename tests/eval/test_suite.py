from __future__ import annotations

from eval.abstention import errors
from eval.gold import Half, Language, Style
from eval.suite import System, measure
from eval.table import abstention, quality
from index.records import Span
from tests.eval.fake import TEXT, FakeSearcher, query

QUERIES = [
    query("a", {1: 2}),
    query("b", {2: 2, 1: 1}, style=Style.KEYWORDS, half=Half.TEST),
    query("c", style=Style.NONE_FAR),
    query("d", style=Style.NONE_NEAR, language=Language.ENGLISH, half=Half.TEST),
]
ORDERS = {
    "vraag a": ([0, 1, 2], [1], [0, 1, 2]),
    "vraag b": ([2, 0, 1], [1, 2], [1, 2, 0]),
    "vraag c": ([0, 1, 2], [], [0, 1, 2]),
    "vraag d": ([0, 1, 2], [], [0, 1, 2]),
}


def test_each_half_of_the_search_is_measured_alone() -> None:
    measured = measure(FakeSearcher(ORDERS), QUERIES)
    assert {
        system: {name: values["MRR@10"] for name, values in scores.items()}
        for system, scores in measured.scores.items()
    } == {
        System.DENSE: {"a": 1.0, "b": 1 / 3},
        System.LEXICAL: {"a": 0.0, "b": 1.0},
        System.HYBRID: {"a": 1.0, "b": 1.0},
    }


def test_the_table_shows_the_means_and_who_fell_silent() -> None:
    searcher = FakeSearcher(ORDERS, confidence={"vraag b": 0.4, "vraag c": 0.1}, threshold=0.5)
    measured = measure(searcher, QUERIES)
    lines = quality(measured).splitlines()
    rows = {line.split("  ")[0]: line.split()[-13:] for line in lines[2:7]}
    # n, then MRR@10 of dense, lexical, hybrid: "all" is the mean of the two above.
    assert rows["question · nl"][:4] == ["1", "1.000*", ".000", "1.000*"]
    assert rows["keywords · nl"][:4] == ["1", ".333", "1.000*", "1.000*"]
    assert rows["all"][:4] == ["2", ".667", ".500", "1.000*"]
    assert rows["all, test half"][0] == "1"
    dev, test = (abstention(f"{half} half", errors(measured.part(half).observations)) for half in Half)
    assert dev == "dev half: 1 of 1 unanswerable abstain (near 0 of 0, far 1 of 1); 0 of 1 answerable do"
    assert test == "test half: 0 of 1 unanswerable abstain (near 0 of 1, far 0 of 0); 1 of 1 answerable do"


def test_quotes_are_compared_with_the_document() -> None:
    observed = measure(FakeSearcher(ORDERS, quoted=Span(0, 12)), QUERIES[:1]).observations[0]
    assert [(quoted.text, quoted.docno, quoted.verbatim) for quoted in observed.quoted] == [
        (TEXT[:12], "brief%201#0", True)
    ]


def test_progress_is_told_of_every_query() -> None:
    told: list[int] = []
    measure(FakeSearcher(ORDERS), QUERIES, progress=told.append)
    assert told == [1, 1, 1, 1]


def test_a_half_keeps_its_own() -> None:
    part = measure(FakeSearcher(ORDERS), QUERIES).part(Half.TEST)
    assert [q.id for q in part.queries] == ["b", "d"]
    assert set(part.qrels) == set(part.runs[System.DENSE]) == set(part.scores[System.HYBRID]) == {"b"}
