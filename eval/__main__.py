"""`python -m eval`: how good the search is. Heavy libraries are loaded when there is something to measure."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from eval.arguments import count, made, pause, seconds

if TYPE_CHECKING:
    from eval.encoding import Remembering
    from eval.suite import Measured
    from index.encoder import Encoder
    from index.records import Document
    from index.store import Store
    from retrieval import Searcher

ROOT = Path(__file__).resolve().parent.parent
KVR = ROOT.parent / "shared" / "kvr"


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m eval", description="Measure the search with the queries of eval/gold, judged by hand."
    )
    _common(top)
    top.add_argument("--half", choices=("dev", "test", "all"), default="all", help="use only a half of the queries")
    top.add_argument("--json", type=made, metavar="FILE", help="write all figures and every query's outcome")
    top.add_argument("--html", type=made, metavar="FILE", help="write the report as a page that needs nothing else")
    top.add_argument("--trec", type=Path, metavar="DIR", help="write judgements and rankings as TREC qrels and runs")
    top.add_argument("--compare", type=Path, metavar="OLD", help="say what changed since an earlier --json")
    top.add_argument("--ablations", type=Path, metavar="FILE", help="show the table of `ablate --json` in the report")
    top.set_defaults(run=_seed)
    commands = top.add_subparsers(title="commands", metavar="")
    gate = commands.add_parser("gate", help="fail when the search lost against eval/baseline.json")
    _common(gate)
    gate.add_argument("--baseline", type=Path, metavar="FILE", help="another baseline than eval/baseline.json")
    gate.add_argument("--accept", action="store_true", help="make today's figures the baseline")
    gate.set_defaults(run=_gate)
    kvr = commands.add_parser(
        "kvr", help="twelve thousand Kamervragen of 1984-2008: question, title, abstract, keywords"
    )
    kvr.add_argument("--data", type=Path, default=KVR / "dev.jsonl.gz", metavar="FILE", help="the records asked about")
    kvr.add_argument(
        "--rest", type=Path, default=KVR / "train.jsonl.gz", metavar="FILE", help="the rest of the haystack"
    )
    kvr.add_argument(
        "--documents", type=count, metavar="N", help="a smaller haystack: N documents, those asked about first"
    )
    kvr.add_argument(
        "--queries", type=count, default=1000, metavar="N", help="at most so many per task (default: 1000)"
    )
    kvr.add_argument(
        "--index", type=Path, metavar="DIR", help="keep the index here: what it holds is not encoded again"
    )
    kvr.add_argument("--model", help="another embedding model: a folder or a name")
    kvr.add_argument("--json", type=made, metavar="FILE", help="write all figures")
    kvr.add_argument("--trec", type=Path, metavar="DIR", help="write judgements and rankings as TREC qrels and runs")
    kvr.set_defaults(run=_kvr)
    archive = commands.add_parser(
        "archive", help="an archive of 450 letters, asked as people ask; also what none treats"
    )
    archive.add_argument("--data", type=Path, default=KVR / "dev.jsonl.gz", metavar="FILE", help="the records of KVR")
    archive.add_argument(
        "--index", type=Path, metavar="DIR", help="keep the index here: what it holds is not encoded again"
    )
    archive.add_argument("--model", help="another embedding model: a folder or a name")
    archive.set_defaults(run=_archive)
    ablate = commands.add_parser("ablate", help="what each choice is worth: one thing changed at a time")
    ablate.add_argument("--model", help="another embedding model: a folder or a name")
    ablate.add_argument(
        "--gold", type=Path, metavar="FILE", help="other queries than eval/gold/seed.jsonl, in its format"
    )
    ablate.add_argument("--json", type=made, metavar="FILE", help="write the table, for --ablations of the suite")
    ablate.set_defaults(run=_ablate)
    bench = commands.add_parser("bench", help="beside other search systems: quality, build, latency, memory, disk")
    bench.add_argument(
        "--passages", type=int, default=2000, metavar="N", help="fill the haystack with KVR answers up to N (2000)"
    )
    bench.add_argument("--data", type=Path, default=KVR / "dev.jsonl.gz", metavar="FILE", help="KVR, asked about first")
    bench.add_argument("--rest", type=Path, default=KVR / "train.jsonl.gz", metavar="FILE", help="more of the haystack")
    bench.add_argument("--letters", type=Path, default=ROOT / "data" / "documents", metavar="DIR", help="the letter")
    bench.add_argument("--queries", type=count, default=200, metavar="N", help="at most so many of KVR (default: 200)")
    bench.add_argument("--rounds", type=count, default=3, metavar="N", help="all systems in turn, N times (default: 3)")
    bench.add_argument("--systems", metavar="NAMES", help="only these, with commas between; ours is the measure")
    bench.add_argument("--model", help="another embedding model, for all of them: a folder or a name")
    bench.add_argument("--json", type=made, metavar="FILE", help="write all figures")
    bench.add_argument(
        "--scale", type=count, nargs="*", metavar="N",
        help="instead: what an index of N passages costs, for each N (default: 1000 10000 100000 1000000)",
    )  # fmt: skip
    bench.add_argument("--work", type=Path, metavar="DIR", help="keep the indexes of one model here, and go on there")
    bench.add_argument("--plot", type=made, metavar="FILE", help="with --scale: cost against size, as SVG")
    bench.set_defaults(run=_bench)
    score = commands.add_parser("score", help="score any tool's TREC run")
    score.add_argument("qrels", type=Path, help="judgements, as written by --trec")
    score.add_argument(
        "runs", type=Path, nargs="+", help="runs to be scored on them; the first is compared with the rest"
    )
    score.set_defaults(run=_score)
    letters = commands.add_parser("parser", help="score the parser on letters labelled by hand")
    letters.add_argument("folder", type=Path, help="texts with a gold.jsonl, as in ../shared/letters")
    letters.add_argument("--faults", action="store_true", help="name what was read wrongly")
    letters.set_defaults(run=_letters)
    load = commands.add_parser("load", help="many users at once on the running page, on this machine")
    load.add_argument("--index", type=Path, metavar="DIR", help="the index to serve (default: data/built)")
    load.add_argument("--model", help="the embedding model the index was built with: a folder or a name")
    load.add_argument("--users", type=count, nargs="+", default=[16, 100], metavar="N", help="(default: 16 100)")
    load.add_argument("--seconds", type=seconds, default=60.0, metavar="S", help="for each (default: 60, at most 600)")
    load.add_argument(
        "--think", type=pause, nargs="+", default=[10.0, 0.0], metavar="S",
        help="seconds between a reply and the next question; 0 is the most the app can do (default: 10 0)",
    )  # fmt: skip
    load.add_argument(
        "--queries", type=Path, metavar="FILE", help="what they ask, one a line (default: the gold queries)"
    )
    load.add_argument("--json", type=made, metavar="FILE", help="write all figures")
    load.set_defaults(run=_load)
    return top


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="an index; without it data/built, or one built for the purpose"
    )
    parser.add_argument("--model", help="the embedding model the index was built with: a folder or a name")
    parser.add_argument(
        "--gold", type=Path, metavar="FILE", help="other queries than eval/gold/seed.jsonl, in its format"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns the exit status: 0, 1 when the gate is shut, 2 when nothing could be measured, 130 when it is broken off.
    """
    options = parser().parse_args(arguments)
    from index.console import close_output
    from index.errors import VraagbaakError

    try:
        status = int(options.run(options))
        sys.stdout.flush()  # here, where it is no error that nobody reads
        return status
    except VraagbaakError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        close_output()
        return 0
    except KeyboardInterrupt:
        return 130


def _letters(options: argparse.Namespace) -> int:
    from eval.parser import report

    print(report(options.folder, faults=options.faults))
    return 0


def _seed(options: argparse.Namespace) -> int:
    from eval import compare, report
    from eval.page import page
    from eval.table import summary
    from eval.trec import write

    old = report.read(options.compare) if options.compare else None
    ablations = report.read_ablations(options.ablations) if options.ablations else None
    run = _measure(options.index, options.model, options.gold, options.half)
    if ablations is not None:
        run.report["ablations"] = ablations
    haystack = run.report["haystack"]
    print(
        f"{len(run.measured.observations)} queries; haystack: {haystack['exchanges']} exchanges, "
        f"{haystack['passages']} passages in {haystack['documents']} document(s)\n"
    )
    print(summary(run.measured, run.report))
    if old is not None:
        print(f"\nagainst {options.compare}\n" + compare.text(compare.compare(run.report, old)))
    if options.json:
        report.write(options.json, run.report)
    if options.html:
        options.html.write_text(page(run.report, old), encoding="utf-8")
    if options.trec:
        write(options.trec, "seed", run.measured.qrels, run.measured.runs.items())
    return 0


def _gate(options: argparse.Namespace) -> int:
    from eval import gate, report

    path = options.baseline or gate.BASELINE
    baseline = None if options.accept else report.read(path)
    run = _measure(options.index, options.model, options.gold, "all", fresh=True)
    if baseline is None:
        gate.write_baseline(path, run.report)
        print(f"{path}: the new baseline; commit it by itself, with the reason")
        return 0
    reasons = [*run.crooked, *gate.reasons(run.report, baseline)]
    for reason in reasons:
        print(f"worse than {path.name}: {reason}")
    if not reasons:
        print(f"passed: nothing is significantly worse than {path.name}")
    return int(bool(reasons))


def _kvr(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval import kvr, report
    from eval.facts import facts
    from eval.trec import write

    started = perf_counter()
    records = kvr.load(options.data)
    haystack = [
        *records,
        *(kvr.load(options.rest) if options.documents is None or options.documents > len(records) else []),
    ]
    documents = [kvr.document(record) for record in haystack[: options.documents]]
    asked = kvr.tasks(records[: options.documents], sample=options.queries)
    with _indexed(documents, options.index, options.model) as (searcher, encoder):
        manifest = searcher.store.manifest
        built = perf_counter() - started
        total = sum(len(queries) for queries, _ in asked.values())
        with tqdm(total=total, desc="queries", unit="query", leave=False, disable=None) as bar:
            encoder.prepare(text for queries, _ in asked.values() for text in queries.values())
            found = kvr.run(searcher, asked, progress=bar.update)
    took = {"seconds_to_index": round(built, 1), "seconds": round(perf_counter() - started, 1)}
    sizes = {"documents": manifest.documents, "exchanges": manifest.exchanges, "passages": manifest.passages}
    figures = kvr.as_json(found, facts(manifest) | took, sizes)
    print(f"haystack: {', '.join(f'{n} {name}' for name, n in sizes.items())}; {took}\n")
    print(kvr.table(found) + "\n\n" + kvr.told(figures))
    if options.json:
        report.write(options.json, figures)
    if options.trec:
        for task, result in found.items():
            write(options.trec, f"kvr-{task.name.lower()}", result.qrels, result.runs.items())
    return 0


def _archive(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval import archive

    names, queries = archive.load()
    with (
        _indexed(list(archive.letters(options.data, names)), options.index, options.model) as (searcher, _),
        tqdm(total=len(archive.SIZES) * len(queries), unit="query", leave=False, disable=None) as bar,
    ):
        outcomes = {size: archive.ask(searcher, names, queries, size, bar.update) for size in archive.SIZES}
    print(archive.table(outcomes))
    return 0


@contextmanager
def _indexed(
    documents: Sequence[Document], folder: Path | None, model: str | None
) -> Iterator[tuple[Searcher, Remembering]]:
    """A search over documents, whose index is kept in a folder where one is named; and its encoder."""
    from tempfile import TemporaryDirectory

    from eval.encoding import Remembering
    from index.build import build_documents
    from index.encoder import SentenceEncoder
    from retrieval import Searcher

    encoder = Remembering(SentenceEncoder.open(model))
    with TemporaryDirectory(prefix="vraagbaak-eval-") as temporary:
        out = folder or Path(temporary) / "built"
        with _stages() as tell:
            build_documents(documents, out, encoder=encoder, progress=tell)
        yield Searcher.open(out, encoder=encoder), encoder


def _ablate(options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from eval import ablate, report
    from eval.encoding import Remembering
    from eval.gold import SEED_QUERIES, load
    from index.build import build
    from index.encoder import SentenceEncoder

    queries = load(options.gold or SEED_QUERIES)
    encoder = Remembering(SentenceEncoder.open(options.model))
    variants = ablate.variants()
    with (
        TemporaryDirectory(prefix="vraagbaak-ablate-") as temporary,
        _steps(len(variants)) as tell,
    ):
        rows = ablate.ablate(
            queries,
            lambda out: build([ROOT / "data" / "documents"], out, encoder=encoder),
            encoder,
            Path(temporary),
            chosen=variants,
            progress=tell,
        )
    table = ablate.as_json(rows, queries)
    print(ablate.text(table))
    if options.json:
        report.write(options.json, table)
    return 0


def _load(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval import load, report
    from eval.gold import SEED_QUERIES
    from eval.gold import load as gold
    from retrieval.__main__ import lines

    queries = lines(options.queries) if options.queries else [query.query for query in gold(SEED_QUERIES)]
    plans = [load.Plan(users, options.seconds, think) for think in options.think for users in options.users]
    rows = []
    with tqdm(plans, leave=False, disable=None, unit="run") as bar:
        for plan in bar:
            bar.set_description(f"{plan.users} users, {plan.think:g} s between questions")
            with load.running(options.index, options.model) as server:  # a fresh app: its peak is that of these users
                rows.append(load.measure(server, plan, queries))
    print(load.told(rows))
    if options.json:
        report.write(options.json, rows)
    return 0


def _scale(options: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from eval import report, scale
    from eval.facts import machine
    from index.encoder import SentenceEncoder

    sizes = options.scale or scale.SIZES
    # The static model reads fifty times as many passages a second: a million is an hour's work, not a day's.
    static = KVR.parent / "model-static"
    model = options.model or (str(static) if static.is_dir() else None)
    with (
        TemporaryDirectory(prefix="vraagbaak-scale-") as temporary,
        _steps(scale.steps(sizes)) as tell,
    ):
        work = options.work or Path(temporary)
        setup = scale.Setup(options.rest, options.data, work, model, options.queries)
        found = scale.scale(setup, sizes, progress=tell)
    found = {"facts": machine() | {"model": SentenceEncoder.open(model).name}} | found
    print(f"model: {found['facts']['model']}; {found['facts']['cores']} cores, {found['facts']['processor']}")
    print(scale.told(found))
    if options.json:
        report.write(options.json, found)
    if options.plot:
        options.plot.write_text(scale.plot(found), encoding="utf-8")
    return 0


def _bench(options: argparse.Namespace) -> int:
    if options.scale is not None:
        return _scale(options)
    from eval import bench, report
    from eval.facts import machine
    from eval.peers import PEERS
    from index.encoder import SentenceEncoder

    records = tuple(path for path in (options.data, options.rest) if options.passages and path.is_file())
    if options.passages and not records:
        print(f"{options.data} is not there: only the letter is searched; name KVR records with --data")
    model = SentenceEncoder.open(options.model).name
    setup = bench.Setup(options.letters, records, options.passages, options.queries, options.model, options.work)
    systems = [name.strip() for name in options.systems.split(",")] if options.systems else list(PEERS)
    with _steps(2 * options.rounds * len(systems)) as tell:
        found = bench.bench(setup, systems, rounds=options.rounds, progress=tell)
    found = {"facts": machine() | {"model": model}} | found
    print(f"model: {model}; {found['facts']['cores']} cores, {found['facts']['processor']}")
    print(bench.text(found))
    if options.json:
        report.write(options.json, found)
    return 0


def _score(options: argparse.Namespace) -> int:
    from eval import trec
    from eval.metrics import MEASURES, score
    from eval.stats import difference
    from eval.table import grid

    qrels = trec.read_qrels(options.qrels)
    scored = [(path.stem, score(qrels, trec.read_run(path))) for path in options.runs]
    print(grid({"all": list(qrels)}, scored, tuple(MEASURES)))
    for name, scores in scored[1:]:
        for measure in MEASURES:
            found = difference([scored[0][1][q][measure] for q in qrels], [scores[q][measure] for q in qrels])
            print(
                f"{scored[0][0]} less {name}, {measure}: {found.mean:+.4f} "
                f"(95% {found.low:+.4f} to {found.high:+.4f}, p {found.p:.4f})"
            )
    return 0


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, as a report too, and what is wrong with the index's vectors."""

    measured: Measured
    report: dict[str, Any]
    crooked: list[str]


def _measure(folder: Path | None, model: str | None, gold: Path | None, half: str, *, fresh: bool = False) -> Run:
    from tqdm import tqdm

    from eval.encoding import Remembering
    from eval.facts import facts
    from eval.gate import crooked
    from eval.gold import SEED_QUERIES, load
    from eval.report import as_json
    from eval.suite import measure
    from retrieval import Searcher

    started = perf_counter()
    queries = [query for query in load(gold or SEED_QUERIES) if half in ("all", query.half)]
    with index(folder, model, fresh=fresh) as (store, encoder):
        with tqdm(total=len(queries), desc="queries", unit="query", leave=False, disable=None) as bar:
            remembering = Remembering(encoder)
            remembering.prepare(query.query for query in queries)
            measured = measure(Searcher(store, remembering), queries, progress=bar.update)
        report = as_json(
            measured,
            facts=facts(store.manifest) | {"seconds": round(perf_counter() - started, 1)},
            passages=store.manifest.passages,
        )
        return Run(measured, report, crooked(store.vectors))


@contextmanager
def index(folder: Path | None, model: str | None, *, fresh: bool = False) -> Iterator[tuple[Store, Encoder]]:
    """Open an index: the one named, data/built, or, when there is none or it must be fresh, a new one."""
    from tempfile import TemporaryDirectory

    from index.build import build
    from index.encoder import SentenceEncoder
    from index.store import open_store

    encoder = SentenceEncoder.open(model)
    built = ROOT / "data" / "built"
    if folder is not None or (not fresh and (built / "manifest.json").is_file()):
        yield open_store(folder or built, encoder), encoder
        return
    with TemporaryDirectory(prefix="vraagbaak-eval-") as temporary:
        with _stages() as tell:
            build([ROOT / "data" / "documents"], Path(temporary) / "built", encoder=encoder, progress=tell)
        yield open_store(Path(temporary) / "built", encoder), encoder


@contextmanager
def _steps(total: int) -> Iterator[Callable[[str], None]]:
    """A bar for work in so many steps, each of which tells its name."""
    from tqdm import tqdm

    with tqdm(total=total, leave=False, disable=None) as bar:

        def tell(name: str) -> None:
            bar.set_description(name)
            bar.update()

        yield tell


@contextmanager
def _stages() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for a build, each of whose stages tells how much of it is done."""
    from tqdm import tqdm

    with tqdm(desc="index", leave=False, disable=None) as bar:

        def tell(stage: str, done: int, total: int) -> None:
            bar.set_description(f"index: {stage}", refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        yield tell


if __name__ == "__main__":
    sys.exit(main())
