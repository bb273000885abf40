"""Page furniture: what stands on a page because it is a page. Told by place, repetition and form, never by one letter's
own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from index.clean.flow import usual_width
from index.extract.source import Line, Source
from index.parties import canonical

# Another speaker begins: "De leden van de VVD-fractie vragen", "Deze leden", "Zij vragen".
_TURN = re.compile(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast|Tot slot|Ten slotte)\b.{0,30}?\s)?"
    r"(?:(?:[Dd]e|[Dd]eze|[Gg]enoemde|[Vv]oornoemde|[Dd]it|[Hh]et)\s+(?:fractie)?(?:leden|lid)\b|[Zz]ij\s+vragen\b)"
)
# A line that can be nothing but a page number.
_PAGE_WORD = r"(?:pagina|pag\.|blad|bladzijde|blz\.|page)\s*:?\s*"
_PAGE_NUMBER = re.compile(
    rf"{_PAGE_WORD}\d{{1,4}}(?:\s*(?:van|/|of)\s*\d{{1,4}}(?:\s*[|•·–-]?\s+[A-Z].{{0,60}})?)?"
    rf"|[A-Z][^.?!]{{0,60}}\s{_PAGE_WORD}\d{{1,4}}\s*(?:van|/|of)\s*\d{{1,4}}"
    r"|\d{1,4}\s*(?:/|van)\s*\d{1,4}"
    r"|[-–—|]\s*\d{1,4}\s*[-–—|]",
    re.IGNORECASE,
)
# Notes of the same kind ("1Kamerstuk 26 643, nr. 281") are alike at the foot of every page, and no furniture.
_NOTE = re.compile(r"[(\[]?\d{1,2}[)\]]?\s?[A-ZÀ-Ý«]")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_LEADS_IN = re.compile(r"(?:De\s)?leden\svan\s", re.IGNORECASE)
# Lines of the Kamer's own publications; the rest of a line that such a line is glued to stays.
_SESSION = r"vergaderjaar\s+\d{4}\s?[–/-]\s?\d{2,4}"
_PUBLISHED = re.compile(
    r"Tweede Kamer der Staten-Generaal\s?\d?"
    r"|Eerste Kamer der Staten-Generaal\s?\d?"
    rf"|(?-i:V){_SESSION[1:]}(?:\s+(?:Aanhangsel van de Handelingen|Vragen gesteld door de leden der Kamer))?"
    r"|(?:ah|kv|kst|h|blg|nds)-(?:tk-|ek-)?[\dA-Z]+(?:-[\dA-Z]+)*"
    rf"|(?:ISSN\s\d{{4}}\s?-\s?\d{{3}}[\dX])?\s*(?:[’']s-Gravenhage\s\d{{4}})?\s*(?:Tweede|Eerste) Kamer,\s*{_SESSION},"
    r"\s*(?:Aanhangsel|Vragen|[\d\s]{5,7}(?:-[IVXLC\d]+)?(?:\s[IVXLC]+)?,\s*(?:nr\.\s*)?[A-Z\d]{1,5})(?:(?:\s\d{1,4}){1,2}|\d{0,4}(?![\d.]))?"
    r"|a?h tk \d{8} \d{1,5}|-{3,}"
    r"|ISSN\s\d{4}\s?-\s?\d{3}[\dX]"
    r"|[’']s-Gravenhage\s\d{4}",
    re.IGNORECASE,
)
# Labels of a letterhead; the lines after one, up to an empty line, are its value.
_LABEL = re.compile(
    r"(?:(?:ons|uw|onze)\s+(?:kenmerk|referentie|brief)(?:\s*\(.*\))?|kenmerk|referentie|bijlage(?:n|\(n\))?"
    r"|contactpersoon|behandeld door|datum|inlichtingen bij)\s*:?",
    re.IGNORECASE,
)
# What stands right above the title of the next set of questions in one letter.
_FILED = re.compile(
    r"(?:(?:(?:ons|uw|onze)\s+)?(?:kenmerk|referentie)|datum)\s*:?\s+(?=.*\d)\S.{0,50}|\(?20\d\d[ZD]\d{5}\)?",
    re.IGNORECASE,
)
_SET = re.compile(  # and no sentence: "In antwoord op de vragen van het lid"
    r"(?!(?:In|Hierbij|Hiermee|Bijgaand|Naar|Op|Met)\b)(?:.{0,100}\s)?(?:kamer)?vragen\s+(?:gesteld\s+)?(?:van|door)\s+"
    r"(?:het\s+lid|de\s+leden)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:betreft|onderwerp)\b", re.IGNORECASE)
# The end of a sentence, and a heading.
_TEXT = re.compile(r"[.?!]$|^(?:Antwoord(?:en)?|Vra(?:ag|gen))\b(?=\W*$|.*\d)")
_OFFICE = re.compile(
    r"(?:Ministerie van\b|Ministerie$|Directoraat-[Gg]eneraal\b|Directie\b|DG\s|Dienst\b|Afdeling\b|Bureau\b"
    r"|Programma\b|Bestuursdepartement\b|Hoofddirectie\b|Secretariaat|Inspectie\b|Cluster\b|Team\b)"
)
_ADDRESS = re.compile(
    r">?\s*Retouradres\b.*|(?:T|F|M|E|I)\s\(?[\d+].*|Postbus\s\d.*|www\.[\w.-]+"
    r"|\d{4}\s?[A-Z]{2}\s{1,2}[A-Z’' -]+|Bezoekadres:?|Postadres:?",
)


@dataclass(frozen=True, slots=True)
class Body:
    """What is left: the lines of the running text, the furniture, and before which lines a page may have ended."""

    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]
    seams: frozenset[int]


def remove(source: Source) -> Body:
    """Take the furniture out, and close the seam where a sentence ran on over it."""
    lines, cut = _unglued(source.lines)
    dropped = cut | _numbers(lines) | _repeated_by_place(lines, source.pages)
    dropped |= _published(lines)
    before = len(lines) - 2
    beside = before >= 0 and before not in dropped and lines[-1].top is not None and lines[-1].top == lines[before].top
    if source.pages and lines and _BARE_NUMBER.fullmatch(lines[-1].text) and not beside:
        # Nothing follows, and it is no cell of a row: it heads no question, so it counts the pages.
        dropped.add(len(lines) - 1)
    dropped |= _edge_blocks(lines, dropped)
    dropped |= _around(lines, dropped)
    dropped |= _letterhead(lines, dropped) | _above_sets(lines)
    width = usual_width(lines)
    kept: list[Line] = []
    seams: set[int] = set()
    missing = False
    for index, line in enumerate(lines):
        if index in dropped:
            missing = True
            continue
        turned = bool(kept) and line.page != kept[-1].page
        if missing or turned:
            seams.add(len(kept))
            if kept:
                line = replace(line, gap=ends_paragraph(kept[-1], line, width))
        missing = False
        kept.append(line)
    return Body(tuple(kept), tuple(lines[index] for index in sorted(dropped)), frozenset(seams))


def ends_paragraph(before: Line, after: Line, width: float) -> bool:
    """Whether a paragraph ended where the page did: not in mid-sentence, nor at a full stop that fills its line.

    `width` is that of a full line in characters; 0 where lines are whole paragraphs.
    """
    if after.text[:1].islower():
        return False
    if _TURN.match(after.text):
        return True
    full = len(before.text) + 1 + len(after.text.split(" ", 1)[0]) > 0.97 * width > 0
    if re.search(r"[.?!:;][)(\[\]»”’\"'\d ]*$", before.text):
        heads = len(after.text) < 0.6 * width and not re.search(r"[.?!:;,][)»”’\"']*$", after.text)
        return heads or not (full and re.search(r"[.;][)»”’\"']*$", before.text))
    # A title that is the last line of its page.
    return len(before.text) < 0.6 * width and after.text[:1].isupper()


def _unglued(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Part a line of furniture from the heading it is glued to: "Tweede Kamer, …, Aanhangsel 1Antwoord 3"."""
    parted: list[Line] = []
    cut: set[int] = set()
    for line in lines:
        match = _PUBLISHED.match(line.text)
        rest = line.text[match.end() :].strip() if match else ""
        if match and len(match.group()) >= 12 and re.match(r"(?:Vra(?:ag|gen)|Antwoord(?:en)?)\b", rest):
            cut.add(len(parted))
            parted.append(replace(line.part(0, match.end()), marks=()))
            parted.append(replace(line.part(match.end()), gap=True, marks=()))
        else:
            parted.append(line)
    return parted, cut


def _published(lines: Sequence[Line]) -> set[int]:
    dropped = set()
    for index, line in enumerate(lines):
        position = 0
        while match := _PUBLISHED.match(line.text, position):
            if match.end() == position:
                break
            position = match.end()
            while position < len(line.text) and line.text[position] in " ,.":
                position += 1
        if position and position >= len(line.text):
            dropped.add(index)
    return dropped


def _numbers(lines: Sequence[Line]) -> set[int]:
    """Lines that say "Pagina 3 van 10", "3/10" or "- 3 -". A bare number is not enough: see `_repeated_by_place`."""
    return {index for index, line in enumerate(lines) if len(line.text) <= 110 and _PAGE_NUMBER.fullmatch(line.text)}


def _may_be_text(text: str) -> bool:
    """Headings come back under each other's numbers as furniture does, answers ("Ja.") and fracties word for word.

    Those are never taken by repetition.
    """
    if canonical(_LEADS_IN.sub("", text).rstrip(":")):
        return True
    if len(text) <= 60 and re.search(r"[.?!]$", text) and not _PAGE_NUMBER.fullmatch(text):
        return True
    # A table of contents has the headings of parts and parties once more.
    headings = r"(?:Antwoord(?:en)?|Vra(?:ag|gen)|Inbreng|Reactie)(?![^\W\d])|I{1,3}\.?\s+[A-Z]|\d{1,4}[.:)]?$"
    return re.match(headings, text, re.IGNORECASE) is not None


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _around(lines: Sequence[Line], anchors: set[int]) -> set[int]:
    """The lines beside two or more of the certain ones that are the same there, digits apart."""
    dropped: set[int] = set()
    for step in (1, -1):
        seen: dict[tuple[int, str], set[int]] = defaultdict(set)
        for anchor in anchors:
            index = anchor + step
            while 0 <= index < len(lines) and abs(index - anchor) <= 12 and index not in anchors:
                seen[(index - anchor, _masked(lines[index].text))].add(index)
                index += step
        for anchor in sorted(anchors):
            index = anchor + step
            while 0 <= index < len(lines) and index not in anchors:
                text = lines[index].text
                alike = len(seen.get((index - anchor, _masked(text)), ()))
                if alike < 2 or _may_be_text(text) or _NOTE.match(text):
                    break
                dropped.add(index)
                index += step
    return dropped


def _letterhead(lines: Sequence[Line], anchors: set[int]) -> set[int]:
    """The letterhead's blocks that touch furniture: an office with its divisions, a label with its value."""
    dropped: set[int] = set()
    blocks = _blocks(lines)
    for number, block in enumerate(blocks):
        touching = any(index in anchors or index in dropped for index in (block[0] - 1, block[-1] + 1, *block))
        rest = [index for index in block if index not in anchors and index not in dropped]
        if not rest:
            continue
        first = lines[rest[0]].text
        if (
            all(_ADDRESS.fullmatch(lines[index].text) for index in rest)
            or (_ADDRESS.match(first) and first.startswith(">"))
        ) or (touching and _OFFICE.match(first) and all(_is_short(lines[index].text) for index in rest)):
            dropped.update(rest)
        elif touching and _LABEL.fullmatch(first):
            value = rest[1:3] if len(rest) > 1 else list(blocks[number + 1][:1]) if number + 1 < len(blocks) else []
            value = list(takewhile(lambda index: not _SUBJECT.match(lines[index].text), value))
            dropped.add(rest[0])
            dropped.update(index for index in value if _is_short(lines[index].text))
    return dropped


def _above_sets(lines: Sequence[Line]) -> set[int]:
    """Labels of a letterhead with their values, between an answer and the title of the next set of questions."""
    dropped: set[int] = set()
    answered = False
    for index, line in enumerate(lines):
        answered = answered or re.match(r"antwoord\b", line.text, re.IGNORECASE) is not None
        if answered and _SET.match(line.text):
            first = index
            while first > 1:
                value = lines[first - 1].text
                labelled = _LABEL.fullmatch(lines[first - 2].text) is not None
                if labelled and _is_short(value) and re.search(r"\d", value):
                    first -= 2
                elif _FILED.fullmatch(value):
                    first -= 1
                else:
                    break
            dropped.update(range(first, index))
    return dropped


def _blocks(lines: Sequence[Line]) -> list[list[int]]:
    blocks: list[list[int]] = []
    for index, line in enumerate(lines):
        if not blocks or line.gap or line.page != lines[index - 1].page:
            blocks.append([])
        blocks[-1].append(index)
    return blocks


def _is_short(text: str) -> bool:
    return len(text) <= 70 and not re.search(r"[.?!:;]$", text)


def _repeated_by_place(lines: Sequence[Line], pages: int) -> set[int]:
    """Lines at a page's edge that come back there on other pages, and page numbers that count with the pages."""
    if pages < 2:
        return set()
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page is not None:
            by_page[line.page].append(index)
    dropped: set[int] = set()
    for edge in (1, -1):
        # Peel the pages from outside to inside: a line is furniture only when all between it and the edge is.
        rest = {page: list(numbers[::edge]) for page, numbers in by_page.items()}
        for _ in range(8):
            outer = {page: numbers[0] for page, numbers in rest.items() if numbers}
            peeled = _alike(lines, outer, pages)
            if not peeled:
                break
            dropped |= peeled
            rest = {
                page: numbers[1:] if numbers and numbers[0] in peeled else numbers for page, numbers in rest.items()
            }
    return dropped


def _edge_blocks(lines: Sequence[Line], anchors: set[int]) -> set[int]:
    """What stands with a page number at the edge of its page, apart from the text by a wide space.

    Lines that fill their width, or end a sentence, are the end of a paragraph, or its beginning; a heading is none.
    """
    full = 0.7 * usual_width(lines)
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page is not None and line.top is not None:
            by_page[line.page].append(index)
    dropped: set[int] = set()
    for numbers in by_page.values():
        steps = sorted(
            step
            for before, after in pairwise(numbers)
            if (step := (lines[after].top or 0) - (lines[before].top or 0)) > 1
        )
        if len(steps) < 5:
            continue
        wide = 1.8 * steps[len(steps) // 2]
        for inward in (numbers, numbers[::-1]):
            block = [inward[0]]
            for before, after in pairwise(inward[:6]):
                if abs((lines[after].top or 0) - (lines[before].top or 0)) > wide:
                    rest = [lines[index].text for index in block if index not in anchors]
                    text = any(len(words) > full > 0 or _TEXT.search(words) for words in rest)
                    if len(rest) < len(block) and not text:
                        dropped.update(block)
                    break
                block.append(after)
    return dropped


def _alike(lines: Sequence[Line], outer: dict[int, int], pages: int) -> set[int]:
    """Of the outermost lines of all pages, those that are alike on enough of them, or the same on three in a row, or on
    two where one parts a sentence.
    """
    texts = Counter(_masked(lines[index].text) for index in outer.values())
    same: dict[str, set[int]] = defaultdict(set)
    for page, index in outer.items():
        same[lines[index].text].add(page)
    twice = (index for index in outer.values() if len(same[lines[index].text]) > 1)
    parting = {lines[index].text for index in twice if _parts_a_sentence(lines, index)}
    enough = max(2, -(-pages * 3 // 10))
    offsets = Counter(
        int(lines[index].text) - page for page, index in outer.items() if _BARE_NUMBER.fullmatch(lines[index].text)
    )
    peeled = set()
    for page, index in outer.items():
        text = lines[index].text
        if _BARE_NUMBER.fullmatch(text):
            if offsets[int(text) - page] >= max(2, -(-pages * 6 // 10)):
                peeled.add(index)
            continue
        repeated = texts[_masked(text)] >= enough or text in parting or _in_a_row(same[text], page)
        if repeated and not _may_be_text(text):
            peeled.add(index)
    return peeled


def _parts_a_sentence(lines: Sequence[Line], index: int) -> bool:
    """Whether the sentence before a line, and before a page's number there, goes on behind it."""
    before = next((line.text for line in reversed(lines[max(index - 2, 0) : index]) if not line.text.isdigit()), ".")
    behind = lines[index + 1].text if index + 1 < len(lines) else ""
    return behind[:1].islower() and lines[index].text[:1].isupper() and not re.search(r"[.?!:;]\W*$", before)


def _in_a_row(pages: set[int], page: int) -> bool:
    """Whether a page is one of three that follow each other."""
    return any({first, first + 1, first + 2} <= pages for first in (page - 2, page - 1, page))
