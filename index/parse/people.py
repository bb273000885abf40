"""Who asks and who answers, as headings name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.ministries import abbreviations, any_known, apart, as_known
from index.parties import NAMED_GROUP, canonical, mentions, named_group
from index.records import Asker, Minister, Span

_ALL = re.compile(r"^\s*(?:beiden|allen|alle\s+\w+|resp\.|respectievelijk)\s*", re.IGNORECASE)
# What leads on from one name with its party to the next: anything else ends the row.
_MORE = re.compile(r"\s*(?:,|en\b|alsmede\b|/)(?!\s*(?:en\s+)?(?:aan|over|inzake|naar|met)\b)")
# What no name holds: behind it somebody else is named.
_NO_NAME = re.compile(r"\b(?:aan|over|inzake)\s+(?:de|het)\b")
_CHAMBER = r"(?:(?:(?:Eerste|Tweede)\s+)?[Kk]amer)?"
_MEMBERS = re.compile(
    r"\b(?:[Vv]ragen|[Ii]nbreng|[Vv]raag)\s+(?:\(?20\d\dZ\d{5}\)?\s+)?"
    r"(?:(?:gesteld\s+)?(?:van|door)\s+(?:het|de)?\s*|(?=lid\s|leden\s))"
    rf"(?:{_CHAMBER}(?:[Ll]eden|[Ll]id)(?:\s+[Ll]id)?|heer|dhr\.|mevrouw|mw\.)\s+"
    r"(?!der Kamer|van\s+(?:de\s+)?[\w’-]*fractie)"
    r"(?=(?:(?!\b[Vv]ragen\s)[^()]){2,200}\()"
)
# In a row of fracties. "Vragen van het lid Dijk" leaves his party out; who gives an Inbreng by himself is one.
_GROUP = re.compile(rf"(?<![\w-])({NAMED_GROUP})(?=[\s.\d]*$|\s*[,/:]|\s+(?:en|gezamenlijk)\b)")
_AS_A_FRACTIE = re.compile(r"\b(?:opmerkingen|inbreng|bijdrage)\b", re.IGNORECASE)
_OFFICE = r"([Mm]inister-[Pp]resident|[Mm]inisters?|[Ss]taatssecretaris(?:sen)?)"
_LINKED = r"(?:,?\s(?:en|voor|der|het|de)){0,2}(?:,?\s|(?<=\sen))"
# Its words have capitals, but where it is known: "Asiel en migratie". Atomic, as a name may be read in two ways.
_SUBJECT = rf"(?>{any_known()}|[A-Z][\w’-]*)"
MINISTRY = rf"({_SUBJECT}(?:{_LINKED}(?!Ministers?\b|Staatssecretaris|[A-Z]\.){_SUBJECT})*)"
_INITIALS = r"(?:(?:drs|mr|dr|ir|prof|ing)\.\s*)*"
NAME = re.compile(
    rf"{_INITIALS}(?:[A-ZÀ-Ý][\w’.-]*\.?\s*){{1,4}}(?:(?:van|de|der|den|ter|te|ten|’t|el)\s+)*[A-ZÀ-Ý][\w’-]+(?:\s[A-ZÀ-Ý][\w’-]+)?"
    rf"|{_INITIALS}(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ter|te|ten)\s+)*[A-ZÀ-Ý][\w’-]+(?:\s?-\s?[A-ZÀ-Ýa-z][\w’ -]+)?"
)

_SURNAME = re.compile(
    r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]er|[Tt]e|[Tt]en|[Ee]l|’t)\s)*[A-ZÀ-Ý][a-zà-ÿ’'][\w’'-]*(?:\s[A-ZÀ-Ý]?[\w’'-]+){0,3}"
)

_LOOSE = " ´¨"
"""What a PDF may leave of an accent behind a name: "Kostic ´ (PvdD)"."""


def members_in(text: str, year: int | None) -> tuple[Asker, ...]:
    """The members of "Vragen van de leden Kröger, Thijssen (beiden GroenLinks-PvdA) en Teunissen (PvdD) aan …".

    A name without brackets of its own has the party of the next ones: "Mutluer, Lahlah (GroenLinks-PvdA)".
    """
    match = _MEMBERS.search(text)
    return _members(text[match.end() :], year) if match else ()


def members_anywhere(text: str, year: int | None) -> tuple[Asker, ...]:
    """The same where the heading is lost and a sentence names them.

    "de vragen van het lid Flach (SGP) over …", "Op 4 november hebben de leden Palland (CDA) en Ceder (ChristenUnie) mij
    vragen gesteld".
    """
    told = re.search(
        r"\b(?:heeft|hebben)\s+(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?=[^()]{2,200}\([^()]{2,40}\)[^.]{0,300}\bvragen\b)"
        r"|\bvragen\s+(?:die|welke)\b[^.()]{0,60}\b(?:door|van)\s+(?:het\s+|de\s+)?(?:leden|lid)\s+(?=[^()]{2,200}\()"
        r"|\b(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?=[^().]{2,100}\([^()]{2,40}\)[^.]{0,120}\b(?:heeft|hebben)\b[^.]{0,120}\bvragen\b)",
        text,
    )
    if told and (found := _members(text[told.end() :], year)):
        return found
    # The title of a ministry's letter says "Kamervragen"; by that word a sentence may cite those of others, and where a
    # committee asks it does.
    committee = re.search(r"\bschriftelijk overleg\b|\bvaste commissie\b", text, re.IGNORECASE)
    for asking in ("vragen",) if committee else ("vragen", "[Kk]amervragen"):
        match = re.search(
            rf"\b{asking}\s+(?:gesteld\s+)?(?:van|door)\s+(?:het\s+|de\s+)?{_CHAMBER}(?:leden|lid)(?:\s+lid)?\s+(?=[^()]{{2,200}}\()",
            text,
        )
        if match and (found := _members(text[match.end() :], year)):
            return found
    return ()


def _members(text: str, year: int | None) -> tuple[Asker, ...]:
    found: list[Asker] = []
    position = 0
    # A line may have ended in a name: "Michon- Derkzen".
    text = re.sub(r"(?<=\w)-\s+(?=[A-ZÀ-Ý])", "-", text[:2000])
    for match in re.finditer(r"([^()]{1,200})\(([^()]{1,80})\)", text):
        names, bracket = match[1], match[2]
        if match.start() != position or (position and not _MORE.match(names)) or _NO_NAME.search(names):
            break
        position = match.end()
        written = _ALL.sub("", bracket).strip()
        several = mentions(written, year) if canonical(written, year) is None else ()
        party = (
            canonical(written, year)
            or (several[0].party if several else None)
            # A member who left a fractie sits under a name of his own: "Omtzigt (Omtzigt)".
            or canonical(f"Lid {written}", year)
            or canonical(f"Groep {written}", year)
            or named_group(written)
            or (f" {names}".endswith(f" {written} ") and named_group(f"Lid {written}"))
        )
        if not party:
            continue
        named = []
        for name in re.split(r"\s*,\s*(?:en\s+)?|\s+en\s+", names):
            if re.fullmatch(r"(?:[A-Z]\.\s?)+", name.strip()):
                continue
            cleaned = re.sub(
                r"^(?:het lid|de leden|lid|leden|(?:de\s+)?(?:heer|dhr\.)|mevrouw|mw\.|en)\s+", "", name.strip()
            ).strip(_LOOSE)
            if cleaned and len(cleaned) <= 60:
                named.append(cleaned)
        if len(several) > 1 and len(several) == len(named):
            # "Bos en Vos (CDA en SP)": each his own.
            found += [Asker(own.party, name, own.as_written) for name, own in zip(named, several, strict=True)]
        else:
            found += [Asker(party, name, written) for name in named]
    return tuple(found)


def askers_in(text: str, year: int | None) -> tuple[Asker, ...]:
    """Whom a heading names: members with their parties where it gives them, or else the parties."""
    if members := members_in(text, year):
        return members

    def as_party(group: str) -> str | None:
        return group if not group.startswith("Lid") or _AS_A_FRACTIE.search(text) else None

    return parties_and_groups(text, year, _GROUP, as_party)


def in_brackets(text: str, year: int | None) -> tuple[Asker, ...]:
    """The parties and groups of a bracket that holds nothing else: "GroenLinks-PvdA, D66"; none where it does."""
    found = []
    for written in re.split(r"\s*(?:[,;]\s*(?:en\s+)?|\ben\b|&)\s*", text):
        written = re.sub(r"^(?:de\s+)?leden\s+van\s+", "", written)
        party = canonical(written, year) or canonical(f"Lid {written}", year) or named_group(written)
        if party is None:
            return ()
        found.append(Asker(party, None, written))
    return tuple(dict.fromkeys(found))


def askers_in_bracket(text: str, year: int | None) -> tuple[Asker, ...]:
    """Whom a bracket names: a member with the own party, or else parties and groups."""
    return _member_in_bracket(text, year) or in_brackets(text, year)


def _member_in_bracket(text: str, year: int | None) -> tuple[Asker, ...]:
    """The member of a bracket that names one with the own party: "Omtzigt, NSC" or "NSC, het lid Omtzigt"."""
    pieces = [re.sub(r"^(?:het\s+)?lid\s+", "", piece.strip()) for piece in text.split(",")]
    for written, name in (pieces, pieces[::-1]) if len(pieces) == 2 else ():
        party = canonical(written, year)
        # One who is a group by himself may stand there beside a fractie.
        a_group = any(canonical(f"{group}{name}", year) for group in ("", "Lid ", "Groep "))
        if party and not a_group and _SURNAME.fullmatch(name):
            return (Asker(party, name, written),)
    return ()


def parties_and_groups(
    text: str, year: int | None, pattern: re.Pattern[str], as_party: Callable[[str], str | None]
) -> tuple[Asker, ...]:
    """The parties that a text mentions and the groups that a pattern finds beside them, each once, in order.

    `as_party` tells as which party a group counts; None where it is none here.
    """
    named = {mention.span: Asker(mention.party, None, mention.as_written) for mention in mentions(text, year)}
    for match in pattern.finditer(text):
        span, group = Span(*match.span()), named_group(match[1])
        party = as_party(group) if group and not any(span.overlaps(other) for other in named) else None
        if party:
            named[span] = Asker(party, None, match[1])
    once: dict[str, Asker] = {}
    for span in sorted(named, key=lambda span: span.start):
        once.setdefault(named[span].party, named[span])
    return tuple(once.values())


def in_year(asker: Asker, year: int | None) -> Asker:
    """The asker under the name that the party, or its group, had in the year of the document."""
    party = canonical(asker.as_written or asker.party, year) or canonical(asker.party, year)
    return replace(asker, party=party) if party else asker


def answering(text: str) -> tuple[Minister, ...]:
    """The ministers of "Antwoord van Minister Jansen (Infrastructuur en Waterstaat), mede namens de Minister van …"."""
    match = re.search(
        r"(?:\b(?:Nader|Aanvullend|Herziene?|Gewijzigde?|Voorlopige?)\s+antwoord(?:en)?|\b(?:Antwoord(?:en)?|Mededeling|Reactie))"
        r"\s+van\s+(?:de\s+)?(?=[Mm]inister|[Ss]taatssecretaris)",
        text,
    )
    if not match:
        return ()
    end = re.search(r"\(?ontvangen|Zie ook", text[match.end() :])
    segment = text[match.end() : match.end() + (end.start() if end else 500)][:700]
    found = []
    office = ""
    pattern = rf"(?:{_OFFICE}\s+)?([A-ZÀ-Ý][^()]{{1,60}}?)\s*\(([^()]{{3,80}})(?:\)|$)"
    for person in re.finditer(pattern, re.split(r",?\s+mede namens", segment)[0]):
        office = office_of(person[1]) if person[1] else office
        # "Minister Agema en van Staatssecretarissen Maeijer en Karremans (…)": one ministry for all of them.
        for named in re.split(r",\s+(?:en\s+)?|\s+en\s+", re.sub(r"\s+-\s+", "-", person[2].strip(" ,"))):
            named = re.sub(r"^(?:(?:en|van|de)\s+)+(?=[A-Zms])", "", named)
            titled = re.match(rf"{_OFFICE}\s+(.+)", named)
            if titled:
                office, named = office_of(titled[1]), titled[2]
            if office and named:
                found.append(Minister(named, office, _ministry_of(person[3].strip())))
    if not found and (alone := re.match(rf"{_OFFICE}\s+([A-ZÀ-Ý][\w’' -]{{1,40}}?)\s*(?:,|$)", segment)):
        found.append(Minister(alone[2], office_of(alone[1]), ""))
    return tuple(found)


def introduced(text: str) -> tuple[Minister, ...]:
    """Who answers where nobody signs, as an introduction names him.

    "De staatssecretaris van …, de heer J.N.J. Nobel, geeft antwoord", or the one to whom a committee put its questions.
    """
    match = re.search(rf"{_OFFICE}\s+(?:van|voor)\s+{MINISTRY},\s+(?:de\s+heer|mevrouw)\s+({NAME.pattern})", text)
    if match:
        return (Minister(match[3], office_of(match[1]), _ministry_of(match[2])),)
    match = re.search(
        rf"\b(?:voor\s+te\s+leggen|voorgelegd|Reactie\s+van|Antwoord(?:en)?\s+van)\s+(?:aan\s+)?de\s+{_OFFICE}\s+(?:van|voor)\s+{MINISTRY}",
        text,
    )
    return (Minister(None, office_of(match[1]), _ministry_of(match[2])),) if match else ()


def marking(lines: Iterable[str], known: Sequence[Minister]) -> tuple[Minister, ...]:
    """Those whom the markers of answers name beside the known: "Antwoord van de minister van Defensie:"."""
    names = ((minister, (minister.ministry, *abbreviations(minister.ministry))) for minister in known)
    there = {(minister.office, name) for minister, called in names for name in called}
    matches = (re.match(rf"\w+\s+(?:van\s+)?(?:de\s+)?{_OFFICE}\s+(?:van|voor)\s+{MINISTRY}", line) for line in lines)
    told = dict.fromkeys((office_of(match[1]), _ministry_of(match[2])) for match in matches if match)
    return tuple(Minister(None, *office) for office in told if office not in there)


def addressed(text: str) -> tuple[Minister, ...]:
    """Whom a heading says that members ask.

    "Vragen van het lid Boswijk (CDA) aan de Ministers van Financiën en voor Buitenlandse Handel over …".
    """
    match = re.search(rf"\b[Vv]ragen\s.{{5,400}}?\)\s+aan\s+(?:de|het)\s+(?={_OFFICE})", text)
    if not match:
        return ()
    segment = re.split(r"\s(?:over|inzake|naar\s+aanleiding)\s|\(", text[match.end() : match.end() + 400])[0]
    # A line may have ended behind these: "de Staatssecretaris vanFinanciën".
    lost = r"\b(Ministers?|Staatssecretaris(?:sen)?|van|voor|de(?=Ministers?\b|Staatssecretaris))(?=[A-Z])"
    segment = re.sub(lost, r"\1 ", segment)
    found: list[Minister] = []
    office = ""
    for part in re.split(
        r",?\s+(?:en|bij\s+afwezigheid\s+van)\s+(?=(?:de\s+)?(?:van|voor|[Mm]inister|[Ss]taatssecretaris)\b)", segment
    ):
        named = re.match(rf"(?:de\s+)?(?:{_OFFICE}\b\s*)?(?:(?:van|voor)\s+)?{MINISTRY}?", part)
        if named is None:
            continue
        office = office_of(named[1]) if named[1] else office
        ministries = ["Algemene Zaken"] if office == "minister-president" else apart(_ministry_of(named[2] or ""))
        found += [Minister(None, office, ministry) for ministry in ministries if ministry]
    return tuple(dict.fromkeys(found))


def on_behalf(text: str) -> tuple[Minister, ...]:
    """Those after "mede namens"."""
    match = re.search(r"mede namens\s+((?:(?!\.\s)[^()]){3,400})", text)
    if not match:
        return ()
    found: list[tuple[str, str]] = []
    # "de Ministers van Financiën en voor Natuur en Stikstof": one office for both.
    for part in re.split(r"\s+en\s+(?=(?:van|voor)\s)", match[1]):
        if found and (joined := re.match(rf"(?:van|voor)\s+{MINISTRY}", part)):
            found.append((found[-1][0], joined[1]))
        offices = re.finditer(rf"{_OFFICE}\s+(?:van\s+|voor\s+)?{MINISTRY}", part)
        found.extend((office_of(named[1]), named[2]) for named in offices)
    every = ((office, ministry) for office, names in found for ministry in apart(_ministry_of(names)))
    return tuple(Minister(None, office, ministry, on_behalf=True) for office, ministry in dict.fromkeys(every))


def office_line(text: str) -> tuple[str, str] | None:
    """Office and ministry of a line that holds nothing else, as under a letter; None for other lines.

    What a staatssecretaris has of the ministry, behind a dash or in brackets, is no part of its name.
    """
    if text.isupper():
        # "DE MINISTER VAN INFRASTRUCTUUR EN WATERSTAAT,"
        text = re.sub(r"(?<!^)\b(?:Van|Voor|En|De|Der|Het)\b", lambda match: match[0].lower(), text.title())
    match = re.fullmatch(
        rf"(?:[Dd]e\s+)?{_OFFICE}\s+(?:van\s+|voor\s+)?{MINISTRY}(?:\s+[–—-]\s+{MINISTRY}|\s+\({MINISTRY}\))?\s*[,.]?",
        text,
    )
    alone = match and (text[0].isupper() or match[1][0].isupper() or text.endswith(","))
    return (office_of(match[1]), _ministry_of(match[2])) if match and alone else None


def _ministry_of(written: str) -> str:
    """A ministry as it is known, with the space that it lost at a line's end ("Volksgezondheid, welzijn enSport") and
    without what a staatssecretaris has of it, behind a dash.
    """
    return as_known(re.sub(r"\ben(?=[A-Z])", "en ", re.split(r"\s+[–—-]\s+", written)[0]))


def office_of(written: str) -> str:
    """The office of one of the "Ministers" or "Staatssecretarissen"."""
    return re.sub(r"^(minister|staatssecretaris)s?(?:sen)?$", r"\1", written.lower())
