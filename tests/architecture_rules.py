"""The rules of the code's layout, each a function from a tree of sources to the places that break it.

A tree maps paths below the repository's root to their text. So a rule can be tried on a tree of three lines.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Tree = Mapping[str, str]
Rule = Callable[[Tree], list[str]]

SOURCES = (".py", ".js", ".css")
MOST_LINES = 400
MOST_MODULES = 15
GROWING = re.compile(r"indicators|(tests|benchmarks)(/.*)?")
"""Folders of files that are all of one kind: one for each indicator, test or measurement."""
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}

# What each layer may import of the project's own code; "data <- core <- methods <- ... <- app", written out.
PURE = {"core", "methods"}
TABLES = PURE | {"registry", "package"}
DRAWN = TABLES | {"snapshot", "snapshots", "drawing", "component", "shell"}
MAY_IMPORT: Mapping[str, set[str]] = {
    "core": {"core"},
    "methods": PURE,
    "indicator": PURE,
    "registry": {"core", "package"},
    "package": PURE | {"registry"},
    "upstream": TABLES | {"upstream"},
    "command": TABLES | {"upstream", "command"},
    "snapshot": TABLES,
    "api": TABLES | {"snapshot", "api"},
    "snapshots": TABLES | {"snapshot", "kept"},
    "drawing": PURE | {"drawing"},
    "kept": {"core", "snapshot", "kept"},
    "component": PURE | {"drawing", "component", "kept"},
    "shell": DRAWN,
    "page": DRAWN | {"indicator"},  # a page about one indicator names its series
    "main": DRAWN | {"page"},
    "server": DRAWN | {"page", "server"},
    "downloads": DRAWN | {"server", "downloads"},
    "app": DRAWN | {"api", "upstream", "main", "server", "downloads"},
}
LAYERS: tuple[tuple[str, str], ...] = (
    (r"app", "app"),
    (r"indicators", "package"),
    (r"indicators\.(__main__|commands(\..+)?)", "command"),
    (r"indicators\.upstream(\..+)?", "upstream"),
    (r"indicators\.core\.registry", "registry"),
    (r"indicators\.core\.snapshot", "snapshot"),
    (r"indicators\.core(\..+)?", "core"),
    (r"indicators\.methods(\..+)?", "methods"),
    (r"indicators\..+", "indicator"),
    (r"api(\..+)?", "api"),
    (r"dashboard|dashboard\.charts(\..+)?", "drawing"),
    (r"dashboard\.kept(\..+)?", "kept"),
    (r"dashboard\.component(\..+)?", "component"),
    (r"dashboard\.shell(\..+)?", "shell"),
    (r"dashboard\.server(\..+)?", "server"),
    (r"dashboard\.downloads(\..+)?", "downloads"),
    (r"dashboard\.snapshots", "snapshots"),
    (r"dashboard\.main", "main"),
    (r"dashboard\..+", "page"),
    (r"(tests|benchmarks)(\..+)?", "outside"),
)

INTERFACE = {"streamlit", "plotly"}
NETWORK = {"requests", "httpx", "socket", "urllib.request", "http", "aiohttp", "websockets", "stamina", "tenacity"}
CLOCKS = {"now", "utcnow", "today"}
SEEDED = {"Generator", "BitGenerator", "default_rng", "SeedSequence", "Philox", "PCG64", "PCG64DXSM", "SFC64"}
READING = {"open", "read_text", "read_bytes", "read_csv", "read_table", "read_json", "read_excel", "read_parquet"}
READERS_OF_THEIR_OWN = {
    "indicators.core.evidence.contacts",  # the record of a refresh, not the data
    "indicators.core.evidence.load",
    "indicators.core.evidence.forecast_files",  # forecasts of ours, no evidence
    "indicators.core.citation.code_version",  # the sources themselves
    "dashboard.component.assets",
    "dashboard.kept.files",  # what a start computed, no data
    "dashboard.kept.results",  # reads no cell: names its file by the digest of the data
    "dashboard.server.front_page",
    "dashboard.server.streamlit_files",
}
LINK = re.compile(r"/api/|\]\(/|^/\w+\?")
"""An address below the API, a link in Markdown to this server, or a page with settings."""


def read_tree(root: Path) -> dict[str, str]:
    """Read all sources below a folder, apart from hidden folders and virtual environments."""
    tree: dict[str, str] = {}
    for folder, folders, files in os.walk(root):
        inside = Path(folder)
        folders[:] = [
            name for name in folders if not name.startswith((".", "__")) and not (inside / name / "pyvenv.cfg").exists()
        ]
        for name in files:
            if name.endswith(SOURCES):
                tree[(inside / name).relative_to(root).as_posix()] = (inside / name).read_text(encoding="utf-8")
    return tree


def module_name(path: str) -> str:
    """Return the dotted name of a Python file."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def layer_of(module: str) -> str | None:
    """Return the layer of one of the project's modules; None for anything else."""
    return next((layer for pattern, layer in LAYERS if re.fullmatch(pattern, module)), None)


def parsed(tree: Tree, *layers: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Yield path, module and syntax tree of every Python file, or of those in some layers."""
    for path, text in sorted(tree.items()):
        if path.endswith(".py"):
            module = module_name(path)
            if not layers or layer_of(module) in layers:
                yield path, module, ast.parse(text, path)


def imports(syntax: ast.AST, modules: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and name of every imported module, also of those imported by name in a call."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield node.lineno, submodule if submodule in modules else node.module
        elif isinstance(node, ast.Call) and dotted(node.func).endswith(("import_module", "__import__")):
            yield from ((node.lineno, arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for an expression of that form; what stands before the last known name becomes empty."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(syntax: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the dotted name of what is called."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def dependencies_point_one_way(tree: Tree) -> list[str]:
    """Each layer imports only what lies below it; indicators and pages never import their like."""
    modules = {module_name(path) for path in tree if path.endswith(".py")}
    found = []
    for path, module, syntax in parsed(tree, *MAY_IMPORT):
        layer = str(layer_of(module))
        for line, name in imports(syntax, modules):
            target = layer_of(name)
            if target is None or name == module or (target == layer == "page" and _package(name) == _package(module)):
                continue
            if target not in MAY_IMPORT[layer]:
                found.append(f"{path}:{line}: {layer} imports {name} ({target})")
    return found


def _package(module: str) -> str:
    return ".".join(module.split(".")[:2])


def indicators_and_api_know_no_interface(tree: Tree) -> list[str]:
    """Nothing below the dashboard imports Streamlit or Plotly."""
    layers = ("core", "methods", "indicator", "registry", "package", "upstream", "command", "api")
    return _banned(tree, layers, INTERFACE)


def drawing_is_free_of_streamlit(tree: Tree) -> list[str]:
    """Charts, and the modules of words, work without Streamlit."""
    words = {path: text for path, text in tree.items() if re.search(r"\w*text\.py$", path)}
    return [*_banned(tree, ("drawing",), {"streamlit"}), *_banned(words, ("shell", "page"), {"streamlit"})]


def indicators_stay_off_the_network(tree: Tree) -> list[str]:
    """Only connectors to live sources and the command line may use the network."""
    return _banned(tree, ("core", "methods", "indicator", "registry", "package"), NETWORK)


def indicators_have_no_clock(tree: Tree) -> list[str]:
    """A date is an argument: nobody asks for the present one."""
    layers = ("core", "methods", "indicator", "registry", "package")
    found = _banned(tree, layers, {"time"})
    for path, _, syntax in parsed(tree, *layers):
        for call, name in calls(syntax):
            words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            if name.split(".")[-1] in CLOCKS or (name.split(".")[0] in {"pd", "np"} and CLOCKS & set(map(str, words))):
                found.append(f"{path}:{call.lineno}: asks the clock by {name}")
    return found


def indicators_draw_no_unseeded_numbers(tree: Tree) -> list[str]:
    """Random numbers come from a generator with a stated seed."""
    layers = ("core", "methods", "indicator", "registry", "package")
    found = _banned(tree, layers, {"random", "secrets", "uuid"})
    for path, _, syntax in parsed(tree, *layers):
        for call, name in calls(syntax):
            *before, last = name.split(".")
            values = [*call.args, *(keyword.value for keyword in call.keywords)]
            stated = [value for value in values if not (isinstance(value, ast.Constant) and value.value is None)]
            hidden = (
                ("random" in before and last not in SEEDED)
                or (last in SEEDED - {"Generator"} and not stated)
                or (last == "rvs" and "random_state" not in {keyword.arg for keyword in call.keywords})
            )
            if hidden:
                found.append(f"{path}:{call.lineno}: draws without a stated seed by {name}")
    return found


def one_module_reads_the_data(tree: Tree) -> list[str]:
    """Only `indicators/core/evidence/load.py` opens files in data/."""
    found = []
    for path, module, syntax in parsed(tree, *(set(MAY_IMPORT) - {"upstream", "command"})):
        if module != "indicators.core.evidence.load":
            found += [
                f"{path}:{node.lineno}: builds a path into data/"
                for node in ast.walk(syntax)
                if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _names_data(node.right)
            ]
        if module not in READERS_OF_THEIR_OWN:
            for call, name in calls(syntax):
                if name.split(".")[-1] in READING:
                    found.append(f"{path}:{call.lineno}: opens a file by {name}")
    return found


def one_module_reads_the_environment(tree: Tree) -> list[str]:
    """Only `indicators/core/environment.py` reads variables of the environment, so its list of them is whole."""
    return [
        f"{path}:{node.lineno}: reads the environment"
        for path, module, syntax in parsed(tree, *MAY_IMPORT)
        if module != "indicators.core.environment"
        for node in ast.walk(syntax)
        if isinstance(node, ast.Attribute) and dotted(node) in ("os.environ", "os.getenv")
    ]


def nothing_caches_for_streamlit(tree: Tree) -> list[str]:
    """Nothing uses Streamlit's caches: what is remembered stands in `dashboard/snapshots.py`."""
    found = []
    for path, _, syntax in parsed(tree, *MAY_IMPORT):
        for node in ast.walk(syntax):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [node.attr] if isinstance(node, ast.Attribute) and dotted(node).startswith("st") else []
            found += [f"{path}:{node.lineno}: caches by {name}" for name in names if name.startswith("cache_")]
    return found


def one_module_writes_links(tree: Tree) -> list[str]:
    """Only `dashboard/shell/addresses.py` writes addresses of the API or of pages, so none forgets the replayed day."""
    found = []
    for path, module, syntax in parsed(tree, "drawing", "component", "shell", "page", "main", "server"):
        if module != "dashboard.shell.addresses":
            docstrings = {node.value for node in ast.walk(syntax) if isinstance(node, ast.Expr)}
            found += [
                f"{path}:{node.lineno}: writes the address {node.value.strip()[:40]!r}"
                for node in ast.walk(syntax)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and LINK.search(node.value)
                if node not in docstrings
            ]
    return found


def parts_run_alone_in_one_way(tree: Tree) -> list[str]:
    """A page's parts run alone by `components.alone`, which lets a cited page check its citation on every run."""
    return [
        f"{path}:{node.lineno}: makes a fragment of its own"
        for path, _, syntax in parsed(tree, "page", "shell")
        # The clocks of a replay and of a backtest rerun the whole page.
        if path not in ("dashboard/shell/parts.py", "dashboard/shell/replay.py", "dashboard/own_evidence/backtest.py")
        for node in ast.walk(syntax)
        if isinstance(node, ast.Attribute) and dotted(node) == "st.fragment"
    ]


def memory_is_bounded_and_free_of_evidence(tree: Tree) -> list[str]:
    """A function that keeps its results has a bound and takes no evidence; a value without arguments is one result."""
    found = []
    for path, _, syntax in parsed(tree, *MAY_IMPORT):
        for function in (node for node in syntax.body if isinstance(node, ast.FunctionDef)):
            given = ast.unparse(function.args)
            for decorator in function.decorator_list:
                name = dotted(decorator.func if isinstance(decorator, ast.Call) else decorator).split(".")[-1]
                if name not in {"cache", "lru_cache"} or not given:
                    continue
                place = f"{path}:{function.lineno}: {function.name}"
                if name == "cache" or _unbounded(decorator):
                    found.append(f"{place} keeps results without a bound")
                if re.search(r"\b(Evidence|DataFrame)\b", given):
                    found.append(f"{place} keeps what depends on the evidence; that is for a snapshot")
    return found


def modules_are_short(tree: Tree) -> list[str]:
    """No file of code is longer than 400 lines."""
    lengths = {path: len(text.splitlines()) for path, text in tree.items()}
    return [f"{path}: {lines} lines, at most {MOST_LINES}" for path, lines in lengths.items() if lines > MOST_LINES]


def packages_are_small(tree: Tree) -> list[str]:
    """No folder has more than 15 modules side by side."""
    inside: dict[str, list[str]] = {}
    for path in sorted(tree):
        folder, _, name = path.rpartition("/")
        if name != "__init__.py" and not GROWING.fullmatch(folder):
            inside.setdefault(folder, []).append(path)
    return [
        f"{paths[-1]}: one of {len(paths)} modules side by side, at most {MOST_MODULES}"
        for paths in inside.values()
        if len(paths) > MOST_MODULES
    ]


def names_say_what_is_inside(tree: Tree) -> list[str]:
    """No file or folder collects what has no place."""
    return [f"{path}: a name that says nothing" for path in tree if NAMELESS & set(re.split(r"[/.]", path))]


def tests_assert(tree: Tree) -> list[str]:
    """Each test states what it expects."""
    return [f"{path}:{test.lineno}: {test.name} expects nothing" for path, test in _tests(tree) if not _expects(test)]


def tests_never_sleep(tree: Tree) -> list[str]:
    """A test waits for something, never for a while."""
    return [
        f"{path}:{call.lineno}: {test.name} sleeps"
        for path, test in _tests(tree)
        for call, name in calls(test)
        if name.split(".")[-1] in {"sleep", "wait_for_timeout"}
    ]


RULES: tuple[Rule, ...] = (
    dependencies_point_one_way,
    indicators_and_api_know_no_interface,
    drawing_is_free_of_streamlit,
    indicators_stay_off_the_network,
    indicators_have_no_clock,
    indicators_draw_no_unseeded_numbers,
    one_module_reads_the_data,
    one_module_reads_the_environment,
    nothing_caches_for_streamlit,
    one_module_writes_links,
    parts_run_alone_in_one_way,
    memory_is_bounded_and_free_of_evidence,
    modules_are_short,
    packages_are_small,
    names_say_what_is_inside,
    tests_assert,
    tests_never_sleep,
)


def _banned(tree: Tree, layers: tuple[str, ...], banned: set[str]) -> list[str]:
    return [
        f"{path}:{line}: imports {name}"
        for path, _, syntax in parsed(tree, *layers)
        for line, name in imports(syntax, set())
        if any(f"{name}.".startswith(f"{module}.") for module in banned)
    ]


def _unbounded(decorator: ast.expr) -> bool:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return any(isinstance(keyword.value, ast.Constant) and keyword.value.value is None for keyword in keywords)


def _names_data(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and re.fullmatch(r"data(/.*)?", str(node.value)) is not None


def _tests(tree: Tree) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, _, syntax in parsed(tree, "outside"):
        if Path(path).name.startswith("test_"):
            for node in ast.walk(syntax):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield path, node


def _expects(test: ast.FunctionDef) -> bool:
    asserts = any(isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant) for node in ast.walk(test))
    checks = {name.split(".")[-1] for _, name in calls(test)}
    return asserts or any(name in {"raises", "warns", "expect"} or name.startswith("assert_") for name in checks)
