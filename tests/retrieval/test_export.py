from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from index.records import Asker, Passage, Role, Span
from retrieval.export import COLUMNS
from tests.retrieval.specimen import FIRST, JOINT, LETTER, OPEN, TEXT, hit, results


def test_json_holds_what_the_shell_prints() -> None:
    found = results()
    made = json.loads(json.dumps(found.to_json()))
    assert list(made) == ["query", "total", "abstained", "coverage", "answer", "hits"]
    assert made["query"] == "restwarmte AI-fabriek"
    assert made["total"] == 43
    assert made["abstained"] is False
    assert made["coverage"] == {
        "passages": 43, "documents": 1, "until": "2025-05-19", "dated": None, "answered": [], "concerned": [],
        "read_as": {},
    }  # fmt: skip
    assert made["answer"] == [
        {
            "text": "Restwarmte uit de AI-fabriek wordt benut.",
            "numbers": [1],
            "document": "letter",
            "citation": hit().citation,
        }
    ]
    assert made["hits"][0] == {
        "rank": 1,
        "score": 0.5,
        "document": "letter",
        "numbers": [1],
        "party": "GroenLinks-PvdA",
        "askers": [{"party": "GroenLinks-PvdA", "member": None, "as_written": "GL-PvdA"}],
        "minister": "Dirk Beljaarts, minister van Economische Zaken",
        "role": "answer",
        "page": 1,
        "text": "Het landschap telt. Restwarmte uit de AI-fabriek wordt benut. Ik meld dit in het najaar.",
        "question": "De leden zien de AI-fabriek. Komt er restwarmte?",
        "citation": "Dirk Beljaarts, minister van Economische Zaken, antwoord op vraag 1 van GroenLinks-PvdA, "
        "“SO AI-fabriek”, 19 mei 2025, Kamerstuk 26643 (DGED-DE / 1), p. 1",
    }
    assert [h["page"] for h in made["hits"]] == [1, 2]
    assert made["hits"][1]["question"] == "Hoe duur is dit?\n\nEn wie betaalt?"


def test_json_has_nulls_where_the_document_tells_nothing() -> None:
    bare = replace(LETTER, ministers=(), page_starts=())
    made = results(hit(replace(FIRST, askers=()), document=bare)).to_json()["hits"][0]  # type: ignore[index]
    assert (made["party"], made["minister"], made["page"], made["askers"]) == (None, None, None, [])


def test_text_of_no_question_has_the_parties_that_the_heading_names() -> None:
    notice = replace(LETTER, exchanges=(), askers=(Asker("SGP", "Flach"), Asker("SGP", "Diederik van Dijk")))
    text = replace(hit(), passage=Passage(notice, None, Role.TEXT, Span(0, 5)))
    assert results(text).to_json()["hits"][0]["party"] == "SGP"  # type: ignore[index]
    assert results(text).to_frame()["party"].tolist() == ["SGP"]


def test_the_frame_has_a_row_per_hit_and_its_columns_also_without_hits() -> None:
    frame = results().to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["numbers"].tolist() == ["1", "2, 3"]
    assert frame["best"].tolist() == ["Restwarmte uit de AI-fabriek wordt benut.", "De markt betaalt."]
    empty = replace(results(), hits=(), answer=()).to_frame()
    assert (len(empty), list(empty.columns)) == (0, list(COLUMNS))


def test_csv_reads_back_without_a_byte_order_mark() -> None:
    text = results().to_csv()
    assert text.startswith("rank,score,document,")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["numbers"] for row in rows] == ["1", "2, 3"]
    assert rows[1]["question"] == "Hoe duur is dit?\n\nEn wie betaalt?"
    assert rows[0]["citation"] == hit().citation


def test_rows_of_an_abstention_say_that_they_are_only_near() -> None:
    for abstained in (False, True):
        found = replace(results(), abstained=abstained)
        assert found.to_frame()["nearest"].tolist() == [abstained, abstained]
        assert {row["nearest"] for row in csv.DictReader(io.StringIO(found.to_csv()))} == {str(abstained)}


def test_csv_runs_no_formula() -> None:
    for start in ("=", "+", "-", "@", "\t=", "\r="):
        title = f"{start}HYPERLINK(1)"
        rows = list(
            csv.DictReader(io.StringIO(results(hit(document=replace(LETTER, title=title))).to_csv(), newline=""))
        )
        assert rows[0]["title"] == "'" + title
    assert next(csv.DictReader(io.StringIO(results().to_csv())))["title"] == "SO AI-fabriek"


def test_markdown_quotes_with_the_source() -> None:
    lines = results().to_markdown().split("\n")
    assert lines[:12] == [
        "# restwarmte AI-fabriek",
        "",
        "2 van 43 passages · 1 document · t/m 19 mei 2025",
        "",
        "## Kort antwoord",
        "",
        "> Restwarmte uit de AI-fabriek wordt benut.",
        ">",
        f"> — {hit().citation}",
        "",
        "## Gevonden",
        "",
    ]
    assert "### 2. Vraag 2 en 3 · NSC" in lines
    assert lines[-2] == hit(JOINT, "De markt betaalt.", ()).citation


def test_markdown_of_a_question_found_does_not_say_it_twice() -> None:
    made = results(hit(OPEN, "Wanneer begint de bouw?", ())).to_markdown()
    assert "*Wanneer begint de bouw?*" not in made
    assert "> Wanneer begint de bouw?" in made


def test_markdown_of_an_abstention_says_so() -> None:
    made = results(abstained=True).to_markdown()
    assert "**Niets relevants gevonden.** Geen passage in de doorzochte documenten lijkt" in made
    assert "## Dichtstbijzijnde passages" in made
    assert "Kort antwoord" not in made


def test_markdown_shows_markup_as_text() -> None:
    text = TEXT.replace("Ik meld dit in het najaar.", "\n1. &amp;&[x](y)*<b>\n- zzz")
    assert len(text) == len(TEXT)  # so that the spans of the specimen still hold
    made = results(hit(document=replace(LETTER, text=text)), text="# kop").to_markdown()
    assert made.startswith("# \\# kop\n")
    assert "> 1\\. \\&amp;&\\[x\\](y)\\*\\<b\\>\n> \\- zzz" in made
