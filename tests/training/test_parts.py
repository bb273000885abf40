"""The stages, each by itself, with values derived by hand."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from training import lexicon, mine, translations
from training.clean import Answered, Pair
from training.fit import _dealt
from training.queries import QueryMaker


def item(document: str = "D1", *, title: str = "", question: str = "", answer: str = "antwoord") -> Answered:
    return Answered(document, title, "", "", question, answer)


def test_words_that_translate_each_other_are_paired_and_function_words_do_not_drown_them() -> None:
    pairs = [
        Pair(f"the {english}", f"de {dutch}", "x")
        for english, dutch in [("house", "huis"), ("road", "weg"), ("city", "stad")]
        for _ in range(5)
    ]
    # huis–house 2·5/(5+5) = 1; huis–the 2·5/(5+15) = 1/2; de–the 1.
    assert lexicon.learn(pairs) == {"de": "the", "huis": "house", "stad": "city", "weg": "road"}
    assert lexicon.learn(pairs, least=6) == {"de": "the"}


def test_english_words_are_translated_by_what_comes_from_them() -> None:
    told = [("The house", "Het huis"), ("The house and a road", "Het huis en een weg"), ("Jazz!", "Jazz!")]
    pairs = [Pair(*texts, "x") for texts in told for _ in range(4)]
    # "huis" comes from "house" wherever it stands, so "weg" is what is left for "road"; what is spelt alike needs none.
    assert translations.learn(pairs, rounds=300) == {"house": [("huis", 1.0)], "road": [("weg", 1.0)]}
    # After one round each Dutch word comes as likely from each English one there and from none: "road" is with both.
    assert translations.learn(pairs, rounds=1)["road"] == [("huis", 0.5), ("weg", 0.5)]
    assert translations.learn(pairs, least=5) == {"house": [("huis", 1.0)]}


def test_a_word_that_the_lexicon_lacks_gets_the_english_one_that_means_the_same() -> None:
    # Of unit vectors in a plane: haven lies .96 from harbour, school .6 from it and 0 from the others.
    plane = {"haven": (1, 0), "school": (0.28, 0.96), "harbour": (0.96, 0.28), "water": (0.6, -0.8)}

    def reader(words: list[str]) -> np.ndarray:
        return np.array([plane[word] for word in words], dtype=np.float32)

    known = {"huis": "house", "haven": "haven"}
    texts = (["een haven", "de school"] * 2, ["the harbour", "of water"] * 2)
    given = {"reader": reader, "teacher": reader, "least": 2}
    assert lexicon.widened({"huis": "house"}, *texts, **given) == {"huis": "house", "haven": "harbour"}  # type: ignore[arg-type]
    assert lexicon.widened(known, *texts, **given) == known  # type: ignore[arg-type]
    assert lexicon.widened({}, *texts, **(given | {"least": 3})) == {}  # type: ignore[arg-type]


def test_an_english_question_asks_about_the_rare_words_in_their_order() -> None:
    maker = QueryMaker({"haven": "harbour", "dijk": "dike", "de": "the"}, ["de de"] * 100 + ["haven", "dijk"])
    asked = {maker.english_question("De haven en de dijk", random.Random(seed)) for seed in range(60)}
    assert len(asked) > 20
    assert all(0 <= text.find("harbour") < text.find("dike") and "haven" not in text for text in asked)
    assert maker.english_question("De haven", random.Random(1)) == "De haven"  # one word is no question


def test_a_query_in_english_keeps_what_the_lexicon_does_not_know() -> None:
    maker = QueryMaker({"weg": "road", "de": "the"}, [])
    assert maker.english("De weg naar Assen?", random.Random(1)) == "the road naar Assen?"
    assert maker.english("De weg naar Assen?", random.Random(1), share=0.0) == "De weg naar Assen?"


def test_a_typing_error_changes_one_long_word() -> None:
    maker = QueryMaker({}, [])
    for seed in range(50):
        before, after = "de rijksweg is af", maker.mistyped("de rijksweg is af", random.Random(seed))
        assert [word for word in after.split() if word in before.split()][:1] == ["de"]
        assert after.split()[2:] == ["is", "af"]
    assert maker.mistyped("de weg", random.Random(1)) == "de weg"


def test_keywords_are_rare_words_of_the_text() -> None:
    maker = QueryMaker({}, ["de weg"] * 100 + ["de rijksweg"] * 5)
    for seed in range(20):
        assert maker.keywords("de weg en de rijksweg", random.Random(seed)) == "rijksweg"


def test_before_its_question_a_passage_is_never_asked_with_that_question() -> None:
    maker = QueryMaker({"weg": "road"}, ["wat kost de weg naar Assen in geld"])
    asked = item(question="Wat kost de weg naar Assen?", answer="De weg kost geld.")
    assert all(maker.of_context(asked, random.Random(seed)) != asked.question for seed in range(200))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (item("D1", answer="iets anders"), True),
        (item("D2", answer="ANTWOORD"), True),
        (item("D2", title="Wegen", answer="iets anders"), False),
        (item("D2", answer="iets anders"), False),
    ],
)
def test_the_same_document_and_the_same_answer_are_no_negatives(other: Answered, expected: bool) -> None:
    assert mine.may_be_right(item("D1"), other) is expected


def test_another_answer_of_the_document_is_wrong_for_a_question_of_its_own() -> None:
    other = item("D1", answer="iets anders")
    assert mine.may_be_right(item("D1"), other)
    assert not mine.may_be_right(item("D1"), other, whole=False)
    assert mine.may_be_right(item("D1"), item("D1", answer="Antwoord"), whole=False)


def test_two_documents_of_one_title_are_no_negatives() -> None:
    assert mine.may_be_right(item("D1", title="Wegen", answer="a"), item("D2", title="wegen", answer="b"))


def test_hard_negatives_are_the_nearest_that_are_wrong() -> None:
    class Axes:
        def encode(self, texts: list[str], **_: object) -> np.ndarray:
            angles = {"q1": 0, "q2": 90, "q3": 60, "a1": 5, "a2": 85, "a3": 60, "a4": 6}
            return np.array(
                [[math.cos(math.radians(angles[t.strip()])), math.sin(math.radians(angles[t.strip()]))] for t in texts]
            )

    items = [
        item("D1", question="q1", answer="a1"),
        item("D2", question="q2", answer="a2"),
        item("D3", question="q3", answer="a3"),
        item("D4", question="q1", answer="a4"),
    ]
    wrong = mine.near_answers(Axes(), items, seed=1)
    # q1 is at 0°: a1 is its own, a4 at 6° is nearly a1, then a3 at 60° and a2 at 85°.
    assert wrong[0][:3].tolist() == [2, 1, -1]
    # q2 is at 90°: a2 is its own, a3 at 60° lies within 25° of a2 (cosine .906 < .92), then a4 and a1.
    assert wrong[1][:4].tolist() == [2, 3, 0, -1]


def test_every_item_stands_in_one_batch_beside_its_neighbours() -> None:
    wrong = np.array([[1, -1], [0, -1], [3, -1], [2, -1], [5, -1], [4, -1]], dtype=np.int32)
    found = mine.batches(wrong, list("abcdef"), size=2, group=2, seed=3)
    assert sorted(map(sorted, found.tolist())) == [[0, 1], [2, 3], [4, 5]]


def test_answers_of_one_document_stand_together_with_one_neighbour() -> None:
    wrong = np.array([[3]] * 3 + [[0]] * 1 + [[7]] * 3 + [[4]], dtype=np.int32)
    found = mine.batches(wrong, list("aaabcccd"), size=4, group=4, seed=3)
    assert sorted(map(sorted, found.tolist())) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_all_rows_are_dealt_before_any_comes_again() -> None:
    dealt = [row for turn in range(4) for row in _dealt([10, 11, 12, 13, 14, 15], 3, turn, seed=1)]
    assert sorted(dealt[:6]) == sorted(dealt[6:]) == [10, 11, 12, 13, 14, 15]
