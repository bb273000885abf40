"""Misspelt words and names of a query, and what the store has that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from index.analysis import (
    Word,
    dutch_frequency,
    edit_distance,
    english_frequency,
    fold,
    in_dictionary,
    is_dutch_word,
    spelt,
    words,
)
from index.backend import Backend
from index.parties import register
from index.passages import surroundings
from index.records import Span
from retrieval.names import is_pasted, speakers

_SHORTEST = 5
_SHORTEST_NAME = 6
"""Letters: of shorter names too many are one letter apart ("Bosma", "Bouma")."""
_NAME = re.compile(rf"[^\W\d_]{{{_SHORTEST_NAME},}}")


def edits_allowed(spelling: str) -> int:
    """How many letters of a word may be wrong, missing, swapped or too many."""
    return 1 if len(spelling) < 9 else 2


def may_be_misspelt(word: Word) -> bool:
    """Whether a word is none of either language."""
    if len(word.surface) < _SHORTEST or not word.surface.isalpha() or dutch_frequency(word.surface):
        return False
    return not english_frequency(word.surface) and not is_dutch_word(word.surface)


def similar_word(store: Backend, spelling: str, edits: int) -> Word | None:
    """The store's word spelt nearest to one it does not hold, of those that begin alike; the first wins a tie.

    It is looked for one edit away first: of what is near, a store gives a few passages, and to look farther takes long.
    """
    for allowed in range(1, edits + 1):
        nearest, distance = "", allowed + 1
        for passage in store.passages(store.rows_like(spelling, edits=allowed)):
            for surface in spelt(f"{surroundings(passage)} {passage.text}"):
                apart = _apart(spelling, fold(surface), allowed)
                if apart is not None and apart < distance:
                    nearest, distance = surface, apart
        if nearest:
            return words(nearest)[0]
    return None


def names_as_meant(store: Backend, text: str) -> dict[Span, str]:
    """The misspelt names in a query, of members, of parties and of ministers who are said to answer, as they are meant.

    A name is meant that begins alike, where no other one is as near. In a question of parliament nothing is misspelt.
    """
    if is_pasted(text):
        return {}
    speaking = {span.start for span in speakers(text)}
    meant = {}
    for word in words(text):
        speaks = word.start in speaking and not in_dictionary(word.surface)
        if not (speaks or may_be_misspelt(word)) or store.document_frequency(word.term):
            continue
        name = _nearest(word.surface, _names(store.members))
        if name is None and speaks:
            name = _nearest(word.surface, _ministers(store, word.surface))
        if name is not None:
            meant[Span(word.start, word.end)] = name
    return meant


def corrected(text: str, meant: Mapping[Span, str]) -> tuple[str, dict[str, str]]:
    """A text with some of its words as they are meant, and what was read for what."""
    read_as = {span.of(text): meant[span] for span in sorted(meant)}
    for span in sorted(meant, reverse=True):
        text = f"{text[: span.start]}{meant[span]}{text[span.end :]}"
    return text, read_as


@lru_cache(maxsize=4)
def _names(members: tuple[str, ...]) -> dict[str, str]:
    """The words of members' and parties' names."""
    return _by_folding((*members, *(party.name for party in register())))


def _ministers(store: Backend, typed: str) -> dict[str, str]:
    """The words of names of ministers, of the passages that hold a word spelt nearly so."""
    found = store.passages(store.rows_like(fold(typed), edits=edits_allowed(typed)))
    return _by_folding(minister.name or "" for passage in found for minister in passage.document.ministers)


def _by_folding(names: Iterable[str]) -> dict[str, str]:
    return {fold(word): word for name in names for word in _NAME.findall(name)}


def _nearest(typed: str, names: Mapping[str, str]) -> str | None:
    """The one of some names, by how they are folded, that a word is nearest to and begins like; it may be none."""
    spelling, edits = fold(typed), edits_allowed(typed)
    if len(spelling) < _SHORTEST_NAME or spelling in names:
        return None
    near = sorted((apart, name) for name in names if (apart := _apart(spelling, name, edits)) is not None)
    if not near or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return names[near[0][1]]


def _apart(spelling: str, other: str, edits: int) -> int | None:
    """How many edits two folded words are apart; None where they begin otherwise, or are more than so many apart."""
    if other[0] != spelling[0] or abs(len(other) - len(spelling)) > edits:
        return None
    apart = edit_distance(spelling, other)
    return apart if apart <= edits else None
