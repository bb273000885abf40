"""The table of translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.analysis import fold, is_function_word, words
from retrieval import translations


def test_a_table_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"aid": [("hulp", 0.33), ("steun", 0.2)], "asylum": [("asiel", 0.62)]}
    path = tmp_path / "table.tsv"
    path.write_text(translations.written(told), encoding="utf-8")
    monkeypatch.setattr(translations, "TABLE", path)
    translations.table.cache_clear()
    try:
        assert translations.table() == told
    finally:
        translations.table.cache_clear()


def test_what_ships_are_words_that_tell_something() -> None:
    table = translations.table()
    assert {"asylum", "police", "horses"} <= table.keys()
    assert table["police"][0][0] == "politie"
    for word, told in table.items():
        assert word == fold(word)
        assert [share for _, share in told] == sorted((share for _, share in told), reverse=True)
        assert sum(share for _, share in told) <= 1.01
        assert not any(is_function_word(words(term)[0]) for term, _ in told)
