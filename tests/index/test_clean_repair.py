"""Lost spaces come back where the text shows the damage, and nothing else changes."""

from __future__ import annotations

from index.clean.repair import missing_spaces, with_spaces
from index.extract.source import Line, Mark

DAMAGED = [
    Line("Dit is nodig,zodat de Kamer het weet.Daarom is in hettweeminutendebat van de motie"),
    Line("gesproken.Nadat de stukken van dat tweeminutendebat zijn verzonden, werdendaarover vragen gesteld."),
]


def mended(*lines: Line) -> list[str]:
    return [with_spaces(line, places).text for line, places in zip(lines, missing_spaces(lines), strict=True)]


def test_glued_words_are_parted() -> None:
    assert mended(*DAMAGED) == [
        "Dit is nodig, zodat de Kamer het weet. Daarom is in het tweeminutendebat van de motie",
        # "werdendaarover" holds no function word at its ends that compounds never have: it stays as it is.
        "gesproken. Nadat de stukken van dat tweeminutendebat zijn verzonden, werdendaarover vragen gesteld.",
    ]


def test_a_sound_text_is_not_touched() -> None:
    line = Line("De detentiecapaciteit,een begrip uit hettweeminutendebat, zie www.dji.nl,info.")
    assert mended(line) == [line.text]


def test_right_words_and_addresses_stay() -> None:
    words = "deregulering verkeersveiligheidsmaatregelen o.a. c.s. jl. F16s https://nos.nl/Wat.Nu ODC’s datalek"
    assert mended(*DAMAGED, Line(words))[2] == words


def test_a_glued_compound_that_no_list_knows_is_parted() -> None:
    assert mended(DAMAGED[0])[0].endswith("in hettweeminutendebat van de motie")  # two signs: no damage yet
    lines = (DAMAGED[0], Line("geweest.Dat was zo,meent men,in het heterogenere detailhandelsbeleid"))
    assert mended(*lines) == [
        "Dit is nodig, zodat de Kamer het weet. Daarom is in het tweeminutendebat van de motie",
        "geweest. Dat was zo, meent men, in het heterogenere detailhandelsbeleid",
    ]


def test_marks_move_along() -> None:
    line = Line("nodig,zodat dit", marks=(Mark(0, "1"), Mark(6, "2"), Mark(11, "3")))
    assert [mark.at for mark in with_spaces(line, [6]).marks] == [0, 6, 12]
