"""Cutting: where passages begin and end, and what stands around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.build import build
from index.parse import read
from index.passages import context, filing, is_cut_from, most_passages, split, surroundings
from index.records import Exchange, Question, Role, Span
from index.sentences import sentences
from tests.index.test_backends import DOCUMENTS, plain
from tests.retrieval.specimen import FIRST, LETTER, OPEN
from tests.toy_encoder import ToyEncoder


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


@pytest.mark.parametrize(
    ("length", "second"),
    [
        (21, ["Restwarmte uit de AI-fabriek wordt benut."]),  # 41 characters, and a space
        (20, ["Restwarmte uit de", "AI-fabriek wordt", "benut."]),
    ],
)
def test_a_sentence_is_cut_at_its_words_where_it_is_more_than_twice_too_long(length: int, second: list[str]) -> None:
    first = [passage.text for passage in split(LETTER, length=length) if passage.exchange is FIRST]
    assert first == ["Het landschap telt.", *second, "Ik meld dit in het najaar."]


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    text = "Een twee. Drie.\n\nVier vijf. Zes zeven acht."
    document = replace(LETTER, text=text, exchanges=(replace(FIRST, questions=(), answer=Span(0, len(text))),))
    assert [passage.text for passage in split(document, length=30)] == ["Een twee. Drie.", "Vier vijf. Zes zeven acht."]


def test_a_document_of_no_family_is_cut_as_text() -> None:
    passages = split(replace(LETTER, exchanges=()))
    assert {(passage.role, passage.exchange) for passage in passages} == {(Role.TEXT, None)}
    assert passages[0].text.startswith("Vragen van de leden")


@pytest.mark.parametrize("above", [True, False])
def test_the_message_of_a_delay_notice_is_cut_too_and_nothing_else_around_its_questions(
    tmp_path: Path, above: bool
) -> None:
    remark = "Toelichting: Dit vult eerdere vragen aan.\n\n"
    path = tmp_path / "uitstel.txt"
    path.write_text(
        "Vragen van het lid Bos (CDA) aan de Minister van Defensie over schepen (ingezonden 7 november 2024)\n\n"
        "Mededeling van Minister Brekelmans (Defensie) (ontvangen 26 november 2024)\n\n"
        f"Vraag 1\n\nHoeveel?\n\nVraag 2\n\nWie?\n\n{remark * above}"
        "Mededeling:\n\nDe vragen (2024Z00001) kunnen niet binnen de gebruikelijke termijn worden beantwoord.\n\n"
        f"{remark * (not above)}",
        encoding="utf-8",
    )
    passages = split(read(path))
    assert [(passage.role, passage.text) for passage in passages] == [
        (Role.QUESTION, "Hoeveel?"),
        (Role.QUESTION, "Wie?"),
        (Role.TEXT, "De vragen (2024Z00001) kunnen niet binnen de gebruikelijke termijn worden beantwoord."),
    ]
    assert passages[2].exchange is None
    assert all(map(is_cut_from, passages))
    assert not is_cut_from(replace(passages[2], span=Span(0, 30)))


def test_context_is_the_title_and_the_questions_answered() -> None:
    first, joint, unanswered = split(LETTER)
    assert context(first) == "SO AI-fabriek De leden zien de AI-fabriek. Komt er restwarmte?"
    assert context(joint) == "SO AI-fabriek Hoe duur is dit? En wie betaalt?"
    assert unanswered.exchange is OPEN
    assert context(unanswered) == "SO AI-fabriek"


def test_a_document_is_looked_for_by_who_answered_its_numbers_and_its_days() -> None:
    minister = "bewindspersoon0dirkbeljaarts bewindspersoon0beljaarts"
    assert filing(LETTER) == f"Dirk Beljaarts {minister} EZ DGED-DE / 1 26643 20250519 mei may 2025"
    assert surroundings(split(LETTER)[1]) == f"SO AI-fabriek Hoe duur is dit? En wie betaalt? {filing(LETTER)}"
    bare = replace(LETTER, ministers=(), dossier=None, reference=None, answered_on=None)
    assert filing(replace(bare, asked_on=date(2024, 3, 1))) == "20240301 maart march 2024"


def test_numbers_of_the_chamber_count_above_the_first_question_alone() -> None:
    heading = "AH 604 2024Z18294 Antwoord van de minister (2024D12345, 2024Z18294)\n\n"
    text = f"{heading}Komt 2024Z99999 nog?"
    asked = Exchange((1,), (), (Question(1, Span(len(heading), len(text))),), None)
    document = replace(LETTER, text=text, exchanges=(asked,), ministers=(), dossier=None, answered_on=None)
    assert filing(replace(document, reference="2024Z18294")) == "2024Z18294 AH 604 2024D12345 ah604"


@pytest.mark.parametrize("length", [80, 450, 1_000])
def test_passages_of_the_letter_hold_all_of_every_answer_and_nothing_else(seed: Path, length: int) -> None:
    document = read(seed)
    passages = split(document, length=length)
    assert max(len(passage.span) for passage in passages) <= 2 * length
    longer = [passage.span for passage in passages if len(passage.span) > length]
    assert all(len(sentences(document.text, span)) == 1 for span in longer)
    for exchange in document.exchanges:
        assert exchange.answer is not None
        own = [passage for passage in passages if passage.exchange is exchange]
        assert all(exchange.answer.start <= p.span.start < p.span.end <= exchange.answer.end for p in own)
        assert "".join("".join(p.text.split()) for p in own) == "".join(exchange.answer.of(document.text).split())


def test_a_file_of_too_many_questions_is_refused_by_its_name(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kort.txt").write_text("Een haven zonder vraag.", encoding="utf-8")
    monkeypatch.setattr("index.build.MOST_PASSAGES", 20)
    report = build([seed, tmp_path / "kort.txt"], tmp_path / "built", encoder=ToyEncoder())
    assert report.new == ("kort",)
    assert [str(error) for _, error in report.refused] == [
        f"{seed}: it has too many questions and answers: split it",
    ]


def test_no_document_has_more_passages_than_is_told(seed: Path) -> None:
    documents = [read(seed), *DOCUMENTS, plain("a", "Ja."), plain("b", "Een lange zin over de haven. " * 100)]
    for document in documents:
        assert 0 < len(split(document)) <= most_passages(document)
