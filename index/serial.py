"""A document as bytes: JSON of its fields as in `index.records`, without spaces."""

from __future__ import annotations

from functools import cache
from typing import Any

from index.records import Document


def dump(document: Document) -> bytes:
    """Documents of the same fields give the same bytes, so that a digest of them tells whether one was changed."""
    import msgspec

    return msgspec.json.encode(document)


def load(content: bytes) -> Document:
    """Raises ValueError where it is no document."""
    try:
        document: Document = _decoder().decode(content)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return document


@cache
def _decoder() -> Any:
    import msgspec

    return msgspec.json.Decoder(Document)
