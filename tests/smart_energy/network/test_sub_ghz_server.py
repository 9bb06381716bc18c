from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant, minutes, seconds
from emulator.radio.port import DutyMode
from emulator.smart_energy.facts import ClientSuspended, DutyCycleAction
from emulator.smart_energy.network.sub_ghz_server import SubGhzServer
from emulator.smart_energy.settings import SubGhzSettings
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.sub_ghz import SUB_GHZ
from emulator.zcl.primitives import (
    Side,
    SuspendedTrafficIndication,
    SuspendPeerRequest,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsdeDataIndication, ApsSecurity
from emulator.zigbee.mac.primitives import MlmeDutyCycleModeIndication
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, NeighbourTable, Relation

QUIET, TALKER, NEAR = NwkAddress(1), NwkAddress(2), NwkAddress(3)


def server() -> SubGhzServer:
    """Two children below 1 GHz, and one that is not."""
    table = NeighbourTable()
    for number, address in enumerate((QUIET, TALKER, NEAR)):
        kind, relation = DeviceType.END_DEVICE, Relation.CHILD
        row = Neighbour(address, Eui64(number + 1), kind, relation)
        row.interface = 0 if address == NEAR else 1
        table.put(row)
    return SubGhzServer(Endpoint(1), SubGhzSettings(), table, count(1))


def talk(source: NwkAddress, cluster: int = METERING.id) -> Any:
    return ApsdeDataIndication(
        source=source,
        source_eui64=None,
        source_endpoint=Endpoint(7),
        destination=NwkAddress(0),
        destination_endpoint=Endpoint(1),
        profile=SMART_ENERGY_PROFILE,
        cluster=ClusterId(cluster),
        asdu=b"",
        security=ApsSecurity.LINK_KEY,
        key_origin=None,
        counter=1,
        lqi=200,
        rssi=-60,
    )


def mode(mode: DutyMode, interface: int = 1) -> MlmeDutyCycleModeIndication:
    return MlmeDutyCycleModeIndication(interface, mode, Duration(0))


def told(effects: Any) -> dict[NwkAddress, int]:
    """Which device is told to suspend, and for how many minutes."""
    return {
        each.destination.nwk_address: each.payload[0]
        for each in effects
        if isinstance(each, ZclCommandRequest)
    }


def test_near_the_limit_the_most_talkative_child_below_1_ghz_is_suspended() -> None:
    hub = server()
    for source in (QUIET, TALKER, NEAR, TALKER, NEAR, NEAR):
        hub.handle(talk(source), Instant(0))

    effects = hub.handle(mode(DutyMode.LIMITED), Instant(0))

    assert told(effects) == {TALKER: 5}
    assert DutyCycleAction(0x8F20, "LIMITED") in effects
    assert SuspendPeerRequest(TALKER, Instant(minutes(5))) in effects
    [request] = [each for each in effects if isinstance(each, ZclCommandRequest)]
    assert (request.destination.endpoint, request.to_side) == (Endpoint(7), Side.CLIENT)


def test_at_the_critical_limit_every_child_below_1_ghz_is_suspended() -> None:
    effects = server().handle(mode(DutyMode.CRITICAL), Instant(0))

    assert told(effects) == {QUIET: 5, TALKER: 5}
    codes = [each.alert_code for each in effects if isinstance(each, DutyCycleAction)]
    assert codes == [0x8F20, 0x8F22]


def test_talker_is_suspended_again_when_it_talks_after_its_time() -> None:
    hub = server()
    hub.handle(talk(TALKER), Instant(0))
    hub.handle(mode(DutyMode.LIMITED), Instant(0))
    later = Instant(minutes(5))
    assert hub.deadline == later
    assert hub.wake(later) == ()

    assert told(hub.handle(talk(QUIET), later)) == {}
    assert told(hub.handle(talk(TALKER), later)) == {TALKER: 5}
    assert told(hub.handle(talk(TALKER), later)) == {}


def test_status_is_always_told_in_whole_minutes_rounded_up() -> None:
    hub = server()
    hub.handle(mode(DutyMode.CRITICAL), Instant(0))

    def asked(source: NwkAddress, now: Instant) -> int:
        command = ZclCommandIndication(
            source=ZclAddress(source, Endpoint(7)),
            source_eui64=None,
            endpoint=Endpoint(1),
            cluster=SUB_GHZ.id,
            command=0,
            payload=b"",
            to_side=Side.SERVER,
            sequence=9,
            disable_default_response=False,
            security=ApsSecurity.LINK_KEY,
            key_origin=None,
            aps_counter=1,
        )
        [answer] = hub.handle(command, now)
        assert answer.sequence == 9
        return int(answer.payload[0])

    assert [asked(QUIET, Instant(seconds(each))) for each in (0, 1, 60, 61, 299, 300)] == [
        5,
        5,
        4,
        4,
        1,
        0,
    ]
    assert asked(NEAR, Instant(0)) == 0


def test_who_talks_while_suspended_is_told_how_long_it_still_has_to_wait() -> None:
    hub = server()
    hub.handle(mode(DutyMode.CRITICAL), Instant(0))

    traffic = SuspendedTrafficIndication(ZclAddress(QUIET, Endpoint(7)), METERING.id)

    assert told(hub.handle(traffic, Instant(seconds(61)))) == {QUIET: 4}


@pytest.mark.parametrize(
    ("falls", "codes"),
    [
        ((DutyMode.LIMITED, DutyMode.NORMAL), [0x8F23, 0x8F21]),
        ((DutyMode.NORMAL,), [0x8F23, 0x8F21]),
    ],
)
def test_each_fall_is_told(falls: tuple[DutyMode, ...], codes: list[int]) -> None:
    hub = server()
    hub.handle(mode(DutyMode.CRITICAL), Instant(0))

    effects = [each for fall in falls for each in hub.handle(mode(fall), Instant(1))]

    assert [each.alert_code for each in effects] == codes


def test_duty_cycle_of_the_other_interface_is_no_affair_of_ours() -> None:
    assert server().handle(mode(DutyMode.CRITICAL, interface=0), Instant(0)) == ()


class AnyOrder(RuleBasedStateMachine):
    """Whatever happens, nobody at 2.4 GHz is suspended, and nobody twice at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.hub = server()
        self.now = Instant(0)
        self.until: dict[NwkAddress, int] = {}

    def take(self, effects: Any) -> None:
        for each in effects:
            if isinstance(each, ClientSuspended):
                assert each.nwk_address != NEAR
            if isinstance(each, SuspendPeerRequest) and each.until is not None:
                self.until[each.peer] = each.until

    @rule(which=st.sampled_from(list(DutyMode)))
    def change(self, which: DutyMode) -> None:
        self.take(self.hub.handle(mode(which), self.now))
        assert self.hub.mode is which

    @rule(source=st.sampled_from([QUIET, TALKER, NEAR, NwkAddress(9)]))
    def talk(self, source: NwkAddress) -> None:
        before = self.until.get(source, 0)
        effects = self.hub.handle(talk(source), self.now)
        if before > self.now:
            assert told(effects) == {}
        self.take(effects)

    @rule(length=st.integers(0, 400))
    def wait(self, length: int) -> None:
        self.now = Instant(self.now + seconds(length))
        due = self.hub.deadline
        if due is not None and due <= self.now:
            self.hub.wake(self.now)

    @invariant()
    def deadline_is_in_the_future(self) -> None:
        due = self.hub.deadline
        assert due is None or due > self.now


AnyOrder.TestCase.settings = settings(max_examples=30, stateful_step_count=20)
TestAnyOrder = AnyOrder.TestCase
