"""What is read of event logs, and which can be cleared (ZSE 1.4 Annex D)."""

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import START, Calendar, later, seconds
from emulator.smart_energy.home.event_server import EventServer, ToClient, ToServer
from emulator.smart_energy.primitives import LogEvent
from emulator.smart_energy.settings import EventLogSettings
from emulator.testing.stack.tunnel_bench import DEVICE, ENDPOINT, came
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.payloads.events import GetEventLog, PublishEventLog
from emulator.zcl.primitives import Side, ZclCommandRequest
from emulator.zigbee.addresses import Endpoint

OTHER = Endpoint(1)
CALENDAR = Calendar(datetime(2000, 1, 1, 0, 0, 10, tzinfo=UTC))
"""The first second of a run is the tenth of the epoch."""
END_OF_TIME = 0xFFFFFFFF


def empty(settings: EventLogSettings | None = None) -> EventServer:
    return EventServer((OTHER, ENDPOINT), settings or EventLogSettings(), CALENDAR, count(1))


def log(server: EventServer, *events: LogEvent) -> EventServer:
    """Each event a second after the one before."""
    for after, event in enumerate(events):
        server.handle(event, later(START, seconds(after)))
    return server


def ask(
    server: EventServer, command: int, payload: bytes, endpoint: Endpoint = ENDPOINT
) -> list[ZclCommandRequest]:
    event = came(DEVICE, EVENTS.id, command, payload, Side.SERVER, endpoint=endpoint)
    return list(server.handle(event, START))


def request(**asked: int) -> GetEventLog:
    """Of everything, but for what is `asked`."""
    everything = {
        "event_control_and_log_id": 0x10,
        "event_id": 0,
        "start_time": 0,
        "end_time": END_OF_TIME,
        "number_of_events": 0,
        "event_offset": 0,
    }
    return GetEventLog(**{**everything, **asked})


def read(
    server: EventServer, asked: GetEventLog | None = None, endpoint: Endpoint = ENDPOINT
) -> list[PublishEventLog]:
    payload = (asked or request()).encode()
    answers = ask(server, ToServer.GET_EVENT_LOG, payload, endpoint)
    assert all(each.command == ToClient.PUBLISH_EVENT_LOG for each in answers)
    return [PublishEventLog.decode(each.payload) for each in answers]


def found(server: EventServer, **asked: int) -> list[int]:
    return [event.event_id for part in read(server, request(**asked)) for event in part.events]


def test_logged_event_is_published() -> None:
    server = log(empty(), LogEvent(3, 0x8154, bytes.fromhex("02006B")))
    # all of log 3, any event, from 0, to the end of time, any number, from the first
    asked = bytes.fromhex("13 0000 00000000 FFFFFFFF 00 0000")

    (answer,) = ask(server, ToServer.GET_EVENT_LOG, asked)

    # one matches; command 0 of 1, with one event; log, event, time, data
    assert answer.payload == bytes.fromhex("0100 00 01 10" + "03 5481 0A000000 03 02006B")
    assert (answer.command, answer.to_side, answer.sequence) == (0x01, Side.CLIENT, 1)


def test_least_information_leaves_the_data_out() -> None:
    server = log(empty(), LogEvent(3, 0x8154, b"data"))

    (part,) = read(server, request(event_control_and_log_id=0x03))

    assert [(each.event_id, each.event_data) for each in part.events] == [(0x8154, b"")]


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ({}, [4, 3, 2, 1]),
        ({"event_control_and_log_id": 0x13}, [3, 1]),
        ({"event_id": 2}, [2]),
        ({"start_time": 11, "end_time": 13}, [3, 2]),
        ({"number_of_events": 2}, [4, 3]),
        ({"event_offset": 1, "number_of_events": 2}, [3, 2]),
        ({"event_offset": 3}, [1]),
    ],
)
def test_events_are_chosen_newest_first(asked: dict[str, int], events: list[int]) -> None:
    server = log(empty(), LogEvent(3, 1), LogEvent(4, 2), LogEvent(3, 3), LogEvent(4, 4))

    assert found(server, **asked) == events


def test_number_of_matching_events_counts_those_left_out_by_offset_and_number() -> None:
    server = log(empty(), *(LogEvent(3, each) for each in (1, 2, 3)))

    (part,) = read(server, request(event_offset=1, number_of_events=1))

    assert (part.total_number_of_matching_events, len(part.events)) == (3, 1)


@pytest.mark.parametrize("asked", ["13 0200", "15 0000"])
def test_nothing_that_matches_is_not_found(asked: str) -> None:
    server = log(empty(), LogEvent(3, 1))
    rest = "00000000 FFFFFFFF 00 0000"

    (answer,) = ask(server, ToServer.GET_EVENT_LOG, bytes.fromhex(f"{asked} {rest}"))

    # default response: command, NOT_FOUND
    assert (answer.general, answer.payload) == (True, bytes.fromhex("00 8B"))


@pytest.mark.parametrize("command", list(ToServer))
def test_command_that_is_cut_short_is_malformed(command: ToServer) -> None:
    (answer,) = ask(empty(), command, b"")

    assert (answer.general, answer.payload) == (True, bytes((command, 0x80)))


def test_long_log_goes_in_several_commands() -> None:
    server = log(
        empty(EventLogSettings(octets=24)),
        LogEvent(3, 1, bytes(8)),
        LogEvent(3, 2, bytes(8)),
        LogEvent(3, 3, bytes(100)),
        LogEvent(3, 4),
        LogEvent(3, 5, bytes(8)),
    )

    parts = read(server)

    assert [[each.event_id for each in part.events] for part in parts] == [[5, 4], [3], [2], [1]]
    assert [(part.command_index, part.total_commands) for part in parts] == [
        (0, 4),
        (1, 4),
        (2, 4),
        (3, 4),
    ]
    assert [part.log_payload_control for part in parts] == [0x20, 0x10, 0x10, 0x10]


def test_one_command_has_no_more_events_than_four_bits_count() -> None:
    server = log(empty(EventLogSettings(octets=1000)), *(LogEvent(3, 1) for _ in range(16)))

    assert [len(part.events) for part in read(server)] == [15, 1]


def test_full_log_forgets_its_oldest_event_and_no_other_logs() -> None:
    settings = EventLogSettings(entries=2)

    server = log(empty(settings), LogEvent(4, 9), *(LogEvent(3, each) for each in (1, 2, 3)))

    assert found(server) == [3, 2, 9]


def test_event_of_one_endpoint_is_in_its_logs_alone() -> None:
    server = log(empty(), LogEvent(3, 1), LogEvent(3, 2, endpoint=OTHER))

    assert found(server) == [1]
    assert [each.event_id for part in read(server, endpoint=OTHER) for each in part.events] == [
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("asked", "cleared", "left"),
    [
        ("03", "08", [7, 4]),
        # every log: 1, 2, 3, 5 and 6 were, the security logs 4 and 7 were not
        ("00", "6E", [7, 4]),
        ("04", "00", [7, 4, 3]),
        ("07", "00", [7, 4, 3]),
        ("09", "00", [7, 4, 3]),
    ],
)
def test_security_logs_are_never_cleared(asked: str, cleared: str, left: list[int]) -> None:
    server = log(empty(), LogEvent(3, 3), LogEvent(4, 4), LogEvent(7, 7))

    (answer,) = ask(server, ToServer.CLEAR_EVENT_LOG, bytes.fromhex(asked))

    assert answer.command == ToClient.CLEAR_EVENT_LOG_RESPONSE
    assert answer.payload == bytes.fromhex(cleared)
    assert found(server) == left


def test_clearing_at_one_endpoint_leaves_the_other() -> None:
    server = log(empty(), LogEvent(3, 1))

    ask(server, ToServer.CLEAR_EVENT_LOG, b"\x03", OTHER)

    assert found(server) == [1]


@pytest.mark.parametrize(
    "event",
    [
        came(DEVICE, EVENTS.id, 0, b"", Side.SERVER, endpoint=Endpoint(9)),
        came(DEVICE, EVENTS.id, 0, b"", Side.CLIENT),
        came(DEVICE, EVENTS.id, 7, b"", Side.SERVER),
        came(DEVICE, 0x0708, 0, b"", Side.SERVER),
    ],
)
def test_what_is_for_others_is_left_to_them(event: Any) -> None:
    assert not empty().handle(event, START)
    assert not empty().wake(START)


def test_longest_data_is_published_whole() -> None:
    server = log(empty(), LogEvent(3, 1, bytes(254)))

    assert [len(each.event_data) for part in read(server) for each in part.events] == [254]


def test_logs_survive_a_power_cycle() -> None:
    server = log(empty(), LogEvent(3, 1, b"data"), LogEvent(4, 2, endpoint=OTHER))
    restored = empty()

    restored.restore(json.loads(json.dumps(server.snapshot())))

    assert read(restored) == read(server)
    assert read(restored, endpoint=OTHER) == read(server, endpoint=OTHER)
