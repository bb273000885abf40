"""The systems that `python -m eval bench` sets side by side, each behind the same verbs.

All are used as their documentation has it, with the settings they come with: what a team gets that takes the library
and looks no further. All that take a model are given the folder of ours, and load and run it themselves: in the number
type, the batches and the threads that they choose, which differ from ours, so that a difference in quality or time
includes that. They index the same passages, as the encoder reads them: with the title and the question.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.trec import docno_of
from index.encoder import SentenceEncoder

if TYPE_CHECKING:
    from index.records import Document, Passage

REQUIREMENTS = "eval/requirements-peers.txt"


class Peer(Protocol):
    """A search over passages. `names` gives the exchange of each passage, in the passages' order, as TREC docnos."""

    def load(self) -> None:
        """Have the model ready; called once, before the others, so that its loading is no part of their time."""
        ...

    def build(
        self, documents: Sequence[Document], passages: Sequence[Passage], names: Sequence[str], folder: Path
    ) -> None:
        """Index the passages and leave in the folder all that `open` needs."""
        ...

    def open(self, folder: Path) -> None: ...

    def search(self, text: str, k: int) -> list[str]:
        """The exchanges of the best passages, best first; one may come several times."""
        ...

    def encode(self, text: str) -> object:
        """What `search` begins with: the vector of a query, by the means that it uses there."""
        ...


class Ours:
    """Vraagbaak itself, by its public face."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def load(self) -> None:
        self._encoder.encode_queries(["warm"])

    def build(
        self, documents: Sequence[Document], passages: Sequence[Passage], names: Sequence[str], folder: Path
    ) -> None:
        from index.build import build_documents

        build_documents(documents, folder, encoder=self._encoder)

    def open(self, folder: Path) -> None:
        from retrieval import Searcher

        self._searcher = Searcher.open(folder, encoder=self._encoder)

    def search(self, text: str, k: int) -> list[str]:
        return [
            docno_of(hit.document, hit.exchange)
            for hit in self._searcher.search(text, k=k).hits
            if hit.exchange is not None
        ]

    def encode(self, text: str) -> object:
        return self._encoder.encode_queries([text])


class LangChainFaiss:
    """LangChain's FAISS store: an exact index of the passages' vectors, with their texts.

    The model is run by its own wrapper of sentence-transformers; that of the package langchain-huggingface, the same,
    cannot be installed beside the releases that Vraagbaak needs.
    """

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._folder = encoder.folder

    def load(self) -> None:
        from langchain_community.embeddings import HuggingFaceEmbeddings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it recommends the other package
            self._embeddings = HuggingFaceEmbeddings(model_name=str(self._folder))
        self._embeddings.embed_query("warm")

    def build(
        self, documents: Sequence[Document], passages: Sequence[Passage], names: Sequence[str], folder: Path
    ) -> None:
        store = _langchain().from_texts(
            _texts(passages), self._embeddings, metadatas=[{"exchange": name} for name in names]
        )
        store.save_local(str(folder))

    def open(self, folder: Path) -> None:
        # The store keeps its texts as a pickle. This one was written a moment ago by this program, in a folder of its
        # own; nothing else is ever read this way.
        self._store = _langchain().load_local(str(folder), self._embeddings, allow_dangerous_deserialization=True)

    def search(self, text: str, k: int) -> list[str]:
        return [str(found.metadata["exchange"]) for found in self._store.similarity_search(text, k=k)]

    def encode(self, text: str) -> object:
        return self._embeddings.embed_query(text)


class Txtai:
    """txtai with its content store, and its own wrapper of sentence-transformers.

    The model is named with its method, since what txtai would choose by itself knows no static models. `hybrid` adds
    its own BM25, mixed as it does by default.
    """

    hybrid = False

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._folder = encoder.folder
        self._models: dict[str, Any] = {}  # shared by the objects that are made here: the model is loaded once

    def load(self) -> None:
        self._embeddings().batchtransform(["warm"])

    def build(
        self, documents: Sequence[Document], passages: Sequence[Passage], names: Sequence[str], folder: Path
    ) -> None:
        found = self._embeddings()
        found.index((number, text, None) for number, text in enumerate(_texts(passages)))
        found.save(str(folder))
        (folder / "names.txt").write_text("\n".join(names), encoding="utf-8")

    def open(self, folder: Path) -> None:
        from txtai import Embeddings

        self._found = Embeddings(models=self._models)
        self._found.load(str(folder))
        self._names = (folder / "names.txt").read_text(encoding="utf-8").split("\n")

    def search(self, text: str, k: int) -> list[str]:
        return [self._names[int(row["id"])] for row in self._found.search(text, k)]

    def encode(self, text: str) -> object:
        return self._found.batchtransform([(None, text, None)])

    def _embeddings(self) -> Any:
        from txtai import Embeddings

        return Embeddings(
            path=str(self._folder),
            method="sentence-transformers",
            backend="faiss",
            content=True,
            hybrid=self.hybrid,
            models=self._models,
        )


class TxtaiHybrid(Txtai):
    """The same with words."""

    hybrid = True


class Bm25s:
    """Plain BM25: bm25s with its Dutch stop words."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        pass

    def load(self) -> None:
        pass  # it takes no model

    def build(
        self, documents: Sequence[Document], passages: Sequence[Passage], names: Sequence[str], folder: Path
    ) -> None:
        import bm25s

        index = bm25s.BM25()
        index.index(self._tokens(_texts(passages)), show_progress=False)
        index.save(
            str(folder),
            corpus=[{"exchange": name, "text": text} for name, text in zip(names, _texts(passages), strict=True)],
            show_progress=False,
        )

    def open(self, folder: Path) -> None:
        import bm25s

        self._index = bm25s.BM25.load(str(folder), load_corpus=True, show_progress=False)

    def search(self, text: str, k: int) -> list[str]:
        k = min(k, int(self._index.scores["num_docs"]))
        found, scores = self._index.retrieve(self._tokens([text]), k=k, show_progress=False)
        return [str(row["exchange"]) for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    def encode(self, text: str) -> object:
        return None  # it searches by words alone

    def _tokens(self, texts: Sequence[str]) -> Any:
        import bm25s

        return bm25s.tokenize(list(texts), stopwords="nl", show_progress=False)


PEERS: dict[str, tuple[Callable[[SentenceEncoder], Peer], str]] = {
    "Vraagbaak": (Ours, "retrieval"),
    "LangChain FAISS": (LangChainFaiss, "langchain_community"),
    "txtai": (Txtai, "txtai"),
    "txtai hybrid": (TxtaiHybrid, "txtai"),
    "bm25s": (Bm25s, "bm25s"),
}
"""Name → how it is made, and the module it needs. The first is what the others are measured by."""


def missing(names: Sequence[str]) -> list[str]:
    """Those that are not installed here."""
    return [name for name in names if find_spec(PEERS[name][1]) is None]


def make(name: str, model: str | None) -> Peer:
    """One of PEERS, for a model as `SentenceEncoder.open` takes it.

    What the libraries say of themselves while they load is kept off the terminal.
    """
    logging.getLogger().setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    return PEERS[name][0](SentenceEncoder.open(model))


def _texts(passages: Sequence[Passage]) -> list[str]:
    from index.encoding import encoded_text

    return [encoded_text(passage) for passage in passages]


def _langchain() -> Any:
    from langchain_community.vectorstores import FAISS

    return FAISS
