"""The seed letter, read from its text: every question and answer by its first and last words in the source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.describe import document_json
from index.parse import read
from index.records import Asker, Document, Kind, Minister

SEED = Path(__file__).parents[2] / "data" / "documents" / "000_bf5ccd3b814fe0dd.txt"

# number: question's first and last words, answer's first and last words
WORDS = {
    1: ("De leden van de GroenLinks-PvdA-fractie zien fragmentatie", "nog beter in beeld te krijgen?",
        "Ik ben het met u eens dat fragmentatie", "op het energieverbruik van datacenters."),
    2: ("Deze leden zijn blij met de inzet", "om ook deel te nemen?",
        "Dankzij samenwerkingsverbanden zoals de NCDD", "vanuit andere ministeries toe."),
    3: ("De leden van de GroenLinks-PvdA-fractie missen", "op dit gebied te stimuleren?",
        "Het Actieplan Groene en Digitale Banen", "curricula en opleidingen te doen opnemen."),
    4: ("Deze leden erkennen dat het gebrek", "in de uitvoering van deze motie?",
        "De motie ziet op een verzoek", "Dit traject loopt tot december 2025."),
    5: ("De leden van de GroenLinks-PvdA-fractie noemen ook", "Wat is de status hiervan?",
        "Het uitwerken van scenario’s", "medewerker en in teamverband aangereikt."),
    6: ("Deze leden zijn het eens met de nadruk", "Nederlandse en Europese leveranciers?",
        "Ik ben het met u eens dat bij inkooptrajecten", "strategische autonomie bij aanbestedingen."),
    7: ("De leden van de GroenLinks-PvdA-fractie vinden", "van ICT geen data aanleveren?",
        "Indien (ICT-)bedrijven onder de reikwijdte", "geldt bovenstaande regelgeving niet."),
    8: ("Wat doet u om de transparantie", "scope 1, 2 en 3 emissies van ICT?",
        "Departementen gebruiken de CO2-prestatieladder", "(zie ook antwoord vraag 1)."),
    9: ("De leden van de GroenLinks-PvdA-fractie wijzen", "ministeries en uitvoeringsorganisaties in mee?",
        "Om invulling te geven aan het beleid", "niet mee kunnen komen in de digitalisering."),
    10: ("Deze leden benadrukken de noodzaak", "Systemen in actie om te zetten?",
         "Aanbieders van Energie Management Systemen", "aan het einde van het jaar op terug."),
    11: ("De leden van de GroenLinks-PvdA-fractie zien duurzame", "motie-Kathmann c.s. (Kamerstuk 26643-1265)?",
         "Duurzame digitalisering is inderdaad", "energie efficiëntie en duurzaamheid van AI."),
    12: ("De leden van de NSC-fractie vragen op welke wijze", "En zo ja, hoe wordt dit gedaan?",
         "De uitvoering van het actieplan", "het digitaliseringsbeleid van het kabinet."),
    13: ("In de brief (Kamerstuk 26643, nr. 1327) geeft de minister aan", "zoals het Nationaal Klimaat Platform.",
         "De precieze invulling van het Kenniscentrum", "de ontwikkeling van het kenniscentrum."),
    14: ("In de brief (Kamerstuk 26643, nr. 1327) geeft de minister ook", "op korte termijn zullen worden benut.",
         "Het ministerie van Economische Zaken beschikt", "gebruik van restwarmte uit datacenters."),
    15: ("De minister zet zich in voor een AI-fabriek", "waterverbruik, energieverbruik, netcongestie).",
         "Momenteel werkt een consortium bestaande uit SURF", "over de voortgang van de AI-faciliteit."),
}  # fmt: skip


@pytest.fixture(scope="module")
def letter() -> Document:
    return read(SEED)


def test_fifteen_exchanges_with_their_askers(letter: Document) -> None:
    joint = Asker("GroenLinks-PvdA", None, "GL-PvdA")
    nsc = Asker("NSC", None, "NSC")
    expected = [((number,), (joint if number <= 11 else nsc,)) for number in range(1, 16)]
    assert [(exchange.numbers, exchange.askers) for exchange in letter.exchanges] == expected


@pytest.mark.parametrize("number", sorted(WORDS))
def test_first_and_last_words(letter: Document, number: int) -> None:
    exchange = letter.exchanges[number - 1]
    (question,) = exchange.questions
    assert exchange.answer is not None
    asked, answered = question.span.of(letter.text), exchange.answer.of(letter.text)
    first_asked, last_asked, first_answered, last_answered = WORDS[number]
    assert question.number == number
    assert (asked[: len(first_asked)], asked[-len(last_asked) :]) == (first_asked, last_asked)
    assert (answered[: len(first_answered)], answered[-len(last_answered) :]) == (first_answered, last_answered)


def test_metadata(letter: Document) -> None:
    assert letter.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert letter.title == "SO Update Actieplan Duurzame Digitalisering"
    assert (letter.dossier, letter.reference) == ("26643", "DGED-DE / 98731685")
    assert letter.answered_on == date(2025, 5, 19)
    assert letter.asked_on is None  # "ingezonden 3 April" names no year
    assert letter.ministers == (
        Minister("Dirk Beljaarts", "minister", "Economische Zaken"),
        Minister(None, "staatssecretaris", "Digitalisering en Koninkrijksrelaties", on_behalf=True),
    )
    assert letter.warnings == ()


def test_furniture_is_gone_and_its_sentence_closed(letter: Document) -> None:
    assert "Europese regelgeving en handelsakkoorden." in letter.text
    for words in ("Pagina", "Directoraat-generaal", "Ons kenmerk", "98731685"):
        assert words not in letter.text


@pytest.mark.parametrize(
    "words",
    [
        "ICT-uitgaven en -uitstootgegevens.",
        "de ISO-normwerkgroep die",
        "de aangenomen motie-Kathmann (",
        "De ICT-middelen die",
        "leer- en communicatiemiddelen worden",
        "leidt. EMS-aanbieders zijn",
        "van de NSC-fractie vragen of bij",
        "voor een AI-faciliteit in Nederland, op",
        "de AI-fabriek - waaronder de aanbesteding",
        "datacenter- en cloudsector",
        "publiek-private samenwerking",
        "(LCA) -berekeningen",
    ],
)
def test_hyphens(letter: Document, words: str) -> None:
    assert words in letter.text


@pytest.mark.parametrize(
    "words",
    [
        "(EGDC) die",
        "economie. Dat",
        "IPCEI CIS. Dit",
        "JTC1 SC39 WG1",
        "Actie 3.a.2)",
        "EU/2023/1791",
        "CO2-uitstoot",
        "CO₂-reductie",
    ],
)
def test_footnote_markers_leave_the_words_and_nothing_else_does(letter: Document, words: str) -> None:
    assert words in letter.text


def test_notes_are_kept_at_their_place(letter: Document) -> None:
    places = [(note.marker, letter.text[: note.anchor].split()[-1]) for note in letter.notes]
    assert places == [("1", "(EGDC)"), ("2", "economie."), ("3", "CIS.")]


def test_no_page_is_guessed(letter: Document) -> None:
    assert letter.page_starts == ()
    assert document_json(letter)["pages"] is None


def test_json_ranges_are_of_the_text(letter: Document) -> None:
    described = document_json(letter)
    exchange = described["exchanges"][7]  # type: ignore[index]
    question, answer = exchange["questions"][0], exchange["answer"]
    text = described["text"]
    assert isinstance(text, str)
    assert (question["number"], question["page"]) == (8, None)
    assert text[question["start"] : question["end"]] == question["text"]
    assert text[answer["start"] : answer["end"]] == answer["text"]
    assert (described["kind"], described["answered_on"]) == ("schriftelijk-overleg", "2025-05-19")


def test_the_kenmerk_is_found_within_a_header_of_one_line(tmp_path: Path) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text(
        "Directoraat-generaal Economie Ons kenmerk DGED-DE / 98731685 Pagina 1 van 2\n\n"
        "Vragen van de leden van de VVD-fractie\n\n1\nKomt er een haven?\n\nAntwoord\nJa.\n"
    )
    assert read(letter).reference == "DGED-DE / 98731685"
