"""Writes structured Kamervragen (../shared/kvr) out as letters of every family, with all that makes them hard to read.

Furniture, footnotes, page breaks in mid-sentence, divided words and lost line ends are drawn at random from a seed, so
that a failure can be had again.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

VOWELS = "aeiou"


@dataclass(frozen=True)
class Dossier:
    """A question document with its answers: numbers, texts, who asked, and who answered."""

    id: str
    year: int
    title: str
    ministry: str
    members: tuple[tuple[str, str], ...]
    questions: tuple[tuple[int, str], ...]
    answers: tuple[tuple[tuple[int, ...], str], ...]


@dataclass(frozen=True)
class Written:
    """A letter as text, and what must be read from it: (numbers, words) of questions and of answers, and the askers."""

    text: str
    questions: tuple[tuple[int, str], ...]
    answers: tuple[tuple[tuple[int, ...], str], ...]
    askers: frozenset[tuple[str | None, str]]


def dossiers(path: Path, count: int) -> Iterator[Dossier]:
    """The first `count` documents whose numbers are whole: 1, 2, 3 …, each answered once."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from islice((dossier for line in file if (dossier := _dossier(json.loads(line)))), count)


def _dossier(fields: dict[str, Any]) -> Dossier | None:
    asked = [(question["nr"].strip(), _plain(question["t"])) for question in fields["vragen"]]
    replied = [(answer["nr"].strip(), _plain(answer["t"])) for answer in fields["antwoorden"]]
    if not all(re.fullmatch(r"\d{1,2}", number) and len(words) > 9 for number, words in asked):
        return None
    questions = tuple((int(number), words) for number, words in asked)
    answers = tuple((tuple(int(part) for part in re.findall(r"\d+", number)), words) for number, words in replied)
    numbers = [number for number, _ in questions]
    answered = sorted(number for group, _ in answers for number in group)
    members = tuple((name, party) for names, party in fields["vragers"] if party for name in names.split(" en "))
    if numbers != list(range(1, len(numbers) + 1)) or answered != numbers or not members:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d", fields["year"]) or not all(words for _, words in answers):
        return None
    if any(list(group) != sorted(group) for group, _ in answers):
        return None
    return Dossier(fields["id"], int(fields["year"]), fields["title"], fields["min"], members, questions, answers)


_SUBJECTS = (
    "het kabinet", "de gemeente", "deze regeling", "het onderzoek", "de inspectie", "de sector", "het rapport",
    "de toezichthouder", "het wetsvoorstel", "de Europese Commissie", "de provincie Groningen", "het RIVM",
)  # fmt: skip
_VERBS = ("onderzoekt", "verbetert", "ondersteunt", "beoordeelt", "financiert", "bespreekt", "vergelijkt", "publiceert")
_OBJECTS = (
    "de gevolgen voor ondernemers", "de kosten van de uitvoering", "drie varianten van het plan", "de wachtlijsten",
    "de stikstofdepositie in 2023", "een motie-Jetten", "de CO2-uitstoot", "de publiek-private samenwerking",
    "regelgeving over duurzaamheid", "een bedrag van 12 miljoen euro", "de veiligheid van 1,2 miljoen inwoners",
)  # fmt: skip
_ASKING = (
    "Klopt het dat",
    "Kunt u toelichten of",
    "Bent u van mening dat",
    "Hoe beoordeelt u dat",
    "Deelt u de zorg dat",
)


def invented(random: Random) -> Dossier:
    """A dossier of made-up sentences, for where ../shared is not."""

    def sentence() -> str:
        return f"{random.choice(_SUBJECTS)} {random.choice(_VERBS)} {random.choice(_OBJECTS)}"

    def asked() -> str:
        words = f"{random.choice(_ASKING)} {sentence()}"
        more = random.choice(("?", "? Zo nee, waarom niet?", f", nu {sentence()}? Kunt u dat toelichten?"))
        return f"{words}{more}"

    def replied() -> str:
        told = [f"{said[0].upper()}{said[1:]}." for said in (sentence() for _ in range(random.randint(1, 6)))]
        return " ".join((random.choice(("Ja.", "Nee.", "Daar ben ik mee bekend.", "Deels.")), *told))

    count = random.randint(2, 12)
    members = random.sample(
        (("Dijk", "SP"), ("Van der Plas", "BBB"), ("Bikker", "ChristenUnie"), ("Yeşilgöz", "VVD")), 2
    )
    answers: list[tuple[tuple[int, ...], str]] = []
    number = 1
    while number <= count:
        joint = min(random.choice((1, 1, 1, 2, 3)), count - number + 1)
        answers.append((tuple(range(number, number + joint)), replied()))
        number += joint
    return Dossier(
        f"verzonnen-{count}", 2024, "De gevolgen van de regeling (vervolg)", "Financiën", tuple(members),
        tuple((number, asked()) for number in range(1, count + 1)), tuple(answers),
    )  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Writer:
    """Collects paragraphs, breaks them into lines and pages, and spoils them as sources are spoiled."""

    def __init__(self, random: Random, *, glue: float = 0.0, divide: float = 0.0, notes: float = 0.0) -> None:
        self._random = random
        self._width = random.randint(60, 95)
        self._glue, self._divide, self._notes = glue, divide, notes
        self._lines: list[str] = []
        self._page = 1
        self._left = random.randint(20, 45)
        self._note = 0
        self._foot: list[str] = []
        self._spaced = random.random() < 0.5
        self._furniture = random.choice((_rijkshuisstijl, _aanhangsel, _bare))

    def heading(self, words: str) -> None:
        """A line of its own."""
        if self._spaced and self._lines:
            self._lines.append("")
        self._turn(2)
        self._lines.append(words)

    def paragraph(self, words: str) -> None:
        """Running text, wrapped; perhaps with a footnote behind its last sentence."""
        if self._spaced:
            self._lines.append("")
        noted = False
        if self._random.random() < self._notes and re.search(r"[a-z]{3}[.?]$", words):
            self._note += 1
            words = f"{words}{self._note}"
            noted = True
        rest = words
        while rest:
            self._turn(1)
            line, rest = self._break(rest)
            if rest and self._lines and self._random.random() < self._glue and not line.endswith("-"):
                # The line's end is lost, and its last word runs into the next line's first.
                more, rest = self._break(rest)
                line += more
            self._lines.append(line)
        if noted:
            # At the foot of the page on which its marker stands.
            self._foot.append(f"{self._note}Kamerstuk 26 643, nr. {self._random.randint(100, 999)}")

    def text(self) -> str:
        """All that was written, with the notes of the last page."""
        self._end_page()
        return "\n".join(self._lines) + "\n"

    def _break(self, rest: str) -> tuple[str, str]:
        if len(rest) <= self._width:
            return rest, ""
        end = rest.rfind(" ", 0, self._width + 1)
        if end <= 0:
            end = rest.find(" ")
            return (rest, "") if end < 0 else (rest[:end], rest[end + 1 :])
        if self._random.random() < self._divide:
            word = re.match(r"[a-z]{9,}(?=[ ,.])", rest[end + 1 :])
            for at in range(4, len(word.group()) - 3) if word else ():
                letters = word.group() if word else ""
                if letters[at] not in VOWELS and letters[at + 1] in VOWELS and letters[at - 1] in VOWELS:
                    sign = "\u00ad" if self._random.random() < 0.3 else "-"
                    return rest[: end + 1 + at] + sign, rest[end + 1 + at :]
        return rest[:end], rest[end + 1 :]

    def _turn(self, needed: int) -> None:
        self._left -= 1
        if self._left < needed:
            self._end_page()
            self._lines.extend(self._furniture(self._page))
            self._page += 1
            self._left = self._random.randint(20, 45)

    def _end_page(self) -> None:
        self._lines.extend(self._foot)
        self._foot.clear()


def _rijkshuisstijl(page: int) -> list[str]:
    return [
        "", f"Pagina {page} van 10", "", "Directoraat-generaal", "Economie en Digitalisering", "", "Ons kenmerk",
        "DGED-DE / 98731685", "", "",
    ]  # fmt: skip


def _aanhangsel(page: int) -> list[str]:
    return [f"Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel {page}"]


def _bare(page: int) -> list[str]:
    return ["", f"- {page} -", ""]


def _opening(writer: Writer, dossier: Dossier) -> None:
    named = " en ".join(f"{name} ({party})" for name, party in dossier.members)
    plural = "de leden" if len(dossier.members) > 1 else "het lid"
    subject = re.sub(r"\s*\(.*", "", dossier.title)
    writer.heading(f"Vragen van {plural} {named} aan de Minister over {subject} (ingezonden 3 mei {dossier.year}).")
    writer.heading(f"Antwoord van Minister Jansen (Financiën) (ontvangen 18 november {dossier.year}).")


def _kamervragen(dossier: Dossier, random: Random, *, joint_heading: bool, question: str, answer: str) -> Written:
    writer = Writer(random, glue=random.choice((0, 0.2)), divide=0.2, notes=0.15)
    _opening(writer, dossier)
    asked = dict(dossier.questions)
    if joint_heading:
        for numbers, words in sorted(dossier.answers):
            writer.heading(question.format(n=_and(numbers)))
            for number in numbers:
                writer.paragraph(asked[number])
            writer.heading(answer.format(n=_and(numbers)))
            writer.paragraph(words)
    else:
        for number, words in dossier.questions:
            writer.heading(question.format(n=number))
            writer.paragraph(words)
            for numbers, reply in dossier.answers:
                if max(numbers) == number:
                    writer.heading(answer.format(n=_and(numbers)))
                    writer.paragraph(reply)
    return Written(writer.text(), dossier.questions, dossier.answers, frozenset(dossier.members))


def aanhangsel(dossier: Dossier, random: Random) -> Written:
    """Kamervragen as published, joint questions under one heading where each asks in one sentence of its own."""
    return _kamervragen(dossier, random, joint_heading=False, question="Vraag {n}", answer="Antwoord {n}")


def letter(dossier: Dossier, random: Random) -> Written:
    """Kamervragen as a letter: "Antwoord op vraag 2 en 3" after both questions."""
    answer = random.choice(("Antwoord op vraag {n}", "Antwoord op vragen {n}", "Antwoord vraag {n}:"))
    return _kamervragen(dossier, random, joint_heading=False, question="Vraag {n}", answer=answer)


def bare_numbers(dossier: Dossier, random: Random) -> Written:
    """A number on its line, the question, and "Antwoord"."""
    single = _single(dossier)
    return _kamervragen(
        single, random, joint_heading=True, question="{n}", answer=random.choice(("Antwoord", "Antwoord:"))
    )


def overleg(dossier: Dossier, random: Random) -> Written:
    """A schriftelijk overleg: the numbers run on over the parties' headings."""
    single = _single(dossier)
    parties = list(dict.fromkeys(party for _, party in dossier.members))
    writer = Writer(random, glue=0, divide=0.2, notes=0.1)
    writer.heading(f"Datum 19 mei {dossier.year}")
    writer.heading("Betreft Verslag van een schriftelijk overleg")
    share = max(1, -(-len(single.questions) // len(parties)))
    asked = dict(single.questions)
    for index, (numbers, reply) in enumerate(single.answers):
        if index % share == 0:
            writer.heading(f"Vragen en opmerkingen van de leden van de {parties[index // share]}-fractie")
        writer.heading(str(numbers[0]))
        writer.paragraph(asked[numbers[0]])
        writer.heading("Antwoord")
        writer.paragraph(reply)
    used = parties[: -(-len(single.answers) // share)]
    return Written(writer.text(), single.questions, single.answers, frozenset((None, party) for party in used))


def factual(dossier: Dossier, random: Random) -> Written:
    """A list of factual questions without answer markers: questions that end as such, replies that do not."""
    asked = dict(dossier.questions)
    kept = [
        (numbers[0], asked[numbers[0]], reply)
        for numbers, reply in dossier.answers
        if len(numbers) == 1 and asked[numbers[0]].endswith("?") and not reply.endswith("?")
    ]
    writer = Writer(random, glue=0, divide=0, notes=0)
    writer._spaced = True
    writer.heading("Lijst van vragen en antwoorden over de begroting")
    questions, answers = [], []
    for number, (_, words, reply) in enumerate(kept, start=1):
        writer.heading(str(number))
        writer.paragraph(words)
        writer.paragraph(reply)
        questions.append((number, words))
        answers.append(((number,), reply))
    return Written(writer.text(), tuple(questions), tuple(answers), frozenset())


def _single(dossier: Dossier) -> Dossier:
    """The questions that have an answer of their own, counted anew."""
    asked = dict(dossier.questions)
    pairs = [(asked[numbers[0]], reply) for numbers, reply in sorted(dossier.answers) if len(numbers) == 1]
    return Dossier(
        dossier.id, dossier.year, dossier.title, dossier.ministry, dossier.members,
        tuple((number, words) for number, (words, _) in enumerate(pairs, start=1)),
        tuple(((number,), reply) for number, (_, reply) in enumerate(pairs, start=1)),
    )  # fmt: skip


def _and(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} en {last}" if first else last


LAYOUTS: dict[str, Callable[[Dossier, Random], Written]] = {
    "aanhangsel": aanhangsel,
    "letter": letter,
    "bare numbers": bare_numbers,
    "overleg": overleg,
    "factual": factual,
}
