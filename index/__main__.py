"""`python -m index`: read letters, build the index."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableFile, VraagbaakError

if TYPE_CHECKING:
    from tqdm import tqdm

    from index.build import Report
    from index.records import Document

STAGES = {"read": "reading", "encode": "embedding", "write": "writing"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0, or 1 where a file was refused or the command failed; standard error says why."""
    options = _parser().parse_args(arguments)
    try:
        return _parse(options) if options.command == "parse" else _build(options)
    except VraagbaakError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the index is as it was before", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Read letters and build the index.")
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="show what is read from a letter: questions, askers, answers")
    parse.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a letter (PDF, Word, HTML or text)")
    parse.add_argument("--json", action="store_true", help="one JSON object a letter (one a line for several)")
    build = commands.add_parser("build", help="index letters")
    build.add_argument(
        "sources", nargs="*", type=Path, metavar="FILE|FOLDER", help="letters, or folders of them (data/documents)"
    )
    build.add_argument("--out", type=Path, default=Path("data/built"), help="folder of the index (%(default)s)")
    build.add_argument("--model", help="a sentence-transformers folder or name (data/model)")
    build.add_argument("--download", action="store_true", help="allow fetching a named model from the hub")
    build.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _parse(options: argparse.Namespace) -> int:
    from index.describe import document_json
    from index.parse import parse, read_source

    documents: list[Document] = []
    refused = 0
    for path in options.files:
        try:
            source = read_source(path)
            documents.append(parse(source, path.stem))
            if options.json:
                indent = 2 if len(options.files) == 1 else None
                print(json.dumps(document_json(documents[-1], source), ensure_ascii=False, indent=indent))
        except UnreadableFile as error:
            refused += 1
            print(f"error: {error}", file=sys.stderr)
    if not options.json:
        _print_table(documents, refused)
    return 1 if refused else 0


def _print_table(documents: Sequence[Document], refused: int) -> None:
    rows = [("letter", "kind", "date", "exchanges", "joint", "unanswered", "warnings")]
    for document in documents:
        exchanges = document.exchanges
        rows.append(
            (
                document.filename[:48],
                document.kind.value,
                str(document.day or "–"),
                str(len(exchanges)),
                str(sum(len(exchange.numbers) > 1 for exchange in exchanges)),
                str(sum(exchange.answer is None for exchange in exchanges)),
                str(len(document.warnings)),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for document in documents:
        for warning in document.warnings:
            print(f"{document.filename}: {warning}")
    print(f"{len(documents)} read, {refused} refused")


def _build(options: argparse.Namespace) -> int:
    from index.build import build
    from index.encoder import SentenceEncoder

    encoder = SentenceEncoder.open(options.model, download=options.download)
    sources = options.sources or [Path("data/documents")]
    with _ProgressBar(quiet=options.quiet) as bar:
        report = build(sources, options.out, encoder=encoder, progress=bar.show)
    _print_report(report, options.out)
    return 1 if report.refused else 0


def _print_report(report: Report, out: Path) -> None:
    for _, error in report.refused:
        print(f"refused: {error}", file=sys.stderr)
    for document in report.documents:
        for warning in document.warnings:
            print(f"{document.filename}: {warning}")
    counts = report.manifest
    print(
        f"{out}: {_count(counts.documents, 'document')}, {_count(counts.exchanges, 'exchange')}, "
        f"{_count(counts.passages, 'passage')} ({report.encoded} embedded anew), {len(report.refused)} refused"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


class _ProgressBar:
    """One bar a stage, on standard error."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._stage = ""
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> _ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if total and stage != self._stage:
            self.__exit__()
            self._stage = stage
            self._bar = tqdm(total=total, desc=STAGES[stage], disable=self._quiet, ncols=80)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)


if __name__ == "__main__":
    sys.exit(main())
