from __future__ import annotations

import pytest

from index.clean.flow import flow
from index.clean.text import clean
from index.extract.source import Line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("officie¨le", "officiële"),
        ("geı¨nterpreteerd", "geïnterpreteerd"),
        ("e\u0301e\u0301n", "één"),
        ("coﬁnanciering", "cofinanciering"),
        ("CO₂-reductie", "CO₂-reductie"),
        ("re\u00adgel", "regel"),
        ("regel\u00ad", "regel\u00ad"),  # at the end of a line it still says that the word goes on
        ("a\u00a0b\tc\u200b d ", "a b c d"),
        ("a\x00b", "a b"),
        (
            "de \u202ehaven\u202c \u2067komt\u2069\u200f",
            "de haven komt",
        ),  # shown turned around, it would read otherwise
        ("\uf0b7 punt", "• punt"),
    ],
)
def test_characters_are_put_right(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("Europese regelge-", "ving en akkoorden", "Europese regelgeving en akkoorden"),
        ("een lang debat-", "ten reeks", "een lang debatten reeks"),
        ("de aangenomen motie-", "Kathmann over", "de aangenomen motie-Kathmann over"),
        ("voor een AI-", "faciliteit in", "voor een AI-faciliteit in"),
        ("inzicht in ICT-uitgaven en -", "uitstootgegevens", "inzicht in ICT-uitgaven en -uitstootgegevens"),
        ("van de AI-fabriek -", "waaronder een datacenter", "van de AI-fabriek - waaronder een datacenter"),
        ("in de datacenter-", "en cloudsector", "in de datacenter- en cloudsector"),
        ("deze publiek-", "private samenwerking", "deze publiek-private samenwerking"),
        ("de energie-", "efficiëntie richtlijn", "de energie-efficiëntie richtlijn"),
        ("Kamerstuk 26643-", "1188 en", "Kamerstuk 26643-1188 en"),
        ("inzameling van e-", "waste en", "inzameling van e-waste en"),
        ("de CO2-", "prestatieladder", "de CO2-prestatieladder"),
        (
            "alle klachten -ook die van een bewoner-",
            "worden hier",
            "alle klachten -ook die van een bewoner- worden hier",
        ),
        ("bonnen -ook oude- van de regelge-", "ving", "bonnen -ook oude- van de regelgeving"),
        ("ICT-uitgaven en -uitstoot van een haven-", "tijd lang", "ICT-uitgaven en -uitstoot van een haventijd lang"),
        ("het Ocean Rescue-", "rapport over", "het Ocean Rescue-rapport over"),
        ("de Europese Commissie-", "tafel over", "de Europese Commissietafel over"),
        ("over klimaat\u00ad", "neutrale bouw", "over klimaatneutrale bouw"),
        ("zie www.nos.nl/", "artikel/12", "zie www.nos.nl/artikel/12"),
        ("een volle regel", "en de volgende", "een volle regel en de volgende"),
    ],
)
def test_lines_are_joined(before: str, after: str, joined: str) -> None:
    running = flow([Line(before), Line(after)], [False, False], 0)
    assert running.text == joined


def test_the_documents_own_words_decide_first() -> None:
    lines = [
        Line("Wij noemen de klimaat-impact en nog eens klimaat-impact hier"),
        Line("over de klimaat-"),
        Line("impact nu"),
    ]
    assert flow(lines, [False] * 3, 0).text.endswith("over de klimaat-impact nu")


def test_spans_and_pages_follow_the_lines() -> None:
    lines = [Line("regelge-", page=1), Line("ving geldt.", page=2), Line("Nieuw", page=2, gap=True)]
    running = flow(lines, [False] * 3, 2)
    assert running.text == "regelgeving geldt.\n\nNieuw"
    assert [span.of(running.text) for span in running.spans] == ["regelge", "ving geldt.", "Nieuw"]
    assert running.page_starts == (0, 7)
