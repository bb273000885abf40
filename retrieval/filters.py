"""The parties and questions that a user means, in a filter or in the query. Applying filters is the store's work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.analysis import is_dutch_word, words
from index.errors import BadQuery
from retrieval.fuse import is_function_word

_NUMBERED = re.compile(
    r"\b(?:vra(?:ag|gen)|questions?|antwoord(?:en)?|answers?)\s+(?:(?:nummers?|numbers?|nr\.?|no\.?)\s*)?#?"
    r"(\d{1,3}(?:\s*(?:,|en|and|t/m|tot en met|through|to|-|–)\s*\d{1,3})*)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|through|to|-|–)\s*(\d+)", re.IGNORECASE)
_WIDEST_RANGE = 50
_ASKING = frozenset(
    "vraag vragen vroeg vroegen vraagt gesteld gestelde stelde stelden antwoord antwoorden antwoordt antwoordde "
    "beantwoord beantwoording minister staatssecretaris kabinet fractie fracties leden lid partij brief toon geef "
    "question questions answer answers answered ask asks asked minister government party member members letter "
    "show give list".split()
)
"""What is said of every question and answer."""
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


def named_numbers(text: str) -> frozenset[int]:
    """The numbers of questions that a query names: "vraag 8", "vragen 3, 4 en 6 t/m 9"."""
    found: set[int] = set()
    for match in _NUMBERED.finditer(text):
        found.update(int(number) for number in re.findall(r"\d+", match[1]))
        for first, last in _RANGE.findall(match[1]):
            found.update(range(int(first), min(int(last), int(first) + _WIDEST_RANGE)))
    return frozenset(found)


def only_refers(text: str) -> bool:
    """Whether a query names questions or parties and no subject: "het antwoord op vraag 7", "vragen van NSC"."""
    from index.parties import canonical, mentions

    if not (named_numbers(text) or named_parties(text)):
        return False
    rest = _NUMBERED.sub(" ", text)
    for mention in reversed(mentions(rest)):
        rest = f"{rest[: mention.span.start]} {rest[mention.span.end :]}"
    return all(
        is_function_word(word) or word.surface.lower() in _ASKING or canonical(word.surface) is not None
        for word in words(rest)
    )


@cache
def _spellings() -> frozenset[str]:
    """Every party's, to the letter."""
    from index.parties import register

    return frozenset(spelling for party in register() for spelling in party.spellings)
