"""Each family by a small document of its own: who asks, what is asked, what answers it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from index.parse import FAMILIES, read
from index.parse.references import only_refers, referred
from index.records import Document, Kind

Numbers = list[tuple[int, ...]]
Told = list[tuple[tuple[int, ...], list[tuple[str | None, str]], list[str], str | None]]


def told(document: Document) -> Told:
    """Numbers, askers, questions and answer of every exchange, as words."""
    return [
        (
            exchange.numbers,
            [(asker.member, asker.party) for asker in exchange.askers],
            [question.span.of(document.text) for question in exchange.questions],
            exchange.answer.of(document.text) if exchange.answer else None,
        )
        for exchange in document.exchanges
    ]


@pytest.fixture
def parsed(tmp_path: Path):  # type: ignore[no-untyped-def]
    def parse(text: str) -> Document:
        path = tmp_path / "brief.txt"
        path.write_text(text, encoding="utf-8")
        return read(path)

    return parse


KAMERVRAGEN = """2024Z00001
Vragen van de leden Kröger, Thijssen (beiden GroenLinks-PvdA) en Teunissen (PvdD) aan de Minister van Klimaat
over het net (ingezonden 6 november 2024).
Antwoord van Minister Hermans (Klimaat en Groene Groei), mede namens de Minister van Financiën (ontvangen
18 november 2024).
Vraag 1
Bent u bekend met het bericht?1
Antwoord 1
Ja.
Vraag 2, 4 en 5
Waarom is het net vol? Kunt u dat toelichten?
Wanneer is er weer plaats?
Wat kost dat?
Antwoord 2, 4 en 5
Het net is vol omdat iedereen stroom wil. Zie ook het antwoord op vraag 1.
1NOS, 5 november 2024, «Het net is vol».
Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1
Vraag 3
Bent u bereid hierover te overleggen?
Antwoord 3
Zie het antwoord op vraag 2.
Toelichting: Deze vragen dienen ter aanvulling op eerdere vragen terzake van het lid Postma (Nieuw Sociaal Contract).
"""
ASKERS = [("Kröger", "GroenLinks-PvdA"), ("Thijssen", "GroenLinks-PvdA"), ("Teunissen", "PvdD")]


def test_kamervragen(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(KAMERVRAGEN)
    assert letter.kind is Kind.KAMERVRAGEN
    assert told(letter) == [
        ((1,), ASKERS, ["Bent u bekend met het bericht?"], "Ja."),
        (
            (2, 4, 5),
            ASKERS,
            ["Waarom is het net vol? Kunt u dat toelichten?", "Wanneer is er weer plaats?", "Wat kost dat?"],
            "Het net is vol omdat iedereen stroom wil. Zie ook het antwoord op vraag 1.",
        ),
        ((3,), ASKERS, ["Bent u bereid hierover te overleggen?"], "Zie het antwoord op vraag 2."),
    ]
    assert [minister.label for minister in letter.ministers] == [
        "Hermans, minister van Klimaat en Groene Groei",
        "minister van Financiën",
    ]
    assert [(exchange.references, exchange.reasons) for exchange in letter.exchanges] == [
        ((), ()),
        ((1,), ()),
        ((2,), ("antwoord verwijst alleen",)),
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [("1", "NOS, 5 november 2024, «Het net is vol».")]


def test_one_answer_after_separate_questions(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Mutluer (GroenLinks-PvdA) aan de Minister (ingezonden 5 juli 2024)\n\n"
        "Vraag 1\nKent u het bericht?\n\nVraag 2\nWat vindt u ervan?\n\nAntwoord op vraag 1\nJa.\n\n"
        "Vraag 3\nWat gaat u doen?\n\nAntwoord op vragen 2 en 3\nIk ga ermee aan de slag.\n"
    )
    asker = [("Mutluer", "GroenLinks-PvdA")]
    assert told(letter) == [
        ((1,), asker, ["Kent u het bericht?"], "Ja."),
        ((2, 3), asker, ["Wat vindt u ervan?", "Wat gaat u doen?"], "Ik ga ermee aan de slag."),
    ]


def test_ministers_who_answer_in_turn_mark_their_answers(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Dijk (SP) aan de ministers van Financiën en van Defensie over geld\n\n"
        "Antwoord van de minister van Financiën:\n\n"
        "1.\nWat kost het?\n\nAntwoord van de minister van Financiën: Niets.\n\n"
        "2.\nWie vecht?\n\nAntwoord van de minister van Defensie:\nNiemand.\n\nOok later niet.\n"
    )
    assert [minister.ministry for minister in letter.ministers] == ["Financiën", "Defensie"]
    assert told(letter) == [
        ((1,), [("Dijk", "SP")], ["Wat kost het?"], "Niets."),
        ((2,), [("Dijk", "SP")], ["Wie vecht?"], "Niemand.\n\nOok later niet."),
    ]


def test_members_ask_what_the_rows_of_a_table_hold(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Beantwoording vragen van het lid Vos (SP) over de AOW\n\nNr\tVraag\tAntwoord\n"
        "1\tHoeveel mensen krijgen AOW?\t3,6 miljoen.\n2\tWat kost dat?\tDat kost 2,5 miljard euro.\n"
    )
    assert told(letter) == [
        ((1,), [("Vos", "SP")], ["Hoeveel mensen krijgen AOW?"], "3,6 miljoen."),
        ((2,), [("Vos", "SP")], ["Wat kost dat?"], "Dat kost 2,5 miljard euro."),
    ]
    assert letter.title == "De AOW"


def test_who_signs_for_others_is_not_the_only_one_who_answers(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Dijk (SP) aan de ministers over zorg (ingezonden 9 april 2025)\n\n"
        "Vraag 1\nWie zorgt?\n\nAntwoord van de minister van VWS:\nIk.\n\n"
        "Vraag 2\nWie vecht?\n\nAntwoord van de staatssecretaris van Defensie:\nNiemand.\n\n"
        "De minister van Volksgezondheid, Welzijn en Sport,\n\nFleur Agema\n"
    )
    assert [minister.label for minister in letter.ministers] == [
        "Fleur Agema, minister van Volksgezondheid, Welzijn en Sport",
        "staatssecretaris van Defensie",
    ]


@pytest.mark.parametrize("dot", ["", "."])
def test_a_number_told_twice_heads_its_question_and_its_answer(parsed, dot: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Antwoorden van de minister van Financiën op de vragen van het Kamerlid Vos (SP) over geld (2016Z12345)\n\n"
        f"1{dot}\nKent u het bericht?\n\n1{dot}\nJa.\n\n"
        f"2{dot} en 3{dot}\nWat kost het?\nWie betaalt?\n\n2{dot} en 3{dot}\nTien euro:\n\n1{dot}\nhet Rijk\n\n"
        f"4{dot}\nWaarom? Graag een toelichting.\n\n4{dot}\nDaarom.\n"
    )
    assert [minister.ministry for minister in letter.ministers] == ["Financiën"]
    assert told(letter) == [
        ((1,), [("Vos", "SP")], ["Kent u het bericht?"], "Ja."),
        ((2, 3), [("Vos", "SP")], ["Wat kost het?", "Wie betaalt?"], f"Tien euro:\n\n1{dot} het Rijk"),
        ((4,), [("Vos", "SP")], ["Waarom? Graag een toelichting."], "Daarom."),
    ]


def test_questions_whose_numbers_were_lost_are_counted(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "2024Z18890\n\n(ingezonden 20 november 2024)\n\n"
        "Vragen van het lid Dijk (SP) aan de minister van Financiën over geld.\n\n"
        "Kunt u kennisnemen van de brief? 1)\n\nKunt u daarop reageren?\n\n1) Bijlage onderhands meegezonden\n"
    )
    assert told(letter) == [
        ((1,), [("Dijk", "SP")], ["Kunt u kennisnemen van de brief?"], None),
        ((2,), [("Dijk", "SP")], ["Kunt u daarop reageren?"], None),
    ]
    assert letter.exchanges[0].reasons == ("nummer geteld",)


INLINE = """Geachte voorzitter,

Hierbij zend ik u de antwoorden op de vragen van het lid Bos (CDA) over het vervoer door de D.O.B.

Hoogachtend,

de Minister van Verkeer

1. Kent u het bericht?

Antwoord: Ja.

2. {second}

Antwoord{of_second} De eisen zijn streng.

3. Wie let daarop?

Antwoord: De inspectie.
"""


@pytest.mark.parametrize("of_second", [":", " 2:"])
@pytest.mark.parametrize("second", ["Aan welke eisen is het gebonden? 2, 3", "Deelt u de mening dat het streng is."])
def test_numbered_questions_with_a_note_or_without_a_question_mark(parsed, second: str, of_second: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(INLINE.format(second=second, of_second=of_second))
    assert [(numbers, asked, reply) for numbers, _, asked, reply in told(letter)] == [
        ((1,), ["Kent u het bericht?"], "Ja."),
        ((2,), [second], "De eisen zijn streng."),
        ((3,), ["Wie let daarop?"], "De inspectie."),
    ]
    assert letter.title == "Het vervoer door de D.O.B"


def test_the_only_question_may_have_a_number_in_front(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Bos (CDA) aan de Minister van Verkeer over de bus\n\n1. Wilt u alle stukken zenden?"
        " Zo neen, welke overwegingen liggen daaraan ten grondslag?\n\nAntwoord: Die zijn gezonden.\n"
    )
    asked = "Wilt u alle stukken zenden? Zo neen, welke overwegingen liggen daaraan ten grondslag?"
    assert told(letter) == [((1,), [("Bos", "CDA")], [asked], "Die zijn gezonden.")]


@pytest.mark.parametrize(
    "lines",
    [
        "V1.\nKent u het bericht?\n\nA1.\nJa.\n\nV2.\nWat kost het?\n\nA2.\nTien euro.",
        "V1: Kent u het bericht?\nA1: Ja.\nV2: Wat kost het?\nA2: Tien euro.",
        "V: Kent u het bericht? A: Ja.\n\nV: Wat kost het? A: Tien euro.",
        "1. Kent u het bericht?\nAntw.: Ja.\n2. Wat kost het?\nAntw.: Tien euro.",
        "Vraag 1 - Kent u het bericht?\nAntwoord 1 - Ja.\n\nVraag 2 - Wat kost het?\nAntwoord 2 - Tien euro.",
        "Vraag 1: Kent u het bericht? Antwoord 1: Ja.\nVraag 2: Wat kost het? Antwoord 2: Tien euro.",
        "1. Kent u het bericht?\n2. Wat kost het?\n\nAd 1. Ja.\nAd 2. Tien euro.",
        "Vraag 1\nKent u het bericht?\n\nAd 1\nJa.\n\nVraag 2\nWat kost het?\n\nAd 2\nTien euro.",
    ],
)
def test_labels_may_be_short_and_share_a_line(parsed, lines: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"Hierbij beantwoord ik de vragen van het lid Dijk (SP) over geld.\n\n{lines}\n")
    assert told(letter) == [
        ((1,), [("Dijk", "SP")], ["Kent u het bericht?"], "Ja."),
        ((2,), [("Dijk", "SP")], ["Wat kost het?"], "Tien euro."),
    ]


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ([(1,), (2,)], "1. CDA: Het kan. Hoe?\nAntwoord: Zo.\n\n2. D66 en SP: Wat kost het?\nAntwoord: Tien euro."),
        (
            [(1,), (2,)],
            "Vraag 1 CDA: Het kan. Hoe?\nAntwoord: Zo.\n\nVraag 2 D66 en SP: Wat kost het?\nAntwoord: Tien euro.",
        ),
        ([(1,), (2,)], "1\nCDA: Het kan. Hoe?\n\nAntwoord\nZo.\n\n2\nD66 en SP: Wat kost het?\n\nAntwoord\nTien euro."),
        ([(1,), (2,)], "CDA – Het kan. Hoe?\n\nAntwoord: Zo.\n\nD66 en SP – Wat kost het?\n\nAntwoord: Tien euro."),
        (
            [(1,), (2,)],
            "Vraag 1 CDA\nHet kan. Hoe?\nAntwoord\nZo.\nVraag 2 D66 en SP\nWat kost het?\nAntwoord\nTien euro.",
        ),
        ([(), ()], "Vraag van het CDA: Het kan. Hoe?\n\nZo.\n\nVraag van D66 en SP: Wat kost het?\n\nTien euro."),
        ([(), ()], "CDA-fractie: Het kan. Hoe?\n\nZo.\n\nVraag D66 en SP: Wat kost het?\n\nTien euro."),
        (
            [(), ()],
            (
                "Vragen van de leden van de CDA-fractie\n\nHet kan. Hoe?\n\nZo.\n\n"
                "Vragen van de leden van de fracties van D66 en SP\n\nKosten\n\nWat kost het?\n\nTien euro."
            ),
        ),
    ],
)
def test_a_fractie_in_front_of_a_question_asks_it(parsed, numbers: Numbers, lines: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"Verslag van een schriftelijk overleg over het plan\n\n{lines}\n")
    assert told(letter) == [
        (numbers[0], [(None, "CDA")], ["Het kan. Hoe?"], "Zo."),
        (numbers[1], [(None, "D66"), (None, "SP")], ["Wat kost het?"], "Tien euro."),
    ]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [("De leden van de VVD-fractie vragen wanneer.", [(), ()]), ("Wanneer?", [(1,), (2,)])],
)
def test_what_stands_below_a_heading_asks_beside_marked_answers(parsed, asked: str, numbers: Numbers) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Verslag van een schriftelijk overleg over het plan\n\nVragen van de leden van de VVD-fractie\n\n{asked}\n\n"
        "Antwoord:\n\nIn mei.\n\nVragen van de leden van de fractie DENK\n\nWat kost het?\n\nAntwoord:\n\nTien euro.\n"
    )
    assert told(letter) == [
        (numbers[0], [(None, "VVD")], [asked], "In mei."),
        (numbers[1], [(None, "DENK")], ["Wat kost het?"], "Tien euro."),
    ]


@pytest.mark.parametrize("sign", [":", ""])
def test_numbers_and_fracties_may_be_columns_of_a_list(parsed, sign: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Lijst van vragen en antwoorden over zorg\n\n"
        f"1\nVVD{sign}\nWat kost het?\nTien euro.\n\n2 en 3\nSP{sign}\nWie betaalt?\nWanneer?\nHet Rijk.\n\n"
    )
    assert told(letter) == [
        ((1,), [(None, "VVD")], ["Wat kost het?"], "Tien euro."),
        ((2, 3), [(None, "SP")], ["Wie betaalt?", "Wanneer?"], "Het Rijk."),
    ]


def test_a_page_number_above_the_heading_of_a_fractie_counts_no_question(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg over zorg\n\n1\nVVD-fractie\n\n"
        "De leden van de VVD-fractie vragen wie.\n\nHij.\n\n"
        "4\nSP-fractie\n\nDe leden van de SP-fractie vragen wat.\n\nDat.\n"
    )
    assert [(numbers, askers) for numbers, askers, _, _ in told(letter)] == [
        ((), [(None, "VVD")]),
        ((), [(None, "SP")]),
    ]


def test_a_fractie_in_front_of_a_question_is_no_topic_of_a_nota(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nAlgemeen\n\n"
        "CDA: Het kan. Hoe?\n\nZo.\n\nSP: Wat kost het?\n\nTien euro.\n"
    )
    assert told(letter) == [
        ((), [(None, "CDA")], ["Het kan. Hoe?"], "Zo."),
        ((), [(None, "SP")], ["Wat kost het?"], "Tien euro."),
    ]


def test_fracties_in_a_list_of_an_answer_ask_nothing(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg over het plan\n\nVragen van de leden van de VVD-fractie\n\n"
        "1. Wie stemt voor?\n\nAntwoord\nCDA: Voor\nSP: Tegen\nD66: Waarom niet?\n\n"
        "2. Wat kost het?\n\nAntwoord\nTien euro.\n"
    )
    assert [(askers, reply) for _, askers, _, reply in told(letter)] == [
        ([(None, "VVD")], "CDA: Voor\n\nSP: Tegen\n\nD66: Waarom niet?"),
        ([(None, "VVD")], "Tien euro."),
    ]


@pytest.mark.parametrize("note", ["1) Trouw, 10 januari 2005.", "1 Trouw, 10 januari 2005."])
def test_a_note_between_all_questions_and_all_answers_is_in_neither(parsed, note: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Vos (SP) aan de minister van Justitie over haat. (Ingezonden 12 januari 2005)\n\n"
        "1\nKent u de krant van 10 januari?1\n\n2\nWat doet u op grond van artikel 67 van de Vreemdelingenwet\n"
        f"2000?\n\n{note}\n\nAntwoord\n\nAntwoord van minister Donner (Justitie). (Ontvangen 14 februari 2005)\n\n"
        "1\nJa.\n\n2\nNiets.\n"
    )
    assert [(asked, reply) for _, _, asked, reply in told(letter)] == [
        (["Kent u de krant van 10 januari?"], "Ja."),
        (["Wat doet u op grond van artikel 67 van de Vreemdelingenwet 2000?"], "Niets."),
    ]
    assert [(cited.marker, cited.body) for cited in letter.notes] == [("1", "Trouw, 10 januari 2005.")]


def test_a_title_ends_before_when_its_questions_were_asked(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Hierbij beantwoord ik de vragen van het lid Bos (CDA) over mensen die op schepen wonen, die zijn ingezonden"
        " op 4 juni 2025 met kenmerk 2025Z11223.\n\nVraag 1\nHoeveel?\n\nAntwoord 1\nTien.\n"
    )
    assert (letter.title, letter.asked_on) == ("Mensen die op schepen wonen", date(2025, 6, 4))


@pytest.mark.parametrize("asked", ["vragen van", "vragen gesteld door", "vragen die zijn gesteld door"])
def test_what_a_sentence_says_of_its_questions_is_the_title(parsed, asked: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Hierbij zend ik de antwoorden op de {asked} de leden Flach (SGP) en Krul (CDA) over ziekenzorg (2025Z00777)."
        "\n\nVraag 1.\nHoeveel?\n\nAntwoord 1.\nTien.\n"
    )
    assert (letter.title, letter.reference) == ("Ziekenzorg", "2025Z00777")


def test_a_marker_may_stand_apart_behind_its_question(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Bos (CDA) aan de Minister van Defensie over schepen (ingezonden 4 juni 2025)\n\n"
        "Vraag 1\nKent u het artikel «Schip vergaan»? 1\n\nAntwoord 1\nJa, sinds januari. 12\nschepen vergingen.\n\n"
        "1 De Volkskrant, 18 maart 2025.\n"
    )
    asked, reply = "Kent u het artikel «Schip vergaan»?", "Ja, sinds januari. 12 schepen vergingen."
    assert told(letter) == [((1,), [("Bos", "CDA")], [asked], reply)]
    assert [(note.marker, note.body) for note in letter.notes] == [("1", "De Volkskrant, 18 maart 2025.")]


@pytest.mark.parametrize(
    "who",
    [
        "De genoemde leden",
        "Voorts vragen de hier aan het woord zijnde leden",
        "De voornoemde leden",
        "De vorengenoemde leden",
    ],
)
def test_the_aforesaid_members_ask_on(parsed, who: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nDe leden van de CDA-fractie vragen wat dat kost.\n\nTien euro.\n\n"
        f"{who} vragen wie betaalt.\n\nHet Rijk.\n\n"
    )
    assert [(who, answer) for _, who, _, answer in told(letter)] == [
        ([(None, "CDA")], "Tien euro."),
        ([(None, "CDA")], "Het Rijk."),
    ]


@pytest.mark.parametrize("sent", ["Hierbij zend ik u de antwoorden op", "Hierbij stuur ik u de beantwoording van"])
def test_a_letter_that_sends_answers_need_not_mark_them(parsed, sent: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{sent} de vragen van het lid Dijk (SP) over bomen (2025Z03333).\n\n1. Kent u het bericht?\n\nJa.\n\n"
        "2. Hoeveel bomen zijn er?\n\nDat zijn er twee.\n"
    )
    assert [(asked, answer) for _, _, asked, answer in told(letter)] == [
        (["Kent u het bericht?"], "Ja."),
        (["Hoeveel bomen zijn er?"], "Dat zijn er twee."),
    ]


@pytest.mark.parametrize("items", ["1. Bos;\n2. Vos.", "Bos en Vos."])
def test_a_letter_may_send_the_answers_alone(parsed, items: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Hierbij zend ik u de antwoorden op de vragen van het lid Dijk (SP) over bomen (ingezonden 3 maart 2025).\n\n"
        f"Antwoord 1\nJa.\nAntwoord 2 en 3\nHet zijn er twee:\n{items}\nAntwoord 4\nNee.\n"
    )
    answers = ((1,), "Ja."), ((2, 3), f"Het zijn er twee:\n\n{items}".replace(";\n", ";\n\n")), ((4,), "Nee.")
    assert told(letter) == [(numbers, [("Dijk", "SP")], [], answer) for numbers, answer in answers]


@pytest.mark.parametrize(
    ("tielen", "dijk"), [("(Tielen, VVD) Hoe", "(Dijk, SP) Wie"), ("Tielen (VVD): Hoe", "Het lid Dijk (SP): Wie")]
)
def test_the_member_before_a_question_asks_it(parsed, tielen: str, dijk: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Antwoorden op de vragen van de leden Tielen (VVD) en Dijk (SP) over zorg\n\n"
        f"1. {tielen} laat?\nAntwoord\nOm twee uur.\n\n2. {dijk}?\nAntwoord\nHet Rijk.\n"
    )
    assert told(letter) == [
        ((1,), [("Tielen", "VVD")], ["Hoe laat?"], "Om twee uur."),
        ((2,), [("Dijk", "SP")], ["Wie?"], "Het Rijk."),
    ]


@pytest.mark.parametrize(
    "items",
    [
        "1. Het amendement van Vos (PvdA): Ja.\n\n2. De motie van Dijk (SP): Nee.",
        "1. Vos (PvdA): Ja.\n\n2. Dijk (SP): Nee.",
        "1. (PvdA) Ja.\n\n2. (SP) Nee.",
    ],
)
def test_what_an_answer_lists_is_asked_by_nobody(parsed, items: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Bos (CDA) aan de Minister van Defensie over schepen (ingezonden 4 juni 2025)\n\n"
        f"1. Waarover is gestemd?\n\nAntwoord\nHierover:\n{items}\n\n2. Wie?\n\nAntwoord\nJan.\n"
    )
    assert told(letter) == [
        ((1,), [("Bos", "CDA")], ["Waarover is gestemd?"], f"Hierover:\n\n{items}"),
        ((2,), [("Bos", "CDA")], ["Wie?"], "Jan."),
    ]


def test_a_fractie_behind_the_last_question_makes_it_no_title(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Antwoorden op vragen over zorg\n\n1. Hoe laat? (VVD)\nAntwoord\nOm twee uur.\n\n"
        "2. Wie? (SP)\nAntwoord\nHet Rijk.\n"
    )
    assert [(asked, reply) for _, _, asked, reply in told(letter)] == [
        (["Hoe laat? (VVD)"], "Om twee uur."),
        (["Wie? (SP)"], "Het Rijk."),
    ]


@pytest.mark.parametrize(
    ("space", "whom"),
    [
        (" ", "hierbij aan"),
        (" ", "graag bij deze vraag aan"),
        ("\n\n", "hierbij aan"),
        ("\n\n", "aan bij de vragen van de CDA-fractie"),
    ],
)
def test_who_joins_those_who_ask_asks_with_them(parsed, space: str, whom: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nDe leden van de CDA-fractie vragen wat dat kost."
        f"{space}De leden van de SGP-fractie sluiten zich {whom}.\n\nTien euro.\n\n"
        "De leden van de D66-fractie vragen wie betaalt.\n\nHet Rijk.\n\n"
    )
    assert [(who, answer) for _, who, _, answer in told(letter)] == [
        ([(None, "CDA"), (None, "SGP")], "Tien euro."),
        ([(None, "D66")], "Het Rijk."),
    ]


@pytest.mark.parametrize(
    ("member", "party"),
    [
        ("Omtzigt (NSC)", "NSC"),
        ("Keijzer (BBB)", "BBB"),
        ("Omtzigt (Omtzigt)", "Lid Omtzigt"),
        ("Omtzigt", "Lid Omtzigt"),
    ],
)
def test_a_member_with_his_party_behind_him_is_of_that_party(parsed, member: str, party: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nDe leden van de VVD-fractie vragen wat dat kost. "
        f"Het lid {member} vraagt wie betaalt.\n\nTien euro.\n\nDe leden van de VVD-fractie en het lid {member} "
        "vragen wanneer.\n\nIn mei.\n\n"
    )
    assert [who for _, who, *_ in told(letter)] == [[(None, "VVD"), (None, party)]] * 2


def test_who_joins_others_does_not_ask_with_those_before(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nDe leden van de CDA-fractie vragen wat dat kost.\n\n"
        "De leden van de SGP-fractie sluiten zich aan bij de vragen van de PvdA-fractie.\n\nTien euro.\n\n"
    )
    assert [(who, answer) for _, who, _, answer in told(letter)] == [
        ([(None, "CDA")], None),
        ([(None, "SGP")], "Tien euro."),
    ]


def test_notes_marked_with_stars_leave_the_text_where_they_are_cited(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Dijk (SP) aan de Minister van Financiën over filialen (ingezonden 6 november 2024).\n"
        "Vraag 1\nKent u het bericht *) en het rapport?**)\nAntwoord 1\nJa. Banken sluiten\n"
        "*) NOS, 5 november 2024,\n«Bank weg».\n**) Trouw, 4 november 2024.\nPagina 1 van 2\n"
        "filialen.\nVraag 2\nWat kost «5 * 3»?\nAntwoord 2\n***) Niets.\n"
    )
    assert [(questions, answer) for _, _, questions, answer in told(letter)] == [
        (["Kent u het bericht en het rapport?"], "Ja. Banken sluiten filialen."),
        (["Wat kost «5 * 3»?"], "***) Niets."),
    ]
    assert [(note.marker, note.body, letter.text[: note.anchor].split()[-1]) for note in letter.notes] == [
        ("*", "NOS, 5 november 2024, «Bank weg».", "bericht"),
        ("**", "Trouw, 4 november 2024.", "rapport?"),
    ]


def test_raised_digits_are_markers_where_their_notes_are_found(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Dijk (SP) aan de Minister van Financiën over filialen (ingezonden 6 november 2024).\n"
        "Vraag 1\nKent u het bericht¹ (en de «analyse»²)?\nAntwoord 1\nJa, 12 m² en 7³.\n¹ NOS, 2024.\n² Trouw.\n"
    )
    assert [(asked, answer) for *_, asked, answer in told(letter)] == [
        (["Kent u het bericht (en de «analyse»)?"], "Ja, 12 m² en 7³.")
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [("¹", "NOS, 2024."), ("²", "Trouw.")]


def test_points_of_an_answer_answer_no_question(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Lijst van vragen en antwoorden over geld\n\n1\n\nWat kost het?\n\nTwee posten:\n\nAd 1\n\nTien euro.\n\n"
        "Ad 2\n\nEen euro.\n\n2\n\nWie betaalt?\n\nHet Rijk.\n\n3\n\nWanneer?\n\nIn mei.\n"
    )
    assert [(numbers, reply) for numbers, _, _, reply in told(letter)] == [
        ((1,), "Twee posten:\n\nAd 1\n\nTien euro.\n\nAd 2\n\nEen euro."),
        ((2,), "Het Rijk."),
        ((3,), "In mei."),
    ]


def test_a_delay_notice_answers_nothing(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Flach (SGP) aan de Minister van Landbouw over stallen (ingezonden 25 oktober 2024).\n"
        "Mededeling van Minister Wiersma (Landbouw) (ontvangen 15 november 2024).\n"
        "Vraag 1\nKent u het bericht?\nVraag 2\nWat vindt u ervan?\n"
        "Mededeling\nDe vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord.\n"
    )
    assert letter.kind is Kind.UITSTEL
    assert told(letter) == [
        ((1,), [("Flach", "SGP")], ["Kent u het bericht?"], None),
        ((2,), [("Flach", "SGP")], ["Wat vindt u ervan?"], None),
    ]


def test_what_is_late_but_the_answer_is_no_delay_notice(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\nDe leden van de SP-fractie vragen of de richtlijn er nog niet is?\n\n"
        "Nederland heeft de richtlijn inderdaad niet binnen de gestelde termijn omgezet.\n"
    )
    assert letter.kind is Kind.NOTA_VERSLAG
    assert [(askers, bool(reply)) for _, askers, _, reply in told(letter)] == [([(None, "SP")], True)]


def test_what_goes_on_with_a_question_answers_nothing_in_a_delay_notice(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Bos (CDA) aan de Minister van Defensie over schepen (ingezonden 7 november 2024)\n\n"
        "Mededeling van Minister Brekelmans (Defensie) (ontvangen 26 november 2024)\n\n"
        "Vraag 1\n\nHoeveel?\n\nGraag per jaar.\n\nVraag 2\n\nWie?\n\n"
        "Mededeling\n\nDeze vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord.\n"
    )
    assert letter.kind is Kind.UITSTEL
    assert [(asked, answer) for _, _, asked, answer in told(letter)] == [
        (["Hoeveel?\n\nGraag per jaar."], None),
        (["Wie?"], None),
    ]


def test_factual_questions_without_answer_markers(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Lijst van vragen en antwoorden over de begroting\n\n1\n\nHoeveel kost het?\n\nHet kost tien euro.\n\n"
        "Dat is alles.\n\n2 en 3\n\nWie betaalt dat?\n\nWanneer?\n\nDe minister betaalt het in mei.\n\n"
        "4\n\nKlopt dat?\n\nZie het antwoord op vraag 2.\n"
    )
    assert letter.kind is Kind.FEITELIJKE_VRAGEN
    assert told(letter) == [
        ((1,), [], ["Hoeveel kost het?"], "Het kost tien euro.\n\nDat is alles."),
        ((2, 3), [], ["Wie betaalt dat?", "Wanneer?"], "De minister betaalt het in mei."),
        ((4,), [], ["Klopt dat?"], "Zie het antwoord op vraag 2."),
    ]


@pytest.mark.parametrize("answer", ["", "Antwoord\n\n"])
@pytest.mark.parametrize("number", ["{} ({})\n\n", "Vraag {} ({})\n\n", "{}. ({}) "])
def test_brackets_behind_the_number_tell_who_asks_in_a_list(parsed, number: str, answer: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Lijst van vragen en antwoorden over de begroting\n\n"
        f"{number.format(1, 'VVD')}Wat kost het?\n\n{answer}Het kost tien euro.\n\nDat is alles.\n\n"
        f"{number.format('2 en 3', 'GL-PvdA, D66')}Wie betaalt dat?\n\nWanneer?\n\n{answer}De minister, in mei.\n\n"
        f"{number.format(12, 'Omtzigt')}Klopt dat?\n\n{answer}Ja.\n"
    )
    assert letter.kind is Kind.FEITELIJKE_VRAGEN
    assert told(letter) == [
        ((1,), [(None, "VVD")], ["Wat kost het?"], "Het kost tien euro.\n\nDat is alles."),
        (
            (2, 3),
            [(None, "GroenLinks-PvdA"), (None, "D66")],
            ["Wie betaalt dat?", "Wanneer?"],
            "De minister, in mei.",
        ),
        ((12,), [(None, "Lid Omtzigt")], ["Klopt dat?"], "Ja."),
    ]


TWO_PARTS = """VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Inhoudsopgave

I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de VVD-fractie

2

Vragen en opmerkingen van de leden van de SP-fractie

3

II Antwoord / Reactie van de minister

4

I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de VVD-fractie

De leden van de VVD-fractie hebben kennisgenomen van de brief. Deze leden vragen wat het plan kost.

Ook vragen zij wanneer het begint.

Vragen en opmerkingen van de leden van de SP-fractie

De leden van de SP-fractie vragen waarom er geen plan was. Zij wachten al jaren.

Vragen en opmerkingen van de leden van de CDA-fractie

De leden van de CDA-fractie hebben hierover geen verdere vragen.

II Antwoord / Reactie van de minister

Reactie op vragen van de leden van de VVD-fractie

Het plan kost tien euro en begint in mei.

Reactie op vragen van de leden van de SP-fractie

Er was wel een plan.

III Volledige agenda

De brief van 3 mei 2024.
"""


def test_two_parts_are_matched_by_party(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(TWO_PARTS)
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert told(letter) == [
        (
            (),
            [(None, "VVD")],
            [
                "De leden van de VVD-fractie hebben kennisgenomen van de brief. Deze leden vragen wat het plan kost.",
                "Ook vragen zij wanneer het begint.",
            ],
            "Het plan kost tien euro en begint in mei.",
        ),
        (
            (),
            [(None, "SP")],
            ["De leden van de SP-fractie vragen waarom er geen plan was. Zij wachten al jaren."],
            "Er was wel een plan.",
        ),
    ]


def test_replies_without_headings_are_matched_by_their_opening(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nI Vragen en opmerkingen vanuit de fracties\n\n"
        "Vragen van de leden van de VVD-fractie\n\nDe leden van de VVD-fractie vragen wat het kost.\n\n"
        "Inbreng van de leden van de PVV-fractie\n\nDe leden van de PVV-fractie vragen wie het betaalt.\n\n"
        "II Reactie van de Staatssecretaris\n\nDe leden van de VVD-fractie vragen naar de kosten. Dat is tien euro.\n\n"
        "De leden van de PVV-fractie vragen wie betaalt. Dat doet het Rijk.\n\nDat blijft zo.\n"
    )
    assert [(asked[0][1], answer) for _, asked, _, answer in told(letter)] == [
        ("VVD", "De leden van de VVD-fractie vragen naar de kosten. Dat is tien euro."),
        ("PVV", "De leden van de PVV-fractie vragen wie betaalt. Dat doet het Rijk.\n\nDat blijft zo."),
    ]


ASKED_APART = (
    "Verslag van een schriftelijk overleg\n\n"
    "Vragen van de leden van de VVD-fractie\n\nDe leden van de VVD-fractie vragen wat het kost.\n\n"
    "Vragen van de leden van de PVV-fractie\n\nDe leden van de PVV-fractie vragen wie het betaalt.\n\n"
)


@pytest.mark.parametrize(
    "opening",
    ["In antwoord op de vragen van de leden van de {}-fractie meld ik:", "Op het verzoek van de {}-fractie meld ik:"],
)
def test_a_reply_without_a_heading_may_say_whom_it_answers(parsed, opening: str) -> None:  # type: ignore[no-untyped-def]
    replies = [f"{opening.format(party)} dat is bekend." for party in ("VVD", "PVV")]
    letter = parsed(f"{ASKED_APART}II Reactie van de minister\n\n{replies[0]}\n\n{replies[1]}\n\nIn mei ook.\n")
    assert [answer for *_, answer in told(letter)] == [replies[0], f"{replies[1]}\n\nIn mei ook."]


@pytest.mark.parametrize(
    "heading",
    ["Reactie minister", "Deel II Reactie van de minister", "Beantwoording van de vragen", "Antwoord kabinet"],
)
def test_who_replies_is_said_in_few_words(parsed, heading: str) -> None:  # type: ignore[no-untyped-def]
    party = "Vragen van de leden van de {}-fractie\n\n"
    letter = parsed(
        f"{ASKED_APART}{heading}\n\n{party.format('VVD')}Het kost tien euro, en dat blijft zo.\n\n"
        f"{party.format('PVV')}Het Rijk betaalt alles.\n"
    )
    assert [answer for *_, answer in told(letter)] == [
        "Het kost tien euro, en dat blijft zo.",
        "Het Rijk betaalt alles.",
    ]


def test_replies_that_name_nobody_are_said_to_be_there(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{ASKED_APART}II Reactie van de minister\n\nHet kost tien euro.\n\nHet Rijk betaalt alles.\n")
    assert [answer for *_, answer in told(letter)] == [None, None]
    assert letter.warnings == ("bij een deel van de reacties is niet te zien welke vragen erbij horen",)


def test_a_reply_to_fracties_that_asked_apart_is_to_all_of_them(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{ASKED_APART}Vragen van de leden van de SP-fractie\n\nDe leden van de SP-fractie vragen waarom.\n\n"
        "II Reactie van de minister\n\nVragen van de leden van de PVV-fractie en de VVD-fractie\n\nTien euro.\n\n"
        "Vragen van de leden van de SP-fractie\n\nDaarom.\n"
    )
    asked = ["De leden van de VVD-fractie vragen wat het kost.", "De leden van de PVV-fractie vragen wie het betaalt."]
    assert told(letter) == [
        ((), [(None, "VVD"), (None, "PVV")], asked, "Tien euro."),
        ((), [(None, "SP")], ["De leden van de SP-fractie vragen waarom."], "Daarom."),
    ]


D66_ASKS = "De leden van de D66-fractie vragen wanneer."


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (D66_ASKS, ["VVD", "D66"]),
        ("De leden van de VVD-fractie vragen mede namens de leden van de CDA-fractie wanneer.", ["VVD", "CDA"]),
        ("De leden van de SGP-fractie sluiten zich hierbij aan.", ["VVD", "SGP"]),
        ("De leden van de VVD-fractie vragen, net als de leden van de D66-fractie, wanneer.", ["VVD"]),
        ("Het lid Keijzer vraagt wanneer.", ["VVD"]),
    ],
)
def test_others_may_ask_below_the_heading_of_a_fractie(parsed, sentence: str, asked: list[str]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        ASKED_APART.replace("kost.", f"kost.\n\n{sentence}") + "II Reactie van de minister\n\n"
        "Vragen van de leden van de VVD-fractie\n\nTien euro.\n\nVragen van de leden van de PVV-fractie\n\nHet Rijk.\n"
    )
    assert told(letter) == [
        (
            (),
            [(None, party) for party in asked],
            ["De leden van de VVD-fractie vragen wat het kost.", sentence],
            "Tien euro.",
        ),
        ((), [(None, "PVV")], ["De leden van de PVV-fractie vragen wie het betaalt."], "Het Rijk."),
    ]


def test_who_asks_alone_below_the_heading_of_a_fractie_asks_for_himself(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        ASKED_APART.replace("De leden van de VVD-fractie vragen wat het kost.", D66_ASKS) + "II Reactie van de minister"
        "\n\nVragen van de leden van de VVD-fractie\n\nIn mei.\n\nVragen van de leden van de PVV-fractie\n\nHet Rijk.\n"
    )
    assert [(who, answer) for _, who, _, answer in told(letter)] == [
        ([(None, "D66")], "In mei."),
        ([(None, "PVV")], "Het Rijk."),
    ]


@pytest.mark.parametrize(
    "opening", ["Vragen van de leden van de {}-fractie\n\n", "De leden van de {}-fractie vragen dit. "]
)
def test_others_below_the_heading_of_a_fractie_may_have_a_reply_of_their_own(parsed, opening: str) -> None:  # type: ignore[no-untyped-def]
    replies = [
        f"{opening.format(party)}{answer}"
        for party, answer in [("VVD", "Tien euro."), ("D66", "In mei."), ("PVV", "Het Rijk.")]
    ]
    letter = parsed(
        ASKED_APART.replace("kost.", f"kost.\n\n{D66_ASKS}") + "II Reactie van de minister\n\n" + "\n\n".join(replies)
    )
    assert [(who, asked, (answer or "").rpartition("dit. ")[2]) for _, who, asked, answer in told(letter)] == [
        ([(None, "VVD")], ["De leden van de VVD-fractie vragen wat het kost."], "Tien euro."),
        ([(None, "D66")], [D66_ASKS], "In mei."),
        ([(None, "PVV")], ["De leden van de PVV-fractie vragen wie het betaalt."], "Het Rijk."),
    ]
    assert not letter.warnings


def test_a_reply_to_several_is_to_their_sections_though_one_asks_for_the_other_too(parsed) -> None:  # type: ignore[no-untyped-def]
    both = "De leden van de VVD-fractie vragen mede namens de leden van de PVV-fractie waarom."
    letter = parsed(
        ASKED_APART.replace("kost.", f"kost.\n\n{both}") + "II Reactie van de minister\n\n"
        "Vragen van de leden van de VVD-fractie en de PVV-fractie\n\nTien euro.\n"
    )
    assert [(who, len(asked), answer) for _, who, asked, answer in told(letter)] == [
        ([(None, "VVD"), (None, "PVV")], 3, "Tien euro.")
    ]


def test_the_sentence_that_sends_the_replies_asks_nothing(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{ASKED_APART}Hierbij ontvangt u mijn antwoorden op de vragen.\n\nII Reactie van de minister\n\n"
        "De leden van de PVV-fractie vragen wie betaalt. Dat doet het Rijk.\n"
    )
    assert told(letter)[1][2] == ["De leden van de PVV-fractie vragen wie het betaalt."]


def test_prose_in_turn_carries_the_party_over(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\n1. Inleiding\n\n"
        "De leden van de VVD-fractie vragen wat het voorstel kost.\n\nHet voorstel kost tien euro.\n\n"
        "Dat is niet veel.\n\n"
        "Deze leden vragen ook wie dat betaalt.\n\nDe regering betaalt.\n\n2. Uitvoering\n\n"
        "De leden van de fracties van D66 en de SP vragen naar de uitvoering en sluiten zich aan bij het CDA."
        "\n\nDe uitvoering is op orde.\n"
    )
    assert letter.kind is Kind.NOTA_VERSLAG
    assert told(letter) == [
        (
            (),
            [(None, "VVD")],
            ["De leden van de VVD-fractie vragen wat het voorstel kost."],
            "Het voorstel kost tien euro.\n\nDat is niet veel.",
        ),
        ((), [(None, "VVD")], ["Deze leden vragen ook wie dat betaalt."], "De regering betaalt."),
        (
            (),
            [(None, "D66"), (None, "SP")],
            ["De leden van de fracties van D66 en de SP vragen naar de uitvoering en sluiten zich aan bij het CDA."],
            "De uitvoering is op orde.",
        ),
    ]


@pytest.mark.parametrize(
    "name", ["VERSLAG", "Nader verslag", "VOORLOPIG VERSLAG VAN DE VASTE COMMISSIE VOOR FINANCIËN"]
)
def test_nobody_replies_in_a_verslag(parsed, name: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"36 410\n\nWijziging van de Wet op de huurtoeslag\n\n{name}\n\nVastgesteld 12 mei 2024\n\n"
        "Het voorbereidend onderzoek gaf de commissie aanleiding tot vragen.\n\n1. Inleiding\n\n"
        "De leden van de VVD-fractie hebben het gelezen.\n\nWat kost dat? Het is niet gratis.\n\n"
        "Zij wel.\n\nDe leden van de SP-fractie vragen wie betaalt.\n\n2. Overig\n\n"
        "Deze leden zien ook risico's.\n"
    )
    assert letter.kind is Kind.NOTA_VERSLAG
    assert (letter.asked_on, letter.answered_on) == (date(2024, 5, 12), None)
    assert [(asked[0][1], "\n\n".join(questions), answer) for _, asked, questions, answer in told(letter)] == [
        (
            "VVD",
            "De leden van de VVD-fractie hebben het gelezen.\n\nWat kost dat? Het is niet gratis.\n\nZij wel.",
            None,
        ),
        ("SP", "De leden van de SP-fractie vragen wie betaalt.\n\nDeze leden zien ook risico's.", None),
    ]


@pytest.mark.parametrize(
    ("marker", "joined"),
    [("Antwoord op beide vragen", 2), ("Antwoord op beide", 2), ("Antwoord op alle fracties", 3), ("Antwoord", 1)],
)
@pytest.mark.parametrize("heading", ["", "Vragen van de leden van de {}-fractie\n\n"])
def test_one_reply_to_fracties_that_asked_apart(parsed, heading: str, marker: str, joined: int) -> None:  # type: ignore[no-untyped-def]
    fracties = ("SP", "VVD", "D66")
    asked = [f"De leden van de {fractie}-fractie vragen wat het kost." for fractie in fracties]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nVragen en opmerkingen van de leden van de CDA-fractie\n\n"
        "De leden van de CDA-fractie vragen wie betaalt.\n\nAntwoord\n\nHet Rijk.\n\n"
        + "".join(f"{heading.format(name)}{words}\n\n" for name, words in zip(fracties, asked, strict=True))
        + f"{marker}\n\nHet kost tien euro.\n"
    )
    alone = [((), [(None, name)], [words], None) for name, words in zip(fracties, asked, strict=True)]
    assert told(letter) == [
        ((), [(None, "CDA")], ["De leden van de CDA-fractie vragen wie betaalt."], "Het Rijk."),
        *alone[: 3 - joined],
        ((), [(None, name) for name in fracties[3 - joined :]], asked[3 - joined :], "Het kost tien euro."),
    ]


def test_eerste_kamer(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Aan de Voorzitter van de Eerste Kamer der Staten-Generaal\n\nBetreft Schriftelijk overleg\n\n"
        "Vragen en opmerkingen van de fractieleden van de PVV\n\n"
        "De fractieleden van de PVV vragen wat het kost.\n\nHet kost tien euro.\n\n"
        "Vragen van de leden van de fractie van de BBB\n\nDe leden van de fractie van de BBB vragen wie betaalt.\n\n"
        "Het Rijk.\n"
    )
    assert letter.kind is Kind.EERSTE_KAMER
    assert [(asked[0][1], answer) for _, asked, _, answer in told(letter)] == [
        ("PVV", "Het kost tien euro."),
        ("BBB", "Het Rijk."),
    ]


@pytest.mark.parametrize("chamber", ["Eerste Kamer der Staten-Generaal", "EERSTE KAMER DER STATEN-GENERAAL"])
def test_what_a_committee_has_read_asks_nothing(parsed, chamber: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{chamber}\n\nVerslag van een schriftelijk overleg\n\n"
        "De leden van de vaste commissie voor Onderwijs hebben kennisgenomen van de brief van 3 mei 2024.\n\n"
        "De leden van de fractie van de SP hebben naar aanleiding daarvan een aantal nadere vragen.\n\n"
        "De minister heeft op 3 juni 2024 gereageerd.\n\n"
        "Vragen van de leden van de fractie van D66\n\nDe leden van de fractie van D66 vragen wie betaalt.\n\n"
        "Het Rijk.\n"
    )
    assert letter.kind is Kind.EERSTE_KAMER
    assert told(letter) == [((), [(None, "D66")], ["De leden van de fractie van D66 vragen wie betaalt."], "Het Rijk.")]


def test_the_letter_that_replies_is_no_reply_to_the_last_question_of_the_one_that_asks(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = ["De leden van de fractie van D66 vragen wie betaalt.", "De leden van de fractie van de SP vragen waarom."]
    letter = parsed(
        "Eerste Kamer der Staten-Generaal\n\nVerslag van een schriftelijk overleg\n\n"
        "De leden van de vaste commissie voor Onderwijs hebben kennisgenomen van de brief.\n\n"
        f"De minister heeft op 3 juni 2024 gereageerd.\n\n{asked[0]}\n\n{asked[1]}\n\n"
        "De leden van de vaste commissie voor Onderwijs zien met belangstelling uit naar de antwoorden.\n\n"
        "De voorzitter van de vaste commissie,\nBos\n\nHierbij beantwoord ik de vragen van D66 en de SP.\n\n"
        f"{asked[0]}\n\nHet Rijk.\n\n{asked[1]}\n\nDaarom.\n"
    )
    assert [(questions, answer) for _, _, questions, answer in told(letter)] == [
        (asked[:1], None),
        (asked[1:], None),
        (asked[:1], "Het Rijk."),
        (asked[1:], "Daarom."),
    ]
    assert [exchange.reasons for exchange in letter.exchanges] == [("geen reactie gevonden",)] * 2 + [()] * 2


def test_a_copy_to_the_eerste_kamer_makes_no_eerste_kamer_letter(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nBetreft Schriftelijk overleg\n\n"
        "Een afschrift gaat naar de Voorzitter van de Eerste Kamer der Staten-Generaal. Uitstel was niet nodig.\n\n"
        "Vragen van de leden van de VVD-fractie\n\n1\n\nWat kost het?\n\nAntwoord\n\nTien euro.\n"
    )
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert told(letter) == [((1,), [(None, "VVD")], ["Wat kost het?"], "Tien euro.")]


def test_who_speaks_in_a_debate_asks_no_kamervragen(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragenuur\n\nVragen van het lid Bos aan de minister van Financiën over geld.\n\n"
        "De heer Bos (SP):\nWaar is het geld?\n\nMinister Heinen:\nWeg.\n\nDe heer Vos (VVD):\nHoe?\n"
    )
    assert letter.exchanges == ()
    assert "geen vragen en antwoorden herkend" in letter.warnings[0]


def test_what_fits_nowhere_is_kept_with_a_warning(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed("Persbericht\n\nHet kabinet heeft vandaag vergaderd.\n\nEr is niets besloten.\n")
    assert (letter.kind, letter.exchanges) == (Kind.OTHER, ())
    assert "Er is niets besloten." in letter.text
    assert letter.warnings == (
        "in dit document zijn geen vragen en antwoorden herkend; het is als gewone tekst opgenomen",
    )


def test_a_gap_in_the_numbers_is_said(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(KAMERVRAGEN.replace("Vraag 3", "Vraag 7").replace("Antwoord 3", "Antwoord 7"))
    assert letter.warnings == (
        "vraag 3 ontbreekt: de nummering springt van 2 naar 4",
        "vraag 6 ontbreekt: de nummering springt van 5 naar 7",
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "Onderwerp\nBeantwoording vragen over de haven van\nRotterdam\nDirectoraat-Generaal Water\nTurfmarkt 147\n",
            "Beantwoording vragen over de haven van Rotterdam",
        ),
        ("Betreft Vragen over de haven\nPostbus 20301 2500 EH Den Haag\n", "Vragen over de haven"),
        (
            "Antwoord op vragen van het lid Bos (PvdA) over de haven\nAntwoord van minister Vos (Defensie)\n",
            "De haven",
        ),
        ("Betreft Vragen over de haven\nin 2024 de kosten\n", "Vragen over de haven in 2024 de kosten"),
        (
            "Ik deel u mede dat de vragen van het lid Bos (PvdA) over de haven worden beantwoord als volgt.\n",
            "De haven",
        ),
        ("Lijst van vragen en antwoorden over de haven\nNr Vraag Antwoord\n", "De haven"),
        ("Lijst van vragen over de haven\n\nDe vaste commissie voor Water heeft vragen.\n", "De haven"),
    ],
)
def test_a_subject_ends_where_the_letterhead_or_the_sentence_goes_on(parsed, heading: str, title: str) -> None:  # type: ignore[no-untyped-def]
    assert parsed(f"{heading}\nVraag 1\nWat kost het?\n\nAntwoord 1\nTien euro.\n").title == title


@pytest.mark.parametrize(
    ("quoted", "title"),
    [
        ("'Haven is 'te vol', zegt havenbaas'", "Haven is 'te vol', zegt havenbaas"),
        ("“Haven in ’s-Hertogenbosch is ‘te vol’ met foto’s”", "Haven in ’s-Hertogenbosch is ‘te vol’ met foto’s"),
        ("«Haven is vol» en «Kade is leeg»", "Haven is vol"),
    ],
)
def test_a_title_within_quotation_marks_may_hold_others(parsed, quoted: str, title: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"2025Z00001\n\nVraag 1\nKent u het bericht {quoted}?\n\nVraag 2\nWat kost het?\n")
    assert letter.title == title


def test_a_title_ends_with_its_paragraph_where_no_question_is_numbered(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = "".join(
        f"Hoe duur wordt de haven van {place} voor wie daar al jaren woont en werkt?\n\n" for place in "ABCDEFGH"
    )
    letter = parsed(
        "Vragen van het lid Bos (CDA) aan de minister van Defensie over het bericht 'Haven is 'te vol', zegt havenbaas'"
        f"\n\n{asked}"
    )
    assert letter.title == "Het bericht 'Haven is 'te vol', zegt havenbaas'"


@pytest.mark.parametrize(
    ("about", "dossier"),
    [
        ("over de haven en de motie-Van Vos c.s. (Kamerstuk 24 123, nr. 95)(ingezonden 5 mei 2025).", None),
        ("over de haven (Kamerstuk 24 123, nr. 95) (ingezonden 5 mei 2025).", None),
        ("over de haven (ingezonden 5 mei 2025, in aansluiting op de motie Vos, Kamerstuk 24123).", None),
        ("over de haven (Kamerstuk 24 123) (ingezonden 5 mei 2025, Kamerstuk 26 001, nr. 7).", "26001"),
        ("over de haven (kenmerknummer 24123, ingezonden 5 mei 2025).", "24123"),
    ],
)
def test_the_kamerstuk_of_what_questions_are_about_is_not_theirs(parsed, about: str, dossier: str | None) -> None:  # type: ignore[no-untyped-def]
    asked = f"Vragen van het lid Bos (CDA) aan de Minister van Defensie {about}"
    assert parsed(f"{asked}\n\nVraag 1\nWat kost het?\n\nAntwoord 1\nTien euro.\n").dossier == dossier


OVERLEG = """21 501-02
Raad Buitenlandse Zaken
Nr. 3000
VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

{heading} leden van de VVD-fractie

{one}De leden van de VVD-fractie vragen naar sancties.

Antwoord van het kabinet

Het kabinet steunt nieuwe sancties.

{two}Zij vragen daarnaast naar de situatie in het gebied.

Antwoord van het kabinet

Die situatie is zorgelijk, en daarom draagt het kabinet bij.
"""


@pytest.mark.parametrize(("heading", "one", "two"), [
    ("Vragen en opmerkingen van de", "", ""), ("Inbreng", "", ""), ("Vragen van de", "1.\n\n", "2.\n\n"),
])  # fmt: skip
def test_answers_of_the_cabinet_in_turn_are_no_part(parsed, heading: str, one: str, two: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(OVERLEG.format(heading=heading, one=one, two=two))
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert letter.reference == "21 501-02, nr. 3000"
    assert told(letter) == [
        ((1,) if one else (), [(None, "VVD")], ["De leden van de VVD-fractie vragen naar sancties."],
         "Het kabinet steunt nieuwe sancties."),
        ((2,) if two else (), [(None, "VVD")], ["Zij vragen daarnaast naar de situatie in het gebied."],
         "Die situatie is zorgelijk, en daarom draagt het kabinet bij."),
    ]  # fmt: skip


@pytest.mark.parametrize("asked", ["Ten aanzien van het gebied vragen deze leden wat er gebeurt.", "Is er ook geld?"])
def test_one_question_in_other_words_leaves_the_others_their_answers(parsed, asked: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        OVERLEG.format(heading="Vragen en opmerkingen van de", one="", two="")
        + f"\n{asked}\n\nAntwoord van het kabinet\n\nDat is er.\n"
        + "\nDeze leden vragen ook waarom.\n\nAntwoord van het kabinet\n\nDaarom is dat zo.\n"
    )
    assert [(questions, (answer or "").split()[-1]) for _, _, questions, answer in told(letter)][1:] == [
        (["Zij vragen daarnaast naar de situatie in het gebied."], "bij."),
        ([asked], "er."),
        (["Deze leden vragen ook waarom."], "zo."),
    ]


def test_questions_of_a_member_about_factual_questions_keep_their_asker(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid Krul (CDA) aan de Minister van Financiën over de antwoorden op de feitelijke vragen over "
        "de brief d.d. 3 maart 2025 (ingezonden 4 maart 2025).\n\nVraag 1\nKlopt antwoord 12?\n"
    )
    assert letter.kind is Kind.KAMERVRAGEN
    assert letter.title == "De antwoorden op de feitelijke vragen over de brief d.d. 3 maart 2025"
    assert told(letter) == [((1,), [("Krul", "CDA")], ["Klopt antwoord 12?"], None)]


@pytest.mark.parametrize(
    ("signature", "ministers"),
    [
        (
            "De minister van Defensie,\nRuben Brekelmans\n\nDe staatssecretaris van Defensie,\nGijs Tuinman",
            [("Ruben Brekelmans", "Defensie"), ("Gijs Tuinman", "Defensie")],
        ),
        ("De minister van Defensie,\nRuben Brekelmans", [("Ruben Brekelmans", "Defensie")]),
        (
            "De minister van Volksgezondheid,\nWelzijn en Sport,\n\nConny Helder",
            [("Conny Helder", "Volksgezondheid, Welzijn en Sport")],
        ),
        (
            "Caspar Veldkamp\nMinister van Buitenlandse Zaken,\n\nRuben Brekelmans\nMinister van Defensie,",
            [("Caspar Veldkamp", "Buitenlandse Zaken"), ("Ruben Brekelmans", "Defensie")],
        ),
    ],
)
def test_who_signs_has_the_ministry_beside_the_name(parsed, signature: str, ministers: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Hierbij de antwoorden op de vragen van het lid Dobbe (SP) over drones.\n\n{signature}\n\n"
        "Vraag 1\n\nHoeveel?\n\nAntwoord 1\n\nTien.\n"
    )
    assert [(minister.name, minister.ministry) for minister in letter.ministers] == ministers


@pytest.mark.parametrize(
    ("answer", "only"), [("Ja. Zie het antwoord op vraag 1.", True), ("Ja, 40 procent. Zie ook vraag 1.", False)]
)
def test_an_answer_that_holds_a_figure_does_not_only_refer(answer: str, only: bool) -> None:
    assert only_refers(answer) is only


def test_every_kind_has_one_family() -> None:
    assert sorted(family.KIND for family in FAMILIES) == sorted(Kind)


def test_doubts_lower_the_confidence(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(KAMERVRAGEN.replace("Vraag 3", "Vraag 7").replace("Antwoord 3", "Antwoord 8"))
    doubts = [(exchange.numbers, exchange.confidence, exchange.reasons) for exchange in letter.exchanges]
    assert doubts == [
        ((1,), 1.0, ()),
        ((2, 4, 5), 1.0, ()),
        ((7,), 0.9, ("gat in de nummering ervoor",)),
        ((8,), 0.4, ("antwoord zonder vraag", "antwoord verwijst alleen")),
    ]


@pytest.mark.parametrize(
    ("answer", "numbers", "alone"),
    [
        ("Zie het antwoord op vraag 2.", (2,), True),
        ("Ik verwijs u naar mijn antwoord op de vragen 2, 3 en 5.", (2, 3, 5), True),
        ("Dat klopt niet (zie ook antwoord vraag 1).", (1,), False),
        ("Zoals aangegeven in het antwoord op vraag 3 is dit begroot.", (3,), False),
        ("Vraag 2 is lastig.", (), False),
        ("In het antwoord op vraag 2 van het lid Jansen stond dit al.", (), False),
    ],
)
def test_references(answer: str, numbers: tuple[int, ...], alone: bool) -> None:
    assert referred(answer, own=[9], there=range(1, 10)) == numbers
    assert only_refers(answer) is alone


def test_a_list_in_one_partys_question_numbers_no_letter(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nVragen en opmerkingen van de leden van de CDA-fractie\n\n"
        "De leden van de CDA-fractie vragen wie betaalt.\n\nHet Rijk.\n\n"
        "De leden van de CDA-fractie hebben twee vragen.\n1. Hoeveel kost het?\n2. Wanneer begint het?\n\n"
        "Het kost tien euro en begint in mei.\n\n"
        "Vragen en opmerkingen van de leden van de SGP-fractie\n\n"
        "De leden van de SGP-fractie vragen waarom.\n\nDaarom.\n"
    )
    assert [(asked[0][1], " ".join(questions).split(), answer) for _, asked, questions, answer in told(letter)] == [
        ("CDA", "De leden van de CDA-fractie vragen wie betaalt.".split(), "Het Rijk."),
        (
            "CDA",
            "De leden van de CDA-fractie hebben twee vragen. 1. Hoeveel kost het? 2. Wanneer begint het?".split(),
            "Het kost tien euro en begint in mei.",
        ),
        ("SGP", "De leden van de SGP-fractie vragen waarom.".split(), "Daarom."),
    ]


def test_one_party_without_numbers_leaves_the_others_theirs(parsed) -> None:  # type: ignore[no-untyped-def]
    party = "Vragen en opmerkingen van de leden van de {}-fractie\n\n"
    letter = parsed(
        f"Verslag van een schriftelijk overleg\n\n{party.format('CDA')}1\n\nWie betaalt?\n\n{party.format('SP')}2\n\n"
        f"Wie niet?\n\n{party.format('SGP')}De leden van de SGP-fractie danken voor de brief.\n"
    )
    assert [(numbers, asked[0][1]) for numbers, asked, _, _ in told(letter)] == [((1,), "CDA"), ((2,), "SP")]


@pytest.mark.parametrize("contents", ["", "II Reactie van de Minister van Financiën 5\nIII Volledige agenda 9\n\n"])
@pytest.mark.parametrize("part", ["II ", ""])
def test_who_replies_under_a_party_is_said_within_the_part_that_replies(parsed, contents: str, part: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Verslag van een schriftelijk overleg\n\n{contents}"
        "Vragen van de leden van de VVD-fractie\n\nDe leden van de VVD-fractie vragen wat het plan kost.\n\n"
        "Vragen van de leden van de SP-fractie\n\nDe leden van de SP-fractie vragen wie het plan betaalt.\n\n"
        f"{part}Reactie van de Minister van Financiën\n\n"
        "Vragen van de leden van de VVD-fractie\n\nHet plan kost tien euro.\n\n"
        "Vragen van de leden van de SP-fractie\n\nReactie van de Staatssecretaris\n\nHet Rijk betaalt het plan.\n"
    )
    assert [(asked[0][1], answer) for _, asked, _, answer in told(letter)] == [
        ("VVD", "Het plan kost tien euro."),
        ("SP", "Reactie van de Staatssecretaris\n\nHet Rijk betaalt het plan."),
    ]


def test_a_third_part_may_reply_too(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        TWO_PARTS.replace(
            "Reactie op vragen van de leden van de SP",
            "III Reactie van de Staatssecretaris\n\nReactie op vragen van de leden van de SP",
        ).replace("III Volledige", "IV Volledige")
    )
    assert [(asked[0][1], answer) for _, asked, _, answer in told(letter)] == [
        ("VVD", "Het plan kost tien euro en begint in mei."),
        ("SP", "Er was wel een plan."),
    ]


def test_the_heading_of_replies_needs_no_space_above(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\nI Vragen en opmerkingen vanuit de fracties\n"
        "Vragen en opmerkingen van de leden van de fractie van de VVD\n"
        "De leden van de fractie van de VVD vragen wat het plan kost en ook\n"
        "wanneer het begint. Dat lezen zij nergens in de brief van april.\n"
        "II Reactie van de Minister van Financiën\n"
        "Vragen en opmerkingen van de leden van de fractie van de VVD\n"
        "Het plan kost tien euro en het begint in mei. Dat stond al in de\n"
        "brief van april, en ik zal het dus niet nog eens verder toelichten.\n"
        "III Volledige agenda\nDe brief van april.\n"
    )
    assert [(asked, (answer or "")[-10:]) for _, asked, _, answer in told(letter)] == [([(None, "VVD")], "oelichten.")]


def test_a_second_term_has_its_own_replies(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = "De leden van de SP-fractie vragen wanneer."
    letter = parsed(
        TWO_PARTS.replace(
            "III Volledige agenda",
            f"III Nadere vragen vanuit de fracties\n\nVragen van de leden van de SP-fractie\n\n{asked}\n\n"
            "IV Reactie van de Minister\n\nVragen van de leden van de SP-fractie\n\nIn mei.\n\nV Volledige agenda",
        )
    )
    assert [(askers[0][1], answer) for _, askers, _, answer in told(letter)] == [
        ("VVD", "Het plan kost tien euro en begint in mei."),
        ("SP", "Er was wel een plan."),
        ("SP", "In mei."),
    ]


def test_a_reply_to_some_of_those_who_asked_together_may_be_to_one_by_himself(parsed) -> None:  # type: ignore[no-untyped-def]
    both = "de leden van de D66-fractie en de leden van de CDA-fractie"
    letter = parsed(
        f"Verslag van een schriftelijk overleg\n\nI Vragen\n\nVragen van {both}\n\nD{both[1:]} vragen wat het kost.\n\n"
        "Vragen van de leden van de CDA-fractie\n\nDe leden van de CDA-fractie vragen wie betaalt.\n\n"
        "II Reactie van de Minister\n\nVragen van de leden van de CDA-fractie\n\nHet Rijk.\n\n"
        f"Vragen van {both}\n\nTien euro.\n"
    )
    assert [(askers, answer) for _, askers, _, answer in told(letter)] == [
        ([(None, "D66"), (None, "CDA")], "Tien euro."),
        ([(None, "CDA")], "Het Rijk."),
    ]


NOTA = "Nota naar aanleiding van het verslag\n\nDe leden van de VVD-fractie vragen wat het kost.\n\n"
COSTS = "De leden van de VVD-fractie vragen wat het kost."


@pytest.mark.parametrize(
    "reply",
    [
        "De leden van de VVD-fractie wijzen terecht op de kosten. Dat is tien euro.",
        "De leden van de VVD-fractie vragen hier terecht aandacht voor.",
        "Deze leden kan ik melden dat het tien euro kost.",
        "Het lid van de VVD-fractie kan de regering verzekeren dat het tien euro kost.",
        "De leden van de VVD-fractie mogen erop rekenen dat het tien euro kost.",
        "De leden kunnen het antwoord in juni verwachten.",
    ],
)
def test_a_reply_may_begin_with_those_who_asked(parsed, reply: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{NOTA}{reply}\n\nDat is niet veel.\n")
    assert told(letter) == [((), [(None, "VVD")], [COSTS], f"{reply}\n\nDat is niet veel.")]


@pytest.mark.parametrize(
    "question",
    [
        "De leden van de VVD-fractie vragen of de minister terecht twijfelt.",
        "De leden van de VVD-fractie vinden het terecht dat het Rijk betaalt.",
        "De leden van de VVD-fractie willen weten of de regering kan bevestigen dat het tien euro kost.",
        "De leden van de VVD-fractie kunnen zich voorstellen dat burgers hulp verwachten.",
        "De leden van de VVD-fractie wijzen op wat burgers mogen verwachten.",
        "Deze leden kunnen hiermee instemmen.",
    ],
)
def test_what_those_who_ask_say_themselves_is_no_reply(parsed, question: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{NOTA}{question}\n\nDat is zo.\n")
    assert told(letter) == [((), [(None, "VVD")], [COSTS, question], "Dat is zo.")]


@pytest.mark.parametrize("number", ["{}. ", "{}\n\n", "Vraag {}\n\n"])
@pytest.mark.parametrize("title", ["2. Financiële gevolgen", "Uitvoering en toezicht"])
def test_numbered_questions_of_a_nota_are_marked_and_parted_by_titles(parsed, number: str, title: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\n1. Inleiding\n\n"
        f"{number.format(1)}De leden van de VVD-fractie vragen wat het kost.\n\nAntwoord: Tien euro.\n\n{title}\n\n"
        f"{number.format(2)}De leden van de SP-fractie vragen wie betaalt.\n\nAntwoord: Zie ook:\n\nVoorjaarsnota\n\n"
        f"{number.format(3)}Deze leden vragen wanneer.\n\nAntwoord: In mei. Zie het antwoord op vraag 2.\n"
    )
    assert letter.kind is Kind.NOTA_VERSLAG
    assert told(letter) == [
        ((1,), [(None, "VVD")], ["De leden van de VVD-fractie vragen wat het kost."], "Tien euro."),
        ((2,), [(None, "SP")], ["De leden van de SP-fractie vragen wie betaalt."], "Zie ook:\n\nVoorjaarsnota"),
        ((3,), [(None, "SP")], ["Deze leden vragen wanneer."], "In mei. Zie het antwoord op vraag 2."),
    ]


@pytest.mark.parametrize(
    ("last", "title"),
    [
        ("Financiële gevolgen", True),
        ("II. Toezicht", True),
        ("Zie het antwoord op vraag 1", False),
        ("Het Rijk is daar niet bij betrokken", False),
        ("Totaal 300", False),
        ("- mensen en middelen", False),
    ],
)
def test_a_title_before_the_next_question_is_no_part_of_the_answer(parsed, last: str, title: bool) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{KAMERVRAGEN.replace('Vraag 2, 4', f'{chr(10)}{last}{chr(10) * 2}Vraag 2, 4')}")
    assert told(letter)[0][3] == ("Ja." if title else f"Ja.\n\n{last}")


@pytest.mark.parametrize(
    "row", ["GroenLinks-PvdA en Volt gezamenlijk", "GroenLinks-PvdA, Volt:", "De fracties van GroenLinks-PvdA en Volt"]
)
@pytest.mark.parametrize("number", ["2\n\n", "2. "])
def test_a_row_of_fracties_right_above_a_question_asks_it(parsed, row: str, number: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Schriftelijk overleg over geld\n\nVVD\n\n{number.replace('2', '1')}Wie?\n\nAntwoord\n\nHij.\n\n"
        f"{row}\n\n{number}Waarom?\n\nAntwoord\n\nDaarom zijn deze voor:\n\nD66 en SP\n\n"
        f"BBB\n\n{number.replace('2', '3')}Hoe?\n\nAntwoord\n\nZo.\n"
    )
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        ([(None, "VVD")], "Hij."),
        ([(None, "GroenLinks-PvdA"), (None, "Volt")], "Daarom zijn deze voor:\n\nD66 en SP"),
        ([(None, "BBB")], "Zo."),
    ]


@pytest.mark.parametrize(
    ("listed", "title"),
    [("D66\n\nSP\n\n", ""), ("D66\n\n9\n\nSP\n\n5\n\n", ""), ("D66\n\nstemde voor.\n\n", "Financiën\n\n")],
)
def test_fracties_that_an_answer_lists_ask_nothing(parsed, listed: str, title: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Schriftelijk overleg over de motie\n\nVVD\n\n1\n\nWie tekende?\n\nAntwoord\n\nDat waren deze:\n\n"
        f"{listed}2\n\nWaarom?\n\nAntwoord\n\nDaarom.\n\nBBB\n\n{title}3\n\nHoe?\n\nAntwoord\n\nZo.\n"
    )
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        ([(None, "VVD")], f"Dat waren deze:\n\n{listed}".strip()),
        ([(None, "VVD")], "Daarom."),
        ([(None, "BBB")], "Zo."),
    ]


def test_the_items_below_a_colon_belong_to_the_question(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = ["De leden van de SP-fractie vragen naar de kosten voor:", "– kleine scholen;", "– grote scholen."]
    letter = parsed(
        f"Nota naar aanleiding van het verslag\n\n{chr(10).join(asked)}\n\nDie kosten zijn:\n"
        "– klein: tien euro;\n– groot: twintig euro.\n\n"
        "Deze leden vragen wie betaalt.\n\n– Het Rijk betaalt de helft.\n"
    )
    assert [(questions, (answer or "").split()) for *_, questions, answer in told(letter)] == [
        (asked, "Die kosten zijn: – klein: tien euro; – groot: twintig euro.".split()),
        (["Deze leden vragen wie betaalt."], "– Het Rijk betaalt de helft.".split()),
    ]


@pytest.mark.parametrize(
    ("paragraph", "asks"),
    [
        ("Kan de minister dat toelichten? Zo nee, waarom niet?", True),
        ("Waarom stopt u daar niet mee?", True),
        ("Deelt het kabinet die zorg?", True),
        ("Wat doet het kabinet?", False),
        ("De vraag is: kan de minister dat toelichten?", False),
    ],
)
def test_a_question_to_who_replies_is_no_part_of_the_reply(parsed, paragraph: str, asks: bool) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{NOTA}Tien euro.\n\n{paragraph}\n\nHet Rijk betaalt.\n")
    vvd = [(None, "VVD")]
    assert told(letter) == (
        [((), vvd, [COSTS], "Tien euro."), ((), vvd, [paragraph], "Het Rijk betaalt.")]
        if asks
        else [((), vvd, [COSTS], f"Tien euro.\n\n{paragraph}\n\nHet Rijk betaalt.")]
    )


@pytest.mark.parametrize(
    ("paragraph", "asks"),
    [
        ("Ten aanzien van de kosten vragen de leden van de SP-fractie wie betaalt.", True),
        ("In aansluiting op de vraag van de VVD-fractie verzoeken de leden van de SP-fractie om een plan.", True),
        ("Op bladzijde 3 lezen de leden van de fractie van de SP dat het meer kost. Klopt dat?", True),
        ("Naar aanleiding van het advies vraagt de SP-fractie wie betaalt.", True),
        ("Door de leden van de SP-fractie wordt gevraagd wie betaalt.", True),
        ("Voor de kosten vragen de leden van de SP-fractie terecht aandacht.", False),
        ("Terecht vragen de leden van de SP-fractie wie betaalt.", False),
        ("In hun motie verzoeken de leden van de SP-fractie om een plan.", False),
        ("Op de vraag van de leden van de SP-fractie merkt de regering op dat het meer kost.", False),
    ],
)
def test_who_asks_may_be_named_behind_the_verb(parsed, paragraph: str, asks: bool) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{NOTA}Tien euro.\n\n{paragraph}\n\nHet Rijk betaalt.\n")
    vvd = [(None, "VVD")]
    assert told(letter) == (
        [((), vvd, [COSTS], "Tien euro."), ((), [(None, "SP")], [paragraph], "Het Rijk betaalt.")]
        if asks
        else [((), vvd, [COSTS], f"Tien euro.\n\n{paragraph}\n\nHet Rijk betaalt.")]
    )


def test_what_a_committee_asks_is_not_the_last_fracties(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{NOTA}Tien euro.\n\nDe leden van de vaste commissie voor Financiën vragen wie betaalt.\n\nHet Rijk.\n\n"
        "Deze leden vragen ook wanneer.\n\nIn mei.\n\nDe leden van de SP-fractie vragen waarom.\n\nDaarom.\n"
    )
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        ([(None, "VVD")], "Tien euro."),
        ([], "Het Rijk."),
        ([], "In mei."),
        ([(None, "SP")], "Daarom."),
    ]


@pytest.mark.parametrize(
    ("subject", "asked"),
    [
        ("De leden van de Groep Markuszower vragen", [(None, "Groep Markuszower")]),
        ("Voorts vragen de leden van Groep Markuszower", [(None, "Groep Markuszower")]),
        ("De leden van de fractie-Walenkamp vragen", [(None, "Fractie-Walenkamp")]),
        (
            "De leden van de SP-fractie en het lid Van den Berg vragen",
            [(None, "SP"), (None, "Lid Van den Berg")],
        ),
        ("De leden van de fractie-Otten vragen", [(None, "Fractie-Otten")]),
        # Whoever they are, they are not those who asked before.
        ("De leden van de Onbekend-fractie vragen", []),
        ("De leden van de fractie van Onbekend vragen", []),
        ("Het lid Van den Berg vraagt", []),
        ("Het lid Van den Berg (SP) vraagt", [(None, "SP")]),
        ("Het lid Van den Berg van de SP-fractie vraagt", [(None, "SP")]),
    ],
)
def test_a_sentence_names_a_group_that_no_register_has(parsed, subject: str, asked: list[object]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"{NOTA}Tien euro.\n\n{subject} wie betaalt.\n\nHet Rijk.\n\nDeze leden vragen wanneer.\n\nIn mei.\n"
    )
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        ([(None, "VVD")], "Tien euro."),
        (asked, "Het Rijk."),
        (asked, "In mei."),
    ]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Ook de leden van de fractie van D66 vragen dat.", [(None, "SP"), (None, "D66")]),
        ("Het lid van de D66-fractie vraagt dat.", [(None, "SP"), (None, "D66")]),
        ("Ook de leden van de D66-fractie zijn daar immers tegen.", [(None, "SP")]),
    ],
)
def test_others_who_ask_the_same_in_the_next_sentence_ask_too(parsed, sentence: str, asked: list[object]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(f"{NOTA}Tien euro.\n\nDe leden van de SP-fractie vragen waarom. {sentence}\n\nDaarom.\n")
    assert [askers for _, askers, *_ in told(letter)] == [[(None, "VVD")], asked]


def test_those_on_behalf_of_whom_a_fractie_asks_ask_too(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = "De leden van de JA21-fractie vragen mede namens de leden van de fractie van de PVV naar D66. Waarom?"
    letter = parsed(f"{NOTA}Tien euro.\n\n{asked}\n\nDaarom.\n")
    assert told(letter)[1] == ((), [(None, "JA21"), (None, "PVV")], [asked], "Daarom.")


def test_what_others_ask_in_the_next_question_is_not_asked_in_this_one(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Nota naar aanleiding van het verslag\n\n1. De leden van de SP-fractie vragen wat dat kost.\nAntwoord: Tien.\n"
        "2. De leden van de D66-fractie vragen waarom.\nAntwoord: Daarom.\n"
    )
    assert [askers for _, askers, *_ in told(letter)] == [[(None, "SP")], [(None, "D66")]]


@pytest.mark.parametrize(
    ("first", "second", "askers"),
    [
        ("Vraag (lid Bos, CDA)", "Vraag (Vos, SP):", [("Bos", "CDA"), ("Vos", "SP")]),
        ("Vraag (CDA):", "Vraag (SP)", [(None, "CDA"), (None, "SP")]),
        ("1. Vraag van de leden van de CDA-fractie:", "2. Vraag van het lid Vos (SP):", [(None, "CDA"), ("Vos", "SP")]),
    ],
)
def test_who_asks_stands_above_a_question(parsed, first: str, second: str, askers: list[object]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Beantwoording vragen commissiedebat Water\n\n{first}\nIs er water?\n\nAntwoord:\nJa.\n\n"
        f"{second} Is er zout?\n\nAntwoord:\nNee.\n".replace(") Is", ")\nIs")
    )
    assert told(letter) == [
        ((1,), askers[:1], ["Is er water?"], "Ja."),
        ((2,), askers[1:], ["Is er zout?"], "Nee."),
    ]


def test_the_title_of_a_theme_is_no_part_of_the_answer(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nThema: Mest\n\nVraag 1 (D66)\nHoeveel?\n\nAntwoord\nDrie posten.\n\n"
        "Kosten: tien euro\n\nVraag 2 (SP)\nWaarom?\n\nAntwoord\nDaarom.\n\nThema 2: Stikstof\n\n"
        "Vraag 3 (CDA)\nWie?\n\nAntwoord\nHij.\n"
    )
    assert [answer for *_, answer in told(letter)] == ["Drie posten.\n\nKosten: tien euro", "Daarom.", "Hij."]


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("Vragen en opmerkingen van het lid Keijzer", (None, "Lid Keijzer")),
        ("Vragen van het lid Keijzer (BBB)", ("Keijzer", "BBB")),
    ],
)
def test_whether_a_member_is_a_group_a_heading_tells(parsed, heading: str, asked: tuple[str | None, str]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Verslag van een schriftelijk overleg\n\n{heading}\n\nHet lid Keijzer vraagt wat het kost.\n\nTien euro.\n\n"
        "Vragen van de leden van de CDA-fractie\n\nDe leden van de CDA-fractie vragen wie betaalt.\n\nHet Rijk.\n\n"
        "Het lid Keijzer vraagt waarom.\n\nDaarom.\n"
    )
    assert [(askers, answer) for _, askers, _, answer in told(letter)] == [
        ([asked], "Tien euro."),
        ([(None, "CDA")], "Het Rijk."),
        ([asked], "Daarom."),
    ]


def test_questions_of_fracties_without_numbers_have_the_marked_answer_behind_them(parsed) -> None:  # type: ignore[no-untyped-def]
    party = "Vraag van de leden van de {}-fractie:\n"
    letter = parsed(
        f"Beantwoording schriftelijk overleg\n\n{party.format('SP')}Wat kost het?\n\nAntwoord:\nTien euro.\n\n"
        f"Wie betaalt? Waarom?\n\nAntwoord:\nHet Rijk.\n\n{party.format('JA21')}Wanneer?\n\nAntwoord:\nIn mei.\n"
    )
    assert told(letter) == [
        ((1,), [SP], ["Wat kost het?"], "Tien euro."),
        ((2,), [SP], ["Wie betaalt? Waarom?"], "Het Rijk."),
        ((3,), [JA21], ["Wanneer?"], "In mei."),
    ]


def test_two_members_of_one_name_are_told_apart_by_the_heading_above(parsed) -> None:  # type: ignore[no-untyped-def]
    asks = "Het lid Van Dijk vraagt"
    letter = parsed(
        f"Schriftelijk overleg\n\nVragen van het lid Van Dijk (SP)\n\n{asks} wat het kost.\n\nTien euro.\n\n"
        f"Vragen van het lid Van Dijk (SGP)\n\n{asks} wie betaalt.\n\nHet Rijk.\n\n"
        f"Vragen van de leden van de CDA-fractie\n\n{asks} waarom.\n\nDaarom.\n"
    )
    assert [asked for _, asked, *_ in told(letter)] == [[("Van Dijk", "SP")], [("Van Dijk", "SGP")], []]


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("Vragen van de leden van de SP-fractie", [(None, "SP")]),
        ("Vragen van de leden van de SP-fractie en de leden van de D66-fractie", []),
        ("Vragen van het lid Bos (SP)", []),
        ("Vragen en opmerkingen van het lid Bos", []),
    ],
)
def test_who_begins_the_section_of_a_fractie_is_of_it(parsed, heading: str, asked: list[object]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        f"Schriftelijk overleg\n\n{heading}\n\nHet lid Dijk vraagt wat het kost.\n\nTien euro.\n\n"
        "Dit lid vraagt wie betaalt.\n\nHet Rijk.\n\nVragen van de leden van de CDA-fractie\n\n"
        "De leden van de CDA-fractie vragen waarom.\n\nDaarom.\n"
    )
    assert [askers for _, askers, *_ in told(letter)] == [asked, asked, [(None, "CDA")]]


@pytest.mark.parametrize("subject", ["De leden van de VDD-fractie vragen", "De leden van de fractie van VDD vragen"])
def test_a_misspelled_fractie_is_the_one_that_the_heading_names(parsed, subject: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nVragen van de leden van de CDA-fractie\n\nDe leden van de CDA-fractie"
        " vragen wat het kost.\n\nTien euro.\n\nVragen van de leden van de VVD-fractie\n\n"
        f"{subject} wie betaalt.\n\nHet Rijk.\n"
    )
    assert [asked for _, asked, *_ in told(letter)] == [[(None, "CDA")], [(None, "VVD")]]


def test_a_reply_to_an_unknown_fractie_is_no_reply_to_the_one_before(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nI Vragen en opmerkingen vanuit de fracties\n\n"
        "Vragen van de leden van de VVD-fractie\n\nDe leden van de VVD-fractie vragen wat het kost.\n\n"
        "Vragen van de leden van de PVV-fractie\n\nDe leden van de PVV-fractie vragen wie betaalt.\n\n"
        "II Reactie van de Staatssecretaris\n\nDe leden van de VVD-fractie vragen naar de kosten. Tien euro.\n\n"
        "De leden van de Onbekend-fractie vragen wanneer. In mei.\n\n"
        "De leden van de PVV-fractie vragen wie betaalt. Het Rijk.\n"
    )
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        ([(None, "VVD")], "De leden van de VVD-fractie vragen naar de kosten. Tien euro."),
        ([(None, "PVV")], "De leden van de PVV-fractie vragen wie betaalt. Het Rijk."),
    ]
    assert letter.warnings == ("bij een deel van de reacties is niet te zien welke vragen erbij horen",)


ITEMS = """Eerste Kamer der Staten-Generaal

VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Hierbij zend ik u mijn reactie op de vragen van de fractieleden van de SP en JA21.

{sp}1{dot}De leden van de fractie van de SP vragen wat het kost.
{answer}
Tien euro.

2{dot}Deze leden vragen wie betaalt. Zo nee, waarom niet?
{answer}
Het Rijk.

{ja}3{dot}De leden van de JA21-fractie hebben de brief gelezen.

Zij vragen wat er in mei komt.
{answer}
Niets.

4{dot}Kan de regering dat toelichten?
{answer}
Nee.
"""
SP, JA21 = (None, "SP"), (None, "JA21")


@pytest.mark.parametrize("answer", ["", "\nAntwoord\n"])
@pytest.mark.parametrize("dot", [". ", ".\n"])
@pytest.mark.parametrize("headed", [True, False])
def test_each_item_names_who_asks(parsed, headed: bool, dot: str, answer: str) -> None:  # type: ignore[no-untyped-def]
    headings = {"sp": "Vragen van de leden van de SP-fractie\n\n", "ja": "Vragen van de leden van de JA21-fractie\n\n"}
    none = {"sp": "", "ja": ""}
    letter = parsed(ITEMS.format(dot=dot, answer=answer, **(headings if headed else none)))
    assert letter.kind is Kind.EERSTE_KAMER
    assert [(numbers, asked, reply) for numbers, asked, _, reply in told(letter)] == [
        ((1,), [SP], "Tien euro."),
        ((2,), [SP], "Het Rijk."),
        ((3,), [JA21], "Niets."),
        # Without a heading nobody says that the one before asks this too.
        ((4,), [JA21] if headed else [], "Nee."),
    ]
    assert " ".join(told(letter)[2][2][0].split()) == (
        "De leden van de JA21-fractie hebben de brief gelezen. Zij vragen wat er in mei komt."
    )


@pytest.mark.parametrize(
    ("subject", "asked"),
    [
        ("De leden van de fracties van de PVV en Volt vragen", [(None, "PVV"), (None, "Volt")]),
        ("De leden van de fractie van Volt vragen", [(None, "Volt")]),
        # A heading was lost, or others are quoted.
        ("De leden van de CDA-fractie vragen", []),
        ("De leden van de VTV-fractie vragen", [(None, "PVV"), (None, "Volt")]),
        ("Het lid Keijzer vraagt", []),
    ],
)
def test_an_item_and_the_heading_above_it_must_agree(parsed, subject: str, asked: list[object]) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Schriftelijk overleg\n\nVragen van de leden van de fractie van de PVV en van Volt gezamenlijk\n\n"
        f"1.\n{subject} wat het kost.\n\nAntwoord\nTien euro.\n\n2.\nWie betaalt dat?\n\nAntwoord\nHet Rijk.\n"
    )
    assert [each for _, each, *_ in told(letter)] == [asked, [(None, "PVV"), (None, "Volt")]]


def test_an_item_that_asks_again_behind_a_statement_has_no_answer(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(ITEMS.format(sp="", ja="", dot=". ", answer="").replace("Niets.", "Niets.\n\nWaarom niet?"))
    assert [(numbers, reply) for numbers, _, _, reply in told(letter)] == [
        ((1,), "Tien euro."),
        ((2,), "Het Rijk."),
        ((3,), None),
        ((4,), "Nee."),
    ]


def test_numbered_questions_alone_have_no_replies(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Inbreng schriftelijk overleg\n\nVragen van de leden van de SP-fractie\n\n"
        "1. De leden van de SP-fractie hebben de brief gelezen.\n\nDat plan is duur.\n\nWat kost het?\n\n"
        "2. Deze leden vragen wie betaalt.\n\n3. Deze leden vragen wanneer.\n"
    )
    assert [(numbers, asked, reply) for numbers, asked, _, reply in told(letter)] == [
        ((1,), [SP], None),
        ((2,), [SP], None),
        ((3,), [SP], None),
    ]


def test_what_others_ask_between_the_items_is_no_reply(parsed) -> None:  # type: ignore[no-untyped-def]
    others = "De leden van de CDA-fractie vragen waarom.\n\nDaarom."
    letter = parsed(ITEMS.format(sp="", ja="", dot=". ", answer="").replace("Niets.", f"Niets.\n\n{others}"))
    assert [(numbers, reply) for numbers, _, _, reply in told(letter)] == [
        ((1,), "Tien euro."),
        ((2,), "Het Rijk."),
        ((3,), "Niets."),
        ((4,), "Nee."),
    ]
    assert letter.warnings == ("achter vraag 3 vragen anderen iets zonder nummer: dat is niet gelezen",)


OLD = """Vragen van het lid De Ruiter (SP) aan de minister van Verkeer over de haven. (Ingezonden 10 maart 2004)
{open}1
Kent u het bericht over de haven?
2
Is het waar dat het geld op is?
3
Wie betaalt dat?
{head}Antwoord van staatssecretaris Van Geel (Verkeer
en Waterstaat). (Ontvangen 6 april 2004)
1
Ja.
{second}
Neen. Zie vraag
1.
"""
ASKED = ["Kent u het bericht over de haven?", "Is het waar dat het geld op is?", "Wie betaalt dat?"]


@pytest.mark.parametrize("head", ["", "Antwoord\n"])
@pytest.mark.parametrize("opening", ["", "Vraag\n"])
def test_answers_behind_all_questions_are_paired_by_number(parsed, head: str, opening: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(OLD.format(open=opening, head=head, second="2 en 3"))
    asked = [("De Ruiter", "SP")]
    assert [
        (numbers, askers, questions, (reply or "").split()) for numbers, askers, questions, reply in told(letter)
    ] == [
        ((1,), asked, ASKED[:1], ["Ja."]),
        ((2, 3), asked, ASKED[1:], ["Neen.", "Zie", "vraag", "1."]),
    ]
    assert (letter.ministers[0].name, letter.answered_on) == ("Van Geel", date(2004, 4, 6))


def test_a_fractie_may_come_right_below_the_salutation(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Betreft Verslag van een schriftelijk overleg\n\nGeachte Voorzitter,\nVVD\n1\nWie betaalt?\nAntwoord\nHet Rijk."
        "\nSP\n2\nWaarom?\nAntwoord\nDaarom.\n"
    )
    assert [(numbers, askers) for numbers, askers, _, _ in told(letter)] == [
        ((1,), [(None, "VVD")]),
        ((2,), [(None, "SP")]),
    ]


def test_short_answers_behind_all_questions_need_no_full_stop(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid De Ruiter (SP) aan de minister van Verkeer over de haven.\n\n1\n\nIs het geld op?\n\n2\n\n"
        "Wie betaalt?\n\n3\n\nWaarom?\n\nAntwoord\n\n1\n\nJa\n\n2\n\nZie 1\n\n3\n\nZie 1\n"
    )
    assert [(numbers, reply) for numbers, _, _, reply in told(letter)] == [
        ((1,), "Ja"),
        ((2,), "Zie 1"),
        ((3,), "Zie 1"),
    ]


def test_the_number_above_the_only_answer_is_no_part_of_it(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Vragen van het lid De Ruiter (SP) aan de minister van Verkeer over de haven.\n\n1\n\nIs het geld op?\n\n"
        "Antwoord\n\n1\n\nJa.\n"
    )
    assert told(letter) == [((1,), [("De Ruiter", "SP")], ["Is het geld op?"], "Ja.")]


def test_numbers_before_the_text_pair_answers_behind_all_questions(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(re.sub(r"\n([123]|2 en 3)\n", r"\n\1. ", OLD.format(open="", head="Antwoord\n", second="2 en 3")))
    assert [(numbers, (reply or "").split()) for numbers, _, _, reply in told(letter)] == [
        ((1,), ["Ja."]),
        ((2, 3), ["Neen.", "Zie", "vraag", "1."]),
    ]


def test_answers_behind_all_questions_with_other_numbers_are_one(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(OLD.format(open="", head="", second="3"))
    assert [(numbers, questions) for numbers, _, questions, _ in told(letter)] == [((1, 2, 3), ASKED)]
    assert [exchange.confidence for exchange in letter.exchanges] == [0.8]
    assert (told(letter)[0][3] or "").split() == "1 Ja. 3 Neen. Zie vraag 1.".split()


PARTS = """Verslag van een schriftelijk overleg

Vragen van de leden van de SP-fractie

1.{dot}Wat kost het?

Antwoord
Tien euro.

2a.{dot}Wie betaalt dat?
{first}
2b.{dot}En wanneer?

Antwoord
Het Rijk, in mei.

3.{dot}Kan dat eerder?

Antwoord
Nee, zie artikel
5b.
Dat geldt nog.
"""


@pytest.mark.parametrize("dot", ["\n", " "])
def test_parts_of_a_number_are_questions_of_their_own(parsed, dot: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(PARTS.format(dot=dot, first="\nAntwoord\nHet Rijk.\n"))
    assert [(numbers, questions, (reply or "").split()) for numbers, _, questions, reply in told(letter)] == [
        ((1,), ["Wat kost het?"], ["Tien", "euro."]),
        ((2,), ["Wie betaalt dat?"], ["Het", "Rijk."]),
        ((2,), ["En wanneer?"], ["Het", "Rijk,", "in", "mei."]),
        ((3,), ["Kan dat eerder?"], "Nee, zie artikel 5b. Dat geldt nog.".split()),
    ]
    assert letter.warnings == ()


def test_parts_of_a_number_may_have_one_answer(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(PARTS.format(dot="\n", first=""))
    assert [(numbers, questions) for numbers, _, questions, _ in told(letter)] == [
        ((1,), ["Wat kost het?"]),
        ((2,), ["Wie betaalt dat?", "En wanneer?"]),
        ((3,), ["Kan dat eerder?"]),
    ]


ROWS = "Lijst van vragen {title}\nCommissie: Financiën\n\n{columns}\n{rows}\n\nDe minister groet u.\n"


def test_rows_of_a_table_without_dots_behind_the_numbers(parsed) -> None:  # type: ignore[no-untyped-def]
    rows = (
        "1 Hoeveel bruggen zijn er? 12 Het zijn\n2 Miljoen bruggen.\n2 Wat kost dat? En wie\nbetaalt? 13 t/m 15 Het"
        " Rijk\nbetaalt.\n3 Geef een overzicht. 14 Zie bijlage. Waarom? Daarom.\n"
        "4 In 2024 is er veel. 12 Gemeenten doen mee. Klopt dat? 15 Ja.\n5 Wie? Graag toelichten. 9 Daarom."
    )
    letter = parsed(ROWS.format(title="en antwoorden", columns="Nr Vraag Blz. Antwoord", rows=rows))
    assert letter.kind is Kind.FEITELIJKE_VRAGEN
    assert told(letter) == [
        ((1,), [], ["Hoeveel bruggen zijn er?"], "Het zijn 2 Miljoen bruggen."),
        ((2,), [], ["Wat kost dat? En wie betaalt?"], "Het Rijk betaalt."),
        ((3,), [], ["Geef een overzicht."], "Zie bijlage. Waarom? Daarom."),
        ((4,), [], ["In 2024 is er veel. 12 Gemeenten doen mee. Klopt dat?"], "Ja."),
        ((5,), [], ["Wie? Graag toelichten."], "Daarom."),
    ]


def test_rows_that_only_ask(parsed) -> None:  # type: ignore[no-untyped-def]
    rows = "1  Waarom is dat zo?  0\n2  Wie betaalt? Graag toelichten.  12  13\n3  Geef een overzicht\nvan 2024."
    letter = parsed(ROWS.format(title="", columns="Nr  Vraag  Bijlage  Blz. (van)  t/m", rows=rows))
    assert told(letter) == [
        ((1,), [], ["Waarom is dat zo?"], None),
        ((2,), [], ["Wie betaalt? Graag toelichten."], None),
        ((3,), [], ["Geef een overzicht van 2024."], None),
    ]


def test_a_row_that_nothing_parts_is_left_out(parsed) -> None:  # type: ignore[no-untyped-def]
    # 2 asks on without a question mark, 4 may hold the lost row 5.
    rows = (
        "1 Wat kost het? Tien euro.\n2 Wie? Graag toelichten. Het Rijk.\n3 Hoe? Zo.\n4 Wie? Ik.\nWaar? Hier.\n"
        "6 Wat? Dat."
    )
    letter = parsed(ROWS.format(title="en antwoorden", columns="Nr Vraag Antwoord", rows=rows))
    assert [(numbers, reply) for numbers, *_, reply in told(letter)] == [
        ((1,), "Tien euro."),
        ((3,), "Zo."),
        ((6,), "Dat."),
    ]
    assert letter.warnings == (
        "vraag 2 ontbreekt: de nummering springt van 1 naar 3",
        "vragen 4 tot en met 5 ontbreken: de nummering springt van 3 naar 6",
    )


def test_rows_without_a_column_for_the_answers_that_are_announced(parsed) -> None:  # type: ignore[no-untyped-def]
    rows = "1 Wat kost het? 12 Tien euro.\n2 Wie betaalt? 13 Het Rijk."
    assert parsed(ROWS.format(title="en antwoorden", columns="Nr Vraag Blz.", rows=rows)).exchanges == ()


def test_a_list_behind_a_colon_stays_in_the_question(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = ["De leden van de SP-fractie vragen:", "1. Deze leden vragen naar A.", "2. Ook vragen zij naar B."]
    letter = parsed(f"{NOTA}Tien euro.\n\n{chr(10).join(asked)}\n\nHet antwoord op beide is nee.\n")
    assert told(letter)[1] == ((), [SP], asked, "Het antwoord op beide is nee.")


def test_a_list_in_the_question_of_one_party_leaves_the_others_theirs(parsed) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nVragen van de leden van de Volt-fractie\n\n"
        "De leden van de Volt-fractie vragen:\n1. Wat kost het?\n2. Wie betaalt?\n\nAntwoord\nTien euro.\n\n"
        "Vragen van de leden van de SP-fractie\n\nDe leden van de SP-fractie vragen waarom.\n\nAntwoord\nDaarom.\n"
    )
    assert [(who, answer) for _, who, _, answer in told(letter)] == [
        ([(None, "Volt")], "Tien euro."),
        ([(None, "SP")], "Daarom."),
    ]


def test_numbered_prose_with_all_replies_apart_is_read_by_party(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = ["1. De leden van de SP-fractie vragen wat het kost.", "2. Deze leden vragen wie betaalt."]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nI Vragen en opmerkingen vanuit de fracties\n\n"
        f"Vragen van de leden van de SP-fractie\n\n{asked[0]}\n\n{asked[1]}\n\nII Reactie van de Minister\n\n"
        "Antwoorden op de vragen van de leden van de SP-fractie\n\nHet kost tien euro. Het Rijk betaalt dat.\n"
    )
    assert told(letter) == [((), [SP], asked, "Het kost tien euro. Het Rijk betaalt dat.")]


BY_NUMBER = """Verslag van een schriftelijk overleg

I Vragen en opmerkingen vanuit de fracties

Vragen van de leden van de SP-fractie

1.{dot}De leden van de SP-fractie vragen wat het kost.

2.{dot}Wie betaalt dat?

Vragen van de leden van de JA21-fractie

{third}.{dot}Waarom is dat zo?

II Antwoord van de Minister

{sp}1.{dot}{reply}

2.{dot}Het Rijk.

{ja}{third}.{dot}Daarom.

III Volledige agenda

Brief van de Minister.
"""


SP_REPLY, JA21_REPLY = (f"Antwoorden op vragen van de leden van de {name}-fractie\n\n" for name in ("SP", "JA21"))


@pytest.mark.parametrize("dot", ["\n", " "])
@pytest.mark.parametrize(
    ("sp", "ja", "third", "reply"),
    [
        (SP_REPLY, JA21_REPLY, 3, "Tien euro."),
        (SP_REPLY, JA21_REPLY, 1, "Tien euro."),
        ("", "", 3, "Dat zijn er drie:\n1. tien euro;\n2. twaalf euro;\n3. dertien euro."),
    ],
)
def test_two_parts_that_count_alike_are_matched_by_number(  # type: ignore[no-untyped-def]
    parsed, sp: str, ja: str, third: int, reply: str, dot: str
) -> None:
    letter = parsed(BY_NUMBER.format(dot=dot, third=third, sp=sp, ja=ja, reply=reply))
    assert [(*exchange[:3], (exchange[3] or "").split()) for exchange in told(letter)] == [
        ((1,), [SP], ["De leden van de SP-fractie vragen wat het kost."], reply.split()),
        ((2,), [SP], ["Wie betaalt dat?"], ["Het", "Rijk."]),
        ((third,), [JA21], ["Waarom is dat zo?"], ["Daarom."]),
    ]


def test_two_parts_are_matched_by_party_where_one_asks_in_prose(parsed) -> None:  # type: ignore[no-untyped-def]
    asked = BY_NUMBER.format(dot=" ", third=3, sp=SP_REPLY, ja=JA21_REPLY, reply="Tien euro.")
    letter = parsed(asked.replace("3. Waarom is dat zo?", "De leden van de JA21-fractie vragen waarom dat zo is."))
    assert [(numbers, asked) for numbers, asked, *_ in told(letter)] == [((), [SP]), ((), [JA21])]


@pytest.mark.parametrize("again", ["", "Vraag {}\nWat kost dat?\n\n"])
def test_the_part_that_replies_is_no_part_of_the_last_question(parsed, again: str) -> None:  # type: ignore[no-untyped-def]
    letter = parsed(
        "Verslag van een schriftelijk overleg\n\nI Vragen vanuit de fracties\n\n"
        "Vragen van de leden van de SP-fractie\n\nVraag 1\nWat kost dat?\n\nVraag 2\nWat kost dat?\n\n"
        f"II Antwoord van de Minister\n\n{again.format(1)}Antwoord 1\nTien euro.\n\n"
        f"{again.format(2)}Antwoord 2\nNiets.\n\n"
        "III Volledige agenda\n\nBrief van de Minister.\n"
    )
    assert told(letter) == [
        ((1,), [SP], ["Wat kost dat?"], "Tien euro."),
        ((2,), [SP], ["Wat kost dat?"], "Niets."),
    ]
