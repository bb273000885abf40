"""The words of the page: what is refused or fails is told in both languages, with the same facts."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from index import errors, remarks
from index.errors import Cause, DamagedIndex, FullDisk, Nature, Refusal, UnreadableFile, VraagbaakError
from index.parse.confidence import WEIGHTS
from index.records import Kind
from retrieval.words import DUTCH, ENGLISH, WORDS, Language, Words, language_of
from tests.conftest import ROOT
from tests.test_house import code


def facts(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told_in_both_languages_with_the_same_facts(cause: Cause) -> None:
    assert facts(DUTCH.causes[cause]) == facts(ENGLISH.causes[cause])
    assert DUTCH.causes[cause] != ENGLISH.causes[cause]
    assert "; " in DUTCH.causes[cause]  # the cure stands behind it
    assert ": " in ENGLISH.causes[cause]


def test_the_tables_are_total() -> None:
    failures = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, VraagbaakError) and not issubclass(kind, Refusal)
    }
    for words in WORDS.values():
        assert set(words.causes) == set(Cause)
        assert set(words.natures) == set(Nature)
        assert set(words.failures) == failures
    for table in ("natures", "failures"):
        assert set(getattr(DUTCH, table).values()).isdisjoint(getattr(ENGLISH, table).values())


def test_every_cause_is_raised_somewhere_with_its_facts() -> None:
    raised = set()
    for path in code():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for cause in map(cause_of, node.args):
                    given = {str(keyword.arg) for keyword in node.keywords}
                    # What costs too much is given its limits in one place.
                    known = {"seconds", "memory"} if ast.unparse(node.func) == "_too_much" else set()
                    if cause is not None:
                        assert facts(cause) <= given | known, f"{path}:{node.lineno}"
                        assert given <= facts(cause), f"{path}:{node.lineno}"
                        raised.add(cause)
    assert raised == set(Cause)


def cause_of(node: ast.expr) -> Cause | None:
    named = isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Cause"
    return Cause[node.attr] if named else None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (DUTCH, "Het document heeft 73.521 regels en er worden er hoogstens 60.000 gelezen; splits het."),
        (ENGLISH, "The document has 73,521 lines, and 60,000 are the most: split it."),
    ],
)
def test_a_refusal_is_a_sentence_without_the_name_of_its_file(words: Words, told: str) -> None:
    error = UnreadableFile("brief.txt", Cause.TEXT_LINES, lines=73_521, most=60_000)
    assert words.explained(error) == told
    assert str(error) == "brief.txt: the document has 73,521 lines, and 60,000 are the most: split it"


def test_what_a_file_seems_to_be_is_translated_too() -> None:
    error = UnreadableFile("brief.pdf", Cause.NO_PDF, nature=Nature.IMAGE)
    assert DUTCH.explained(error) == "Dit is geen PDF maar een afbeelding; download het document opnieuw."
    assert ENGLISH.explained(error) == "This is no PDF but an image: download the document again."


def test_every_remark_of_the_parser_is_told_in_english() -> None:
    """Its doubts, and all that it puts among the warnings of a document."""
    warnings = set()
    for path in (ROOT / "index" / "parse").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="warnings" | "said"), attr="append")):
                    warnings |= templates(node)
                case ast.keyword(arg="warnings") | ast.Assign(targets=[ast.Name(id="_UNASKED")]):
                    warnings |= templates(node)
    assert len(warnings) == 8
    assert set(remarks.ENGLISH) == warnings | set(WEIGHTS)


def templates(node: ast.AST) -> set[str]:
    """The texts in a piece of code, each with {} for what is filled in."""
    found = set()
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.JoinedStr):
            found.add("".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in part.values))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.add(part.value)
        else:
            found |= templates(part)
    return found


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ("nummer geteld", "number was counted, not read"),
        ("vraag 4 ontbreekt: de nummering springt van 3 naar 5",
         "question 4 is missing: the numbering jumps from 3 to 5"),
        ("antwoord 2, 3 en 4 hoort bij geen vraag die in dit document staat",
         "answer 2, 3 and 4 belongs to no question that stands in this document"),
        ("iets van later", "iets van later"),
    ],
)  # fmt: skip
def test_a_remark_is_told_with_its_numbers(told: str, english: str) -> None:
    assert ENGLISH.remark(told) == english
    assert DUTCH.remark(told) == told


def test_of_a_failure_the_kind_is_told_and_no_folder() -> None:
    class Torn(DamagedIndex):
        """A kind that the tables do not have is told as what it is a kind of."""

    assert DUTCH.explained(Torn("/srv/index is damaged")).startswith("De index is beschadigd. Maak hem opnieuw")
    assert ENGLISH.explained(FullDisk("no room in /srv")) == "The disk is full. Free some space, and try again."
    assert DUTCH.explained(VraagbaakError("/srv")).startswith("Er ging iets mis.")


def test_every_word_has_both_languages() -> None:
    assert set(WORDS) == set(Language)
    for words in WORDS.values():
        assert set(words.kinds) == set(Kind)
        assert len(words.months) == 12
    assert set(DUTCH.upload_stages) == set(ENGLISH.upload_stages)


def test_braces_are_the_same_in_both_languages() -> None:
    for name in DUTCH.__slots__:
        dutch, english = getattr(DUTCH, name), getattr(ENGLISH, name)
        if isinstance(dutch, str):
            assert sorted(re.findall(r"\{\w+\}", dutch)) == sorted(re.findall(r"\{\w+\}", english)), name


def test_an_unknown_language_is_dutch() -> None:
    assert language_of(["fr", "en"]) is Language.ENGLISH
    assert language_of(["fr"]) is Language.DUTCH
