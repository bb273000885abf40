"""Whether a query has a subject, or only refers."""

from __future__ import annotations

import pytest

from retrieval.names import named_documents
from retrieval.subject import only_refers, says_who_asked

MEMBERS = ("Boswijk", "Dijk", "Inge van Dijk", "Kostic ´", "Olger van Dijk", "Welzijn", "Yeşilgöz-Zegerius")


@pytest.mark.parametrize(
    ("query", "refers"),
    [
        ("wat is het antwoord op vraag 7?", True),
        ("What did the minister answer to question 15?", True),
        ("toon alle vragen van nsc", True),
        ("vraag 2 van GroenLinks-PvdA", True),
        ("vraag 8 over stikstof", False),
        ("de tweede vraag van NSC", True),
        ("wat vroeg NSC over de AI-fabriek?", False),
        ("de vragen aan de minister", False),
        ("denk", False),
        ("kamerstuk 26 643, nr. 5, vraag 12", True),
        ("brief van 1 januari 1999", True),
        ("mevrouw vroeg NSC", True),
        ("overzicht Kamervragen van de SP", True),
        ("hoeveel vragen stelde DENK?", True),
        ("de brief van 19-5-2025 van NSC", True),
        ("2024Z17331 en 2024Z99999", True),
        ("36 600", False),
        ("26643 over warmte", False),
        ("vragen van Omtzigt", True),  # whether or not anybody knows him
        ("AH 9999", True),
    ],
)
def test_a_query_that_names_questions_parties_or_documents_and_no_subject(query: str, refers: bool) -> None:
    named = {"26643", "20250519", "2024z17331"} & {term for _, term in named_documents(query)}
    assert only_refers(query, documents=named) is refers


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("Boswijk over Afghanistan", True),
        ("Derk Boswijk about Afghanistan", True),
        ("VVD over toeslagen", True),
        ("wat vroeg iemand", True),
        ("Boswijk Afghanistan", False),
        ("de brief over Boswijk", False),
        ("wat zei de VVD over toeslagen", False),
    ],
)
def test_a_query_says_that_somebody_asked(query: str, says: bool) -> None:
    assert says_who_asked(query, MEMBERS) is says
