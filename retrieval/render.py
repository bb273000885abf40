"""Results and documents as HTML: for the page, and through `_repr_html_` for a notebook.

Everything that comes from outside (text, titles, file names, queries) passes `escape` on its way. Passages carry
lang="nl" whatever the language of the interface, since that is what they are written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from index.records import Document, Exchange, Kind, Question, Role, Span
from index.sentences import sentences
from retrieval.address import MOST_HITS, Address
from retrieval.citation import quote_source, who_asked
from retrieval.results import Hit, Quote, Results
from retrieval.told import coverage_line, nothing_told
from retrieval.words import DUTCH, Words, parties

SHORT = 150
"""Characters of a question that are shown before it is opened."""

WINDOW = 200_000
"""Characters of a document that are shown on either side of the passage, so that a very long one still opens."""

LISTED = 200
"""Documents that are listed; the number of all is told."""

ONLY_REFERS = "antwoord verwijst alleen"
"""The reason of an exchange that is no doubt: `index.parse.confidence` gives it to answers that are elsewhere."""

STYLE = """
.vraagbaak{max-width:46rem;line-height:1.55}
.vraagbaak h2{font-size:1.1em;margin:1em 0 .4em}
.vraagbaak h3{font-size:1em;margin:0}
.vraagbaak p{margin:.3em 0}
.vraagbaak article,.vraagbaak .short-answer{border:1px solid #8886;border-radius:4px;padding:.7em 1em;margin:.7em 0}
.vraagbaak article.near{border-style:dashed}
.vraagbaak :is(.meta,.coverage,cite,.role,.flag){font-size:.87em;opacity:.85}
.vraagbaak blockquote{margin:.4em 0;padding-left:.8em;border-left:3px solid #154273;white-space:pre-line}
.vraagbaak blockquote{font-family:Georgia,serif}
.vraagbaak mark{background:#ffe98a80;color:inherit}
.vraagbaak mark.word{background:none;font-weight:700}
"""
"""For a notebook, where no other style sheet reaches the results; the page has its own."""


def results_html(results: Results, words: Words = DUTCH, *, address: Address | None = None) -> str:
    """The short answer, the coverage and the hits. With an address the controls of the page are there too; without
    one (in a notebook) the HTML stands on its own, with its style.
    """
    parts = [f'<div class="vraagbaak" lang="{words.language}">']
    if address is None:
        parts.append(f"<style>{STYLE}</style>")
    if results.abstained:
        short, why = nothing_told(results, words)
        parts.append(f'<section class="nothing" role="status"><h2>{escape(short)}</h2><p>{escape(why)}</p></section>')
    elif results.answer:
        quotes = "".join(_quote_html(quote, address) for quote in results.answer)
        parts.append(f'<section class="short-answer"><h2>{escape(words.short_answer)}</h2>{quotes}</section>')
    heading = words.nearest if results.abstained else words.found
    if results.hits:
        hits = "".join(
            hit_html(hit, words, near=results.abstained, controls=address is not None) for hit in results.hits
        )
        parts.append(
            f'<section class="hits"><h2>{escape(heading)}</h2>'
            f"{_coverage_html(results, words)}{_tools_html(words, address)}{hits}"
            f"{_more_html(results, words, address)}</section>"
        )
    else:
        if not results.abstained:
            parts.append(f"<h2>{escape(words.nothing_found)}</h2>")
        parts.append(_coverage_html(results, words))
    parts.append("</div>")
    return "".join(parts)


def hit_html(hit: Hit, words: Words = DUTCH, *, near: bool = False, controls: bool = False) -> str:
    """One exchange found: who asked, who answered, the question in short, and the passage with its marks."""
    document, exchange = hit.document, hit.exchange
    marked = f'<blockquote lang="nl">{marked_html(document.text, hit.passage.span, hit.best, hit.words)}</blockquote>'
    role = {
        Role.QUESTION: words.from_question,
        Role.ANSWER: words.from_answer,
        Role.TEXT: words.from_text,
    }[hit.role]
    parts = [
        f'<article class="hit{" near" if near else ""}" id="hit-{hit.rank}">',
        f"<h3>{escape(words.heading(exchange))}</h3>",
        f'<p class="meta">{_source_html(document, words, linked=controls)}{_meta(hit, words)}</p>',
    ]
    if near:
        parts.append(f'<p class="flag">{escape(words.nearest_mark)}</p>')
    if exchange is not None and hit.role is Role.ANSWER:
        parts.append(_question_html(document, exchange, words))
    parts.append(f'<p class="role">{escape(role)}</p>{marked}')
    if exchange is not None:
        parts.append(_remarks_html(document, exchange, words))
    elif document.kind is Kind.UITSTEL:
        parts.append(f'<p class="flag">{escape(words.postponed)}</p>')
    parts.append(f'<p class="source"><cite lang="nl">{escape(hit.citation)}</cite></p>')
    if controls:
        show = words.show_answer_in_document if hit.role is Role.ANSWER else words.show_in_document
        parts.append(
            f'<p class="controls"><button type="button" data-document="{escape(document.id)}"'
            f' data-from="{hit.best.start}" data-to="{hit.best.end}">{escape(show)}</button>'
            f'<button type="button" data-copy="{escape(hit.citation)}" data-copied="{escape(words.copied)}"'
            f' data-failed="{escape(words.copy_failed)}">{escape(words.copy_citation)}</button></p>'
        )
    parts.append("</article>")
    return "".join(parts)


def marked_html(text: str, span: Span, best: Span | None, found: Iterable[Span] = ()) -> str:
    """`text[span]`, escaped, with the best sentence marked and the words of the query marked within and around it.

    The sentence is one element even where a word lies across its border: the word then gives way and is split.
    """
    found = _merged(found)
    if best is None or best.end <= span.start or best.start >= span.end or not len(best):
        return _words_html(text, span, found)
    best = Span(max(best.start, span.start), min(best.end, span.end))
    return (
        _words_html(text, Span(span.start, best.start), found)
        + f'<mark class="best">{_words_html(text, best, found)}</mark>'
        + _words_html(text, Span(best.end, span.end), found)
    )


def document_html(document: Document, words: Words = DUTCH, *, best: Span | None = None) -> str:
    """The whole text of a document, with a heading over every question and answer, and the exchange that holds `best`
    marked as the target, with links to its neighbours.
    """
    target = _exchange_at(document, best.start) if best is not None else None
    window = _window(document, best)
    parts = [
        f'<div class="document-view"><header><h2 id="document-title" lang="nl">{escape(_title(document))}</h2>',
        f'<p class="meta">{_document_meta(document, words)}</p>',
        f'<p class="flag">{escape(words.cut)}</p>' if len(window) < len(document.text) else "",
        "</header>",
    ]
    cursor = window.start
    segments = _segments(document)
    loose = best if target is None else None
    last = max((segment.span for segment in segments if segment.exchange == target), default=None)
    for segment in segments:
        start, end = max(segment.span.start, cursor), min(segment.span.end, window.end)
        if end <= start:
            continue
        parts.append(_between_html(document, Span(cursor, start), loose))
        is_target = target is not None and segment.exchange == target
        classes = segment.role.value + (" target" if is_target else "")
        current = ' aria-current="true"' if is_target and segment.role is Role.ANSWER else ""
        marked = _paged_html(document, Span(start, end), best if is_target else None)
        parts.append(
            f'<section class="{classes}" id="{_anchor(segment.span)}"{current}>'
            f'<h3>{escape(_segment_heading(segment, words))}</h3><div class="text" lang="nl">{marked}</div>'
            f"{_neighbours_html(document, target, words) if segment.span == last else ''}</section>"
        )
        cursor = end
    tail = Span(cursor, window.end)
    parts.append(_between_html(document, tail, loose))
    parts.append(_notes_html(document, words) + "</div>")
    return "".join(parts)


def documents_html(documents: Sequence[Document], words: Words = DUTCH) -> str:
    """The list of what is indexed, the latest first: for each document what was read from it, and every warning."""
    if not documents:
        return f'<div class="vraagbaak"><p>{escape(words.no_documents)}</p></div>'
    total = words.count(len(documents), words.document, words.documents)
    parts = [
        f'<div class="vraagbaak" lang="{words.language}"><h2>{escape(words.indexed)}</h2>',
        f'<p class="coverage">{escape(total)}</p>',
    ]
    if len(documents) > LISTED:
        cut = words.indexed_cut.format(shown=LISTED, total=len(documents))
        parts.append(f'<p class="flag">{escape(cut)}</p>')
    parts += [_listed_html(document, words) for document in reversed(documents[-LISTED:])]
    return "".join([*parts, "</div>"])


def party_counts(documents: Iterable[Document]) -> dict[str, int]:
    """How many exchanges each party asked, most first; parties that asked as many in order of their names."""
    counts: dict[str, int] = {}
    for document in documents:
        for exchange in document.exchanges:
            for party in parties(exchange.askers):
                counts[party] = counts.get(party, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold())))


def shorten(text: str, limit: int = SHORT) -> str:
    """The sentence that asks, at most `limit` characters of it, cut between words.

    A question often opens with what its party finds; the first sentence that ends in a question mark says more, or else
    the first in which members "vragen". A bracketed source after "c.s." is no sentence of its own.
    """
    flat = " ".join(text.split())
    read = [span.of(flat) for span in sentences(flat, Span(0, len(flat)))]
    for place in range(len(read) - 1, 0, -1):
        if read[place].startswith("("):
            read[place - 1 : place + 1] = [f"{read[place - 1]} {read[place]}"]
    marked = (sentence for sentence in read if sentence.endswith("?"))
    told = (sentence for sentence in read if re.search(r"\bvra(?:agt|gen)\b", sentence))
    asking = next(marked, None) or next(told, None) or flat
    if len(asking) <= limit:
        return asking
    return asking[: limit + 1].rsplit(" ", 1)[0].rstrip(",;:") + " …" if " " in asking[:limit] else asking[:limit] + "…"


# ---------------------------------------------------------------------------------------------------- parts of a hit


def _quote_html(quote: Quote, address: Address | None) -> str:
    """The sentence, who says it, and to whose question: an answer is the minister's, also when a party stands below."""
    hit = quote.hit
    said_by, where = quote_source(hit)
    source = escape(where)
    if address is not None:
        source = f'<a href="{escape(str(address))}#hit-{hit.rank}" data-jump="hit-{hit.rank}">{source}</a>'
    quoted = f'<blockquote lang="nl">{escape(quote.text)}</blockquote>'
    return f'{quoted}<p class="source"><cite lang="nl">{escape(said_by)}{source}</cite></p>'


def _source_html(document: Document, words: Words, *, linked: bool) -> str:
    """The title; on the page a link to what was read from the document."""
    title = f'<span lang="nl">{escape(_title(document))}</span>'
    if not linked:
        return f"{title} · "
    href = escape(str(Address(documents=(document.id,), language=words.language)))
    return f'<a href="{href}" data-list="document-{escape(document.id)}">{title}</a> · '


def _meta(hit: Hit, words: Words) -> str:
    document, exchange = hit.document, hit.exchange
    facts = []
    if exchange is not None:
        written = [a.as_written for a in exchange.askers if a.as_written and a.as_written != a.party]
        if written:
            facts.append(escape(words.in_the_letter.format(names=words.listing(list(dict.fromkeys(written))))))
        members = [asker.member for asker in exchange.askers if asker.member]
        if members:
            facts.append(escape(words.asked_by.format(who=words.listing(list(dict.fromkeys(members))))))
    elif hit.askers:
        facts.append(escape(words.asked_by.format(who=who_asked(hit.askers, words))))
    facts.append(_document_meta(document, words))
    if hit.page is not None:
        facts.append(escape(words.page.format(page=hit.page)))
    return " · ".join(fact for fact in facts if fact)


def _document_meta(document: Document, words: Words) -> str:
    ministers = [escape(minister.label) for minister in document.ministers if not minister.on_behalf]
    facts = [f'<span lang="nl">{words.listing(ministers)}</span>'] if ministers else []
    if document.addressees and not ministers:
        whom = words.listing([escape(minister.label) for minister in document.addressees])
        facts.append(words.addressed_to.format(names=f'<span lang="nl">{whom}</span>'))
    day = document.day
    facts.append(f'<time datetime="{day}">{escape(words.date(day))}</time>' if day else escape(words.date_unknown))
    if document.dossier:
        facts.append(escape(words.dossier.format(dossier=document.dossier)))
    return " · ".join(facts)


def _question_html(document: Document, exchange: Exchange, words: Words) -> str:
    asked = [question.span.of(document.text) for question in exchange.questions]
    if not asked:
        return ""
    whole = "".join(
        f"<p>{_number(question, exchange)}{escape(text)}</p>"
        for question, text in zip(exchange.questions, asked, strict=True)
    )
    return (
        f'<details class="question"><summary><span class="label">{escape(words.question_short)}:</span> '
        f'<span lang="nl">{escape(shorten(asked[0]))}</span></summary><div lang="nl">{whole}</div></details>'
    )


def _number(question: Question, exchange: Exchange) -> str:
    """Its own number before each of the questions that share an answer."""
    if len(exchange.questions) < 2 or question.number is None:
        return ""
    return f"<b>{question.number}</b> "


def _remarks_html(document: Document, exchange: Exchange, words: Words) -> str:
    """What a reader must know to trust the attribution: no answer, an answer elsewhere, an uncertain division."""
    only_refers = ONLY_REFERS in exchange.reasons
    doubts = [reason for reason in exchange.reasons if reason != ONLY_REFERS]
    remarks = []
    if exchange.answer is None:
        remarks.append(words.postponed if document.kind is Kind.UITSTEL else words.no_answer)
    if only_refers:
        remarks.append(words.only_refers)
    if doubts and exchange.confidence < 1:
        remarks.append(words.uncertain.format(reasons="; ".join(map(words.remark, doubts))))
    told = "".join(f'<p class="flag">{escape(remark)}</p>' for remark in remarks)
    return told + "".join(
        _reference_html(document, exchange, number, words, opened=only_refers) for number in exchange.references
    )


def _reference_html(document: Document, exchange: Exchange, number: int, words: Words, *, opened: bool) -> str:
    """The answer that is referred to, to be read in place; its number alone where it is not certain which is meant."""
    label = escape(words.refers.format(numbers=words.numbered([number])))
    target = _referred(document, exchange, number)
    if target is None or target.answer is None:
        return f'<p class="flag">{label}</p>'
    return (
        f'<details class="reference"{" open" if opened else ""}><summary>{label}</summary>'
        f'<div lang="nl">{escape(target.answer.of(document.text))}</div></details>'
    )


def _referred(document: Document, exchange: Exchange, number: int) -> Exchange | None:
    """The exchange with that number; where parties number anew, the one of the same parties."""
    found = [other for other in document.exchanges if number in other.numbers and other is not exchange]
    if len(found) > 1:
        found = [other for other in found if parties(other.askers) == parties(exchange.askers)]
    return found[0] if len(found) == 1 else None


def _coverage_html(results: Results, words: Words) -> str:
    line = coverage_line(len(results.hits), results.coverage, words)
    return f'<p class="coverage">{escape(line)}</p>'


def _tools_html(words: Words, address: Address | None) -> str:
    if address is None:
        return ""
    link = escape(str(address))
    copy = f'data-copied="{escape(words.copied)}" data-failed="{escape(words.copy_failed)}"'
    return (
        f'<p class="tools"><a class="permalink" href="{link}">{escape(words.permalink)}</a>'
        f'<button type="button" data-copy-link="{link}" {copy}>{escape(words.copy_link)}</button>'
        f'<a href="export.csv{link}" download>{escape(words.download_csv)}</a>'
        f'<a href="export.md{link}" download>{escape(words.download_markdown)}</a></p>'
    )


def _more_html(results: Results, words: Words, address: Address | None) -> str:
    if address is None or len(results.hits) < results.query.k or results.query.k >= MOST_HITS:
        return ""
    more = replace(address, k=min(MOST_HITS, 2 * address.k))
    return f'<p class="more"><a href="{escape(str(more))}" data-visit>{escape(words.more)}</a></p>'


# ------------------------------------------------------------------------------------------------- parts of a document


@dataclass(frozen=True, slots=True)
class _Segment:
    span: Span
    role: Role
    exchange: Exchange
    question: Question | None


def _segments(document: Document) -> list[_Segment]:
    """Questions and answers in the order of the text, which is not that of the exchanges where answers come last."""
    found = []
    for exchange in document.exchanges:
        found += [_Segment(question.span, Role.QUESTION, exchange, question) for question in exchange.questions]
        if exchange.answer is not None:
            found.append(_Segment(exchange.answer, Role.ANSWER, exchange, None))
    return sorted(found, key=lambda segment: segment.span)


def _segment_heading(segment: _Segment, words: Words) -> str:
    exchange = segment.exchange
    if segment.role is Role.ANSWER:
        return words.answer_to.format(numbers=words.numbered(exchange.numbers)) if exchange.numbers else words.answer
    if segment.question is not None and segment.question.number is not None:
        alone = Exchange((segment.question.number,), exchange.askers, (segment.question,), None)
        return words.heading(alone)
    return words.heading(exchange)


def _exchange_at(document: Document, offset: int) -> Exchange | None:
    for segment in _segments(document):
        if segment.span.start <= offset < segment.span.end:
            return segment.exchange
    return None


def _window(document: Document, best: Span | None) -> Span:
    middle = best.start if best is not None else 0
    return Span(max(0, middle - WINDOW), min(len(document.text), middle + WINDOW))


def _neighbours_html(document: Document, target: Exchange | None, words: Words) -> str:
    if target is None:
        return ""
    at = document.exchanges.index(target)
    links = []
    for label, neighbour in ((words.previous, at - 1), (words.following, at + 1)):
        if 0 <= neighbour < len(document.exchanges) and document.exchanges[neighbour].questions:
            exchange = document.exchanges[neighbour]
            anchor = _anchor(exchange.questions[0].span)
            heading = escape(label.format(heading=words.heading(exchange)))
            links.append(f'<a href="#{anchor}" data-jump="{anchor}">{heading}</a>')
    return f'<nav class="neighbours">{"".join(links)}</nav>' if links else ""


def _anchor(span: Span) -> str:
    return f"at-{span.start}"


def _between_html(document: Document, span: Span, best: Span | None = None) -> str:
    """Text that belongs to no exchange: letterhead, headings, numbers. Shown as it stands, so that nothing is lost."""
    if not span.of(document.text).strip():
        return ""
    return f'<div class="between" lang="nl">{_paged_html(document, span, best)}</div>'


def _paged_html(document: Document, span: Span, best: Span | None) -> str:
    """The text with its marks, and a page number at every place where the source begins a page."""
    breaks = [(start, page) for page, start in enumerate(document.page_starts, 1) if span.start <= start < span.end]
    parts, cursor = [], span.start
    for start, page in breaks:
        parts.append(marked_html(document.text, Span(cursor, start), best))
        parts.append(f'<span class="page" data-page="{page}" aria-hidden="true"></span>')
        cursor = start
    parts.append(marked_html(document.text, Span(cursor, span.end), best))
    return "".join(parts).strip("\n")


def _notes_html(document: Document, words: Words) -> str:
    if not document.notes:
        return ""
    rows = "".join(
        f'<li><b>{escape(note.marker)}</b> <span lang="nl">{escape(note.body)}</span></li>'
        if note.body
        else f"<li><b>{escape(note.marker)}</b> <i>{escape(words.note_lost)}</i></li>"
        for note in document.notes
    )
    return f'<section class="notes"><h3>{escape(words.notes)}</h3><ul>{rows}</ul></section>'


def _listed_html(document: Document, words: Words) -> str:
    exchanges = words.told(document.exchanges)
    day = document.day
    asked = party_counts([document])
    behalf = [minister.label for minister in document.ministers if minister.on_behalf]
    ministers = [minister.label for minister in document.ministers if not minister.on_behalf]
    facts = [
        (words.fact_kind, words.kinds[document.kind]),
        (words.fact_date, words.date(day) if day else words.unknown),
        (words.fact_minister, words.listing(ministers) or words.unknown),
        (words.fact_on_behalf, words.listing(behalf)),
        (words.fact_addressed_to, words.listing([minister.label for minister in document.addressees])),
        (words.dossier.format(dossier="").strip(), document.dossier or words.unknown),
        (words.reference.format(reference="").strip().capitalize(), document.reference or ""),
        (words.fact_read, exchanges),
        (words.fact_parties, ", ".join(f"{party} ({count})" for party, count in asked.items())),
        (words.fact_pages, str(len(document.page_starts)) if document.page_starts else words.pages_unknown),
        (words.fact_file, document.filename),
    ]
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value)
    warnings = "".join(f"<li>{escape(words.remark(warning))}</li>" for warning in document.warnings)
    warned = f"<ul>{warnings}</ul>" if warnings else escape(words.no_warnings)
    rows += f"<div><dt>{escape(words.fact_warnings)}</dt><dd>{warned}</dd></div>"
    alarm = ""
    if document.warnings:
        count = words.count(len(document.warnings), words.warning, words.warnings)
        alarm = f' · <strong class="alarm">{escape(count)}</strong>'
    alone = Address(documents=(document.id,), language=words.language)
    summary = " · ".join([words.date(day) if day else words.date_unknown, exchanges])
    return (
        f'<details class="document" id="document-{escape(document.id)}"><summary>'
        f'<h3 lang="nl">{escape(_title(document))}</h3><span class="meta">{escape(summary)}{alarm}</span></summary>'
        f'<dl>{rows}</dl><p class="controls"><button type="button" data-document="{escape(document.id)}">'
        f'{escape(words.read_document)}</button><a href="{escape(str(alone))}" data-visit>'
        f"{escape(words.search_within)}</a></p></details>"
    )


def _title(document: Document) -> str:
    return " ".join(document.title.split()) or document.filename


# ------------------------------------------------------------------------------------------------------------- marking


def _words_html(text: str, span: Span, found: Sequence[Span]) -> str:
    parts, cursor = [], span.start
    for word in found:
        start, end = max(word.start, cursor), min(word.end, span.end)
        if start < end:
            parts.append(escape(text[cursor:start]) + f'<mark class="word">{escape(text[start:end])}</mark>')
            cursor = end
    return "".join([*parts, escape(text[cursor : span.end])]) if span.end > span.start else ""


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In order, and without overlaps."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif len(span):
            merged.append(span)
    return merged
