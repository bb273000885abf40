"""What is known of each document, exchange and passage, in columns: a million of them are filtered in milliseconds.

    documents   offset, bytes, crc   where its record stands, how long it is, and its CRC-32
                name, content        code of its id, digest of its record
                sha256               of the file it was read from
                day, answered, year  ordinals of its day and of its answer, and the year; 0 where it tells none
                sent, replied        ordinals of when it was asked and when it was answered, likewise
    exchanges   document, place      its document's number, and its place there
                first, sentences     where the sentences of its questions begin, and how many there are
    passages    document, exchange   numbers; -1 where it belongs to no exchange
                role, start, end     position in ROLES, characters of the document's text
                digest               of what was encoded
                first, sentences     where its own sentences begin, and how many there are
    sentences   start, end           characters of the document's text
    asked, members, numbers          (exchange, code): who asked, and the numbers of the questions; of text of no
                exchange, its document with the highest bit set
    ministries, concerned            (document, code): which answered; which answered or were asked

A code is a place in the list of names; of a number it is the number. Everything is little-endian and fixed in width,
one file a table (`documents.rows`). Beside them lie `documents.bin`, a record of zlib-compressed JSON for each document
with its fields as in `index.records`; `names.jsonl`, a JSON string a line; `vectors.f16` and `sentences.f16`, unit
vectors of the passages and of the sentences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from index.backend import Filters, Selection, asking_names, most_first
from index.dates import ordinal
from index.records import Asker, Document, Passage, Role, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROLES = tuple(Role)

_PAIR = [("owner", "<u4"), ("code", "<u4")]
_OF_DOCUMENT = 1 << 31
"""Set in an owner that is a document, whose heading alone says who asked, and no exchange."""
COLUMNS: Mapping[str, list[tuple[Any, ...]]] = {
    "documents": [
        ("offset", "<u8"),
        ("bytes", "<u4"),
        ("crc", "<u4"),
        ("name", "<u4"),
        ("content", "<u8"),
        ("sha256", "u1", (32,)),
        ("day", "<i4"),
        ("answered", "<i4"),
        ("year", "<i4"),
        ("sent", "<i4"),
        ("replied", "<i4"),
    ],
    "exchanges": [("document", "<u4"), ("place", "<u4"), ("first", "<u8"), ("sentences", "<u4")],
    "passages": [
        ("document", "<u4"),
        ("exchange", "<i4"),
        ("role", "u1"),
        ("start", "<u4"),
        ("end", "<u4"),
        ("digest", "<u8"),
        ("first", "<u8"),
        ("sentences", "<u4"),
    ],
    "sentences": [("start", "<u4"), ("end", "<u4")],
    "asked": _PAIR,
    "members": _PAIR,
    "numbers": _PAIR,
    "ministries": _PAIR,
    "concerned": _PAIR,
}
_THREE = COLUMNS["documents"][:-2]
_TERMS = [("block", "<u8"), ("terms", "<u4"), ("holders", "<u4")]
_FIVE: Mapping[str, list[tuple[Any, ...]]] = {
    **{name: columns for name, columns in COLUMNS.items() if name != "concerned"},
    "documents": [*_THREE, *_TERMS],
}
BEFORE: Mapping[int, Mapping[str, list[tuple[Any, ...]]]] = {
    3: {
        **_FIVE,
        "documents": _THREE,
        "passages": [*COLUMNS["passages"], ("own", "<u8"), ("terms", "<u4"), ("context", "<u8"), ("around", "<u4")],
    },
    4: _FIVE,
    5: _FIVE,
    6: {**COLUMNS, "documents": [*_THREE, *_TERMS, *COLUMNS["documents"][-2:]]},
    7: COLUMNS,
}
"""The columns of formats whose documents and vectors are of use still."""


def digest(text: str) -> int:
    """Eight bytes that stand for a term or a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Row:
    """What is stored of one passage beside itself.

    `sentences` are its own, `questions` those of the questions that were encoded with it, `digest` stands for all that
    was encoded.
    """

    sentences: Sequence[Span]
    questions: Sequence[Span]
    digest: int


class Columns:
    """The columns of a generation. `dead` are the numbers of documents that are there no longer.

    A unit is what somebody asked: an exchange, by its number, or the text of a document that stands in none, by the
    document's number above those of the exchanges.
    """

    def __init__(self, tables: Mapping[str, NDArray[Any]], names: Sequence[str], dead: Iterable[int] = ()) -> None:
        import numpy as np

        self.documents, self.exchanges, self.passages = (
            tables[name] for name in ("documents", "exchanges", "passages")
        )
        self.sentences = tables["sentences"]
        self.names = names
        pairs = ("asked", "members", "numbers", "ministries", "concerned")
        self._pairs = {name: tables[name] for name in pairs if name in tables}  # one of before has not all
        # Read by every query: copies that lie together, a few bytes a row.
        self.document_of = np.ascontiguousarray(self.passages["document"])
        self.exchange_of = np.ascontiguousarray(self.passages["exchange"])
        self.alive = np.ones(len(self.documents), dtype=np.bool_)
        self.alive[list(dead)] = False
        # What queries name again and again.
        self._asked_by = lru_cache(maxsize=32)(self._find_askers)
        self._numbered = lru_cache(maxsize=32)(self._find_numbers)
        # Of each table once.
        self._owners_in = lru_cache(maxsize=len(self._pairs))(self._find_owners)

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of each name."""
        return {name: code for code, name in enumerate(self.names)}

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        own = {"documents": self.documents, "exchanges": self.exchanges, "passages": self.passages}
        return {name: len(rows) for name, rows in {**own, "sentences": self.sentences, **self._pairs}.items()}

    @cached_property
    def years(self) -> list[int]:
        """The years of the documents; 0 for those that tell none."""
        import numpy as np

        return [int(year) for year in np.unique(self.documents["year"])]

    @cached_property
    def first_rows(self) -> NDArray[np.uint32]:
        """Where the rows of each document begin, and behind the last one where they end. Shape (documents + 1,)."""
        import numpy as np

        numbers = np.arange(len(self.documents) + 1)
        return np.searchsorted(self.document_of, numbers).astype(np.uint32)

    @property
    def units(self) -> int:
        """How many units there are; one without a passage counts too."""
        return len(self.exchanges) + len(self.documents)

    @cached_property
    def _unit_of(self) -> NDArray[np.uint32]:
        """The unit of each row."""
        import numpy as np

        found = np.where(self.exchange_of >= 0, self.exchange_of, len(self.exchanges) + self.document_of)
        return found.astype(np.uint32)

    @cached_property
    def _document_of_unit(self) -> NDArray[np.uint32]:
        import numpy as np

        numbers = np.arange(len(self.documents), dtype=np.uint32)
        return np.concatenate([self.exchanges["document"], numbers])

    @cached_property
    def _spoken(self) -> NDArray[np.bool_]:
        """Which units have a passage."""
        return self._scattered(self._unit_of, self.units)

    def select(self, filters: Filters) -> tuple[Selection, NDArray[np.bool_]]:
        """Apply filters: what passes, counted, and of each row whether it does."""
        import numpy as np

        units, mask, found = self._passing(filters)
        others = found if not filters.ministries else self._passing(replace(filters, ministries=()))[2]
        whenever = found
        if filters.since or filters.until:
            whenever = self._passing(replace(filters, since=None, until=None))[2]
        latest = int(self.documents["answered"][found].max(initial=0))
        counted = Selection(
            passages=int(np.count_nonzero(mask)),
            documents=int(np.count_nonzero(found)),
            until=date.fromordinal(latest) if latest else None,
            parties=self._party_counts(units & self._spoken),
            ministries={name: count for name, count in self._counts("ministries", others).items() if name},
            years=self._year_counts(whenever),
        )
        return counted, mask

    def _passing(self, filters: Filters) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Which units pass all but the filter on parties, and which rows and which documents pass them all."""
        documents = self._documents(filters)
        units = documents[self._document_of_unit]
        if filters.members:
            units &= self.asked_by_members(filters.members)
        asking = units & self.asked_by(filters.parties) if filters.parties else units
        mask = self.of_units(asking, slice(None))
        return units, mask, self._scattered(self.document_of[mask], len(documents))

    def asked_by(self, parties: Sequence[str]) -> NDArray[np.bool_]:
        """Which units one of the parties asked, by the name that it had when the document was dated."""
        return self._asked_by(tuple(parties))

    def asked_by_members(self, members: Sequence[str]) -> NDArray[np.bool_]:
        """Which units one of the members asked."""
        return self._owners("members", members, self.units)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Who asked, by name."""
        return self._named("members")

    @cached_property
    def concerned(self) -> tuple[str, ...]:
        """The ministries that answered or were asked, by name."""
        return self._named("concerned")

    def _named(self, table: str) -> tuple[str, ...]:
        import numpy as np

        return tuple(sorted(self.names[code] for code in np.unique(self._pairs[table]["code"]).tolist()))

    def _find_askers(self, parties: tuple[str, ...]) -> NDArray[np.bool_]:
        import numpy as np

        wanted = [
            place * len(self.names) + self.codes[name]
            for place, year in enumerate(self.years)
            for name in asking_names(parties, year or None)
            if name in self.codes
        ]
        return self._scattered(self._owners_in("asked")[np.isin(self._asking, wanted)], self.units)

    @cached_property
    def _asking(self) -> NDArray[np.int64]:
        """One number for the year and the name of each who asked."""
        import numpy as np

        years = self.documents["year"][self._document_of_unit[self._owners_in("asked")]]
        found = np.searchsorted(self.years, years) * len(self.names) + self._pairs["asked"]["code"].astype(np.int64)
        return np.asarray(found, dtype=np.int64)

    def numbered(self, numbers: Iterable[int]) -> NDArray[np.bool_]:
        """Which units have one of the numbers."""
        return self._numbered(frozenset(numbers))

    def _find_numbers(self, numbers: frozenset[int]) -> NDArray[np.bool_]:
        import numpy as np

        pairs = self._pairs["numbers"]
        return self._scattered(pairs["owner"][np.isin(pairs["code"], list(numbers))], self.units)

    def of_units(self, units: NDArray[np.bool_], rows: NDArray[np.int64] | slice) -> NDArray[np.bool_]:
        """What holds of units, told of rows."""
        return units[self._unit_of[rows]]

    def groups(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """A number for the exchange of each row; a passage of no exchange is one by itself."""
        import numpy as np

        exchanges = self.exchange_of[rows].astype(np.int64)
        return np.where(exchanges >= 0, exchanges, -1 - rows)

    def _documents(self, filters: Filters) -> NDArray[np.bool_]:
        import numpy as np

        passed = self.alive.copy()
        if filters.documents:
            codes = [self.codes[name] for name in filters.documents if name in self.codes]
            passed &= np.isin(self.documents["name"], codes)
        if filters.ministries:
            passed &= self._owners("ministries", filters.ministries, len(passed))
        if filters.concerned:
            passed &= self._owners("concerned", filters.concerned, len(passed))
        day = self.documents["day"]
        if filters.since:
            passed &= day >= filters.since.toordinal()
        if filters.until:
            passed &= (day > 0) & (day <= filters.until.toordinal())
        if filters.dated:
            first, last = filters.dated.first.toordinal(), filters.dated.last.toordinal()
            then = np.zeros(len(passed), dtype=np.bool_)
            for name in filters.dated.days:
                then |= (first <= self.documents[name]) & (self.documents[name] <= last)
            passed &= then
        return passed

    def _owners(self, table: str, names: Sequence[str], count: int) -> NDArray[np.bool_]:
        import numpy as np

        codes = [self.codes[name] for name in names if name in self.codes]
        return self._scattered(self._owners_in(table)[np.isin(self._pairs[table]["code"], codes)], count)

    def _find_owners(self, table: str) -> NDArray[np.uint32]:
        """Of each row of a table of pairs, the document whose ministry it is, or the unit that it says something of."""
        import numpy as np

        owners = self._pairs[table]["owner"]
        of_documents = len(self.exchanges) + (owners & (_OF_DOCUMENT - 1))
        return np.where(owners < _OF_DOCUMENT, owners, of_documents)

    @staticmethod
    def _scattered(owners: NDArray[np.uint32], count: int) -> NDArray[np.bool_]:
        import numpy as np

        mask = np.zeros(count, dtype=np.bool_)
        mask[owners] = True
        return mask

    def _year_counts(self, documents: NDArray[np.bool_]) -> dict[int, int]:
        import numpy as np

        years, counts = np.unique(self.documents["year"][documents], return_counts=True)
        return {year: count for year, count in zip(years.tolist()[::-1], counts.tolist()[::-1], strict=True) if year}

    def _party_counts(self, units: NDArray[np.bool_]) -> dict[str, int]:
        """How many of the units a filter on each party lets through, which asked under other names too."""
        import numpy as np

        return most_first(
            {name: int(np.count_nonzero(units & self.asked_by((name,)))) for name in self._counts("asked", units)}
        )

    def _counts(self, table: str, owners: NDArray[np.bool_]) -> dict[str, int]:
        """How many of the owners have each name, the most first, then by name."""
        import numpy as np

        counts = np.bincount(self._pairs[table]["code"][owners[self._owners_in(table)]], minlength=1)
        return most_first({self.names[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()})


class Tabulator:
    """Turns documents with their passages into rows of the columns.

    `counts` are the rows that are there already, by table, and `names` the names; both go on growing here.
    """

    def __init__(self, counts: Mapping[str, int], names: Sequence[str]) -> None:
        self.counts = {name: counts.get(name, 0) for name in COLUMNS}
        self.names = list(names)
        self._codes = {name: code for code, name in enumerate(names)}
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        rows: Sequence[Row],
        *,
        record: tuple[int, int, int],
        content: int,
    ) -> None:
        """One document. `record` says where it stands among the records: offset, bytes, CRC-32."""
        number, first_exchange = self.counts["documents"], self.counts["exchanges"]
        self._append(
            "documents",
            (
                *record,
                self.code(document.id),
                content,
                tuple(bytes.fromhex(document.sha256)),
                ordinal(document.day),
                ordinal(document.answered_on),
                document.day.year if document.day else 0,
                ordinal(document.when_asked),
                ordinal(document.when_answered),
            ),
        )
        for ministry in dict.fromkeys(minister.ministry for minister in document.ministers):
            self._append("ministries", (number, self.code(ministry)))
        for ministry in filter(None, document.concerned):
            self._append("concerned", (number, self.code(ministry)))
        places = {id(exchange): place for place, exchange in enumerate(document.exchanges)}
        asked: dict[int, tuple[int, int]] = {}
        for passage, row in zip(passages, rows, strict=True):
            first, count = self.counts["sentences"], len(row.sentences)
            for span in (*row.sentences, *row.questions):
                self._append("sentences", (span.start, span.end))
            place = -1 if passage.exchange is None else places[id(passage.exchange)]
            if row.questions:
                asked[place] = (first + count, len(row.questions))
            exchange = -1 if place < 0 else first_exchange + place
            role, span = ROLES.index(passage.role), passage.span
            self._append(
                "passages",
                (number, exchange, role, span.start, span.end, row.digest, first, count),
            )
        if any(passage.exchange is None for passage in passages):
            self._add_askers(_OF_DOCUMENT | number, document.askers)
        for place, found in enumerate(document.exchanges):
            exchange = self.counts["exchanges"]
            self._add_askers(exchange, found.askers)
            for asked_number in dict.fromkeys(found.numbers):
                self._append("numbers", (exchange, asked_number))
            self._append("exchanges", (number, place, *asked.get(place, (0, 0))))

    def _add_askers(self, owner: int, askers: Sequence[Asker]) -> None:
        for party in dict.fromkeys(asker.party for asker in askers):
            self._append("asked", (owner, self.code(party)))
        for member in dict.fromkeys(asker.member for asker in askers if asker.member is not None):
            self._append("members", (owner, self.code(member)))

    def take(self) -> dict[str, NDArray[Any]]:
        """The rows added since the last time."""
        import numpy as np

        tables = {name: np.array(rows, dtype=COLUMNS[name]) for name, rows in self._rows.items()}
        self._rows = {name: [] for name in COLUMNS}
        return tables

    def _append(self, table: str, row: tuple[Any, ...]) -> None:
        self._rows[table].append(row)
        self.counts[table] += 1

    def code(self, name: str) -> int:
        """The code of a name, which is given one where it has none."""
        code = self._codes.setdefault(name, len(self.names))
        if code == len(self.names):
            self.names.append(name)
        return code
