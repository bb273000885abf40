"""The head of a table of questions and answers: what stands in which of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

_PAGE = re.compile(r"(?:bijlage|blz|pagina|pag|blad|t/m|van)\b.*")


class Column(Enum):
    """What the cells of a column hold, in the order in which a row is read; PAGE is where that stands which a question
    is about.
    """

    NUMBER = auto()
    ASKER = auto()
    QUESTION = auto()
    PAGE = auto()
    ANSWER = auto()


_NAMES = {
    **dict.fromkeys(("", "#", "no", "nr", "nummer"), Column.NUMBER),
    **dict.fromkeys(("fractie", "fracties", "partij"), Column.ASKER),
    **dict.fromkeys(("vraag", "vragen"), Column.QUESTION),
    **dict.fromkeys(("antwoord", "antwoorden"), Column.ANSWER),
}


def columns(head: Sequence[str]) -> tuple[Column, ...]:
    """The columns that a row of cells heads; none where these are no questions.

    A row without answers must have numbers and pages, as the Kamer's own lists of questions do. Who asks stands behind
    the number.
    """
    names = [" ".join(name.casefold().split()).rstrip(".: ") for name in head]
    found = tuple(_NAMES.get(name) or (Column.PAGE if _PAGE.fullmatch(name) else None) for name in names)
    known = tuple(column for column in found if column is not None)
    first = known[:1] == (Column.NUMBER,)
    order = known[2:] if known[:2] == (Column.NUMBER, Column.ASKER) else known[first:]
    pages = (Column.PAGE,) * order.count(Column.PAGE)
    answered = order == (Column.QUESTION, *pages, Column.ANSWER)
    asked = first and pages and order == (Column.QUESTION, *pages)
    return known if len(known) == len(found) and (answered or asked) else ()
