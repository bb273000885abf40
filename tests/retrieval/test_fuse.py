"""Which words of a query vote, how much, and what they add."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import numpy as np
import pytest

from index.analysis import Word, words
from index.passages import minister_term
from index.records import Span
from retrieval.fuse import LexicalQuery, fuse, lexical_query, of_best, second_best

CORPUS = {
    "restwarmte": 1,
    "rest": 2,
    "warmte": 4,
    "over": 9,
    "nen": 1,
    "26643-1265": 1,
    "26643": 9,
    "1265": 1,
    "data": 3,
}


def idf(passages: int) -> float:
    """The information of a term that stands in so many of the ten passages."""
    return log(1 + (10 - passages + 0.5) / (passages + 0.5))


def asked(text: str, corpus: Mapping[str, int] = CORPUS, meant: Mapping[str, str] | None = None) -> LexicalQuery:
    def similar(spelling: str, edits: int) -> Word | None:
        return words(meant[spelling])[0] if meant and spelling in meant else None

    return lexical_query(text, lambda term: corpus.get(term, 0), similar, 10)


def test_a_compound_votes_whole_and_in_parts() -> None:
    expected = {"restwarmte": 1.0 * idf(1), "rest": 0.4 * idf(2), "warmte": 0.4 * idf(4)}
    assert asked("restwarmte").weights == pytest.approx(expected)


def test_where_the_whole_is_unknown_its_parts_count_more() -> None:
    assert asked("restwarmte", {"warmte": 4}).weights == pytest.approx({"warmte": 0.7 * idf(4)})


def test_function_words_and_unknown_words_do_not_vote() -> None:
    assert asked("wat zegt de minister over de haven en de warmte?").weights == pytest.approx({"warmte": idf(4)})


def test_abbreviations_and_numbers_are_asked_for_to_the_letter() -> None:
    assert asked("NEN 26643-1265").weights == pytest.approx({"nen": 2.0 * idf(1), "26643-1265": 4.0 * idf(1)})
    assert asked("scope 3", {"scope": 2, "3": 5}).weights == pytest.approx({"scope": idf(2)})


def test_a_name_whose_lemma_is_a_function_word_votes() -> None:
    assert asked("Assen", {"as": 2}).weights == pytest.approx({"as": idf(2)})
    assert asked("willen wij warmte?", {"willen": 9, "warmte": 4}).weights == pytest.approx({"warmte": idf(4)})


def test_names_of_who_asks_do_not_vote() -> None:
    query = "warmte van rest"
    found = lexical_query(query, lambda term: CORPUS.get(term, 0), lambda *_: None, 10, names=[Span(11, 15)])
    assert found.weights == pytest.approx({"warmte": idf(4)})
    assert found.trust == 1.0


def test_a_year_counts_as_a_word_and_not_as_the_number_of_a_document() -> None:
    assert asked("warmte 2019", {"2019": 2, "warmte": 4}).weights == pytest.approx({"2019": idf(2), "warmte": idf(4)})


def test_documents_are_named_by_their_numbers_and_days() -> None:
    corpus = {"26643": 9, "20250519": 1, "2024z17331": 2, "36": 3, "12": 3}
    found = asked("26 643, nr. 12, van 19 mei 2025, 2024Z17331, 36 600", corpus)
    assert found.documents == {"26643", "20250519", "2024z17331"}
    expected = {"26643": 4.0 * idf(9), "20250519": 4.0 * idf(1), "2024z17331": 4.0 * idf(2)}
    assert found.weights == pytest.approx(expected)
    assert not found.missing
    assert asked("12 643,50 en 112 643", {"12643": 1}).documents == frozenset()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("2024Z99999", True),
        ("ah-tk-20242025-999 over warmte", True),
        ("2024Z99999 en 2024D00001", False),
        ("99999", False),
        ("AH9999 over warmte", True),
        ("Kamerstuk 99 999, nr. 12", True),
        ("motie 99999 over warmte", True),
        ("99 999 en dossier 26 643", False),
        ("21 501-02", True),
        (f"zie AH9999, en ook{' warmte' * 15}", False),  # pasted
    ],
)
def test_a_document_that_is_not_there_is_missing(text: str, missing: bool) -> None:
    parts = dict.fromkeys(("ah", "tk", "20242025", "99", "999", "12", "21501", "02"), 1)
    found = asked(text, {"2024d00001": 1, "26643": 1, "warmte": 4, **parts})
    assert found.missing is missing
    assert set(found.weights) <= {"2024d00001", "26643", "warmte"}  # another document's number may have the same parts


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("wat zei Omtzigt", False),  # in a text
        ("wat zei Vlottes", True),
        ("wat zei Schoof", True),  # "de rekening schoof door" is not by him
        ("wat zei Heinen", False),  # who answered
    ],
)
def test_who_is_said_to_speak_is_missing_where_nothing_is_of_that_name(query: str, missing: bool) -> None:
    corpus = {"omtzigt": 1, "schuiven": 2, "hein": 1, minister_term(["Heinen"]): 1}
    speaker = Span(8, len(query))
    found = lexical_query(query, lambda term: corpus.get(term, 0), lambda *_: None, 10, speakers=[speaker])
    assert found.missing is missing


def test_the_only_word_of_a_query_is_told() -> None:
    assert asked("restwarmte").only == "restwarmte"
    assert asked("hoe zit het met de warmte?").only == "warmte"
    assert asked("warmte in nen").only is None
    assert asked("haven").only is None  # nobody knows it


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("haven", True),
        ("havenwarmte in de winter", True),  # of which it knows a part
        ("warmte in de haven", False),
        ("how is the harbour", False),  # its words are others
        ("wat is dat?", False),
    ],
)
def test_a_query_is_strange_of_which_no_word_is_known(text: str, strange: bool) -> None:
    assert asked(text).strange is strange


def test_a_query_is_strange_of_which_next_to_nothing_is_known() -> None:
    # In nine of ten passages "warmte" tells .15, and a word that nobody knows 3.09: it is a twentieth of the whole.
    assert asked("warmte en pindakaas", {"warmte": 9}).strange
    assert not asked("warmte en pindakaas", {"warmte": 4}).strange  # .89, more than a fifth


def test_a_misspelt_query_is_not_strange() -> None:
    assert not asked("restwamrte", meant={"restwamrte": "restwarmte"}).strange


def test_an_english_word_that_is_another_in_dutch_does_not_vote() -> None:
    corpus = {"want": 5, "lithium": 1, "plan": 4}
    assert asked("do we want lithium in the plan", corpus).weights == pytest.approx({"lithium": idf(1)})
    assert asked("het plan voor lithium", corpus).weights == pytest.approx({"plan": idf(4), "lithium": idf(1)})


def test_trust_is_the_share_of_the_information_the_corpus_knows() -> None:
    # "warmte" stands in 4 of 10 passages, "haven" in none: idf = ln(1 + (10 - n + .5) / (n + .5)).
    assert asked("warmte haven").trust == pytest.approx(idf(4) / (idf(4) + idf(0)))
    assert asked("warmte").trust == 1.0
    assert asked("haven").trust == 0.0
    assert asked("").trust == 0.0


def test_a_misspelt_word_is_read_as_it_was_meant() -> None:
    query = asked("hoeveel restwamrte", meant={"restwamrte": "restwarmte"})
    assert query.text == "hoeveel restwarmte"
    assert query.weights["restwarmte"] == pytest.approx(0.7 * idf(1))


def test_a_misspelt_word_is_corrected_where_it_stands_and_not_within_others() -> None:
    query = asked("restwarmt of restwarmte", meant={"restwarmt": "restwarmte"})
    assert query.text == "restwarmte of restwarmte"
    assert query.read_as == {"restwarmt": "restwarmte"}


def test_a_word_of_the_language_is_not_misspelt() -> None:
    assert asked("jeugdzorg", meant={"jeugdzorg": "restwarmte"}).text == "jeugdzorg"


def test_fusion_adds_what_words_tell() -> None:
    dense = np.array([0.5, 0.4, 0.3], dtype=np.float32)
    lexical = np.array([1.0, 0.25, 0.5], dtype=np.float32)
    assert fuse(dense, lexical, weight=0.4).tolist() == pytest.approx([0.9, 0.5, 0.5])


def test_the_second_best_passage_of_a_document_speaks_for_all_that_are_near() -> None:
    cosines = np.array([0.9, 0.5, 0.3, 0.7, 0.8, 0.75, 0.2, 0.2, 0.1, 0.1], dtype=np.float32)
    documents = np.array([1, 2, 2, 1, 3, 1, 4, 5, 4, 1])
    # The fifth best is 0.5. Above it, document 1 has 0.4, 0.25 and 0.2, document 3 one passage, the others nothing.
    told = second_best(cosines, documents, near=5)
    assert told.tolist() == pytest.approx([0.25, 0, 0, 0.25, 0, 0.25, 0, 0, 0, 0])
    assert told.dtype == np.float32
    # Of seven passages the better half begins at 0.7: a near one that gives nothing gains all the same.
    assert second_best(cosines[:7], documents[:7], near=5).tolist() == pytest.approx([0.05, 0, 0, 0.05, 0, 0.05, 0])
    assert second_best(cosines[:0], documents[:0], near=5).tolist() == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("restwarmte datacenters", True),
        ("waste heat", True),
        ("scope 3", True),
        ("NEN 26643-1265", True),
        ("warmte van datacenters", False),
        ("heat of data centres", False),
        ("WAT IS RESTWARMTE", False),
        ("Komt restwarmte?", False),
    ],
)
def test_a_bare_query_holds_no_function_word_and_asks_nothing(text: str, bare: bool) -> None:
    assert asked(text).bare is bare


def test_words_count_by_the_best_that_holds_them() -> None:
    assert of_best(np.array([8.0, 2.0, 4.0], dtype=np.float32)).tolist() == [1.0, 0.25, 0.5]
    assert of_best(np.zeros(2, dtype=np.float32)).tolist() == [0.0, 0.0]
    assert of_best(np.zeros(0, dtype=np.float32)).tolist() == []


def test_for_an_english_word_vote_the_dutch_ones_that_translate_it(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"heat": [("restwarmte", 0.6), ("hitte", 0.3), ("warmte", 0.2)]}
    monkeypatch.setattr("retrieval.fuse.translations", lambda: table)
    query = asked("what about the heat?")
    # "hitte" is not in the corpus; "warmte" is a translation by itself (.2) and a part of another (.4 of .6).
    expected = {"restwarmte": 0.6 * idf(1), "rest": 0.24 * idf(2), "warmte": 0.24 * idf(4)}
    assert query.weights == pytest.approx(expected)
    assert query.trust == pytest.approx(0.7 * 0.6)
    assert asked("what about the frost?").weights == {}
    assert asked("wat zegt de heat?").weights == {}  # in a Dutch query it is a name
