"""Sending an index to Milvus, which is searched as `index.milvus` says: what changed, or all beside what is there."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from index import serial
from index.analysis import distinct, fold
from index.backend import asking_names
from index.build import Progress
from index.columns import ROLES
from index.dates import ordinal
from index.errors import DamagedIndex, VraagbaakError
from index.milvus import (
    AT_ONCE,
    FORMAT,
    KINDS,
    MOST_IN_LIST,
    PIECES,
    Address,
    State,
    connect,
    create,
    dimension_of,
    number_of,
    numbers_of,
    parted,
    state_of,
    telling,
)
from index.parties import register
from index.passages import surroundings
from index.records import Document, Passage
from index.store import Store

_PIECE = 60_000
"""Characters of a field, which may hold 65,535 bytes."""


def publish(store: Store, address: str | Address, *, progress: Progress | None = None) -> State:
    """Bring Milvus in line with an index in a folder. Returns what is current there then.

    Where the folder only grew or lost documents since, only those are sent and removed; else everything is sent beside
    what is there, and takes its place when it is whole.
    """
    address = address if isinstance(address, Address) else Address.read(address)
    tell = progress or (lambda stage, done, total: None)
    client = connect(address)
    try:
        before = state_of(client, address)
    except DamagedIndex:  # whose cure this is
        before = None
    rows_name = store.manifest.parts["rows"]
    if before is None or not _leads_to(store, client, address, before):
        before, prefix = None, f"{address.name}_{uuid4().hex[:8]}"
        create(client, address, prefix, store.manifest.dimension)
    else:
        prefix = before.prefix
    first = before.numbers if before else 0
    gone: list[int] = []
    with telling(address):
        if before is not None:
            for kind, key in (("passages", f"row >= {before.rows}"), ("records", f"pk >= {before.numbers * PIECES}")):
                client.delete(f"{prefix}_{kind}", filter=key)  # of a publish that did not come to its end
            gone = [number for number in store.dead if number < first]
            for part in parted(gone, 1000):
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
        for kind in KINDS:
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
        others = re.compile(rf"(?!{prefix}){address.name}_[0-9a-f]{{8}}_(?:{'|'.join(KINDS)})")
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
        "records": (f"piece == 0 and pk < {before.numbers * PIECES}", len(still)),
    }
    with telling(address):
        if not all(client.has_collection(f"{before.prefix}_{kind}") for kind in KINDS):
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

    def of(self, document: Document, passages: Sequence[Passage]) -> None:
        askers = {asker for passage in passages for asker in passage.askers}
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
        if len(pieces) > PIECES:
            raise VraagbaakError(f"{document.filename} is too long for Milvus: leave it out, or split it")
        client.upsert(
            f"{prefix}_records",
            [
                {
                    "pk": number * PIECES + place, "document": number, "piece": place, "name": number_of(document.id),
                    "body": piece, "none": [0.0, 0.0],
                }
                for place, piece in enumerate(pieces)
            ],
        )  # fmt: skip
        names.of(document, passages)
        for row in _entries(store, number, document, passages, held, spelt):
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                client.upsert(f"{prefix}_passages", waiting)
                waiting = []
    if waiting:
        client.upsert(f"{prefix}_passages", waiting)
    for part in parted(sorted(held), 1000):
        counted = [
            {"pk": number_of(term), "count": store.document_frequency(term), "none": [0.0, 0.0]} for term in part
        ]
        client.upsert(f"{prefix}_terms", counted)
    for part in parted(sorted(spelt), 1000):
        client.upsert(
            f"{prefix}_spellings", [{"pk": number_of(word), "word": word, "none": [0.0, 0.0]} for word in part]
        )
    tell("publish", len(numbers), len(numbers))


def _words(text: str) -> tuple[set[str], set[str]]:
    """The terms of a text, and its words as spelt, folded."""
    found = distinct(text)
    return {term for terms in found.values() for term in terms}, {fold(surface) for surface in found}


def _asked_by(names: set[str], year: int | None) -> set[str]:
    """The parties that ask under one of the names in a document of this year, and the names."""
    return names | {party.name for party in register() if asking_names([party.name], year) & names}


def _entries(
    store: Store, number: int, document: Document, passages: Sequence[Passage], terms: set[str], spelt: set[str]
) -> Iterator[dict[str, Any]]:
    """The rows of a document's passages; the terms they hold and the words they spell go into the sets."""
    rows = store.rows_of(number)
    year = document.day.year if document.day else None
    asking = {id(passage.exchange): passage.askers for passage in passages}
    asked_by = {key: _asked_by({asker.party for asker in askers}, year) for key, askers in asking.items()}
    members = {key: {asker.member for asker in askers if asker.member is not None} for key, askers in asking.items()}
    told = {
        name
        for key in asking
        for name in (
            *asked_by[key],
            *(f"\n{member}" for member in members[key]),
            *(f"{party}\n{member}" for party in asked_by[key] for member in members[key]),
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
        held, around, folded = numbers_of(own_terms), numbers_of(around_terms), own_spelt | around_spelt
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
            "first": key not in seen,
            "head": row == rows[0],
            "name": number_of(document.id),
            "day": ordinal(document.day),
            "answered": ordinal(document.answered_on),
            "sent": ordinal(document.when_asked),
            "replied": ordinal(document.when_answered),
            "asked_by": numbers_of(asked_by[key]),
            "members": numbers_of(members[key]),
            "ministries": numbers_of({minister.ministry for minister in document.ministers}),
            "concerned": numbers_of(document.concerned),
            "told": numbers_of(told) if row == rows[0] else [],
            "numbers": list(exchange.numbers) if exchange else [],
            "own": held,
            "around": around,
            "spelt": numbers_of(folded),
            "spans": [place for span in own for place in (span.start, span.end)],
            "sentences": packed[: len(own)],
            "questions": questions.get(key, []) if exchange else [],
            "dense": vectors[0].astype("<f4").tolist(),
            "terms": {dimension_of(term): 1.0 for term in held}
            | {dimension_of(term, around=True): 1.0 for term in around}
            or {0: 1e-9},  # Milvus takes no empty vector
        }
        seen.add(key)
        for name, value in entry.items():
            if isinstance(value, list) and name != "dense" and len(value) > MOST_IN_LIST:
                raise VraagbaakError(f"{document.filename}: a passage has {len(value)} {name}, too many for Milvus")
        yield entry
