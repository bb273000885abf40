"""Puts a letter on pages as sources come to us, with all that makes them hard to read.

Lines are wrapped, or their ends lost; words are divided; pages break in mid-sentence; furniture stands between; notes
are marked in every way that was seen. All of it is drawn from a seed, so that a failure can be had again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

VOWELS = "aeiou"
NOTES = (
    "Kamerstuk 26 643, nr. {n}",
    "NOS, 29 oktober 2024, «Tekort aan woningen loopt op» (www.nos.nl/artikel/{n})",
    "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. {n}",
    "Zie https://www.rijksoverheid.nl/documenten/{n}/rapport-over-de-gevolgen-voor-de-uitvoering-en-de-kosten-daarvan",
    "CBS (2023), Statline, tabel {n}",
)
Furniture = Callable[[int], list[str]]


@dataclass(frozen=True)
class Habits:
    """How a source spoils its text. Chances are those of a line or, for `notes`, of a paragraph."""

    wrap: bool = True
    spaced: bool = True
    lost_ends: float = 0.0
    divide: float = 0.0
    notes: float = 0.0
    markers: str = "glued"
    leaves: bool = True
    feeds: bool = False
    furniture: Furniture = lambda page: [f"Pagina {page} van 12"]


class Writer:
    """Collects headings and paragraphs, and gives the text that a source with these habits would hold."""

    def __init__(self, random: Random, habits: Habits) -> None:
        self.random = random
        self._habits = habits
        self._width = random.randint(60, 95)
        self._lines: list[str] = []
        self._page = 1
        self._left = random.randint(20, 45)
        self._note = 0
        self._foot: list[str] = []

    def heading(self, words: str, *, space: bool = True) -> None:
        """A line of its own, or more where it is long."""
        if self._habits.spaced and space and self._lines:
            self._lines.append("")
        self._turn(2)
        self._wrapped(words, lost=0.0)

    def paragraph(self, words: str, *, before: str = "", notes: bool = True) -> None:
        """Running text after `before` on its first line; perhaps with a marker behind one of its sentences."""
        if self._habits.spaced:
            self._lines.append("")
        at = self._place(words) if notes and self.random.random() < self._habits.notes else None
        if at is None:
            self._wrapped(before + words, lost=self._habits.lost_ends)
            return
        self._note += 1
        until, after = words[:at], words[at:].strip()
        # A marker stands behind its word, ends the line, or opens the next; its note is at the foot of the same page.
        match self._habits.markers:
            case "alone":
                self._wrapped(before + until, lost=self._habits.lost_ends)
                self._lines.append(str(self._note))
            case "opening":
                self._wrapped(before + until, lost=self._habits.lost_ends)
                after = f"{self._note} {after}".strip()
            case "bracket":
                until = f"{until}[{self._note}]"
            case "round":
                until = f"{until} {self._note})"
            case _:
                until = f"{until}{self._note}"
        if self._habits.markers in ("alone", "opening"):
            self._foot.append(self._body())
            self._wrapped(after, lost=self._habits.lost_ends)
        else:
            self._wrapped(f"{before}{until} {after}".strip(), lost=self._habits.lost_ends, noted=len(before + until))

    def lines(self, *lines: str) -> None:
        """Lines as they stand."""
        self._lines.extend(lines)

    def text(self) -> str:
        """All that was written, with the notes of the last page."""
        self._end_page()
        return "\n".join(self._lines) + "\n"

    def _place(self, words: str) -> int | None:
        """Behind which sentence a marker comes; None where none ends in a word."""
        ends = [match.end() for match in re.finditer(r"[a-z]{3}[.?](?= [A-Z]|$)", words)]
        return self.random.choice(ends) if ends else None

    def _body(self) -> str:
        words = self.random.choice(NOTES).format(n=self.random.randint(100, 999))
        match self._habits.markers:
            case "bracket":
                return f"[{self._note}] {words}"
            case "round":
                return f"{self._note}) {words}"
            case _:
                return f"{self._note}{self.random.choice(('', ' '))}{words}"

    def _wrapped(self, words: str, *, lost: float, noted: int | None = None) -> None:
        """Write text in lines; `noted` is how far its marker stands from its beginning."""
        rest = words
        while rest:
            self._turn(1)
            if not self._habits.wrap:
                self._lines.append(rest)
                break
            line, rest = self._break(rest)
            while rest and self.random.random() < lost:
                # The line's end is lost, and its last word runs into the next line's first.
                more, rest = self._break(rest)
                line += more
            self._lines.append(line)
            if noted is not None and len(words) - len(rest) >= noted:
                self._foot.append(self._body())
                noted = None
        if noted is not None:
            self._foot.append(self._body())

    def _break(self, rest: str) -> tuple[str, str]:
        if len(rest) <= self._width:
            return rest, ""
        end = rest.rfind(" ", 0, self._width + 1)
        if end <= 0:
            end = rest.find(" ")
            return (rest, "") if end < 0 else (rest[:end], rest[end + 1 :])
        if self.random.random() < self._habits.divide:
            word = re.match(r"[a-z]{9,}(?=[ ,.])", rest[end + 1 :])
            letters = word.group() if word else ""
            for at in range(4, len(letters) - 3):
                if letters[at] not in VOWELS and letters[at + 1] in VOWELS and letters[at - 1] in VOWELS:
                    sign = "\u00ad" if self.random.random() < 0.3 else "-"
                    return rest[: end + 1 + at] + sign, rest[end + 1 + at :]
        return rest[:end], rest[end + 1 :]

    def _turn(self, needed: int) -> None:
        self._left -= 1
        if self._habits.leaves and self._left < needed:
            self._end_page()
            self._lines.extend(self._habits.furniture(self._page))
            if self._habits.feeds:
                self._lines[-1] += "\f"
            self._page += 1
            self._left = self.random.randint(20, 45)

    def _end_page(self) -> None:
        for body in self._foot:
            # Two in three notes are broken over lines of their own.
            lines = [body]
            if len(body) > self._width and self._habits.wrap:
                end = body.rfind(" ", 0, self._width)
                lines = [body[:end], body[end + 1 :]] if end > 0 else lines
            self._lines.extend(lines)
        self._foot.clear()


def rijkshuisstijl(page: int) -> list[str]:
    return [
        "", f"Pagina {page} van 10", "", "Directoraat-generaal", "Economie en Digitalisering", "", "Ons kenmerk",
        "DGED-DE / 98731685", "", "",
    ]  # fmt: skip


def aanhangsel(page: int) -> list[str]:
    first = [
        " ",
        "  ",
        "ah-tk-20242025-594",
        "ISSN 0921 - 7398’s-Gravenhage 2024Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1",
    ]
    return first if page == 1 else [f"Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel {page}"]


def kamerstuk(page: int) -> list[str]:
    return [f"Tweede Kamer, vergaderjaar 2024–2025, 26 643, nr. 1337 {page}"]


def eerste_kamer(page: int) -> list[str]:
    return [f"Eerste Kamer, vergaderjaar 2024–2025, 25 295, BM {page}"]


def dashes(page: int) -> list[str]:
    return ["", f"- {page} -", ""]


def number(page: int) -> list[str]:
    return ["", f"{page}"]


def spoken(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} en {last}" if first else last
