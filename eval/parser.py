"""How well letters are parsed: `python -m eval parser FOLDER` compares what is read with labels made by hand.

The folder holds texts and a `gold.jsonl` as in ../shared/letters: kind, questioners, ministers, dates, identifier, and
every question and answer by its first and last words. A question or answer counts only when its number and both its
ends agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import BadGold

if TYPE_CHECKING:
    from index.records import Document, Span


@dataclass(slots=True)
class Tally:
    """Counts for one field: how many were right, how many were read, how many there are."""

    right: int = 0
    read: int = 0
    there: int = 0

    def add(self, read: Iterable[object], there: Iterable[object]) -> None:
        """Count one document's items; each may be matched once."""
        read, left = list(read), list(there)
        self.read += len(read)
        self.there += len(left)
        for item in read:
            if item in left:
                left.remove(item)
                self.right += 1

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.read + self.there) if self.read + self.there else 1.0


@dataclass(slots=True)
class Score:
    """All fields over all documents, and what went wrong where."""

    fields: dict[str, Tally] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, file: str, read: Sequence[object], there: Sequence[object]) -> None:
        tally = self.fields.setdefault(name, Tally())
        before = tally.right
        tally.add(read, there)
        if tally.right - before < max(len(read), len(there)):
            extra = [item for item in read if item not in there]
            missing = [item for item in there if item not in read]
            self.faults.append(f"{file[:40]:40} {name}: read {extra!r}, missed {missing!r}")


def score(folder: Path) -> Score:
    """Parse every labelled text of a folder and compare. Raises BadGold or UnreadableFile."""
    from index.parse import read

    labels = folder / "gold.jsonl"
    try:
        lines = labels.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadGold(f"{labels} cannot be read ({error.strerror}): name a folder of labelled texts") from error
    total = Score()
    for number, line in enumerate(lines, 1):
        try:
            gold = json.loads(line)
            path = folder / gold["file"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadGold(f"{labels}, line {number}: {error!r}; see ../shared/DATA.md for the fields") from error
        _compare(total, gold, read(path))
    return total


def _compare(total: Score, gold: dict[str, Any], document: Document) -> None:
    file = gold["file"]
    total.add("kind", file, [_kind(document)], [gold["kind"]])
    askers = [*document.askers, *(asker for exchange in document.exchanges for asker in exchange.askers)]
    asked = {(asker.member, asker.party) for asker in askers}
    total.add(
        "members and parties",
        file,
        sorted((_squashed(member or ""), party) for member, party in asked),
        sorted((_squashed(person["name"]), person["party"]) for person in gold["questioners"]),
    )
    answering = gold["answered_by"]
    ministers = [_labelled(minister.name, answering) for minister in document.ministers if minister.name]
    total.add("ministers", file, ministers, [_squashed(name) for name in answering])
    for name, day in (("asked on", document.asked_on), ("answered on", document.answered_on)):
        there = gold[name.replace(" ", "_")]
        total.add(name, file, [day.isoformat()] if day else [], [there] if there else [])
    identifier = gold["identifier"]
    total.add(
        "identifier", file, [document.reference] if document.reference else [], [identifier] if identifier else []
    )
    there_questions = list(gold["questions"])
    total.add(
        "questions",
        file,
        list(_matched(document, there_questions, _questions(document), lambda item: (item["n"],))),
        [((item["n"],), item["starts"], item["ends"]) for item in there_questions],
    )
    answers = [
        (exchange.numbers, exchange.answer) for exchange in document.exchanges if exchange.answer and exchange.numbers
    ]
    there_answers = list(gold["answers"])
    found = list(_matched(document, there_answers, answers, lambda item: tuple(item["numbers"])))
    wanted = [(tuple(item["numbers"]), item["starts"], item["ends"]) for item in there_answers]
    total.add("answers", file, found, wanted)
    total.add(
        "joint answers",
        file,
        [item for item in found if len(item[0]) > 1],
        [item for item in wanted if len(item[0]) > 1],
    )


def _kind(document: Document) -> str:
    """The document's kind in the words of the labels."""
    if document.kind.value == "uitstel":
        return "delay"
    if not document.exchanges:
        return "other"
    return "answers" if any(exchange.answer for exchange in document.exchanges) else "questions_only"


def _questions(document: Document) -> list[tuple[tuple[int, ...], Span]]:
    """Every question with its number; where the document numbers none, by order."""
    questions = [question for exchange in document.exchanges for question in exchange.questions]
    return [
        ((question.number if question.number is not None else order,), question.span)
        for order, question in enumerate(questions, start=1)
    ]


def _matched(
    document: Document, labels: list[dict[str, Any]], spans: Sequence[tuple[tuple[int, ...], Span]], numbers: Any
) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """What was read, in the words of the label that it agrees with, or else in its own."""
    for own, span in spans:
        words = span.of(document.text)
        squashed = _squashed(words)
        for label in labels:
            if (
                numbers(label) == own
                and squashed.startswith(_squashed(label["starts"]))
                and squashed.endswith(_squashed(label["ends"]))
            ):
                yield own, label["starts"], label["ends"]
                break
        else:
            yield own, " ".join(words.split()[:6]), " ".join(words.split()[-6:])


def _squashed(words: str) -> str:
    """Letters and digits alone: the sources lose and add spaces, and print hyphens that divide.

    A digit glued to a word is left out on both sides, because labels keep the marker of a footnote inside their words.
    """
    return "".join(sign for sign in re.sub(r"(?<=[a-z]{4})\d{1,2}\b", "", words.casefold()) if sign.isalnum())


def _labelled(name: str, labels: Sequence[str]) -> str:
    """The label that a full name ends with, since labels hold surnames alone; else the name as it is read."""
    return _squashed(next((label for label in labels if f" {name}".lower().endswith(f" {label.lower()}")), name))


def report(folder: Path, *, faults: bool = False) -> str:
    """The figures per field as a table, and below it, if asked for, what went wrong where."""
    result = score(folder)
    rows = [f"{'field':20} {'F1':>6} {'right':>6} {'read':>6} {'there':>6}"]
    rows += [
        f"{name:20} {tally.f1:6.3f} {tally.right:6} {tally.read:6} {tally.there:6}"
        for name, tally in result.fields.items()
    ]
    return "\n".join([*rows, *(result.faults if faults else ())])
