from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import serial
from index.parse import read
from index.records import Note, Origin
from tests.index.test_backends import DOCUMENTS


def test_a_document_comes_back_as_it_was(seed: Path) -> None:
    letter = read(seed)
    assert letter.exchanges
    assert letter.notes
    assert letter.origins
    for document in (letter, *DOCUMENTS):
        assert serial.load(serial.dump(document)) == document


def test_the_bytes_are_json_without_spaces() -> None:
    document = replace(DOCUMENTS[0], notes=(Note("1", None, 3),), origins=(Origin(0, 5, None, 2),), title="Één “zin”")
    content = serial.dump(document)
    assert json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode() == content
    told = json.loads(content)
    assert told["answered_on"] == str(date(2010, 5, 1))
    assert (told["kind"], told["origins"]) == ("kamervragen", [[0, 5, None, 2]])


def test_a_document_of_before_a_field_is_read_still() -> None:
    told = json.loads(serial.dump(DOCUMENTS[0]))
    del told["askers"], told["origins"]
    assert serial.load(json.dumps(told).encode()) == DOCUMENTS[0]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 1}', b"\xff"])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        serial.load(content)
