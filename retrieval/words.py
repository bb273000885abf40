"""The words of the interface in Dutch and English, in one table.

Documents are shown as they stand, in Dutch; only what we say about them is translated. Every field exists in both
languages by construction: a missing word is a type error, not an empty label.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.dates import MONTHS
from index.errors import (
    Cause,
    DamagedIndex,
    FullDisk,
    IndexBusy,
    MissingIndex,
    MissingModel,
    Nature,
    NothingToIndex,
    Refusal,
    StaleIndex,
    UnknownDocument,
    UnreachableStore,
    UnwritableIndex,
    VraagbaakError,
)
from index.records import Asker, Exchange, Kind
from index.remarks import in_english


class Language(StrEnum):
    """A language of the interface; the value is its BCP 47 tag."""

    DUTCH = "nl"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """What the interface says in one language. Fields with braces are filled by `str.format`."""

    language: Language
    months: tuple[str, ...]
    kinds: Mapping[Kind, str]
    tagline: str
    other_language: str
    search_tab: str
    documents_tab: str
    report_tab: str
    report_intro: str
    no_report: str
    search_label: str
    search_placeholder: str
    search_button: str
    examples: str
    party_filter: str
    ministry_filter: str
    since_filter: str
    until_filter: str
    any_year: str
    conjunction: str
    disjunction: str
    question: str
    questions: str
    question_short: str
    text: str
    asked_by: str
    in_the_letter: str
    addressed_to: str
    page: str
    date_unknown: str
    dossier: str
    reference: str
    short_answer: str
    found: str
    from_question: str
    from_answer: str
    from_text: str
    no_answer: str
    postponed: str
    refers: str
    only_refers: str
    uncertain: str
    show_in_document: str
    show_answer_in_document: str
    close: str
    copy_citation: str
    copied: str
    copy_failed: str
    permalink: str
    copy_link: str
    download_csv: str
    download_markdown: str
    more: str
    nothing_found: str
    nothing_relevant: str
    nothing_answers: str
    no_such_document: str
    nothing_fits: str
    none_that_fits: str
    nearest: str
    nearest_mark: str
    coverage: str
    until: str
    only: str
    read_as: str
    asked: str
    answered: str
    asked_or_answered: str
    answered_by: str
    concerned: str
    on_day: str
    in_period: str
    from_day: str
    from_to: str
    passage: str
    passages: str
    document: str
    documents: str
    exchange: str
    exchanges: str
    open_question: str
    open_questions: str
    previous: str
    following: str
    answer_to: str
    answer: str
    notes: str
    note_lost: str
    cut: str
    indexed: str
    indexed_cut: str
    no_documents: str
    fact_kind: str
    fact_date: str
    fact_minister: str
    fact_on_behalf: str
    fact_addressed_to: str
    fact_file: str
    fact_read: str
    fact_pages: str
    fact_parties: str
    fact_warnings: str
    unknown: str
    pages_unknown: str
    no_warnings: str
    unanswered: str
    warning: str
    warnings: str
    read_document: str
    upload_title: str
    upload_hint: str
    upload_label: str
    upload_busy: str
    upload_stages: Mapping[str, str]
    upload_done: str
    upload_twice: str
    upload_failed: str
    upload_unchanged: str
    only_document: str
    all_documents: str
    search_within: str
    refused: str
    causes: Mapping[Cause, str]
    natures: Mapping[Nature, str]
    failures: Mapping[type[VraagbaakError], str]
    footer: str

    def date(self, day: date) -> str:
        """For example "19 mei 2025"."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def listing(self, parts: Sequence[str]) -> str:
        """For example "4, 5, 7 en 8"."""
        return _joined(parts, self.conjunction)

    def choice(self, parts: Sequence[str]) -> str:
        """For example "Defensie of Financiën"."""
        return _joined(parts, self.disjunction)

    def numbered(self, numbers: Sequence[int]) -> str:
        """For example "vraag 4, 5, 7 en 8", or "vraag" where the document gives no number."""
        noun = self.questions if len(numbers) > 1 else self.question
        return f"{noun} {self.listing([str(number) for number in numbers])}".strip()

    def heading(self, exchange: Exchange | None) -> str:
        """For example "Vraag 11 · GroenLinks-PvdA"."""
        if exchange is None:
            return self.text
        label = self.numbered(exchange.numbers)
        who = self.listing(parties(exchange.askers))
        return f"{label[:1].upper()}{label[1:]} · {who}" if who else f"{label[:1].upper()}{label[1:]}"

    def count(self, number: int, one: str, many: str) -> str:
        """For example "1 document" or "1.204 passages"."""
        return f"{self.grouped(number)} {one if number == 1 else many}"

    def grouped(self, number: int) -> str:
        """For example "1.204"."""
        grouped = f"{number:,}"
        return grouped.replace(",", ".") if self.language is Language.DUTCH else grouped

    def told(self, exchanges: Sequence[Exchange]) -> str:
        """What was read, for example "2 vragen met antwoord, 1 zonder antwoord"."""
        unanswered = sum(exchange.answer is None for exchange in exchanges)
        if unanswered and unanswered == len(exchanges):
            return self.count(unanswered, self.open_question, self.open_questions)
        answered = self.count(len(exchanges) - unanswered, self.exchange, self.exchanges)
        return f"{answered}, {self.unanswered.format(count=unanswered)}" if unanswered else answered

    def remark(self, told: str) -> str:
        """What the parser doubts or warns of, which an index holds in Dutch."""
        return told if self.language is Language.DUTCH else in_english(told)

    def explained(self, error: VraagbaakError) -> str:
        """What went wrong and what to do about it, as a sentence. The file of an `UnreadableFile` is not named.

        Of a failure of the index only the kind is told: the error names folders of the computer that serves the page.
        """
        if not isinstance(error, Refusal):
            return next(self.failures[kind] for kind in type(error).__mro__ if kind in self.failures)
        facts = {name: self.grouped(fact) if isinstance(fact, int) else fact for name, fact in error.facts.items()}
        if "nature" in facts:
            facts["nature"] = self.natures[Nature(facts["nature"])]
        told = self.causes[error.cause].format(**facts)
        return f"{told[:1].upper()}{told[1:]}."


def _joined(parts: Sequence[str], conjunction: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def period(first: date, last: date, words: Words) -> str:
    """For example "in november 2023", "t/m 31 december 2019" where it has no beginning, "op 19 mei 2025"."""
    if first == last:
        return words.on_day.format(date=words.date(first))
    if first == date.min:
        return words.until.format(date=words.date(last))
    if last == date.max:
        return words.from_day.format(date=words.date(first))
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year
    if whole and (first.month, last.month) == (1, 12):
        return words.in_period.format(period=first.year)
    if whole and first.month == last.month:
        return words.in_period.format(period=f"{words.months[first.month - 1]} {first.year}")
    return words.from_to.format(first=words.date(first), last=words.date(last))


def parties(askers: Iterable[Asker]) -> list[str]:
    """The canonical names of the parties that ask, each once, in the order of the document."""
    return list(dict.fromkeys(asker.party for asker in askers if asker.party))


def language_of(tags: Iterable[str]) -> Language:
    """The first tag that is a language of the interface; Dutch when none is."""
    for tag in tags:
        try:
            return Language(tag)
        except ValueError:
            continue
    return Language.DUTCH


DUTCH = Words(
    language=Language.DUTCH,
    months=tuple(MONTHS),
    kinds={
        Kind.SCHRIFTELIJK_OVERLEG: "schriftelijk overleg",
        Kind.KAMERVRAGEN: "Kamervragen",
        Kind.FEITELIJKE_VRAGEN: "feitelijke vragen",
        Kind.NOTA_VERSLAG: "nota naar aanleiding van het verslag",
        Kind.EERSTE_KAMER: "schriftelijk overleg met de Eerste Kamer",
        Kind.UITSTEL: "uitstelbericht",
        Kind.OTHER: "ander document",
    },
    tagline="Stel een vraag aan de brieven van de bewindslieden. Elk antwoord is een letterlijk citaat met bron.",
    other_language="English",
    search_tab="Zoeken",
    documents_tab="Documenten",
    report_tab="Kwaliteit",
    report_intro="Zo goed zoekt Vraagbaak in de meegeleverde brief, gemeten met vragen die met de hand beoordeeld "
    "zijn. Het rapport is in het Engels.",
    no_report="Er is nog niets gemeten. Dit commando schrijft het rapport:",
    search_label="Uw vraag",
    search_placeholder="Stel een vraag of typ trefwoorden, in het Nederlands of Engels",
    search_button="Zoek",
    examples="Bijvoorbeeld",
    party_filter="Gevraagd door",
    ministry_filter="Beantwoord door",
    since_filter="Van",
    until_filter="Tot en met",
    any_year="alle jaren",
    conjunction="en",
    disjunction="of",
    question="vraag",
    questions="vraag",
    question_short="Vraag",
    text="Tekst uit het document",
    asked_by="gevraagd door {who}",
    in_the_letter="in de brief: {names}",
    addressed_to="gericht aan {names}",
    page="p. {page}",
    date_unknown="datum onbekend",
    dossier="Kamerstuk {dossier}",
    reference="kenmerk {reference}",
    short_answer="Kort antwoord",
    found="Gevonden",
    from_question="Uit de vraag",
    from_answer="Uit het antwoord",
    from_text="Uit het document",
    no_answer="Dit document geeft geen antwoord op deze vraag.",
    postponed="Uitgesteld: dit bericht zegt dat de vragen later worden beantwoord.",
    refers="Verwijst naar het antwoord op {numbers}",
    only_refers="Dit antwoord verwijst alleen naar een ander antwoord.",
    uncertain="De indeling is onzeker: {reasons}",
    show_in_document="Toon in de brief",
    show_answer_in_document="Toon hele antwoord in de brief",
    close="Sluiten",
    copy_citation="Kopieer bronvermelding",
    copied="Gekopieerd",
    copy_failed="Kopiëren lukte niet",
    permalink="Permanente link",
    copy_link="Kopieer link",
    download_csv="Download CSV",
    download_markdown="Download Markdown",
    more="Toon meer",
    nothing_found="Niets gevonden",
    nothing_relevant="Niets relevants gevonden",
    nothing_answers="Geen passage in de doorzochte documenten lijkt een antwoord op deze vraag.",
    no_such_document="In de geïndexeerde documenten is niets {limits}.",
    nothing_fits="Geen geïndexeerd document past bij de gekozen filters.",
    none_that_fits="In de documenten die bij de gekozen filters passen, is niets {limits}.",
    nearest="Dichtstbijzijnde passages",
    nearest_mark="Dichtbij, maar waarschijnlijk geen antwoord",
    coverage="{shown} van {passages} · {documents}",
    until="t/m {date}",
    only="alleen {limits}",
    read_as="“{typed}” gelezen als “{meant}”",
    asked="gevraagd {when}",
    answered="beantwoord {when}",
    asked_or_answered="gevraagd of beantwoord {when}",
    answered_by="beantwoord door {names}",
    concerned="gevraagd aan of beantwoord door {names}",
    on_day="op {date}",
    in_period="in {period}",
    from_day="vanaf {date}",
    from_to="van {first} t/m {last}",
    passage="passage",
    passages="passages",
    document="document",
    documents="documenten",
    exchange="vraag met antwoord",
    exchanges="vragen met antwoord",
    open_question="vraag zonder antwoord",
    open_questions="vragen zonder antwoord",
    previous="Vorige: {heading}",
    following="Volgende: {heading}",
    answer_to="Antwoord op {numbers}",
    answer="Antwoord",
    notes="Voetnoten",
    note_lost="de tekst van deze noot staat niet in de bron",
    cut="Van dit lange document is alleen het deel rond de passage getoond.",
    indexed="Geïndexeerde documenten",
    indexed_cut="De laatste {shown} van {total} documenten.",
    no_documents="Er zijn nog geen documenten geïndexeerd.",
    fact_kind="Soort",
    fact_date="Datum",
    fact_minister="Bewindspersoon",
    fact_on_behalf="Mede namens",
    fact_addressed_to="Gericht aan",
    fact_file="Bestand",
    fact_read="Gelezen",
    fact_pages="Pagina’s",
    fact_parties="Per partij",
    fact_warnings="Waarschuwingen",
    unknown="onbekend",
    pages_unknown="de bron geeft geen pagina’s",
    no_warnings="geen",
    unanswered="{count} zonder antwoord",
    warning="waarschuwing",
    warnings="waarschuwingen",
    read_document="Lees het document",
    upload_title="Document toevoegen",
    upload_hint="PDF, Word, HTML of tekst, tot {size} MB. Het blijft op deze computer en is meteen doorzoekbaar.",
    upload_label="Sleep een brief hierheen of kies een bestand",
    upload_busy="Bezig met {name}",
    upload_stages={"read": "lezen", "encode": "betekenis berekenen", "write": "opslaan"},
    upload_done="Toegevoegd: {name}. Gelezen: {exchanges}.",
    upload_twice="{name} was al geïndexeerd.",
    upload_failed="{name} is niet toegevoegd.",
    upload_unchanged="Aan de index is niets veranderd.",
    only_document="Alleen in: {title}",
    all_documents="zoek in alle documenten",
    search_within="Zoek alleen hierin",
    refused="Zo kan er niet worden gezocht",
    # A detail is what a library or the system says, in English.
    causes={
        Cause.MISSING: "het bestand of de map bestaat niet; noem er een die er is",
        Cause.CLOSED: "het bestand kan niet geopend worden (“{detail}”); controleer naam en rechten",
        Cause.CHANGED: "het bestand werd gewijzigd terwijl het gelezen werd; probeer het opnieuw",
        Cause.EMPTY: "het bestand is leeg; sla het opnieuw op",
        Cause.LARGE: "het bestand is {size} MB en er wordt hoogstens {most} MB gelezen; splits het",
        Cause.UNKNOWN_TYPE: "bestanden van het type {type} worden niet gelezen; geef een PDF, .docx, .html of .txt",
        Cause.NO_TYPE: "de naam eindigt niet op een bestandstype; geef een PDF, .docx, .html of .txt",
        Cause.NO_PDF: "dit is geen PDF maar {nature}; download het document opnieuw",
        Cause.NO_WORD: "dit is geen Word-document maar {nature}; download het opnieuw",
        Cause.NO_TEXT: "dit is geen tekst maar {nature}; geef een PDF, .docx, .html of .txt",
        Cause.TEXT_EMPTY: "het bestand bevat geen tekst; controleer of het volledig is opgeslagen",
        Cause.TEXT_LARGE: "de tekst is groter dan {most} MB; splits haar",
        Cause.TEXT_LINES: "het document heeft {lines} regels en er worden er hoogstens {most} gelezen; splits het",
        Cause.TEXT_QUESTIONS: "het document heeft te veel vragen en antwoorden; splits het",
        Cause.PDF_LOCKED: "de PDF is beveiligd met een wachtwoord; sla hem zonder wachtwoord op",
        Cause.PDF_PAGES: "de PDF heeft {pages} pagina’s en er worden er hoogstens {most} gelezen; splits hem",
        Cause.PDF_CHARACTERS: "de PDF bevat meer dan {most} tekens; splits hem",
        Cause.PDF_OPERATORS: "een pagina van de PDF bevat meer tekenopdrachten dan op een pagina passen; splits hem",
        Cause.PDF_UNPACKED: "de PDF pakt uit tot meer dan er gelezen wordt (“{detail}”); splits hem",
        Cause.PDF_DAMAGED: "de PDF is beschadigd of onvolledig (“{detail}”); download hem opnieuw",
        Cause.PDF_SCANNED: "de PDF bevat geen tekst, waarschijnlijk is hij gescand; maak er eerst tekst van met OCR",
        Cause.WORD_INCOMPLETE: "het Word-document is beschadigd of onvolledig; download het opnieuw",
        Cause.WORD_DAMAGED: "het Word-document is beschadigd (“{detail}”); sla het in Word opnieuw op",
        Cause.WORD_ARCHIVE: "dit is een zip-bestand maar geen Word-document; pak het uit en geef de brief zelf",
        Cause.WORD_UNPACKED: "het bestand pakt uit tot {size} MB en wordt niet gelezen; splits het",
        Cause.WORD_DEEP: "het Word-document is te diep genest om geheel gelezen te worden; sla alleen de tekst op",
        Cause.WORD_EMPTY: "het Word-document bevat geen tekst; controleer of het volledig is opgeslagen",
        Cause.HTML_LARGE: "de webpagina is groter dan {most} MB; sla alleen het document op",
        Cause.HTML_DAMAGED: "de webpagina kan niet gelezen worden (“{detail}”); sla haar opnieuw op",
        Cause.HTML_DEEP: "de webpagina is te diep genest om geheel gelezen te worden; sla het document zelf op",
        Cause.HTML_EMPTY: "de webpagina bevat geen tekst; sla het document zelf op",
        Cause.SLOW: "het lezen kostte te veel tijd (meer dan {seconds} s); splits het document",
        Cause.HEAVY: "het lezen kostte te veel geheugen (meer dan {memory} GB); splits het document",
        Cause.SLOW_OR_HEAVY: "het lezen kostte te veel tijd of geheugen (meer dan {seconds} s of {memory} GB); splits "
        "het document",
        Cause.COPY: "aan een kopie van de index worden geen brieven toegevoegd; gebruik `python -m index add BESTAND "
        "--store ADRES`",
        Cause.QUERY_EMPTY: "er is niets gevraagd; typ een vraag of trefwoorden",
        Cause.QUERY_BROKEN: "de vraag bevat een half teken; typ haar opnieuw",
        Cause.QUERY_LONG: "de vraag heeft {length} tekens en het mogen er hoogstens {most} zijn; maak haar korter",
        Cause.QUERY_HITS: "er worden {k} resultaten gevraagd; vraag er 1 of meer",
        Cause.QUERY_PERIOD: "de periode eindigt voordat zij begint; verwissel begin en einde",
        Cause.UNKNOWN_PARTY: "er is geen partij die “{name}” heet; kies uit {known}",
        Cause.UNKNOWN_MINISTRY: "er is geen ministerie dat “{name}” heet en antwoord gaf; kies uit {known}",
        Cause.UNKNOWN_MEMBER: "er is geen Kamerlid dat “{name}” heet en iets vroeg; schrijf de achternaam als in de "
        "brieven",
    },
    natures={
        Nature.WEB_PAGE: "een webpagina (misschien een foutmelding van de website)",
        Nature.ZIP: "een zip-bestand (bijvoorbeeld Word of Excel)",
        Nature.OLD_OFFICE: "een oud Office-bestand",
        Nature.IMAGE: "een afbeelding",
        Nature.PLAIN_TEXT: "gewone tekst",
        Nature.UNKNOWN: "een onbekend bestand",
    },
    failures={
        VraagbaakError: "Er ging iets mis. Probeer het opnieuw, of kijk in het venster waarin Vraagbaak draait.",
        MissingModel: "Het taalmodel kan niet geladen worden. Het venster waarin Vraagbaak draait, noemt zijn map.",
        MissingIndex: "Er is geen index meer. Maak hem opnieuw met `python -m index build`.",
        DamagedIndex: "De index is beschadigd. Maak hem opnieuw met `python -m index build`.",
        StaleIndex: "De index is met een ander model of een andere versie gemaakt. Start Vraagbaak opnieuw.",
        IndexBusy: "Een ander programma schrijft in de index. Wacht tot het klaar is en probeer het opnieuw.",
        FullDisk: "De schijf is vol. Maak ruimte vrij en probeer het opnieuw.",
        UnwritableIndex: "De index kan niet geschreven worden. Controleer de rechten van zijn map.",
        UnknownDocument: "Dat document staat niet in de index. Het tabblad Documenten toont wat er is.",
        UnreachableStore: "De index in Milvus antwoordt niet. Controleer of hij draait.",
        NothingToIndex: "Er was geen tekst om te indexeren. Geef een PDF, .docx, .html of .txt met tekst.",
    },
    footer="Vraagbaak draait op deze computer en verstuurt niets.",
)

ENGLISH = Words(
    language=Language.ENGLISH,
    months=tuple("January February March April May June July August September October November December".split()),
    kinds={
        Kind.SCHRIFTELIJK_OVERLEG: "written consultation (schriftelijk overleg)",
        Kind.KAMERVRAGEN: "written questions (Kamervragen)",
        Kind.FEITELIJKE_VRAGEN: "factual questions (feitelijke vragen)",
        Kind.NOTA_VERSLAG: "memorandum on a report (nota naar aanleiding van het verslag)",
        Kind.EERSTE_KAMER: "written consultation with the Senate (Eerste Kamer)",
        Kind.UITSTEL: "notice of delay (uitstelbericht)",
        Kind.OTHER: "other document",
    },
    tagline="Ask the letters of the Dutch ministers. Every answer is a verbatim quotation, with its source.",
    other_language="Nederlands",
    search_tab="Search",
    documents_tab="Documents",
    report_tab="Quality",
    report_intro="How well Vraagbaak searches the letter that comes with it, measured with questions judged by hand.",
    no_report="Nothing has been measured yet. This command writes the report:",
    search_label="Your question",
    search_placeholder="Ask a question or type keywords, in Dutch or English",
    search_button="Search",
    examples="For example",
    party_filter="Asked by",
    ministry_filter="Answered by",
    since_filter="From",
    until_filter="Up to and including",
    any_year="all years",
    conjunction="and",
    disjunction="or",
    question="question",
    questions="questions",
    question_short="Question",
    text="Text of the document",
    asked_by="asked by {who}",
    in_the_letter="in the letter: {names}",
    addressed_to="put to {names}",
    page="p. {page}",
    date_unknown="date unknown",
    dossier="Kamerstuk {dossier}",
    reference="reference {reference}",
    short_answer="Short answer",
    found="Found",
    from_question="From the question",
    from_answer="From the answer",
    from_text="From the document",
    no_answer="This document does not answer this question.",
    postponed="Postponed: this notice says that the questions will be answered later.",
    refers="Refers to the answer to {numbers}",
    only_refers="This answer only refers to another answer.",
    uncertain="The division is uncertain: {reasons}",
    show_in_document="Show in the letter",
    show_answer_in_document="Show whole answer in the letter",
    close="Close",
    copy_citation="Copy citation",
    copied="Copied",
    copy_failed="Copying failed",
    permalink="Permanent link",
    copy_link="Copy link",
    download_csv="Download CSV",
    download_markdown="Download Markdown",
    more="Show more",
    nothing_found="Nothing found",
    nothing_relevant="Nothing relevant found",
    nothing_answers="No passage in the documents searched seems to answer this question.",
    no_such_document="In the indexed documents, nothing was {limits}.",
    nothing_fits="No indexed document fits the chosen filters.",
    none_that_fits="In the documents that fit the chosen filters, nothing was {limits}.",
    nearest="Nearest passages",
    nearest_mark="Near, but probably not an answer",
    coverage="{shown} of {passages} · {documents}",
    until="up to {date}",
    only="only {limits}",
    read_as="“{typed}” read as “{meant}”",
    asked="asked {when}",
    answered="answered {when}",
    asked_or_answered="asked or answered {when}",
    answered_by="answered by {names}",
    concerned="put to or answered by {names}",
    on_day="on {date}",
    in_period="in {period}",
    from_day="from {date} on",
    from_to="from {first} to {last}",
    passage="passage",
    passages="passages",
    document="document",
    documents="documents",
    exchange="question with answer",
    exchanges="questions with answer",
    open_question="question without answer",
    open_questions="questions without answer",
    previous="Previous: {heading}",
    following="Next: {heading}",
    answer_to="Answer to {numbers}",
    answer="Answer",
    notes="Footnotes",
    note_lost="the source does not contain the text of this note",
    cut="Of this long document only the part around the passage is shown.",
    indexed="Indexed documents",
    indexed_cut="The last {shown} of {total} documents.",
    no_documents="No documents are indexed yet.",
    fact_kind="Kind",
    fact_date="Date",
    fact_minister="Minister",
    fact_on_behalf="Also on behalf of",
    fact_addressed_to="Put to",
    fact_file="File",
    fact_read="Read",
    fact_pages="Pages",
    fact_parties="By party",
    fact_warnings="Warnings",
    unknown="unknown",
    pages_unknown="the source gives no pages",
    no_warnings="none",
    unanswered="{count} unanswered",
    warning="warning",
    warnings="warnings",
    read_document="Read the document",
    upload_title="Add a document",
    upload_hint="PDF, Word, HTML or text, up to {size} MB. The file stays on this computer and is searchable at once.",
    upload_label="Drop a letter here or choose a file",
    upload_busy="Working on {name}",
    upload_stages={"read": "reading", "encode": "computing meaning", "write": "saving"},
    upload_done="Added: {name}. Read: {exchanges}.",
    upload_twice="{name} was indexed already.",
    upload_failed="{name} was not added.",
    upload_unchanged="Nothing in the index has changed.",
    only_document="Only in: {title}",
    all_documents="search all documents",
    search_within="Search only this one",
    refused="This cannot be searched",
    causes={cause: cause.value for cause in Cause},
    natures={nature: nature.value for nature in Nature},
    failures={
        VraagbaakError: "Something went wrong. Try again, or look at the window in which Vraagbaak runs.",
        MissingModel: "The language model cannot be loaded. The window in which Vraagbaak runs names its folder.",
        MissingIndex: "The index is gone. Make it anew with `python -m index build`.",
        DamagedIndex: "The index is damaged. Make it anew with `python -m index build`.",
        StaleIndex: "The index was made with another model or version. Start Vraagbaak again.",
        IndexBusy: "Another program is writing to the index. Wait until it is done, and try again.",
        FullDisk: "The disk is full. Free some space, and try again.",
        UnwritableIndex: "The index cannot be written. Check the permissions of its folder.",
        UnknownDocument: "That document is not in the index. The Documents tab lists what is.",
        UnreachableStore: "The index in Milvus does not answer. Check that it is running.",
        NothingToIndex: "There was no text to index. Give a PDF, .docx, .html or .txt with text.",
    },
    footer="Vraagbaak runs on this computer and sends nothing out.",
)

WORDS: Mapping[Language, Words] = {Language.DUTCH: DUTCH, Language.ENGLISH: ENGLISH}
