"""Several questions under one heading ("Vraag 4, 5, 7 en 8"): where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.parse.letter import Letter, Stretch

# A sentence ends and another begins: the sign, closing quotes, then a capital with or without a space before it.
_BORDER = re.compile(r"(?<=[a-zà-ÿ\d»”’\"')\]]{2})[.?!][»”’\"')\]]*(\s*)(?=[«“‘\"']?[A-ZÀ-Ý])")
# What a question opens with: a finite verb, a question word, or a preposition before one.
_VERBS = (
    "Acht Begrijpt Ben Bent Beschikt Beschikken Bestaan Bestaat Bestond Betekent Betreft Blijkt Deel Deelt Doen"
    " Doet Erkent Gaan Gaat Gebeurt Geeft Geldt Had Hadden Hebben Heeft Herinnert Hoort Houdt Is Kan Ken Kennen"
    " Kent Klopt Komt Kon Konden Krijgen Krijgt Kunnen Kunt Leidt Liggen Ligt Maakt Maken Mag Moet Moeten Mogen"
    " Neemt Onderschrijft Ontvangt Overweegt Realiseert Speelt Spreekt Staat Steunt Toont Verwacht Vind Vindt"
    " Volgt Vreest Waren Was Weet Weten Wil Willen Wilt Word Worden Wordt Zal Ziet Zijn Zou Zouden Zullen"
)
_ASKS = "welk|welke|wie|wat|hoeveel|hoeverre|wanneer|wiens"
_OPENER = re.compile(
    rf"[«“‘\"']?(?:{_VERBS.replace(' ', '|')}|Wat|Welke?|Wie|Wanneer|Waar(?:om|in|op|mee|toe|van|voor|uit|bij|door)?"
    r"|Hoe(?:veel|zeer|lang)?|Indien|Gezien|(?:Aan|Bij|Binnen|Door|In|Met|Naar|Om|Onder|Op|Over|Per|Sinds|Tegen|Tot|Uit"
    rf"|Van|Vanaf|Voor) (?:{_ASKS}))\b"
)
_FOLLOWING = re.compile(
    r"Zo (?:ja|nee|neen|niet|nodig)|(?:En )?[Ww]aarom (?:wel|niet|dan)"
    r"|Kunt u (?:dit|uw|het antwoord|dat|hier|daar|die|deze (?!vragen))"
    r"|Graag|Indien (?:ja|nee|niet)|Of\b|En\b|Dan\b|Hierbij|Deze|Dit\b|Dat\b|Daar|Hier|Met andere woorden"
)
_MOST_BORDERS = 80


@dataclass(frozen=True, slots=True)
class _Border:
    """A place where a question may begin, with what speaks for it."""

    line: int
    before: int
    after: int
    worth: float
    asking: bool


def by_number(letter: Letter, numbers: Sequence[int], first: int, beyond: int) -> list[tuple[int | None, Stretch]]:
    """The question of each number; all under the first number where they cannot be told apart."""
    if beyond <= first:
        return []
    if len(numbers) < 2:
        return [(numbers[0] if numbers else None, Stretch(first, beyond))]
    gaps = [_Border(line, 0, 0, 0.0, True) for line in range(first + 1, beyond) if letter.lines[line].gap]
    # Paragraphs that are exactly as many as the numbers need no weighing.
    exact = len(gaps) == len(numbers) - 1
    borders = gaps if exact else _best(_borders(letter, first, beyond), len(numbers) - 1)
    if borders is None:
        return [(numbers[0], Stretch(first, beyond))]
    questions: list[tuple[int | None, Stretch]] = []
    line, start = first, 0
    for number, border in zip(numbers, [*borders, None], strict=True):
        if border is None:
            questions.append((number, Stretch(line, beyond, start)))
        elif border.before:
            questions.append((number, Stretch(line, border.line + 1, start, border.before)))
            line, start = border.line, border.after
        else:
            questions.append((number, Stretch(line, border.line, start)))
            line, start = border.line, 0
    return questions


def _borders(letter: Letter, first: int, beyond: int) -> list[_Border]:
    found: list[_Border] = []
    for line in range(first, beyond):
        text = letter.lines[line].text
        if line > first:
            before = letter.lines[line - 1].text
            ends = re.search(r"[.?!][»”’\"')\]\d]*$", before)
            if ends and (not text[:1].islower() or re.match(r"[a-z][.)]\s", text)):
                worth = 2.3 + 1.5 * letter.breaks[line] + _worth(text)
                found.append(_Border(line, 0, 0, worth, "?" in ends.group()))
        for match in _BORDER.finditer(text):
            # Without a space a line ended here before the text was joined; a question may have ended with it.
            worth = (2.3 if not match[1] else 0.0) + _worth(text[match.end() :])
            found.append(_Border(line, match.start(1), match.end(), worth, "?" in match.group()))
    return found[:_MOST_BORDERS]


def _worth(text: str) -> float:
    if _FOLLOWING.match(text):
        return -2.3
    return 1.0 if _OPENER.match(text) else 0.0


def _best(borders: Sequence[_Border], count: int) -> list[_Border] | None:
    """The `count` borders that are worth most together; a question should end in a question mark."""
    if len(borders) < count:
        return None
    worths = [border.worth + (0.0 if border.asking else -2.0) for border in borders]
    chosen = sorted(sorted(range(len(borders)), key=lambda index: (-worths[index], index))[:count])
    return [borders[index] for index in chosen]
