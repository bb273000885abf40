"""Questions in a table whose rows are lines: "1 Waarom …? 12 Omdat …" below "Nr Vraag Blz. Antwoord"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from index.parse.headings import Sort
from index.parse.letter import Draft, Letter, Reading, Stretch
from index.parse.numbered import gaps

HEADER = re.compile(r"Nr\.?\s+Vra(?:ag|gen)\b.*", re.IGNORECASE)
_PAGE_COLUMN = re.compile(r"\b(?:Bijlage|Blz|Pagina)\b", re.IGNORECASE)
_CAPITAL = r"[«“‘\"'(]?[A-ZÀ-Ý]"
_ROW = re.compile(rf"(\d{{1,3}})\s+(?={_CAPITAL})")
# A row ends in a sentence, or in the page that its question is about.
_ENDED = re.compile(r"[.?!][)\]»”’\"']*$|\s\d{1,4}$")
_PAGES = r"\s+\d{1,4}(?:(?:\s+|\s*(?:t/m|[-–])\s*)\d{1,4}){0,2}"
_CLOSED = re.compile(rf"([.?!])[)\]»”’\"']*(?={_PAGES}(?:\s+{_CAPITAL}|\s*$))")
_BEFORE_ANSWER = re.compile(rf"(?:{_PAGES})?\s*(?={_CAPITAL}|$)")
# Nothing but questions: where one asks again behind what does not ask, nothing tells which words reply.
_ASKED = re.compile(r"[^?]*\?(?:\s+[^.?!]*\?)*[)\]»”’\"']*(?=[^?]*$)")
_ASKS_ON = re.compile(r"\s*(?:Graag|Gaarne|Zo ja|Zo nee|Zo niet|Indien|Kunt u|Kan de|Waarom|En|Of)\b")
# How many rows may be lost between two.
_MOST_LOST = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a row; its words begin at `start` of the first. Doubted where it may hold rows that were lost."""

    number: int
    first: int
    start: int
    beyond: int
    doubted: bool = False


def read_rows(letter: Letter) -> Reading | None:
    """A question, and where the table has answers an answer, of each row; None where there is no such table.

    A row in which nothing tells where the question ends is left out, as is a table without a column for the answers
    that the letter speaks of.
    """
    header = next((at for at, line in enumerate(letter.lines) if HEADER.fullmatch(line.text)), None)
    if header is None:
        return None
    columns = letter.lines[header].text
    answered = "antwoord" in columns.casefold()
    if not answered and "antwoord" in letter.words(0, header).casefold():
        return None
    rows = _rows(letter, header)
    read = (_draft(letter, row, answered, _PAGE_COLUMN.search(columns) is not None) for row in rows if not row.doubted)
    drafts = tuple(draft for draft in read if draft)
    if len(drafts) < 2:
        return None
    alone = {header, *(at for row in rows for at in range(row.first, row.beyond))}
    wrapped = {at for row in rows for at in range(row.first + 1, row.beyond) if not letter.lines[at].gap}
    return Reading(drafts, frozenset(alone), tuple(gaps(drafts)), frozenset(wrapped))


def _rows(letter: Letter, header: int) -> list[_Row]:
    """The rows that count up from 1, each behind one that has ended."""
    end = next((h.at for h in letter.headings if h.sort is Sort.CLOSE and h.at > header), len(letter.lines))
    starts: list[tuple[int, int, int]] = []
    for at in range(header + 1, end):
        match = _ROW.match(letter.lines[at].text)
        last = starts[-1][0] if starts else 0
        ended = not starts or _ENDED.search(letter.lines[at - 1].text)
        if match and ended and last < int(match[1]) <= last + 1 + _MOST_LOST * bool(starts):
            starts.append((int(match[1]), at, match.end()))
    rows = [
        _Row(number, at, start, following[1], following[0] != number + 1)
        for (number, at, start), following in pairwise(starts)
    ]
    if starts:
        number, at, start = starts[-1]
        # What stands behind the table is not in it.
        parted = any(letter.lines[line].gap for row in rows for line in range(row.first + 1, row.beyond))
        beyond = next((line for line in range(at + 1, end) if letter.lines[line].gap and not parted), end)
        rows.append(_Row(number, at, start, beyond))
    return rows


def _draft(letter: Letter, row: _Row, answered: bool, paged: bool) -> Draft | None:
    """The exchange of a row; None where nothing tells where its question ends."""
    words = letter.words(row.first, row.beyond)[row.start :]
    ends = _question_end(words, answered, paged)
    if ends is None:
        return None
    questions = ((row.number, _stretch(letter, row, 0, ends)),)
    before = _BEFORE_ANSWER.match(words, ends) if paged else None
    begins = before.end() if before else ends
    if not answered or not words[begins:].strip():
        return Draft((row.number,), (), questions, None)
    return Draft((row.number,), (), questions, _stretch(letter, row, begins, len(words)), ("antwoord zonder kop",))


def _question_end(words: str, answered: bool, paged: bool) -> int | None:
    """Where the question of a row ends: before the pages that it is about, or with its question marks."""
    closed = list(_CLOSED.finditer(words)) if paged else []
    if not answered:
        return closed[-1].end() if closed else len(words)
    asking = [match for match in closed if match[1] == "?"]
    for found in (closed, asking):
        if len(found) == 1:
            return found[0].end()
    asked = None if closed else _ASKED.match(words)
    return asked.end() if asked and not _ASKS_ON.match(words, asked.end()) else None


def _stretch(letter: Letter, row: _Row, start: int, end: int) -> Stretch:
    """A range of a row's words as a stretch of its lines."""
    first, at = _place(letter, row, start)
    last, until = _place(letter, row, end)
    return Stretch(first, last + 1, at, until)


def _place(letter: Letter, row: _Row, position: int) -> tuple[int, int]:
    """The line, and the place in it, of a position in a row's words."""
    at = position + row.start
    for line in range(row.first, row.beyond - 1):
        length = len(letter.lines[line].text)
        if at <= length:
            return line, at
        at -= length + 1
    return row.beyond - 1, at
