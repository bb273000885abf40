"""Many users at once on the running page: the real app in a process of its own, asked the way a browser asks it.

    user: GET / · POST start · then, until the time is up: POST search · at times GET /document · think

Everything stays on the loopback interface, ends when its time is up, and takes the app down with it. A reply counts as
an error when it does not come, is not 200, or shows another query's results: nobody may be handed another's answers.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryFile
from time import perf_counter, sleep
from typing import IO, Any
from urllib.parse import parse_qs, urlencode

from eval.processes import memory, processor_seconds
from index.errors import VraagbaakError

ROOT = Path(__file__).resolve().parent.parent
STARTUP = 180
"""Seconds; a slow machine loads torch and gradio from a cold disk."""
PATIENCE = 30
"""Seconds after which a user gives up on a reply."""
LONGEST = 600
"""Seconds a measurement may last at most."""
_DOCUMENT_EVERY = 4


class AppFailed(VraagbaakError):
    """The app did not start, or ended while it was being measured."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running app."""

    host: str
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Plan:
    """So many users, for so many seconds; after a reply each thinks for `think` seconds (0: asks on at once).

    Thinking times are drawn from half to one and a half times `think`; users come in over the first `think` seconds.
    """

    users: int
    seconds: float
    think: float


@dataclass(slots=True)
class Seen:
    """What one user saw: seconds until each reply, by what was asked for, and what went wrong."""

    replies: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)


@contextmanager
def running(index: Path | None, model: str | None) -> Iterator[Server]:
    """Start app.py on a free port of this computer, and stop it in the end. Raises AppFailed."""
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0"]
    command += ["--index", str(index)] if index is not None else []
    command += ["--model", model] if model is not None else []
    with TemporaryFile("a+", encoding="utf-8") as said:  # the app always writes at the end
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield _started(process, said)
            if process.poll() is not None:
                raise AppFailed(f"app.py ended by itself with status {process.returncode}:\n{_told(said)}")
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def measure(server: Server, plan: Plan, queries: Sequence[str], *, seed: int = 0) -> dict[str, Any]:
    """Let users loose on the app. Returns plain figures: seconds, counts, MB."""
    seconds = min(plan.seconds, LONGEST)
    functions = _functions(server)
    before = processor_seconds(server.pid)
    started = perf_counter()
    seen = [Seen() for _ in range(plan.users)]
    users = [
        threading.Thread(
            target=_use,
            args=(server, functions, plan, started + seconds, queries, random.Random(f"{seed}-{user}"), seen[user]),
            daemon=True,
        )
        for user in range(plan.users)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    took = perf_counter() - started
    return figures(seen, plan, took) | {
        "server_cores_used": round((processor_seconds(server.pid) - before) / took, 2),
        "server_memory_mb": memory(server.pid, "VmRSS"),
        "server_peak_memory_mb": memory(server.pid, "VmHWM"),
    }


def figures(seen: Sequence[Seen], plan: Plan, took: float) -> dict[str, Any]:
    """Counts and quantiles over all users. Latencies in ms; a reply that did not come is among the errors only."""
    kinds = sorted({kind for one in seen for kind in one.replies})
    replies = {kind: [reply for one in seen for reply in one.replies.get(kind, [])] for kind in kinds}
    errors = sum((one.errors for one in seen), Counter[str]())
    return {
        "users": plan.users,
        "seconds": round(took, 1),
        "think_seconds": plan.think,
        "errors": sum(errors.values()),
        "error_kinds": dict(errors),
        "searches_per_second": round(len(replies.get("search", [])) / took, 1),
        "replies": {kind: {"count": len(values)} | latencies(values) for kind, values in replies.items()},
    }


def latencies(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the longest, in ms. A single value is all of them."""
    values = sorted(seconds)
    cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else [values[0]] * 99
    named = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": values[-1]}
    return {name: round(value * 1000, 1) for name, value in named.items()}


def told(rows: Sequence[Mapping[str, Any]]) -> str:
    """One line for each measurement."""
    lines = ["users  think s  searches/s  errors  p50 ms  p95 ms  p99 ms  max ms  cores  peak MB"]
    for row in rows:
        search = row["replies"].get("search", dict.fromkeys(("p50", "p95", "p99", "max"), float("nan")))
        lines.append(
            f"{row['users']:5d}  {row['think_seconds']:7.1f}  {row['searches_per_second']:10.1f}  {row['errors']:6d}  "
            f"{search['p50']:6.0f}  {search['p95']:6.0f}  {search['p99']:6.0f}  {search['max']:6.0f}  "
            f"{row['server_cores_used']:5.2f}  {row['server_peak_memory_mb']:7.0f}"
        )
        lines += [f"       {count} × {kind}" for kind, count in row["error_kinds"].items()]
    return "\n".join(lines)


def _started(process: subprocess.Popen[bytes], said: IO[str]) -> Server:
    """Wait for the line that tells the address. Raises AppFailed with what the app said instead."""
    until = perf_counter() + STARTUP
    while process.poll() is None and perf_counter() < until:
        if found := re.search(r"http://([\d.]+):(\d+)/", _told(said)):
            return Server(found[1], int(found[2]), process.pid)
        sleep(0.1)
    raise AppFailed(f"app.py did not start:\n{_told(said)}")


def _told(said: IO[str]) -> str:
    said.seek(0)
    return "".join(said.readlines()[-20:])


def _functions(server: Server) -> dict[str, int]:
    """The numbers by which the page calls what it asks of the server."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/config")
        config = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return {dependency["api_name"]: dependency["id"] for dependency in config["dependencies"]}


def _use(
    server: Server,
    functions: Mapping[str, int],
    plan: Plan,
    until: float,
    queries: Sequence[str],
    chance: random.Random,
    seen: Seen,
) -> None:
    """One user, from opening the page to the end of the time."""
    visit = _Visit(server, functions, f"{chance.getrandbits(50):x}", seen)
    sleep(chance.random() * plan.think)
    visit.open()
    asked = 0
    while perf_counter() < until:
        found = visit.search(chance.choice(queries))
        asked += 1
        if found and asked % _DOCUMENT_EVERY == 0:
            visit.read(found)
        sleep(min(plan.think * chance.uniform(0.5, 1.5), max(0.0, until - perf_counter())))
    visit.close()


class _Visit:
    """A browser's connection, kept open as browsers keep theirs."""

    def __init__(self, server: Server, functions: Mapping[str, int], session: str, seen: Seen) -> None:
        self._connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        self._functions, self._session, self._seen = functions, session, seen

    def open(self) -> None:
        self._get("page", "/", b"dependencies")  # with all that the page consists of: a browser asks for no more
        self._call("start", [""], lambda answer: bool(answer[0]["choices"]))

    def search(self, query: str) -> str | None:
        """Ask, and return the id of the first document found."""
        expected = parse_qs(urlencode({"q": query.strip()}))
        # The query, parties, ministries, first and last year, the address before. Results and address come last.
        unfiltered = [query, [], [], "", "", "?"]
        answer = self._call("search", unfiltered, lambda data: parse_qs(data[-1].removeprefix("?")) == expected)
        button = re.search(r'data-document="([^"]+)"', answer[-2]) if answer else None
        return unescape(button[1]) if button else None

    def read(self, document: str) -> None:
        self._get("document", "/document?" + urlencode({"id": document, "lang": "nl"}), b"document-title")

    def close(self) -> None:
        self._connection.close()

    def _call(self, name: str, data: list[Any], right: Callable[[list[Any]], bool]) -> list[Any] | None:
        body = {"data": data, "event_data": None, "fn_index": self._functions[name], "session_hash": self._session}
        text = self._ask(name, "POST", "/gradio_api/run/predict", json.dumps(body))
        if text is None:
            return None
        answer: list[Any] = json.loads(text)["data"]
        if not right(answer):
            self._seen.errors[f"{name}: not what was asked for"] += 1
            return None
        return answer

    def _get(self, name: str, address: str, expected: bytes) -> None:
        text = self._ask(name, "GET", address)
        if text is not None and expected not in text:
            self._seen.errors[f"{name}: not what was asked for"] += 1

    def _ask(self, name: str, method: str, address: str, body: str | None = None) -> bytes | None:
        started = perf_counter()
        try:
            try:
                reply, text = self._exchange(method, address, body)
            except (ConnectionError, http.client.HTTPException):
                # A server may close a connection that is not in use, at any moment; a browser then opens another.
                self._connection.close()
                reply, text = self._exchange(method, address, body)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._seen.errors[f"{name}: {type(error).__name__}"] += 1
            return None
        if reply.status != 200:
            self._seen.errors[f"{name}: status {reply.status}"] += 1
            return None
        self._seen.replies.setdefault(name, []).append(perf_counter() - started)
        return text

    def _exchange(self, method: str, address: str, body: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request(method, address, body, {"Content-Type": "application/json"} if body else {})
        reply = self._connection.getresponse()
        return reply, reply.read()
