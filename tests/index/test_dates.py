"""Days as texts and queries write them."""

from __future__ import annotations

from datetime import date

import pytest

from index.dates import days_in, names, term
from index.records import Span

MAY = date(2025, 5, 19)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("brief van 19 mei 2025", [MAY]),
        ("letter of 19th May 2025", [MAY]),
        ("May 19, 2025 or march 1 2024", [MAY, date(2024, 3, 1)]),
        ("19-5-2025, 19/05/2025 en 2025-05-19", [MAY, MAY, MAY]),
        ("tussen 1 maart 2024 en 19mei2025", [date(2024, 3, 1), MAY]),
        ("31 februari 2025, 2025-13-01, mei 2025", []),
        ("19 mei 20256 en 119-5-2025", []),
    ],
)
def test_days_that_a_text_names(text: str, days: list[date]) -> None:
    assert [day for _, day in days_in(text)] == days


def test_where_a_day_stands() -> None:
    assert days_in("de brief van 19 mei 2025, nr. 3") == [(Span(13, 24), MAY)]


def test_what_a_day_is_looked_for_by() -> None:
    assert term(MAY) == "20250519"
    assert term(date(2009, 3, 1)) == "20090301"
    assert names(date(2009, 3, 1)) == ("maart", "march")
