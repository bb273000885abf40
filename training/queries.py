"""Queries as users type them, made from the questions that stand above the answers."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from training.clean import Answered
from training.lexicon import words

_KEYS = {"e": "wr", "a": "sq", "i": "uo", "o": "ip", "n": "bm", "t": "ry", "r": "et", "s": "ad", "d": "sf", "g": "fh"}
"""A few keys' neighbours on the keyboard."""
_JOINS = ("and", "of", "for", "in", "by", "with", "the", "on", "to", "from the", "of the", "in the", "about")
_ASKED_IN_ENGLISH = (
    *("what is the minister doing about {x}?", "what will the government do about {x}?", "is there {x}?"),
    *("are there {x}?", "how many {x}?", "how much {x}?", "why is there {x}?", "why are {a} not {b}?"),
    *("does the {a} have {b}?", "what about {x}?", "{x}", "{x}?", "will there be {x}?", "when will the {x}?"),
    *("how does {a} deal with {b}?", "what does the minister think of {x}?", "can {a} be {b}?", "is the {a} {b}?"),
    *("who is responsible for {x}?", "should {a} {b}?", "which {a} are {b}?", "what are the consequences of {x}?"),
    *("do {a} get {b}?", "has the {a} been {b}?", "how is {a} protected against {b}?", "what are the plans for {x}?"),
    *("is it true that {x}?", "what did the minister say about {x}?"),
)
"""How one asks in English about subjects: {a} the first half of them, {b} the second, {x} both. No word order of Dutch
is in them, which a translation word by word keeps."""
_MOST_SUBJECTS = 6
_RARE = 2.0
"""A word's weight is the logarithm of how many times as often the most frequent one occurs: these tell something."""


class QueryMaker:
    """Varies queries: other words, fewer words, another language, typing errors. One seed always gives the same."""

    def __init__(self, lexicon: Mapping[str, str], texts: Iterable[str]) -> None:
        self._lexicon = lexicon
        counts = Counter(word for text in texts for word in set(words(text)))
        most = max(counts.values(), default=1)
        self._weight = {word: math.log(most / count) for word, count in counts.items()}

    def of_question(self, item: Answered, dice: random.Random) -> str:
        """For an answer that stands alone: its question, now and then spoiled."""
        way = dice.random()
        if way < 0.84 or not item.question:
            return item.question or self.of_document(item, dice)
        if way < 0.92:
            return self.mistyped(item.question, dice)
        return self.english_question(item.question, dice)

    def of_context(self, item: Answered, dice: random.Random) -> str:
        """For an answer beside its title and question: never the question itself, which would stand in the passage."""
        if not item.question:
            return self.of_document(item, dice)
        way, text = dice.random(), item.question
        if way < 0.22:
            text = self.english_question(text, dice)
        elif way < 0.55:
            text = self.thinned(text, dice)
        if text != item.question:
            return text
        chosen = self.keywords(f"{item.question} {item.answer}", dice)
        return self.english(chosen, dice) if way > 0.93 else chosen

    def of_document(self, item: Answered, dice: random.Random) -> str:
        """Title, abstract or keywords of the document, now and then in English or mistyped."""
        told = [text for text in (item.title, item.keywords, item.abstract, item.title, item.keywords) if len(text) > 3]
        text = dice.choice(told or [item.question or item.answer])
        way = dice.random()
        if way < 0.08:
            return self.english_question(text, dice)
        return self.mistyped(text, dice) if way < 0.14 else text

    def english_question(self, text: str, dice: random.Random) -> str:
        """An English question about two to six of a text's words, the rarer ones sooner; the text where it has none."""
        rarity = {word: self._weight.get(word, 0.0) for word in words(text) if len(word) > 2 and word in self._lexicon}
        found = [word for word in rarity if rarity[word] > _RARE]
        if len(found) < 2:
            return text
        rarest_first = sorted(found, key=lambda word: -rarity[word] * (0.5 + dice.random()))
        chosen = rarest_first[: dice.randint(2, _MOST_SUBJECTS)]
        told = [self._lexicon[word] for word in found if word in chosen]
        half = (len(told) + 1) // 2
        first, second = " ".join(told[:half]), " ".join(told[half:])
        return dice.choice(_ASKED_IN_ENGLISH).format(a=first, b=second, x=f"{first} {dice.choice(_JOINS)} {second}")

    def english(self, text: str, dice: random.Random, *, share: float = 1.0) -> str:
        """Word by word into English as far as the lexicon goes; with a `share` below 1, a mixture of both languages."""
        return re.sub(
            r"[^\W\d_]+(?:-[^\W\d_]+)*",
            lambda found: self._lexicon.get(found[0].lower(), found[0]) if dice.random() < share else found[0],
            text,
        )

    def keywords(self, text: str, dice: random.Random) -> str:
        """One to five of its rarer words."""
        found = list(dict.fromkeys(word for word in words(text) if len(word) > 2 and self._weight.get(word, 0) > _RARE))
        if not found:
            return text
        found.sort(key=lambda word: -min(self._weight[word], 6.0) * dice.random())
        return " ".join(found[: dice.randint(1, 5)])

    def thinned(self, text: str, dice: random.Random) -> str:
        """Without about half of its words, the rarer ones more often kept."""
        kept = [w for w in text.split() if dice.random() < 0.25 + 0.08 * self._weight.get(w.lower().strip(".,?"), 6)]
        return " ".join(kept) or text

    def mistyped(self, text: str, dice: random.Random) -> str:
        """One of its longer words with a letter lost, doubled, swapped or beside the right key."""
        parts = text.split()
        long = [i for i, part in enumerate(parts) if len(part) > 4]
        if not long:
            return text
        i = dice.choice(long)
        word, at = parts[i], dice.randrange(1, len(parts[i]) - 1)
        parts[i] = dice.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + dice.choice(_KEYS.get(word[at], word[at])) + word[at + 1 :],
            ]
        )
        return " ".join(parts)
