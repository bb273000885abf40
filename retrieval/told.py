"""What is said of a search in a line, wherever it is shown: what was searched, and why nothing was found."""

from __future__ import annotations

from retrieval.results import Coverage, Results
from retrieval.words import DUTCH, Words, period


def coverage_line(shown: int, coverage: Coverage, words: Words = DUTCH) -> str:
    """For example "10 van 43 passages · 1 document · t/m 19 mei 2025", what the query limits itself to, and how its
    misspelt words were read."""
    line = words.coverage.format(
        shown=shown,
        passages=words.count(coverage.passages, words.passage, words.passages),
        documents=words.count(coverage.documents, words.document, words.documents),
    )
    if coverage.until:
        line += f" · {words.until.format(date=words.date(coverage.until))}"
    if limits := limits_told(coverage, words):
        line += f" · {words.only.format(limits=limits)}"
    for typed, meant in coverage.read_as.items():
        line += f" · {words.read_as.format(typed=typed, meant=meant)}"
    return line


def limits_told(coverage: Coverage, words: Words = DUTCH) -> str:
    """What the query limits itself to, for example "gevraagd aan of beantwoord door Defensie in 2024"."""
    dated, names = coverage.dated, coverage.answered or coverage.concerned
    by = words.answered_by if coverage.answered else words.concerned
    who = by.format(names=words.choice(names)) if names else ""
    if dated is None:
        return who
    when = period(dated.first, dated.last, words)
    if who and (dated.asked, dated.answered) == (not coverage.answered, True):
        return f"{who} {when}"  # the same was done by them and then: it is said once
    done = words.answered if not dated.asked else words.asked_or_answered if dated.answered else words.asked
    return words.listing([done.format(when=when), who] if who else [done.format(when=when)])


def nothing_told(results: Results, words: Words = DUTCH) -> tuple[str, str]:
    """How it is said that nothing was found, in short, and why: query and filters may leave no document to search."""
    limits, query = limits_told(results.coverage, words), results.query
    filtered = query.parties or query.members or query.ministries or query.documents or query.since or query.until
    if not results.coverage.documents and (limits or filtered):
        said = words.nothing_fits if not limits else words.none_that_fits if filtered else words.no_such_document
        return words.nothing_found, said.format(limits=limits)
    return words.nothing_relevant, words.nothing_answers
