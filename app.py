"""The page: one search field over the indexed letters. Wiring, and the frame of what `retrieval.render` makes.

    python app.py [--port N] [--host ADDRESS] [--index DIR] [--model MODEL] [--report FILE]

It listens on this computer alone unless told otherwise, asks nothing of other machines, and tells the browser to
refuse such requests too.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from index.backend import Selection
    from index.encoder import Encoder
    from index.records import Document
    from retrieval import Results
    from retrieval.address import Address
    from retrieval.words import Words

ROOT = Path(__file__).resolve().parent
DOCUMENTS = ROOT / "data" / "documents"
BUILT = ROOT / "data" / "built"
REPORT = ROOT / "data" / "report.html"
"""Where `make eval` writes what it measured."""
PAGE = ROOT / "retrieval" / "page"

PORT = 7860
PORTS_TRIED = 20

LARGEST_UPLOAD_MB = 50

EXAMPLES = (
    "what about AI-fabriek sustainability?",
    "Wat gebeurt er met afgedankte apparaten van de overheid?",
    "restwarmte datacenters",
    "How is procurement used to make ICT circular?",
)

# The page's own scripts are inline (gradio) and its templates are compiled in the browser (gradio); everything else is
# refused, so that no letter and no library can make the browser ask anything of another machine.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


# The report is a file that another program wrote: it may have its own colours, and nothing else.
REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class View:
    """What one address shows: the results as HTML, and what it can be filtered by, each with its count."""

    address: Address
    results: str
    parties: Mapping[str, int]
    ministries: Mapping[str, int]
    years: Mapping[int, int]


class Desk:
    """The open index behind the page. Searches share it, and it follows what is written to it, here or elsewhere."""

    def __init__(self, folder: Path, encoder: Encoder, *, store: str | None = None) -> None:
        """`store` is the address of a copy of the index in Milvus, which is then searched instead of the folder."""
        from retrieval import Searcher

        self._folder = folder
        self._encoder = encoder
        self._store = store
        self._searcher = Searcher.open(store or folder, encoder=encoder)
        self._adding = threading.Lock()

    @property
    def takes_uploads(self) -> bool:
        """A copy of an index takes none: the folder is its master."""
        return self._store is None

    @property
    def documents(self) -> Sequence[Document]:
        return self._searcher.documents

    @property
    def counts(self) -> Selection:
        """How many exchanges each party asked, and how many documents each ministry answered in and each year has."""
        return self._searcher.counts()

    def document(self, name: str) -> Document | None:
        """The document with this id; None where there is none."""
        return self._searcher.document(name)

    def search(self, address: Address) -> Results:
        """Raises BadQuery where the address asks what cannot be answered."""
        return self._searcher.search(
            address.text,
            k=address.k,
            parties=address.parties,
            ministries=address.ministries,
            documents=address.documents,
            since=date(address.since, 1, 1) if address.since else None,
            until=date(address.until, 12, 31) if address.until else None,
        )

    def add(self, path: Path, progress: Callable[[str, int, int], None]) -> Document | None:
        """Index one more file and open the result; None when it was indexed already.

        Raises VraagbaakError, with the index as it was.
        """
        from index.build import add
        from index.errors import Cause, Refusal
        from retrieval import Searcher

        if not self.takes_uploads:
            raise Refusal(Cause.COPY)
        with self._adding:
            report = add([path], self._folder, encoder=self._encoder, progress=progress, wait=True)
            if report.new or report.changed:
                self._searcher = Searcher.open(self._folder, encoder=self._encoder)  # at once, for who waits for it
            # An index that is made anew changes what was there too, and its report begins with that.
            return self._searcher.document(report.new[-1]) if report.new else None


def view(desk: Desk, address: Address) -> View:
    """Everything that depends on the address. An address that asks nothing shows the examples."""
    from index.backend import Selection
    from index.errors import Cause, Refusal
    from retrieval.search import LONGEST_QUERY
    from retrieval.words import WORDS

    words = WORDS[address.language]
    try:
        return _view_of(desk, address, words)
    except Exception as error:  # noqa: BLE001 an index that is damaged or gone gives any, and gradio would say "Error"
        told = escape(explained(error, words))
        alert = f'<p class="error" role="alert"><b>{escape(words.refused)}.</b> {told}</p>'
        if isinstance(error, Refusal) and error.cause is Cause.UNKNOWN_PARTY:
            address = replace(address, parties=())  # no box would stand for it, to be unticked
        # A link that is too long to be asked stays so, and becomes no longer.
        address = replace(address, text=address.text[: LONGEST_QUERY + 1])
        try:
            counts = desk.counts
        except Exception:  # noqa: BLE001
            counts = Selection(0, 0, None, {}, {}, {})
        return _view(address, alert, counts)


def _view_of(desk: Desk, address: Address, words: Words) -> View:
    from retrieval.render import results_html

    if not address.text:
        return _view(address, welcome_html(address) + scope_html(desk, address, words), desk.counts)
    results = desk.search(address)
    address = replace(address, parties=results.query.parties, ministries=results.query.ministries)
    shown = scope_html(desk, address, words) + results_html(results, words, address=address)
    return _view(address, shown, results)


def explained(error: Exception, words: Words) -> str:
    """What the page says of an error. A failure that whoever runs it must mend is told in full in its window."""
    from index.errors import Refusal, VraagbaakError

    if isinstance(error, VraagbaakError):
        if not isinstance(error, Refusal):
            print(f"error: {error}", file=sys.stderr, flush=True)
        return words.explained(error)
    traceback.print_exception(error)
    return words.explained(VraagbaakError())


def listed_html(desk: Desk, words: Words) -> str:
    """The documents, or why they cannot be told."""
    from retrieval.render import documents_html

    try:
        return documents_html(desk.documents, words)
    except Exception as error:  # noqa: BLE001 as in `view`
        return f'<p class="error" role="alert">{escape(explained(error, words))}</p>'


def _view(address: Address, shown: str, counted: Results | Selection) -> View:
    """What the address filters by can be undone, whether or not anything is left of it."""
    years = {year: counted.years.get(year, 0) for year in (address.since, address.until) if year}
    return View(
        address,
        shown,
        {**counted.parties, **{party: counted.parties.get(party, 0) for party in address.parties}},
        {**counted.ministries, **{name: counted.ministries.get(name, 0) for name in address.ministries}},
        dict(sorted({**counted.years, **years}.items(), reverse=True)),
    )


def welcome_html(address: Address) -> str:
    """The examples, as links that can be opened and shared like any other view."""
    from retrieval.words import WORDS

    words = WORDS[address.language]
    targets = [(example, str(replace(address, text=example))) for example in EXAMPLES]
    links = "".join(
        f'<li><a class="example" href="{escape(target)}" data-visit>{escape(example)}</a></li>'
        for example, target in targets
    )
    return f'<div class="examples"><h2>{escape(words.examples)}</h2><ul>{links}</ul></div>'


def scope_html(desk: Desk, address: Address, words: Words) -> str:
    """Which documents the search is limited to, and the way out of that."""
    if not address.documents:
        return ""
    documents = [document for name in address.documents if (document := desk.document(name)) is not None]
    titles = [document.title or document.filename for document in documents]
    named = words.only_document.format(title=words.listing(titles) or words.unknown)
    everywhere = replace(address, documents=())
    return (
        f'<p class="scope">{escape(named)} · <a href="{escape(str(everywhere))}" data-visit>'
        f"{escape(words.all_documents)}</a></p>"
    )


def header_html(words: Words) -> str:
    other = "en" if words.language == "nl" else "nl"
    return (
        f'<header class="masthead"><h1>Vraagbaak</h1><p>{escape(words.tagline)}</p>'
        f'<button type="button" class="language" data-language="{other}" lang="{other}">'
        f"{escape(words.other_language)}</button></header>"
    )


def upload_html(words: Words, *, taken: bool = True) -> str:
    """What may be uploaded; and, for the script of the page to fill in and show, that a file is too large.

    Where none are `taken`, how letters are added.
    """
    from index.errors import Cause, Refusal

    if not taken:
        return f'<div class="upload"><p>{escape(words.explained(Refusal(Cause.COPY)))}</p></div>'
    hint = words.upload_hint.format(size=LARGEST_UPLOAD_MB)
    large = words.explained(Refusal(Cause.LARGE, size="{size}", most=LARGEST_UPLOAD_MB))
    return (
        f'<div class="upload"><h2>{escape(words.upload_title)}</h2><p>{escape(hint)}</p>'
        f'<p class="error" role="alert" id="too-large" data-most="{LARGEST_UPLOAD_MB * 2**20}"'
        f' data-told="{escape(f"{words.upload_failed} {large}")}" hidden></p></div>'
    )


def report_html(words: Words) -> str:
    """The last report of `python -m eval`, in a frame of its own that may run nothing."""
    return (
        f'<div class="report"><p>{escape(words.report_intro)}</p><iframe src="report?lang={words.language}" '
        f'title="{escape(words.report_tab)}" sandbox="" loading="lazy"></iframe></div>'
    )


def no_report_html(words: Words) -> str:
    """What stands in that frame where nothing was measured yet."""
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8"><title>{escape(words.report_tab)}'
        "</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:1rem}</style>"
        f"</head><body><p>{escape(words.no_report)}</p><pre>make eval</pre></body></html>"
    )


def footer_html(words: Words) -> str:
    return f'<p class="colophon">{escape(words.footer)}</p>'


def receive(desk: Desk, path: Path, words: Words, progress: Callable[[float, str], None]) -> str:
    """Index one upload. Returns what happened as HTML: what was read, or the cause why nothing changed."""

    def tell(stage: str, done: int, total: int) -> None:
        named = words.upload_stages.get(stage, stage)
        progress(done / max(total, 1), f"{words.upload_busy.format(name=path.name)}: {named}")

    try:
        document = desk.add(path, tell)
    except Exception as error:  # noqa: BLE001 as in `view`
        failed = words.upload_failed.format(name=path.name)
        told = escape(f"{explained(error, words)} {words.upload_unchanged}")
        return f'<p class="error" role="alert"><b>{escape(failed)}</b> {told}</p>'
    if document is None:
        return f'<p class="done" role="status">{escape(words.upload_twice.format(name=path.name))}</p>'
    read = words.told(document.exchanges)
    return f'<p class="done" role="status">{escape(words.upload_done.format(name=path.name, exchanges=read))}</p>'


def page(desk: Desk) -> gr.Blocks:
    """The components and what moves between them. The hidden address field is the state of the page."""
    import gradio as gr

    from retrieval.address import Address
    from retrieval.words import DUTCH, WORDS, Language

    def choices(counts: Mapping[Any, int]) -> list[tuple[str, str]]:
        return [(f"{name} ({count})", str(name)) for name, count in counts.items()]

    def filters(seen: View, words: Words, *, chosen: bool = True, elsewhere: bool = False) -> list[Any]:
        """The parties; and, once there are documents to choose from, ministries and years. What is chosen, unless not
        `chosen`, is what the address says. Where the page was `elsewhere`, something else may be chosen there.
        """
        address = seen.address
        years = [(words.any_year, ""), *choices(seen.years)]
        some = len(desk.documents) > 1
        named = bool(address.ministries) or (some and len(seen.ministries) > 1)
        dated = bool(address.since or address.until) or (some and len(seen.years) > 1)
        values: list[Any] = [
            list(address.parties),
            list(address.ministries),
            str(address.since or ""),
            str(address.until or ""),
        ]
        party, ministry, since, until = [{"value": value} if chosen else {} for value in values]
        asked = gr.update(choices=choices(seen.parties), label=words.party_filter, visible=bool(seen.parties), **party)
        if not (named or dated or elsewhere):
            # Nothing is chosen where nothing can be, and gradio takes a millisecond for each.
            return [asked, gr.update(visible=False), *[gr.skip()] * 3]
        return [
            asked,
            gr.update(visible=named or dated),
            gr.update(choices=choices(seen.ministries), label=words.ministry_filter, visible=named, **ministry),
            gr.update(choices=years, label=words.since_filter, visible=dated, **since),
            gr.update(choices=years, label=words.until_filter, visible=dated, **until),
        ]

    with gr.Blocks(title="Vraagbaak", analytics_enabled=False, delete_cache=(600, 600)) as blocks:
        header = gr.HTML(header_html(DUTCH), apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(DUTCH.search_tab, id="search") as search_tab:
                with gr.Row(elem_id="ask"):
                    field = gr.Textbox(
                        label=DUTCH.search_label,
                        show_label=False,
                        placeholder=DUTCH.search_placeholder,
                        max_lines=1,
                        autofocus=True,
                        scale=1,
                        html_attributes=gr.InputHTMLAttributes(
                            autocomplete="off", enterkeyhint="search", spellcheck=False
                        ),
                    )
                    button = gr.Button(DUTCH.search_button, variant="primary", scale=0, min_width=110)
                counts = desk.counts
                parties = gr.CheckboxGroup(choices(counts.parties), label=DUTCH.party_filter, elem_id="parties")
                # Which of them are seen follows from the index, as soon as the page is open.
                with gr.Row(visible=False, elem_id="filters") as row:
                    ministries = gr.Dropdown(choices(counts.ministries), multiselect=True, scale=3, min_width=280)
                    years = [(DUTCH.any_year, ""), *choices(counts.years)]
                    since, until = (
                        gr.Dropdown(years, value="", filterable=False, scale=1, min_width=130) for _ in range(2)
                    )
                results = gr.HTML(welcome_html(Address()), apply_default_css=False, js_on_load=None, elem_id="results")
            with gr.Tab(DUTCH.documents_tab, id="documents") as documents_tab:
                upload_title = gr.HTML(
                    upload_html(DUTCH, taken=desk.takes_uploads), apply_default_css=False, js_on_load=None
                )
                upload = gr.File(
                    label=DUTCH.upload_label,
                    file_count="multiple",
                    type="filepath",
                    height=140,
                    elem_id="upload",
                    visible=desk.takes_uploads,
                )
                status = gr.HTML(apply_default_css=False, js_on_load=None, elem_id="upload-status")
                documents = gr.HTML(
                    listed_html(desk, DUTCH), apply_default_css=False, js_on_load=None, elem_id="documents"
                )
            with gr.Tab(DUTCH.report_tab, id="report") as report_tab:
                report = gr.HTML(report_html(DUTCH), apply_default_css=False, js_on_load=None)
        footer = gr.HTML(footer_html(DUTCH), apply_default_css=False, js_on_load=None)
        address_field = gr.Textbox(visible="hidden", elem_id="address", label="address")
        open_button = gr.Button("open", visible="hidden", elem_id="open-address")

        chosen = [parties, ministries, since, until]
        shown = [parties, row, ministries, since, until, results, address_field]
        tabs = [search_tab, documents_tab, report_tab]
        labels = [header, *tabs, field, button, upload_title, upload, status, documents, report, footer]

        def show(address: Address, *, elsewhere: bool = False) -> list[Any]:
            seen = view(desk, address)
            return [*filters(seen, WORDS[address.language], elsewhere=elsewhere), seen.results, str(seen.address)]

        def label(address: Address, **typed: str) -> list[Any]:
            words: Words = WORDS[address.language]
            return [
                header_html(words),
                *(gr.update(label=name) for name in (words.search_tab, words.documents_tab, words.report_tab)),
                gr.update(label=words.search_label, placeholder=words.search_placeholder, **typed),
                gr.update(value=words.search_button),
                upload_html(words, taken=desk.takes_uploads),
                gr.update(label=words.upload_label),
                "",  # what became of an upload was told in the language of then
                listed_html(desk, words),
                report_html(words),
                footer_html(words),
            ]

        def search(
            text: str, parties: list[str], ministries: list[str], since: str, until: str, before: str
        ) -> list[Any]:
            old = Address.read(before)
            return show(
                Address(
                    text.strip(),
                    tuple(parties),
                    old.documents,
                    language=old.language,
                    ministries=tuple(ministries),
                    since=int(since) if since else None,
                    until=int(until) if until else None,
                )
            )

        def open_address(query: str) -> list[Any]:
            address = Address.read(query)
            return [*show(address, elsewhere=True), *label(address, value=address.text)]

        def start(query: str) -> list[Any]:
            """As `open_address`, but an address that asks nothing leaves alone what was typed while the page loaded."""
            address = Address.read(query)
            if replace(address, language=Language.DUTCH) != Address():
                return open_address(query)
            seen = view(desk, address)
            words = WORDS[address.language]
            if address.language is not Language.DUTCH:
                return [*filters(seen, words), seen.results, str(address), *label(address)]
            # Somebody may have asked meanwhile: their hits and their address stay. Of the labels, which are there, only
            # the documents may be others than when the page was made.
            stay = [listed_html(desk, words) if part is documents else gr.skip() for part in labels]
            return [*filters(seen, words, chosen=False), gr.skip(), gr.skip(), *stay]

        def take(paths: list[str] | None, before: str, progress: gr.Progress = gr.Progress()) -> list[Any]:  # noqa: B008
            address = Address.read(before)
            words = WORDS[address.language]
            told = []
            for path in map(Path, paths or []):
                told.append(receive(desk, path, words, lambda done, what: progress(done, desc=what)))
                path.unlink(missing_ok=True)  # the index keeps a copy of what it took
            return [gr.File(value=None), "".join(told), listed_html(desk, words), *show(address)]

        quiet: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
        read_address = "() => [window.location.search]"
        after = {"inputs": address_field, "js": "(address) => { window.vraagbaak?.shown(address); }", **quiet}
        for event in (field.submit, button.click, *(filter_.input for filter_ in chosen)):
            event(search, [field, *chosen, address_field], shown, **quiet).then(None, **after)
        for event, answer in ((open_button.click, open_address), (blocks.load, start)):
            event(answer, address_field, [*shown, *labels], js=read_address, **quiet).then(None, **after)
        upload.upload(
            take,
            [upload, address_field],
            [upload, status, documents, *shown],
            api_visibility="private",
            show_progress_on=status,
            concurrency_limit=1,
        )
    return blocks


def service(desk: Desk, *, hosts: Sequence[str] = ("127.0.0.1", "localhost"), measured: Path = REPORT) -> FastAPI:
    """The page with its downloads and its reader, as a web application that answers to these host names only."""
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.staticfiles import StaticFiles

    from index.errors import BadQuery
    from index.records import Span
    from retrieval.address import Address
    from retrieval.render import document_html
    from retrieval.words import WORDS, language_of

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    web.mount("/page", StaticFiles(directory=PAGE))

    def export(request: Request, suffix: str, media: str, encoding: str) -> Response:
        address = Address.read(request.url.query)
        words = WORDS[address.language]
        try:
            found = desk.search(address)
        except Exception as error:  # noqa: BLE001 as in `view`
            told = explained(error, words)
            status = 400 if isinstance(error, BadQuery) else 503
            return Response(told, status_code=status, media_type="text/plain; charset=utf-8")
        text = found.to_csv() if suffix == "csv" else found.to_markdown(words)
        name = f"vraagbaak-{'-'.join(re.findall('[a-z0-9]+', address.text.lower()))[:60] or 'vraag'}.{suffix}"
        return Response(
            text.encode(encoding), media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def export_csv(request: Request) -> Response:
        # Without its byte order mark a spreadsheet takes UTF-8 for the encoding of its system, and spoils every "é".
        return export(request, "csv", "text/csv; charset=utf-8", "utf-8-sig")

    def export_markdown(request: Request) -> Response:
        return export(request, "md", "text/markdown; charset=utf-8", "utf-8")

    def read_document(request: Request) -> Response:
        asked = request.query_params
        words = WORDS[language_of([asked.get("lang", "")])]
        close = f'<div class="bar"><button type="button" class="close" data-close>{escape(words.close)}</button></div>'
        try:
            document = desk.document(asked.get("id", ""))
            status, missing = 404, f"{words.nothing_found}."
        except Exception as error:  # noqa: BLE001 as in `view`
            document, status, missing = None, 503, explained(error, words)
        if document is None:
            body = f'{close}<p class="error" role="alert">{escape(missing)}</p>'
            return Response(body, status_code=status, media_type="text/html; charset=utf-8")
        places = [asked.get(name, "") for name in ("from", "to")]
        known = all(re.fullmatch("[0-9]{1,9}", place) for place in places)
        best = Span(int(places[0]), int(places[1])) if known else None
        return Response(close + document_html(document, words, best=best), media_type="text/html; charset=utf-8")

    def read_report(request: Request) -> Response:
        try:
            told = measured.read_bytes()
        except OSError:
            told = no_report_html(WORDS[language_of([request.query_params.get("lang", "")])]).encode()
        return Response(told, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": REPORT_POLICY})

    # Starlette's own routes: FastAPI would want to read the annotations, which are text here.
    web.add_route("/export.csv", export_csv)
    web.add_route("/export.md", export_markdown)
    web.add_route("/document", read_document)
    web.add_route("/report", read_report)

    head = '<link rel="stylesheet" href="page/style.css"><script src="page/script.js"></script>'
    app: FastAPI = gr.mount_gradio_app(
        web,
        page(desk),
        path="/",
        theme=_theme(),
        head=head,
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=LARGEST_UPLOAD_MB * 2**20,
        favicon_path=str(PAGE / "icon.svg"),
    )
    app.add_middleware(_Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return app


class _Guard:
    """Refuses what other sites make a browser send here, and tells the browser with every answer to stay at home."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", CONTENT_POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        headers = dict(scope["headers"])
        origin, host = headers.get(b"origin"), headers.get(b"host", b"")
        if scope["method"] not in {"GET", "HEAD"} and origin is not None and origin.partition(b"://")[2] != host:
            await PlainTextResponse("not from this page", status_code=403)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _theme() -> gr.Theme:
    """Fonts of the system only: a name without quotes in CSS is never fetched."""
    import gradio as gr

    sans = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "Consolas", "monospace"])


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number up to 65535")
    return int(text)


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on the port asked for, or on the first free one from the usual. Raises OSError when there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = [port] if port is not None else list(range(PORT, PORT + PORTS_TRIED))
    for candidate in tried:
        # Only by a socket that names TCP does asyncio send at once; by others the rest of a reply comes 40 ms later.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
        except OSError:
            listener.close()
            if candidate == tried[-1]:
                raise
        else:
            listener.listen(128)
            return listener
    raise OSError("no port to try")


def _open(folder: Path, model: str | None, store: str | None = None) -> Desk:
    """The desk over an index, which is built first where there is none. Raises VraagbaakError."""
    from index.encoder import SentenceEncoder
    from index.errors import MissingIndex, StaleIndex
    from index.query_batches import BatchingEncoder

    print("loading the language model …", flush=True)
    encoder = BatchingEncoder(SentenceEncoder.open(model))
    if store is not None:
        from index import milvus

        milvus.Address.read(store)  # else what is no address would be taken for a folder
        return Desk(folder, encoder, store=store)
    try:
        return Desk(folder, encoder)
    except (MissingIndex, StaleIndex) as found:
        from tqdm import tqdm

        from index.build import build, rebuild

        missing = isinstance(found, MissingIndex)
        if missing:
            print(f"there is no index in {folder} yet: {DOCUMENTS} is being indexed", flush=True)
        else:
            print(f"the index in {folder} is of another version and is made anew\n({found})", flush=True)
        with tqdm(total=1.0, bar_format="{desc:<8} {bar} {percentage:3.0f}%", file=sys.stdout) as bar:

            def tell(stage: str, done: int, total: int) -> None:
                bar.set_description_str(stage, refresh=False)
                bar.n = done / max(total, 1)
                bar.refresh()

            if missing:
                build([DOCUMENTS], folder, encoder=encoder, progress=tell, wait=True)
            else:
                rebuild(folder, encoder=encoder, progress=tell, wait=True)
        return Desk(folder, encoder)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the index, serve the page until it is stopped. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="app.py", description="Ask the indexed letters, in the browser.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this computer only)")
    parser.add_argument("--port", type=_port, help=f"port (default: {PORT}, or the next one that is free)")
    parser.add_argument(
        "--index", type=Path, default=BUILT, metavar="DIR", help="folder of the index (default: data/built)"
    )
    parser.add_argument("--store", metavar="ADDRESS", help="search an index in Milvus instead: milvus://host:port/name")
    parser.add_argument("--model", help="embedding model: a folder or a name (default: data/model)")
    parser.add_argument(
        "--report",
        type=Path,
        default=REPORT,
        metavar="FILE",
        help="report of python -m eval (default: data/report.html)",
    )
    options = parser.parse_args(arguments)

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio when it is imported
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Else gradio has matplotlib look for a screen with every request, and import what it draws with for the first.
    os.environ["MPLBACKEND"] = "agg"
    # Threads that spin while they wait slow a query on a busy machine of two cores from 18 to 300 ms.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from index.errors import VraagbaakError

    with tempfile.TemporaryDirectory(prefix="vraagbaak-") as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads  # gone when the page stops: letters may be confidential
        try:
            listener = _listen(options.host, options.port)
        except OSError as error:
            where = f"{options.host}:{options.port or PORT}"
            print(
                f"error: cannot listen on {where} ({error.strerror or error}): choose another --port or --host",
                file=sys.stderr,
            )
            return 1
        try:
            desk = _open(options.index, options.model, options.store)
        except VraagbaakError as error:
            listener.close()
            print(f"error: {error}", file=sys.stderr)
            return 1
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to be stopped
            _serve(desk, listener, options.host, options.report)
    return 0


def _serve(desk: Desk, listener: socket.socket, host: str, measured: Path) -> None:
    import uvicorn

    from retrieval.address import Address

    desk.search(Address(EXAMPLES[0]))  # the first query of a model is slow; let it not be the user's
    everyone = host in {"0.0.0.0", "::"}  # noqa: S104 compared, not bound
    app = service(desk, hosts=["*"] if everyone else ["127.0.0.1", "localhost", host], measured=measured)
    port = listener.getsockname()[1]
    # Else a thread that encodes waits 5 ms for the interpreter at each of a hundred steps, while others open the page.
    sys.setswitchinterval(0.0005)
    # What was loaded stays: looking for garbage among its millions of objects would stop every user for half a second.
    gc.collect()
    gc.freeze()
    # A reader's next question comes after some ten seconds; by default the connection would be gone after five.
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2, timeout_keep_alive=75)
    )
    # Also when it comes before the server listens for it, or is handed on after; by default the uploads would stay.
    signal.signal(signal.SIGTERM, lambda number, frame: setattr(server, "should_exit", True))
    print(f"Vraagbaak is ready: http://{'127.0.0.1' if everyone else host}:{port}/  (Ctrl+C stops it)", flush=True)
    server.run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
