"""The encoder in a process of its own, for a program that answers one query and ends.

Importing the model's libraries takes seconds of one core. In a second process that goes on while the first opens the
index and reads the query; threads would not do, since importing holds the interpreter's lock.

    parent to child: a JSON list of texts a line; child to parent: a JSON list of vectors a line, or {"error": message}
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from index.encoder import SentenceEncoder
from index.errors import MissingModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROOT = Path(__file__).resolve().parent.parent


class EncoderProcess(SentenceEncoder):
    """A SentenceEncoder that encodes queries elsewhere. Close it, or use it in a `with`: then the process ends."""

    def __init__(self, folder: Path, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.encoder_process", str(folder.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            text=True,
        )
        super().__init__(folder, name)  # hashes the model meanwhile

    def __enter__(self) -> EncoderProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def dimension(self) -> int:
        return int(self.encode_queries([""]).shape[1])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        answer: list[list[float]] | dict[str, str]
        try:
            print(json.dumps(list(texts)), file=self._process.stdin, flush=True)
            answer = json.loads(cast(IO[str], self._process.stdout).readline())
        except (BrokenPipeError, json.JSONDecodeError) as error:
            raise MissingModel(f"the process that encodes with {self.folder} has ended: try again") from error
        if isinstance(answer, dict):
            raise MissingModel(answer["error"])
        return np.asarray(answer, dtype=np.float32)


def _serve(folder: Path) -> None:
    encoder = SentenceEncoder.open(folder)
    encoder.load_in_background()
    for line in sys.stdin:
        try:
            answer: object = encoder.encode_queries(json.loads(line)).tolist()
        except MissingModel as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
