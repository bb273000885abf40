"""Letters at any size, to measure an archive with: real Kamervragen as long as there are any, then recombined ones.

A real document is a KVR record whole: title, questions, answers, who asked, ministry. KVR tells the year alone, so the
day within it is drawn. `train.jsonl.gz` gives some 118,000 passages; queries come from `dev.jsonl.gz`, whose documents
are not indexed.

A recombined document keeps the shape of a real one, drawn at random: how many exchanges, which questions share an
answer, how many sentences each has, who asked; its date is another record's. Its text is real sentences of the same
ministry: answers from answers, questions from questions, in runs of one to three that stand together in their source.
Sentences would then occur eight times over, which no archive knows; so a fifth of the longer words give way to others
of that ministry with the same ending and the same kind of capital, drawn as often as they occur, and half of the
numbers to other numbers. What is so short that nothing changes ("Ja.") occurs over and over, as in life.

Everything is drawn from a seed: the same size is the same corpus. Documents are made one at a time; the memory held is
that of the records.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from eval.kvr import Record, load
from index.parties import canonical
from index.passages import split
from index.records import Asker, Document, Exchange, Kind, Minister, Question, Span
from index.sentences import sentences
from retrieval.words import DUTCH

_WORD = re.compile(r"\d+|[^\W\d_]{5,}")
_CHANGED, _NUMBERS_CHANGED = 0.2, 0.5
_LONGEST_RUN = 3
_SHORTEST_QUERY = 20


class Corpus:
    """Documents made of KVR records, as many as are asked for."""

    def __init__(self, records: Sequence[Record], *, seed: int = 0) -> None:
        # Records lie in order of time; a small corpus should not be of one year.
        self._records = sorted(records, key=lambda record: hashlib.sha256(record.id.encode()).digest())
        self._seed = seed

    @classmethod
    def open(cls, path: Path, *, seed: int = 0) -> Corpus:
        """Raises BadRecords where the records are not there: nothing made up can stand in for them."""
        return cls(load(path), seed=seed)

    def documents(self, passages: int) -> Iterator[Document]:
        """Documents of so many passages together, a few more where the last one has them."""
        count = 0
        for document in chain(self.real(), self.recombined()):
            if count >= passages:
                return
            count += len(split(document))
            yield document

    def letters(self, count: int) -> Iterator[tuple[str, str]]:
        """Names and texts of so many further letters, laid out as the parser reads them; no `documents` holds them."""
        made = Recombiner(self._records, self._seed + 1)
        for number in range(count):
            document = made.document(f"nieuw-{number}")
            askers = ", ".join(f"{asker.member} ({asker.party})" for asker in document.askers) or "Onbekend (VVD)"
            day = document.day or date(2004, 1, 1)
            heading = (
                f"Vragen van het lid {askers} aan de minister van {document.ministers[0].ministry} over "
                f"{document.title} (ingezonden {DUTCH.date(day)}).\n\n"
            )
            yield document.id, heading + document.text

    def real(self) -> Iterator[Document]:
        """Every record as it stands."""
        for record in self._records:
            yield _letter(record, _parts(record), _day(record, random.Random(record.id)), record.id)

    def recombined(self) -> Iterator[Document]:
        """Without end."""
        made = Recombiner(self._records, self._seed)
        number = 0
        while True:
            yield made.document(f"gemaakt-{number}")
            number += 1


class Recombiner:
    """Makes documents out of the sentences of others."""

    def __init__(self, records: Sequence[Record], seed: int) -> None:
        self._records = records
        self._chance = random.Random(seed)
        self._asked: dict[str, list[list[str]]] = defaultdict(list)
        self._answered: dict[str, list[list[str]]] = defaultdict(list)
        self._words: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._numbers: list[str] = []
        for record in records:
            ministry = _ministry(record)
            self._titles[ministry].append(record.title)
            for pool, parts in ((self._asked, record.questions), (self._answered, record.answers)):
                for _, text in parts:
                    pool[ministry].append(_sentences(text))
                    for word in _WORD.findall(text):
                        if word[0].isdigit():
                            self._numbers.append(word)
                        else:
                            self._words[ministry, _kind(word)].append(word)

    def document(self, name: str) -> Document:
        """The next document."""
        shape, dated = self._chance.choice(self._records), self._chance.choice(self._records)
        ministry = _ministry(shape)
        parts = [
            (
                numbers,
                [(number, self._text(self._asked[ministry], text, ministry)) for number, text in questions],
                self._text(self._answered[ministry], answer, ministry) if answer else "",
            )
            for numbers, questions, answer in _parts(shape)
        ]
        title = self._changed(self._chance.choice(self._titles[ministry]), ministry)
        return _letter(shape, parts, _day(dated, self._chance), name, title)

    def _text(self, pool: Sequence[Sequence[str]], like: str, ministry: str) -> str:
        """As many sentences as `like` has, in runs of neighbours."""
        found: list[str] = []
        wanted = len(_sentences(like))
        while len(found) < wanted:
            source = self._chance.choice(pool)
            if not source:
                continue
            first = self._chance.randrange(len(source))
            run = self._chance.randint(1, min(_LONGEST_RUN, wanted - len(found)))
            found += source[first : first + run]
        return self._changed(" ".join(found), ministry)

    def _changed(self, text: str, ministry: str) -> str:
        chance, words = self._chance, self._words

        def other(match: re.Match[str]) -> str:
            word = match.group()
            if word[0].isdigit():
                return chance.choice(self._numbers) if chance.random() < _NUMBERS_CHANGED else word
            return chance.choice(words.get((ministry, _kind(word)), [word])) if chance.random() < _CHANGED else word

        return _WORD.sub(other, text)


def queries(records: Sequence[Record], count: int) -> list[str]:
    """Questions, titles and keywords in turn, of records that are not in the corpus; always the same ones."""
    kept = sorted(records, key=lambda record: hashlib.sha256(record.id.encode()).digest())
    found: dict[str, None] = {}
    for number, record in enumerate(kept):
        asked = record.questions[0][1] if record.questions else record.title
        text = (asked, record.title, record.keywords)[number % 3].strip()
        if len(text) >= (3 if number % 3 == 2 else _SHORTEST_QUERY):
            found.setdefault(text[:1000])
        if len(found) == count:
            break
    return list(found)


_Part = tuple[tuple[int, ...], list[tuple[int | None, str]], str]
"""The numbers of an exchange, its questions with theirs, its answer ("" where there is none)."""


def _parts(record: Record) -> list[_Part]:
    """The record's exchanges: each answer with the questions of its numbers, then what was left unanswered."""
    left = list(record.questions)
    parts: list[_Part] = []
    for numbers, answer in record.answers:
        own = [question for question in left if set(question[0]) & set(numbers)]
        left = [question for question in left if question not in own]
        parts.append((numbers, [(asked[0] if asked else None, text) for asked, text in own], answer))
    parts += [(asked, [(asked[0] if asked else None, text)], "") for asked, text in left]
    return parts


def _letter(record: Record, parts: Sequence[_Part], day: date | None, name: str, title: str | None = None) -> Document:
    text: list[str] = []
    length = 0

    def put(piece: str) -> Span:
        nonlocal length
        span = Span(length, length + len(piece))
        text.append(piece)
        length = span.end + 2
        return span

    askers = tuple(Asker(canonical(asker.party) or asker.party, asker.member) for asker in record.askers if asker.party)
    exchanges = []
    for numbers, questions, answer in parts:
        label = " en ".join(map(str, numbers))
        put(f"Vraag {label}")
        asked = tuple(Question(number, put(question)) for number, question in questions)
        if answer:
            put(f"Antwoord {label}")
        exchanges.append(Exchange(numbers, askers, asked, put(answer) if answer else None))
    whole = "\n\n".join(text)
    return Document(
        id=name,
        filename=f"{name}.txt",
        sha256=hashlib.sha256(f"{name}\n{whole}".encode()).hexdigest(),
        title=record.title if title is None else title,
        kind=Kind.KAMERVRAGEN,
        dossier=None,
        reference=name,
        asked_on=None,
        answered_on=day,
        ministers=(Minister(None, "minister", _ministry(record)),),
        text=whole,
        page_starts=(),
        exchanges=tuple(exchanges),
        askers=askers,
    )


def _day(record: Record, chance: random.Random) -> date | None:
    return date(record.year, 1, 1) + timedelta(days=chance.randrange(365)) if record.year else None


def _ministry(record: Record) -> str:
    return re.sub(r"\s*\([A-Z]+\)$", "", record.ministry)


def _kind(word: str) -> str:
    """What a word must share with another that takes its place."""
    return word[-2:].lower() + ("A" if word.isupper() else "a" if word[0].isupper() else "")


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]
