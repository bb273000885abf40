"""Whether the short answers answer: eval/gold/answers.jsonl has the words that an answering sentence holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.gold import BadGold
from eval.suite import Observation

SEED_ANSWERS = Path(__file__).resolve().parent / "gold" / "answers.jsonl"


def load(path: Path = SEED_ANSWERS) -> dict[str, tuple[str, ...]]:
    """Query → fragments of the document, any of which marks a sentence that answers. Raises BadGold."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadGold(f"{path} cannot be read ({error.strerror})") from error
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            fragments = tuple(" ".join(fragment.split()) for fragment in fields["says"])
            if not fragments or not all(fragments) or fields["id"] in found:
                raise ValueError(f"no fragments, an empty one, or {fields['id']} twice")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadGold(f"{path}, line {number}: {error!r}; see eval/gold/README.md for the fields") from error
        found[fields["id"]] = fragments
    return found


def answering(observation: Observation, labels: Mapping[str, Sequence[str]]) -> tuple[bool, bool] | None:
    """Whether the first sentence quoted answers, and whether any does; None for a query without a label.

    Falling silent answers nothing.
    """
    fragments = labels.get(observation.query.id)
    if fragments is None:
        return None
    marks = [any(fragment in " ".join(quoted.text.split()) for fragment in fragments) for quoted in observation.quoted]
    return (marks[0] if marks else False), any(marks)
