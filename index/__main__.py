"""`python -m index`: read letters, build the index."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from index.console import close_output, print_any_character
from index.errors import NothingToIndex, UnreadableFile, VraagbaakError
from index.remarks import in_english

if TYPE_CHECKING:
    from tqdm import tqdm

    from index.build import Report
    from index.encoder import Encoder
    from index.records import Document
    from index.store import Store

_NAMED = 20
"""Documents of each sort whose names are told; of more, only how many."""
STAGES = {"read": "reading", "encode": "embedding", "write": "writing", "publish": "publishing"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns 0, or 1 where a file was refused or the command failed; standard error says why."""
    options = _parser().parse_args(arguments)
    print_any_character()
    commands = {
        "parse": _parse,
        "build": _build,
        "add": _add,
        "remove": _remove,
        "list": _list,
        "verify": _verify,
        "merge": _merge,
        "publish": _publish,
    }
    try:
        status = commands[options.command](options)
        sys.stdout.flush()  # here, where it is no error that nobody reads
        return status
    except VraagbaakError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        close_output()
        return 0
    except KeyboardInterrupt:
        print(
            "\nstopped; the index is as it was last written, and what was embedded since is kept for the next time",
            file=sys.stderr,
        )
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Read letters and build the index.")
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="show what is read from a letter: questions, askers, answers")
    parse.add_argument("files", nargs="+", type=_path, metavar="FILE", help="a letter (PDF, Word, HTML or text)")
    parse.add_argument("--json", action="store_true", help="one JSON object a letter (one a line for several)")

    build = _command(commands, "build", "have the index hold what files and folders hold; only what is new is embedded")
    build.add_argument(
        "sources", nargs="*", type=_path, metavar="FILE|FOLDER", help="letters, or folders of them (data/documents)"
    )
    build.add_argument("--watch", action="store_true", help="go on, and build again whenever a file changes")
    build.add_argument("--every", type=_seconds, default=5.0, metavar="S", help="seconds between looks (%(default)s)")
    build.add_argument(
        "--part", type=_part, default=(1, 1), metavar="I/N", help="only the I-th of N parts, to be merged afterwards"
    )
    add = _command(commands, "add", "add letters to what is indexed; later builds keep them")
    add.add_argument("sources", nargs="+", type=_path, metavar="FILE|FOLDER")
    remove = _command(commands, "remove", "remove letters from the index")
    remove.add_argument("names", nargs="+", metavar="NAME", help="a document's id, its file's name, or its path")
    merge = _command(commands, "merge", "put indexes of parts together; nothing is embedded anew")
    merge.add_argument("parts", nargs="+", type=_path, metavar="DIR")
    publish = _command(commands, "publish", "bring a store in Milvus in line with the index", writes=False)
    publish.add_argument("--quiet", action="store_true", help="no progress bar")
    publish.add_argument("store", metavar="ADDRESS", help="milvus://host:port/name, or milvus:file.db (milvus-lite)")
    _command(commands, "list", "tell which letters are indexed", writes=False)
    _command(commands, "verify", "check every byte of the index", writes=False)
    return parser


def _command(commands: Any, name: str, told: str, *, writes: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=told)
    parser.add_argument("--out", type=_path, default=Path("data/built"), help="folder of the index (%(default)s)")
    parser.add_argument("--model", help="a sentence-transformers folder or name (data/model)")
    if writes:
        parser.add_argument("--download", action="store_true", help="allow fetching a named model from the hub")
        parser.add_argument("--wait", action="store_true", help="wait while another process writes to the index")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")
        parser.add_argument("--store", metavar="ADDRESS", help="then `publish` to this store in Milvus")
    return parser


def _path(text: str) -> Path:
    """A path as typed. An empty one is a variable without a value, and no name of the folder one is in."""
    if not text:
        raise argparse.ArgumentTypeError("an empty name names nothing: write '.' for this folder")
    return Path(text)


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(text)) <= 86_400:
            return seconds
    raise argparse.ArgumentTypeError(f"{text!r} is no time to wait: write a number of seconds, a day at most")


def _part(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise argparse.ArgumentTypeError(f"{text!r} is no part: write 2/4 for the second of four")
    return int(number), int(count)


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
            print(f"error: {_where(path, error)}", file=sys.stderr)
    if not options.json:
        _print_table(documents, refused)
    return 1 if refused else 0


def _print_table(documents: Sequence[Document], refused: int) -> None:
    rows: list[tuple[str, ...]] = [("letter", "kind", "date", "exchanges", "joint", "unanswered", "warnings")]
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
    if len(documents) > 1:
        rows.append(("all", "", "", *(str(sum(int(row[column]) for row in rows[1:])) for column in range(3, 7))))
    _print_columns(rows)
    for document in documents:
        for warning in document.warnings:
            print(f"{document.filename}: {in_english(warning)}")
    print(f"{len(documents)} read, {refused} refused")


def _print_columns(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _build(options: argparse.Namespace) -> int:
    from index.build import build

    sources = options.sources or [Path("data/documents")]

    def once(**given: Any) -> Report:
        return build(sources, options.out, part=options.part, **given)

    if not options.watch:
        return _write(options, once)
    before = _seen(sources)
    options.wait = True  # what changed while another process writes would be passed over until the next change
    try:
        _write(options, once)
    except NothingToIndex as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
    print(f"watching {', '.join(map(str, sources))}; Ctrl+C ends it", flush=True)
    return _watch(sources, before, options.every, lambda: _write(options, once))


def _watch(
    sources: Sequence[Path], before: dict[str, tuple[int, int]], seconds: float, build: Callable[[], int]
) -> NoReturn:
    """Build whenever a file is there, gone or written that was not `before`. Ends with KeyboardInterrupt."""
    while True:
        time.sleep(seconds)
        now = _seen(sources)
        if now != before:
            before = now
            try:
                build()
            except VraagbaakError as error:  # as it was before; the next change is another chance
                print(f"error: {error}", file=sys.stderr, flush=True)


def _seen(sources: Sequence[Path]) -> dict[str, tuple[int, int]]:
    found = {}
    for source in sources:
        # Unlike Path.rglob, os.walk goes on where a folder is gone by the time that it is looked into.
        below = [Path(where, name) for where, _, names in os.walk(source) for name in names]
        for path in below if os.path.isdir(source) else [source]:
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.is_file():
                found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _add(options: argparse.Namespace) -> int:
    from index.build import add

    return _write(options, lambda **given: add(options.sources, options.out, **given))


def _remove(options: argparse.Namespace) -> int:
    from index.build import remove

    return _write(options, lambda **given: remove(options.names, options.out, **given))


def _merge(options: argparse.Namespace) -> int:
    from index.build import merge

    return _write(options, lambda **given: merge(options.parts, options.out, **given))


def _write(options: argparse.Namespace, change: Callable[..., Report]) -> int:
    from index.encoder import SentenceEncoder

    if options.store:
        from index.milvus import Address

        Address.read(options.store)  # before hours of work
    encoder = SentenceEncoder.open(options.model, download=options.download)
    with _ProgressBar(quiet=options.quiet) as bar:
        report = change(encoder=encoder, progress=bar.show, wait=options.wait)
    _print_report(report, options.out)
    if options.store:
        _send(options, encoder)
    return 1 if report.refused else 0


def _publish(options: argparse.Namespace) -> int:
    from index.encoder import SentenceEncoder

    _send(options, SentenceEncoder.open(options.model))
    return 0


def _send(options: argparse.Namespace, encoder: Encoder) -> None:
    from index.milvus import Address
    from index.publish import publish
    from index.store import open_store

    address = Address.read(options.store)
    with _ProgressBar(quiet=options.quiet) as bar:
        state = publish(open_store(options.out, encoder), address, progress=bar.show)
    documents, passages = (int(state.manifest[name]) for name in ("documents", "passages"))
    print(f"{address}: {_count(documents, 'document')}, {_count(passages, 'passage')}", flush=True)


def _list(options: argparse.Namespace) -> int:
    from index.sources import legible

    store = _opened(options)
    rows = [("id", "kind", "date", "exchanges", "passages", "file")]
    for number in store.live.tolist():
        document, one = store.read_document(number), store.provenance[number]
        exchanges, passages = str(len(document.exchanges)), str(len(store.rows_of(number)))
        where = legible(one.path or one.name) + (" (added)" if one.added else "")
        rows.append((document.id, document.kind.value, str(document.day or "–"), exchanges, passages, where))
    _print_columns(rows)
    print(f"{_count(store.manifest.documents, 'document')}, {_count(store.manifest.passages, 'passage')}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from index.encoder import SentenceEncoder
    from index.verify import verify

    faults = 0
    for fault in verify(options.out, SentenceEncoder.open(options.model)):
        faults += 1
        print(f"error: {fault}", file=sys.stderr)
    if not faults:
        print(f"{options.out}: every byte is what was written")
    return 1 if faults else 0


def _opened(options: argparse.Namespace) -> Store:
    from index.encoder import SentenceEncoder
    from index.store import open_store

    return open_store(options.out, SentenceEncoder.open(options.model))


def _print_report(report: Report, out: Path) -> None:
    from index.sources import legible

    if report.reason:
        print(f"everything was made anew, from the letters that were kept: {report.reason}")
    for path, error in report.refused:
        print(f"refused: {_where(path, error)}", file=sys.stderr)
    for document in report.documents:
        for warning in document.warnings:
            print(f"{document.filename}: {in_english(warning)}")
    for told, names in (("new", report.new), ("changed", report.changed), ("removed", report.removed)):
        _print_some([f"{told}: {name}" for name in names], told)
    _print_some([f"same as {legible(first)}: {legible(str(path))}" for first, path in report.same], "same as others")
    not_read = [f"not read: {legible(str(path))} (save it as PDF or .docx)" for path in report.skipped]
    _print_some(not_read, "not read", to=sys.stderr)
    counts = report.manifest
    print(
        f"{out}: {_count(counts.documents, 'document')}, {_count(counts.exchanges, 'exchange')}, "
        f"{_count(counts.passages, 'passage')} ({report.encoded} embedded anew); {len(report.new)} new, "
        f"{len(report.changed)} changed, {report.unchanged} unchanged, {len(report.removed)} removed, "
        f"{len(report.refused)} refused",
        flush=True,
    )


def _print_some(lines: Sequence[str], told: str, *, to: TextIO | None = None) -> None:
    """The first lines, and of those behind them how many."""
    for line in lines[:_NAMED]:
        print(line, file=to)
    if len(lines) > _NAMED:
        print(f"{told}: {len(lines) - _NAMED} more", file=to)


def _where(path: Path, error: VraagbaakError) -> str:
    """What is wrong with a file; two folders may hold one of the same name, so its path stands before it."""
    from index.sources import legible

    return f"{legible(str(path))}: {error.message}" if isinstance(error, UnreadableFile) else str(error)


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
