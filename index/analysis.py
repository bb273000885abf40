"""Dutch text to index terms: lemmas, compounds whole and split, accents folded. The same for passages and queries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

ANALYSER_VERSION = 3
"""Raised with every change that alters a term: an index built with another version is refused."""

# Letters and digits, with what may stand inside a word: hyphen, apostrophe, the points and slashes of numbers, the
# comma between two digits, the space in the number of a dossier ("26 643").
_WORD = re.compile(r"[^\W_]+(?:(?:[-'’.‑/]|(?<=\d),(?=\d)| (?<=\b\d\d )(?<![-.,]\d\d )(?=\d{3}(?!\d)))[^\W_]+)*")
_INNER = re.compile(r"[-'’.‑/,]")
_PART_OF_A_DOSSIER = re.compile(r"\d{5}-\d\d(?=-\d)")
"""One of the dossiers under a number, in front of the number of a piece: "21501-02-2814"."""
_SHORTEST_PART = 4
_SHORT_LEMMA = 4
_RAREST_PART = 10**-5.6
_LINKS = {"s": ("", "s"), "n": ("", "en", "n"), "e": ("", "e")}
"""What may link two parts of a compound, by the letter on which it ends."""
# Affixes and particles that word lists count as words: a compound is not made of them.
_NO_PART = frozenset(
    "aard achter binnen boven buiten daar door eens ende eren heden heid hier inge lijk lijke lijken naar over schap "
    "staan tegen tussen voor vooral voort waar ware weer zijn onder want vele liefst stel loos loze baar bare".split()
)

FUNCTION_WORDS = frozenset(
    # Dutch
    "aan al alle als andere anders bij daar dan dat de deze die dit doen door dus een en er gaan gaat geen haar "
    "had hebben heb hebt heeft hem het hier hij hoe hun ik in is ja je jij kan kun kunt kunnen krijgen krijgt "
    "maar me meer men met mij mijn moet moeten na naar nee niet nog nu of om omtrent ons onze ook op over te "
    "tegen toch toe tot u uit uw van veel via voor waar waarom waarover wanneer want waren was wat we wel welk "
    "welke werd werden wie wij wil willen worden wordt zal ze zei zeggen zegt zich zij zijn zo zou zouden zoals "
    "ben bent doet deed ging mag mogen iets iemand graag daaraan daarbij daarin daarmee daarna daarop daarover daarvan "
    "daarvoor eraan erin ermee erop erover ervan ervoor hieraan hierin hiermee hierop hierover hiervan hiervoor "
    "waaraan waarin waarmee waarop waarvan waarvoor "
    # English
    "a about all an and any are as at be been but by can could did do does done for from get had has have he her "
    "his how i if in into is it its me my not of on or our out say said says she should so some such that the "
    "their them then there these they this those to us was we were what when where which while who whom why will "
    "with would you your tell "
    # how one asks for an answer, in either language
    "vraag vragen vroeg gevraagd vroegen antwoord antwoorden beantwoord antwoordde minister ministers "
    "minister-president staatssecretaris staatssecretarissen kamervraag kamervragen question "
    "questions asked ask answer answers answered "
    # how one names a document by its number
    "aanhangsel dossier kamerstuk kamerstukken kenmerk nr nummer".split()
)
"""Words that tell nothing about the subject. They are indexed, and never asked for."""


class Word(NamedTuple):
    """A word of a text: where it stands, its own term (its lemma), and the terms of its parts.

    A tuple, because a query makes thousands of them.
    """

    start: int
    end: int
    surface: str
    term: str
    parts: tuple[str, ...]


@lru_cache(maxsize=128)
def words(text: str) -> tuple[Word, ...]:
    """Every word of a text, in order. A query is asked for its words by all that looks for names in it."""
    found = []
    for match in _WORD.finditer(text):
        term, *parts = _analyse(match.group())
        found.append(Word(match.start(), match.end(), match.group(), term, tuple(parts)))
    return tuple(found)


def occurrences(text: str, terms: frozenset[str]) -> list[tuple[int, int, frozenset[str]]]:
    """The words of a text that have one of the terms: where each begins and ends, and which of them."""
    return [
        (*match.span(), terms.intersection(found))
        for match in _WORD.finditer(text)
        if not terms.isdisjoint(found := _analyse(match[0]))  # most words of a text were not asked for
    ]


def terms(text: str) -> list[str]:
    """The terms under which a text is indexed: each word's own and its parts'."""
    return [term for word in words(text) for term in (word.term, *word.parts)]


def distinct(text: str) -> dict[str, tuple[str, ...]]:
    """Every word of a text once, as it is spelt, with the terms under which it is indexed: its own, then its parts'."""
    surfaces = spelt(text)
    return dict(zip(surfaces, map(_analyse, surfaces), strict=True))


def spelt(text: str) -> list[str]:
    """Every word of a text once, as it is spelt."""
    return list(dict.fromkeys(_WORD.findall(text)))


def is_function_word(word: Word) -> bool:
    """Whether a word tells nothing about the subject; a single letter does not either."""
    return (not word.surface.isupper() and is_listed(word)) or len(word.surface.lower()) == 1


def is_listed(word: Word) -> bool:
    """Whether a word, in capitals or not, is among the function words."""
    # By its lemma only where that is long: "assen", "haren" and "mijnen" are no forms of "as", "haar" and "mijn".
    lemma = word.term if len(word.term) > _SHORT_LEMMA else ""
    return word.surface.lower() in FUNCTION_WORDS or lemma in FUNCTION_WORDS


def fold(text: str) -> str:
    """Lower case, compatibility forms resolved ("CO₂" to "co2"), accents off."""
    if text.isascii():  # as most words are: there is nothing to resolve
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def dutch_frequency(word: str) -> float:
    """How often a word occurs in Dutch text, as a share of all words (wordfreq); 0 for one of the rare."""
    return _frequencies("nl").get(word.lower(), 0.0)


def english_frequency(word: str) -> float:
    """The same in English text."""
    return _frequencies("en").get(word.lower(), 0.0)


def dutchness(text: str) -> float:
    """Mean over the words of log10(frequency in Dutch / in English): positive for Dutch, negative for English."""
    ratios = []
    for match in _WORD.finditer(text):
        for part in _INNER.split(match.group()):
            dutch, english = dutch_frequency(part), english_frequency(part)
            if dutch or english:
                ratios.append(max(-3.0, min(3.0, log10((dutch + 1e-8) / (english + 1e-8)))))
    return sum(ratios) / len(ratios) if ratios else 0.0


def is_dutch_word(word: str) -> bool:
    """Whether the lemmatiser knows a word, or it is a compound of frequent words."""
    return in_dictionary(word) or bool(compound(word.lower()))


@lru_cache(maxsize=20_000)
def in_dictionary(word: str) -> bool:
    """Whether the lemmatiser knows a word; of compounds it knows only the usual ones."""
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang="nl"))


def edit_distance(a: str, b: str) -> int:
    """Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


@lru_cache(maxsize=200_000)
def _analyse(surface: str) -> tuple[str, ...]:
    """The terms of a word: its own, then its parts'."""
    lowered = surface.lower().replace("’", "'").replace("‑", "-").replace(" ", "")
    if len(lowered) < _SHORTEST_PART:
        return (fold(lowered),)  # mostly abbreviations: the lemmatiser makes "NEN" an article and "SURF" a verb
    whole = _lemma(lowered)
    if _INNER.search(lowered):
        pieces = [piece for piece in _INNER.split(lowered) if len(piece) > 1 or piece.isdigit()]
        pieces += _PART_OF_A_DOSSIER.findall(lowered)
        parts = [term for piece in pieces for term in (_lemma(piece), *(_lemma(part) for part in compound(piece)))]
    else:
        found = compound(lowered)
        if found and whole == fold(lowered):
            # The lemmatiser does not know the compound: its inflection is that of its last part.
            whole = fold(lowered.removesuffix(found[-1])) + _lemma(found[-1])
        parts = [_lemma(part) for part in found]
    return tuple(dict.fromkeys([whole, *parts]))


@lru_cache(maxsize=200_000)
def _lemma(word: str) -> str:
    import simplemma

    if len(word) > 64:  # no word: a hostile or broken text; the lemmatiser's time grows with the length
        return fold(word)
    lemma = _listed_lemma(word)
    if lemma is None and word in _accented():
        word = _accented()[word]
        lemma = _listed_lemma(word)
    if lemma is None:
        lemma = simplemma.lemmatize(word, lang="nl")
    return fold(lemma).replace("_", "")  # "vast_stellen": separable verbs


def _listed_lemma(word: str) -> str | None:
    """What the lemmatiser's dictionary says of a word, which takes less time than to lemmatise it; half are there.

    A word with an apostrophe is left to the lemmatiser, which first looks at what stands before that.
    """
    if "'" in word:
        return None
    listed = _dictionary()
    return listed.get(word) or listed.get(word.capitalize())


@lru_cache(maxsize=200_000)
def compound(word: str) -> tuple[str, ...]:
    """The parts of a compound, or nothing. Koehn and Knight 2003: the split whose parts are the most frequent words."""
    if not word.isalpha() or not 2 * _SHORTEST_PART <= len(word) <= 40:
        return ()
    frequencies = _frequencies("nl")
    # A word more frequent than its parts' geometric mean is a word of its own ("aandacht", not "aan" + "dacht").
    best: tuple[str, ...] = ()
    best_score = log10(max(frequencies.get(word, 0.0), 1e-9))
    for parts in _ways(word, 4):
        score = sum(log10(frequencies[part]) for part in parts) / len(parts)
        if len(parts) > 1 and score > best_score:
            best, best_score = parts, score
    return best


def _ways(word: str, most: int) -> list[tuple[str, ...]]:
    """The ways to cut a word into parts, at most so many; before a cut may stand one of the links."""
    known, openings = _parts()
    found: list[tuple[str, ...]] = []
    if word in known:
        found.append((word,))
    if most == 1:
        return found
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if word[cut : cut + _SHORTEST_PART] not in openings:
            continue
        head = word[:cut]
        for link in _LINKS.get(head[-1], ("",)):
            part = head.removesuffix(link)
            if part in known and (not link or part != head):
                found += [(part, *rest) for rest in _ways(word[cut:], most - 1)]
                break
    return found


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """The words that a compound may be made of, and the letters that they begin with."""
    known = frozenset(
        word
        for word, frequency in _frequencies("nl").items()
        if len(word) >= _SHORTEST_PART and frequency >= _RAREST_PART and word not in _NO_PART
    )
    return known, frozenset(word[:_SHORTEST_PART] for word in known)


@cache
def _dictionary() -> Mapping[str, str]:
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("nl")


@cache
def _accented() -> dict[str, str]:
    """The frequent Dutch words with accents, by how they are typed without."""
    found: dict[str, str] = {}
    for word in _frequencies("nl"):  # the most frequent first
        if not word.isascii():
            found.setdefault(fold(word), word)
    return found


@cache
def _frequencies(language: str) -> dict[str, float]:
    from wordfreq import get_frequency_dict

    # The 29,000 most frequent words, down to one in a million: no rarer one may be a part, and they load in 10 ms.
    return dict(get_frequency_dict(language, "small"))
