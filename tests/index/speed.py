"""How fast letters are parsed on one core: `python -m tests.index.speed [FOLDER]`.

Pages are those of a printed letter, 2,500 characters; the time is the processor's, so that a busy machine counts less.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from random import Random

from index.extract import Source, extract
from index.parse import parse
from tests.index.kvr_letters import invented
from tests.index.layouts import LAYOUTS
from tests.index.test_origin import source_of

PAGE = 2500


def made_up(count: int) -> list[Source]:
    """Letters in every layout, where no folder is given."""
    random = Random(0)
    return [source_of(LAYOUTS[layout](invented(random), random).text) for _ in range(count) for layout in LAYOUTS]


def main() -> None:
    """Print pages a second: the median of five rounds over all letters, after one that is not counted."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="texts, as ../shared/letters; made-up letters without it")
    options = parser.parse_args()
    sources = [extract(path) for path in sorted(options.folder.glob("*.txt"))] if options.folder else made_up(10)
    pages = sum(len(source.text) for source in sources) / PAGE
    rounds = []
    for _ in range(6):
        began = time.process_time()
        for source in sources:
            parse(source, "brief")
        rounds.append(pages / (time.process_time() - began))
    print(f"{len(sources)} letters, {pages:.0f} pages: {statistics.median(rounds[1:]):.0f} pages a second")


if __name__ == "__main__":
    main()
