"""A new network key: to every member, more than once, then used by all; by literal instants."""

import json
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Instant, later, seconds
from emulator.smart_energy.facts import NetworkKeyUpdated
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.keys.network_key_update import NetworkKeyUpdate
from emulator.smart_energy.primitives import UpdateNetworkKey
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import BROADCAST_ALL, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeSwitchKeyRequest,
    ApsmeTransportKeyRequest,
    TransportKeyType,
)
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest, NlmeSwitchKeyRequest

ESME, AWAY = Eui64(0x00DB1234567890A0), Eui64(0x00DB1234567890A5)
ADDRESS = NwkAddress(0x3F1C)
OLD = bytes(range(16))
NEW = Stream("update").octets(16)
GAP, DELIVERY = seconds(30), seconds(9)


def update(key: NetworkKey) -> NetworkKeyUpdate:
    addresses = AddressMap()
    addresses.learn(ESME, ADDRESS)
    return NetworkKeyUpdate(
        settings=TrustCentreSettings(key_transports=2, key_transport_gap=GAP),
        key=key,
        members=lambda: (ESME, AWAY),
        addresses=addresses,
        stream=Stream("update"),
        delivery=DELIVERY,
    )


def to_member(sequence: int) -> ApsmeTransportKeyRequest:
    return ApsmeTransportKeyRequest(
        destination=ESME,
        nwk_address=ADDRESS,
        key_type=TransportKeyType.STANDARD_NETWORK_KEY,
        key=NEW,
        sequence=sequence,
        nwk_security=True,
    )


def followed(machine: NetworkKeyUpdate) -> list[tuple[Instant, list[Any]]]:
    """What it does by itself until nothing is due."""
    done = []
    while (now := machine.deadline) is not None:
        done.append((now, list(machine.wake(now))))
    return done


def test_members_get_the_key_twice_then_all_switch_and_the_hub_last() -> None:
    key = NetworkKey(OLD, 6)
    machine = update(key)

    first = list(machine.handle(UpdateNetworkKey(), START))
    then = followed(machine)

    assert first == [NlmeSetKeyRequest(NEW, 7, activate=False), to_member(7)]
    switched = later(START, seconds(60))
    assert then == [
        (later(START, GAP), [to_member(7)]),
        (switched, [ApsmeSwitchKeyRequest(BROADCAST_ALL, 7), NetworkKeyUpdated(7)]),
        (later(switched, DELIVERY), [NlmeSwitchKeyRequest(7)]),
    ]
    assert key == NetworkKey(NEW, 7)


def test_newcomers_get_the_old_key_until_all_were_told_to_switch() -> None:
    key = NetworkKey(OLD, 0)
    machine = update(key)
    machine.handle(UpdateNetworkKey(), START)
    machine.wake(later(START, GAP))

    assert key == NetworkKey(OLD, 0)


def test_number_after_the_last_is_zero() -> None:
    key = NetworkKey(OLD, 255)
    machine = update(key)

    assert machine.handle(UpdateNetworkKey(), START)[0].sequence == 0
    assert followed(machine)[-1][1] == [NlmeSwitchKeyRequest(0)]
    assert key == NetworkKey(NEW, 0)


def test_update_under_way_is_not_begun_again() -> None:
    machine = update(NetworkKey(OLD, 0))
    machine.handle(UpdateNetworkKey(), START)

    assert machine.handle(UpdateNetworkKey(), START) == ()


def test_hub_without_a_network_has_no_key_to_replace() -> None:
    machine = update(NetworkKey())

    assert machine.handle(UpdateNetworkKey(), START) == ()
    assert machine.wake(START) == ()


def test_power_cycle_begins_the_rounds_again_with_the_same_key() -> None:
    before, key = update(NetworkKey(OLD, 0)), NetworkKey(OLD, 0)
    before.handle(UpdateNetworkKey(), START)
    after = update(key)

    after.restore(json.loads(json.dumps(before.snapshot())))
    then = followed(after)

    assert [at for at, _ in then[:2]] == [START, later(START, GAP)]
    assert [effects for _, effects in then] == [
        [to_member(1)],
        [to_member(1)],
        [ApsmeSwitchKeyRequest(BROADCAST_ALL, 1), NetworkKeyUpdated(1)],
        [NlmeSwitchKeyRequest(1)],
    ]
    assert key == NetworkKey(NEW, 1)


def test_power_cycle_with_no_update_under_way_begins_none() -> None:
    after = update(NetworkKey(OLD, 0))

    after.restore(json.loads(json.dumps(update(NetworkKey(OLD, 0)).snapshot())))

    assert after.deadline is None
