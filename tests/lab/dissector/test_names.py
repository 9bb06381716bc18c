from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.lab.dissector.names import NameBook
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_ROUTERS,
    NO_EUI64,
    NO_PAN,
    NwkAddress,
    PanId,
)

METER = Eui64(0x00DB1234567890A1)
STRANGER = Eui64(0x0123456789ABCDEF)
ADDRESS = NwkAddress(0x1A2B)


def book() -> NameBook:
    return NameBook({METER: "gsme"})


def test_an_address_that_was_learned_has_its_devices_name() -> None:
    names = book()

    names.learn(METER, ADDRESS)

    assert names.device_at(ADDRESS) == "gsme"
    assert names.address_text(ADDRESS) == "0x1A2B (gsme)"


def test_whoever_transmits_has_the_address_it_transmits_from() -> None:
    names = book()

    names.heard("gsme", ADDRESS)
    names.heard("jammer", NwkAddress(0x0001))

    assert names.eui64_of(ADDRESS) == METER
    assert names.eui64_of(NwkAddress(0x0001)) is None


def test_a_device_that_moved_has_only_its_new_address() -> None:
    names = book()
    names.learn(METER, ADDRESS)

    names.learn(METER, NwkAddress(0x2222))

    assert names.device_at(ADDRESS) == "?"
    assert names.device_at(NwkAddress(0x2222)) == "gsme"


def test_an_address_given_to_another_device_belongs_to_that_one() -> None:
    names = book()
    names.learn(METER, ADDRESS)

    names.learn(STRANGER, ADDRESS)

    assert names.eui64_of(ADDRESS) == STRANGER
    assert names.address_text(ADDRESS) == "0x1A2B"
    assert names.met == (METER, STRANGER)


def test_broadcast_addresses_are_everybody() -> None:
    names = book()

    names.learn(METER, BROADCAST_ALL)

    assert names.device_at(BROADCAST_ALL) == "*"
    assert names.address_text(BROADCAST_ALL) == "0xFFFF (everybody)"
    assert names.address_text(BROADCAST_ROUTERS) == "0xFFFC (every router)"


def test_no_address_and_no_eui64_teach_nothing() -> None:
    names = book()

    names.learn(None, ADDRESS)
    names.learn(NO_EUI64, ADDRESS)
    names.learn(METER, None)

    assert names.eui64_of(ADDRESS) is None
    assert names.device_at(None) == "?"
    assert names.device(None) == "?"


def test_an_eui64_is_shown_with_its_name_if_it_has_one() -> None:
    names = book()

    assert names.eui64_text(METER) == "00-DB-12-34-56-78-90-A1 (gsme)"
    assert names.eui64_text(STRANGER) == "01-23-45-67-89-AB-CD-EF"


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(0, 4))))
def test_an_address_belongs_to_whoever_had_it_last_unless_that_one_moved(
    lessons: list[tuple[int, int]],
) -> None:
    names = NameBook({})
    model: dict[int, int] = {}
    for eui64, address in lessons:
        names.learn(Eui64(eui64), NwkAddress(address))
        model = {a: e for a, e in model.items() if e != eui64} | {address: eui64}

    assert {a: names.eui64_of(NwkAddress(a)) for a in range(5)} == {
        a: model.get(a) for a in range(5)
    }


def test_the_hubs_of_two_homes_have_the_same_address_and_each_its_name() -> None:
    names = NameBook({METER: "flat 1 CHF", STRANGER: "flat 2 CHF"})
    hub, one, two = NwkAddress(0), PanId(0x1111), PanId(0x2222)
    for pan, sender in ((one, "flat 1 CHF"), (two, "flat 2 CHF")):
        names.enter(pan)
        names.heard(sender, hub)

    names.enter(one)
    first = names.device_at(hub)
    names.enter(NO_PAN)
    still = names.device_at(hub)
    names.enter(two)

    assert (first, still, names.device_at(hub)) == ("flat 1 CHF", "flat 1 CHF", "flat 2 CHF")


def test_who_sends_in_anothers_name_does_not_get_its_address() -> None:
    names = NameBook({METER: "gsme", STRANGER: "bridge remote end"})
    names.heard("gsme", ADDRESS)

    names.heard("bridge remote end", ADDRESS)

    assert names.device_at(ADDRESS) == "gsme"
