"""Files that harm their reader, and what reading each costs: `python -m tests.index.hostile`.

Each is read by `python -m index parse` in a process of its own, whose time and peak memory are measured; a letter that
is sound goes along with each of them and must come out.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SOUND = ROOT / "data" / "documents" / "000_bf5ccd3b814fe0dd.txt"
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1024.0


def pdf_of_stream(content: bytes, pages: int = 1) -> bytes:
    """A PDF of which every page shows one compressed stream."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode()]
    last = 3 + pages
    fonts = f"/Resources<</Font<</F1 {last + 1} 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {last} 0 R{fonts}>>"
    objects += [page.encode()] * pages
    packed = zlib.compress(content, 9)
    objects.append(b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, written))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream_of_zeros(gigabytes: float) -> bytes:
    """A stream that unpacks to so much; made piece by piece."""
    packer = zlib.compressobj(9)
    piece = bytes(16 * 2**20)
    packed = b"".join(packer.compress(piece) for _ in range(int(gigabytes * 64))) + packer.flush()
    sound = pdf_of_stream(b"BT /F1 12 Tf 80 700 Td (Vraag 1) Tj ET")
    old = zlib.compress(b"BT /F1 12 Tf 80 700 Td (Vraag 1) Tj ET", 9)
    return sound.replace(b"/Length %d" % len(old), b"/Length %d" % len(packed)).replace(old, packed)


def locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf_of_stream(b"BT /F1 12 Tf 80 700 Td (Geheim) Tj ET"))))
    writer.encrypt("geheim", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_with(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return out.getvalue()


def nested_zip() -> bytes:
    inner = docx_with(bytes(50 * 2**20))
    return docx_with(inner * 200)


def entities() -> bytes:
    """A billion laughs, which expands ten times at each of nine levels."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{levels}]><d>&l9;</d>'.encode()


def words(count: int) -> str:
    random = Random(0)
    return " ".join("".join(random.choices("abcdefghijklmnop", k=random.randint(2, 9))) for _ in range(count))


# Name, how it is made; each of them breaks another reader. Texts are as long as is read at all.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "encrypted.pdf": locked,
    "truncated.pdf": lambda: pdf_of_stream(b"BT /F1 12 Tf 80 700 Td (Vraag 1) Tj ET" * 5000)[:-700],
    "webpage.pdf": lambda: b"<!DOCTYPE html><html><body>404 Not found</body></html>",
    "binary.pdf": lambda: Random(1).randbytes(300_000),
    "stream-of-2-gb.pdf": lambda: stream_of_zeros(2),
    "operators.pdf": lambda: pdf_of_stream(b"BT /F1 12 Tf (a) Tj ET " * 3_000_000),
    "forms-in-forms.pdf": lambda: pdf_of_stream(b"q /X0 Do Q " * 500_000),
    "10000-pages.pdf": lambda: pdf_of_stream(b"BT /F1 12 Tf 80 700 Td (Vraag 1) Tj ET", 10_000),
    "999-pages.pdf": lambda: pdf_of_stream(
        b"BT /F1 10 Tf 14 TL 80 700 Td "
        + b"".join(b"(De kosten van het project zijn nog niet bekend %d) Tj T* " % n for n in range(45))
        + b"ET",
        999,
    ),
    "many-strings.pdf": lambda: pdf_of_stream(
        b"BT /F1 12 Tf 80 700 Td " + b"(abcdefgh) Tj 1 0 Td " * 190_000 + b"ET", 3
    ),
    "zip-bomb.docx": lambda: docx_with(bytes(300 * 2**20)),
    "zip-in-zip.docx": nested_zip,
    "broken.docx": lambda: docx_with(b"<w:document xmlns:w='x'><w:body><w:p>")[:-40],
    "no-word.docx": lambda: docx_with(b"<xml/>"),
    "entities.docx": lambda: docx_with(entities()),
    "deep.docx": lambda: docx_with(b"<a>" * 400_000 + b"</a>" * 400_000),
    "entities.html": entities,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 300_000 + b"Vraag 1" + b"</div>" * 300_000,
    "wide.html": lambda: b"<html><body>" + b"<p>Vraag 1</p>" * 600_000,
    "attributes.html": lambda: (
        b"<html><body><p " + b"a='b' " * 1_000_000 + b">tekst tekst tekst tekst</p></body></html>"
    ),
    "nul.txt": lambda: b"Vraag 1\x00\x00Kent u het bericht?\n" * 1000,
    "binary.txt": lambda: Random(2).randbytes(300_000),
    "utf-16.txt": lambda: "Vraag 1\nKent u het bericht?\nAntwoord 1\nJa, dat ken ik.\n".encode("utf-16"),
    "one-line.txt": lambda: words(480_000).encode(),
    "spaces.txt": lambda: b" " * 3_000_000 + b"tekst",
    "empty-lines.txt": lambda: b"a" + b"\n" * 3_000_000 + b"b",
    "digits.txt": lambda: b"1" * 3_100_000,
    "numbers.txt": lambda: b"\n".join(b"%d" % (n % 999) for n in range(59_000)),
    "headings.txt": lambda: b"Vraag 1\nAntwoord 1\n" * 29_000,
    "parties.txt": lambda: b"Vragen van de leden van de VVD-fractie\n" * 59_000,
    "brackets.txt": lambda: b"(" * 1_600_000 + b")" * 1_500_000,
    "members.txt": lambda: b"Vragen van het lid " + b"X, (VVD), en Y (SP) " * 150_000,
    "notes.txt": lambda: b"\n".join(b"%dKamerstuk 26 643, nr. %d" % (n % 99, n) for n in range(59_000)),
    "prose.txt": lambda: b"De leden van de VVD-fractie vragen wat het kost.\n\nTien euro.\n\n" * 29_000,
    "hyphens.txt": lambda: b"regelge-\n" * 59_000,
    "accents.txt": lambda: ("e\u0301\u0308" * 600_000).encode(),
    "too-large.txt": lambda: b"tekst " * 1_200_000,
    "101-mb.pdf": lambda: b"%PDF-1.7\n" + bytes(101 * 2**20),
    "empty.pdf": lambda: b"",
}


def cost(path: Path) -> tuple[float, float, float, int, str]:
    """Processor seconds, seconds by the clock, peak megabytes, exit status, and what was said.

    Of the process with its children. On a busy machine only the processor's seconds tell what a file costs.
    """
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "index", "parse", os.fspath(path), os.fspath(SOUND)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ) as process:  # fmt: skip
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # The sound letter came out: whatever the other was, the rest of the batch is unharmed.
    sound = any(line.startswith(SOUND.name) and "schriftelijk-overleg" in line for line in said.splitlines())
    errors = [line for line in said.splitlines() if line.startswith("error:")]
    told = errors[0] if errors else f"read; {said.splitlines()[-1] if said else 'nothing said'}"
    return (
        usage.ru_utime + usage.ru_stime,
        time.monotonic() - began,
        usage.ru_maxrss / 1024,
        process.returncode,
        told if sound else f"SOUND LETTER LOST: {said[-200:]}",
    )


def main() -> int:
    """Print what each hostile file costs. Returns 1 where one costs too much, or is neither read nor refused."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--only", choices=HOSTILE, action="append", metavar="NAME")
    options = parser.parse_args()
    failed = 0
    with TemporaryDirectory() as folder:
        for name in options.only or HOSTILE:
            path = Path(folder) / name
            path.write_bytes(HOSTILE[name]())
            seconds, clock, megabytes, status, told = cost(path)
            bad = seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES or status not in (0, 1) or "LOST" in told
            failed += bad
            size = path.stat().st_size / 2**20
            path.unlink()
            mark = "!!" if bad else "  "
            print(
                f"{mark} {name:22} {size:7.1f} MB  {seconds:5.1f} s ({clock:4.1f}) {megabytes:6.0f} MB  {told[:110]}",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
