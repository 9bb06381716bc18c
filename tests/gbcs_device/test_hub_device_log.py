import json
from dataclasses import astuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.gbcs_device.hub_device_log import (
    CAPACITY,
    HISTORIC_CAPACITY,
    UNKNOWN_TYPE,
    HubDeviceLog,
    LinkStatistics,
    LoggedDevice,
    Registration,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

NETWORK = 0x0001020304050607
METER, DISPLAY = Eui64(0xA0), Eui64(0xA4)
KEY, OTHER_KEY = bytes(range(16)), bytes(16)
DEVICES = st.integers(1, 24).map(Eui64)
KEYS = st.integers(1, 5).map(lambda number: bytes((number,)) * 16)


@pytest.fixture
def log() -> HubDeviceLog:
    return HubDeviceLog(NETWORK)


def test_new_device_has_no_key(log: HubDeviceLog) -> None:
    assert log.register(METER, 0) is Registration.ADDED

    assert log.devices == {METER: LoggedDevice(0, b"")}


def test_device_that_is_logged_keeps_type_and_key(log: HubDeviceLog) -> None:
    log.register(METER, 0)
    log.keyed(METER, KEY)

    assert log.register(METER, 130) is Registration.ALREADY_LOGGED

    assert log.devices == {METER: LoggedDevice(0, KEY)}


def test_sixteen_devices_fill_the_log(log: HubDeviceLog) -> None:
    for number in range(CAPACITY):
        assert log.register(Eui64(number), 0) is Registration.ADDED

    assert log.register(Eui64(99), 0) is Registration.LOG_FULL
    assert len(log.devices) == CAPACITY == 16


def test_removed_device_is_remembered_with_its_key(log: HubDeviceLog) -> None:
    log.register(METER, 0)
    log.keyed(METER, KEY)

    assert log.unregister(METER)

    assert (log.devices, log.historic) == ({}, {METER: KEY})


def test_removed_device_without_key_is_not_remembered(log: HubDeviceLog) -> None:
    log.register(METER, 0)

    assert log.unregister(METER)
    assert not log.unregister(METER)

    assert log.historic == {}


def test_historic_entry_is_updated_in_its_place(log: HubDeviceLog) -> None:
    log.hold_historic({METER: KEY, DISPLAY: KEY})
    log.register(METER, 0)
    log.keyed(METER, OTHER_KEY)

    log.unregister(METER)

    assert list(log.historic.items()) == [(METER, OTHER_KEY), (DISPLAY, KEY)]


def test_sixteenth_historic_entry_takes_the_place_of_the_oldest(log: HubDeviceLog) -> None:
    for number in range(HISTORIC_CAPACITY + 1):
        log.register(Eui64(number), 0)
        log.keyed(Eui64(number), KEY)
        log.unregister(Eui64(number))

    assert list(log.historic) == list(range(1, HISTORIC_CAPACITY + 1))
    assert HISTORIC_CAPACITY == 15


def test_only_a_new_key_of_a_logged_device_changes_the_log(log: HubDeviceLog) -> None:
    log.register(METER, 0)

    assert log.keyed(METER, KEY)
    assert not log.keyed(METER, KEY)
    assert not log.keyed(DISPLAY, KEY)
    assert log.keyed(METER, OTHER_KEY)


def test_log_of_another_hub_is_taken_over(log: HubDeviceLog) -> None:
    log.register(METER, 0)

    assert log.replace(7, [(METER, KEY), (DISPLAY, b"")])

    assert log.extended_pan_id == 7
    assert log.devices == {METER: LoggedDevice(0, KEY), DISPLAY: LoggedDevice(UNKNOWN_TYPE)}


def test_type_of_a_device_of_another_hub_is_told_as_unknown(log: HubDeviceLog) -> None:
    """An octet of ones, as in the answer of CCS05."""
    log.replace(7, [(METER, KEY)])

    assert log.devices[METER].device_type == 0xFF


def test_nothing_is_told_of_how_a_device_is_heard_that_never_was(log: HubDeviceLog) -> None:
    log.register(METER, 0)

    never = log.devices[METER].statistics

    assert not any(any(part) if isinstance(part, tuple) else part for part in astuple(never))


def test_log_that_is_too_long_is_not_taken_over(log: HubDeviceLog) -> None:
    log.register(METER, 0)
    entries = [(Eui64(number), KEY) for number in range(CAPACITY + 1)]

    assert not log.replace(7, entries)

    assert (log.extended_pan_id, set(log.devices)) == (NETWORK, {METER})
    with pytest.raises(LocalError):
        log.hold({eui64: LoggedDevice(0) for eui64, _ in entries})
    with pytest.raises(LocalError):
        log.hold_historic(dict(entries))


def test_how_a_device_is_heard_is_noted_for_those_in_the_log(log: HubDeviceLog) -> None:
    heard = LinkStatistics(rssi=(-35, -50, -100))
    log.register(METER, 0)

    log.heard(METER, heard)
    log.heard(DISPLAY, heard)

    assert log.devices == {METER: LoggedDevice(0, b"", heard)}


class Logs(RuleBasedStateMachine):
    """Random additions, removals and keys, against lists."""

    def __init__(self) -> None:
        super().__init__()
        self.log = HubDeviceLog(NETWORK)
        self.devices: list[tuple[Eui64, bytes]] = []
        self.historic: list[tuple[Eui64, bytes]] = []

    def key_of(self, eui64: Eui64) -> bytes | None:
        return next((key for name, key in self.devices if name == eui64), None)

    @rule(eui64=DEVICES)
    def add(self, eui64: Eui64) -> None:
        added = self.log.register(eui64, 0)
        if self.key_of(eui64) is not None:
            assert added is Registration.ALREADY_LOGGED
        elif len(self.devices) == 16:
            assert added is Registration.LOG_FULL
        else:
            assert added is Registration.ADDED
            self.devices.append((eui64, b""))

    @rule(eui64=DEVICES, key=KEYS)
    def agree(self, eui64: Eui64, key: bytes) -> None:
        held = self.key_of(eui64)
        assert self.log.keyed(eui64, key) is (held is not None and held != key)
        self.devices = [(name, key if name == eui64 else own) for name, own in self.devices]

    @rule(eui64=DEVICES)
    def remove(self, eui64: Eui64) -> None:
        key = self.key_of(eui64)
        assert self.log.unregister(eui64) is (key is not None)
        self.devices = [each for each in self.devices if each[0] != eui64]
        if not key:
            return
        if any(name == eui64 for name, _ in self.historic):
            self.historic = [(n, key if n == eui64 else own) for n, own in self.historic]
        else:
            self.historic = [*self.historic, (eui64, key)][-15:]

    @rule()
    def lose_power(self) -> None:
        held = json.loads(json.dumps(self.log.snapshot()))
        self.log = HubDeviceLog(0)
        self.log.restore(held)

    @invariant()
    def logs_are_as_expected(self) -> None:
        held = [(name, device.hashed_key) for name, device in self.log.devices.items()]
        assert held == self.devices
        assert list(self.log.historic.items()) == self.historic
        assert self.log.extended_pan_id == NETWORK


TestLogs = Logs.TestCase
TestLogs.settings = settings(max_examples=30, stateful_step_count=60, deadline=None)


def test_a_full_log_is_taken_over(log: HubDeviceLog) -> None:
    entries = [(Eui64(number), KEY) for number in range(CAPACITY)]

    assert log.replace(1, entries)
    assert len(log.devices) == CAPACITY


@pytest.mark.parametrize("count", [0, 1, CAPACITY])
def test_as_many_devices_are_held_as_the_log_has_room_for(log: HubDeviceLog, count: int) -> None:
    devices = {Eui64(number): LoggedDevice(1) for number in range(count)}

    log.hold(devices)

    assert log.devices == devices


@pytest.mark.parametrize("count", [0, HISTORIC_CAPACITY])
def test_as_many_historic_devices_are_held_as_their_log_has_room_for(
    log: HubDeviceLog, count: int
) -> None:
    devices = {Eui64(number): KEY for number in range(count)}

    log.hold_historic(devices)

    assert log.historic == devices
