"""Dutch analysis: what is indexed of a word, and what a query asks for."""

from __future__ import annotations

import pytest

from index.analysis import dutchness, edit_distance, fold, is_dutch_word, terms, words


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("duurzame", ["duurzaam"]),
        ("ministers", ["minister"]),  # the current Snowball stemmer makes it "mini"
        ("gemeente", ["gemeente"]),
        ("restwarmte", ["restwarmte", "rest", "warmte"]),
        ("AI-fabrieken", ["ai-fabriek", "ai", "fabriek"]),
        ("inkoopvoorwaarden", ["inkoopvoorwaarde", "inkoop", "voorwaarde"]),  # a compound the lemmatiser does not know
        ("arbeidsmarkt", ["arbeidsmarkt", "arbeid", "markt"]),  # the linking s is no part
        ("aandacht", ["aandacht"]),  # "aan" and "dacht" are words, but it is none of them
        ("waardoor", ["waardoor"]),  # particles make no compound
        ("NEN", ["nen"]),  # the lemmatiser makes it an article
        ("SURF", ["surfen"]),  # four letters: analysed like any other word, in index and query alike
        ("CO₂", ["co2"]),
        ("coördinatie", ["coordinatie"]),
        ("26643-1188", ["26643-1188", "26643", "1188"]),
        ("26 643", ["26643"]),
        ("21 501-02", ["21501-02", "21501", "02"]),
        ("21501-02-2814", ["21501-02-2814", "21501", "02", "2814", "21501-02"]),
        ("126 643", ["126", "643"]),
        ("26 6430", ["26", "6430"]),
        ("programma’s", ["programma"]),
    ],
)
def test_terms_of_a_word(word: str, expected: list[str]) -> None:
    assert terms(word) == expected


def test_index_and_query_meet_in_another_inflection_and_without_accents() -> None:
    assert terms("categorieen ministers") == terms("categorieën minister") == ["categorie", "minister"]


def test_words_tell_where_they_stand() -> None:
    assert [(word.start, word.end, word.surface) for word in words("(de AI-fabriek)")] == [
        (1, 3, "de"),
        (4, 14, "AI-fabriek"),
    ]


def test_an_endless_word_is_one_term() -> None:
    assert terms("x" * 5_000) == ["x" * 5_000]


def test_fold() -> None:
    assert fold("Efficiëntie-ﬁche") == "efficientie-fiche"


@pytest.mark.parametrize(
    ("text", "is_dutch"),
    [("wachtlijsten in de jeugdzorg", True), ("how do I bake sourdough bread?", False), ("energy use of data", False)],
)
def test_dutch_is_told_from_english(text: str, is_dutch: bool) -> None:
    assert (dutchness(text) > 0) is is_dutch


def test_abbreviations_speak_for_neither_language() -> None:
    assert dutchness("NCDD EGDC") == 0.0


@pytest.mark.parametrize(
    ("a", "b", "edits"),
    [("", "abc", 3), ("abc", "abc", 0), ("hergebriuk", "hergebruik", 1), ("kitten", "sitting", 3), ("ca", "abc", 3)],
)
def test_edit_distance(a: str, b: str, edits: int) -> None:
    # "ca" to "abc" is 3 by optimal string alignment: no substring is edited twice.
    assert edit_distance(a, b) == edit_distance(b, a) == edits


def test_a_compound_of_known_words_is_a_dutch_word() -> None:
    assert is_dutch_word("restwarmte")
    assert not is_dutch_word("hergebriuk")
