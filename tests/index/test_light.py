"""Queries without the libraries: the same vectors, in another way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoder import SHIPPED_MODEL, SentenceEncoder
from index.errors import MissingModel
from index.light import LightEncoder
from tests.conftest import ROOT
from tests.training.data import teacher

TEXTS = ["weg", "de weg heeft water nodig, én de school?", "", "weg " * 300]


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny model in the place of the shipped one, with a prefix for queries."""
    model = teacher(tmp_path / "model")
    change(model / "config_sentence_transformers.json", prompts={"query": "de vraag: "})
    monkeypatch.setattr("index.encoder.SHIPPED_MODEL", model)
    monkeypatch.setattr("index.encoder.fastest_dtype", lambda: torch.float32)
    return model


def change(path: Path, **told: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **told}), "utf-8")


def test_queries_read_as_the_library_reads_them(tiny: Path) -> None:
    light = LightEncoder.open()
    found = light.encode_queries(TEXTS)
    assert found == pytest.approx(SentenceEncoder.open().encode_queries(TEXTS), abs=1e-5)
    assert (found.dtype, light.dimension, light.encode_queries([]).shape) == (np.float32, 12, (0, 12))
    assert light._model is None  # the library was not asked


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("config.json", {"hidden_act": "relu"}),
        ("1_Pooling/config.json", {"pooling_mode": "max"}),
        ("1_Pooling/config.json", {"include_prompt": False}),
    ],
)
def test_another_kind_of_model_is_left_to_the_library(tiny: Path, file: str, told: dict[str, object]) -> None:
    change(tiny / file, **told)
    light = LightEncoder.open()
    assert light.encode_queries(TEXTS) == pytest.approx(SentenceEncoder.open().encode_queries(TEXTS), abs=1e-6)
    assert light._model is not None


def test_so_is_every_model_that_is_named(tmp_path: Path) -> None:
    named = LightEncoder.open(teacher(tmp_path / "other"))
    assert named.encode_queries(["weg"]).shape == (1, 12)
    assert named._model is not None


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_broken_model_is_told(tiny: Path, file: str) -> None:
    (tiny / file).write_bytes(b"no weights")
    with pytest.raises(MissingModel, match=r"cannot be loaded.*--model"):
        LightEncoder.open().encode_queries(["weg"])


@pytest.mark.model
def test_the_shipped_model_reads_as_in_the_library(tmp_path: Path) -> None:
    texts = [
        "energieverbruik van datacenters",
        "“Financiële” voorwaarden:\nén AI-fabriek?",
        "é" * 2_000,
        "日本 €5 mln.",
    ]
    # The library computes in fewer bits where the processor can.
    library = SentenceEncoder.open(shutil.copytree(SHIPPED_MODEL, tmp_path / "copy")).encode_queries(texts)
    assert np.sum(LightEncoder.open().encode_queries(texts) * library, axis=1).min() > 0.9995


@pytest.mark.model
def test_a_question_in_the_shell_imports_no_library_of_models(model_index: Path) -> None:
    program = (
        "import sys; from retrieval.__main__ import main; "
        "main(['energieverbruik van datacenters', '--index', sys.argv[1], '--k', '1']); "
        "print(*{'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, model_index], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "datacenters" in ran.stdout
    assert ran.stdout.splitlines()[-1] == ""
