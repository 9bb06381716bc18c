"""Whatever is lost between a meter and its switch, the switch ends up as the meter commands."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import Calendar, Instant, minutes
from emulator.smart_energy.load_control.load_switch import LoadSwitch
from emulator.zcl.clusters.demand_response import ToServer
from emulator.zcl.primitives import (
    Outcome,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus, KeyOrigin
from tests.equipment.test_load_control import ALL, SETTINGS, SWITCH, Scene

METER = ZclAddress(NwkAddress(0x0001), Endpoint(1))


class Pair:
    """A meter, a switch, and what is lost between them: one flag for each thing that is said."""

    def __init__(self, lost: Sequence[bool]) -> None:
        self.scene = Scene()
        self.switch = LoadSwitch(Endpoint(1), Calendar(), count(1))
        self.lost = list(lost)
        self.carry(self.scene.said(ToServer.GET_SCHEDULED_EVENTS, ALL))

    def carry(self, effects: Sequence[Any]) -> None:
        """Take what is said to the other side, until nothing is said any more."""
        said = [each for each in effects if isinstance(each, ZclCommandRequest)]
        while said:
            said += self.heard(said.pop(0))

    def heard(self, said: ZclCommandRequest) -> list[ZclCommandRequest]:
        if said.general:
            return []
        lost = self.lost.pop(0) if self.lost else False
        to_switch = said.to_side is Side.CLIENT
        if lost:
            outcome = ZclCommandConfirm(said.handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK)
            told = self.scene.server.handle(outcome, self.scene.now) if to_switch else ()
        elif to_switch:
            told = self.switch.handle(indicated(said), self.scene.now)
        else:
            told = self.scene.server.handle(indicated(said), self.scene.now)
        return [each for each in told if isinstance(each, ZclCommandRequest)]

    def command(self, level: int | None) -> None:
        """The controller goes to a level; without one the switch hangs on it no more."""
        if level is None:
            self.carry(self.scene.unhang())
            return
        self.scene.hang()
        self.carry(self.scene.command(level))


def indicated(said: ZclCommandRequest) -> ZclCommandIndication:
    to_switch = said.to_side is Side.CLIENT
    return ZclCommandIndication(
        source=METER if to_switch else ZclAddress(NwkAddress(0x1234), Endpoint(1)),
        source_eui64=None if to_switch else SWITCH,
        endpoint=Endpoint(1),
        cluster=said.cluster,
        command=said.command,
        payload=said.payload,
        to_side=said.to_side,
        sequence=1,
        disable_default_response=True,
        security=ApsSecurity.LINK_KEY,
        key_origin=KeyOrigin.APPLICATION,
        aps_counter=1,
    )


# an event and its two reports, another and its three; what is said next is lost
SEVEN_HEARD = [False] * 7 + [True]


@example(lost=SEVEN_HEARD, levels=[100, None], waits=[0] * 5)
@example(lost=SEVEN_HEARD, levels=[100, 0, None], waits=[0] * 5)
@given(
    lost=st.lists(st.booleans(), max_size=12),
    levels=st.lists(st.sampled_from((0, 100, None)), min_size=1, max_size=5),
    waits=st.lists(st.integers(0, 90), min_size=5, max_size=5),
)
@settings(max_examples=20, deadline=None)
def test_switch_ends_as_it_is_commanded_whatever_is_lost(
    lost: list[bool], levels: list[int | None], waits: list[int]
) -> None:
    pair = Pair(lost)
    scene = pair.scene

    def pass_time(until: Instant) -> None:
        while (due := scene.server.deadline) is not None and due <= until:
            scene.now = max(scene.now, due)
            pair.carry(scene.server.wake(scene.now))
        scene.now = until

    for level, wait in zip(levels, waits, strict=False):
        pair.command(level)
        pass_time(Instant(scene.now + minutes(wait)))
    # as often as something may be lost, and once more
    pass_time(Instant(scene.now + 14 * SETTINGS.resend))

    assert pair.switch.closed is (levels[-1] == 100)
    assert scene.server.handle(MeterSet(), scene.now) == ()
