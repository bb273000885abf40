"""The search over the seed letter: with the toy encoder what it must do, with the shipped model what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index import store as storing
from index.build import build_documents
from index.encoder import SentenceEncoder
from index.errors import BadQuery, DamagedIndex
from index.parse import read
from index.records import Asker, Minister, Role
from retrieval import Searcher
from retrieval.search import Settings
from tests.index.test_backends import VVD, document, plain
from tests.toy_encoder import ToyEncoder


@pytest.fixture(scope="module")
def toy(toy_index: Path) -> Searcher:
    return Searcher.open(toy_index, encoder=ToyEncoder(), settings=Settings(threshold=0.2))


def test_hits_are_exchanges_each_with_its_best_passage(toy: Searcher) -> None:
    results = toy.search("energieverbruik van datacenters", k=100)
    numbers = [hit.numbers for hit in results.hits]
    assert sorted(numbers) == [(number,) for number in range(1, 16)]
    assert [hit.rank for hit in results.hits] == list(range(1, 16))
    assert [hit.score for hit in results.hits] == sorted((hit.score for hit in results.hits), reverse=True)


def test_everything_shown_is_literally_in_the_letter(toy: Searcher, seed: Path) -> None:
    text = read(seed).text
    results = toy.search("restwarmte uit een datacenter", k=100)
    for hit in results.hits:
        assert hit.text in text
        assert hit.passage.span.start <= hit.best.start < hit.best.end <= hit.passage.span.end
        assert hit.exchange is not None
        assert hit.exchange.answer is not None
        assert hit.exchange.answer.start <= hit.passage.span.start
        assert hit.passage.span.end <= hit.exchange.answer.end
        assert all(hit.passage.span.start <= word.start < word.end <= hit.passage.span.end for word in hit.words)
    assert results.answer
    assert all(quote.text in text and quote.hit in results.hits for quote in results.answer)


def test_of_passages_alike_the_one_whose_document_holds_more_of_the_words_comes_first(tmp_path: Path) -> None:
    built = tmp_path / "built"
    answers = {"los": ["Het plan is klaar."], "samen": ["Het plan is klaar.", "De haven groeit."]}
    documents = [
        document(name, date(2024, 1, 1), *(((i,), (VVD,), "", text) for i, text in enumerate(texts, 1)))
        for name, texts in answers.items()
    ]
    build_documents(documents, built, encoder=ToyEncoder())
    settings = Settings(second_weight=0, bare_second_weight=0)
    hits = Searcher.open(built, encoder=ToyEncoder(), settings=settings).search("plan haven").hits
    first, second = (next(hit for hit in hits if hit.document.id == name and hit.numbers == (1,)) for name in answers)
    # The same sentence: only that "haven" stands elsewhere in the letter tells them apart. "plan" is in all but one of
    # the three passages, "haven" in one.
    assert second.score > first.score
    assert second.dense_rank is not None
    nothing = Searcher.open(built, encoder=ToyEncoder()).search("haven").hits
    assert [hit.lexical_rank for hit in nothing if hit.text == "Het plan is klaar."] == [None, None]


def test_of_passages_alike_the_one_whose_document_has_another_that_fits_comes_first(tmp_path: Path) -> None:
    built = tmp_path / "built"
    answers = {"a": ["Het plan is klaar."], "b": ["Het plan is klaar.", "Het plan groeit."], "c": ["Geen idee."] * 4}
    documents = [
        document(name, date(2024, 1, 1), *(((i,), (VVD,), "", text) for i, text in enumerate(texts, 1)))
        for name, texts in answers.items()
    ]
    build_documents(documents, built, encoder=ToyEncoder())
    weights = {"het plan is klaar": (0.5, 0.0), "plan klaar": (0.0, 0.5)}  # of a query with function words, and bare
    for text in weights:
        for of, (second, bare) in weights.items():
            settings = Settings(lexical_weight=0, second_weight=second, bare_second_weight=bare)
            first, then = Searcher.open(built, encoder=ToyEncoder(), settings=settings).search(text).hits[:2]
            assert first.text == then.text == "Het plan is klaar."
            assert (first.document.id, then.document.id) == (("b", "a") if of == text else ("a", "b"))


def test_the_words_asked_for_are_marked_in_any_inflection(toy: Searcher) -> None:
    [hit] = toy.search("modulair datacenter", k=1).hits
    marked = {word.of(hit.document.text) for word in hit.words}
    assert {"modulaire", "datacenters"} <= marked
    assert "Nederlandse" not in marked


def test_a_party_filter_applies_before_the_cut(toy: Searcher) -> None:
    results = toy.search("energie", k=2, parties=["nsc"])
    assert results.query.parties == ("NSC",)
    assert len(results.hits) == 2
    assert {hit.askers[0].party for hit in toy.search("energie", k=100, parties=["NSC"]).hits} == {"NSC"}
    of_nsc = sum(passage.askers[0].party == "NSC" for passage in toy.store.passages(range(toy.store.manifest.passages)))
    assert results.total == results.coverage.passages == of_nsc
    assert results.coverage.documents == 1
    assert results.coverage.until == date(2025, 5, 19)


def test_party_counts_are_of_exchanges_and_ignore_the_party_filter(toy: Searcher) -> None:
    everything = {"GroenLinks-PvdA": 11, "NSC": 4}
    assert toy.search("energie").parties == everything
    assert toy.search("energie", parties=["NSC"]).parties == everything
    assert toy.search("energie", until=date(2025, 5, 18)).parties == {}


def test_a_member_of_a_joint_group_is_found_under_its_old_name(toy: Searcher) -> None:
    assert {hit.askers[0].party for hit in toy.search("energie", parties=["PvdA"]).hits} == {"GroenLinks-PvdA"}


@pytest.mark.parametrize(
    ("filters", "hits"),
    [
        ({"since": date(2025, 5, 19), "until": date(2025, 5, 19)}, 15),
        ({"since": date(2025, 5, 20)}, 0),
        ({"ministries": ["Economische Zaken"]}, 15),
        ({"ministries": ["EZ"]}, 15),
        ({"ministries": ["Defensie"]}, 0),
        ({"documents": ["000_bf5ccd3b814fe0dd"]}, 15),
        ({"documents": ["iets-anders"]}, 0),
        ({"members": ["Kathmann"]}, 0),
    ],
)
def test_filters(toy: Searcher, filters: dict[str, object], hits: int) -> None:
    results = toy.search("energie", k=100, **filters)  # type: ignore[arg-type]
    assert len(results.hits) == hits
    assert (results.total == 0) is (hits == 0)
    assert results.abstained is (hits == 0) or results.hits


def test_a_query_that_names_a_number_finds_its_exchange(toy: Searcher) -> None:
    assert toy.search("antwoord op vraag 8").hits[0].numbers == (8,)


def test_what_a_member_asked_is_found_by_the_name(tmp_path: Path) -> None:
    rutte, bos = (Asker(party, member) for party, member in (("VVD", "Rutte"), ("PvdA", "Bos")))
    letters = [
        document("haven", date(2010, 5, 1), ((1,), (rutte,), "Komt de haven?", "De haven komt.")),
        document("maan", date(2010, 5, 1), ((1,), (bos,), "Komt de maan?", "De maan komt."),
                 ((2,), (bos,), "Komt de haven?", "De haven komt.")),
    ]  # fmt: skip
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=9.0))
    for query, found in (
        ("wat vroeg Rutte over de haven", [("haven", (1,))]),
        ("wat vroeg het lid Bos over de haven", [("maan", (2,))]),
        ("vragen van Bos", [("maan", (1,)), ("maan", (2,))]),
        ("vraag 1 van Bos (PvdA)", [("maan", (1,))]),
    ):
        results = searcher.search(query)
        assert sorted((hit.document.id, hit.numbers) for hit in results.hits[: len(found)]) == found, query
        assert results.abstained is ("haven" in query)


def test_what_a_member_asked_about_something_else_is_no_answer(tmp_path: Path) -> None:
    letters = [
        document(name, date(2010, 5, 1), ((1,), (Asker("VVD", member),), f"Komt de {name}?", f"De {name} komt."))
        for name, member in (("haven", "Rutte"), ("maan", "Bos"))
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.5))
    assert not searcher.search("wat vroeg Bos over de maan").abstained
    assert searcher.search("wat vroeg Rutte over de maan").abstained
    assert not searcher.search("de motie van Rutte over de maan").abstained  # who is only mentioned need not have asked


def test_what_alone_is_named_is_all_that_is_found(toy: Searcher) -> None:
    strict = Searcher(toy.store, ToyEncoder(), Settings(threshold=9.0))
    for query, numbers in (
        ("wat is het antwoord op vraag 7?", {7}),
        ("alle vragen van NSC", {12, 13, 14, 15}),
        ("vragen 11, 2 en 4 t/m 8", {2, 4, 5, 6, 7, 8, 11}),
    ):
        results = strict.search(query)
        assert not results.abstained
        assert [number for hit in results.hits for number in hit.numbers] == sorted(numbers)
        assert all(hit.passage.span.start == hit.passage.exchange.answer.start for hit in results.hits)  # type: ignore[union-attr]
        assert {quoted.hit.numbers[0] for quoted in results.answer} <= numbers
    for query in ("vraag 99", "vraag 11 van NSC", "vraag 7 over stikstof"):
        assert strict.search(query).abstained


def test_a_document_is_found_by_its_number_its_day_and_who_answered(tmp_path: Path) -> None:
    asked = ((1,), (VVD,), "Komt de haven?", "De haven komt."), ((2,), (VVD,), "Komt de maan?", "De maan komt.")
    letters = [
        replace(document("een", date(2010, 5, 1), *asked), reference="2010Z00001", dossier="26643"),
        replace(document("twee", date(2011, 5, 1), *asked), reference="2010Z00002", dossier="31000"),
    ]
    letters[1] = replace(letters[1], ministers=(Minister("J. Zalm", "minister", "Financiën"),))
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=9.0))
    for query, alone in (
        ("2010Z00002", {("twee", (1,)), ("twee", (2,))}),
        ("dossier 26 643", {("een", (1,)), ("een", (2,))}),
        ("de brief van 1 mei 2011", {("twee", (1,)), ("twee", (2,))}),
        ("vraag 2 van 2010Z00001", {("een", (2,))}),
        ("Gerrit Zalm", {("twee", (1,)), ("twee", (2,))}),
        ("de brieven van minister zalm d.d. 1 mei 2011", {("twee", (1,)), ("twee", (2,))}),
        ("kv-tk-2010Z00001", {("een", (1,)), ("een", (2,))}),
    ):
        results = searcher.search(query)
        assert {(hit.document.id, hit.numbers) for hit in results.hits} == alone, query
        assert not results.abstained
    for query in ("2010Z00002 over de haven", "wat antwoordde minister Zalm over de haven"):
        results = searcher.search(query)
        assert (results.hits[0].document.id, results.hits[0].numbers) == ("twee", (1,)), query
        assert len(results.hits) == 4
    for query in ("2010Z00009", "2010Z00009 over de haven", "vraag 3 van 2010Z00001", "brief van 2 mei 2011"):
        assert searcher.search(query).abstained
        assert Searcher(searcher.store, ToyEncoder(), Settings(threshold=0.01)).search(query).abstained


def test_who_is_said_to_have_answered_did(tmp_path: Path) -> None:
    about = {"haven": "J. Zalm", "maan": "A. Melkert"}
    letters = [
        replace(
            document(name, date(2010, 5, 1), ((1,), (VVD,), f"Komt de {name}?", f"De {name} komt.")),
            ministers=(Minister(minister, "minister", "Financiën"),),
        )
        for name, minister in about.items()
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.5, every_word=0))
    for query, first, silent in (
        ("wat zei Zalm over de haven", "haven", False),
        ("wat zei Zalm over de maan", "haven", True),
        ("wat zei Zalm over de haven van de maan", "haven", False),
        ("wat zei Kok over de maan", "maan", True),
    ):
        results = searcher.search(query)
        assert (results.hits[0].document.id, results.abstained) == (first, silent), query


def test_a_query_is_limited_to_the_period_and_the_ministry_that_it_names(tmp_path: Path) -> None:
    told = ((1,), (VVD,), "Komt de haven?", "De haven komt."), ((2,), (VVD,), "Komt de maan?", "De maan komt.")
    letters = [
        replace(document("vroeg", date(2010, 5, 1), *told), asked_on=date(2009, 12, 30)),
        document("laat", date(2011, 5, 1), *told, ministry="Justitie en Veiligheid"),
        replace(
            document("open", None, *told),
            ministers=(), addressees=(Minister(None, "minister", "Justitie en Veiligheid"),),
        ),
    ]  # fmt: skip
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.3))
    for query, found in (
        ("antwoorden uit 2010", {"vroeg"}),
        ("antwoorden uit 2010 over de haven", {"vroeg"}),
        ("vragen uit 2009 over de haven", {"vroeg"}),  # asked then
        ("antwoorden uit 2009 over de haven", set()),  # and answered later
        ("brieven na 2010", {"laat"}),
        ("2012", set()),
        ("wat zei de minister van Justitie over de haven", {"laat"}),
        ("vragen aan de minister van Justitie over de haven", {"laat", "open"}),
        ("minister van Justitie", {"laat", "open"}),
        ("vragen aan JenV na 2010", {"laat"}),
    ):
        results = searcher.search(query)
        assert {hit.document.id for hit in results.hits} == found, query
        assert results.abstained is not bool(found), query
        assert results.total == results.coverage.passages == 2 * len(found), query
    assert searcher.search("haven uit 2010", ministries=["Financiën"]).coverage.dated is None
    both = searcher.search("wat zei de minister van Justitie over de haven", ministries=["Financiën"])
    assert (both.hits, both.abstained, both.coverage.concerned) == ((), True, ())
    absent = searcher.search("wat zei de minister van Defensie over de haven")
    assert absent.abstained
    assert absent.hits


def test_members_who_are_named_together_asked_together(tmp_path: Path) -> None:
    alone, both = (Asker("VVD", "Rutte"),), (Asker("VVD", "Rutte"), Asker("PvdA", "Bos"))
    letters = [
        document(name, date(2010, 5, 1), ((1,), askers, "Komt de haven?", "De haven komt."))
        for name, askers in (("een", alone), ("twee", both), ("drie", (Asker("PvdA", "Bos"),)))
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.1))
    assert [hit.document.id for hit in searcher.search("vragen van Rutte en het lid Bos").hits] == ["twee"]
    assert searcher.search("wat vroegen Rutte en het lid Bos over de haven").hits[0].document.id == "twee"
    assert {hit.document.id for hit in searcher.search("vragen van Rutte").hits} == {"een", "twee"}
    notice = replace(plain("uitstel", "De vragen over de haven worden later beantwoord."), askers=both)
    build_documents([*letters, notice], tmp_path / "built", encoder=ToyEncoder())
    found = Searcher.open(tmp_path / "built", encoder=ToyEncoder()).search("vragen van Rutte en het lid Bos")
    assert {hit.document.id for hit in found.hits} == {"twee", "uitstel"}


def test_what_somebody_asked_is_first_and_alone_is_quoted(tmp_path: Path) -> None:
    letters = [
        document("zijn", date(2010, 5, 1), ((1,), (VVD,), "Komt de haven, en de maan?", "De haven en de maan komen.")),
        document("ander", date(2010, 5, 1), ((1,), (Asker("PvdA", "Bos"),), "Komt de haven?", "De haven komt.")),
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.1))
    assert searcher.search("de haven komt").hits[0].document.id == "ander"
    for query in ("wat vroeg Rutte over de haven", "wat vroeg de VVD over de haven van de PvdA"):
        results = searcher.search(query)
        assert [hit.document.id for hit in results.hits] == ["zijn", "ander"], query
        assert {quote.hit.document.id for quote in results.answer} == {"zijn"}, query


def test_ministries_are_counted_as_a_filter_beside_the_query_has_them(tmp_path: Path) -> None:
    told = ((1,), (VVD,), "Komt de haven?", "De haven komt.")
    both = document("beide", date(2010, 5, 1), told)
    letters = [
        replace(both, addressees=(Minister(None, "minister", "Defensie"),)),
        document("alleen", date(2010, 5, 1), told, ministry="Defensie"),
        document("ander", date(2010, 5, 1), told, ministry="Klimaat"),
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder())
    counts = searcher.search("wat zei Defensie over de haven").ministries
    assert counts == {"Defensie": 1, "Financiën": 1}
    for ministry, count in counts.items():
        found = searcher.search("wat zei Defensie over de haven", ministries=[ministry])
        assert found.coverage.documents == count, ministry


def test_a_delay_notice_is_found_by_who_asked(tmp_path: Path) -> None:
    notice = replace(
        document("uitstel", date(2010, 5, 1), ((1,), (VVD,), "", "")),
        text="De vragen over de haven worden later beantwoord.", exchanges=(), askers=(Asker("SGP", "Flach"),),
    )  # fmt: skip
    other = document("ander", date(2010, 5, 1), ((1,), (VVD,), "Komt de haven?", "De haven komt."))
    build_documents([notice, other], tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder())
    for query in ("wat vroeg de SGP over de haven", "vragen van Flach over de haven"):
        results = searcher.search(query)
        assert (results.hits[0].document.id, results.abstained) == ("uitstel", False), query
    assert searcher.search("vragen van Vlottes over de haven").abstained


def test_a_question_is_found_by_its_number_in_the_letter_about_its_subject(toy: Searcher) -> None:
    assert toy.search("vraag 3 over vloeistofkoeling").hits[0].numbers == (3,)
    assert toy.search("vloeistofkoeling").confidence > 0.5
    assert toy.search("vraag 99 over vloeistofkoeling").abstained
    assert not toy.search("Deelt u het antwoord op vraag 99, dat vloeistofkoeling nodig is?").abstained


def test_a_rare_word_alone_is_found_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.search._FEW_OF", 4)  # of the four passages there are
    told = [((n,), (VVD,), f"Vraag {n}?", f"Zin {n}.") for n in range(1, 4)]
    letters = [
        document("ver", date(2010, 5, 1), ((1,), (VVD,), "Is er iets gelekt in de haven?", "Ja, butadieen, en veel.")),
        document("nabij", date(2010, 5, 1), *told),
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(lexical_weight=0.0))
    assert searcher.search("butadieen").hits[0].document.id == "ver"
    assert searcher.search("butadieen").hits[0].score > 0.3


def test_a_day_that_is_only_cited_is_looked_for_where_it_is(tmp_path: Path) -> None:
    cites = ((1,), (VVD,), "Komt de haven?", "Dat stond in de brief van 3 maart 2009.")
    letters = [
        document("citeert", date(2010, 5, 1), cites),
        document("zwijgt", date(2010, 5, 1), ((1,), (VVD,), "Komt de haven?", "De haven komt.")),
    ]
    build_documents(letters, tmp_path / "built", encoder=ToyEncoder())
    searcher = Searcher.open(tmp_path / "built", encoder=ToyEncoder(), settings=Settings(threshold=0.1))
    for query in ("brief van 3 maart 2009 over de haven", "wat zei de minister op 3 maart 2009 over de haven"):
        results = searcher.search(query)
        assert (results.hits[0].document.id, results.abstained) == ("citeert", False), query
    assert searcher.search("brief van 4 maart 2009 over de haven").abstained
    assert searcher.search("brief van 3 maart 2009").abstained  # none is of that day


def test_an_english_query_that_tells_who_asked_is_allowed_more(toy: Searcher) -> None:
    settings = replace(toy.settings, limited_allowance=0.0)
    strict = Searcher(toy.store, ToyEncoder(), settings)
    for query, gains in (
        ("what did NSC ask about the cooling of the datacentre", 0.035),
        ("what about the cooling of the datacentre", 0.0),
        ("wat vroeg NSC over de koeling van het datacenter", 0.0),
    ):
        assert toy.search(query).confidence - strict.search(query).confidence == pytest.approx(gains), query


def test_half_a_character_is_refused(toy: Searcher) -> None:
    with pytest.raises(BadQuery, match="half a character"):
        toy.search("haven \ud800")


def test_words_that_only_others_used_tell_nothing_under_a_filter(toy: Searcher) -> None:
    assert toy.search("vloeistofkoeling").confidence > 0.5
    assert toy.search("vloeistofkoeling", parties=["GL-PvdA"]).confidence < 0.3


@pytest.mark.parametrize("party", ["VVD", "vvd"])
def test_a_party_that_asked_nothing_gets_no_answer(toy: Searcher, party: str) -> None:
    results = toy.search(f"wat vroeg de {party} over datacenters?")
    assert (results.abstained, results.answer) == (True, ())
    assert results.hits  # the nearest, for the reader to judge


@pytest.mark.parametrize(
    ("few", "many", "lost"),
    [(1.0, 4.0, 0), (0.25, 4.0, 2), (0.25, 0.5, 1), (2.0, 4.0, 0)],  # as shares of the passages that there are
)
def test_among_more_passages_a_query_must_be_surer(
    toy: Searcher, monkeypatch: pytest.MonkeyPatch, few: float, many: float, lost: int
) -> None:
    count = toy.store.manifest.passages
    monkeypatch.setattr("retrieval.search.CROWD", (few * count, many * count))
    query = "wat kost een zeppelin van goud"
    plain, crowded = (Searcher(toy.store, ToyEncoder(), Settings(crowd_penalty=penalty)) for penalty in (0.0, 0.1))
    sure = plain.search(query).confidence
    assert 0.2 < sure < 0.45
    assert crowded.search(query).confidence == pytest.approx(sure - 0.1 * lost)


def test_below_the_threshold_nothing_is_said_to_be_found(toy_index: Path) -> None:
    strict = Searcher.open(toy_index, encoder=ToyEncoder(), settings=Settings(threshold=9.0))
    results = strict.search("energieverbruik van datacenters")
    assert (results.abstained, results.answer, len(results.hits)) == (True, (), 10)


def test_ranks_of_both_halves_are_told(toy: Searcher) -> None:
    results = toy.search("vloeistofkoeling", k=100)
    by_rank = {hit.lexical_rank: hit.numbers for hit in results.hits}
    assert by_rank[1] == (14,)
    assert [hit.lexical_rank for hit in results.hits].count(None) == 14
    assert sorted(hit.dense_rank for hit in results.hits if hit.dense_rank) == list(range(1, 16))


def test_rankings_hold_every_exchange_once(toy: Searcher) -> None:
    rankings = toy.rankings("vloeistofkoeling", parties=["NSC"])
    assert {key for key, _ in rankings["hybrid"]} == {("000_bf5ccd3b814fe0dd", place) for place in range(11, 15)}
    assert [key for key, _ in rankings["lexical"]] == [("000_bf5ccd3b814fe0dd", 13)]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("  ", {}, "type a question"),
        ("x" * 5_001, {}, "5,001 characters, and 5,000 are the most: shorten it"),
        ("haven", {"k": 0}, "ask for 1 hit or more"),
        ("haven", {"since": date(2025, 1, 1), "until": date(2024, 12, 31)}, "ends before it begins"),
        (
            "haven",
            {"parties": ["Partij van de Maan"]},
            "no party is called 'Partij van de Maan': choose from GroenLinks-PvdA, NSC$",
        ),
    ],
)
def test_what_cannot_be_searched_is_told(toy: Searcher, text: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(BadQuery, match=message):
        toy.search(text, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": None}, "a query is text, not None"),
        ({"text": ["haven"]}, r"a query is text, not \['haven'\]"),
        ({"k": 2.5}, "k is a whole number, not 2.5"),
        ({"k": "3"}, "k is a whole number, not '3'"),
        ({"parties": "NSC"}, "a filter is a list of names, not 'NSC'"),
        ({"members": "Six Dijkstra"}, "a filter is a list of names, not 'Six Dijkstra'"),
        ({"ministries": "EZ"}, "a filter is a list of names, not 'EZ'"),
        ({"documents": None}, "a filter is a list of names, not None"),
        ({"since": "2025-01-01"}, "since and until are a datetime.date, not '2025-01-01'"),
        ({"until": 2025}, "since and until are a datetime.date, not 2025"),
    ],
)
def test_what_is_of_another_type_is_told(toy: Searcher, options: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        toy.search(**{"text": "duurzaamheid", **options})


def test_a_searcher_is_not_copied_and_what_it_found_is(toy: Searcher) -> None:
    with pytest.raises(TypeError, match=r"open one in each, with Searcher\.open"):
        deepcopy(toy)  # which asks for what pickle does
    results = toy.search("duurzaamheid")
    assert deepcopy(results) == results


def test_what_is_printed_is_short(toy: Searcher) -> None:
    assert repr(toy) == f"<Searcher over 1 documents, {toy.counts().passages} passages>"
    assert repr(toy.documents) == "<1 documents>"
    hit = toy.search("duurzaamheid").hits[0]
    assert hit.document.title in repr(hit)
    assert hit.text not in repr(hit)


def test_a_group_that_the_register_lacks_can_be_filtered_by(toy: Searcher) -> None:
    assert toy.search("haven", parties=["groep Markuszower"]).query.parties == ("Groep Markuszower",)


@pytest.mark.parametrize("text", ["a:b", '"', "(", "title:[* TO *]", "?!…", "\x00", "😀", "-", "NOT AND OR"])
def test_no_query_breaks_the_search(toy: Searcher, text: str) -> None:
    assert len(toy.search(text).hits) == 10


@pytest.fixture(scope="module")
def over_seed(model_index: Path, shipped: SentenceEncoder) -> Searcher:
    return Searcher.open(model_index, encoder=shipped)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what about AI-fabriek sustainability?", {11, 15}),
        ("gebeurt er iets met restwarmte uit datacenters?", {14}),
        ("tweede leven voor oude computers van het Rijk", {9}),
        ("is there a shortage of IT workers?", {3}),
        ("wat vroeg NSC over het Nationaal Klimaat Platform", {13}),
        ("CO2-prestatieladder", {8}),
        ("hergebriuk van apparatuur", {9}),
    ],
)
def test_the_shipped_model_finds(over_seed: Searcher, text: str, first: set[int]) -> None:
    results = over_seed.search(text)
    assert {number for hit in results.hits[: len(first)] for number in hit.numbers} == first
    assert not results.abstained
    assert results.answer
    assert all(hit.role is Role.ANSWER for hit in results.hits)


@pytest.mark.model
@pytest.mark.parametrize("text", ["wachtlijsten in de jeugdzorg", "how do I bake sourdough bread?"])
def test_the_shipped_model_says_so_when_nothing_answers(over_seed: Searcher, text: str) -> None:
    results = over_seed.search(text)
    assert (results.abstained, results.answer) == (True, ())
    assert len(results.hits) == 10


def test_a_search_that_fails_over_a_damaged_index_tells_the_damage(
    toy_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "built"
    copytree(toy_index, built)
    monkeypatch.setattr(storing, "CHECKED_WHOLE", 0)  # as of a large index, only the sizes are looked at
    [path] = built.glob("rows-*/passages.rows")
    path.write_bytes(b"\x7f" * path.stat().st_size)
    searcher = Searcher.open(built, encoder=ToyEncoder())
    for fails in (lambda: searcher.search("datacenter"), lambda: searcher.rankings("datacenter"), searcher.counts):
        with pytest.raises(DamagedIndex, match=r"passages\.rows is not what was written: run `python -m index build`"):
            fails()


def test_a_search_that_fails_over_a_sound_index_tells_its_own_failure(toy_index: Path) -> None:
    class Broken(ToyEncoder):
        def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise ValueError("no vector")

    searcher = Searcher.open(toy_index, encoder=Broken())
    with pytest.raises(ValueError, match="no vector"):
        searcher.search("datacenter")
