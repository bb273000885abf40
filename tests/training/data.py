"""A ../shared of a few lines, and a teacher of one layer, so that every stage can run in seconds."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

from tests.conftest import SEED

WORDS = {
    "water": "water", "road": "weg", "school": "school", "house": "huis", "money": "geld", "law": "wet", "city": "stad",
    "train": "trein", "doctor": "arts", "child": "kind", "farm": "boerderij", "power": "stroom", "tax": "belasting",
    "court": "rechter", "police": "politie", "prison": "gevangenis", "nature": "natuur", "work": "werk",
}  # fmt: skip


def sentences(count: int) -> list[tuple[str, str]]:
    """Pairs of English and Dutch, each with other words."""
    english = list(WORDS)
    found = []
    for i in range(count):
        one, two, three = (english[(i * step + i // len(english)) % len(english)] for step in (1, 5, 7))
        found.append(
            (
                f"the {one} needs {two} and {three} in {1900 + i}",
                f"de {WORDS[one]} heeft {WORDS[two]} en {WORDS[three]} nodig in {1900 + i}",
            )
        )
    return found


def record(number: int, words: list[str]) -> dict[str, object]:
    """A record of parliament: three questions, three answers."""
    return {
        "id": f"KVR{number}", "year": "2001", "title": f"de {words[0]} van nummer {number}",
        "inhoud": f"Vragen over de {words[0]} en de {words[1]} in {number}.", "tref": " ".join(words[:2]),
        "rubriek": "", "min": "", "vragers": [["Jansen", "VVD"]],
        "vragen": [{"nr": str(i), "t": f"Wat doet u in {number} aan de {word}?"} for i, word in enumerate(words, 1)],
        "antwoorden": [
            {"nr": str(i), "t": f"In {number} doen wij met gemeente {number} veel aan de {word}."}
            for i, word in enumerate(words, 1)
        ],
    }  # fmt: skip


def shared(folder: Path) -> Path:
    """Write the data. The development sets repeat the first pair and the first record of the training data."""
    for part in ("parallel", "kvr", "eval", "letters"):
        (folder / part).mkdir(parents=True)
    shutil.copy(SEED, folder / "letters")
    pairs = sentences(240)
    for name, rows in (("gen_tatoeba", pairs[:120]), ("law_treaties_bwb", pairs[120:])):
        with gzip.open(folder / "parallel" / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
            file.writelines(f"{english}\t{dutch}\n" for english, dutch in rows)
    dutch = list(WORDS.values())
    records = [record(n, [dutch[(n + i) % len(dutch)] for i in range(3)]) for n in range(60)]
    records[7]["vragen"] = []  # such records there are
    for name, kept in (("train", records[:45]), ("dev", [records[0], *records[45:]])):
        with gzip.open(folder / "kvr" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in kept)
    held = ["\t".join(pair) + "\n" for pair in [pairs[0], *sentences(300)[240:]]]
    for name in ("flores_dev", "ted_dev2010", "treaty_heldout"):
        (folder / "eval" / f"{name}.tsv").write_text("".join(held))
    for language, side in (("en", 0), ("nl", 1)):
        judged = [
            f"{one[side]},{two[side]},{i % 6}.0\n"
            for i, (one, two) in enumerate(zip(sentences(300)[240:], pairs[1:], strict=False))
        ]
        (folder / "eval" / f"stsb-{language}-dev.csv").write_text("".join(judged))
    return folder


def teacher(folder: Path) -> Path:
    """A BERT of one layer and twelve numbers, untrained, as a sentence-transformers folder."""
    import torch
    from transformers import BertConfig, BertModel

    from training import student, vocabulary

    torch.manual_seed(1)
    tokenizer = vocabulary.learn((text for pair in sentences(120) for text in pair), size=300)
    bert = BertModel(
        BertConfig(
            vocab_size=tokenizer.get_vocab_size(), hidden_size=12, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=24, max_position_embeddings=256,
        ),
        add_pooling_layer=False,
    )  # fmt: skip
    student.export(bert, tokenizer, folder)
    return folder
