"""Numbers in words, in Dutch and in English."""

from __future__ import annotations


def _numbered(*written: str) -> dict[str, int]:
    return {word: number for words in written for number, word in enumerate(words.split(), start=1)}


CARDINALS = _numbered(
    "één twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "one two three four five six seven eight nine ten eleven twelve",
)
"""From 1 to 12; "een" is an article too, and stays out."""
ORDINALS = _numbered(
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
)
