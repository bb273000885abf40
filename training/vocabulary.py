"""The tokens: WordPiece over both languages, lower-cased, accents folded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

_MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def learn(texts: Iterable[str], *, size: int) -> Any:
    """A tokenizer of at most `size` tokens, learned from the texts.

    Compounds are left to WordPiece: it takes the longest known beginning, and the parts of Dutch compounds are frequent
    enough as words and as continuations to be tokens of their own.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(
        texts,
        trainers.WordPieceTrainer(
            vocab_size=size, min_frequency=2, limit_alphabet=400, special_tokens=_MARKS, show_progress=False
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(mark, tokenizer.token_to_id(mark)) for mark in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def load(folder: Path) -> Any:
    """The tokenizer of a model's folder."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))
