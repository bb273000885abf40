"""Processes that are measured: work in one of its own, and what the system tells of one."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from index.errors import VraagbaakError


class BrokenDown(VraagbaakError):
    """A process that measured came to no end."""


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do it in a process of its own, started afresh. Raises BrokenDown."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(work, *arguments).result()
        except BrokenProcessPool as error:
            raise BrokenDown(
                f"the process that measured broke down ({error}): with fewer --passages or a smaller --scale it may fit"
            ) from error


def once(path: Path, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What work found, as it is kept in a file. Where that is lacking its folder is emptied, and the work done."""
    if not path.is_file():
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(work(), indent=1) + "\n", encoding="utf-8")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def most_memory() -> float:
    """The most that this process ever held, in MB; `ru_maxrss` would count its parent's too."""
    return memory("self", "VmHWM")


def memory(pid: int | str, name: str) -> float:
    """VmRSS or VmHWM of a process in MB; NaN where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return float("nan")
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return round(int(found[1]) / 1024, 1) if found else float("nan")


def processor_seconds(pid: int) -> float:
    """Processor time a process has used, all its threads together; NaN where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
