"""A coordinator dongle as a hub's radio, with a process that says what a test wants."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import EnvironmentFault, PeerError, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, seconds
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.kinds import HubDongle, RadioPlace
from emulator.lab.radios.outside import by_device
from emulator.lab.shipments.shipment import parse_shipment
from emulator.radio.settings import RadioSettings
from emulator.smart_energy.facts import NetworkKeySent, NetworkStarted
from emulator.smart_energy.primitives import FormNetwork
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.zigbee.addresses import COORDINATOR
from hardware.zigpy_bridge.hub_radio import ZIGPY_RADIO, BridgedRadio
from tests.hardware.spinel.far_end import ServedRcp

PROCESS = str(Path(__file__).with_name("scripted_dongle.py"))
READY = {
    "event": "ready",
    "eui64": "02484c0000000001",
    "pan_id": 1,
    "channel": 15,
    "firmware": "x",
    "protocol": "EZSP 13",
    "keys": 4,
}
METER = Eui64(0x00DB1234567890A0)
IDENTITY = Eui64(0x02484C0000000001)


def place(lab: Lab, notes: list[str]) -> RadioPlace:
    return RadioPlace(
        name="CHF",
        surroundings=lab.world.surroundings(),
        lines=lab.world.outside.lines,
        settings=RadioSettings(),
        observe=lambda *_: None,
        note=notes.append,
        at_end=lambda _: None,
    )


@contextmanager
def bridged(*events: dict[str, Any]) -> Iterator[tuple[Lab, list[str]]]:
    """A home whose hub stands above a dongle that says these events."""
    lab = Lab(parse_shipment(SHIPMENT, "home.csv"), LabOptions(speed="real"))
    notes: list[str] = []
    command = (sys.executable, PROCESS, *(json.dumps(each) for each in events))
    radio = BridgedRadio("port", place(lab, notes), IDENTITY, command)
    assert isinstance(radio, HubDongle)
    hub = lab.home().hub
    radio.take_over(hub)
    try:
        hub.power_on()
        hub.post(FormNetwork())
        yield lab, notes
    finally:
        lab.release()


def run(lab: Lab) -> None:
    hub = lab.home().hub
    lab.scheduler.run(Instant(seconds(20)), stop=lambda: hub.joined)


def test_network_of_the_dongle_is_the_hubs() -> None:
    joined = {"event": "joined", "eui64": f"{METER:016x}", "address": 7}
    with bridged({"event": "odd"}, joined, READY) as (lab, notes):
        run(lab)
        hub = lab.home().hub

        assert hub.joined
        assert (hub.nwk_address, hub.hub) == (COORDINATOR, IDENTITY)
        assert [fact for _, fact in lab.trace.of(NetworkStarted, "CHF")]
        assert [fact.eui64 for _, fact in lab.trace.of(NetworkKeySent)] == [METER]
        assert "PAN 0x0001 on channel 15, room for 4 keys" in notes[-1]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"event": "failed", "reason": "no such port"}, "does not get through.*no such port"),
        ({"event": "lost", "reason": "OSError: 5"}, "port: unplugged: plug the .* in again"),
        ({"event": "key", "eui64": "5", "installed": False, "reason": "full"}, "no link key of 5"),
    ],
)
def test_dongle_that_does_not_do_it_ends_the_run(event: dict[str, Any], told: str) -> None:
    with bridged(event) as (lab, _), pytest.raises(EnvironmentFault, match=told):
        run(lab)


def test_report_that_is_none_is_the_peers_mistake() -> None:
    with bridged({"event": "ready"}) as (lab, _), pytest.raises(PeerError, match="no report"):
        run(lab)


def test_what_a_dongle_cannot_do_is_said_before_anything_begins() -> None:
    lab = Lab(parse_shipment(SHIPMENT, "home.csv"), LabOptions(speed="real"))
    notes: list[str] = []
    with ServedRcp(kind="ezsp") as port:
        radio = ZIGPY_RADIO.make(port, place(lab, notes))
    lab.release()

    assert radio.identity
    assert f"{radio.identity:016X}"[:6] == "02484C"
    assert any("cannot: 2.4 GHz only" in each for each in notes)
    assert any("emulated devices do not reach it" in each for each in notes)


def test_only_a_hub_can_be_above_it() -> None:
    names = {METER: "ESME", IDENTITY: "CHF"}

    assert by_device({"hub": "zigpy:x"}, names, IDENTITY) == {"CHF": "zigpy:x"}
    with pytest.raises(UsageError, match="joins none: expected hub=zigpy:x"):
        by_device({"ESME": "zigpy:x"}, names, IDENTITY)


def test_hub_has_the_identity_of_its_dongle() -> None:
    shipment = parse_shipment(SHIPMENT, "home.csv")

    again = shipment.with_hub(IDENTITY)

    assert again.hub.eui64 == IDENTITY
    assert again.joining == shipment.joining
    assert again.gas_proxy == shipment.gas_proxy
