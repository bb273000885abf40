"""Parties, members and questions that a user means, in a filter or the query. Applying filters is the store's work."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from index.analysis import dutch_frequency, fold, in_dictionary, is_dutch_word, words
from index.errors import BadQuery
from index.passages import abbreviations
from index.records import Span
from retrieval.fuse import DAY, NUMBER_OF_ONE, is_function_word, named_documents, whole_name

_NUMBERED = re.compile(
    r"\b(?:vra(?:ag|gen)|questions?|antwoord(?:en)?|answers?)\s+(?:(?:nummers?|numbers?|nr\.?|no\.?)\s*)?#?"
    r"(\d{1,3}(?:\s*(?:,|en|and|t/m|tot en met|through|to|-|–)\s*\d{1,3})*)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:t/m|tot en met|through|to|-|–)\s*(\d+)", re.IGNORECASE)
_WIDEST_RANGE = 50
_ASKING = frozenset(
    "brieven letters d.d ingezonden ontvangen verzonden gedateerd sent received dated mevrouw meneer heer dhr mw mr "
    "kv-tk ah-tk "
    "vraag vragen vroeg vroegen vraagt gesteld gestelde stelde stelden antwoord antwoorden antwoordt antwoordde "
    "beantwoord beantwoording minister staatssecretaris kabinet fractie fracties leden lid partij brief toon geef "
    "question questions answer answers answered ask asks asked minister government party member members letter "
    "show give list".split()
)
"""What is said of every question, answer and document."""
_ASKED = frozenset("vroeg vroegen vraagt vragen gevraagd stelde stelden gesteld asked ask asks questions".split())
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_BEFORE_NAMES = frozenset(
    "lid leden kamerlid kamerleden mevrouw heer van door vroeg vroegen vraagt stelde "
    "member members mp mps by of did".split()
)
_BEFORE_MINISTERS = frozenset(
    "minister minister-president premier staatssecretaris bewindspersoon antwoordde antwoordt secretary".split()
)
_ALSO_WORDS = frozenset({"welzijn"})
"""Names of members that are words, though the dictionary does not hold them."""
_LONGEST_NAME = 5
"""Words: "Faber-van de Klashorst", "Van der Burg"."""
_SHORTEST_LOWER_CASE = 3
_CERTAINLY_PARTIES = re.compile(r"\b(?:vragen van|vroeg|vroegen|fractie van|leden van)\s+(?:de\s+)?(denk|volt)\b")
"""Names that are words, behind what makes them names."""
_NUMBER_OF_PIECE = re.compile(r"\bnr\.?\s*\d{1,4}\b", re.IGNORECASE)
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


def known_ministries(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Ministries as the documents write them, by their names or what they are called for short, whatever the case.

    Raises BadQuery for one that answered nothing.
    """
    found: list[str] = []
    for name in names:
        called = name.strip().casefold()
        meant = [full for full in known if called in map(str.casefold, (full, *abbreviations(full)))]
        if not meant:
            raise BadQuery(f"no ministry that answered is called {name!r}: choose from {', '.join(sorted(known))}")
        found += meant
    return tuple(dict.fromkeys(found))


def known_members(names: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Members as the documents write them, by their surname or more. Raises BadQuery for one who asked nothing."""
    found: list[str] = []
    for name in names:
        members = named_members(f"lid {name.title()}", known)
        if not members:
            raise BadQuery(f"no member who asked is called {name!r}: write the surname as in the letters")
        found += members
    return tuple(dict.fromkeys(found))


def named_parties(text: str) -> tuple[str, ...]:
    """The parties that a query names, in lower case too where the dictionary has no such word ("nsc"; not "denk" or
    "volt", but "vragen van denk").

    Nor does a sentence that begins with "Denk aan" name DENK.
    """
    from index.parties import canonical, mentions

    found = [party for party in map(canonical, _CERTAINLY_PARTIES.findall(text)) if party]
    for mention in mentions(text):
        capital_of_the_sentence = mention.span.start == 0 and is_dutch_word(mention.as_written)
        if mention.as_written not in _NO_NAMES and (mention.as_written in _spellings() or not capital_of_the_sentence):
            found.append(mention.party)
    for word in words(text):
        if len(word.surface) >= _SHORTEST_LOWER_CASE and word.surface.islower() and not in_dictionary(word.surface):
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


def named_members(text: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """Which members a query names, by their surname, as the documents write them ("Inge van Dijk" for "Van Dijk").

    A name that is a Dutch word too is one only with a capital, after a word as "lid" or "vroeg", or after a first name.
    Whom the query calls a minister is meant as one, though once a member.
    """
    return tuple(dict.fromkeys(member for _, named in _mentioned(text, members) for member in named))


@lru_cache(maxsize=32)
def _mentioned(text: str, members: tuple[str, ...]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Where a query names members; the longest name at each place."""
    known, found = _by_surname(members), list(_WORD.finditer(text))
    folded = [fold(match.group()) for match in found]
    mentioned, read = [], 0
    for first in range(len(found)):
        before = folded[first - 1] if first else ""
        if first < read or before in _BEFORE_MINISTERS:
            continue
        for end in range(min(first + _LONGEST_NAME, len(found)), first, -1):
            named, last = known.get(" ".join(folded[first:end])), found[end - 1].group()
            if named is None:
                continue
            word = in_dictionary(last) or last.lower() in _ALSO_WORDS
            surname = Span(found[first].start(), found[end - 1].end())
            whole = whole_name(text, surname)
            alone = text.strip() == surname.of(text) and not dutch_frequency(last)
            certain = last[0].isupper() and (end - first > 1 or before in _BEFORE_NAMES or whole != surname or alone)
            if certain or not word:
                mentioned.append((whole, named))
                read = end
                break
    return tuple(mentioned)


@lru_cache(maxsize=4)
def _by_surname(members: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Members by their names without accents and capitals: as they are written, and from the first particle on."""
    found: dict[str, set[str]] = {}
    for member in members:
        parts = _WORD.findall(member)
        particles = [place for place, part in enumerate(parts) if part.islower()]
        for first in {0, *particles[:1]}:
            found.setdefault(" ".join(map(fold, parts[first:])), set()).add(member)
    return {name: tuple(sorted(named)) for name, named in found.items() if name}


def only_refers(text: str, members: tuple[str, ...] = (), documents: Collection[str] = ()) -> bool:
    """Whether a query names questions, who asks or documents, and no subject: "vragen van NSC", "26643, vraag 7".

    `documents` are the terms by which it names documents that are there (`LexicalQuery.documents`).
    """
    from index.parties import canonical, mentions

    mentioned = _mentioned(text, members)
    rest = text
    named = [
        whole_name(text, span)
        for span, term in named_documents(text)
        if term in documents or NUMBER_OF_ONE.fullmatch(term) or DAY.fullmatch(term)
    ]
    for span in (*named, *(span for span, _ in mentioned)):
        rest = f"{rest[: span.start]}{' ' * len(span)}{rest[span.end :]}"
    rest = _NUMBERED.sub(" ", rest)
    rest = _NUMBER_OF_PIECE.sub(" ", rest) if documents else rest
    for mention in reversed(mentions(rest)):
        rest = f"{rest[: mention.span.start]} {rest[mention.span.end :]}"
    subject = any(
        not is_function_word(word) and word.surface.lower() not in _ASKING and canonical(word.surface) is None
        for word in words(rest)
    )
    return not subject and bool(mentioned or named or named_numbers(text) or named_parties(text))


def says_who_asked(text: str) -> bool:
    """Whether a query says that somebody asked something, and does not only mention them."""
    return any(word.surface.lower() in _ASKED for word in words(text))


def also_ministers(text: str, members: tuple[str, ...], documents: Collection[str]) -> bool:
    """Whether one name of a query is a member's and a minister's, by the terms that name documents that are there."""
    ministers = [span for span, term in named_documents(text) if term in documents]
    asked = [span for span, _ in _mentioned(text, members)]
    return any(one.start < other.end and other.start < one.end for one in asked for other in ministers)


def names_in(text: str, members: tuple[str, ...] = ()) -> list[Span]:
    """Where a query names who asks, or questions by their numbers."""
    from index.parties import mentions

    named = named_parties(text)
    parties = [mention.span for mention in mentions(text) if mention.party in named]
    numbers = [Span(*match.span()) for match in _NUMBERED.finditer(text)]
    return [*parties, *numbers, *(span for span, _ in _mentioned(text, members))]


@cache
def _spellings() -> frozenset[str]:
    """Every party's, to the letter."""
    from index.parties import register

    return frozenset(spelling for party in register() for spelling in party.spellings)
