"""The door to sentence-transformers: the shipped model, another model, no model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

import index.__main__ as index
import retrieval.__main__ as retrieval
from index.encoder import SHIPPED_MODEL, SentenceEncoder, encode_apart
from index.errors import MissingModel
from index.folder import read_manifest
from index.records import Span
from tests.conftest import ROOT, SEED
from tests.training.data import teacher


@pytest.mark.model
def test_the_shipped_model_gives_unit_vectors_across_languages(shipped: SentenceEncoder) -> None:
    vectors = shipped.encode_passages(["Het energieverbruik van datacenters.", "De wachtlijsten in de jeugdzorg."])
    assert (vectors.shape, vectors.dtype) == ((2, shipped.dimension), np.float32)
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    english = shipped.encode_queries(["energy use of data centres"])[0]
    assert vectors[0] @ english > vectors[1] @ english + 0.3


@pytest.mark.model
def test_an_empty_list_is_no_vectors_and_progress_is_told(shipped: SentenceEncoder) -> None:
    told: list[int] = []
    assert shipped.encode_passages([], progress=told.append).shape == (0, shipped.dimension)
    shipped.encode_passages(["a", "b", "c"], progress=told.append)
    assert sum(told) == 3


@pytest.mark.model
def test_a_process_that_is_forked_off_reads_too() -> None:
    program = """
import os, signal
import numpy as np
from index.encoder import SentenceEncoder
encoder, texts = SentenceEncoder.open(), ["Worden AI-fabrieken ook getoetst op duurzaamheid?"] * 16
before = encoder.encode_queries(texts)
if not os.fork():
    signal.alarm(20)
    os._exit(0 if np.allclose(encoder.encode_queries(texts), before, atol=1e-5) else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60, check=False).returncode == 0


@pytest.mark.model
def test_prefixes_come_from_the_models_configuration(tmp_path: Path, shipped: SentenceEncoder) -> None:
    folder = Path(shutil.copytree(SHIPPED_MODEL, tmp_path / "prefixed"))
    path = folder / "config_sentence_transformers.json"
    path.write_text(
        json.dumps({**json.loads(path.read_text()), "prompts": {"query": "query: ", "document": "passage: "}})
    )
    prefixed = SentenceEncoder.open(folder)
    assert prefixed.fingerprint != shipped.fingerprint
    assert prefixed.encode_queries(["haven"]) == pytest.approx(shipped.encode_queries(["query: haven"]), abs=1e-5)
    assert prefixed.encode_passages(["haven"]) == pytest.approx(shipped.encode_passages(["passage: haven"]), abs=1e-5)


def test_another_model_is_one_option_away_with_its_own_prefixes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A BERT of one layer and twelve numbers, untrained: what it finds is chance, that it is asked is not."""
    bare = SentenceEncoder.open(teacher(tmp_path / "bare"))
    model = Path(shutil.copytree(tmp_path / "bare", tmp_path / "tiny"))
    path = model / "config_sentence_transformers.json"
    prompts = {"query": "query: ", "passage": "passage: "}
    path.write_text(json.dumps({**json.loads(path.read_text()), "prompts": prompts}))
    prefixed = SentenceEncoder.open(model)
    assert prefixed.encode_queries(["weg"]) == pytest.approx(bare.encode_queries(["query: weg"]), abs=0.02)
    assert prefixed.encode_passages(["weg"]) == pytest.approx(bare.encode_passages(["passage: weg"]), abs=0.02)
    assert not np.allclose(prefixed.encode_queries(["weg"]), bare.encode_queries(["weg"]), atol=0.02)

    built = tmp_path / "built"
    assert index.main(["build", str(SEED), "--out", str(built), "--model", str(model)]) == 0
    manifest = read_manifest(built)
    assert (manifest.encoder, manifest.fingerprint, manifest.dimension) == ("tiny", prefixed.fingerprint, 12)
    asked = ["hoeveel CO2 stoten datacenters uit", "--index", str(built)]
    assert retrieval.main([*asked, "--model", str(model)]) == 0
    assert "datacenters" in capsys.readouterr().out
    assert retrieval.main([*asked, "--model", str(tmp_path / "bare")]) == 1
    assert "was built with the model 'tiny'" in capsys.readouterr().err


@pytest.mark.parametrize(("pooled", "asks"), [(True, 0), (False, 1)])
def test_queries_read_as_the_library_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pooled: bool, asks: int
) -> None:
    """The library itself is asked only where the model leaves its prefix out of the mean."""
    model = teacher(tmp_path / "model")
    path = model / "config_sentence_transformers.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "prompts": {"query": "query: "}}))
    path = model / "1_Pooling" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "include_prompt": pooled}))
    monkeypatch.setattr("index.encoder.fastest_dtype", lambda: torch.float32)
    texts = ["weg", "de weg heeft water nodig", "", "weg " * 300, "huis"]
    expected = SentenceTransformer(str(model), device="cpu").encode_query(texts, normalize_embeddings=True)
    asked = []
    encode = SentenceTransformer.encode_query

    def remembered(self: SentenceTransformer, given: list[str], **how: object) -> object:
        asked.append(given)
        return encode(self, given, **how)

    monkeypatch.setattr(SentenceTransformer, "encode_query", remembered)
    assert SentenceEncoder.open(model).encode_queries(texts) == pytest.approx(expected, abs=1e-5)
    assert len(asked) == asks


def test_a_transformer_meets_few_lengths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = teacher(tmp_path / "bare")
    plain = SentenceEncoder.open(model)
    monkeypatch.setattr("index.encoder.fastest_dtype", lambda: torch.float32)
    plain.encode_queries(["weg"])
    monkeypatch.setattr("index.encoder.fastest_dtype", lambda: torch.bfloat16)
    encoder = SentenceEncoder.open(model)
    encoder.encode_queries(["weg"])
    lengths: list[int] = []
    encoder._model[0].register_forward_pre_hook(lambda _, given: lengths.append(given[0]["input_ids"].shape[1]))
    texts = ["weg", "de weg heeft water nodig en de school heeft een huis", "weg " * 60]
    for text in texts:
        span = [[Span(0, len(text))]]
        assert encoder.encode_queries([text]) == pytest.approx(plain.encode_queries([text]), abs=0.02)
        assert encoder.encode_spans([text], span)[1] == pytest.approx(plain.encode_spans([text], span)[1], abs=0.02)
    # A query and a passage of each text: 3 tokens with the model's own two marks, then more, then more than 56.
    assert lengths == [8, 8, *lengths[2:4], 64, 64]
    assert lengths[2] == lengths[3]
    assert lengths[2] % 8 == 0


def test_the_fingerprint_follows_the_weights_and_not_the_card(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "model.safetensors").write_bytes(b"1")
    first = SentenceEncoder.open(tmp_path).fingerprint
    (tmp_path / "README.md").write_text("a card")
    assert SentenceEncoder.open(tmp_path).fingerprint == first
    (tmp_path / "model.safetensors").write_bytes(b"2")
    assert SentenceEncoder.open(tmp_path).fingerprint != first


def test_encoding_leaves_out_what_only_evaluators_need_and_others_still_get_it(tmp_path: Path) -> None:
    static(tmp_path)
    program = (
        "import sys; from index.encoder import SentenceEncoder; "
        "SentenceEncoder.open(sys.argv[1]).encode_queries(['de haven']); "
        "print(*({'sklearn', 'sklearn.metrics', 'pandas', 'scipy.stats'} & set(sys.modules)), end=';'); "
        "from sklearn.metrics import accuracy_score; print(accuracy_score([1, 0], [1, 1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == ";0.5\n"


def test_a_missing_model_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MissingModel, match=r"no embedding model in .*nergens.*--model"):
        SentenceEncoder.open(tmp_path / "nergens")
    with pytest.raises(MissingModel, match=r"modules\.json"):
        SentenceEncoder.open(tmp_path)
    monkeypatch.setattr("index.encoder.SHIPPED_MODEL", tmp_path / "weg")
    with pytest.raises(MissingModel, match="restore data/model"):
        SentenceEncoder.open()


def test_a_name_is_looked_up_on_this_machine_alone() -> None:
    # The suite refuses the network: a request would fail the test, whatever became of it.
    with pytest.raises(MissingModel, match=r"`python -m index build --model .* --download`"):
        SentenceEncoder.open("nobody/no-such-model")


@pytest.mark.model
def test_a_broken_model_is_told_when_it_is_first_needed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED_MODEL, tmp_path / "broken"))
    (folder / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(MissingModel, match="cannot be loaded"):
        SentenceEncoder.open(folder).encode_queries(["haven"])


def test_texts_of_all_lengths_come_back_in_order_whatever_the_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = SentenceEncoder.open(teacher(tmp_path / "tiny"))
    texts = ["weg", "de weg heeft water en school nodig", "water", "the road needs money", "huis huis huis"]
    spans = [[Span(0, len(text.split()[0]))] for text in texts]
    alone = [encoder.encode_spans([text], [span]) for text, span in zip(texts, spans, strict=True)]
    monkeypatch.setattr("index.encoder._SORTED", 3)
    monkeypatch.setattr("index.encoder._TOKENS", 12)
    told: list[int] = []
    wholes, parts = encoder.encode_spans([*texts, ""], [*spans, []], progress=told.append)
    assert wholes[:5] == pytest.approx(np.concatenate([whole for whole, _ in alone]), abs=0.02)
    assert parts == pytest.approx(np.concatenate([part for _, part in alone]), abs=0.02)
    assert sum(told) == 6 > len(told) > 2


@pytest.mark.model
def test_a_span_reads_as_the_mean_of_its_own_tokens(shipped: SentenceEncoder) -> None:
    text = "De haven komt er. Het energieverbruik van datacenters daalt niet."
    sentence = Span(18, len(text))
    vectors, parts = shipped.encode_spans([text, "Ja."], [[sentence, Span(0, len(text))], []])
    assert vectors == pytest.approx(shipped.encode_passages([text, "Ja."]), abs=0.02)
    assert (vectors.shape, parts.shape) == ((2, shipped.dimension), (2, shipped.dimension))
    assert np.linalg.norm(parts, axis=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    # All tokens but the model's own two marks: nearly the vector of the whole; a sentence keeps its own subject.
    assert parts[1] @ vectors[0] > 0.98
    asked = shipped.encode_queries(["energy use of data centres"])[0]
    assert parts[0] @ asked > vectors[0] @ asked


@pytest.mark.model
def test_what_the_models_limit_cuts_off_is_encoded_by_itself(shipped: SentenceEncoder) -> None:
    last = "De wachtlijsten in de jeugdzorg."
    text = "De haven komt er. " * 100 + last
    _, parts = shipped.encode_spans([text], [[Span(len(text) - len(last), len(text))]])
    assert parts == pytest.approx(shipped.encode_passages([last]), abs=1e-6)


@pytest.mark.model
def test_the_prefix_of_a_passage_belongs_to_no_span(tmp_path: Path, shipped: SentenceEncoder) -> None:
    folder = Path(shutil.copytree(SHIPPED_MODEL, tmp_path / "prefixed"))
    path = folder / "config_sentence_transformers.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "prompts": {"document": "passage: "}}))
    prefixed = SentenceEncoder.open(folder)
    whole, part = prefixed.encode_spans(["haven"], [[Span(0, 5)]])
    assert whole == pytest.approx(shipped.encode_passages(["passage: haven"]), abs=0.02)
    # "passage: haven" without its prefix, read by the plain model: the same tokens, the same mean.
    assert part == pytest.approx(shipped.encode_spans(["passage: haven"], [[Span(9, 14)]])[1], abs=1e-5)


def static(folder: Path, *, prefix: str = "", dense: bool = False) -> SentenceEncoder:
    """A model of token vectors and nothing else: seven words of four numbers each, and those numbers as they come."""
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    words = ("[UNK]", "de", "haven", "##s", "daalt", ".", "vraag")
    tokenizer = Tokenizer(WordPiece({word: number for number, word in enumerate(words)}, unk_token=words[0]))
    tokenizer.normalizer, tokenizer.pre_tokenizer = BertNormalizer(strip_accents=True), BertPreTokenizer()
    weights = np.random.default_rng(3).normal(size=(len(words), 4)).astype(np.float32)
    between = [Dense(4, 4)] if dense else []
    modules = [StaticEmbedding(tokenizer, embedding_weights=weights), *between, Normalize()]
    SentenceTransformer(modules=modules, prompts={"document": prefix, "query": prefix}).save(str(folder))
    return SentenceEncoder.open(folder)


@pytest.mark.parametrize(("prefix", "dense"), [("", False), ("vraag ", False), ("vraag", False), ("", True)])
def test_a_static_model_reads_a_span_as_it_reads_a_text(tmp_path: Path, prefix: str, dense: bool) -> None:
    texts = ["De havens. Dé haven daalt!  ", "", "daalt", "de onbekende haven\u0301"]
    # Sentences, the middle of a word, white space, a word of two tokens, nothing, all of it; an accent left out.
    spans = [
        [Span(0, 10), Span(11, 26), Span(5, 15), Span(26, 28), Span(3, 9), Span(4, 4), Span(0, 28)],
        [],
        [Span(0, 5)],
        [Span(3, 19), Span(13, 18), Span(18, 19)],
    ]
    encoder = static(tmp_path, prefix=prefix, dense=dense)
    library = SentenceTransformer(str(tmp_path), device="cpu")
    assert encoder.encode_queries(texts) == pytest.approx(library.encode_query(texts), abs=1e-6)
    told: list[int] = []
    wholes, parts = encoder.encode_spans(texts, spans, progress=told.append)
    expected = encode_apart(encoder, texts, spans)
    assert (wholes.shape, parts.shape, sum(told)) == ((4, 4), (11, 4), 4)
    assert wholes == pytest.approx(expected[0], abs=1e-6)
    assert parts == pytest.approx(expected[1], abs=1e-6)
    assert encoder.encode_spans([], [])[1].shape == (0, 4)


def test_a_static_model_finds_the_tokens_of_a_text_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = static(tmp_path)
    encoder.encode_queries(["haven"])
    monkeypatch.setattr(SentenceEncoder, "encode_passages", None)  # nothing is left to be encoded by itself
    _, parts = encoder.encode_spans(["De havens. Daalt de haven."], [[Span(0, 10), Span(11, 26)]])
    assert parts == pytest.approx(encoder.encode_queries(["de havens .", "daalt de haven ."]), abs=1e-6)
