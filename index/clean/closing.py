"""Lines after which nothing belongs to the answer before them."""

from __future__ import annotations

import re

# A remark of the Kamer's, a message of delay, an appendix, the marks of whatever made the text.
_CLOSING = re.compile(
    r"Toelichting\s*:.*|Mededeling|[=_*~]{3,}(?:[^=_*~]{1,60}[=_*~]{3,})?|<[A-Z]+\b[^>]{0,20}>.*|Bijlagen?\s*:?"
    r"|Hoogachtend,?|Met vriendelijke groet,?",
    re.DOTALL,
)


def closes(text: str) -> bool:
    """Whether a line ends the answer before it."""
    return _CLOSING.fullmatch(text) is not None
