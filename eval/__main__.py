"""`python -m eval`: how good the search is. Heavy libraries are loaded when there is something to measure."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval import Searcher

ROOT = Path(__file__).resolve().parent.parent


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m eval", description="Measure the search with the queries of eval/gold, judged by hand."
    )
    top.add_argument(
        "--index", type=Path, metavar="DIR", help="an index; without it data/built, or one built for the purpose"
    )
    top.add_argument("--model", help="the embedding model the index was built with: a folder or a name")
    top.add_argument("--gold", type=Path, metavar="FILE", help="other queries than eval/gold/seed.jsonl, in its format")
    top.add_argument("--half", choices=("dev", "test", "all"), default="all", help="use only a half of the queries")
    top.add_argument("--json", type=Path, metavar="FILE", help="write all figures and every query's outcome")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Returns the exit status."""
    options = parser().parse_args(arguments)
    from index.errors import VraagbaakError

    try:
        return _seed(options)
    except VraagbaakError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _seed(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from eval.gold import SEED_QUERIES, load
    from eval.report import as_json
    from eval.suite import measure
    from eval.table import summary

    queries = [q for q in load(options.gold or SEED_QUERIES) if options.half in ("all", q.half)]
    with searcher(options.index, options.model) as opened:
        with tqdm(total=len(queries), desc="queries", unit="query", leave=False, disable=None) as bar:
            measured = measure(opened, queries, progress=bar.update)
        exchanges = sum(len(document.exchanges) for document in measured.documents)
        print(f"{len(queries)} queries; haystack: {exchanges} exchanges in {len(measured.documents)} document(s)\n")
        print(summary(measured))
    if options.json:
        options.json.write_text(json.dumps(as_json(measured), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


@contextmanager
def searcher(folder: Path | None, model: str | None) -> Iterator[Searcher]:
    """Open an index: the one named, data/built, or, when there is none, a temporary one of data/documents."""
    from tempfile import TemporaryDirectory

    from index.encoder import SentenceEncoder
    from retrieval import Searcher

    encoder = SentenceEncoder.open(model)
    built = ROOT / "data" / "built"
    if folder is not None or (built / "manifest.json").is_file():
        yield Searcher.open(folder or built, encoder=encoder)
        return
    with TemporaryDirectory(prefix="vraagbaak-eval-") as temporary:
        build_index(Path(temporary) / "built", encoder)
        yield Searcher.open(Path(temporary) / "built", encoder=encoder)


def build_index(out: Path, encoder: object) -> None:
    """Index data/documents, with a progress bar."""
    from tqdm import tqdm

    from index.build import build

    with tqdm(desc="index", leave=False, disable=None) as bar:

        def tell(stage: str, done: int, total: int) -> None:
            bar.set_description(f"index: {stage}", refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        build([ROOT / "data" / "documents"], out, encoder=encoder, progress=tell)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
