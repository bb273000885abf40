"""Every character of a document knows where it stands in its source, whatever was repaired on the way."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.clean.origin import aligned
from index.clean.text import clean
from index.describe import document_json
from index.extract import extract
from index.extract.boxes import boxes
from index.extract.plain import lines_of
from index.extract.source import Source
from index.parse import parse
from index.records import Document, Excerpt, Span
from tests.index.kvr_letters import invented
from tests.index.layouts import LAYOUTS


def source_of(text: str) -> Source:
    found, pages = lines_of(text)
    return Source("brief.txt", "", tuple(found), pages)


def check_origins(source: Source, document: Document) -> None:
    """What holds of every document: nothing but white space was put in, and all else stands in the source."""
    covered = 0
    pages = {line.page for line in source.lines}
    texts = {page: source.page_text(page) for page in pages}
    for origin in document.origins:
        assert origin.length > 0
        assert document.text[covered : origin.start].strip() == ""
        covered = origin.start + origin.length
        written = document.text[origin.start : covered]
        raw = texts[origin.page][origin.at : origin.at + origin.length]
        assert len(raw) == len(written)
        assert all(same(*signs) for signs in zip(raw, written, strict=True)), (raw, written)
    assert document.text[covered:].strip() == ""


def same(raw: str, sign: str) -> bool:
    """One character, or its repair: white space of another kind, an accent put on its letter, a ligature's letter."""
    if raw == sign or (sign == " " and (raw.isspace() or not raw.isprintable())):
        return True
    if unicodedata.combining(sign) and raw in "¨´ˆ˜¸":
        # A loose accent on a letter that no accented form exists of stays a sign of its own.
        return True
    return sign in clean(raw) or unicodedata.normalize("NFD", sign)[0] in (raw, "i" if raw == "ı" else raw)


LETTER = """Vragen van het lid Dijk (SP) aan de Minister van Financiën over geld (ingezonden 6 november 2024).
Vraag 1
Kent u de regelge-
ving over de  officie¨le eﬃciëntie van motie-
Kathmann, die in hettweeminutendebat aan de orde was,zodat u er iets van weet,zodat u kunt reageren,zodat het
Pagina 3 van 10
duidelijk wordt?1
Antwoord 1
Ja.
1NOS, 29 oktober 2024, «De regelgeving».
"""


def test_every_repair_by_hand() -> None:
    source = source_of(LETTER)
    letter = parse(source, "brief")
    check_origins(source, letter)
    (question,) = letter.exchanges[0].questions
    assert question.span.of(letter.text) == (
        "Kent u de regelgeving over de officiële efficiëntie van motie-Kathmann, die in het tweeminutendebat aan de"
        " orde was, zodat u er iets van weet, zodat u kunt reageren, zodat het duidelijk wordt?"
    )
    raw = source.page_text(None)
    taken = [raw[part.start : part.end] for part in letter.excerpts(question.span)]
    assert taken == [
        "Kent u de regelge", "ving over de ", "officie", "le eﬃciëntie van motie-",
        "Kathmann, die in hettweeminutendebat aan de orde was,zodat u er iets van weet,zodat u kunt reageren,zodat het",
        "duidelijk wordt?",
    ]  # fmt: skip


def test_a_span_within_a_paragraph_is_one_excerpt() -> None:
    source = source_of("Eerste regel.\n\nTweede regel die\nnog even doorloopt.\f\nDerde bladzijde.")
    letter = parse(source, "brief")
    start = letter.text.index("regel die")
    span = Span(start, letter.text.index("doorloopt"))
    # Page 1 holds "Eerste regel.", its line's end, and "Tweede " before the span: 13 + 1 + 7 characters.
    assert letter.excerpts(span) == (Excerpt(1, 21, 21 + len("regel die\nnog even ")),)
    last = Span(letter.text.index("Derde"), len(letter.text))
    assert letter.excerpts(last) == (Excerpt(2, 0, 16),)


def test_boxes_lie_on_the_words(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.setFont("Helvetica", 10)
    written = ["Vragen van het lid Dijk (SP) aan de Minister over geld (ingezonden 6 november 2024).", "Vraag 1"]
    written += ["Kent u het bericht over de kosten", "van het project in Limburg?", "Antwoord 1", "Ja, dat ken ik."]
    for row, words in enumerate(written):
        canvas.drawString(80, 700 - 20 * row, words)
    canvas.save()
    source = extract(path)
    letter = parse(source, "brief")
    check_origins(source, letter)
    (question,) = letter.exchanges[0].questions
    # The third line's baseline is 800 - 660 = 140 below the page's edge, the fourth 160: 8 above, 2 below.
    first, second = boxes(source, letter.excerpts(question.span))
    assert (first.page, first.left, first.top, first.bottom) == (1, 80, 132, 142)
    assert first.right == pytest.approx(80 + stringWidth(written[2], "Helvetica", 10), abs=0.1)
    assert (second.top, second.bottom) == (152, 162)
    start = letter.text.index("project")
    (box,) = boxes(source, letter.excerpts(Span(start, start + len("project"))))
    assert box.left == pytest.approx(80 + stringWidth("van het ", "Helvetica", 10), abs=3)
    assert box.right == pytest.approx(80 + stringWidth("van het project", "Helvetica", 10), abs=3)


def test_without_a_layout_there_are_no_boxes() -> None:
    source = source_of(LETTER)
    letter = parse(source, "brief")
    assert list(boxes(source, letter.excerpts(Span(0, len(letter.text))))) == []
    described = document_json(letter, source)["exchanges"]
    assert described[0]["answer"]["source"] == [{"page": None, "start": 327, "end": 330}]  # type: ignore[index]
    assert LETTER[327:330] == "Ja."


@pytest.mark.parametrize("layout", LAYOUTS)
def test_invented_letters_keep_their_places(layout: str) -> None:
    for seed in range(12):
        random = Random(seed)
        source = source_of(LAYOUTS[layout](invented(random), random).text)
        check_origins(source, parse(source, "brief"))


@given(st.text(max_size=60))
def test_any_line_is_aligned(raw: str) -> None:
    cleaned = clean(raw)
    places = aligned(raw, cleaned, 100)
    assert len(places) == len(cleaned)
    for place, sign in zip(places, cleaned, strict=True):
        assert place >= 0 or sign == " "
        assert place < 0 or same(raw[place - 100], sign)
