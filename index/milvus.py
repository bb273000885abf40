"""The same store in Milvus: the door to pymilvus. A cluster by its address, or a file (milvus-lite) for trials.

    milvus://[user:password@]host[:port]/NAME      a cluster; milvus+tls:// with TLS
    milvus:///folder/file.db                       milvus-lite, for one process at a time; milvus:file.db from here

What lies there is a copy of an index in a folder (`publish`). The folder stays the master: there builds are resumed
and checked, and from it a cluster is filled anew; to search, the cluster is enough. The collection NAME_state holds one
row, which tells the collections that are current:

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from index import serial
from index.analysis import ANALYSER_VERSION, distinct, edit_distance, fold
from index.backend import (
    SPELT_ALIKE,
    Asked,
    Candidates,
    Documents,
    Filters,
    Key,
    Manifest,
    Selection,
    asking_names,
    most_first,
)
from index.columns import ROLES, digest
from index.dates import ordinal
from index.dense import inner_products
from index.errors import DamagedIndex, MissingIndex, StaleIndex, UnreachableStore, VraagbaakError
from index.parties import register
from index.passages import surroundings
from index.records import Document, Passage, Span
from index.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder

FORMAT = 4
"""Raised with every change of the collections: others are published anew."""

REQUIREMENTS = "requirements-milvus.txt"
_ADDRESS = re.compile(
    r"milvus(?P<tls>\+tls)?:(?://(?:(?P<login>[^@/]+:[^@/]*)@)?(?P<host>\[[\w:]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?"
    r"/(?P<name>[A-Za-z_]\w{0,63})|(?://(?=/))?(?!//)(?P<path>.+\.db))"
)
_KINDS = ("passages", "records", "terms", "spellings")
_PORT = 19530
_PIECE = 60_000
"""Characters of a field, which may hold 65,535 bytes."""
_PIECES = 4096
"""Pieces of one document at most: 180 MB of compressed JSON."""
_AT_ONCE = 128
"""Passages in one message, which may hold 64 MB."""
_MOST_FETCHED = 16_384
"""Rows that Milvus gives for one question."""
_MOST_IN_LIST = 4_096
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

Progress = Callable[[str, int, int], None]


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
        self._passages, self._records, self._terms, self._spellings = (f"{state.prefix}_{kind}" for kind in _KINDS)
        with _telling(address):
            for kind in _KINDS:
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
            state = _state(self._client, self._address)
            if state is None or state.manifest["generation"] == self.manifest.generation:
                return self
            _check(state, self._address, self._encoder)
            return MilvusStore(self._address, self._client, state, self._encoder)
        except VraagbaakError:
            return self  # another model's, or out of reach: the old one answers on
        finally:
            self._looking.release()

    def document(self, name: str) -> Document | None:
        found = self._query(self._records, f"name == {_number(name)} and piece == 0", ["pk"])
        for row in found:
            document = self._document(row["pk"] // _PIECES)
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
        found = self._query(self._terms, f"pk == {_number(term)}", ["count"])
        return int(found[0]["count"]) if found else 0

    def _select(self, filters: Filters) -> Selection:
        """Counted by the engine, field by field, so that nothing is read from it but numbers."""
        passing = _conditions(filters)
        passages = self._count(passing)
        but_parties = _conditions(replace(filters, parties=()))
        parties = {
            party: self._count(["first == true", *but_parties, _any("asked", [party])]) for party in self._state.parties
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
        weights = {_number(term): weight for term, weight in asked.weights.items()}
        told = "members" if asked.members else "asked_by"
        named, numbered = {_number(name) for name in asked.members or asked.parties}, set(asked.numbers)
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
        parts = list(_parted(sorted(documents), _AT_ONCE)) if weights else []
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
        with _telling(self._address):
            found = self._client.query(self._passages, filter=self._where(conditions), output_fields=["count(*)"])
        return int(found[0]["count(*)"])

    def _search(self, field: str, what: Any, where: str, limit: int) -> set[int]:
        with _telling(self._address):
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
        with _telling(self._address):
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
        found = self._all(self._records, 0, self._state.numbers * _PIECES, ["pk"], " and piece == 0")
        return sorted(row["pk"] // _PIECES for row in found)

    def _read_document(self, number: int) -> Document:
        found = self._query(
            self._records, f"pk >= {number * _PIECES} and pk < {(number + 1) * _PIECES}", ["pk", "body"]
        )
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
    client = _connect(address)
    state = _state(client, address)
    if state is None:
        raise MissingIndex(f"nothing was published to {address}: run `python -m index publish`")
    _check(state, address, encoder)
    return MilvusStore(address, client, state, encoder)


def publish(store: Store, address: str | Address, *, progress: Progress | None = None) -> State:
    """Bring Milvus in line with an index in a folder. Returns what is current there then.

    Where the folder only grew or lost documents since, only those are sent and removed; else everything is sent beside
    what is there, and takes its place when it is whole.
    """
    address = address if isinstance(address, Address) else Address.read(address)
    tell = progress or (lambda stage, done, total: None)
    client = _connect(address)
    try:
        before = _state(client, address)
    except DamagedIndex:  # whose cure this is
        before = None
    rows_name = store.manifest.parts["rows"]
    if before is None or not _leads_to(store, client, address, before):
        before, prefix = None, f"{address.name}_{uuid4().hex[:8]}"
        _create(client, address, prefix, store.manifest.dimension)
    else:
        prefix = before.prefix
    first = before.numbers if before else 0
    gone: list[int] = []
    with _telling(address):
        if before is not None:
            for kind, key in (("passages", f"row >= {before.rows}"), ("records", f"pk >= {before.numbers * _PIECES}")):
                client.delete(f"{prefix}_{kind}", filter=key)  # of a publish that did not come to its end
            gone = [number for number in store.dead if number < first]
            for part in _parted(gone, 1000):
                client.delete(f"{prefix}_passages", filter=f"document in {part}")
                client.delete(f"{prefix}_records", filter=f"document in {part}")
        new = [int(number) for number in store.live if number >= first]
        names = _Names()
        if before is not None:
            names = _Names(
                set(before.parties), set(before.members), set(before.ministries), set(before.concerned),
                set(before.years),
            )  # fmt: skip
        held: set[str] = set()
        for number in gone:
            for passage in store.passages(store.rows_of(number)):
                held |= _words(f"{surroundings(passage)} {passage.text}")[0]
        _send(client, store, prefix, new, names, held, tell)
        for kind in _KINDS:
            client.flush(f"{prefix}_{kind}")
        state = State(
            FORMAT, prefix, rows_name, len(store.columns), len(store.columns.documents), tuple(sorted(names.parties)),
            tuple(sorted(names.ministries)), tuple(sorted(names.years)),
            asdict(store.manifest) | {"parts": {}, "files": {}}, tuple(sorted(names.members)),
            tuple(sorted(names.concerned)),
        )  # fmt: skip
        client.upsert(f"{address.name}_state", [{"pk": 0, "body": json.dumps(asdict(state)), "none": [0.0, 0.0]}])
        client.flush(f"{address.name}_state")
        # Those of before, and of whoever did not come to the end.
        others = re.compile(rf"(?!{prefix}){address.name}_[0-9a-f]{{8}}_(?:{'|'.join(_KINDS)})")
        for name in filter(others.fullmatch, client.list_collections()):
            client.drop_collection(name)
    return state


def _leads_to(store: Store, client: Any, address: Address, before: State) -> bool:
    """Whether an index only grew and lost documents since then, and what it holds of them still is there."""
    if (
        before.format != FORMAT
        or before.folder != store.manifest.parts["rows"]
        or before.numbers > len(store.columns.documents)
    ):
        return False
    still = [number for number in store.live.tolist() if number < before.numbers]
    expected = {
        "passages": (f"row < {before.rows}", sum(len(store.rows_of(number)) for number in still)),
        "records": (f"piece == 0 and pk < {before.numbers * _PIECES}", len(still)),
    }
    with _telling(address):
        if not all(client.has_collection(f"{before.prefix}_{kind}") for kind in _KINDS):
            return False
        for kind, (where, least) in expected.items():
            name = f"{before.prefix}_{kind}"
            client.load_collection(name)
            if int(client.query(name, filter=where, output_fields=["count(*)"])[0]["count(*)"]) < least:
                return False
    return True


@dataclass(frozen=True, slots=True)
class _Names:
    """What documents may be counted by."""

    parties: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    ministries: set[str] = field(default_factory=set)
    concerned: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def of(self, document: Document) -> None:
        askers = [asker for exchange in document.exchanges for asker in exchange.askers]
        self.parties.update(asker.party for asker in askers)
        self.members.update(asker.member for asker in askers if asker.member is not None)
        self.ministries.update(minister.ministry for minister in document.ministers if minister.ministry)
        self.concerned.update(filter(None, document.concerned))
        if document.day:
            self.years.add(document.day.year)


def _send(
    client: Any,
    store: Store,
    prefix: str,
    numbers: Sequence[int],
    names: _Names,
    held: set[str],
    tell: Progress,
) -> None:
    """Send documents with all that belongs to them, and how often each of their terms, and those `held`, stands now."""
    waiting: list[dict[str, Any]] = []
    spelt: set[str] = set()
    for done, number in enumerate(numbers):
        tell("publish", done, len(numbers))
        passages = store.passages(store.rows_of(number))
        document = passages[0].document if passages else store.read_document(number)
        body = base64.b64encode(zlib.compress(serial.dump(document), 6)).decode()
        pieces = [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)]
        if len(pieces) > _PIECES:
            raise VraagbaakError(f"{document.filename} is too long for Milvus: leave it out, or split it")
        client.upsert(
            f"{prefix}_records",
            [
                {
                    "pk": number * _PIECES + place, "document": number, "piece": place, "name": _number(document.id),
                    "body": piece, "none": [0.0, 0.0],
                }
                for place, piece in enumerate(pieces)
            ],
        )  # fmt: skip
        names.of(document)
        for row in _entries(store, number, document, passages, held, spelt):
            waiting.append(row)
            if len(waiting) == _AT_ONCE:
                client.upsert(f"{prefix}_passages", waiting)
                waiting = []
    if waiting:
        client.upsert(f"{prefix}_passages", waiting)
    for part in _parted(sorted(held), 1000):
        counted = [{"pk": _number(term), "count": store.document_frequency(term), "none": [0.0, 0.0]} for term in part]
        client.upsert(f"{prefix}_terms", counted)
    for part in _parted(sorted(spelt), 1000):
        client.upsert(f"{prefix}_spellings", [{"pk": _number(word), "word": word, "none": [0.0, 0.0]} for word in part])
    tell("publish", len(numbers), len(numbers))


def _words(text: str) -> tuple[set[str], set[str]]:
    """The terms of a text, and its words as spelt, folded."""
    found = distinct(text)
    return {term for terms in found.values() for term in terms}, {fold(surface) for surface in found}


def _entries(
    store: Store, number: int, document: Document, passages: Sequence[Passage], terms: set[str], spelt: set[str]
) -> Iterator[dict[str, Any]]:
    """The rows of a document's passages; the terms they hold and the words they spell go into the sets."""
    rows = store.rows_of(number)
    year = document.day.year if document.day else None
    filtered = {
        id(exchange): frozenset(
            party.name for party in register() if asking_names([party.name], year) & {a.party for a in exchange.askers}
        )
        | {asker.party for asker in exchange.askers}
        for exchange in document.exchanges
    }
    members = {
        id(exchange): {asker.member for asker in exchange.askers if asker.member is not None}
        for exchange in document.exchanges
    }
    spoken = {id(passage.exchange) for passage in passages if passage.exchange is not None}
    told = {
        name
        for exchange in document.exchanges
        if id(exchange) in spoken
        for name in (
            *filtered[id(exchange)],
            *(f"\n{member}" for member in members[id(exchange)]),
            *(f"{party}\n{member}" for party in filtered[id(exchange)] for member in members[id(exchange)]),
        )
    }
    seen: set[int] = set()
    questions: dict[int, list[str]] = {}
    for row, passage in zip(rows, passages, strict=True):
        exchange = passage.exchange
        key = id(exchange)
        vectors = store.encoded(row)
        own, asked = store.quoted(row)
        packed = [base64.b64encode(vector.tobytes()).decode() for vector in vectors[1:]]
        if asked:
            questions[key] = packed[len(own) :]
        (own_terms, own_spelt), (around_terms, around_spelt) = _words(passage.text), _words(surroundings(passage))
        held, around, folded = _numbers(own_terms), _numbers(around_terms), own_spelt | around_spelt
        terms |= own_terms | around_terms
        spelt |= {word for word in folded if len(word) <= 64}
        entry = {
            "row": row,
            "document": number,
            "exchange": int(store.columns.exchange_of[row]),
            "place": -1 if exchange is None else document.exchanges.index(exchange),
            "role": ROLES.index(passage.role),
            "start": passage.span.start,
            "end": passage.span.end,
            "first": exchange is not None and key not in seen,
            "head": row == rows[0],
            "name": _number(document.id),
            "day": ordinal(document.day),
            "answered": ordinal(document.answered_on),
            "sent": ordinal(document.when_asked),
            "replied": ordinal(document.when_answered),
            "asked": _numbers({asker.party for asker in exchange.askers} if exchange else ()),
            "asked_by": _numbers(filtered[key] if exchange else ()),
            "members": _numbers(members[key] if exchange else ()),
            "ministries": _numbers({minister.ministry for minister in document.ministers}),
            "concerned": _numbers(document.concerned),
            "told": _numbers(told) if row == rows[0] else [],
            "numbers": list(exchange.numbers) if exchange else [],
            "own": held,
            "around": around,
            "spelt": _numbers(folded),
            "spans": [place for span in own for place in (span.start, span.end)],
            "sentences": packed[: len(own)],
            "questions": questions.get(key, []) if exchange else [],
            "dense": vectors[0].astype("<f4").tolist(),
            "terms": {_dimension(term): 1.0 for term in held} | {_dimension(term, around=True): 1.0 for term in around}
            or {0: 1e-9},  # Milvus takes no empty vector
        }
        seen.add(key)
        for name, value in entry.items():
            if isinstance(value, list) and name != "dense" and len(value) > _MOST_IN_LIST:
                raise VraagbaakError(f"{document.filename}: a passage has {len(value)} {name}, too many for Milvus")
        yield entry


def _create(client: Any, address: Address, prefix: str, dimension: int) -> None:
    from pymilvus import DataType

    def schema(key: str) -> Any:
        made = client.create_schema(auto_id=False, enable_dynamic_field=False)
        made.add_field(key, DataType.INT64, is_primary=True)
        return made

    def create(name: str, made: Any, **indexed: str) -> None:
        indexes = client.prepare_index_params()
        for column, kind in indexed.items():
            indexes.add_index(column, index_type=kind, **({"metric_type": "IP"} if kind != "INVERTED" else {}))
        if not client.has_collection(name):
            client.create_collection(name, schema=made, index_params=indexes, consistency_level="Strong")

    with _telling(address):
        passages = schema("row")
        for name in ("document", "exchange", "name"):
            passages.add_field(name, DataType.INT64)
        for name in ("place", "role", "start", "end", "day", "answered", "sent", "replied"):
            passages.add_field(name, DataType.INT32)
        for name in ("first", "head"):
            passages.add_field(name, DataType.BOOL)
        whole = (
            "asked", "asked_by", "members", "ministries", "concerned", "told", "numbers", "own", "around", "spelt",
            "spans",
        )  # fmt: skip
        for name in whole:
            passages.add_field(name, DataType.ARRAY, element_type=DataType.INT64, max_capacity=_MOST_IN_LIST)
        for name in ("sentences", "questions"):
            longest = 4 * -(-2 * dimension // 3)
            passages.add_field(
                name, DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=_MOST_IN_LIST, max_length=longest
            )
        passages.add_field("dense", DataType.FLOAT_VECTOR, dim=dimension)
        passages.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
        # milvus-lite keeps no index of a list, and looks at every row.
        listed = {} if "://" not in address.uri else dict.fromkeys(whole[:-1], "INVERTED")
        create(f"{prefix}_passages", passages, dense="AUTOINDEX", terms="SPARSE_INVERTED_INDEX", **listed)
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
            create(f"{prefix}_{kind}", made, none="AUTOINDEX")
        made = schema("pk")
        made.add_field("body", DataType.VARCHAR, max_length=65_535)
        made.add_field("none", DataType.FLOAT_VECTOR, dim=2)
        create(f"{address.name}_state", made, none="AUTOINDEX")


def _connect(address: Address) -> Any:
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise MissingIndex(f"a store in Milvus needs pymilvus: run `pip install -r {REQUIREMENTS}`") from error
    # What goes wrong is told by our errors; the library would print each with its traceback.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    with _telling(address):
        if "://" in address.uri:
            return MilvusClient(address.uri, token=address.token, timeout=30)
        Path(address.uri).parent.mkdir(parents=True, exist_ok=True)
        # milvus-lite hangs up on a client that asks every ten seconds whether it is there, which is pymilvus' habit.
        calm = {"grpc.keepalive_time_ms": 7_200_000, "grpc.keepalive_permit_without_calls": False}
        return MilvusClient(address.uri, timeout=30, grpc_options=calm)


def _state(client: Any, address: Address) -> State | None:
    with _telling(address):
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
def _telling(address: Address) -> Iterator[None]:
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
        found.append(f"name in {_numbers(filters.documents)}")
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
    return f"array_contains_any({field}, {_numbers(names)})"


def _numbers(names: Any) -> list[int]:
    return sorted({_number(name) for name in names})


def _number(name: str) -> int:
    """What stands for a name or a term: 63 bits of its digest, since Milvus' integers have a sign."""
    return digest(name) & _POSITIVE


def _dimension(number: int, *, around: bool = False) -> int:
    """A term's dimension of the sparse index: even ones are a passage's own, odd ones of its context."""
    return (number & 0x3FFFFFFF) << 1 | around


def _dimensions(weights: Mapping[str, float], context_weight: float) -> dict[int, float]:
    found = {_dimension(_number(term)): weight for term, weight in weights.items() if weight > 0}
    if context_weight > 0:
        found |= {
            _dimension(_number(term), around=True): weight * context_weight
            for term, weight in weights.items()
            if weight > 0
        }
    return found


def _parted(values: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for first in range(0, len(values), size):
        yield list(values[first : first + size])
