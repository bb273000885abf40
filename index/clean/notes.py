"""Footnotes: their bodies leave the text, their markers leave the words; both are kept as notes.

A digit glued to a word is a marker only when the notes count up and the surroundings agree: "(EGDC)1 die" and
"economie.2 Dat" are, "CO2", "JTC1" and "3.a.2" are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from index.clean.closing import closes, next_letters
from index.clean.flow import usual_width
from index.clean.furniture import Body, ends_paragraph
from index.extract.source import Line, Mark

# At text size a foot of more lines than this is text.
_LONGEST_FOOT = 25
_LONGEST_NOTE = 8
# Behind these a number belongs to what is cited: "nr.3", "art.5".
_CITING = frozenset("nr nrs no art artt lid blz p pag par vol hfst jrg afd reg bijl fig tab".split())
_SYMBOLS = frozenset("CO H N NO O PM SO CH SF NH PFAS COVID".split())
_GLUED = re.compile(
    r"(?P<closed>[^\W\d_]{2,}[»”’\"')\]]*[.,;:?!»”\"')\]][»”\"')\]]*|[^\W\d_]{2,}[»”\")\]]+|\d{4}[)\]]?[.?!»”]|\d[»”\"’']+[.,;:?!])"
    r"(?P<label>\d{1,2}(?:\s?,\s?\d{1,2})*(?:(?:\s\d{1,2})+(?=$))?)(?=\s|$|[.,;:?!)]|[A-ZÀ-Ý«“‘][a-zà-ÿ])"
)
_GLUED_TO_WORD = re.compile(r"(?<![\w.-])(?P<word>[^\W\d_]{2,}(?:-[^\W\d_]{2,})*)(?P<label>\d{1,2})(?=\s|$|[.,;:?!)])")
_BRACKETED = re.compile(r"\s?\[\^?(?P<label>\d{1,2})\s?\]")
_BEFORE_BRACKET = re.compile(
    r"(?:(?<=[\w.,;:?!»”’\"')]) |(?<=[?!»”’\")])|(?<=[a-zà-ÿ]{3}))(?P<label>\d{1,2})\)(?=\s|$|[.,;:?!])"
)
_LAST = re.compile(r"(?<=[.?!»”]) (?P<label>\d{1,2}(?:\s?,\s?\d{1,2})*)$")
_ENCLOSED = re.compile(r"\s?\((?P<label>\d{1,2})\)(?=\s|$|[.,;:?!])")
# Marks that nothing in a text counts with; "m²" is no note.
_STAR = re.compile(r"\s?(?P<label>\*{1,3}(?=\))|(?<!m)[¹²³⁴-⁹][⁰¹²³⁴-⁹]?)(?:(?<=\*)\))?")
_STARRED = re.compile(rf"{_STAR.pattern}\s{{0,3}}(?P<rest>[^\s*].*)", re.DOTALL)
_ALONE = re.compile(r"(?P<label>\d{1,2}\)?(?:[ ,]+\d{1,2}\)?){0,3})(?P<sign>[.,;:?!]?)")
_OPENING = re.compile(r"(?P<label>\d{1,2})(?P<closed>\)?)(?P<rest>[.,;:]?\s.+)", re.DOTALL)
_ITEM = re.compile(r"(?P<label>\d{1,2})(?P<sign>[.)])\s")
_IN_FRONT = re.compile(r"\(?(?P<label>\d{1,2})(?:[.)]+\s|\s(?=\W?[A-ZÀ-Ý]))")
# As many lines as the items of a list are apart at most.
_LIST_REACH = 12
# After these a number counts or names something, and is no marker.
_COUNTED = re.compile(
    r"\W*(?:miljoen|miljard|duizend|procent|%|jaar|jaren|weken|maanden|dagen|uur|keer|maal|euro|januari|februari|maart"
    r"|april|mei|juni|juli|augustus|september|oktober|november|december|en\s\d|tot\s\d)"
)
_NAMING = re.compile(
    r"(?<!\w)(?:vra(?:ag|gen)|nr\.?|nummers?|artikel|lid|bijlage|pagina|fase|punt|tabel|figuur|scope|categorie|en|of|de|van|tot|om|op|in|per|"
    r"circa|ongeveer|€)$|\d,$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!»”\"')][»”’\"')\]]*$")
_FORMULA = re.compile(r"(?:^|[\s(\d])(?:CO|NO|SO|NH|CH|[kcd]?m)$")
_BODY = re.compile(
    r"[(\[]?(?P<label>\d{1,2})\s?(?:[)\]]\s{0,3}(?=[^\W\d])|\.?\s{0,3}(?=[A-ZÀ-Ý«“‘\"'(]|http|www))(?P<rest>[^\n]{3,})"
)
# Nothing is glued where no digit stands behind another sign or at the end, and few lines have one. These look for it,
# and spare the patterns that begin at every letter.
_DIGIT = re.compile(r"\d(?:(?<=[^\s\d]\d)|\s?[)\]]|$)")
_DIGIT_BEHIND_SIGN = re.compile(r"[.,;:?!»”’\"')\]]\d")
# The head of all answers, behind the questions and their notes.
_ANSWERS = re.compile(r"Antwoord(?:en)?\s+van\s+(?:de\s+)?(?:minister|staatssecretaris)\b", re.IGNORECASE)
_CITES = re.compile(
    # No word border before: the note's number may be glued to its first word.
    r"https?:|www\.|(?<![a-z])(?:Kamerstuk|Aanhangsel|Handelingen\b|Zie\b|zie\b|ISBN|Ibid|[Ii]dem\b)|\b(?:19|20)\d\d\b"
    r"|\.(?:nl|com|eu|org)\b"
)


@dataclass(frozen=True, slots=True)
class Noted:
    """The lines without their notes. `bodies` gives each note's marker and words, in the order of the document."""

    lines: tuple[Line, ...]
    bodies: tuple[tuple[str, str], ...]


def take_notes(body: Body, apart: Sequence[tuple[str, str]] = ()) -> Noted:
    """Take bodies and markers out of the text; the markers' places are kept on the lines as `marks`.

    `apart` are the notes that the file itself keeps apart: where it does, none are looked for in the text.
    """
    named = _named(body.lines)
    counted = frozenset() if named else _counted(body.lines)
    named = named or bool(counted)
    body, starred = (body, []) if apart else _without_starred(body)
    lines, bodies = (list(body.lines), tuple(apart)) if apart else _without_bodies(body, named=named)
    known = {int(label) for label, _ in bodies}
    # Only where the notes are written so are numbers in brackets markers; elsewhere they count what a sentence lists.
    enclosed = known & {int(match["label"]) for line in body.lines if (match := _ENCLOSED.match(line.text))}
    markers = _Markers(known, named=named, counted=counted, enclosed=enclosed, starred={label for label, _ in starred})
    # Each of several letters counts its own notes.
    again = [label for label, _ in bodies].count("1") > 1
    anew = next_letters([line.text for line in lines]) if again else set()
    return Noted(tuple(markers.taken(lines, anew)), (*bodies, *starred))


_QUESTION = re.compile(
    r"(?:Vra(?:ag|gen)|VRA(?:AG|GEN))\s*\(?(\d{1,3})(?!\d)(?:[a-z]\b)?(?:(?:[^a-z]|en|t/m){0,24}|(?:[^a-z]|en|t/m){0,16}[:.)]?\s+[A-Z«“‘'\"].*)"
)


def _named(lines: Sequence[Line]) -> bool:
    """Whether questions name themselves ("Vraag 3"), so that a number on a line is none."""
    named = [match[1] for line in lines if (match := _QUESTION.fullmatch(line.text))]
    return len(named) >= 2 or named == ["1"]


def _counted(lines: Sequence[Line]) -> frozenset[str]:
    """The lines where a question stands behind its number ("3. Deelt u …?"); none where most stand below theirs."""
    found: list[str] = []
    asking = below = 0
    waiting = False
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        match = _IN_FRONT.match(line.text)
        if match and int(match["label"]) == len(found) + 1:
            found.append(line.text)
            waiting = True
        elif _ALONE.fullmatch(line.text) and not _asks_nothing(following):
            below, waiting = below + 1, False
        if waiting and "?" in line.text:
            asking, waiting = asking + 1, False
    return frozenset(found) if asking >= 2 and asking * 5 >= len(found) * 4 and below < asking else frozenset()


def _without_starred(body: Body) -> tuple[Body, list[tuple[str, str]]]:
    """The same without the notes that stars or raised digits mark ("*) Trouw, 5 maart 2004"), and those.

    Each is cited elsewhere.
    """
    cited = {match["label"] for line in body.lines for match in _STAR.finditer(line.text) if match.start()}
    cited |= {mark.label for line in body.lines for mark in line.marks}
    kept: list[Line] = []
    seams: set[int] = set()
    bodies: list[tuple[str, str]] = []
    length = 0
    width = usual_width(body.lines)
    for at, line in enumerate(body.lines):
        opening = _STARRED.fullmatch(line.text)
        ended = line.gap or at in body.seams or length > _LONGEST_NOTE or _holds_heading([line])
        if opening and opening["label"] in cited:
            bodies.append((opening["label"], opening["rest"]))
            length = 1
        elif length and not ended:
            bodies[-1] = (bodies[-1][0], f"{bodies[-1][1]} {line.text}")
            length += 1
        else:
            if at in body.seams:
                seams.add(len(kept))
                line = replace(line, gap=ends_paragraph(kept[-1], line, width)) if length and kept else line
            kept.append(line)
            length = 0
    return replace(body, lines=tuple(kept), seams=frozenset(seams)), bodies


def _without_bodies(body: Body, *, named: bool) -> tuple[list[Line], tuple[tuple[str, str], ...]]:
    """Look at the foot of every page, before a seam or the end, for lines that begin with the next notes' numbers.

    Where all answers stand behind all questions, those of the questions stand between.
    """
    closing = {index for index, line in enumerate(body.lines) if closes(line.text)}
    answers = next((index for index, line in enumerate(body.lines) if _ANSWERS.match(line.text)), 0)
    if answers and body.lines[answers - 1].text.rstrip(":") in ("Antwoord", "Antwoorden"):
        answers -= 1
    letters = next_letters([line.text for line in body.lines])
    edges = [0, *sorted((body.seams | closing | letters | {answers}) - {0}), len(body.lines)]
    usual = _usual_size(body.lines)
    kept: list[Line] = []
    bodies: list[tuple[str, str]] = []
    noted = False
    width = usual_width(body.lines)
    for start, end in pairwise(edges):
        page = list(body.lines[start:end])
        if noted and kept and page:
            # Whether a paragraph ended with its page shows only now that the notes between are gone.
            page[0] = replace(page[0], gap=ends_paragraph(kept[-1], page[0], width))
        cut = _foot(page, int(bodies[-1][0]) + 1 if bodies else 1, usual, named=named)
        noted = cut < len(page)
        kept.extend(page[:cut])
        bodies.extend(_bodies(page[cut:], int(bodies[-1][0]) + 1 if bodies else 1))
    return kept, tuple(bodies)


def _foot(page: Sequence[Line], expected: int, usual: float, *, named: bool) -> int:
    """The index of the first line of the notes at the foot of a page; its length where there are none.

    Small print that opens with a number is notes. At text size a note must be the next in number, be cited on its page
    and, where its marker has no sign before it, look like a source.
    """
    small = len(page)
    while small and page[small - 1].size and (page[small - 1].size or 0) < 0.92 * usual:
        small -= 1
    while small < len(page) and not _BODY.fullmatch(page[small].text):
        small += 1
    if small < len(page):
        return small
    for index in range(max(0, len(page) - _LONGEST_FOOT), len(page)):
        label = _opens(page[index].text, expected)
        if label is None and named and index + 1 < len(page) and page[index].text == str(expected):
            # The number alone, its note below it.
            label = expected if _CITES.search(page[index + 1].text) and page[index + 1].text[:1].isupper() else None
        if label is None:
            continue
        if _counts_on(page, index, label) and not _CITES.search(page[index].text):
            continue
        foot = page[index:]
        if _holds_heading(foot[1:]) or not _is_foot(foot, label):
            continue
        announced = _announced(page, index)
        if any(_opens(line.text, label) == label and (announced or _CITES.search(line.text)) for line in foot[1:]):
            # Its marker, at the head of a line, or a list's number; the note itself is further down.
            continue
        raised = any(mark.label == str(label) for line in page[:index] for mark in line.marks)
        cited = max(
            (
                _cited(label, line.text, named=(named or _asks_nothing(page[at + 1])) and not _is_item(page, at))
                for at, line in enumerate(page[:index])
            ),
            default=0,
        )
        if page[index].text.startswith("(") and not cited:
            cited = int(any(match["label"] == str(label) for line in page[:index] for match in _enclosed(line.text)))
        cites = _CITES.search(" ".join(line.text for line in foot)) is not None
        glued = page[index].text[len(str(label)) : len(str(label)) + 1].isalpha()
        # An address with a number before it is a note also where its marker was lost.
        bare = re.match(r"[(\[]?\d{1,2}[)\]]\s*(?:https?:|www\.)", page[index].text) is not None
        once = cited == 1 and (glued or not announced)
        if raised or bare or cited == 2 or (cited == 1 and glued) or (cites and (once or (glued and named))):
            return index
    return len(page)


def _is_item(lines: Sequence[Line], index: int) -> bool:
    """Whether a number before text ("2. een avondsluiting") counts a list, so that it is no marker pushed to this line.

    The full stop behind a marker ends the sentence of the line before, which has no sign of its own then; and of two
    numbers in a row near each other neither is a marker.
    """
    match = _ITEM.match(lines[index].text)
    if match is None:
        return False
    if index and re.search(r"[:;]$" if match["sign"] == ")" else r"[.:;,?!]$", lines[index - 1].text):
        return True
    beside = {int(match["label"]) - 1, int(match["label"]) + 1}
    near = (*lines[max(0, index - _LIST_REACH) : index], *lines[index + 1 : index + 1 + _LIST_REACH])
    return any((other := _ITEM.match(line.text)) and int(other["label"]) in beside for line in near)


def _counts_on(lines: Sequence[Line], index: int, label: int) -> bool:
    """Whether a line has the next number of a row that counts above it, with the same sign ("2." before "3.")."""
    match = _ITEM.match(lines[index].text)
    before = f"{label - 1}{match['sign']} " if match else ""
    return bool(before) and any(line.text.startswith(before) for line in lines[:index])


def _announced(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is an item of a list that a colon announces: that is text, and notes have none before them."""
    for at in range(index, max(0, index - _LIST_REACH), -1):
        match = _ITEM.match(lines[at].text)
        if match and match["label"] == "1":
            return lines[at - 1].text.endswith(":")
    return False


def _is_foot(lines: Sequence[Line], label: int) -> bool:
    """Whether nothing but notes follows: no paragraph that opens none, and no note longer than notes are."""
    length = 0
    for line in lines[1:]:
        length += 1
        opened = _opens(line.text, label + 1)
        if opened is not None and opened > label:
            label, length = opened, 0
        elif line.gap or length > _LONGEST_NOTE:
            return False
    return True


def _opens(text: str, expected: int) -> int | None:
    """The number that a line opens a note with: the next one, or one or two further where notes were lost."""
    match = _BODY.fullmatch(text)
    if match and int(match["label"]) in (expected, expected + 1, expected + 2, 1):
        return int(match["label"])
    # "1de Limburger, …" and "32024Z15585": glued to a small letter or to another number.
    if re.match(rf"{expected}(?:[a-z]|20\d\d[ZD-])", text):
        return expected
    return None


def _asks_nothing(following: Line | None) -> bool:
    """Whether a number on the line before this one heads no question: no text that a question could be follows."""
    if following is None:
        return True
    text = following.text
    return text[:1].islower() or re.match(r"(?:Antwoord(?:en)?|Vra(?:ag|gen))\b|\d{1,3}[.:)]?$", text) is not None


def _cited(label: int, text: str, *, named: bool) -> int:
    """How surely a line holds a note's marker: 2 behind a sign or in brackets, 1 glued to a word, 0 not at all."""
    if str(label) not in text:
        return 0
    if any(str(label) in re.findall(r"\d+", match["label"]) for match in _glued(text)):
        return 2
    patterns = (_BRACKETED, _BEFORE_BRACKET)
    if any(match["label"] == str(label) for pattern in patterns for match in pattern.finditer(text)):
        return 2
    if named and (alone := _ALONE.fullmatch(text)) and str(label) in re.findall(r"\d+", alone["label"]):
        return 2
    if named and (opening := _OPENING.fullmatch(text)) and opening["label"] == str(label):
        return 1
    if named and (last := _LAST.search(text)) and str(label) in re.findall(r"\d+", last["label"]):
        return 1
    return int(any(match["label"] == str(label) for match in _GLUED_TO_WORD.finditer(text)))


def _usual_size(lines: Sequence[Line]) -> float:
    """The size that most of the text is printed in; 0 without layout."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size is not None:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _holds_heading(lines: Sequence[Line]) -> bool:
    return any(
        re.match(r"(?:Antwoord(?:en)?|Vra(?:ag|gen))\b", line.text) or re.fullmatch(r"\d{1,3}\.?", line.text)
        for line in lines
    )


def _bodies(foot: Sequence[Line], expected: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in foot:
        label = int(line.text) if line.text == str(expected) else _opens(line.text, expected)
        if label is not None and (not found or label > int(found[-1][0])):
            rest = line.text[line.text.index(str(label)) + len(str(label)) :].lstrip(" )].")
            found.append((str(label), rest))
            expected = label + 1
        elif found:
            before, words = found[-1]
            found[-1] = (before, f"{words} {line.text}")
    return found


def _glued(text: str) -> Iterator[re.Match[str]]:
    """Numbers glued to a sign that closes something."""
    return _GLUED.finditer(text) if _DIGIT_BEHIND_SIGN.search(text) else iter(())


def _enclosed(text: str) -> Iterator[re.Match[str]]:
    """Numbers in brackets behind text: "het bericht (1)"."""
    return (match for match in _ENCLOSED.finditer(text) if match.start() and not _NAMING.search(text[: match.start()]))


class _Markers:
    """Walks through the lines and takes out the markers, as long as they count up."""

    def __init__(
        self, known: set[int], *, named: bool, counted: Set[str], enclosed: set[int], starred: set[str]
    ) -> None:
        self._known = known
        self._enclosed = enclosed
        self._starred = starred
        self._named = named
        self._counted = counted
        self._expected = 1
        self._at = 0
        self._lines: list[Line] = []
        self._sure: dict[int, int] = {}
        self._bracketed: set[int] = set()
        self._elsewhere: set[int] = set()

    def taken(self, lines: Sequence[Line], anew: Set[int]) -> list[Line]:
        """The lines without markers, which count from 1 again at the lines `anew`.

        `named` questions ("Vraag 3") leave no other meaning to a number on a line.
        """
        for number, line in enumerate(lines):
            if opening := _OPENING.fullmatch(line.text):
                self._elsewhere.add(int(opening["label"]))
            if not _DIGIT.search(line.text):
                continue
            for match in _glued(line.text):
                self._sure[int(re.findall(r"\d+", match["label"])[0])] = number
            self._bracketed.update(int(match["label"]) for match in _BRACKETED.finditer(line.text))
            self._elsewhere.update(int(label) for label in re.findall(r"(?<!\d)(\d{1,2})[)\]]", line.text))
        for number, (line, following) in enumerate(zip(lines, [*lines[1:], None], strict=False)):
            self._at = number
            if number in anew:
                self._expected = 1
            for mark in line.marks:
                self._pass(mark.label)
            if self._lines and self._named and (self._alone(line) or self._opening(line)):
                continue
            if self._lines and self._cited_alone(line, following):
                continue
            bare = self._inside(line)
            if bare.text.strip():
                self._lines.append(bare)
            elif self._lines:
                self._attach([mark.label for mark in bare.marks])
        return self._lines

    def _pass(self, label: str) -> None:
        if label.isdecimal():
            self._expected = max(self._expected, int(label) + 1)

    def _next(self, label: int) -> bool:
        """Whether a number is the next note's, or one of the next whose markers were lost in between."""
        if label == self._expected:
            return True
        lost = self._sure.get(self._expected, -1) < self._at
        return lost and label in self._known and self._expected < label <= self._expected + 3

    def _alone(self, line: Line) -> bool:
        """A line that is nothing but markers: they belong to the end of the line before."""
        match = _ALONE.fullmatch(line.text)
        if match is None:
            return False
        before = self._lines[-1]
        if _FORMULA.search(before.text):
            self._lines[-1] = before.followed_by(line)
            return True
        labels = [int(label) for label in re.findall(r"\d+", match["label"])]
        if not all(self._next(label) or label in self._known for label in labels) or _NAMING.search(before.text):
            return False
        self._attach(map(str, labels))
        self._lines[-1] = self._lines[-1].followed_by(line.part(match.start("sign")))
        return True

    def _cited_alone(self, line: Line, following: Line | None) -> bool:
        """The same where a number on a line may head a question: this one cannot, and its note is known."""
        labels = re.findall(r"\d+", line.text) if _ALONE.fullmatch(line.text) else []
        if not labels or not _asks_nothing(following) or not all(int(label) in self._known for label in labels):
            return False
        return self._next(int(labels[0])) and self._alone(line)

    def _opening(self, line: Line) -> bool:
        """A marker that was pushed to the start of the next line: "de derde brief" / "2 In deze brief"."""
        match = _OPENING.fullmatch(line.text)
        if match is None or _COUNTED.match(match["rest"]):
            return False
        before = self._lines[-1]
        label = int(match["label"])
        if _FORMULA.search(before.text):
            self._lines[-1] = before.followed_by(line)
            return True
        if label not in self._known or not self._next(label) or _NAMING.search(before.text):
            return False
        if self._sure.get(label, -1) > self._at:
            # The marker itself is still to come: this is a number of the text ("het Radio" / "1 Journaal").
            return False
        if line.text in self._counted or (line.text.startswith(f"{label}.") and self._lists(label - 1)):
            return False
        if match["closed"] and (not _ENDS.search(before.text) or self._lists(label - 1)):
            # A list in the text counts so too, and is announced by a colon or has a number before.
            return False
        self._attach([str(label)])
        start = match.start("rest")
        if not line.text[start].isspace():
            self._lines[-1] = self._lines[-1].followed_by(line.part(start, start + 1))
            start += 1
        self._lines.append(self._inside(replace(line.part(start), gap=False)))
        return True

    def _lists(self, label: int) -> bool:
        """Whether one of the last lines is the item with that number of a list."""
        return any(re.match(rf"{label}[.)]\s", line.text) for line in self._lines[-12:])

    def _attach(self, labels: Iterable[str]) -> None:
        for label in labels:
            before = self._lines[-1]
            self._lines[-1] = replace(before, marks=(*before.marks, Mark(len(before.text), label)))
            self._pass(label)

    def _inside(self, line: Line) -> Line:
        """Take the markers out of a line."""
        if not _DIGIT.search(line.text) and not self._starred:
            return line
        text, origin, marks, cut = line.text, line.origin, list(line.marks), 0
        found = [(match, _GLUED) for match in _glued(text)]
        found += [
            (match, pattern)
            for pattern in (_GLUED_TO_WORD, _BRACKETED, _BEFORE_BRACKET, *[_LAST] * self._named)
            for match in pattern.finditer(text)
        ]
        found += [(match, _ENCLOSED) for match in _enclosed(text)] if self._enclosed else []
        found += [(match, _STAR) for match in _STAR.finditer(text) if match["label"] in self._starred]
        reached = 0
        for match, pattern in sorted(found, key=lambda item: (item[0].start("label"), item[0].start())):
            whole = pattern in (_BRACKETED, _BEFORE_BRACKET, _ENCLOSED, _LAST, _STAR)
            start, end = match.span() if whole else match.span("label")
            if pattern is _GLUED and line.text[end : end + 1] == ")" and not self._is_open(line.text[:start]):
                end += 1  # "bericht?1)": the bracket is the marker's
            labels = [match["label"]] if pattern is _STAR else re.findall(r"\d+", match["label"])
            if start < reached or not (pattern is _STAR or self._accepts(match, pattern, [*map(int, labels)])):
                continue
            reached = end
            for label in labels:
                self._pass(label)
            text = text[: start - cut] + text[end - cut :]
            origin = (*origin[: start - cut], *origin[end - cut :])
            marks = [replace(mark, at=mark.at - (end - start)) if mark.at >= end - cut else mark for mark in marks]
            marks.extend(Mark(start - cut, label) for label in labels)
            cut += end - start
        if not cut:
            return line
        return replace(line, text=text, origin=origin, marks=tuple(sorted(marks, key=lambda mark: mark.at)))

    def _is_open(self, before: str) -> bool:
        """Whether a bracket is open at the end of `before`, perhaps since a line or two."""
        for line in reversed(self._lines[-2:]):
            if re.search(r"[.?!:]$", line.text) or re.match(r"(?:Vra(?:ag|gen)|Antwoord(?:en)?)\b", line.text):
                break
            before = f"{line.text} {before}"
        return before.count("(") > before.count(")")

    def _accepts(self, match: re.Match[str], pattern: re.Pattern[str], labels: Sequence[int]) -> bool:
        if pattern is _BRACKETED:
            return True
        if not labels or not self._next(labels[0]) or list(labels) != list(range(labels[0], labels[0] + len(labels))):
            return False
        if pattern is not _GLUED and self._sure.get(labels[0], -1) > self._at:
            # The marker itself is still to come, behind a sign: this is a number of the text.
            return False
        if pattern is _ENCLOSED:
            return labels[0] in self._enclosed
        if pattern is _LAST:  # where the marker of that note is nowhere written otherwise
            return self._known.issuperset(labels) and not (self._sure.keys() | self._elsewhere).intersection(labels)
        if pattern is _BEFORE_BRACKET:
            if _NAMING.search(match.string[: match.start()]):
                return False
            opened = self._is_open(match.string[: match.start()])
            ends = match.end() == len(match.string) and match.string[match.start() - 1] in ".?!»”’\"')"
            return (labels[0] in self._known or ends) and not opened
        if pattern is _GLUED:
            return re.sub(r"\W", "", match["closed"]).casefold() not in _CITING
        # A marker glued to a word without a sign between is believed only where the note itself was found.
        word = match["word"].rsplit("-", 1)[-1]
        if _QUESTION.fullmatch(match.string) or match.string.startswith("Antwoord"):
            return False
        if labels[0] in self._bracketed:
            # Where markers have brackets, this is a name ("NMP4").
            return False
        if _COUNTED.match(match.string[match.end() :]):
            return False
        return labels[0] in self._known and word not in _SYMBOLS and not (word.isupper() and len(word) <= 2)
