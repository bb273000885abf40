"""What a letter says of itself: subject, dates, dossier, kenmerk, and who answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.extract.source import Line
from index.parse.dates import DATE, parse_date
from index.records import Minister

_OFFICE = r"([Mm]inister-[Pp]resident|[Mm]inisters?|[Ss]taatssecretaris(?:sen)?)"
_MINISTRY = r"([A-Z][\w’-]*(?:(?:,?\s(?:en|voor|der|het|de)){0,2},?\s(?!Ministers?\b|Staatssecretaris)[A-Z][\w’-]*)*)"
_REFERENCE = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:[ ]?[-/.][ ]?[A-Za-z0-9]+)*")
_LABEL = re.compile(r"(?:(?:Ons|Onze)\s+(?:kenmerk|referentie)|Kenmerk|Referentie)\s*:?\s*(.*)", re.IGNORECASE)
# A label of the letterhead, which closes the value of the one before it.
_ANY_LABEL = re.compile(
    r"(?:Datum|Betreft|Onderwerp|Uw (?:kenmerk|brief|referentie)|Bijlage.*|Pagina.*|Contactpersoon.*|Geachte .*)",
    re.IGNORECASE,
)


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
    """Read the lines before the first question, and the furniture for the kenmerk."""
    text = "\n".join(line.text for line in opening)
    running = re.sub(r"\s*\n\s*", " ", text)
    return Metadata(
        title=_title(opening),
        dossier=_dossier(opening, running),
        reference=_reference([*opening, *furniture]),
        asked_on=_asked(running),
        answered_on=_answered(text, running),
        ministers=_ministers(opening, running),
    )


def _title(opening: Sequence[Line]) -> str | None:
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
    return None


def _dossier(opening: Sequence[Line], running: str) -> str | None:
    number = r"(\d{2}\s?\d{3})(?:[ -]?([IVXLC]{1,6})\b)?"
    for pattern in (
        rf"kenmerknummer\s*:?\s*{number}(?!\d)",
        rf"(?:Kamerstuk|dossier)(?:nummer|ken II)?\s*:?\s*{number}(?!\d)",
    ):
        match = re.search(pattern, running, re.IGNORECASE)
        if match:
            return _plain(match)
    for line in opening:
        match = re.fullmatch(rf"{number}(?:\s*,?\s*[nN]r\.?\s*[A-Z\d]+)?(?:\s+[A-Z][a-z].*)?", line.text)
        if match:
            return _plain(match)
    return None


def _plain(match: re.Match[str]) -> str:
    number = re.sub(r"\s", "", match[1])
    return f"{number} {match[2]}" if match[2] else number


def _reference(lines: Sequence[Line]) -> str | None:
    for index, line in enumerate(lines):
        match = _LABEL.fullmatch(line.text)
        if not match:
            continue
        value = match[1] or (lines[index + 1].text if index + 1 < len(lines) else "")
        if re.search(r"\d", value) and _REFERENCE.fullmatch(value):
            return value
    return None


def _asked(running: str) -> date | None:
    match = re.search(rf"ingezonden(?:\s+op)?\s*:?\s*({DATE})", running, re.IGNORECASE)
    return parse_date(match[1]) if match else None


def _answered(text: str, running: str) -> date | None:
    match = re.search(rf"(?:ontvangen|verzonden)(?:\s+op)?\s*:?\s*({DATE})", running, re.IGNORECASE)
    match = match or re.search(rf"^Datum\s*:?\s*({DATE})", text, re.IGNORECASE | re.MULTILINE)
    match = match or re.search(rf"(?:Den Haag|’s-Gravenhage|'s-Gravenhage),?\s+({DATE})", running)
    return parse_date(match[1]) if match else None


def _ministers(opening: Sequence[Line], running: str) -> tuple[Minister, ...]:
    found: list[Minister] = []
    for index, line in enumerate(opening):
        match = re.fullmatch(rf"(?:De\s+)?{_OFFICE}\s+(?:van|voor)\s+{_MINISTRY}\s*[,.]?", line.text)
        if match and line.text[0].isupper():
            found.append(Minister(_signature(opening, index), _office(match[1]), match[2]))
    behalf = re.search(r"mede namens\s+((?:(?!\.\s)[^()]){3,400})", running)
    if behalf:
        offices = re.finditer(rf"{_OFFICE}\s+(?:van|voor)\s+{_MINISTRY}", behalf[1])
        found.extend(Minister(None, _office(match[1]), match[2], on_behalf=True) for match in offices)
    unique: dict[tuple[str, str], Minister] = {}
    for minister in found:
        unique.setdefault((minister.office, minister.ministry), minister)
    return tuple(unique.values())


def _office(written: str) -> str:
    """The office of one of the "Ministers" or "Staatssecretarissen"."""
    return re.sub(r"^(minister|staatssecretaris)s?(?:sen)?$", r"\1", written.lower())


def _signature(opening: Sequence[Line], office_at: int) -> str | None:
    """The name beside the office: above it, as in a signature, or below it."""
    for index in (office_at - 1, office_at + 1):
        if 0 <= index < len(opening) and re.fullmatch(
            r"(?:(?:drs|mr|dr|ir|prof|ing)\.\s*)*(?:[A-Z][\w’.-]*\.?\s*){1,4}(?:(?:van|de|der|den|ter|te|ten|’t)\s+)*[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?",
            opening[index].text,
        ):
            return opening[index].text
    return None
