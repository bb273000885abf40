"""Heading lines as they occur, and lines that only look like them."""

from __future__ import annotations

import re

import pytest

from index.extract.source import Line
from index.parse.headings import (
    Heading,
    Sort,
    answer_at,
    bare_number_at,
    bracketed,
    numbers_of,
    party_at,
    question_at,
)
from index.parse.inline import parted
from index.parse.numbered import find_headings
from index.parse.people import MINISTRY, addressed, answering, members_anywhere, members_in, office_line, on_behalf


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Vraag 1", (1,)),
        ("Vraag 12:", (12,)),
        ("Vraag (1):", (1,)),
        ("Vraag 2 en 3", (2, 3)),
        ("Vragen 4, 5 en 6", (4, 5, 6)),
        ("Vraag 4, 5, 7 en 8", (4, 5, 7, 8)),
        ("Vraag 2 t/m 6", (2, 3, 4, 5, 6)),
        ("VRAAG 3", (3,)),
        ("Vraag 2a", (2,)),
        ("Vraag 2a en 2b:", (2,)),
        ("Vraag 2a en 3", (2, 3)),
        ("Vraag 2e", (2,)),
        ("Vraag 2e kwartaal", None),
        ("Vraag 2ab", None),
        ("Vraag 1.2", (1,)),
        ("Vraag 1.2 en 3.1", (1, 3)),
        ("Vraag 7.", (7,)),
        ("Vraag 3 (aan de Minister van Defensie):", (3,)),
        ("Vraag 3 (2) is lastig", None),
        ("Vraag 3 is lastig", None),
        ("Vraag", None),
        ("Vraag 1 en", None),
        ("vraag 2", None),
        ("Vraagstuk 3", None),
    ],
)
def test_questions(line: str, numbers: tuple[int, ...] | None) -> None:
    assert question_at(line) == numbers


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Antwoord", ()),
        ("Antwoord:", ()),
        ("Antwoord 4", (4,)),
        ("Antwoord op vraag 4", (4,)),
        ("Antwoord vraag 4:", (4,)),
        ("Antwoorden 5 en 6", (5, 6)),
        ("Antwoord vragen 1,2,3,4 en 5", (1, 2, 3, 4, 5)),
        ("Antwoord vraag 4-7:", (4, 5, 6, 7)),
        ("Antwoord op vragen 7, 8, en 9", (7, 8, 9)),
        ("Antwoord op de vragen 1 tot en met 3", (1, 2, 3)),
        ("Antwoord (2)", (2,)),
        ("Antwoord 2b", (2,)),
        ("Antwoord op vraag 12c.", (12,)),
        ("ANTWOORD", ()),
        ("Antwoord op vraag:", ()),
        ("A n t w o o r d", ()),
        ("Antwoord op de vraag", ()),
        ("ANTWOORD OP VRAAG 2", (2,)),
        ("Antwoord op vraag 1 en vraag 2", (1, 2)),
        ("Antwoord van vraag 3", (3,)),
        ("Antwoord op vraag 3 t/m vraag 5", (3, 4, 5)),
        ("Antwoord op vraag 3 en 4 gezamenlijk:", (3, 4)),
        ("Gezamenlijk antwoord op de vragen 3 en 4", (3, 4)),
        ("Nader antwoord 3", (3,)),
        ("Aanvullend antwoord op vraag 3:", (3,)),
        ("Nader antwoord van Minister Jansen (Financiën)", None),
        ("Antwoord op vraag 3 van het lid Piri (PvdA)", (3,)),
        ("Antwoord op vraag 3 van het lid Piri is dat", None),
        ("Antwoord 3 + 4", (3, 4)),
        ("Antwoord (3 en 4):", (3, 4)),
        ("Antwoord ad 3", (3,)),
        ("Antwoord 3 –", (3,)),
        ("Antw. 3:", (3,)),
        ("Antw.:", ()),
        ("Antw 3", None),
        ("Beantwoording van de vragen 3 en 4", (3, 4)),
        ("Reactie op vraag 3:", (3,)),
        ("Beantwoording", None),
        ("Reactie 3", None),
        ("Antwoord van het kabinet:", ()),
        ("Reactie regering:", ()),
        ("Antwoord 2 en 3 (Minister van Defensie)", (2, 3)),
        ("Antwoord (zie bijlage)", None),
        ("Reactie", ()),
        ("Antwoord op beide vragen:", ()),
        ("Antwoord op bovenstaande vragen", ()),
        ("Reactie op deze twee fracties", ()),
        ("Antwoord op beide moties volgt", None),
        ("Antwoord van de minister van Landbouw, Visserij en Natuur:", ()),
        ("Antwoord staatssecretaris Jansen:", ()),
        ("Antwoorden van de minister op vragen van het lid Dijk:", None),
        ("Antwoord van Minister Jansen (Financiën)", None),
        ("Antwoord geven is lastig", None),
        ("Antwoordbrief", None),
        ("Antwoorden op vragen van het lid Dijk", None),
    ],
)
def test_answers(line: str, numbers: tuple[int, ...] | None) -> None:
    assert answer_at(line) == numbers


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("3", (3,)),
        ("3.", (3,)),
        ("(3)", (3,)),
        ("1 en 2", (1, 2)),
        ("5. en 6.", (5, 6)),
        ("2025", None),
        ("3 jaar", None),
        ("3,5", (3, 5)),
        ("", None),
    ],
)
def test_bare_numbers(line: str, numbers: tuple[int, ...] | None) -> None:
    assert bare_number_at(line) == numbers


@pytest.mark.parametrize(
    ("line", "number", "parties"),
    [
        ("Vraag 1 (Kahraman, NSC)", "Vraag 1", ["Kahraman NSC"]),
        ("Vraag 1 (Omtzigt, D66)", "Vraag 1", ["Lid Omtzigt", "D66"]),
        ("Vraag 1 (SGP, het lid Van der Berg):", "Vraag 1", ["Van der Berg SGP"]),
        ("Vraag 1 (VVD, XYZ)", "Vraag 1 (VVD, XYZ)", None),
        ("1 (Kahraman, NSC)", "1", ["Kahraman NSC"]),
        ("1. Het lid Piri (PvdA) en Bos (SP):", "1.", ["Piri PvdA", "Bos SP"]),
        ("1. Motie Piri (PvdA):", "1. Motie Piri (PvdA):", None),
        ("Vraag 2 van het lid Piri (PvdA):", "Vraag 2", ["Piri PvdA"]),
        ("Vragen 2 en 3 van de leden Piri en Bos (beiden SP)", "Vragen 2 en 3", ["Piri SP", "Bos SP"]),
        ("Vraag 2 van het lid Piri (PvdA) wijst daarop", "Vraag 2 van het lid Piri (PvdA) wijst daarop", None),
        ("Vraag 2 van het lid Piri", "Vraag 2 van het lid Piri", None),
        ("Vraag 2 van de leden van de VVD-fractie:", "Vraag 2", ["VVD"]),
        ("Vraag 2 van de leden van de fracties van SP en PvdD", "Vraag 2", ["SP", "PvdD"]),
        ("Vraag 2 van de VVD-fractie betreft geld", "Vraag 2 van de VVD-fractie betreft geld", None),
        ("1 (VVD)", "1", ["VVD"]),
        ("12. (GL-PvdA, D66 en lid Keijzer):", "12.", ["GroenLinks-PvdA", "D66", "Lid Keijzer"]),
        ("2 en 3 (de SP-fractie & NSC)", "2 en 3", ["SP", "NSC"]),
        ("Vraag 4 (Omtzigt)", "Vraag 4", ["Lid Omtzigt"]),
        ("4 (pagina 12)", "4 (pagina 12)", None),
        ("4 (VVD en anderen)", "4 (VVD en anderen)", None),
        ("4 (VVD) stemde", "4 (VVD) stemde", None),
        ("Vraag 4 (5)", "Vraag 4 (5)", None),
    ],
)
def test_who_asks_behind_a_number(line: str, number: str, parties: list[str] | None) -> None:
    written, askers = bracketed(line, None)
    told = None if askers is None else [f"{asker.member or ''} {asker.party}".strip() for asker in askers]
    assert (written, told) == (number, parties)


def test_ranges_are_bounded() -> None:
    assert numbers_of("2 t/m 4 en 9") == (2, 3, 4, 9)
    assert numbers_of("9-2") == numbers_of("1 t/m 999") == ()


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Vraag 1: Kunt u dat?", ["Vraag 1:", "Kunt u dat?"]),
        ("Antwoord: Ja.", ["Antwoord:", "Ja."]),
        ("Antwoord 2 Ja.", ["Antwoord 2", "Ja."]),
        ("Reactie op vraag 2: Ja.", ["Reactie op vraag 2:", "Ja."]),
        ("Reactie: Ja.", ["Reactie: Ja."]),
        ("Vraag 3 is lastig.", ["Vraag 3 is lastig."]),
        ("Antwoord van de minister: Ja.", ["Antwoord van de minister:", "Ja."]),
        ("Antwoord van de minister: ja.", ["Antwoord van de minister: ja."]),
        ("Antwoord van de minister. Ja.", ["Antwoord van de minister. Ja."]),
        ("Vraag 4", ["Vraag 4"]),
        ("Vraag 2a: Wie?", ["Vraag 2a:", "Wie?"]),
        ("Antwoord 2e Kamer", ["Antwoord 2e Kamer"]),
        ("Antwoord 2 - Ja.", ["Antwoord 2 -", "Ja."]),
        ("Antwoord 2 - 3 jaar.", ["Antwoord 2 - 3 jaar."]),
        ("Vraag 2 – Wie?", ["Vraag 2 –", "Wie?"]),
        ("Antw. 2: Ja.", ["Antw. 2:", "Ja."]),
        (
            "Vraag 1: Wie? Antwoord 1: Hij. Vraag 2: Wat?",
            ["Vraag 1:", "Wie?", "Antwoord 1:", "Hij.", "Vraag 2:", "Wat?"],
        ),
        ("Kent u «Wie? Antwoord: hij»?", ["Kent u «Wie? Antwoord: hij»?"]),
        ("Een vraag. Antwoord: ja.", ["Een vraag. Antwoord: ja."]),
        ("V1. Wie?", ["V1. Wie?"]),
        ("3. (SP) Wie?", ["3. (SP)", "Wie?"]),
        ("Vraag 3 (D66): Wie?", ["Vraag 3 (D66):", "Wie?"]),
        ("3 (SP) stemde tegen.", ["3 (SP) stemde tegen."]),
    ],
)
def test_a_heading_gets_a_line_of_its_own(line: str, parts: list[str]) -> None:
    assert [part.text for part in parted([Line(line)])] == parts


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        (["1. Wie?", "2 en 3. Wat? Waar?", "4. Hoe?"], ["1.", "2 en 3.", "4."]),
        (["1. Wie?", "2. en 3. Wat? Waar?", "4. Hoe?"], ["1.", "2. en 3.", "4."]),
        (["1. Wie?", "2, 4 en 5. Wat?", "3. Waar?", "6. Hoe?"], ["1.", "2, 4 en 5.", "3.", "6."]),
        (["1. Wie?", "Antwoord", "Bos.", "2. Wat", "Antwoord", "Dat.", "3. Hoe?"], ["1.", "2.", "3."]),
        (
            [
                "1. Wie?",
                "Antwoord",
                "Bos.",
                "2. Geld",
                "Wat?",
                "Antwoord",
                "Dat.",
                "Hoe?",
                "Antwoord",
                "Zo.",
                "3. Waar?",
            ],
            ["1."],
        ),
        (["1. Wie?", "Antwoord", "2 en 4. Dat zijn artikelen.", "2. Wat?"], ["1.", "2."]),
        (["VVD-fractie", "1. Wie?", "2. Wat?", "SP-fractie", "1. Hoe?"], ["1.", "2.", "1."]),
        (["VVD-fractie", "1. Wie?", "Antwoord", "1. Hij, niet zij.", "2. Wat?"], ["1.", "2."]),
        # Where nothing marks the answers, what asks is a question.
        (["1. Wie?", "Zij:", "1. Bos;", "2. Vos.", "2. Wat?", "Dat.", "3. Geef cijfers.", "Nul."], ["1.", "2.", "3."]),
        # The list in the second party's question is no new count: that party's question is the third.
        (
            ["VVD-fractie", "1. Wie?", "2. Wat?", "SP-fractie", "Drie punten:", "1. Geld.", "3. Hoe?"],
            ["1.", "2.", "3."],
        ),
    ],
)
def test_numbers_before_questions_get_lines_of_their_own(lines: list[str], heads: list[str]) -> None:
    parts = [part.text for part in parted([Line(line) for line in lines])]
    assert [part for part in parts if bare_number_at(part)] == heads


@pytest.mark.parametrize(("exchanges", "parts"), [(500, 2000), (600, 2)])  # at most 20,000 characters
def test_a_line_may_hold_many_labels(exchanges: int, parts: int) -> None:
    text = " ".join(f"Vraag {number}: Wie? Antwoord {number}: Hij." for number in range(1, exchanges + 1))
    assert len(list(parted([Line(text)]))) == parts


def test_a_label_that_leads_a_line_is_cited_within_another() -> None:
    lines = ["Antwoord 1", "Ja.", "Antwoord 2", "Dat schreef ik. Antwoord 1: Ja."]
    assert [part.text for part in parted([Line(line) for line in lines])] == lines


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["V1. Wie?", "A1. Hij."], ["V1.", "Wie?", "A1.", "Hij."]),
        (["V: Wie? A: Hij."], ["V:", "Wie?", "A:", "Hij."]),
        (["V1: Wie?", "A2: Hij."], None),
        (["A1. Zo.", "V1. Wie?"], None),
        (["V1. Wie?", "A1. Hij.", "Antwoord 2"], None),
        (
            ["1. Wie?", "2. Wat?", "Ad 1. Hij.", "Ad 2: Dat."],
            ["1.", "Wie?", "2.", "Wat?", "Ad 1.", "Hij.", "Ad 2:", "Dat."],
        ),
        (["Antwoord 1", "Ad 1. Zo."], None),
        (["Dit.", "Ad 2. Zo."], None),
    ],
)
def test_short_labels_count_beside_each_other(lines: list[str], parts: list[str] | None) -> None:
    assert [part.text for part in parted([Line(line) for line in lines])] == (parts or lines)


def test_what_asks_in_prose_is_no_item_of_the_list_in_its_reply() -> None:
    lines = [
        "1. De leden van de SP-fractie vragen wie.",
        "Zij:",
        "1. Bos;",
        "2. Vos.",
        "2. Deze leden vragen wat.",
        "Dat.",
    ]
    parts = ["1.", lines[0][3:], "Zij:", "1. Bos;", "2. Vos.", "2.", lines[4][3:], "Dat."]
    assert [part.text for part in parted([Line(line) for line in lines])] == parts


def test_an_item_is_no_question_though_the_next_party_asks_the_one_of_its_number() -> None:
    lines = ["VVD-fractie", "1. Wie?", "Zij:", "1. Bos;", "2. Vos.", "SP-fractie", "2. Wat?", "Dat.", "3. Hoe?"]
    parts = [
        "VVD-fractie",
        "1.",
        "Wie?",
        "Zij:",
        "1. Bos;",
        "2. Vos.",
        "SP-fractie",
        "2.",
        "Wat?",
        "Dat.",
        "3.",
        "Hoe?",
    ]
    assert [part.text for part in parted([Line(line) for line in lines])] == parts


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Vraag 1", "Wie?", "Antwoord 1", "«Vraag 2", "Wat?", "Antwoord 2", "Dat.»", "Vraag 2", "Hoe?"], [0, 2, 7]),
        (
            ["Vraag 1", "Kent u «Zo?", "Antwoord 1", "Ja.", "Vraag 2", "Kent u «Dit»?", "Antwoord 2", "Ja."],
            [0, 2, 4, 6],
        ),
        (["Vraag 1", "Kent u «Zo»?", "Antwoord 1", "Ja».", "Vraag 2", "Hoe?"], [0, 2, 4]),
        (["Vraag 1", "Wie?", "Antwoord 1", "“Vraag 2", "Wat?", "Antwoord 2", "Dat.”", "Vraag 2", "Hoe?"], [0, 2, 7]),
        (["Vraag 1", "Wie?", "Antwoord 1", "„Vraag 2", "Wat?", "Antwoord 2", "Dat.“", "Vraag 2", "Hoe?"], [0, 2, 7]),
        (["Vraag 1", "Kent u “Zo“?", "Antwoord 1", "Ja, “zo.”", "Vraag 2", "„Hoe”?"], [0, 2, 4]),
    ],
)
def test_a_quotation_holds_no_headings(lines: list[str], found: list[int]) -> None:
    assert [heading.at for heading in find_headings([Line(line) for line in lines], None)] == found


@pytest.mark.parametrize(("beside", "found"), [("3 (de leden van de SP-fractie)", [(1,), (2,), (3,)]), ("Zo.", [(1,)])])
def test_a_bracket_that_names_nobody_leaves_the_question_to_nobody(beside: str, found: list[tuple[int, ...]]) -> None:
    lines = ["1 (VVD)", "Wie?", "Hij.", "2 (commissie)", "Wat?", "Dat.", beside, "Hoe?", "Zo."]
    headings = find_headings([Line(line) for line in lines], None)
    assert [heading.numbers for heading in headings] == found
    assert all(heading.asked_by == () for heading in headings if heading.numbers == (2,))


def test_the_head_of_a_table_is_no_answer_and_no_text_before_the_first_number() -> None:
    lines = ["Nr", "Vraag", "Antwoord", "1", "Wie?", "Zij:", "Bos", "2", "Wat?", "Dat."]
    headings = find_headings([Line(line) for line in lines], None)
    assert [(heading.at, heading.numbers) for heading in headings] == [(3, (1,)), (7, (2,))]


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (["1", "De leden van de SP-fractie vragen wie.", "1", "Hij.", "2", "Wat?", "2", "Dat."], [2, 6]),
        (["1", "Wie?", "1", "Hij.", "2", "Wat?", "2"], []),
        (["1", "Wie?", "1", "Hij?", "2", "Wat?", "2", "Dat."], []),
        (["1", "Wie.", "1", "Hij.", "2", "Wat.", "2", "Dat."], []),
    ],
)
def test_numbers_that_stand_twice(lines: list[str], answers: list[int]) -> None:
    headings = find_headings([Line(line) for line in lines], None)
    assert [heading.at for heading in headings if heading.sort is Sort.ANSWER] == answers


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Vragen en opmerkingen van de leden van de VVD-fractie en reactie van de bewindspersoon", ["VVD"]),
        ("Vragen van de leden van GL-PvdA-fractie", ["GroenLinks-PvdA"]),
        ("Vragen en opmerkingen van de CDA-fractie", ["CDA"]),
        ("Inbreng van de leden van de PVV-fractie", ["PVV"]),
        ("Vragen van de leden van de PvdA-fractie en de leden van de GroenLinks-fractie", ["PvdA", "GroenLinks"]),
        ("VVD-fractie", ["VVD"]),
        ("DENK", ["DENK"]),
        ("Vragen van de leden van de fractie van Nieuw Sociaal Contract (NSC)", ["NSC"]),
        ("De leden van de fractie van de SGP", ["SGP"]),
        ("Vragen en opmerkingen van de fractieleden van de PVV", ["PVV"]),
        (
            "Vragen en opmerkingen van de fractieleden van D66, GroenLinks en 50PLUS gezamenlijk",
            ["D66", "GroenLinks", "50PLUS"],
        ),
        ("Inbreng D66", ["D66"]),
        ("Vragen VVD-fractie:", ["VVD"]),
        ("Vragen fractie PvdD", ["PvdD"]),
        ("Vraag Algemeen", None),
        ("Inbreng minister", None),
        ("Vragen D66-congres", None),
        ("1.2 Vragen van de leden van de SGP-fractie", ["SGP"]),
        ("I.1. Vragen van de leden van de SGP-fractie", ["SGP"]),
        ("• Vragen van de leden van de SGP-fractie", ["SGP"]),
        ("Nadere vragen en opmerkingen van de leden van de SGP-fractie", ["SGP"]),
        ("Overige vragen van de leden van de SGP-fractie", ["SGP"]),
        ("Algemene opmerkingen van de leden van de SGP-fractie", ["SGP"]),
        ("Vragen gesteld door de leden van de SGP-fractie", ["SGP"]),
        ("Reactie op de inbreng van de leden van de SGP-fractie", ["SGP"]),
        ("Beantwoording vragen en opmerkingen van de leden van de SGP-fractie", ["SGP"]),
        ("vragen van de leden van de SGP-fractie", None),
        ("Nadere vragen van de burgers", None),
        ("Vragen en opmerkingen van de leden van de Groep Markuszower", ["Groep Markuszower"]),
        ("Vragen en opmerkingen van het lid Keijzer en reactie van de bewindspersoon", ["Lid Keijzer"]),
        (
            "Vragen van de leden van de Fractie-Van der Berg, de SP-fractie en de Groep Jansen",
            ["Fractie-Van der Berg", "SP", "Groep Jansen"],
        ),
        ("Inbreng van het lid Omtzigt", ["Lid Omtzigt"]),
        ("Vraag van mevrouw Van der Plas (BBB)", ["BBB"]),
        ("Vraag van dhr. Dijk", []),
        ("Vraag lid Dijk (SP):", ["SP"]),
        ("Vragen leden Dijk (SP) en Vos (D66)", ["SP", "D66"]),
        ("Vragen leden hebben", None),
        ("Inbreng van de leden van de VVD-fractie.", ["VVD"]),
        ("VRAGEN VAN DE LEDEN VAN DE GROENLINKS-PVDA-FRACTIE", ["GroenLinks-PvdA"]),
        ("II VRAGEN EN OPMERKINGEN VAN DE BBB-FRACTIE EN DE SGP-FRACTIE EN REACTIE VAN DE MINISTER", ["BBB", "SGP"]),
        ("VRAGEN VAN DE LEDEN DER KAMER", None),
        ("VRAGEN VAN DE LEDEN VAN DE VASTE COMMISSIE VOOR FINANCIËN", None),
        ("LEDEN VAN DE VVD-FRACTIE VRAGEN", None),
        # Who asks here cannot be told, but not those of the heading before.
        ("Vragen en opmerkingen van de leden van de XYZ-fractie", []),
        ("Vragen van de leden van de fracties van D66,", []),
        ("Vragen van de leden van de fracties van D66 en", []),
        ("Vragen van de leden van de D66-fractie en de leden van de", []),
        ("Vragen van de leden van de Groep", []),
        ("Vragen van de leden van de D66-fractie over zorg en", ["D66"]),
        ("Vragen van het lid Dijk", []),
        ("Vragen van het lid Dijk over de Groep Jansen zijn er niet", None),
        ("Vragen van de leden der Kamer", None),
        ("Vragen en opmerkingen vanuit de fracties", None),
        ("Vragen van de leden van de vaste commissie voor Financiën", None),
        ("De leden van de VVD-fractie vragen wat het kost.", None),
        ("Vragen van de burgers", None),
        ("De VVD wil dat niet", None),
        ("Vragen van de leden van de VVD-fractie zijn er niet.", None),
    ],
)
def test_party_headings(line: str, parties: list[str] | None) -> None:
    heading = party_at([Line(line)], 0, None)
    assert (heading and [asker.party for asker in heading.askers]) == parties


@pytest.mark.parametrize(
    ("lines", "parties", "length"),
    [
        (["Vragen van de leden van de D66-fractie en de leden van de", "SP-fractie", "Kent u"], ["D66", "SP"], 2),
        (["Vragen van de leden van de fracties van NSC,", "SGP en CDA", "4"], ["NSC", "SGP", "CDA"], 2),
        (
            ["Inbreng van de leden van de fracties van D66,", "CDA,", "SGP,", "SP en", "BBB"],
            ["D66", "CDA", "SGP", "SP", "BBB"],
            5,
        ),
        (["Vragen van de leden van de fractie van de Partij voor de", "Dieren", "Kent u dat?"], ["PvdD"], 2),
        (["Vragen van de leden van de GroenLinks-", "PvdA-fractie"], ["GroenLinks-PvdA"], 2),
        (["Vragen en opmerkingen van", "GL-PvdA-fractie en reactie"], ["GroenLinks-PvdA"], 2),
        (["Vragen en opmerkingen van de", "SP-fractie en de", "SGP-fractie"], ["SP", "SGP"], 3),
        (["Vragen en", "opmerkingen van de leden van de SP-fractie"], ["SP"], 2),
        (["VRAGEN VAN DE LEDEN VAN DE D66-FRACTIE", "EN DE LEDEN VAN DE", "SP-FRACTIE", "WAAROM"], ["D66", "SP"], 3),
        (["VRAGEN VAN DE LEDEN VAN DE SP-FRACTIE", "ANTWOORD"], ["SP"], 1),
        (["VRAGEN VAN DE LEDEN VAN DE SP-FRACTIE", "VOORZORG"], ["SP"], 1),
        (
            ["Vragen van de leden Bos, Vos (beiden SP), Das", "(PvdD) en Ros (D66) aan de", "Minister"],
            ["SP", "SP", "PvdD", "D66"],
            2,
        ),
        (["Vragen van de leden Bos (CDA) en Diederik van", "Dijk (SGP) over geld"], ["CDA", "SGP"], 2),
        (
            ["Vragen van de leden van de fracties van D66,", "Groep Markuszower en CDA"],
            ["D66", "Groep Markuszower", "CDA"],
            2,
        ),
        (["Vragen van het lid Bos", "(CDA) aan"], ["CDA"], 2),
        (["Vragen van de leden Bos en Vos (beiden Nieuw Sociaal", "Contract) over"], ["NSC", "NSC"], 2),
        (["Vragen van de leden van de SP-fractie", "Kent u het bericht (NRC)"], ["SP"], 1),
        (["Inbreng van het lid Vos", "Kent u het bericht (NRC)"], ["Lid Vos"], 1),
        (["Vragen van het lid Bos (CDA) aan de", "Minister (Financiën)"], ["CDA"], 1),
        # What follows on a heading that is complete, or is no party, belongs to the text.
        (["Vragen van de leden van de SP-fractie", "CDA-motie"], ["SP"], 1),
        (["Vragen van de leden van de SP-fractie", "SGP", "Kent u"], ["SP"], 1),
        (["Vragen van de", "burgers"], None, 0),
    ],
)
def test_party_headings_over_lines(lines: list[str], parties: list[str] | None, length: int) -> None:
    heading = party_at([Line(line) for line in lines], 0, None)
    assert (heading and [asker.party for asker in heading.askers]) == parties
    assert (heading.length if heading else 0) == length


def test_a_row_of_fracties_goes_on_over_a_page() -> None:
    head = Line("Vragen van de leden van de fracties van D66,")
    heading = party_at([head, Line("CDA en SGP", gap=True)], 0, None)
    assert heading is not None
    assert [asker.party for asker in heading.askers] == ["D66", "CDA", "SGP"]
    assert party_at([head, Line("CDA en SGP vragen dat", gap=True)], 0, None) == Heading(Sort.PARTY, 0, explicit=True)


def test_the_end_of_a_sentence_is_no_heading() -> None:
    assert party_at([Line("Dit vroegen de fracties van D66, CDA en"), Line("VVD")], 1, None) is None
    assert party_at([Line("Dit vroegen de fracties van D66, CDA en"), Line("VVD", gap=True)], 1, None) is not None


@pytest.mark.parametrize(
    ("heading", "members"),
    [
        ("Vragen van het lid Van Houwelingen (FVD) aan de Minister", [("Van Houwelingen", "FVD")]),
        (
            "Vragen van de leden Kröger en Gabriëls (beiden GroenLinks-PvdA) aan de Minister van X (Y)",
            [("Kröger", "GroenLinks-PvdA"), ("Gabriëls", "GroenLinks-PvdA")],
        ),
        ("Vragen van de Eerste Kamerleden Faber en Bos (beiden PVV) aan", [("Faber", "PVV"), ("Bos", "PVV")]),
        ("Vragen van het Kamerlid Agema (PVV) over geld", [("Agema", "PVV")]),
        ("Vragen van het leden Piri en Boswijk (allen CDA) aan", [("Piri", "CDA"), ("Boswijk", "CDA")]),
        (
            "Vragen van de leden lid Mutluer, Lahlah (GroenLinks-PvdA), Boswijk (CDA) en Helder (BBB) aan de minister",
            [("Mutluer", "GroenLinks-PvdA"), ("Lahlah", "GroenLinks-PvdA"), ("Boswijk", "CDA"), ("Helder", "BBB")],
        ),
        ("Vragen van het lid Paternotte, J.M. (D66)", [("Paternotte", "D66")]),
        ("Antwoord op vragen van het lid Bos over geld Vragen van het lid Bos (CDA) aan de", [("Bos", "CDA")]),
        ("Vragen van het lid Kostic ´ (PvdD) aan", [("Kostic", "PvdD")]),
        (
            "Vraag van mevrouw Mohandis (GroenLinks-PvdA) en de heer Krul (CDA)",
            [("Mohandis", "GroenLinks-PvdA"), ("Krul", "CDA")],
        ),
        (
            "Vragen van de leden Bos (CDA), Vos (Groep Vos), Das (lid Das), De Kat (De Kat), Al (X), Piri en Ros (SP)",
            [
                ("Bos", "CDA"),
                ("Vos", "Groep Vos"),
                ("Das", "Lid Das"),
                ("De Kat", "Lid De Kat"),
                ("Piri", "SP"),
                ("Ros", "SP"),
            ],
        ),
        (
            "Vragen van de leden Michon- Derkzen (VVD) en Bos (GroenLinks- PvdA) aan",
            [("Michon-Derkzen", "VVD"), ("Bos", "GroenLinks-PvdA")],
        ),
        (
            "Vragen van de leden Bos, Vos en Ros (respectievelijk CDA, SP en D66) en Das (PvdD) aan",
            [("Bos", "CDA"), ("Vos", "SP"), ("Ros", "D66"), ("Das", "PvdD")],
        ),
        ("Vragen van de leden Bos en Vos (GroenLinks en PvdA) aan", [("Bos", "GroenLinks"), ("Vos", "PvdA")]),
        ("Vragen van het lid Dijk over (geld) en (VVD) wensen", []),
        ("Vragen gesteld door de leden der Kamer, met de antwoorden (546)", []),
        ("Vragen van het lid Dijk over (geld)", []),
        ("Vragen van de leden van de fractie van de Partij voor de Vrijheid (PVV)", []),
        ("Vragen van de leden van de NSC-fractie (Nieuw Sociaal Contract)", []),
        ("Vragen van het lid van Nispen (SP)", [("van Nispen", "SP")]),
        ("Beantwoording vragen 2022Z08012 van het lid Bos (CDA) over geld", [("Bos", "CDA")]),
        ("Vragen van het lid Bos aan de minister over geld. De heer Vos (SP):", []),
    ],
)
def test_members(heading: str, members: list[tuple[str, str]]) -> None:
    assert [(asker.member, asker.party) for asker in members_in(heading, None)] == members


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Beantwoording Kamervragen van de leden Piri (SP) en Bos (CDA) over geld", ["Piri", "Bos"]),
        ("Antwoorden op kamervragen gesteld door het lid Piri (SP)", ["Piri"]),
        ("Antwoorden op Kamervragen van het Tweede Kamerlid Piri (SP)", ["Piri"]),
        ("Na de Kamervragen van het lid Bos (CDA) zond u mij vragen van het lid Piri (SP)", ["Piri"]),
        ("De vaste commissie heeft gevraagd naar uw antwoord op Kamervragen van het lid Bos (CDA)", []),
        ("Kamervragen van de leden over de regels (2024)", []),
    ],
)
def test_members_in_a_title(text: str, members: list[str]) -> None:
    assert [asker.member for asker in members_anywhere(text, None)] == members


@pytest.mark.parametrize(
    ("heading", "offices"),
    [
        ("lid A (CDA) aan de Ministers van Financiën en voor Buitenlandse Handel over geld",
         [("minister", "Financiën"), ("minister", "Buitenlandse Handel")]),
        ("lid A (D66) aan de Staatssecretaris van Justitie en Veiligheid en de Minister van Asiel en Migratie over B",
         [("staatssecretaris", "Justitie en Veiligheid"), ("minister", "Asiel en Migratie")]),
        ("leden A en B (beiden D66) aan de Staatssecretarissen van Financiën en Buitenlandse Zaken over C",
         [("staatssecretaris", "Financiën"), ("staatssecretaris", "Buitenlandse Zaken")]),
        ("lid A (NSC) aan de Minister van Defensie, bij afwezigheid van de Staatssecretaris vanFinanciën, over de wet",
         [("minister", "Defensie"), ("staatssecretaris", "Financiën")]),
        ("lid A (SP) aan de Staatssecretaris van Asiel en migratie en de minister van defensie over D",
         [("staatssecretaris", "Asiel en Migratie"), ("minister", "Defensie")]),
        ("leden A en B (beiden SP) aan de Ministers van Justitie en veiligheid en Binnenlandse zaken over E",
         [("minister", "Justitie en Veiligheid"), ("minister", "Binnenlandse Zaken")]),
        ("lid A (SP) aan de minister-president over", [("minister-president", "Algemene Zaken")]),
        ("lid A (SP) aan de Minister van Defensie en deStaatssecretaris van Financiën over F",
         [("minister", "Defensie"), ("staatssecretaris", "Financiën")]),
        ("lid A (SP) over een brief aan de Minister van Financiën", []),
    ],
)  # fmt: skip
def test_whom_members_ask(heading: str, offices: list[tuple[str, str]]) -> None:
    found = addressed(f"Vragen van het {heading}")
    assert [(minister.office, minister.ministry) for minister in found] == offices


def test_who_answers_is_not_asked() -> None:
    assert addressed("Antwoord van minister Heinen (Financiën), aan de Minister van Defensie") == ()


def test_a_ministry_keeps_its_name_where_a_line_ended_within_it() -> None:
    heading = (
        "Antwoord van Minister Jansen (Infrastructuur enWaterstaat), mede namens de Staatssecretaris van"
        " Volksgezondheid, Welzijn enSport en de Minister van Financiën (ontvangen 18 november 2024)."
    )
    assert [minister.ministry for minister in (*answering(heading), *on_behalf(heading))] == [
        "Infrastructuur en Waterstaat",
        "Volksgezondheid, Welzijn en Sport",
        "Financiën",
    ]


def test_several_ministers_of_one_office_answer_together() -> None:
    found = on_behalf(
        "mede namens de Ministers van Volksgezondheid, Welzijn en Sport en voor Langdurige Zorg en Sport, de Ministers"
        " van Financiën en Buitenlandse Zaken en van Defensie en de Staatssecretaris van Infrastructuur en Waterstaat"
    )
    assert [(minister.office, minister.ministry) for minister in found] == [
        ("minister", "Volksgezondheid, Welzijn en Sport"),
        ("minister", "Langdurige Zorg en Sport"),
        ("minister", "Financiën"),
        ("minister", "Buitenlandse Zaken"),
        ("minister", "Defensie"),
        ("staatssecretaris", "Infrastructuur en Waterstaat"),
    ]


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("Staatssecretaris van Financiën – Fiscaliteit en Belastingdienst,", ("staatssecretaris", "Financiën")),
        ("DE STAATSSECRETARIS VAN FINANCIËN - TOESLAGEN EN DOUANE,", ("staatssecretaris", "Financiën")),
        ("De Staatssecretaris van Financiën (Toeslagen),", ("staatssecretaris", "Financiën")),
        ("De Minister van Justitie en Veiligheid,", ("minister", "Justitie en Veiligheid")),
        ("De Minister van Financiën – die dat beloofde – komt", None),
        ("Minister Heinen (Financiën) – Antwoord", None),
    ],
)
def test_an_office_alone(line: str, office: tuple[str, str] | None) -> None:
    assert office_line(line) == office


def test_what_a_staatssecretaris_has_of_the_ministry_is_no_part_of_its_name() -> None:
    heading = "Antwoord van staatssecretaris Van Rij (Financiën – Fiscaliteit en Belastingdienst)"
    assert [minister.ministry for minister in answering(heading)] == ["Financiën"]


def test_the_initials_of_a_minister_are_no_part_of_the_ministry() -> None:
    assert re.match(MINISTRY, "Sociale Zaken en Werkgelegenheid, E. van Hijum")[0] == "Sociale Zaken en Werkgelegenheid"  # type: ignore[index]


def test_several_ministers_answer() -> None:
    heading = (
        "Antwoord van Staatssecretaris Van Marum (Binnenlandse Zaken en Koninkrijksrelaties) en van Minister Hermans"
        " (Klimaat en Groene Groei), mede namens de Minister van Financiën (ontvangen 18 november 2024)."
    )
    assert [minister.label for minister in answering(heading)] == [
        "Van Marum, staatssecretaris van Binnenlandse Zaken en Koninkrijksrelaties",
        "Hermans, minister van Klimaat en Groene Groei",
    ]
