import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.lab.dissector.dissector import Dissector
from emulator.lab.dissector.key_ring import KeyRing
from emulator.testing.stack.dissector_scene import (
    AGREED_KEY,
    HUB,
    INSTALL_KEY,
    METER,
    NETWORK_KEY,
    ROUTER,
    aps_header,
    key_ring,
    mac_data,
    name_book,
    nwk_header,
    sealed_aps,
    sealed_nwk,
    transmission,
)
from emulator.testing.strategies.strategies import any_octets
from emulator.zigbee.aps.frames import FrameType
from emulator.zigbee.security.frames import KeyIdentifier

READING = sealed_aps(
    aps_header(secured=True),
    bytes.fromhex(
        "18 02 0a"  # general, to the client, no default response; Report Attributes
        "0000 25 c80000000000"  # CurrentSummationDelivered, uint48, 200
    ),
)
COMMAND = aps_header(FrameType.COMMAND).encode()
SECURED_COMMAND = aps_header(FrameType.COMMAND, secured=True)


def dissector(keys: KeyRing | None = None) -> Dissector:
    return Dissector(name_book(), key_ring() if keys is None else keys)


def test_a_row_tells_who_sent_what_to_whom_when_and_under_which_keys() -> None:
    rows = dissector()
    rows.row(transmission(mac_data(b"", HUB, METER), HUB.name))
    sent = transmission(mac_data(sealed_nwk(nwk_header(), READING)), at=77)

    row = rows.row(sent)

    assert (row.at, row.source, row.destination) == (77, "gsme", "hub")
    assert (row.layer, row.label) == ("zcl", "Report Attributes, Metering")
    assert row.security == "NWK key + link key"
    assert row.psdu == sent.psdu_with_fcs


def test_a_receiver_that_was_not_heard_of_is_nobody_yet() -> None:
    row = dissector().row(transmission(mac_data(b"")))

    assert row.destination == "?"


@pytest.mark.parametrize(("sequence", "destination"), [(7, "gsme"), (8, "?")])
def test_an_acknowledgement_is_for_whoever_asked(sequence: int, destination: str) -> None:
    rows = dissector()
    rows.row(transmission(mac_data(b""), METER.name))

    row = rows.row(transmission(bytes((0x02, 0x00, sequence)), HUB.name))

    assert (row.label, row.source, row.destination) == ("Ack", "hub", destination)


def test_an_acknowledgement_may_come_after_a_frame_of_somebody_else() -> None:
    rows = dissector()
    rows.row(transmission(mac_data(b""), METER.name))
    rows.row(transmission(mac_data(b"").replace(b"\x07", b"\x08", 1), ROUTER.name))

    row = rows.row(transmission(bytes.fromhex("0200 07"), HUB.name))

    assert row.destination == "gsme"


def test_an_acknowledgement_that_nobody_asked_for_is_for_nobody() -> None:
    rows = dissector()
    rows.row(transmission(bytes.fromhex("0308 07 ffff ffff 07"), METER.name))

    assert rows.row(transmission(bytes.fromhex("0200 07"), HUB.name)).destination == "?"


def test_without_keys_a_row_tells_only_what_is_in_the_clear() -> None:
    sent = transmission(mac_data(sealed_nwk(nwk_header(), READING)))

    row = dissector(KeyRing()).row(sent)

    assert (row.label, row.layer, row.security) == ("encrypted NWK data", "nwk", "NWK key")


def test_without_the_agreed_key_a_row_ends_at_aps() -> None:
    keys = KeyRing()
    keys.add_network_key(NETWORK_KEY, 0)

    row = dissector(keys).row(transmission(mac_data(sealed_nwk(nwk_header(), READING))))

    assert (row.label, row.security) == ("encrypted APS frame", "NWK key + link key")


@given(
    any_octets(), any_octets(), st.sampled_from(["mac", "plain", "nwk", "aps", "command", "key"])
)
@example(b"", b"", "mac")
@example(b"\x05\x01" + AGREED_KEY[:15], b"", "command")
@example(b"\x09\x01" + NETWORK_KEY + INSTALL_KEY, b"", "command")
def test_any_octets_at_any_layer_give_rows_without_a_key(
    octets: bytes, others: bytes, place: str
) -> None:
    rows = dissector()

    shown = [rows.row(transmission(_wrapped(part, place))) for part in (octets, others)]

    for line in (line for row in shown for line in row.detail):
        assert not any(key.hex(" ") in line for key in (NETWORK_KEY, INSTALL_KEY, AGREED_KEY))


def _wrapped(octets: bytes, place: str) -> bytes:
    match place:
        case "mac":
            return octets
        case "plain":
            return mac_data(nwk_header(secured=False).encode() + octets)
        case "nwk":
            return mac_data(sealed_nwk(nwk_header(), octets))
        case "aps":
            frame = sealed_aps(aps_header(secured=True), octets)
            return mac_data(sealed_nwk(nwk_header(), frame))
        case "command":
            return mac_data(sealed_nwk(nwk_header(), COMMAND + octets))
        case _:
            frame = sealed_aps(SECURED_COMMAND, octets, INSTALL_KEY, KeyIdentifier.KEY_LOAD)
            return mac_data(sealed_nwk(nwk_header(), frame))
