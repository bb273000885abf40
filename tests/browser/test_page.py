from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.model]

QUESTION = "what about AI-fabriek sustainability?"

LETTER = """Datum 3 juni 2025
Betreft SO Zeekabels

Geachte Voorzitter,

Hierbij zend ik u de antwoorden op de vragen van de leden van D66-fractie over zeekabels.

Vragen van de leden van D66-fractie

1
De leden van de D66-fractie vragen hoeveel zeekabels er in de Noordzee liggen?

Antwoord
In de Noordzee liggen elf zeekabels voor dataverkeer.

2
Wie bewaakt deze zeekabels tegen sabotage?

Antwoord
De Kustwacht bewaakt de zeekabels tegen sabotage.
"""


def search(page: Page, text: str) -> None:
    field = page.get_by_label("Uw vraag")
    field.fill(text)
    field.press("Enter")
    page.wait_for_function("text => new URLSearchParams(location.search).get('q') === text", arg=text)
    page.locator("article.hit").first.wait_for()


def headings(page: Page) -> list[str]:
    return page.locator("article.hit h3").all_inner_texts()


def wait_for_headings(page: Page, passes: Callable[[list[str]], bool]) -> list[str]:
    for _ in range(100):
        found = headings(page)
        if found and passes(found):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"the hits stayed {headings(page)}")


def upload(page: Page, path: Path, outcome_has: str = "") -> str:
    page.get_by_role("tab", name="Documenten").click()
    page.set_input_files("input[type=file]", str(path))
    outcome = page.locator("#upload-status p").filter(has_text=path.name).filter(has_text=outcome_has)
    outcome.wait_for(timeout=60_000)
    return outcome.inner_text()


def pdf(path: Path, text: str) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 10)
    for row, line in enumerate(text.splitlines()):
        canvas.drawString(72, 780 - 14 * row, line)
    canvas.showPage()
    canvas.save()
    return path


# ------------------------------------------------------------------------------------------------------------- search


def test_the_question_finds_both_answers_with_their_parties(page: Page, site: str) -> None:
    page.goto(site)
    page.wait_for_function("document.activeElement?.tagName === 'INPUT'")
    page.get_by_label("Uw vraag").wait_for()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("article.hit").first.wait_for()
    assert set(headings(page)[:2]) == {"Vraag 11 · GroenLinks-PvdA", "Vraag 15 · NSC"}
    eleven = page.locator("article.hit").filter(has_text="Vraag 11")
    assert "in de brief: GL-PvdA" in eleven.inner_text()
    assert "Dirk Beljaarts, minister van Economische Zaken · 19 mei 2025 · Kamerstuk 26643" in eleven.inner_text()
    best = eleven.locator("blockquote mark.best")
    expect(best).to_have_count(1)
    assert best.locator("mark.word").first.inner_text().lower().startswith("ai")
    expect(page.get_by_role("heading", name="Kort antwoord")).to_be_visible()


def test_the_first_example_is_the_ai_factory(page: Page, site: str) -> None:
    page.goto(site)
    example = page.locator("a.example").first
    expect(example).to_have_text(QUESTION, use_inner_text=True)
    example.click()
    page.locator("article.hit").first.wait_for()
    expect(page.get_by_label("Uw vraag")).to_have_value(QUESTION)


def test_the_button_searches_too(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Uw vraag").fill("restwarmte")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator("article.hit").first.wait_for()
    assert page.locator("article.hit mark.word").filter(has_text="restwarmte").count() > 0


def test_a_filter_on_a_party_leaves_its_questions_only_and_the_link_shows_the_same(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    expect(page.get_by_role("checkbox", name="GroenLinks-PvdA (11)")).to_be_visible()
    page.get_by_role("checkbox", name="NSC (4)").check()
    found = wait_for_headings(page, lambda all_: all(heading.endswith("NSC") for heading in all_))
    assert sorted(found) == ["Vraag 12 · NSC", "Vraag 13 · NSC", "Vraag 14 · NSC", "Vraag 15 · NSC"]
    page.wait_for_url("**party=NSC**")
    address = page.url
    assert parse_qs(urlsplit(address).query) == {"q": [QUESTION], "party": ["NSC"]}
    shown = page.locator("#results").inner_text()

    link = page.get_by_role("link", name="Permanente link").evaluate("link => link.href")
    assert link == address
    page.goto("about:blank")
    page.goto(link)
    assert wait_for_headings(page, lambda all_: len(all_) == 4) == found
    expect(page.locator("#results")).to_have_text(shown, use_inner_text=True)
    expect(page.get_by_label("Uw vraag")).to_have_value(QUESTION)
    expect(page.get_by_role("checkbox", name="NSC")).to_be_checked()


def test_a_question_beside_the_letters_gets_no_answer(page: Page, site: str) -> None:
    page.goto(site)
    search(page, "how do I bake sourdough bread?")
    expect(page.get_by_role("heading", name="Niets relevants gevonden")).to_be_visible()
    expect(page.locator(".short-answer")).to_have_count(0)
    hits = page.locator("article.hit")
    assert hits.count() == page.locator("article.hit.near").count() > 0
    expect(hits.first.get_by_text("Dichtbij, maar waarschijnlijk geen antwoord")).to_be_visible()


def test_back_shows_what_was_shown_before(page: Page, site: str) -> None:
    page.goto(site)
    search(page, "restwarmte")
    first = headings(page)
    search(page, "EuroHPC")
    page.go_back()
    page.wait_for_function("document.querySelector('#ask input').value === 'restwarmte'")
    assert wait_for_headings(page, lambda found: found == first) == first


def test_a_party_that_does_not_exist_is_an_error_and_no_crash(page: Page, site: str) -> None:
    page.goto(f"{site}?q=AI&party=%3Cb%3EXYZ")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "<b>XYZ" in alert.inner_text()


# ------------------------------------------------------------------------------------------------ the controls of a hit


def test_the_whole_answer_is_shown_in_its_letter(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    hit = page.locator("article.hit").filter(has_text="Vraag 11")
    best = hit.locator("mark.best").inner_text()
    hit.get_by_role("button", name="Toon hele antwoord in de brief").click()
    dialog = page.get_by_role("dialog")
    target = dialog.locator("section.answer.target")
    target.wait_for()
    expect(target.locator("mark.best")).to_have_text(best, use_inner_text=True)
    assert target.inner_text().startswith("Antwoord op vraag 11\nDuurzame digitalisering is inderdaad")
    assert "energie efficiëntie en duurzaamheid van AI." in target.inner_text()
    assert "Geachte Voorzitter" in dialog.inner_text()
    assert target.evaluate("e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight / 2")
    dialog.get_by_role("link", name="Volgende: Vraag 12 · NSC").click()
    twelve = dialog.locator("section.question").filter(has_text="Vraag 12 · NSC")
    assert twelve.evaluate("e => Math.abs(e.getBoundingClientRect().top) < innerHeight / 2")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_citation_is_copied_with_and_without_permission(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    hit = page.locator("article.hit").filter(has_text="Vraag 11")
    citation = hit.locator("cite").inner_text()
    assert citation == (
        "Dirk Beljaarts, minister van Economische Zaken, antwoord op vraag 11 van GroenLinks-PvdA, "
        "“SO Update Actieplan Duurzame Digitalisering”, 19 mei 2025, Kamerstuk 26643 (DGED-DE / 98731685)"
    )
    for allowed in (True, False):
        if not allowed:
            page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.evaluate("document.querySelector('#ask input').value = ''")
        hit.get_by_role("button", name="Kopieer bronvermelding").click()
        hit.get_by_role("button", name="Gekopieerd").wait_for()
        expect(page.locator("#said")).to_have_text("Gekopieerd", use_inner_text=True)
        page.get_by_label("Uw vraag").focus()
        page.keyboard.press("Control+V")
        expect(page.get_by_label("Uw vraag")).to_have_value(citation)
        hit.get_by_role("button", name="Kopieer bronvermelding").wait_for()


def test_the_question_opens_whole(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    question = page.locator("article.hit").filter(has_text="Vraag 11").locator("details")
    whole = "Deze leden dringen er op aan om de ambitie onverminderd hoog te houden"
    expect(question.get_by_text(whole)).to_be_hidden()
    question.locator("summary").click()
    expect(question.get_by_text(whole)).to_be_visible()


def test_the_hits_are_downloaded_as_they_are_shown(page: Page, site: str) -> None:
    page.goto(f"{site}?q=AI-fabriek&party=NSC")
    page.locator("article.hit").first.wait_for()
    shown = headings(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download CSV").click()
    assert started.value.suggested_filename == "vraagbaak-ai-fabriek.csv"
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig"))))
    assert [f"Vraag {row['numbers']} · {row['party']}" for row in rows] == shown
    with page.expect_download() as started:
        page.get_by_role("link", name="Download Markdown").click()
    text = Path(started.value.path()).read_text("utf-8")
    assert [line.split(". ", 1)[1] for line in text.splitlines() if line.startswith("### ")] == shown


# ---------------------------------------------------------------------------------------------------------- languages


def test_the_interface_switches_to_english_and_back(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="English").click()
    assert "Question 11 · GroenLinks-PvdA" in wait_for_headings(page, lambda all_: all_[0].startswith("Question"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_url("**lang=en**")
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["en"]
    expect(page.get_by_role("tab", name="Documents")).to_be_visible()
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    page.get_by_role("tab", name="Documents").click()
    expect(page.get_by_role("button", name="Drop a letter here or choose a file")).to_be_visible()
    page.get_by_role("tab", name="Search").click()
    expect(page.locator("article.hit blockquote").first).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="Nederlands").click()
    wait_for_headings(page, lambda all_: all_[0].startswith("Vraag"))
    expect(page.locator("html")).to_have_attribute("lang", "nl")


def test_a_link_opens_in_its_language(page: Page, site: str) -> None:
    page.goto(f"{site}?q=AI-fabriek&lang=en")
    page.locator("article.hit").first.wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Short answer")).to_be_visible()


# --------------------------------------------------------------------------------------------------------- the phone


def test_what_is_typed_while_the_page_loads_stays(page: Page, site: str) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/gradio_api/run/predict*", late)
    page.goto(site)
    page.get_by_label("Uw vraag").fill("restwarmte")
    page.wait_for_timeout(1500)
    expect(page.get_by_label("Uw vraag")).to_have_value("restwarmte")


@pytest.mark.parametrize("width", [360, 390])
def test_nothing_scrolls_sideways_on_a_phone(page: Page, site: str, width: int) -> None:
    page.goto(site)
    search(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Toon hele antwoord in de brief").first.click()
    page.get_by_role("dialog").locator(".target").first.wait_for()
    assert page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.querySelector('dialog'))") == 0
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Documenten").click()
    page.locator("details.document summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [390, 1280])
def test_no_line_of_a_document_stands_beside_the_button_that_closes_it(page: Page, site: str, width: int) -> None:
    page.goto(site)
    search(page, QUESTION)
    page.get_by_role("button", name="Toon hele antwoord in de brief").first.click()
    dialog = page.get_by_role("dialog")
    beside = """close => {
        const box = close.getBoundingClientRect();
        const there = [box.top, box.bottom].map(y => document.elementFromPoint(box.left - 40, y));
        return there.filter(found => found.closest(".document-view")).length;
    }"""
    dialog.locator(".answer.target").wait_for()
    close = dialog.get_by_role("button", name="Sluiten")
    assert close.evaluate(beside) == 0
    dialog.get_by_role("link", name="Volgende").or_(dialog.get_by_role("link", name="Vorige")).first.click()
    assert close.evaluate(beside) == 0


# ----------------------------------------------------------------------------------------------------------- documents


def test_the_list_tells_what_was_read_from_the_letter(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    link = page.locator("article.hit").first.get_by_role("link", name="SO Update Actieplan Duurzame Digitalisering")
    link.click()
    entry = page.locator("details.document[open]")
    entry.wait_for()
    told = entry.locator("dl").inner_text()
    for fact in (
        "schriftelijk overleg",
        "19 mei 2025",
        "26643",
        "15 vragen met antwoord",
        "GroenLinks-PvdA (11), NSC (4)",
    ):
        assert fact in told


def test_a_question_asked_while_the_page_still_loads_keeps_its_address(page: Page, site: str) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/gradio_api/run/**", hold_the_first)
    with page.expect_request("**/gradio_api/run/**"):  # that of the page itself: a search may not come before it
        page.goto(site)
    search(page, QUESTION)
    with page.expect_response("**/gradio_api/run/**"):
        held[0].continue_()
    page.wait_for_timeout(500)
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == QUESTION
    assert headings(page)[0].startswith("Vraag 15")


def test_an_uploaded_letter_is_found_at_once(page: Page, site: str, tmp_path: Path) -> None:
    (tmp_path / "zeekabels.txt").write_text(LETTER, "utf-8")
    page.goto(site)
    assert upload(page, tmp_path / "zeekabels.txt") == "Toegevoegd: zeekabels.txt. Gelezen: 2 vragen met antwoord."
    expect(page.locator("details.document h3", has_text="SO Zeekabels")).to_be_visible()
    page.get_by_role("tab", name="Zoeken").click()
    search(page, "hoeveel zeekabels liggen er in de Noordzee?")
    assert headings(page)[0] == "Vraag 1 · D66"
    expect(page.get_by_role("checkbox", name="D66")).to_be_visible()
    first = page.locator("article.hit").first
    expect(first.locator("mark.best")).to_have_text(
        "In de Noordzee liggen elf zeekabels voor dataverkeer.", use_inner_text=True
    )
    assert upload(page, tmp_path / "zeekabels.txt", "was al") == "zeekabels.txt was al geïndexeerd."


def test_letters_of_several_years_are_filtered_by_year_and_the_link_shows_the_same(
    page: Page, site: str, tmp_path: Path
) -> None:
    page.goto(site)
    (tmp_path / "zeebodem.txt").write_text(
        LETTER.replace("2025", "2023").replace("zeekabels", "zeebodemkabels"), "utf-8"
    )
    upload(page, tmp_path / "zeebodem.txt")
    page.get_by_role("tab", name="Zoeken").click()
    search(page, "zeekabels in de Noordzee")
    page.get_by_label("Tot en met").click()
    page.get_by_role("option", name="2023 (1)").click()
    expect(page.locator("#results .coverage")).to_contain_text("1 document ·")
    page.wait_for_url("**until=2023**")  # the address follows what is shown
    assert parse_qs(urlsplit(page.url).query)["until"] == ["2023"]
    expect(page.locator("article.hit h3").first).to_have_text("Vraag 1 · D66")
    page.goto(page.url)
    expect(page.get_by_label("Tot en met")).to_have_value("2023 (1)")
    expect(page.locator("article.hit")).to_have_count(2)


def test_an_uploaded_pdf_is_cited_with_its_page(page: Page, site: str, tmp_path: Path) -> None:
    text = LETTER.replace("eekabels", "endmasten").replace("D66", "Volt").replace("Noordzee", "Veluwe")
    path = pdf(tmp_path / "zendmasten.pdf", text)
    page.goto(site)
    assert upload(page, path) == "Toegevoegd: zendmasten.pdf. Gelezen: 2 vragen met antwoord."
    page.get_by_role("tab", name="Zoeken").click()
    search(page, "hoeveel zendmasten staan er op de Veluwe?")
    assert headings(page)[0] == "Vraag 1 · Volt"
    assert page.locator("article.hit cite").first.inner_text().endswith("“SO Zendmasten”, 3 juni 2025, p. 1")


def test_a_bad_file_is_refused_with_the_cause_and_changes_nothing(page: Page, site: str, tmp_path: Path) -> None:
    (tmp_path / "kapot.pdf").write_bytes(b"%PDF-1.7\nkapot")
    (tmp_path / "pagina.pdf").write_text("<html>niet gevonden</html>", "utf-8")
    (tmp_path / "plaat.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    page.goto(site)
    page.get_by_role("tab", name="Documenten").click()
    listed = page.locator("details.document h3")
    listed.first.wait_for()
    before = listed.all_inner_texts()
    for name in ("kapot.pdf", "pagina.pdf", "plaat.png"):
        told = upload(page, tmp_path / name)
        assert told.startswith(f"{name} is niet toegevoegd. ")
        assert told.endswith("Aan de index is niets veranderd.")
        assert len(told) > len(f"{name} is niet toegevoegd. Aan de index is niets veranderd.") + 20
    assert "webpagina" in upload(page, tmp_path / "pagina.pdf")
    expect(listed).to_have_text(before, use_inner_text=True)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("tab", name="Documents")).to_be_visible()
    expect(page.locator("#upload-status p")).to_have_count(0)


@pytest.mark.parametrize("dropped", [False, True])
def test_a_file_that_is_too_large_is_refused_in_the_language_of_the_page(
    page: Page, site: str, tmp_path: Path, dropped: bool
) -> None:
    (tmp_path / "lang.txt").write_bytes(b"a" * (50 * 2**20 + 1))
    (tmp_path / "leeg.txt").write_bytes(b"")
    page.goto(site)
    page.get_by_role("tab", name="Documenten").click()
    if dropped:
        page.locator("#upload input").evaluate(
            """input => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(50 * 2 ** 20 + 1)], "lang.txt"));
                const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
                input.closest("#upload").querySelector("button").dispatchEvent(event);
            }"""
        )
    else:
        page.set_input_files("input[type=file]", str(tmp_path / "lang.txt"))
    told = page.get_by_role("alert").filter(has_text="lang.txt")
    expect(told).to_have_text(
        "lang.txt is niet toegevoegd. Het bestand is 51 MB en er wordt hoogstens 50 MB gelezen; splits het."
    )
    assert "leeg; sla het opnieuw op" in upload(page, tmp_path / "leeg.txt")
    expect(told).to_be_hidden()


def test_markup_in_a_letter_is_text(page: Page, site: str, tmp_path: Path) -> None:
    script, image = "<script>alert(1)</script>", "<img src=x onerror=alert(2)>"
    text = LETTER.replace("Zeekabels", f"Zeewier {script}{image}").replace("elf zeekabels", f"{script} wieren {image}")
    text = text.replace("hoeveel zeekabels", f"hoeveel {image} wieren {script}").replace(
        "D66-fractie", f"{script}-fractie"
    )
    (tmp_path / "zeewier.txt").write_text(text, "utf-8")
    page.goto(site)
    upload(page, tmp_path / "zeewier.txt")
    page.get_by_role("tab", name="Zoeken").click()
    search(page, f"zeewier wieren {script} ${{1+1}} {{{{value}}}} {image}")
    hit = page.locator("article.hit").filter(has_text="Zeewier").first
    assert script in hit.inner_text()
    expect(page.locator("#results script, #results img, #documents script, #documents img")).to_have_count(0)
    hit.get_by_role("button", name="Toon hele antwoord in de brief").click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".target").first.wait_for()
    assert image in dialog.inner_text()
    expect(dialog.locator("script, img")).to_have_count(0)


# ----------------------------------------------------------------------------------------------------- by the keyboard


def test_all_of_it_is_reached_by_the_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name, outlined = page.evaluate(
            "(e => [e.ariaLabel || e.textContent.trim() || e.title || e.name, getComputedStyle(e).outlineStyle])"
            "(document.activeElement)"
        )
        assert outlined == "solid", name
        reached.add(name)
    wanted = {"Zoek", "NSC", "Kopieer link", "Download CSV", "Toon hele antwoord in de brief", "Kopieer bronvermelding"}
    assert wanted <= reached


def test_headings_descend_one_at_a_time(page: Page, site: str) -> None:
    page.goto(site)
    search(page, QUESTION)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(b - a for a, b in pairwise(levels)) == 1
