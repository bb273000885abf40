"""On what machine, with which versions and which model a run was made. No host name, user or path."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.backend import Manifest

_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "tantivy", "simplemma", "wordfreq", "ir-measures", "numpy")


def facts(manifest: Manifest) -> dict[str, object]:
    """Of the machine and of an index: name → value, all of them plain."""
    return machine() | {
        "model": manifest.encoder,
        "model_fingerprint": manifest.fingerprint[:16],
        "dimension": manifest.dimension,
        "analyser": manifest.analyser,
        "index_format": manifest.format,
        "corpus": manifest.corpus[:16],
    }


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> dict[str, object]:
    """Name → value, all of them plain."""
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
