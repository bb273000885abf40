"""Where sentences end."""

from __future__ import annotations

import pytest

from index.records import Span
from index.sentences import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja. Nee.", ["Ja.", "Nee."]),
        ("Zie nr. 1327 van de lijst. Dank.", ["Zie nr. 1327 van de lijst.", "Dank."]),
        ("Motie-Kathmann c.s. vraagt dit. Klaar.", ["Motie-Kathmann c.s. vraagt dit.", "Klaar."]),
        (
            "De motie-Kathmann c.s. (Kamerstuk 26643-1265)? Ja.",
            ["De motie-Kathmann c.s. (Kamerstuk 26643-1265)?", "Ja."],
        ),
        ("Aan Kathmann c.s. De minister zegt ja.", ["Aan Kathmann c.s.", "De minister zegt ja."]),
        ("Het lid J.M. Paternotte vraagt. Ja.", ["Het lid J.M. Paternotte vraagt.", "Ja."]),
        ("Kan dit? “Ja.” Wel zo.", ["Kan dit?", "“Ja.”", "Wel zo."]),
        ("Dat is 3.500 euro. Of 2.5 miljoen.", ["Dat is 3.500 euro.", "Of 2.5 miljoen."]),
        ("Dat geldt o.m. Brazilië en c.q. Ierse havens. Ja.", ["Dat geldt o.m. Brazilië en c.q. Ierse havens.", "Ja."]),
        ("Aan boord van Zr.Ms. Orka en Hr. Ms. Kievit. Ja.", ["Aan boord van Zr.Ms. Orka en Hr. Ms. Kievit.", "Ja."]),
        ("Zie Stb. 2024, 7, Stcrt. 2023 en Trb. 1998. Ja.", ["Zie Stb. 2024, 7, Stcrt. 2023 en Trb. 1998.", "Ja."]),
        ("Zie hfst. 3 en aanh. Handelingen 5. Ja.", ["Zie hfst. 3 en aanh. Handelingen 5.", "Ja."]),
        (
            "Een zgn. «Bos» van prof.dr. Vos. Zie abc.nl. Ja.",
            ["Een zgn. «Bos» van prof.dr. Vos.", "Zie abc.nl.", "Ja."],
        ),
        ("Het kost 5 mln. Euro en 2 mld. EUR. Ja.", ["Het kost 5 mln. Euro en 2 mld. EUR.", "Ja."]),
        ("Het kost 5 mln. De minister betaalt.", ["Het kost 5 mln.", "De minister betaalt."]),
        ("Dat was 14 okt. 2024. Op 9 okt. Niet later.", ["Dat was 14 okt. 2024.", "Op 9 okt.", "Niet later."]),
        ("Vos, Bos etc. Op 3 mei jl. Zo ja, hoe?", ["Vos, Bos etc.", "Op 3 mei jl.", "Zo ja, hoe?"]),
        ("Zie de brief van 3 mei jl. (Kamerstuk 9). Ja.", ["Zie de brief van 3 mei jl. (Kamerstuk 9).", "Ja."]),
        ("Met mw. Vos is 100 MW. Het is van A.S. Bos.", ["Met mw. Vos is 100 MW.", "Het is van A.S. Bos."]),
        ("Een kop\n\nDe tekst zonder punt", ["Een kop", "De tekst zonder punt"]),
        ("Wel! en toch niet. Ja", ["Wel! en toch niet.", "Ja"]),
        ("  \n\n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("text", [".", ". . .", "Ja.             . Nee.", " . Ja."])
def test_a_full_stop_without_a_word_is_no_error(text: str) -> None:
    assert "".join("".join(span.of(text) for span in sentences(text, Span(0, len(text)))).split()) == "".join(
        text.split()
    )


def test_only_the_span_is_cut() -> None:
    text = "Een. Twee. Drie."
    assert sentences(text, Span(5, 16)) == [Span(5, 10), Span(11, 16)]
