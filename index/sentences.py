"""Where Dutch sentences begin and end, as ranges of a document's text."""

from __future__ import annotations

import re

from index.records import Span

# A full stop after one of these is part of the word. Government prose, as it is written in letters to parliament.
_ABBREVIATIONS = frozenset(
    "a.d. art. bijv. blz. bv. c.a. c.q. c.s. ca. d.d. d.m.v. d.w.z. dhr. dr. drs. e.a. e.d. e.v. enz. etc. evt. "
    "excl. fig. i.c. i.h.b. i.p.v. i.v.m. incl. ing. inz. ir. jhr. jl. jr. m.a.w. m.b.t. m.i. m.i.v. m.n. m.u.v. "
    "max. mevr. min. mr. mw. n.a.v. n.v.t. nl. no. nr. nrs. o.a. o.b.v. o.g.v. o.l.v. p. pag. par. prof. resp. "
    "s.v.p. sr. st. t.a.v. t.b.v. t.g.v. t.m. t.n.v. t.o.v. t.w. tel. vgl. vlg. vs. w.o. z.g. z.s.m.".split()
)
_END = re.compile(r"[.!?…][)\]\"'”’»]*(?=\s)|\n\n+")
_OPENING = "([\"'“‘«–-•"


def sentences(text: str, span: Span) -> list[Span]:
    """Split a span into sentences, in order. They leave out the white space between them and overlap nowhere."""
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if match.group().isspace():
            end = match.start()
        else:
            end = match.end()
            if not _ends_sentence(text, start, match.start(), end, span.end):
                continue
        _append(found, text, start, end)
        start = match.end()
    _append(found, text, start, span.end)
    return found


def _ends_sentence(text: str, start: int, stop: int, end: int, limit: int) -> bool:
    after = text[end : min(end + 8, limit)].lstrip()
    following = after.lstrip(_OPENING)
    if following and following[0].islower():
        return False
    if text[stop] != ".":
        return True
    before = text[max(start, stop - 12) : stop].split()
    word = before[-1].lstrip("([\"'“‘") + "." if before else "."
    if word.lower() in _ABBREVIATIONS:
        # "c.s." closes a sentence as often as not: the capital that follows decides; not so for "nr. 5".
        return word.count(".") > 1 and bool(following) and following[0].isupper() and not after.startswith("(")
    return not re.fullmatch(r"(?:[A-Z]\.)+", word)


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
