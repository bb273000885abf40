"""Periods as queries write them."""

from __future__ import annotations

from datetime import date

import pytest

from index.periods import periods_in

MAY = date(2025, 5, 19)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("antwoorden uit november 2023", [("uit november 2023", date(2023, 11, 1), date(2023, 11, 30))]),
        ("in december 2024?", [("in december 2024", date(2024, 12, 1), date(2024, 12, 31))]),
        ("Feb. 2024", [("Feb. 2024", date(2024, 2, 1), date(2024, 2, 29))]),
        ("brieven van voor 2020", [("van voor 2020", date.min, date(2019, 12, 31))]),
        ("na 1 mei 2024", [("na 1 mei 2024", date(2024, 5, 2), date.max)]),
        ("since the year 2024", [("since the year 2024", date(2024, 1, 1), date.max)]),
        ("tot en met mei 2025", [("tot en met mei 2025", date.min, date(2025, 5, 31))]),
        ("op 19 mei 2025", [("op 19 mei 2025", MAY, MAY)]),
        ("tussen 2019 en 2021", [("tussen 2019 en 2021", date(2019, 1, 1), date(2021, 12, 31))]),
        ("from March 2020 to 1 May 2021", [("from March 2020 to 1 May 2021", date(2020, 3, 1), date(2021, 5, 1))]),
        ("van 2020 tot 2023", [("van 2020 tot 2023", date(2020, 1, 1), date(2023, 12, 31))]),
        ("van eind 2023", [("van eind 2023", date(2023, 7, 1), date(2023, 12, 31))]),
        ("begin november 2023", [("begin november 2023", date(2023, 11, 1), date(2023, 11, 15))]),
        ("medio februari 2024", [("medio februari 2024", date(2024, 2, 8), date(2024, 2, 22))]),
        ("uit het najaar van 2023", [("uit het najaar van 2023", date(2023, 9, 1), date(2023, 12, 31))]),
        ("winter 2023", [("winter 2023", date(2023, 1, 1), date(2023, 12, 31))]),
        ("zomer juli 2023", [("zomer juli 2023", date(2023, 7, 1), date(2023, 7, 31))]),
        ("het derde kwartaal van 2024", [("het derde kwartaal van 2024", date(2024, 7, 1), date(2024, 9, 30))]),
        ("in Q1 2024", [("in Q1 2024", date(2024, 1, 1), date(2024, 3, 31))]),
        ("na de eerste helft van 2024", [("na de eerste helft van 2024", date(2024, 7, 1), date.max)]),
        ("the last quarter of 2023", [("the last quarter of 2023", date(2023, 10, 1), date(2023, 12, 31))]),
        ("derde helft van 2024", [("derde helft van 2024", date(2024, 1, 1), date(2024, 12, 31))]),
        ("sinds begin 2024", [("sinds begin 2024", date(2024, 1, 1), date.max)]),
        ("na medio 2024", [("na medio 2024", date(2024, 4, 1), date.max)]),
        (
            "na de eerste week van juli 2024",
            [("na de eerste week van juli 2024", date(2024, 7, 1), date.max)],
        ),
        ("begin 5 t/m 8 juli 2024", [("begin 5 t/m 8 juli 2024", date(2024, 7, 5), date(2024, 7, 8))]),
        ("eind 2019-2021", [("eind 2019-2021", date(2019, 1, 1), date(2021, 12, 31))]),
        ("juli '24", [("juli '24", date(2024, 7, 1), date(2024, 7, 31))]),
        ("uit mei ’98", [("uit mei ’98", date(1998, 5, 1), date(1998, 5, 31))]),
        (
            "uit de eerste week van juli 2024",
            [("uit de eerste week van juli 2024", date(2024, 7, 1), date(2024, 7, 31))],
        ),
        ("voor eind 2023", [("voor eind 2023", date.min, date(2023, 12, 31))]),
        ("uit de jaren 2019 tot 2022", [("uit de jaren 2019 tot 2022", date(2019, 1, 1), date(2022, 12, 31))]),
        ("tot 2024", [("tot 2024", date.min, date(2023, 12, 31))]),
        ("from 2023 on", [("from 2023 on", date(2023, 1, 1), date.max)]),
        ("van 1 t/m 10 juli 2024", [("van 1 t/m 10 juli 2024", date(2024, 7, 1), date(2024, 7, 10))]),
        ("5 en 8 juli 2024", [("5 en 8 juli 2024", date(2024, 7, 5), date(2024, 7, 8))]),
        ("1 juli t/m 31 augustus 2024", [("1 juli t/m 31 augustus 2024", date(2024, 7, 1), date(2024, 8, 31))]),
        ("juni/juli 2024", [("juni/juli 2024", date(2024, 6, 1), date(2024, 7, 31))]),
        ("1-7-2024 t/m 31-7-2024", [("1-7-2024 t/m 31-7-2024", date(2024, 7, 1), date(2024, 7, 31))]),
        ("uit 2021, 2022 of 2023", [("uit 2021, 2022 of 2023", date(2021, 1, 1), date(2023, 12, 31))]),
        ("31 t/m 10 juli 2024", [("t/m 10 juli 2024", date.min, date(2024, 7, 10))]),
        ("vraag 3, 10 juli 2024", [("10 juli 2024", date(2024, 7, 10), date(2024, 7, 10))]),
        ("2023-2024", [("2023-2024", date(2023, 1, 1), date(2024, 12, 31))]),
        (
            "mei 2024 en 2019",
            [("mei 2024", date(2024, 5, 1), date(2024, 5, 31)), ("2019", date(2019, 1, 1), date(2019, 12, 31))],
        ),
        (
            "na 31 december 9999 of voor 1 januari 0001",
            [("na 31 december 9999", date.max, date.max), ("voor 1 januari 0001", date.min, date.min)],
        ),
        ("2024Z12345, nr. 2024/25, 1.2024, 12024, 2021-2020, mei", []),
    ],
)
def test_periods_that_a_text_names(text: str, periods: list[tuple[str, date, date]]) -> None:
    assert [(period.span.of(text), period.first, period.last) for period in periods_in(text)] == periods
