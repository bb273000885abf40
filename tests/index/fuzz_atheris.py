"""A longer fuzz run, guided by coverage: `pip install -r requirements-fuzz.txt`, then

    python -m tests.index.fuzz_atheris -runs=100000 [FOLDER OF INPUTS]

The first byte of an input says what file the rest is; it is extracted and parsed, and what holds of every document is
checked. Other options are libFuzzer's (-max_len, -max_total_time, -jobs).
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

SUFFIXES = (".txt", ".pdf", ".docx", ".html")


def main() -> int:
    """Fuzz until the runs are done or an input fails. Returns 1 where atheris is not installed."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install -r requirements-fuzz.txt", file=sys.stderr)
        return 1
    with atheris.instrument_imports(include=["index.clean", "index.parse", "index.extract", "index.parties"]):
        from index.errors import UnreadableFile
        from index.extract import extract
        from index.parse import parse
    from tests.index.test_fuzz import SOUND, check
    from tests.index.test_origin import check_origins

    with TemporaryDirectory() as name:
        folder = Path(name)
        seeds = folder / "seeds"
        seeds.mkdir()
        for number, suffix in enumerate(SUFFIXES):
            (seeds / suffix[1:]).write_bytes(bytes([number]) + SOUND[f"brief{suffix}"])

        def one(data: bytes) -> None:
            path = folder / f"brief{SUFFIXES[data[0] % len(SUFFIXES)]}" if data else folder / "brief.txt"
            path.write_bytes(data[1:])
            with suppress(UnreadableFile):
                source = extract(path)
                document = parse(source, "brief")
                check(document)
                check_origins(source, document)

        atheris.Setup([*sys.argv, str(seeds)], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
