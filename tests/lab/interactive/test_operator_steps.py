"""Steps by hand: a person with a time limit, a command of the user's, and questions before harm."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.interactive.operator_steps import (
    AskedCommand,
    AskedPerson,
    confirmed,
    read_operator,
)


@dataclass(frozen=True)
class Power:
    action: str = "power-cycle"
    device: str = "meter"
    words: str = "take its power"


@pytest.fixture
def typed() -> Iterator[tuple[TextIO, int]]:
    """What a person types, and the descriptor to type it into."""
    read, write = os.pipe()
    with os.fdopen(read) as source:
        yield source, write
    os.close(write)


@pytest.mark.parametrize(("line", "answer"), [("\n", ""), ("yes\n", "yes"), ("skip\n", None)])
def test_a_person_answers_or_skips(
    typed: tuple[TextIO, int], line: str, answer: str | None
) -> None:
    told: list[str] = []
    os.write(typed[1], line.encode())

    assert AskedPerson(told.append, typed[0], 5).do(Power()) == answer
    assert told[0].startswith("meter: take its power [Enter when done")


def test_a_person_who_is_too_slow_has_not_done_it(typed: tuple[TextIO, int]) -> None:
    told: list[str] = []

    assert AskedPerson(told.append, typed[0], 0.01).do(Power()) is None
    assert told[-1] == "meter: not done in 0 s"


def test_a_command_is_told_what_to_do_and_what_it_prints_is_the_answer() -> None:
    told = AskedCommand((sys.executable, "-c", "import sys; print(sys.argv[1:])")).do(Power())

    assert told == "['power-cycle', 'meter', 'take its power']"


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "import time; time.sleep(9)"])
def test_a_command_that_fails_or_is_too_slow_has_not_done_it(code: str) -> None:
    assert AskedCommand((sys.executable, "-c", code), 1).do(Power()) is None


def test_a_command_that_is_not_there_is_a_fault_of_the_surroundings() -> None:
    with pytest.raises(EnvironmentFault, match="no-such-program"):
        AskedCommand(("no-such-program",)).do(Power())


def test_an_operator_is_a_command_with_words() -> None:
    assert read_operator("command psu --channel '1 a'") == ("psu", "--channel", "1 a")
    for wrong in ("", "person", "command", "command 'x"):
        with pytest.raises(UsageError, match="operator"):
            read_operator(wrong)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("line", "agrees"), [("y\n", True), ("\n", False), ("no\n", False)])
def test_somebody_at_a_terminal_is_asked(
    line: str, agrees: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert confirmed("go on?", yes=False, source=Terminal(line), lines=("ECS43",)) is agrees
    assert capsys.readouterr().err == "ECS43\ngo on? [y/N] "


def test_nobody_is_asked_who_said_yes_and_without_a_terminal_it_has_to_be_said() -> None:
    assert confirmed("go on?", yes=True, source=StringIO())
    with pytest.raises(UsageError, match="say --yes"):
        confirmed("go on?", yes=False, source=StringIO())
