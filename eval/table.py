"""Figures as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from eval.abstention import Errors, errors
from eval.gold import Half
from eval.metrics import Scores, mean
from eval.report import Report
from eval.slices import Slices, kinds
from eval.suite import Measured, System

SHOWN = ("MRR@10", "hit@1", "nDCG@10", "Recall@10")


def summary(measured: Measured, report: Report) -> str:
    """Per kind of query, each measure for dense, lexical and hybrid; how sure that is; parity; abstention; quotes."""
    parts = [sureness(report), silence(measured, report), quotes(report)]
    return "\n\n".join(parts if not measured.qrels else [quality(measured), *parts])


def sureness(report: Report) -> str:
    """The hybrid's figures with their intervals, against its halves, and in English against Dutch."""
    whole = report["slices"]["all"].get("all")
    if whole is None:
        return "no answerable queries"
    lines = []
    for measure in SHOWN:
        mean, low, high = whole["systems"][System.HYBRID][measure]
        line = f"{measure:<10} hybrid {mean:.3f} (95% {low:.3f} to {high:.3f})"
        for system, measures in whole["against"].items():
            gain, low, high, _, p = measures[measure]
            line += f"; less {system} {gain:+.3f} ({low:+.3f} to {high:+.3f}, p {p:.4f})"
        lines.append(line)
    if report["behind"]:
        lines.append("slices where the hybrid's nDCG@10 is behind one of its halves (p corrected for all slices):")
        lines += [
            f"  {row['slice']}: {row['difference']:+.3f} against {row['system']} (p {row['p']:.3f})"
            for row in report["behind"]
        ]
    else:
        lines.append("on no slice is the hybrid's nDCG@10 behind one of its halves")
    for system, measures in report["parity"].items():
        gain, low, high, p, count = measures["MRR@10"]
        spread = f"{gain:+.3f} ({low:+.3f} to {high:+.3f}, p {p:.4f})"
        lines.append(f"parity     {system}: English less Dutch {spread} MRR@10 over {count} needs")
    return "\n".join(lines)


def silence(measured: Measured, report: Report) -> str:
    """Who fell silent, in each half of the gold set, as shipped and with the threshold calibrated on the first."""
    lines = []
    threshold = report["abstention"]["threshold"]
    for half in Half:
        part = measured.part(half)
        if part.observations:
            lines.append(abstention(f"{half} half", errors(part.observations)))
            if threshold is not None:
                name = f"  with {threshold:.4f} (calibrated on dev; area {report['abstention']['area'][half]:.3f})"
                lines.append(abstention(name, errors(part.observations, threshold)))
    return "\n".join(lines)


def quotes(report: Report) -> str:
    """How the short answers fared, over all and in each half of the gold set."""
    found = report["answers"]
    literal = "all verbatim" if not found["not_verbatim"] else f"NOT verbatim for {', '.join(found['not_verbatim'])}"
    lines = [f"short answers: {found['quotes']} sentences for {found['queries']} queries, {literal}"]
    for name, part in {"all": found, **{f"{half} half": part for half, part in found["halves"].items()}}.items():
        told = []
        if part["from_an_answer"]:
            told.append(f"the first is from an exchange that answers for {_spread(part['from_an_answer'])}")
            told.append(f"of all sentences {_spread(part['sentences_from_an_answer'])} are")
        if part["labelled"]:
            told.append(
                f"of {part['labelled']} labelled by hand the first sentence answers {_spread(part['first_answers'])}, "
                f"one of them {_spread(part['any_answers'])}"
            )
        if told:
            lines.append(f"  {name}: {'; '.join(told)}")
    return "\n".join(lines)


def _spread(bounds: Sequence[float]) -> str:
    mean, low, high = bounds
    return f"{mean:.3f} ({low:.3f} to {high:.3f})"


def quality(measured: Measured) -> str:
    """A table with one row per kind, one per half of the gold set, and one for all; the best of three is starred."""
    answerable = [query for query in measured.queries if query.answerable]
    rows = kinds(answerable)
    for half in Half:
        if ids := [query.id for query in answerable if query.half is half]:
            rows[f"all, {half} half"] = ids
    rows["all"] = [query.id for query in answerable]
    return grid(rows, [(str(system), measured.scores[system]) for system in System], SHOWN)


def grid(slices: Slices, systems: Sequence[tuple[str, Scores]], measures: Sequence[str]) -> str:
    """Slices down, measures × systems across; `*` marks the systems that have a measure's best value, to 3 digits."""
    width = max(len(name) for name in slices)
    column = max(6, *(len(name) + 1 for name, _ in systems))
    group = column * len(systems)
    lines = [
        " " * (width + 5) + "".join(f"  {measure:<{group}}" for measure in measures).rstrip(),
        " " * width
        + "    n"
        + "".join("  " + "".join(f"{name:>{column - 1}} " for name, _ in systems) for _ in measures),
    ]
    for slice_name, ids in slices.items():
        line = f"{slice_name:<{width}}{len(ids):5d}"
        for measure in measures:
            values = [
                f"{mean({q: scores[q] for q in ids}, measure):.3f}".replace("0.", ".", 1) for _, scores in systems
            ]
            best = max(values, key=float)
            marks = ["*" if value == best and len(set(values)) > 1 else " " for value in values]
            line += "  " + "".join(f"{value:>{column - 1}}{mark}" for value, mark in zip(values, marks, strict=True))
        lines.append(line)
    return "\n".join(line.rstrip() for line in lines)


def abstention(name: str, found: Errors) -> str:
    """For example "dev half: 26 of 28 unanswerable abstain (near 14 of 16, far 12 of 12); 2 of 123 answerable do"."""
    return (
        f"{name}: {found.refused_near + found.refused_far} of {found.near + found.far} unanswerable abstain "
        f"(near {found.refused_near} of {found.near}, far {found.refused_far} of {found.far}); "
        f"{found.refused_answerable} of {found.answerable} answerable do"
    )
