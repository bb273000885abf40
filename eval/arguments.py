"""Arguments of commands, read and checked: of `python -m eval` and of training."""

from __future__ import annotations

import argparse
from contextlib import suppress
from math import inf
from pathlib import Path


def count(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no count: write a whole number, 1 or more")
    return int(text)


def pause(text: str) -> float:
    """Seconds, also none."""
    with suppress(ValueError):
        if 0 <= (given := float(text)) < inf:
            return given
    raise argparse.ArgumentTypeError(f"{text!r} is no time: write a number of seconds")


def seconds(text: str) -> float:
    """More than 0 seconds."""
    if not (given := pause(text)):
        raise argparse.ArgumentTypeError("in no time nothing is measured: write more than 0 seconds")
    return given


def made(text: str) -> Path:
    """A file that will be written; where it cannot be is told before hours of measuring, not after."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        why = "it is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise argparse.ArgumentTypeError(f"{text!r} cannot be written: {why}")
    return path
