"""Results in forms that other programs read: JSON, a DataFrame, CSV, Markdown."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from index.records import Role
from retrieval.results import Hit, Results
from retrieval.told import coverage_line, nothing_told
from retrieval.words import DUTCH, Words, parties

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "rank", "score", "document", "title", "date", "numbers", "party", "askers", "minister", "role", "page", "best",
    "text", "question", "citation", "nearest",
)  # fmt: skip
"""Of the frame and the CSV: one row per hit. `nearest` tells that nothing relevant was found, and this is only near."""


def results_json(results: Results) -> dict[str, object]:
    """What `python -m retrieval --json` prints: plain strings, numbers and lists only.

    `party` names the parties that asked, joined by a comma; it is null where the document names none. `dated`,
    `answered` and `concerned` are what the query limits itself to (`Coverage`), `read_as` its misspelt words and what
    was searched for instead; a period without a first or last day begins with 0001-01-01 or ends with 9999-12-31.
    """
    dated = results.coverage.dated
    return {
        "query": results.query.text,
        "total": results.total,
        "abstained": results.abstained,
        "coverage": {
            "passages": results.coverage.passages,
            "documents": results.coverage.documents,
            "until": results.coverage.until.isoformat() if results.coverage.until else None,
            "dated": [day.isoformat() for day in (dated.first, dated.last)] if dated else None,
            "answered": list(results.coverage.answered),
            "concerned": list(results.coverage.concerned),
            "read_as": dict(results.coverage.read_as),
        },
        "answer": [
            {
                "text": quote.text,
                "numbers": list(quote.hit.numbers),
                "document": quote.hit.document.id,
                "citation": quote.hit.citation,
            }
            for quote in results.answer
        ],
        "hits": [
            {
                "rank": hit.rank,
                "score": float(hit.score),
                "document": hit.document.id,
                "numbers": list(hit.numbers),
                "party": _party(hit),
                "askers": [
                    {"party": asker.party, "member": asker.member, "as_written": asker.as_written}
                    for asker in hit.askers
                ],
                "minister": _minister(hit),
                "role": hit.role.value,
                "page": hit.page,
                "text": hit.text,
                "question": hit.question,
                "citation": hit.citation,
            }
            for hit in results.hits
        ],
    }


def results_frame(results: Results) -> DataFrame:
    """One row per hit, in order; the columns are there also when there are no hits."""
    import pandas

    return pandas.DataFrame([_row(results, hit) for hit in results.hits], columns=list(COLUMNS))


def results_csv(results: Results) -> str:
    """UTF-8 without a byte order mark, one row per hit under a row of names.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS)
    for hit in results.hits:
        row = _row(results, hit)
        writer.writerow([_harmless(row[name]) for name in COLUMNS])
    return out.getvalue()


def results_markdown(results: Results, words: Words) -> str:
    """The query, the short answer and the hits, each with its citation, which is Dutch; to be pasted in a memo."""
    lines = [f"# {_plain(results.query.text)}", ""]
    lines += [coverage_line(len(results.hits), results.coverage, words), ""]
    if results.abstained:
        short, why = nothing_told(results, words)
        lines += [f"**{short}.** {_plain(why)}", ""]
    if results.answer:
        lines += [f"## {words.short_answer}", ""]
        for quote in results.answer:
            lines += [_quoted(quote.text), ">", f"> — {_plain(quote.hit.citation)}", ""]
    if results.hits:
        lines += [f"## {words.nearest if results.abstained else words.found}", ""]
    for hit in results.hits:
        lines += [f"### {hit.rank}. {_plain(words.heading(hit.exchange))}", ""]
        if hit.question and hit.role is Role.ANSWER:
            lines += [f"*{_plain(' '.join(hit.question.split()))}*", ""]
        lines += [_quoted(hit.text), "", _plain(hit.citation), ""]
    return "\n".join(lines)


def _row(results: Results, hit: Hit) -> dict[str, Any]:
    day = hit.document.day
    return {
        "rank": hit.rank,
        "score": float(hit.score),
        "document": hit.document.id,
        "title": hit.document.title,
        "date": day.isoformat() if day else None,
        "numbers": ", ".join(map(str, hit.numbers)),
        "party": _party(hit),
        "askers": "; ".join(f"{asker.member} ({asker.party})" if asker.member else asker.party for asker in hit.askers),
        "minister": _minister(hit),
        "role": hit.role.value,
        "page": hit.page,
        "best": hit.best.of(hit.document.text),
        "text": hit.text,
        "question": hit.question,
        "citation": hit.citation,
        "nearest": results.abstained,
    }


def _party(hit: Hit) -> str | None:
    return ", ".join(parties(hit.askers)) or None


def _minister(hit: Hit) -> str | None:
    return DUTCH.listing([minister.label for minister in hit.document.ministers if not minister.on_behalf]) or None


def _harmless(value: object) -> object:
    """A spreadsheet reads = + - @, and a tab or return before them, as the start of a formula (OWASP)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value


def _plain(text: str) -> str:
    """Text in Markdown that shows as it is, also where it looks like markup or stands for a character of HTML."""
    return re.sub(r"([\\`*_\[\]<>#|~$]|&(?=#?\w+;))", r"\\\1", " ".join(text.split()))


def _quoted(text: str) -> str:
    """A block quotation; a line that would begin a list is kept from it."""
    lines = []
    for line in text.split("\n"):
        shown = re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", _plain(line)))
        lines.append(f"> {shown}".rstrip())
    return "\n".join(lines)
