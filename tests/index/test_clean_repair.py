"""Lost spaces come back where the text shows the damage, and nothing else changes."""

from __future__ import annotations

from index.clean.repair import Mended
from index.clean.repair import mended as repaired
from index.extract.source import Line, Mark
from tests.index.test_clean_breaks import PRINTED, joined

DAMAGED = [
    Line("Dit is nodig,zodat de Kamer het weet.Daarom is in hettweeminutendebat van de motie"),
    Line("gesproken.Nadat de stukken van dat tweeminutendebat zijn verzonden, werdendaarover vragen gesteld."),
]


def mended(*lines: Line) -> list[str]:
    return [found.line.text for found in repaired(lines)]


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


def test_joined_lines_are_parted_and_their_hyphens_go_or_stay() -> None:
    lines = [*PRINTED[:7], "de motie-", "Kathmann wijzigt niet, zo heb ik in de afgelopen weken aan de verschil-"]
    lines[7:9] = ["Nederland wijzigt niet, zo heb ik in de afgelopen weken naar aanleiding van de motie-"]
    lines += [
        "Kathmann aan de Kamer gemeld, en dat zal in elk geval zo blijven tot de verschil-",
        "lende opvolgers anders besluiten.",
    ]
    whole = " ".join(lines).replace("motie- Kathmann", "motie-Kathmann").replace("verschil- lende", "verschillende")
    assert mended(Line(joined(lines)[0])) == [whole]


def test_marks_and_places_move_along() -> None:
    text, starts = joined([*PRINTED[:9], f"{PRINTED[9][:-8]}-", "sluiten dan wat nu voorligt."])
    (found,) = repaired(
        [Line(text, marks=(Mark(0, "1"), Mark(starts[0], "2"), Mark(len(text), "3")), origin=range(len(text)))]
    )
    assert found.places == tuple(starts)
    assert found.grown == (1, 2, 3, 4, 5, 6, 7, 8, 9, 8)
    # Nine spaces more, one hyphen less.
    assert [mark.at for mark in found.line.marks] == [0, starts[0], len(text) + 8]
    assert (found.start(starts[0]), found.end(starts[0])) == (starts[0] + 1, starts[0])
    assert (found.start(0), found.end(len(text))) == (0, len(text) + 8)
    taken = [place for place in found.line.origin if place >= 0]
    assert taken == [place for place in range(len(text)) if place != starts[-1] - 1]
    assert "".join(text[place] if place >= 0 else " " for place in found.line.origin) == found.line.text
    assert repaired([Line("Sound.")]) == [Mended(Line("Sound."))]
