"""From files to an index: read, cut, encode, write, swap. Only what is new or changed is read and encoded.

Every command here lists the documents that the index shall hold, each of them as it stands in the index already or as
what is still to be read, and `_Session.write` does the least that brings it about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from index import serial
from index import sources as kept_sources
from index.backend import Manifest
from index.columns import BEFORE, Row
from index.encoder import Encoder, SentenceEncoder
from index.encoding import Encoding, Prepared, Reading, readings
from index.errors import (
    Cause,
    DamagedIndex,
    MissingIndex,
    NothingToIndex,
    StaleIndex,
    UnknownDocument,
    UnreadableFile,
    VraagbaakError,
)
from index.folder import FORMAT, check, clear, read_manifest, writing
from index.letters import letters_in
from index.passages import MOST_PASSAGES, most_passages, split
from index.records import Document
from index.sources import Provenance
from index.spool import Spool
from index.store import Store, open_store
from index.writer import Writer, content_digest

Progress = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is.

"read" counts the files looked at; "encode" thousandths of the documents that had to be read, encoded and written;
"write" is the moment at which it all begins to count. "publish" counts the documents sent (`index.publish`).
"""

REWRITTEN_BELOW = 2_000
"""Passages: a smaller index is written anew with every change, so that it is as if it had been built at once."""
DEAD_SHARE = 0.3
"""The share of passages that are there no longer from which a larger index is written anew as well."""
_BATCH = 1_024
"""Passages that are encoded and written together."""
_REPORTED = 1_000
"""Documents that a report holds at most; of more it holds the names."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was done: the manifest now, the documents that were read, the files refused and why.

    `new`, `changed` and `removed` name documents by their ids, `unchanged` counts the others, `encoded` the passages
    that had to be encoded. `reason` tells why everything was made anew, where the index that was there was of no use.
    `same` holds the files that are no document of their own, each behind the path of the file that it equals, and
    `skipped` those in the folders that may be letters, of types that are not read.
    """

    manifest: Manifest
    documents: tuple[Document, ...] = ()
    refused: tuple[tuple[Path, VraagbaakError], ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    encoded: int = 0
    reason: str = ""
    same: tuple[tuple[str, Path], ...] = ()
    skipped: tuple[Path, ...] = ()


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    wait: bool = False,
    part: tuple[int, int] = (1, 1),
) -> Report:
    """Have the index in `out` hold what files and folders hold, and what was added to it; what is gone is removed.

    A file or folder that cannot be read is reported and left out; what could be read of it before stays as it was then.
    When none can be read, NothingToIndex is raised and nothing changes. With `part` (i, n) only every n-th file is
    taken, chosen by its content, so that n machines can share the work; `merge` puts it together.
    """
    # Every letter is read anyway, to see whether it is what it was; so is the index, which a build must mend.
    with _Session(out, encoder, progress, wait=wait, checked=True) as session:
        found = letters_in(sources)
        session.want_files(found.letters, part=part)
        for folder, error in found.closed:
            session.want_as_it_was(folder, error)
        session.want_added()
        return replace(session.write(may_be_empty=part[1] > 1), skipped=found.skipped)


def add(
    sources: Sequence[Path],
    out: Path,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    wait: bool = False,
) -> Report:
    """Add files to the index in `out`; later builds keep them. A file of the same path is replaced.

    All or nothing: when a file cannot be read, its UnreadableFile is raised and nothing changes.
    """
    with _Session(out, encoder, progress, wait=wait) as session:
        found = letters_in(sources)
        for _, error in found.closed:
            raise error
        session.want_all()
        session.want_files(found.letters, added=True, strict=True)
        return replace(session.write(), skipped=found.skipped)


def remove(
    names: Sequence[str],
    out: Path,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    wait: bool = False,
) -> Report:
    """Remove documents by id, file name or path. Raises UnknownDocument, and removes none, where one is not there."""
    with _Session(out, encoder, progress, wait=wait) as session:
        session.want_all()
        for name in names:
            session.unwant(name)
        return session.write(may_be_empty=True)


def rebuild(
    out: Path, *, encoder: Encoder | None = None, progress: Progress | None = None, wait: bool = False
) -> Report:
    """Make everything anew from what is kept in `out`: for another model, or another version of Vraagbaak.

    Raises MissingIndex where nothing is kept.
    """
    with _Session(out, encoder, progress, wait=wait, anew=True) as session:
        session.want_all()
        return session.write()


def merge(
    parts: Sequence[Path],
    out: Path,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    wait: bool = False,
) -> Report:
    """Have `out` hold what several indexes hold, and what was added to it. Nothing is encoded anew.

    Raises StaleIndex, MissingIndex or DamagedIndex where a part is of another model, is none, or is not whole.
    """
    encoder = encoder or SentenceEncoder.open()
    stores = [open_store(part, encoder) for part in parts]
    with _Session(out, encoder, progress, wait=wait) as session:
        for store in stores:
            for number in store.live.tolist():
                session.want_given(number, store.provenance[number], store)
        session.tell("read", len(parts), len(parts))
        session.want_added()
        return session.write()


def build_documents(
    documents: Sequence[Document],
    out: Path,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    wait: bool = False,
) -> Manifest:
    """Have `out` hold documents that were read elsewhere, for example from a collection of records, and nothing else.

    Their ids must differ. What an earlier index of the same model in `out` holds unchanged is not encoded again.
    """
    with _Session(out, encoder, progress, wait=wait) as session:
        session.tell("read", 0, len(documents))
        for document in documents:
            session.want_given(document, Provenance(document.sha256, document.filename))
        session.tell("read", len(documents), len(documents))
        return session.write().manifest


READ_BY = (
    "analysis.py", "clean", "dates.py", "extract", "ministries.py", "parse", "parties.json", "parties.py",
    "passages.py", "records.py", "sentences.py",
)  # fmt: skip
"""What decides how files are read and cut."""


@cache
def reading() -> str:
    """A fingerprint of the code that reads files and cuts passages: when it changes, files are read anew."""
    here = Path(__file__).parent
    found = hashlib.sha256()
    for name in READ_BY:
        for path in sorted((here / name).rglob("*.py")) if (here / name).is_dir() else [here / name]:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document that the index shall hold.

    Where it stands in the earlier generation unchanged, `number` tells where. Else it is to be read from `path`, or
    from the file kept under its hash, or was read elsewhere: `given` is that document, or its number in `store`.
    `replaces` is the number of what was read from the same path before.
    """

    provenance: Provenance
    number: int | None = None
    path: Path | None = None
    given: Document | int | None = None
    store: Store | None = None
    replaces: int | None = None
    strict: bool = False


class _Session:
    """One change of an index: holds it for writing, knows what is there, gathers what is wanted, and writes it."""

    def __init__(
        self,
        out: Path,
        encoder: Encoder | None,
        progress: Progress | None,
        *,
        wait: bool,
        anew: bool = False,
        checked: bool = False,
    ) -> None:
        """Where it is `checked`, every byte of what is there is, also of an index too large for that when opened."""
        self._out = out
        self._encoder = encoder or SentenceEncoder.open()
        self.tell = progress or _say_nothing
        self._anew = anew
        self._checked = checked
        self._lock = writing(out, wait=wait)
        self._wanted: dict[str, _Wanted] = {}
        self._refused: list[tuple[Path, VraagbaakError]] = []
        self._same: list[tuple[str, Path]] = []
        self._earlier: Store | None = None
        self._old: Store | None = None
        self._left: Sequence[Provenance] = ()
        self._reason = ""
        self._is_first = False
        self._damaged = False

    def __enter__(self) -> Self:
        self._lock.__enter__()
        try:
            self._look()
        except BaseException as error:
            if not self._lock.__exit__(type(error), error, error.__traceback__):
                raise
        return self

    def __exit__(self, *error: Any) -> bool | None:
        if error[0] is not None:
            self._clear_away()
        return self._lock.__exit__(*error)

    def _clear_away(self) -> None:
        """What was begun, where it did not come to its end."""
        with suppress(VraagbaakError, OSError):
            is_none = self._is_first and not (self._out / "manifest.json").exists()
            manifest = None if is_none else read_manifest(self._out)
            clear(self._out, manifest)
            if self._earlier is not None and manifest == self._earlier.manifest:
                kept_sources.drop(self._out, (self._earlier.provenance[n].sha256 for n in self._earlier.live.tolist()))

    def _look(self) -> None:
        """What is there: an index to go on from, or one that is of use only for the documents it holds, or none."""
        try:
            manifest = read_manifest(self._out)
            clear(self._out, manifest)
            if self._checked:
                check(self._out, manifest.files, whole=True)
            self._earlier = open_store(self._out, self._encoder)
            if self._earlier.manifest.reading != reading():
                self._reason = "letters are read otherwise than when it was built"
                self._anew = True
        except MissingIndex:
            self._is_first = True
            clear(self._out, None)
        except (StaleIndex, DamagedIndex) as error:
            self._reason = str(error).split(": run `")[0]
            self._damaged = True
            with suppress(VraagbaakError, OSError, ValueError, LookupError, TypeError):
                manifest = read_manifest(self._out, formats=(FORMAT, *BEFORE))
                _check_part(self._out, manifest, "dead")  # else what was removed might come back, and the rest go
                old = Store(self._out, manifest, self._encoder, searched=False)
                old.provenance = _provenance(old)
                self._old = old
                check(self._out, manifest.files, whole=True)
                self._damaged = False
            if self._old is None:
                self._left = _last_provenance(self._out)
        known = self._earlier or self._old
        if known is not None:
            provenance = known.provenance
            self._by_sha256 = {provenance[number].sha256: number for number in known.live.tolist()}
            self._by_path = {provenance[n].path: n for n in known.live.tolist() if provenance[n].path is not None}
        else:
            self._by_sha256, self._by_path = {}, {}

    def want_files(
        self, paths: Sequence[Path], *, part: tuple[int, int] = (1, 1), added: bool = False, strict: bool = False
    ) -> None:
        """Files (`want_file`), each told before it is looked at."""
        for done, path in enumerate(paths):
            self.tell("read", done, len(paths))
            self.want_file(path, part=part, added=added, strict=strict)
        self.tell("read", len(paths), len(paths))

    def want_file(
        self, path: Path, *, part: tuple[int, int] = (1, 1), added: bool = False, strict: bool = False
    ) -> None:
        """A file, unless its content is wanted already or belongs to another part."""
        where = str(path.resolve())
        try:
            sha256 = kept_sources.hashed(path)
            number = self._by_sha256.get(sha256) if self._earlier and not self._anew else None
            if number is not None:
                kept_sources.keep(path, sha256, self._out)  # unless it is there, as it should be
        except UnreadableFile as error:
            if strict:
                raise
            self._refused.append((path, error))
            self._take_over(where)
            return
        if int(sha256[:8], 16) % part[1] != part[0] - 1:
            return
        provenance = Provenance(sha256, kept_sources.legible(path.name), where, added)
        equal = self._wanted.get(sha256)
        if equal is not None and equal.provenance.path not in (None, where):
            self._same.append((str(equal.provenance.path), path))
        before = self._by_path.get(where) if number is None else None
        replaces = before if self._earlier else None
        if added:
            if equal is not None:  # it is there: nothing to add, but later builds are to keep it
                self._wanted[sha256] = replace(equal, provenance=replace(equal.provenance, added=True))
                return
            known = self._earlier or self._old
            if before is not None and known is not None:
                self._wanted.pop(known.provenance[before].sha256, None)
        same = number if number is not None else replaces
        if same is not None and self._earlier is not None and self._earlier.provenance[same].added:
            provenance = replace(provenance, added=True)
        self._wanted.setdefault(sha256, _Wanted(provenance, number=number, path=path, replaces=replaces, strict=strict))

    def want_given(self, given: Document | int, provenance: Provenance, store: Store | None = None) -> None:
        """A document that was read elsewhere, or the one with a number in another index."""
        number = self._by_sha256.get(provenance.sha256) if self._earlier and not self._anew else None
        if number is not None and self._earlier is not None:
            content = content_digest(serial.dump(given if isinstance(given, Document) else store.read_document(given)))  # type: ignore[union-attr]
            if int(self._earlier.columns.documents["content"][number]) != content:
                number = None
        key = provenance.sha256 if isinstance(given, int) else f"{provenance.sha256} {given.id}"
        self._wanted.setdefault(key, _Wanted(provenance, number=number, given=given, store=store))

    def want_all(self) -> None:
        """Everything that the index holds."""
        self._want_known(added=False)
        for document in () if self._earlier or self._old else _of_earlier_formats(self._out):
            self.want_given(document, Provenance(document.sha256, document.filename))
        self._want_uploads()

    def want_added(self) -> None:
        """Everything that was added to the index one by one."""
        self._want_known(added=True)
        self._want_uploads()

    def want_as_it_was(self, folder: Path, error: VraagbaakError) -> None:
        """What was read from a folder that can no longer be read."""
        self._refused.append((folder, error))
        where = folder.resolve()
        for path in self._at:
            if Path(path).is_relative_to(where):
                self._take_over(path)

    def _take_over(self, path: str) -> None:
        one = self._at.get(path)
        if one is not None:
            self._wanted.setdefault(one.provenance.sha256, one)

    def _want_known(self, *, added: bool) -> None:
        replaced = {one.replaces for one in self._wanted.values() if one.replaces is not None}
        for number, one in self._known():
            if number not in replaced and (one.provenance.added or not added):
                self._wanted.setdefault(one.provenance.sha256, one)

    def _known(self) -> Iterator[tuple[int | None, _Wanted]]:
        """What is there, as it can be taken over, with its numbers."""
        for provenance in self._left:
            if kept_sources.kept(self._out, provenance):
                yield None, _Wanted(provenance)
        known = self._earlier or self._old
        for number in known.live.tolist() if known is not None else ():
            provenance = known.provenance[number]  # type: ignore[union-attr]
            if self._earlier is not None and not self._anew:
                yield number, _Wanted(provenance, number=number)
            elif kept_sources.kept(self._out, provenance):
                yield number, _Wanted(provenance)
            else:
                yield number, _Wanted(provenance, given=number, store=known)

    @cached_property
    def _at(self) -> dict[str, _Wanted]:
        """What is there, by the path that it was read from."""
        return {one.provenance.path: one for _, one in self._known() if one.provenance.path is not None}

    def _want_uploads(self) -> None:
        """Where an earlier version kept what was added."""
        for path in letters_in([self._out / "uploads"], missing_ok=True).letters:
            self.want_file(path, added=True)

    def unwant(self, name: str) -> None:
        """Not this document, by its id, its file's name or its path."""
        if not self._by_sha256:
            open_store(self._out, self._encoder)  # raises what is wrong with it
        where = str(Path(name).resolve())
        found = [
            key
            for key, one in self._wanted.items()
            if one.provenance.path == where
            or name == one.provenance.name
            or ((number := self._by_sha256.get(one.provenance.sha256)) is not None and name == self._name(number))
        ]
        if not found:
            raise UnknownDocument(
                f"there is no document {name!r} in {self._out}: `python -m index list` tells what there is"
            )
        for key in found:
            del self._wanted[key]

    def write(self, *, may_be_empty: bool = False) -> Report:
        """Bring about that the index holds what is wanted."""
        earlier = self._earlier
        wanted = list(self._wanted.values())
        before = set(earlier.live.tolist()) if earlier else set()
        standing = {one.number for one in wanted if one.number is not None}
        moved = [
            one
            for one in wanted
            if one.number is not None and earlier and earlier.provenance[one.number] != one.provenance
        ]
        if earlier and not self._anew and not moved and standing == before and len(standing) == len(wanted):
            self.tell("write", 1, 1)
            return Report(
                earlier.manifest, refused=tuple(self._refused), unchanged=len(standing), same=tuple(self._same)
            )
        rewritten = earlier is None or self._anew or self._is_rewritten(earlier, len(before - standing))
        writer = Writer(self._out, self._encoder, reading=reading(), earlier=None if rewritten else earlier)
        try:
            # The dimension is asked for only here: it may load the model.
            spool = Spool.open(self._out, self._encoder.fingerprint, self._encoder.dimension)
            try:
                return self._write(wanted, writer, spool, before, rewritten=rewritten, may_be_empty=may_be_empty)
            except BaseException:
                spool.close()
                raise
        except BaseException:
            writer.abandon()
            raise

    def _is_rewritten(self, earlier: Store, dying: int) -> bool:
        rows = len(earlier.columns)
        share = (
            1 - (earlier.manifest.passages / rows) * (1 - dying / max(earlier.manifest.documents, 1)) if rows else 1.0
        )
        return rows < REWRITTEN_BELOW or share > DEAD_SHARE

    def _write(
        self,
        wanted: list[_Wanted],
        writer: Writer,
        spool: Spool,
        before: set[int],
        *,
        rewritten: bool,
        may_be_empty: bool,
    ) -> Report:
        earlier = self._earlier
        todo = wanted if rewritten else [one for one in wanted if one.number is None]
        taken = set() if rewritten or earlier is None else {self._name(n) for n in before}
        documents: list[Document] = []
        new: list[str] = []
        changed: list[str] = []
        stays: set[int] = set()
        done = 0
        total = max(1_000 * len(todo), 1)
        batch: list[Prepared] = []
        with Encoding(self._encoder, spool, self._stores()) as encoding:

            def put() -> None:
                """Have the batch encoded, and write the one before it meanwhile."""
                nonlocal batch
                start, size = done - len(batch), len(batch)

                def told(share: float) -> None:
                    # The end of the stage is told once, at the end.
                    self.tell("encode", min(int(1_000 * (start + share * size)), total - 1), total)

                ready = encoding.swap(batch, told)
                batch = []
                for one in ready:
                    rows = [Row(reading.own, reading.asked, reading.digest) for reading in one.readings]
                    writer.add(one.document, one.passages, rows, one.vectors, one.provenance)
                writer.flush()

            self.tell("encode", 0, total)
            for one in todo:
                done += 1
                document = self._document(one)
                if document is None and earlier is None and (before_it := self._before(one)) is not None:
                    one, document = before_it, self._document(before_it)
                if document is None:
                    if one.replaces is not None and one.replaces in before:
                        stays.add(one.replaces)
                        if rewritten and earlier is not None:
                            again = _Wanted(earlier.provenance[one.replaces], number=one.replaces)
                            batch.append(self._taken_over(again, earlier.read_document(one.replaces)))
                    continue
                name = document.id
                if name in taken and not (one.replaces is not None and self._name(one.replaces) == name):
                    document = replace(document, id=f"{name}-{document.sha256[:8]}")
                taken.add(document.id)
                if one.number is None:
                    (new if one.replaces is None and not self._was_there(one) else changed).append(document.id)
                    if len(documents) < _REPORTED:
                        documents.append(document)
                batch.append(self._taken_over(one, document))
                if sum(len(read.passages) for read in batch) >= _BATCH:
                    put()
            put()  # what is left
            put()  # and what was being encoded
        self.tell("encode", total, total)
        standing = {one.number for one in wanted if one.number is not None} | stays
        replaced = {one.replaces for one in wanted if one.replaces is not None} - stays
        gone = [self._name(number) for number in sorted(before - standing - replaced - self._changed_numbers(wanted))]
        if not rewritten and earlier is not None:
            for number in sorted(before - standing):
                writer.remove(number)
            for one in wanted:
                if one.number is not None and one.provenance != earlier.provenance[one.number]:
                    writer.place(one.number, one.provenance)
        if not writer.passages and not may_be_empty:
            if self._refused:
                raise NothingToIndex(
                    "none of the files could be read:\n" + "\n".join(str(error) for _, error in self._refused)
                )
            raise NothingToIndex("there is no text to index in " + ", ".join(one.provenance.name for one in wanted))
        self.tell("write", 0, 1)
        manifest = writer.commit()
        with suppress(OSError):  # it is done; what cannot be cleared away now goes with the next change
            spool.remove()
            clear(self._out, manifest)
            kept_sources.drop(self._out, writer.needed())
            _drop_uploads(self._out)
        self.tell("write", 1, 1)
        return Report(
            manifest,
            documents=tuple(documents),
            refused=tuple(self._refused),
            new=tuple(new),
            changed=tuple(changed),
            removed=tuple(gone),
            unchanged=len(standing),
            encoded=encoding.new,
            reason=self._reason,
            same=tuple(self._same),
        )

    def _before(self, one: _Wanted) -> _Wanted | None:
        """What was read from the same path before, where that is not wanted already."""
        before = self._at.get(one.provenance.path or "")
        return None if before is None or before.provenance.sha256 in self._wanted else before

    def _was_there(self, one: _Wanted) -> bool:
        return one.provenance.sha256 in self._by_sha256

    def _changed_numbers(self, wanted: Sequence[_Wanted]) -> set[int]:
        """Documents of the earlier generation whose files are wanted still, but are read anew."""
        return {
            self._by_sha256[one.provenance.sha256]
            for one in wanted
            if one.number is None and one.provenance.sha256 in self._by_sha256
        }

    def _name(self, number: int) -> str:
        known = self._earlier or self._old
        if known is None:
            return ""
        return str(known.columns.names[known.columns.documents["name"][number]])

    def _stores(self) -> list[Store]:
        """The indexes whose vectors may be taken over: they are whole, and of the same model."""
        known = [self._earlier, self._old, *(one.store for one in self._wanted.values())]
        ours = self._encoder.fingerprint
        return [
            store
            for store in {id(store): store for store in known if store is not None}.values()
            if store.manifest.fingerprint == ours and not (store is self._old and self._damaged)
        ]

    def _document(self, one: _Wanted) -> Document | None:
        """Read what is wanted, and keep its file; None where it cannot be read."""
        from index.parse import parse, read_source

        if one.number is not None and self._earlier is not None:
            return self._earlier.read_document(one.number)
        if isinstance(one.given, Document):
            return one.given
        try:
            if one.given is not None and one.store is not None:
                file = one.store.folder / "sources" / one.provenance.sha256
                if file.is_file():
                    with suppress(UnreadableFile):  # it is damaged: `verify` tells that none is kept
                        kept_sources.keep(file, one.provenance.sha256, self._out)
                return one.store.read_document(one.given)
            if one.path is None:
                with kept_sources.named(self._out, one.provenance) as path:
                    document = parse(read_source(path), path.stem)
            else:
                document = parse(read_source(one.path), kept_sources.legible(one.path.stem))
                if document.sha256 != one.provenance.sha256:
                    raise UnreadableFile(one.path.name, Cause.CHANGED)
                kept_sources.keep(one.path, document.sha256, self._out)
            if most_passages(document) > MOST_PASSAGES:
                raise UnreadableFile(one.provenance.name, Cause.TEXT_QUESTIONS)
        except (UnreadableFile, DamagedIndex) as error:
            if isinstance(error, UnreadableFile):  # which knows its name only, and two folders may hold one of it
                error.file = kept_sources.legible(str(one.path or one.provenance.name))
            if one.strict:
                raise
            self._refused.append((one.path or Path(one.provenance.name), error))
            return None
        return replace(document, filename=one.provenance.name)

    def _taken_over(self, one: _Wanted, document: Document) -> Prepared:
        """Its passages, with their vectors where those of the same reading are known to stand in the earlier index."""
        if one.number is not None and self._earlier is not None and not self._anew:
            return _stored(self._earlier, one.number, document, one.provenance)
        if one.store is not None and isinstance(one.given, int) and one.store.manifest.reading == reading():
            return _stored(one.store, one.given, document, one.provenance)
        passages = split(document)
        return Prepared(document, one.provenance, passages, list(readings(passages)))


def _stored(store: Store, number: int, document: Document, provenance: Provenance) -> Prepared:
    """A document as it stands in an index, with its vectors where they are of the same model."""
    read = Prepared(document, provenance, [], [])
    for row in store.rows_of(number):
        passage = store.passage_in(document, row)
        own, asked = store.quoted(row)
        read.passages.append(passage)
        read.readings.append(Reading(passage, own, asked, int(store.columns.passages["digest"][row])))
    return read


def _say_nothing(stage: str, done: int, total: int) -> None:
    pass


def _of_earlier_formats(out: Path) -> Iterator[Document]:
    """The documents of an index of format 1 or 2, which held them as lines of JSON."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        generation = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["generation"]
        for line in (out / Path(generation).name / "documents.jsonl").read_bytes().splitlines():
            yield serial.load(line)


def _provenance(store: Store) -> list[Provenance]:
    """Where the documents of an index came from; where that is lost, all count as added, so that none goes."""
    with suppress(DamagedIndex):
        _check_part(store.folder, store.manifest, "sources")
        if len(store.provenance) == len(store.columns.documents):
            return store.provenance
    documents = map(store.read_document, range(len(store.columns.documents)))
    return [Provenance(document.sha256, document.filename, added=True) for document in documents]


def _check_part(folder: Path, manifest: Manifest, part: str) -> None:
    name = manifest.parts[part]
    check(folder, {name: manifest.files[name]}, whole=True)


def _last_provenance(out: Path) -> list[Provenance]:
    """Where the documents of an index came from of which no more can be opened than that."""
    lists = sorted(out.glob("sources-*.jsonl"), key=lambda path: path.stat().st_mtime)
    with suppress(DamagedIndex):
        return kept_sources.read(lists[-1]) if lists else []
    return []


def _drop_uploads(out: Path) -> None:
    """Their files are kept among the others now."""
    uploads = out / "uploads"
    for path in sorted(uploads.rglob("*"), reverse=True) if uploads.is_dir() else ():
        path.unlink() if path.is_file() else path.rmdir()
    with suppress(OSError):
        uploads.rmdir()
