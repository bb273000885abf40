"""`python -m retrieval`: ask the index from the shell."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from index.console import close_output, print_any_character
from index.errors import BadQuery, Cause, VraagbaakError

if TYPE_CHECKING:
    from retrieval.results import Query
    from retrieval.search import Searcher


class BadQueries(VraagbaakError):
    """A file of queries that cannot be read, or that holds one that cannot be answered."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the search. Returns 0, also where nothing relevant was found; 1 on an error, told on standard error."""
    parser = _parser()
    options = parser.parse_args(arguments)
    print_any_character()
    if (options.query is None) == (options.queries is None):
        parser.error("name either a query or --queries FILE")
    if options.queries is not None and not options.json:
        parser.error("--queries needs --json")
    try:
        _answer(options)
        sys.stdout.flush()  # here, where it is no error that nobody reads
    except VraagbaakError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        close_output()
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retrieval",
        description="Find what ministers answered: the passages that answer best, verbatim, with question and party.",
    )
    parser.add_argument("query", nargs="?", help="a question or some words, in Dutch or English")
    parser.add_argument("--queries", type=Path, metavar="FILE", help="many queries, one a line ('-': standard input)")
    parser.add_argument("--index", type=Path, default=Path("data/built"), metavar="DIR", help="(%(default)s)")
    parser.add_argument("--store", metavar="ADDRESS", help="an index in Milvus instead: milvus://host:port/name")
    parser.add_argument("--model", help="the model the index was built with, when it is not data/model")
    parser.add_argument("--k", type=int, default=10, metavar="N", help="hits to show (%(default)s)")
    parser.add_argument("--party", action="append", default=[], metavar="P", help="asked by this party; repeatable")
    parser.add_argument("--member", action="append", default=[], metavar="NAME", help="by this member; repeatable")
    parser.add_argument("--ministry", action="append", default=[], metavar="M", help="answered by it; repeatable")
    parser.add_argument("--since", type=_day(1, 1), metavar="DATE", help="answered on this day, in this year, or later")
    parser.add_argument("--until", type=_day(12, 31), metavar="DATE", help="answered on it or earlier")
    parser.add_argument("--json", action="store_true", help="JSON; with --queries one line a query")
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours in the output (%(default)s)"
    )
    return parser


def _day(month: int, day: int) -> Callable[[str], date]:
    """Reads a day, or a year as this day of it."""

    def read(text: str) -> date:
        try:
            return date(int(text), month, day) if text.isdecimal() and len(text) == 4 else date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2025-05-19, or as a year") from None

    return read


def _answer(options: argparse.Namespace) -> None:
    from index.light import LightEncoder
    from retrieval.search import Searcher

    if options.store is not None:
        from index.milvus import Address

        Address.read(options.store)  # else what is no address would be taken for a folder
    queries = [options.query] if options.queries is None else lines(options.queries)
    searcher = Searcher.open(options.store or options.index, encoder=LightEncoder.open(options.model))
    filters = {
        "k": options.k,
        "parties": options.party,
        "members": options.member,
        "ministries": options.ministry,
        "since": options.since,
        "until": options.until,
    }
    for query in queries:
        try:
            results = searcher.search(query, **filters)
            _check_names(results.query, searcher)
        except BadQuery as error:
            if options.queries is None:
                raise
            raise BadQueries(f"{options.queries}, {query[:40]!r}: {error}") from error
        if options.json:
            indent = 2 if options.queries is None else None
            print(json.dumps(results.to_json(), ensure_ascii=False, indent=indent), flush=True)
        else:
            from retrieval.terminal import results_text, wants_colour

            print(results_text(results, colour=wants_colour(options.color)))


def _check_names(query: Query, searcher: Searcher) -> None:
    """Raises BadQuery where a filter names a member who asked nothing, or a ministry that answered nothing: one who
    types a name wants to hear that it is misspelt.
    """
    for member in query.members:
        if member not in searcher.store.members:
            raise BadQuery(Cause.UNKNOWN_MEMBER, name=member)
    known = searcher.counts().ministries if query.ministries else {}
    for ministry in query.ministries:
        if ministry not in known:
            raise BadQuery(Cause.UNKNOWN_MINISTRY, name=ministry, known=", ".join(sorted(known)))


def lines(path: Path) -> list[str]:
    """The queries of a file, empty lines left out. Raises BadQueries where the file cannot be read or holds none."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQueries(
            f"cannot read queries from {path} ({error}): name a UTF-8 text file, one query a line"
        ) from error
    queries = [line.strip() for line in text.splitlines() if line.strip()]
    if not queries:
        raise BadQueries(f"{path} holds no queries: write one a line")
    return queries


if __name__ == "__main__":
    sys.exit(main())
