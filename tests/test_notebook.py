"""The notebook runs from top to bottom, and is committed without outputs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "search.ipynb"


def cells(notebook: Any) -> dict[str, Any]:
    return {cell["id"]: cell for cell in notebook.cells if cell.cell_type == "code"}


def shown(cell: Any, media_type: str) -> str:
    """What a cell shows in one format, its printed text included as text/plain."""
    found = [output["data"][media_type] for output in cell.outputs if media_type in output.get("data", {})]
    if media_type == "text/plain":
        found += [output["text"] for output in cell.outputs if output.output_type == "stream"]
    return "\n".join(found)


def test_it_is_committed_without_outputs() -> None:
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells(notebook).values())


@pytest.mark.model
def test_it_runs(tmp_path: Path, model_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    for name in ("index", "retrieval"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(model_index, tmp_path / "data" / "built")
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=120,
        resources={"metadata": {"path": str(tmp_path / "notebooks")}},
    )
    client.execute()  # raises CellExecutionError where a cell fails

    ran = cells(notebook)
    complaints = [output["text"] for cell in ran.values() for output in cell.outputs if output.get("name") == "stderr"]
    # On a machine where it never ran, matplotlib tells that it looks for fonts.
    assert [text for text in complaints if "font cache" not in text] == []
    for name in ("dutch", "english"):
        assert "Vraag 11" in shown(ran[name], "text/html")
        assert "Vraag 15" in shown(ran[name], "text/html")
    assert "Vraag 15" in shown(ran["party"], "text/html")
    assert "Vraag 11" not in shown(ran["party"], "text/html")
    assert "antwoord op vraag 11 van GroenLinks-PvdA" in shown(ran["hit"], "text/plain")
    assert "abstained: True · sentences in the answer: 0" in shown(ran["none"], "text/plain")
    assert "<table" in shown(ran["frame"], "text/html")
    assert "GroenLinks-PvdA" in shown(ran["frame"], "text/html")
    assert shown(ran["plot"], "image/png")
