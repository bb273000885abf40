"""Whether a query has a subject, or only refers; and what it says was done: asked, answered, together."""

from __future__ import annotations

from collections.abc import Collection

from index.analysis import is_function_word, words
from index.records import Span
from retrieval.names import (
    asking_in,
    is_pasted,
    mentioned,
    named_documents,
    named_parties,
    names_in,
    strangers,
    whole_name,
)
from retrieval.numbers import DAY, NUMBER_OF_ONE, without_numbers

ANSWERED = frozenset(
    "zei zegt schreef schrijft antwoordde antwoordt beantwoordde beantwoord antwoord antwoorden volgens "
    "say says said write wrote answer answers answered reply replies replied respond responded".split()
)
_TOGETHER = frozenset("samen gezamenlijk gezamenlijke together jointly".split())
ASKED = frozenset(
    "vroeg vroegen vraagt vragen kamervragen kamervraag gevraagd stelt stelde stelden gesteld asked ask asks questions "
    "question".split()
)
_ASKING = (
    ASKED
    | _TOGETHER
    | frozenset(
        "schriftelijk schriftelijke mondeling mondelinge hoeveel aantal overzicht laatste recente written oral "
        "parliamentary many number overview latest recent asking brieven letters d.d ingezonden ontvangen verzonden "
        "gedateerd sent received dated mevrouw meneer heer dhr mw mr kv-tk ah-tk vraag gestelde antwoord antwoorden "
        "antwoordt antwoordde beantwoord beantwoording minister staatssecretaris kabinet fractie fracties leden lid "
        "partij brief toon geef schreef schrijft wrote replied answer answers answered government party member members "
        "letter show give list gericht gerichte geadresseerd geadresseerde addressed directed onbeantwoord "
        "onbeantwoorde unanswered beantwoorde".split()
    )
)
"""What is said of every question, answer and document."""
ABOUT = frozenset("over omtrent inzake betreffende about on regarding concerning".split())
"""What leads to a subject."""


def only_refers(text: str, members: tuple[str, ...] = (), documents: Collection[str] = ()) -> bool:
    """Whether a query names questions, who asks or documents, and no subject: "vragen van NSC", "26643, vraag 7".

    `documents` are the terms by which it names documents that are there (`LexicalQuery.documents`).
    """
    named = names_in(text, members) or named_parties(text) or strangers(text, members)
    return bool(named or _documents_named(text, documents)) and not has_subject(text, members, documents)


def _documents_named(text: str, documents: Collection[str]) -> list[Span]:
    """Where a query names documents: those that are there, or what nothing else is called."""
    return [
        whole_name(text, span)
        for span, term in named_documents(text)
        if term in documents or NUMBER_OF_ONE.fullmatch(term) or DAY.fullmatch(term)
    ]


def has_subject(text: str, members: tuple[str, ...] = (), documents: Collection[str] = ()) -> bool:
    """Whether a query has words beside those that name questions, who asks or documents (see `only_refers`)."""
    from index.parties import canonical, mentions

    rest = text
    asking = (*(span for span, _ in mentioned(text, members)), *strangers(text, members))
    for span in (*_documents_named(text, documents), *asking):
        rest = f"{rest[: span.start]}{' ' * len(span)}{rest[span.end :]}"
    rest = without_numbers(rest, pieces=bool(documents))
    for mention in reversed(mentions(rest)):
        rest = f"{rest[: mention.span.start]} {rest[mention.span.end :]}"
    return any(
        not is_function_word(word) and word.surface.lower() not in _ASKING and canonical(word.surface) is None
        for word in words(rest)
    )


def says_who_asked(text: str, members: tuple[str, ...] = ()) -> bool:
    """Whether a query says that somebody asked ("Boswijk over Afghanistan"), and does not only mention them."""
    if any(word.surface.lower() in ASKED for word in words(text)):
        return True
    first = [span for span in asking_in(text, members) if whole_name(text, span).start == 0]
    return any(next((word.surface.lower() for word in words(text[span.end :])), "") in ABOUT for span in first)


def says_together(text: str) -> bool:
    """Whether a query asks for what several asked together."""
    return not _TOGETHER.isdisjoint(word.surface.lower() for word in words(text))


def before_subject(text: str) -> str:
    """What stands before the word that leads to a subject; all of it where none does."""
    return next((text[: word.start] for word in words(text) if word.surface.lower() in ABOUT), text)


def says_who_answered(text: str) -> bool:
    """Whether a query says that somebody answered something."""
    return not is_pasted(text) and any(word.surface.lower() in ANSWERED for word in words(text))
