"""Text to vectors: the door to sentence-transformers."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import threading
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from index.errors import MissingModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHIPPED_MODEL = Path(__file__).resolve().parent.parent / "data" / "model"


class Encoder(Protocol):
    """Turns queries and passages into unit vectors whose inner product is their similarity."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors could."""
        ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (queries, dimension), rows of length 1."""
        ...

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Shape (passages, dimension), rows of length 1. `progress` is told how many more are done."""
        ...


class SentenceEncoder:
    """Any sentence-transformers model, from a folder or by name; prefixes ("query: ") come from its configuration."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.fingerprint = _fingerprint(folder)
        self._model: Any = None
        self._loading = threading.Lock()

    @classmethod
    def open(cls, model: str | Path | None = None, *, download: bool = False) -> Self:
        """Find a model: the shipped one by default, a folder, or a name in the local cache of the hub.

        Nothing is loaded until the first text is encoded. Raises MissingModel where there is none; only with `download`
        is the hub asked.
        """
        folder = Path(model) if model is not None else SHIPPED_MODEL
        if not folder.is_dir():
            if (
                model is None
                or isinstance(model, Path)
                or str(model).startswith((".", "/", "~"))
                or str(model).count("/") > 1
            ):
                raise MissingModel(
                    f"no embedding model in {folder}: restore data/model from the repository, or name a "
                    "sentence-transformers folder with --model"
                )
            return cls(_cached(str(model), download), str(model))
        if not (folder / "modules.json").is_file():
            raise MissingModel(
                f"{folder} holds no sentence-transformers model (no modules.json): name the folder that "
                "SentenceTransformer.save() wrote"
            )
        return cls(folder, folder.resolve().name)

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._normalised(self._loaded().encode_query, texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        import numpy as np

        # Sorted by length, so that a batch holds little padding; in slices, so that progress can be told.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(order), 256):
            rows = order[first : first + 256]
            vectors[rows] = self._normalised(self._loaded().encode_document, [texts[i] for i in rows])
            if progress is not None:
                progress(len(rows))
        return vectors

    def _normalised(self, encode: Callable[..., Any], texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(list(texts), batch_size=32, convert_to_numpy=True, show_progress_bar=False)
        vectors = np.asarray(vectors, dtype=np.float32)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def load_in_background(self) -> None:
        """Begin to load the model, so that other work can be done meanwhile; an error shows at the first text."""

        def load() -> None:
            with contextlib.suppress(MissingModel):
                self._loaded()

        threading.Thread(target=load, daemon=True).start()

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = _load(self.folder)
            return self._model


def _load(folder: Path) -> Any:
    _quiet()
    # Importing makes millions of objects that all stay: looking for garbage among them is a fifth of the cold start.
    collecting = gc.isenabled()
    gc.disable()
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as error:  # whatever a broken model makes the library raise
        raise MissingModel(
            f"the embedding model in {folder} cannot be loaded ({error}): restore the folder, or name another with "
            "--model"
        ) from error
    finally:
        if collecting:
            gc.enable()


def _cached(name: str, download: bool) -> Path:
    if not download:
        _quiet()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except Exception as error:  # the hub's errors have no common base
        raise MissingModel(
            f"no embedding model named {name!r} on this machine: name a folder with --model, or allow the download "
            "with --download"
        ) from error


def _quiet() -> None:
    """Keep the libraries off the network, the terminal and the other core. Must precede their import."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Threads that spin while they wait slow a query on a busy machine of two cores from 18 to 300 ms.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # In a notebook without ipywidgets, tqdm asks for them; no bar of the libraries is shown anyway.
    warnings.filterwarnings("ignore", message="IProgress not found")


def _fingerprint(folder: Path) -> str:
    """SHA-256 over the files that decide the vectors, by relative name; a changed card or licence changes nothing."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if (
            path.is_file()
            and path.suffix != ".md"
            and not any(part.startswith((".", "LICENSE")) for part in relative.parts)
        ):
            digest.update(relative.as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
