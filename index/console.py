"""What the commands of the shell have in common."""

from __future__ import annotations

import io
import os
import sys


def print_any_character() -> None:
    """Have standard output write what the terminal has no character for as its number: a letter's “ may be such."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def close_output() -> None:
    """Write no more: whoever reads has read enough (`| head`), and what is left would be an error at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
