import json

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.radio.port import Channel, RadioConfig
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import MlmeSetRequest

EUI64 = Eui64(0x00DB1234567890A0)
SET = MlmeSetRequest(
    channel=Channel(0, 20),
    pan_id=PanId(0x5A17),
    short_address=NwkAddress(0),
    rx_on_when_idle=False,
    association_permit=True,
    beacon_payload=b"\x00\x22",
    coordinator=True,
    answers_beacon_requests=True,
)


def pib(key: str = "a") -> MacPib:
    return MacPib(EUI64, Stream(key))


def test_set_changes_what_it_names_and_nothing_else() -> None:
    changed = pib()
    changed.apply(SET)

    changed.apply(MlmeSetRequest(association_permit=False, short_address=NwkAddress(0x1234)))

    assert changed.snapshot() == pib_with(short_address=0x1234, association_permit=False)


def pib_with(**different: object) -> dict[str, object]:
    whole = pib()
    whole.apply(SET)
    return whole.snapshot() | different


def test_snapshot_survives_json() -> None:
    kept = json.loads(json.dumps(pib_with()))

    restored = pib()
    restored.restore(kept)

    assert restored.snapshot() == pib_with()


def test_sequence_numbers_start_anywhere_and_wrap() -> None:
    one, other = pib("a"), pib("b")

    numbers = [one.next_dsn() for _ in range(257)]

    assert sorted(numbers[:256]) == list(range(256))
    assert numbers[256] == numbers[0]
    assert other.next_dsn() != numbers[0]
    assert (one.next_bsn() + 1) % 256 == one.next_bsn()


def test_scanning_radio_has_no_pan_and_listens_on_the_scanned_channel() -> None:
    scanning = pib()
    scanning.apply(SET)

    config = scanning.config(channel=Channel(0, 25), receiver_on=True)

    assert config == RadioConfig(
        Channel(0, 25), 0xFFFF, 0x0000, EUI64, receiver_on=True, coordinator=True
    )


@given(st.booleans())
def test_radio_is_configured_as_the_pib_says(receiver_on: bool) -> None:
    configured = pib()
    configured.apply(SET)

    config = configured.config(channel=None, receiver_on=receiver_on)

    assert config == RadioConfig(
        Channel(0, 20), 0x5A17, 0x0000, EUI64, receiver_on=receiver_on, coordinator=True
    )
