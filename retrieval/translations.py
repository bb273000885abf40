"""What English words are in Dutch: a table that was learned from parallel text (`training/translations.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_suffix(".tsv")
_ABOUT = """\
# English words, and the terms of the Dutch ones that they are translated by, with their shares. Learned by
# `python -m training.translations` from treaties (official texts), eForms (CC BY 4.0), the Dutch corona dashboard
# (EUPL 1.2), Tatoeba (CC BY 2.0 FR) and mozilla.org (MPL 2.0).
"""


@cache
def table() -> Mapping[str, Sequence[tuple[str, float]]]:
    """English word, folded → terms of Dutch words, each with its share of the translations, the largest first."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, *told = line.split("\t")
            found[word] = [(term, float(share)) for term, _, share in (one.rpartition(" ") for one in told)]
    return found


def written(table: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """A table as it is kept."""
    lines = ("\t".join([word, *(f"{term} {share}" for term, share in told)]) + "\n" for word, told in table.items())
    return _ABOUT + "".join(lines)
