"""What the parts of one APS layer share, and what of it survives."""

import json
from itertools import count
from typing import Literal

import pytest

from emulator.kernel.identity import Eui64
from emulator.testing.stack.aps_scene import HUB, KEY, METER, METER_ADDRESS
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.binding_table import Binding
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.aps.state import ApsState

STRANGER = NwkAddress(0x5A5A)
BINDING = Binding(Endpoint(1), ClusterId(0x0702), METER, Endpoint(2))


def state(settings: ApsSettings | None = None, counter: int = 0) -> ApsState:
    """The hub's, which shares a key with the meter, a sleeper, and knows where it is."""
    addresses = AddressMap()
    addresses.learn(METER, METER_ADDRESS)
    made = ApsState(HUB, settings or ApsSettings(), addresses, count(1), counter)
    made.keys.set(METER, KEY, KeyOrigin.CBKE)
    made.bindings.bind(BINDING)
    made.sleepy.add(METER)
    made.trust_centre = HUB
    return made


@pytest.mark.parametrize("extension", [0, 8, 16])
def test_frames_leave_room_for_what_nwk_and_mac_add(extension: Literal[0, 8, 16]) -> None:
    longest = (
        127  # aMaxPHYPacketSize
        - 11  # MAC: control 2, sequence 1, PAN 2, addresses 4, FCS 2
        - 8  # shortest NWK header
        - extension
        - 14  # auxiliary header
        - 4  # MIC
    )

    assert state(ApsSettings(nwk_header_extension=extension)).nsdu_limit == longest


def test_counter_comes_round_after_255() -> None:
    made = state(counter=0xFE)

    assert [made.next_counter() for _ in range(3)] == [0xFF, 0x00, 0x01]


def test_pair_is_found_by_the_address_of_its_owner() -> None:
    made = state()

    found = made.pair_at(METER_ADDRESS)

    assert found is not None
    assert found.eui64 == METER


@pytest.mark.parametrize("address", [STRANGER, COORDINATOR])
def test_address_of_nobody_known_has_no_pair(address: NwkAddress) -> None:
    assert state().pair_at(address) is None


def test_sleeper_is_waited_for_longer_than_others() -> None:
    made = state()
    settings = made.settings

    assert made.ack_wait(METER_ADDRESS) == settings.sleepy_ack_wait
    assert made.ack_wait(STRANGER) == settings.ack_wait


def test_leaving_forgets_keys_bindings_sleepers_and_trust_centre() -> None:
    made = state()

    made.clear()

    assert (list(made.keys), made.bindings.rows, made.sleepy) == ([], (), set())
    assert made.trust_centre == NO_EUI64


def test_power_cycle_keeps_everything_and_repeats_no_counter() -> None:
    before = state(counter=41)
    before.next_counter()
    kept = json.loads(json.dumps(before.snapshot()))

    after = ApsState(HUB, ApsSettings(), AddressMap(), count(1), 0)
    after.restore(kept)

    assert after.next_counter() == 43
    assert (after.trust_centre, after.sleepy) == (HUB, {METER})
    assert list(after.keys) == list(before.keys)
    assert after.bindings.rows == (BINDING,)


def test_snapshot_does_not_depend_on_the_order_of_sleepers() -> None:
    one, other = state(), state()
    others = [Eui64(number) for number in range(1, 20)]

    one.sleepy.update(others)
    other.sleepy.update(reversed(others))

    assert json.dumps(one.snapshot()) == json.dumps(other.snapshot())
