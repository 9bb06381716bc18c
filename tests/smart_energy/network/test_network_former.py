"""How a hub forms its network."""

import json

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.bands import BOTH_BANDS
from emulator.radio.port import Channel
from emulator.smart_energy.facts import NetworkStarted
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.network.network_former import NetworkFormer
from emulator.smart_energy.primitives import FormNetwork
from emulator.smart_energy.settings import FormationSettings
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.aps.primitives import ApsmeSetTrustCentreRequest
from emulator.zigbee.nwk.primitives import (
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)

NOW = Instant(7)
EUI64 = Eui64(0x00DB1234567890A2)
CHANNELS = (Channel(0, 15), Channel(0, 20))


def former(key: NetworkKey | None = None) -> NetworkFormer:
    settings = FormationSettings(channels=CHANNELS, scan_duration=4)
    return NetworkFormer(EUI64, settings, key or NetworkKey(), Stream("key"))


def test_network_is_formed_on_the_channels_of_the_settings() -> None:
    assert former().handle(FormNetwork(), NOW) == (NlmeNetworkFormationRequest(CHANNELS, 4),)


def test_network_of_a_dual_band_hub_is_formed_below_1_ghz_as_well() -> None:
    settings = FormationSettings(channels=CHANNELS, sub_ghz_channels=(Channel(28, 3),))
    machine = NetworkFormer(EUI64, settings, NetworkKey(), Stream("key"), BOTH_BANDS)

    (request,) = machine.handle(FormNetwork(), NOW)

    assert request.channels == (*CHANNELS, Channel(28, 3))


def test_network_of_another_hub_is_formed_again() -> None:
    other = ExtendedPanId(0x00DB1234567890B2)

    (request,) = former().handle(FormNetwork(other), NOW)

    assert request == NlmeNetworkFormationRequest(CHANNELS, 4, extended_pan_id=other)


def test_formed_network_gets_a_key_and_a_trust_centre() -> None:
    machine = former()
    machine.handle(FormNetwork(), NOW)

    effects = machine.handle(NlmeNetworkFormationConfirm(NwkStatus.SUCCESS), NOW)

    assert machine.formed
    assert effects == (
        NlmeSetKeyRequest(Stream("key").octets(16), 0),
        ApsmeSetTrustCentreRequest(EUI64),
        NetworkStarted(0),
    )


def test_network_that_has_a_key_keeps_it() -> None:
    machine = former(NetworkKey(bytes(range(16)), 2))

    first, *_ = machine.handle(NlmeNetworkFormationConfirm(NwkStatus.SUCCESS), NOW)

    assert first == NlmeSetKeyRequest(bytes(range(16)), 2)


def test_network_that_could_not_be_formed_is_none() -> None:
    machine = former()

    effects = machine.handle(NlmeNetworkFormationConfirm(NwkStatus.STARTUP_FAILURE), NOW)

    assert effects == ()
    assert not machine.formed


@pytest.mark.parametrize("formed", [False, True])
def test_whether_it_was_formed_survives(formed: bool) -> None:
    machine, other = former(), former()
    machine.formed = formed

    other.restore(json.loads(json.dumps(machine.snapshot())))

    assert other.formed is formed


def test_nothing_is_ever_due() -> None:
    machine = former()

    assert machine.deadline is None
    assert machine.wake(NOW) == ()
