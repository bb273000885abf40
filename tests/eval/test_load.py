"""The load test: its arithmetic, what counts as an error, and one run of a few seconds on the real app."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eval.load import AppFailed, Plan, Seen, Server, figures, latencies, measure, running


def test_latencies_are_quantiles_in_milliseconds() -> None:
    # 0 to 100 ms: the value at rank p/100 × 100 is p itself.
    assert latencies([i / 1000 for i in range(101)]) == {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}
    assert latencies([0.007]) == {"p50": 7.0, "p95": 7.0, "p99": 7.0, "max": 7.0}


def test_figures_add_up_over_users() -> None:
    seen = [
        Seen({"search": [0.1, 0.2], "page": [0.01]}, Counter({"search: status 500": 2})),
        Seen({"search": [0.3]}, Counter()),
    ]
    found = figures(seen, Plan(2, 5, 1.0), took=6.0)
    assert (found["errors"], found["error_kinds"]) == (2, {"search: status 500": 2})
    assert found["searches_per_second"] == 0.5
    assert found["replies"]["search"] == {"count": 3, "p50": 200.0, "p95": 290.0, "p99": 298.0, "max": 300.0}
    assert found["replies"]["page"]["count"] == 1


class Muddled(BaseHTTPRequestHandler):
    """A page that answers every search with the results of "een", and breaks down at "stuk"."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        names = ["start", "search"]
        self._reply(200, json.dumps({"dependencies": [{"id": i, "api_name": name} for i, name in enumerate(names)]}))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["fn_index"] == 0:
            self._reply(200, json.dumps({"data": [{"choices": [["D66 (1)", "D66"]]}, {}, {}]}))
        elif asked["data"][0] == "stuk":
            self._reply(500, "{}")
        else:
            self._reply(200, json.dumps({"data": [{}, "<p>", "?q=een"]}))

    def _reply(self, status: int, text: str) -> None:
        body = f"{text}<html".encode() if self.path == "/" else text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def muddled() -> Iterator[Server]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Muddled) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Server("127.0.0.1", server.server_port, pid=0)
        server.shutdown()


def errors(server: Server, query: str) -> set[str]:
    return set(measure(server, Plan(2, 0.2, 0.01), [query])["error_kinds"])


def test_another_querys_results_are_an_error(muddled: Server) -> None:
    assert errors(muddled, "een") == set()
    assert errors(muddled, "twee") == {"search: not what was asked for"}
    assert errors(muddled, "stuk") == {"search: status 500"}


def test_an_app_that_does_not_start_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(AppFailed, match="nergens"), running(tmp_path, str(tmp_path / "nergens")):
        pass


@pytest.mark.model
def test_users_on_the_real_app_get_what_they_asked_for(model_index: Path) -> None:
    queries = ["restwarmte datacenters", "Worden AI-fabrieken getoetst op duurzaamheid?", "wat vroeg NSC over kabels"]
    with running(model_index, None) as server:
        found = measure(server, Plan(users=2, seconds=5, think=0.05), queries)
    assert found["error_kinds"] == {}
    assert set(found["replies"]) == {"page", "start", "search", "document"}
    assert 0 < found["server_memory_mb"] <= found["server_peak_memory_mb"]
