"""Dutch dates."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november december".split(), start=1
    )
}
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
