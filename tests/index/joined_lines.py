"""How much of what was lost comes back: `python -m tests.index.joined_lines ../shared/kvr/dev.jsonl.gz [COUNT]`.

Real questions and answers are broken into lines as a printer does, and joined without a space. Told are the breaks, the
spaces that came back, and those put where none had been; the latter also for the texts as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from random import Random
from textwrap import wrap

from index.clean.repair import mended
from index.extract.source import Line
from tests.index.kvr_letters import dossiers


def joined(text: str, width: int) -> tuple[str, set[int]]:
    """A text without the ends of its lines, and where they were."""
    lines = wrap(text, width, break_on_hyphens=False)
    return "".join(lines), {sum(map(len, lines[:count])) for count in range(1, len(lines))}


def put_in(texts: Iterable[str]) -> list[set[int]]:
    """Where the repair of a document puts a space."""
    found = mended([Line(text) for text in texts])
    return [
        {
            place
            for place, (before, after) in zip(line.places, pairwise((0, *line.grown)), strict=True)
            if after > before
        }
        for line in found
    ]


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("records", type=Path, help="KVR records, as in ../shared/kvr")
    parser.add_argument("count", type=int, nargs="?", default=300, help="documents (300)")
    options = parser.parse_args()
    random = Random(0)
    breaks = back = wrong = touched = 0
    for dossier in dossiers(options.records, options.count):
        texts = [" ".join(text.split()) for _, text in (*dossier.questions, *dossier.answers)]
        width = random.randrange(72, 104)
        broken = [joined(text, width) for text in texts]
        for (_, ends), places in zip(broken, put_in(text for text, _ in broken), strict=True):
            breaks, back, wrong = breaks + len(ends), back + len(ends & places), wrong + len(places - ends)
        touched += sum(map(len, put_in(texts)))
    print(f"{breaks} line breaks lost: {back} came back ({back / max(breaks, 1):.3f}), {wrong} spaces elsewhere")
    print(f"the texts as they are: {touched} spaces put in")


if __name__ == "__main__":
    main()
