"""The data, cleaned, and rid of everything that it is measured with."""

from __future__ import annotations

import csv
import gzip
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.kvr import Record, load
from index.errors import VraagbaakError

_SHINGLE = 6
"""Words in a row; a text of which half stands so in an evaluation set is taken for the same text."""
_FRENCH = frozenset("le la les des du et est une dans pour aux qui sur avec par ou au ses".split())


class BadData(VraagbaakError):
    """Training data that is not there or not as described in DATA.md."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in English and in Dutch, and the file it came from."""

    english: str
    dutch: str
    source: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a record with what it can be asked with."""

    document: str
    title: str
    abstract: str
    keywords: str
    question: str
    answer: str


class Held:
    """The evaluation sets, as what training data must not repeat."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._shingles: set[int] = set()
        for text in texts:
            words = _words(text)
            self._whole.add(" ".join(words))
            self._shingles.update(_shingles(words))

    def holds(self, text: str) -> bool:
        """Whether the text, or half of it, stands in an evaluation set."""
        words = _words(text)
        if not words:
            return False
        found = list(_shingles(words))
        return " ".join(words) in self._whole or (
            bool(found) and 2 * sum(shingle in self._shingles for shingle in found) >= len(found)
        )


def evaluation_texts(shared: Path) -> Iterator[str]:
    """Every text of the development sets, both sides of each pair. Raises BadData."""
    folder = shared / "eval"
    names = sorted(folder.glob("*.tsv")) + sorted(folder.glob("*.csv"))
    if not names:
        raise BadData(f"no evaluation sets in {folder}: name the folder that DATA.md describes with --shared")
    for path in names:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines) if path.suffix == ".csv" else (line.rstrip("\n").split("\t") for line in lines)
            for row in rows:
                yield from row[:2]


def pairs(shared: Path, held: Held, *, per_file: int) -> list[Pair]:
    """Parallel sentences, cleaned; of each file at most `per_file`, spread evenly over it. Raises BadData."""
    paths = sorted((shared / "parallel").glob("*.tsv.gz"))
    if not paths:
        raise BadData(
            f"no parallel text in {shared / 'parallel'}: name the folder that DATA.md describes with --shared"
        )
    found = []
    for path in paths:
        source = path.name.removesuffix(".tsv.gz")
        kept: dict[tuple[str, str], Pair] = {}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                english, _, dutch = line.rstrip("\n").partition("\t")
                pair = Pair(tidy(english), tidy(dutch), source)
                if _sound(pair) and not held.holds(pair.english) and not held.holds(pair.dutch):
                    kept.setdefault((pair.english.lower(), pair.dutch.lower()), pair)
        found += _spread(list(kept.values()), per_file)
    return found


def answered(shared: Path, *, documents: int | None = None) -> list[Answered]:
    """The answers of the training records, less those of documents that the development records repeat."""
    train = _records(shared / "kvr" / "train.jsonl.gz")
    dev = _records(shared / "kvr" / "dev.jsonl.gz")
    known = {record.id for record in dev}
    texts = {" ".join(_words(text)) for record in dev for _, text in (*record.questions, *record.answers)}
    found: list[Answered] = []
    used = 0
    for record in train:
        long = [w for _, t in (*record.questions, *record.answers) if len(w := " ".join(_words(t))) >= 60]
        if record.id in known or 2 * sum(text in texts for text in long) >= max(len(long), 1):
            continue
        found += _exchanges(record)
        used += 1
        if used == documents:
            break
    return found


def tidy(text: str) -> str:
    """Entities, accents that broke, odd spaces and marks of Markdown mended."""
    text = unicodedata.normalize("NFC", re.sub(r"(\w)([¨´`^])(?=\w)", _accent, html.unescape(text)))
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#]{1,3}(?=\w)|(?<=\w)[*_`]{1,3}", r"\1", text)
    return re.sub(r"\s+", " ", text).strip(" |")


def _accent(match: re.Match[str]) -> str:
    marks = {"¨": "\u0308", "´": "\u0301", "`": "\u0300", "^": "\u0302"}
    return match[1] + marks[match[2]] if match[1] in "aeiouAEIOU" else match[0]


def _sound(pair: Pair) -> bool:
    """Whether both sides are text, in their languages, of lengths that go together."""
    english, dutch = _words(pair.english), _words(pair.dutch)
    if not english or not dutch or len(english) > 150 or len(dutch) > 150:
        return False
    if pair.english.lower() == pair.dutch.lower() and len(english) > 3:
        return False
    longer, shorter = max(len(english), len(dutch)), min(len(english), len(dutch))
    if longer > 2 * shorter + 4:
        return False
    if sum(map(str.isalpha, pair.dutch)) < 0.5 * len(pair.dutch):
        return False
    return all(sum(word in _FRENCH for word in words) < 0.15 * len(words) + 1 for words in (english, dutch))


def _exchanges(record: Record) -> Iterator[Answered]:
    for numbers, answer in record.answers:
        if len(_words(answer)) < 6:
            continue  # "Ja." answers everything
        asked = [text for joint, text in record.questions if set(joint) & set(numbers)]
        yield Answered(
            record.id,
            tidy(record.title),
            tidy(record.abstract),
            tidy(record.keywords),
            tidy(" ".join(asked)),
            tidy(answer),
        )


def _records(path: Path) -> list[Record]:
    if not path.is_file():
        raise BadData(f"{path} is not there: name the folder that DATA.md describes with --shared")
    return load(path)


def _spread(found: Sequence[Pair], most: int) -> list[Pair]:
    return [found[i * len(found) // most] for i in range(most)] if len(found) > most else list(found)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def _shingles(words: Sequence[str]) -> Iterator[int]:
    return (hash(tuple(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))
