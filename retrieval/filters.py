"""Which passages a query may find. Filters apply before anything is ranked or cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.analysis import is_dutch_word, words
from index.errors import BadQuery
from index.records import Passage
from retrieval.results import Coverage, Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHORTEST_LOWER_CASE = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """What the filters of a query let through.

    `mask` is of shape (passages,). `parties` counts the exchanges of each party that pass all filters but the one on
    party, the most first.
    """

    mask: NDArray[np.bool_]
    coverage: Coverage
    parties: Mapping[str, int]


def select(passages: Sequence[Passage], query: Query) -> Selection:
    """Apply the filters of a query; its text plays no part."""
    import numpy as np

    mask = np.fromiter((_passes(passage, query) for passage in passages), dtype=np.bool_, count=len(passages))
    found = [passage for passage, passed in zip(passages, mask, strict=True) if passed]
    documents = {id(passage.document): passage.document for passage in found}
    dates = [document.answered_on for document in documents.values() if document.answered_on]
    return Selection(
        mask=mask,
        coverage=Coverage(len(found), len(documents), max(dates, default=None)),
        parties=_party_counts(passages, replace(query, parties=())),
    )


def _party_counts(passages: Sequence[Passage], query: Query) -> dict[str, int]:
    exchanges = {id(p.exchange): p.exchange for p in passages if p.exchange is not None and _passes(p, query)}
    counts = Counter(party for x in exchanges.values() for party in {asker.party for asker in x.askers})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def canonical_parties(parties: Sequence[str]) -> tuple[str, ...]:
    """The register's names for parties as a user writes them. Raises BadQuery for one it does not know."""
    from index.parties import canonical, register

    found = []
    for spelling in parties:
        party = canonical(spelling)
        if party is None:
            raise BadQuery(
                f"no party is called {spelling!r}: choose from {', '.join(party.name for party in register())}"
            )
        found.append(party)
    return tuple(dict.fromkeys(found))


def named_parties(text: str) -> tuple[str, ...]:
    """The parties that a query names, in lower case too where that is no Dutch word ("nsc"; not "denk" or "volt")."""
    from index.parties import canonical, mentions

    found = [mention.party for mention in mentions(text)]
    for word in words(text):
        if len(word.surface) >= _SHORTEST_LOWER_CASE and word.surface.islower() and not is_dutch_word(word.surface):
            party = canonical(word.surface)
            found += [party] if party else []
    return tuple(dict.fromkeys(found))


def asked_by(passage: Passage, parties: Sequence[str]) -> bool:
    """Whether one of the parties asked. A party that had joined a group by then asked as that group."""
    from index.parties import canonical

    document = passage.document
    day = document.day
    names = {*parties, *(canonical(party, day.year) for party in parties if day)}
    return any(asker.party in names for asker in passage.askers)


def _passes(passage: Passage, query: Query) -> bool:
    document = passage.document
    if query.parties and not asked_by(passage, query.parties):
        return False
    if query.members and not any(asker.member in query.members for asker in passage.askers):
        return False
    if query.ministries and not any(minister.ministry in query.ministries for minister in document.ministers):
        return False
    if query.documents and document.id not in query.documents:
        return False
    day = document.day
    if query.since and (day is None or day < query.since):
        return False
    return not (query.until and (day is None or day > query.until))
