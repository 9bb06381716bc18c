"""One command waits for each topic, and survives being saved."""

from dataclasses import replace

import pytest

from emulator.gbcs_device.gbz.state.waiting import WaitingCommand, WaitingCommands
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

TARIFF = WaitingCommand(
    due=900,
    message_code=0x006B,
    counter=1005,
    originator=Eui64(0x90B3D51F30010000),
    cluster=0x0700,
    frame_control=0x09,
    command=0x04,
    topic=0,
    payload=b"\x01",
)


def waiting(*commands: WaitingCommand) -> WaitingCommands:
    """These commands, waiting."""
    made = WaitingCommands()
    for each in commands:
        made.put(each)
    return made


def test_a_later_command_on_a_topic_takes_the_place() -> None:
    later = replace(TARIFF, due=950, counter=1006)

    assert waiting(TARIFF, later).commands == (later,)


@pytest.mark.parametrize(
    "other", [replace(TARIFF, cluster=1), replace(TARIFF, command=1), replace(TARIFF, topic=1)]
)
def test_commands_on_other_topics_wait_beside_it(other: WaitingCommand) -> None:
    assert waiting(TARIFF, other).commands == (TARIFF, other)


def test_a_withdrawn_command_waits_no_longer() -> None:
    made = waiting(TARIFF)

    made.withdraw(0x0700, 0x04, 0)

    assert made.commands == ()


def test_a_command_is_taken_once() -> None:
    made = waiting(TARIFF)

    assert not made.take(replace(TARIFF, counter=1))
    assert made.take(TARIFF)
    assert not made.take(TARIFF)


def test_saved_commands_come_back() -> None:
    made, again = waiting(TARIFF, replace(TARIFF, topic=3)), WaitingCommands()

    again.restore({"waiting": made.snapshot()}, "waiting")

    assert again.commands == made.commands


def test_a_saved_command_without_date_is_refused() -> None:
    with pytest.raises(LocalError, match="due"):
        WaitingCommands().restore({"waiting": [{"topic": 1}]}, "waiting")
