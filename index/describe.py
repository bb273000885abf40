"""A document as JSON: what `python -m index parse FILE --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from index.records import Asker, Document, Exchange, Span

if TYPE_CHECKING:
    from index.extract.source import Source


def document_json(document: Document, source: Source | None = None) -> dict[str, object]:
    """Everything that was read. `start` and `end` are a half-open range of `text`; dates are ISO 8601; pages from 1.

    `source` of a question or answer are its ranges of the page's text as extracted. With the source at hand, "boxes"
    are the places on the page where these are drawn, in points from its upper left corner.
    """
    return {
        "id": document.id,
        "filename": document.filename,
        "kind": document.kind.value,
        "title": document.title,
        "dossier": document.dossier,
        "reference": document.reference,
        "asked_on": document.asked_on.isoformat() if document.asked_on else None,
        "answered_on": document.answered_on.isoformat() if document.answered_on else None,
        "ministers": [
            {
                "name": minister.name,
                "office": minister.office,
                "ministry": minister.ministry,
                "on_behalf": minister.on_behalf,
            }
            for minister in document.ministers
        ],
        "askers": [_asker(asker) for asker in document.askers],
        "exchanges": [_exchange(document, exchange, source) for exchange in document.exchanges],
        "notes": [{"marker": note.marker, "text": note.body, "anchor": note.anchor} for note in document.notes],
        "warnings": list(document.warnings),
        "pages": len(document.page_starts) or None,
        "text": document.text,
    }


def _exchange(document: Document, exchange: Exchange, source: Source | None) -> dict[str, object]:
    return {
        "numbers": list(exchange.numbers),
        "askers": [_asker(asker) for asker in exchange.askers],
        "questions": [
            {"number": question.number, **_range(document, question.span, source)} for question in exchange.questions
        ],
        "answer": _range(document, exchange.answer, source) if exchange.answer else None,
        "references": list(exchange.references),
        "confidence": round(exchange.confidence, 3),
        "reasons": list(exchange.reasons),
    }


def _asker(asker: Asker) -> dict[str, object]:
    return {"party": asker.party, "member": asker.member, "as_written": asker.as_written}


def _range(document: Document, span: Span, source: Source | None) -> dict[str, object]:
    excerpts = document.excerpts(span)
    drawn: dict[str, object] = {}
    if source is not None:
        from index.extract.boxes import boxes

        drawn = {"boxes": [asdict(box) for box in boxes(source, excerpts)]}
    return {
        "text": span.of(document.text),
        "start": span.start,
        "end": span.end,
        "page": document.page_of(span.start),
        "source": [asdict(excerpt) for excerpt in excerpts],
        **drawn,
    }
