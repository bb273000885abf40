"""What a query names, and what a filter does."""

from __future__ import annotations

import pytest

from index.records import Span
from retrieval.filters import members_as_written
from retrieval.names import (
    named_documents,
    named_members,
    named_parties,
    names_in,
    speakers,
    strangers,
    whole_name,
)

MEMBERS = (
    "Boswijk", "Dijk", "Inge van Dijk", "Kostic ´", "Lisa Westerveld", "M.B. Vos", "Olger van Dijk", "Welzijn",
    "Yeşilgöz-Zegerius",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "members"),
    [
        ("wat vroeg Boswijk over Afghanistan", ("Boswijk",)),
        ("Wat vroeg Derk Boswijk?", ("Boswijk",)),
        ("mevrouw Welzijn", ("Welzijn",)),
        ("Jimmy Dijk over geld", ("Dijk",)),
        ("vragen van Yesilgöz", ("Yeşilgöz-Zegerius",)),
        ("boswijk en Yesilgöz-Zegerius", ("Boswijk", "Yeşilgöz-Zegerius")),
        ("vragen van het lid Van Dijk", ("Inge van Dijk", "Olger van Dijk")),
        ("Inge van Dijk over toeslagen", ("Inge van Dijk",)),
        ("vragen van het lid Dijk", ("Dijk",)),
        ("de Dijk bij Marken, een dijk", ()),
        ("Dijk", ()),
        ("Volksgezondheid, Welzijn en Sport", ()),
        ("wat antwoordde minister Boswijk", ()),
        ("wat antwoordde minister D. Boswijk", ()),
        ("wat antwoordde minister Derk Boswijk", ()),
        ("wat vroeg Westerveld over wachtlijsten", ("Lisa Westerveld",)),
        ("vragen van Vos", ("M.B. Vos",)),
        ("vragen van Welzijn en Kostić", ("Welzijn", "Kostic ´")),
        ("", ()),
    ],
)
def test_members_that_a_query_names(query: str, members: tuple[str, ...]) -> None:
    assert named_members(query, MEMBERS) == members


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("wat vroeg NSC over datacenters", ("NSC",)),
        ("vragen van christenunie en boerburgerbeweging", ("ChristenUnie", "BBB")),
        ("vragen van de denk", ("DENK",)),
        ("vragen van pvda en d66", ("PvdA", "D66")),
        ("ik denk aan een volt meer", ()),
        ("DENK en Volt over energie", ("DENK", "Volt")),
        ("Volt over energie", ("Volt",)),
        ("Denk aan energie", ()),
        ("wat betekent dit voor Nederland?", ()),
        ("Artikel 1 van de Grondwet", ()),
        ("een AOV of aov voor werkenden van 50+", ()),
    ],
)
def test_parties_named_in_a_query(text: str, parties: tuple[str, ...]) -> None:
    assert named_parties(text) == parties


def test_a_party_in_lower_case_is_one_of_who_asks() -> None:
    text = "vragen van volt en nsc over toeslagen"
    assert sorted(span.of(text) for span in names_in(text)) == ["nsc", "volt"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("2024Z 17331 en kv-tk-2024Z18775", {"2024z17331", "2024z18775"}),
        ("AH604, Aanhangsel Handelingen, vergaderjaar 2024-2025, nr. 571", {"ah604", "ah571"}),
        ("kamerstuk 26 643", {"26643"}),
        ("wat zei Bruins Slot", {"bewindspersoon0bruinsslot", "bewindspersoon0bruins"}),
        ("Van Weel", {"bewindspersoon0weel"}),
        ("minister slot", {"bewindspersoon0slot"}),
        ("het slot van de haven", set()),
    ],
)
def test_what_may_name_a_document(text: str, terms: set[str]) -> None:
    found = {term for _, term in named_documents(text)}
    known = {"2024z17331", "2024z18775", "ah604", "ah571", "26643"} | {
        f"bewindspersoon0{name}" for name in ("bruinsslot", "bruins", "weel", "slot")
    }
    assert found & known == terms


def test_a_name_begins_with_what_stands_before_the_surname() -> None:
    text = "Wat vroeg mevrouw Suzanne van Kröger?"
    assert whole_name(text, Span(30, 36)).of(text) == "mevrouw Suzanne van Kröger"
    assert whole_name("Wat vroeg Kröger", Span(10, 16)) == Span(10, 16)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("wat vroeg Jetten over klimaat", ["Jetten"]),
        ("vragen van het lid Van der Lee", ["Lee"]),
        ("wat zei minister Agema", ["Agema"]),
        ("questions by Timmermans about climate", ["Timmermans"]),
        ("vragen van Friese boeren", []),
        ("minister van Defensie", []),
        ("Kan de minister Google dwingen?", []),
        ("did Microsoft answer", []),
        (
            "Kent u het bericht dat minister Agema zei dat het kabinet niets meer doet aan het tekort aan huisartsen?",
            [],
        ),
    ],
)
def test_who_is_said_to_ask_or_answer(query: str, names: list[str]) -> None:
    assert [span.of(query) for span in speakers(query)] == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("wat vroeg Klaver over Shell", ("Klaver",)),  # "klaver" is a word, and this a name
        ("Kamervragen van Baudet", ("Baudet",)),
        ("questions by Timmermans", ("Timmermans",)),
        ("wat vroeg Boswijk over Afghanistan", ()),
        ("wat vroeg DENK over Israël", ()),
        ("vragen van Friese boeren", ()),
        ("vragen van leden Tweede Kamer over klimaat", ()),
        ("hoe vroeg Nederland begon", ()),
        ("vragen van omtzigt over geld", ("omtzigt",)),
        ("what did Wilders ask", ("Wilders",)),
        ("heeft Wilders vragen gesteld over asiel?", ("Wilders",)),
        ("vragen van jongeren over geld", ()),
        ("vragen van bbb en OCW", ()),
        ("wat schreef Hart van Nederland", ()),
        ("artikel 2, tweede lid Invoeringswet", ()),
        ("wat zei minister Agema", ()),  # she answers
    ],
)
def test_who_is_said_to_ask_and_is_not_known(query: str, names: tuple[str, ...]) -> None:
    assert tuple(span.of(query) for span in strangers(query, MEMBERS)) == names


def test_members_to_filter_by_are_known_by_their_surname() -> None:
    assert members_as_written(["van dijk", "Boswijk", "welzijn", "Bos"], MEMBERS) == (
        "Inge van Dijk", "Olger van Dijk", "Boswijk", "Welzijn", "Bos",
    )  # fmt: skip
    long = "De Wit-van der Maan Van Zon"
    assert members_as_written([long], (long, "Boswijk")) == (long,)
