"""The gold set keeps what its data statement promises."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from eval.gold import ANSWERS, BadGold, Half, Language, Style, judge, letter, load
from tests.eval.fake import letter as fake_letter
from tests.eval.fake import query

QUERIES = load()


def test_both_halves_answer_every_question() -> None:
    for half in Half:
        asked = {n for q in QUERIES if q.half is half for n, grade in q.relevance.items() if grade == ANSWERS}
        assert asked == set(range(1, 16))


def test_every_question_is_asked_twice_in_each_language_and_by_keywords() -> None:
    for language, styles in [(Language.DUTCH, {Style.QUESTION}), (Language.ENGLISH, {Style.QUESTION})]:
        counts = Counter(
            n
            for q in QUERIES
            if q.language is language and q.style in styles
            for n, grade in q.relevance.items()
            if grade == ANSWERS
        )
        assert min(counts[n] for n in range(1, 16)) >= 2, (language, counts)
    keywords = Counter(
        n for q in QUERIES if q.style is Style.KEYWORDS for n, grade in q.relevance.items() if grade == ANSWERS
    )
    assert min(keywords[n] for n in range(1, 16)) >= 2, keywords


def test_both_halves_have_every_style_and_language() -> None:
    for half in Half:
        assert {q.style for q in QUERIES if q.half is half} == set(Style)
        assert {q.language for q in QUERIES if q.half is half} == set(Language)


def test_a_need_is_one_dutch_and_one_english_query_of_one_half_with_one_answer() -> None:
    needs: dict[str, list[int]] = {}
    for place, q in enumerate(QUERIES):
        if q.need is not None:
            needs.setdefault(q.need, []).append(place)
    assert len(needs) == 30
    for places in needs.values():
        first, second = (QUERIES[place] for place in places)
        assert {first.language, second.language} == {Language.DUTCH, Language.ENGLISH}
        assert (first.half, first.relevance) == (second.half, second.relevance)


def test_no_query_is_there_twice() -> None:
    assert len({(q.query.lower(), q.parties) for q in QUERIES}) == len(QUERIES) == 294
    assert sum(not q.answerable for q in QUERIES) == 54


def test_no_query_copies_five_words_of_the_letter(seed: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    copied = runs(seed.read_text(encoding="utf-8"))
    assert not [q.query for q in QUERIES if runs(q.query) & copied]


def test_only_party_queries_filter_and_only_by_parties_of_the_letter() -> None:
    assert {q.style for q in QUERIES if q.parties} == {Style.PARTY}
    assert {party for q in QUERIES for party in q.parties} == {"NSC", "GroenLinks-PvdA"}
    for q in QUERIES:
        if q.parties == ("NSC",):
            assert set(q.relevance) <= {12, 13, 14, 15}
        elif q.parties:
            assert set(q.relevance) <= set(range(1, 12))


def test_joint_answers_take_the_best_grade() -> None:
    # Questions 2 and 3 share the second exchange.
    assert judge([query("a", {2: 1, 3: 2, 4: 1}), query("b")], fake_letter()) == {
        "a": {"brief%201#1": 2, "brief%201#2": 1}
    }


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(BadGold, match=r"query a expects question 9, which brief 1\.txt does not have"):
        judge([query("a", {9: 2})], fake_letter())


@pytest.mark.parametrize("copies", [0, 2])
def test_the_letter_must_be_there_once(copies: int) -> None:
    others = [fake_letter("other", reference="KENMERK 1")]
    with pytest.raises(BadGold, match=f"is {copies} times in the index"):
        letter(others + [fake_letter()] * copies)
    assert letter([*others, fake_letter()]).id == "brief 1"


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"style": "shouted"}, "shouted"),
        ({"relevance": {"3": 4}}, "grades are 1 and 2"),
        ({"relevance": {"3": 1}}, "at least one exchange that answers"),
        ({"relevance": {}}, "contradict"),
        ({"half": None}, "None is not a valid Half"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, object], cause: str) -> None:
    good = {"id": "x", "query": "?", "language": "nl", "style": "question", "half": "dev", "relevance": {"3": 2}}
    good |= {"parties": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(good) + "\n" + json.dumps(good | {"id": "y"} | change) + "\n", encoding="utf-8")
    with pytest.raises(BadGold, match=rf"gold\.jsonl, line 2: .*{cause}"):
        load(path)


def test_ids_are_unique(tmp_path: Path) -> None:
    line = json.dumps(
        {
            "id": "x",
            "query": "?",
            "language": "nl",
            "style": "question",
            "half": "dev",
            "relevance": {"3": 2},
            "parties": [],
        }
    )
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadGold, match="more than one query is called x"):
        load(path)
