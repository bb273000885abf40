"""Groups of queries that may fare differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from eval.gold import ANSWERS, GoldQuery, Language, Style
from index.records import Document, Exchange

Slices = dict[str, list[str]]
"""Name of the slice → ids of its queries, in the gold set's order; a query may be in several."""

_SHORT, _LONG = 900, 1600
"""Characters of an answer; they cut the letter's fifteen answers in about three."""


def kinds(queries: Sequence[GoldQuery]) -> Slices:
    """Style × language, in the order of their definition."""
    return {
        f"{style} · {language}": ids
        for style in Style
        for language in Language
        if (ids := [q.id for q in queries if q.style is style and q.language is language])
    }


def languages(queries: Sequence[GoldQuery]) -> Slices:
    return _group(queries, lambda query: [str(query.language)], list(Language))


def styles(queries: Sequence[GoldQuery]) -> Slices:
    return _group(queries, lambda query: [str(query.style)], list(Style))


def parties(queries: Sequence[GoldQuery], document: Document) -> Slices:
    """By the parties that asked what the query is about; a query that two parties asked about is in both slices."""
    return _group(queries, lambda q: (asker.party for x in _answering(q, document) for asker in x.askers))


def answer_lengths(queries: Sequence[GoldQuery], document: Document) -> Slices:
    """By the length of the longest answer that answers the query."""
    names = [f"under {_SHORT} characters", f"{_SHORT} to {_LONG}", f"over {_LONG}"]

    def name(query: GoldQuery) -> list[str]:
        longest = max((len(x.answer) for x in _answering(query, document) if x.answer), default=0)
        return [names[(longest >= _SHORT) + (longest > _LONG)]]

    return _group(queries, name, names)


def _answering(query: GoldQuery, document: Document) -> list[Exchange]:
    wanted = {number for number, grade in query.relevance.items() if grade == ANSWERS}
    return [exchange for exchange in document.exchanges if wanted & set(exchange.numbers)]


def _group(
    queries: Sequence[GoldQuery], names: Callable[[GoldQuery], Iterable[str]], order: Sequence[str] = ()
) -> Slices:
    found: Slices = {str(name): [] for name in order}
    for query in queries:
        if query.answerable:
            for name in dict.fromkeys(names(query)):
                found.setdefault(name, []).append(query.id)
    return {name: ids for name, ids in found.items() if ids}
