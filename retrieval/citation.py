"""One line that names the source of a passage, in Dutch, as it would stand in a memo or a footnote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.records import Asker, Document, Exchange, Kind, Role
from retrieval.words import DUTCH, Words

if TYPE_CHECKING:
    from retrieval.results import Hit


def cite(document: Document, exchange: Exchange | None, role: Role, page: int | None) -> str:
    """For example "Dirk Beljaarts, minister van Economische Zaken, antwoord op vraag 11 van GroenLinks-PvdA,
    “SO Update Actieplan Duurzame Digitalisering”, 19 mei 2025, Kamerstuk 26643 (DGED-DE / 98731685), p. 4".

    What the document does not tell is left out: no number, date, minister or page is ever guessed.
    """
    ministers = DUTCH.listing([minister.label for minister in document.ministers if not minister.on_behalf])
    asked = ""
    if exchange is not None:
        who = who_asked(exchange.askers)
        asked = DUTCH.numbered(exchange.numbers) + (f" van {who}" if who else "")
    parts: list[str] = []
    if role is Role.ANSWER and asked:
        parts += [ministers, f"antwoord op {asked}"]
    elif role is Role.QUESTION and asked:
        whom = DUTCH.listing([minister.label for minister in document.addressees]) or ministers
        parts += [f"{asked} aan {whom}" if whom else asked]
    else:
        parts += [ministers, DUTCH.kinds[document.kind] if document.kind is Kind.UITSTEL else ""]
    parts.append(f"“{' '.join(document.title.split()) or document.filename}”")
    day = document.day
    if day is not None:
        parts.append(DUTCH.date(day))
    parts.append(_dossier(document))
    if page is not None:
        parts.append(DUTCH.page.format(page=page))
    line = ", ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def short_citation(exchange: Exchange | None) -> str:
    """For example "vraag 11 · GroenLinks-PvdA"."""
    heading = DUTCH.heading(exchange)
    return heading[:1].lower() + heading[1:]


def quote_source(hit: Hit) -> tuple[str, str]:
    """Who says what a hit quotes, and where: ("Dirk Beljaarts, antwoord op ", "vraag 11 · GroenLinks-PvdA").

    An answer is the minister's, though a party stands behind its number; the first part is empty for all else.
    """
    if hit.exchange is None:
        return "", hit.citation
    where = short_citation(hit.exchange)
    if hit.role is not Role.ANSWER:
        return "", where
    names = DUTCH.listing([one.name or one.label for one in hit.document.ministers if not one.on_behalf])
    return f"{names}, antwoord op " if names else "antwoord op ", where


def who_asked(askers: Sequence[Asker], words: Words = DUTCH) -> str:
    """For example "Kröger en Thijssen (GroenLinks-PvdA) en Teunissen (PvdD)"; the party where no member is named."""
    members: dict[str, list[str]] = {}
    for asker in askers:
        named = members.setdefault(asker.party, [])
        if asker.member and asker.member not in named:
            named.append(asker.member)
    parts = []
    for party, named in members.items():
        names = words.listing(named)
        parts.append(f"{names} ({party})" if names and party else names or party)
    return words.listing([part for part in parts if part])


def _dossier(document: Document) -> str:
    if document.dossier and document.reference:
        return f"{DUTCH.dossier.format(dossier=document.dossier)} ({document.reference})"
    if document.dossier:
        return DUTCH.dossier.format(dossier=document.dossier)
    return DUTCH.reference.format(reference=document.reference) if document.reference else ""
