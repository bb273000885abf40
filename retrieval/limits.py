"""What a query limits itself to beside its subject: when was asked or answered, and which ministry was meant."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass, replace

from index import ministries
from index.analysis import words
from index.backend import Dated
from index.periods import Period, periods_in
from index.records import Span
from retrieval.names import is_pasted
from retrieval.numbers import numbers_of_documents
from retrieval.subject import ABOUT, ANSWERED, ASKED, has_subject, says_who_asked

_ONLY_ASKED = frozenset("gevraagd gesteld gestelde ingezonden stelde stelden vroeg vroegen vraagt asked ask".split())
_ONLY_ANSWERED = frozenset("beantwoord beantwoorde answered".split())
_SENT = frozenset("brief brieven kamerbrief kamerbrieven letter letters".split())
_NOUNS = _SENT | frozenset(
    "antwoord antwoorden vragen kamervragen document documenten stukken answer answers question questions "
    "documents".split()
)
_LETTERS = ASKED | ANSWERED | _ONLY_ASKED | _ONLY_ANSWERED | _NOUNS
"""Words that tell that a query speaks of letters, or of who asked or answered."""
_INTERROGATIVES = frozenset("wat welke wie hoeveel waarover what which who how".split())
_TO = frozenset({"aan", "to"})


@dataclass(frozen=True, slots=True)
class Limits:
    """A query's limits, and its `text` without them, of which nothing may be left.

    `answered` are the ministries of which it says that they answered, `concerned` those that it says were asked, or
    names beside its subject; `missing` says that it limits itself to one that the corpus does not have.
    """

    text: str
    dated: Dated | None = None
    answered: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()
    missing: bool = False

    def __bool__(self) -> bool:
        return bool(self.dated or self.answered or self.concerned)


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus has of what a query may name: members, ministries, and terms that stand for documents."""

    members: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    documents: Collection[str] = ()


def limits(text: str, known: Known, *, dated: bool = True) -> Limits:
    """The limits of a query as typed, a period among them where they may be `dated`; a pasted question has none.

    A limit stands before the subject or without one: "antwoorden uit 2023 over stikstof", "aan VWS", not "stikstof in
    2023" or "over het ministerie van VWS", for there it may be the subject's.
    """
    found = Limits(text)
    if is_pasted(text):
        return found
    found = _by_ministry(found, known)
    if dated:
        found = _by_period(found, known)
    return _by_ministry(found, known) if found.dated else found  # it may stand behind the period


def _by_ministry(found: Limits, known: Known) -> Limits:
    if found.answered or found.concerned or found.missing:
        return found
    for named in ministries.named(found.text, known.ministries):
        before, after = found.text[: named.span.start], found.text[named.span.end :]
        names = tuple(sorted(named.ministries))
        rest = replace(found, text=_without(found.text, named.span), missing=not names)
        free = _is_free(before, known)
        closed = _next(after) in ABOUT or not has_subject(after, known.members, known.documents)
        if named.lead in _TO:
            if (named.sure and says_who_asked(found.text)) or (free and (named.sure or closed)):
                return replace(rest, concerned=names)
        elif _answered(before, after, named.lead):
            return replace(rest, answered=names)
        elif free and closed:
            return replace(rest, concerned=names)
        if not free:  # nor will be what stands behind the next one
            break
    return found


def _answered(before: str, after: str, lead: str) -> bool:
    """Whether a query says that the ministry between its two parts answered.

    "wat zei de minister van", "brieven van", "what did the minister of … say", "antwoord over paarden van de minister
    van"; not "wat zei NSC tegen de minister van", nor "antwoord op vragen van de minister van".
    """
    said = [word.surface.lower() for word in words(before)]
    verb = max((at for at, word in enumerate(said) if word in ANSWERED | _SENT), default=None)
    if verb is not None and set(said[verb + 1 :]) <= {"de", "het", "the", "door", "by"}:
        return True
    if _next(after) in ANSWERED | {"geantwoord", "gezegd", "geschreven"}:
        return True
    return verb is not None and lead in {"van", "door", "by", "from"} and said[verb] in _NOUNS and said[-1] not in ASKED


def _by_period(found: Limits, known: Known) -> Limits:
    numbered = numbers_of_documents(found.text)
    spoken = {word.surface.lower() for word in words(found.text)}
    for period in periods_in(found.text):
        if any(map(period.span.overlaps, numbered)):
            continue
        before, after = found.text[: period.span.start], found.text[period.span.end :]
        if _ends_letters(before, period.span.of(found.text), after):
            return replace(found, text=before.strip(), dated=_dated(period, spoken))
        if not _is_free(before, known, noun=True):
            continue
        rest = _without(found.text, period.span)
        told = {word.surface.lower() for word in words(before)} | {_next(after)}
        if not told.isdisjoint(_LETTERS | _INTERROGATIVES) and not spoken.isdisjoint(_LETTERS):
            return replace(found, text=rest, dated=_dated(period, spoken))
        if not has_subject(rest, known.members, known.documents):
            return replace(found, text=rest, dated=_dated(period, spoken))
    return found


def _ends_letters(before: str, period: str, after: str) -> bool:
    """Whether a period at the end is that of the letters and not of their subject, which bears a name of its own.

    "brieven over Israël uit 2023"; not "brieven over het rapport uit 2023".
    """
    said = words(before)
    if _next(after) or not said or not period.lower().startswith(("uit ", "from ")):
        return False
    return said[0].surface.lower() in _NOUNS and said[-1].surface[0].isupper()


def _dated(period: Period, spoken: Set[str]) -> Dated:
    """What must have been done in a period, by the words of the query."""
    if not spoken.isdisjoint(_ONLY_ANSWERED):
        return Dated(period.first, period.last, asked=False)
    if not spoken.isdisjoint(_ONLY_ASKED):
        return Dated(period.first, period.last, answered=False)
    return Dated(period.first, period.last, asked=not spoken.isdisjoint(ASKED) or spoken.isdisjoint(ANSWERED))


def _is_free(before: str, known: Known, *, noun: bool = False) -> bool:
    """Whether what stands before a limit leaves it to the letters: no subject, and no word that leads to one.

    Behind a `noun` that means letters it may follow a subject: "Nutri-Score, antwoorden van voor 2024".
    """
    said = [word.surface.lower() for word in words(before)]
    if not ABOUT.isdisjoint(said):
        return False
    return bool(noun and said and said[-1] in _NOUNS) or not has_subject(before, known.members, known.documents)


def _next(after: str) -> str:
    return next((word.surface.lower() for word in words(after)), "")


def _without(text: str, span: Span) -> str:
    return f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}".strip()
