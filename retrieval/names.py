"""Whom a query names, and which documents: who asks and who answers, members, parties and ministers."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from index import dates
from index.analysis import (
    FUNCTION_WORDS,
    dutch_frequency,
    english_frequency,
    fold,
    in_dictionary,
    is_dutch_word,
    words,
)
from index.passages import minister_term
from index.records import Span
from retrieval.numbers import documents_by_number, named_questions

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NAME = re.compile(r"[^\W\d_]{2,}")
_LONGEST_NAME = 5
"""Words of a surname: "Faber-van de Klashorst", "Van der Burg"."""
_BEFORE_SURNAME = 60
"""Characters that may stand before one."""
_PARTICLES = frozenset("van de der den ter ten el het".split())
_TITLES = frozenset("mevrouw meneer heer dhr mw mr dr drs prof lid leden kamerlid minister staatssecretaris".split())
_ANSWERING = frozenset("minister staatssecretaris bewindspersoon antwoordde antwoordt zei zegt schreef".split())
"""Behind these even a word of the dictionary is the name of who answered."""
_BEFORE_NAMES = frozenset(
    "lid leden kamerlid kamerleden mevrouw heer van door vroeg vroegen vraagt stelde "
    "member members mp mps by of did".split()
)
"""Behind these one is the name of who asked."""
_BEFORE_MINISTERS = frozenset(
    "minister minister-president premier staatssecretaris bewindspersoon antwoordde antwoordt secretary".split()
)
"""Behind these the same name is a minister's, and no member's."""
_SPEAKER = re.compile(
    r"\b(?:(?P<certain>(?P<member>(?<!de )(?<!ste )(?:kamer)?lid|(?:kamer)?leden|mp|wat\s+vroegen|wat\s+vroeg)"
    r"|zei|antwoordde|schreef|(?<!de )(?<!the )(?:minister|staatssecretaris|bewindspersoon))"
    r"|(?P<asks>vroeg|vroegen|vragen\s+stelde)"
    r"|(?P<by>(?:kamer)?vragen\s+van|questions\s+(?:by|from)|asked\s+by))\s+"
    r"(?-i:(?P<small>van\s+)?(?:(?:[Vv]an|[Dd]er?|[Dd]en|[Tt]e[rn]|het)\s+){0,3}"
    r"(?!(?:Eerste|Tweede|Kamer|Staten|Commissie)\b)(?P<name>[A-ZÀ-Ý][\w’'-]+)\b(?! van [A-Z]))",
    re.IGNORECASE,
)
"""What makes the word with a capital behind it the name of somebody who asks or answers; but not in "kan de minister
Google dwingen", nor "Hart van Nederland", nor "tweede lid Grondwet"."""
_A_NAME = r"\s+(?:het\s+lid\s+)?(?:(?:van|de|der|den|ter|ten)\s+){0,2}(?P<name>[^\W\d_]{4,})"
_ASKERS = (
    re.compile(
        r"\b(?:(?:kamer)?vragen\s+van|wat\s+vroeg(?:en)?|questions\s+(?:by|from)|asked\s+by)"
        rf"{_A_NAME}(?=\s*[?.!]?\Z|\s+(?:over|about|on|aan|to|en|and)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:did|heeft|hebben){_A_NAME}(?=\s+(?:ask|vragen\s+gesteld|gevraagd)\b)", re.IGNORECASE),
)
"""The same of who asks, whatever the case, where nothing but a name can stand."""
_TYPED = re.compile(
    r"\s*(?:wat\s+(?:zei|zegt|schreef|antwoordde|vroeg(?:en)?)|what\s+did|(?:kamer)?vragen\s+(?:van|aan)"
    r"|antwoord(?:en)?\s+(?:van|uit|op)|brieven\s+(?:van|uit)|(?:questions|answers|letters)\s+(?:by|from|to))\b",
    re.IGNORECASE,
)
"""How a query begins, and no question of parliament."""
_LONGEST_TYPED = 16
"""Words."""
_LONGEST_TYPED_SIGNS = 300
_TO_A_MINISTER = frozenset({"u", "uw"})
_ALSO_WORDS = frozenset({"welzijn"})
"""Names of members that are words, though the dictionary does not hold them."""

_SHORTEST_LOWER_CASE = 3
_CERTAINLY_PARTIES = re.compile(r"\b(?:vragen van|vroeg|vroegen|fractie van|leden van)\s+(?:de\s+)?(denk|volt)\b")
"""Names that are words, behind what makes them names."""
_NO_NAMES = frozenset({"50+", "AOV", "CD", "CP", "EVP", "LN", "TON"})
"""Spellings of parties that mean something else in nearly every query: an age, an insurance, a group in Europe."""


def named_parties(text: str) -> tuple[str, ...]:
    """The parties that a query names, in lower case too where the dictionary has no such word ("nsc"; not "denk" or
    "volt", but "vragen van denk").

    Nor does a sentence that begins with "Denk aan" name DENK.
    """
    return tuple(dict.fromkeys(party for _, party in _parties_in(text)))


@lru_cache(maxsize=32)
def _parties_in(text: str) -> tuple[tuple[Span, str], ...]:
    """Where a query names parties; those that are named twice over, as a word and as a spelling, twice."""
    from index.parties import canonical, mentions

    found = []
    for match in _CERTAINLY_PARTIES.finditer(text):
        party = canonical(match[1])
        found += [(Span(*match.span(1)), party)] if party else []
    for mention in mentions(text):
        capital_of_the_sentence = mention.span.start == 0 and is_dutch_word(mention.as_written)
        if mention.as_written not in _NO_NAMES and (mention.as_written in _spellings() or not capital_of_the_sentence):
            found.append((mention.span, mention.party))
    for word in words(text):
        if len(word.surface) >= _SHORTEST_LOWER_CASE and word.surface.islower() and not in_dictionary(word.surface):
            party = None if word.surface.upper() in _NO_NAMES else canonical(word.surface)
            found += [(Span(word.start, word.end), party)] if party else []
    return tuple(found)


def named_members(text: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """Which members a query names, by their surname, as the documents write them ("Inge van Dijk" for "Van Dijk").

    A name that is a Dutch word too is one only with a capital, after a word as "lid" or "vroeg", or after a first name.
    Whom the query calls a minister is meant as one, though once a member.
    """
    return tuple(dict.fromkeys(member for named in called(text, members) for member in named))


def called(text: str, members: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """For each name of a query, the members who may be meant by it."""
    return tuple(named for _, named in mentioned(text, members))


@lru_cache(maxsize=32)
def mentioned(text: str, members: tuple[str, ...]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Where a query names members; the longest name at each place."""
    known, found = _by_surname(members), list(_WORD.finditer(text))
    folded = [fold(match.group()) for match in found]
    mentioned, read = [], 0
    for first in range(len(found)):
        before = next((word for word in reversed(folded[:first]) if len(word) > 1), "")  # past initials
        if first < read or before in _BEFORE_MINISTERS:
            continue
        for end in range(min(first + _LONGEST_NAME, len(found)), first, -1):
            named, last = known.get(" ".join(folded[first:end])), found[end - 1].group()
            if named is None:
                continue
            word = in_dictionary(last) or last.lower() in _ALSO_WORDS
            rare = not dutch_frequency(last)
            surname = Span(found[first].start(), found[end - 1].end())
            whole = whole_name(text, surname)
            if not _BEFORE_MINISTERS.isdisjoint(map(fold, text[whole.start : surname.start].split())):
                read = end
                break
            certain = last[0].isupper() and (end - first > 1 or before in _BEFORE_NAMES or whole != surname or rare)
            if certain or not word:
                mentioned.append((whole, named))
                read = end
                break
    return tuple(mentioned)


@lru_cache(maxsize=4)
def _by_surname(members: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Members by their names without accents and capitals: as they are written, by the surname, which begins with the
    first particle, and by the first half of a double name.
    """
    found: dict[str, set[str]] = {}
    for member in members:
        parts = _WORD.findall(member)
        particles = [place for place, part in enumerate(parts) if part.islower()]
        for first in {0, *(particles[:1] or [len(parts) - 1])}:
            name = " ".join(map(fold, parts[first:]))
            for called in {name, name.partition("-")[0]}:
                found.setdefault(called, set()).add(member)
    return {name: tuple(sorted(named)) for name, named in found.items() if name}


@lru_cache(maxsize=32)
def named_documents(text: str) -> tuple[tuple[Span, str], ...]:
    """Where a text may name documents, by a number, their day or who answered, and what term stands for it."""
    found = documents_by_number(text)
    found += [(span, dates.term(day)) for span, day in dates.days_in(text)]
    names = [match for match in _NAME.finditer(text) if fold(match[0]) not in _PARTICLES]
    for match, following in zip(names, [*names[1:], None], strict=False):
        span = Span(match.start(), match.end())
        single = _is_name(text, span)
        if single:
            found.append((span, minister_term([match[0]])))
        if following is not None and (single or (match[0][0].isupper() and following[0][0].isupper())):
            found.append((Span(match.start(), following.end()), minister_term([match[0], following[0]])))
    return tuple(found)


def _is_name(text: str, span: Span) -> bool:
    """Whether a word may be a surname: no word of the dictionary, or called one by what stands before it."""
    word = span.of(text)
    before = text[max(span.start - _BEFORE_SURNAME, 0) : span.start].split()[-1:]
    if not in_dictionary(word) or (before and fold(before[0]) in _ANSWERING):
        return True
    particle = bool(before) and before[0][0].isupper() and fold(before[0]) in _PARTICLES
    return word[0].isupper() and (particle or whole_name(text, span) != span)


def whole_name(text: str, surname: Span) -> Span:
    """A name with what stands before its surname: first names, "mevrouw", "de heer"."""
    start = reached = surname.start
    for match in reversed(list(_NAME.finditer(text, max(surname.start - _BEFORE_SURNAME, 0), surname.start))):
        if text[match.end() : reached].strip(" ."):
            break
        first = match[0][0].isupper() and not in_dictionary(match[0]) and match[0].lower() not in FUNCTION_WORDS
        if first or fold(match[0]) in _TITLES:
            start = match.start()
        elif fold(match[0]) not in _PARTICLES:
            break
        reached = match.start()
    return Span(start, surname.end)


def speakers(text: str) -> list[Span]:
    """Surnames of whom a query says that they ask or answer, parties among them; members and ministers may be unknown.

    Behind "van" a word of the dictionary is no name: "vragen van Friese boeren", "minister van Defensie".
    """
    return [Span(*match.span("name")) for match in _speaking(text)]


@lru_cache(maxsize=32)
def strangers(text: str, members: tuple[str, ...]) -> tuple[Span, ...]:
    """Those of the `speakers` who are said to ask, and are neither a party nor among the members: "vroeg Jetten"."""
    from index.parties import canonical

    known = names_in(text, members)
    asking = [
        match
        for match in _speaking(text)
        if match["member"] or ((match["asks"] or match["by"]) and not in_dictionary(match["name"]))
        if not match["name"].isupper()
    ]
    if not is_pasted(text):
        asking += [match for pattern in _ASKERS for match in pattern.finditer(text) if _may_be_surname(match["name"])]
    spans = {Span(*match.span("name")) for match in asking if canonical(match["name"]) is None}
    return tuple(sorted(span for span in spans if not any(map(span.overlaps, known))))


def _may_be_surname(word: str) -> bool:
    """Whether a word has a capital, and no more of them, or is none of the language."""
    if word.isupper():
        return False
    return word[0].isupper() or not (is_dutch_word(word) or dutch_frequency(word) or english_frequency(word))


def _speaking(text: str) -> list[re.Match[str]]:
    if is_pasted(text):
        return []
    return [
        match
        for match in _SPEAKER.finditer(text)
        if (match["certain"] and not match["small"]) or not in_dictionary(match["name"])
    ]


def is_pasted(text: str) -> bool:
    """Whether a text is a question of parliament rather than a query: those cite what others said."""
    found = words(text)
    if len(text) > _LONGEST_TYPED_SIGNS or (len(found) > _LONGEST_TYPED and not _TYPED.match(text)):
        return True
    return any(word.surface in _TO_A_MINISTER for word in found)


def also_ministers(text: str, members: tuple[str, ...], documents: Collection[str]) -> bool:
    """Whether one name of a query is a member's and a minister's, by the terms that name documents that are there."""
    ministers = [span for span, term in named_documents(text) if term in documents]
    asked = [span for span, _ in mentioned(text, members)]
    return any(one.overlaps(other) for one in asked for other in ministers)


def names_in(text: str, members: tuple[str, ...] = ()) -> list[Span]:
    """Where a query names who asks, or questions by their numbers."""
    return [*asking_in(text, members), *named_questions(text)]


def asking_in(text: str, members: tuple[str, ...]) -> list[Span]:
    """Where a query names who asks."""
    return [span for span, _ in (*_parties_in(text), *mentioned(text, members))]


@cache
def _spellings() -> frozenset[str]:
    """Every party's, to the letter."""
    from index.parties import register

    return frozenset(spelling for party in register() for spelling in party.spellings)
