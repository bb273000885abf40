"""The parties that a user means, in a filter or in the query itself. Applying filters is the store's work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.analysis import is_dutch_word, words
from index.errors import BadQuery

_SHORTEST_LOWER_CASE = 3
_NO_NAMES = frozenset({"50+", "AOV", "CD", "CP", "EVP", "LN", "TON"})
"""Spellings of parties that mean something else in nearly every query: an age, an insurance, a group in Europe."""


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
    """The parties that a query names, in lower case too where that is no Dutch word ("nsc"; not "denk" or "volt").

    Nor does a sentence that begins with "Denk aan" name DENK.
    """
    from index.parties import canonical, mentions

    found = []
    for mention in mentions(text):
        capital_of_the_sentence = mention.span.start == 0 and is_dutch_word(mention.as_written)
        if mention.as_written not in _NO_NAMES and (mention.as_written in _spellings() or not capital_of_the_sentence):
            found.append(mention.party)
    for word in words(text):
        if len(word.surface) >= _SHORTEST_LOWER_CASE and word.surface.islower() and not is_dutch_word(word.surface):
            party = None if word.surface.upper() in _NO_NAMES else canonical(word.surface)
            found += [party] if party else []
    return tuple(dict.fromkeys(found))


@cache
def _spellings() -> frozenset[str]:
    """Every party's, to the letter."""
    from index.parties import register

    return frozenset(spelling for party in register() for spelling in party.spellings)
