"""Where printed lines ended, in a text that lost its line breaks and nothing else with them.

Some programs join the lines of a paragraph without a space: "geen contactgeweest met", "verschil-lende". Where they
were broken shows in two ways at once: a line break comes every so many characters, and it stands in a word that is
none, between two that are, behind a hyphen, or behind a sign. So of all ways to break a paragraph into lines of nearly
the same length the likeliest is looked for (Knuth and Plass 1981 do the same forwards), and what every line length
leaves doubtful is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf

from index.analysis import FUNCTION_WORDS, compound, in_dictionary
from index.clean.hyphens import HYPHENS, frequency

_WIDTHS = range(70, 112, 6)
"""Characters that a full line may hold; the letters are not equally wide, so each line holds some fewer."""
_RAGGED = 24
"""By so many a line may be shorter than that."""
_LONGEST = 6_000
"""Characters: a longer line is no paragraph."""
_DENSEST = 12
"""Characters for each place where a line may have been broken, at least: with more of them, it is no running text."""
_SPARE = 3
"""Characters that a line may be longer than nineteen in twenty of those found are."""
_TRIED = 3_000
"""Characters of the longest paragraphs that tell the width, and whether breaks were lost at all."""
_CERTAIN = 1.2
"""What costs less is hardly anything but a break: where they were lost, nearly every line has one."""
_AT_SPACE = 3.0
"""What it costs to say that a line ended where a space stands: where breaks were lost, hardly one kept it."""
_MOST_AT_SPACES = 4
"""Lines in a row that may have ended there."""
_DOUBTFUL = 2.0
"""What costs as much is no break beyond doubt."""
_LIKELY = 1.5
"""Where lines cost more on average, none were lost: words that happen to be two stand anywhere."""
_FEWEST = 6
"""Breaks by which that can be told."""

ADDRESS = re.compile(r"https?:|www\.|@|\w/\w|\w\.(?:nl|com|eu|org|net|html?|aspx|pdf)\b")
"""A token with this is an address of a page, a file or a person, and holds no break that could be told."""

_LETTERS = r"[^\W\d_]"
_SIGNS = ".,;:?!()[]«»“”‘’\"'"
_RUN = re.compile(rf"(?<!{_LETTERS}){_LETTERS}{{4,60}}(?!{_LETTERS})")
_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_DIVIDED = re.compile(rf"(?<={_LETTERS}[{HYPHENS}])(?={_LETTERS})")
_BESIDE_NUMBER = re.compile(rf"(?<=\d)({_LETTERS}{{2,}})|(?<!{_LETTERS})({_LETTERS}{{2,}})(?=\d)")
_BRACKET = re.compile(rf"(?<=[\w.,][)»”])(?=\w)|(?<={_LETTERS})(?=[(«“]\w{{3}})")
_RARE = 2.6
_COMMON = 5.5
"""Zipf frequencies: what is rarer than the one, of words more common than the other, is a word of no good list."""
_NO_PREFIX = frozenset("dat die een en is niet of te".split())
"""Of which no word is made by putting them before another."""
_PAIRS = {
    first + last: len(first)
    for firsts, lasts in (
        ("van in op met aan voor door bij naar om uit tot als dat is en", ("de", "het")),
        ("van met als dat is en om tot naar voor", ("een",)),
    )
    for first in firsts.split()
    for last in lasts
}
"""Two words in one that some list of words knows as well ("inde", "vaneen")."""


def lost_breaks(lines: Sequence[str], signs: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each line the places where printed lines ended, in order; none in a text whose breaks were not lost.

    `signs` tells for each line behind which signs a space is missing.
    """
    words = Counter(token.strip(_SIGNS) for line in lines for token in line.split(" "))
    known: dict[str, tuple[tuple[int, float], ...]] = {}

    def candidates(number: int) -> list[tuple[int, float]]:
        return _candidates(lines[number], signs[number], words, known)

    lost: list[list[int]] = [[] for _ in lines]
    long = [number for number, line in enumerate(lines) if _WIDTHS.start < len(line) <= _LONGEST]
    tried: dict[int, list[tuple[int, float]]] = {}
    length = 0
    for number in sorted(long, key=lambda number: -len(lines[number])):
        if length >= _TRIED:
            break
        tried[number] = candidates(number)
        length += len(lines[number])
    certain = sum(cost < _CERTAIN for number in tried for _, cost in tried[number])
    if certain < max(_FEWEST, length / _WIDTHS[-1] / 2):
        return lost
    broken = {
        width: [_broken(found, len(lines[number]), width) for number, found in tried.items()] for width in _WIDTHS
    }
    costs = {width: sum(cost for cost, _ in broken[width]) / (length / width) for width in _WIDTHS}
    width = min(_WIDTHS, key=lambda width: costs[width])
    if costs[width] <= _LIKELY:
        gaps = (end - start for _, ends in broken[width] for start, end in pairwise(ends))
        lengths = sorted(gap for gap in gaps if gap <= width)
        if lengths:  # the widths that were tried lie apart
            width = min(width, lengths[len(lengths) * 19 // 20] + _SPARE)
        for number in long:
            _, lost[number] = _broken(tried.get(number) or candidates(number), len(lines[number]), width)
    return lost


def _broken(candidates: Sequence[tuple[int, float]], length: int, width: int) -> tuple[float, list[int]]:
    """What the cheapest way to break a text into lines of this width costs, and the breaks that are beyond doubt."""

    def lines(characters: int) -> float:
        """What it costs that so many characters are whole lines, all but one of which ended at a space."""
        count = -(-characters // width)
        return _AT_SPACE * (count - 1) if characters >= count * (width - _RAGGED) else inf

    if len(candidates) > length / _DENSEST:
        return _AT_SPACE * length / width, []
    places, costs = [0], [0.0]
    best, came = [0.0], [0]
    first = 0
    for place, cost in candidates:
        while place - places[first] > _MOST_AT_SPACES * width and first < len(places) - 1:
            first += 1
        reached = min((best[at] + lines(place - places[at]), at) for at in range(first, len(places)))
        if reached[0] < inf:
            places.append(place)
            costs.append(cost)
            best.append(reached[0] + cost)
            came.append(reached[1])
    whole = [total + _AT_SPACE * ((length - place - 1) // width) for place, total in zip(places, best, strict=True)]
    at = min(range(len(whole)), key=whole.__getitem__)
    total, found = whole[at], []
    while at:
        if costs[at] < _DOUBTFUL:
            found.append(places[at])
        at = came[at]
    return total, found[::-1]


def _candidates(
    line: str, signs: Sequence[int], words: Mapping[str, int], known: dict[str, tuple[tuple[int, float], ...]]
) -> list[tuple[int, float]]:
    """Where a line may have been broken within a word, in order, and what it costs to say so.

    `known` holds what words told before.
    """
    found = dict.fromkeys(signs, 0.0)
    start = 0
    for token in line.split(" "):
        places = known.get(token)
        if places is None:
            places = known[token] = (
                () if _is_word(token.strip(_SIGNS)) or ADDRESS.search(token) else tuple(_within(token, words))
            )
        for place, cost in places:
            found.setdefault(start + place, cost)
        start += len(token) + 1
    return sorted(found.items())


def _is_word(token: str) -> bool:
    """Whether a token is one that a list of words holds, as most are."""
    plain = token.casefold()
    return token.isalpha() and frequency(plain) > 0 and plain not in _PAIRS and not (token.islower() and _two(plain))


def _within(token: str, words: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    """Where a token may hold a break, and the cost."""
    if not token.isalpha():
        divided = [match.start() for match in _DIVIDED.finditer(token)]
        if len(divided) == sum(map(token.count, HYPHENS)) == 1:  # else "één-op-één", "ah-tk-2017"
            yield divided[0], 0.4 if token[divided[0]].islower() else 0.6
        for match in _BESIDE_NUMBER.finditer(token):
            if match[0].islower() and frequency(match[0]) >= (5.0 if len(match[0]) < 4 else 3.5):
                yield match.start() if match[1] else match.end(), 0.8
        for match in _BRACKET.finditer(token):
            yield match.start(), 0.8
    for run in _RUN.finditer(token):
        word = run[0]
        if _is_word(word) or _is_half(token, run):
            continue
        plain = word.casefold()
        if word[1:].islower():
            if cut := _cut(plain, words):
                yield run.start() + cut[0], cut[1]
        elif capital := _CAPITAL.search(word):
            first = plain[: capital.start()]
            # "dePalestijnse" may stand there often; a name that begins with a capital is one then.
            common = frequency(first) >= (4.0 if len(first) < 4 else 3.0)
            if common and (words[word] < 2 or (word[0].islower() and frequency(first) >= 6)):
                yield run.start() + capital.start(), 0.3


def _is_half(token: str, run: re.Match[str]) -> bool:
    """Whether letters are only a part of a word: behind a hyphen that may have divided it, or before an apostrophe."""
    before, after = token[max(run.start() - 2, 0) : run.start()], token[run.end() : run.end() + 1]
    divided = before[-1:] in HYPHENS and before[:1].islower() and run[0].islower()
    return (bool(before) and divided) or after in {"’", "'"}


def _cut(word: str, words: Mapping[str, int]) -> tuple[int, float] | None:
    """Where a word that is none falls apart in two, and what it costs to say so; None where it does not."""
    if word in _PAIRS:
        return _PAIRS[word], 1.5
    if two := _two(word):  # "endat", "tegeven": some list of words holds what others glued
        return two, 1.5
    if in_dictionary(word):
        return None
    best: tuple[float, float, int] | None = None
    for compounds in (False, True):
        for cut in range(2, len(word) - 1):
            first = _commonness(word[:cut], words, compounds=compounds)
            if word[cut:] == "en" and not word[:cut].endswith(("en", "s")):
                continue  # more likely a plural
            last = _commonness(word[cut:], words, compounds=compounds) if first else 0.0
            if last:
                found = min(first, last), first + last, cut
                best = max(best or found, found)
        if best is not None:
            break
    if best is None:
        return None
    cost = 0.5 + max(0.0, 10.0 - best[1]) / 4
    if words[word] > 1:  # a word that stands there twice was hardly glued twice, unless of common ones
        cost += 1.5 if cost >= 1 else 0.5
    return best[2], cost + (0.7 if _compound(word) else 0.0)


def _commonness(word: str, words: Mapping[str, int], *, compounds: bool) -> float:
    """The Zipf frequency of a word, or what stands for it; 0 for what may be none."""
    common = frequency(word)
    if len(word) < 4:
        return common if common >= 5 else 0.0
    if common >= 2.5:
        return common
    if in_dictionary(word):
        return 2.5
    return 2.0 if len(word) >= 7 and (words.get(word) or (compounds and _compound(word))) else 0.0


@lru_cache(maxsize=20_000)
def _two(word: str) -> int:
    """Where a rare word falls apart in two most common ones, of which the first makes no words; 0 where it does not."""
    if not 0 < frequency(word) < _RARE:
        return 0
    return next((cut for cut in (2, 3, 4) if word[:cut] in _NO_PREFIX and frequency(word[cut:]) >= _COMMON), 0)


@lru_cache(maxsize=20_000)
def _compound(word: str) -> bool:
    """Whether a word is a compound as nouns make them: no part is an inflected adjective, and the last one no verb."""
    import simplemma

    parts = compound(word)
    if not parts or not FUNCTION_WORDS.isdisjoint(parts):
        return False
    *others, last = [(part, simplemma.lemmatize(part, lang="nl")) for part in parts]
    verb = last[1].endswith("en") and not last[0].endswith("en")
    return not verb and not any(part.endswith("e") and lemma != part for part, lemma in others)
