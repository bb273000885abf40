"""A report as one HTML page: it asks for nothing outside itself, and every text from elsewhere is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from eval import plots
from eval.compare import compare
from eval.gold import ANSWERS, Half
from eval.metrics import MEASURES
from eval.report import Report
from eval.suite import System

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--paper:#fff;--line:#d0d7de;--good:#116329;--bad:#a40e26;
--a:#0550ae;--b:#953800;--c:#116329}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9da7b3;--paper:#0d1117;--line:#30363d;--good:#56d364;
--bad:#ff7b72;--a:#79c0ff;--b:#ffa657;--c:#56d364}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:0 auto;
padding:1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--dim);padding:.3rem 0}
th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.scroll{overflow-x:auto}.best{font-weight:700}.dim{color:var(--dim)}.good{color:var(--good)}.bad{color:var(--bad)}
svg{max-width:100%;height:auto}svg text{font-size:11px;fill:var(--ink)}svg .tick{fill:var(--dim)}
svg .grid{stroke:var(--line);fill:none}svg .s0{stroke:var(--a);fill:var(--a)}svg .s1{stroke:var(--b);fill:var(--b)}
svg .s2{stroke:var(--c);fill:var(--c)}svg polyline{fill:none;stroke-width:1.6}svg .s2 line{stroke-width:2}
details{border-bottom:1px solid var(--line);padding:.2rem 0}summary{cursor:pointer}
blockquote{margin:.3rem 1rem;color:var(--dim)}
"""


def page(report: Report, old: Report | None = None) -> str:
    """The page; with an older report it also says what changed."""
    body = [
        "<h1>How well Vraagbaak searches</h1>",
        f"<p>{_introduction(report)}</p>",
        _quality(report),
        _against(report),
        _parity(report),
        _abstention(report),
        _answers(report),
        _ablations(report["ablations"]) if "ablations" in report else "",
        _changes(report, old) if old is not None else "",
        _queries(report),
        _facts(report),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vraagbaak: evaluation</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def why(row: Report) -> str:
    """In a few words, why a query did not go as expected, and which half of the search did it; empty where it did."""
    if not row["expected"]:
        return "" if row["abstained"] else "got an answer, and there is none"
    silent = "fell silent though there is an answer; " if row["abstained"] else ""
    ranks = {system: first_answer(row, system) for system in System}
    if ranks[System.HYBRID] == 1:
        return silent.removesuffix("; ")
    dense, lexical = ranks[System.DENSE], ranks[System.LEXICAL]
    if dense == 1:
        cause = "the lexical half pulled the answer down"
    elif lexical == 1:
        cause = "the dense half outweighed the lexical one, which had it first"
    elif lexical is None:
        cause = "no word of the query led to it, and the dense half ranked others first"
    else:
        cause = "both halves ranked others first"
    where = ", ".join(f"{system} {'not in its ten' if rank is None else rank}" for system, rank in ranks.items())
    return f"{silent}{cause} ({where})"


def first_answer(row: Report, system: str) -> int | None:
    """The rank of the first exchange that answers, among the ten that are kept; None when it is not there."""
    grades = row["expected"]
    return next((rank for rank, name in enumerate(row["found"][system], 1) if grades.get(name, 0) == ANSWERS), None)


def _introduction(report: Report) -> str:
    haystack = report["haystack"]
    counts = ", ".join(_count(haystack, name) for name in ("exchanges", "passages", "documents"))
    return (
        f"{len(report['per_query'])} queries judged by hand, {counts}. Intervals are 95%, by bootstrap over queries; "
        "p by paired randomisation, corrected by Holm. MRR, hit and recall count exchanges that answer the query; "
        "nDCG also those that touch it."
    )


def _quality(report: Report) -> str:
    parts = ["<h2>Quality</h2>"]
    for group, members in report["slices"].items():
        rows = []
        for name, figures in members.items():
            cells = [escape(name), str(figures["queries"])]
            for measure in MEASURES:
                means = [figures["systems"][system][measure][0] for system in System]
                cells += [
                    f'<span class="best">{mean:.3f}</span>' if mean >= max(means) - 5e-4 else f"{mean:.3f}"
                    for mean in means
                ]
            rows.append(cells)
        head = ["slice", "n", *(str(system) for _ in MEASURES for system in System)]
        over = [("", 2), *((measure, len(System)) for measure in MEASURES)]
        parts.append(_table(f"By {group}" if group != "all" else "All", head, rows, over))
        parts.append(
            plots.intervals(
                f"MRR@10 by {group}",
                [str(system) for system in System],
                [(name, [row["systems"][s]["MRR@10"] for s in System]) for name, row in members.items()],
            )
        )
    return "".join(parts)


def _against(report: Report) -> str:
    rows: list[list[str]] = []
    for group, members in report["slices"].items():
        for name, figures in members.items():
            for system, measures in figures["against"].items():
                rows += [
                    [escape(f"{group}: {name}"), measure, f"hybrid less {system}", *_difference(measures[measure])]
                    for measure in ("MRR@10", "nDCG@10")
                ]
    head = ["slice", "measure", "", "difference", "95%", "p", "p, corrected"]
    return f"<h2>Is the hybrid better than its halves?</h2>{_behind(report)}" + _table("Bold beyond luck", head, rows)


def _behind(report: Report) -> str:
    """The slices that speak against the hybrid, named one by one."""
    rows = report["behind"]
    if not rows:
        return "<p>On no slice is it behind one of them.</p>"
    sure = [row for row in rows if row["p"] < 0.05]
    verdict = f"beyond luck on {len(sure)} of them" if sure else "on none of them beyond luck"
    named = "; ".join(f"{row['slice']}: {row['difference']:+.3f} against {row['system']}" for row in rows)
    return f"<p>By nDCG@10 it is behind one of its halves on these slices, {verdict}: {escape(named)}.</p>"


def _parity(report: Report) -> str:
    rows = [
        [system, measure, *_difference(values[:4]), str(values[4])]
        for system, measures in report["parity"].items()
        for measure, values in measures.items()
        if measure in ("MRR@10", "hit@1", "nDCG@10")
    ]
    if not rows:
        return ""
    return "<h2>The same need in English and in Dutch</h2>" + _table(
        "English less Dutch, need by need", ["system", "measure", "difference", "95%", "p", "needs"], rows
    )


def _abstention(report: Report) -> str:
    found = report["abstention"]
    rows = []
    for half, ways in found["errors"].items():
        for way, counts in ways.items():
            rows.append(
                [
                    f"{half} half, {way}",
                    f"{counts['refused_near']} of {counts['near']}",
                    f"{counts['refused_far']} of {counts['far']}",
                    f"{counts['refused_answerable']} of {counts['answerable']}",
                    f"{counts['false_answers']:.3f}",
                    f"{counts['false_refusals']:.3f}",
                ]
            )
    head = ["", "near, silent", "far, silent", "answerable, silent", "false answers", "false refusals"]
    threshold = "none" if found["threshold"] is None else f"{found['threshold']:.4f}"
    areas = ", ".join(f"{half} {value:.3f}" for half, value in found["area"].items())
    text = (
        f"<p>Calibrated on the development half to refuse at most {found['allowed']:.0%} of what can be answered: "
        f"{threshold}. Area under the curve: {areas}.</p>"
    )
    lines = [
        (f"{half} half", [(point[2], 1 - point[1]) for point in curve]) for half, curve in found["roc"].items() if curve
    ]
    drawn = plots.curve("ROC of abstention", "unanswerable that get an answer", "answerable that get one", lines)
    return "<h2>Falling silent</h2>" + text + _table("", head, rows) + drawn


def _answers(report: Report) -> str:
    found = report["answers"]
    literal = (
        "each stands literally in its document"
        if not found["not_verbatim"]
        else f"NOT in their document: those of {', '.join(found['not_verbatim'])}"
    )
    text = f"{found['quotes']} sentences were quoted for {found['queries']} queries; {literal}."
    names = {"all": found, **{f"{half} half": part for half, part in found["halves"].items()}}
    columns = {
        "first is from an exchange that answers": "from_an_answer",
        "sentences that are": "sentences_from_an_answer",
        "first answers": "first_answers",
        "one answers": "any_answers",
    }
    rows = [
        [
            name,
            str(part["queries"]),
            *(
                f"{part[key][0]:.3f} ({part[key][1]:.3f} to {part[key][2]:.3f})" if part[key] else ""
                for key in columns.values()
            ),
            str(part["labelled"]),
        ]
        for name, part in names.items()
    ]
    caption = "The last columns: of the queries for which the sentences that answer were marked by hand"
    head = ["", "quoting", *columns, "labelled"]
    return f"<h2>Short answers</h2><p>{escape(text)} Silence counts as no answer.</p>" + _table(caption, head, rows)


def _ablations(table: Report) -> str:
    measures = ("MRR@10", table["measure"])
    rows = [
        [
            escape(row["name"]),
            *(f"{row[half][measure]:.3f}" for half in Half for measure in measures),
            *_difference(row["against"]),
        ]
        for row in table["rows"]
    ]
    head = ["one thing changed", *(measure for _ in Half for measure in measures), "difference", "95%", "p, corrected"]
    over = [("", 1), *((f"{half} half", 2) for half in Half), (f"{table['measure']} less that of what is shipped", 3)]
    verdict = f"<p>{escape(table['verdict'][:1].upper() + table['verdict'][1:])}.</p>"
    return "<h2>What each choice is worth</h2>" + verdict + _table("", head, rows, over)


def _changes(report: Report, old: Report) -> str:
    rows = [
        [
            escape(change.slice),
            change.system,
            change.measure,
            f"{change.old:.3f}",
            f"{change.new:.3f}",
            f'<span class="{"bad" if change.loss else "good"} best">{change.difference.mean:+.3f}</span>'
            if change.significant
            else f"{change.difference.mean:+.3f}",
            f"{change.difference.low:+.3f} to {change.difference.high:+.3f}",
            f"{change.p:.4f}",
        ]
        for change in compare(report, old)
    ]
    head = ["slice", "system", "measure", "then", "now", "change", "95%", "p, corrected"]
    return "<h2>What changed</h2>" + _table("Bold beyond luck", head, rows)


def _queries(report: Report) -> str:
    rows = sorted(report["per_query"], key=lambda row: (not why(row), row["id"]))
    failed = sum(1 for row in rows if why(row))
    return f"<h2>Query by query</h2><p>{failed} of {len(rows)} did not go as expected; they come first.</p>" + "".join(
        _one_query(row, report.get("exchanges", {})) for row in rows
    )


def _one_query(row: Report, exchanges: Report) -> str:
    reason = why(row)
    mark = '<span class="bad">✗</span>' if reason else '<span class="good">✓</span>'
    language = row["language"] if row["language"] in ("nl", "en") else ""
    lang = f' lang="{language}"' if language else ""
    parties = f" [{', '.join(row['parties'])}]" if row["parties"] else ""
    head = f"{mark} {escape(row['id'])} <q{lang}>{escape(row['query'])}</q>{escape(parties)}"
    facts = " · ".join(filter(None, (row["style"], row["half"], reason)))
    told = f' <span class="dim">{escape(facts)}</span>'
    lines = [
        [
            str(rank + 1),
            *(
                _name(row["found"][s][rank], row["expected"], exchanges) if rank < len(row["found"][s]) else ""
                for s in System
            ),
        ]
        for rank in range(min(5, max((len(row["found"][s]) for s in System), default=0)))
    ]
    expected = (
        ", ".join(f"{_label(name, exchanges)} ({grade})" for name, grade in row["expected"].items()) or "no answer"
    )
    quotes = "".join(
        f'<blockquote lang="nl">{escape(quoted["text"])} <span class="dim">{escape(_label(quoted["docno"], exchanges))}'
        "</span></blockquote>"
        for quoted in row["quoted"]
    )
    return (
        f"<details><summary>{head}{told}</summary><p>Expected: {escape(expected)}. Confidence {row['confidence']:.3f}, "
        f"{'silent' if row['abstained'] else 'answered'}.</p>"
        + _table("", ["rank", *System], lines)
        + f"{quotes}</details>"
    )


def _name(docno: str, grades: Report, exchanges: Report) -> str:
    grade = grades.get(docno, 0)
    label = escape(_label(docno, exchanges))
    return f'<span class="{"good best" if grade == ANSWERS else "good"}">{label} ({grade})</span>' if grade else label


def _label(docno: str, exchanges: Report) -> str:
    return str(exchanges.get(docno, docno))


def _facts(report: Report) -> str:
    found: dict[str, object] = dict(report["facts"])
    packages = found.pop("packages", {})
    if isinstance(packages, dict) and packages:
        found["packages"] = ", ".join(f"{name} {number}" for name, number in packages.items())
    return "<h2>Made with</h2>" + _table(
        "", ["", ""], [[escape(name), escape(str(value))] for name, value in found.items()]
    )


def _difference(values: Sequence[float]) -> list[str]:
    mean, low, high, *chances = values
    shown = f"{mean:+.3f}"
    if chances[-1] < 0.05:
        shown = f'<span class="best {"good" if mean > 0 else "bad"}">{shown}</span>'
    return [shown, f"{low:+.3f} to {high:+.3f}", *(f"{chance:.4f}" for chance in chances)]


def _table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], over: Sequence[tuple[str, int]] = ()
) -> str:
    """Cells are HTML already. `over` are headings that span several columns."""
    spans = "".join(f'<th scope="colgroup" colspan="{width}">{escape(name)}</th>' for name, width in over)
    top = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    heads = (f"<tr>{spans}</tr>" if spans else "") + f"<tr>{top}</tr>"
    return f'<div class="scroll"><table>{title}<thead>{heads}</thead><tbody>{lines}</tbody></table></div>'


def _count(haystack: Report, name: str) -> str:
    count = haystack[name]
    if count is None:
        return f"an unknown number of {name}"
    return f"{count} {name.removesuffix('s') if count == 1 else name}"
