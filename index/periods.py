"""The periods that a text names: days, months and years, ranges of them, and the words that lead to them."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from index.dates import MONTH_NUMBERS, days_in
from index.numerals import ORDINALS
from index.records import Span

_MONTH = "|".join(MONTH_NUMBERS)
_MONTH_OF_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\.?\s(?P<year>(?:19|20|['’])\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w/]|[.,-]\d)")
_YEARS = re.compile(r"(?<![\w.,/-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\w/-])")
_TO = r"(?:t/m|tot\s+en\s+met|tot|through|to|until|–|-)"
_AND = r"(?:en|and|of|or)"
_UP_TO_NEXT = re.compile(rf"\s*{_TO}\s*", re.IGNORECASE)
_AND_NEXT = re.compile(rf"\s*(?:,|/|,?\s{_AND}\s)\s*", re.IGNORECASE)
# What begins a range and leaves its month or year to the end of it: "1 t/m", "1 juli tot", "juni/".
_BEGUN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?P<of>{_MONTH}))?\s*(?:{_TO}|\s{_AND})"
    rf"|(?P<month>{_MONTH})\s*(?:{_TO}|/|\s{_AND}))\s*\Z",
    re.IGNORECASE,
)
_SINCE = ("sinds", "vanaf", "since", "starting")
_AFTER = ("na", "after")
_BEFORE = ("voor", "vóór", "before", "tot", "until")
_UP_TO = ("tot en met", "t/m", "through")
_WITHIN = ("van", "uit", "in", "op", "from", "of", "on", "during", "tijdens", "tussen", "between", "d.d.", "dd")
_LEADS = re.compile(
    r"(?:(?<=\s)|^)(?:(?:van|uit|from)\s+)?"
    rf"(?P<how>{'|'.join(map(re.escape, (*_UP_TO, *_SINCE, *_AFTER, *_BEFORE, *_WITHIN)))})"
    r"\s+(?:(?:(?:het|de|the)\s+)?(?:jaar|jaren|maand|periode|years?)\s+)?\Z",
    re.IGNORECASE,
)
_VAGUE = {"begin": (0, 6), "early": (0, 6), "medio": (3, 9), "mid": (3, 9)} | dict.fromkeys(
    ("eind", "einde", "late"), (6, 12)
)
_SEASONS = (
    dict.fromkeys(("voorjaar", "lente", "spring"), (2, 6))
    | dict.fromkeys(("zomer", "summer"), (5, 9))
    | dict.fromkeys(("najaar", "herfst", "autumn"), (8, 12))
    | {"winter": (0, 12)}
)
"""Parts of a period and of a year in twelfths of it, the first and the one behind the last. They are vague, so wide."""
_ORDINALS = {word: number for word, number in ORDINALS.items() if number <= 4}
_UNITS = {"helft": 6, "half": 6, "kwartaal": 3, "quarter": 3, "week": 12}
"""Twelfths. Weeks are told too vaguely: of "de eerste week van juli" the whole month counts."""
_PART = re.compile(
    rf"(?:(?<=\s)|^)(?:(?:het|de|the)\s+)?(?:(?P<vague>{'|'.join((*_VAGUE, *_SEASONS))})"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)}|laatste|last)\s+(?P<unit>{'|'.join(_UNITS)})|[qk](?P<quarter>[1-4]))"
    r"(?:\s+(?:van|of))?\s+\Z",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+on(?:wards)?\b(?!\s+(?:the|a)\b)", re.IGNORECASE)


class Period(NamedTuple):
    """Where a text names days, months or years, with the words before it that say how; and the first and last day."""

    span: Span
    first: date
    last: date


def periods_in(text: str) -> list[Period]:
    """The periods that a text in Dutch or English names: "in november 2023", "vóór 2020", "1 t/m 10 juli 2024"."""
    found: list[Period] = []
    for period in sorted(_named(text), key=lambda period: (period.span.start, -period.span.end)):
        before = found[-1] if found else None
        if before is not None and period.span.start < before.span.end:
            continue  # the year of a day
        if before is not None and _goes_on(text, before, period):
            found[-1] = Period(Span(before.span.start, period.span.end), before.first, period.last)
        else:
            found.append(_begun(text, period))
    return [_as_said(text, period) for period in found]


def _named(text: str) -> list[Period]:
    """Days, months and years by themselves; a year may be that of a day or month."""
    found = [Period(span, day, day) for span, day in days_in(text)]
    for match in _MONTH_OF_YEAR.finditer(text):
        year, month = _year(match["year"]), MONTH_NUMBERS[match["month"].lower()]
        last = date(year, month, monthrange(year, month)[1])
        found.append(Period(Span(*match.span()), date(year, month, 1), last))
    for match in (*_YEARS.finditer(text), *_YEAR.finditer(text)):
        years = [int(year) for year in re.findall(r"\d{4}", match[0])]
        if years == sorted(years):
            found.append(Period(Span(*match.span()), date(years[0], 1, 1), date(years[-1], 12, 31)))
    return found


def _year(written: str) -> int:
    """A year in four digits, or in two behind an apostrophe: that of "'24" is the last one up to 2049."""
    if written.isdigit():
        return int(written)
    short = int(written[1:])
    return short + (2000 if short < 50 else 1900)


def _goes_on(text: str, before: Period, period: Period) -> bool:
    """Whether two periods are the ends of one: "2020 t/m 2021", behind a word that leads there "in 2020 en 2021"."""
    between = (before.span.end, period.span.start)
    if before.first > period.last:
        return False
    led = _AND_NEXT.fullmatch(text, *between) and _LEADS.search(text[: before.span.start])
    return bool(led or _UP_TO_NEXT.fullmatch(text, *between))


def _begun(text: str, period: Period) -> Period:
    """With the beginning of a range that shares the month or the year of its end: "1 t/m 10 juli 2024"."""
    match = _BEGUN.search(text[: period.span.start])
    one_day, one_month = period.first == period.last, period.first.day == 1 and period.first.month == period.last.month
    if match is None or not (one_day if match["day"] else one_month and not one_day):
        return period
    month = MONTH_NUMBERS[(match["of"] or match["month"]).lower()] if match["of"] or match["month"] else None
    with suppress(ValueError):  # no such day
        first = period.first.replace(day=int(match["day"] or 1), month=month or period.first.month)
        if first <= period.last:
            return Period(Span(match.start(), period.span.end), first, period.last)
    return period


def _as_said(text: str, period: Period) -> Period:
    """With the words before it: "vóór 2020" ends the day before, "eind 2023" begins in July."""
    part = _PART.search(text[: period.span.start])
    if part:
        period = _narrowed(period, part)
    match = _LEADS.search(text[: period.span.start])
    if match is None:
        return period
    span, how = Span(match.start(), period.span.end), match["how"].lower()
    vague = part is not None and (part["vague"] or part["unit"] == "week")
    onwards = _ONWARDS.match(text, span.end) if how == "from" else None
    if how in _SINCE or onwards:
        return Period(Span(span.start, onwards.end()) if onwards else span, period.first, date.max)
    if how in _AFTER:
        first = period.first if vague else min(period.last, date.max - timedelta(1)) + timedelta(1)
        return Period(span, first, date.max)
    if how in _BEFORE:
        last = period.last if vague else max(period.first, date.min + timedelta(1)) - timedelta(1)
        return Period(span, date.min, last)
    return Period(span, date.min if how in _UP_TO else period.first, period.last)


def _narrowed(period: Period, part: re.Match[str]) -> Period:
    """A part of a year or a month; of another period, and where nothing tells which part, the whole."""
    first, last = period.first, period.last
    whole = Period(Span(part.start(), period.span.end), first, last)
    of_year = first.replace(day=1, month=1) == first and last == last.replace(month=12, day=31)
    days = monthrange(last.year, last.month)[1]
    if first.year != last.year or not (of_year or (first.day, last.day, first.month) == (1, days, last.month)):
        return whole
    if part["vague"]:
        begins, ends = (_VAGUE | _SEASONS if of_year else _VAGUE).get(part["vague"].lower(), (0, 12))
    else:
        length = 3 if part["quarter"] else _UNITS[part["unit"].lower()]
        ends = length * int(part["quarter"] or _ORDINALS.get(part["ordinal"].lower(), 12 // length))
        begins = ends - length
    if ends > 12:  # "the third half"
        return whole
    if of_year:
        last_day = monthrange(last.year, ends)[1]
        return whole._replace(first=first.replace(month=begins + 1), last=last.replace(month=ends, day=last_day))
    return whole._replace(
        first=first.replace(day=days * begins // 12 + 1), last=last.replace(day=ceil(days * ends / 12))
    )
