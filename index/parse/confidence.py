"""How sure we are of each exchange, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.parse.references import only_refers, referred
from index.records import Exchange, Kind

# What each doubt leaves of the confidence. The order of a document's reasons is the order of this table.
WEIGHTS = {
    "antwoord zonder vraag": 0.4,
    "nummer komt vaker voor": 0.6,
    "antwoord is leeg": 0.6,
    "antwoord zonder kop": 0.7,
    "geen vraagsteller gevonden": 0.8,
    "nummer geteld": 0.8,
    "een reactie voor alles": 0.8,
    "geen reactie gevonden": 0.9,
    "gat in de nummering ervoor": 0.9,
    "nummer buiten volgorde": 0.9,
    "deelvragen niet gescheiden": 0.9,
}
_ASKED_BY_SOMEONE = frozenset({Kind.SCHRIFTELIJK_OVERLEG, Kind.KAMERVRAGEN, Kind.EERSTE_KAMER, Kind.NOTA_VERSLAG})


def judged(exchanges: Sequence[Exchange], text: str, kind: Kind) -> tuple[Exchange, ...]:
    """The exchanges with references, reasons for doubt and the confidence that those leave."""
    numbers = Counter(number for exchange in exchanges for number in exchange.numbers)
    result = []
    highest = 0
    for exchange in exchanges:
        reasons = set(exchange.reasons)
        answer = exchange.answer.of(text) if exchange.answer else ""
        if exchange.numbers:
            first = exchange.numbers[0]
            if any(numbers[number] > 1 for number in exchange.numbers):
                reasons.add("nummer komt vaker voor")
            elif first > highest + 1 and numbers[first - 1] == 0:
                reasons.add("gat in de nummering ervoor")
            elif first < highest and len(exchange.numbers) == 1 and _stands_alone(exchange, exchanges):
                reasons.add("nummer buiten volgorde")
            highest = max(highest, *exchange.numbers)
        if exchange.answer and not answer.strip():
            reasons.add("antwoord is leeg")
        if not exchange.askers and kind in _ASKED_BY_SOMEONE:
            reasons.add("geen vraagsteller gevonden")
        if len(exchange.numbers) > max(1, len(exchange.questions)) and exchange.questions:
            reasons.add("deelvragen niet gescheiden")
        confidence = 1.0
        for reason in reasons:
            confidence *= WEIGHTS.get(reason, 1.0)
        ordered = [reason for reason in WEIGHTS if reason in reasons]
        if only_refers(answer):
            # No doubt, but a thing to know: the answer itself is elsewhere.
            ordered.append("antwoord verwijst alleen")
        result.append(
            replace(
                exchange,
                references=referred(answer, exchange.numbers, numbers),
                confidence=round(confidence, 3),
                reasons=tuple(ordered),
            )
        )
    return tuple(result)


def _stands_alone(exchange: Exchange, exchanges: Sequence[Exchange]) -> bool:
    """A number behind a higher one is in order where a joint answer has pulled the higher one forward."""
    (number,) = exchange.numbers
    return not any(len(other.numbers) > 1 and min(other.numbers) < number < max(other.numbers) for other in exchanges)
