"""Where Dutch sentences begin and end, as ranges of a document's text."""

from __future__ import annotations

import re

from index.records import Span

# Government prose, as it is written in letters to parliament. Behind these what they belong to still comes, also with a
# capital: "o.a. Duitsland", "Zr.Ms. Orka", "nr. 5".
_LEADING = frozenset(
    "a.d. aanh. art. artt. b.v. bijv. blz. bv. c.q. ca. cq. d.d. d.m.v. d.w.z. dd. dhr. doc. dr. drs. ds. e.v. evt. "
    "excl. fig. hfst. hr. hr.ms. i.c. i.h.b. i.p.v. i.s.m. i.v.m. incl. ing. inz. ir. jhr. jo. m.a.w. m.b.t. m.i. "
    "m.i.v. m.n. m.u.v. max. mevr. min. mr. ms. mw. n.a.v. nl. no. nr. nrs. o.a. o.b.v. o.g.v. o.l.v. o.m. p. pag. "
    "par. plm. pp. prof. resp. st. stb. stcrt. t.a.v. t.b.v. t.g.v. t.m. t.n.v. t.o.v. t.w. tel. trb. vgl. vlg. vs. "
    "w.o. z.g. zg. zgn. zr. zr.ms.".split()
)
# These may close a sentence, and a capital that follows decides: in the answers of 1995 to 2010 it opened one in nine
# cases of ten, behind "mln." and "jl." too. A bracket, a number or a currency goes on with the sentence.
_CLOSING = frozenset("a.s. c.a. c.s. e.a. e.d. e.o. enz. etc. j.l. jl. jr. mld. mln. n.v.t. s.v.p. sr. z.s.m.".split())
_TITLES = re.compile(r"(?:(?:prof|dr|drs|mr|ir|ing|jhr)\.){2,}")
_CURRENCY = re.compile(r"\s+(?:Euro|EUR|Dollar|USD|Gulden|NLG|DM)\b")
# Words as others are, but for a number behind them: "14 okt. 2024".
_MONTHS = frozenset("jan. feb. febr. mrt. apr. jun. jul. aug. sep. sept. okt. nov. dec.".split())
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
    written = before[-1].lstrip("([\"'“‘«") + "." if before else "."
    word = written.lower()
    if re.fullmatch(r"(?:[A-Z]\.)+", written) or _TITLES.fullmatch(word):
        return False
    if word in _MONTHS:
        return not following[:1].isdigit()
    # In capitals it is short for something else: "MW." are megawatts.
    if word in _CLOSING or (word in _LEADING and re.fullmatch(r"[A-Z]{2,}\.", written)):
        return following[:1].isupper() and not after.startswith("(") and not _CURRENCY.match(text, end, limit)
    return word not in _LEADING


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))
