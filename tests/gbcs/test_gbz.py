import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload, gbz_payload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.gbz_component import GbzComponent
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.judges.reference_data import reference_messages
from emulator.zcl.foundation.header import ZclHeader

HEADER = ZclHeader.decode(bytes.fromhex("00 01 00"))
TWO_READS = bytes.fromhex(
    "0109 02"  # profile, count
    "00 0702 0005 00 00 00 0000"  # read attributes of Metering
    "01 0000 0005 00 01 00 0300"  # the last one, of Basic
)


def test_every_reference_payload_comes_back_octet_for_octet() -> None:
    messages = [Message.decode(each.octets) for each in reference_messages()]
    payloads = [(each.payload, each.cra) for each in messages if each.payload.startswith(PROFILE)]

    again = [GbzPayload.decode(octets, cra).encode() for octets, cra in payloads]

    assert again == [octets for octets, _ in payloads]
    kinds = [cra is Cra.ALERT for _, cra in payloads]
    assert (kinds.count(False), kinds.count(True)) == (334, 20)


def test_reference_payload_with_one_octet_changed_is_read_or_refused_in_its_place() -> None:
    for reference in reference_messages()[::17]:
        message = Message.decode(reference.octets)
        if message.payload.startswith(PROFILE):
            for at in range(len(message.payload)):
                changed = bytearray(message.payload)
                changed[at] ^= 0x81
                assert came_back(bytes(changed), message.cra)


def came_back(octets: bytes, cra: Cra) -> bool:
    """Whether octets are a payload that encodes to them, or refused at a place inside them."""
    try:
        return GbzPayload.decode(octets, cra).encode() == octets
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)


@given(st.binary(max_size=200), st.sampled_from(Cra))
def test_any_octets_give_a_payload_or_a_wire_error(octets: bytes, cra: Cra) -> None:
    assert came_back(octets, cra)
    assert came_back(PROFILE + octets, cra)


def test_components_keep_their_order() -> None:
    payload = GbzPayload.decode(TWO_READS, Cra.COMMAND)

    assert [each.cluster for each in payload.components] == [0x0702, 0x0000]
    assert [each.last for each in payload.components] == [False, True]


def test_only_the_last_component_says_so_in_a_payload_that_is_put_together() -> None:
    reads = [GbzComponent(cluster, HEADER, bytes(2), last=True) for cluster in (1, 2, 3)]

    payload = gbz_payload(reads)

    assert [each.last for each in payload.components] == [False, False, True]
    assert GbzPayload.decode(payload.encode(), Cra.COMMAND) == payload


def test_no_components_are_a_payload() -> None:
    assert gbz_payload([]).encode() == bytes.fromhex("0109 00")


@pytest.mark.parametrize(
    ("octets", "path", "offset"),
    [
        (b"", "GbzPayload.profile", 0),
        (bytes.fromhex("0104 00"), "GbzPayload.profile", 0),
        (TWO_READS + b"\x00", "GbzPayload", len(TWO_READS)),
        (TWO_READS[:13], "GbzPayload.components[1].control", 13),
        (TWO_READS[:-1], "GbzPayload.components[1].length", 16),
    ],
)
def test_refusal_names_component_and_offset(octets: bytes, path: str, offset: int) -> None:
    with pytest.raises(WireError) as refused:
        GbzPayload.decode(octets, Cra.COMMAND)

    assert (refused.value.path, refused.value.offset) == (path, offset)


def test_alert_beside_components_is_the_callers_error() -> None:
    with pytest.raises(LocalError):
        GbzPayload((GbzComponent(0, HEADER),), GbzAlert(0x8F72, 0)).encode()
    with pytest.raises(LocalError):
        GbzPayload((), GbzAlert(0x8F72, 0, count=256)).encode()
    with pytest.raises(LocalError):
        GbzPayload((GbzComponent(0, HEADER),) * 256).encode()
