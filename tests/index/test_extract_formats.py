"""Word, web pages and broken PDF: read alike, and refused alike when they are not what they say or far too large."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

import index.extract.limits
from index.errors import Cause, UnreadableFile
from index.extract import extract
from index.extract.limits import extract_apart
from index.parse import read
from index.records import Kind
from tests.index.test_extract import LETTER, pdf_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paragraph(text: str, *, numbered: bool = False, note: int | None = None, after: str = "") -> str:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>' if numbered else ""
    cited = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note is not None else ""
    rest = f"<w:r><w:t>{after}</w:t></w:r>" if after else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{cited}{rest}</w:p>'


def docx_of(*paragraphs: str, pattern: str = "%1.") -> bytes:
    """A Word document made by hand: numbering, one header, footnotes."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{TYPES}.numbering+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{TYPES}.footnotes+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{TYPES}.header+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/header" Target="header1.xml"/></Relationships>',
        "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="7"><w:p><w:r><w:t>NOS, 5 november 2024.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>",
        "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>Ons kenmerk 5164758</w:t></w:r></w:p></w:hdr>",
        "word/document.xml": f"<w:document {W} {R}><w:body>{''.join(paragraphs)}"
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr></w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return buffer.getvalue()


def test_word_numbers_are_counted_and_notes_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(
        docx_of(
            paragraph("Vragen van het lid Dijk (SP) aan de minister van Financiën over geld (ingezonden 6 mei 2024)"),
            paragraph("Kent u het bericht?", numbered=True, note=7),
            paragraph("Antwoord"),
            paragraph("Ja, dat ken ik", note=None, after="."),
            paragraph("Wat vindt u ervan?", numbered=True),
            paragraph("Antwoord"),
            paragraph("Ik vind het goed."),
            paragraph("Dat blijft zo."),
        )
    )
    letter = read(path)
    assert letter.kind is Kind.KAMERVRAGEN
    assert [exchange.numbers for exchange in letter.exchanges] == [(1,), (2,)]
    first, second = letter.exchanges
    assert first.questions[0].span.of(letter.text) == "Kent u het bericht?"
    assert first.answer is not None
    assert first.answer.of(letter.text) == "Ja, dat ken ik."
    assert second.answer is not None
    assert second.answer.of(letter.text) == "Ik vind het goed.\n\nDat blijft zo."
    (note,) = letter.notes
    assert (note.marker, note.body, note.anchor) == ("1", "NOS, 5 november 2024.", first.questions[0].span.end)
    assert letter.reference == "5164758"
    assert "kenmerk" not in letter.text
    assert letter.page_starts == ()


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{words if words[0] == '<' else paragraph(words)}</w:tc>" for words in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def lines_of(tmp_path: Path, *parts: str) -> list[str]:
    path = tmp_path / "brief.docx"
    path.write_bytes(docx_of(paragraph("De tabel van deze brief."), *parts))
    return [line.text for line in extract(path).lines[1:]]


def test_a_table_within_a_table_is_read_once(tmp_path: Path) -> None:
    inner = table(["Jaar", "Boetes"], ["2023", "41"])
    kept = f"<w:sdt><w:sdtContent><w:tc>{paragraph('Slot')}</w:tc></w:sdtContent></w:sdt>"
    outer = table(["Kop", inner]).removesuffix("</w:tr></w:tbl>") + f"{kept}</w:tr></w:tbl>"
    assert lines_of(tmp_path, outer) == ["Kop", "Jaar Boetes", "2023 41", "Slot"]


def test_a_word_document_of_which_a_part_is_too_deep_is_refused(tmp_path: Path) -> None:
    deep, row = paragraph("En dat het zo blijft."), table(["Een", "twee"]).removeprefix("<w:tbl>")
    around = {
        "blocks": ("<w:sdt><w:sdtContent>", deep, "</w:sdtContent></w:sdt>"),
        "tables": ("<w:tbl><w:tr><w:tc>", deep, "</w:tc></w:tr></w:tbl>"),
        "rows": ("<w:sdt><w:sdtContent>", row.removesuffix("</w:tbl>"), "</w:sdtContent></w:sdt>"),
    }
    for kind, (before, inner, after) in around.items():
        for depth in (20, 40, 70, 300):
            nested = before * depth + inner + after * depth
            path = tmp_path / f"{kind}-{depth}.docx"
            path.write_bytes(
                docx_of(
                    paragraph("De minister antwoordt dat het zo is."),
                    f"<w:tbl>{nested}</w:tbl>" if kind == "rows" else nested,
                )
            )
            if depth == 20 or (depth == 40 and kind == "tables"):
                assert extract(path).lines[-1].text == ("Een twee" if kind == "rows" else "En dat het zo blijft.")
            else:
                with pytest.raises(UnreadableFile, match="nested too deeply to be read in full: save its text alone"):
                    extract(path)


def test_cells_of_a_table_of_questions_are_apart(tmp_path: Path) -> None:
    rows = ["1", "Wie?", "Hij."], ["2", "Wat?", "Dat."]
    cells = [cell for row in rows for cell in row]
    assert lines_of(tmp_path, table(["Nr.", "Vraag", "Antwoord"], *rows)) == ["Nr.", "Vraag", "Antwoord", *cells]
    assert lines_of(tmp_path, table(["Jaar", "Vraag", "Aanbod"], *rows)) == [
        "Jaar Vraag Aanbod",
        "1 Wie? Hij.",
        "2 Wat? Dat.",
    ]


def test_the_pages_that_a_question_is_about_are_no_cell_of_its_answer(tmp_path: Path) -> None:
    rows = (
        ["Nr", "Vraag", "Blz. (van)", "t/m", "Antwoord"],
        ["1", "Wie?", "7", "8", "Hij."],
        ["2", "Wat?", "8", "9", "Dat."],
    )
    asked = [row[:4] for row in rows]
    read = ["Nr", "Vraag", "Antwoord", "1", "Wie?", "Hij.", "2", "Wat?", "Dat."]
    assert lines_of(tmp_path, table(*rows)) == read
    assert lines_of(tmp_path, table(*asked)) == [words for words in read if words not in ("Antwoord", "Hij.", "Dat.")]


def test_the_column_of_fracties_tells_who_asks(tmp_path: Path) -> None:
    rows = ["Nr.", "Fractie", "Vraag", "Antwoord"], ["1", "VVD", "Wie?", "Hij."], ["2", "CDA en SP", "Wat?", "Dat."]
    path = tmp_path / "lijst.docx"
    path.write_bytes(docx_of(paragraph("Lijst van vragen en antwoorden over geld"), table(*rows)))
    letter = read(path)
    assert [
        (
            [asker.party for asker in e.askers],
            e.questions[0].span.of(letter.text),
            e.answer and e.answer.of(letter.text),
        )
        for e in letter.exchanges
    ] == [(["VVD"], "Wie?", "Hij."), (["CDA", "SP"], "Wat?", "Dat.")]


def test_cells_of_a_table_of_questions_on_a_web_page_are_apart(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>{asked}</td><td>{page}</td><td>{answer}</td></tr>"
        for number, asked, page, answer in (
            ("Nr", "Vraag", "Blz.", "Antwoord"),
            ("1", "Wie?", "7", "<p>Hij:</p><ol><li>Bos</li></ol>"),
            ("2", "Wat? Graag cijfers.", "9", "Dat."),
        )
    )
    path = tmp_path / "lijst.html"
    path.write_text(f"<main><p>Lijst van vragen en antwoorden over geld</p><table>{rows}</table></main>")
    letter = read(path)
    assert [
        (e.numbers, e.questions[0].span.of(letter.text), e.answer and e.answer.of(letter.text))
        for e in letter.exchanges
    ] == [((1,), "Wie?", "Hij:\n\n1. Bos"), ((2,), "Wat? Graag cijfers.", "Dat.")]


def test_a_letterhead_in_a_text_box_tells_the_date(tmp_path: Path) -> None:
    box = f"<w:pict><w:txbxContent>{paragraph('Datum')}{paragraph('3 juni 2025')}</w:txbxContent></w:pict>"
    path = tmp_path / "brief.docx"
    path.write_bytes(docx_of(f"<w:p><w:r>{box}</w:r></w:p>", paragraph("Hierbij zend ik u het verslag van de raad.")))
    letter = read(path)
    assert letter.answered_on == date(2025, 6, 3)
    assert letter.text == "Hierbij zend ik u het verslag van de raad."


def test_word_heading_numbers(tmp_path: Path) -> None:
    path = tmp_path / "kop.docx"
    questions = [
        paragraph("", numbered=True),
        paragraph("Kent u het bericht?"),
        paragraph("Antwoord"),
        paragraph("Ja."),
    ]
    path.write_bytes(docx_of(*questions, *questions, pattern="Vraag %1"))
    assert [exchange.numbers for exchange in read(path).exchanges] == [(1,), (2,)]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 160 * 1024 * 1024)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("bomb.docx", bomb(), "unpacks to 160 MB"),
        ("half.docx", docx_of(paragraph("Kent u het bericht?"))[:900], "damaged or incomplete"),
        ("zip.docx", b"PK\x05\x06" + b"\x00" * 18, "no Word document"),
        ("text.docx", b"Geachte voorzitter,", "no Word document but plain text"),
        ("empty.docx", docx_of(paragraph("")), "contains no text"),
        ("empty.html", b"<html><body><script>alert(1)</script></body></html>", "contains no text"),
        ("half.pdf", LETTER[:200], "download it again"),
    ],
)
def test_refused_apart_as_well(name: str, raw: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UnreadableFile, match=words) as refusal:
        extract_apart(tmp_path / name)
    assert name in str(refusal.value)


def test_web_page_without_the_site_around_it(tmp_path: Path) -> None:
    path = tmp_path / "kst.html"
    path.write_text(
        "<html><head><title>Antwoord op vragen</title></head><body><nav>Menu</nav><div class='breadcrumb'>Home</div>"
        "<main><h1>Vragen van het lid Dijk (SP) aan de Minister over geld (ingezonden 6 mei 2024)</h1>"
        "<h2>Vraag 1</h2><p>Kent u <b>het</b> bericht?<sup>1</sup></p><h2>Antwoord 1</h2><p>Ja,<br>dat ken ik.</p>"
        "<h2>Vraag 2</h2><p>Wat vindt u ervan?</p><h2>Antwoord 2</h2><ul><li>Goed.</li><li>Beter.</li></ul>"
        "<div class='voetnoot'>1 NOS, 5 november 2024.</div></main><footer>Over deze site</footer></body></html>",
        encoding="utf-8",
    )
    letter = read(path)
    told = [
        (e.numbers, e.questions[0].span.of(letter.text), e.answer and e.answer.of(letter.text))
        for e in letter.exchanges
    ]
    assert told == [
        ((1,), "Kent u het bericht?", "Ja, dat ken ik."),
        ((2,), "Wat vindt u ervan?", "Goed.\n\nBeter."),
    ]
    assert [(note.marker, note.body) for note in letter.notes] == [("1", "NOS, 5 november 2024.")]
    assert not {"Menu", "Home", "site"} & set(letter.text.split())


def test_a_web_page_keeps_lines_set_as_they_are_and_raised_units(tmp_path: Path) -> None:
    path = tmp_path / "kst.html"
    path.write_text(
        "<body><h1>Vragen over\nhuizen</h1><pre>Vraag 1\r\nWat kost\n\n<b>een</b> huis?</pre>"
        "<p>Het is 80 m<sup>2</sup> groot.<sup>2</sup> Een filter<sup>3</sup> is er.</p>"
        "<footer>Over deze site</footer></body>",
        encoding="utf-8",
    )
    assert [(line.text, line.gap, [mark.label for mark in line.marks]) for line in extract(path).lines] == [
        ("Vragen over huizen", True, []),
        ("Vraag 1", True, []),
        ("Wat kost", False, []),
        ("een huis?", True, []),
        ("Het is 80 m2 groot. Een filter is er.", True, ["2", "3"]),
    ]


def test_items_of_a_web_page_have_the_numbers_that_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "lijst.html"
    path.write_text(
        "<main><ol><li>Wie?</li><li><p>Wat?</p></li></ol><ol start='4'><li>Waar?</li><li value='9'>Hoe?</li></ol>"
        "<ol type='a'><li>Zo.</li><li>Anders.<ol><li>Nooit.</li></ol></li></ol>"
        "<ol><li><b>3.</b> Eigen nummer.</li><li></li></ol>"
        "<ol style='list-style-type: none'><li>Geen nummer.</li></ol><ul><li>Geen lijst.</li></ul></main>",
        encoding="utf-8",
    )
    assert [line.text for line in extract(path).lines] == [
        "1. Wie?", "2. Wat?", "4. Waar?", "9. Hoe?", "a. Zo.", "b. Anders.", "1. Nooit.", "3. Eigen nummer.",
        "Geen nummer.", "Geen lijst.",
    ]  # fmt: skip


def test_pypdfium_reads_what_pypdf_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import index.extract.pdf
    from index.extract.source import DamagedPdf

    def refuse(raw: bytes, filename: str) -> None:
        raise DamagedPdf(filename, Cause.PDF_DAMAGED, detail="no end")

    path = tmp_path / "broken.pdf"
    path.write_bytes(pdf_of("Eerste regel van de brief\nTweede regel", "Derde regel"))
    monkeypatch.setattr(index.extract.pdf, "read_pdf", refuse)
    with pytest.raises(DamagedPdf):
        extract(path)
    source = extract(path, rescue=True)
    assert [(line.text, line.page) for line in source.lines] == [
        ("Eerste regel van de brief", 1),
        ("Tweede regel", 1),
        ("Derde regel", 2),
    ]


def test_apart_is_the_same_as_here(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(pdf_of("Eerste regel van de brief\nTweede regel"))
    assert extract_apart(path) == extract(path)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(LETTER)
    monkeypatch.setattr(index.extract.limits, "MOST_SECONDS", -0.49)
    with pytest.raises(UnreadableFile, match=r"brief\.pdf: reading it took too much time"):
        extract_apart(path)
