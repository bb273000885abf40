"""What the head of a table says of its columns."""

from __future__ import annotations

import pytest

from index.extract.tables import Column, columns

N, W, Q, P, A = Column.NUMBER, Column.ASKER, Column.QUESTION, Column.PAGE, Column.ANSWER


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("Nr.|Vraag|Antwoord", (N, Q, A)),
        ("|Vragen:|ANTWOORDEN", (N, Q, A)),
        ("Vraag|Antwoord", (Q, A)),
        ("Nr|Vraag|Bijlage|Blz. (van)|t/m", (N, Q, P, P, P)),
        ("Nummer|Vraag|Pagina|Antwoord", (N, Q, P, A)),
        ("Nr|Fractie|Vraag|Blz.|Antwoord", (N, W, Q, P, A)),
        ("Fractie|Vraag|Antwoord", ()),
        ("Nr|Vraag|Fractie|Antwoord", ()),
        ("Nr|Fractie|Antwoord", ()),
        ("Vraag|Blz.", ()),
        ("Nr|Vraag", ()),
        ("Nr|Antwoord|Vraag", ()),
        ("Jaar|Vraag|Aanbod", ()),
        ("Jaar|Vraag|Antwoord", ()),
        ("", ()),
    ],
)
def test_columns(head: str, found: tuple[Column, ...]) -> None:
    assert columns(head.split("|")) == found
