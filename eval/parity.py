"""Whether the same information need fares as well in English as in Dutch."""

from __future__ import annotations

from collections.abc import Sequence

from eval.gold import GoldQuery, Language
from eval.metrics import Scores
from eval.stats import Difference, difference


def pairs(queries: Sequence[GoldQuery]) -> list[tuple[str, str]]:
    """Ids of the Dutch and the English query of each need that has both, in the gold set's order."""
    dutch = {q.need: q.id for q in queries if q.need is not None and q.language is Language.DUTCH}
    english = {q.need: q.id for q in queries if q.need is not None and q.language is Language.ENGLISH}
    return [(dutch[need], english[need]) for need in dutch if need in english]


def parity(queries: Sequence[GoldQuery], scores: Scores, measure: str) -> Difference | None:
    """English less Dutch over the needs asked in both; None when there are none."""
    found = pairs(queries)
    if not found:
        return None
    return difference(
        [scores[english][measure] for _, english in found], [scores[dutch][measure] for dutch, _ in found]
    )
