"""Dutch dates, and how a day is looked for."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from index.records import Span

MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november december".split(), start=1
    )
}
_IN_ENGLISH = "january february march april may june july august september october november december".split()
_SHORT = {name[:3]: number for number, name in enumerate(_IN_ENGLISH, start=1)} | {"mrt": 3, "sept": 9, "okt": 10}
MONTH_NUMBERS = {**MONTHS, **{name: number for number, name in enumerate(_IN_ENGLISH, start=1)}, **_SHORT}
"""Months by all that they are called."""
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", rf"(?P<month>{'|'.join(MONTH_NUMBERS)})", r"(?P<year>\d{4})"
_WRITTEN = [
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:st|nd|rd|th)?\s?(?:of\s)?{_MONTH}\.?\s?{_YEAR}",
        rf"{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}",
        rf"{_DAY}[-/.](?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{1,2}})-{_DAY}",
    )
]
DATE = rf"(?:\d{{1,2}}\s?(?:{'|'.join(MONTHS)})\s?\d{{4}}|\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{4}})"


def parse_date(written: str) -> date | None:
    """The date in "19 mei 2025" or "19-05-2025"; None where there is none, or no such day."""
    match = re.search(rf"(\d{{1,2}})\s?({'|'.join(MONTHS)})\s?(\d{{4}})", written, re.IGNORECASE)
    if match:
        day, month, year = int(match[1]), MONTHS[match[2].lower()], int(match[3])
    else:
        match = re.search(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", written)
        if not match:
            return None
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def names(day: date) -> tuple[str, ...]:
    """What its month is called, in Dutch and in English."""
    return (list(MONTHS)[day.month - 1], _IN_ENGLISH[day.month - 1])


def term(day: date) -> str:
    """The term that stands for a day in an index, and is no number of a document."""
    return f"{day:%Y%m%d}"


def ordinal(day: date | None) -> int:
    """A day as stores count it: from 1 on 1 January of the year 1; 0 for none."""
    return day.toordinal() if day else 0


def days_in(text: str) -> list[tuple[Span, date]]:
    """The days that a text in Dutch or English names, and where: "19 mei 2025", "May 19, 2025", "19-5-2025"."""
    found = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            month = match["month"].lower()
            with suppress(ValueError):  # no such day
                day = date(int(match["year"]), MONTH_NUMBERS.get(month) or int(month), int(match["day"]))
                found.append((Span(*match.span()), day))
    return sorted(found)
