"""The shape of the sources, read from their syntax trees: import levels, cycles, sizes, names, exceptions."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"

# A room is a module or a package directly under govdoc. It may import rooms that stand before it, never one beside it
# or after it. The text wing and the page wing do not know each other: exporters see a Document and a StyleSheet,
# never a rule or a byte of the source.
GROUND = [{"errors", "manual"}, {"span"}, {"edits"}, {"hanzi"}, {"source"}, {"patches"}, {"cleaned"}, {"ledger"}]
GROUND += [{"model"}, {"indicator"}, {"wording"}]
TEXT_WING = [{"decode", "rules"}, {"readers", "cleaning"}, {"parsing"}, {"supplying"}, {"measuring"}]
PAGE_WING = [{"fonts"}, {"style"}, {"layout"}, {"exporting"}]
UPPER = [
    {"config", "inputs", "products"},
    {"workbook", "review", "markdown"},
    {"filing"},
    {"checking"},
    {"api"},
    {"batch"},
    {"cli"},
    {"__main__"},
]

MAX_FILE_LINES = 450
MAX_FUNCTION_LINES = 50
BROAD = {"Exception", "BaseException"}
BROAD_IS_RIGHT = {"batch"}  # the boundary around one document, so that a bad one never stops the others
EMPTY_NAMES = re.compile(r"(?i)(^|_)(utils?|helpers?|managers?|common|misc)$|(Utils?|Helpers?|Manager)$")


@dataclass(frozen=True)
class Import:
    """One import of govdoc's own: from a module, of a module, where, and whether inside a function."""

    importer: str
    target: str
    line: int
    lazy: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def modules(src: Path = SRC) -> dict[str, Path]:
    """Every module below src by its dotted name; a package is named as its `__init__`."""
    found = {}
    for path in sorted(src.rglob("*.py")):
        parts = path.relative_to(src).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in {
        getattr(node.test, "id", None),
        getattr(node.test, "attr", None),
    }


def statements(node: ast.AST, lazy: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node that runs, with whether it runs only when a function is called."""
    for child in ast.iter_child_nodes(node):
        if is_type_checking(child):
            assert isinstance(child, ast.If)
            for branch in child.orelse:
                yield branch, lazy
                yield from statements(branch, lazy)
            continue
        inner = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, inner
        yield from statements(child, inner)


def targets(node: ast.AST, package: str, known: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that an import statement, or a call of import_module with a plain name, loads."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, base] if base else above)
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner in known else base
    elif isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        argument = node.args[0]
        if name == "import_module" and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def imports(src: Path = SRC) -> list[Import]:
    """All imports of modules below src by modules below src, TYPE_CHECKING blocks left out."""
    known = modules(src)
    found = []
    for module, path in known.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        for node, lazy in statements(ast.parse(path.read_text(encoding="utf-8"))):
            for target in dict.fromkeys(targets(node, package, known)):
                if target in known and target != module:
                    found.append(Import(module, target, getattr(node, "lineno", 0), lazy))
    return found


def cycles(edges: list[Import]) -> list[list[str]]:
    """The groups of modules (strongly connected) in which each reaches each."""
    graph: dict[str, set[str]] = {}
    for edge in edges:
        graph.setdefault(edge.importer, set()).add(edge.target)

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph.get(start, ()))
        while todo:
            module = todo.pop()
            if module not in seen:
                seen.add(module)
                todo.extend(graph.get(module, ()))
        return seen

    reached = {module: reach(module) for module in graph}
    groups = {frozenset(m for m in reached[a] if a in reached.get(m, ())) for a in graph if a in reached[a]}
    return sorted(sorted(group) for group in groups)


def room(module: str) -> str:
    """`govdoc.decode.html` stands in the room `decode`; the package itself is the room ''."""
    return module.split(".")[1] if "." in module else ""


def lower_rooms() -> dict[str, set[str]]:
    """For each room the rooms it may import."""
    allowed: dict[str, set[str]] = {}

    def build(wing: list[set[str]], ground: set[str]) -> set[str]:
        below = set(ground)
        for level in wing:
            allowed.update({name: set(below) for name in level})
            below |= level
        return below

    ground = build(GROUND, set())
    upper = build(TEXT_WING, ground) | build(PAGE_WING, ground)
    build(UPPER, upper)
    return allowed


def level_breaks(edges: list[Import]) -> list[str]:
    """Imports that do not go down. The package itself (a room of no level) is held by a test of its own."""
    allowed = lower_rooms()
    return [
        str(edge)
        for edge in edges
        if room(edge.importer) not in ("", room(edge.target))
        and room(edge.target) not in allowed.get(room(edge.importer), set())
        and room(edge.target) != ""
    ]


def python_files() -> list[Path]:
    return [p for folder in ("src", "tests", "scripts", "benchmarks") for p in sorted((ROOT / folder).rglob("*.py"))]


def trees(paths: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(ROOT)), node


def broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(getattr(kind, "id", getattr(kind, "attr", None)) in BROAD for kind in kinds)


def test_every_room_has_a_level() -> None:
    rooms = {room(module) for module in modules()} - {""}
    unlisted = sorted(rooms - lower_rooms().keys())
    assert not unlisted, f"give these a place in the levels at the head of {Path(__file__).name}: {unlisted}"


def test_imports_go_down_the_levels() -> None:
    assert not level_breaks(imports())


def test_only_the_version_is_taken_from_the_package_itself() -> None:
    taken = [
        f"{path}:{node.lineno} takes {alias.name}"
        for path, node in trees(sorted(SRC.rglob("*.py")))
        if isinstance(node, ast.ImportFrom) and node.module == "govdoc"
        for alias in node.names
        if alias.name != "__version__" and f"govdoc.{alias.name}" not in modules()
    ]
    assert not taken, "import from the module that defines it; the names of the package are for its users"


def test_no_cycle_among_imports_at_load() -> None:
    assert not cycles([edge for edge in imports() if not edge.lazy])


def test_no_cycle_hidden_inside_functions() -> None:
    assert not cycles(imports())


def test_files_are_one_thing() -> None:
    sizes = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}
    assert not {name: lines for name, lines in sizes.items() if lines > MAX_FILE_LINES}


def test_functions_are_one_thing() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": length
        for path, node in trees(python_files())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    }
    assert not long


def test_no_broad_except_outside_the_batch() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, node in trees([p for p in python_files() if p.is_relative_to(SRC)])
        if path.split("/")[2].removesuffix(".py") not in BROAD_IS_RIGHT
        if (isinstance(node, ast.ExceptHandler) and broad(node))
        or (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", None)) == "suppress"
            and BROAD & {getattr(argument, "id", None) for argument in node.args}
        )
    ]
    assert not found


def test_names_say_something() -> None:
    stems = [str(p.relative_to(ROOT)) for p in python_files() for n in (p.stem, p.parent.name) if EMPTY_NAMES.search(n)]
    classes = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in trees(python_files())
        if isinstance(node, ast.ClassDef) and EMPTY_NAMES.search(node.name)
    ]
    assert not stems + classes


# The patterns are written so that they do not find themselves.
HOME_PATHS = re.compile(r"(?<![\w.-])/(?:w[o]rk|t[m]p|r[o]ot|h[o]me/\w+|f[a]rm|U[s]ers/\w+)/[\w.]")
REGISTRIES = re.compile(
    r"p[y]pi\.(?:org|python)|p[y]thonhosted\.org|n[p]mjs\.(?:org|com)|n[p]mmirror\.com|crates\.[i]o"
    r"|(?:deb|security)\.d[e]bian\.org|archive\.u[b]untu\.com|proxy\.g[o]lang\.org|//mirrors?\.[a-z]|index-u[r]l"
)


def committed_text() -> Iterator[tuple[str, str]]:
    """The text files git knows that people wrote: seeds and test data are documents, not ours."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listing.decode().rstrip("\0").split("\0"):
        path = ROOT / name
        if name.startswith(("seeds/0", "tests/data/")) or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            yield name, data.decode("utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [HOME_PATHS, REGISTRIES], ids=["machine paths", "registry hosts"])
def test_no_committed_file_names_a_place_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} {match.group()}"
        for name, text in committed_text()
        for match in pattern.finditer(text)
    ]
    assert not found


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_reader_of_imports_sees_what_it_should(tmp_path: Path) -> None:
    src = write(
        tmp_path,
        {
            "govdoc/__init__.py": "",
            "govdoc/span.py": "def f():\n    from govdoc.cli import start\n",
            "govdoc/cli/__init__.py": "from .main import go\nfrom govdoc import span\n",
            "govdoc/cli/main.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import govdoc.cli\n",
            "govdoc/exporting.py": (
                "import importlib\nimport govdoc.cleaning\nx = importlib.import_module('govdoc.span')\n"
            ),
            "govdoc/cleaning.py": "from govdoc.exporting import x\n",
        },
    )
    edges = imports(src)
    assert {(e.importer, e.target, e.lazy) for e in edges} == {
        ("govdoc.span", "govdoc.cli", True),
        ("govdoc.cli", "govdoc.cli.main", False),
        ("govdoc.cli", "govdoc.span", False),
        ("govdoc.exporting", "govdoc.cleaning", False),
        ("govdoc.exporting", "govdoc.span", False),
        ("govdoc.cleaning", "govdoc.exporting", False),
    }
    assert cycles([e for e in edges if not e.lazy]) == [["govdoc.cleaning", "govdoc.exporting"]]
    assert cycles(edges) == [["govdoc.cleaning", "govdoc.exporting"], ["govdoc.cli", "govdoc.span"]]
    assert sorted(level_breaks(edges)) == [
        "govdoc.cleaning:1 imports govdoc.exporting",
        "govdoc.exporting:2 imports govdoc.cleaning",
        "govdoc.span:2 imports govdoc.cli",
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "seen"),
    [
        (HOME_PATHS, "see /" + "work/x/y.md", True),
        (HOME_PATHS, "file:///" + "tmp/lo", True),
        (HOME_PATHS, "https://www.example.gov.cn/" + "work/2024.html", False),
        (REGISTRIES, "https://" + "pypi" + ".org/simple", True),
        (REGISTRIES, "pip install govdoc", False),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str, seen: bool) -> None:
    assert bool(pattern.search(text)) is seen
