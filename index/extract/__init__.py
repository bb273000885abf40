"""From a file to its lines: one door per format, one answer for all, and limits on everything."""

from __future__ import annotations

import hashlib
from math import ceil
from pathlib import Path

from index.errors import Cause, Nature, UnreadableFile
from index.extract.plain import decode, lines_of, marked
from index.extract.source import DamagedPdf, Line, Mark, Source

__all__ = ["LARGEST_FILE", "LARGEST_TEXT", "SUFFIXES", "Line", "Mark", "Source", "extract", "is_plain"]

SUFFIXES = frozenset({".txt", ".pdf", ".docx", ".html", ".htm", ".xhtml"})

LARGEST_FILE = 100 * 1024 * 1024
# A thousand pages of text; more is no letter, and would keep the reader busy for longer than a user waits.
LARGEST_TEXT = 3 * 1024 * 1024
MOST_LINES = 60_000


def extract(path: Path, *, rescue: bool = False) -> Source:
    """The lines of a file. Raises `UnreadableFile`, which names the file, the cause and the cure.

    With `rescue` a PDF that pypdf refuses is tried with pypdfium2, which is wise only in a process with limits.
    """
    source = _extract(path, rescue=rescue)
    if len(source.lines) > MOST_LINES:
        raise UnreadableFile(path.name, Cause.TEXT_LINES, lines=len(source.lines), most=MOST_LINES)
    if sum(len(line.text) for line in source.lines) > LARGEST_TEXT:
        raise UnreadableFile(path.name, Cause.TEXT_LARGE, most=LARGEST_TEXT // 2**20)
    return source


def _extract(path: Path, *, rescue: bool) -> Source:
    raw = _bytes(path)
    digest = hashlib.sha256(raw).hexdigest()
    suffix = path.suffix.lower()
    # What a file is counts for more than what it is called.
    if raw.lstrip()[:5] == b"%PDF-":
        return _pdf(raw, path.name, digest, rescue=rescue)
    if suffix == ".pdf":
        raise UnreadableFile(path.name, Cause.NO_PDF, nature=_nature(raw))
    if suffix == ".docx":
        if not raw.startswith(b"PK"):
            raise UnreadableFile(path.name, Cause.NO_WORD, nature=_nature(raw))
        from index.extract.docx import read_docx

        word = read_docx(raw, path.name)
        return Source(
            path.name, digest, tuple(word.lines), aside=tuple(word.aside), title=word.title, notes=tuple(word.notes)
        )
    if suffix not in SUFFIXES:
        if not suffix:
            raise UnreadableFile(path.name, Cause.NO_TYPE)
        raise UnreadableFile(path.name, Cause.UNKNOWN_TYPE, type=suffix)
    if _is_binary(raw):
        raise UnreadableFile(path.name, Cause.NO_TEXT, nature=_nature(raw))
    if suffix in (".html", ".htm", ".xhtml"):
        from index.extract.html import read_html

        page, notes, title = read_html(raw, path.name)
        return Source(path.name, digest, tuple(page), title=title, notes=tuple(notes))
    if len(raw) > LARGEST_TEXT:
        raise UnreadableFile(path.name, Cause.TEXT_LARGE, most=LARGEST_TEXT // 2**20)
    lines, pages = lines_of(decode(raw))
    if not lines:
        raise UnreadableFile(path.name, Cause.TEXT_EMPTY)
    return Source(path.name, digest, tuple(lines), pages)


def is_plain(path: Path) -> bool:
    """Whether a file is text, by its name and its first bytes: safe to read without limits."""
    if path.suffix.lower() != ".txt" or not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" not in file.read(1024)


def _pdf(raw: bytes, name: str, digest: str, *, rescue: bool) -> Source:
    from index.extract.pdf import MOST_PAGES, read_pdf

    try:
        found = read_pdf(raw, name)
    except DamagedPdf:
        if not rescue:
            raise
        from index.extract.pdfium import read_pdfium

        lines, aside, pages = read_pdfium(raw, name, MOST_PAGES)
        if sum(len(line.text.strip()) for line in lines) < 20:
            raise
        return Source(name, digest, tuple(lines), pages, aside=tuple(aside))
    return Source(name, digest, tuple(found.lines), found.pages, aside=tuple(found.aside), title=found.title)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile(path.name, Cause.LARGE, size=ceil(size / 2**20), most=LARGEST_FILE // 2**20)
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, Cause.CLOSED, detail=str(error.strerror)) from error
    if not raw.strip():
        raise UnreadableFile(path.name, Cause.EMPTY)
    return raw


def _is_binary(raw: bytes) -> bool:
    """Control characters that no text has; UTF-16 and UTF-32 announce themselves, and have none either when decoded."""
    if marked(raw):
        return "\x00" in decode(raw[:65_536])
    head = raw[:65_536]
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return b"\x00" in head or control * 50 > len(head)


def _nature(raw: bytes) -> Nature:
    """What a file seems to be, for the message that refuses it."""
    if raw.startswith(b"PK\x03\x04"):
        return Nature.ZIP
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return Nature.OLD_OFFICE
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        return Nature.IMAGE
    if _is_binary(raw):
        return Nature.UNKNOWN
    head = raw[:2048].lstrip().lower()
    is_page = head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head
    return Nature.WEB_PAGE if is_page else Nature.PLAIN_TEXT
