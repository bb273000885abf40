"""The sentence that answers best, and the short answer made of such sentences."""

from __future__ import annotations

import numpy as np
import pytest

from index.records import Passage, Role
from index.sentences import sentences
from retrieval.answer import short_answer
from retrieval.highlight import best_sentence, query_words
from tests.retrieval.specimen import FIRST, JOINT, LETTER, OPEN, hit, span

ANSWER = FIRST.answer
assert ANSWER is not None
PASSAGE = Passage(LETTER, FIRST, Role.ANSWER, ANSWER)
SENTENCES = sentences(LETTER.text, ANSWER)


def best(similarities: list[float], terms: set[str]) -> tuple[str, float]:
    found, score = best_sentence(PASSAGE, SENTENCES, np.array(similarities, dtype=np.float32), terms)
    return found.of(LETTER.text), score


def test_the_nearest_sentence_is_best_and_the_first_wins_a_tie() -> None:
    assert best([0.1, 0.4, 0.2], set()) == ("Restwarmte uit de AI-fabriek wordt benut.", pytest.approx(0.4))
    assert best([0.3, 0.3, 0.3], set())[0] == "Het landschap telt."


def test_the_words_asked_for_count() -> None:
    # Of two terms the first sentence holds none, the last one: 0.2 / 2 lifts it over the first.
    assert best([0.30, 0.0, 0.25], {"najaar", "haven"}) == ("Ik meld dit in het najaar.", pytest.approx(0.35))


def test_words_are_ranges_of_the_documents_text() -> None:
    assert query_words(PASSAGE, {"warmte", "landschap"}) == (span("landschap"), span("Restwarmte"))


def test_the_short_answer_quotes_what_comes_near_the_best_and_only_ministers() -> None:
    hits = [hit(), hit(OPEN, "Wanneer begint de bouw?", (), rank=2), hit(JOINT, "De markt betaalt.", (), rank=3)]
    assert [quote.text for quote in short_answer(hits, [0.5, 0.9, 0.45])] == [
        "Restwarmte uit de AI-fabriek wordt benut.",
        "De markt betaalt.",
    ]
    assert [quote.hit.rank for quote in short_answer(hits, [0.5, 0.9, 0.55])] == [1, 3]
    assert [quote.text for quote in short_answer(hits, [0.5, 0.9, 0.40])] == [
        "Restwarmte uit de AI-fabriek wordt benut."
    ]
    assert short_answer([], []) == ()


def test_a_sentence_is_quoted_once_from_its_first_hit() -> None:
    hits = [hit(), hit(rank=2), hit(JOINT, "De markt betaalt.", (), rank=3), hit(rank=4)]
    assert [quote.hit.rank for quote in short_answer(hits, [0.5, 0.5, 0.5, 0.5])] == [1, 3]
