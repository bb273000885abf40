"""Kamervragen: questions of one or more members, and the minister's answers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.parse.answers_apart import answers_apart
from index.parse.headings import Heading, Sort
from index.parse.letter import Draft, Letter, Reading, Stretch, whole
from index.parse.numbered import announces, read_numbered
from index.parse.rows import read_rows
from index.records import Kind

KIND = Kind.KAMERVRAGEN
# A line of a debate's report, which says who speaks.
_SPEAKS = re.compile(r"(?:De\s+voorzitter|(?:De\s+heer|Mevrouw)\s[^.?!:]{2,50}\([^()]{2,40}\))\s*:")
# Nobody asks so, whatever a minister asks himself behind it: "Ja. Waarom nu? Omdat …".
_REPLIES = re.compile(r"(?:Ja|Neen?)[.,;]\s")


def evidence(letter: Letter) -> float:
    """A heading that names members and whom they ask, or who answers; a little, the order alone."""
    opening = letter.opening
    sorts = {heading.sort for heading in letter.headings}
    return (
        0.25 * (Sort.QUESTION in sorts and Sort.ANSWER in sorts)
        + 0.4 * bool(letter.askers or any(asker.member for heading in letter.headings for asker in heading.askers))
        + 0.3 * bool(re.search(r"\bingezonden\b|\bKamervragen\b|\b20\d\dZ\d{5}\b", opening))
        + 0.4 * bool(re.search(r"\bAntwoord(?:en)? van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)", opening))
        + 0.3 * bool(re.search(r"Vragen gesteld door de leden der Kamer|\bAH \d", opening))
    )


def read(letter: Letter) -> Reading:
    """Numbered questions, or the rows of a table; where the numbers were lost, what asks counts as the next one."""
    headings = letter.headings
    if apart := answers_apart(letter.lines, headings, letter.year):
        reading = read_numbered(letter, _own(letter, apart.headings))
        return reading if apart.by_number else _for_all(reading)
    if first := next((heading for heading in headings if heading.sort is Sort.QUESTION), None):
        if not first.explicit and not any(heading.sort is Sort.ANSWER for heading in headings):
            # Behind several questions the first number is that of a page.
            counted = _counted(letter, headings)
            if sum(draft.questions[0][1].first < first.at for draft in counted.drafts) > 1:
                return counted
        return read_numbered(letter, _own(letter, headings))
    if answers := [heading for heading in headings if heading.sort is Sort.ANSWER]:
        counted = read_counted(letter, _own(letter, headings))
        # A letter may send the answers alone.
        alone = all(heading.numbers for heading in answers) and not _asks(letter, counted.drafts)
        return read_numbered(letter, _own(letter, headings)) if alone else counted
    if rows := read_rows(letter):
        return replace(rows, drafts=tuple(replace(draft, askers=letter.askers) for draft in rows.drafts))
    return _counted(letter, headings)


def _for_all(reading: Reading) -> Reading:
    """The reading where one answer to several questions is doubted: which part of it answers which is not known."""
    reason = ("een reactie voor alles",)
    drafts = (replace(draft, reasons=draft.reasons + reason * bool(draft.answer)) for draft in reading.drafts)
    return replace(reading, drafts=tuple(drafts))


def _own(letter: Letter, headings: Sequence[Heading]) -> list[Heading]:
    """Without headings of fracties: in Kamervragen only members ask, those too whose party a heading does not give."""
    return [
        heading
        for heading in headings
        if heading.sort is not Sort.PARTY
        or not (letter.askers and heading.askers)
        or any(asker.member for asker in heading.askers)
    ]


def read_counted(letter: Letter, headings: Sequence[Heading]) -> Reading:
    """Questions whose numbers were lost, with answers that are marked: what asks right before each marker."""
    drafts: list[Draft] = []
    answered = next((heading.at for heading in headings if heading.sort is Sort.ANSWER), 0)
    # The letter that sends the answers ends before them.
    closed = (heading.at + 1 for heading in headings if heading.sort is Sort.CLOSE and heading.at < answered)
    start = max(_behind_the_opening(letter, headings), *closed, 0)
    number = 0
    markers = [heading for heading in headings if heading.sort in (Sort.ANSWER, Sort.CLOSE) and heading.at >= start]
    if not markers:
        return Reading(())
    ends = [heading.at for heading in markers[1:]] + [len(letter.lines)]
    named = [heading for heading in headings if heading.sort is Sort.PARTY and heading.at + heading.length >= start]
    asked = _asking(letter, start, markers[0].at)
    for place, (heading, end) in enumerate(zip(markers, ends, strict=True)):
        if heading.sort is Sort.CLOSE:
            break
        following = place + 1 < len(markers) and markers[place + 1].sort is Sort.ANSWER
        next_asked = _asking(letter, heading.at + 1, end) if following else []
        border = next_asked[0][0] if next_asked else end
        border = next((own.at for own in named if heading.at < own.at < border == own.at + own.length), border)
        answer = whole(heading.at + 1, border)
        if asked:
            numbers = heading.numbers or tuple(range(number + 1, number + 2))
            number = max(number, *numbers)
            # "Vraag van het lid Dijk (SP)" stands above each question of his, or above the first.
            above = next((own for own in reversed(named) if own.at < heading.at), None)
            first = max(asked[0][0], above.at + above.length) if above else asked[0][0]
            askers = above.askers if above else letter.askers
            question = (numbers[0], Stretch(min(first, asked[-1][1] - 1), asked[-1][1]))
            drafts.append(Draft(numbers, askers, (question,), answer, ("nummer geteld",)))
        asked = next_asked
    return Reading(tuple(drafts), frozenset(heading.at for heading in headings))


def _asks(letter: Letter, drafts: Sequence[Draft]) -> bool:
    """Whether any of the questions has a question mark."""
    questions = (stretch for draft in drafts for _, stretch in draft.questions)
    return any("?" in letter.words(stretch.first, stretch.beyond) for stretch in questions)


def _behind_the_opening(letter: Letter, headings: Sequence[Heading]) -> int:
    """The line after those that only name who asks or answers, and how the document is filed."""
    answered = next((heading.at for heading in headings if heading.sort is Sort.ANSWER), len(letter.lines))
    for at in range(min(40, answered), 0, -1):
        if re.search(
            r"\(?(?:ingezonden|ontvangen)\b|\bZie ook Aanhangsel\b|\b[Vv]ragen\s+van\b", letter.lines[at - 1].text
        ):
            return at
    return 0


def _asking(letter: Letter, first: int, beyond: int) -> list[tuple[int, int]]:
    """The last paragraphs of a stretch that ask: the one at its end, and those before it as long as they ask too."""
    paragraphs = _paragraphs(letter, first, beyond)
    count = 0
    for start, end in reversed(paragraphs):
        if count and "?" not in letter.words(start, end):
            break
        count += 1
    return paragraphs[len(paragraphs) - count :]


def _paragraphs(letter: Letter, first: int, beyond: int) -> list[tuple[int, int]]:
    """Paragraphs as empty lines part them, where they do: a list belongs to the question that it stands in."""
    gaps = sum(line.gap for line in letter.lines[first:beyond])
    if gaps * 3 < beyond - first:
        return letter.paragraphs(first, beyond)
    starts = [line for line in range(first, beyond) if line == first or letter.lines[line].gap]
    return list(zip(starts, [*starts[1:], beyond], strict=False))


def _counted(letter: Letter, headings: Sequence[Heading]) -> Reading:
    """Questions whose automatic numbers did not come along: the paragraphs behind the heading that ask something.

    In a letter that sends answers, those behind them reply.
    """
    start = next(
        (
            at + 1
            for at, line in enumerate(letter.lines[:40])
            if re.search(r"\bvragen\s+(?:van|door)\s+(?:(?:het|de)\s+)?(?:leden|lid)\b", line.text, re.I)
        ),
        None,
    )
    spoken = sum(_SPEAKS.match(line.text) is not None for line in letter.lines)
    if start is None or "ondelinge vragen" in letter.opening or spoken > 1:
        return Reading(())
    end = next(
        (heading.at for heading in headings if heading.sort is Sort.CLOSE and heading.at > start), len(letter.lines)
    )
    replied = announces(letter, headings)
    drafts: list[Draft] = []
    for first, beyond in _paragraphs(letter, start, end):
        words = letter.words(first, beyond)
        last = drafts[-1] if drafts else None
        listed = re.match(r"[–-]|[a-z][.)]?\s", words)
        if last and listed and not last.answer:
            # An item of a list goes on with the question before it; "Zo ja, …" may be the next one by itself.
            (number, stretch) = last.questions[0]
            drafts[-1] = replace(last, questions=((number, replace(stretch, beyond=beyond)),))
        elif last and replied and (listed or "?" not in words or _REPLIES.match(words)):
            reply = replace(last.answer or Stretch(first, beyond), beyond=beyond)
            drafts[-1] = replace(last, answer=reply, reasons=("nummer geteld", "antwoord zonder kop"))
        elif "?" in words:
            number = len(drafts) + 1
            question = (number, Stretch(first, beyond))
            drafts.append(Draft((number,), letter.askers, (question,), None, ("nummer geteld",)))
    return Reading(tuple(drafts), frozenset(heading.at for heading in headings))
