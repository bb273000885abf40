"""What the commands of the shell have in common."""

from __future__ import annotations

import io
import sys


def print_any_character() -> None:
    """Have standard output write what the terminal has no character for as its number: a letter's “ may be such."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
