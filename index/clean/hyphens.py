"""What a hyphen at the end of a line means: part of the word, a mark of division, or a suspended compound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto
from functools import cached_property, lru_cache
from math import log10

from index.analysis import dutchness

HYPHENS = "-\u2010\u2011"
SOFT = "\u00ad"

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*-?")
# As many characters before a line's end may hold the dash that it closes, or the name that it ends.
_NEAR = 200
# A dash before a word that none closes, and no compound whose first part is left out ("uitgaven en -uitstoot").
_OPEN_DASH = re.compile(r"(?<!\ben)(?<!\bof)(?<![,/])\s-[^\W\d_](?:(?!\w-[\s,.;:)]).)*$")
_NAME = re.compile(r"\b[A-Z]\w+ [A-Z]\w+$")
# After these a hyphen suspends a compound and the space stays: "leer- en communicatiemiddelen".
_JOINING = frozenset({"en", "of", "en/of", "als", "dan", "noch", "tot", "maar", "c.q", "respectievelijk", "resp"})
# Compounds with these keep their hyphen (Woordenlijst Nederlandse Taal, rule 6.K).
_HYPHENATED = frozenset(
    "adjunct aspirant assistent bijna chef collega ex interim kandidaat leerling non niet oud privé pro pseudo quasi"
    " sint stagiair substituut vice".split()
)
# Vowels that would be read as one sound when they met, so that Dutch writes a hyphen (rule 6.D).
_CLASH = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu éé".split())


# Abbreviations that became words, and keep their hyphen in compounds (rule 6.F).
_LOWER_CASE = frozenset(
    "aow btw bni cao cv ggd ggz hbo havo hiv ict ic mbo mkb ngo ov tbs vmbo vwo wmo wo wia ww zzp".split()
)


class Join(Enum):
    """How two lines are joined at a hyphen: "regelge-/ving", "motie-/Kathmann", "datacenter-/en cloudsector"."""

    DROP = auto()
    KEEP = auto()
    SPACE = auto()


class Hyphens:
    """Decides by the document's own words first, then by spelling rules, then by how common the words are."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)

    @cached_property
    def _words(self) -> Counter[str]:
        """How often each word stands there; asked for by few texts."""
        counted: Counter[str] = Counter()
        for line in self._lines:
            # The last word of a line may be half a word, and so may the first of the next: neither is evidence.
            words = _WORD.findall(line.replace(SOFT, ""))
            inner = words[1:-1] if len(words) > 2 else []
            counted.update(word.casefold().rstrip("-") for word in inner)
        return counted

    def at(self, before: str, after: str) -> Join:
        """How to join `before`, which ends in a hyphen, with the next line `after`."""
        stem = before.rstrip(HYPHENS)
        left = re.search(r"[^\s(\[«\"“‘„/]*$", stem)
        head = left.group() if left else ""
        following = re.match(r"[^\s,;:!?)\]»\"”]*", after)
        tail = following.group().rstrip(".") if following else ""
        if not head:
            # A hyphen on its own: "ICT-uitgaven en -/uitstootgegevens" against a dash, "de AI-fabriek - / waaronder".
            return Join.KEEP if re.search(r"\w-\w[\w-]*,?\s+(?:en|of|en/of)\s+$", stem) else Join.SPACE
        if tail.casefold() in _JOINING:
            return Join.SPACE
        if not tail or not tail[0].isalpha() or not head[-1].isalpha():
            return Join.KEEP
        join = self._word(head, tail)
        if join is Join.DROP and tail[0].islower() and self._are_words(head, tail):
            # "signalen -ook van een inspecteur-/worden gemeld": the second of two dashes.
            if _OPEN_DASH.search(stem[-_NEAR:]) and frequency(tail.casefold()) >= 5.5:
                return Join.SPACE
            # A foreign name of several words: "Climate Change-/rapporten".
            name = _NAME.search(stem[-_NEAR:])
            if name and dutchness(name[0]) < -0.5:
                return Join.KEEP
        return join

    def _are_words(self, head: str, tail: str) -> bool:
        """Whether both are words, and together none."""
        whole = (head + tail).casefold()
        both = min(frequency(head.casefold()), frequency(tail.casefold()))
        return both >= 2.0 and frequency(whole) < 1.5 and not self._words[whole]

    def _word(self, head: str, tail: str) -> Join:
        whole, hyphenated = (head + tail).casefold(), f"{head}-{tail}".casefold()
        seen_whole, seen_hyphenated = self._words[whole], self._words[hyphenated]
        if seen_whole != seen_hyphenated:
            return Join.DROP if seen_whole > seen_hyphenated else Join.KEEP
        last = re.split(r"[-’']", head)[-1] or head
        first = re.split(r"[-’']", tail)[0] or tail
        if _is_abbreviation(last) or len(last) == 1 or last.casefold() in _LOWER_CASE:
            return Join.KEEP
        if first[0].isupper():
            return Join.DROP if head.isupper() and tail.isupper() else Join.KEEP
        if frequency(last.casefold() + first.casefold()) >= 1.5:
            return Join.DROP
        if last.casefold() in _HYPHENATED:
            return Join.KEEP
        if min(frequency(last.casefold()), frequency(first.casefold())) < 2.0:
            return Join.DROP
        if (last[-1] + first[0]).casefold() in _CLASH:
            return Join.KEEP
        return Join.KEEP if _is_adjective(last.casefold()) and _inflected(first.casefold()) else Join.DROP


def _is_abbreviation(word: str) -> bool:
    """Capitals or digits inside: ICT, EMS, PvdA, CO2. A capital that only opens a word is none."""
    return any(letter.isupper() or letter.isdigit() for letter in word[1:]) and (
        len(word) <= 6 or not word[1:].isupper()
    )


@lru_cache(maxsize=100_000)
def frequency(word: str) -> float:
    """Zipf frequency of a Dutch word, 0 where it is unknown (wordfreq 3: about 0 to 7.5)."""
    from wordfreq import get_frequency_dict, zipf_frequency

    if word.isalpha():  # what the library would look up, without its reading of numbers and of several words
        share = get_frequency_dict("nl").get(word, 0.0)
        return round(log10(share) + 9, 2) if share else 0.0
    return float(zipf_frequency(word, "nl"))


def _is_adjective(word: str) -> bool:
    """Two adjectives keep their hyphen ("publiek-private"); a noun before one does not ("klimaatneutrale")."""
    shortened = re.sub(r"([aeou])\1([b-df-hj-np-tv-z])$", r"\1\2", word)
    return max(frequency(word + "e"), frequency(shortened + "e")) >= 3.5


def _inflected(word: str) -> bool:
    if not word.endswith("e"):
        return False
    bare = word[:-1]
    lengthened = re.sub(r"([aeou])([b-df-hj-np-tv-z])$", r"\1\1\2", bare)
    return max(frequency(bare), frequency(lengthened)) >= 2.5
