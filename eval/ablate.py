"""What each choice is worth: the shipped search with one thing changed at a time, on the same queries.

Choices that only developers have (how passages are cut, what the encoder sees, how words are analysed, how the two
halves are fused) are changed by putting another function in the place of the shipped one for the time of a run; that
keeps options out of the product which no user should touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import GoldQuery, Half, judge, letter
from eval.metrics import Scores, mean, score
from eval.stats import Difference, difference, holm
from eval.trec import docno, listed
from index.analysis import fold
from index.encoder import Encoder
from index.records import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEASURE = "nDCG@10"
"""What the table is ordered by: it counts every exchange and both grades."""
SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing changed: a ranking other than the hybrid, settings, or functions ("module:name") replaced.

    `rebuild` says that the index itself must be made anew.
    """

    name: str
    system: str = "hybrid"
    settings: Mapping[str, float] = field(default_factory=dict)
    functions: Mapping[str, Any] = field(default_factory=dict)
    rebuild: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A variant's figures. The difference is to what is shipped, on the development half; `p` is corrected by Holm."""

    name: str
    scores: Scores
    against: Difference
    p: float


def variants() -> list[Variant]:
    """Everything that is tried, the shipped search first."""
    from index.passages import PASSAGE_LENGTH, split

    return [
        Variant(SHIPPED),
        Variant("dense alone", system="dense"),
        Variant("lexical alone", system="lexical"),
        Variant("fusion: reciprocal ranks (k 60)", functions={"retrieval.search:fuse": _reciprocal}),
        Variant("fusion: equal weights, both from 0 to 1", functions={"retrieval.search:fuse": _equal}),
        Variant("fusion: weight does not follow the query", functions={"retrieval.search:fuse": _constant}),
        *(Variant(f"lexical weight {w}", settings={"lexical_weight": w}) for w in (0.1, 0.15, 0.3, 0.45)),
        *(
            Variant(f"words anywhere in the document count {w}", settings={"document_weight": w})
            for w in (0.0, 0.3, 1.0)
        ),
        *(Variant(f"words in the question count {w}", settings={"context_weight": w}) for w in (0.0, 0.3, 1.0)),
        Variant("parties and numbers in the query are not read", settings={"party_bonus": 0.0, "number_bonus": 0.0}),
        Variant("English words are not translated", functions={"retrieval.fuse:translations": dict}),
        Variant("encoder sees no context", functions={"index.encoding:encoded_text": _alone}, rebuild=True),
        Variant(
            "each sentence encoded by itself", functions={"index.encoder:token_means": _no_token_means}, rebuild=True
        ),
        *(
            Variant(
                f"passages of {length} characters",
                functions={"index.build:split": partial(split, length=length)},
                rebuild=True,
            )
            for length in (300, 450, 600, 900)
            if length != PASSAGE_LENGTH
        ),
        Variant("no lemmas", functions={"index.analysis:_lemma": fold}, rebuild=True),
        Variant("compounds are not split", functions={"index.analysis:compound": _unsplit}, rebuild=True),
        Variant(
            "neither lemmas nor compounds",
            functions={"index.analysis:_lemma": fold, "index.analysis:compound": _unsplit},
            rebuild=True,
        ),
    ]


def ablate(
    queries: Sequence[GoldQuery],
    build: Callable[[Path], object],
    encoder: Encoder,
    folder: Path,
    *,
    chosen: Sequence[Variant] | None = None,
    progress: Callable[[str], object] | None = None,
) -> list[Row]:
    """Measure every variant, or those chosen (what is shipped must be the first).

    `build(out)` makes an index of the letter; `folder` takes the indexes. `progress` is told the name of each variant.
    """
    from index.store import open_store
    from retrieval import Searcher

    answerable = [query for query in queries if query.answerable]
    measured: list[tuple[str, Scores]] = []
    for number, variant in enumerate(variants() if chosen is None else chosen):
        if progress is not None:
            progress(variant.name)
        with _replaced(variant.functions):
            out = folder / (f"built-{number}" if variant.rebuild else "built")
            if not out.exists():
                build(out)
            searcher = Searcher(open_store(out, encoder), encoder)
            if variant.settings:
                searcher.settings = replace(searcher.settings, **variant.settings)
            qrels = judge(answerable, letter(searcher.documents))
            run = {
                query.id: listed(
                    [docno(*key) for key, _ in searcher.rankings(query.query, parties=query.parties)[variant.system]]
                )
                for query in answerable
            }
            measured.append((variant.name, score(qrels, run)))
    dev = [query.id for query in answerable if query.half is Half.DEV]
    shipped = [measured[0][1][query][MEASURE] for query in dev]
    differences = [difference([scores[query][MEASURE] for query in dev], shipped) for _, scores in measured]
    chances = holm([found.p for found in differences[1:]])
    return [
        Row(name, scores, found, p)
        for (name, scores), found, p in zip(measured, differences, [1.0, *chances], strict=True)
    ]


def as_json(rows: Sequence[Row], queries: Sequence[GoldQuery]) -> dict[str, Any]:
    """The table as plain values, and in words whether what is shipped is the best by it."""
    return {
        "measure": MEASURE,
        "rows": [
            {
                "name": row.name,
                **{half: {m: _mean(row, queries, half, m) for m in ("MRR@10", MEASURE)} for half in Half},
                "against": [row.against.mean, row.against.low, row.against.high, row.p],
            }
            for row in rows
        ],
        "verdict": _verdict(rows),
    }


def text(table: Mapping[str, Any]) -> str:
    """The same, to be read."""
    rows = table["rows"]
    width = max(len(row["name"]) for row in rows)
    lines = [
        f"{'':<{width}}  {'development half':<52}test half",
        f"{'':<{width}}   MRR@10 {MEASURE}  {MEASURE} less that of what is shipped    MRR@10 {MEASURE}",
    ]
    for row in rows:
        gain, low, high, p = row["against"]
        told = "" if row["name"] == SHIPPED else f"{gain:+.3f} ({low:+.3f} to {high:+.3f}), p {p:.3f}"
        dev, test = ([row[half]["MRR@10"], row[half][MEASURE]] for half in Half)
        mark = "*" if p < 0.05 else " "
        lines.append(
            f"{row['name']:<{width}}   {dev[0]:.3f}  {dev[1]:.3f}   {told:<36}{mark}  {test[0]:.3f}  {test[1]:.3f}"
        )
    return "\n".join([*(line.rstrip() for line in lines), table["verdict"] + "; * is beyond luck (Holm)"])


def _mean(row: Row, queries: Sequence[GoldQuery], half: Half, measure: str) -> float:
    return mean({q.id: row.scores[q.id] for q in queries if q.half is half and q.answerable}, measure)


def _verdict(rows: Sequence[Row]) -> str:
    best = max(rows[1:], key=lambda row: row.against.mean)
    if abs(best.against.mean) < 0.0005:
        return f'nothing is ahead of what is shipped on the development half; "{best.name}" is level with it to 0.001'
    if best.against.mean < 0:
        return f"what is shipped is the best by the development half, by {-best.against.mean:.3f} {MEASURE}"
    sure = "beyond luck" if best.p < 0.05 else "not beyond luck"
    return f'"{best.name}" is ahead of what is shipped on the development half, by {best.against.mean:.3f} ({sure})'


@contextmanager
def _replaced(functions: Mapping[str, Any]) -> Iterator[None]:
    """Put other functions in place, and the shipped ones back; what was remembered of the analysis is forgotten."""
    from index import analysis

    kept = []
    try:
        for place, function in functions.items():
            module, _, name = place.partition(":")
            owner = import_module(module)
            kept.append((owner, name, getattr(owner, name)))
            setattr(owner, name, function)
        _forget(analysis._analyse, analysis.words)
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
        _forget(analysis._analyse, analysis.words)


def _forget(*remembering: Any) -> None:
    for function in remembering:
        function.cache_clear()


def _no_token_means(model: object, prefix: str) -> bool:
    return False


def _alone(passage: Passage) -> str:
    return passage.text


def _unsplit(word: str) -> tuple[str, ...]:
    return ()


def _reciprocal(dense: NDArray[np.float32], lexical: NDArray[np.float32], *, weight: float) -> NDArray[np.float32]:
    """Cormack, Clarke and Büttcher 2009. A passage that a half does not find gains nothing from it."""
    import numpy as np

    fused = np.zeros(len(dense), dtype=np.float32)
    for scores, found in ((dense, np.ones(len(dense), dtype=np.bool_)), (lexical, lexical > 0)):
        rows = np.flatnonzero(found)
        order = rows[np.lexsort((rows, -scores[rows]))]
        fused[order] += 1 / (60 + 1 + np.arange(len(order), dtype=np.float32))
    return fused


def _equal(dense: NDArray[np.float32], lexical: NDArray[np.float32], *, weight: float) -> NDArray[np.float32]:
    import numpy as np

    fused = np.zeros(len(dense), dtype=np.float32)
    for scores in (dense, lexical):
        if len(scores) and (width := float(np.ptp(scores))) > 0:
            fused += (scores - scores.min()) / width
    return fused


def _constant(dense: NDArray[np.float32], lexical: NDArray[np.float32], *, weight: float) -> NDArray[np.float32]:
    import numpy as np

    from retrieval.search import Settings

    return np.asarray(dense + Settings().lexical_weight * lexical, dtype=np.float32)
