"""Rules of the code that no other tool checks, each for a fault that it keeps out."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "nnplayground"
FORKING = {"multiprocessing", "concurrent.futures.process", "billiard", "joblib"}
WALL_CLOCKS = {
    "time.time",
    "time.time_ns",
    "datetime.now",
    "datetime.today",
    "QDateTime.currentDateTime",
    "QTime.currentTime",
}


def places(is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    """Where in the package something stands that it should not."""
    return [f"{name}:{getattr(node, 'lineno', 0)}" for name, node in nodes() if is_wrong(node)]


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """All calls, imports and with blocks of the package, with the file they stand in."""
    trees = {f.relative_to(PACKAGE).as_posix(): ast.parse(f.read_text("utf-8")) for f in sorted(PACKAGE.rglob("*.py"))}
    kinds = (ast.Call, ast.Import, ast.ImportFrom, ast.With)
    return [(name, node) for name, tree in trees.items() for node in ast.walk(tree) if isinstance(node, kinds)]


def called(node: ast.AST) -> str:
    """The name that is called, as "time.sleep"; empty for anything else."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    match node:
        case ast.Name(id):
            return id
        case ast.Attribute(value, attr):
            return f"{dotted(value)}.{attr}"
    return ""


def imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names):
            return {alias.name for alias in names}
        case ast.ImportFrom(module=str(module)):
            return {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return set()


def test_t16_durations_are_measured_on_a_clock_that_nobody_sets():
    # How old a file is that somebody left behind is told by the clock that wrote its date.
    assert [p for p in places(lambda n: called(n) in WALL_CLOCKS) if not p.startswith("storage/atomic.py")] == []
    assert len(places(lambda n: called(n) in ("time.perf_counter", "time.monotonic"))) > 10


def test_t18_only_one_place_shares_the_processor():
    knobs = ("sys.setswitchinterval", "threadpool_limits")
    found = places(lambda n: called(n) in knobs)
    assert found
    assert all(place.startswith("training/threads.py") for place in found)


def test_t19_no_process_is_forked():
    assert places(lambda n: bool(imported(n) & FORKING) or called(n) in ("os.fork", "os.forkpty", "os.popen")) == []


def test_g08_nothing_needs_opengl():
    assert places(lambda n: any("OpenGL" in name for name in imported(n)) or "OpenGL" in called(n)) == []


def test_k07_every_painter_is_closed_whatever_happens():
    managed = {id(item.context_expr) for _, node in nodes() if isinstance(node, ast.With) for item in node.items}
    painters = [(name, node) for name, node in nodes() if called(node) == "QPainter"]
    assert len(painters) > 20
    assert [f"{name}:{node.lineno}" for name, node in painters if id(node) not in managed] == []


CLOCKS = {"time.perf_counter", "time.monotonic", "time.time", "perf_counter", "monotonic"}
SLACK = 5
"""Seconds that a test may take at least if it asserts how long something took: others use the machine as well."""


def test_p12_no_test_fails_because_the_machine_is_busy():
    hasty, asked = [], 0
    for file in sorted(Path(__file__).parent.rglob("test_*.py")):
        if file.parent.name == "benchmarks":
            continue
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            timed = {
                target.id
                for node in ast.walk(function)
                if isinstance(node, ast.Assign) and _reads_clock(node.value)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                if isinstance(node, ast.Assert) and (_reads_clock(node) or _names(node) & timed):
                    asked += 1
                    bounds = [c.value for c in ast.walk(node) if isinstance(c, ast.Constant)]
                    numbers = [b for b in bounds if isinstance(b, int | float) and not isinstance(b, bool)]
                    if not numbers or max(numbers) < SLACK:
                        hasty.append(f"{file.name}:{node.lineno}")
    assert asked > 0 and hasty == []


def _reads_clock(node: ast.AST) -> bool:
    return any(called(inner) in CLOCKS for inner in ast.walk(node))


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
