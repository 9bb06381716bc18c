"""Events are found by log, kind and period; configurations by event and group."""

from dataclasses import replace

import pytest

from emulator.gbcs_device.gbz.state.event_logs import (
    GENERAL_LOG,
    SECURITY_LOG,
    EventConfigurations,
    EventLogs,
)
from emulator.kernel.errors import LocalError
from emulator.zcl.payloads.events import GetEventLog, LoggedEvent

ASKED = GetEventLog(
    event_control_and_log_id=0x10 | GENERAL_LOG,
    event_id=0,
    start_time=100,
    end_time=200,
    number_of_events=0,
    event_offset=0,
)


def event(time: int, log: int = GENERAL_LOG, event_id: int = 0x8154) -> LoggedEvent:
    """An event of a log."""
    return LoggedEvent(log_id=log, event_id=event_id, event_time=time, event_data=b"")


def logs(*events: LoggedEvent, most: int = 100) -> EventLogs:
    """Logs with these events."""
    made = EventLogs(most)
    for each in events:
        made.add(each)
    return made


def test_events_of_a_log_and_a_period() -> None:
    made = logs(event(99), event(100), event(150, SECURITY_LOG), event(200), event(201))

    assert [each.event_time for each in made.find(ASKED)] == [100, 200]


def test_events_of_one_kind() -> None:
    made = logs(event(100), event(101, event_id=0x8155))

    assert made.find(replace(ASKED, event_id=0x8155)) == (event(101, event_id=0x8155),)


def test_the_oldest_of_a_log_makes_room() -> None:
    made = logs(event(1), event(2, SECURITY_LOG), event(3), event(4), most=2)

    assert [each.event_time for each in made.events] == [2, 3, 4]


def test_only_what_was_found_is_forgotten_and_only_one_log_cleared() -> None:
    made = logs(event(99), event(150), event(150, SECURITY_LOG))

    made.forget(ASKED)
    assert [each.event_time for each in made.events] == [99, 150]
    made.clear(GENERAL_LOG)
    assert [each.log_id for each in made.events] == [SECURITY_LOG]


def test_saved_events_come_back() -> None:
    made, again = logs(event(1), event(2)), EventLogs(100)

    again.restore({"events": made.snapshot()}, "events")

    assert again.events == made.events


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (0x8154, [0x8154]),
        (0x81FF, [0x81A1, 0x8154]),
        (0xFFFF, [0x81A1, 0x8154, 0x8013]),
        (0x82FF, []),
    ],
)
def test_configurations_of_an_event_a_group_or_all(asked: int, found: list[int]) -> None:
    made = EventConfigurations()
    for each in (0x81A1, 0x8154, 0x8013):
        made.set(each, 3)

    assert [each for each, _ in made.group(asked)] == found


def test_one_configuration_is_replaced_by_another() -> None:
    made = EventConfigurations()
    made.set(1, 3)
    made.set(2, 4)

    made.replace(3, 5)

    assert made.configurations == {1: 5, 2: 4}


def test_saved_configurations_come_back() -> None:
    made, again = EventConfigurations(), EventConfigurations()
    made.set(0x8154, 0x0B)

    again.restore({"c": made.snapshot()}, "c")

    assert again.configurations == {0x8154: 0x0B}


@pytest.mark.parametrize("configuration", ["3", -1, 256])
def test_a_configuration_of_more_than_eight_bits_is_refused(configuration: object) -> None:
    with pytest.raises(LocalError, match="8154"):
        EventConfigurations().restore({"c": {str(0x8154): configuration}}, "c")
