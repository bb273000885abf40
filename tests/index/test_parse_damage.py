"""What real letters do to a parser, each fault by the smallest letter that shows it."""

from __future__ import annotations

import pytest

from index.clean.furniture import remove
from index.extract.source import Line, Source
from index.parse import parse
from index.records import Document, Kind
from tests.index.test_clean_breaks import PRINTED, joined
from tests.index.test_origin import source_of
from tests.index.test_parse_families import told

HEAD = "Vragen van het lid Dijk (SP) aan de Minister van Financiën over geld (ingezonden 6 november 2024).\n"
DIJK = [("Dijk", "SP")]


def read(text: str) -> Document:
    return parse(source_of(text), "brief")


@pytest.mark.parametrize("who", ["het lid", "lid", "het leden", "de leden lid", "het Lid"])
def test_one_member_however_announced(who: str) -> None:
    letter = read(HEAD.replace("het lid", who) + "Vraag 1\nKent u het bericht?\nAntwoord 1\nJa.\n")
    assert told(letter) == [((1,), DIJK, ["Kent u het bericht?"], "Ja.")]


def test_a_second_mention_of_the_members_adds_nobody() -> None:
    letter = read(
        "In antwoord op uw brief deel ik u mede dat de vragen van het lid Dijk (SP) worden beantwoord.\n\n"
        "De minister van Justitie en Veiligheid\n\nD. Yeşilgöz-Zegerius\n\n"
        + HEAD
        + "\nVraag 1\n\nHoe?\n\nAntwoord 1\n\nZo.\n"
    )
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zo.")]


def test_numbers_that_a_joint_heading_passed_over_come_later() -> None:
    letter = read(
        HEAD + "1, 2 en 4\nWie?\nWat?\nWaar?\nAntwoord\nHier.\n3\nWaarom?\nAntwoord\nDaarom.\n5\nHoe?\nAntwoord\nZo.\n"
    )
    assert [(numbers, answer) for numbers, _, _, answer in told(letter)] == [
        ((1, 2, 4), "Hier."),
        ((3,), "Daarom."),
        ((5,), "Zo."),
    ]


def test_as_many_paragraphs_as_numbers_are_the_questions() -> None:
    letter = read(
        HEAD + "\nVraag 1 en 2\n\nIs dat zo? Wat vindt u daarvan?\n\nZo ja, waarom? Wat gaat u doen?\n"
        "\nAntwoord 1 en 2\n\nNiets.\n"
    )
    assert told(letter)[0][2] == ["Is dat zo? Wat vindt u daarvan?", "Zo ja, waarom? Wat gaat u doen?"]


def test_questions_glued_together_part_where_a_line_ended() -> None:
    letter = read(
        HEAD + "Vraag 1 en 2\nIs het waar dat u meer wilt? Hoeveel meer?Aan hoeveel denkt u? Hoeveel"
        " wordt het dan?\nAntwoord 1 en 2\nTien.\n"
    )
    assert told(letter)[0][2] == [
        "Is het waar dat u meer wilt? Hoeveel meer?",
        "Aan hoeveel denkt u? Hoeveel wordt het dan?",
    ]


def test_one_question_with_its_number_before_it() -> None:
    letter = read(HEAD + "\n1. Kent u het bericht?\n\nAntwoord vraag 1:\n\nJa.\n")
    assert told(letter) == [((1,), DIJK, ["Kent u het bericht?"], "Ja.")]


@pytest.mark.parametrize(
    "opening",
    [
        "Hierbij zend ik u de antwoorden op de vragen van het lid Dijk (SP) over geld.",
        "Bijgaand beantwoord ik de vragen van het lid Dijk (SP) over geld.",
        "Ik deel u mede dat de vragen van het lid Dijk (SP) over geld worden beantwoord zoals in de bijlage.",
        "Antwoorden op Kamervragen van het lid Dijk (SP) over geld",
        "Onderwerp: Beantwoording schriftelijke vragen van het lid Dijk (SP) over geld",
    ],
)
def test_answers_that_a_letter_sends_need_no_marker(opening: str) -> None:
    letter = read(f"Geachte voorzitter,\n\n{opening}\n\n1. Hoe?\n\nZo.\n\n2. Waar?\n\nHier.\n")
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zo."), ((2,), DIJK, ["Waar?"], "Hier.")]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_questions_without_numbers_are_of_the_member_named_above_them(gap: str) -> None:
    letter = read(
        "Antwoorden op Kamervragen bij de begroting van 30 oktober 2024\n\n"
        f"Vraag van het lid Bos (CDA)\n{gap}Waarom?\n\nAntwoord\nDaarom.\n\n"
        f"Vragen van de leden Dijk en Vos (beiden SP)\n{gap}Hoe?\n\nAntwoord\nZo.\n\nWanneer?\n\nAntwoord\nNu.\n"
    )
    pair = [("Dijk", "SP"), ("Vos", "SP")]
    assert told(letter) == [
        ((1,), [("Bos", "CDA")], ["Waarom?"], "Daarom."),
        ((2,), pair, ["Hoe?"], "Zo."),
        ((3,), pair, ["Wanneer?"], "Nu."),
    ]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("{}\n", "Vraag {}: "),
        ("{}:\n", "Vraag {}\n"),
        ("Het lid {}\n", "{}. "),
        ("De heer {}:\n", "{}\n"),
        ("Vraag van het lid {}:\n", "{}. "),
        ("Vraag van het lid {}: ", ""),
        ("Vraag lid {}: ", ""),
    ],
)
def test_a_member_named_above_a_question_or_right_before_it_asks_it(head: str, number: str) -> None:
    one, two = (head.format(who) + number.format(at) for at, who in enumerate(["Bos (CDA)", "Van der Vos (SP)"], 1))
    letter = read(
        f"Antwoorden op vragen uit het debat\n\n{one}Hoe?\n\nAntwoord: Zo.\n\n{two}Waar?\n\nAntwoord: Hier.\n"
    )
    assert told(letter) == [
        ((1,), [("Bos", "CDA")], ["Hoe?"], "Zo."),
        ((2,), [("Van der Vos", "SP")], ["Waar?"], "Hier."),
    ]


def test_a_member_named_on_a_line_of_an_answer_asks_nothing() -> None:
    letter = read(HEAD + "Vraag 1\nWie?\n\nAntwoord 1\nDit zijn:\n\nBos (CDA)\n\nVos (D66)\n\nVraag 2\nHoe?\n")
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        (DIJK, "Dit zijn:\n\nBos (CDA)\n\nVos (D66)"),
        (DIJK, None),
    ]


@pytest.mark.parametrize("sign", ["", ":", " :"])
def test_a_label_without_a_number_opens_a_question(sign: str) -> None:
    letter = read(HEAD + f"Vraag{sign}\nHoe?\nAntwoord\nZo.\nVraag{sign}\nWaar? Waarom daar?\nAntwoord\nHier.\n")
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zo."), ((2,), DIJK, ["Waar? Waarom daar?"], "Hier.")]


def test_the_end_of_the_letter_that_sends_them_does_not_end_questions_without_numbers() -> None:
    opening = "Hierbij de antwoorden op de vragen van het lid Dijk (SP).\n\nHoogachtend,\n\nDe minister,\nE. Heinen\n\n"
    letter = read(opening + "Hoe?\n\nAntwoord\nZo.\n\nWaar?\n\nAntwoord\nHier.\n\nHoogachtend,\n\nE. Heinen\n")
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zo."), ((2,), DIJK, ["Waar?"], "Hier.")]


def test_the_number_of_a_page_is_none_of_questions_without_numbers() -> None:
    letter = read(HEAD + "\nHoe komt dat?\n\nWaar was dat?\n\n1\n\nWie was dat?\n\nWanneer?\n\n2\n\nWaarom?\n")
    asked = ["Hoe komt dat?", "Waar was dat?", "Wie was dat?", "Wanneer?", "Waarom?"]
    assert told(letter) == [((number,), DIJK, [words], None) for number, words in enumerate(asked, 1)]


def test_questions_without_numbers_have_the_replies_behind_them_where_answers_are_sent() -> None:
    questions = (
        "Hoe?\n\nZo.\n\n- Eerst dit.\n\n- Dan dat.\n\nWaar?\n\nDaar.\n\nKomt het?\n\nJa. Waarom nu? Omdat het moet.\n\n"
        "Hoogachtend,\n\nE. Heinen\n"
    )
    letter = read(f"Hierbij de antwoorden op de vragen van het lid Dijk (SP).\n\n{questions}")
    assert told(letter) == [
        ((1,), DIJK, ["Hoe?"], "Zo.\n\n- Eerst dit.\n\n- Dan dat."),
        ((2,), DIJK, ["Waar?"], "Daar."),
        ((3,), DIJK, ["Komt het?"], "Ja. Waarom nu? Omdat het moet."),
    ]
    assert {answer for *_, answer in told(read(HEAD + questions))} == {None}


def test_a_title_is_no_part_of_the_answer_where_no_line_is_empty() -> None:
    policy = "Zo, en dat is al jaren het beleid van het kabinet."
    letter = read(HEAD + f"Vraag 1\nHoe?\nAntwoord 1\n{policy}\nFinanciën\nVraag 2\nWaar?\nAntwoord 2\n{policy}\n")
    assert [answer for *_, answer in told(letter)] == [policy, policy]


def test_the_word_above_the_only_question_is_no_part_of_it() -> None:
    assert told(read(HEAD + "Vraag\nHoe?\n\nAntwoord\nZo.\n")) == [((1,), DIJK, ["Hoe?"], "Zo.")]
    several = told(read(HEAD + "Vraag\nHoe?\n\nAntwoord\nZo.\n\nWaar?\n\nAntwoord\nHier.\n"))
    assert [answer for *_, answer in several] == ["Zo.", "Hier."]


@pytest.mark.parametrize("marker", ["", "Vraag:\n"])
def test_the_question_of_a_member_without_a_party_is_not_the_one_befores(marker: str) -> None:
    letter = read(
        f"Antwoorden op vragen uit het debat\n\nVraag van het lid Bos (CDA)\n{marker}Waarom?\n\nAntwoord\nDaarom.\n\n"
        f"Vraag van het lid Dijk\n{marker}Hoe?\n\nAntwoord\nZo.\n"
    )
    assert told(letter) == [((1,), [("Bos", "CDA")], ["Waarom?"], "Daarom."), ((2,), [], ["Hoe?"], "Zo.")]


def test_two_sets_that_an_opening_names_together_are_each_of_their_own_members() -> None:
    letter = read(
        "Op 3 april deel ik u mee dat de vragen van de leden Bos (CDA) en Vos (SP) worden beantwoord.\n\n"
        "Vragen van het lid Bos (CDA) aan de Minister over geld\n\nVraag 1\nHoe?\nAntwoord 1\nZo.\n\n"
        "Vragen van het lid Vos (SP) aan de Minister over zorg\n\nVraag 1\nWaar?\nAntwoord 1\nHier.\n"
    )
    assert [(askers, answer) for _, askers, _, answer in told(letter)] == [
        ([("Bos", "CDA")], "Zo."),
        ([("Vos", "SP")], "Hier."),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Beantwoording Kamervragen van {} over geld",
        "Beantwoording van de vragen van {} (2025Z00001)",
        "Antwoorden van de minister van Financiën op vragen van {}",
        "Schriftelijke vragen van {}",
        "Bijlage 2: Vragen van {}",
        "B. Vragen van {}",
        "Vragen van {} aan de Minister van Financiën over geld (ingezonden 3 mei 2024).\nAntwoord van Minister Heinen.",
    ],
)
def test_each_set_has_the_members_of_its_title(title: str) -> None:
    asked = "Vraag 1\nHoe?\n\nAntwoord 1\nZo.\n\n"
    letter = read(
        "Hierbij de antwoorden op de vragen van de leden Bos (CDA) en Vos (SP).\n\n"
        f"{title.format('het lid Bos (CDA)')}\n\n{asked}{title.format('het lid Vos (SP)')}\n\n{asked}"
    )
    assert told(letter) == [((1,), [("Bos", "CDA")], ["Hoe?"], "Zo."), ((1,), [("Vos", "SP")], ["Hoe?"], "Zo.")]


@pytest.mark.parametrize(
    "begins",
    [
        "Geachte voorzitter,\n\nHierbij de antwoorden op de vragen van het lid {} over geld.\n",
        "Vragen van het lid {} aan de Minister van Financiën over geld.\n",
    ],
)
def test_each_letter_in_a_file_has_its_own_notes_and_signature(begins: str) -> None:
    letters = [
        (
            begins.format(who)
            + f"\nVraag 1\nKent u dit?1\n\nAntwoord 1\nJa.\n\nDe Minister van Financiën,\nE. Heinen\n\n{note}"
        )
        for who, note in (("Dijk (SP)", ""), ("Bos (CDA)", "1 NOS, 2024.\n\n"), ("Vos (D66)", "1 Trouw, 2023.\n\n"))
    ]
    letter = read("".join(letters).replace("dit?1", "dit?", 1))
    assert told(letter) == [
        ((1,), [who], ["Kent u dit?"], "Ja.") for who in (("Dijk", "SP"), ("Bos", "CDA"), ("Vos", "D66"))
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [("1", "NOS, 2024."), ("1", "Trouw, 2023.")]


def test_earlier_questions_in_an_annex_have_their_own_members() -> None:
    letter = read(
        HEAD + "Vraag 1\nWie?\n\nAntwoord 1\nHij.\n\nBijlage: eerdere vragen van het lid Vos (CDA)\n\nVraag 1\nWat?\n"
    )
    assert told(letter) == [((1,), DIJK, ["Wie?"], "Hij."), ((1,), [("Vos", "CDA")], ["Wat?"], None)]


@pytest.mark.parametrize(
    "labels",
    [
        "Ons kenmerk\n5512346\n\nUw kenmerk\n2024Z07778\n\n",
        "Ons kenmerk: DGED-DE / 98731685\nUw kenmerk 2024Z07778\n",
        "Datum\n3 mei 2024\n\n2024Z07778\n\n",
    ],
)
def test_labels_above_the_title_of_the_next_set_are_no_part_of_the_answer(labels: str) -> None:
    letter = read(
        "Vragen van het lid Bos (CDA) aan de Minister van Financiën over de haven\nUw kenmerk 2024Z07777\n\n"
        f"Vraag 1\nKent u de haven?\n\nAntwoord 1\nJa.\n\n{labels}"
        "Bijlage 2: Vragen van het lid Vos (SP) over het spoor\n\n"
        "Vraag 1\nKent u het spoor?\n\nAntwoord 1\nNee, maar zie:\n\nKenmerk 2024Z07779\n"
    )
    assert [
        (exchange.askers[0].member, exchange.answer and exchange.answer.of(letter.text))
        for exchange in letter.exchanges
    ] == [("Bos", "Ja."), ("Vos", "Nee, maar zie:\n\nKenmerk 2024Z07779")]


@pytest.mark.parametrize(
    "head",
    [
        "Aan de voorzitter van de Tweede Kamer der Staten-Generaal\n\nDatum 4 maart 2020\nBetreft Kamervragen\n\n",
        "Betreft Beantwoording vragen van het lid Vos (SP) over geld\n\n",
        "",
    ],
)
@pytest.mark.parametrize("number", ["Vraag 1\n", "1\n", "1. "])
def test_a_second_letter_in_a_file_has_its_own_members(head: str, number: str) -> None:
    opening = "Geachte voorzitter,\n\nHierbij de antwoorden op de vragen van het lid {} over geld.\n\nHoogachtend,\n\n"
    asked = f"De minister van Financiën,\n\nE. Heinen\n\n{number}Hoe?\n\nAntwoord 1\nGeachte voorzitter, zo.\n\n"
    letter = read(opening.format("Bos (CDA)") + asked + head + opening.format("Vos (SP)") + asked)
    assert told(letter) == [
        ((1,), [("Bos", "CDA")], ["Hoe?"], "Geachte voorzitter, zo."),
        ((1,), [("Vos", "SP")], ["Hoe?"], "Geachte voorzitter, zo."),
    ]


def test_a_salutation_that_an_answer_cites_begins_no_letter() -> None:
    letter = read(f"{HEAD}Vraag 1\nHoe?\n\nAntwoord 1\nZo:\n\nGeachte voorzitter,\n\nDag.\n\nVraag 2\nWaar?\n")
    assert [(asked, answer) for _, asked, _, answer in told(letter)] == [
        (DIJK, "Zo:\n\nGeachte voorzitter,\n\nDag."),
        (DIJK, None),
    ]


def test_the_sentence_that_opens_a_letter_is_no_title_of_a_set() -> None:
    letter = read(
        "Datum\n7 november 2024\nOnderwerp\nAntwoord Kamervragen over tunnels\n\nOns kenmerk\n4975504\n\n"
        "In antwoord op de vragen van het lid Bos (CDA) over tunnels bericht ik als volgt.\n\n"
        "Vraag 1\nHoeveel?\n\nAntwoord 1\nDrie.\n"
    )
    assert letter.title == "Antwoord Kamervragen over tunnels"


def test_a_line_of_an_answer_that_cites_questions_is_no_title_of_a_set() -> None:
    cited = "Beantwoording Kamervragen van het lid Vos (SP) over zorg"
    letter = read(
        HEAD + f"Vraag 1\nHoe?\n\nAntwoord 1\nZo, zie\n\n{cited}\n\n" + "en verder\n\n" * 9 + "Vraag 2\nWaar?\n"
    )
    assert [asked for _, asked, *_ in told(letter)] == [DIJK, DIJK]


def test_a_heading_of_some_of_the_members_that_an_opening_names_is_one_line_of_it() -> None:
    letter = read(
        "Vragen van de leden Bos (CDA) en Vos (SP) aan de Minister over geld.\n\n"
        "Vragen van het lid Bos (CDA)\n\nVraag 1\nHoe?\nAntwoord 1\nZo.\n"
    )
    assert told(letter)[0][1] == [("Bos", "CDA"), ("Vos", "SP")]


def test_a_fractie_has_its_questions_though_the_opening_cites_those_of_a_member() -> None:
    letter = read(
        "Verslag van een schriftelijk overleg over het antwoord op vragen van het lid Bos (CDA) over geld\n\n"
        "Vragen van de leden van de SP-fractie\n\n1\nHoe?\n\nAntwoord\nZo.\n\n"
        "Vragen van de leden van de D66-fractie\n\n2\nWaar?\n\nAntwoord\nHier.\n"
    )
    assert [askers for _, askers, _, _ in told(letter)] == [[(None, "SP")], [(None, "D66")]]


def test_a_note_glued_to_its_number_is_found_by_its_words() -> None:
    letter = read(HEAD + "Vraag 1\nHoe?\nAntwoord 1\nZo gaat dat.\n1 Dat is alles.\n1Kamerstuk 26 643, nr. 437\n")
    assert (told(letter)[0][3] or "").split() == ["Zo", "gaat", "dat.", "Dat", "is", "alles."]
    assert [(note.marker, note.body) for note in letter.notes] == [("1", "Kamerstuk 26 643, nr. 437")]


def test_a_marker_may_be_glued_to_both_sides() -> None:
    letter = read(HEAD + "Vraag 1\nHoe?\nAntwoord 1\nHet loopt.1Deze regeling blijft.\n1NOS, 29 oktober 2024\n")
    assert told(letter)[0][3] == "Het loopt.Deze regeling blijft."


def test_a_marker_on_a_line_of_its_own_is_no_number_where_questions_have_theirs_in_front() -> None:
    letter = read(
        HEAD
        + "1. Kent u het bericht «Geld op»?\n1\n2. Wat kost dat, volgens het CPB,\n2\nper jaar? Zo nee, waarom niet?\n"
        "3. Hoe?\n1NOS, 5 november 2024.\n2Trouw, 6 november 2024.\n"
    )
    assert [(numbers, asked) for numbers, _, asked, _ in told(letter)] == [
        ((1,), ["Kent u het bericht «Geld op»?"]),
        ((2,), ["Wat kost dat, volgens het CPB, per jaar? Zo nee, waarom niet?"]),
        ((3,), ["Hoe?"]),
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [
        ("1", "NOS, 5 november 2024."),
        ("2", "Trouw, 6 november 2024."),
    ]


def test_the_number_glued_to_a_heading_is_no_marker() -> None:
    letter = read(
        HEAD + "Vraag1\nHoe?1\nAntwoord1\nZo.\nVraag2\nWaar?2\nAntwoord2\nHier.\n1 NOS, 2024.\n2 Trouw, 2024.\n"
    )
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zo."), ((2,), DIJK, ["Waar?"], "Hier.")]


@pytest.mark.parametrize("number", ["{}", "({})", "{}."])
def test_a_number_in_front_of_a_question_needs_no_sign(number: str) -> None:
    asked = "Kent u «Geld op»?", "Wat kost dat?", "Wie betaalt?", "Wanneer?"
    first, joint, last = (number.format(numbers) for numbers in ("1", "2 en 3", "4"))
    letter = read(
        HEAD
        + f"{first} {asked[0]}\n1\nAntwoord\nJa. Sinds:\n1 Mei, en\n2 Juni.\n{joint} {asked[1]}\n{asked[2]}\nAntwoord\n"
        f"2 Personen betalen tien euro.\n1NOS, 5 november 2024.\n{last} {asked[3]}\nAntwoord\nIn mei.\n"
    )
    assert [(numbers, asked) for numbers, _, asked, _ in told(letter)] == [
        ((1,), [asked[0]]),
        ((2, 3), [asked[1], asked[2]]),
        ((4,), [asked[3]]),
    ]


def test_numbers_without_a_sign_in_front_of_what_does_not_ask_are_no_questions() -> None:
    letter = read(HEAD + "Hoe?\n\nAntwoord\nZo:\n1 Mei\n2 Juni\n\nWaar?\n\nAntwoord\n1 Hier.\n2 Daar.\n")
    assert [(asked, answer) for *_, asked, answer in told(letter)] == [
        (["Hoe?"], "Zo:\n\n1 Mei\n\n2 Juni"),
        (["Waar?"], "1 Hier.\n\n2 Daar."),
    ]


@pytest.mark.parametrize(("marker", "note"), [("{})", "{})"), (" {})", "{})"), (" ({})", "({})"), ("({})", "({})")])
def test_the_brackets_of_a_marker_go_with_it(marker: str, note: str) -> None:
    letter = read(
        f"Vraag 1\nKent u het bericht?{marker.format(1)}\nAntwoord 1\nJa, zie vraag (1) en (2).\n"
        f"Vraag 2\nEn dat?{marker.format(2)}\nAntwoord 2\nJa.\n\n"
        f"{note.format(1)} De Volkskrant, 6 november 2008\n{note.format(2)} Trouw, 7 november 2008\n"
    )
    assert [(questions, answer) for _, _, questions, answer in told(letter)] == [
        (["Kent u het bericht?"], "Ja, zie vraag (1) en (2)."),
        (["En dat?"], "Ja."),
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [
        ("1", "De Volkskrant, 6 november 2008"),
        ("2", "Trouw, 7 november 2008"),
    ]


def test_a_bracket_that_was_open_is_no_part_of_the_marker_glued_before_it() -> None:
    letter = read("Vraag 1\nKent u het bericht (van vorig jaar.1)?\nAntwoord 1\nJa.\n\n1 NRC, 6 november 2008\n")
    assert told(letter)[0][2] == ["Kent u het bericht (van vorig jaar.)?"]


def test_the_title_of_a_section_is_no_note() -> None:
    letter = read(
        "Nota naar aanleiding van het verslag\n\n1. Inleiding\n\nDe leden van de VVD-fractie vragen wat het kost.\n\n"
        "Het kost tien euro.[1] Dat is veel.[2]\n\n2. Uitvoering\n\nDe leden van de SP-fractie vragen wie het doet.\n\n"
        "Het Rijk.\n\n[1] NOS, 2024\n[2] Zie www.rijksoverheid.nl\n"
    )
    assert [(asked[0][1], answer) for _, asked, _, answer in told(letter)] == [
        ("VVD", "Het kost tien euro. Dat is veel."),
        ("SP", "Het Rijk."),
    ]


@pytest.mark.parametrize(
    ("before", "top", "kept"),
    [
        ("Totaal", 90.0, True),
        ("Totaal", 80.0, False),
        ("Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1", 90.0, False),
    ],
)
def test_the_last_cell_of_a_table_counts_no_pages(before: str, top: float, kept: bool) -> None:
    texts = [("Vraag 1", 10.0), ("Hoeveel?", 20.0), ("Antwoord 1", 30.0), ("Er zijn er zo veel.", 40.0), (before, top)]
    lines = [Line(text, page=1, top=at, gap=True) for text, at in (*texts, ("21", 90.0))]
    (exchange,) = (letter := parse(Source("brief.pdf", "", tuple(lines), 1), "brief")).exchanges
    assert exchange.answer is not None
    assert exchange.answer.of(letter.text).endswith("21") is kept


def test_the_foot_of_an_aanhangsel_may_have_the_number_of_its_page_too() -> None:
    letter = read(
        HEAD + "Vraag 1\nKent u het onderzoek?1\nAntwoord 1\nJa.\n1 V&VN, 28 januari 2025, «Werkdruk».\n"
        "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1433 1\nVraag 2\nEn?\nAntwoord 2\nNee.\n"
    )
    assert [answer for *_, answer in told(letter)] == ["Ja.", "Nee."]


def test_short_answers_below_the_head_of_a_page_are_no_furniture() -> None:
    page = "Tweede Kamer, vergaderjaar 2024–2025, 26 643, nr. 1337 {}\n"
    letter = read(
        HEAD
        + "Vraag 1\nIs het waar?\nAntwoord 1\n"
        + page.format(1)
        + "Ja.\nVraag 2\nIs dat goed?\nAntwoord 2\n"
        + page.format(2)
        + "Ja.\n"
    )
    assert [answer for *_, answer in told(letter)] == ["Ja.", "Ja."]


@pytest.mark.parametrize("head", ["VVD-fractie", "De leden van de fractie van de VVD:", "VVD"])
def test_a_fractie_at_the_head_of_two_pages_is_no_furniture(head: str) -> None:
    pages = [["Wat volgt."], [head, "Wie?"], ["Reactie."], [head, "Hij."]]
    lines = [Line(text, page=at, gap=True) for at, page in enumerate(pages, 1) for text in page]
    assert [line.text for line in remove(Source("", "", tuple(lines), 4)).lines] == [line.text for line in lines]


@pytest.mark.parametrize(("heads", "kept"), [((5, 6, 7), 0), ((5, 6), 2), ((5, 7, 9), 3)])
def test_a_running_head_stands_on_three_pages_in_a_row(heads: tuple[int, ...], kept: int) -> None:
    pages = [
        [*["Bijlage over geld"] * (page in heads), f"Dit is bladzij {'abcdefghijkl'[page]}."] for page in range(12)
    ]
    lines = [Line(text, page=at, gap=True) for at, page in enumerate(pages, 1) for text in page]
    left = [line.text for line in remove(Source("", "", tuple(lines), 12)).lines]
    assert (left.count("Bijlage over geld"), len(left)) == (kept, 12 + kept)


@pytest.mark.parametrize(("before", "kept"), [("gaat om", 0), ("is leeg.", 2)])
def test_a_running_head_that_parts_a_sentence_stands_on_two_pages(before: str, kept: int) -> None:
    pages = [
        [*["Bijlage over geld"] * (page in (4, 9)), "geld dat op is.", f"Bladzij {'abcdefghijkl'[page]} {before}"]
        for page in range(12)
    ]
    lines = [Line(text, page=at, gap=True) for at, page in enumerate(pages, 1) for text in page]
    left = [line.text for line in remove(Source("", "", tuple(lines), 12)).lines]
    assert left.count("Bijlage over geld") == kept


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        (["Ja."], True),
        (["Ja, dat is ook bij deze gemeenten zo, want het gaat om", "alle"], True),
        (["Antwoord"], True),
        (["Vraag 2"], True),
        (["DG Milieu"], False),
    ],
)
def test_what_goes_on_right_below_the_head_of_a_page_stays(below: list[str], kept: bool) -> None:
    text = [f"Regel {at} van de tekst die over de hele breedte staat en" for at in range(8)]

    def page(number: int, first: list[str]) -> list[Line]:
        head = [Line(f"Pagina {number} van 2", page=number, top=20.0)]
        tops = [40.0 + 14 * at for at in range(len(first))]
        told = [Line(words, page=number, top=top) for words, top in zip(first, tops, strict=True)]
        rest = [Line(words, page=number, top=tops[-1] + 28 + 14 * at) for at, words in enumerate(text)]
        return [*head, *told, *rest]

    body = remove(Source("brief.pdf", "0" * 64, (*page(1, ["DG Milieu"]), *page(2, below)), pages=2))
    assert (below[0] in [line.text for line in body.lines if line.page == 2]) == kept


def test_a_full_line_at_a_pages_end_goes_on() -> None:
    line = "De leden van de VVD-fractie vragen dit nog eens omdat het bij dhr. W."
    letter = read(
        f"Nota naar aanleiding van het verslag\n\n{line}\n\nPagina 3 van 10\n\n"
        "Korf al eens is besproken en toen niet is opgelost door het.\n\n"
        "Dat is zo.\n\nDeze leden vragen ook wie dat doet.\n\nHet Rijk.\n"
    )
    assert [answer for *_, answer in told(letter)] == ["Dat is zo.", "Het Rijk."]


def test_a_marked_answer_in_prose_leaves_its_marker_out() -> None:
    letter = read(
        "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\n\nVragen en opmerkingen van de leden van de VVD-fractie\n\n"
        "Voorts vragen de leden van de VVD-fractie aandacht voor het CDA.\n\nAntwoord:\n\nJa\n\n"
        "Ook vragen zij wat het kost.\n\nReactie\n\nTien euro.\n"
    )
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG
    vvd = [(None, "VVD")]
    assert told(letter) == [
        ((), vvd, ["Voorts vragen de leden van de VVD-fractie aandacht voor het CDA."], "Ja"),
        ((), vvd, ["Ook vragen zij wat het kost."], "Tien euro."),
    ]


def test_a_marker_right_below_its_question_is_no_part_of_it() -> None:
    asked = "De leden van de VVD-fractie vragen wie betaalt."
    letter = read(f"Schriftelijk overleg\n\nVragen van de leden van de VVD-fractie\n\n{asked}\nAntwoord: Het Rijk.\n")
    assert told(letter) == [((), [(None, "VVD")], [asked], "Het Rijk.")]


def test_a_nota_that_is_cited_makes_no_nota() -> None:
    letter = read(
        "Verslag van een schriftelijk overleg\n\nVragen van de leden van de VVD-fractie\n\n1\n\n"
        "Kent u de nota naar aanleiding van het verslag?\n\nAntwoord\n\nJa.\n"
    )
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG


def test_a_table_of_questions_without_space_between() -> None:
    letter = read(
        "Lijst van vragen en antwoorden\nNr\nVraag\nAntwoord\n1\nHoeveel kost het?\nTien euro.\n"
        "2\nWie betaalt? En wie niet?\nHet Rijk.\n"
    )
    assert told(letter) == [
        ((1,), [], ["Hoeveel kost het?"], "Tien euro."),
        ((2,), [], ["Wie betaalt? En wie niet?"], "Het Rijk."),
    ]


def test_a_name_with_a_digit_is_no_marker_where_markers_have_brackets() -> None:
    letter = read(
        HEAD + "\nVraag 1\n\nKent u het NMP1 dat gisteren verscheen?[1]\n\nAntwoord 1\n\nJa.\n\n[1] NOS, 2024\n"
    )
    assert told(letter)[0][2] == ["Kent u het NMP1 dat gisteren verscheen?"]


def test_a_reference_at_the_end_of_a_line_keeps_its_number() -> None:
    letter = read(
        HEAD
        + "Vraag 1\nHoe?1\nAntwoord 1\nZo.\nVraag 2\nWaar?\nAntwoord 2\nZie het antwoord op vraag\n1.\n1NOS, 2024\n"
    )
    assert (told(letter)[1][3] or "").split()[-2:] == ["vraag", "1."]


def test_joined_lines_are_mended_in_answer_question_and_title_and_keep_their_places() -> None:
    heading = "Vragen van het lid Dijk (SP) aan de Minister van Financiën over het tekort"
    source = source_of(
        f"{heading}bij het Rijk (ingezonden 6 november 2024).\nVraag 1\nIs datzo?\nAntwoord 1\n{joined(PRINTED)[0]}\n"
    )
    letter = parse(source, "brief")
    assert letter.title == "Het tekort bij het Rijk"
    assert told(letter) == [((1,), DIJK, ["Is datzo?"], " ".join(PRINTED))]
    answer = letter.exchanges[0].answer
    assert answer is not None
    taken = "".join(source.page_text(part.page)[part.start : part.end] for part in letter.excerpts(answer))
    assert taken == "".join(PRINTED)


def test_a_word_that_ends_like_a_preposition_names_no_number() -> None:
    letter = read(
        HEAD + "Vraag 1\nHoe?\nAntwoord 1\nZodra ik de brief zal sturen\n1, zal ik u inlichten.\n"
        "1Kamerstuk 29 279, nr. 3.\nTweede Kamer, vergaderjaar 2024-2025, Aanhangsel 1\n"
    )
    assert told(letter) == [((1,), DIJK, ["Hoe?"], "Zodra ik de brief zal sturen, zal ik u inlichten.")]


def test_a_subject_below_the_date_is_none_of_its_lines() -> None:
    letter = read(
        "> Retouradres Postbus 20301 2500 EH Den Haag\n\nDatum\n7 november 2023\nOnderwerp\nTunnels in het land\n\n"
        + HEAD
        + "Vraag 1\nHoe?\nAntwoord 1\nZo.\n"
    )
    assert letter.title == "Tunnels in het land"


LIST = "1. Een spoedplein wordt onderzocht in 2025.\n2. Een avondsluiting is niet veilig.\n"


@pytest.mark.parametrize("asked", ["Wat vindt u van:\n1. een spoedplein;\n2. een avondsluiting?", "Is dat waar?"])
@pytest.mark.parametrize("words", ["Mijn reactie is:\n", "De uitstoot van CO2 daalt:\n"])
@pytest.mark.parametrize("after", ["", "ISSN 0921 - 7398\n", "1 Kamerstuk 26 643, nr. 437\n"])
def test_the_list_of_an_answer_is_no_foot_of_notes(asked: str, words: str, after: str) -> None:
    marker = "1" if after.startswith("1") else ""
    letter = read(HEAD + f"Vraag 1\n{asked}{marker}\nAntwoord 1\n{words}{LIST}{after}")
    ((_, _, questions, answer),) = told(letter)
    assert " ".join(questions[0].split()) == " ".join(asked.split())
    assert (answer or "").split() == (words + LIST).split()
    assert [note.body for note in letter.notes] == (["Kamerstuk 26 643, nr. 437"] if marker else [])


def test_the_last_question_is_no_note_where_a_bracket_holds_its_number() -> None:
    letter = read(
        "Antwoorden op Kamervragen van het lid Dijk (SP)\n\n1. Kent u het rapport (nr. 3)?\nJa.\n"
        "2. Wat vindt u?\nGoed.\n3. Wanneer komt het?\nNu.\n"
    )
    assert told(letter) == [
        ((1,), DIJK, ["Kent u het rapport (nr. 3)?"], "Ja."),
        ((2,), DIJK, ["Wat vindt u?"], "Goed."),
        ((3,), DIJK, ["Wanneer komt het?"], "Nu."),
    ]


def test_notes_stay_notes_below_a_page_that_ends_in_a_colon() -> None:
    letter = read(
        HEAD + "Vraag 1\nKent u het bericht?1\nAntwoord 1\nMijn antwoord is:\n1. NOS, 29 oktober 2024\n"
        "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1\nja.\n"
    )
    assert (told(letter)[0][3] or "").split() == ["Mijn", "antwoord", "is:", "ja."]


def test_each_party_may_count_its_own_questions() -> None:
    letter = read(
        "Beantwoording schriftelijk overleg\n\nVragen van de leden van de VVD-fractie\n\n"
        "1. Wie?\n\nAntwoord\n\nHij.\n\n"
        "2 en 3. Wat kost het? Wanneer is het klaar?\n\nAntwoord\n\nTien euro, in mei.\n\n"
        "Vragen van de leden van de SP-fractie\n\n1. Waarom?\n\nAntwoord\n\nDaarom.\n"
    )
    assert told(letter) == [
        ((1,), [(None, "VVD")], ["Wie?"], "Hij."),
        ((2, 3), [(None, "VVD")], ["Wat kost het?", "Wanneer is het klaar?"], "Tien euro, in mei."),
        ((1,), [(None, "SP")], ["Waarom?"], "Daarom."),
    ]


def test_a_heading_that_wraps_is_one_paragraph() -> None:
    opening = "Vragen van het lid Dijk (SP) aan de\nMinister van Financiën over geld"
    fractie = "Vragen van de leden van de D66-fractie en de leden van de\nGroenLinks-PvdA-fractie"
    for heading, rest in (
        (opening, ""),
        (fractie, "Vragen van de leden van de SP-fractie\n\n2\nWie?\n\nAntwoord\nHij.\n"),
    ):
        text = read(f"Beantwoording\n\n{heading}\n\n1\nHoe?\n\nAntwoord\nZo.\n\n{rest}").text
        assert heading.replace("\n", " ") + "\n\n1" in text


def test_an_answer_to_no_question_is_said() -> None:
    letter = read(HEAD + "Vraag 1\nHoe?\nAntwoord\nZo.\nAntwoord\nAnders.\nAntwoord\nNooit.\n")
    assert letter.warnings == ("bij 2 antwoorden is geen vraag gevonden",)


@pytest.mark.parametrize(
    "order", ["Vraag 2a\nWie?\nAntwoord 2a\nHij.\nVraag 2b\nWat?\nAntwoord 2b\nDat.\n",
              "Vraag 2a\nWie?\nVraag 2b\nWat?\nAntwoord 2a\nHij.\nAntwoord 2b\nDat.\n"],
)  # fmt: skip
def test_parts_of_a_question_have_answers_of_their_own(order: str) -> None:
    letter = read(HEAD + f"Vraag 1\nHoe?\nAntwoord 1\nZo.\n{order}Vraag 3\nWaar?\nAntwoord 3\nHier.\n")
    assert told(letter) == [
        ((1,), DIJK, ["Hoe?"], "Zo."),
        ((2,), DIJK, ["Wie?"], "Hij."),
        ((2,), DIJK, ["Wat?"], "Dat."),
        ((3,), DIJK, ["Waar?"], "Hier."),
    ]
    assert letter.warnings == ()


def test_answers_to_the_parts_of_one_question_are_its_answer() -> None:
    letter = read(
        HEAD + "Vraag 1\na. Wie?\nb. Wat?\nAntwoord 1a\nHij.\nAntwoord 1b\nDat.\nVraag 2\nHoe?\nAntwoord 2\nZo.\n"
    )
    assert [(numbers, (answer or "").split()) for numbers, *_, answer in told(letter)] == [
        ((1,), ["Hij.", "Antwoord", "1b", "Dat."]),
        ((2,), ["Zo."]),
    ]
    assert letter.warnings == ()


def test_each_number_of_a_joint_question_may_have_an_answer_of_its_own() -> None:
    letter = read(HEAD + "Vraag 1 en 2\nWie?\nWat?\nAntwoord 1\nHij.\nAntwoord 2\nDat.\n")
    assert told(letter) == [((1,), DIJK, ["Wie?"], "Hij."), ((2,), DIJK, ["Wat?"], "Dat.")]
    letter = read(HEAD + "Vraag 1 en 2\nWie en wat?\nAntwoord 1\nHij.\nAntwoord 2\nDat.\n")
    assert [(numbers, (answer or "").split()) for numbers, *_, answer in told(letter)] == [
        ((1, 2), ["Hij.", "Antwoord", "2", "Dat."])
    ]


@pytest.mark.parametrize(
    ("line", "annex"),
    [
        ("Bijlage 1: Overzicht per provincie", True),
        ("BIJLAGE A", True),
        ("Bijlage bij vraag 1", True),
        ("Bijlage bij het antwoord op de vragen 1 en 2", True),
        ("Bijlage 1 geeft een overzicht.", False),
        ("Bijlage bij de brief", False),
    ],
)
def test_an_appendix_is_no_part_of_the_last_answer(line: str, annex: bool) -> None:
    letter = read(HEAD + f"Vraag 1\nHoe?\nAntwoord 1\nZo, zie de bijlage.\n\n{line}\n\nUtrecht 3.200\n")
    rest = "" if annex else f"\n\n{line}\n\nUtrecht 3.200"
    assert told(letter) == [((1,), DIJK, ["Hoe?"], f"Zo, zie de bijlage.{rest}")]
