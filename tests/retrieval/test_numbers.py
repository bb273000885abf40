"""The numbers that a query names."""

from __future__ import annotations

import pytest

from retrieval.numbers import named_numbers


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("vraag 8", {8}),
        ("Question no. 9?", {9}),
        ("antwoord op vraag nr. 5", {5}),
        ("antwoord 12 en vragen 3, 4 en 6 t/m 8", {3, 4, 6, 7, 8, 12}),
        ("questions 2-4", {2, 3, 4}),
        ("vragen 1 t/m 999", set(range(1, 51)) | {999}),
        ("8 vragen over 3 steden", set()),
        ("vraag twee", {2}),
        ("de tweede vraag en the 3rd question", {2, 3}),
        ("antwoord op de 11e vraag", {11}),
        ("stel een vraag een keer, de eerste vragen", set()),
    ],
)
def test_numbers_that_a_query_names(query: str, numbers: set[int]) -> None:
    assert named_numbers(query) == numbers
