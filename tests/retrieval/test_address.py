"""The address of the page: what it holds and what it makes of any other."""

from __future__ import annotations

from retrieval.address import Address
from retrieval.words import Language


def test_the_address_holds_the_view_and_leaves_out_what_is_usual() -> None:
    assert str(Address()) == "?"
    assert str(Address("AI-fabriek", ("NSC", "D66"), k=20, language=Language.ENGLISH)) == (
        "?q=AI-fabriek&party=NSC&party=D66&k=20&lang=en"
    )
    filtered = Address("a", documents=("x",), ministries=("Financiën", "Defensie"), since=2023, until=2024)
    assert str(filtered) == "?q=a&doc=x&ministry=Financi%C3%ABn&ministry=Defensie&since=2023&until=2024"
    assert Address.read(str(filtered)) == filtered


def test_an_address_reads_back_what_it_wrote() -> None:
    address = Address("C++ & “<b>” 100%", ("NSC", "D66"), ("a b",), 20, Language.ENGLISH)
    assert Address.read(str(address)) == address
    assert Address.read("?") == Address.read("") == Address()


def test_an_address_that_makes_no_sense_is_the_usual_one() -> None:
    assert Address.read("?k=-1&lang=xx&q=a&q=b&party=NSC&party=NSC") == Address("a", ("NSC",))
    assert Address.read("?k=9999&q=%00") == Address("\0", k=80)
    assert Address.read("?k=0").k == 1
    assert Address.read("?since=0023&until=2024-01-01") == Address()
    assert Address.read("?" + "&".join(f"party={n}" for n in range(101))) == Address()
