"""Whatever comes in, a document comes out or the file is refused; nothing else.

For long: `python -m tests.index.test_fuzz COUNT`.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.describe import document_json
from index.errors import UnreadableFile
from index.extract import extract
from index.parse import parse
from index.records import Document
from tests.index.test_extract import pdf_of
from tests.index.test_extract_formats import docx_of, paragraph
from tests.index.test_origin import check_origins, source_of

PIECES = [
    "1",
    "2",
    "3",
    "4.",
    "7)",
    "1 en 2",
    "2 t/m 6",
    "12, 13 en 99",
    "Vraag 1",
    "Vraag 2 en 3",
    "Vragen 4-7",
    "Antwoord",
    "Antwoord 1",
    "Antwoorden 5 en 6",
    "Antwoord op vraag 2",
    "Antwoord vraag 4-7:",
    "Antwoord:",
    "Kunt u dat toelichten?",
    "Ja.",
    "Zie het antwoord op vraag 2.",
    "Vragen van de leden van de VVD-fractie",
    "Vragen van het lid Dijk (SP) aan de Minister",
    "Vragen en opmerkingen van de leden van de",
    "PvdA-fractie en de leden van de GroenLinks-fractie",
    "II Antwoord / Reactie van de minister",
    "III Volledige agenda",
    "Mededeling",
    "De leden van de D66-fractie vragen wat het kost.",
    "Deze leden vragen",
    "Pagina 3 van 10",
    "Ons kenmerk",
    "DGED-DE / 98731685",
    "3/10",
    "- 4 -",
    "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1Antwoord 3",
    "1NOS, 29 oktober 2024",
    "2 Kamerstuk 26 643, nr. 1",
    "handeling.2 Dit is",
    "regelge-",
    "ving van motie-",
    "Kathmann",
    "woord\u00ad",
    "Toelichting: niets",
    "Lijst van vragen en antwoorden",
    "Nota naar aanleiding van het verslag",
    "Schriftelijk overleg",
    "Eerste Kamer der Staten-Generaal",
    "Datum 31 februari 2025",
    "Betreft",
    "mede namens",
    "",
    "",
    "\f",
    "(",
    "»",
    "\u00ad",
    "-",
]
lines = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=60)


def check(document: Document) -> None:
    """What holds of every document: all ranges lie in the text, in order, and nothing is both question and answer."""
    length = len(document.text)
    for exchange in document.exchanges:
        spans = [question.span for question in exchange.questions]
        for before, after in pairwise(spans):
            assert before.end <= after.start
        if exchange.answer:
            spans.append(exchange.answer)
            assert all(span.end <= exchange.answer.start for span in spans[:-1])
        assert all(0 <= span.start < span.end <= length for span in spans)
        assert 0 < exchange.confidence <= 1
        assert all(span.of(document.text) == span.of(document.text).strip() for span in spans)
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(note.anchor is None or 0 <= note.anchor <= length for note in document.notes)
    json.dumps(document_json(document))


def parsed(text: str) -> Document:
    source = source_of(text)
    document = parse(source, "brief")
    check_origins(source, document)
    return document


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines)
def test_any_lines_parse(written: list[str]) -> None:
    check(parsed("\n".join(written)))


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(("brief.pdf", "brief.docx", "brief.html", "brief.txt")), st.integers(0, 2**32))
def test_any_damage_is_refused_or_read(name: str, seed: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(damaged(name, Random(seed)))
        try:
            source = extract(path)
        except UnreadableFile as refusal:
            assert name in str(refusal)  # noqa: PT017 - either outcome is right
        else:
            document = parse(source, "brief")
            check(document)
            check_origins(source, document)


SOUND = {
    "brief.pdf": pdf_of("Vraag 1\nKent u het bericht over de kosten?\nAntwoord 1\nJa, dat ken ik.", "Pagina 2"),
    "brief.docx": docx_of(paragraph("Kent u het bericht over de kosten?", numbered=True, note=7), paragraph("Ja.")),
    "brief.html": b"<html><body><main><h2>Vraag 1</h2><p>Kent u het bericht?<sup>1</sup></p></main></body></html>",
    "brief.txt": b"Vraag 1\nKent u het bericht?1\nAntwoord 1\nJa.\n",
}


def damaged(name: str, random: Random) -> bytes:
    """A sound file with bytes changed, cut out or doubled."""
    raw = bytearray(SOUND[name])
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(raw) + 1)
        match random.randrange(4):
            case 0:
                raw[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del raw[at : at + random.randint(1, 200)]
            case 2:
                raw[at:at] = raw[at : at + random.randint(1, 200)]
            case _:
                raw[at:at] = random.randbytes(random.randint(1, 8))
    return bytes(raw)


def main() -> None:
    """Fuzz for long: most inputs are lines, every fiftieth a damaged file. Stops at a failure, with its seed."""
    count = int(sys.argv[1])
    began, slowest = time.monotonic(), 0.0
    with TemporaryDirectory() as folder:
        for seed in range(count):
            random = Random(seed)
            started = time.monotonic()
            try:
                if seed % 50:
                    pieces = [random.choice(PIECES) for _ in range(random.randint(0, 50))]
                    check(parsed("\n".join(pieces)))
                else:
                    path = Path(folder) / random.choice(list(SOUND))
                    path.write_bytes(damaged(path.name, random))
                    with suppress(UnreadableFile):
                        check(parse(extract(path), "brief"))
            except Exception:
                print(f"seed {seed}")
                raise
            slowest = max(slowest, time.monotonic() - started)
    print(f"{count} inputs, none crashed, {time.monotonic() - began:.0f} s, the slowest {slowest:.2f} s")


if __name__ == "__main__":
    main()
