"""Where printed lines ended in a text whose lines were joined without a space, and nowhere in a sound one."""

from __future__ import annotations

from collections import Counter

import pytest

from index.clean.breaks import _within, lost_breaks

PRINTED = [
    "Er is door het ministerie voorafgaand aan het tweeminutendebat geen contact",
    "geweest met de krant of een ander medium ten aanzien van de plannen om",
    "merkkleding in detentie te beperken. In mijn appreciatie van de motie heb ik",
    "aangegeven dat ik bezig ben met plannen voor het beperken van het dragen van",
    "merkkleding. Ik ga niet over de moties die partijen indienen, en het is mij",
    "ook niet bekend wat voor de fractie aanleiding is geweest om de betreffende",
    "motie op dat moment in te dienen. Het reguliere beleid van de inrichtingen van",
    "Nederland wijzigt niet, zo heb ik in de afgelopen weken aan de Kamer gemeld in",
    "2024 en daarvoor, en dat zal zo blijven tot de komende kabinetsperiode (waarover",
    "ik de Kamer nog nader informeer) voorbij is en de opvolgers anders besluiten.",
]


def joined(lines: list[str]) -> tuple[str, list[int]]:
    """The lines without what stood between them, and where each but the first begins."""
    starts = [sum(map(len, lines[:count])) for count in range(1, len(lines))]
    return "".join(lines), starts


def test_every_line_that_was_joined_is_found() -> None:
    text, starts = joined(PRINTED)
    assert lost_breaks([text], [[]]) == [starts]


def test_a_hyphen_at_the_end_of_a_line_is_a_break() -> None:
    lines = [
        *PRINTED[:4],
        "merkkleding. Ik ga niet over de moties die partijen indienen, en het is mij ge-",
        "woon niet bekend wat voor de fractie aanleiding is geweest om de betreffende",
        *PRINTED[6:],
    ]
    text, starts = joined(lines)
    assert lost_breaks([text], [[]]) == [starts]


def test_a_sign_without_a_space_is_one_where_a_line_may_end() -> None:
    lines = [*PRINTED[:2], PRINTED[2].removesuffix(" In mijn appreciatie van de motie heb ik"), *PRINTED[3:]]
    lines[2] += " Daarmee heb ik alle vragen van de leden beantwoord."
    text, starts = joined(lines)
    assert lost_breaks([text], [[starts[2]]]) == [starts]
    assert lost_breaks([text], [[]]) == [[start for start in starts if start != starts[2]]]


@pytest.mark.parametrize(
    "text",
    [
        " ".join(PRINTED),
        " ".join(PRINTED).replace("contact geweest", "contactgeweest"),
        " ".join(["onderwijscapaciteit paardenpaspoort doodstrafzaken werkoverleg kostprijsonderzoek"] * 20),
        "-".join(["lang"] * 1_000),
        "a" * 5_000,
        "",
    ],
)
def test_a_sound_text_has_none(text: str) -> None:
    assert lost_breaks([text], [[]]) == [[]]


def test_a_short_text_tells_too_little() -> None:
    text, _ = joined(PRINTED[:3])
    assert lost_breaks([text], [[]]) == [[]]


def test_an_address_holds_no_break() -> None:
    text, starts = joined(PRINTED)
    assert lost_breaks([f"{text} Zie www.nietbekend.nl/hetkabinet."], [[]]) == [starts]


@pytest.mark.parametrize(
    ("token", "cut"),
    [
        ("dePalestijnse", 2),
        ("endat", 2),
        ("datze", 3),
        ("100procent", 3),
        ("in2024", 2),
        ("één-op-één", None),
        ("ah-tk-2017", None),
        ("verschil-lende", 9),
        ("frauderisico’s", None),
        ("opendag", None),
        ("GroenLinks", None),
    ],
)
def test_what_a_token_may_hold(token: str, cut: int | None) -> None:
    assert [place for place, _ in _within(token, Counter())] == ([] if cut is None else [cut])
