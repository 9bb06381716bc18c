from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.server.members import Attribute, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import BitString, Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.event_settings_duty import event_settings_duty, merged_settings
from emulator.testing.scenes.cosem_scene import attribute, command, get, put, values

EVENTS = 256
SET_ALERTS = attribute(1, "0-30:97.98.11.255", 2)
ALERTS = attribute(1, "0-30:97.98.15.255", 2)
SET_LOGGING = attribute(1, "0-33:97.98.14.255", 2)
LOGGING = attribute(1, "0-33:97.98.18.255", 2)
OCTETS = st.binary(min_size=EVENTS // 8, max_size=EVENTS // 8)


def bits(octets: bytes) -> Data:
    return Data(DataType.BIT_STRING, BitString(8 * len(octets), octets))


def first(octet: int) -> bytes:
    return bytes((octet,)) + bytes(EVENTS // 8 - 1)


def meter() -> DlmsExecutor:
    store = ObjectStore(members_of("ESME"))
    return DlmsExecutor(store, (event_settings_duty(store),))


def test_actions_are_taken_where_the_mask_says() -> None:
    device = meter()
    device.store.hold(ALERTS, bits(first(0b1100)))

    device.execute(command(put(SET_ALERTS, bits(first(0b0110) + first(0b1010)))))

    assert values(device.execute(command(get(ALERTS)))) == [bits(first(0b1010))]


def test_settings_of_others_stay() -> None:
    device = meter()

    device.execute(command(put(SET_ALERTS, bits(first(0xFF) + first(0xFF)))))

    assert device.store.value(LOGGING) == bits(first(0))


def test_network_operator_sets_its_own() -> None:
    device = meter()

    device.execute(command(put(SET_LOGGING, bits(first(0xFF) + first(0x0F)))))

    assert device.store.value(LOGGING) == bits(first(0x0F))


def test_every_object_that_is_set_has_one_that_shows_it() -> None:
    store = ObjectStore(members_of("ESME"))
    masks = {
        Attribute(each.class_id, each.obis, 2)
        for each in members_of("ESME")
        if each.obis[2:4] == bytes((97, 98)) and 2 in each.writable
    }

    assert event_settings_duty(store).writes.keys() == masks


@given(OCTETS, OCTETS, OCTETS)
def test_each_bit_is_as_before_or_as_the_action(held: bytes, mask: bytes, actions: bytes) -> None:
    merged = merged_settings(BitString(EVENTS, held), BitString(2 * EVENTS, mask + actions))

    expected = [
        action if chosen == "1" else old
        for old, chosen, action in zip(*map(_bits, (held, mask, actions)), strict=True)
    ]
    assert list(merged.bits) == expected


def _bits(octets: bytes) -> str:
    return BitString(EVENTS, octets).bits


@given(st.binary(max_size=70))
def test_mask_of_another_length_changes_nothing(octets: bytes) -> None:
    held = BitString(EVENTS, first(0x55))
    given_bits = BitString(8 * len(octets), octets)

    if given_bits.length != 2 * EVENTS:
        assert merged_settings(held, given_bits) == held
