"""Numbered questions with marked answers: the order that most families share.

A line that holds only a number may be a question's number, a page's, or a footnote's. It is a question's when the
numbers count up, text follows, and an answer marker comes before the next number; of the ways to choose, the best is
taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.clean.closing import closes, next_letters, salutes
from index.extract.source import Line
from index.extract.tables import columns
from index.parse.asking import VERB, begins_asking
from index.parse.headings import (
    Heading,
    Sort,
    answer_at,
    bare_number_at,
    bracketed,
    bracketed_by_others,
    goes_on_with,
    is_later,
    part_at,
    party_at,
    question_at,
    says_who_answers,
)
from index.parse.labels import points, short_labels
from index.parse.letter import Draft, Letter, Reading, Stretch, ends_sentence, spoken, whole
from index.parse.people import members_in, office_line
from index.parse.split import by_number
from index.records import Asker

# How far back the choice of the next number looks; more rivals than this in a row are noise, and the cost stays linear.
_LOOK_BACK = 60
# The head of a document that answers, so that text behind a question is its answer also where nothing marks it.
_ANSWERS_ANNOUNCED = re.compile(
    r"\b[Aa]ntwoord(?:en)?\s+van\s+(?:de\s+)?(?:[Mm]inister|[Ss]taatssecretaris)|\bAH\s\d|\(ontvangen\b"
    r"|\b(?:[Hh]ierbij|[Hh]iermee|[Bb]ijgaand)\s+(?:(?:zend|stuur|bied|doe|geef|ontvangt|treft)\b[^.]{0,80}\b(?:be)?antwoord|beantwoord\b|de\s(?:be)?antwoord)"
    r"|\bworden\s+beantwoord\s+zoals\b"
)
_ANSWERS_TITLED = re.compile(
    r"(?:(?:Betreft|Onderwerp)\s*:?\s+)?(?:Antwoord(?:en)?\s+op|Beantwoording(?:\s+van)?)\s+(?:de\s+)?(?:schriftelijke\s+)?"
    r"(?:[Kk]amer)?vragen\b"
)
_ANNEX = re.compile(
    r"(?i:Bijlage)\s(?:\d{1,2}|[A-Z]|[IVX]{1,4})(?:\s?[:.–-])?(?:\s[A-ZÀ-Ý«“‘][^.?!;]{0,120})?"
    r"|(?i:Bijlagen?)\sbij\s(?:(?:het|de)\s)?(?:antwoord(?:en)?\s(?:op|bij)\s(?:de\s)?)?vra(?:ag|gen)\s\d[^.?!;]{0,60}"
)
_MARKS = re.compile("[«»“”„]")
_PAIRS = {"«»", "“”", "„”", "„“"}
# As many lines a quotation with headings in it takes at most, before one of them or behind it.
_QUOTED = 12
_UNASKED = "bij een antwoord is geen vraag gevonden"
# The title of a section, perhaps with its number: it begins with a capital, and holds no sentence and no figure's end.
_TITLE = re.compile(
    r"(?!Zie\b|Ja\b|Nee)(?:(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])(?:\.\d{1,2})*[.)]?\s+|(?:Thema|Onderwerp|Blok)(?:\s\d{1,2})?\s?:\s+)?"
    r"[A-ZÀ-Ý][^.?!:;]{2,78}[^.?!:;,\d]"
)
_ADDRESSED = re.compile(
    r"(?:Aan\s)?de\svoorzitter\svan\sde\s(?:Eerste|Tweede)\sKamer(?:\sder\sStaten-Generaal)?,?", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:Betreft|Onderwerp)\b")
# As many lines the head of a letter has at most above its salutation, and its first sentence below.
_LETTERHEAD = 15
_SENTENCE_END = re.compile(r"[.?!:;][)\]»”’\"'\d]*$")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question heading with its text, waiting for an answer."""

    numbers: tuple[int, ...]
    askers: tuple[Asker, ...]
    first: int
    beyond: int
    questions: tuple[tuple[int | None, Stretch], ...] = ()


def read_numbered(letter: Letter, headings: Sequence[Heading], *, replied: bool = True) -> Reading:
    """Put the questions and answers between the headings together; what is not `replied` to holds no answers."""
    return _assemble(letter, headings, replied=replied)


def find_headings(lines: Sequence[Line], year: int | None) -> list[Heading]:
    """All headings of a letter in order; of the bare numbers those that count up."""
    found: list[Heading] = []
    bare: list[Heading] = []
    heads: set[int] = set()
    others: list[Heading] = []
    inside = 0
    labels = short_labels(lines)
    counted = 0
    for at, line in enumerate(lines):
        if at < inside or len(line.text) > 400 or _is_quoted(lines, at):
            continue
        party = party_at(lines, at, year)
        text, asked_by = bracketed(line.text, year)
        if party is not None:
            found.append(party)
            inside = at + party.length
        elif label := labels.get(at):
            if label.sort is Sort.QUESTION:
                counted = max(label.numbers, default=counted + 1)
            found.append(Heading(label.sort, at, label.numbers or (counted,), explicit=True))
        elif (numbers := answer_at(line.text)) is not None and _heads_column(lines, at):
            heads.add(at)
        elif numbers is not None:
            found.append(Heading(Sort.ANSWER, at, numbers, explicit=True))
        elif numbers := question_at(text):
            found.append(Heading(Sort.QUESTION, at, numbers, explicit=True, asked_by=asked_by))
        elif numbers := bare_number_at(text):
            bare.append(Heading(Sort.QUESTION, at, numbers, part=part_at(text), asked_by=asked_by))
        elif numbers := bare_number_at(bracketed_by_others(line.text)):
            others.append(Heading(Sort.QUESTION, at, numbers, asked_by=()))
        elif closes(line.text):
            found.append(Heading(Sort.CLOSE, at))
    found, bare = _asked_from_below(lines, found, bare)
    # Beside numbers with a fractie in brackets a bracket that names none that we know leaves the question to nobody.
    if sum(bool(heading.asked_by) for heading in bare) >= 2:
        bare = sorted([*bare, *others], key=lambda heading: heading.at)
    found.extend(_labelled(lines, found))
    letters = list(_next_askers(lines, [*found, *bare], year))
    found.extend(letters)
    edges = {0, len(lines), *next_letters([line.text for line in lines]), *(letter.at for letter in letters)}
    signed = (_signed(lines, start, end) for start, end in pairwise(sorted(edges)))
    found.extend(Heading(Sort.CLOSE, at) for at in signed if at is not None)
    explicit = sum(heading.sort is Sort.QUESTION for heading in found)
    if not any(heading.sort in (Sort.QUESTION, Sort.ANSWER) for heading in found):
        twice = _told_twice(lines, bare)
        found.extend(twice)
        answering = {answer.at for answer in twice}
        bare = [heading for heading in bare if heading.at not in answering]
    chosen = _count_up(lines, bare, found, heads)
    if len(chosen) > explicit:
        found = [heading for heading in found if heading.sort is not Sort.QUESTION] + chosen
    if ads := points(lines):
        asked = [number for heading in found if heading.sort is Sort.QUESTION for number in heading.numbers]
        if sorted(asked) == [number for label in ads.values() for number in label.numbers]:
            found = [heading for heading in found if heading.sort is not Sort.ANSWER]
            found += [Heading(Sort.ANSWER, at, label.numbers, explicit=True) for at, label in ads.items()]
    # Before all questions it tells who answers them, and answers none.
    first = min((heading.at for heading in found if heading.sort is Sort.QUESTION), default=0)
    found = [heading for heading in found if heading.at >= first or not says_who_answers(lines[heading.at].text)]
    found = _without_listed(lines, sorted(found, key=lambda heading: heading.at))
    if found and (annex := _annex(lines, max(heading.at for heading in found))) is not None:
        found.append(Heading(Sort.CLOSE, annex))
    return sorted(found, key=lambda heading: heading.at)


def _asked_from_below(
    lines: Sequence[Line], found: Sequence[Heading], bare: Sequence[Heading]
) -> tuple[list[Heading], list[Heading]]:
    """The headings, where who stands right below a question's number asks it: "Vraag 3 VVD", "3" above "CDA: Hoe …?" or
    "Vraag van het lid Dijk (SP):".

    A number alone may be a page's, above a heading: there a label's sign tells, or that each fractie has its number.
    """
    below = {
        heading.at - 1: heading
        for heading in found
        if heading.sort is Sort.PARTY and (not heading.explicit or lines[heading.at].text.startswith("Vraag "))
    }
    counted = [number for heading in bare if heading.at in below for number in heading.numbers]
    columns = len(below) >= 2 and below.keys() <= {heading.at for heading in bare}
    columns = columns and counted == list(range(1, len(counted) + 1))
    taken: set[int] = set()

    def asked(heading: Heading) -> Heading:
        party = below.get(heading.at) if heading.sort is Sort.QUESTION else None
        if party is None or not (heading.explicit or columns or lines[party.at].text.endswith((":", "–", "-"))):
            return heading
        taken.add(party.at)
        return replace(heading, length=1 + party.length, asked_by=party.askers)

    numbers = [asked(heading) for heading in bare]
    others = [asked(heading) for heading in found]
    return [heading for heading in others if heading.at not in taken], numbers


def _without_listed(lines: Sequence[Line], found: Sequence[Heading]) -> list[Heading]:
    """The headings without fracties that an answer lists, or has in a table: "D66", "SP".

    Where questions have numbers, one stands alone, and a question or a sentence follows it.
    """
    bare = {heading.at for heading in found if heading.sort is Sort.PARTY and not heading.explicit}
    asking = {heading.at for heading in found if heading.sort is Sort.QUESTION}
    kept: list[Heading] = []
    for heading in found:
        at = heading.at
        if at in bare and kept and kept[-1].sort is Sort.ANSWER and asking:
            begun = at + 1 in asking or re.match(r"\W*[A-ZÀ-Ý]", lines[min(at + 1, len(lines) - 1)].text)
            if bare & {at - 1, at + 1} or not begun:
                continue
        kept.append(heading)
    return kept


def _is_quoted(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands within quotation marks that opened some lines before and close some lines below.

    Where the nearest mark before closes, or the nearest one behind opens, one of a pair was lost, and nothing is said.
    """
    if not lines[at].text.startswith(("Vra", "VRA", "Ant", "ANT")) or _MARKS.search(lines[at].text):
        return False
    before = [mark for line in lines[max(at - _QUOTED, 0) : at] for mark in _MARKS.findall(line.text)]
    behind = [mark for line in lines[at + 1 : at + _QUOTED] for mark in _MARKS.findall(line.text)]
    return "".join((*before[-1:], *behind[:1])) in _PAIRS


def _heads_column(lines: Sequence[Line], at: int) -> bool:
    """Whether a line that reads "Antwoord" is the last cell of a table's head: "Nr", "Vraag", "Blz.", "Antwoord"."""
    return any(columns([line.text for line in lines[first : at + 1]]) for first in range(max(at - 3, 0), at))


def _annex(lines: Sequence[Line], last: int) -> int | None:
    """Where behind the last heading an appendix begins."""
    return next((at for at in range(last + 2, len(lines)) if lines[at].gap and _ANNEX.fullmatch(lines[at].text)), None)


def _labelled(lines: Sequence[Line], found: Sequence[Heading]) -> list[Heading]:
    """Questions that a label announces without a number ("Vraag:"), which may stand on the line before it.

    The word alone is one where it comes back: once, it may head all questions, unless there is but one answer.
    """
    labels = [at for at, line in enumerate(lines) if re.fullmatch(r"Vraag\s*:", line.text)]
    if not labels:
        words = [at for at, line in enumerate(lines[:-1]) if line.text == "Vraag"]
        numbered = any(bare_number_at(lines[at + 1].text) for at in words)
        once = sum(heading.sort is Sort.ANSWER for heading in found) == len(words) == 1
        labels = words if (once or len(words) > 1) and not numbered else []
    if not labels or any(heading.sort is Sort.QUESTION for heading in found):
        return []
    headings = []
    number = 0
    for at in labels:
        own = bare_number_at(lines[at - 1].text) if at else None
        number = own[-1] if own else number + 1
        start = at - 1 if own else at
        headings.append(Heading(Sort.QUESTION, start, own or (number,), explicit=True, length=at + 1 - start))
    return headings


def _signed(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Where the signature begins: the office of who signs, within the last of the lines of a letter."""
    for at in range(max(start + 1, end - 12), end):
        for length in (3, 2, 1):
            words = " ".join(line.text for line in lines[at : min(at + length, end)])
            if words.endswith(",") and office_line(words):
                return at
    return None


def _next_askers(lines: Sequence[Line], found: Sequence[Heading], year: int | None) -> Iterator[Heading]:
    """Who asks in another letter that begins behind a question or an answer, as its first lines tell.

    It is told by its salutation; the subject and the address stand above that.
    """
    asked = (heading.at for heading in found if heading.sort in (Sort.QUESTION, Sort.ANSWER))
    first = min(asked, default=len(lines))
    for at in range(first, len(lines)):
        if not salutes(lines[at].text):
            continue
        words = " ".join(line.text for line in lines[at : at + _LETTERHEAD])
        askers = members_in(words, year)
        if askers:
            above = range(at, max(first, at - _LETTERHEAD), -1)
            start = next((line for line in above if _ADDRESSED.fullmatch(lines[line].text)), at)
            if start == at:
                start = next((line for line in above if _SUBJECT.match(lines[line].text)), at)
            yield Heading(Sort.PARTY, start, explicit=True, askers=askers, length=at + 1 - start)


def _told_twice(lines: Sequence[Line], bare: Sequence[Heading]) -> list[Heading]:
    """The answers of a letter in which each number stands twice, first above the question and then above its answer.

    None where that is not so of nearly all numbers on lines of their own.
    """
    answers = []
    asking = last = 0
    for asked, answered in pairwise(bare):
        replied = any("?" not in line.text for line in lines[answered.at + 1 : answered.at + 2])
        if replied and asked.numbers == answered.numbers and asked.numbers[0] > last:
            # Prose asks without a question mark: "De leden van de SP-fractie vragen wie betaalt."
            asking += any("?" in line.text or begins_asking(line.text) for line in lines[asked.at + 1 : answered.at])
            answers.append(replace(answered, sort=Sort.ANSWER))
            last = asked.numbers[-1]
    paired = len(answers) >= 2 and len(answers) * 5 >= len(bare) * 2
    return answers if paired and asking * 5 >= len(answers) * 4 else []


def _count_up(
    lines: Sequence[Line], bare: Sequence[Heading], others: Sequence[Heading], heads: set[int]
) -> list[Heading]:
    """The best row of question numbers among the bare ones, by dynamic programming over their order.

    What stands behind one of the `others`, or behind one of the `heads` of a table, goes on with no sentence.
    """
    answers = [heading.at for heading in others if heading.sort is Sort.ANSWER]
    parties = [heading.at for heading in others if heading.sort is Sort.PARTY]
    stops = heads | {heading.at for heading in others}
    best: list[float] = []
    origin: list[int] = []
    counted: list[_Counted] = []
    for index, candidate in enumerate(bare):
        here = _standing(lines, candidate, stops, answers)
        best.append(here - (0 if candidate.numbers[0] == 1 else 2 + min(candidate.numbers[0], 20) / 10))
        origin.append(-1)
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            step = _step(bare[before], counted[before], candidate, answers, parties)
            if step is not None and best[before] + step + here > best[index]:
                best[index], origin[index] = best[before] + step + here, before
        counted.append(
            _Counted(0, frozenset()).on(candidate.numbers)
            if origin[index] < 0
            else counted[origin[index]].on(candidate.numbers)
        )
    if not best:
        return []
    index = max(range(len(best)), key=lambda number: (best[number], -number))
    if best[index] <= 0:
        return []
    row: list[Heading] = []
    while index >= 0:
        row.append(bare[index])
        index = origin[index]
    return row[::-1]


def _standing(lines: Sequence[Line], candidate: Heading, stops: set[int], answers: Sequence[int]) -> float:
    """How much a bare number looks like a heading where it stands."""
    at = candidate.at
    if at + 1 >= len(lines) or at + 1 in stops:
        return -3.0
    # A number that says who asks is no page's and no note's.
    score = (1.0 if lines[at].gap else 0.5) + 3.0 * (candidate.asked_by is not None)
    if at and at - 1 not in stops:
        before = lines[at - 1].text
        # A title before the first number ends no sentence either, but it is short and the text that follows is its own.
        title = len(before) < 50 and lines[at].gap and candidate.numbers[0] == 1
        score += 0.5 if _SENTENCE_END.search(before) else -0.2 if title else -1.5
    if lines[at + 1].text[:1].islower():
        score -= 1.5
    nearest = bisect_left(answers, at)
    if nearest < len(answers):
        # Of two that serve equally well, the one nearest its answer: the other is a page number before it.
        score += 0.5 - min(answers[nearest] - at, 100) / 1000
    return score


@dataclass(frozen=True, slots=True)
class _Counted:
    """How far a row of numbers has come, and which ones a joint heading ("2, 4 en 5") left for later."""

    highest: int
    left: frozenset[int]

    def on(self, numbers: tuple[int, ...]) -> _Counted:
        """After the next heading."""
        if numbers[0] == 1:
            return _Counted(numbers[-1], frozenset(range(1, numbers[-1])) - set(numbers))
        passed = range(numbers[0] + 1, numbers[-1]) if len(numbers) > 1 else ()
        return _Counted(max(self.highest, *numbers), (self.left | set(passed)) - set(numbers))


def _step(
    before: Heading, counted: _Counted, after: Heading, answers: Sequence[int], parties: Sequence[int]
) -> float | None:
    """What it is worth to let one number follow a row that ends in another; None where it cannot."""
    answered = bisect_left(answers, after.at) > bisect_left(answers, before.at)
    score = 1.0 if answered else -1.0 if answers else 0.5
    rise = after.numbers[0] - counted.highest
    if is_later(after.part):
        return score + 1.5 if goes_on_with(after.part, before.part) else None
    if rise == 1 or (
        after.numbers[0] in counted.left
        and not set(after.numbers) - counted.left - set(range(counted.highest + 1, counted.highest + 99))
    ):
        return score + 1.5
    if rise > 1:
        return score - 1.5 - min(rise, 20) / 5
    if after.numbers[0] == 1 and bisect_left(parties, after.at) > bisect_left(parties, before.at):
        return score
    return None


def _assemble(letter: Letter, headings: Sequence[Heading], *, replied: bool) -> Reading:
    drafts: list[Draft] = []
    waiting: list[_Asked] = []
    askers: tuple[Asker, ...] = letter.askers
    several = _sets_apart(letter.askers, headings)
    alone: set[int] = set()
    wrapped: set[int] = set()
    warnings: list[str] = []
    begun = False
    unasked = 0
    ends = [heading.at for heading in headings[1:]] + [len(letter.lines)]
    for index, (heading, end) in enumerate(zip(headings, ends, strict=False)):
        start = heading.at + heading.length
        alone.update(range(heading.at, start))
        if heading.sort is Sort.PARTY:
            # Before the first question the members whom the opening names are known better than by one line of it, but
            # where it names those of several sets, each set has its own; and a fractie's heading is no line of it.
            fracties = bool(heading.askers) and all(asker.member is None for asker in heading.askers)
            if begun or not letter.askers or (several and heading.askers) or fracties:
                askers = heading.askers
            elif start < end and not letter.lines[start].gap:
                wrapped.add(start)
        elif heading.sort is Sort.QUESTION:
            begun = True
            own = askers if heading.asked_by is None else heading.asked_by
            asked = _Asked(heading.numbers, own, start, end)
            waiting.extend(_each(letter, asked) if _answered_apart(headings, index) else [asked])
        elif heading.sort is Sort.ANSWER:
            end = _before_title(letter, headings, index, end)
            alone.update(range(end, ends[index]))
            answered = [asked for asked in waiting if not heading.numbers or set(asked.numbers) & set(heading.numbers)]
            again = bool(heading.numbers) and bool(drafts) and set(heading.numbers) <= set(drafts[-1].numbers)
            before = drafts[-1].answer if again else None
            if not waiting and before and before.beyond == heading.at:
                # "Antwoord 2b" behind "Antwoord 2a", or 3 behind 2, where nothing parts the questions.
                drafts[-1] = replace(drafts[-1], answer=replace(before, beyond=end))
            elif not answered and heading.numbers:
                warnings.append(f"antwoord {spoken(heading.numbers)} hoort bij geen vraag die in dit document staat")
                drafts.append(Draft(heading.numbers, askers, (), whole(start, end), ("antwoord zonder vraag",)))
            elif answered:
                if len(answered) > 1 and len({asked.numbers for asked in answered}) == 1 and _again(headings, index):
                    # "Vraag 2a" and "Vraag 2b", or the first question of each party: the next answer has the next.
                    answered = answered[:1]
                waiting = [asked for asked in waiting if asked not in answered]
                drafts.append(_draft(letter, answered, whole(start, end)))
            elif begun:
                unasked += 1
    if unasked:
        warnings.append(f"bij {unasked} antwoorden is geen vraag gevonden" if unasked > 1 else _UNASKED)
    if drafts or not (replied and announces(letter, headings)):
        answers = bool(drafts)
        drafts.extend(_unmarked(letter, asked, answers=answers) for asked in waiting)
    else:
        drafts.extend(
            without_marker(letter, asked.numbers, asked.askers, asked.first, asked.beyond) for asked in waiting
        )
    drafts.sort(key=_position)
    return Reading(tuple(drafts), frozenset(alone), tuple(warnings + gaps(drafts)), frozenset(wrapped))


def announces(letter: Letter, headings: Sequence[Heading]) -> bool:
    """Whether what stands before the first question says that answers follow: a sentence, or the title."""
    first = next((heading.at for heading in headings if heading.sort is Sort.QUESTION), 0)
    titled = any(_ANSWERS_TITLED.match(line.text) for line in letter.lines[:first])
    return titled or _ANSWERS_ANNOUNCED.search(letter.opening) is not None


def _before_title(letter: Letter, headings: Sequence[Heading], index: int, end: int) -> int:
    """Where an answer ends: before the title of a section, if one stands between it and the next question."""
    last = end - 1
    following = headings[index + 1].sort if index + 1 < len(headings) else None
    if following not in (Sort.QUESTION, Sort.PARTY) or last <= headings[index].at + 1 or not letter.breaks[last]:
        return end
    title, before = letter.lines[last].text, letter.lines[last - 1].text
    parted = ends_sentence(before) and _TITLE.fullmatch(title) and not VERB.search(title)
    return last if parted else end


def _answered_apart(headings: Sequence[Heading], index: int) -> bool:
    """Whether each number of a joint question has an answer of its own right behind it."""
    numbers = headings[index].numbers
    following = headings[index + 1 : index + 1 + len(numbers)]
    answers = [heading.numbers for heading in following if heading.sort is Sort.ANSWER]
    return len(numbers) > 1 and answers == [(number,) for number in numbers]


def _each(letter: Letter, asked: _Asked) -> list[_Asked]:
    """The questions of a joint heading one by one; together where nothing parts them."""
    questions = by_number(letter, asked.numbers, asked.first, asked.beyond)
    if len(questions) != len(asked.numbers):
        return [asked]
    return [
        replace(asked, numbers=(number,), questions=(question,))
        for number, question in zip(asked.numbers, questions, strict=True)
    ]


def _again(headings: Sequence[Heading], index: int) -> bool:
    """Whether an answer to the same number follows before the next question."""
    numbers = headings[index].numbers
    for heading in headings[index + 1 :]:
        if heading.sort is Sort.QUESTION:
            break
        if heading.sort is Sort.ANSWER and heading.numbers == numbers:
            return bool(numbers)
    return False


def _sets_apart(askers: Sequence[Asker], headings: Sequence[Heading]) -> bool:
    """Whether the members whom an opening names are named again by headings of several sets, as those who ask each."""
    sets = [
        {(asker.member, asker.party) for asker in heading.askers}
        for heading in headings
        if heading.sort is Sort.PARTY and heading.askers
    ]
    every = {(asker.member, asker.party) for asker in askers}
    # The first heading may be the opening's own.
    parts = sets[1:] if sets[:1] == [every] else sets
    return any(some < every for some in parts) and every <= set().union(*parts) and parts.count(parts[0]) < len(parts)


def _position(draft: Draft) -> int:
    return draft.questions[0][1].first if draft.questions else draft.answer.first if draft.answer else 0


def _draft(letter: Letter, entries: Sequence[_Asked], answer: Stretch | None, reasons: tuple[str, ...] = ()) -> Draft:
    numbers = tuple(dict.fromkeys(number for entry in entries for number in entry.numbers))
    askers = tuple(dict.fromkeys(asker for entry in entries for asker in entry.askers))
    questions = [
        question
        for entry in entries
        for question in entry.questions or by_number(letter, entry.numbers, entry.first, entry.beyond)
    ]
    return Draft(numbers, askers, tuple(questions), answer, reasons)


def _unmarked(letter: Letter, asked: _Asked, *, answers: bool) -> Draft:
    """A question without an answer marker. Where others have one, paragraphs after the asking ones are its answer."""
    paragraphs = letter.paragraphs(asked.first, asked.beyond)
    asking = 0
    for first, beyond in paragraphs:
        if not letter.words(first, beyond).rstrip(" )0123456789").endswith("?"):
            break
        asking += 1
    if not answers or not 0 < asking < len(paragraphs):
        return _draft(letter, [asked], None)
    border = paragraphs[asking][0]
    question = _Asked(asked.numbers, asked.askers, asked.first, border)
    return _draft(letter, [question], whole(border, asked.beyond), ("antwoord zonder kop",))


def without_marker(
    letter: Letter, numbers: tuple[int, ...], askers: tuple[Asker, ...], first: int, beyond: int
) -> Draft:
    """Question and answer where nothing marks the answer: as many asking paragraphs as numbers, at least one."""
    paragraphs = letter.paragraphs(first, beyond)
    if len(paragraphs) == 1:
        paragraphs = _by_sentence(letter, first, beyond)
    asking = 0
    for start, end in paragraphs:
        asks = letter.words(start, end).rstrip().endswith("?")
        if not asks and asking >= 1:
            break
        asking += 1
        if asks and asking >= len(numbers) and not _asks(letter, paragraphs, asking):
            break
    border = paragraphs[asking][0] if asking < len(paragraphs) else beyond
    questions: list[tuple[int | None, Stretch]]
    if asking == len(numbers):
        questions = [
            (number, Stretch(*paragraph)) for number, paragraph in zip(numbers, paragraphs[:asking], strict=True)
        ]
    else:
        questions = by_number(letter, numbers, first, border)
    answer = whole(border, beyond)
    return Draft(numbers, askers, tuple(questions), answer, ("antwoord zonder kop",) if answer else ())


def _by_sentence(letter: Letter, first: int, beyond: int) -> list[tuple[int, int]]:
    """Where nothing parts the paragraphs (a table's cells, lines without space between): cut where a sentence ends."""

    def ends(before: str, after: str) -> bool:
        sign = re.search(r"([.?!])[»”’)\]\d]*$", before)
        return sign is not None and (sign[1] == "?" or not after[:1].islower())

    texts = [line.text for line in letter.lines[first:beyond]]
    starts = [first, *(first + at for at in range(1, len(texts)) if ends(texts[at - 1], texts[at]))]
    return list(zip(starts, [*starts[1:], beyond], strict=True))


def _asks(letter: Letter, paragraphs: list[tuple[int, int]], index: int) -> bool:
    """Whether the next paragraph asks as well."""
    return index < len(paragraphs) and letter.words(*paragraphs[index]).rstrip().endswith("?")


def gaps(drafts: Sequence[Draft]) -> list[str]:
    """Say where the numbering leaves one out."""
    numbers = sorted({number for draft in drafts for number in draft.numbers})
    said = []
    for before, after in zip([0, *numbers], numbers, strict=False):
        if after - before == 2:
            said.append(f"vraag {before + 1} ontbreekt: de nummering springt van {before} naar {after}")
        elif after - before > 2:
            said.append(
                f"vragen {before + 1} tot en met {after - 1} ontbreken: de nummering springt van {before} naar {after}"
            )
    return said
