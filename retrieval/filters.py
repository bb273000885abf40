"""The parties that a user means, in a filter or in the query itself. Applying filters is the store's work."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis import is_dutch_word, words
from index.errors import BadQuery

_SHORTEST_LOWER_CASE = 3


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
