"""What ministries are called."""

from __future__ import annotations

import pytest

from index.ministries import abbreviations, apart, as_known, named, subjects

HEALTH, JUSTICE, INTERIOR = (
    "Volksgezondheid, Welzijn en Sport",
    "Justitie en Veiligheid",
    "Binnenlandse Zaken en Koninkrijksrelaties",
)
KNOWN = (HEALTH, JUSTICE, "Economische Zaken", "Toerisme (T)")


@pytest.mark.parametrize(
    ("ministry", "short"),
    [
        (HEALTH, ("VWS",)),
        ("Landbouw, Visserij, Voedselzekerheid en Natuur", ("LVVN",)),
        ("Klimaat en Groene Groei", ("KGG",)),
        (JUSTICE, ("JenV",)),
        ("Asiel en Migratie", ("AenM",)),
        ("Buitenlandse Zaken", ("BZ", "BuZa")),
        ("Defensie", ()),
        ("Verkeer/Waterstaat", ("VW",)),
        ("Verkeer en Waterstaat (VW)", ("VenW",)),
        ("", ()),
    ],
)
def test_ministries_are_called_by_their_initials(ministry: str, short: tuple[str, ...]) -> None:
    assert abbreviations(ministry) == short


def test_subjects_of_ministries() -> None:
    assert [subjects(name) for name in (HEALTH, INTERIOR, "Defensie", "Verkeer en Waterstaat (VW)", "")] == [
        ("Volksgezondheid", "Welzijn", "Sport"),
        ("Binnenlandse Zaken", "Koninkrijksrelaties"),
        ("Defensie",),
        ("Verkeer", "Waterstaat"),
        ("",),
    ]


def test_a_ministry_is_meant_by_another_of_its_subjects_where_none_has_it_first() -> None:
    known = ("Onderwijs, Cultuur en Wetenschap", "Economische Zaken en Klimaat", "Klimaat en Groene Groei")
    for text, meant in (
        ("minister van cultuur", {"Onderwijs, Cultuur en Wetenschap"}),
        ("minister voor Klimaat en Energie", {"Klimaat en Groene Groei"}),
        ("minister van Sport", set()),
        ("minister van Cultuur en Wetenschap", {"Onderwijs, Cultuur en Wetenschap"}),
    ):
        assert named(text, known)[0].ministries == meant, text
    assert named("minister voor Klimaat", known[:2])[0].ministries == {"Economische Zaken en Klimaat"}
    assert named("minister voor Natuur en Stikstof", ("Landbouw, Natuur en Voedselkwaliteit",))[0].ministries == set()
    assert named("aan cultuur", known) == []  # without an office it is a word
    aid = "Buitenlandse Handel en Ontwikkelingshulp"
    assert named("vragen aan Ontwikkelingssamenwerking", (aid,))[0].ministries == {aid}


def test_ministries_named_as_one_are_parted() -> None:
    assert apart(f"Onderwijs, Cultuur en Wetenschap en {HEALTH}") == ["Onderwijs, Cultuur en Wetenschap", HEALTH]
    assert apart(JUSTICE) == [JUSTICE]
    assert apart("") == [""]
    assert apart("Financiën en asiel en Migratie") == ["Financiën", "Asiel en Migratie"]


@pytest.mark.parametrize(
    ("ministry", "name"),
    [
        ("justitie en veiligheid", JUSTICE),
        ("Financien", "Financiën"),
        ("Economische zaken", "Economische Zaken"),
        ("Toerisme en sport", "Toerisme en sport"),
    ],
)
def test_a_known_ministry_has_one_name(ministry: str, name: str) -> None:
    assert as_known(ministry) == name


@pytest.mark.parametrize(
    ("text", "span", "lead", "ministries"),
    [
        (f"aan de minister van {HEALTH}, over", f"aan de minister van {HEALTH}", "aan", {HEALTH}),
        ("de minister van justitie over paarden", "de minister van justitie", "", {JUSTICE}),
        ("wat zei VWS", "VWS", "", {HEALTH}),
        ("vragen aan minister SZW", "aan minister SZW", "aan", set()),
        ("wat schreef Justitie", "Justitie", "", {JUSTICE}),
        ("to the Secretary of Economic Affairs", "to the Secretary of Economic Affairs", "to", {"Economische Zaken"}),
        ("minister van Economische Zaken en Klimaat", "minister van Economische Zaken en Klimaat", "",
         {"Economische Zaken"}),
        ("aan de minister-president", "aan de minister-president", "aan", set()),
        ("van het ministerie van Toerisme", "van het ministerie van Toerisme", "van", {"Toerisme (T)"}),
    ],
)  # fmt: skip
def test_ministries_that_a_text_names(text: str, span: str, lead: str, ministries: set[str]) -> None:
    [found] = named(text, KNOWN)
    assert (found.span.of(text), found.lead, found.ministries) == (span, lead, ministries)


@pytest.mark.parametrize("text", ["justitie, defensie, vws en AZ", "de minister van staat", ""])
def test_what_names_no_ministry(text: str) -> None:
    assert named(text, KNOWN) == []


def test_where_none_is_known_none_is_meant() -> None:
    assert [one.ministries for one in named("wat zei de minister van Justitie", ())] == [frozenset()]
