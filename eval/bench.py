"""Vraagbaak beside other systems, in one run: the same passages, the same model, the same machine, in turn.

Each system builds in a process of its own and answers in another, so that its memory is its own. The rounds go round
the systems, so that what slows the machine down slows all of them; figures are medians over the rounds.

What is searched: the letter of the seed queries, and answers of KVR up to the number of passages asked for. Time per
query is that of a user: from the text to ten hits, the encoding of the query included. What each system takes to encode
the same queries is told apart, and what it takes beyond that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from eval import kvr
from eval.gold import SEED_QUERIES, judge, letter
from eval.gold import load as load_gold
from eval.metrics import Scores, mean, score
from eval.peers import PEERS, REQUIREMENTS, make, missing
from eval.processes import alone, most_memory, once
from eval.stats import difference
from eval.trec import Qrels, docno_of, listed
from index.errors import VraagbaakError

if TYPE_CHECKING:
    from index.records import Document, Passage

SHOWN = 10
"""Hits that are asked for when time is measured."""
_DEEP = 50
"""Passages that are asked for when quality is: ten exchanges must come of them."""
_WARM = 5
"""Queries put before time is measured."""
QUALITY = ("MRR@10", "nDCG@10")
COSTS = {
    "build": "s",
    "open": "s",
    "p50": "ms",
    "p95": "ms",
    "encode": "ms",
    "beyond": "ms",
    "memory": "MB",
    "disk": "MB",
}
"""What a system costs, and in what. `encode` and `beyond` are medians over the queries: of encoding one, and of what
answering it takes longer than that. `memory` is the most that the answering process ever held."""


class BadBench(VraagbaakError):
    """A comparison that cannot be made."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is compared on. `records` are files of KVR records, those asked about first; none: the letter alone.

    In `work` the indexes are kept, of one model: another run finds them there, with what building them took, and
    `eval.scale` may keep its own beside them.
    """

    letters: Path
    records: tuple[Path, ...]
    passages: int
    queries: int
    model: str | None
    work: Path | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The passages, the exchange of each, and the sets of queries with their judgements."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    names: tuple[str, ...]
    asked: Mapping[str, tuple[Mapping[str, str], Qrels]]


def corpus(setup: Setup) -> Corpus:
    """Read what is compared on; always the same for the same setup."""
    from index.parse import read
    from index.passages import split

    documents = [read(path) for path in sorted(setup.letters.iterdir()) if path.suffix == ".txt"]
    passages = [passage for document in documents for passage in split(document)]
    # A party filter is ours alone; queries that need one are left out.
    gold = [query for query in load_gold(SEED_QUERIES) if query.answerable and not query.parties]
    seed = {query.id: query.query for query in gold}
    asked: dict[str, tuple[Mapping[str, str], Qrels]] = {"the letter": (seed, judge(gold, letter(documents)))}
    records: list[kvr.Record] = []
    for record in (record for path in setup.records for record in kvr.load(path)):
        if len(passages) >= setup.passages:
            break
        records.append(record)
        documents.append(kvr.document(record))
        passages += split(documents[-1])
    if records:
        asked[str(kvr.Task.QUESTION)] = kvr.tasks(records, sample=setup.queries)[kvr.Task.QUESTION]
    names = tuple(docno_of(passage.document, passage.exchange) for passage in passages)
    return Corpus(tuple(documents), tuple(passages), names, asked)


def bench(
    setup: Setup, systems: Sequence[str], *, rounds: int = 3, progress: Callable[[str], object] | None = None
) -> dict[str, Any]:
    """Let every system build and answer, `rounds` times in turn. Returns all figures as plain values.

    The first system is what the others are compared with. Raises BadBench where one is not installed.
    """
    if unknown := [name for name in systems if name not in PEERS]:
        raise BadBench(f"no system is called {', '.join(unknown)}: choose from {', '.join(PEERS)}")
    if absent := missing(systems):
        raise BadBench(
            f"{', '.join(absent)} not installed: `pip install -r {REQUIREMENTS}`, or name others with --systems"
        )
    if rounds < 1 or not systems:
        raise BadBench("nothing to compare: ask for one system and one round or more")
    tell = progress or (lambda told: None)
    costs: dict[str, list[dict[str, float]]] = {name: [] for name in systems}
    runs: dict[str, dict[str, dict[str, list[str]]]] = {}
    what = corpus(setup)
    sizes = {"documents": len(what.documents), "passages": len(what.passages)}
    queries = {part: dict(texts) for part, (texts, _) in what.asked.items()}
    for number in range(rounds):
        for name in systems:
            with _place(setup, name) as place:
                folder, told = Path(place) / "index", f"round {number + 1}, {name}"
                built = once(folder / "build.json", partial(_built, setup, name, folder, told, tell))
                tell(f"{told}: answer")
                cost, found = alone(_answer, name, setup.model, folder / "built", queries, number == 0)
                costs[name].append(cost | built)
                runs |= {name: found} if found else {}
    scores = {
        name: {
            part: score(qrels, {query: listed(_distinct(ranking)) for query, ranking in runs[name][part].items()})
            for part, (_, qrels) in what.asked.items()
        }
        for name in systems
    }
    return {
        "haystack": sizes,
        "queries": {part: len(texts) for part, texts in queries.items()},
        "rounds": rounds,
        "systems": {
            name: {
                "costs": {cost: median(row[cost] for row in costs[name]) for cost in COSTS},
                "rounds": costs[name],
                "quality": {part: {m: mean(rows, m) for m in QUALITY} for part, rows in scores[name].items()},
                "against": _against(scores[systems[0]], scores[name]) if name != systems[0] else {},
            }
            for name in systems
        },
    }


def _place(setup: Setup, name: str) -> AbstractContextManager[str | Path]:
    """Where a system's index is, and what building it took: kept, or gone when its round is over."""
    if setup.work is None:
        return TemporaryDirectory(prefix="vraagbaak-bench-")
    return nullcontext(setup.work / "peers" / str(setup.passages) / name)


def _built(setup: Setup, name: str, folder: Path, told: str, tell: Callable[[str], object]) -> dict[str, Any]:
    """What building a system's index takes."""
    tell(f"{told}: build")
    (folder / "built").mkdir()
    return {"build": alone(_build, name, setup, folder / "built")}


def text(found: Mapping[str, Any]) -> str:
    """The figures as a table: each with its ratio to the first system's."""
    systems = found["systems"]
    first = next(iter(systems))
    width = max(len(name) for name in systems)
    sizes = ", ".join(f"{count} {name}" for name, count in found["haystack"].items())
    lines = [f"{sizes}; {found['rounds']} round(s) in turn, medians; in brackets the ratio to {first}", ""]
    parts = [(part, measure) for part in found["queries"] for measure in QUALITY]
    heads = [f"{part}, {count} queries" for part, count in found["queries"].items()]
    lines.append(" " * width + "".join(f"  {head:<34}" for head in heads))
    lines.append(" " * width + "".join(f"  {measure:<16}" for _, measure in parts))
    for name, row in systems.items():
        cells = [
            _ratio(row["quality"][part][measure], systems[first]["quality"][part][measure], ".3f")
            for part, measure in parts
        ]
        lines.append(f"{name:<{width}}" + "".join(f"  {cell:<16}" for cell in cells))
    lines += ["", " " * width + "".join(f"  {f'{cost} ({unit})':<17}" for cost, unit in COSTS.items())]
    for name, row in systems.items():
        cells = [_ratio(row["costs"][cost], systems[first]["costs"][cost], ".1f") for cost in COSTS]
        lines.append(f"{name:<{width}}" + "".join(f"  {cell:<17}" for cell in cells))
    lines.append("")
    for name, row in systems.items():
        for part, (gain, low, high, p) in row["against"].items():
            word = ("better" if gain > 0 else "WORSE") if p < 0.05 else "no significant difference"
            lines.append(
                f"{part}: {first} less {name} {gain:+.3f} {QUALITY[0]} ({low:+.3f} to {high:+.3f}, p {p:.4f}): {word}"
            )
    return "\n".join(line.rstrip() for line in lines)


def _against(ours: Mapping[str, Scores], theirs: Mapping[str, Scores]) -> dict[str, list[float]]:
    found = {}
    for part, scores in ours.items():
        spread = difference(
            [scores[query][QUALITY[0]] for query in scores], [theirs[part][query][QUALITY[0]] for query in scores]
        )
        found[part] = [spread.mean, spread.low, spread.high, spread.p]
    return found


def _ratio(value: float, ours: float, spec: str) -> str:
    return f"{value:{spec}} ({value / ours:.2f}×)" if ours else f"{value:{spec}}"


def _distinct(names: Sequence[str]) -> list[str]:
    """Exchanges by their best passage, as many as the measures look at."""
    return list(dict.fromkeys(names))[:SHOWN]


def _build(name: str, setup: Setup, folder: Path) -> float:
    """Index everything. Returns the seconds from passages in memory to an index on disk."""
    what = corpus(setup)
    system = make(name, setup.model)
    system.load()
    started = perf_counter()
    system.build(what.documents, what.passages, what.names, folder)
    return perf_counter() - started


def _answer(
    name: str, model: str | None, folder: Path, queries: Mapping[str, Mapping[str, str]], with_quality: bool
) -> tuple[dict[str, float], dict[str, dict[str, list[str]]]]:
    """Open the index and put the queries to it. Returns the costs, and once the rankings."""
    system = make(name, model)
    system.load()
    started = perf_counter()
    system.open(folder)
    opened = perf_counter() - started
    texts = [text for asked in queries.values() for text in asked.values()]
    for text in texts[:_WARM]:
        system.search(text, SHOWN)
    answering = _milliseconds(texts, lambda text: system.search(text, SHOWN))
    encoding = _milliseconds(texts, system.encode)
    costs = {
        "open": opened,
        **per_query(answering, encoding),
        "memory": most_memory(),
        "disk": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6,
    }
    if not with_quality:
        return costs, {}
    return costs, {
        part: {query: system.search(text, _DEEP) for query, text in asked.items()} for part, asked in queries.items()
    }


def per_query(answering: Sequence[float], encoding: Sequence[float]) -> dict[str, float]:
    """p50 and p95 of answering queries, the median of encoding them, and that of what answering takes beyond it."""
    spent = sorted(answering)
    return {
        "p50": spent[len(spent) // 2],
        "p95": spent[len(spent) * 95 // 100],
        "encode": median(encoding),
        "beyond": median(whole - part for whole, part in zip(answering, encoding, strict=True)),
    }


def _milliseconds(texts: Sequence[str], work: Callable[[str], object]) -> list[float]:
    """What each text takes."""
    spent = []
    for text in texts:
        started = perf_counter()
        work(text)
        spent.append((perf_counter() - started) * 1000)
    return spent
