"""Hub and joiner as assembled: what each tells of itself, and what survives."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from emulator.kernel.units import Instant
from emulator.smart_energy.device import Applications, Assembly, Boot, SmartEnergyDevice
from emulator.smart_energy.primitives import Reading, StartJoining
from emulator.smart_energy.stack import UNHEARD
from emulator.testing.judges.device_rules import LINK_KEY, built
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.nwk.primitives import NlmeResetRequest


def booted(kind: str) -> tuple[SmartEnergyDevice, Assembly]:
    device = built(kind)
    device.power_on()
    assert device.assembly is not None
    return device, device.assembly


def test_hub_is_on_no_network_before_it_formed_one() -> None:
    _, hub = booted("CHF")

    assert (hub.member, hub.joined, hub.nwk_address, hub.parent) == (False, False, None, None)
    assert (hub.link_key_origin, hub.suite) == (None, None)
    assert list(hub.keys) == []


def test_joiner_is_on_no_network_before_it_joined_one() -> None:
    _, meter = booted("ESME")

    assert (meter.member, meter.joined, meter.nwk_address, meter.parent) == (
        False,
        False,
        None,
        None,
    )
    assert (meter.link_key_origin, meter.suite) == (KeyOrigin.PRECONFIGURED, None)
    assert list(meter.keys) == [ApsmeSetLinkKeyRequest(NO_EUI64, LINK_KEY)]


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (
            "CHF",
            {
                *("nwk", "aps", "zdo", "network_key", "former", "trust_centre"),
                *("key_update", "partner_keys"),
                *("partner_log", "tunnels", "meter_store", "mirror", "ota_server"),
                *("event_logs", "management"),
            },
        ),
        (
            "ESME",
            {
                *("nwk", "aps", "zdo", "joiner", "partner_links", "ota_client"),
                *("event_logs", "meter", "load_control"),
            },
        ),
    ],
)
def test_network_keys_counters_and_tables_survive(kind: str, parts: set[str]) -> None:
    _, assembly = booted(kind)

    assert set(assembly.persistent) == parts


@pytest.mark.parametrize("kind", ["CHF", "ESME", "GSME"])
def test_everything_that_survives_is_known_to_json(kind: str) -> None:
    device, _ = booted(kind)
    kept = json.loads(json.dumps(device.snapshot()))
    other = built(kind)

    other.remember(kept)
    other.power_on()

    assert json.loads(json.dumps(other.snapshot())) == kept | {"boots": 2}


def test_new_joiner_learns_its_key_and_starts_and_an_old_one_only_starts() -> None:
    _, meter = booted("ESME")

    new, old = meter.first_events(restored=False), meter.first_events(restored=True)

    assert list(new) == [ApsmeSetLinkKeyRequest(NO_EUI64, LINK_KEY), StartJoining()]
    assert list(old) == [StartJoining()]


def test_hub_starts_by_itself_only_where_it_formed_a_network() -> None:
    hub, assembly = booted("CHF")
    assert list(assembly.first_events(restored=True)) == []
    kept = hub.snapshot()
    kept["former"]["formed"] = True

    other = built("CHF")
    other.remember(kept)
    other.power_on()

    assert other.assembly is not None
    assert other.joined
    assert list(other.assembly.first_events(restored=True)) == [NlmeResetRequest(warm=True)]


@pytest.mark.parametrize("kind", ["CHF", "ESME"])
def test_layers_hear_of_an_event_before_the_applications(kind: str) -> None:
    _, assembly = booted(kind)

    names = [type(machine).__name__ for machine in assembly.machines]
    assert names[:5] == ["MacMachine", "NwkMachine", "ApsMachine", "ZdoMachine", "ZclMachine"]


@pytest.mark.parametrize("kind", ["CHF", "ESME"])
def test_nothing_a_layer_tells_is_accepted_by_nobody(kind: str) -> None:
    _, assembly = booted(kind)

    accepted = {each for machine in assembly.machines for each in machine.accepts}
    assert set(UNHEARD) <= accepted | set(assembly.unheard)


class Counting:
    """An application that counts what it was told, also over power cycles."""

    accepts: ClassVar[tuple[type, ...]] = (Reading,)
    deadline: Instant | None = None

    def __init__(self) -> None:
        self.count = 0

    def handle(self, event: Reading, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self.count += 1
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        return ()

    def snapshot(self) -> dict[str, Any]:
        return {"count": self.count}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.count = state["count"]


@pytest.mark.parametrize("kind", ["CHF", "ESME"])
def test_added_applications_hear_their_events_and_survive(kind: str) -> None:
    boots: list[Counting] = []

    def added(_boot: Boot) -> Applications:
        boots.append(Counting())
        return Applications((boots[-1],), {"counting": boots[-1]}, (int,))

    device = built(kind)
    device.description = replace(device.description, applications=added)
    device.power_on()
    device.post(Reading(0x0702, (0,)))
    device.power_off()

    device.power_on()

    assert device.assembly is not None
    assert boots[-1].count == 1
    assert int in device.assembly.unheard
