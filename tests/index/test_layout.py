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


def test_cells_of_a_table_of_questions_are_read_one_by_one() -> None:
    rows = [
        ("Nr", "Vraag", "Antwoord"),
        ("1", "Wie doet", "Hij doet"),
        ("", "dat nu?", "dat nu."),
        ("2", "Wat?", "Dat"),
    ]
    rows.append(("", "", "dus."))
    runs = [
        Run(text, left, left + 6 * len(text), 700 - 12 * at, 10)
        for at, row in enumerate(rows)
        for text, left in zip(row, (60, 85, 300), strict=True)
        if text
    ]
    lines, _ = lay_out([Leaf(1, 842, 595, [*runs, Run("Pagina 1", 300, 340, 40, 10)])])
    read = ["Nr", "Vraag", "Antwoord", "1", "Wie doet", "dat nu?", "Hij doet", "dat nu.", "2", "Wat?", "Dat", "dus."]
    assert [line.text for line in lines] == [*read, "Pagina 1"]
    assert [line.text for line in lines[4:] if line.gap] == ["Wie doet", "Hij doet", "2", "Wat?", "Dat", "Pagina 1"]


def leaf(number: int, *rows: tuple[str, ...], lefts: tuple[int, ...] = (50, 90, 290, 380)) -> Leaf:
    """A page of a table, its rows 12 points apart, with its number at the foot."""
    runs = [
        Run(text, left, left + 6 * len(text), 700 - 12 * at, 10)
        for at, row in enumerate(rows)
        for text, left in zip(row, lefts, strict=True)
        if text
    ]
    return Leaf(number, 842, 595, [*runs, Run(str(number), 300, 306, 40, 10)])


def test_neither_the_pages_asked_about_nor_a_head_that_comes_back_answer_anything() -> None:
    head = ("Nr.", "Vraag", "Blz.", "Antwoord")
    lines, aside = lay_out(
        [
            leaf(1, head, ("1", "Wie doet", "12", "Hij doet"), ("", "dat nu?", "", "dat nu.")),
            leaf(2, head, ("2", "Wat?", "7", "Dat.")),
        ]
    )
    read = ["1", "Wie doet", "dat nu?", "Hij doet", "dat nu.", "1", "2", "Wat?", "Dat.", "2"]
    assert [line.text for line in lines] == [*head, *read]
    assert [line.text for line in aside] == ["12", *head, "7"]


def test_a_table_of_questions_alone_has_no_answers() -> None:
    head = ("Nr", "Vraag", "Bijlage", "Blz. (van)")
    lines, _ = lay_out([leaf(1, head, ("1", "Wie?", "", "12"), ("2", "Wat?", "2", "13"))])
    assert [line.text for line in lines] == [*head, "1", "Wie?", "2", "Wat?", "1"]


def test_long_cells_of_a_table_of_questions_are_no_columns_of_text() -> None:
    rows = [
        (str(at // 2) if at % 2 else "", "Hoeveel kost het onderhoud", "", "Dat kost tien miljoen euro")
        for at in range(1, 21)
    ]
    lines, _ = lay_out([leaf(1, ("Nr", "Vraag", "", "Antwoord"), *rows)])
    assert [line.text for line in lines[3:8]] == ["0", rows[0][1], rows[0][1], rows[0][3], rows[0][3]]
