"""The contract of `index.backend`, held by every store. A new store is one more entry in BACKENDS.

The documents, vectors and terms are made by hand, so that what must be found can be told without a search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.backend import Asked, Backend, Dated, Filters, asking_names
from index.build import build_documents
from index.records import Asker, Document, Exchange, Kind, Minister, Question, Role, Span
from index.store import open_store
from tests.toy_encoder import ToyEncoder


def local(documents: Sequence[Document], folder: Path) -> Backend:
    build_documents(documents, folder / "built", encoder=ToyEncoder())
    return open_store(folder / "built", ToyEncoder())


def in_milvus(documents: Sequence[Document], folder: Path) -> Backend:
    from index.milvus import open_milvus
    from index.publish import publish

    build_documents(documents, folder / "built", encoder=ToyEncoder())
    publish(open_store(folder / "built", ToyEncoder()), f"milvus:{folder / 'copy.db'}")
    return open_milvus(f"milvus:{folder / 'copy.db'}", ToyEncoder())


Make = Callable[[Sequence[Document], Path], Backend]
BACKENDS: dict[str, Make] = {"local": local, "milvus": in_milvus}
"""Each makes a store of its kind from documents, in an empty folder of its own, with the toy encoder."""


def document(
    name: str,
    day: date | None,
    *exchanges: tuple[tuple[int, ...], tuple[Asker, ...], str, str],
    ministry: str = "Financiën",
) -> Document:
    """Exchanges come as (numbers, askers, question, answer)."""
    text, found = "", []
    for numbers, askers, question, answer in exchanges:
        asked = Span(len(text), len(text) + len(question))
        text += question + "\n\n"
        answered = Span(len(text), len(text) + len(answer))
        text += answer + "\n\n"
        found.append(Exchange(numbers, askers, (Question(numbers[0], asked),), answered))
    return Document(
        id=name,
        filename=f"{name}.txt",
        sha256=name.encode().hex().ljust(64, "0"),
        title="",
        kind=Kind.KAMERVRAGEN,
        dossier=None,
        reference=None,
        asked_on=None,
        answered_on=day,
        ministers=(Minister(None, "minister", ministry),),
        text=text,
        page_starts=(),
        exchanges=tuple(found),
    )


def plain(name: str, text: str) -> Document:
    return replace(document(name, None), text=text)


VVD, PVDA = Asker("VVD", "Rutte"), Asker("PvdA", "Bos")
JOINT = Asker("GroenLinks-PvdA", "Kathmann")

DOCUMENTS = (
    document(
        "haven",
        date(2010, 5, 1),
        ((1,), (VVD,), "Komt de haven?", "De haven komt. Zij komt spoedig."),
        ((2, 3), (VVD, PVDA), "Wie betaalt?", "Het Rijk."),
    ),
    replace(
        document("kolen", date(2024, 3, 2), ((1,), (JOINT,), "Stopt kolen?", "Kolen stopt."), ministry="Klimaat"),
        asked_on=date(2023, 12, 30),
        addressees=(Minister(None, "minister", "Landbouw"),),
    ),
    document("ja", None, ((7,), (PVDA,), "Mag dat?", "Ja."), ((8,), (PVDA,), "Kan dat?", "Ja.")),
    plain("brief", "Een haven zonder vraag."),
)
# Rows: 0 haven 1, 1 haven 2 en 3, 2 kolen, 3 and 4 "Ja.", 5 brief.
TEXTS = ["De haven komt. Zij komt spoedig.", "Het Rijk.", "Kolen stopt.", "Ja.", "Ja.", "Een haven zonder vraag."]


@pytest.fixture(scope="module", params=BACKENDS)
def make(request: pytest.FixtureRequest) -> Make:
    if request.param == "milvus":
        request.getfixturevalue("milvus_lite")
    return BACKENDS[request.param]


@pytest.fixture(scope="module")
def backend(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    return make(DOCUMENTS, tmp_path_factory.mktemp("backend"))


def vector(text: str) -> NDArray[np.float32]:
    return np.asarray(ToyEncoder().encode_queries([text])[0])


def asked(text: str = "haven", **fields: object) -> Asked:
    return Asked(**{"vector": vector(text), "weights": {}, **fields})  # type: ignore[arg-type]


def rows(backend: Backend, **fields: object) -> list[int]:
    found = backend.candidates(asked(), Filters(**fields), 10)  # type: ignore[arg-type]
    return list(found.rows.tolist())


def test_counts_are_those_of_the_documents(backend: Backend) -> None:
    manifest = backend.manifest
    assert (manifest.documents, manifest.exchanges, manifest.passages) == (4, 5, 6)
    assert (manifest.encoder, manifest.fingerprint, manifest.dimension) == ("toy", "toy-1", 64)
    assert manifest.generation


def test_documents_come_out_as_they_went_in(backend: Backend) -> None:
    assert tuple(backend.documents) == DOCUMENTS
    assert backend.document("kolen") == DOCUMENTS[1]
    assert backend.document("nergens") is None
    assert backend.refreshed() is backend


def test_passages_and_keys_of_rows(backend: Backend) -> None:
    passages = backend.passages(range(6))
    assert [passage.text for passage in passages] == TEXTS
    assert [passage.role for passage in passages] == [*[Role.ANSWER] * 5, Role.TEXT]
    assert passages[0].document is passages[1].document is backend.documents[0]
    assert passages[1].exchange is passages[1].document.exchanges[1]
    assert passages[5].exchange is None
    assert backend.keys([5, 1, 0]) == [("brief", -6), ("haven", 1), ("haven", 0)]
    assert backend.passages([]) == backend.keys([]) == []


def test_a_selection_is_counted(backend: Backend) -> None:
    everything = backend.select(Filters())
    assert (everything.passages, everything.documents, everything.until) == (6, 4, date(2024, 3, 2))
    # PvdA asked with the VVD once, twice alone, and once under its name of 2024, as a filter has it.
    assert list(everything.parties.items()) == [("PvdA", 4), ("VVD", 2), ("GroenLinks-PvdA", 1)]
    assert list(everything.ministries.items()) == [("Financiën", 3), ("Klimaat", 1)]
    assert list(everything.years.items()) == [(2024, 1), (2010, 1)]  # two tell no day
    of_vvd = backend.select(Filters(parties=("VVD",)))
    assert (of_vvd.passages, of_vvd.documents, of_vvd.until) == (2, 1, date(2010, 5, 1))
    assert of_vvd.parties == everything.parties
    assert (of_vvd.ministries, of_vvd.years) == ({"Financiën": 1}, {2010: 1})
    of_climate = backend.select(Filters(ministries=("Klimaat",)))
    assert (of_climate.ministries, of_climate.years) == (everything.ministries, {2024: 1})
    early = backend.select(Filters(until=date(2012, 1, 1)))
    assert (early.ministries, early.years) == ({"Financiën": 1}, everything.years)
    nothing = backend.select(Filters(documents=("nergens",)))
    assert (nothing.passages, nothing.documents, nothing.until) == (0, 0, None)
    assert nothing.parties == nothing.ministries == nothing.years == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"parties": ("VVD",)}, [0, 1]),
        # The PvdA of 2024 asks as GroenLinks-PvdA; that of 2010, and of an undated document, by itself.
        ({"parties": ("PvdA",)}, [1, 2, 3, 4]),
        ({"parties": ("GroenLinks-PvdA",)}, [2]),
        ({"parties": ("D66",)}, []),
        ({"members": ("Bos",)}, [1, 3, 4]),
        ({"members": ("Bos", "Kathmann")}, [1, 2, 3, 4]),
        ({"ministries": ("Klimaat",)}, [2]),
        ({"concerned": ("Klimaat",)}, [2]),  # answered
        ({"concerned": ("Landbouw",)}, [2]),  # was asked
        ({"ministries": ("Landbouw",)}, []),
        ({"documents": ("haven", "brief")}, [0, 1, 5]),
        ({"since": date(2010, 5, 1)}, [0, 1, 2]),
        ({"since": date(2010, 5, 2)}, [2]),
        ({"until": date(2010, 5, 1)}, [0, 1]),
        ({"until": date(2010, 4, 30)}, []),
        ({"dated": Dated(date(2023, 1, 1), date(2023, 12, 31))}, [2]),  # it was asked then
        ({"dated": Dated(date(2024, 1, 1), date(2024, 3, 2))}, [2]),  # and answered then
        ({"dated": Dated(date(2024, 1, 1), date(2024, 3, 1))}, []),
        ({"dated": Dated(date(2023, 12, 30), date.max)}, [2]),
        ({"dated": Dated(date(2023, 1, 1), date(2023, 12, 31), asked=False)}, []),
        ({"dated": Dated(date(2024, 1, 1), date.max, asked=False)}, [2]),
        ({"dated": Dated(date(2023, 1, 1), date(2023, 12, 31), answered=False)}, [2]),
        ({"dated": Dated(date(2024, 1, 1), date.max, answered=False)}, []),
        ({"dated": Dated(date(2010, 5, 1), date(2010, 5, 1), answered=False)}, [0, 1]),  # it does not tell when asked
        ({"dated": Dated(date.min, date(2010, 5, 1))}, [0, 1]),
        ({"dated": Dated(date(2023, 1, 1), date(2023, 12, 31)), "until": date(2023, 12, 31)}, []),
        ({"parties": ("PvdA",), "until": date(2015, 1, 1), "ministries": ("Financiën",)}, [1]),
    ],
)
def test_filters_let_through(backend: Backend, fields: dict[str, object], expected: list[int]) -> None:
    assert rows(backend, **fields) == expected
    assert backend.select(Filters(**fields)).passages == len(expected)  # type: ignore[arg-type]


def test_a_delay_notice_is_no_answer() -> None:
    notice = replace(document("uitstel", date(2024, 3, 2)), kind=Kind.UITSTEL, asked_on=date(2024, 2, 1))
    assert (notice.when_asked, notice.when_answered) == (date(2024, 2, 1), None)


def test_a_party_asks_under_the_name_of_its_year() -> None:
    assert asking_names(["PvdA"], 2010) == {"PvdA"}
    assert asking_names(["PvdA"], 2024) == {"PvdA", "GroenLinks-PvdA"}
    assert asking_names(["PvdA"], None) == {"PvdA"}


def test_passages_of_one_exchange_are_together_and_no_others(backend: Backend) -> None:
    exchanges = backend.candidates(asked(), Filters(), 10).exchanges
    assert len(set(exchanges.tolist())) == 6
    assert (exchanges < 0).tolist() == [False] * 5 + [True]  # the last is of none


def test_passages_of_one_document_are_told(backend: Backend) -> None:
    documents = backend.candidates(asked(), Filters(), 10).documents.tolist()
    names = [passage.document.id for passage in backend.passages(range(6))]
    assert [documents.index(number) for number in documents] == [names.index(name) for name in names]


def test_cosines_are_exact(backend: Backend) -> None:
    found = backend.candidates(asked("De haven komt."), Filters(), 10)
    # Each passage was encoded with its context; what has no title begins it with a space.
    in_context = [
        "De haven komt. Zij komt spoedig.\n Komt de haven?",
        "Het Rijk.\n Wie betaalt?",
        "Kolen stopt.\n Stopt kolen?",
        "Ja.\n Mag dat?",
        "Ja.\n Kan dat?",
        "Een haven zonder vraag.\n",
    ]
    assert found.in_context == pytest.approx([vector(text) @ vector("De haven komt.") for text in in_context], abs=2e-3)
    nearest = [
        ("De haven komt.", "Zij komt spoedig.", "Komt de haven?"),
        ("Het Rijk.", "Wie betaalt?"),
        ("Kolen stopt.", "Stopt kolen?"),
        ("Ja.", "Mag dat?"),
        ("Ja.", "Kan dat?"),
        ("Een haven zonder vraag.",),
    ]
    expected = [max(vector(text) @ vector("De haven komt.") for text in texts) for texts in nearest]
    assert found.nearest == pytest.approx(expected, abs=2e-3)
    assert found.nearest[0] == pytest.approx(1.0, abs=2e-3)


def test_an_answer_without_a_question_gets_nothing_of_its_neighbours(make: Make, tmp_path: Path) -> None:
    letter = document("brief", None, ((1,), (VVD,), "Komt er een haven?", "Ja."), ((2,), (VVD,), "Hoe hoog?", "Nee."))
    bare = replace(letter, exchanges=(replace(letter.exchanges[0], questions=()), letter.exchanges[1]))
    found = make([bare], tmp_path).candidates(asked("Hoe hoog?"), Filters(), 10)
    assert found.nearest == pytest.approx([vector("Ja.") @ vector("Hoe hoog?"), 1.0], abs=2e-3)


def test_a_term_counts_once_in_the_passage_and_once_in_its_context(backend: Backend) -> None:
    # "komen" stands twice in the answer of row 0 and once in its question, "haven" once in each and in row 5.
    found = backend.candidates(asked(weights={"komen": 2.0, "haven": 1.0}, context=0.5), Filters(), 10)
    assert found.lexical.tolist() == pytest.approx([2 + 1 + 1 + 0.5, 0, 0, 0, 0, 1])


def test_words_count_wherever_in_the_document_they_stand(backend: Backend) -> None:
    # "haven" stands in both passages' document and in row 5, "rijk" in row 1, "betalen" in its question alone.
    found = backend.candidates(asked(weights={"haven": 4.0, "rijk": 2.0, "betalen": 1.0, "maan": 8.0}), Filters(), 10)
    assert found.in_document.tolist() == [7.0, 7.0, 0.0, 0.0, 0.0, 4.0]
    of_row_1 = backend.candidates(asked(weights={"haven": 4.0}), Filters(members=("Bos",)), 10)
    assert (of_row_1.rows.tolist(), of_row_1.in_document.tolist()) == ([1, 3, 4], [4.0, 0.0, 0.0])
    assert backend.candidates(asked(), Filters(), 10).in_document.tolist() == [0.0] * 6


def test_words_of_the_context_count_as_they_are_told(backend: Backend) -> None:
    def lexical(context: float = 1.0) -> list[float]:
        found = backend.candidates(asked(weights={"betalen": 1.0}, context=context), Filters(), 10)
        return list(found.lexical.tolist())

    whole = lexical()
    assert [row for row, score in enumerate(whole) if score] == [1]  # "Wie betaalt?" is the question, not the answer
    assert lexical(context=0.5)[1] == pytest.approx(whole[1] / 2, rel=1e-4)
    assert lexical(context=0.0) == [0.0] * 6


def test_filters_do_not_change_what_a_word_is_worth(backend: Backend) -> None:
    weights = {"haven": 1.0, "rijk": 0.5}
    everything = backend.candidates(asked(weights=weights), Filters(), 10)
    some = backend.candidates(asked(weights=weights), Filters(parties=("PvdA",)), 10)
    assert some.lexical == pytest.approx(everything.lexical[some.rows], rel=1e-4)
    assert some.in_context == pytest.approx(everything.in_context[some.rows], abs=1e-4)


def test_terms_unknown_or_hostile_score_nothing(backend: Backend) -> None:
    found = backend.candidates(asked(weights={"onbekend": 1.0, 'a:b "( OR *': 1.0, "": 1.0}), Filters(), 10)
    assert found.lexical.tolist() == [0.0] * 6


def test_what_the_query_names_is_told(backend: Backend) -> None:
    found = backend.candidates(asked(parties=("PvdA",), numbers=frozenset({3, 8})), Filters(), 10)
    assert np.flatnonzero(found.named).tolist() == [1, 2, 3, 4]
    assert np.flatnonzero(found.numbered).tolist() == [1, 4]
    of_members = backend.candidates(asked(members=("Bos", "Kathmann", "Niemand")), Filters(), 10)
    assert np.flatnonzero(of_members.named).tolist() == [1, 2, 3, 4]
    assert backend.members == ("Bos", "Kathmann", "Rutte")
    assert backend.ministries == ("Financiën", "Klimaat", "Landbouw")
    none = backend.candidates(asked(), Filters(), 10)
    assert not none.named.any()
    assert not none.numbered.any()


def test_among_many_what_has_both_the_name_and_the_number_is_told(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = []
    for letter in range(8):
        asker = VVD if letter % 2 else PVDA
        told = [((n,), (asker,), f"Wat is {n} in {letter}?", f"Zin {n} van {letter}.") for n in range(1, 6)]
        letters.append(document(f"brief-{letter}", date(2010, 5, 1), *told))
    store = make(letters, tmp_path)
    monkeypatch.setattr("index.store.SCORED_WHOLE", 1)
    monkeypatch.setattr("index.milvus._SCORED_WHOLE", 1)
    for names in ({"parties": ("PvdA",)}, {"members": ("Bos",)}):
        found = store.candidates(asked("Zin 1 van 1.", numbers=frozenset({3}), **names), Filters(), 2)
        assert len(found.rows) < 40
        assert np.count_nonzero(found.named & found.numbered) >= 2, names


@pytest.mark.parametrize("whole", [10_000, 1])
def test_text_of_no_question_is_asked_by_whom_the_heading_names(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    notice = replace(plain("uitstel", "Later komt de haven."), askers=(Asker("SGP", "Flach"), VVD))
    store = make([DOCUMENTS[0], plain("brief", "Een haven."), notice], tmp_path)
    assert store.members == ("Bos", "Flach", "Rutte")
    assert store.select(Filters()).parties == {"VVD": 3, "PvdA": 1, "SGP": 1}
    assert store.select(Filters(members=("Flach",))).parties == {"SGP": 1, "VVD": 1}
    monkeypatch.setattr("index.store.SCORED_WHOLE", whole)
    monkeypatch.setattr("index.milvus._SCORED_WHOLE", whole)
    for names, by in ({"parties": ("SGP",)}, [3]), ({"members": ("Flach",)}, [3]), ({"parties": ("VVD",)}, [0, 1, 3]):
        assert store.candidates(asked(), Filters(**names), 2).rows.tolist() == by, names  # type: ignore[arg-type]
        found = store.candidates(asked(**names), Filters(), 2)  # type: ignore[arg-type]
        assert found.rows[found.named].tolist() == by, names


def test_text_that_nobody_asked_for_is_scored_where_there_is_nothing_else(make: Make, tmp_path: Path) -> None:
    store = make([plain("brief", "Een haven."), plain("nota", "De maan.")], tmp_path)
    found = store.candidates(asked("Een haven.", weights={"haven": 1.0}), Filters(), 10)
    assert found.nearest.tolist() == pytest.approx([1.0, 0.0], abs=1e-3)
    assert found.lexical.tolist() == [1.0, 0.0]


def test_nothing_selected_gives_no_candidates(backend: Backend) -> None:
    found = backend.candidates(asked(weights={"haven": 1.0}), Filters(documents=("nergens",)), 10)
    for name in ("rows", "exchanges", "documents", "in_context", "nearest", "lexical", "named", "numbered"):
        assert getattr(found, name).shape == (0,), name


def test_sentences_are_ranges_with_their_cosines(backend: Backend) -> None:
    [(spans, similarities), (other, _)] = backend.sentences([0, 5], vector("Zij komt spoedig."))
    text = DOCUMENTS[0].text
    assert [span.of(text) for span in spans] == ["De haven komt.", "Zij komt spoedig."]
    assert similarities[1] == pytest.approx(1.0, abs=2e-3)
    assert similarities[0] == pytest.approx(vector("De haven komt.") @ vector("Zij komt spoedig."), abs=2e-3)
    assert [span.of(DOCUMENTS[3].text) for span in other] == ["Een haven zonder vraag."]


def test_document_frequency_counts_passages_by_text_or_context(backend: Backend) -> None:
    # "haven": in the answer and the question of row 0, and in row 5; "dat" only in questions.
    counts = [backend.document_frequency(term) for term in ("haven", "ja", "dat", "onbekend", "")]
    assert counts == [2, 2, 2, 0, 0]


def test_words_by_which_a_document_is_looked_for_count_as_its_passages_context(backend: Backend) -> None:
    counts = [backend.document_frequency(term) for term in ("20100501", "mei", "may", "2010", "20240302")]
    assert counts == [2, 2, 2, 2, 1]
    found = backend.candidates(asked(weights={"20100501": 2.0}, context=0.5), Filters(), 10)
    assert found.lexical.tolist() == [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_rows_like_finds_a_misspelt_word(backend: Backend) -> None:
    assert backend.rows_like("spoedgi", edits=1) == [0]
    assert backend.rows_like("betaalt", edits=1) == [1]  # a word of the context counts too
    assert backend.rows_like("spoedxyz", edits=1) == []
