"""Structured documents written out as letters and read back.

Many at once: `python -m tests.index.test_round_trip ../shared/kvr/train.jsonl.gz 2000`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
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
from tests.index.kvr_letters import Dossier, dossiers, invented
from tests.index.layouts import LAYOUTS, Asked, Written
from tests.index.letter_pdf import Body, draw
from tests.index.test_parse_pdf import STYLES

KVR = Path(__file__).parents[3] / "shared" / "kvr" / "dev.jsonl.gz"


def compare(written: Written, letter: Document, year: int) -> tuple[int, int, list[str]]:
    """How many questions and answers came back with number, words and askers; how many there were; what did not."""
    read: Counter[tuple[object, str, frozenset[Asked]]] = Counter()
    for exchange in letter.exchanges:
        askers = frozenset((asker.member, asker.party) for asker in exchange.askers)
        read.update(
            (question.number, squashed(question.span.of(letter.text)), askers) for question in exchange.questions
        )
        if exchange.answer:
            read[(exchange.numbers, squashed(exchange.answer.of(letter.text)), askers)] += 1
    right = there = 0
    faults = [] if letter.kind is written.kind else [f"kind: {letter.kind}, not {written.kind}"]
    for expected in written.exchanges:
        askers = frozenset((member, canonical(party, year) or party) for member, party in expected.askers)
        items: list[tuple[object, str]] = [*expected.questions]
        if expected.answer is not None:
            items.append((expected.numbers, expected.answer))
        for number, words in items:
            there += 1
            found = (number, squashed(words), askers)
            if read[found] and letter.kind is written.kind:
                read[found] -= 1
                right += 1
            else:
                faults.append(f"{number} {set(askers)}: {words[:60]}")
    return right, there, faults


def squashed(words: str) -> str:
    """Letters and digits alone; accents that the source holds as loose signs are put on their letters."""
    return "".join(sign for sign in clean(words).casefold() if sign.isalnum())


def read_back(written: Written) -> Document:
    lines, pages = lines_of(written.text)
    return parse(Source("brief.txt", "", tuple(lines), pages), "brief")


@pytest.mark.shared
@pytest.mark.skipif(not KVR.exists(), reason="../shared/kvr is not here")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_sixty_documents_come_back(layout: str) -> None:
    right, there, faults = come_back(layout, dossiers(KVR, 60))
    # A hundredth over a few hundred items: two or three may be wrong here, where the whole run bears half of that.
    assert right / there >= 0.99, faults


@pytest.mark.parametrize("layout", LAYOUTS)
def test_made_up_documents_come_back(layout: str) -> None:
    random = Random(layout)
    right, there, faults = come_back(layout, (invented(random) for _ in range(15)))
    assert there > 20
    assert right / there >= 0.97, faults


def come_back(layout: str, sources: Iterable[Dossier]) -> tuple[int, int, list[str]]:
    """Write each dossier in a layout and read it back: how many items were right, how many there were, the others."""
    right = there = 0
    faults: list[str] = []
    for number, dossier in enumerate(sources):
        written = LAYOUTS[layout](dossier, Random(number))
        if written.exchanges:
            found, items, wrong = compare(written, read_back(written), dossier.year)
            right, there = right + found, there + items
            faults += [f"{layout} {dossier.id} {number} {fault}" for fault in wrong]
    return right, there, faults


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
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file", type=Path, help="as ../shared/kvr/train.jsonl.gz")
    parser.add_argument("count", type=int, help="documents, each of them in every layout")
    parser.add_argument("--layout", choices=LAYOUTS, action="append", help="only this one")
    parser.add_argument("--faults", action="store_true", help="name what was read wrongly")
    options = parser.parse_args()
    for layout in options.layout or LAYOUTS:
        right, there, faults = come_back(layout, dossiers(options.file, options.count))
        print(f"{layout:18} {right / max(there, 1):.4f} ({right} of {there})", flush=True)
        for fault in faults if options.faults else ():
            print(f"  {fault}")


if __name__ == "__main__":
    main()
