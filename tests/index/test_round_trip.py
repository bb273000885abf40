"""Structured documents written out as letters and read back.

Many at once: `python -m tests.index.test_round_trip FILE COUNT [-v]`.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from index.clean.text import clean
from index.extract.pdf import read_pdf
from index.extract.plain import lines_of
from index.extract.source import Source
from index.parse import parse
from index.parties import canonical
from index.records import Document
from tests.index.kvr_letters import LAYOUTS, Dossier, Written, dossiers
from tests.index.letter_pdf import Body, draw
from tests.index.test_parse_pdf import STYLES

KVR = Path(__file__).parents[3] / "shared" / "kvr" / "dev.jsonl.gz"


def compare(written: Written, letter: Document, year: int) -> tuple[int, int, list[str]]:
    """How many questions and answers came back with number, words and askers; how many there were; what did not."""
    askers = frozenset((member, canonical(party, year) or party) for member, party in written.askers)
    read = {(asker.member, asker.party) for exchange in letter.exchanges for asker in exchange.askers}
    asked: Counter[tuple[object, str]] = Counter()
    for exchange in letter.exchanges:
        asked.update((question.number, squashed(question.span.of(letter.text))) for question in exchange.questions)
        if exchange.answer:
            asked[(exchange.numbers, squashed(exchange.answer.of(letter.text)))] += 1
    right, faults = 0, []
    items: list[tuple[object, str]] = [*written.questions, *written.answers]
    for number, words in items:
        if asked[(number, squashed(words))] and read <= askers | {(None, party) for _, party in askers}:
            right += 1
        else:
            faults.append(f"{number}: {words[:60]}")
    return right, len(items), faults


def squashed(words: str) -> str:
    """Letters and digits alone; accents that the source holds as loose signs are put on their letters."""
    return "".join(sign for sign in clean(words).casefold() if sign.isalnum())


def read_back(written: Written) -> Document:
    lines, pages = lines_of(written.text)
    return parse(Source("brief.txt", "", tuple(lines), pages), "brief")


@pytest.mark.shared
@pytest.mark.skipif(not KVR.exists(), reason="../shared/kvr is not here")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_hundred_documents_come_back(layout: str) -> None:
    right = there = 0
    for number, dossier in enumerate(dossiers(KVR, 100)):
        written = LAYOUTS[layout](dossier, Random(number))
        if written.questions:
            found, items, _ = compare(written, read_back(written), dossier.year)
            right, there = right + found, there + items
    assert right / there >= 0.99


@pytest.mark.shared
@pytest.mark.skipif(not KVR.exists(), reason="../shared/kvr is not here")
def test_drawn_documents_come_back_with_their_pages() -> None:
    wrong = []
    for number, dossier in enumerate(dossiers(KVR, 40)):
        style = STYLES[number % len(STYLES)]
        questions, answers, body = drawable(dossier, Random(number))
        if len(questions) < 2:
            continue
        drawn = draw(body, style)
        found = read_pdf(drawn.pdf, "brief.pdf")
        letter = parse(Source("brief.pdf", "", tuple(found.lines), found.pages, aside=tuple(found.aside)), "brief")
        read: list[tuple[int, str, int | None]] = []
        for exchange in letter.exchanges:
            spans = [question.span for question in exchange.questions] + ([exchange.answer] if exchange.answer else [])
            read += [
                (exchange.numbers[0], squashed(span.of(letter.text)), letter.page_of(span.start)) for span in spans
            ]
        there = [
            (index, squashed(words), page)
            for texts, pages in ((questions, drawn.questions), (answers, drawn.answers))
            for index, (words, page) in enumerate(zip(texts, pages, strict=True), start=1)
        ]
        wrong += [f"{style.name} {dossier.id} {item}" for item in there if item not in read]
    assert wrong == []


def drawable(dossier: Dossier, random: Random) -> tuple[list[str], list[str], Body]:
    """A dossier as a letter of two parties, with notes behind some answers."""
    asked = dict(dossier.questions)
    pairs = [(asked[numbers[0]], reply) for numbers, reply in sorted(dossier.answers) if len(numbers) == 1]
    items: list[tuple[str, str, int, tuple[tuple[int, int], ...]]] = []
    notes: list[str] = []
    for number, (words, reply) in enumerate(pairs, start=1):
        if number in (1, len(pairs) // 2 + 1):
            party = "VVD" if number == 1 else "SP"
            items.append(("party", f"Vragen van de leden van de {party}-fractie", 0, ()))
        items.append(("question", words, number, ()))
        cited: tuple[tuple[int, int], ...] = ()
        if random.random() < 0.3 and reply[-3:-1].isalpha() and reply.endswith("."):
            notes.append(f"Kamerstuk 26 643, nr. {random.randint(1, 999)}")
            cited = ((len(reply), len(notes)),)
        items.append(("answer", reply, number, cited))
    opening = ("Datum 19 mei 2025", "Betreft Schriftelijk overleg over het plan", "", "Geachte Voorzitter,", "")
    return [words for words, _ in pairs], [reply for _, reply in pairs], Body(opening, tuple(items), tuple(notes))


def main() -> None:
    """Print the share that came back per layout, and what did not."""
    path, count = Path(sys.argv[1]), int(sys.argv[2])
    for layout, write in LAYOUTS.items():
        right = there = 0
        for number, dossier in enumerate(dossiers(path, count)):
            written = write(dossier, Random(number))
            if not written.questions:
                continue
            found, items, faults = compare(written, read_back(written), dossier.year)
            right, there = right + found, there + items
            for fault in faults if "-v" in sys.argv else ():
                print(layout, dossier.id, number, fault)
        print(f"{layout:14} {right / max(there, 1):.4f} ({right} of {there})")


if __name__ == "__main__":
    main()
