"""What ministries are called: for short, by their first subject, and in English.

Their names change with every cabinet, and begin with the same subject: the ministry "van Economische Zaken" was for
years "van Economische Zaken en Klimaat". So a query that names the subject means whichever a letter has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from index.analysis import fold
from index.records import Span

_CAPITALISED = re.compile(r"\b[A-ZÀ-Ý]\w*")
_OF_TWO = re.compile(r"[A-ZÀ-Ý][\w-]* en [A-ZÀ-Ý][\w-]*")
_ALSO_CALLED = {"Buitenlandse Zaken": ("BuZa",)}
_CABINETS = {
    "Algemene Zaken": ("General Affairs",),
    "Asiel en Migratie": ("Asylum",),
    "Binnenlandse Zaken en Koninkrijksrelaties": ("the Interior", "Interior", "Home Affairs"),
    "Buitenlandse Handel en Ontwikkelingshulp": ("Foreign Trade",),
    "Buitenlandse Handel en Ontwikkelingssamenwerking": (),
    "Buitenlandse Zaken": ("Foreign Affairs",),
    "Defensie": ("Defence", "Defense"),
    "Economische Zaken en Klimaat": ("Economic Affairs", "Economy"),
    "Financiën": ("Finance",),
    "Infrastructuur en Waterstaat": ("Infrastructure",),
    "Justitie en Veiligheid": ("Justice",),
    "Klimaat en Groene Groei": ("Climate",),
    "Landbouw, Visserij, Voedselzekerheid en Natuur": ("Agriculture",),
    "Langdurige Zorg en Sport": (),
    "Medische Zorg": (),
    "Natuur en Stikstof": (),
    "Onderwijs, Cultuur en Wetenschap": ("Education",),
    "Ontwikkelingssamenwerking": ("Development Cooperation",),
    "Rechtsbescherming": ("Legal Protection",),
    "Sociale Zaken en Werkgelegenheid": ("Social Affairs",),
    "Veiligheid en Justitie": ("Security",),
    "Verkeer en Waterstaat": ("Transport",),
    "Volksgezondheid, Welzijn en Sport": ("Public Health", "Health"),
    "Volkshuisvesting en Ruimtelijke Ordening": ("Housing",),
}
"""Ministries of the cabinets since 1995, with what their first subject is called in English; a few subjects come first
in two names."""
_RENAMED = {"ontwikkelingshulp": "ontwikkelingssamenwerking"}
_PREMIER = ("minister-president", "prime minister", "premier")
_OFFICE = (
    r"(?:minister(?:ie)?s?|min\.|staatssecretaris(?:sen)?|bewindspersoon|ministry|department|(?:state\s+)?secretary)\s+"
    r"(?:(?:van|voor|of|for)\s+(?:(?:de|het|the)\s+)?)?"
)
_LEAD = r"(?:(?P<lead>aan|to|van|door|by|from)\s+)?(?:(?:de|het|the)\s+)?"
_SAYS = r"\b(?:zei|zegt|schreef|schrijft|antwoordde|antwoordt|volgens)\s+"
_SENT = r"\b(?i:antwoord(?:en)?|(?:kamer)?brie(?:f|ven)|answers?|letters?)\s+"
_AND = re.compile(r"\s*(?:,|&|,?\s(?:en|and)\s)\s*", re.IGNORECASE)


class Named(NamedTuple):
    """Where a text names a ministry, with the office and the word before it that leads to it ("aan", "van"; else "").

    `ministries` are the known ones that are meant: none, where the text names one that is not known. It is `sure` where
    an office, initials or a capital tells that a ministry is meant, and not what it is about ("aan onderwijs").
    """

    span: Span
    lead: str
    ministries: frozenset[str]
    sure: bool


def subjects(ministry: str) -> tuple[str, ...]:
    """The subjects of a ministry's name; it is known by the first: "Volksgezondheid", "Economische Zaken"."""
    return tuple(part.strip() for part in re.split(r",| en ", ministry.partition(" (")[0]))


def apart(names: str) -> list[str]:
    """Ministries that are named as one: "Onderwijs, Cultuur en Wetenschap en Volksgezondheid, Welzijn en Sport"."""
    found = []
    while name := next((name for name in _CABINETS if names.casefold().startswith(f"{name} en ".casefold())), None):
        found.append(name)
        names = names[len(name) + len(" en ") :]
    return [*found, as_known(names)]


def any_known() -> str:
    """A pattern for a ministry that is known, or the first subject of one, in whatever case it is written."""
    return rf"(?i:{_any(_known().values())})(?![\w’-])"


def as_known(ministry: str) -> str:
    """A ministry by its known name, whatever its case and accents: "Asiel en migratie"; any other as it is written."""
    return _known().get(fold(ministry), ministry)


def abbreviations(ministry: str) -> tuple[str, ...]:
    """What a ministry is called for short: "VWS", "LVVN", "JenV". None for a name of one word."""
    ministry = ministry.partition(" (")[0]  # as records have it: "Volksgezondheid, Welzijn en Sport (VWS)"
    names = _CAPITALISED.findall(ministry)
    if len(names) < 2:
        return ()
    joint = "en" if _OF_TWO.fullmatch(ministry) else ""
    return joint.join(name[0] for name in names), *_ALSO_CALLED.get(ministry, ())


def named(text: str, known: Collection[str]) -> list[Named]:
    """The ministries that a text names: by their office ("de minister van Financiën"), by their initials, behind a verb
    of saying or "aan"; in order. Those joined by "en" are one. A ministry's subject alone is none: "defensie"."""
    found: dict[int, Named] = {}
    for pattern, sure in _patterns(tuple(sorted(known))):
        for match in pattern.finditer(text):
            called, lead = match["name"], match.groupdict().get("lead") or ""
            whole = Span(*match.span("whole"))
            found[match.start("name")] = Named(whole, lead.lower(), _meant(called, whole.of(text), known), sure)
    joined: list[Named] = []
    for one in (found[at] for at in sorted(found)):
        before = joined[-1] if joined else None
        if before is not None and one.span.start <= before.span.end:
            continue
        if before is not None and _AND.fullmatch(text, before.span.end, one.span.start):
            whole = Span(before.span.start, one.span.end)
            joined[-1] = Named(whole, before.lead, before.ministries | one.ministries, before.sure)
        else:
            joined.append(one)
    return joined


def _meant(called: str, whole: str, known: Collection[str]) -> frozenset[str]:
    """The known ministries of a name, or else those that have it for another subject: "de minister van Cultuur".

    Not where the `whole` of what is written names another ministry: "Natuur en Stikstof".
    """
    meant, short = _now(called), fold(called).replace("&", "en")
    about = {name: [*map(_now, subjects(name))] for name in known}
    first = frozenset(name for name in known if about[name][0] == meant or short in map(fold, abbreviations(name)))
    other = any(fold(whole).endswith(fold(name)) for name in _CABINETS if len(subjects(name)) > 1)
    return first if first or other else frozenset(name for name in known if meant in about[name])


def _now(subject: str) -> str:
    """A subject, folded, as it is called in Dutch and now."""
    return _called().get(fold(subject), fold(subject))


@lru_cache(maxsize=4)
def _patterns(known: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What names a ministry, and whether it surely does; the surest last."""
    names = [name for name in (*_CABINETS, *known) if name]
    told = [subjects(name) for name in names]
    first = {name for about in told for name in (about[0], fold(about[0]))}
    every = {name for about in told for subject in about for name in (subject, fold(subject))}
    english = {name for called in _CABINETS.values() for name in called}
    # A name goes on with words of ministries' names: "van Volksgezondheid, Welzijn en Sport".
    words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name)}
    more = rf"(?i:(?:\s*,\s*|\s+(?:en|and)\s+|\s+)(?:{_any(words)})\b)*"
    known_short, every_short = _short(known), _short(names)
    lower = _any(first | english | every_short)
    patterns = (
        (rf"\b(?P<whole>(?i:(?P<lead>aan|to)\s+(?P<name>{lower}))\b{more})", False),
        (rf"\b(?P<whole>(?i:{_LEAD})(?P<name>{_any(known_short)}))\b", True),
        (rf"\b(?P<whole>(?P<lead>aan|to|door|by)\s+(?P<name>{_any(first | english)})\b{more})", True),
        (rf"{_SENT}(?P<whole>(?P<lead>van|from|by)\s+(?P<name>{_any(first | english)})\b{more})", True),
        (rf"{_SAYS}(?P<whole>(?P<name>{_any(first)})\b{more})", True),
        (rf"\b(?P<whole>(?i:{_LEAD}(?P<name>{_any(_PREMIER)})))\b", True),
        (rf"\b(?P<whole>(?i:{_LEAD}(?P<name>{_any(english)})\s+(?:ministry|minister|department)))\b", True),
        (rf"\b(?P<whole>(?i:{_LEAD}{_OFFICE}(?P<name>{_any(every | english | every_short)}))\b{more})", True),
    )
    return tuple((re.compile(pattern), sure) for pattern, sure in patterns)


def _short(names: Iterable[str]) -> set[str]:
    """The initials of ministries; "JenV" is written "J&V" too."""
    found = {short for name in names for short in abbreviations(name)}
    return found | {re.sub(r"(?<=[A-Z])en(?=[A-Z])", "&", short) for short in found}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; for none, one that fits nothing."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or r"(?!)"


@cache
def _known() -> dict[str, str]:
    """The names of ministries, and what they are known by, by how these are folded."""
    return {fold(name): name for ministry in _CABINETS for name in (subjects(ministry)[0], ministry)}


@cache
def _called() -> dict[str, str]:
    """The subjects of ministries, folded, by what they are called in English or were later, and the premier's."""
    english = {fold(name): fold(subjects(ministry)[0]) for ministry, names in _CABINETS.items() for name in names}
    return english | _RENAMED | dict.fromkeys(_PREMIER, fold("Algemene Zaken"))
