"""Plain text, or Markdown: lines, empty lines, and pages only where form feeds tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.extract.source import Line

# What Markdown writes around a heading and around bold words: "## Vraag 1", "**Antwoord 1**".
_HEADED = re.compile(r"^\s*#{1,6}\s+(?=\S)")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=\S)\*\*")


def decode(raw: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, or else Windows-1252, as old exports are."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return raw.decode("cp1252", errors="replace")


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
