"""The page without a browser: what an address shows, what an upload does, what the server answers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app
from index.errors import DamagedIndex
from index.records import Document
from retrieval.address import Address
from retrieval.words import DUTCH, ENGLISH, Language
from tests.index.hostile import locked
from tests.toy_encoder import ToyEncoder

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ROOT = Path(app.__file__).parent

LETTER = """Datum 3 juni 2025
Betreft SO Zeekabels

Vragen van de leden van D66-fractie

1
De leden vragen hoeveel zeekabels er liggen?

Antwoord
Er liggen elf zeekabels in de Noordzee.

2
Wie bewaakt deze kabels?

Antwoord
De Kustwacht bewaakt ze.
"""


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    """`app.main` sets variables for the process that it is meant to have for itself."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def desk(toy_index: Path, tmp_path: Path) -> app.Desk:
    shutil.copytree(toy_index, tmp_path / "built")
    return app.Desk(tmp_path / "built", ToyEncoder())


@pytest.fixture(scope="module")
def client(toy_index: Path) -> Iterator[TestClient]:
    from starlette.testclient import TestClient

    web = app.service(app.Desk(toy_index, ToyEncoder()))
    with TestClient(web, base_url="http://127.0.0.1") as opened:
        yield opened


def silent(done: float, what: str) -> None:
    pass


def files(folder: Path) -> dict[str, int]:
    """What is in an index and when it was written; not the lock, which is taken to look."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in found}


# --------------------------------------------------------------------------------------------------------------- views


def test_an_address_that_asks_nothing_shows_examples_and_all_parties(desk: app.Desk) -> None:
    seen = app.view(desk, Address())
    assert '<a class="example" href="?q=what+about+AI-fabriek+sustainability%3F" data-visit>' in seen.results
    assert seen.parties == {"GroenLinks-PvdA": 11, "NSC": 4}


def test_a_party_is_known_by_any_of_its_spellings(desk: app.Desk) -> None:
    seen = app.view(desk, Address("duurzaamheid", parties=("GL-PvdA",)))
    assert seen.address.parties == ("GroenLinks-PvdA",)
    assert "· NSC</h3>" not in seen.results
    assert seen.parties == {"GroenLinks-PvdA": 11, "NSC": 4}  # counts of what other filters let through


def test_a_party_that_asked_nothing_can_still_be_unticked(desk: app.Desk) -> None:
    seen = app.view(desk, Address("duurzaamheid", parties=("D66",)))
    assert seen.parties["D66"] == 0
    assert "Niets gevonden</h2><p>Geen geïndexeerd document past bij de gekozen filters." in seen.results
    assert "<article" not in seen.results


def test_a_party_that_does_not_exist_is_told_and_dropped(desk: app.Desk) -> None:
    seen = app.view(desk, Address("duurzaamheid", parties=("<i>",)))
    assert 'role="alert"' in seen.results
    assert "gezocht.</b> Er is geen partij die “&lt;i&gt;” heet; kies uit GroenLinks-PvdA, NSC.</p>" in seen.results
    assert seen.address.parties == ()
    english = app.view(desk, Address("duurzaamheid", parties=("<i>",), language=Language.ENGLISH))
    assert "searched.</b> No party is called &#x27;&lt;i&gt;&#x27;: choose from " in english.results


def test_a_period_that_ends_before_it_begins_is_told_and_the_filters_stay(desk: app.Desk) -> None:
    seen = app.view(desk, Address("duurzaamheid", parties=("NSC",), since=2025, until=2024))
    assert "gezocht.</b> De periode eindigt voordat zij begint; verwissel begin en einde.</p>" in seen.results
    assert (seen.address.parties, seen.address.since, seen.address.until) == (("NSC",), 2025, 2024)


def test_a_query_that_is_too_long_is_told_and_not_cut(desk: app.Desk) -> None:
    import gradio as gr

    page = app.page(desk)
    [search] = [handler.fn for handler in page.fns.values() if handler.name == "search"][:1]
    told = "De vraag heeft 6.000 tekens en het mogen er hoogstens 5.000 zijn; maak haar korter."
    shown = search("a" * 6_000, [], [], "", "", "")
    assert told in shown[5]
    assert shown[6] == f"?q={'a' * 5_001}"  # still too long, and no longer than that
    assert told in app.view(desk, Address.read(f"?q={'a' * 6_000}")).results
    fields = [part for part in page.blocks.values() if isinstance(part, gr.Textbox)]
    assert [field.max_length for field in fields] == [None, None]  # else the browser cuts what is pasted


def test_a_search_within_one_document_says_so_and_offers_the_way_out(desk: app.Desk) -> None:
    only = desk.documents[0].id
    seen = app.view(desk, Address("duurzaamheid", documents=(only,)))
    assert "Alleen in: SO Update Actieplan Duurzame Digitalisering" in seen.results
    assert '<a href="?q=duurzaamheid" data-visit>zoek in alle documenten</a>' in seen.results
    assert "<article" in seen.results
    none = app.view(desk, Address("duurzaamheid", documents=("ander",)))
    assert "Alleen in: onbekend" in none.results
    assert "<article" not in none.results


def test_ministries_and_years_are_counted_and_can_be_undone(desk: app.Desk) -> None:
    ministry = "Economische Zaken"
    seen = app.view(desk, Address("duurzaamheid", ministries=("Financiën",), since=2024, until=2025))
    assert (seen.ministries[ministry], seen.ministries["Financiën"]) == (1, 0)
    assert seen.years == {2025: 0, 2024: 0}  # the letter is of 2025, but not by that ministry
    assert "<article" not in seen.results
    assert "<article" in app.view(desk, Address("duurzaamheid", ministries=(ministry,), since=2025)).results
    assert "<article" not in app.view(desk, Address("duurzaamheid", until=2024)).results


def test_the_view_is_english_when_the_address_is(desk: app.Desk) -> None:
    assert ENGLISH.party_filter == "Asked by"
    assert "Question " in app.view(desk, Address("duurzaamheid", language=Language.ENGLISH)).results
    assert 'data-language="nl" lang="nl">Nederlands' in app.header_html(ENGLISH)
    assert 'data-language="en" lang="en">English' in app.header_html(DUTCH)


# -------------------------------------------------------------------------------------------------------------- upload


def test_an_upload_is_searchable_at_once(desk: app.Desk, tmp_path: Path) -> None:
    path = tmp_path / "zeekabels.txt"
    path.write_text(LETTER, "utf-8")
    steps: list[str] = []
    told = app.receive(desk, path, DUTCH, lambda done, what: steps.append(what))
    assert told == '<p class="done" role="status">Toegevoegd: zeekabels.txt. Gelezen: 2 vragen met antwoord.</p>'
    assert steps[0] == "Bezig met zeekabels.txt: lezen"
    assert "Bezig met zeekabels.txt: opslaan" in steps
    seen = app.view(desk, Address("zeekabels Noordzee", parties=("D66",)))
    assert "Vraag 1 · D66</h3>" in seen.results
    assert seen.parties["D66"] == 2
    assert app.receive(desk, path, DUTCH, silent) == (
        '<p class="done" role="status">zeekabels.txt was al geïndexeerd.</p>'
    )


def test_an_upload_that_makes_the_index_anew_is_told_as_itself(
    desk: app.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.reading", lambda: "a later version")
    path = tmp_path / "zeekabels.txt"
    path.write_text(LETTER, "utf-8")
    assert "Gelezen: 2 vragen met antwoord." in app.receive(desk, path, DUTCH, silent)  # not the 15 of the seed letter
    monkeypatch.setattr("index.build.reading", lambda: "a still later one")
    assert "was al geïndexeerd" in app.receive(desk, path, DUTCH, silent)


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("kapot.pdf", b"%PDF-1.7\nkapot", "download hem opnieuw"),
        ("leeg.txt", b"", "sla het opnieuw op"),
        ("beeld.txt", b"\x00\xff\xfe" * 99, "geef een PDF, .docx, .html of .txt"),
    ],
)
def test_a_bad_upload_names_the_cause_and_changes_nothing(
    desk: app.Desk, tmp_path: Path, name: str, content: bytes, cure: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before, documents = files(tmp_path / "built"), desk.documents
    told = app.receive(desk, tmp_path / name, DUTCH, silent)
    assert told.startswith(f'<p class="error" role="alert"><b>{name} is niet toegevoegd.</b> ')
    assert told.endswith("; " + cure + ". Aan de index is niets veranderd.</p>")
    assert told.count(name) == 1
    assert desk.documents == documents
    assert files(tmp_path / "built") == before


@pytest.mark.parametrize("lock", [False, True])
def test_a_file_refused_by_the_process_with_limits_is_told_in_the_language_of_the_page(
    desk: app.Desk, tmp_path: Path, lock: bool
) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(locked() if lock else b"<html>404</html>")
    dutch, english = (app.receive(desk, path, words, silent) for words in (DUTCH, ENGLISH))
    if lock:
        assert "De PDF is beveiligd met een wachtwoord; sla hem zonder wachtwoord op. Aan" in dutch
        assert "The PDF is protected by a password: save it without one. Nothing" in english
    else:
        assert "geen PDF maar een webpagina (misschien een foutmelding van de website); download" in dutch
        assert "no PDF but a web page (perhaps an error message of the site): download" in english


def test_that_a_file_is_too_large_is_told_in_both_languages() -> None:
    dutch, english = app.upload_html(DUTCH), app.upload_html(ENGLISH)
    assert 'data-most="52428800" data-told="{name} is niet toegevoegd. Het bestand is {size} MB en er wordt' in dutch
    assert 'data-told="{name} was not added. The file is {size} MB, and 50 MB are the most: split it."' in english


def test_a_copy_of_the_index_takes_no_uploads_and_tells_no_login(desk: app.Desk, tmp_path: Path) -> None:
    desk._store = "milvus://user:secret@db.example/brieven"
    (tmp_path / "brief.txt").write_text(LETTER, "utf-8")
    told = app.receive(desk, tmp_path / "brief.txt", ENGLISH, silent)
    assert "Letters are not added to a copy of the index: run `python -m index add" in told
    assert "secret" not in told
    parts = [part for part in app.page(desk).blocks.values() if getattr(part, "elem_id", "") == "upload"]
    assert [part.visible for part in parts] == [False]
    assert "worden geen brieven toegevoegd" in app.upload_html(DUTCH, taken=False)


def test_a_damaged_index_is_told_by_kind_and_in_full_where_the_page_runs(
    desk: app.Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(address: Address) -> None:
        raise DamagedIndex("/srv/built/vectors is damaged: run `python -m index build`")

    monkeypatch.setattr(desk, "search", fail)
    dutch = app.view(desk, Address("haven")).results
    english = app.view(desk, Address("haven", language=Language.ENGLISH)).results
    assert "<b>Zo kan er niet worden gezocht.</b> De index is beschadigd. Maak hem opnieuw met" in dutch
    assert "<b>This cannot be searched.</b> The index is damaged. Make it anew with" in english
    assert "/srv" not in dutch + english
    assert capsys.readouterr().err.count("error: /srv/built/vectors is damaged: run") == 2


def test_a_failure_that_nobody_foresaw_is_told_in_the_language_of_the_page(
    desk: app.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from starlette.testclient import TestClient

    def fail(*_: object) -> None:
        raise IndexError("row 1031 of 1031")

    for name in ("search", "document", "add"):
        monkeypatch.setattr(desk, name, fail)
    monkeypatch.setattr(app.Desk, "counts", property(fail))
    monkeypatch.setattr(app.Desk, "documents", property(fail))
    dutch = app.view(desk, Address("haven")).results
    english = app.view(desk, Address("haven", language=Language.ENGLISH)).results
    assert "<b>Zo kan er niet worden gezocht.</b> Er ging iets mis." in dutch
    assert "<b>This cannot be searched.</b> Something went wrong." in english
    assert "Er ging iets mis." in app.listed_html(desk, DUTCH)
    assert "brief.txt is niet toegevoegd.</b> Er ging iets mis." in app.receive(
        desk, tmp_path / "brief.txt", DUTCH, silent
    )
    monkeypatch.undo()
    for name in ("search", "document"):
        monkeypatch.setattr(desk, name, fail)
    with TestClient(app.service(desk), base_url="http://127.0.0.1") as client:
        for asked in ("document?id=x&lang=en", "export.csv?q=haven&lang=en"):
            answer = client.get(f"/{asked}")
            assert (answer.status_code, "Something went wrong." in answer.text) == (503, True)
    assert capsys.readouterr().err.count("IndexError: row 1031 of 1031") > 5  # with the place, for who runs the page


def test_the_name_of_an_upload_is_escaped(desk: app.Desk, tmp_path: Path) -> None:
    path = tmp_path / "<img src=x>.txt"
    path.write_bytes(b"")
    assert "<img" not in app.receive(desk, path, DUTCH, silent)


# ------------------------------------------------------------------------------------------------------------- answers


def test_every_answer_keeps_the_browser_at_home(client: TestClient) -> None:
    for path in ("/", "/page/script.js", "/export.csv?q=duurzaamheid", "/document?id=x"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self';"), path
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_another_host_name_is_refused(client: TestClient) -> None:
    """A page elsewhere that makes its own name point here (DNS rebinding) gets no letters."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "localhost:7860"}).status_code == 200


def test_another_site_cannot_send_anything_here(client: TestClient) -> None:
    def send(origin: dict[str, str]) -> int:
        return client.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}, headers=origin).status_code

    assert send({"origin": "https://evil.example"}) == 403
    assert send({"origin": "null"}) == 403
    assert send({"origin": "http://127.0.0.1"}) == 200
    assert send({}) == 200  # a program, not a browser


def test_the_hits_are_downloaded(client: TestClient) -> None:
    answer = client.get("/export.csv", params={"q": "Duurzaamheid & “AI”", "party": "NSC"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="vraagbaak-duurzaamheid-ai.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfrank,score,document,")  # else a spreadsheet spoils every "é"
    assert answer.text.count("antwoord op vraag") + answer.text.count(",Vraag ") > 0
    assert "GroenLinks-PvdA" not in answer.text
    answer = client.get("/export.md", params={"q": "duurzaamheid"})
    assert answer.text.startswith("# duurzaamheid\n")
    assert "## Gevonden" in answer.text
    assert "## Found" in client.get("/export.md", params={"q": "duurzaamheid", "lang": "en"}).text
    empty = client.get("/export.csv")
    assert (empty.status_code, empty.text) == (400, "Er is niets gevraagd; typ een vraag of trefwoorden.")
    long = client.get("/export.md", params={"q": "x" * 6000, "lang": "en"})
    assert long.text == "The query has 6,000 characters, and 5,000 are the most: shorten it."
    assert client.get("/export.md", params={"q": "a", "party": "XYZ"}).status_code == 400


def test_a_document_is_read_by_its_id(client: TestClient, toy_index: Path) -> None:
    letter = _letter(toy_index)
    answer = letter.exchanges[10].answer
    assert answer is not None
    place: dict[str, str | int] = {"id": letter.id, "from": answer.start, "to": answer.start + 9}
    shown = client.get("/document", params=place).text
    assert '<mark class="best">Duurzame </mark>' in shown
    assert "Antwoord op vraag 11</h3>" in shown
    assert "Answer to question 11</h3>" in client.get("/document", params={**place, "lang": "en"}).text
    plain = client.get("/document", params={"id": letter.id, "from": "-1", "to": "x"})
    assert (plain.status_code, "<mark" in plain.text) == (200, False)
    missing = client.get("/document", params={"id": "../../etc/passwd"})
    assert missing.status_code == 404


def test_the_report_is_shown_and_may_run_nothing(toy_index: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    measured = tmp_path / "report.html"
    web = app.service(app.Desk(toy_index, ToyEncoder()), measured=measured)
    with TestClient(web, base_url="http://127.0.0.1") as opened:
        missing = opened.get("/report?lang=en")
        assert "Nothing has been measured yet" in missing.text
        assert "make eval" in missing.text
        assert "Er is nog niets gemeten" in opened.get("/report").text
        measured.write_text("<p>MRR</p>", encoding="utf-8")
        found = opened.get("/report")
    assert found.text == "<p>MRR</p>"
    assert app.REPORT_POLICY in found.headers.get_list("content-security-policy")
    assert '<iframe src="report?lang=nl" title="Kwaliteit" sandbox=""' in app.report_html(DUTCH)


def test_no_handler_is_offered_to_other_programs(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
    for path in ("/docs", "/openapi.json", "/redoc"):
        assert "swagger" not in client.get(path).text.lower()


def test_the_page_asks_for_nothing_outside(client: TestClient) -> None:
    for path in (ROOT / "retrieval" / "page").iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text, path
        assert "https:" not in text, path
    assert "fonts.g" not in client.get("/").text
    assert "@import" not in client.get("/theme.css").text


# ------------------------------------------------------------------------------------------------------------- process


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, app\n"
        "try:\n    app.main(['--help'])\n"
        "except SystemExit as stop:\n    assert stop.code == 0\n"
        "heavy = {'gradio', 'torch', 'sentence_transformers', 'faiss', 'numpy', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "--port" in said.stdout


def test_a_port_in_use_is_an_error_with_a_cure(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.main(["--port", str(port)]) == 1
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main([f"--port={port}"])
    assert f"{port!r} is no port: write a number up to 65535" in capsys.readouterr().err


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(app, "PORT", port)
        with app._listen("127.0.0.1", None) as listener:
            assert port < listener.getsockname()[1] < port + app.PORTS_TRIED


def test_a_page_that_is_stopped_as_it_starts_leaves_no_uploads(toy_index: Path, tmp_path: Path) -> None:
    program = """
import os, signal, sys, tempfile
import app
from tests.index.hostile import locked
from tests.toy_encoder import ToyEncoder

def stop_at_once(line, **how):
    print(line)
    if "is ready" in line:
        os.kill(os.getpid(), signal.SIGTERM)

tempfile.tempdir = sys.argv[2]
app.print = stop_at_once
app._open = lambda *_: app.Desk(sys.argv[1], ToyEncoder())
sys.exit(app.main(["--port", "0"]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, toy_index, tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, "is ready" in ran.stdout) == (0, True), ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_part_of_a_reply_waits_for_the_one_before() -> None:
    """asyncio turns Nagle's algorithm off for sockets that name TCP, and for no others."""
    with app._listen("127.0.0.1", None) as listener, socket.create_connection(listener.getsockname()) as _:
        connection, _ = listener.accept()
        with connection:
            assert connection.proto == socket.IPPROTO_TCP


def test_a_damaged_index_is_told_and_the_page_does_not_start(
    toy_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(toy_index, tmp_path / "built")
    (tmp_path / "built" / "manifest.json").write_text("{", "utf-8")
    assert app.main(["--port", "0", "--index", str(tmp_path / "built")]) == 1
    assert "python -m index build" in capsys.readouterr().err


def _letter(folder: Path) -> Document:
    return app.Desk(folder, ToyEncoder()).documents[0]
