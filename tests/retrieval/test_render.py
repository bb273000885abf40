from __future__ import annotations

import re
from dataclasses import replace

import pytest

from index.records import Asker, Exchange, Kind, Minister, Passage, Question, Role, Span
from retrieval.address import Address
from retrieval.render import (
    ONLY_REFERS,
    document_html,
    documents_html,
    hit_html,
    marked_html,
    party_counts,
    results_html,
    shorten,
)
from retrieval.words import DUTCH, ENGLISH
from tests.retrieval.specimen import FIRST, JOINT, LETTER, OPEN, TEXT, hit, results, span

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">\'&'


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


# ------------------------------------------------------------------------------------------------------------- marking


def test_the_best_sentence_is_one_mark_with_the_words_within() -> None:
    #       0123456789012345678
    text = "Ja. De fabriek. Nee."
    marked = marked_html(text, Span(0, 20), Span(4, 15), [Span(7, 14)])
    assert marked == 'Ja. <mark class="best">De <mark class="word">fabriek</mark>.</mark> Nee.'


def test_words_are_marked_outside_the_best_sentence_too() -> None:
    text = "Ja. De fabriek. Nee."
    marked = marked_html(text, Span(0, 20), Span(4, 15), [Span(0, 2), Span(16, 19)])
    assert marked == (
        '<mark class="word">Ja</mark>. <mark class="best">De fabriek.</mark> <mark class="word">Nee</mark>.'
    )


def test_a_word_across_the_border_is_split_and_the_sentence_is_not() -> None:
    marked = marked_html("abcdef", Span(0, 6), Span(2, 6), [Span(1, 4)])
    assert marked == 'a<mark class="word">b</mark><mark class="best"><mark class="word">cd</mark>ef</mark>'


@pytest.mark.parametrize("found", [[Span(1, 3), Span(2, 4)], [Span(2, 4), Span(1, 3)], [Span(1, 4), Span(2, 3)]])
def test_words_that_overlap_are_one_mark(found: list[Span]) -> None:
    assert marked_html("abcdef", Span(0, 6), None, found) == 'a<mark class="word">bcd</mark>ef'


def test_ranges_outside_the_passage_are_cut_off() -> None:
    assert marked_html("abcdef", Span(2, 4), Span(0, 3), [Span(3, 6)]) == (
        '<mark class="best">c</mark><mark class="word">d</mark>'
    )
    assert marked_html("abcdef", Span(2, 4), Span(4, 6)) == "cd"
    assert marked_html("abcdef", Span(2, 4), Span(3, 3)) == "cd"


def test_marked_text_is_escaped_piece_by_piece() -> None:
    assert marked_html("<b>&\"'", Span(0, 6), Span(1, 4), [Span(1, 2)]) == (
        '&lt;<mark class="best"><mark class="word">b</mark>&gt;&amp;</mark>&quot;&#x27;'
    )


# ------------------------------------------------------------------------------------------------------------ one hit


def test_a_hit_says_who_asked_who_answered_when_and_where() -> None:
    html = hit_html(hit())
    assert html.startswith('<article class="hit" id="hit-1">')
    assert "<h3>Vraag 1 · GroenLinks-PvdA</h3>" in html
    meta = re.search(r'<p class="meta">(.*?)</p>', html)
    assert meta is not None
    assert plain(meta[1]) == (
        "SO AI-fabriek · in de brief: GL-PvdA · Dirk Beljaarts, minister van Economische Zaken · 19 mei 2025 · "
        "Kamerstuk 26643 · p. 1"
    )
    assert '<blockquote lang="nl">Het landschap telt. <mark class="best"><mark class="word">Restwarmte</mark>' in html
    assert f'<cite lang="nl">{hit().citation}</cite>' in html


def test_the_partys_own_spelling_is_left_out_where_it_is_the_usual_one() -> None:
    assert "in de brief" not in hit_html(hit(JOINT, "De markt betaalt.", ()))


def test_no_page_is_shown_where_the_source_tells_none() -> None:
    assert " p. " not in plain(hit_html(hit(document=replace(LETTER, page_starts=()))))


def test_the_question_stands_in_short_and_opens_whole() -> None:
    html = hit_html(hit())
    assert '<summary><span class="label">Vraag:</span> <span lang="nl">Komt er restwarmte?</span></summary>' in html
    assert '<div lang="nl"><p>De leden zien de AI-fabriek. Komt er restwarmte?</p></div></details>' in html


def test_questions_that_share_an_answer_keep_their_numbers() -> None:
    html = hit_html(hit(JOINT, "De markt betaalt.", ()))
    assert "<h3>Vraag 2 en 3 · NSC</h3>" in html
    assert "<p><b>2</b> Hoe duur is dit?</p><p><b>3</b> En wie betaalt?</p>" in html


def test_a_question_found_is_shown_as_the_partys_and_says_that_it_has_no_answer() -> None:
    html = hit_html(hit(OPEN, "Wanneer begint de bouw?", ()), controls=True)
    assert '<p class="role">Uit de vraag</p>' in html
    assert "<details" not in html
    assert "Dit document geeft geen antwoord op deze vraag." in html
    assert ">Toon in de brief</button>" in html
    assert ">Toon hele antwoord in de brief</button>" in hit_html(hit(), controls=True)


def test_text_of_no_question_says_whom_the_heading_names_as_asking() -> None:
    notice = replace(LETTER, exchanges=(), askers=(Asker("SGP", "Flach"),))
    html = hit_html(replace(hit(), passage=Passage(notice, None, Role.TEXT, Span(0, 5))))
    assert "<h3>Tekst uit het document</h3>" in html
    assert "gevraagd door Flach (SGP)" in plain(html)


def test_doubt_is_told_with_its_reason() -> None:
    html = hit_html(hit(replace(FIRST, confidence=0.6, reasons=("nummer 3 ontbreekt",))))
    assert '<p class="flag">De indeling is onzeker: nummer 3 ontbreekt</p>' in html


def test_an_answer_that_is_referred_to_can_be_read_in_place() -> None:
    html = hit_html(hit(replace(FIRST, references=(3,))))
    assert (
        '<details class="reference"><summary>Verwijst naar het antwoord op vraag 3</summary>'
        '<div lang="nl">De markt betaalt.</div></details>'
    ) in html
    assert "onzeker" not in html
    assert "onzeker" not in hit_html(hit(replace(FIRST, confidence=1.0, reasons=("nummer geteld",))))
    assert "onzeker" not in hit_html(hit(replace(FIRST, confidence=0.9)))


def test_an_answer_that_only_refers_says_so_and_opens_the_other() -> None:
    html = hit_html(hit(replace(FIRST, references=(3,), reasons=(ONLY_REFERS,))))
    assert '<p class="flag">Dit antwoord verwijst alleen naar een ander antwoord.</p>' in html
    assert '<details class="reference" open>' in html
    assert "onzeker" not in html


def test_where_parties_number_anew_a_reference_stays_with_its_party() -> None:
    own = replace(FIRST, numbers=(2,), answer=span("Ik meld dit in het najaar."))
    anew = replace(LETTER, exchanges=(FIRST, own, JOINT))
    refers = replace(FIRST, references=(2,))
    assert '<div lang="nl">Ik meld dit in het najaar.</div>' in hit_html(hit(refers, document=anew))
    twice = replace(anew, exchanges=(FIRST, own, own, JOINT))
    html = hit_html(hit(refers, document=twice))
    assert '<p class="flag">Verwijst naar het antwoord op vraag 2</p>' in html
    assert "reference" not in html


def test_controls_are_of_the_page_only() -> None:
    assert "<button" not in hit_html(hit())
    html = hit_html(hit(), controls=True)
    best = hit().best
    assert f'data-document="letter" data-from="{best.start}" data-to="{best.end}"' in html
    assert f'data-copy="{hit().citation}"' in html
    assert '<a href="?doc=letter" data-list="document-letter"><span lang="nl">SO AI-fabriek</span></a>' in html


def test_text_of_no_exchange_has_a_heading_of_its_own() -> None:
    loose = replace(hit(), passage=replace(hit().passage, exchange=None, role=Role.TEXT))
    html = hit_html(loose)
    assert "Tekst uit het document</h3>" in html
    assert '<p class="role">Uit het document</p>' in html


def test_a_delay_notice_says_that_it_postpones() -> None:
    delay = replace(LETTER, kind=Kind.UITSTEL)
    postponed = '<p class="flag">Uitgesteld: dit bericht zegt dat de vragen later worden beantwoord.</p>'
    asked = hit(OPEN, "Wanneer begint de bouw?", (), document=delay)
    message = replace(asked, passage=replace(asked.passage, exchange=None, role=Role.TEXT))
    assert [hit_html(one).count(postponed) for one in (asked, message)] == [1, 1]
    assert "geeft geen antwoord" not in hit_html(asked)


# ------------------------------------------------------------------------------------------------------------ results


def test_results_give_the_short_answer_then_the_hits() -> None:
    html = results_html(results())
    order = ["Kort antwoord", "vraag 1 · GroenLinks-PvdA", "Gevonden", "2 van 43 passages", 'id="hit-1"', 'id="hit-2"']
    places = [html.index(piece) for piece in order]
    assert places == sorted(places)
    assert html.count("<style>") == 1
    assert results()._repr_html_() == html


def test_a_quotation_is_the_ministers_in_answer_to_the_partys_question() -> None:
    html = results_html(results())
    said = re.search(r'<section class="short-answer">.*?<cite lang="nl">(.*?)</cite>', html)
    assert said is not None
    assert said[1] == "Dirk Beljaarts, antwoord op vraag 1 · GroenLinks-PvdA"
    nobody = results_html(results(hit(document=replace(LETTER, ministers=()))))
    assert '<cite lang="nl">antwoord op vraag 1 · GroenLinks-PvdA</cite>' in nobody


def test_an_abstention_offers_the_nearest_marked_as_such() -> None:
    html = results_html(results(abstained=True))
    assert "<h2>Niets relevants gevonden</h2>" in html
    assert "Geen passage in de doorzochte documenten lijkt een antwoord op deze vraag." in html
    assert "<h2>Dichtstbijzijnde passages</h2>" in html
    assert html.count('<article class="hit near"') == html.count("Dichtbij, maar waarschijnlijk geen antwoord") == 2
    assert "Kort antwoord" not in html


def test_no_hits_at_all_is_said() -> None:
    html = results_html(replace(results(), hits=(), answer=()), address=Address("x"))
    assert "<h2>Niets gevonden</h2>" in html
    assert "<article" not in html


def test_on_the_page_there_are_a_link_downloads_and_no_style() -> None:
    html = results_html(results(), address=Address("AI & <b>", parties=("NSC",)))
    assert '<a class="permalink" href="?q=AI+%26+%3Cb%3E&amp;party=NSC">Permanente link</a>' in html
    assert 'href="export.csv?q=AI+%26+%3Cb%3E&amp;party=NSC" download' in html
    assert '#hit-1" data-jump="hit-1">vraag 1 · GroenLinks-PvdA</a>' in html
    assert "<style>" not in html
    assert html.count("data-copy=") == html.count("data-document=") == 2
    alone = results_html(results())
    assert "data-" not in alone
    assert "<a " not in alone


def test_more_is_offered_only_where_there_may_be_more() -> None:
    assert "Toon meer" not in results_html(results(), address=Address("x"))
    full = replace(results(), query=replace(results().query, k=2))
    assert '<a href="?q=x&amp;k=20" data-visit>Toon meer</a>' in results_html(full, address=Address("x"))


def test_whom_an_open_question_was_put_to_is_told() -> None:
    asked = replace(LETTER, ministers=(), addressees=(Minister(None, "minister", "<b>Financiën"),))
    shown = hit_html(hit(OPEN, "Wanneer begint de bouw?", (), document=asked))
    assert 'gericht aan <span lang="nl">minister van &lt;b&gt;Financiën</span>' in shown
    assert "<dt>Gericht aan</dt><dd>minister van &lt;b&gt;Financiën</dd>" in documents_html([asked])


def test_the_interface_is_english_and_the_passages_stay_dutch() -> None:
    html = results_html(results(), ENGLISH)
    assert html.startswith('<div class="vraagbaak" lang="en">')
    assert "Question 1 · GroenLinks-PvdA</h3>" in html
    assert "Questions 2 and 3 · NSC</h3>" in html
    assert "<h2>Short answer</h2>" in html
    assert '<blockquote lang="nl">' in html
    assert f'<cite lang="nl">{hit().citation}</cite>' in html


# ---------------------------------------------------------------------------------------------------------- documents


def test_a_document_is_shown_whole_with_the_answer_as_target() -> None:
    html = document_html(LETTER, best=hit().best)
    shown = plain(re.sub(r"<(h2|h3|header|p|nav|li)\b.*?</\1>", "", html))
    without_blanks = "".join(shown.split())
    assert without_blanks == "".join(TEXT.split())
    target = re.search(r'<section class="answer target" id="at-\d+" aria-current="true">(.*?)</section>', html)
    assert target is not None
    assert "<h3>Antwoord op vraag 1</h3>" in target[1]
    assert '<mark class="best">Restwarmte uit de AI-fabriek wordt benut.</mark>' in target[1]
    assert html.count('aria-current="true"') == 1


def test_the_target_links_to_its_neighbours() -> None:
    html = document_html(LETTER, best=span("De markt betaalt."))
    first, last = FIRST.questions[0].span.start, OPEN.questions[0].span.start
    assert f'<a href="#at-{first}" data-jump="at-{first}">Vorige: Vraag 1 · GroenLinks-PvdA</a>' in html
    assert f'<a href="#at-{last}" data-jump="at-{last}">Volgende: Vraag 4 · NSC</a>' in html
    assert f'id="at-{first}"' in html


def test_a_passage_of_no_exchange_is_marked_in_its_document() -> None:
    html = document_html(LETTER, best=span("Vragen van de leden van GL-PvdA-fractie"))
    assert '<mark class="best">Vragen van de leden van GL-PvdA-fractie</mark>' in html
    assert "target" not in html


def test_a_question_without_a_number_is_headed_by_its_party() -> None:
    bare = replace(FIRST, numbers=(), questions=(replace(FIRST.questions[0], number=None),))
    html = document_html(replace(LETTER, exchanges=(bare,)))
    assert "<h3>Vraag · GroenLinks-PvdA</h3>" in html
    assert "<h3>Antwoord</h3>" in html


def test_pages_and_notes_are_shown_in_the_document() -> None:
    html = document_html(LETTER)
    assert '<span class="page" data-page="1" aria-hidden="true"></span>Vragen van de leden' in html
    assert '<span class="page" data-page="2" aria-hidden="true"></span>2' in html
    assert '<li><b>1</b> <span lang="nl">Zie de brief.</span></li>' in html
    assert "<li><b>2</b> <i>de tekst van deze noot staat niet in de bron</i></li>" in html


def test_answers_that_stand_after_all_questions_stay_in_the_order_of_the_text() -> None:
    text = "1 Vraag een? 2 Vraag twee? Antwoord een. Antwoord twee."
    exchanges = tuple(
        Exchange((n,), (), (Question(n, span(f"Vraag {word}?", text)),), span(f"Antwoord {word}.", text))
        for n, word in ((1, "een"), (2, "twee"))
    )
    html = document_html(replace(LETTER, text=text, exchanges=exchanges, page_starts=(), notes=()))
    places = [
        html.index(f">{piece}</div>") for piece in ("Vraag een?", "Vraag twee?", "Antwoord een.", "Antwoord twee.")
    ]
    assert places == sorted(places)


def test_of_a_very_long_document_the_part_around_the_passage_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.render.WINDOW", 60)
    html = document_html(LETTER, best=span("De markt betaalt."))
    assert "De markt betaalt." in html
    assert "Vragen van de leden van" not in html
    assert DUTCH.cut in html


def test_questions_without_any_answer_are_not_said_to_have_one() -> None:
    assert DUTCH.told([OPEN]) == "1 vraag zonder antwoord"
    assert DUTCH.told([OPEN, OPEN]) == "2 vragen zonder antwoord"
    assert DUTCH.told([]) == "0 vragen met antwoord"


def test_the_list_tells_what_was_read() -> None:
    html = documents_html([LETTER])
    facts = dict(re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", html))
    assert facts == {
        "Soort": "schriftelijk overleg",
        "Datum": "19 mei 2025",
        "Bewindspersoon": "Dirk Beljaarts, minister van Economische Zaken",
        "Mede namens": "staatssecretaris van Digitalisering",
        "Kamerstuk": "26643",
        "Kenmerk": "DGED-DE / 1",
        "Gelezen": "2 vragen met antwoord, 1 zonder antwoord",
        "Per partij": "NSC (2), GroenLinks-PvdA (1)",
        "Pagina’s": "2",
        "Bestand": "letter.pdf",
        "Waarschuwingen": "<ul><li>vraag 4 heeft geen antwoord</li></ul>",
    }


def test_a_list_that_is_cut_says_so_and_keeps_what_was_added_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.render.LISTED", 1)
    html = documents_html([LETTER, replace(LETTER, id="b", title="Zeekabels")])
    assert "De laatste 1 van 2 documenten." in html
    assert html.count("<details") == 1
    assert "Zeekabels" in html
    assert "De laatst" not in documents_html([LETTER])


def test_parties_are_counted_per_exchange_most_first() -> None:
    both = replace(FIRST, askers=(Asker("NSC"), Asker("NSC", "Six"), Asker("D66")))
    assert list(party_counts([LETTER, replace(LETTER, exchanges=(both,))]).items()) == [
        ("NSC", 3),
        ("D66", 1),
        ("GroenLinks-PvdA", 1),
    ]


# ------------------------------------------------------------------------------------------------------------- hostile


def test_nothing_of_a_document_or_a_query_becomes_markup() -> None:
    text = f"{HOSTILE} vraagt het lid? {HOSTILE} zegt de minister."
    asked, answered = Span(0, text.index("? ") + 1), Span(text.index("? ") + 2, len(text))
    askers = (Asker(HOSTILE, HOSTILE, HOSTILE + "x"),)
    exchange = Exchange((1,), askers, (Question(1, asked),), answered, (2,), 0.1, (HOSTILE,))
    referred = Exchange((2,), askers, (Question(2, Span(0, 4)),), answered)
    minister = replace(LETTER.ministers[0], name=HOSTILE, ministry=HOSTILE)
    hostile = replace(
        LETTER,
        id=HOSTILE,
        title=HOSTILE,
        filename=HOSTILE,
        dossier=HOSTILE,
        reference=HOSTILE,
        ministers=(minister, replace(minister, on_behalf=True)),
        text=text,
        page_starts=(0,),
        exchanges=(exchange, referred),
        notes=tuple(replace(LETTER.notes[0], marker=HOSTILE, body=body) for body in (HOSTILE, None)),
        warnings=(HOSTILE,),
    )
    found = replace(
        hit(),
        passage=replace(hit().passage, document=hostile, exchange=exchange, span=answered),
        best=answered,
        words=(Span(answered.end - 9, answered.end - 1),),
    )
    page = results_html(results(found, text=HOSTILE), address=Address(HOSTILE, (HOSTILE,), (HOSTILE,)))
    for html in (page, results_html(results(found)), document_html(hostile, best=answered), documents_html([hostile])):
        assert "<script" not in html
        assert "<img" not in html
        assert 'onerror="' not in html
        assert "&lt;script&gt;" in html


# ------------------------------------------------------------------------------------------------------ words, address


def test_a_question_in_short_is_the_sentence_that_asks() -> None:
    assert shorten("De leden zien veel.\nWat doet u? En dan?") == "Wat doet u?"
    assert shorten("Steunt u de motie-Six c.s. (Kamerstuk 1)?") == "Steunt u de motie-Six c.s. (Kamerstuk 1)?"
    assert shorten("Er komt een fabriek. De leden vragen hoe.") == "De leden vragen hoe."
    assert shorten("De leden vragen\nhoe het gaat.") == "De leden vragen hoe het gaat."
    assert shorten("een twee, drie vier", limit=9) == "een twee …"
    assert shorten("eentweedrie", limit=4) == "eent…"
