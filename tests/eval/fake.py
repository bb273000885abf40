"""A letter of three exchanges and a search that answers what it was told to: the figures can be derived by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from eval.gold import SEED_REFERENCE, GoldQuery, Half, Language, Style
from index.records import Asker, Document, Exchange, Kind, Minister, Passage, Question, Role, Span
from retrieval.results import Coverage, Hit, Query, Quote, Results

TEXT = "Wie betaalt? Het Rijk betaalt. Wanneer dan? In mei. In juni ook. En waarom? Daarom."


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def letter(name: str = "brief 1", reference: str | None = SEED_REFERENCE) -> Document:
    """Question 1 of the SP, questions 2 and 3 (answered together) of the VVD, question 4 of the SP."""
    exchanges = (
        Exchange((1,), (Asker("SP"),), (Question(1, _span("Wie betaalt?")),), _span("Het Rijk betaalt.")),
        Exchange((2, 3), (Asker("VVD"),), (Question(2, _span("Wanneer dan?")),), _span("In mei. In juni ook.")),
        Exchange((4,), (Asker("SP"),), (Question(4, _span("En waarom?")),), _span("Daarom.")),
    )
    return Document(
        id=name,
        filename=f"{name}.txt",
        sha256="0" * 64,
        title="Betalen",
        kind=Kind.SCHRIFTELIJK_OVERLEG,
        dossier=None,
        reference=reference,
        asked_on=None,
        answered_on=date(2025, 5, 19),
        ministers=(Minister("A. B.", "minister", "Financiën"),),
        text=TEXT,
        page_starts=(),
        exchanges=exchanges,
    )


def query(
    name: str,
    relevance: Mapping[int, int] | None = None,
    *,
    style: Style = Style.QUESTION,
    language: Language = Language.DUTCH,
    half: Half = Half.DEV,
    need: str | None = None,
) -> GoldQuery:
    return GoldQuery(name, f"vraag {name}", language, style, half, relevance or {}, need=need)


class FakeSearcher:
    """`orders` gives for a query's text the places of the exchanges as dense, lexical and hybrid rank them."""

    def __init__(
        self,
        orders: Mapping[str, tuple[Sequence[int], Sequence[int], Sequence[int]]],
        *,
        confidence: Mapping[str, float] | None = None,
        threshold: float = 0.5,
        documents: Sequence[Document] | None = None,
        quoted: Span | None = None,
    ) -> None:
        self.documents = tuple(documents or (letter(),))
        self._orders = orders
        self._confidence = confidence or {}
        self._threshold = threshold
        self._quoted = quoted

    def rankings(self, text: str, *, parties: Sequence[str] = ()) -> dict[str, list[tuple[tuple[str, int], float]]]:
        name = self.documents[0].id
        return {
            system: [((name, place), 1.0) for place in order]
            for system, order in zip(("dense", "lexical", "hybrid"), self._orders[text], strict=True)
        }

    def search(self, text: str, *, k: int = 10, parties: Sequence[str] = ()) -> Results:
        document = self.documents[0]
        hits = []
        for rank, place in enumerate(self._orders[text][2][:k], 1):
            exchange = document.exchanges[place]
            assert exchange.answer is not None
            passage = Passage(document, exchange, Role.ANSWER, exchange.answer)
            hits.append(Hit(rank, 1.0, passage, exchange.answer, (), None, None))
        confidence = self._confidence.get(text, 1.0)
        abstained = confidence < self._threshold
        answer = () if abstained or not hits else (Quote(self._quoted or hits[0].best, hits[0]),)
        return Results(
            Query(text),
            tuple(hits),
            answer,
            abstained,
            3,
            Coverage(3, 1, document.answered_on),
            {},
            confidence=confidence,
        )
