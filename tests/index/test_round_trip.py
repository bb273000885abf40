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
from index.extract.plain import lines_of
from index.extract.source import Source
from index.parse import parse
from index.parties import canonical
from index.records import Document
from tests.index.kvr_letters import LAYOUTS, Written, dossiers

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
