"""The training loop: the student's weights, their running average, and where the run stands, saved as it goes."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from index.encoder import fastest_dtype
from index.passages import PASSAGE_LENGTH
from index.records import Span
from index.sentences import sentences
from training.clean import Answered, Pair
from training.config import Config
from training.losses import contrast, contrast_in_use, distil, nearest
from training.mine import batches, may_be_right
from training.queries import QueryMaker
from training.student import Student

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

_JOINED = 4
"""Parallel sentences in a text of several."""
_SAME = 0.9
"""Of a text that the teacher holds to say the same, by this cosine, nobody knows whether it is the right one."""


class Fit:
    """One student's training. Batches follow from seed and step, so that a run that was killed goes on alike."""

    def __init__(
        self,
        student: Student,
        config: Config,
        folder: Path,
        *,
        pairs: Sequence[Pair],
        aims: NDArray[np.float16],
        near: NDArray[np.int32],
        items: Sequence[Answered],
        wrong: NDArray[np.int32],
        queries: QueryMaker,
    ) -> None:
        import torch

        torch.set_flush_denormal(True)
        self._student = student
        self._config = config
        self._folder = folder
        self._pairs, self._aims, self._near = pairs, aims, near
        self._items, self._wrong, self._queries = items, wrong, queries
        self._order: dict[int, NDArray[np.int32]] = {}
        self._sources = [
            ([row for row, pair in enumerate(pairs) if pair.source.startswith(name)], share)
            for name, share in config.shares.items()
        ]
        self.step = 0
        self._names = [name for name, _ in student.bert.named_parameters()]
        self._master = [weight.detach().clone().float() for weight in student.bert.parameters()]
        self._average = [weight.clone() for weight in self._master]
        # All in bfloat16, with the weights kept in float32 beside it: autocast would cast them anew at every use.
        student.bert.to(fastest_dtype())
        student.bert.train()
        for module in student.bert.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0  # there is more data than one pass can take
        groups = [
            {
                "params": [
                    w for n, w in zip(self._names, self._master, strict=True) if _is_vocabulary(n) is vocabulary
                ],
                "lr": rate,
                "rate": rate,
            }
            for vocabulary, rate in ((True, config.vocabulary_rate), (False, config.rate))
        ]
        self._adam = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self._queue: list[tuple[str, Tensor]] = []
        self._resume()

    def run(self, *, until: int | None = None, measured: Callable[[int], Mapping[str, float]] | None = None) -> None:
        """Train to the last step, or to `until`. `measured` is called now and then, with the step, after an export."""
        import torch

        config = self._config
        last = min(until or config.steps, config.steps)
        sums: dict[str, list[float]] = {"p": [], "r": []}
        since = time.monotonic()
        while self.step < last:
            rhythm = config.rhythm
            kind = rhythm[self.step % len(rhythm)]
            # How many steps of its kind came before.
            turn = self.step // len(rhythm) * rhythm.count(kind) + rhythm[: self.step % len(rhythm)].count(kind)
            loss = self._parallel(turn) if kind == "p" else self._records(turn)
            loss.backward()
            self._update()
            self.step += 1
            sums[kind].append(float(loss.detach()))
            if self.step % 20 == 0 or self.step == last:
                told = {
                    name: round(fmean(sums[kind]), 4) for kind, name in (("p", "pairs"), ("r", "records")) if sums[kind]
                }
                took = (time.monotonic() - since) / sum(map(len, sums.values()))
                self._log({"step": self.step, **told, "seconds a step": round(took, 3)})
                sums, since = {"p": [], "r": []}, time.monotonic()
            if self.step % config.saved_every == 0 or self.step == last:
                self._save()
            if measured is not None and (self.step % config.measured_every == 0 or self.step == last):
                with torch.inference_mode():
                    self._log({"step": self.step, **measured(self.step)})
                since = time.monotonic()

    def averaged(self) -> Any:
        """A copy of the student with the running average of its weights, in float32."""
        import copy

        import torch

        bert = copy.deepcopy(self._student.bert).float()
        with torch.no_grad():
            for weight, average in zip(bert.parameters(), self._average, strict=True):
                weight.copy_(average)
        return bert.eval()

    def _parallel(self, turn: int) -> Tensor:
        """Sentences of both languages against the teacher's vectors of the English ones."""
        import numpy as np
        import torch

        config = self._config
        dice = random.Random(f"{config.seed} {self.step}")
        rows: list[int] = []
        for number, (source, share) in enumerate(self._sources):
            if source:
                rows += _dealt(source, round(share * config.pairs), turn, seed=config.seed + number)
        texts = [self._pairs[row].dutch for row in rows]
        texts = [self._queries.english(text, dice, share=0.4) if dice.random() < 0.05 else text for text in texts]
        both = [row for row in rows if dice.random() < config.english]
        given = _joined(texts, dice, share=config.joined) + [[self._pairs[row].english] for row in both]
        aim = torch.from_numpy(self._aims[rows + both].astype(np.float32))
        hard = torch.from_numpy(self._aims[self._near[rows].ravel()].astype(np.float32))
        wholes, parts, owners = self._student.encode_parts(
            given, length=_JOINED * config.sentence_length, longest=config.sentence_length - 2
        )
        # A sentence by itself is seen as a text, marks and all; one among others as the search sees it.
        alone = torch.tensor([len(text) == 1 for text in given])
        found = torch.where(alone[owners].unsqueeze(-1), wholes[owners], parts)
        loss = distil(found, aim, hard, temperature=config.temperature, narrow=config.narrow)
        groups = [number for number, text in enumerate(given) if len(text) > 1]
        if len(groups) > 1:
            loss = loss + 0.3 * self._in_text(groups, wholes, parts, owners, aim, dice)
        return loss

    def _in_text(
        self, groups: Sequence[int], wholes: Tensor, parts: Tensor, owners: Tensor, aim: Tensor, dice: random.Random
    ) -> Tensor:
        """The teacher's vector of one English sentence, against the Dutch texts: the nearest holds its translation."""
        import torch

        places = [torch.nonzero(owners == group)[:, 0] for group in groups]
        own = torch.cat(places)
        numbers = torch.repeat_interleave(torch.arange(len(groups)), torch.tensor([len(place) for place in places]))
        asked = aim[torch.tensor([int(place[dice.randrange(len(place))]) for place in places])]
        same = nearest(asked @ aim[own].T, numbers, len(groups)) > _SAME
        return contrast_in_use(
            asked, wholes[torch.tensor(groups)], parts[own], numbers, same, temperature=self._config.temperature
        )

    def _records(self, turn: int) -> Tensor:
        """Queries against the answers that belong to them, each answer's neighbours in the same batch."""
        import torch

        config = self._config
        dice = random.Random(f"{config.seed} {self.step}")
        items = [self._items[row] for row in self._batch(turn).tolist()]
        behind = dice.random() < config.behind
        passages = [self._passage(item, behind, dice) for item in items]
        make = self._queries.of_context if behind else self._queries.of_question
        asked = [make(item, dice) for item in items] + [self._queries.of_document(item, dice) for item in items]
        vectors, parts, owners = self._student.encode_parts(
            passages, length=config.context_length if behind else config.passage_length
        )
        # The index has no vector for a title.
        left = torch.bincount(owners, minlength=len(items)).tolist()
        spoken = [
            part != item.title for item, passage, n in zip(items, passages, left, strict=True) for part in passage[:n]
        ]
        parts, owners = parts[spoken], owners[spoken]
        queries = self._student.encode(asked, length=config.query_length)
        right, own = (
            torch.tensor([[may_be_right(one, other, whole=whole) for other in items] for one in items])
            for whole in (True, behind)
        )
        old = [document for document, _ in self._queue]
        seen = torch.tensor([[item.document == document for document in old] for item in items], dtype=torch.bool)
        seen = seen.reshape(len(items), len(old))
        others = torch.stack([vector for _, vector in self._queue]) if old else vectors[:0].detach()
        against = partial(contrast, temperature=config.temperature, narrow=config.narrow)
        half = len(items)
        loss = against(queries[:half], torch.cat([vectors, others]), torch.cat([own, seen], dim=1))
        # A subject has answers in many documents: the more there are, the more of them are no negatives for it.
        loss = loss + against(queries[half:], vectors, right)
        loss = loss + 0.5 * against(vectors, queries[:half], own)
        loss = loss + 0.5 * contrast_in_use(queries[:half], vectors, parts, owners, own, temperature=config.temperature)
        self._queue += [(item.document, row) for item, row in zip(items, vectors.detach(), strict=True)]
        self._queue = self._queue[-config.queue :]
        return loss / 2

    def _passage(self, item: Answered, behind: bool, dice: random.Random) -> list[str]:
        """The sentences of an answer, or of a later part of one; if `behind`, with title and question, as in use."""
        text = item.answer
        if len(text) > 700 and dice.random() < 0.4:
            stop = text.find(". ", dice.randrange(len(text) - PASSAGE_LENGTH))
            text = text[stop + 2 :] if stop >= 0 else text
        if not behind:
            return _sentences(text)
        said, around = _sentences(text[:PASSAGE_LENGTH]), [item.title, *_sentences(item.question[:400])]
        return around + said if dice.random() < 0.5 else said + around

    def _batch(self, turn: int) -> NDArray[np.int32]:
        config = self._config
        size = min(config.passages, len(self._items))
        a_round = len(self._items) // size
        number = turn // a_round
        if number not in self._order:
            documents = [item.document for item in self._items]
            self._order = {
                number: batches(self._wrong, documents, size=size, group=config.group, seed=config.seed + number)
            }
        batch: NDArray[np.int32] = self._order[number][turn % a_round]
        return batch

    def _update(self) -> None:
        import torch

        config = self._config
        weights = list(self._student.bert.parameters())
        for master, weight in zip(self._master, weights, strict=True):
            master.grad = None if weight.grad is None else weight.grad.float()
            weight.grad = None
        torch.nn.utils.clip_grad_norm_(self._master, 1.0)
        done = self.step / config.steps
        factor = min(1.0, (self.step + 1) / config.warmup) * (1 - done)
        for group in self._adam.param_groups:
            group["lr"] = group["rate"] * factor
        self._adam.step()
        with torch.no_grad():
            for weight, master in zip(weights, self._master, strict=True):
                weight.copy_(master)
            if self.step % 4 == 0:
                decay = min(config.averaged**4, (self.step + 1) / (self.step + 40))
                torch._foreach_lerp_(self._average, self._master, 1 - decay)

    def _save(self) -> None:
        from safetensors.torch import save_file

        tensors = {
            f"{kind}.{name}": weight.contiguous()
            for kind, weights in (("master", self._master), ("average", self._average))
            for name, weight in zip(self._names, weights, strict=True)
        }
        for name, weight in zip(self._names, self._master, strict=True):
            for key in ("exp_avg", "exp_avg_sq"):
                tensors[f"{key}.{name}"] = self._adam.state[weight][key]
        part = self._folder / "state.part"
        save_file(tensors, part, metadata={"step": str(self.step)})
        part.replace(self._folder / "state.safetensors")

    def _resume(self) -> None:
        import torch
        from safetensors import safe_open

        path = self._folder / "state.safetensors"
        if not path.is_file():
            return
        with safe_open(str(path), framework="pt") as stored:
            self.step = int(stored.metadata()["step"])
            with torch.no_grad():
                for i, (name, weight) in enumerate(zip(self._names, self._student.bert.parameters(), strict=True)):
                    self._master[i].copy_(stored.get_tensor(f"master.{name}"))
                    self._average[i].copy_(stored.get_tensor(f"average.{name}"))
                    weight.copy_(self._master[i])
                    self._adam.state[self._master[i]] = {
                        "step": torch.tensor(float(self.step)),
                        **{key: stored.get_tensor(f"{key}.{name}") for key in ("exp_avg", "exp_avg_sq")},
                    }

    def _log(self, line: Mapping[str, object]) -> None:
        print("  ".join(f"{key} {value}" for key, value in line.items()), flush=True)
        with (self._folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")


def _joined(texts: Sequence[str], dice: random.Random, *, share: float) -> list[list[str]]:
    """The texts in order, about a `share` of them in texts of several, the others each by itself."""
    found: list[list[str]] = []
    for first in range(0, len(texts), _JOINED):
        several = list(texts[first : first + _JOINED])
        found += [several] if dice.random() < share else [[text] for text in several]
    return found


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))] or [text]


def _dealt(rows: Sequence[int], count: int, turn: int, *, seed: int) -> list[int]:
    """The rows of one turn: all are dealt once, in an order of chance, before any comes again."""
    found = []
    for place in range(turn * count, (turn + 1) * count):
        number, at = divmod(place, len(rows))
        found.append(rows[_shuffled(len(rows), seed + 1_000 * number)[at]])
    return found


@lru_cache(maxsize=16)
def _shuffled(size: int, seed: int) -> list[int]:
    import numpy as np

    order: list[int] = np.random.default_rng(seed).permutation(size).tolist()
    return order


def _is_vocabulary(name: str) -> bool:
    return "word_embeddings" in name
