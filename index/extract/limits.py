"""Extraction in a process of its own, with limits on memory and time: a hostile file takes down only its reader."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import Cause, UnreadableFile
from index.extract.source import Line, Mark, Source

# Of processor time and of waiting. Parsing what was read takes three seconds at most, so that ten suffice for both.
MOST_SECONDS = 7
MOST_MEMORY = 1024 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent.parent


def extract_apart(path: Path) -> Source:
    """As `extract`, in a process of its own. Raises `UnreadableFile`, also for too much time or memory."""
    command = [sys.executable, "-m", "index.extract.limits", os.fspath(path.absolute())]
    environment = {**os.environ, "PYTHONPATH": os.fspath(_ROOT), "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        finished = subprocess.run(
            command, capture_output=True, timeout=MOST_SECONDS + 0.5, check=False, cwd=_ROOT, env=environment
        )
    except subprocess.TimeoutExpired:
        raise _too_much(path, Cause.SLOW) from None
    if finished.returncode != 0:
        # Killed by its limit on processor time, or out of memory in a place where Python could not say so.
        raise _too_much(path, Cause.SLOW_OR_HEAVY)
    answer = json.loads(finished.stdout)
    if "refused" in answer:
        raise UnreadableFile(path.name, Cause(answer["refused"]), **answer["facts"])
    return _source(answer)


def _too_much(path: Path, cause: Cause) -> UnreadableFile:
    return UnreadableFile(path.name, cause, seconds=MOST_SECONDS, memory=MOST_MEMORY // 2**30)


def _source(fields: dict[str, Any]) -> Source:
    return Source(
        **{
            **fields,
            "lines": tuple(_line(line) for line in fields["lines"]),
            "aside": tuple(_line(line) for line in fields["aside"]),
            "notes": tuple((marker, words) for marker, words in fields["notes"]),
        }
    )


def _line(fields: dict[str, Any]) -> Line:
    return Line(**{**fields, "marks": tuple(Mark(**mark) for mark in fields["marks"]), "origin": ()})


def _limit() -> None:
    """Set the limits of this process: address space and processor time."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Extract one file and write what was read, or why it was refused, as JSON."""
    from index.extract import extract

    _limit()
    path = Path(arguments[0])
    answer: dict[str, Any]
    try:
        answer = asdict(extract(path, rescue=True))
    except UnreadableFile as error:
        answer = _refused(error)
    except MemoryError:
        answer = _refused(_too_much(path, Cause.HEAVY))
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    return 0


def _refused(error: UnreadableFile) -> dict[str, Any]:
    return {"refused": error.cause, "facts": error.facts}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
