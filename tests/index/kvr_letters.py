"""Structured Kamervragen to write letters from: those of ../shared/kvr, or made-up ones where that is not."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any


@dataclass(frozen=True)
class Dossier:
    """A question document with its answers: numbers, texts, who asked, and who answered."""

    id: str
    year: int
    title: str
    ministry: str
    members: tuple[tuple[str, str], ...]
    questions: tuple[tuple[int, str], ...]
    answers: tuple[tuple[tuple[int, ...], str], ...]


def dossiers(path: Path, count: int) -> Iterator[Dossier]:
    """The first `count` documents whose numbers are whole: 1, 2, 3 …, each answered once."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from islice((dossier for line in file if (dossier := _dossier(json.loads(line)))), count)


def _dossier(fields: dict[str, Any]) -> Dossier | None:
    asked = [(question["nr"].strip(), _plain(question["t"])) for question in fields["vragen"]]
    replied = [(answer["nr"].strip(), _plain(answer["t"])) for answer in fields["antwoorden"]]
    if not all(re.fullmatch(r"\d{1,2}", number) and len(words) > 9 for number, words in asked):
        return None
    questions = tuple((int(number), words) for number, words in asked)
    answers = tuple((tuple(int(part) for part in re.findall(r"\d+", number)), words) for number, words in replied)
    numbers = [number for number, _ in questions]
    answered = sorted(number for group, _ in answers for number in group)
    # The data keep a name as its line broke: "Snijder- Hazelhoff".
    members = tuple(
        (name, party) for names, party in fields["vragers"] if party for name in names.replace("- ", "-").split(" en ")
    )
    if numbers != list(range(1, len(numbers) + 1)) or answered != numbers or not members:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d", fields["year"]) or not all(words for _, words in answers):
        return None
    if any(list(group) != sorted(group) for group, _ in answers):
        return None
    return Dossier(fields["id"], int(fields["year"]), fields["title"], fields["min"], members, questions, answers)


_SUBJECTS = (
    "het kabinet", "de gemeente", "deze regeling", "het onderzoek", "de inspectie", "de sector", "het rapport",
    "de toezichthouder", "het wetsvoorstel", "de Europese Commissie", "de provincie Groningen", "het RIVM",
)  # fmt: skip
_VERBS = ("onderzoekt", "verbetert", "ondersteunt", "beoordeelt", "financiert", "bespreekt", "vergelijkt", "publiceert")
_OBJECTS = (
    "de gevolgen voor ondernemers", "de kosten van de uitvoering", "drie varianten van het plan", "de wachtlijsten",
    "de stikstofdepositie in 2023", "een motie-Jetten", "de CO2-uitstoot", "de publiek-private samenwerking",
    "regelgeving over duurzaamheid", "een bedrag van 12 miljoen euro", "de veiligheid van 1,2 miljoen inwoners",
)  # fmt: skip
_ASKING = (
    "Klopt het dat",
    "Kunt u toelichten of",
    "Bent u van mening dat",
    "Hoe beoordeelt u dat",
    "Deelt u de zorg dat",
)


def invented(random: Random) -> Dossier:
    """A dossier of made-up sentences, for where ../shared is not."""

    def sentence() -> str:
        return f"{random.choice(_SUBJECTS)} {random.choice(_VERBS)} {random.choice(_OBJECTS)}"

    def asked() -> str:
        words = f"{random.choice(_ASKING)} {sentence()}"
        more = random.choice(("?", "? Zo nee, waarom niet?", f", nu {sentence()}? Kunt u dat toelichten?"))
        return f"{words}{more}"

    def replied() -> str:
        told = [f"{said[0].upper()}{said[1:]}." for said in (sentence() for _ in range(random.randint(1, 6)))]
        return " ".join((random.choice(("Ja.", "Nee.", "Daar ben ik mee bekend.", "Deels.")), *told))

    count = random.randint(2, 12)
    members = random.sample(
        (("Dijk", "SP"), ("Van der Plas", "BBB"), ("Bikker", "ChristenUnie"), ("Yeşilgöz", "VVD")), 2
    )
    answers: list[tuple[tuple[int, ...], str]] = []
    number = 1
    while number <= count:
        joint = min(random.choice((1, 1, 1, 2, 3)), count - number + 1)
        answers.append((tuple(range(number, number + joint)), replied()))
        number += joint
    return Dossier(
        f"verzonnen-{count}", 2024, "De gevolgen van de regeling (vervolg)", "Financiën", tuple(members),
        tuple((number, asked()) for number in range(1, count + 1)), tuple(answers),
    )  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
