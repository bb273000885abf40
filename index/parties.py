"""The register of parties: one canonical name for every spelling, kept in `parties.json`."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.records import Span

_PHRASES = frozenset(
    {
        "belang van nederland", "christian union", "green left", "leefbaar nederland", "new social contract",
        "nieuw sociaal contract", "trots op nederland",
    }
)  # fmt: skip
"""Names that other sentences hold too ("in het belang van Nederland"): they need their capital."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party or group. From `joined_in` on its members sit in the group `joined`, which then has the attribution."""

    name: str
    spellings: tuple[str, ...]
    since: int | None
    until: int | None
    joined: str | None
    joined_in: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a text: where, as what, and how it is written there."""

    span: Span
    party: str
    as_written: str


@cache
def register() -> tuple[Party, ...]:
    """Every party we know, in the order of the data file."""
    entries = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))["parties"]
    return tuple(
        Party(
            name=entry["name"],
            spellings=(entry["name"], *entry["spellings"]),
            since=entry.get("since"),
            until=entry.get("until"),
            joined=entry.get("joined", {}).get("name"),
            joined_in=entry.get("joined", {}).get("year"),
        )
        for entry in entries
    )


def canonical(spelling: str, year: int | None = None) -> str | None:
    """The canonical name for a spelling, None where it is no party that we know.

    Case, accents, spaces, punctuation and a closing "-fractie" make no difference. With the year of the document a
    party that sat in a joint group by then is named as that group ("PvdA" in 2025 is GroenLinks-PvdA), and no party is
    meant that did not exist yet or was gone ("AOV" in 2025 is an insurance). Without a year the spelling alone decides.
    """
    party = _by_key().get(_key(spelling)) or _by_key().get(_key(_without_affixes(spelling)))
    if party is None:
        return None
    if year is not None and not (party.since or year) - 1 <= year <= (party.until or year) + 1:
        return None
    if year is not None and party.joined is not None and party.joined_in is not None and year >= party.joined_in:
        return party.joined
    return party.name


NAMED_GROUP = (
    r"(?:[Gg]roep|[Ff]ractie|[Ll]id)[\s-]"
    r"(?:(?:van|de|der|den|el)\s)*[A-ZÀ-Ý][\w’'-]*(?:[\s/](?:(?:van|de|der|den|el)\s)*[A-ZÀ-Ý][\w’'-]*){0,3}"
)
"""A group that has no name but its member's: "Groep Markuszower", "Fractie-Van der Berg", "lid Keijzer"."""


def named_group(spelling: str) -> str | None:
    """What a group is called that the register need not know, as it is written; None for any other spelling.

    Members leave a fractie faster than a register follows, and their questions are nobody else's.
    """
    written = spelling.strip()
    return written[:1].upper() + written[1:] if re.fullmatch(NAMED_GROUP, written) else None


@lru_cache(maxsize=64)  # what reads a query asks a dozen times for those in it
def mentions(text: str, year: int | None = None) -> tuple[Mention, ...]:
    """The parties named in a heading or between brackets, in order; the longest spelling wins at each place."""
    found: list[Mention] = []
    for match in _pattern().finditer(text):
        # "volt" and "denk" in lower case are words, not parties.
        written = match.group()
        named = any(letter.isupper() or letter.isdigit() or letter.isspace() for letter in written)
        named = named and (written[0].isupper() or written.casefold() not in _PHRASES)
        party = canonical(written, year) if named else None
        if party is not None:
            found.append(Mention(Span(*match.span()), party, written))
    return tuple(found)


def _key(spelling: str) -> str:
    plain = unicodedata.normalize("NFKD", spelling.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == "+")


def _without_affixes(spelling: str) -> str:
    return re.sub(
        r"^\s*(?:de\s+)?(?:(?:kamer)?fractie\s+van\s+(?:de\s+|het\s+)?)?(.*?)(?:[-\s]?(?:kamer)?fractie)?\s*$",
        r"\1",
        spelling,
        flags=re.IGNORECASE | re.DOTALL,
    )


@cache
def _by_key() -> dict[str, Party]:
    return {_key(spelling): party for party in register() for spelling in party.spellings}


@cache
def _pattern() -> re.Pattern[str]:
    """Any spelling as a word of its own. Short ones keep their case: "sp" in "spreken" or "cu" are not parties."""
    spellings = sorted({spelling for party in register() for spelling in party.spellings}, key=len, reverse=True)
    parts = []
    for spelling in spellings:
        letters = re.escape(spelling).replace(r"\ ", r"\s+").replace(r"\-", r"\s?[-–/]\s?").replace("'", "['’]")
        parts.append(letters if len(_key(spelling)) <= 3 else f"(?i:{letters})")
    return re.compile(r"(?<![\w’'-])(?:" + "|".join(parts) + r")(?![\w’'])")
