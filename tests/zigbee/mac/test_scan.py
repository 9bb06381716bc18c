from itertools import product

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.radio.port import (
    Channel,
    RadioEnergy,
    RadioEnergyScan,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.zigbee.mac.facts import MacUnexpectedEvent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import MacStatus, MlmeScanConfirm, MlmeScanRequest, ScanKind
from emulator.zigbee.mac.scan import TRANSITIONS, Scan, ScanEvent, ScanState, scan_duration
from emulator.zigbee.mac.transmitter import Transmitter

NOW = Instant(1_000)
FIRST = Channel(0, 11)
SECOND = Channel(0, 12)
ACTIVE = MlmeScanRequest(ScanKind.ACTIVE, (FIRST, SECOND), 3)
ENERGY = MlmeScanRequest(ScanKind.ENERGY, (FIRST, SECOND), 3)


def scan() -> Scan:
    return Scan(MacPib(Eui64(0x00DB1234567890A1), Stream("pib")), Transmitter())


def sent(outcome: TransmitOutcome = TransmitOutcome.SENT) -> RadioTransmitted:
    return RadioTransmitted(1, outcome)


def test_scan_duration_grows_with_the_power_of_two() -> None:
    assert scan_duration(0) == 30_720
    assert scan_duration(3) == 138_240
    assert scan_duration(4) == 261_120


def test_active_scan_asks_on_each_channel_and_listens() -> None:
    active = scan()

    (asked,) = active.start(ACTIVE, NOW)
    assert isinstance(asked, RadioTransmit)
    assert active.channel == FIRST
    active.transmitted(sent(), NOW)
    assert active.deadline == NOW + 138_240
    (asked,) = active.wake(NOW)

    assert isinstance(asked, RadioTransmit)
    assert active.channel == SECOND


def test_active_scan_ends_with_whether_a_beacon_was_heard() -> None:
    ends = []
    for beacons in (0, 2):
        active = scan()
        active.start(ACTIVE, NOW)
        for _ in range(beacons):
            active.beacon_heard()
        active.transmitted(sent(), NOW)
        active.wake(NOW)
        active.transmitted(sent(), NOW)
        ends.append(active.wake(NOW))
        assert active.channel is None

    assert ends == [
        (MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.NO_BEACON),),
        (MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SUCCESS),),
    ]


def test_channel_without_access_is_left_at_once() -> None:
    active = scan()
    active.start(ACTIVE, NOW)

    active.transmitted(sent(TransmitOutcome.CHANNEL_ACCESS_FAILURE), NOW)

    assert active.channel == SECOND
    assert active.state is ScanState.ASKING


def test_energy_scan_measures_each_channel() -> None:
    energy = scan()

    measured = [energy.start(ENERGY, NOW)]
    measured.append(energy.measured(RadioEnergy(FIRST, 10), NOW))
    measured.append(energy.measured(RadioEnergy(SECOND, 20), NOW))

    assert measured == [
        (RadioEnergyScan(FIRST, Duration(138_240)),),
        (RadioEnergyScan(SECOND, Duration(138_240)),),
        (MlmeScanConfirm(ScanKind.ENERGY, MacStatus.SUCCESS, ((FIRST, 10), (SECOND, 20))),),
    ]


def test_measurement_nobody_asked_for_changes_nothing() -> None:
    idle = scan()

    (fact,) = idle.measured(RadioEnergy(FIRST, 10), NOW)

    assert isinstance(fact, MacUnexpectedEvent)
    assert not idle.active


def test_second_scan_is_told_that_one_is_going_on() -> None:
    active = scan()
    active.start(ACTIVE, NOW)

    assert active.start(ENERGY, NOW) == (
        MlmeScanConfirm(ScanKind.ENERGY, MacStatus.SCAN_IN_PROGRESS),
    )


@pytest.mark.parametrize(
    "request_",
    [
        MlmeScanRequest(ScanKind.ACTIVE, (), 3),
        MlmeScanRequest(ScanKind.ACTIVE, (FIRST,), 15),
        MlmeScanRequest(ScanKind.ENERGY, (FIRST,), -1),
        MlmeScanRequest(ScanKind(3), (FIRST,), 3),
    ],
    ids=["no channels", "too long", "negative", "orphan scan"],
)
def test_scan_that_makes_no_sense_is_refused(request_: MlmeScanRequest) -> None:
    assert scan().start(request_, NOW) == (
        MlmeScanConfirm(request_.kind, MacStatus.INVALID_PARAMETER),
    )


def test_reset_forgets_the_scan() -> None:
    active = scan()
    active.start(ACTIVE, NOW)

    active.reset()

    assert not active.active
    assert active.channel is None


@pytest.mark.parametrize(("state", "event"), list(product(ScanState, ScanEvent)), ids=str)
def test_every_pair_is_in_the_table_or_leaves_the_state(state: ScanState, event: ScanEvent) -> None:
    tried = scan()
    tried.start(ACTIVE, NOW)
    tried.state = state

    effects = tried.apply(event, NOW)

    found = TRANSITIONS.get((state, event))
    assert tried.state is (state if found is None else found[0])
    unexpected = MacUnexpectedEvent("scan", state.name, event.name)
    assert (effects == (unexpected,)) == (found is None)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for after, _ in TRANSITIONS.values()}
    left = {state for state, _ in TRANSITIONS}

    assert reached == left == set(ScanState)
