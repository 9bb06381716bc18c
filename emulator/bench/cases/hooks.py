"""What a user adds to a record in Python: values of its commands, and a judgement of its answers.

A file stands beside the records, named after the use case: `XCS01.py`, or `0900.py` by code. It
defines one or more of

    def values(case): ...              # gives a mapping of value names to values
    def judge(command, response): ...  # gives why the answer is wrong; nothing where it is right
    def operator(case): ...            # gives what somebody is to look at: "Does it show Reset?"
"""

import runpy
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any, Final

from emulator.bench.cases.cases import Case
from emulator.gbcs.envelope import Message
from emulator.gbcs.use_cases.catalogue import known_use_case, named_use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import LabError, UsageError

_FUNCTIONS: Final = {"values": 1, "judge": 2, "operator": 1}
"""What a file may define, and how many arguments each takes."""
NAMELESS: Final = "no use case is called"
"""How it is told that a file is about nothing."""


class HookError(LabError):
    """A user's hook did not come to an end, or gave what it must not."""


@dataclass(frozen=True, slots=True)
class Hook:
    """What one file adds.

    Args:
        path: of the file.
        functions: what it defines, by name.
    """

    path: Path
    functions: Mapping[str, Callable[..., Any]]

    def values(self, case: Case) -> Mapping[str, object]:
        """The values that the user gives a command of a case; those not named stay as they are.

        Raises:
            HookError: when the function fails, or gives no mapping by name.
        """
        given = self._called("values", case)
        if given is None:
            return {}
        if not isinstance(given, Mapping) or not all(isinstance(each, str) for each in given):
            raise HookError(f"{self.path}: values() gave {given!r}, expected values by name")
        return given

    def judge(self, command: Message, response: Message) -> str:
        """Why the user holds an answer for wrong; empty where it is right.

        Raises:
            HookError: when the function fails, or gives no text.
        """
        found = self._called("judge", command, response)
        if found is None or isinstance(found, str):
            return found or ""
        raise HookError(f"{self.path}: judge() gave {found!r}, expected text or None")

    def question(self, case: Case) -> str:
        """What the operator is to look at after a case that went well; empty where nothing.

        Raises:
            HookError: when the function fails, or gives no text.
        """
        words = self._called("operator", case)
        if words is None or isinstance(words, str):
            return words or ""
        raise HookError(f"{self.path}: operator() gave {words!r}, expected text or None")

    def _called(self, name: str, *arguments: object) -> object:
        function = self.functions.get(name)
        if function is None:
            return None
        try:
            with redirect_stdout(sys.stderr):  # stdout is the document of --json
                return function(*arguments)
        except (Exception, SystemExit) as fault:
            line = _line(fault, self.path)
            told = f"{type(fault).__name__}: {fault}"
            raise HookError(f"{self.path}:{line}: {name}(): {told}") from fault


_HOOKS: Final[ContextVar[Mapping[int, Hook] | None]] = ContextVar("hooks", default=None)


def hook_of(use_case: UseCase) -> Hook | None:
    """What a user adds to a use case; None where nothing."""
    hooks = _HOOKS.get()
    return None if hooks is None else hooks.get(use_case.code)


@contextmanager
def hooked(hooks: Mapping[int, Hook]) -> Iterator[None]:
    """While inside, these hooks count, by message code."""
    token = _HOOKS.set(hooks)
    try:
        yield
    finally:
        _HOOKS.reset(token)


def read_hooks(folder: Path) -> Mapping[int, Hook]:
    """The hooks in the files `*.py` of a folder, by message code.

    Raises:
        UsageError: with every mistake of the files, each with file, line and reason.
    """
    hooks: dict[int, Hook] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.py")):
        about = _named(path.stem)
        if not about:
            problems.append(f"{path}:1: {NAMELESS} {path.stem!r}")
            continue
        try:
            hook = _read(path)
        except UsageError as refusal:
            problems += refusal.problems
            continue
        hooks |= {each.code: hook for each in about}
    if problems:
        raise UsageError(*problems)
    return hooks


def _named(name: str) -> Sequence[UseCase]:
    try:
        known = known_use_case(int(name, 16)) if len(name) == 4 else None
    except ValueError:
        known = None
    return named_use_cases(name) if known is None else (known,)


def _read(path: Path) -> Hook:
    try:
        with redirect_stdout(sys.stderr):
            defined = runpy.run_path(str(path))
    except SyntaxError as fault:
        raise UsageError(f"{path}:{fault.lineno}: {fault.msg}") from fault
    except (Exception, SystemExit) as fault:
        told = f"{type(fault).__name__}: {fault}"
        raise UsageError(f"{path}:{_line(fault, path)}: {told}") from fault
    functions = {name: defined[name] for name in _FUNCTIONS if callable(defined.get(name))}
    if not functions:
        wanted = "values(case), judge(command, response), operator(case)"
        raise UsageError(f"{path}:1: expected {wanted}")
    taken = {name: _taken(each) for name, each in functions.items()}
    wrong = [
        f"{path}:{line}: {name}() takes {count} arguments, expected {_FUNCTIONS[name]}"
        for name, (line, count) in taken.items()
        if count not in (None, _FUNCTIONS[name])
    ]
    if wrong:
        raise UsageError(*wrong)
    return Hook(path, functions)


def _taken(function: Callable[..., Any]) -> tuple[int, int | None]:
    """The line of a function and how many arguments it takes; 1 and None where neither is told."""
    line = function.__code__.co_firstlineno if isinstance(function, FunctionType) else 1
    try:
        taken = signature(function).parameters.values()
    except ValueError:
        return line, None
    return line, None if any(each.kind is each.VAR_POSITIONAL for each in taken) else len(taken)


def _line(fault: BaseException, path: Path) -> int:
    """The last line of a file that a fault came through."""
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [each.lineno or 1 for each in frames if Path(each.filename) == path]
    return lines[-1] if lines else 1
