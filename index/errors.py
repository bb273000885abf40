"""Errors a user can act on. Each message names what is wrong, where, and what to do about it."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a file or a query is refused, and the cure: in English, with facts in braces.

    The page says the same in its own language (`retrieval.words`).
    """

    MISSING = "there is no such file or folder: name one that exists"
    CLOSED = "it cannot be opened ({detail}): check its name and permissions"
    CHANGED = "it was changed while it was read: try again"
    EMPTY = "the file is empty: save it again"
    LARGE = "the file is {size} MB, and {most} MB are the most: split it"
    UNKNOWN_TYPE = "files of type {type} are not read: give a PDF, .docx, .html or .txt"
    NO_TYPE = "its name does not end in a type: give a PDF, .docx, .html or .txt"
    NO_PDF = "this is no PDF but {nature}: download the document again"
    NO_WORD = "this is no Word document but {nature}: download it again"
    NO_TEXT = "this is no text but {nature}: give a PDF, .docx, .html or .txt"
    TEXT_EMPTY = "the file contains no text: check that all of it was saved"
    TEXT_LARGE = "the text is larger than {most} MB: split it"
    TEXT_LINES = "the document has {lines} lines, and {most} are the most: split it"
    TEXT_QUESTIONS = "it has too many questions and answers: split it"
    PDF_LOCKED = "the PDF is protected by a password: save it without one"
    PDF_PAGES = "the PDF has {pages} pages, and {most} are the most: split it"
    PDF_CHARACTERS = "the PDF contains more than {most} characters: split it"
    PDF_OPERATORS = "a page of the PDF holds more drawing operators than fit on one: split it"
    PDF_UNPACKED = "the PDF unpacks to more than is read ({detail}): split it"
    PDF_DAMAGED = "the PDF is damaged or incomplete ({detail}): download it again"
    PDF_SCANNED = "the PDF contains no text, it is probably a scan: make text of it by OCR first"
    WORD_INCOMPLETE = "the Word document is damaged or incomplete: download it again"
    WORD_DAMAGED = "the Word document is damaged ({detail}): save it again in Word"
    WORD_ARCHIVE = "this is a zip file but no Word document: unpack it, and give the letter itself"
    WORD_UNPACKED = "the file unpacks to {size} MB and is not read: split it"
    WORD_DEEP = "the Word document is nested too deeply to be read in full: save its text alone"
    WORD_EMPTY = "the Word document contains no text: check that all of it was saved"
    HTML_LARGE = "the web page is larger than {most} MB: save the document alone"
    HTML_DAMAGED = "the web page cannot be read ({detail}): save it again"
    HTML_DEEP = "the web page is nested too deeply to be read in full: save the document itself"
    HTML_EMPTY = "the web page contains no text: save the document itself"
    SLOW = "reading it took too much time (more than {seconds} s): split the document"
    HEAVY = "reading it took too much memory (more than {memory} GB): split the document"
    SLOW_OR_HEAVY = "reading it took too much time or memory (more than {seconds} s or {memory} GB): split the document"
    COPY = "letters are not added to a copy of the index: run `python -m index add FILE --store ADDRESS`"

    QUERY_EMPTY = "the query is empty: type a question or some words"
    QUERY_BROKEN = "the query holds half a character (a lone surrogate): type it again"
    QUERY_LONG = "the query has {length} characters, and {most} are the most: shorten it"
    QUERY_HITS = "k is {k}: ask for 1 hit or more"
    QUERY_PERIOD = "the period ends before it begins: exchange its first and its last day"
    UNKNOWN_PARTY = "no party is called {name!r}: choose from {known}"
    UNKNOWN_MINISTRY = "no ministry that answered is called {name!r}: choose from {known}"
    UNKNOWN_MEMBER = "no member who asked is called {name!r}: write the surname as in the letters"


class Nature(StrEnum):
    """What a file seems to be that is not what its name says: a fact of its refusal, in English."""

    WEB_PAGE = "a web page (perhaps an error message of the site)"
    ZIP = "a zip file (Word or Excel, for example)"
    OLD_OFFICE = "an old Office file"
    IMAGE = "an image"
    PLAIN_TEXT = "plain text"
    UNKNOWN = "an unknown file"


class VraagbaakError(Exception):
    """Base of every error that is shown to a user as it stands."""


class Refusal(VraagbaakError):
    """What a user gave is refused for a cause that can be said in any language. Facts are plain, for JSON."""

    def __init__(self, cause: Cause, **facts: str | int) -> None:
        shown = {name: f"{fact:,}" if isinstance(fact, int) else fact for name, fact in facts.items()}
        self.message = cause.format(**shown)
        super().__init__(self.message)
        self.cause = cause
        self.facts = facts


class UnreadableFile(Refusal):
    """A source file could not be read, or is not what its name says. `message` does not name it; the error does."""

    def __init__(self, file: str, cause: Cause, **facts: str | int) -> None:
        super().__init__(cause, **facts)
        self.file = file

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


class NothingToIndex(VraagbaakError):
    """None of what was named is a letter that can be read."""


class MissingModel(VraagbaakError):
    """No embedding model where one was asked for."""


class MissingIndex(VraagbaakError):
    """No index in the folder that was asked for."""


class DamagedIndex(VraagbaakError):
    """A file of the index is missing, truncated or changed."""


class StaleIndex(VraagbaakError):
    """The index was built with another model, analyser or format."""


class IndexBusy(VraagbaakError):
    """Another process is writing to the index."""


class FullDisk(VraagbaakError):
    """There was no room to write the index; the old one is as it was."""


class UnwritableIndex(VraagbaakError):
    """The folder of the index may not be written to, or is none."""


class UnknownDocument(VraagbaakError):
    """A document was named that is not in the index."""


class UnreachableStore(VraagbaakError):
    """A store elsewhere does not answer, or refuses what it is asked."""


class BadQuery(Refusal):
    """A query or a filter that cannot be answered: empty, too long, an unknown party."""
