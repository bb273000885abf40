"""Kills the process that writes an index, at random moments, and looks at what is left.

    python -m tests.index.crash --runs 200 [--seed N]

Each run changes a folder of letters at random and starts to build, add or remove. Some are killed (SIGKILL) at a random
moment, others run out of room (a limit on the size of files), the rest come to their end. Afterwards the index must
open, every byte of it must be what was written, and it must hold exactly the passages from before or exactly those from
after the change. Sizes are set so low that every way of writing is taken: anew and appended, with compressed vectors
made, grown, and left alone.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from index.errors import FullDisk
from tests.toy_encoder import ToyEncoder

Letters = dict[str, str]
"""Name of a file → its text."""


def letter(chance: random.Random) -> str:
    """Some questions of one party, with answers of a few made-up sentences; now and then one that is only "Ja."."""
    subjects = "haven dijk spoor kanaal brug sluis weg tunnel veer kade".split()
    text = "Datum 3 maart 2025\nBetreft Vragen\n\nVragen van de leden van de VVD-fractie\n"
    for number in range(1, chance.randint(2, 9)):
        subject = chance.choice(subjects)
        said = [
            f"De {chance.choice(subjects)} kost {chance.randint(1, 10**9)} euro." for _ in range(chance.randint(1, 20))
        ]
        answer = "Ja." if chance.random() < 0.3 else " ".join(said)
        text += f"\n{number}\nKomt er een {subject} nummer {chance.randint(1, 10**6)}?\n\nAntwoord\n{answer}\n"
    return text


def passages(letters: Letters, folder: Path) -> Counter[tuple[str, str]]:
    """What an index of letters holds: (id of the document, text of the passage) → how often."""
    from index.parse import read
    from index.passages import split

    found: Counter[tuple[str, str]] = Counter()
    for name, text in letters.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        found.update((Path(name).stem, passage.text) for passage in split(read(path)))
    return found


def held(out: Path) -> Counter[tuple[str, str]]:
    """What the index in a folder holds; every byte of it is checked. Raises VraagbaakError, AssertionError."""
    from index.store import open_store
    from index.verify import verify

    store = open_store(out, ToyEncoder())
    assert list(verify(out, ToyEncoder())) == []
    rows = [row for number in store.live.tolist() for row in store.rows_of(number)]
    found = Counter((passage.document.id, passage.text) for passage in store.passages(rows))
    assert len(store.lexical) == len(rows) == store.manifest.passages
    from index.backend import Asked, Filters

    asked = Asked(ToyEncoder().encode_queries(["haven"])[0], {"haven": 1.0})
    assert store.candidates(asked, Filters(), 10**6).rows.tolist() == sorted(rows)
    return found


def small() -> None:
    """Set every size at which something else is done so low that a few letters reach it."""
    from index import build, postings, store, writer

    build.REWRITTEN_BELOW, build._BATCH = 30, 8
    writer.COMPRESSED_FROM, writer.LONGEST_TAIL = 60, 20
    postings._RUN = 500
    store.SCORED_WHOLE = 10


def apart(work: Callable[[], object]) -> int:
    """Start work in a process of its own. Returns its id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        small()
        work()
        status = 0
    except FullDisk:
        status = 3
    except BaseException:  # noqa: BLE001 told, and then the process ends
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def limited(work: Callable[[], object], most: int) -> None:
    """Work on a disk on which no file can grow beyond so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    work()


class Trial:
    """One index, and what must be in it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.out, self.folder, self.scratch = root / "built", root / "letters", root / "scratch"
        for path in (self.folder, self.scratch):
            path.mkdir()
        self.on_disk: Letters = {}
        self.indexed: Letters = {}
        self.added: Letters = {}
        self.expected: Counter[tuple[str, str]] = Counter()
        self.tally: Counter[str] = Counter()
        self.seconds = 0.5

    def run(self) -> None:
        change, indexed, added = self._change()
        after = passages({**indexed, **added}, self.scratch)
        end = self.chance.random()
        started = time.perf_counter()
        if end < 0.15:
            most = self.chance.randint(1_000, 60_000)
            child = apart(lambda: limited(change, most))
        else:
            child = apart(change)
        if 0.15 <= end < 0.85:
            time.sleep(self.chance.uniform(0, 1.2) * self.seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if status == 0:
            self.seconds = 0.7 * self.seconds + 0.3 * (time.perf_counter() - started)
        ended = "killed" if os.WIFSIGNALED(status) else {0: "done", 3: "full"}.get(os.WEXITSTATUS(status), "failed")
        if not self.expected and not self.out.joinpath("manifest.json").exists():
            now = Counter[tuple[str, str]]()
        else:
            now = self._held()
        if now == after:
            self.indexed, self.added, self.expected = indexed, added, after
            outcome = "after"
        elif now == self.expected and ended != "done":
            outcome = "before"
        else:
            outcome = "LOST OR DOUBLED"
            print(f"{ended}: lost {self.expected - now and after - now}, more {now - after}", file=sys.stderr)
        self.tally[f"{ended}, then as {outcome}"] += 1

    def _held(self) -> Counter[tuple[str, str]]:
        path = self.scratch / "held"

        def look() -> None:
            path.write_text("\n".join(repr(item) for item in held(self.out).items()), encoding="utf-8")

        _, status = os.waitpid(apart(look), 0)
        if status:
            self.tally["DOES NOT OPEN"] += 1
            return Counter()
        import ast

        return Counter(dict(ast.literal_eval(line) for line in path.read_text(encoding="utf-8").splitlines()))

    def _change(self) -> tuple[Callable[[], object], Letters, Letters]:
        """What to do, and which letters the index must hold when it is done: those of the folder, and those added."""
        from index.build import add, build, remove

        kind = self.chance.choice(["build", "build", "add", "remove"])
        names = sorted({**self.indexed, **self.added})
        if kind == "remove" and len(names) > 2:
            gone = self.chance.sample(names, self.chance.randint(1, 2))
            indexed, added = (
                {name: text for name, text in letters.items() if name not in gone}
                for letters in (self.indexed, self.added)
            )
            ids = [Path(name).stem for name in gone]
            return (lambda: remove(ids, self.out, encoder=ToyEncoder())), indexed, added
        if kind == "add" and names:
            path = self.scratch / f"toegevoegd-{self.chance.randint(1, 10**9)}.txt"
            text = letter(self.chance)
            path.write_text(text, encoding="utf-8")
            return (lambda: add([path], self.out, encoder=ToyEncoder())), self.indexed, {**self.added, path.name: text}
        letters = dict(self.on_disk)
        for _ in range(self.chance.randint(1, 4)):
            roll = self.chance.random()
            if roll < 0.6 or len(letters) < 4:
                letters[f"brief-{self.chance.randint(1, 10**9)}.txt"] = letter(self.chance)
            elif roll < 0.8:
                letters[self.chance.choice(sorted(letters))] = letter(self.chance)
            else:
                del letters[self.chance.choice(sorted(letters))]
        for path in self.folder.iterdir():
            path.unlink()
        for name, text in letters.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.on_disk = letters
        return (lambda: build([self.folder], self.out, encoder=ToyEncoder())), letters, self.added


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vraagbaak-crash-") as temporary:
        trial = Trial(Path(temporary), options.seed)
        for _ in range(options.runs):
            trial.run()
    for outcome, count in sorted(trial.tally.items()):
        print(f"{count:5}  {outcome}")
    return 1 if any(outcome.isupper() or "LOST" in outcome for outcome in trial.tally) else 0


if __name__ == "__main__":
    sys.exit(main())
