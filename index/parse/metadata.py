"""What a letter says of itself: subject, dates, dossier, kenmerk, and who answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.extract.source import Line
from index.parse.dates import DATE, parse_date
from index.parse.people import NAME, answering, office_line, on_behalf
from index.records import Minister

_REFERENCE = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:[ ]?[-/.][ ]?[A-Za-z0-9]+)*")
_LABEL = re.compile(r"(?:(?:Ons|Onze)\s+(?:kenmerk|referentie)|Kenmerk|Referentie)\s*:?\s*(.*)", re.IGNORECASE)
# A label of the letterhead, which closes the value of the one before it.
_ANY_LABEL = re.compile(
    r"(?:Datum|Betreft|Onderwerp|Uw (?:kenmerk|brief|referentie)|Bijlage.*|Pagina.*|Contactpersoon.*|Geachte .*)",
    re.IGNORECASE,
)
_FILED = re.compile(r"\ba?h[- ]tk[- ](\d{8})[- ](\d{1,5})\b")
_ASKED_AS = re.compile(r"\b(20\d\dZ\d{5})\b")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a letter; None where it does not say."""

    title: str | None
    dossier: str | None
    reference: str | None
    asked_on: date | None
    answered_on: date | None
    ministers: tuple[Minister, ...]


def read_metadata(opening: Sequence[Line], furniture: Sequence[Line]) -> Metadata:
    """Read the lines before the first question, and the furniture for kenmerk and date."""
    running = " ".join(line.text for line in opening)
    return Metadata(
        title=_title(opening, running),
        dossier=_dossier(opening, running),
        reference=_reference([*opening, *furniture]),
        asked_on=_asked(running),
        answered_on=_answered(opening, running, furniture),
        ministers=_ministers(opening, running),
    )


def _title(opening: Sequence[Line], running: str) -> str | None:
    for index, line in enumerate(opening):
        match = re.match(r"(?:Betreft|Onderwerp)\b\s*:?\s*(.*)", line.text)
        if not match:
            continue
        parts = [match[1]] if match[1] else []
        for following in opening[index + 1 : index + 5]:
            if (parts and following.gap) or _ANY_LABEL.fullmatch(following.text) or _LABEL.fullmatch(following.text):
                break
            parts.append(following.text)
        if parts:
            return " ".join(parts)
    match = re.search(
        r"[Vv]ragen van (?:het|de) (?:leden|lid)\b.{5,400}?\b(?:over|inzake)\s+"
        r"(.{5,400}?)\s*(?:\(ingezonden|\.\s|\.$|$)",
        running,
    )
    return match[1][0].upper() + match[1][1:] if match else None


def _dossier(opening: Sequence[Line], running: str) -> str | None:
    number = r"(\d{2}\s?\d{3})(?:[ -]?([IVXLC]{1,6})\b)?"
    kinds = (r"kenmerknummer\s*:?\s*", r"(?:Kamerstuk|dossier)(?:nummer|ken II)?\s*:?\s*")
    for kind in kinds:
        match = re.search(rf"{kind}{number}(?!\d)", running, re.IGNORECASE)
        if match:
            return _plain(match)
    for line in opening:
        match = re.fullmatch(rf"{number}(?:\s*,?\s*[nN]r\.?\s*[A-Z\d]+)?(?:\s+[A-Z][a-z].*)?", line.text)
        if match:
            return _plain(match)
    return None


# In a header of one line ("… Ons kenmerk DGED-DE / 98731685 Pagina 3 van 10") the number ends with its last digits.
_WITHIN = re.compile(r"\b[Oo]n(?:s|ze) (?:kenmerk|referentie)\s*:?\s*((?:[A-Z][\w.-]* ?/ ?)*[\w.-]*\d{4,})\b")


def _plain(match: re.Match[str]) -> str:
    number = re.sub(r"\s", "", match[1])
    return f"{number} {match[2]}" if match[2] else number


def _reference(lines: Sequence[Line]) -> str | None:
    """The number it is filed under: of the Aanhangsel, of the question, or else the ministry's kenmerk."""
    for pattern in (_FILED, _ASKED_AS):
        for line in lines:
            match = pattern.search(line.text)
            if match:
                return f"ah-tk-{match[1]}-{match[2]}" if pattern is _FILED else match[1]
    for index, line in enumerate(lines):
        match = _LABEL.fullmatch(line.text)
        if not match:
            continue
        value = match[1] or (lines[index + 1].text if index + 1 < len(lines) else "")
        if re.search(r"\d", value) and _REFERENCE.fullmatch(value):
            return value
    for line in lines:
        match = _WITHIN.search(line.text)
        if match:
            return match[1]
    return None


def _asked(running: str) -> date | None:
    match = re.search(rf"ingezonden(?:\s+op)?\s*:?\s*({DATE})", running, re.IGNORECASE)
    match = match or re.search(rf"\b(?:op|van) uw (?:brief|vragen) van ({DATE})", running)
    return parse_date(match[1]) if match else None


def _answered(opening: Sequence[Line], running: str, furniture: Sequence[Line]) -> date | None:
    match = re.search(rf"(?:ontvangen|verzonden)(?:\s+op)?\s*:?\s*({DATE})", running, re.IGNORECASE)
    for line, following in zip(opening, [*opening[1:], None], strict=False):
        if match:
            break
        match = re.match(rf"Datum\s*:?\s*({DATE})", line.text, re.IGNORECASE)
        if not match and re.fullmatch(r"Datum\s*:?", line.text, re.IGNORECASE) and following is not None:
            match = re.match(rf"({DATE})", following.text)
    match = match or re.search(rf"(?:Den Haag|[’']s-Gravenhage),?\s+({DATE})", running)
    match = match or re.search(rf"Datum\s*:?\s*({DATE})", " ".join(line.text for line in furniture))
    return parse_date(match[1]) if match else None


def _ministers(opening: Sequence[Line], running: str) -> tuple[Minister, ...]:
    found = list(answering(running))
    if not found:
        for index, line in enumerate(opening):
            office = office_line(line.text)
            name = _signature(opening, index) if office else None
            if office and (name or not any(minister.office == office[0] for minister in found)):
                found.append(Minister(name, *office))
    found.extend(on_behalf(running))
    named = {(minister.office, minister.ministry) for minister in found if minister.name}
    kept: dict[tuple[str, str, str | None], Minister] = {}
    for minister in found:
        if minister.name or (minister.office, minister.ministry) not in named:
            kept.setdefault((minister.office, minister.ministry, minister.name), minister)
    return tuple(kept.values())


def _signature(opening: Sequence[Line], office_at: int) -> str | None:
    """The name beside the office: above it, as in a signature, or below it."""
    for index in (office_at - 1, office_at + 1):
        if 0 <= index < len(opening) and NAME.fullmatch(opening[index].text):
            return opening[index].text
    return None
