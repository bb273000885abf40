"""Pieces of text on a page come in the order in which one reads them."""

from __future__ import annotations

from index.extract.layout import Leaf, Run, lay_out


def told(*columns: tuple[float, list[float]], foot: str = "") -> list[str]:
    """The order of lines of 12 points that stand at given heights, each column at its left edge."""
    runs = [
        Run(f"kolom {number} regel {at} van de tekst", left, left + 210, base, 10)
        for number, (left, bases) in enumerate(columns)
        for at, base in enumerate(bases)
    ]
    runs.append(Run("Een kop over de hele breedte van de bladzijde", 60, 500, 760, 10))
    if foot:
        runs.append(Run(foot, 60, 70, 40, 10))
    lines, aside = lay_out([Leaf(1, 842, 595, runs)])
    assert aside == []
    return ["".join(sign for sign in line.text if sign.isdigit()) or line.text[:3] for line in lines]


LINES = [700.0 - 12 * at for at in range(12)]


def test_a_second_column_of_text_is_read_behind_the_first() -> None:
    first, second = [f"0{at}" for at in range(12)], [f"1{at}" for at in range(12)]
    assert told((60, LINES), (310, LINES), foot="7") == ["Een", *first, *second, "7"]


def test_cells_of_a_table_are_read_by_row() -> None:
    # The first cells of each row are shorter than the second.
    short = [700.0, 688.0, 652.0, 640.0, 604.0]
    long = [700.0, 688.0, 676.0, 652.0, 640.0, 628.0, 604.0]
    assert told((60, short), (310, long))[:5] == ["Een", "00", "10", "01", "11"]
