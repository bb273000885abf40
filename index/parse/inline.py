"""Headings that share their line with text ("Vraag 1: Kunt u …", "1. Kunt u …") get a line of their own."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from index.clean.closing import salutes
from index.extract.source import Line
from index.parse.asking import NUMBERED_REPLIES, begins_asking, heads_replies
from index.parse.headings import (
    NUMBERS,
    answer_at,
    bare_number_at,
    begun,
    bracket_length,
    goes_on_with,
    heading_length,
    inline_at,
    is_later,
    numbers_of,
    party_at,
    question_at,
)
from index.parse.labels import fracties, points, short_labels, where_most_ask
from index.parse.rows import HEADER

_REQUEST = re.compile(r"(?:Kunt u|Geef|Graag|Gaarne)\b")

_LABEL = r"(?:Vraag\s|Antwoord\s|Antw\.\s|[VA])\d{1,3}\b"
_LABELLED = re.compile(_LABEL)
# Before a label that stands behind a question or, where it has a number, behind a sentence.
_BEHIND = re.compile(rf"(?<=\?)\s(?=(?:Antwoord|Antw\.|A)\s?:\s)|(?<=[.?!])\s(?=(?P<label>{_LABEL})\s?[.:]\s)")

# Characters: a longer line is no paragraph.
_LONGEST = 20_000

# How many lines a list takes at most, with what stands between it and the next answer.
_LIST_REACH = 120

# A number without a sign behind it, or in brackets.
_LOOSE = re.compile(rf"({NUMBERS})\s+(?=[«“‘\"']?[A-ZÀ-Ý])")
_ASKED = re.compile(r"\?[)\]»”’\"'\d, ]*$")

_Item = tuple[int, re.Match[str]]
"""A line that begins with a number, and the match of it."""


def parted(unparted: Sequence[Line]) -> Iterator[Line]:
    """Give a heading that shares its line with text ("Vraag 1: Kunt u …", "1. Kunt u …") a line of its own."""
    leading = {match[0] for line in unparted if (match := _LABELLED.match(line.text))}
    lines = [part for line in unparted for part in _one_label_each(line, leading)]
    labels = short_labels(lines) | points(lines)
    inline = (
        (_counted_inline(lines) or _counted_loosely(lines))
        | {at: label.length for at, label in labels.items()}
        | fracties(lines)
    )
    brackets = where_most_ask(lines, {at: cut for at, line in enumerate(lines) if (cut := bracket_length(line.text))})
    for index, line in enumerate(lines):
        cut = brackets.get(index) or inline.get(index) or heading_length(line.text)
        if not 0 < cut < len(line.text):
            yield line
            continue
        head, rest = _cut(line, cut)
        yield head
        # "2. Vraag van het lid Dijk (SP): Hoe …?"
        label = heading_length(rest.text) if index in inline else 0
        yield from _cut(rest, label) if label else (rest,)


def _cut(line: Line, cut: int) -> tuple[Line, Line]:
    """The two parts of a line, each with its marks."""
    head = line.part(0, cut)
    rest = line.part(cut)
    moved = len(line.text) - len(rest.text)
    before = tuple(mark for mark in line.marks if mark.at <= len(head.text))
    behind = tuple(replace(mark, at=mark.at - moved) for mark in line.marks if mark.at > len(head.text))
    return replace(head, marks=before), replace(rest, gap=False, marks=behind)


def _one_label_each(line: Line, leading: Container[str]) -> list[Line]:
    """The line, cut before each label behind a question or an answer: "Vraag 1: Wie? Antwoord 1: Hij. Vraag 2: …".

    A label that leads another line is only cited there.
    """
    found = _BEHIND.finditer(line.text) if len(line.text) <= _LONGEST else ()
    labels = [label for label in found if label["label"] not in leading]
    parts: list[Line] = []
    for cut in [label.end() for label in labels if not _is_quoted(line.text[: label.start()])][::-1]:
        line, part = _cut(line, cut)
        parts.append(part)
    return [line, *reversed(parts)]


def _is_quoted(before: str) -> bool:
    """Whether a quotation is open behind the beginning of a line."""
    return before.count("«") > before.count("»") or before.count("“") > before.count("”")


def _counted_inline(lines: Sequence[Line]) -> dict[int, int]:
    """Lines that begin with a question's number ("3. Deelt u …"), with that number's length.

    They are questions' numbers when no question names itself, when they count up from 1 (and again from 1 under the
    next party), and when each of them asks, or has an answer before the next. Lists in an answer have none of this.
    """
    named = sum(question_at(line.text) is not None for line in lines)
    if named >= 2:
        return {}
    found = [(index, match) for index, line in enumerate(lines) if (match := inline_at(line.text))]
    replies_at = _reply_part(lines, found) if _begins_twice(found) else None
    row = _counting_up(lines, found, replies_at)
    # The numbers of a part that replies are those that it replies to, and what stands behind them asks nothing.
    replied = [item for item in row if replies_at is not None and item[0] > replies_at]
    row = row[: len(row) - len(replied)]
    if _all_numbers(replied) != _all_numbers(row):
        replied = []
    bare = sum(bare_number_at(line.text) is not None for line in lines)
    if not row or bare >= len(row):
        return {}
    end = len(lines) if replies_at is None else replies_at
    # Prose has lists too, behind a colon; and where all replies stand apart it is read by party.
    before = lines[row[0][0] - 1].text if row[0][0] else ""
    prose = not before.endswith(":") and (bool(replied) or not any(heads_replies(line.text) for line in lines))
    if not _asks(lines, row, end, prose=prose, named=named > 0):
        return {}
    return {index: match.start("rest") for index, match in (*row, *replied)}


def _counted_loosely(lines: Sequence[Line]) -> dict[int, int]:
    """The same of "3 Deelt u …?" and "(3) Deelt u …?".

    Behind nearly all such numbers is a question that ends its line, and they count no rows of a table.
    """
    if any(HEADER.fullmatch(line.text) for line in lines):
        return {}
    loose = [_LOOSE.match(line.text) for line in lines]
    signed = [
        replace(line, text=f"{re.sub('[()]', '', match[1])}. {line.text[match.end() :]}") if match else line
        for line, match in zip(lines, loose, strict=True)
    ]
    found = _counted_inline(signed)
    asking = 0
    for first, beyond in pairwise([*found, len(lines)]):
        asked = takewhile(lambda line: begun(line.text, answer_at) is None, lines[first:beyond])
        asking += any(_ASKED.search(line.text) for line in asked)
    if asking < 2 or asking * 5 < len(found) * 4:
        return {}
    return {at: length + len(lines[at].text) - len(signed[at].text) for at, length in found.items()}


def _begins_twice(found: Sequence[_Item]) -> bool:
    """Whether there is more than one "1.": only then it matters where a party's questions, or another letter, begin."""
    return [match["first"] for _, match in found].count("1") >= 2


def _counting_up(lines: Sequence[Line], found: Sequence[_Item], replies_at: int | None) -> list[_Item]:
    """Of the numbers found those that count up from 1, and from 1 again where others begin to ask or to reply."""
    anew = (at for at, line in enumerate(lines) if salutes(line.text) or party_at(lines, at, None) is not None)
    parties = list(anew) if _begins_twice(found) else []
    if replies_at is not None:
        insort(parties, replies_at)
    firsts = {match["first"] for _, match in found}
    marked = len(firsts) == len(found) or any(answer_at(line.text) is not None for line in lines)
    row: list[_Item] = []
    counted: set[int] = set()
    for place, (index, match) in enumerate(found):
        numbers = numbers_of(match[1])
        # Behind the heading of replies only what goes on from a line that was passed over counts a list.
        listed = replies_at is None or index < replies_at or (row[-1:] != found[place - 1 : place] and numbers != (1,))
        if not numbers or (_is_topic(lines, index) and not _is_between(lines, found, place)):
            continue
        if listed and _comes_again(lines, index, match["first"], parties, marked=marked):
            continue
        highest = max(counted, default=0)
        # A joint number may have passed over some ("2, 4 en 5."), which come later.
        passed = next((number for number in range(1, highest) if number not in counted), highest + 1)
        if is_later(match["first"]):
            if row and goes_on_with(match["first"], row[-1][1]["first"]):
                row.append((index, match))
            continue
        if numbers[0] in (passed, highest + 1):
            counted.update(numbers)
        elif numbers[0] == 1 and _between(parties, row[-1][0], index) and not _goes_on(lines, index, highest + 1):
            counted = set(numbers)
        else:
            continue
        row.append((index, match))
    return row


def _is_between(lines: Sequence[Line], found: Sequence[_Item], place: int) -> bool:
    """Whether a number before a short title is a question's: between two others, and answered before the next."""
    if not 0 < place < len(found) - 1:
        return False
    (before, above), (at, own), (beyond, below) = found[place - 1 : place + 2]
    numbers = [number for match in (above, own, below) for number in numbers_of(match[1])]
    answers = sum(begun(line.text, answer_at) is not None for line in lines[at:beyond])
    titled = _is_topic(lines, before) or _is_topic(lines, beyond)
    return answers == 1 and not titled and [number - numbers[0] for number in numbers] == [0, 1, 2]


def _asks(lines: Sequence[Line], row: Sequence[_Item], end: int, *, prose: bool, named: bool) -> bool:
    """Whether nearly all of the numbers, the last up to line `end`, ask something or are answered before the next.

    A number alone must have its answer near.
    """
    markers = [(index, begun(line.text, answer_at)) for index, line in enumerate(lines)]
    first = next((index for index, numbers in markers if numbers in ((), (1,))), -1)
    if len(row) == 1 and not row[0][0] < first <= row[0][0] + 40:
        return False
    answered = [index for index, numbers in markers if numbers is not None]
    # Under "Vraag 1" numbers count the items of that question, and behind an answer's marker those of the answer.
    answering = {} if named else {number: index for index, numbers in markers for number in numbers or ()}
    asking = sum(
        _between(answered, index, beyond)
        or all(answering.get(number, -1) > index for number in numbers_of(match[1]))
        or "?" in "".join(line.text for line in lines[index:beyond])
        or _requests(match["rest"])
        or (prose and begins_asking(match["rest"]))
        for (index, match), beyond in zip(row, [*(index for index, _ in row[1:]), end], strict=True)
    )
    return asking * 5 >= len(row) * 4


def _all_numbers(row: Sequence[_Item]) -> list[int]:
    return sorted(number for _, match in row for number in numbers_of(match[1]))


def _reply_part(lines: Sequence[Line], found: Sequence[_Item]) -> int | None:
    """The heading of a part that replies, with numbers before and behind it.

    It says so ("II Antwoord van de Minister"), or is the only "Antwoord", with the same numbers on both sides.
    """
    between = range(found[0][0], found[-1][0])
    heads = (at for at in between if NUMBERED_REPLIES.fullmatch(lines[at].text) and heads_replies(lines[at].text))
    if (head := next(heads, None)) is not None:
        return head
    markers = [at for at, line in enumerate(lines) if answer_at(line.text) is not None]
    asked = _all_numbers([item for item in found if item[0] < markers[0]]) if len(markers) == 1 else []
    return markers[0] if len(asked) >= 2 and asked == _all_numbers([i for i in found if i[0] > markers[0]]) else None


def _comes_again(lines: Sequence[Line], index: int, number: str, parties: Sequence[int], *, marked: bool) -> bool:
    """Whether the same number stands once more before the next answer: then this one counts a list in an answer.

    Under the next party's heading it does not, where that party counts its own from 1. Where no answer is `marked`, one
    that asks something is a question all the same.
    """
    item = True
    rest = lines[index].text.partition(" ")[2]
    asks = not marked and ("?" in rest or _requests(rest) or begins_asking(rest))
    anew = False
    for at, line in enumerate(lines[index + 1 : index + _LIST_REACH], index + 1):
        if answer_at(line.text) is not None:
            return False
        again = inline_at(line.text)
        item = item and again is None
        asks = asks or (not marked and item and "?" in line.text)
        anew = anew or (again is not None and again["first"] == "1" and _between(parties, index, at))
        if again and again["first"] == number:
            return not asks and not anew
    return False


def _requests(text: str) -> bool:
    """Whether what needs no question mark asks: "Geef een overzicht"."""
    return _REQUEST.match(text) is not None


def _between(parties: Sequence[int], first: int, beyond: int) -> bool:
    """Whether one of the parties' headings, given by line, stands between two lines."""
    return bisect_left(parties, beyond) > bisect_left(parties, first)


def _goes_on(lines: Sequence[Line], index: int, number: int) -> bool:
    """Whether, after a list that begins at `index`, a question with that number follows before the next answer."""
    item = 1
    for line in lines[index + 1 : index + _LIST_REACH]:
        if answer_at(line.text) is not None:
            return False
        match = inline_at(line.text)
        numbers = numbers_of(match[1]) if match else ()
        if numbers and numbers[0] == item + 1:
            item = numbers[-1]
        elif numbers and numbers[0] == number:
            return True
    return False


def _is_topic(lines: Sequence[Line], index: int) -> bool:
    """Whether a numbered line is the title of a section ("2. Uitvoering"): short, no sentence, apart from the text."""
    text = lines[index].text
    following = lines[index + 1] if index + 1 < len(lines) else None
    apart = following is None or following.gap or (len(text) <= 34 and following.text[:1].isupper())
    return len(text) <= 80 and not re.search(r"[.?!:;,](?:\s\([^()]+\))?[)»”’\d\], ]*$", text) and apart
