"""The lines that give a letter its order: question numbers, answer markers, party headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.extract.source import Line
from index.parse.asking import begins_asking
from index.parse.people import askers_in, askers_in_bracket, members_in
from index.parties import Mention, mentions
from index.records import Asker

_NUMBER = r"\(?\d{1,3}\)?"
_AND = r"\s*(?:,\s*en|,|;|/|en|EN|&|\+|t/m|tot en met|–|-)\s*"
NUMBERS = rf"{_NUMBER}(?:{_AND}(?:vra(?:ag|gen)\s+)?{_NUMBER})*"
# A heading that names itself may give a part of a question ("Vraag 2a" or "2.1"), whose number is the question's. "2e"
# counts.
_PART = r"\(?\d{1,3}(?:[a-df-z]\b|e\b(?!\s\w)|\.\d{1,2}\b)?\)?"
_PARTS = rf"{_PART}(?:{_AND}(?:vra(?:ag|gen)\s+)?{_PART})*"
# Behind the number a sign, or a dash before text.
_SIGN = r"(?:[–-](?=\s|$)|[:.)]*)"
_QUESTION = re.compile(
    rf"(?:Vra(?:ag|gen)|VRA(?:AG|GEN))\s*(?:nrs?\.?|nummers?)?\s*({_PARTS})(?!\d)\s*{_SIGN}\s*(?P<rest>.*)", re.DOTALL
)
_ANSWER = re.compile(
    r"(?:Antw\.|(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|A n t w o o r d"
    r"|(?:Gezamenlijk|Nader|Aanvullend|Herzien)\s+antwoord"
    r"|(?:Beantwoording|Reactie)(?=\s+(?:op\s+|van\s+)?(?:de\s+)?vra(?:ag|gen)\s+\d))(?![^\W\d]))"
    rf"(?:\s*(?i:(?:op|bij|van|ad)\s+)?(?i:(?:de|uw)\s+)?(?i:vra(?:ag|gen))?\s*(?i:(?:nrs?\.?|nummers?)\s*)?({_PARTS})(?!\d)(?:\s+(?:gezamenlijk|tezamen)\b)?)?"
    rf"\s*{_SIGN}\s*(?P<rest>.*)",
    re.DOTALL,
)
_ANSWER_TO_PLAIN = re.compile(
    r"(?:Antwoord(?:en)?|Reactie)\s+op\s+(?:(?:(?:al\s+)?(?:de|deze|bovenstaande|voorgaande)\s+)?vra(?:ag|gen)"
    r"|(?:(?:de|deze)\s+)?(?P<several>beide|twee|drie|vier|alle)(?:\s+(?:vragen|fracties))?)\s*[:.]?|Reactie\s*:?",
    re.IGNORECASE,
)
# Who of several ministers answers this question. The head of all answers names him too, and ends otherwise.
_ANSWER_OF = re.compile(
    r"(?i:(?:Antwoord|Reactie)\s+(?:van\s+)?(?:de\s+|het\s+)?(?:minister|staatssecretaris|bewindspersoon|kabinet|regering)\b)(?!.*\b(?:vragen|ontvangen)\b)"
    r"[^.?!:;()]{0,150}:(?=\s*$|\s+[A-ZÀ-Ý«“])"
)
# What a heading that names itself may add: "Vraag 2 (aan de Minister van Defensie)".
_REMARK = re.compile(r"\((?=[A-Za-z])[^()]{2,90}\)\s*:?")
_TO_WHOM = re.compile(r"van\s+(?:het\s+lid|de\s+leden)\s[^.?!:;]{2,100}\)\s*:?")
_SEVERAL = {"beide": 2, "twee": 2, "drie": 3, "vier": 4, "alle": 150}
# "5. en 6." too: each number may have the sign that stands behind one alone.
_BARE = re.compile(rf"({NUMBERS}|{_NUMBER}(?:\.{_AND}{_NUMBER})+)\s*[.:)]?|(\d{{1,3}}[a-z])\s*[.:)]")
_INLINE = re.compile(rf"((?P<first>\d{{1,3}}[a-z]?)(?:\.?{_AND}\d{{1,3}})*)[.)]\s+(?P<rest>\S.*)", re.DOTALL)
# A member with his party, and whoever leads him in.
_LED = r"(?:(?:[Hh]et\s+|[Dd]e\s+)?(?:(?:[Kk]amer)?[Ll]id|[Ll]eden|[Hh]eer)|[Mm]evrouw|[Mm]w\.|[Dd]hr\.)\s+"
_CAPITALISED = r"[A-ZÀ-Ý][^\s\d().,:;?!]+"
# Nothing but names and what joins them: "1. De motie van Vos (PvdA): …" is an item of what a minister lists.
_MEMBER = (
    r"(?!Minister|Staatssecretaris|Motie|Amendement|Vra(?:ag|gen)\b)(?:(?:[Vv]an|[Dd]en?|[Dd]er|[Tt]er|[Tt]en|[Ee]l)\s)*"
    rf"{_CAPITALISED}(?:\s(?:van|den?|der|ter?|ten|el|in|het|’t|en|´|{_CAPITALISED})){{0,8}}\s\([^\d()]{{2,40}}\)"
)
_MEMBERS = rf"(?:{_LED})?(?P<members>{_MEMBER}(?:(?:,|\sen)\s{_MEMBER})*)"
_MEMBER_LINE = re.compile(rf"(?:(?:Vra(?:ag|gen)|Inbreng)\s+)?{_MEMBERS}\s?:?")
# Who asks, behind the number of the question: "12 (GroenLinks-PvdA, D66)", "12. D66:", "12. Piri (PvdA):".
_BRACKET = re.compile(
    rf"(?P<number>(?:(?:Vra(?:ag|gen)|VRA(?:AG|GEN))\s*)?{NUMBERS}[.:]?)\s*"
    rf"(?P<open>\()?(?P<who>(?(open)[^()]{{2,80}}|(?:{_MEMBERS}|[^():]{{2,80}})))(?(open)\)\s*[.:]?|\s?[:–-](?=\s|$))\s*(?P<rest>.*)",
    re.DOTALL,
)
# The same in words: "Vraag 2 van het lid Piri (PvdA)".
_OF_MEMBERS = re.compile(
    rf"(?P<number>(?:Vra(?:ag|gen)|VRA(?:AG|GEN))\s*{NUMBERS})\s+(?P<who>(?:van|door)\s[^.?!:;]{{4,150}})\s*:?"
)
_PARTY = re.compile(
    r"(?:[IVX]+(?:\.\d{1,2})?\.?\s+|\d{1,2}(?:\.\d{1,2})*\.?\s+|[A-Za-z]\.\s+|[•▪–-]\s+)?(?:De\s+)?(?=[A-Z])"
    r"(?:(?:Nadere|Aanvullende|Overige|Algemene|Verdere)\s+(?=[vo]))?(?:(?i:vragen(?: en/?of| en)? opmerkingen|vragen"
    r"|opmerkingen(?: en vragen)?)|Inbreng|Bijdrage|Vraag"
    r"|(?:Reactie|Antwoord(?:en)?) op (?:de )?(?:inbreng|vragen(?: en opmerkingen)?))"
    r"\s*(?:\([^)]*\)\s*)?(?:(?:gesteld\s+)?(?:van|vanuit|door|namens)\s+(?:de\s+|het\s+)?"
    r"|(?=leden\s+van\s|(?:lid|leden)\s+[A-ZÀ-Ý]))"
    r"(?P<who>leden|lid|heer|dhr\.|mevrouw|mw\.|fractie|fractieleden|[\w’'-]*-?fractie\b|[A-Z])",
)
# Who asks, right before the question: "Vraag van het lid Boswijk (CDA): Hoeveel …".
_ASKED_BY = re.compile(rf"Vra(?:ag|gen)\s+(?:(?:van\s+)?{_LED}{_MEMBER}|\([^\d()]{{2,80}}\))\s?:(?=\s+[A-ZÀ-Ý«“‘\"])")
_LABELLED = re.compile(r"Vra(?:ag|gen)\s+\((?P<who>[^\d()]{2,80})\)\s?:?")
# What the title of one set of questions among several calls them.
_SET = re.compile(
    r"(?-i:(?=[A-Z\d]))(?:(?:Bijlage|Deel)(?:\s+\w{1,3})?\s?[:.–-]?\s+|[IVX]+\.?\s+|\d{1,2}\.?\s+|[A-Za-z]\.\s+)?"
    r"(?:Beantwoording\s+(?:van\s+)?(?:de\s+)?"
    r"|Antwoord(?:en)?\s+(?:van\s+(?:de\s+)?(?:minister|staatssecretaris)\b[^.?!;]{3,120}?\s)?op\s+(?:de\s+)?)?"
    r"(?:(?:eerdere|nadere|aanvullende)\s+)?(?:schriftelijke\s+)?(?:kamer)?vragen(?:\s+en\s+opmerkingen)?(?=\s+(?:gesteld\s+)?(?:van|door)\b)",
    re.IGNORECASE,
)
# How far behind such a title its first question is, at most.
_SET_REACH = 8
# What only the heading of Kamervragen says, which may end as a sentence does.
_ASKED_WHOM = re.compile(r"\(ingezonden\s[^()]{4,40}\)\.$|^Vragen\s.*\)\s+aan\s+de\s.*\.$", re.IGNORECASE)
_BARE_PARTY = re.compile(
    r"(?:(?:vra(?:ag|gen)|inbreng|bijdrage)\s+)?(?:de\s+)?(?:leden van de\s+)?(?:fractie (?:van )?(?:de\s+)?)?"
    r"(.{2,40}?)(?:[-\s]fractie)?(?:\s*:|\s[–-])?",
    re.IGNORECASE,
)
# The beginning of such a heading, and the end of a line that leaves a row of fracties open.
_BEGUN = re.compile(
    r"(?:De\s+)?(?:Vra(?:ag|gen)|Opmerkingen|Inbreng|Bijdrage|Reactie op|Antwoord(?:en)? op)\b.*"
    r"\b(?:de|en|het|op|van|vanuit|door|namens)$"
)
_UNFINISHED = re.compile(r"(?:[,/]|\b(?:de|en|het|van|vanuit|door|namens))$", re.IGNORECASE)
_ROW_OPEN = re.compile(r"(?:[,/]|\ben|\b(?:en|leden van|fracties? van)\s(?:de|het)|\b(?:fracties|en) van|\bGroep)$")
_LED_BY = "leden|lid|fracties?|fractieleden"
_LINKS = re.compile(rf"(?:[\s,/:-]|\b(?:de|en|het|van|gezamenlijk|{_LED_BY})\b)*", re.IGNORECASE)
# Behind a bracket a row of members that goes on, and how its next line shows it.
_MEMBERS_OPEN = re.compile(r"\)\s*(?:,|en\b)[^()]*$")
_MEMBERS_ON = re.compile(r"[^().?!]{1,60}\(")
_LEADS_ON = re.compile(rf"(?:de|en|het|van|{_LED_BY}|gezamenlijk)\b")
# Who asks, where that is nothing but names: no sentence, whatever ends it.
_NAMES_ALONE = re.compile(
    r"(?=leden|lid|heer|dhr|mevrouw|mw|fractie|\S*-fractie)(?=.*[A-ZÀ-Ý])(?!.*\bKamer\b)"
    rf"(?:(?:[A-ZÀ-Ý\d][\w’'/+-]*|van|de|het|der|den|en|heer|dhr|mevrouw|mw|{_LED_BY}|gezamenlijk)(?:[\s,.:]+|$))+"
)
# What a heading in capitals holds beside names.
_NO_NAMES = re.compile(
    r"\b(?:VRAGEN|VRAAG|OPMERKINGEN|INBRENG|BIJDRAGE|REACTIE|ANTWOORD(?:EN)?|VAN|VANUIT|DOOR|NAMENS|OP|EN|OF|MET|DE|HET|DER"
    r"|LEDEN|LID|FRACTIES?|FRACTIELEDEN|GROEP|GEZAMENLIJK|KAMER|VASTE|COMMISSIE|VOOR)\b"
)


class Sort(Enum):
    """What a heading opens."""

    QUESTION = auto()
    ANSWER = auto()
    PARTY = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at line `at`. `explicit` says that it names itself ("Vraag 3", "Vragen van de leden van …"), so that it
    is no bare number or fractie.

    `part` is a bare number with a letter ("2a"): the question is one of those with that number.
    `askers` are those whom a party's heading names, `asked_by` those whom a question itself or its number ("12 (D66)")
    names; None where it names nobody, so that the heading above it tells.
    """

    sort: Sort
    at: int
    numbers: tuple[int, ...] = ()
    explicit: bool = False
    askers: tuple[Asker, ...] = ()
    length: int = 1
    asked_by: tuple[Asker, ...] | None = None
    part: str = ""


def numbers_of(written: str) -> tuple[int, ...]:
    """The numbers of "4, 5, 7 en 8" or "2 t/m 6", in order; none where a range runs backwards or is absurdly long."""
    found: list[int] = []
    for part in re.finditer(
        r"(\d{1,3})(?:[a-z]\b|\.\d{1,2}\b)?\)?(?:\s*(?:t/m|tot en met|–|-)\s*(?:vraag\s+)?\(?(\d{1,3}))?", written
    ):
        first, last = int(part[1]), int(part[2] or part[1])
        if last < first or last - first > 150:
            return ()
        found.extend(range(first, last + 1))
    return tuple(dict.fromkeys(found))


def inline_at(text: str) -> re.Match[str] | None:
    """A number, or several ("2 en 3."), with text behind."""
    return _INLINE.fullmatch(text) if text[:1].isdigit() else None


def heading_length(text: str) -> int:
    """How many characters of the line are a heading that names itself; 0 where none or all are."""
    if label := re.match(r"Vraag\s*:\s*", text) or _ANSWER_OF.match(text) or _ASKED_BY.match(text):
        return label.end()
    for pattern in (_QUESTION, _ANSWER):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        rest = match["rest"]
        if not rest:
            return 0
        numbered = bool(match[1])
        colon = ":" in text[: match.start("rest")]
        if colon or (numbered and rest[0].isupper()):
            return match.start("rest")
    return 0


def bracket_length(text: str) -> int:
    """How many characters before a question are its number and who asks ("1. (VVD) Hoeveel …"); 0 where none are."""
    match = _bracket(text)
    if match is None or not (match["open"] or match["members"]):
        return 0
    return match.start("rest") if re.match(r"[«“‘\"']?[A-ZÀ-Ý]", match["rest"]) else 0


def _bracket(text: str) -> re.Match[str] | None:
    """A question's number with who asks behind it, and perhaps the question."""
    match = _BRACKET.fullmatch(text) if text[:1].isdigit() or text[:3].casefold() == "vra" else None
    return match if match and _who(match, None) else None


def _who(bracket: re.Match[str], year: int | None) -> tuple[Asker, ...]:
    """Whom a bracket names: fracties, or a member with his fractie."""
    if bracket["members"]:
        return members_in(f"Vragen van de leden {bracket['members']}", year)
    return askers_in_bracket(bracket["who"], year)


def bracketed(text: str, year: int | None) -> tuple[str, tuple[Asker, ...] | None]:
    """What a heading says but for who asks, and those, where it names them behind its number."""
    if (match := _bracket(text)) and not match["rest"]:
        return match["number"], _who(match, year)
    if of := _OF_MEMBERS.fullmatch(text):
        asking = f"Vragen {of['who']}"
        opening = _PARTY.match(asking)
        fracties = opening is not None and _NAMES_ALONE.fullmatch(asking, opening.start("who"))
        askers = askers_in(asking, year) if fracties or asking.endswith(")") else ()
        if askers:
            return of["number"], askers
    return text, None


def bracketed_by_others(text: str) -> str:
    """The number before a bracket that names nobody we know: "3 (commissie)"; empty where the line is no such thing."""
    match = _BRACKET.fullmatch(text) if text[:1].isdigit() and text.endswith((")", "):")) else None
    return match["number"] if match and not match["rest"] and re.match(r"[a-zA-Z]{3}", match["who"]) else ""


def answer_at(text: str) -> tuple[int, ...] | None:
    """The numbers of an answer marker (none: "Antwoord"); None where the line is no such marker."""
    if _ANSWER_TO_PLAIN.fullmatch(text) or _ANSWER_OF.fullmatch(text):
        return ()
    match = _ANSWER.fullmatch(text)
    told = match and match[1] and (_REMARK.fullmatch(match["rest"]) or _TO_WHOM.fullmatch(match["rest"]))
    if match is None or (match["rest"] and not told):
        return None
    return numbers_of(match[1]) if match[1] else ()


def answers_several(text: str) -> int:
    """To how many that were asked apart an answer marker says to reply: "Antwoord op beide vragen"; else 1."""
    match = _ANSWER_TO_PLAIN.fullmatch(text)
    return _SEVERAL[match["several"].lower()] if match and match["several"] else 1


def says_who_answers(text: str) -> bool:
    """Whether an answer marker names the one who answers: "Antwoord van de minister van Financiën:"."""
    return _ANSWER_OF.fullmatch(text) is not None


def begun(text: str, marker: Callable[[str], tuple[int, ...] | None]) -> tuple[int, ...] | None:
    """The numbers of a marker that is a line or begins it ("Antwoord: Ja."); None where there is none."""
    return marker(text[: heading_length(text) or len(text)].rstrip())


def question_at(text: str) -> tuple[int, ...] | None:
    """The numbers of a line that says "Vraag 3" or "Vragen 4 en 5"; None where it does not."""
    match = _QUESTION.fullmatch(text)
    if match is None or (match["rest"] and not _REMARK.fullmatch(match["rest"])):
        return None
    return numbers_of(match[1]) or None


def bare_number_at(text: str) -> tuple[int, ...] | None:
    """The numbers of a line that holds nothing else: "3", "3.", "1 en 2"; None where it does not."""
    match = _BARE.fullmatch(text)
    return (numbers_of(match[1] or match[2]) or None) if match else None


def part_at(text: str) -> str:
    """The number of a line that holds a part's ("2a" of "2a."); empty where it holds none."""
    match = _BARE.fullmatch(text)
    return (match[2] or "") if match else ""


def goes_on_with(part: str, before: str) -> bool:
    """Whether one part of a question follows another: "2b" on "2a"."""
    return before[-1:].isalpha() and part == f"{before[:-1]}{chr(ord(before[-1]) + 1)}"


def is_later(part: str) -> bool:
    """Whether a number is that of a part with others before it ("2b")."""
    return part[-1:].isalpha() and not part.endswith("a")


def party_at(lines: Sequence[Line], at: int, year: int | None) -> Heading | None:
    """A heading that names who asks, which may run over some lines; without askers where those cannot be told."""
    written = lines[at].text
    text = _in_small_letters(written)
    if written.isupper():
        text = re.sub("[a-z]", lambda first: first[0].upper(), text, count=1)
    length = 1
    title = None if _PARTY.match(text) else _SET.match(text)
    if title:
        text = f"Vragen{text[title.end() :]}"
    if (
        not _PARTY.match(text)
        and _BEGUN.match(text)
        and len(text) <= 40
        and at + 1 < len(lines)
        and not lines[at + 1].gap
    ):
        joined = f"{text} {_in_small_letters(lines[at + 1].text)}"
        text, length = (joined, 2) if _PARTY.match(joined) else (text, 1)
    if opening := _PARTY.match(text):
        while len(text) <= 300 and at + length < len(lines) and _wraps(text, lines[at + length], length, year):
            text = f"{text} {_in_small_letters(lines[at + length].text)}"
            length += 1
        head = re.split(r"\s+(?:en|met)\s+(?:de\s+)?(?:reactie|antwoord)", text)[0]
        names = _NAMES_ALONE.fullmatch(head, opening.start("who"))
        addressed = _ASKED_WHOM.search(text) and _asks_below(lines, at + length)
        if len(text) > 300 or (re.search(r"[?!;.,]$", text) and not (names or addressed)):
            return None
        # Of a row that stays open we know some, and give the questions to none rather than to those alone.
        cut = names and _ROW_OPEN.search(head)
        askers = () if cut or text.endswith(",") else askers_in(head, year)
        # Whoever they are that we cannot tell, what follows is no longer the questions of those before them.
        apart = not at or lines[at].gap or re.search(r"[.?!]$", lines[at - 1].text)
        if title and not (names or (any(asker.member for asker in askers) and _asks_below(lines, at + length))):
            return None
        told = askers or cut or (names and apart)
        return Heading(Sort.PARTY, at, explicit=True, askers=askers, length=length) if told else None
    if label := _LABELLED.fullmatch(written):
        askers = askers_in_bracket(label["who"], year)
        return Heading(Sort.PARTY, at, explicit=True, askers=askers) if askers else None
    if (members := _member_line(lines, at)) and (askers := members_in(f"Vragen van de leden {members}", year)):
        return Heading(Sort.PARTY, at, explicit=True, askers=askers)
    match = _BARE_PARTY.fullmatch(written) if len(written) <= 60 else None
    if match and not (at and not lines[at].gap and _stays_open(lines[at - 1].text)):
        found = mentions(match[1], year)
        alone = "".join(mention.as_written for mention in found) == match[1]
        joint = len(found) > 1 and _stands_above_a_question(lines, at) and _joins(match[1], found)
        if found and (alone or joint):
            return Heading(Sort.PARTY, at, askers=tuple(Asker(m.party, None, m.as_written) for m in found))
    return None


def _stays_open(text: str) -> bool:
    """Whether a line's sentence goes on in the next; the comma of a salutation ends it."""
    return _UNFINISHED.search(text) is not None and not text.startswith("Geachte")


def _member_line(lines: Sequence[Line], at: int) -> str:
    """The members of a line that holds nothing else, right above a question: "Boswijk (CDA)"; empty for other lines.

    Below a colon, or below another such line, it is an item of a list.
    """
    match = _MEMBER_LINE.fullmatch(lines[at].text)
    if match is None:
        return ""
    listed = at and _MEMBER_LINE.fullmatch(lines[at - 1].text)
    return match["members"] if not listed and _stands_above_a_question(lines, at) else ""


def _stands_above_a_question(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands by itself, and no list goes on with it, right above a question."""
    above, below = lines[at - 1].text if at else "", lines[at + 1].text if at + 1 < len(lines) else ""
    numbered = bare_number_at(above) or question_at(above)
    apart = lines[at].gap or not at or re.search(r"[.?!]$", above) or numbered
    if not apart or above.endswith((":", ",", ";", " en")):
        return False
    asked = bare_number_at(below) or inline_at(below) or re.match(r"Vra(?:ag|gen)\b", below)
    return bool(asked or below.endswith("?") or begins_asking(below))


def _joins(text: str, found: Sequence[Mention]) -> bool:
    """Whether nothing stands beside the parties of a text but what joins them ("D66 en Volt gezamenlijk")."""
    edges = [0, *(edge for mention in found for edge in (mention.span.start, mention.span.end)), len(text)]
    between = (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return all(map(_LINKS.fullmatch, between))


def _asks_below(lines: Sequence[Line], at: int) -> bool:
    """Whether a numbered question stands right below."""
    return any(
        _QUESTION.match(line.text) or bare_number_at(line.text) or inline_at(line.text)
        for line in lines[at : at + _SET_REACH]
    )


def _in_small_letters(text: str) -> str:
    """A line in capitals as others write it, but for its names; as long as it was."""
    return _NO_NAMES.sub(lambda match: match[0].lower(), text) if text.isupper() else text


def _wraps(text: str, following: Line, length: int, year: int | None) -> bool:
    """Whether a party heading, so far of `length` lines, goes on in the next one.

    A row of fracties may break before a capital: "… van de leden van de / PVV-fractie", "… NSC, ChristenUnie, / SGP en
    CDA", "… de Partij voor de / Dieren"; also over a page's end, where nothing but the row's rest stands on the line.
    """
    more = _in_small_letters(following.text)
    if length < 3 and not following.gap and more[:1].islower():
        # In capitals any line may be a heading of its own.
        return not following.text.isupper() or _LEADS_ON.match(more) is not None
    # Members in brackets go on until the row is closed: "… (beiden SP), Teunissen / (PvdD) en …".
    in_bracket = text.count("(") > text.count(")") and ")" in more[:80]
    cut = re.match(r"\(\D", more) and "fractie" not in text
    in_row = _MEMBERS_OPEN.search(text) and _MEMBERS_ON.match(more)
    if length < 4 and not following.gap and (in_bracket or cut or in_row):
        return True
    broken = len(text)
    if any(mention.span.start < broken < mention.span.end for mention in mentions(f"{text} {more}", year)):
        return True
    if not following.gap and re.match(r"(?:Groep|Fractie)[\s-][A-Z]", more) and _UNFINISHED.search(text):
        return True
    found = mentions(more, year) if _UNFINISHED.search(text) else ()
    if not found or not _LINKS.fullmatch(more[: found[0].span.start]):
        return False
    between = [0, *(edge for mention in found for edge in (mention.span.start, mention.span.end)), len(more)]
    rest = (more[start:end] for start, end in zip(between[::2], between[1::2], strict=True))
    return not following.gap or all(_LINKS.fullmatch(words) for words in rest)
