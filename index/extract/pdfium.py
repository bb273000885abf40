"""PDF through pypdfium2, for files that pypdf refuses: it reads broken cross-reference tables. Lines without places.

A small file can make it take gigabytes: it is only called in the process with limits (see `limits`).
"""

from __future__ import annotations

from index.errors import Cause, UnreadableFile
from index.extract.layout import Leaf, Run, lay_out
from index.extract.source import Line


def read_pdfium(raw: bytes, filename: str, most_pages: int) -> tuple[list[Line], list[Line], int]:
    """The text lines of a PDF, those beside the text, and its number of pages."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(filename, Cause.PDF_DAMAGED, detail=str(error)) from error
    try:
        count = len(document)
        if count > most_pages:
            raise UnreadableFile(filename, Cause.PDF_PAGES, pages=count, most=most_pages)
        leaves = []
        for number in range(count):
            page = document[number]
            text = page.get_textpage()
            runs = []
            for index in range(min(text.count_rects(), 20_000)):
                left, bottom, right, top = text.get_rect(index)
                written = text.get_text_bounded(left, bottom, right, top)
                if written.strip():
                    # The box is as high as its letters; the size of the type is about a tenth more.
                    runs.append(Run(" ".join(written.split()), left, right, bottom, round((top - bottom) * 1.1, 1)))
            leaves.append(Leaf(number + 1, page.get_height(), page.get_width(), runs))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(filename, Cause.PDF_DAMAGED, detail=str(error)) from error
    finally:
        document.close()
    lines, aside = lay_out(leaves)
    return lines, aside, count
