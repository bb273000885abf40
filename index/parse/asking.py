"""How a sentence of prose asks, and for whom: "De leden van de VVD-fractie vragen …"."""

from __future__ import annotations

import re

from index.parties import mentions
from index.records import Asker

ASKING = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast|Ten slotte|Tot slot|Tenslotte|Daarbij|Bovendien|Graag)[\s,]+"
    r"(?:\w+\s+){0,2})?"
    r"(?:[Dd]e|[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Dd]ezelfde|[Dd]iezelfde|[Dd]it|[Hh]et|[Vv]orengenoemde)\s+"
    r"(?:aan het woord zijnde\s+)?"
    r"(?:(?:[\w’'-]+)-?(?:fractie|fracties)\b|leden\b|lid\b|fractieleden\b|fracties?\b)"
)
_FRACTIE_ASKS = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\b.{0,30}?\s)?[Dd]e\s+fractieleden\b"
    r"|(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\b.{0,30}?\s)?(?:[Dd]e|[Hh]et)\s+(?:leden|lid)\s+van\s+(?:de|het)\s+"
    r"(?:[\w’'/-]+-?\s?fractie\b|fracties?\s+van\b)"
)
CARRIED = re.compile(
    r"(?:Ook\s+zij|Zij)\s+(?:\w+\s+){0,2}(?:vragen|willen|zouden|horen|ontvangen|verzoeken)\b"
    r"|(?:Ook|Verder|Voorts|Tevens|Daarnaast|Tot slot|Ten slotte)\s+"
    r"(?:vragen|willen|zouden|horen|ontvangen|verzoeken)\s+zij\b"
)
VERB = re.compile(
    r"\b(?:vragen|vraagt|hebben|heeft|merken|merkt|constateren|constateert|lezen|leest|zijn|is|willen|wil|zien|ziet|danken"
    r"|dankt|sluiten|sluit|horen|verzoeken|vinden|vindt|achten|wijzen|delen|onderschrijven|maken|zouden|kunnen|stellen|nemen)\b"
)
COMMITTEE = re.compile(r"(?:\w+\s+){0,3}?[Dd]e\s+(?:leden\s+van\s+de\s+)?(?:\w+\s+)?(?:[Kk]amer)?commissies?\b")


def asks_for_a_fractie(text: str) -> bool:
    """Whether a line begins as prose asks: "De leden van de VVD-fractie …"."""
    return _FRACTIE_ASKS.match(text) is not None


def askers_of(text: str, year: int | None) -> tuple[Asker, ...]:
    """The parties that ask, not those they refer to: before the verb, or behind it ("Voorts vragen de leden …")."""
    asking = ASKING.match(text)
    verb = VERB.search(text, asking.end() if asking else 0)
    subject = text[: verb.start()] if verb else text[:200]
    if asking and VERB.search(asking.group()):
        subject = re.split(
            r"[.?!:;]|\b(?:aandacht|of|naar|om|hoe|wat|waarom|welke?|wanneer|wie|zich|dat|graag|ook)\b", subject
        )[0]
    return tuple(dict.fromkeys(Asker(mention.party, None, mention.as_written) for mention in mentions(subject, year)))
