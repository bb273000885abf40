"""How the dense and the lexical half of a search become one ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import (
    Word,
    dutch_frequency,
    dutchness,
    english_frequency,
    fold,
    in_dictionary,
    is_function_word,
    is_listed,
    words,
)
from index.records import Span
from retrieval.names import is_pasted, named_documents, whole_name
from retrieval.numbers import YEAR, names_document, numbers_of_one, pieces_of_dossiers
from retrieval.spelling import corrected, edits_allowed, may_be_misspelt
from retrieval.translations import table as translations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ENGLISH = -0.3
"""Below this `dutchness` a query is read as English."""
_TOO_SHORT_TO_BE_SHARED = 6
_NAMES_ONE = 4.0
"""What the number or the day of a document counts: it names one thing, and must outweigh the words around it."""
_MISSPELT_TELLS = 0.7
"""What the word that was probably meant tells of one that the corpus does not hold, and a word it holds counts 1."""
_PARTS_TELL = 0.4
"""What the parts of a compound tell of it, where the corpus has the parts alone: gas and opslag are no gasopslag."""
_TRANSLATION_TELLS = 0.7
"""What the translation of an English word tells of it, times how likely it is meant."""
_STRANGE = 0.2
"""A Dutch query of whose information the corpus knows less is strange to it, though it may know a word."""
_RARE = 1e-5
"""A Dutch word less frequent than this is a name where one is said to speak."""
_KEYWORDS = 3
"""So many words are asked for as they stand ("scope 3"), whatever their language; more make a sentence."""


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """The terms that may vote, with their weights: their information (inverse document frequency) times their emphasis.

    `trust` is the share, from 0 to 1, of the query's information that lies in words the corpus knows; `text` is the
    query with its misspelt words as they were meant, and `read_as` tells which. A `bare` query names subjects: it holds
    no function word and no question mark; of a `strange` one, which is Dutch, the corpus knows no word, or next to
    nothing. `only` is the term of its only word that votes, where there is one; `documents` are the terms that name
    documents, by number or day. `missing` says that it names some by their numbers, or somebody who asked or answered,
    of which the corpus knows none.
    """

    weights: Mapping[str, float]
    trust: float
    text: str
    read_as: Mapping[str, str]
    english: bool
    bare: bool
    strange: bool
    only: str | None
    documents: frozenset[str]
    missing: bool


def lexical_query(
    text: str,
    document_frequency: Callable[[str], int],
    similar: Callable[[str, int], Word | None],
    passages: int,
    *,
    names: Sequence[Span] = (),
    speakers: Sequence[Span] = (),
) -> LexicalQuery:
    """Choose and weigh the terms of a query.

    Function words do not vote, nor do the `names` of who asks and of questions, which count by themselves, nor words
    the corpus does not know, nor, in an English query, short English words that happen to be Dutch ones too ("over",
    "want" stay out; "IPCEI", "AI-fabriek" stay in). For those of an English query vote the Dutch words that they are
    translated by (`retrieval.translations`). `similar(spelling, edits)` gives the corpus' word nearest to a misspelt
    one, if there is one within so many edits. `speakers` are names of who is said to ask or answer: none of them is
    misspelt, and one that the corpus does not know said nothing.
    """
    asked_words = words(text)
    english = dutchness(text) < _ENGLISH
    sentence = len(asked_words) > _KEYWORDS
    numbers = numbers_of_one(text)
    named = [(span, term) for span, term in named_documents(text) if document_frequency(term)]
    named = [(span, term) for span, term in named if not any(_within(span, other) for other, _ in named)]
    documents = frozenset(term for _, term in named)
    names = (*names, *(Span(whole_name(text, span).start, span.start) for span, _ in named))
    if numbers or documents:
        names = (*names, *pieces_of_dossiers(text))
    weights: dict[str, float] = {}
    meant: dict[Span, str] = {}
    known = asked = 0.0
    absent = familiar = False
    for word in asked_words:
        if is_function_word(word) or any(name.start <= word.start < name.end for name in names):
            continue
        parts = () if word.term in numbers else word.parts  # another document's number may begin alike
        frequencies = {term: document_frequency(term) for term in (word.term, *parts)}
        tells = _PARTS_TELL / max(len(frequencies) - 1, 1)
        information = _idf(frequencies[word.term], passages)
        if any(name.start == word.start for name in speakers):
            # The verb "schoof" says nothing of somebody who is called so.
            a_name = dutch_frequency(word.surface) < _RARE and in_dictionary(word.surface)
            is_there = any(span.start <= word.start < span.end for span, _ in named)
            absent |= not (is_there if a_name else any(frequencies.values()))
        elif not any(frequencies.values()) and may_be_misspelt(word):
            intended = similar(fold(word.surface), edits_allowed(word.surface))
            if intended is not None:
                meant[Span(word.start, word.end)] = intended.surface
                frequencies = {word.term: 0, intended.term: document_frequency(intended.term)}
                tells = _MISSPELT_TELLS
                familiar = True
                information = _idf(frequencies[intended.term], passages)
        if english and (not any(frequencies.values()) or (sentence and _misleads(word))):
            told = _translated(word, document_frequency, passages) or _Told(information, 0.0, {})
        else:
            familiar |= frequencies[word.term] > 0
            told = _as_it_stands(word, frequencies, information, tells, passages)
        asked += told.information
        known += told.known
        for term, weight in told.weights.items():
            weights[term] = max(weights.get(term, 0.0), weight)
    weights |= {term: _weight(_NAMES_ONE, document_frequency(term), passages) for term in documents}
    bare = not ("?" in text or any(is_listed(word) for word in asked_words))
    # A pasted question cites what may not be here.
    missing = absent or (bool(numbers) and not is_pasted(text) and not any(map(document_frequency, numbers)))
    as_meant, read_as = corrected(text, meant)
    voting = [word.term for word in asked_words if word.term in weights]
    return LexicalQuery(
        weights=weights,
        trust=known / asked if asked else 0.0,
        text=as_meant,
        read_as=read_as,
        english=english,
        bare=bare,
        strange=asked > 0 and not english and not (familiar and known >= _STRANGE * asked),
        only=voting[0] if len(voting) == 1 else None,
        documents=documents,
        missing=missing,
    )


def fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32], *, weight: float) -> NDArray[np.float32]:
    """What meaning tells, on the scale of the cosine, plus `weight` times what words tell. Shape (passages,)."""
    import numpy as np

    return np.asarray(dense + weight * lexical, dtype=np.float32)


def of_best(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The terms held, over their best: from 0 to 1."""
    best = weights.max(initial=0)
    return weights / best if best > 0 else weights


def second_best(cosines: NDArray[np.float32], documents: NDArray[np.int64], *, near: int) -> NDArray[np.float32]:
    """How far the second-best passage of a near passage's document lies above the `near`-th best of all.

    What is not among the `near` best gains nothing and gives nothing, so that it does not matter which of those are
    candidates. Of fewer than twice as many passages, the better half gives. Shape (passages,).
    """
    import numpy as np

    found = np.zeros(len(cosines), dtype=np.float32)
    if not len(cosines):
        return found
    ranked = np.sort(cosines)[::-1]
    floor = ranked[min(near, (len(ranked) + 1) // 2) - 1]
    places = np.flatnonzero(cosines >= ranked[min(near, len(ranked)) - 1])
    places = places[np.lexsort((-cosines[places], documents[places]))]
    _, first, inverse = np.unique(documents[places], return_index=True, return_inverse=True)
    second = np.full(len(first), floor)
    several = np.diff(first, append=len(places)) > 1
    second[several] = cosines[places[first[several] + 1]]
    found[places] = np.maximum(second - floor, 0)[inverse]
    return found


def _within(one: Span, other: Span) -> bool:
    return one != other and other.start <= one.start and one.end <= other.end


def _emphasis(word: Word, *, is_part: bool, whole_is_known: bool) -> float:
    """What one of a word's terms counts, if all were as rare. Abbreviations and numbers are asked for to the letter."""
    exact = word.surface.isupper() or any(map(str.isdigit, word.surface))
    if not is_part:
        return _NAMES_ONE if names_document(word) else 2.0 if exact and not YEAR.fullmatch(word.surface) else 1.0
    if whole_is_known:
        return 0.0 if exact else 0.4
    return 0.7


class _Told(NamedTuple):
    """What a word tells: its information, how much of that the corpus knows, and the terms that vote for it."""

    information: float
    known: float
    weights: Mapping[str, float]


def _as_it_stands(word: Word, frequencies: Mapping[str, int], information: float, tells: float, passages: int) -> _Told:
    """A word with its parts or what was meant by it, each of which `tells` so much where it is not known itself."""
    found = [term for term, count in frequencies.items() if count]
    whole = word.term in found
    weights = {}
    for term in found:
        emphasis = _emphasis(word, is_part=term != word.term, whole_is_known=whole)
        if emphasis:
            weights[term] = _weight(emphasis, frequencies[term], passages)
    return _Told(information, information * (1.0 if whole else tells * len(found)), weights)


def _translated(word: Word, document_frequency: Callable[[str], int], passages: int) -> _Told | None:
    """An English word by the Dutch ones that translate it, each as likely as it is meant; None where none is known."""
    likely: dict[str, float] = {}
    for term, share in translations().get(fold(word.surface), ()):
        for told, part in ((term, 1.0), *((part, _PARTS_TELL) for part in words(term)[0].parts)):
            likely[told] = max(likely.get(told, 0.0), share * part)
    counts = {term: document_frequency(term) for term in likely}
    found = {term: _idf(count, passages) for term, count in counts.items() if count}
    if not found:
        return None
    best = max(found, key=lambda term: likely[term])
    known = _TRANSLATION_TELLS * likely[best] * found[best]
    return _Told(found[best], known, {term: likely[term] * information for term, information in found.items()})


def _misleads(word: Word) -> bool:
    """Whether a word of an English query may be another one in Dutch: short ones are ("over"), "lithium" is not."""
    if len(word.surface) >= _TOO_SHORT_TO_BE_SHARED or word.surface.isupper():
        return False
    return english_frequency(word.surface) > 0.3 * dutch_frequency(word.surface)


def _weight(emphasis: float, count: int, passages: int) -> float:
    return emphasis * _idf(count, passages)


def _idf(count: int, passages: int) -> float:
    """The inverse document frequency of a term, never below 0 (Robertson and Walker 1997)."""
    return log(1 + (passages - min(count, passages) + 0.5) / (count + 0.5))
