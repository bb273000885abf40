"""Misspelt names and words, over letters made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.backend import Backend
from index.build import build_documents
from index.records import Asker, Minister
from index.store import open_store
from retrieval import Searcher
from retrieval.search import Settings
from retrieval.spelling import corrected, names_as_meant, similar_word
from tests.index.test_backends import document
from tests.toy_encoder import ToyEncoder

MEMBERS = ("Boswijk", "Teunissen", "Van Houwelingen", "Hermans", "Hermens", "Piri", "Postma")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Backend:
    built = tmp_path_factory.mktemp("spelling") / "built"
    letters = [
        replace(
            document(name, date(2024, 1, 1), ((1,), (Asker("CDA", name),), "Komt de haven?", "De nieuwe haven komt.")),
            ministers=(Minister("Veldkamp", "minister", "Buitenlandse Zaken"),),
        )
        for name in MEMBERS
    ]
    build_documents(letters, built, encoder=ToyEncoder())
    return open_store(built, ToyEncoder())


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Boswik over de haven", "Boswijk over de haven"),
        ("teunisen haven", "Teunissen haven"),
        ("vragen van het lid van Houwelinge", "vragen van het lid van Houwelingen"),
        ("wat zei Veltkamp over de haven", "wat zei Veldkamp over de haven"),
        ("vragen van Groenlinsk en ChristenUnei", "vragen van GroenLinks en ChristenUnie"),
    ],
)
def test_a_misspelt_name_is_read_as_the_one_that_is_there(store: Backend, query: str, meant: str) -> None:
    assert corrected(query, names_as_meant(store, query))[0] == meant


@pytest.mark.parametrize(
    "query",
    [
        "Boswijk en Hermans over de haven",  # these are there
        "vragen van Hermins over de haven",  # two are as near
        "vragen van Pirri over de haven",  # too short a name
        "wat vroeg Woswijk over de haven",  # begins otherwise
        "Veltkamp en de haven",  # nobody says who answered
        "postman in de haven",  # a word of a language
        "Deelt u de mening van Boswik dat de haven er moet komen?",  # a question of parliament
    ],
)
def test_other_names_are_left_as_they_are(store: Backend, query: str) -> None:
    assert names_as_meant(store, query) == {}


def test_a_misspelt_word_is_one_of_the_store_that_begins_alike(store: Backend) -> None:
    found = similar_word(store, "nieuwwe", 1)
    assert found is not None
    assert found.surface == "nieuwe"
    assert similar_word(store, "kieuwe", 1) is None


def test_a_word_one_letter_away_is_found_behind_many_that_are_two_away(tmp_path: Path) -> None:
    words = ["Lieuwe"] * 5 + ["nieuwe"]  # "lieuwe" is two edits from "nieuwwe"; a store tells of five passages
    letters = [
        document(f"{number}", date(2024, 1, 1), ((1,), (Asker("CDA"),), "Wie?", f"De {word} haven."))
        for number, word in enumerate(words)
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    found = similar_word(open_store(tmp_path / "built", ToyEncoder()), "nieuwwe", 2)
    assert found is not None
    assert found.surface == "nieuwe"


def test_what_was_read_for_a_misspelt_name_is_told(store: Backend) -> None:
    searcher = Searcher(store, ToyEncoder(), Settings(threshold=0.1))
    results = searcher.search("wat vroeg Boswik over de nieuwwe haven")
    assert results.hits[0].document.id == "Boswijk"
    assert not results.abstained
    assert results.coverage.read_as == {"Boswik": "Boswijk", "nieuwwe": "nieuwe"}
    assert searcher.search("wat vroeg Bosman over de haven").abstained
