"""Text to vectors: the door to sentence-transformers."""

from __future__ import annotations

import contextlib
import copy
import gc
import hashlib
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.machinery import ModuleSpec
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, Self

from index.bert import quicken
from index.errors import MissingModel
from index.records import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 32
_SORTED = 2_048
"""Texts that are sorted by their tokens, so that a batch holds little padding: of a thousand answers of 54 tokens on
average a tenth of what is computed. Sorted by characters, 32 in a batch, a quarter was."""
_TOKENS = 2_048
"""Of a batch, padding and all."""
_STATIC_BATCH = 512
"""Texts that a static model reads at once: it pads none, so that only memory sets a bound."""
_PADDED_TO = 8
"""Tokens: in bfloat16 a text is padded to a multiple of them. For each length that it meets, oneDNN prepares code there
and keeps it: 472 queries of 74 lengths left 117 MB more than of 14, and the first of each length waits 6 ms."""
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

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Callable[[int], None] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The vectors of texts, and of stretches of each, as they read within it.

        Shapes (texts, dimension) and (all spans, dimension), the spans of the first text first; rows of length 1.
        """
        ...


class Wrapped:
    """An encoder that is the one `inside`, but for what a class made of this one does otherwise."""

    def __init__(self, encoder: Encoder) -> None:
        self.inside = encoder

    @property
    def name(self) -> str:
        return self.inside.name

    @property
    def fingerprint(self) -> str:
        return self.inside.fingerprint

    @property
    def dimension(self) -> int:
        return self.inside.dimension

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.inside.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        return self.inside.encode_passages(texts, progress=progress)

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Callable[[int], None] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return self.inside.encode_spans(texts, spans, progress=progress)


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
        """As the library's `encode_query`, which takes milliseconds to look round before it reads a text."""
        import numpy as np

        model = self._loaded()
        prefix = _query_prefix(model)
        if is_static(model):
            read = model.tokenizer.encode_batch([prefix + text for text in texts], add_special_tokens=False)
            return self._static_means([text.ids for text in read])
        if not token_means(model, prefix):
            return self._normalised(model.encode_query, texts)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for batch in self._read(texts, prefix):
            vectors[batch.rows] = batch.vectors
        return vectors

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        import numpy as np

        if token_means(self._loaded(), _document_prefix(self._loaded())):
            return self.encode_spans(texts, [()] * len(texts), progress=progress)[0]
        # Sorted by length, so that a batch holds little padding; in slices, so that progress can be told.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(order), 256):
            rows = order[first : first + 256]
            vectors[rows] = self._normalised(self._loaded().encode_document, [texts[i] for i in rows])
            if progress is not None:
                progress(len(rows))
        return vectors

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Callable[[int], None] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """One pass of the model for a text and all its spans, where the model's vectors are means over its tokens.

        A span's vector is the mean over its own tokens ("late chunking", Günther et al. 2024, arXiv 2409.04701). What
        the model's limit cut off is encoded by itself, and so is every span where a model has no vectors for tokens.
        """
        import numpy as np

        firsts = np.cumsum([0, *(len(found) for found in spans)])
        prefix = _document_prefix(self._loaded())
        # The last token of a prefix that ends in a word may depend on what follows.
        if is_static(self._loaded()) and (not prefix or prefix[-1].isspace()):
            return self._encode_static(texts, spans, progress)
        if not token_means(self._loaded(), prefix):
            return encode_apart(self, texts, spans, progress=progress)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        pooled = np.zeros((int(firsts[-1]), self.dimension), dtype=np.float32)
        left: dict[int, str] = {}
        for batch in self._read(texts, prefix):
            vectors[batch.rows] = batch.vectors
            for i, (places, states) in zip(batch.rows, batch.tokens(len(prefix)), strict=True):
                for number, span in enumerate(spans[i], start=int(firsts[i])):
                    begin = int(np.searchsorted(places[:, 1], span.start, side="right"))
                    end = int(np.searchsorted(places[:, 0], span.end, side="left"))
                    text = span.of(texts[i])
                    if begin < end and places[end - 1, 1] >= span.start + len(text.rstrip()):
                        pooled[number] = states[begin:end].mean(axis=0)
                    else:
                        left[number] = text
            if progress is not None:
                progress(len(batch.rows))
        if left:
            pooled[list(left)] = self.encode_passages(list(left.values()))
        return vectors, unit(pooled)

    def _read(self, texts: Sequence[str], prefix: str) -> Iterator[_Batch]:
        """Texts through a transformer, in batches of its own."""
        import numpy as np
        import torch

        model = self._loaded()
        multiple = model[0].processing_kwargs.get("text", {}).get("pad_to_multiple_of")
        for start in range(0, len(texts), _SORTED):
            read = self._splitter.encode_batch([prefix + text for text in texts[start : start + _SORTED]])
            # A text without any token keeps a vector of zeros.
            order = sorted((i for i in range(len(read)) if read[i].ids), key=lambda i: -len(read[i].ids))
            first = 0
            while first < len(order):
                batch = [read[i] for i in order[first : first + max(1, _TOKENS // len(read[order[first]].ids))]]
                given = {"input_ids": [text.ids for text in batch], "token_type_ids": [text.type_ids for text in batch]}
                features = model.tokenizer.pad(
                    {name: rows for name, rows in given.items() if name in model.tokenizer.model_input_names},
                    pad_to_multiple_of=multiple,
                    return_attention_mask=True,
                    return_tensors="pt",
                )
                with torch.inference_mode():
                    found = model(dict(features))
                yield _Batch(
                    [start + i for i in order[first : first + len(batch)]],
                    unit(np.asarray(found["sentence_embedding"].float().numpy(), dtype=np.float32)),
                    [np.array(text.offsets, dtype=np.int64).reshape(-1, 2) for text in batch],
                    found["token_embeddings"].float().numpy(),
                    features["attention_mask"].numpy() > 0,
                )
                first += len(batch)

    @cached_property
    def _splitter(self) -> Any:
        """The model's tokenizer without padding: its own, which queries use meanwhile, would lose theirs."""
        model = self._loaded()
        splitter = copy.deepcopy(model.tokenizer.backend_tokenizer)
        splitter.no_padding()
        splitter.no_truncation()
        if model.max_seq_length:
            splitter.enable_truncation(model.max_seq_length, direction=model.tokenizer.truncation_side)
        return splitter

    def _encode_static(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], progress: Callable[[int], None] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """`encode_spans` for a static model: the tokens of a text are found once, and averaged for it and each span.

        A span that does not begin and end where tokens do is encoded by itself.
        """
        import numpy as np

        vectors: list[NDArray[np.float32]] = []
        parts: list[NDArray[np.float32]] = []
        left: dict[int, str] = {}
        count = 0
        prefix = _document_prefix(self._loaded())
        for first in range(0, len(texts), _STATIC_BATCH):
            given = texts[first : first + _STATIC_BATCH]
            wholes: list[list[int]] = []
            pieces: list[list[int]] = []
            read = self._loaded().tokenizer.encode_batch([prefix + text for text in given], add_special_tokens=False)
            for text, tokens, found in zip(given, read, spans[first : first + _STATIC_BATCH], strict=True):
                ids = tokens.ids
                wholes.append(ids)
                # The prefix counts, as it does in every text of its own.
                lead = sum(end <= len(prefix) for _, end in tokens.offsets) if prefix else 0
                for span in found:
                    place = _tokens_of(tokens, span.start + len(prefix), span.end + len(prefix))
                    if place is None:
                        left[count] = span.of(text)
                    pieces.append(ids[:lead] + ids[place] if place is not None else [])
                    count += 1
            means = self._static_means(wholes + pieces)
            vectors.append(means[: len(wholes)])
            parts.append(means[len(wholes) :])
            if progress is not None:
                progress(len(given))
        none = np.zeros((0, self.dimension), dtype=np.float32)
        pooled = np.concatenate([none, *parts])
        if left:
            pooled[list(left)] = self.encode_passages(list(left.values()))
        return np.concatenate([none, *vectors]), pooled

    def _static_means(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """What a static model makes of lists of its tokens. Shape (lists, dimension), rows of length 1."""
        import numpy as np
        import torch

        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        flat = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(lengths.sum()))
        given = {"input_ids": torch.from_numpy(flat), "offsets": torch.from_numpy(np.cumsum(lengths) - lengths)}
        with torch.inference_mode():
            found = self._loaded()(given)["sentence_embedding"]
        return unit(np.asarray(found.float().numpy(), dtype=np.float32))

    def _normalised(self, encode: Callable[..., Any], texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(list(texts), batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = _load(self.folder)
                _serve_forks()
            return self._model


@cache
def _serve_forks() -> None:
    """Have a process that is forked off, as by multiprocessing, compute by itself: OpenMP would wait for threads that
    only its parent has, for ever.
    """
    import torch

    os.register_at_fork(after_in_child=lambda: torch.set_num_threads(1))


def encode_apart(
    encoder: Encoder,
    texts: Sequence[str],
    spans: Sequence[Sequence[Span]],
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`Encoder.encode_spans` for an encoder that knows no tokens: each span is encoded as a text of its own."""
    alone = [span.of(text) for text, found in zip(texts, spans, strict=True) for span in found]
    return encoder.encode_passages(texts, progress=progress), encoder.encode_passages(alone)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Texts that a transformer has read: their numbers and their vectors, of shape (texts, dimension).

    Of each text's tokens `places` tells where they begin and end in what was read, and `states` holds what became of
    them, of shape (texts, longest, dimension), where `held` says that there is one.
    """

    rows: list[int]
    vectors: NDArray[np.float32]
    places: list[NDArray[np.int64]]
    states: NDArray[np.float32]
    held: NDArray[np.bool_]

    def tokens(self, prefix: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """For each text where its tokens begin and end, of shape (tokens, 2), in order; and their states.

        The model's own marks and its prefix, of so many characters, are left out.
        """
        for read, states, held in zip(self.places, self.states, self.held, strict=True):
            places = read - prefix
            own = (places[:, 1] > places[:, 0]) & (places[:, 0] >= 0)
            yield places[own], states[held][own]


def token_means(model: Any, prefix: str) -> bool:
    """Whether a sentence-transformers model's vectors are means over its tokens', the prefix's too, and no more."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    first, *others = list(model)
    return (
        isinstance(first, Transformer)
        and bool(getattr(model.tokenizer, "is_fast", False))
        and bool(others)
        and isinstance(others[0], Pooling)
        and others[0].pooling_mode == "mean"
        and (others[0].include_prompt or not prefix)
        and all(isinstance(other, Normalize) for other in others[1:])
    )


def is_static(model: Any) -> bool:
    """Whether a sentence-transformers model begins with means over vectors that its tokens have whatever the text."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    return isinstance(model[0], StaticEmbedding)


def _tokens_of(tokens: Any, start: int, end: int) -> slice | None:
    """The tokens of a stretch of text (`tokenizers.Encoding`); None where they do not begin and end with it."""
    first, last = tokens.char_to_token(start), tokens.char_to_token(end - 1)
    if first is None or last is None:
        return None
    whole = tokens.token_to_chars(first)[0] == start and tokens.token_to_chars(last)[1] == end
    return slice(first, last + 1) if whole else None


def _name_prefix(model: Any) -> None:
    """Let a prefix for passages count whatever its name: the library adds an empty "document", and prefers it."""
    if not model.prompts.get("document"):
        for name in ("passage", "corpus"):
            if model.prompts.get(name):
                model.prompts["document"] = model.prompts[name]
                break


def _pad_evenly(model: Any) -> None:
    """Let a transformer in bfloat16 meet few lengths, where that does not lead beyond its longest."""
    import torch
    from sentence_transformers.sentence_transformer.modules import Transformer

    first = model[0]
    if (
        isinstance(first, Transformer)
        and any(weight.dtype is torch.bfloat16 for weight in model.parameters())
        and model.max_seq_length
        and model.max_seq_length % _PADDED_TO == 0
    ):
        given = first.processing_kwargs
        first.processing_kwargs = {**given, "text": {"pad_to_multiple_of": _PADDED_TO, **given.get("text", {})}}


def _query_prefix(model: Any) -> str:
    """What the model's configuration puts before a query, chosen as `SentenceTransformer.encode_query` does."""
    name = "query" if "query" in model.prompts else model.default_prompt_name
    return str(model.prompts.get(name) or "")


def _document_prefix(model: Any) -> str:
    """What the model's configuration puts before a passage, chosen as `SentenceTransformer.encode_document` does."""
    names = [name for name in ("document", "passage", "corpus") if name in model.prompts]
    return str(model.prompts.get(names[0] if names else model.default_prompt_name) or "")


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows with length 1; one of zeros stays."""
    import numpy as np

    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def fastest_dtype() -> Any:
    """The torch type to compute a transformer in here: bfloat16 where the processor multiplies it itself, or float32.

    It takes half the time of float32 there, and many times as long elsewhere; the vectors of the shipped model stay
    within a cosine of .9999.
    """
    import torch

    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _load(folder: Path) -> Any:
    _quiet()
    # Importing makes millions of objects that all stay: looking for garbage among them is a fifth of the cold start.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with _left_out("sklearn", "sklearn.metrics"):
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": fastest_dtype()}
            )
        model.eval()
        _name_prefix(model)
        _pad_evenly(model)
        quicken(model)
        # Nor later: a search that happens to set it off would take a tenth of a second longer.
        gc.freeze()
        return model
    except Exception as error:  # whatever a broken model makes the library raise
        raise MissingModel(
            f"the embedding model in {folder} cannot be loaded ({error}): restore the folder, or name another with "
            "--model"
        ) from error
    finally:
        if collecting:
            gc.enable()


@contextlib.contextmanager
def _left_out(*names: str) -> Iterator[None]:
    """Let empty modules stand in for these meanwhile, unless they are there already.

    sentence_transformers imports scikit-learn, and with it SciPy's statistics and pandas, for its evaluators. Encoding
    calls none of it, and it is a seventh of the cold start and 100 MB of memory. Who imports it afterwards gets it.
    """
    empty = {name: ModuleType(name) for name in names if names[0] not in sys.modules}
    for name, module in empty.items():
        module.__spec__ = ModuleSpec(name, None)
        module.__getattr__ = lambda attribute: None  # type: ignore[method-assign]
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]


def _cached(name: str, download: bool) -> Path:
    if not download:
        _quiet()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except Exception as error:  # the hub's errors have no common base
        raise MissingModel(
            f"no embedding model named {name!r} on this machine: name a folder with --model, or have "
            f"`python -m index build --model {name} --download` fetch it"
        ) from error


def _quiet() -> None:
    """Keep the libraries off the network, the terminal and the other core. Must precede their import."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Threads that spin while they wait slow a query on a busy machine of two cores from 18 to 300 ms; those that sleep
    # at once, to be woken for each of 24 products, slow it by half on a quiet one. So they spin for some 40
    # microseconds, which costs a query 3 ms where another process has one of the cores, and nothing where queries fill
    # both.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "1500")
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
