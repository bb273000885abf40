"""What a letter says of itself: subject, dates, dossier, kenmerk, and who answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile

from index.dates import DATE, MONTHS, parse_date
from index.extract.source import Line
from index.parse.people import NAME, addressed, answering, introduced, office_line, on_behalf
from index.records import Minister

_REFERENCE = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:[ ]?[-/.][ ]?[A-Za-z0-9]+)*")
_LABEL = re.compile(r"(?:(?:Ons|Onze)\s+(?:kenmerk|referentie)|Kenmerk|Referentie)\s*:?\s*(.*)", re.IGNORECASE)
# A label of the letterhead, which closes the value of the one before it.
_ANY_LABEL = re.compile(
    r"(?:Datum|Betreft|Onderwerp|Uw (?:kenmerk|brief|referentie)|Bijlage.*|Pagina.*|Contactpersoon.*|Projectnaam.*|"
    r"Geachte .*|Directoraat.*|Postbus .*|.*\b\d{4} ?[A-Z]{2} +(?:Den Haag|[’']s-Gravenhage)\b.*)",
    re.IGNORECASE,
)
# Where a subject ends that no full stop closes, in lines that were joined.
_GOES_ON = re.compile(
    r"\s+(?:(?:worden|zijn)\s+beantwoord|Nr\.?\s+Vraag|Directoraat|(?:Ons|Uw)\s+kenmerk|Bij\s+beantwoording\s+de\s+datum"
    r"|Antwoord(?:en)?\s+van\s+(?:de\s+)?(?:[Mm]inister|[Ss]taatssecretaris))\b.*"
)
_NUMBER = r"(\d{2}\s?\d{3})(?:-(\d{2,3})(?!\d))?(?:[ -]?([IVXLC]{1,6})\b)?"
_OF_A_MOTION = re.compile(r"\bmotie[^;()]{0,60}\(?$", re.IGNORECASE)
_SOMEBODY_ELSES = re.compile(r"\beerdere\s+vragen\b|\bter\s+aanvulling\b|\bvraagnummer\b", re.IGNORECASE)
# A subject that only says what kind of letter it is.
_SAYS_NOTHING = re.compile(
    r"(?:(?:de\s+)?(?:beantwoording|antwoord(?:en)?)\s+(?:van\s+|op\s+)?(?:de\s+)?)?(?:schriftelijke\s+)?(?:kamer)?vragen\.?",
    re.IGNORECASE,
)
# A full stop that ends a sentence, and no abbreviation.
_STOP = r"(?<![\s.(][A-Za-z])(?<!\bmr)(?<!\bdr)(?<!\bnr)(?<!\bdrs)(?<!\bprof)\."
# What a document is about, in the words that announce it.
_SUBJECTS = (
    re.compile(
        r"[Vv]ragen\s+(?:(?:die|welke)\s+(?:zijn|werden)\s+)?(?:gesteld\s+)?(?:van|door)\s+(?:(?:het|de)\s+)?(?:(?:(?:Eerste|Tweede)\s+)?Kamer)?(?:leden|lid)\b.{5,400}?\b(?:over|inzake)\s+"
        rf"(.{{5,400}}?)\s*(?:\((?:ingezonden|kenmerk|20\d\dZ)|,?\s(?:die|welke)\s(?:zijn|werden|op)\s[^.,]{{0,30}}?\b(?:ingezonden|gesteld)\b|{_STOP}\s|\.?\s+Hoogachtend\b|\.$|$)"
    ),
    re.compile(rf"\bvragen\s+(?:aan\s+mij\s+)?gesteld\s+over\s+(.{{5,200}}?)\s*(?:\(|{_STOP}\s|\.$)"),
    re.compile(
        r"\bvoor\s+te\s+leggen\b.{0,200}?\b(?:over|inzake|betreffende)\s+(?:de\s+brief\s+"
        rf"(?:(?:van|d\.d\.)\s+{DATE}\s+(?:over|inzake|betreffende)\s+)?)?(.{{5,200}}?)\s*(?:\(Kamerstuk|{_STOP}\s|\.$)"
    ),
    re.compile(
        r"\b[Ll]ijst\s+van\s+vragen(?:\s+en\s+antwoorden)?\s+(?:over|inzake)\s+(.{5,200}?)"
        rf"(?:\s*\(|{_STOP}\s|\s+Nr\.?\s+Vraag\b|\s+Vraag\s+Antwoord\b|\s+De\s+(?:vaste|algemene)\s+commissie\b|\s*\.?$)"
    ),
)
_PIECE = re.compile(r"(?:[Nn][Rr]\.?\s*(\d{1,4})|([A-Z]{1,3})(?=\s+(?:VERSLAG|BRIEF|NADER|NOTA|MEMORIE)))\b")
_FILED = re.compile(r"\ba?h[- ]tk[- ](\d{8})[- ](\d{1,5})\b")
_ASKED_AS = re.compile(r"\b(20\d\dZ\d{5})\b")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a letter; None where it does not say."""

    title: str | None
    dossier: str | None
    reference: str | None
    asked_on: date | None
    answered_on: date | None
    ministers: tuple[Minister, ...]
    addressees: tuple[Minister, ...] = ()


def read_metadata(opening: Sequence[Line], furniture: Sequence[Line], closing: Sequence[Line] = ()) -> Metadata:
    """Read the lines before the first question, the furniture for kenmerk and date, the last lines for a signature."""
    running = " ".join(line.text for line in opening)
    answered = _answered(opening, running, furniture)
    title = _title(opening, running)
    return Metadata(
        title=title,
        dossier=_dossier(opening, running, title),
        reference=_reference(opening, furniture),
        asked_on=_asked(opening, running, answered),
        answered_on=answered,
        ministers=_ministers(opening, running) or _ministers(closing, ""),
        addressees=addressed(running),
    )


def _title(opening: Sequence[Line], running: str) -> str | None:
    plain: str | None = None
    for index, line in enumerate(opening):
        match = re.match(r"(?:Betreft|Onderwerp)\b\s*:?\s*(.*)", line.text)
        if not match:
            continue
        parts = [match[1]] if match[1] else []
        for following in opening[index + 1 : index + 5]:
            if (parts and following.gap) or _ANY_LABEL.fullmatch(following.text) or _LABEL.fullmatch(following.text):
                break
            parts.append(following.text)
        if parts and not _SAYS_NOTHING.fullmatch(" ".join(parts)):
            return " ".join(parts)
        plain = plain or " ".join(parts) or None
    # Where no full stop ends it before the questions do, the paragraph does.
    for words in (running, *_paragraphs(opening)):
        if match := next(filter(None, (announced.search(words) for announced in _SUBJECTS)), None):
            subject = _GOES_ON.sub("", match[1]).strip()
            return subject[0].upper() + subject[1:]
    for index, line in enumerate(opening[:25]):
        match = re.fullmatch(rf"{_NUMBER}\s+([A-Z].{{5,200}})", line.text)
        if match:
            more = (following.text for following in opening[index + 1 : index + 4])
            whole = [match[4], *takewhile(lambda text: not re.match(r"[A-Z]{1,3}\b|Nr\b|[A-Z]\.", text), more)]
            return " ".join(whole) if not opening[index + 1 : index + 2] or not opening[index + 1].gap else match[4]
    return plain


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    starts = [index for index, line in enumerate(lines) if line.gap or not index]
    return [" ".join(line.text for line in lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _dossier(opening: Sequence[Line], running: str, title: str | None) -> str | None:
    number = _NUMBER
    kinds = (r"kenmerknummer\s*:?\s*", r"(?:Kamerstuk|dossier)(?:nummer|ken II)?\s*:?\s*")
    # Of a title, and of a motion, it is the number of what the document is about.
    titled = re.search(re.escape(title), running, re.IGNORECASE) if title else None
    about = range(*titled.span()) if titled else range(0)
    for kind in kinds:
        for named in re.finditer(rf"{kind}{number}(?!\d)", running, re.IGNORECASE):
            if named.start() not in about and not _OF_A_MOTION.search(running, 0, named.start()):
                return _plain(named)
    for line in opening:
        match = re.fullmatch(rf"{number}(?:\s*,?\s*[nN]r\.?\s*[A-Z\d]+)?(?:\s+[A-Z][a-z].*)?", line.text)
        if match:
            return _plain(match)
    return None


# In a header of one line ("… Ons kenmerk DGED-DE / 98731685 Pagina 3 van 10") the number ends with its last digits.
_WITHIN = re.compile(r"\b[Oo]n(?:s|ze) (?:kenmerk|referentie)\s*:?\s*((?:[A-Z][\w.-]* ?/ ?)*[\w.-]*\d{4,})\b")


def _plain(match: re.Match[str]) -> str:
    number = re.sub(r"\s", "", match[1])
    number = f"{number}-{match[2]}" if match[2] else number
    return f"{number} {match[3]}" if match[3] else number


def _reference(opening: Sequence[Line], furniture: Sequence[Line]) -> str | None:
    """The number it is filed under: of the Aanhangsel, of the question, of the Kamerstuk, or the ministry's kenmerk."""
    lines = [*opening, *furniture]
    for pattern in (_FILED, _ASKED_AS):
        for line in lines:
            # A remark at the end names the questions of somebody else.
            match = pattern.search(line.text)
            if match and not _SOMEBODY_ELSES.search(line.text):
                return f"ah-tk-{match[1]}-{match[2]}" if pattern is _FILED else match[1]
    for line in opening[:5]:
        if match := re.fullmatch(r"(20\d\dD\d{5})", line.text):
            return match[1]
    for index, line in enumerate(opening[:25]):
        stuk = re.fullmatch(rf"{_NUMBER}(?:\s+[A-Z].*)?", line.text)
        piece = next(
            filter(None, map(_PIECE.match, (following.text for following in opening[index + 1 : index + 4]))), None
        )
        if stuk and piece:
            number = re.sub(r"(\d{2})\s?(\d{3})", r"\1 \2", stuk[1])
            number += (f"-{stuk[2]}" if stuk[2] else "") + (f" {stuk[3]}" if stuk[3] else "")
            return f"{number}, nr. {piece[1]}" if piece[1] else f"{number}, {piece[2]}"
    for index, line in enumerate(lines):
        match = _LABEL.fullmatch(line.text)
        if not match:
            continue
        value = match[1] or (lines[index + 1].text if index + 1 < len(lines) else "")
        if re.search(r"\d", value) and _REFERENCE.fullmatch(value):
            return value
    for line in lines:
        match = _WITHIN.search(line.text)
        if match:
            return match[1]
    return None


def _asked(opening: Sequence[Line], running: str, answered: date | None) -> date | None:
    # A heading may name earlier questions with their date; its own comes last, before who answers.
    asking = re.split(r"\b(?:Antwoord(?:en)?|Mededeling)\s+van\b", running)[0]
    pattern = rf"ingezonden(?:\s+(?:op|d\.?d\.?))?\s*:?\s*({DATE})"
    alone = (re.fullmatch(rf"\(?{pattern}\)?\.?", line.text, re.IGNORECASE) for line in opening)
    match = next((found for found in alone if found), None)
    match = match or max(re.finditer(pattern, asking, re.IGNORECASE), key=re.Match.start, default=None)
    match = match or re.search(pattern, running, re.IGNORECASE)
    match = match or re.search(rf"\b(?:op|van) uw (?:brief|vragen) van ({DATE})", running)
    match = match or re.search(
        rf"\b[Oo]p\s+({DATE})\s+(?:heeft|hebben|stelden?|ontving)\b[^.]{{0,250}}\bvragen\b", running
    )
    match = match or re.search(
        rf"\bvragen\b[^.]{{0,250}}\b(?:die|welke)\s+(?:zijn\s+)?(?:gesteld|ingezonden)\s+op\s+({DATE})", running
    )
    return parse_date(match[1]) if match else _lately_asked(running, answered)


def _lately_asked(running: str, answered: date | None) -> date | None:
    """ "ingezonden 27 juni jl.": the last such day before the answer."""
    months = "|".join(MONTHS)
    match = re.search(
        rf"ingezonden(?:\s+op)?\s+(\d{{1,2}})\s?({months})\s+(?:jl\b|j\.l\.|jongstleden)", running, re.IGNORECASE
    )
    if match is None or answered is None:
        return None
    found = parse_date(f"{match[1]} {match[2]} {answered.year}")
    if found and found > answered:
        found = parse_date(f"{match[1]} {match[2]} {answered.year - 1}")
    return found


def _answered(opening: Sequence[Line], running: str, furniture: Sequence[Line]) -> date | None:
    match = re.search(
        rf"(?:ontvangen|verzonden|vastgesteld)(?:\s+(?:op|d\.?d\.?))?\s*:?\s*({DATE})", running, re.IGNORECASE
    )
    for line, following in zip(opening, [*opening[1:], None], strict=False):
        if match:
            break
        match = re.match(rf"Datum\s*:?\s*({DATE})", line.text, re.IGNORECASE)
        if not match and re.fullmatch(r"Datum\s*:?", line.text, re.IGNORECASE) and following is not None:
            match = re.match(rf"({DATE})", following.text)
    match = match or re.search(rf"(?:Den Haag|[’']s-Gravenhage),?\s+({DATE})", running)
    match = match or re.search(rf"Datum\s*:?\s*({DATE})", " ".join(line.text for line in furniture))
    return parse_date(match[1]) if match else None


def _ministers(opening: Sequence[Line], running: str) -> tuple[Minister, ...]:
    found = list(answering(running))
    if not found:
        index, taken = 0, set[int]()
        while index < len(opening):
            office, length = _office(opening, index)
            name = _signature(opening, index, index + length, taken) if office else None
            if office and (name or not any(minister.office == office[0] for minister in found)):
                found.append(Minister(name, *office))
            index += length
    if not found:
        found.extend(introduced(running))
    found.extend(on_behalf(running))
    named = {(minister.office, minister.ministry) for minister in found if minister.name}
    kept: dict[tuple[str, str, str | None], Minister] = {}
    for minister in found:
        if minister.name or (minister.office, minister.ministry) not in named:
            kept.setdefault((minister.office, minister.ministry, minister.name), minister)
    return tuple(kept.values())


def _office(opening: Sequence[Line], at: int) -> tuple[tuple[str, str] | None, int]:
    """Office and ministry of a signature, which may run over up to three lines, and how many those are."""
    # As long as it can be, but to a comma if there is one at a line's end: the name may follow there.
    ahead = opening[at : at + 3]
    closed = [length for length in range(len(ahead), 0, -1) if ahead[length - 1].text.endswith(",")]
    for length in (*closed, 3, 2, 1):
        lines = opening[at : at + length]
        if len(lines) == length and not any(line.gap for line in lines[1:]):
            office = office_line(" ".join(line.text for line in lines))
            if office:
                return office, length
    return None, 1


def _signature(opening: Sequence[Line], first: int, beyond: int, taken: set[int]) -> str | None:
    """The name beside the office: above it, as in a signature, or below it, perhaps after a second office.

    One that is `taken` stands below the office before.
    """
    for index in (first - 1, beyond, beyond + 1):
        name = opening[index].text.rstrip(",") if 0 <= index < len(opening) else ""
        if index == first - 1 and index in taken:
            continue
        if NAME.fullmatch(name) and not re.search(r"\b(?:[Mm]inister|[Ss]taatssecretaris)", name):
            taken.add(index)
            return name
        if index >= beyond and index < len(opening) and office_line(opening[index].text) is None:
            break
    return None
