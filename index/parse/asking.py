"""How a sentence of prose asks, and for whom: "De leden van de VVD-fractie vragen …"."""

from __future__ import annotations

import re

from index.parse.people import parties_and_groups
from index.parties import NAMED_GROUP, canonical, named_group
from index.records import Asker

_AFORESAID = r"(?:(?:hier\s+)?aan\s+het\s+woord\s+zijnde|(?:voor|voren|boven)?genoemde|voornoemde|betreffende)"
ASKING = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast|Ten slotte|Tot slot|Tenslotte|Daarbij|Bovendien|Graag)[\s,]+"
    r"(?:\w+\s+){0,2})?"
    r"(?:[Dd]e|[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Dd]ezelfde|[Dd]iezelfde|[Dd]it|[Hh]et|[Vv]orengenoemde)\s+"
    rf"(?:{_AFORESAID}\s+)?"
    r"(?:(?:[\w’'-]+)-?(?:fractie|fracties)\b|leden\b|lid\b|fractieleden\b|fracties?\b)"
)
_IN_ANSWER = re.compile(
    r"(?:(?:In|Als)\s+(?:antwoord|reactie)\s+op|Op|Naar\s+aanleiding\s+van)\s+(?:de|het|een)\s+(?:\w+\s+)?"
    r"(?:vra(?:ag|gen)|verzoek|opmerking(?:en)?|inbreng)\s+van\s+(?=de\s(?:fractie)?leden\b|de\s[\w’'/-]+-fractie\b)"
)
# The same with something else in front: "Ten aanzien van de kosten vragen de leden van …", or in the passive voice.
_INVERTED = re.compile(
    r"(?!Terecht\b|Zoals\b)[A-ZÀ-Ý](?:(?!\bmotie|\bamendement)[^.?!:;]){3,160}?\s"
    r"(?P<who>(?:vragen|vraagt|verzoeken|verzoekt|lezen|leest|constateren|constateert|merken|merkt|willen|wil)\s"
    rf"(?:(?:[Dd]e|[Dd]eze|[Gg]enoemde|[Vv]oornoemde)\s(?:{_AFORESAID}\s)?(?:fractie)?leden|het\slid|de\s[\w’'/-]+-fractie|de\sfractie)\b"
    r"(?![^.?!:;]*\bterecht\b))"
)
_PASSIVE = re.compile(
    r"Door\s(?P<who>(?:de|deze)\s(?:fractie)?leden\b[^.?!:;,]{0,90}?)\s(?P<rest>(?:wordt|worden|is|werd)\s[^.?!:;]{0,60}?gevraagd\b)"
)
_FRACTIE_ASKS = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\b.{0,30}?\s)?[Dd]e\s+fractieleden\b"
    r"|(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\b.{0,30}?\s)?(?:[Dd]e|[Hh]et)\s+(?:leden|lid)\s+van\s+(?:de|het)\s+"
    r"(?:[\w’'/-]+-?\s?fractie\b|fracties?\s+van\b|(?:[Gg]roep|[Ff]ractie)[\s-][A-ZÀ-Ý])"
)
_THESE = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\s+(?:\w+\s+){0,2})?"
    rf"(?:[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Dd]ezelfde|[Dd]iezelfde|[Dd]it|[Vv]orengenoemde|(?:[Dd]e|[Hh]et)\s{_AFORESAID})\s+"
    r"(?:fractie)?(?:leden|lid)\b"
)
CARRIED = re.compile(
    r"(?:Ook\s+zij|Zij)\s+(?:\w+\s+){0,2}(?:vragen|willen|zouden|horen|ontvangen|verzoeken)\b"
    r"|(?:Ook|Verder|Voorts|Tevens|Daarnaast|Tot slot|Ten slotte)\s+"
    r"(?:vragen|willen|zouden|horen|ontvangen|verzoeken)\s+zij\b"
)
VERB = re.compile(
    r"\b(?:vragen|vraagt|hebben|heeft|merken|merkt|constateren|constateert|lezen|leest|zijn|is|willen|wil|zien|ziet|danken"
    r"|dankt|sluiten|sluit|horen|verzoeken|vinden|vindt|achten|wijzen|delen|onderschrijven|maken|zouden|kunnen|stellen|nemen)\b"
)
# Others who ask the same, in a sentence of their own.
_OTHERS = r"(?:[Dd]e\s+(?:fractie)?leden|[Hh]et\s+lid)\b[^.?!:;,]{3,90}?\s"
_TAKE_SIDES = r"sluit(?:en)?\s+zich\s(?:\w+\s){0,3}?"
_WHAT_WAS_SAID = r"(?:vra|opm|inb)"
_JOIN = rf"{_TAKE_SIDES}(?:hierbij|daarbij|bij\s(?:deze|die|dezelfde|bovenstaande)\s{_WHAT_WAS_SAID})"
_ALSO = re.compile(
    rf"[.?]\s+((?:Ook\s+)?{_OTHERS}(?:{_JOIN}|(?:vragen|vraagt|verzoeken|verzoekt)\b)"
    rf"|Ook\s+{_OTHERS}(?:willen|wil|zouden)\b)"
)
_ON_BEHALF = re.compile(
    r"[^.?!]*?\bmede\s+namens\s+((?:het\s+lid|de\s+(?:fractie)?leden|de\s+(?=[\w’'/-]+-fractie)|de\s+fracties?)\b"
    r"[^.?!:;,]{0,80}?(?:-fracties?\b|\bfracties?\s+van\s+(?:de\s+|het\s+)?[A-ZÀ-Ý5][\w’'-]*))"
)
_JOINS = re.compile(rf"[^.?!]*\s(?:{_JOIN}|{_TAKE_SIDES}bij\sde\s{_WHAT_WAS_SAID})[^.?!]*\.?")
_COMMITTEE = re.compile(r"(?:\w+\s+){0,3}?[Dd]e\s+(?:leden\s+van\s+de\s+)?(?:\w+\s+)?(?:[Kk]amer)?commissies?\b")
_REPLIES = re.compile(
    r"(?:(?:Deel\s+)?(?:II|2|B)\s?[.:)]?\s+)?(?:Antwoord(?:en)?|Reactie|Beantwoording)(?:\s*/\s*(?:Antwoord|Reactie))?"
    r"\s*(?:(?:\(?(?:van|door)\s+(?:de|het)\s+)?(?:demissionair\s+)?"
    r"(?:minister|staatssecretaris|bewindsperso|kabinet|regering).{0,160}|van\s+de\s+vragen)?",
    re.IGNORECASE | re.DOTALL,
)
NUMBERED_REPLIES = re.compile(
    r"(?:Deel\s+)?(?:II|B)\s?[.:)]?\s+(?:Antwoord|Reactie|Beantwoording|Antwoorden).{0,200}", re.IGNORECASE | re.DOTALL
)
# What an introduction says of those who have questions: that they follow.
_ANNOUNCES = re.compile(
    r"\b(?:hebben|heeft)\s[^.?!]*\b(?:enkele|een\s+aantal|diverse|nadere|de\s+volgende)\s(?:\w+\s){0,3}vragen\b"
)
# What a committee says that asks nothing yet, or no more.
_ASKS_NOTHING = re.compile(r"\bkennisgenomen\b|\bzie(?:n|t)\b[^.?!]{0,60}\buit\s+naar\b")
# A group of members who left a fractie. "Het lid Dijk" may have a fractie all the same, unless he asks beside one.
_GROUP = re.compile(
    rf"(?<![\w-])(?:(?<=\ben\shet\s)|(?!lid\b))(?![Ff]ractie\s+van\b)((?>{NAMED_GROUP}))(?!\s*\(|\s+van\b|-?fractie\b)"
)
_UNKNOWN = re.compile(r"\w-\s?fractie\b|\bfracties?\s+van\s+(?:de\s+|het\s+)?[A-ZÀ-Ý]")
_LONE = re.compile(
    rf"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast)\s+(?:\w+\s+)?)?[Hh]et\s(?=lid\s)((?>{NAMED_GROUP}))(?!\s*\(|\s+van\b)"
)

# A member with the party behind the name: "het lid Omtzigt (NSC)".
_OF_A_PARTY = re.compile(rf"(?=[Ll]id\b)(?>{NAMED_GROUP})\s*(?=\((?P<party>[^()]{{2,40}})\))")


def answered_at_the_head(text: str) -> str:
    """Whom a reply says at its head that it answers, as prose that asks names them; empty where it does not."""
    match = _IN_ANSWER.match(text)
    return f"D{text[match.end() + 1 :]}" if match else ""


def straightened(text: str) -> str:
    """A paragraph that asks with who asks at its head, as most do; others as they are."""
    if match := _PASSIVE.match(text):
        return f"D{match['who'][1:]} vragen {text[match.start('rest') :]}"
    if not ASKING.match(text) and (match := _INVERTED.match(text)):
        return f"Voorts {text[match.start('who') :]}"
    return text


def asks_for_a_fractie(text: str) -> bool:
    """Whether a line begins as prose asks: "De leden van de VVD-fractie …"."""
    return _FRACTIE_ASKS.match(text) is not None


def announces_questions(text: str) -> bool:
    """Whether a paragraph before all headings only says who has questions."""
    return "?" not in text and _ANNOUNCES.search(text) is not None


def asks_nothing(text: str) -> bool:
    """Whether a committee only says what it has read, or that it waits for the answers."""
    return "?" not in text and bool(_COMMITTEE.match(text) and _ASKS_NOTHING.search(text))


def asks_on(text: str) -> bool:
    """Whether those ask who asked before: "Deze leden vragen …", "Ook willen zij …"."""
    return _THESE.match(text) is not None or CARRIED.match(text) is not None


def joins(text: str) -> bool:
    """Whether a paragraph only says that others ask the same: "De leden van … sluiten zich hierbij aan."."""
    return _JOINS.fullmatch(text) is not None


def begins_asking(text: str) -> bool:
    """Whether a paragraph begins as one that asks for a fractie, for a member by himself, or for those before."""
    return asks_for_a_fractie(text) or asks_on(text) or lone_member(text) is not None


def heads_replies(text: str) -> bool:
    """Whether a line is the heading of replies that says whose they are: "II Reactie van de Minister"."""
    if len(text) > 220:
        return False
    by_whom = re.search(
        r"\b(?:van|door|minister|staatssecretaris|bewindspersoon|kabinet|regering)\b", text, re.IGNORECASE
    )
    return bool(NUMBERED_REPLIES.fullmatch(text) or (by_whom and _REPLIES.fullmatch(text)))


def askers_of(text: str, year: int | None) -> tuple[Asker, ...] | None:
    """The parties and groups that ask, not those they refer to; empty where a committee asks.

    None where the sentence names none that we know.
    """
    subjects = [_subject(text), *(_subject(text[match.start(1) :]) for match in _ALSO.finditer(text))]
    if on_behalf := _ON_BEHALF.match(text):
        subjects.append(on_behalf[1])
    every = (
        parties_and_groups(_by_party(subject, year), year, _GROUP, lambda group: canonical(group, year) or group)
        for subject in subjects
    )
    named = tuple(dict.fromkeys(asker for askers in every for asker in askers))
    return named or (() if _COMMITTEE.match(text) else None)


def _by_party(subject: str, year: int | None) -> str:
    """The subject without the names of members with their party behind them: some once were a group by themselves."""
    return _OF_A_PARTY.sub(lambda match: "lid " if canonical(match["party"], year) else match[0], subject)


def names_a_fractie(text: str) -> bool:
    """Whether those who ask have a name, even if it is none that we know: "De leden van de VDD-fractie vragen"."""
    return _UNKNOWN.search(_subject(text)) is not None


def _subject(text: str) -> str:
    """Who asks, before the verb, or behind it ("Voorts vragen de leden …")."""
    asking = ASKING.match(text)
    verb = VERB.search(text, asking.end() if asking else 0)
    subject = text[: verb.start()] if verb else text[:200]
    if asking and VERB.search(asking.group()):
        subject = re.split(
            r"[.?!:;]|\b(?:aandacht|of|naar|om|hoe|wat|waarom|welke?|wanneer|wie|zich|dat|graag|ook)\b", subject
        )[0]
    return subject


def lone_member(text: str) -> str | None:
    """The member who asks by himself and of whom no party is given there: "Het lid Keijzer vraagt …"."""
    match = _LONE.match(text)
    return named_group(match[1]) if match else None
