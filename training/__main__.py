"""`python -m training`: from the data to a model in one command; killed and started again, it goes on where it was."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.arguments import count
from index.errors import VraagbaakError
from training import clean, lexicon
from training.clean import Answered, BadData, Pair
from training.config import FULL, TINY, Config

if TYPE_CHECKING:
    from numpy.typing import NDArray


_MODEL = "modules.json"
"""What every sentence-transformers folder has."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every stage whose output is not there yet. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that DATA.md describes")
    parser.add_argument(
        "--work", type=Path, default=Path("training/work"), help="what the stages leave (training/work)"
    )
    parser.add_argument("--out", type=_replaced, default=Path("data/model"), help="the model's folder (data/model)")
    parser.add_argument(
        "--start", type=_model_folder, help="a BERT student to go on from, instead of the teacher's layers"
    )
    parser.add_argument(
        "--teacher", type=_model_folder, help="a sentence-transformers folder, instead of all-MiniLM-L6-v2"
    )
    parser.add_argument("--threads", type=count, help="processor threads (as many as there are cores)")
    parser.add_argument("--steps", type=count, help=f"updates of the student's weights ({FULL.steps})")
    parser.add_argument("--keep", type=_share, default=0.0, help="of the weights of --start, the share that stays (0)")
    parser.add_argument("--tiny", action="store_true", help="every stage on next to nothing, to see that all works")
    asked = parser.parse_args(arguments)
    if asked.keep and not asked.start:
        parser.error("--keep tells what stays of the weights of --start: name it too")
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    try:
        Run(asked).all()
    except VraagbaakError as error:
        print(f"training: {error}", file=sys.stderr)
        return 2
    return 0


def _share(text: str) -> float:
    with suppress(ValueError):
        if 0 <= (share := float(text)) <= 1:
            return share
    raise argparse.ArgumentTypeError(f"{text!r} is no share: write a number from 0 to 1")


def _model_folder(text: str) -> Path:
    path = Path(text)
    if not (path / "config.json").is_file() and not (path / _MODEL).is_file():
        raise argparse.ArgumentTypeError(f"there is no model in {text!r}: name a sentence-transformers folder")
    return path


def _replaced(text: str) -> Path:
    """The model's folder, which is replaced in the end: told before hours of training, and never somebody's files."""
    path = Path(text)
    there = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be written: {there} is no folder that you may write to")
    if there == path and any(path.iterdir()) and not (path / _MODEL).is_file():
        raise argparse.ArgumentTypeError(f"{text!r} holds other files and no model: name a folder of its own")
    return path


class Run:
    """The stages, each a file or folder in the work folder, written whole or not at all."""

    def __init__(self, asked: argparse.Namespace) -> None:
        config = TINY if asked.tiny else FULL
        settings = asdict(config) | ({"steps": asked.steps} if asked.steps else {})
        self.config = Config(**settings)
        self.shared, self.work, self.out = asked.shared, asked.work, asked.out
        self._start, self._teacher, self._threads = asked.start, asked.teacher, asked.threads
        self._keep = asked.keep
        self._same_as_before(settings | {"start": str(asked.start), "teacher": str(asked.teacher)})

    def all(self) -> None:
        """From the data to the model."""
        import torch

        from training import mine, static, student, teacher, vocabulary

        if self._threads:
            torch.set_num_threads(self._threads)
        torch.manual_seed(self.config.seed)
        config = self.config
        pairs = [Pair(**row) for row in self._lines("pairs.jsonl", lambda: map(asdict, self._clean_pairs()))]
        items = [
            Answered(**row)
            for row in self._lines(
                "answers.jsonl", lambda: map(asdict, clean.answered(self.shared, documents=config.documents))
            )
        ]
        if not items or not pairs:
            raise BadData(f"nothing is left of the data in {self.shared} after cleaning: see DATA.md for its form")
        translated = next(iter(self._lines("lexicon.jsonl", lambda: [lexicon.learn(pairs)])))

        teaching = self._teacher or teacher.folder()

        def aims() -> NDArray[Any]:
            return teacher.embed(
                teacher.load(teaching),
                [p.english for p in pairs],
                length=config.sentence_length,
                progress=_bar("teacher", len(pairs)),
            )

        aim = self._array("teacher.npy", aims)
        near = self._array("near.npy", lambda: teacher.neighbours(aim, seed=config.seed))

        def learn_static(folder: Path) -> None:
            texts = [text for pair in pairs for text in (pair.english, pair.dutch)]
            texts += [text for item in items for text in (item.title, item.question, item.answer)]
            tokenizer = vocabulary.load(self._start) if self._start else vocabulary.learn(texts, size=config.vocabulary)
            vectors = static.learn(
                tokenizer,
                pairs,
                aim,
                items,
                steps=config.static_steps,
                batch=config.static_batch,
                rate=config.static_rate,
                temperature=config.temperature,
                narrow=config.narrow,
                seed=config.seed,
                progress=_bar("static", config.static_steps),
            )
            static.export(vectors, tokenizer, folder)

        fast = self._folder("static", learn_static)

        def meant() -> list[dict[str, str]]:
            asked = (f"{item.question} {item.title} {item.keywords}" for item in items)
            return [
                lexicon.widened(
                    translated,
                    asked,
                    (pair.english for pair in pairs),
                    reader=_reader(self._start or fast),
                    teacher=_reader(teaching),
                )
            ]

        words = next(iter(self._lines("meant.jsonl", meant)))
        wrong = self._array("wrong.npy", lambda: mine.near_answers(_model(fast), items, seed=config.seed))
        first = self._start or self._folder(
            "first", lambda folder: student.first(teaching, fast, folder, layers=config.layers)
        )
        trained = self._train(student.Student.load(first), pairs, aim, near, items, wrong, words)
        if self._start and self._keep:
            student.blended(trained.bert, self._start, kept=self._keep)
        student.export(trained.bert, trained.tokenizer, self.out)
        self._write_figures()

    def _clean_pairs(self) -> list[Pair]:
        held = clean.Held(clean.evaluation_texts(self.shared))
        return clean.pairs(self.shared, held, per_file=self.config.pairs_per_file)

    def _train(
        self,
        student: Any,
        pairs: Sequence[Pair],
        aim: NDArray[Any],
        near: NDArray[Any],
        items: Sequence[Answered],
        wrong: NDArray[Any],
        words: Mapping[str, str],
    ) -> Any:
        from training.evaluate import measure
        from training.fit import Fit
        from training.queries import QueryMaker
        from training.student import Student

        folder = self.work / "student"
        folder.mkdir(exist_ok=True)
        maker = QueryMaker(words, (f"{item.question} {item.answer}" for item in items))
        fit = Fit(
            student, self.config, folder, pairs=pairs, aims=aim, near=near, items=items, wrong=wrong, queries=maker
        )
        if 0 < fit.step < self.config.steps:
            print(f"student: going on after step {fit.step}", flush=True)

        def measured(step: int) -> Mapping[str, float]:
            now = Student(fit.averaged(), student.tokenizer)
            return measure(now.vectors, self.shared, documents=150)

        fit.run(measured=measured)
        return Student(fit.averaged(), student.tokenizer)

    def _write_figures(self) -> None:
        """The exported folder, loaded as anyone loads it, measured on the whole of the development sets."""
        from index.encoder import SentenceEncoder
        from training import card
        from training.evaluate import DOCUMENTS, in_use, measure

        encoder = SentenceEncoder.open(self.out)
        figures = measure(encoder.encode_passages, self.shared, queries=encoder.encode_queries)
        figures |= in_use(encoder, self.shared)
        card.write(
            self.out,
            config=self.config,
            fingerprint=encoder.fingerprint,
            figures=figures,
            documents=DOCUMENTS,
            start=self._started(),
            command=f"python -m training --steps {self.config.steps}"
            + (" --start …" if self._start else "")
            + (f" --keep {self._keep}" if self._keep else ""),
        )
        told = {"fingerprint": encoder.fingerprint, "figures": figures, "config": asdict(self.config)}
        _whole(self.work / "figures.json", lambda part: part.write_text(json.dumps(told, indent=2) + "\n"))
        print("  ".join(f"{name} {value:.3f}" for name, value in figures.items()))

    def _started(self) -> str:
        if not self._start:
            return "the first layers of the teacher"
        kept = f", of which {self._keep:.0%} were kept in the end" if self._keep else ""
        return f"the weights of an earlier student{kept}"

    def _same_as_before(self, settings: Mapping[str, object]) -> None:
        """A work folder belongs to one set of settings. Raises BadData."""
        self.work.mkdir(parents=True, exist_ok=True)
        path = self.work / "settings.json"
        now = json.dumps(settings, indent=2, sort_keys=True) + "\n"
        if path.is_file() and path.read_text() != now:
            raise BadData(f"{self.work} holds a run with other settings: remove it, or name another folder with --work")
        path.write_text(now)

    def _lines(self, name: str, made: Callable[[], Any]) -> list[Any]:
        path = self.work / name
        if not path.is_file():
            _say(name)
            _whole(
                path,
                lambda part: part.write_text(
                    "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made()), encoding="utf-8"
                ),
            )
        # Not splitlines(): a text may hold the other marks that end a line.
        with path.open(encoding="utf-8", newline="\n") as lines:
            return [json.loads(line) for line in lines]

    def _array(self, name: str, made: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        import numpy as np

        path = self.work / name
        if not path.is_file():
            _say(name)

            def write(part: Path) -> None:
                with part.open("wb") as file:
                    np.save(file, made(), allow_pickle=False)

            _whole(path, write)
        return np.asarray(np.load(path, allow_pickle=False))

    def _folder(self, name: str, made: Callable[[Path], None]) -> Path:
        path: Path = self.work / name
        if not path.is_dir():
            _say(name)
            made(path)
        return path


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    part = path.with_name(f".{path.name}.part")
    write(part)
    part.replace(path)


def _model(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def _reader(folder: Path) -> Callable[[list[str]], NDArray[Any]]:
    """What a model makes of words: unit vectors."""
    import numpy as np

    model = _model(folder)
    return lambda words: np.asarray(model.encode(words, batch_size=128, normalize_embeddings=True))


def _say(stage: str) -> None:
    print(f"{stage} …", flush=True)


def _bar(name: str, total: int) -> Callable[[int], object]:
    from tqdm import tqdm

    bar: Callable[[int], object] = tqdm(total=total, desc=name, mininterval=5, leave=False).update
    return bar


if __name__ == "__main__":
    sys.exit(main())
