"""Files that cannot be read are refused with their name, the cause and the cure; text is decoded and paged as it is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

import index.extract
import index.extract.pdf
from index.errors import UnreadableFile
from index.extract import extract
from index.extract.plain import decode, lines_of


def pdf_of(*pages: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in pages:
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(72, 760 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked(raw: bytes, user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(user, "owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


LETTER = pdf_of("De minister antwoordt dat hij het met de leden eens is.")
REFUSED = {
    "locked.pdf": (locked(LETTER, "secret"), "protected by a password: save it without one"),
    "half.pdf": (LETTER[: len(LETTER) // 2], "download it again"),
    "page.pdf": (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "no PDF but a web page"),
    "text.pdf": (b"Geachte voorzitter,", "no PDF but plain text"),
    "word.pdf": (b"PK\x03\x04rest of a zip", "no PDF but a zip file"),
    "scan.pdf": (pdf_of(""), "no text, it is probably a scan: make text of it by OCR first"),
    "empty.pdf": (b"", "empty: save it again"),
    "empty.txt": (b" \n\n", "empty"),
    "binary.txt": (bytes(range(256)) * 4, "no text but an unknown file"),
    "sheet.xyz": (b"text", "type .xyz are not read"),
    "bare": (b"text", "its name does not end in a type"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_name_cause_and_cure(name: str, tmp_path: Path) -> None:
    raw, words = REFUSED[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableFile) as refusal:
        extract(tmp_path / name)
    assert name in str(refusal.value)
    assert words in str(refusal.value)


def test_a_web_page_of_which_a_part_is_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "diep.html"
    above, below = "<p>De minister antwoordt dat het zo is.</p>", "<p>En dat het zo blijft.</p>"
    for depth, read in ((200, True), (300, False)):
        path.write_text(f"<body>{above}{'<div>' * depth}x{'</div>' * depth}{below}</body>", encoding="utf-8")
        if read:
            assert extract(path).lines[-1].text == "En dat het zo blijft."
        else:
            with pytest.raises(UnreadableFile, match="nested too deeply"):
                extract(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(UnreadableFile, match="cannot be opened"):
            extract(path)


def test_limits_on_size_and_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of(*["Een bladzijde met genoeg woorden om gelezen te worden."] * 4))
    monkeypatch.setattr(index.extract.pdf, "MOST_PAGES", 3)
    with pytest.raises(UnreadableFile, match="has 4 pages, and 3 are the most"):
        extract(path)
    text = tmp_path / "long.txt"
    text.write_text("Een brief van enige lengte.", encoding="utf-8")
    monkeypatch.setattr(index.extract, "LARGEST_TEXT", 20)
    with pytest.raises(UnreadableFile, match="the text is larger than"):
        extract(text)
    monkeypatch.undo()
    monkeypatch.setattr(index.extract, "MOST_LINES", 3)
    text.write_text("een\n" * 4, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="has 4 lines, and 3 are the most"):
        extract(text)
    monkeypatch.setattr(index.extract, "LARGEST_FILE", 100)
    with pytest.raises(UnreadableFile, match="is 1 MB, and 0 MB are the most: split it"):
        extract(path)


def test_a_pdf_locked_for_editing_only_is_read(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    path.write_bytes(locked(LETTER, ""))
    assert extract(path).lines[0].text == "De minister antwoordt dat hij het met de leden eens is."


def test_pdf_lines_know_page_and_place(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(pdf_of("Eerste regel van de brief\nTweede regel", "Derde regel"))
    source = extract(path)
    assert [(line.text, line.page) for line in source.lines] == [
        ("Eerste regel van de brief", 1),
        ("Tweede regel", 1),
        ("Derde regel", 2),
    ]
    assert source.pages == 2
    assert (source.lines[0].left, source.lines[0].top) == (72, 81.89)  # A4 is 841.89 high, the line was drawn at 760


@pytest.mark.parametrize(("angle", "read"), [(1, True), (30, False), (45, False), (90, False)])
def test_what_is_drawn_across_a_page_is_no_line_of_it(angle: float, read: bool, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 760, "Eerste regel van de brief")
    canvas.rotate(angle)
    canvas.drawString(300, 300, "CONCEPT")
    canvas.save()
    path = tmp_path / "concept.pdf"
    path.write_bytes(buffer.getvalue())
    lines = [line.text for line in extract(path).lines]
    assert lines == ["Eerste regel van de brief", *["CONCEPT"] * read]


def test_encodings() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"):
        assert decode("coördineert – één".encode(encoding)) == "coördineert – één"
    # Cut within a sign, or with one of another encoding, a text is still what the rest of it is.
    assert decode("coördineert – één".encode("utf-16")[:-1]) == "coördineert – éé\ufffd"
    assert decode("coördineert – één, ".encode() + b"\x93nee\x94") == "coördineert – één, \ufffdnee\ufffd"


@pytest.mark.parametrize("named", ["", "utf-8", "iso-8859-1", "windows-1252", "klingon"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_web_page_is_read_in_its_encoding_also_where_it_names_another(
    named: str, encoding: str, tmp_path: Path
) -> None:
    if named == "klingon" and encoding == "cp1252":
        return  # nothing tells it, and a browser guesses too
    said, path = "Kent u het café “De Brug” te Coevorden?", tmp_path / "pagina.html"
    if encoding == "cp1252" and named == "iso-8859-1":
        said = said.replace("“", '"').replace("”", '"')
    path.write_bytes(f'<meta charset="{named}"><p>{said}</p>'.encode(encoding))
    assert [line.text for line in extract(path).lines] == [said]


def test_what_is_no_text_behind_its_byte_order_mark_is_refused(tmp_path: Path) -> None:
    for name, raw in (("a.txt", b"\xff\xfe" + bytes(100)), ("b.html", b"<html><p>Kent u \x00 het bericht?</p></html>")):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(UnreadableFile, match="this is no text but an unknown file"):
            extract(tmp_path / name)


def test_the_marks_of_markdown_are_no_part_of_a_line() -> None:
    text = "## Vraag 1\n**Vraag 2:** Wat is **dit**?\n#1\n2 ** 3 ** 4\n**)\n**"
    assert [line.text for line in lines_of(text)[0]] == [
        "Vraag 1",
        "Vraag 2: Wat is dit?",
        "#1",
        "2 ** 3 ** 4",
        "**)",
        "**",
    ]


def test_pages_of_text_only_by_form_feed() -> None:
    lines, pages = lines_of("een\n\ntwee\fdrie\n\f")
    assert [(line.text, line.page, line.gap) for line in lines] == [
        ("een", 1, False),
        ("twee", 1, True),
        ("drie", 2, False),
    ]
    assert pages == 2
    lines, pages = lines_of("Pagina 3 van 10\nvier")
    assert ([line.page for line in lines], pages) == ([None, None], 0)
