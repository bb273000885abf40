"""For the whole suite: no request leaves the machine, and the indexes most tests search are built once."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.toy_encoder import ToyEncoder

if TYPE_CHECKING:
    from index.encoder import SentenceEncoder

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "data" / "documents" / "000_bf5ccd3b814fe0dd.txt"
MODEL = ROOT / "data" / "model"

# Before any library is imported, and inherited by the processes that tests start.
os.environ.update(
    HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False", TOKENIZERS_PARALLELISM="false"
)

_LOCAL_NAMES = {"", "localhost", "0.0.0.0", "::", "::1", socket.gethostname()}
_outside: list[str] = []


def _is_outside(host: object) -> bool:
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    return isinstance(name, str) and name not in _LOCAL_NAMES and not name.startswith("127.")


def _refuse_outside(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: it sees every library, and cannot be undone by one."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        # A unix socket's address is a string or bytes; an internet one a tuple that begins with the host.
        host = args[1][0] if isinstance(args[1], tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    if _is_outside(host):
        _outside.append(f"{event} to {host!r}")
        raise OSError(f"the tests are offline: {_outside[-1]}")


sys.addaudithook(_refuse_outside)


@pytest.fixture(autouse=True)
def offline() -> Iterator[list[str]]:
    """Fails a test that tried to reach another machine, also where a library hid the refusal."""
    _outside.clear()
    yield _outside
    assert not _outside, f"the test tried to leave the machine: {_outside}"


@pytest.fixture(scope="session", autouse=True)
def unsettled() -> Iterator[None]:
    """Nothing here waits for the disk, which is near half of what a small index takes: no test cuts the power.

    The commands that tests run in processes of their own do wait.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        yield


@pytest.fixture(scope="session")
def seed() -> Path:
    """The letter of 19 May 2025, as extracted from its PDF."""
    return SEED


@pytest.fixture(scope="session")
def model() -> Path:
    return MODEL


@pytest.fixture
def toy_encoder() -> ToyEncoder:
    return ToyEncoder()


@pytest.fixture(scope="session")
def toy_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed letter indexed with the toy encoder. Tests must not write into it."""
    from index.build import build

    out = tmp_path_factory.mktemp("toy") / "built"
    build([SEED], out, encoder=ToyEncoder())
    return out


@pytest.fixture(scope="session")
def milvus_lite() -> Iterator[None]:
    """Has its client look sooner whether an index is there: it would wait half a second, six times for each copy."""
    handler = pytest.importorskip(
        "pymilvus.client.grpc_handler", reason="pymilvus is not installed: pip install -r requirements-milvus.txt"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handler, "time", SimpleNamespace(time=time.time, sleep=lambda seconds: time.sleep(seconds / 50)))
        yield


@pytest.fixture(scope="session")
def shipped() -> SentenceEncoder:
    """The shipped model, loaded once; for tests marked `model`."""
    from index.encoder import SentenceEncoder

    return SentenceEncoder.open()


@pytest.fixture(scope="session")
def model_index(tmp_path_factory: pytest.TempPathFactory, shipped: SentenceEncoder) -> Path:
    """The seed letter indexed with the shipped model; for tests marked `model`. Tests must not write into it."""
    from index.build import build

    out = tmp_path_factory.mktemp("model") / "built"
    build([SEED], out, encoder=shipped)
    return out
