"""What a query limits itself to, and what it leaves to be searched."""

from __future__ import annotations

from datetime import date

import pytest

from index.backend import Dated
from retrieval.limits import Known, Limits, limits

HEALTH, JUSTICE = "Volksgezondheid, Welzijn en Sport", "Justitie en Veiligheid"
KNOWN = Known(("Boswijk",), (HEALTH, JUSTICE))
NOVEMBER = Dated(date(2023, 11, 1), date(2023, 11, 30))


@pytest.mark.parametrize(
    ("query", "text", "dated"),
    [
        ("vragen uit november 2023", "vragen", NOVEMBER),
        ("antwoorden uit 2023 over stikstof", "antwoorden over stikstof",
         Dated(date(2023, 1, 1), date(2023, 12, 31), asked=False)),
        ("brieven van voor 2020 over klimaat", "brieven over klimaat", Dated(date.min, date(2019, 12, 31))),
        ("wat zei de minister in 2024 over paarden", "wat zei de minister over paarden",
         Dated(date(2024, 1, 1), date(2024, 12, 31), asked=False)),
        ("since 2024 what did the minister answer", "what did the minister answer",
         Dated(date(2024, 1, 1), date.max, asked=False)),
        ("vragen van Boswijk uit november 2023", "vragen van Boswijk", NOVEMBER),
        ("Kamervragen 2024 stikstof", "Kamervragen stikstof", Dated(date(2024, 1, 1), date(2024, 12, 31))),
        ("13-11-2023", "", Dated(date(2023, 11, 13), date(2023, 11, 13))),
        ("welke vragen zijn in november 2023 gesteld", "welke vragen zijn gesteld",
         Dated(NOVEMBER.first, NOVEMBER.last, answered=False)),
        ("in november 2023 beantwoorde vragen", "beantwoorde vragen",
         Dated(NOVEMBER.first, NOVEMBER.last, asked=False)),
        ("Nutri-Score, brieven uit november 2023", "Nutri-Score, brieven", NOVEMBER),
        ("brieven over Shell uit november 2023", "brieven over Shell", NOVEMBER),
        ("brieven over het rapport uit 2023", "brieven over het rapport uit 2023", None),
        ("in november 2023 kwam ETS, wat vroeg Boswijk", "in november 2023 kwam ETS, wat vroeg Boswijk", None),
        ("Kent u de brief uit 2023?", "Kent u de brief uit 2023?", None),  # pasted, though short
        # The subject's own, or nobody says that it is not.
        ("vragen over de begroting van 2024", "vragen over de begroting van 2024", None),
        ("wat vroeg Boswijk over asiel in 2023", "wat vroeg Boswijk over asiel in 2023", None),
        ("stikstof in 2020", "stikstof in 2020", None),
        ("in 2023 kwamen hoeveel asielzoekers", "in 2023 kwamen hoeveel asielzoekers", None),
        ("Aanhangsel Handelingen 2024-2025, nr. 571", "Aanhangsel Handelingen 2024-2025, nr. 571", None),
        (f"Vragen uit 2023{' en nog een woord' * 6}", f"Vragen uit 2023{' en nog een woord' * 6}", None),  # pasted
    ],
)  # fmt: skip
def test_periods(query: str, text: str, dated: Dated | None) -> None:
    assert limits(query, KNOWN) == Limits(text, dated)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wat zei VWS over jeugdzorg", Limits("wat zei over jeugdzorg", answered=(HEALTH,))),
        ("antwoord over paarden van de minister van Justitie", Limits("antwoord over paarden", answered=(JUSTICE,))),
        ("antwoorden van Justitie over paarden", Limits("antwoorden over paarden", answered=(JUSTICE,))),
        ("antwoorden van Defensie", Limits("antwoorden", missing=True)),
        ("brieven van de minister van Justitie in november 2023",
         Limits("brieven", Dated(NOVEMBER.first, NOVEMBER.last), answered=(JUSTICE,))),
        (f"wat zei VWS over jeugdzorg{' en nog een woord' * 4}",  # long, and typed
         Limits(f"wat zei over jeugdzorg{' en nog een woord' * 4}", answered=(HEALTH,))),
        ("vragen aan VWS over jeugdzorg", Limits("vragen over jeugdzorg", concerned=(HEALTH,))),
        ("questions about horses to the minister of Health",
         Limits("questions about horses", concerned=(HEALTH,))),
        ("de minister van Justitie over paarden", Limits("over paarden", concerned=(JUSTICE,))),
        ("aan VWS", Limits("", concerned=(HEALTH,))),
        ("Kamervragen aan VWS november 2023", Limits("Kamervragen", NOVEMBER, concerned=(HEALTH,))),
        ("since 2024 what has the minister of justice answered about dogs",
         Limits("what has answered about dogs", Dated(date(2024, 1, 1), date.max, asked=False), answered=(JUSTICE,))),
        ("wat schreef Defensie over tanks", Limits("wat schreef over tanks", missing=True)),
        ("vragen aan de minister van Defensie", Limits("vragen", missing=True)),
        ("wat heeft de minister van Justitie geantwoord over honden",
         Limits("wat heeft geantwoord over honden", answered=(JUSTICE,))),
        ("vragen aan VWS en J&V", Limits("vragen", concerned=(JUSTICE, HEALTH))),
        ("gericht aan vws", Limits("gericht", concerned=(HEALTH,))),
        # Spoken about.
        ("wat zei Boswijk tegen de minister van Justitie over honden",
         Limits("wat zei Boswijk tegen over honden", concerned=(JUSTICE,))),
        ("wat schreef Trouw over boetes aan de minister van VWS",
         Limits("wat schreef Trouw over boetes aan de minister van VWS")),
        ("antwoord op de vragen van VWS over honden", Limits("antwoord op de vragen over honden", concerned=(HEALTH,))),
        ("questions to health insurers about care", Limits("questions to health insurers about care")),
        ("subsidies aan onderwijs", Limits("subsidies aan onderwijs")),
        ("wat zei Boswijk over het ministerie van VWS", Limits("wat zei Boswijk over het ministerie van VWS")),
        ("overleg met de minister van Justitie", Limits("overleg met de minister van Justitie")),
        ("defensie en justitie", Limits("defensie en justitie")),
    ],
)  # fmt: skip
def test_ministries(query: str, expected: Limits) -> None:
    assert limits(query, KNOWN) == expected


@pytest.mark.parametrize("query", ["over " + "VWS/" * 1_200, "over " + "2024-01-01/" * 450, "1.1.2024-" * 550])
def test_an_endless_word_is_pasted(query: str) -> None:
    assert limits(query, KNOWN) == Limits(query)


def test_what_limits_nothing_is_no_limit() -> None:
    assert not Limits("paarden")
    assert not Limits("", missing=True)
    assert Limits("", NOVEMBER)
