"""The same store in Milvus: the door to pymilvus. A cluster by its address, or a file (milvus-lite) for trials.

    milvus://[user:password@]host[:port]/NAME      a cluster; milvus+tls:// with TLS
    milvus:///folder/file.db                       milvus-lite, for one process at a time; milvus:file.db from here

What lies there is a copy of an index in a folder (`index.publish`). The folder stays the master: there builds are
resumed and checked, and from it a cluster is filled anew; to search, the cluster is enough. The collection NAME_state
holds one row, which tells the collections that are current:

    NAME_<id>_passages    a row a passage: its vectors, its terms, and all that it is filtered by
    NAME_<id>_records     the documents, as compressed JSON in pieces
    NAME_<id>_terms       each term, and in how many passages it stands
    NAME_<id>_spellings   each word as spelt, folded

Rows are those of the folder. The engine finds candidates by its dense and its sparse index, and counts what filters
let through; what a candidate scores is computed here from its own vectors and terms, so that the ranking is the
folder's. Names and terms are compared as digests of eight bytes: no text of a user's stands in a filter. A term's
dimension in the sparse index has four; where two share one, a passage too many is found, and none is scored wrongly.

A reader counts rows below the state's only. So what was added counts when the state is replaced; what an interrupted
`publish` left is written over by the next. Two that publish at once are not kept apart.
"""

from __future__ import annotations

import base64
import json
import logging
import re
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from index import serial
from index.analysis import ANALYSER_VERSION, edit_distance
from index.backend import (
    SPELT_ALIKE,
    Asked,
    Candidates,
    Documents,
    Filters,
    Key,
    Manifest,
    Selection,
    most_first,
)
from index.columns import ROLES, digest
from index.dense import inner_products
from index.errors import DamagedIndex, MissingIndex, StaleIndex, UnreachableStore, VraagbaakError
from index.records import Document, Passage, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder

FORMAT = 5
"""Raised with every change of the collections: others are published anew."""

REQUIREMENTS = "requirements-milvus.txt"
_ADDRESS = re.compile(
    r"milvus(?P<tls>\+tls)?:(?://(?:(?P<login>[^@/]+:[^@/]*)@)?(?P<host>\[[\w:]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?"
    r"/(?P<name>[A-Za-z_]\w{0,63})|(?://(?=/))?(?!//)(?P<path>.+\.db))"
)
KINDS = ("passages", "records", "terms", "spellings")
_PORT = 19530
PIECES = 4096
"""Pieces of one document at most: 180 MB of compressed JSON."""
AT_ONCE = 128
"""Passages in one message, which may hold 64 MB."""
_MOST_FETCHED = 16_384
"""Rows that Milvus gives for one question."""
MOST_IN_LIST = 4_096
"""Elements of a list in a row, which is Milvus' own limit."""
_LOOKED_AT_EVERY = 2.0
"""Seconds between two looks at whether something new was published."""
_SCORED_WHOLE = 1_000
"""Passages: so many that pass the filters are all scored."""
_POSITIVE = (1 << 63) - 1
_FIELDS = (
    "row document exchange place role start end asked_by members numbers own around spans sentences questions "
    "dense".split()
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where Milvus is: `uri` and `token` as pymilvus takes them; the names of all collections begin with `name`."""

    uri: str
    token: str
    name: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises MissingIndex where the address cannot be understood."""
        found = _ADDRESS.fullmatch(text)
        if found is None or int(found["port"] or _PORT) > 65_535:
            raise MissingIndex(
                f"{text!r} is no address of a store: write milvus://host:port/name for a cluster, or milvus:file.db"
            )
        if found["path"]:
            return cls(str(Path(found["path"]).expanduser()), "", "vraagbaak")
        scheme = "https" if found["tls"] else "http"
        return cls(f"{scheme}://{found['host']}:{found['port'] or _PORT}", found["login"] or "", found["name"])

    def __str__(self) -> str:
        """Without the password."""
        return f"{self.uri} ({self.name})"


def is_address(text: str | Path) -> bool:
    """Whether this names a store in Milvus and not a folder."""
    return str(text).startswith(("milvus:", "milvus+tls:"))


@dataclass(frozen=True, slots=True)
class State:
    """What is current. Rows and documents below `rows` and `numbers` count; `folder` is the folder's own name for them.

    `parties` and `members` are the names under which anybody asked, `ministries` those of the ministers who answered,
    `concerned` those and whom the questions were put to, `years` those in which documents are dated.
    """

    format: int
    prefix: str
    folder: str
    rows: int
    numbers: int
    parties: tuple[str, ...]
    ministries: tuple[str, ...]
    years: tuple[int, ...]
    manifest: Mapping[str, Any]
    members: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()


class MilvusStore:
    """An index in Milvus, open for reading; `index.backend` says what each method does."""

    def __init__(self, address: Address, client: Any, state: State, encoder: Encoder) -> None:
        self._address, self._client, self._state, self._encoder = address, client, state, encoder
        self.manifest = Manifest(**{**state.manifest, "parts": {}, "files": {}})
        self._passages, self._records, self._terms, self._spellings = (f"{state.prefix}_{kind}" for kind in KINDS)
        with telling(address):
            for kind in KINDS:
                client.load_collection(f"{state.prefix}_{kind}")
        self.select = lru_cache(maxsize=64)(self._select)
        self.document_frequency = lru_cache(maxsize=100_000)(self._document_frequency)
        self._document = lru_cache(maxsize=512)(self._read_document)
        self._looked = time.monotonic()
        self._looking = threading.Lock()

    @property
    def members(self) -> tuple[str, ...]:
        return self._state.members

    @property
    def ministries(self) -> tuple[str, ...]:
        return self._state.concerned

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.numbers, self._document)

    def refreshed(self) -> MilvusStore:
        now = time.monotonic()
        if now - self._looked < _LOOKED_AT_EVERY or not self._looking.acquire(blocking=False):
            return self
        try:
            self._looked = now
            state = state_of(self._client, self._address)
            if state is None or state.manifest["generation"] == self.manifest.generation:
                return self
            _check(state, self._address, self._encoder)
            return MilvusStore(self._address, self._client, state, self._encoder)
        except VraagbaakError:
            return self  # another model's, or out of reach: the old one answers on
        finally:
            self._looking.release()

    def document(self, name: str) -> Document | None:
        found = self._query(self._records, f"name == {number_of(name)} and piece == 0", ["pk"])
        for row in found:
            document = self._document(row["pk"] // PIECES)
            if document.id == name:
                return document
        return None

    def candidates(self, asked: Asked, filters: Filters, count: int) -> Candidates:
        passing = _conditions(filters)
        total = self.select(filters).passages
        if not total:
            return self._scored(asked, [])
        if total <= min(max(_SCORED_WHOLE, 2 * count), _MOST_FETCHED):
            return self._scored(asked, self._query(self._passages, self._where(passing), _FIELDS))
        limit = min(count, _MOST_FETCHED)
        found = self._best(asked, passing, limit)
        named = []
        if asked.parties:
            named.append(_any("asked_by", asked.parties))
        if asked.members:
            named.append(_any("members", asked.members))
        if asked.numbers:
            named.append(f"array_contains_any(numbers, [{', '.join(map(str, sorted(asked.numbers)))}])")
        if len(named) == 2:
            named.append(" and ".join(named))
        for also in named:
            found |= self._best(asked, [*passing, also], limit)
        return self._scored(asked, self._rows(sorted(found), _FIELDS))

    def keys(self, rows: Sequence[int]) -> list[Key]:
        found = self._ordered(rows, ["row", "document", "place"])
        return [
            (self._document(row["document"]).id, row["place"] if row["place"] >= 0 else -1 - row["row"])
            for row in found
        ]

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        found = []
        for row in self._ordered(rows, ["row", "document", "place", "role", "start", "end"]):
            document = self._document(row["document"])
            exchange = document.exchanges[row["place"]] if row["place"] >= 0 else None
            found.append(Passage(document, exchange, ROLES[row["role"]], Span(row["start"], row["end"])))
        return found

    def sentences(
        self, rows: Sequence[int], vector: NDArray[np.float32]
    ) -> list[tuple[tuple[Span, ...], NDArray[np.float32]]]:
        found = []
        for row in self._ordered(rows, ["row", "spans", "sentences"]):
            places = list(row["spans"])
            spans = tuple(Span(*pair) for pair in zip(places[::2], places[1::2], strict=True))
            found.append((spans, inner_products(self._vectors(row["sentences"]), vector)))
        return found

    def rows_like(self, spelling: str, *, edits: int) -> list[int]:
        near = [
            word
            for word in self._vocabulary
            if abs(len(word) - len(spelling)) <= edits and edit_distance(spelling, word) <= edits
        ]
        if not near:
            return []
        found = self._query(self._passages, self._where([_any("spelt", near)]), ["row"], limit=SPELT_ALIKE)
        return sorted(row["row"] for row in found)

    def check(self) -> None:
        """Nothing: what Milvus stores it looks after itself."""

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Every word as spelt, read when a word is first misspelt."""
        return [row["word"] for row in self._all(self._spellings, 0, _POSITIVE, ["word"])]

    def _document_frequency(self, term: str) -> int:
        found = self._query(self._terms, f"pk == {number_of(term)}", ["count"])
        return int(found[0]["count"]) if found else 0

    def _select(self, filters: Filters) -> Selection:
        """Counted by the engine, field by field, so that nothing is read from it but numbers."""
        passing = _conditions(filters)
        passages = self._count(passing)
        but_parties = _conditions(replace(filters, parties=()))
        parties = {
            party: self._count(["first == true", *but_parties, _any("asked_by", [party])])
            for party in self._state.parties
        }
        ministries = {
            name: self._documents_that_pass(replace(filters, ministries=(name,))) for name in self._state.ministries
        }
        years = {
            year: self._documents_that_pass(replace(filters, since=date(year, 1, 1), until=date(year, 12, 31)))
            for year in reversed(self._state.years)
        }
        return Selection(
            passages=passages,
            documents=self._documents_that_pass(filters) if passages else 0,
            until=self._latest(passing) if passages else None,
            parties=most_first(parties),
            ministries=most_first(ministries),
            years={year: count for year, count in years.items() if count},
        )

    def _documents_that_pass(self, filters: Filters) -> int:
        return self._count(["head == true", *_conditions(filters, of_documents=True)])

    def _latest(self, passing: Sequence[str]) -> date | None:
        """The latest day of an answer: the engine has no maximum, so it is closed in by counting."""
        if not self._count([*passing, "answered > 0"]):
            return None
        low, high = 1, date.max.toordinal()
        while low < high:
            middle = (low + high + 1) // 2
            if self._count([*passing, f"answered >= {middle}"]):
                low = middle
            else:
                high = middle - 1
        return date.fromordinal(low)

    def _best(self, asked: Asked, passing: Sequence[str], limit: int) -> set[int]:
        """The rows nearest by the passages' vectors, and those with the most of the terms."""
        where = self._where(passing)
        found = self._search("dense", asked.vector.tolist(), where, limit)
        terms = _dimensions(asked.weights, asked.context)
        if terms:
            found |= self._search("terms", terms, where, limit)
        return found

    def _scored(self, asked: Asked, found: Sequence[Mapping[str, Any]]) -> Candidates:
        import numpy as np

        found = sorted(found, key=lambda row: row["row"])
        weights = {number_of(term): weight for term, weight in asked.weights.items()}
        told = "members" if asked.members else "asked_by"
        named, numbered = {number_of(name) for name in asked.members or asked.parties}, set(asked.numbers)
        rows = np.array([row["row"] for row in found], dtype=np.int64)
        lexical, nearest = np.zeros((2, len(found)), dtype=np.float32)
        for place, row in enumerate(found):
            lexical[place] = sum(weights.get(term, 0.0) for term in row["own"]) + asked.context * sum(
                weights.get(term, 0.0) for term in row["around"]
            )
            spoken = self._vectors([*row["sentences"], *row["questions"]])
            nearest[place] = inner_products(spoken, asked.vector).max(initial=-1.0)
        in_document = self._in_documents(weights, {row["document"] for row in found})
        vectors = np.array([row["dense"] for row in found], dtype=np.float32).reshape(
            len(found), self.manifest.dimension
        )
        return Candidates(
            rows=rows,
            exchanges=np.array(
                [row["exchange"] if row["exchange"] >= 0 else -1 - row["row"] for row in found], dtype=np.int64
            ),
            documents=np.array([row["document"] for row in found], dtype=np.int64),
            in_context=inner_products(vectors, asked.vector),
            nearest=nearest,
            lexical=lexical,
            in_document=np.array([in_document[row["document"]] for row in found], dtype=np.float32),
            named=np.array([not named.isdisjoint(row[told]) for row in found], dtype=np.bool_),
            numbered=np.array([not numbered.isdisjoint(row["numbers"]) for row in found], dtype=np.bool_),
        )

    def _in_documents(self, weights: Mapping[int, float], documents: set[int]) -> dict[int, float]:
        """Of each document the summed weight of the terms that stand anywhere in it."""
        held: dict[int, set[int]] = {number: set() for number in documents}
        asked = " or ".join(f"array_contains_any({field}, {sorted(weights)})" for field in ("own", "around"))
        parts = list(parted(sorted(documents), AT_ONCE)) if weights else []
        while parts:
            part = parts.pop()
            where = self._where([f"document in {part}", f"({asked})"])
            found = self._query(self._passages, where, ["document", "own", "around"])
            if len(found) >= _MOST_FETCHED and len(part) > 1:  # more than Milvus gives at once
                parts += [part[: len(part) // 2], part[len(part) // 2 :]]
                continue
            for row in found:
                held[row["document"]] |= weights.keys() & {*row["own"], *row["around"]}
        return {number: sum(weights[term] for term in terms) for number, terms in held.items()}

    def _vectors(self, packed: Sequence[str]) -> NDArray[np.float16]:
        import numpy as np

        block = b"".join(base64.b64decode(text) for text in packed)
        return np.frombuffer(block, dtype="<f2").reshape(len(packed), self.manifest.dimension)

    def _where(self, conditions: Sequence[str]) -> str:
        return " and ".join([f"row < {self._state.rows}", *conditions])

    def _count(self, conditions: Sequence[str]) -> int:
        with telling(self._address):
            found = self._client.query(self._passages, filter=self._where(conditions), output_fields=["count(*)"])
        return int(found[0]["count(*)"])

    def _search(self, field: str, what: Any, where: str, limit: int) -> set[int]:
        with telling(self._address):
            found = self._client.search(
                self._passages,
                data=[what],
                anns_field=field,
                filter=where,
                limit=limit,
                output_fields=["row"],
                search_params={"metric_type": "IP"},
            )
        return {int(hit["row"]) for hit in found[0]}

    def _query(self, collection: str, where: str, fields: Sequence[str], limit: int = _MOST_FETCHED) -> list[Any]:
        with telling(self._address):
            return list(self._client.query(collection, filter=where, output_fields=list(fields), limit=limit))

    def _rows(self, rows: Sequence[int], fields: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        for first in range(0, len(rows), 1000):
            found += self._query(self._passages, f"row in {[int(row) for row in rows[first : first + 1000]]}", fields)
        return found

    def _ordered(self, rows: Sequence[int], fields: Sequence[str]) -> list[Any]:
        found = {row["row"]: row for row in self._rows(sorted(set(rows)), fields)}
        if missing := [row for row in rows if row not in found]:
            raise DamagedIndex(f"{self._address} has lost row {missing[0]}: publish the index anew")
        return [found[row] for row in rows]

    def _all(self, collection: str, low: int, high: int, fields: Sequence[str], also: str = "") -> list[Any]:
        """Every row whose key lies between the two, in halves where there are more than Milvus gives at once."""
        found = self._query(collection, f"pk >= {low} and pk < {high}{also}", fields)
        if len(found) < _MOST_FETCHED or high - low < 2:
            return found
        middle = (low + high) // 2
        return [
            *self._all(collection, low, middle, fields, also),
            *self._all(collection, middle, high, fields, also),
        ]

    @cached_property
    def numbers(self) -> list[int]:
        """Those of all documents that are there, in order."""
        found = self._all(self._records, 0, self._state.numbers * PIECES, ["pk"], " and piece == 0")
        return sorted(row["pk"] // PIECES for row in found)

    def _read_document(self, number: int) -> Document:
        found = self._query(self._records, f"pk >= {number * PIECES} and pk < {(number + 1) * PIECES}", ["pk", "body"])
        pieces = sorted(found, key=lambda row: row["pk"])
        try:
            content = zlib.decompress(base64.b64decode("".join(piece["body"] for piece in pieces)))
            return serial.load(content)
        except (ValueError, zlib.error, KeyError, TypeError) as error:
            raise DamagedIndex(
                f"{self._address} has lost document {number} ({error}): publish the index anew"
            ) from error


def open_milvus(address: str | Address, encoder: Encoder) -> MilvusStore:
    """Open what was published. Raises MissingIndex, StaleIndex (another format, analyser or model) or DamagedIndex."""
    address = address if isinstance(address, Address) else Address.read(address)
    if "://" not in address.uri and not Path(address.uri).exists():
        raise MissingIndex(f"no store in {address.uri}: run `python -m index publish milvus:{address.uri}`")
    client = connect(address)
    state = state_of(client, address)
    if state is None:
        raise MissingIndex(f"nothing was published to {address}: run `python -m index publish`")
    _check(state, address, encoder)
    return MilvusStore(address, client, state, encoder)


def create(client: Any, address: Address, prefix: str, dimension: int) -> None:
    """Make the collections of a copy, and that of the state where there is none."""
    from pymilvus import DataType

    def schema(key: str) -> Any:
        made = client.create_schema(auto_id=False, enable_dynamic_field=False)
        made.add_field(key, DataType.INT64, is_primary=True)
        return made

    def make(name: str, made: Any, **indexed: str) -> None:
        indexes = client.prepare_index_params()
        for column, kind in indexed.items():
            indexes.add_index(column, index_type=kind, **({"metric_type": "IP"} if kind != "INVERTED" else {}))
        if not client.has_collection(name):
            client.create_collection(name, schema=made, index_params=indexes, consistency_level="Strong")

    with telling(address):
        passages = schema("row")
        for name in ("document", "exchange", "name"):
            passages.add_field(name, DataType.INT64)
        for name in ("place", "role", "start", "end", "day", "answered", "sent", "replied"):
            passages.add_field(name, DataType.INT32)
        for name in ("first", "head"):
            passages.add_field(name, DataType.BOOL)
        whole = (
            "asked_by", "members", "ministries", "concerned", "told", "numbers", "own", "around", "spelt",
            "spans",
        )  # fmt: skip
        for name in whole:
            passages.add_field(name, DataType.ARRAY, element_type=DataType.INT64, max_capacity=MOST_IN_LIST)
        for name in ("sentences", "questions"):
            longest = 4 * -(-2 * dimension // 3)
            passages.add_field(
                name, DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=MOST_IN_LIST, max_length=longest
            )
        passages.add_field("dense", DataType.FLOAT_VECTOR, dim=dimension)
        passages.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
        # milvus-lite keeps no index of a list, and looks at every row.
        listed = {} if "://" not in address.uri else dict.fromkeys(whole[:-1], "INVERTED")
        make(f"{prefix}_passages", passages, dense="AUTOINDEX", terms="SPARSE_INVERTED_INDEX", **listed)
        for kind, numbers, text in (
            ("records", ("document", "piece", "name"), "body"),
            ("spellings", (), "word"),
            ("terms", ("count",), ""),
        ):
            made = schema("pk")
            for name in numbers:
                made.add_field(name, DataType.INT64)
            if text:
                made.add_field(text, DataType.VARCHAR, max_length=65_535)
            made.add_field("none", DataType.FLOAT_VECTOR, dim=2)  # Milvus has no collection without a vector
            make(f"{prefix}_{kind}", made, none="AUTOINDEX")
        made = schema("pk")
        made.add_field("body", DataType.VARCHAR, max_length=65_535)
        made.add_field("none", DataType.FLOAT_VECTOR, dim=2)
        make(f"{address.name}_state", made, none="AUTOINDEX")


def connect(address: Address) -> Any:
    """A client of pymilvus. Raises MissingIndex where that is not installed, and UnreachableStore."""
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise MissingIndex(f"a store in Milvus needs pymilvus: run `pip install -r {REQUIREMENTS}`") from error
    # What goes wrong is told by our errors; the library would print each with its traceback.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    with telling(address):
        if "://" in address.uri:
            return MilvusClient(address.uri, token=address.token, timeout=30)
        Path(address.uri).parent.mkdir(parents=True, exist_ok=True)
        # milvus-lite hangs up on a client that asks every ten seconds whether it is there, which is pymilvus' habit.
        calm = {"grpc.keepalive_time_ms": 7_200_000, "grpc.keepalive_permit_without_calls": False}
        return MilvusClient(address.uri, timeout=30, grpc_options=calm)


def state_of(client: Any, address: Address) -> State | None:
    """What is current; None where nothing was published. Raises DamagedIndex where it cannot be read."""
    with telling(address):
        if not client.has_collection(f"{address.name}_state"):
            return None
        client.load_collection(f"{address.name}_state")
        found = client.query(f"{address.name}_state", filter="pk == 0", output_fields=["body"])
    if not found:
        return None
    try:
        fields = json.loads(found[0]["body"])
        names = ("parties", "members", "ministries", "concerned", "years")
        return State(**{**fields, **{name: tuple(fields.get(name, ())) for name in names}})
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedIndex(f"what {address} says of itself is damaged ({error}): publish the index anew") from error


def _check(state: State, address: Address, encoder: Encoder) -> None:
    made = Manifest(**{**state.manifest, "parts": {}, "files": {}})
    if state.format != FORMAT or made.analyser != ANALYSER_VERSION:
        raise StaleIndex(f"{address} was published by another version: run `python -m index publish`")
    if made.fingerprint != encoder.fingerprint:
        raise StaleIndex(
            f"{address} was built with the model {made.encoder!r} ({made.fingerprint[:12]}), not with {encoder.name!r} "
            f"({encoder.fingerprint[:12]}): publish an index of this model, or name its model with --model"
        )


@contextmanager
def telling(address: Address) -> Iterator[None]:
    """Errors of the engine as ours."""
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except MilvusException as error:
        raise UnreachableStore(
            f"{address} does not answer ({error.message}): is it running, and is the address right? A file is open to "
            "one process at a time"
        ) from error


def _conditions(filters: Filters, *, of_documents: bool = False) -> list[str]:
    """What a passage must fulfil, or a document's first passage for any of the document's passages to do so."""
    found = []
    if of_documents and (filters.parties or filters.members):
        parties, members = filters.parties or ("",), filters.members
        told = [f"{party}\n{member}" for party in parties for member in members] if members else list(parties)
        found.append(_any("told", told))
    elif not of_documents:
        if filters.parties:
            found.append(_any("asked_by", filters.parties))
        if filters.members:
            found.append(_any("members", filters.members))
    if filters.ministries:
        found.append(_any("ministries", filters.ministries))
    if filters.concerned:
        found.append(_any("concerned", filters.concerned))
    if filters.documents:
        found.append(f"name in {numbers_of(filters.documents)}")
    if filters.since:
        found.append(f"day >= {filters.since.toordinal()}")
    if filters.until:
        found.append(f"(day > 0 and day <= {filters.until.toordinal()})")
    if filters.dated:
        first, last = filters.dated.first.toordinal(), filters.dated.last.toordinal()
        then = " or ".join(f"({name} >= {first} and {name} <= {last})" for name in filters.dated.days)
        found.append(f"({then})")
    return found


def _any(field: str, names: Sequence[str]) -> str:
    return f"array_contains_any({field}, {numbers_of(names)})"


def numbers_of(names: Any) -> list[int]:
    return sorted({number_of(name) for name in names})


def number_of(name: str) -> int:
    """What stands for a name or a term: 63 bits of its digest, since Milvus' integers have a sign."""
    return digest(name) & _POSITIVE


def dimension_of(number: int, *, around: bool = False) -> int:
    """A term's dimension of the sparse index: even ones are a passage's own, odd ones of its context."""
    return (number & 0x3FFFFFFF) << 1 | around


def _dimensions(weights: Mapping[str, float], context_weight: float) -> dict[int, float]:
    found = {dimension_of(number_of(term)): weight for term, weight in weights.items() if weight > 0}
    if context_weight > 0:
        found |= {
            dimension_of(number_of(term), around=True): weight * context_weight
            for term, weight in weights.items()
            if weight > 0
        }
    return found


def parted(values: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for first in range(0, len(values), size):
        yield list(values[first : first + size])
