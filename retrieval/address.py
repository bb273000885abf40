"""The address of what the page shows: what a permanent link holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from retrieval.words import Language, language_of

HITS = 10
"""On one page, unless its address says otherwise."""

MOST_HITS = 80
"""On one page; more than this nobody reads."""

MOST_FIELDS = 100
"""In an address; parties, ministries and documents are the ones that may be repeated."""


@dataclass(frozen=True, slots=True)
class Address:
    """What the page shows, as the query part of its address: this is what a permanent link holds."""

    text: str = ""
    parties: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    k: int = HITS
    language: Language = Language.DUTCH
    ministries: tuple[str, ...] = ()
    since: int | None = None
    """The first year that counts."""
    until: int | None = None
    """The last year that counts."""

    @classmethod
    def read(cls, query: str) -> Address:
        """What an address asks for, whatever it holds: what cannot be understood counts as left out."""
        try:
            fields = parse_qs(query.removeprefix("?"), max_num_fields=MOST_FIELDS)
        except ValueError:  # too many fields: no link of ours
            return cls()
        hits = fields.get("k", [""])[0]
        return cls(
            text=fields.get("q", [""])[0].strip(),
            parties=tuple(dict.fromkeys(fields.get("party", ()))),
            documents=tuple(dict.fromkeys(fields.get("doc", ()))),
            ministries=tuple(dict.fromkeys(fields.get("ministry", ()))),
            since=_year(fields.get("since", ())),
            until=_year(fields.get("until", ())),
            k=min(max(int(hits), 1), MOST_HITS) if re.fullmatch("[0-9]{1,4}", hits) else HITS,
            language=language_of(fields.get("lang", ())),
        )

    def __str__(self) -> str:
        """For example "?q=AI-fabriek&party=NSC&lang=en"; what has its usual value is left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("party", party) for party in self.parties]
        pairs += [("doc", document) for document in self.documents]
        pairs += [("ministry", ministry) for ministry in self.ministries]
        pairs += [(name, str(year)) for name, year in (("since", self.since), ("until", self.until)) if year]
        if self.k != HITS:
            pairs.append(("k", str(self.k)))
        if self.language is not Language.DUTCH:
            pairs.append(("lang", self.language.value))
        return "?" + urlencode(pairs)


def _year(told: Sequence[str]) -> int | None:
    return int(told[0]) if told and re.fullmatch("[1-9][0-9]{3}", told[0]) else None
