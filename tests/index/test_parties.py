from __future__ import annotations

import pytest

from index.parties import canonical, mentions, named_group, register


@pytest.mark.parametrize(
    ("spelling", "party"),
    [
        ("GL-PvdA", "GroenLinks-PvdA"),
        ("gl-pvda", "GroenLinks-PvdA"),
        ("GroenLinks-PvdA-fractie", "GroenLinks-PvdA"),
        ("PvDA", "PvdA"),
        ("Groen Links", "GroenLinks"),
        ("GL", "GroenLinks"),
        ("Nieuw Sociaal Contract", "NSC"),
        ("Volkspartij voor Vrijheid en Democratie", "VVD"),
        ("D’66", "D66"),
        ("066", "D66"),
        ("V VD", "VVD"),
        ("CristenUnie", "ChristenUnie"),
        ("CU", "ChristenUnie"),
        ("fractie van de PVV", "PVV"),
        ("FvD", "FVD"),
        ("Partij voor de Dieren", "PvdD"),
        ("50plus", "50PLUS"),
        ("Party for the Animals", "PvdD"),
        ("Groep Wilders", "Groep Wilders"),
        ("Fractie-Otten", "Fractie-Otten"),
        ("duurzaamheid", None),
        ("", None),
        ("fractie", None),
    ],
)
def test_spellings(spelling: str, party: str | None) -> None:
    assert canonical(spelling) == party


@pytest.mark.parametrize(
    ("spelling", "group"),
    [
        ("Groep Markuszower", "Groep Markuszower"),
        ("lid Keijzer", "Lid Keijzer"),
        ("Fractie-Van der Berg", "Fractie-Van der Berg"),
        ("Groep Bontes/Van Klaveren", "Groep Bontes/Van Klaveren"),
        ("lid van de commissie", None),
        ("Groep", None),
        ("groepen", None),
        ("Partij van de Maan", None),
    ],
)
def test_a_group_is_called_by_its_member(spelling: str, group: str | None) -> None:
    assert named_group(spelling) == group


def test_two_parties_until_their_joint_group() -> None:
    assert canonical("PvdA", 2010) == "PvdA"
    assert canonical("GroenLinks", 2023) == "GroenLinks"
    assert canonical("PvdA", 2025) == canonical("GroenLinks", 2025) == "GroenLinks-PvdA"
    assert canonical("GroenLinks-PvdA", 2010) is None


def test_a_party_that_is_gone_asks_nothing_any_more() -> None:
    # Of its last year, 1998, one letter may be answered in the next.
    assert canonical("AOV", 1999) == canonical("AOV") == "AOV"
    assert canonical("AOV", 2000) is None
    assert mentions("De gevolgen van een AOV voor Nederland", 2025) == ()


def test_mentions_take_the_longest_spelling_and_keep_it() -> None:
    heading = "Vragen van de leden van de GL-PvdA-fractie, de PvdA-fractie en de leden van de SP-fractie"
    found = [(mention.party, mention.as_written) for mention in mentions(heading)]
    assert found == [("GroenLinks-PvdA", "GL-PvdA"), ("PvdA", "PvdA"), ("SP", "SP")]
    assert mentions("Wij spreken over volt, cultuur en denken") == mentions("geen partij") == ()
    assert mentions("een nieuw sociaal contract is in het belang van Nederland") == ()
    assert [mention.party for mention in mentions("de fractie van Belang van Nederland")] == ["BVNL"]


def test_names_in_english_are_mentions_too() -> None:
    found = mentions("GreenLeft–Labour, the People’s Party for Freedom and Democracy and the party for freedom")
    assert [mention.party for mention in found] == ["GroenLinks-PvdA", "VVD", "PVV"]
    assert mentions("a green left, a christian union and a new social contract") == ()


def test_no_spelling_belongs_to_two_parties() -> None:
    owners: dict[str, str] = {}
    for party in register():
        for spelling in party.spellings:
            assert owners.setdefault(spelling.casefold(), party.name) == party.name
