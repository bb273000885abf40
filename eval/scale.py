"""What an archive costs as it grows from a thousand passages to a million: build, open, query, filter, memory, disk.

    work/SIZE/built       the index; kept, so that a run that was stopped goes on where it was
    work/SIZE/build.json  what building it took

Every figure comes from a process of its own that does nothing else, so that its memory is its own. Queries are real
ones of documents that are not indexed; what one costs is measured after encoding, and encoding apart.

Recall at 10 is the share of the ten exchanges of an exhaustive search that the index finds. The exhaustive one scores
every passage with every vector as it is stored and every term, by numpy, and asks no index (`eval.exhaustive`).
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

from eval.corpus import Corpus, queries
from eval.encoding import Remembering
from eval.kvr import load
from eval.load import latencies
from eval.plots import growth
from eval.processes import alone, memory, most_memory, once

if TYPE_CHECKING:
    from index.backend import Filters
    from index.store import Store
    from retrieval import Hit, Results
    from retrieval.fuse import LexicalQuery

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SHARES = (0.001, 0.01, 0.5)
"""Of the passages, that filters let through."""
ADDED = 100
"""Documents that are added to the largest index, and removed again."""
BARE_TO = 100_000
"""Passages up to which the bare encoder and the bare tantivy are timed too: they take as long again as the build."""
RECALLED = 40
"""Queries of which recall is measured: each is put to every passage, which takes seconds where there are a million."""
_WARM = 20
_K = 10


@dataclass(frozen=True, slots=True)
class Setup:
    """What is measured on: KVR records to index and records to ask about, the model, and where the indexes are kept."""

    records: Path
    asked: Path
    work: Path
    model: str | None
    queries: int = 200


def scale(setup: Setup, sizes: Sequence[int], *, progress: Callable[[str], object] | None = None) -> dict[str, Any]:
    """Measure every size, the smallest first. Returns all figures as plain values."""
    tell = progress or (lambda name: None)
    rows: dict[str, dict[str, Any]] = {}
    for size in sorted(sizes):
        folder = setup.work / str(size)
        row = once(folder / "build.json", partial(_built, setup, size, folder, tell))
        tell(f"{size}: query")
        row |= alone(_ask, setup, folder / "built")
        tell(f"{size}: recall")
        row |= alone(_recall, setup, folder / "built")
        rows[str(size)] = row
    largest = max(sizes)
    tell(f"{largest}: add {ADDED}")
    rows[str(largest)] |= alone(_add, setup, setup.work / str(largest))
    return {"setup": {name: str(value) for name, value in asdict(setup).items() if name in ("model", "queries")}} | {
        "sizes": rows
    }


def _built(setup: Setup, size: int, folder: Path, tell: Callable[[str], object]) -> dict[str, Any]:
    """What building an index of a size takes, and what the encoder and tantivy take by themselves."""
    tell(f"{size}: build")
    built: dict[str, Any] = alone(_build, setup, size, folder / "built")
    if size <= BARE_TO:
        tell(f"{size}: bare encoder, bare tantivy")
        built |= alone(_bare, setup, size, folder / "bare")
    return built


def steps(sizes: Sequence[int]) -> int:
    """How often `scale` tells what it does next, at most."""
    return 3 * len(sizes) + sum(size <= BARE_TO for size in sizes) + 1


def told(found: Mapping[str, Any]) -> str:
    """The figures as a table: sizes across."""
    rows = found["sizes"]
    columns = {size: _column(row) for size, row in rows.items()}
    names = dict.fromkeys(name for column in columns.values() for name in column)
    width = max(len(name) for name in names)
    table = [" " * width + "".join(f"{int(size):>18,}" for size in rows)]
    table += [
        f"{name:<{width}}" + "".join(f"{column.get(name, '–'):>18}" for column in columns.values()) for name in names
    ]
    if len(rows) > 1:
        first, last = (rows[size]["hybrid_ms"]["p50"] for size in (min(rows, key=int), max(rows, key=int)))
        table.append(f"a hybrid query costs {last / first:.2f} times as much in the largest as in the smallest")
    return "\n".join(table)


def _column(row: Mapping[str, Any]) -> dict[str, str]:
    """What is told of one size, by name."""
    found = {name: str(row[name]) for name in ("documents", "passages")}
    found["build (s)"] = f"{row['build_seconds']:.1f}"
    found |= {f"  {stage}": f"{seconds:.1f}" for stage, seconds in row["stages"].items()}
    if "bare_encoder_seconds" in row:
        encoder, tantivy = row["bare_encoder_seconds"], row["bare_tantivy_seconds"]
        found |= {"bare encoder (s)": f"{encoder:.1f}", "bare tantivy (s)": f"{tantivy:.1f}"}
        found["build / both bare"] = f"{row['build_seconds'] / (encoder + tantivy):.2f}"
        if "bare_cpu_seconds" in row:  # an index kept from earlier releases may have none
            found["  in processor's time"] = f"{row['build_cpu_seconds'] / row['bare_cpu_seconds']:.2f}"
    found["builder, peak (MB)"] = f"{row['builder_memory_mb']:.0f}"
    found["  held before it begins"] = f"{row['builder_memory_before_mb']:.0f}"
    found["disk (MB)"] = f"{row['disk_mb']:.0f}"
    found["open (s)"] = f"{row['open_seconds']:.2f}"
    found["first query (ms)"] = f"{row['first_query_ms']:.0f}"
    found["reader, peak (MB)"] = f"{row['reader_memory_mb']:.0f}"
    found["  without mapped files"] = f"{row['reader_own_memory_mb']:.0f}"
    for name in ("encode", "dense", "lexical", "hybrid"):
        found[f"{name}, p50 / p95 (ms)"] = _pair(row[f"{name}_ms"])
        found[f"  {name}, processor's time"] = f"{row[f'{name}_ms']['cpu']:.1f}"
    found |= {f"filtered, {name}": _pair(values) for name, values in row["filtered_ms"].items()}
    found |= {f"recall@10, {name}": f"{value:.4f}" for name, value in row["recall_at_10"].items()}
    steps = {"add": f"add {ADDED} letters (s)", "remove": "remove them (s)", "verify": "verify (s)"}
    return found | {name: f"{row[f'{step}_seconds']:.1f}" for step, name in steps.items() if f"{step}_seconds" in row}


def plot(found: Mapping[str, Any]) -> str:
    """Cost against size, as SVG: build, query, memory and disk, each on logarithmic axes."""
    rows = found["sizes"]

    def line(value: Callable[[Mapping[str, Any]], float]) -> list[tuple[float, float]]:
        return [(row["passages"], value(row)) for row in rows.values()]

    return growth(
        "passages",
        [
            ("build (s)", [("build", line(lambda row: row["build_seconds"]))]),
            (
                "query, p50 (ms)",
                [
                    ("hybrid", line(lambda row: row["hybrid_ms"]["p50"])),
                    ("dense", line(lambda row: row["dense_ms"]["p50"])),
                    ("lexical", line(lambda row: row["lexical_ms"]["p50"])),
                ],
            ),
            (
                "peak memory (MB)",
                [
                    ("builder", line(lambda row: row["builder_memory_mb"])),
                    ("reader", line(lambda row: row["reader_memory_mb"])),
                ],
            ),
            ("disk (MB)", [("index", line(lambda row: row["disk_mb"]))]),
        ],
    )


def _pair(values: Mapping[str, float]) -> str:
    return f"{values['p50']:.1f} / {values['p95']:.1f}"


def _build(setup: Setup, size: int, out: Path) -> dict[str, Any]:
    from eval.bare import Spent
    from index.build import build_documents
    from index.encoder import SentenceEncoder

    documents = list(Corpus.open(setup.records).documents(size))
    encoder = SentenceEncoder.open(setup.model)
    encoder.encode_queries(["warm"])  # loading the model is no part of building
    gc.collect()
    gc.freeze()  # a build does not look for garbage among documents that this process holds
    before = most_memory()
    stages = Stages()
    started = Spent.now()
    manifest = build_documents(documents, out, encoder=encoder, progress=stages.tell)
    took = started.since()
    return {
        "documents": manifest.documents,
        "exchanges": manifest.exchanges,
        "passages": manifest.passages,
        "build_seconds": took.seconds,
        "build_cpu_seconds": took.cpu,
        "stages": stages.seconds(),
        "builder_memory_mb": most_memory(),
        "builder_memory_before_mb": before,
        "disk_mb": sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6,
    }


def _bare(setup: Setup, size: int, out: Path) -> dict[str, Any]:
    """The encoder by itself, then tantivy by itself with its own tokenizer, on the texts that the build gives them."""
    from eval.bare import encode, index
    from index.encoder import SentenceEncoder
    from index.passages import split

    passages = [passage for document in Corpus.open(setup.records).documents(size) for passage in split(document)]
    encoder = SentenceEncoder.open(setup.model)
    encoder.encode_queries(["warm"])
    encoding, texts = encode(passages, encoder)
    indexing = index(passages, out)
    return {
        "bare_encoder_seconds": encoding.seconds,
        "bare_tantivy_seconds": indexing.seconds,
        "bare_cpu_seconds": encoding.cpu + indexing.cpu,
        "texts_encoded": texts,
    }


def _ask(setup: Setup, folder: Path) -> dict[str, Any]:
    from index.backend import Asked, Filters
    from retrieval import Searcher
    from retrieval.search import CANDIDATES

    store, encoder, opened = _open(setup, folder)
    texts = _queries(setup)
    encoding = timed(texts, lambda text: encoder.inside.encode_queries([text]))
    searcher = Searcher(store, encoder)
    encoder.prepare(_meant(store, text).text for text in texts)
    started = perf_counter()
    searcher.search(texts[0], k=_K)
    first_query = (perf_counter() - started) * 1000
    for text in texts[:_WARM]:
        searcher.search(text, k=_K)
    whole = timed(texts, lambda text: searcher.search(text, k=_K))
    vectors = dict(zip(texts, encoder.encode_queries(texts), strict=True))
    dense = timed(texts, lambda text: store.candidates(Asked(vectors[text], {}), Filters(), CANDIDATES))
    weights, context = {text: _meant(store, text).weights for text in texts}, searcher.settings.context_weight
    lexical = timed(texts, lambda text: store.lexical.best(weights[text], CANDIDATES, context=context))
    filtered = {}
    for share in SHARES:
        for name, filters in _filters(store, share).items():
            counted, first = _first(store, Filters(**filters))

            def search(text: str, filters: Mapping[str, Any] = filters) -> None:
                searcher.search(text, k=_K, **filters)

            for text in texts[:_WARM]:
                search(text)
            filtered[f"{share:.1%} by {name}"] = {
                "passages": counted,
                "share": counted / store.manifest.passages,
                "select_ms": round(first, 1),
            } | timed(texts, search)
    return {
        "open_seconds": opened,
        "first_query_ms": first_query,
        "encode_ms": encoding,
        "hybrid_ms": whole,
        "dense_ms": dense,
        "lexical_ms": lexical,
        "filtered_ms": filtered,
        "reader_memory_mb": most_memory(),
        "reader_own_memory_mb": memory("self", "RssAnon"),
    }


def _first(store: Store, filters: Filters) -> tuple[int, float]:
    """How many passages pass, and how many ms it takes to tell, asked for the first time."""
    started = perf_counter()
    counted, _ = store.columns.select(filters)
    return counted.passages, (perf_counter() - started) * 1000


def _recall(setup: Setup, folder: Path) -> dict[str, Any]:
    from eval.exhaustive import Exhaustive, in_parts
    from retrieval import Searcher

    store, encoder, _ = _open(setup, folder)
    searcher = Searcher(store, encoder)
    texts = _queries(setup)[:RECALLED]
    allowed: dict[str, dict[str, Any]] = {"all": {}}
    for share in SHARES:
        allowed |= {f"{share:.1%} by {name}": filters for name, filters in _filters(store, share).items()}
    shares: dict[str, list[float]] = {name: [] for name in allowed}
    # Misspelt words are read as meant, so what is encoded is not always the query as typed.
    asked = list(dict.fromkeys(_meant(store, text).text for text in texts))
    for vectors in in_parts(encoder.encode_queries(asked)):
        known = {vector.tobytes() for vector in vectors}
        exhaustive = Searcher(Exhaustive(store, vectors), encoder)
        for text in texts:
            if encoder.encode_queries([_meant(store, text).text])[0].tobytes() in known:
                for name, filters in allowed.items():
                    found = recalled(searcher.search(text, k=_K, **filters), exhaustive.search(text, k=_K, **filters))
                    shares[name] += [found] if found is not None else []
    return {
        "recall_at_10": {name: sum(all_) / len(all_) if all_ else 1.0 for name, all_ in shares.items()},
        "recall_at_10_worst": {name: min(all_, default=1.0) for name, all_ in shares.items()},
        "recall_queries": len(texts),
    }


def recalled(found: Results, expected: Results) -> float | None:
    """The share of the expected exchanges that were found; None where nothing was to be found."""
    keys, wanted = ({_place(hit) for hit in results.hits} for results in (found, expected))
    return len(wanted & keys) / len(wanted) if wanted else None


def _place(hit: Hit) -> tuple[str, int]:
    """What an exchange is known by: its document and where it begins there."""
    if hit.exchange is None:
        return hit.document.id, hit.passage.span.start
    return hit.document.id, (hit.exchange.answer or hit.exchange.questions[0].span).start


def _meant(store: Store, text: str) -> LexicalQuery:
    from retrieval.meaning import read

    return read(store, text.strip()).words


def _add(setup: Setup, folder: Path) -> dict[str, Any]:
    """Add letters, as files, to a copy of the index; remove them again; verify."""
    from index.build import add, remove
    from index.encoder import SentenceEncoder
    from index.verify import verify

    copy, letters = folder / "copy", folder / "letters"
    for old in (copy, letters):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(folder / "built", copy)
    letters.mkdir()
    for name, text in Corpus.open(setup.records).letters(ADDED):
        (letters / f"{name}.txt").write_text(text, encoding="utf-8")
    encoder = SentenceEncoder.open(setup.model)
    encoder.encode_queries(["warm"])
    steps: dict[str, Callable[[], Any]] = {
        "add": lambda: add([letters], copy, encoder=encoder),
        "remove": lambda: remove([path.name for path in letters.iterdir()], copy, encoder=encoder),
        "verify": lambda: list(verify(copy, encoder)),
    }
    spent = {}
    for name, step in steps.items():
        started = perf_counter()
        step()
        spent[f"{name}_seconds"] = perf_counter() - started
    shutil.rmtree(copy)
    return spent | {"added_documents": ADDED, "add_memory_mb": most_memory()}


def _open(setup: Setup, folder: Path) -> tuple[Store, Remembering, float]:
    """An index, its encoder, which reads each query once, and the seconds that opening took.

    Opening is all that must be there before the first query.
    """
    from index.encoder import SentenceEncoder
    from index.store import open_store

    encoder = Remembering(SentenceEncoder.open(setup.model))
    started = perf_counter()
    store = open_store(folder, encoder)
    return store, encoder, perf_counter() - started


def _queries(setup: Setup) -> list[str]:
    return queries(load(setup.asked), setup.queries)


def _filters(store: Store, share: float) -> dict[str, dict[str, Any]]:
    """Filters that let about such a share of the passages through: a stretch of days; a party, where one fits."""
    from index.backend import Filters

    total = store.manifest.passages
    until = date(2004, 12, 31)
    low, high = date(1984, 1, 1).toordinal(), until.toordinal()
    while low < high:
        middle = (low + high + 1) // 2
        if store.select(Filters(since=date.fromordinal(middle), until=until)).passages >= share * total:
            low = middle
        else:
            high = middle - 1
    found: dict[str, dict[str, Any]] = {"days": {"since": date.fromordinal(low), "until": until}}
    counts = {
        party: store.select(Filters(parties=(party,))).passages for party in store.select(Filters()).parties if party
    }
    party, count = min(counts.items(), key=lambda item: abs(item[1] - share * total), default=("", 0))
    if share * total / 2 <= count <= share * total * 2:
        found["party"] = {"parties": (party,)}
    return found


def timed(texts: Iterable[str], work: Callable[[str], object]) -> dict[str, float]:
    """p50, p95, p99 and the longest of what each text takes, in ms; `cpu` is the median of the processor's time alone,
    which others on the machine lengthen less."""
    spent, busy = [], []
    for text in texts:
        started, began = perf_counter(), thread_time()
        work(text)
        spent.append(perf_counter() - started)
        busy.append(thread_time() - began)
    return latencies(spent) | {"cpu": latencies(busy)["p50"]}


class Stages:
    """How long a build was in each of its stages: from the first word of one to the first word of the next."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._stage = "prepare"
        self._since = perf_counter()

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            now = perf_counter()
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
            self._stage, self._since = stage, now

    def seconds(self) -> dict[str, float]:
        """By stage, the one that is under way included."""
        self.tell("", 0, 0)
        return {stage: round(seconds, 2) for stage, seconds in self._seconds.items()}
