"""A copy in Milvus (milvus-lite, a file): the ranking, what is sent, what a reader sees meanwhile, what is refused."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from index import milvus
from index import publish as publishing
from index.backend import Asked, Filters
from index.build import add, build_documents, remove
from index.encoder import SentenceEncoder
from index.errors import DamagedIndex, MissingIndex, StaleIndex, UnreachableStore, VraagbaakError
from index.milvus import Address, MilvusStore, is_address, open_milvus
from index.publish import publish
from index.records import Document
from index.store import Store, open_store
from retrieval import Results, Searcher
from tests.conftest import SEED
from tests.index.test_backends import DOCUMENTS, PVDA, VVD, document
from tests.toy_encoder import ToyEncoder

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install -r requirements-milvus.txt")
pytestmark = pytest.mark.usefixtures("milvus_lite")

LETTER = (
    "Vragen van het lid Bos (PvdA) aan de minister van Klimaat over warmtenetten (ingezonden 3 april 2024).\n\n"
    "Vraag 1\n\nKomen er warmtenetten?\n\nAntwoord 1\n\nDe warmtenetten komen er in 2030.\n"
)

QUERIES = [
    ("Worden AI-fabrieken ook getoetst op duurzaamheid?", {}),
    ("restwarmte datacenters", {}),
    ("what does the government do about sustainable data centres?", {}),
    ("wat vroeg NSC over vraag 12", {}),
    ("hergebruk van apparaten", {}),  # misspelt
    ("duurzame inkoop", {"parties": ["NSC"]}),
    ("duurzame inkoop", {"parties": ["GL"], "since": date(2025, 5, 19), "until": date(2025, 5, 19)}),
    ("duurzame inkoop", {"ministries": ["Economische Zaken"]}),
    ("duurzame inkoop", {"since": date(2025, 5, 20)}),  # nothing passes
    ("antwoorden uit mei 2025 over duurzame inkoop", {}),
    ("vragen aan de minister van Economische Zaken na 2024", {}),
    ("antwoorden uit 2024 over duurzame inkoop", {}),  # nothing passes
]


def told(results: Results) -> list[object]:
    """All that is shown of a search, the scores rounded."""
    hits = [(hit.rank, hit.numbers, round(hit.score, 4), hit.passage, hit.best, hit.words) for hit in results.hits]
    halves = [(hit.dense_rank, hit.lexical_rank) for hit in results.hits]
    quotes = [quote.text for quote in results.answer]
    counts = [list(counted.items()) for counted in (results.parties, results.ministries, results.years)]
    totals = [results.total, results.coverage, round(results.confidence, 4)]
    return [hits, halves, quotes, results.abstained, totals, counts]


def published(folder: Path, documents: tuple[Document, ...] = DOCUMENTS) -> tuple[Path, str]:
    """A folder with an index and the address of its copy."""
    built, address = folder / "built", f"milvus:{folder / 'copy.db'}"
    build_documents(documents, built, encoder=ToyEncoder())
    publish(reopened(built), address)
    return built, address


def reopened(built: Path) -> Store:
    return open_store(built, ToyEncoder())


def rows(store: MilvusStore) -> list[int]:
    found = store.candidates(Asked(ToyEncoder().encode_queries(["haven"])[0], {}), Filters(), 10)
    return list(found.rows.tolist())


@pytest.fixture(scope="module")
def pair(toy_index: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Searcher, Searcher]:
    """The seed letter in its folder, and its copy."""
    address = f"milvus:{tmp_path_factory.mktemp('milvus') / 'seed.db'}"
    publish(open_store(toy_index, ToyEncoder()), address)
    return Searcher.open(toy_index, encoder=ToyEncoder()), Searcher.open(address, encoder=ToyEncoder())


@pytest.mark.parametrize(("text", "filters"), QUERIES, ids=lambda value: str(value)[:40])
def test_the_ranking_is_that_of_the_folder(
    pair: tuple[Searcher, Searcher], text: str, filters: dict[str, object]
) -> None:
    here, there = pair
    assert told(there.search(text, **filters)) == told(here.search(text, **filters))  # type: ignore[arg-type]


def test_a_search_among_more_than_are_scored_whole_asks_the_indexes(
    pair: tuple[Searcher, Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    monkeypatch.setattr(milvus, "_SCORED_WHOLE", 0)
    monkeypatch.setattr("retrieval.search.CANDIDATES", 12)
    found = there.search("restwarmte datacenters", k=3)
    assert [hit.passage for hit in found.hits] == [
        hit.passage for hit in here.search("restwarmte datacenters", k=3).hits
    ]


@pytest.mark.model
def test_the_ranking_is_that_of_the_folder_with_the_shipped_model(
    model_index: Path, shipped: SentenceEncoder, tmp_path: Path
) -> None:
    address = f"milvus:{tmp_path / 'seed.db'}"
    publish(open_store(model_index, shipped), address)
    here, there = Searcher.open(model_index, encoder=shipped), Searcher.open(address, encoder=shipped)
    for text, filters in QUERIES:
        assert told(there.search(text, **filters)) == told(here.search(text, **filters)), text  # type: ignore[arg-type]


def test_only_what_changed_is_sent_and_an_open_reader_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus, "_LOOKED_AT_EVERY", 0.0)
    monkeypatch.setattr("index.build.REWRITTEN_BELOW", 0)  # else so small an index gets new rows with every change
    built, address = published(tmp_path)
    reader = open_milvus(address, ToyEncoder())
    assert rows(reader) == [0, 1, 2, 3, 4, 5]
    sent: list[int] = []
    letter = tmp_path / "warmte.txt"
    letter.write_text(LETTER, encoding="utf-8")
    add([letter], built, encoder=ToyEncoder())
    remove(["kolen"], built, encoder=ToyEncoder())
    publish(reopened(built), address, progress=lambda stage, done, total: sent.append(total))
    assert set(sent) == {1}  # one document of five
    after = reader.refreshed()
    assert rows(after) == [0, 1, 3, 4, 5, 6]
    assert [one.id for one in after.documents] == ["haven", "ja", "brief", "warmte"]
    assert after.document("kolen") is None
    assert (after.manifest.documents, after.manifest.passages) == (4, 6)
    assert after.refreshed() is after


def test_what_was_not_finished_does_not_count_and_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.REWRITTEN_BELOW", 0)
    built, address = published(tmp_path)
    more = document("meer", None, ((1,), (VVD,), "Komt er meer?", "Er komt meer."))
    build_documents([*DOCUMENTS, more], built, encoder=ToyEncoder())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(publishing, "asdict", killed)  # everything was sent; the state was not replaced
        with pytest.raises(KeyboardInterrupt):
            publish(reopened(built), address)
    assert rows(open_milvus(address, ToyEncoder())) == [0, 1, 2, 3, 4, 5]
    assert open_milvus(address, ToyEncoder()).select(Filters()).passages == 6
    publish(reopened(built), address)
    assert rows(open_milvus(address, ToyEncoder())) == [0, 1, 2, 3, 4, 5, 6]
    assert open_milvus(address, ToyEncoder()).select(Filters()).passages == 7


def test_an_index_made_anew_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    built, address = published(tmp_path)
    shutil.rmtree(built)
    build_documents(DOCUMENTS[2:], built, encoder=ToyEncoder())
    publish(reopened(built), address)
    store = open_milvus(address, ToyEncoder())
    assert [one.id for one in store.documents] == ["ja", "brief"]
    kept = [name for name in store._client.list_collections() if name.endswith("_passages")]
    assert len(kept) == 1


@pytest.mark.parametrize("harm", ["state", "collection", "passage", "record"])
def test_a_copy_that_is_damaged_is_mended_by_publishing(tmp_path: Path, harm: str) -> None:
    built, address = published(tmp_path)
    before = told(Searcher.open(address, encoder=ToyEncoder()).search("haven"))
    client = milvus.connect(Address.read(address))
    [passages] = [name for name in client.list_collections() if name.endswith("_passages")]
    if harm == "state":
        client.upsert("vraagbaak_state", [{"pk": 0, "body": "{", "none": [0.0, 0.0]}])
    elif harm == "collection":
        client.drop_collection(passages)
    elif harm == "passage":
        client.delete(passages, filter="row == 0")
    else:
        client.delete(passages.replace("_passages", "_records"), filter="document == 0")

    def look() -> None:
        open_milvus(address, ToyEncoder()).passages([0])

    with pytest.raises(VraagbaakError):
        look()
    publish(reopened(built), address)
    assert told(Searcher.open(address, encoder=ToyEncoder()).search("haven")) == before
    assert len(client.list_collections()) == 5  # nothing of before is left


def test_what_a_first_publish_left_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_documents(DOCUMENTS, tmp_path / "built", encoder=ToyEncoder())
    address = f"milvus:{tmp_path / 'a.db'}"

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(publishing, "asdict", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(reopened(tmp_path / "built"), address)
    with pytest.raises(MissingIndex, match="nothing was published"):
        open_milvus(address, ToyEncoder())
    publish(reopened(tmp_path / "built"), address)
    assert len(milvus.connect(Address.read(address)).list_collections()) == 5


def test_what_is_no_address_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from index.__main__ import main

    assert main(["build", str(SEED), "--out", str(tmp_path / "built"), "--store", "milvus:trial"]) == 1
    assert capsys.readouterr().err.startswith("error: 'milvus:trial' is no address of a store: write milvus://host")
    assert not (tmp_path / "built").exists()


def test_members_and_parties_of_different_exchanges_are_no_hit_together(tmp_path: Path) -> None:
    # In one document the VVD's Rutte asks and the PvdA's Bos: no exchange is of the VVD and of Bos.
    letter = document("twee", None, ((1,), (VVD,), "Mag dat?", "Ja."), ((2,), (PVDA,), "Kan dat?", "Nee."))
    _, address = published(tmp_path, (letter,))
    store = open_milvus(address, ToyEncoder())
    found = store.select(Filters(parties=("VVD",), members=("Bos",)))
    assert (found.passages, found.documents) == (0, 0)
    both = store.select(Filters(parties=("VVD", "PvdA"), members=("Bos",)))
    assert (both.passages, both.documents) == (1, 1)


def test_a_long_document_comes_out_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_PIECE", 100)
    _, address = published(tmp_path)
    assert tuple(open_milvus(address, ToyEncoder()).documents) == DOCUMENTS


def test_names_that_look_like_a_filter_are_names(tmp_path: Path) -> None:
    _, address = published(tmp_path)
    store = open_milvus(address, ToyEncoder())
    assert store.select(Filters(members=('Bos"] or row >= 0 or array_contains(members, "',))).passages == 0
    assert store.document('haven" or pk >= 0 or "') is None


def test_another_model_is_refused(tmp_path: Path) -> None:
    class Other(ToyEncoder):
        fingerprint = "another"

    _, address = published(tmp_path)
    with pytest.raises(StaleIndex, match="--model"):
        open_milvus(address, Other())


def test_a_state_that_is_damaged_is_told(tmp_path: Path) -> None:
    _, address = published(tmp_path)
    client = milvus.connect(Address.read(address))
    client.upsert("vraagbaak_state", [{"pk": 0, "body": "{", "none": [0.0, 0.0]}])
    with pytest.raises(DamagedIndex, match="publish the index anew"):
        open_milvus(address, ToyEncoder())


def test_nothing_published_and_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(MissingIndex, match="python -m index publish"):
        open_milvus(f"milvus:{tmp_path / 'none.db'}", ToyEncoder())
    with pytest.raises(UnreachableStore, match="is it running"):
        open_milvus("milvus://127.0.0.1:9/letters", ToyEncoder())


def test_addresses() -> None:
    assert Address.read("milvus://db.example:19531/letters") == Address("http://db.example:19531", "", "letters")
    assert Address.read("milvus+tls://jan:ge:heim@10.0.0.1/letters") == Address(
        "https://10.0.0.1:19530", "jan:ge:heim", "letters"
    )
    assert Address.read("milvus:///data/a.db") == Address("/data/a.db", "", "vraagbaak")
    assert Address.read("milvus:data/a.db") == Address("data/a.db", "", "vraagbaak")
    assert "heim" not in str(Address.read("milvus://jan:geheim@db/letters"))
    for wrong in (
        *("milvus://host:19530", "milvus://host/na me", "milvus:", "http://host/name"),
        *("milvus://host:65536/name", "milvus:trial", "milvus:brief.txt"),
    ):
        with pytest.raises(VraagbaakError, match="milvus://host:port/name"):
            Address.read(wrong)
    assert is_address("milvus:a.db")
    assert is_address("milvus+tls://host/a")
    assert not is_address("data/built")
    assert not is_address(Path("data/milvus"))


@pytest.mark.model
def test_from_the_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Build with --store, search with --store; the folder is not needed to search."""
    from index.__main__ import main as index_main
    from retrieval.__main__ import main as search_main

    built, address = tmp_path / "built", f"milvus:{tmp_path / 'copy.db'}"
    assert index_main(["build", str(SEED), "--out", str(built), "--quiet", "--store", address]) == 0
    assert f"{tmp_path / 'copy.db'} (vraagbaak): 1 document, 58 passages" in capsys.readouterr().out
    question = "Worden AI-fabrieken ook getoetst op duurzaamheid?"
    assert search_main([question, "--index", str(built), "--json"]) == 0
    here = json.loads(capsys.readouterr().out)
    shutil.rmtree(built)
    assert search_main([question, "--store", address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == here
    assert search_main([question, "--store", "milvus:"]) == 1
    assert "milvus://host:port/name" in capsys.readouterr().err
