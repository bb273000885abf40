"""Cutting: where passages begin and end, and what stands around them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.parse import read
from index.passages import context, split
from index.records import Role, Span
from tests.retrieval.specimen import FIRST, LETTER, OPEN


def test_answers_are_passages_and_questions_only_where_nobody_answered() -> None:
    assert [(passage.role, passage.text) for passage in split(LETTER)] == [
        (Role.ANSWER, "Het landschap telt. Restwarmte uit de AI-fabriek wordt benut. Ik meld dit in het najaar."),
        (Role.ANSWER, "De markt betaalt."),
        (Role.QUESTION, "Wanneer begint de bouw?"),
    ]


def test_a_long_answer_is_cut_at_its_sentences() -> None:
    first = [passage.text for passage in split(LETTER, length=45) if passage.exchange is FIRST]
    assert first == [
        "Het landschap telt.",
        "Restwarmte uit de AI-fabriek wordt benut.",
        "Ik meld dit in het najaar.",
    ]


def test_a_long_sentence_is_cut_at_its_words() -> None:
    first = [passage.text for passage in split(LETTER, length=22) if passage.exchange is FIRST]
    assert first == [
        "Het landschap telt.",
        "Restwarmte uit de",
        "AI-fabriek wordt",
        "benut.",
        "Ik meld dit in het",
        "najaar.",
    ]


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    text = "Een twee. Drie.\n\nVier vijf. Zes zeven acht."
    document = replace(LETTER, text=text, exchanges=(replace(FIRST, questions=(), answer=Span(0, len(text))),))
    assert [passage.text for passage in split(document, length=30)] == ["Een twee. Drie.", "Vier vijf. Zes zeven acht."]


def test_a_document_of_no_family_is_cut_as_text() -> None:
    passages = split(replace(LETTER, exchanges=()))
    assert {(passage.role, passage.exchange) for passage in passages} == {(Role.TEXT, None)}
    assert passages[0].text.startswith("Vragen van de leden")


def test_context_is_the_title_and_the_questions_answered() -> None:
    first, joint, unanswered = split(LETTER)
    assert context(first) == "SO AI-fabriek De leden zien de AI-fabriek. Komt er restwarmte?"
    assert context(joint) == "SO AI-fabriek Hoe duur is dit? En wie betaalt?"
    assert unanswered.exchange is OPEN
    assert context(unanswered) == "SO AI-fabriek"


@pytest.mark.parametrize("length", [80, 450, 1_000])
def test_passages_of_the_letter_hold_all_of_every_answer_and_nothing_else(seed: Path, length: int) -> None:
    document = read(seed)
    passages = split(document, length=length)
    assert max(len(passage.span) for passage in passages) <= length
    for exchange in document.exchanges:
        assert exchange.answer is not None
        own = [passage for passage in passages if passage.exchange is exchange]
        assert all(exchange.answer.start <= p.span.start < p.span.end <= exchange.answer.end for p in own)
        assert "".join("".join(p.text.split()) for p in own) == "".join(exchange.answer.of(document.text).split())
