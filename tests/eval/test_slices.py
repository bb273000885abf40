from __future__ import annotations

from eval.gold import Language, Style
from eval.slices import answer_lengths, kinds, languages, parties, styles
from tests.eval.fake import letter, query

QUERIES = [
    query("a", {1: 2, 3: 1}, language=Language.ENGLISH),
    query("b", {1: 2, 2: 2}, style=Style.TWO_ANSWERS),
    query("c", style=Style.NONE_FAR),
    query("d", {4: 2}),
]


def test_slices_keep_the_order_of_definition() -> None:
    assert kinds(QUERIES) == {
        "question · nl": ["d"],
        "question · en": ["a"],
        "two-answers · nl": ["b"],
        "none-far · nl": ["c"],
    }
    assert languages(QUERIES) == {"nl": ["b", "d"], "en": ["a"]}
    assert styles(QUERIES) == {"question": ["a", "d"], "two-answers": ["b"]}


def test_a_party_slice_follows_what_answers() -> None:
    # Question 3 of the VVD is only touched by a; b needs an answer to each party.
    assert parties(QUERIES, letter()) == {"SP": ["a", "b", "d"], "VVD": ["b"]}


def test_lengths() -> None:
    assert answer_lengths(QUERIES, letter()) == {"under 900 characters": ["a", "b", "d"]}
