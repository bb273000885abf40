"""The seed letter drawn in many layouts and read back: the same exchanges, each on its right page."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.parse import read
from index.records import Document
from tests.index.letter_pdf import Style, body_of, draw

SEED = Path(__file__).parents[2] / "data" / "documents" / "000_bf5ccd3b814fe0dd.txt"
TRADE = (
    "Kamerstukken II 2024/25, 26 643, nr. 1301, over de markttoegang en de wederkerigheid in de handel met derde "
    "landen, in het bijzonder bij aanbestedingen door de rijksoverheid en de medeoverheden."
)
NOTES = (
    "European Green Digital Coalition, zie https://www.greendigitalcoalition.eu/",
    TRADE,
    "Important Project of Common European Interest on Next Generation Cloud Infrastructure and Services.",
)
STYLES = [
    Style(
        "rijkshuisstijl",
        header=("Pagina {page} van {pages}",),
        header_left=512,
        side=(
            "Directoraat-generaal",
            "Economie en Digitalisering",
            "Directie Digitale Economie",
            "",
            "Ons kenmerk",
            "DGED-DE / 98731685",
        ),
    ),
    Style(
        "header-left",
        header=("Ministerie van Economische Zaken", "Pagina {page} van {pages}", "Ons kenmerk DGED-DE / 98731685"),
        notes="glued",
        notes_size=10,
    ),
    Style(
        "one-line-header",
        "Times-Roman",
        "Times-Bold",
        11,
        14,
        14,
        header=("Ministerie van Economische Zaken | Directie Digitale Economie | {page}/{pages}",),
        notes="spaced",
        rule=False,
    ),
    Style("dashes", footer=("- {page} -",), footer_left=290, notes="glued", notes_size=10, rule=False, hyphens=True),
    Style("bare-footer", "Courier", "Courier-Bold", 9, 12, 12, footer=("{page}",), footer_left=300, hyphens=True),
    Style("bare-footer-left", footer=("{page}",), notes="spaced", notes_size=10, gap=8),
    Style("bare-header-left", header=("{page}",), size=12, leading=15, gap=6, hyphens=True),
    Style("numbers-shifted", footer=("{page}",), numbers_from=2, size=11, bottom=120),
    Style(
        "no-space-between",
        gap=0,
        footer=("Actieplan Duurzame Digitalisering – antwoorden", "blad {page}"),
        hyphens=True,
    ),
    Style(
        "short-pages",
        top=260,
        bottom=260,
        header=("Tweede Kamer der Staten-Generaal", "Pagina {page}"),
        footer=("EZ 2025 {page}",),
        notes="glued",
        notes_size=10,
    ),
    Style(
        "vraag-n",
        number="Vraag {n}",
        answer="Antwoord {n}",
        header=("Ministerie van EZ", "{page}/{pages}"),
        header_left=400,
    ),
    Style("antwoord-op", number="Vraag {n}", answer="Antwoord op vraag {n}", footer=("pag. {page}",), stay=True),
    Style("number-dot", number="{n}.", answer="Antwoord:", footer=("Pagina {page} van {pages}",), footer_left=250),
    Style("hanging", hanging=True, footer=("{page}",), footer_left=480),
    Style(
        "truetype",
        "Vera",
        "VeraBd",
        9.5,
        13,
        10,
        header=("Ministerie van Economische Zaken        Pagina {page} van {pages}",),
        hyphens=True,
        notes="raised",
    ),
    Style(
        "narrow",
        left=150,
        right=420,
        header=("Datum 19 mei 2025", "Kenmerk DGED-DE / 98731685"),
        footer=("3584 / {page}",),
        hyphens=True,
        notes="glued",
        notes_size=8,
    ),
]


@pytest.fixture(scope="module")
def seed() -> Document:
    return read(SEED)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_layout_gives_the_same_exchanges(seed: Document, style: Style, tmp_path: Path) -> None:
    drawn = draw(body_of(seed, NOTES), style)
    path = tmp_path / "brief.pdf"
    path.write_bytes(drawn.pdf)
    letter = read(path)
    assert [exchange.numbers for exchange in letter.exchanges] == [(number,) for number in range(1, 16)]
    for exchange, original in zip(letter.exchanges, seed.exchanges, strict=True):
        assert exchange.askers == original.askers
        assert exchange.answer is not None
        assert original.answer is not None
        (question,), (asked,) = exchange.questions, original.questions
        assert _words(question.span.of(letter.text)) == _words(asked.span.of(seed.text))
        assert _words(exchange.answer.of(letter.text)) == _words(original.answer.of(seed.text))
    assert [letter.page_of(exchange.questions[0].span.start) for exchange in letter.exchanges] == drawn.questions
    assert [letter.page_of(exchange.answer.start) for exchange in letter.exchanges if exchange.answer] == drawn.answers
    assert len(letter.page_starts) == drawn.pages


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_layout_gives_the_notes_and_the_head(seed: Document, style: Style, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(draw(body_of(seed, NOTES), style).pdf)
    letter = read(path)
    assert [(note.marker, note.body) for note in letter.notes] == list(zip("123", NOTES, strict=True))
    places = [letter.text[: note.anchor].split()[-1] for note in letter.notes if note.anchor is not None]
    assert places == ["(EGDC)", "economie.", "CIS."]
    assert (letter.title, letter.dossier, letter.answered_on) == (seed.title, seed.dossier, seed.answered_on)
    assert letter.ministers == seed.ministers
    assert letter.reference == (
        "DGED-DE / 98731685" if any("98731685" in line for line in (*style.header, *style.side)) else None
    )
    assert letter.warnings == ()


def _words(text: str) -> list[str]:
    """The words; a subscript that was drawn as a small 2 is read as a 2."""
    return text.replace("₂", "2").split()
