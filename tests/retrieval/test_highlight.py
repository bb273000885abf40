"""The sentence that answers best, and the short answer made of such sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.records import Passage, Role, Span
from index.sentences import sentences
from retrieval.answer import short_answer
from retrieval.highlight import best_sentences, query_words
from tests.retrieval.specimen import FIRST, JOINT, LETTER, OPEN, hit, span

ANSWER = FIRST.answer
assert ANSWER is not None
PASSAGE = Passage(LETTER, FIRST, Role.ANSWER, ANSWER)
SENTENCES = sentences(LETTER.text, ANSWER)


def best(similarities: list[float], terms: set[str]) -> tuple[str, float]:
    words = query_words(PASSAGE, terms)
    found, score = best_sentences(PASSAGE, SENTENCES, np.array(similarities, dtype=np.float32), words, len(terms))[0]
    return found.of(LETTER.text), score


def test_the_nearest_sentence_is_best_and_the_first_wins_a_tie() -> None:
    assert best([0.1, 0.4, 0.2], set()) == ("Restwarmte uit de AI-fabriek wordt benut.", pytest.approx(0.4))
    assert best([0.3, 0.3, 0.3], set())[0] == "Het landschap telt."


def test_the_words_asked_for_count() -> None:
    # Of two terms the first sentence holds none, the last one: 0.2 / 2 lifts it over the first.
    assert best([0.30, 0.0, 0.25], {"najaar", "haven"}) == ("Ik meld dit in het najaar.", pytest.approx(0.35))


def test_words_are_ranges_of_the_documents_text() -> None:
    found = query_words(PASSAGE, {"warmte", "landschap"})
    assert list(found.items()) == [(span("landschap"), {"landschap"}), (span("Restwarmte"), {"warmte"})]


def test_sentences_come_best_first() -> None:
    ranked = best_sentences(PASSAGE, SENTENCES, np.array([0.1, 0.4, 0.2], dtype=np.float32), {}, 0)
    assert [SENTENCES.index(span) for span, _ in ranked] == [1, 2, 0]
    assert best_sentences(PASSAGE, [], np.zeros(0, dtype=np.float32), {}, 0) == [(PASSAGE.span, float("-inf"))]


def ranked(*scores: float) -> list[list[tuple[Span, float]]]:
    """One sentence for each hit of the test below, with a score."""
    texts = ("Restwarmte uit de AI-fabriek wordt benut.", "Wanneer begint de bouw?", "De markt betaalt.")
    return [[(span(text), score)] for text, score in zip(texts, scores, strict=False)]


def test_the_short_answer_quotes_what_comes_near_the_best_and_only_ministers() -> None:
    hits = [hit(), hit(OPEN, "Wanneer begint de bouw?", (), rank=2), hit(JOINT, "De markt betaalt.", (), rank=3)]
    assert [quote.text for quote in short_answer(hits, ranked(0.5, 0.9, 0.38))] == [
        "Restwarmte uit de AI-fabriek wordt benut.",
        "De markt betaalt.",
    ]
    assert [quote.hit.rank for quote in short_answer(hits, ranked(0.5, 0.9, 0.55))] == [1, 3]
    assert [quote.text for quote in short_answer(hits, ranked(0.5, 0.9, 0.37))] == [
        "Restwarmte uit de AI-fabriek wordt benut."
    ]
    assert short_answer([], []) == ()


def test_where_the_first_hit_is_an_open_question_no_answer_to_another_one_is_quoted() -> None:
    asked = replace(hit(OPEN, "Wanneer begint de bouw?", ()), score=0.9)
    for score, quoted in ((0.76, ["De markt betaalt."]), (0.74, [])):
        other = replace(hit(JOINT, "De markt betaalt.", (), rank=2), score=score)
        found = short_answer([asked, other], [ranked(0.5, 0.9)[1], ranked(0.5, 0.5, 0.5)[2]])
        assert [quote.text for quote in found] == quoted


def test_two_sentences_of_the_first_hit_and_one_of_the_next() -> None:
    hits = [hit(), hit(JOINT, "De markt betaalt.", (), rank=2), hit(JOINT, "De markt betaalt.", (), rank=3)]
    own = [(span(text), 0.5) for text in ("Restwarmte uit de AI-fabriek wordt benut.", "Ik meld dit in het najaar.")]
    found = short_answer(hits, [[*own, (span("Het landschap telt."), 0.5)], [(span("De markt betaalt."), 0.5)], own])
    assert [(quote.hit.rank, quote.text) for quote in found] == [
        (1, "Restwarmte uit de AI-fabriek wordt benut."),
        (1, "Ik meld dit in het najaar."),
        (2, "De markt betaalt."),
    ]


def test_a_sentence_is_quoted_once_from_its_first_hit() -> None:
    hits = [hit(), hit(rank=2), hit(JOINT, "De markt betaalt.", (), rank=3), hit(rank=4)]
    first, _, other = ranked(0.5, 0.5, 0.5)
    assert [quote.hit.rank for quote in short_answer(hits, [first, first, other, first])] == [1, 3]


def test_what_has_no_word_is_not_quoted() -> None:
    row = Span(SENTENCES[0].start, SENTENCES[0].start + 1)
    assert [quote.text for quote in short_answer([hit()], [[(row, 0.9), (span("Het landschap telt."), 0.8)]])] == [
        "Het landschap telt."
    ]
