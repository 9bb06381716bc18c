from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.scenes.gbcs_vectors import DEVICE, RESET_METER_BALANCE, SUPPLIER

EUI64S = st.integers(0, 2**64 - 1).map(Eui64)
COUNTERS = st.integers(0, 2**64 - 1)
INFORMATION = st.one_of(
    st.builds(OtherInformation, st.integers(0, 0xFFFF)),
    st.builds(OtherInformation, st.integers(0, 0xFFFF), EUI64S),
    st.builds(OtherInformation, st.integers(0, 0xFFFF), EUI64S, COUNTERS),
    st.builds(OtherInformation, st.integers(0, 0xFFFF), EUI64S, COUNTERS, COUNTERS),
    st.builds(
        OtherInformation,
        st.integers(0, 0xFFFF),
        EUI64S,
        COUNTERS,
        st.none(),
        st.binary(min_size=8, max_size=300).map(lambda body: b"\x30" + body),
    ),
)
SIGNATURES = st.one_of(st.just(b""), st.binary(min_size=64, max_size=64))


def messages() -> st.SearchStrategy[Message]:
    fields = {
        "cra": st.sampled_from(Cra),
        "counter": COUNTERS,
        "originator": EUI64S,
        "recipient": EUI64S,
        "date_time": st.one_of(st.just(b""), st.binary(min_size=12, max_size=12)),
        "other_information": INFORMATION,
        "payload": st.binary(max_size=300),
    }
    maced = st.builds(
        Message, **fields, signature=SIGNATURES, mac=st.binary(min_size=12, max_size=12)
    )
    bare = st.builds(Message, **fields, signature=SIGNATURES)
    pre_commands = st.builds(Message, **fields | {"cra": st.just(Cra.COMMAND)}, signature=st.none())
    return st.one_of(maced, bare, pre_commands)


def came_back(octets: bytes) -> bool:
    """Whether octets are a message that encodes to them, or refused at a place inside them."""
    try:
        return Message.decode(octets).encode() == octets
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)


def pre_command() -> Message:
    return Message(
        Cra.COMMAND, 5, SUPPLIER, DEVICE, b"", OtherInformation(0xB3), bytes.fromhex("D9")
    )


def test_command_of_the_vector_is_read_field_by_field() -> None:
    message = Message.decode(RESET_METER_BALANCE)

    assert (message.cra, message.counter) == (Cra.COMMAND, 1)
    assert (message.originator, message.recipient) == (SUPPLIER, DEVICE)
    assert (message.date_time, message.other_information) == (b"", OtherInformation(0xB3))
    assert message.payload.hex().startswith("d920000001")
    assert (message.signature or b"").hex().startswith("59045ab0")
    assert (message.mac or b"").hex() == "5d832d15b57a56d620f198b3"


def test_regions_of_the_vector_are_those_the_clauses_name() -> None:
    message = Message.decode(RESET_METER_BALANCE)

    assert message.signed_region == RESET_METER_BALANCE[15 : -12 - 65]
    assert message.maced_region == RESET_METER_BALANCE[14:-12]


@given(messages())
def test_every_message_comes_back(message: Message) -> None:
    octets = message.encode()

    decoded = Message.decode(octets)

    assert decoded == message
    assert decoded.encode() == octets
    assert decoded.signed_region == message.signed_region


@given(messages(), st.binary(max_size=20))
def test_changed_field_is_encoded_instead_of_what_was_read(message: Message, other: bytes) -> None:
    changed = replace(Message.decode(message.encode()), payload=other)

    assert Message.decode(changed.encode()).payload == other


@given(st.binary(max_size=120))
@example(b"")
@example(bytes.fromhex("DD"))
@example(bytes.fromhex("DF0901"))
def test_any_octets_are_a_message_or_refused(octets: bytes) -> None:
    assert came_back(octets)


@given(st.integers(0, len(RESET_METER_BALANCE) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_vector_is_a_message_or_refused(at: int, damage: bytes) -> None:
    octets = RESET_METER_BALANCE[:at] + damage + RESET_METER_BALANCE[at + len(damage) :]

    assert came_back(octets)


@pytest.mark.parametrize("length", range(len(RESET_METER_BALANCE)))
def test_message_cut_short_is_refused(length: int) -> None:
    with pytest.raises(WireError):
        Message.decode(RESET_METER_BALANCE[:length])


def test_message_that_goes_on_is_refused() -> None:
    with pytest.raises(WireError, match="length 169, found 170 octets"):
        Message.decode(RESET_METER_BALANCE + b"\x00")


@pytest.mark.parametrize(
    ("at", "octet", "path", "offset"),
    [
        (0, "00", "tag", 0),
        (3, "01", "mac_header", 3),
        (7, "83", "mac_header", 7),
        (8, "a8", "mac_header", 7),
        (9, "31", "security_header", 9),
        (13, "01", "security_header", 13),
        (14, "de", "tag", 14),
        (15, "08", "transaction_id", 15),
        (16, "00", "cra", 16),
        (16, "04", "cra", 16),
        (25, "07", "originator", 25),
        (34, "09", "recipient", 34),
        (43, "01", "date_time", 43),
        (43, "ff", "date_time", 43),
        (44, "01", "other_information", 45),
        (47, "36", "signature", 102),
        (47, "80", "payload", 47),
        (47, "7f", "payload", 47),
        (101, "3f", "signature", 101),
        (101, "00", "", 102),
    ],
)
def test_wrong_octet_is_refused_by_field_and_place(
    at: int, octet: str, path: str, offset: int
) -> None:
    octets = RESET_METER_BALANCE[:at] + bytes.fromhex(octet) + RESET_METER_BALANCE[at + 1 :]

    with pytest.raises(WireError) as refused:
        Message.decode(octets)

    assert refused.value.path == (f"Message.{path}" if path else "Message")
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    ("octets", "path", "offset"),
    [
        ("DD000000000000 11 1100000000" + "00" * 12, "mac", 13),  # a MAC over nothing
        ("DD000000000000 05 1100000000", "mac", 13),
        ("DD000000000000 02 1100", "security_header", 10),
        ("DD09", "mac_header", 1),
        ("DF09 01 0000000000000001 08 123456789ABCDEF0", "recipient", 20),
        ("DF09 01 0000000000000001 08 123456789ABCDEF0 08 00", "recipient", 22),
    ],
)
def test_message_that_stops_in_a_header_is_refused(octets: str, path: str, offset: int) -> None:
    with pytest.raises(WireError) as refused:
        Message.decode(bytes.fromhex(octets))

    assert (refused.value.path, refused.value.offset) == (f"Message.{path}", offset)


def test_message_longer_than_any_is_refused_unread() -> None:
    with pytest.raises(WireError, match="at most 65536"):
        Message.decode(b"\xdf" * 0x1_0001)


def test_pre_command_ends_at_its_payload() -> None:
    message = replace(pre_command(), signature=None)

    assert message.encode() == pre_command().encode()[:-1]
    assert Message.decode(message.encode()) == message
    assert message.signed_region == pre_command().signed_region


@pytest.mark.parametrize("cra", [Cra.RESPONSE, Cra.ALERT])
def test_response_and_alert_do_not_end_at_their_payload(cra: Cra) -> None:
    whole = replace(pre_command(), cra=cra).encode()

    with pytest.raises(WireError, match="found the end") as refused:
        Message.decode(whole[:-1])
    with pytest.raises(LocalError, match="only a command"):
        replace(pre_command(), cra=cra, signature=None).encode()

    assert (refused.value.path, refused.value.offset) == ("Message.signature", len(whole) - 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("signature", b"\x01"), ("mac", b"\x01"), ("date_time", b"\x01")],
)
def test_field_that_does_not_fit_is_refused(field: str, value: bytes) -> None:
    with pytest.raises(LocalError, match="octets"):
        Message.encode(
            Message(
                cra=Cra.COMMAND,
                counter=5,
                originator=SUPPLIER,
                recipient=DEVICE,
                date_time=value if field == "date_time" else b"",
                other_information=OtherInformation(0xB3),
                payload=b"",
                signature=value if field == "signature" else b"",
                mac=value if field == "mac" else None,
            )
        )


@pytest.mark.parametrize("counter", [-1, 2**64])
def test_counter_has_64_bits(counter: int) -> None:
    with pytest.raises(LocalError, match="64 bits"):
        replace(pre_command(), counter=counter).encode()


def test_pre_command_takes_no_mac() -> None:
    with pytest.raises(LocalError, match="signature element"):
        replace(pre_command(), signature=None, mac=bytes(12)).encode()


@pytest.mark.parametrize(
    ("field", "offset"),
    [
        ("cra", 16),
        ("counter", 17),
        ("originator", 25),
        ("recipient", 34),
        ("date_time", 43),
        ("other_information", 44),
        ("payload", 47),
        ("signature", 101),
        ("mac", 166),
    ],
)
def test_field_is_found_in_the_octets(field: str, offset: int) -> None:
    assert Message.decode(RESET_METER_BALANCE).offset_of(field) == offset


def test_every_reference_message_is_read_and_written_the_same() -> None:
    messages = reference_messages()

    assert len(messages) == 1275
    assert all(Message.decode(each.octets).encode() == each.octets for each in messages)
