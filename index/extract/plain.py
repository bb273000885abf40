"""Plain text, or Markdown: lines, empty lines, and pages only where form feeds tell them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from index.extract.source import Line

# What Markdown writes around a heading and around bold words: "## Vraag 1", "**Antwoord 1**".
_HEADED = re.compile(r"^\s*#{1,6}\s+(?=\S)")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=\S)\*\*")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # which begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked(raw: bytes) -> str | None:
    """The encoding that a byte order mark of UTF-16 or UTF-32 tells."""
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)


def decode(raw: bytes) -> str:
    """UTF-16 and UTF-32 with a byte order mark, UTF-8 with or without one, or else Windows-1252, as old exports are."""
    return raw.decode(marked(raw) or unmarked(raw), errors="replace")


def unmarked(raw: bytes) -> str:
    """UTF-8, or Windows-1252 where more signs are broken than whole as that: a stray byte spoils no letter."""
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return "utf-8-sig" if broken <= whole else "cp1252"


def lines_of(text: str) -> tuple[list[Line], int]:
    """The lines of a text that are not empty, and its number of pages (0 without form feeds)."""
    leaves = text.split("\f")
    if leaves and not leaves[-1].strip():
        leaves.pop()
    paged = len(leaves) > 1 or text.rstrip(" \t\r\n").endswith("\f")
    lines = list(_numbered(leaves, paged))
    return lines, len(leaves) if paged else 0


def _numbered(leaves: list[str], paged: bool) -> Iterator[Line]:
    for number, leaf in enumerate(leaves, start=1):
        gap = False
        for written in leaf.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n"):
            if written.strip():
                yield Line(_unmarked(written).rstrip(), page=number if paged else None, gap=gap)
                gap = False
            else:
                gap = True


def _unmarked(written: str) -> str:
    return _BOLD.sub(r"\1", _HEADED.sub("", written, count=1))
