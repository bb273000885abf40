"""A document as JSON: what `python -m index parse FILE --json` prints."""

from __future__ import annotations

from index.records import Asker, Document, Exchange, Span


def document_json(document: Document) -> dict[str, object]:
    """Everything that was read. `start` and `end` are a half-open range of `text`; dates are ISO 8601; pages from 1."""
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
        "exchanges": [_exchange(document, exchange) for exchange in document.exchanges],
        "notes": [{"marker": note.marker, "text": note.body, "anchor": note.anchor} for note in document.notes],
        "warnings": list(document.warnings),
        "pages": len(document.page_starts) or None,
        "text": document.text,
    }


def _exchange(document: Document, exchange: Exchange) -> dict[str, object]:
    return {
        "numbers": list(exchange.numbers),
        "askers": [_asker(asker) for asker in exchange.askers],
        "questions": [
            {"number": question.number, **_range(document, question.span)} for question in exchange.questions
        ],
        "answer": _range(document, exchange.answer) if exchange.answer else None,
        "references": list(exchange.references),
        "confidence": round(exchange.confidence, 3),
        "reasons": list(exchange.reasons),
    }


def _asker(asker: Asker) -> dict[str, object]:
    return {"party": asker.party, "member": asker.member, "as_written": asker.as_written}


def _range(document: Document, span: Span) -> dict[str, object]:
    return {
        "text": span.of(document.text),
        "start": span.start,
        "end": span.end,
        "page": document.page_of(span.start),
    }
