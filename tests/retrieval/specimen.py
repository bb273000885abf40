"""A small letter made by hand, with results over it; every offset is found in the text, so none can be miscounted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.records import Asker, Document, Exchange, Kind, Minister, Note, Passage, Question, Role, Span
from retrieval.results import Coverage, Hit, Query, Quote, Results

TEXT = (
    "Vragen van de leden van GL-PvdA-fractie\n\n"
    "1\nDe leden zien de AI-fabriek. Komt er restwarmte?\n\n"
    "Antwoord\nHet landschap telt. Restwarmte uit de AI-fabriek wordt benut. Ik meld dit in het najaar.\n\n"
    "2\nHoe duur is dit?\n\n"
    "3\nEn wie betaalt?\n\n"
    "Antwoord 2 en 3\nDe markt betaalt.\n\n"
    "4\nWanneer begint de bouw?"
)


def span(words: str, text: str = TEXT) -> Span:
    assert text.count(words) == 1, words
    return Span(text.index(words), text.index(words) + len(words))


GL = Asker("GroenLinks-PvdA", None, "GL-PvdA")
NSC = Asker("NSC", None, "NSC")

FIRST = Exchange(
    numbers=(1,),
    askers=(GL,),
    questions=(Question(1, span("De leden zien de AI-fabriek. Komt er restwarmte?")),),
    answer=span("Het landschap telt. Restwarmte uit de AI-fabriek wordt benut. Ik meld dit in het najaar."),
)
JOINT = Exchange(
    numbers=(2, 3),
    askers=(NSC,),
    questions=(Question(2, span("Hoe duur is dit?")), Question(3, span("En wie betaalt?"))),
    answer=span("De markt betaalt."),
)
OPEN = Exchange(numbers=(4,), askers=(NSC,), questions=(Question(4, span("Wanneer begint de bouw?")),), answer=None)

LETTER = Document(
    id="letter",
    filename="letter.pdf",
    sha256="0" * 64,
    title="SO AI-fabriek",
    kind=Kind.SCHRIFTELIJK_OVERLEG,
    dossier="26643",
    reference="DGED-DE / 1",
    asked_on=None,
    answered_on=date(2025, 5, 19),
    ministers=(
        Minister("Dirk Beljaarts", "minister", "Economische Zaken"),
        Minister(None, "staatssecretaris", "Digitalisering", on_behalf=True),
    ),
    text=TEXT,
    page_starts=(0, TEXT.index("2\nHoe")),
    exchanges=(FIRST, JOINT, OPEN),
    notes=(Note("1", "Zie de brief.", None), Note("2", None, None)),
    warnings=("vraag 4 heeft geen antwoord",),
)


def hit(
    exchange: Exchange = FIRST,
    best: str = "Restwarmte uit de AI-fabriek wordt benut.",
    words: Sequence[str] = ("Restwarmte",),
    *,
    rank: int = 1,
    document: Document = LETTER,
) -> Hit:
    """A hit on the whole answer of an exchange, or on its first question where there is none."""
    role = Role.QUESTION if exchange.answer is None else Role.ANSWER
    where = exchange.answer or exchange.questions[0].span
    return Hit(
        rank=rank,
        score=0.5,
        passage=Passage(document, exchange, role, where),
        best=span(best, document.text),
        words=tuple(span(word, document.text) for word in words),
        dense_rank=1,
        lexical_rank=None,
    )


def results(*hits: Hit, text: str = "restwarmte AI-fabriek", abstained: bool = False) -> Results:
    found = hits or (hit(), hit(JOINT, "De markt betaalt.", (), rank=2))
    return Results(
        query=Query(text),
        hits=found,
        answer=() if abstained else (Quote(found[0].best, found[0]),),
        abstained=abstained,
        total=43,
        coverage=Coverage(passages=43, documents=1, until=date(2025, 5, 19)),
        parties={"GroenLinks-PvdA": 1, "NSC": 2},
    )
