"""Scenario files: found by path or by name, and read without running them.

A scenario is a Python file with a docstring, whose first line is its title, and `run(lab)`. It may
say where its rules stand, `SOURCES = (Source("ZSE 1.4", "5.5.5.1"),)`, what it is about,
`TAGS = ("commissioning",)`, which service it emulates, `SERVICE_MODE = "han_only"`, and which
shipment it uses when a run names none, `SHIPMENT = "dual-fuel.csv"`.
"""

import ast
import hashlib
import importlib.util
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, get_args

import emulator
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import ServiceMode, Source

INSTALLED: Final = Path(emulator.__file__).resolve().parent.parent / "scenarios"
"""The scenarios that come with hanlab, beside its packages."""
SHIPMENTS: Final = "shipments"
"""The folder of installed scenarios that holds shipment files."""
USUAL_HOME: Final = INSTALLED / SHIPMENTS / "dual-fuel.csv"
"""The shipment file of somebody who names none."""


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario as its file describes it."""

    name: str
    path: Path
    title: str
    sha256: str
    sources: tuple[Source, ...] = ()
    tags: tuple[str, ...] = ()
    service_mode: ServiceMode = "han_only"
    shipment: str = ""

    def shipment_path(self) -> Path | None:
        """The shipment file it uses when a run names none: beside it, or an installed one."""
        if not self.shipment:
            return None
        beside = self.path.parent / self.shipment
        return beside if beside.exists() else INSTALLED / SHIPMENTS / self.shipment


def installed_names(folder: Path = INSTALLED) -> tuple[str, ...]:
    """The names of every scenario in a folder: paths without `.py`, sorted."""
    return tuple(
        sorted(
            path.relative_to(folder).with_suffix("").as_posix()
            for path in folder.rglob("*.py")
            if not path.name.startswith("_")
        )
    )


def find_scenario(text: str, folder: Path = INSTALLED) -> ScenarioFile:
    """The scenario a person named: a path, an installed name, or the unique last part of one.

    Raises:
        UsageError: when there is none, more than one, or its file is no scenario.
    """
    path = Path(text)
    if path.suffix == ".py" or path.is_file():
        return read_scenario(path, path.stem)
    known = installed_names(folder)
    found = [name for name in known if text in (name, name.rpartition("/")[2])]
    if len(found) == 1:
        return read_scenario(folder / f"{found[0]}.py", found[0])
    if found:
        raise UsageError(f"scenario {text}: expected one of {', '.join(found)}")
    ends = {name.rpartition("/")[2]: name for name in known}
    near = [ends.get(name, name) for name in get_close_matches(text, (*known, *ends))]
    hint = f": did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    raise UsageError(f"no scenario named {text!r}{hint} (hanlab list scenarios names them all)")


def read_scenario(path: Path, name: str) -> ScenarioFile:
    """What a scenario's file says of itself; nothing of it is run.

    Raises:
        UsageError: when it cannot be read, is no Python, or is no scenario; with file and line.
    """
    try:
        octets = path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(f"{path}: {reason}: expected a scenario file") from fault
    module = _parsed(path, octets)
    _check_run(path, module)
    constants = _Constants(path, module)
    docstring = ast.get_docstring(module)
    if not docstring:
        raise UsageError(f"{path}:1: no docstring: expected one, its first line is the title")
    return ScenarioFile(
        name=name,
        path=path,
        title=docstring.splitlines()[0].rstrip("."),
        sha256=hashlib.sha256(octets).hexdigest(),
        sources=constants.sources(),
        tags=constants.texts("TAGS"),
        service_mode=constants.service_mode(),
        shipment=constants.text("SHIPMENT"),
    )


def load_scenario(scenario: ScenarioFile) -> Callable[[Any], object]:
    """The `run` of a scenario; its file's top level is run for it.

    Raises:
        UsageError: when the top level fails; with the line of the scenario that it came from.
    """
    # Dataclasses and pickles look their module up by name; the prefix keeps clear of packages.
    name = f"hanlab_scenario_{scenario.path.stem}"
    spec = importlib.util.spec_from_file_location(name, scenario.path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{scenario.path}: expected a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as fault:
        line = _line_in(scenario.path, fault)
        told = f"{type(fault).__name__}: {fault}"
        raise UsageError(f"{scenario.path}:{line}: {told}: expected a file that loads") from fault
    run: Callable[[Any], object] = module.run
    return run


def _parsed(path: Path, octets: bytes) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python finds doubtful is no reason to refuse
            return ast.parse(octets, str(path))
    except SyntaxError as fault:
        raise UsageError(f"{path}:{fault.lineno or 1}: {fault.msg}: expected Python") from fault
    except (ValueError, RecursionError, MemoryError) as fault:
        raise UsageError(f"{path}:1: {type(fault).__name__} {fault}: expected Python") from fault


def _check_run(path: Path, module: ast.Module) -> None:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == "run":
            count = len(node.args.posonlyargs) + len(node.args.args)
            if count == 1:
                return
            raise UsageError(
                f"{path}:{node.lineno}: run takes {count} arguments: expected def run(lab)"
            )
    raise UsageError(f"{path}:1: no run: expected def run(lab) in a scenario")


def _line_in(path: Path, fault: BaseException) -> int:
    """The deepest line of `path` that a fault came through."""
    lines = [
        frame.lineno or 1
        for frame in traceback.extract_tb(fault.__traceback__)
        if frame.filename == str(path)
    ]
    return lines[-1] if lines else 1


class _Constants:
    """The constants a scenario declares; literals, so that reading them runs nothing."""

    def __init__(self, path: Path, module: ast.Module) -> None:
        self._path = path
        self._nodes = dict(_assigned(module))

    def text(self, name: str) -> str:
        node = self._nodes.get(name)
        value = _literal(node)
        if node is not None and not isinstance(value, str):
            raise self._refusal(node, name, 'a text, "..."')
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        node = self._nodes.get(name)
        if node is None:
            return ()
        value = _literal(node)
        if not isinstance(value, tuple | list) or not all(isinstance(v, str) for v in value):
            raise self._refusal(node, name, 'a tuple of texts, ("...",)')
        return tuple(value)

    def service_mode(self) -> ServiceMode:
        node = self._nodes.get("SERVICE_MODE")
        if node is None:
            return "han_only"
        value = _literal(node)
        for mode in _modes():
            if value == mode:
                return mode
        raise self._refusal(node, "SERVICE_MODE", f"one of {', '.join(_modes())}")

    def sources(self) -> tuple[Source, ...]:
        node = self._nodes.get("SOURCES")
        if node is None:
            return ()
        if not isinstance(node, ast.Tuple | ast.List):
            raise self._refusal(node, "SOURCES", "a tuple of Source(document, clause)")
        return tuple(self._source(each) for each in node.elts)

    def _source(self, node: ast.expr) -> Source:
        texts: list[Any] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Source":
            named = {each.arg: each.value for each in node.keywords}
            parts = [*node.args, *(named[key] for key in ("document", "clause") if key in named)]
            texts = [_literal(part) for part in parts]
        if len(texts) != 2 or not all(isinstance(text, str) for text in texts):
            raise self._refusal(node, "SOURCES", 'each to be Source("document", "clause")')
        return Source(*texts)

    def _refusal(self, node: ast.expr, name: str, expected: str) -> UsageError:
        return UsageError(f"{self._path}:{node.lineno}: {name}: expected {expected}")


def _assigned(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case _:
                pass


def _literal(node: ast.expr | None) -> Any:
    try:
        return None if node is None else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _modes() -> tuple[ServiceMode, ...]:
    modes: tuple[ServiceMode, ...] = get_args(ServiceMode)
    return modes
