"""What is said of a search in a line, and why nothing was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from index.backend import Dated
from retrieval.render import (
    results_html,
)
from retrieval.results import Coverage, Query
from retrieval.terminal import results_text
from retrieval.told import coverage_line
from retrieval.words import ENGLISH
from tests.retrieval.specimen import results


def test_the_coverage_is_told_with_the_last_date() -> None:
    may = date(2025, 5, 19)
    assert coverage_line(10, Coverage(43, 1, may)) == "10 van 43 passages · 1 document · t/m 19 mei 2025"
    assert coverage_line(1, Coverage(1204, 12, None)) == "1 van 1.204 passages · 12 documenten"
    assert coverage_line(1, Coverage(1204, 12, may), ENGLISH) == (
        "1 of 1,204 passages · 12 documents · up to 19 May 2025"
    )


@pytest.mark.parametrize(
    ("limit", "dutch", "english"),
    [
        ({"dated": Dated(date(2023, 11, 1), date(2023, 11, 30), asked=False)},
         "alleen beantwoord in november 2023", "only answered in November 2023"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31))},
         "alleen gevraagd of beantwoord in 2024", "only asked or answered in 2024"),
        ({"dated": Dated(date(2025, 5, 19), date(2025, 5, 19), asked=False)},
         "alleen beantwoord op 19 mei 2025", "only answered on 19 May 2025"),
        ({"dated": Dated(date(2023, 11, 1), date.max, asked=False)},
         "alleen beantwoord vanaf 1 november 2023", "only answered from 1 November 2023 on"),
        ({"dated": Dated(date.min, date(2019, 12, 31), asked=False)},
         "alleen beantwoord t/m 31 december 2019", "only answered up to 31 December 2019"),
        ({"dated": Dated(date(2019, 1, 1), date(2021, 12, 31), asked=False)},
         "alleen beantwoord van 1 januari 2019 t/m 31 december 2021",
         "only answered from 1 January 2019 to 31 December 2021"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31), answered=False)},
         "alleen gevraagd in 2024", "only asked in 2024"),
        ({"answered": ("Defensie", "Financiën")},
         "alleen beantwoord door Defensie of Financiën", "only answered by Defensie or Financiën"),
        ({"concerned": ("Defensie",)},
         "alleen gevraagd aan of beantwoord door Defensie", "only put to or answered by Defensie"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31)), "concerned": ("Defensie",)},
         "alleen gevraagd aan of beantwoord door Defensie in 2024", "only put to or answered by Defensie in 2024"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31), asked=False), "answered": ("Defensie",)},
         "alleen beantwoord door Defensie in 2024", "only answered by Defensie in 2024"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31), answered=False), "answered": ("Defensie",)},
         "alleen gevraagd in 2024 en beantwoord door Defensie", "only asked in 2024 and answered by Defensie"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31)), "answered": ("Defensie",)},
         "alleen gevraagd of beantwoord in 2024 en beantwoord door Defensie",
         "only asked or answered in 2024 and answered by Defensie"),
        ({"dated": Dated(date(2024, 1, 1), date(2024, 12, 31), asked=False), "concerned": ("Defensie",)},
         "alleen beantwoord in 2024 en gevraagd aan of beantwoord door Defensie",
         "only answered in 2024 and put to or answered by Defensie"),
        ({"read_as": {"Boswik": "Boswijk", "haaven": "haven"}},
         "“Boswik” gelezen als “Boswijk” · “haaven” gelezen als “haven”",
         "“Boswik” read as “Boswijk” · “haaven” read as “haven”"),
    ],
)  # fmt: skip
def test_the_coverage_tells_how_the_query_is_read(limit: dict[str, Any], dutch: str, english: str) -> None:
    assert coverage_line(1, Coverage(2, 1, None, **limit)) == f"1 van 2 passages · 1 document · {dutch}"
    assert coverage_line(1, Coverage(2, 1, None, **limit), ENGLISH) == f"1 of 2 passages · 1 document · {english}"


def test_where_the_query_leaves_nothing_to_search_that_is_said() -> None:
    nothing = Coverage(0, 0, None, Dated(date(2024, 1, 1), date(2024, 12, 31)), concerned=("<b>Defensie",))
    found = replace(results(abstained=True), hits=(), total=0, coverage=nothing)
    html = results_html(found)
    told = "In de geïndexeerde documenten is niets gevraagd aan of beantwoord door "
    assert f"<h2>Niets gevonden</h2><p>{told}&lt;b&gt;Defensie in 2024.</p>" in html
    assert "Nothing found</h2><p>In the indexed documents, nothing was put to or answered by &lt;b&gt;Defensie in " in (
        results_html(found, ENGLISH)
    )
    assert f"**Niets gevonden.** {told}" in found.to_markdown()
    assert f"Niets gevonden. {told}" in results_text(found, colour=False)


@pytest.mark.parametrize(
    ("chosen", "dated", "why", "english"),
    [
        (
            {"since": date(2030, 1, 1)},
            None,
            "Geen geïndexeerd document past bij",
            "No indexed document fits the chosen",
        ),
        (
            {"ministries": ("EZ",)},
            2024,
            "In de documenten die bij de gekozen filters passen, is niets gevraagd of beantwoord in 2024.",
            "In the documents that fit the chosen filters, nothing was asked or answered in 2024.",
        ),
        ({"parties": ("VVD",)}, None, "Geen geïndexeerd document past bij", "No indexed document fits the chosen"),
        ({}, 2024, "In de geïndexeerde documenten is niets gevraagd of", "In the indexed documents, nothing was asked"),
        ({}, None, "Geen passage in de doorzochte documenten", "No passage in the documents searched"),
    ],
)
def test_what_the_filters_leave_out_is_not_called_absent(
    chosen: dict[str, Any], dated: int | None, why: str, english: str
) -> None:
    period = Dated(date(dated, 1, 1), date(dated, 12, 31)) if dated else None
    found = replace(
        results(abstained=True), query=Query("haven", **chosen), hits=(), coverage=Coverage(0, 0, None, period)
    )
    assert f"<p>{why}" in results_html(found)
    assert f"<p>{english}" in results_html(found, ENGLISH)
