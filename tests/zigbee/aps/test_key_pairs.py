"""Link keys, and counters that go one way."""

import pytest

from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.key_pairs import LAST_COUNTER, DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.primitives import KeyOrigin

HUB = Eui64(0xA2)
OLD, NEW = bytes(16), bytes(range(16))


def pairs(eui64: Eui64 = HUB) -> tuple[DeviceKeyPairSet, KeyPair]:
    made = DeviceKeyPairSet()
    made.set(eui64, OLD, KeyOrigin.PRECONFIGURED)
    pair = made.get(eui64)
    assert pair is not None
    return made, pair


def test_every_counter_is_given_out_once() -> None:
    _, pair = pairs()

    assert [pair.next_counter() for _ in range(3)] == [0, 1, 2]


def test_a_used_up_counter_protects_nothing_more() -> None:
    _, pair = pairs()
    pair.outgoing = LAST_COUNTER

    with pytest.raises(SecurityError, match="used up"):
        pair.next_counter()


@pytest.mark.parametrize("counter", [0, 4, LAST_COUNTER])
def test_an_old_counter_is_refused(counter: int) -> None:
    _, pair = pairs()
    pair.incoming = 5

    with pytest.raises(SecurityError, match="frame counter"):
        pair.check(counter)


def test_another_key_restarts_the_counters() -> None:
    made, pair = pairs()
    pair.next_counter()

    made.set(HUB, NEW, KeyOrigin.CBKE)

    replaced = made.get(HUB)
    assert replaced is not None
    assert (replaced.key, replaced.origin, replaced.outgoing) == (NEW, KeyOrigin.CBKE, 0)


def test_the_same_key_keeps_its_counters_so_that_no_nonce_repeats() -> None:
    made, pair = pairs()
    pair.next_counter()

    made.set(HUB, OLD, KeyOrigin.PRECONFIGURED)

    assert pair.next_counter() == 1


def test_the_unmet_trust_centre_is_adopted_once() -> None:
    made, pair = pairs(NO_EUI64)

    made.adopt(HUB)
    made.adopt(Eui64(0xFF))

    assert list(made) == [pair]
    assert (made.get(HUB), made.get(NO_EUI64)) == (pair, None)


def test_keys_survive_a_power_cycle_and_can_be_forgotten() -> None:
    made, pair = pairs()
    pair.next_counter()
    again = DeviceKeyPairSet()

    again.restore(made.snapshot())
    made.forget(HUB)

    assert list(again) == [pair]
    assert list(made) == []
