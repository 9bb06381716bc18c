"""A process that is killed while it changes the inventory leaves one that tells the truth."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.streams import Streams
from emulator.testing.scenes.inventory_scene import ESME, HOME, commissioned_home, status

ROOT = Path(__file__).resolve().parents[3]
HOMES = 1_000_000
"""Homes a process has for itself; sixteen ids a home."""

Said = list[tuple[str, int]]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/smi.db"


@pytest.fixture
def victims(url: str) -> Iterator[subprocess.Popen[str]]:
    """A process that starts another for each number it is given."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.dcc.inventory.crash_child", url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize(
    "kills", [pytest.param(10, id="ten"), pytest.param(200, marks=pytest.mark.slow, id="many")]
)
def test_no_status_without_a_response_after_a_kill_at_any_moment(
    kills: int, url: str, victims: subprocess.Popen[str]
) -> None:
    chance = Streams(4).stream("inventory", "kills")
    committed = 0

    for number in range(kills):
        first = 1 + number * HOMES
        said = _kill_one(victims, first, after=chance.integer(0, 60))

        committed += _check(url, said, first)

    assert committed > kills


def _kill_one(victims: subprocess.Popen[str], first: int, after: int) -> Said:
    """All that a process said which was killed some time after so many lines."""
    assert victims.stdin is not None
    assert victims.stdout is not None
    victims.stdin.write(f"{first}\n")
    victims.stdin.flush()
    said = [_next(victims.stdout) for _ in range(1 + after)]
    os.kill(said[0][1], signal.SIGKILL)
    while said[-1][0] != "ended":
        said.append(_next(victims.stdout))
    return said


def _next(lines: IO[str]) -> tuple[str, int]:
    word, number = lines.readline().split()
    return word, int(number)


def _check(url: str, said: Said, first: int) -> int:
    """Compare the inventory with what the process said; how many devices were commissioned."""
    answered = {device for word, device in said if word == "response"}
    certain = {device for word, device in said if word == "committed" and device % 16}
    with Inventory.open(url) as inventory:
        ours = [each for each in inventory.snapshot() if each.device >= first * 16]
        commissioned = {each.device for each in ours if each.status is SmiStatus.COMMISSIONED}
        assert certain <= commissioned <= answered
        for each in ours:
            history = inventory.history(each.device)
            assert history[-1].after is each.status
            assert [line.after for line in history[:-1]] == [line.before for line in history[1:]]
    return len(commissioned)


def test_a_kill_while_the_database_is_made_leaves_one_that_opens(
    url: str, victims: subprocess.Popen[str], tmp_path: Path
) -> None:
    chance = Streams(5).stream("inventory", "kills")

    for number in range(10):
        for path in tmp_path.glob("smi.db*"):
            path.unlink()
        first = 1 + number * HOMES
        said = _kill_one(victims, first, after=chance.integer(0, 1))

        _check(url, said, first)


def test_two_programs_may_change_one_inventory(url: str, victims: subprocess.Popen[str]) -> None:
    assert victims.stdin is not None
    assert victims.stdout is not None
    victims.stdin.write("1\n")
    victims.stdin.flush()
    said = [_next(victims.stdout) for _ in range(20)]

    with Inventory.open(url) as inventory:
        commissioned_home(inventory)
        said += [_next(victims.stdout) for _ in range(20)]
        os.kill(said[0][1], signal.SIGKILL)

        assert status(inventory, ESME) is SmiStatus.COMMISSIONED
        assert len(inventory.snapshot()) > len(HOME)
