"""Letters at any size: what a record becomes, and what is recombined of several."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.corpus import Corpus, queries
from eval.kvr import BadRecords, Record
from index.parse import read
from index.passages import split
from index.records import Asker, Document, Kind, Span
from index.sentences import sentences


def record(name: str, ministry: str, *answers: str, year: int | None = 2001, questions: int = 0) -> Record:
    """One question to each answer, "Vraagt A1 dat?", or as many as are asked for."""
    count = questions or len(answers)
    return Record(
        id=name,
        year=year,
        title=f"de lange titel van {name}",
        abstract="",
        keywords=f"trefwoord {name}",
        ministry=ministry,
        askers=(Asker("Groen Links", "Halsema"),),
        questions=tuple(((number,), f"Vraagt {name} nummer {number} dat?") for number in range(1, count + 1)),
        answers=tuple(((number,), text) for number, text in enumerate(answers, start=1)),
    )


SHORT = record("kort", "Defensie (DEF)", "Ja.", questions=2)
LONG = record("lang", "Defensie", "Eerste zin staat hier. Tweede zin staat daar. Derde zin.", "Nee. Zeker niet.")
OTHER = record("ander", "Financiën", "Belasting wordt geheven. Toeslagen worden betaald.", year=None)


def texts(document: Document) -> list[tuple[tuple[int, ...], list[str], str]]:
    text = document.text
    return [
        (x.numbers, [question.span.of(text) for question in x.questions], x.answer.of(text) if x.answer else "")
        for x in document.exchanges
    ]


def counts(document: Document) -> list[tuple[tuple[int, ...], list[int], int]]:
    """Sentences by question and answer."""

    def count(span: Span | None) -> int:
        return len(sentences(document.text, span)) if span else 0

    return [(x.numbers, [count(q.span) for q in x.questions], count(x.answer)) for x in document.exchanges]


def test_a_record_becomes_a_letter_with_what_was_left_unanswered() -> None:
    [document] = Corpus([SHORT]).real()
    assert texts(document) == [
        ((1,), ["Vraagt kort nummer 1 dat?"], "Ja."),
        ((2,), ["Vraagt kort nummer 2 dat?"], ""),
    ]
    assert (document.kind, document.title, document.askers) == (
        Kind.KAMERVRAGEN, "de lange titel van kort", (Asker("GroenLinks", "Halsema"),),
    )  # fmt: skip
    assert document.ministers[0].ministry == "Defensie"
    assert document.day is not None
    assert document.day.year == 2001


def test_an_answer_to_several_questions_stands_with_all_of_them() -> None:
    joint = record("samen", "Defensie", questions=3)
    joint = Record(**{name: getattr(joint, name) for name in joint.__slots__} | {"answers": (((1, 3), "Dat klopt."),)})
    [document] = Corpus([joint]).real()
    assert [(numbers, len(asked), answer) for numbers, asked, answer in texts(document)] == [
        ((1, 3), 2, "Dat klopt."),
        ((2,), 1, ""),
    ]


def test_a_recombined_letter_has_the_shape_of_one_and_the_words_of_its_ministry() -> None:
    made = Corpus([SHORT, LONG, OTHER]).recombined()
    shapes = {tuple(map(str, counts(document))) for document in Corpus([SHORT, LONG, OTHER]).real()}
    vocabulary = {
        ministry: {
            word for one in records for _, text in (*one.questions, *one.answers) for word in re.findall(r"\w+", text)
        }
        for ministry, records in {"Defensie": (SHORT, LONG), "Financiën": (OTHER,)}.items()
    }
    for document in (next(made) for _ in range(40)):
        assert tuple(map(str, counts(document))) in shapes
        spoken = " ".join(text for _, asked, answer in texts(document) for text in (*asked, answer))
        assert set(re.findall(r"[^\W\d]+", spoken)) <= vocabulary[document.ministers[0].ministry]


def test_a_corpus_is_real_first_of_its_size_and_always_the_same() -> None:
    corpus = Corpus([SHORT, LONG, OTHER])
    documents = list(corpus.documents(20))
    sizes = [len(split(document)) for document in documents]
    assert sum(sizes) >= 20 > sum(sizes[:-1])
    assert {document.id for document in documents[:3]} == {"kort", "lang", "ander"}
    assert documents == list(Corpus([OTHER, SHORT, LONG]).documents(20))
    assert documents[3:] != list(Corpus([SHORT, LONG, OTHER], seed=1).documents(20))[3:]
    assert len({document.id for document in documents}) == len(documents)


def test_further_letters_are_read_by_the_parser(tmp_path: Path) -> None:
    [(name, text)] = Corpus([LONG]).letters(1)
    (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    document = read(tmp_path / f"{name}.txt")
    assert document.kind is Kind.KAMERVRAGEN
    assert [x.numbers for x in document.exchanges] == [(1,), (2,)]
    assert [asker.party for asker in document.exchanges[0].askers] == ["GroenLinks"]
    assert document.day is not None


def test_queries_are_questions_titles_and_keywords_in_turn() -> None:
    found = queries([SHORT, LONG, OTHER], 3)
    kinds = [("Vraagt" in text, text.startswith("de lange titel"), text.startswith("trefwoord")) for text in found]
    assert kinds == [(True, False, False), (False, True, False), (False, False, True)]
    assert queries([OTHER, LONG, SHORT], 2) == found[:2]


def test_without_records_it_is_said_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadRecords, match="name the records with --data"):
        Corpus.open(tmp_path / "none.jsonl.gz")
