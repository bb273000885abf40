"""Every family's layouts, and what must be read from each: numbers, words, askers and answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from index.records import Kind
from tests.index import letter_writer as writer
from tests.index.kvr_letters import Dossier
from tests.index.letter_writer import Habits, Writer, spoken

Asked = tuple[str | None, str]
PARTIES = (
    "VVD",
    "NSC",
    "D66",
    "PVV",
    "CDA",
    "SP",
    "SGP",
    "ChristenUnie",
    "BBB",
    "Volt",
    "DENK",
    "FVD",
    "JA21",
    "PvdD",
    "50PLUS",
)
TOPICS = ("Inleiding", "Uitvoering en toezicht", "Financiële gevolgen", "Internationale samenwerking", "Overig")


@dataclass(frozen=True)
class Expected:
    """One exchange as it must come back. An answer of several paragraphs is their words in a row."""

    numbers: tuple[int, ...]
    questions: tuple[tuple[int | None, str], ...]
    answer: str | None
    askers: frozenset[Asked]


@dataclass(frozen=True)
class Written:
    """A letter as text, and what must be read from it."""

    text: str
    kind: Kind
    exchanges: tuple[Expected, ...]


# --------------------------------------------------------------------------------------------------------- Kamervragen


def aanhangsel(dossier: Dossier, random: Random) -> Written:
    """Kamervragen as published and extracted from PDF: lost line ends, markers alone on a line, notes at the foot."""
    habits = Habits(
        spaced=False,
        lost_ends=random.choice((0, 0.3, 0.9)),
        divide=0.15,
        notes=0.2,
        markers=random.choice(("glued", "alone", "opening")),
        furniture=writer.aanhangsel,
    )
    letter = Writer(random, habits)
    letter.lines("Tweede Kamer der Staten-Generaal2", "Vergaderjaar 2024–2025 Aanhangsel van de Handelingen")
    letter.lines("Vragen gesteld door de leden der Kamer, met de daarop door de", "regering gegeven antwoorden", "546")
    letter.heading(_asked_by(dossier, random))
    letter.heading(_answered_by(dossier, random))
    joint = random.choice((_joint_heading, _joint_answer))
    return Written(*joint(letter, dossier, "Vraag {n}", random.choice(("Antwoord {n}", "Antwoord op vraag {n}"))))


def letter(dossier: Dossier, random: Random) -> Written:
    """Kamervragen as a ministry's letter from Word: a letterhead, "Antwoord op vraag 2 en 3", notes at the end."""
    habits = Habits(wrap=random.random() < 0.5, notes=0.2, markers=random.choice(("bracket", "round")), leaves=False)
    page = Writer(random, habits)
    page.lines("> Retouradres Postbus 20301 2500 EH  Den Haag", "", "Datum", f"19 mei {dossier.year}", "Onderwerp")
    page.lines(f"Beantwoording Kamervragen over {_subject(dossier)}", "", "Ons kenmerk", "5164758", "")
    page.paragraph(
        f"In antwoord op uw brief van 6 december {dossier.year - 1} deel ik u mede dat de vragen van"
        f" {_members(dossier, random)} worden beantwoord zoals aangegeven in de bijlage van deze brief.",
        notes=False,
    )
    page.lines("", "De minister van Justitie en Veiligheid", "", "D. Yeşilgöz-Zegerius", "")
    page.heading(_asked_by(dossier, random))
    number = random.choice(("Vraag {n}", "Vraag {n}:", "Vraag ({n}):", "VRAAG {n}", "Vraag {n}."))
    answer = random.choice(
        (
            "Antwoord op vraag {n}",
            "Antwoord op vragen {n}",
            "Antwoord vraag {n}:",
            "Antwoord {n}:",
            "Antwoord op vraag {n}:",
            "Antwoorden {n}",
            "ANTWOORD OP VRAAG {n}",
            "Antwoord op de vragen {n}",
        )
    )
    return Written(*random.choice((_joint_heading, _joint_answer))(page, dossier, number, answer))


def bare_numbers(dossier: Dossier, random: Random) -> Written:
    """A number on its line, the question, and "Antwoord"."""
    habits = Habits(
        divide=0.2,
        notes=0.1,
        markers=random.choice(("glued", "bracket")),
        furniture=random.choice((writer.rijkshuisstijl, writer.dashes, writer.kamerstuk)),
        spaced=random.random() < 0.6,
    )
    page = Writer(random, habits)
    page.heading(_asked_by(dossier, random))
    page.heading(_answered_by(dossier, random))
    number, answer = random.choice(
        (("{n}", "Antwoord"), ("{n}", "Antwoord:"), ("{n}.", "Antwoord"), ("{n}", "Antwoord {n}"))
    )
    return Written(*_joint_heading(page, dossier, number, answer))


def inline_numbers(dossier: Dossier, random: Random) -> Written:
    """ "1. Kunt u …" and "Antwoord vraag 1:", as in many a Word document."""
    page = Writer(random, Habits(wrap=random.random() < 0.5, leaves=False))
    page.lines("AH 608", "", f"{dossier.year}Z14419", "")
    page.heading(_asked_by(dossier, random))
    page.heading(_answered_by(dossier, random))
    single = _single(dossier)
    answer = random.choice(("Antwoord vraag {n}:", "Antwoord {n}", "Antwoord:", "Antwoord op vraag {n}"))
    numbers = random.choice(("{n}. ", "{n}) "))
    expected = []
    for (number, words), (group, reply) in zip(single.questions, single.answers, strict=True):
        page.paragraph(words, before=numbers.format(n=number))
        page.heading(answer.format(n=number), space=random.random() < 0.5)
        page.paragraph(reply)
        expected.append(Expected(group, ((number, words),), reply, frozenset(dossier.members)))
    return Written(page.text(), Kind.KAMERVRAGEN, tuple(expected))


def questions_only(dossier: Dossier, random: Random) -> Written:
    """Questions without answers, as asked."""
    numbered = random.random() < 0.7
    habits = (
        Habits(
            spaced=False,
            lost_ends=0.8,
            notes=0.2,
            markers=random.choice(("alone", "glued")),
            furniture=writer.aanhangsel,
        )
        if numbered
        else Habits(wrap=False, leaves=False, notes=0.2, markers="bracket")
    )
    page = Writer(random, habits)
    page.lines(f"{dossier.year}Z18655")
    page.heading(_asked_by(dossier, random))
    kept = [words for _, words in dossier.questions if numbered or words.endswith("?")]
    expected = []
    for number, words in enumerate(kept, start=1):
        if numbered:
            page.heading(f"Vraag {number}")
        page.paragraph(words)
        expected.append(Expected((number,), ((number, words),), None, frozenset(dossier.members)))
    if random.random() < 0.4:
        page.heading(
            "Toelichting: Deze vragen dienen ter aanvulling op eerdere vragen terzake van het lid Postma (Nieuw Sociaal"
            " Contract)."
        )
    return Written(page.text(), Kind.KAMERVRAGEN, tuple(expected))


def delay(dossier: Dossier, random: Random) -> Written:
    """The questions, and the message that they will be answered later."""
    page = Writer(random, Habits(spaced=False, lost_ends=0.8, notes=0.2, markers="alone", furniture=writer.aanhangsel))
    page.heading(_asked_by(dossier, random))
    page.heading(f"Mededeling van Minister Jansen (Financiën) (ontvangen 18 november {dossier.year}).")
    expected = []
    for number, words in dossier.questions:
        page.heading(f"Vraag {number}")
        page.paragraph(words)
        expected.append(Expected((number,), ((number, words),), None, frozenset(dossier.members)))
    page.heading("Mededeling")
    page.paragraph(
        "Hierbij deel ik u mede dat de vragen niet binnen de gebruikelijke termijn kunnen worden beantwoord.",
        notes=False,
    )
    return Written(page.text(), Kind.UITSTEL, tuple(expected))


def _asked_by(dossier: Dossier, random: Random) -> str:
    of = random.choice(("Vragen van {who} aan", "Vragen van {who} aan", "Schriftelijke vragen van {who} aan"))
    to = random.choice(
        (
            "de Minister van Financiën",
            "de Ministers van Landbouw, Natuur en Voedselkwaliteit en van Justitie en Veiligheid",
            "de Minister-President",
            "de Staatssecretarissen van Financiën en Volksgezondheid, Welzijn en Sport",
        )
    )
    sent = random.choice(("(ingezonden 3 mei {year})", "(ingezonden 3 mei {year})."))
    return f"{of.format(who=_members(dossier, random))} {to} over {_subject(dossier)} {sent.format(year=dossier.year)}"


def _answered_by(dossier: Dossier, random: Random) -> str:
    also = random.choice(("", ", mede namens de Minister van Justitie en Veiligheid"))
    see = random.choice(
        ("", f" Zie ook Aanhangsel Handelingen, vergaderjaar {dossier.year - 1}–{dossier.year}, nr. 393.")
    )
    return f"Antwoord van Minister Jansen (Financiën){also} (ontvangen 18 november {dossier.year}).{see}"


def _members(dossier: Dossier, random: Random) -> str:
    """ "de leden Kröger, Thijssen (beiden GroenLinks-PvdA) en Teunissen (PvdD)": one party, one pair of brackets."""
    groups: dict[str, list[str]] = {}
    for name, party in dossier.members:
        groups.setdefault(party, []).append(name)
    told = []
    for party, names in groups.items():
        every = "" if len(names) == 1 else "beiden " if len(names) == 2 else "allen "
        told.append(f"{', '.join(names[:-1])}{' en ' if len(names) > 1 else ''}{names[-1]} ({every}{party})")
    who = f"{', '.join(told[:-1])}{' en ' if len(told) > 1 else ''}{told[-1]}"
    if len(dossier.members) == 1:
        return f"{random.choice(('het lid', 'het lid', 'lid', 'het leden'))} {who}"
    return f"{random.choice(('de leden', 'de leden', 'de leden lid', 'het leden'))} {who}"


def _subject(dossier: Dossier) -> str:
    return re.sub(r"\s*[(\[].*", "", dossier.title) or "de uitvoering"


def _joint_heading(
    page: Writer, dossier: Dossier, question: str, answer: str
) -> tuple[str, Kind, tuple[Expected, ...]]:
    """One heading over the questions that share an answer: "Vraag 4, 5, 7 en 8"."""
    asked = dict(dossier.questions)
    expected = []
    for numbers, words in sorted(dossier.answers):
        page.heading(question.format(n=spoken(numbers)))
        for number in numbers:
            page.paragraph(asked[number])
        page.heading(answer.format(n=spoken(numbers)))
        page.paragraph(words)
        expected.append(Expected(numbers, tuple((n, asked[n]) for n in numbers), words, frozenset(dossier.members)))
    return page.text(), Kind.KAMERVRAGEN, tuple(expected)


def _joint_answer(page: Writer, dossier: Dossier, question: str, answer: str) -> tuple[str, Kind, tuple[Expected, ...]]:
    """Each question under its own heading, and the answer after the last of those it belongs to."""
    asked = dict(dossier.questions)
    expected = []
    for number, words in dossier.questions:
        page.heading(question.format(n=number))
        page.paragraph(words)
        for numbers, reply in dossier.answers:
            if max(numbers) == number:
                page.heading(answer.format(n=spoken(numbers)))
                page.paragraph(reply)
                expected.append(
                    Expected(numbers, tuple((n, asked[n]) for n in numbers), reply, frozenset(dossier.members))
                )
    return page.text(), Kind.KAMERVRAGEN, tuple(expected)


# ------------------------------------------------------------------------------------------------ schriftelijk overleg

PARTY_HEADINGS = (
    "Vragen en opmerkingen van de leden van de {p}-fractie",
    "Vragen van de leden van de {p}-fractie",
    "Vragen van de leden van {p}-fractie",
    "Vragen en opmerkingen van de {p}-fractie",
    "Inbreng van de leden van de {p}-fractie",
    "{p}-fractie",
    "{p}",
    "Vragen en opmerkingen van de leden van de {p}-fractie en reactie van de bewindspersoon",
)


def overleg(dossier: Dossier, random: Random) -> Written:
    """A schriftelijk overleg in turn: the numbers run on over the parties' headings."""
    single = _single(dossier)
    page = Writer(
        random,
        Habits(
            divide=0.2,
            notes=0.1,
            markers=random.choice(("glued", "bracket")),
            spaced=random.random() < 0.7,
            furniture=random.choice((writer.rijkshuisstijl, writer.dashes, writer.kamerstuk)),
        ),
    )
    page.lines("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "Postbus 20018", "2500 EA Den Haag", "")
    page.lines("Datum 19 mei 2025", "Betreft Verslag van een schriftelijk overleg", "")
    page.heading("Geachte Voorzitter,")
    heading = random.choice(PARTY_HEADINGS)
    question, answer = random.choice(
        (("{n}", "Antwoord"), ("{n}.", "Antwoord:"), ("Vraag {n}", "Antwoord"), ("Vraag {n}", "Antwoord {n}"))
    )
    expected = []
    for party, pairs in _shared(single, random):
        page.heading(heading.format(p=party))
        for number, words, reply in pairs:
            page.heading(question.format(n=number))
            page.paragraph(words)
            page.heading(answer.format(n=number))
            replied = _paragraphs(reply, random)
            for paragraph in replied:
                page.paragraph(paragraph)
            expected.append(Expected((number,), ((number, words),), reply, frozenset({(None, party)})))
    return Written(page.text(), Kind.SCHRIFTELIJK_OVERLEG, tuple(expected))


def overleg_in_prose(dossier: Dossier, random: Random) -> Written:
    """The same without numbers: a paragraph that asks, "Antwoord" or nothing, paragraphs that reply."""
    page = Writer(
        random, Habits(notes=0.1, markers="bracket", furniture=random.choice((writer.rijkshuisstijl, writer.kamerstuk)))
    )
    page.lines("Verslag van een schriftelijk overleg", "")
    marker = random.choice(("", "Antwoord", "Antwoord:", "Reactie"))
    expected = []
    for party, pairs in _shared(_single(dossier, prose=True), random):
        page.heading(f"Vragen en opmerkingen van de leden van de {party}-fractie")
        for place, (_, words, reply) in enumerate(pairs):
            asking = _asking(party, words, random, first=place == 0)
            page.paragraph(asking)
            if marker:
                page.heading(marker)
            for paragraph in _paragraphs(reply, random):
                page.paragraph(paragraph)
            expected.append(Expected((), ((None, asking),), reply, frozenset({(None, party)})))
    return Written(page.text(), Kind.SCHRIFTELIJK_OVERLEG, tuple(expected))


def two_parts(dossier: Dossier, random: Random) -> Written:
    """ "I Vragen en opmerkingen vanuit de fracties", "II Antwoord / Reactie", matched by party; a table of contents."""
    text, expected = _two_parts(
        dossier,
        random,
        _shared(_single(dossier, prose=True), random),
        "Tweede Kamer der Staten-Generaal",
        (
            "Vragen en opmerkingen van de leden van de {p}-fractie",
            "Vragen van de leden van de {p}-fractie",
            "Inbreng van de leden van de {p}-fractie",
        ),
        writer.kamerstuk,
    )
    return Written(text, Kind.SCHRIFTELIJK_OVERLEG, expected)


def _two_parts(
    dossier: Dossier,
    random: Random,
    shares: list[tuple[str, list[tuple[int, str, str]]]],
    chamber: str,
    headings: Sequence[str],
    furniture: writer.Furniture,
) -> tuple[str, tuple[Expected, ...]]:
    page = Writer(random, Habits(notes=0.1, markers=random.choice(("bracket", "glued")), furniture=furniture))
    page.lines(
        chamber,
        "",
        "26 643 Informatie- en communicatietechnologie (ICT)",
        "",
        "Nr. 1337 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
        "",
    )
    page.lines("Vastgesteld 19 mei 2025", "")
    heading = random.choice(headings)
    first = random.choice(("I Vragen en opmerkingen vanuit de fracties", "I. Vragen en opmerkingen vanuit de fracties"))
    second = random.choice(
        (
            "II Antwoord / Reactie van de Minister",
            "II Reactie van de Staatssecretaris",
            "II. Antwoord/Reactie van de minister",
            "II Antwoord van de Minister van Financiën",
        )
    )
    if random.random() < 0.7:
        page.heading("Inhoudsopgave")
        for place, line in enumerate(
            (first, *(heading.format(p=party) for party, _ in shares), second, "III Volledige agenda")
        ):
            page.heading(line)
            page.heading(str(place + 2))
    page.heading(first)
    expected = []
    for party, pairs in shares:
        page.heading(heading.format(p=party))
        asked = [_asking(party, words, random, first=place == 0) for place, (_, words, _) in enumerate(pairs)]
        for words in asked:
            page.paragraph(words)
        expected.append(
            Expected(
                (),
                tuple((None, words) for words in asked),
                " ".join(reply for _, _, reply in pairs),
                frozenset({(None, party)}),
            )
        )
    if random.random() < 0.3:
        page.heading(heading.format(p="GroenLinks-PvdA"))
        page.paragraph("De leden van de GroenLinks-PvdA-fractie hebben hierover geen verdere vragen.", notes=False)
    page.heading(second)
    if random.random() < 0.4:
        page.paragraph(
            "Met belangstelling heb ik kennisgenomen van de vragen van de verschillende fracties.", notes=False
        )
    reply_heading = random.choice(
        (
            heading,
            "Reactie op de vragen van de leden van de {p}-fractie",
            "Antwoord op vragen van de {p}-fractie",
            "{p}-fractie",
        )
    )
    for party, pairs in shares:
        page.heading(reply_heading.format(p=party))
        for _, _, reply in pairs:
            for paragraph in _paragraphs(reply, random):
                page.paragraph(paragraph)
    if random.random() < 0.5:
        page.heading("III Volledige agenda")
        page.paragraph("De brief van de minister van 3 mei 2025 over de voortgang.", notes=False)
    return page.text(), tuple(expected)


def inbreng(dossier: Dossier, random: Random) -> Written:
    """The questions of the parties, and the heading of a reply that is not there yet."""
    page = Writer(random, Habits(furniture=writer.kamerstuk))
    page.lines("Inbreng verslag van een schriftelijk overleg", "")
    page.heading("I Vragen en opmerkingen vanuit de fracties")
    expected = []
    for party, pairs in _shared(_single(dossier, prose=True), random):
        page.heading(f"Vragen en opmerkingen van de leden van de {party}-fractie")
        asked = [_asking(party, words, random, first=place == 0) for place, (_, words, _) in enumerate(pairs)]
        for words in asked:
            page.paragraph(words)
        expected.append(Expected((), tuple((None, words) for words in asked), None, frozenset({(None, party)})))
    page.heading("II Antwoord / Reactie van de Minister")
    return Written(page.text(), Kind.SCHRIFTELIJK_OVERLEG, tuple(expected))


def per_member(dossier: Dossier, random: Random) -> Written:
    """ "Vragen van het lid Paternotte, J.M. (D66)", then "Vraag (1):"; the numbers run on."""
    page = Writer(random, Habits(furniture=writer.rijkshuisstijl))
    page.lines("Beantwoording vragen gesteld tijdens de begrotingsbehandeling", "Datum 19 mei 2025", "")
    single = _single(dossier)
    names = ("Paternotte, J.M.", "Van der Plas, C.A.M.", "Omtzigt, P.H.", "Bikker, M.H.")
    parties = ("D66", "BBB", "NSC", "ChristenUnie")
    expected = []
    share = max(1, -(-len(single.questions) // len(names)))
    for place, ((number, words), (_, reply)) in enumerate(zip(single.questions, single.answers, strict=True)):
        name, party = names[place // share], parties[place // share]
        if place % share == 0:
            page.heading(f"Vragen van het lid {name} ({party})")
        page.heading(f"Vraag ({number}):")
        page.paragraph(words)
        page.heading(random.choice(("Antwoord:", f"Antwoord ({number}):")))
        page.paragraph(reply)
        expected.append(Expected((number,), ((number, words),), reply, frozenset({(name.split(",")[0], party)})))
    return Written(page.text(), Kind.KAMERVRAGEN, tuple(expected))


# --------------------------------------------------------------------------------------------------- feitelijke vragen


def factual(dossier: Dossier, random: Random) -> Written:
    """A list of factual questions; most often nothing marks the answer but that the paragraph before asks."""
    style = random.choice(("marked", "plain", "plain", "plain"))
    page = Writer(
        random,
        Habits(
            wrap=random.random() < 0.7,
            divide=0.1 if style == "marked" else 0,
            notes=0.05,
            markers="bracket",
            furniture=random.choice((writer.kamerstuk, writer.rijkshuisstijl)),
        ),
    )
    page.lines("36 600 VI", "", "Lijst van vragen en antwoorden", "", "Vastgesteld 19 mei 2025", "")
    page.paragraph(
        "De vaste commissie voor Justitie en Veiligheid heeft over de begroting de navolgende vragen ter beantwoording"
        " aan het kabinet voorgelegd. Deze vragen, alsmede de daarop gegeven antwoorden, zijn hieronder afgedrukt.",
        notes=False,
    )
    question, answer = (
        ("{n}", "")
        if style == "plain"
        else random.choice((("Vraag {n}", "Antwoord {n}"), ("{n}", "Antwoord:"), ("{n}", "Antwoord")))
    )
    asked = dict(dossier.questions)
    expected = []
    number = 1
    for numbers, reply in sorted(dossier.answers):
        paragraphs = _paragraphs(reply, random)
        if not all(asked[n].endswith("?") for n in numbers) or any(part.endswith("?") for part in paragraphs):
            continue
        own = tuple(range(number, number + len(numbers)))
        number += len(numbers)
        page.heading(question.format(n=spoken(own)))
        for n in numbers:
            page.paragraph(asked[n])
        if answer:
            page.heading(answer.format(n=spoken(own)))
        for paragraph in paragraphs:
            page.paragraph(paragraph)
        expected.append(
            Expected(own, tuple((new, asked[old]) for new, old in zip(own, numbers, strict=True)), reply, frozenset())
        )
    return Written(page.text(), Kind.FEITELIJKE_VRAGEN, tuple(expected))


def factual_table(dossier: Dossier, random: Random) -> Written:
    """ "Nr | Vraag | Antwoord" as a table's cells come out: the number, the question and the answer, a line each."""
    page = Writer(random, Habits(wrap=False, spaced=False, leaves=False))
    page.lines("Lijst van vragen en antwoorden over de begroting", "Nr", "Vraag", "Antwoord")
    expected = []
    number = 0
    for numbers, reply in sorted(dossier.answers):
        asked = dict(dossier.questions)[numbers[0]]
        if len(numbers) > 1 or not asked.endswith("?") or reply.endswith("?"):
            continue
        number += 1
        page.lines(str(number), asked, reply)
        expected.append(Expected((number,), ((number, asked),), reply, frozenset()))
    return Written(page.text(), Kind.FEITELIJKE_VRAGEN, tuple(expected))


# -------------------------------------------------------------------------------------------------- nota, Eerste Kamer


def nota(dossier: Dossier, random: Random) -> Written:
    """Nota naar aanleiding van het verslag: prose in turn, without a marker before the reply."""
    page = Writer(
        random, Habits(notes=0.1, divide=0.1, markers=random.choice(("bracket", "glued")), furniture=writer.kamerstuk)
    )
    page.lines("36 378 Wijziging van de Wet op het financieel toezicht", "")
    page.heading(
        random.choice(
            ("Nota naar aanleiding van het verslag", "NOTA NAAR AANLEIDING VAN HET VERSLAG", "Memorie van antwoord")
        )
    )
    page.paragraph("De regering dankt de leden van de verschillende fracties voor hun inbreng.", notes=False)
    expected = []
    topics = iter(TOPICS)
    for section, (party, pairs) in enumerate(_shared(_single(dossier, prose=True), random), start=1):
        page.heading(f"{section}. {next(topics, 'Overig')}")
        for place, (_, words, reply) in enumerate(pairs):
            asking = _asking(party, words, random, first=place == 0)
            page.paragraph(asking)
            for paragraph in _paragraphs(reply, random):
                page.paragraph(paragraph)
            expected.append(Expected((), ((None, asking),), reply, frozenset({(None, party)})))
    return Written(page.text(), Kind.NOTA_VERSLAG, tuple(expected))


SENATE_HEADINGS = (
    "Vragen en opmerkingen van de fractieleden van de {p}",
    "Vragen en opmerkingen van de leden van de fractie van de {p}",
    "Vragen van de leden van de fractie van de {p}",
    "Vragen en opmerkingen van de leden van de {p}-fractie",
)


def senate(dossier: Dossier, random: Random) -> Written:
    """Eerste Kamer: its own words for a fractie, letters for numbers; numbered, in prose, or in two parts."""
    single = _single(dossier, prose=True)
    shares = _shared(single, random)
    style = random.choice(("numbered", "prose", "parts"))
    if style == "parts":
        text, expected = _two_parts(
            dossier, random, shares, "Eerste Kamer der Staten-Generaal", SENATE_HEADINGS, writer.eerste_kamer
        )
        return Written(text, Kind.EERSTE_KAMER, expected)
    page = Writer(random, Habits(notes=0.1, markers="bracket", furniture=writer.eerste_kamer))
    page.lines(
        "Eerste Kamer der Staten-Generaal",
        "",
        "25 295 Infectieziektenbestrijding",
        "",
        "BM VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
        "",
    )
    heading = random.choice(SENATE_HEADINGS)
    question, answer = random.choice((("Vraag {n}", "Antwoord {n}"), ("{n}.", "Antwoord"), ("Vraag {n}", "Antwoord")))
    found = []
    for party, pairs in shares:
        page.heading(heading.format(p=party))
        for place, (number, words, reply) in enumerate(pairs):
            if style == "numbered":
                page.heading(question.format(n=number))
                page.paragraph(words)
                page.heading(answer.format(n=number))
                asked: tuple[int | None, str] = (number, words)
            else:
                asking = _asking(party, words, random, first=place == 0, of="De fractieleden van de {p}")
                page.paragraph(asking)
                asked = (None, asking)
            for paragraph in _paragraphs(reply, random):
                page.paragraph(paragraph)
            numbers = (number,) if style == "numbered" else ()
            found.append(Expected(numbers, (asked,), reply, frozenset({(None, party)})))
    return Written(page.text(), Kind.EERSTE_KAMER, tuple(found))


# --------------------------------------------------------------------------------------------------------------- parts


def _single(dossier: Dossier, *, prose: bool = False) -> Dossier:
    """The questions that have an answer of their own, counted anew; for prose those that can be told from a reply."""
    asked = dict(dossier.questions)
    pairs = [
        (asked[numbers[0]], reply)
        for numbers, reply in sorted(dossier.answers)
        if len(numbers) == 1
        and not (
            prose
            and re.match(r"(?:De|Deze|Het|Dit|Zij|Ook|Verder|Voorts|Tevens)\b.{0,40}\b(?:leden|lid|fracties?)\b", reply)
        )
    ]
    return Dossier(
        dossier.id,
        dossier.year,
        dossier.title,
        dossier.ministry,
        dossier.members,
        tuple((number, words) for number, (words, _) in enumerate(pairs, start=1)),
        tuple(((number,), reply) for number, (_, reply) in enumerate(pairs, start=1)),
    )


def _shared(dossier: Dossier, random: Random) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """The questions dealt out to parties, in order: (party, [(number, question, reply), …])."""
    triples = [
        (number, words, reply) for (number, words), (_, reply) in zip(dossier.questions, dossier.answers, strict=True)
    ]
    parties = random.sample(PARTIES, 4)
    share = max(1, -(-len(triples) // random.randint(1, 4)))
    return [(parties[at // share], triples[at : at + share]) for at in range(0, len(triples), share)]


def _asking(party: str, words: str, random: Random, *, first: bool, of: str = "De leden van de {p}-fractie") -> str:
    """A question in the third person, as prose asks it; the party may be carried over from the paragraph before."""
    who = of.format(p=party)
    small = who[0].lower() + who[1:]
    openings = (
        f"{who} vragen het volgende.",
        f"{who} hebben kennisgenomen van het voorstel en stellen de volgende vraag.",
        f"{who} lezen dat er vragen leven.",
        f"Voorts vragen {small} aandacht voor het volgende.",
    )
    carried = (
        "Deze leden stellen ook de volgende vraag.",
        "Genoemde leden vragen voorts het volgende.",
        "Ook vragen deze leden het volgende.",
        "Daarnaast willen deze leden het volgende weten.",
        "Zij vragen verder het volgende.",
    )
    return f"{random.choice(openings if first else (*openings, *carried))} {words}"


def _paragraphs(reply: str, random: Random) -> list[str]:
    """An answer in one to three paragraphs, cut between sentences."""
    ends = [match.end() for match in re.finditer(r"[a-z]{3}\.(?= [A-Z][a-z])", reply)]
    cuts = sorted(random.sample(ends, min(len(ends), random.choice((0, 0, 1, 2)))))
    return [reply[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True)]


LAYOUTS: dict[str, Callable[[Dossier, Random], Written]] = {
    "aanhangsel": aanhangsel,
    "letter": letter,
    "bare numbers": bare_numbers,
    "inline numbers": inline_numbers,
    "questions only": questions_only,
    "delay": delay,
    "overleg": overleg,
    "overleg in prose": overleg_in_prose,
    "two parts": two_parts,
    "inbreng": inbreng,
    "per member": per_member,
    "factual": factual,
    "factual table": factual_table,
    "nota": nota,
    "senate": senate,
}
