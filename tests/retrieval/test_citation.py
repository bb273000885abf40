from __future__ import annotations

from dataclasses import replace

from index.records import Asker, Kind, Minister, Role
from retrieval.citation import cite, quote_source, short_citation
from retrieval.terminal import results_text
from tests.retrieval.specimen import FIRST, JOINT, LETTER, OPEN, hit, results


def test_an_answer_names_minister_question_party_letter_date_dossier_and_page() -> None:
    assert cite(LETTER, FIRST, Role.ANSWER, 4) == (
        "Dirk Beljaarts, minister van Economische Zaken, antwoord op vraag 1 van GroenLinks-PvdA, "
        "“SO AI-fabriek”, 19 mei 2025, Kamerstuk 26643 (DGED-DE / 1), p. 4"
    )


def test_a_question_is_the_partys() -> None:
    assert cite(LETTER, OPEN, Role.QUESTION, 2) == (
        "Vraag 4 van NSC aan Dirk Beljaarts, minister van Economische Zaken, "
        "“SO AI-fabriek”, 19 mei 2025, Kamerstuk 26643 (DGED-DE / 1), p. 2"
    )


def test_a_question_is_put_to_whom_the_heading_names() -> None:
    asked = (Minister(None, "minister-president", "Algemene Zaken"), Minister(None, "minister", "Financiën"))
    line = cite(replace(LETTER, addressees=asked), OPEN, Role.QUESTION, 2)
    assert line.startswith("Vraag 4 van NSC aan minister-president en minister van Financiën, “SO AI-fabriek”")


def test_what_the_letter_does_not_tell_is_left_out() -> None:
    bare = replace(LETTER, ministers=(), answered_on=None, dossier=None, reference=None, title=" ", page_starts=())
    assert cite(bare, FIRST, Role.ANSWER, None) == "Antwoord op vraag 1 van GroenLinks-PvdA, “letter.pdf”"
    assert cite(bare, replace(FIRST, askers=(), numbers=()), Role.ANSWER, None) == "Antwoord op vraag, “letter.pdf”"


def test_a_joint_answer_names_all_its_questions() -> None:
    four = replace(JOINT, numbers=(4, 5, 7, 8))
    assert "antwoord op vraag 4, 5, 7 en 8 van NSC, " in cite(LETTER, four, Role.ANSWER, None)


def test_members_stand_with_their_party() -> None:
    askers = (
        Asker("GroenLinks-PvdA", "Kröger"),
        Asker("GroenLinks-PvdA", "Thijssen"),
        Asker("PvdD", "Teunissen"),
        Asker("D66"),
    )
    line = cite(LETTER, replace(FIRST, askers=askers), Role.ANSWER, None)
    assert "vraag 1 van Kröger en Thijssen (GroenLinks-PvdA), Teunissen (PvdD) en D66, " in line


def test_two_ministers_who_answer_are_both_named_and_those_on_behalf_are_not() -> None:
    two = (*LETTER.ministers, Minister("Ans Bos", "minister", "Onderwijs"))
    line = cite(replace(LETTER, ministers=two), FIRST, Role.ANSWER, None)
    assert line.startswith(
        "Dirk Beljaarts, minister van Economische Zaken en Ans Bos, minister van Onderwijs, antwoord op vraag 1"
    )


def test_a_reference_alone_is_a_kenmerk() -> None:
    assert cite(replace(LETTER, dossier=None), None, Role.TEXT, 1) == (
        "Dirk Beljaarts, minister van Economische Zaken, “SO AI-fabriek”, 19 mei 2025, kenmerk DGED-DE / 1, p. 1"
    )


def test_what_a_delay_notice_says_is_cited_as_one() -> None:
    assert cite(replace(LETTER, kind=Kind.UITSTEL), None, Role.TEXT, None) == (
        "Dirk Beljaarts, minister van Economische Zaken, uitstelbericht, “SO AI-fabriek”, 19 mei 2025, Kamerstuk 26643"
        " (DGED-DE / 1)"
    )


def test_the_short_form_is_for_under_a_quotation() -> None:
    assert short_citation(JOINT) == "vraag 2 en 3 · NSC"
    assert short_citation(None) == "tekst uit het document"


def test_a_quoted_answer_is_the_ministers_not_the_partys() -> None:
    assert quote_source(hit()) == ("Dirk Beljaarts, antwoord op ", "vraag 1 · GroenLinks-PvdA")
    assert quote_source(hit(document=replace(LETTER, ministers=()))) == ("antwoord op ", "vraag 1 · GroenLinks-PvdA")
    assert quote_source(hit(OPEN, "Wanneer begint de bouw?", ())) == ("", "vraag 4 · NSC")
    loose = replace(hit(), passage=replace(hit().passage, exchange=None, role=Role.TEXT))
    assert quote_source(loose) == ("", loose.citation)
    shown = "“Restwarmte uit de AI-fabriek wordt benut.” — Dirk Beljaarts, antwoord op vraag 1 ·"
    assert shown in " ".join(results_text(results(), colour=False).split())
