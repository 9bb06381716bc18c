from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.utrn import (
    COUNTER_SPAN,
    TokenKey,
    TopUp,
    Utrn,
    ValueClass,
    build_utrn,
    rebuild_counter,
    verify_utrn,
)
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_keys, reference_messages

SUPPLIER = Eui64(0x90B3D51F30010000)
ESME, GSME = Eui64(0x00DB1234567890A0), Eui64(0x00DB1234567890A1)
TOP_UPS = st.builds(
    TopUp, st.integers(0, 8191), st.sampled_from(ValueClass), st.integers(0, COUNTER_SPAN - 1)
)
COUNTERS = st.integers(0, 2**32 - 1)
GENUINE = ("CS01a_2.2_ERROR_COMMAND", "CS01a_2.2_SUCCESS_COMMAND", "CS01b_2.2_SUCCESS_COMMAND")


class FixedAgreement:
    """Two parties whose secret is their two identifiers."""

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        return own.to_bytes(16, "big") + peer.to_bytes(16, "big")


KEY = TokenKey(SUPPLIER, ESME, FixedAgreement())


def reference_key(device: Eui64) -> TokenKey:
    agreement = StoredKeyAgreement(reference_keys(), KeyUse.PREPAYMENT_KEY_AGREEMENT)
    return TokenKey(SUPPLIER, device, agreement)


def genuine_tokens() -> Iterator[tuple[Message, str]]:
    """The messages that bring a token to a meter, and its 20 digits, which end their payload."""
    for each in reference_messages():
        if each.name.partition("/")[2].startswith(GENUINE):
            message = Message.decode(each.octets)
            yield message, message.payload[-20:].decode("ascii")


@given(TOP_UPS, st.binary(min_size=4, max_size=4))
def test_digits_stand_for_the_token(top_up: TopUp, mac: bytes) -> None:
    token = Utrn(top_up, mac)

    assert Utrn.parse(token.digits) == token
    assert len(token.digits) == 20


def test_genuine_tokens_verify_and_are_built_alike() -> None:
    tokens = list(genuine_tokens())

    for message, digits in tokens:
        token, key = Utrn.parse(digits), reference_key(message.recipient)
        counter = verify_utrn(key, token, highest=(message.counter >> 32) - 1)
        again = build_utrn(key, counter, token.top_up.value, token.top_up.value_class)
        assert counter == message.counter
        assert again.digits == digits
    assert len(tokens) == 3


@pytest.mark.parametrize(
    ("counter", "value", "value_class", "payload"),
    [
        (0x1_0000_0000, 100, ValueClass.POUNDS, "7394333345718904331"),
        (0x4_0000_0000, 1234, ValueClass.PENCE, "7394725241674520163"),
        (0x1_0000_0000, 8191, ValueClass.POUNDS, "7394368095646343255"),
    ],
)
def test_tokens_of_another_implementation(
    counter: int, value: int, value_class: ValueClass, payload: str
) -> None:
    """Numbers that DCC's message parser expects in its own tests."""
    token = build_utrn(reference_key(ESME), counter, value, value_class)

    assert token.digits[:-1] == payload


@given(COUNTERS, st.integers(0, 8191), st.integers(-500, 500))
def test_token_verifies_near_the_counter_it_was_made_with(
    counter: int, value: int, distance: int
) -> None:
    token = build_utrn(KEY, counter << 32, value, ValueClass.PENCE)
    highest = min(max(counter + distance, 0), 2**32 - 1)

    assert verify_utrn(KEY, token, highest) == counter << 32


@pytest.mark.parametrize(
    ("truncated", "highest", "counter"),
    [
        (812, 2_458_896_000, 2_458_896_172),  # 172 ahead
        (5, 1023, 1029),  # over the end of a span
        (1020, 1030, 1020),  # back over it
        (512, 1024, 1536),  # half a span is ahead
        (1023, 1535, 2047),
        (1023, 1534, 1023),  # more than half a span ahead is behind
        (0, 0, 0),
    ],
)
def test_counter_is_the_nearest_one(truncated: int, highest: int, counter: int) -> None:
    assert abs(counter - highest) <= 512
    assert rebuild_counter(truncated, highest) == counter


@given(COUNTERS, st.integers(0, COUNTER_SPAN - 1))
def test_rebuilt_counter_ends_in_the_truncated_bits(highest: int, truncated: int) -> None:
    try:
        counter = rebuild_counter(truncated, highest)
    except ProtectionError as refused:
        counter = truncated
        assert_rule(refused, Rule.COUNTER)
        assert highest < COUNTER_SPAN or highest > 2**32 - COUNTER_SPAN
    assert counter % COUNTER_SPAN == truncated


def assert_rule(refused: ProtectionError, rule: Rule) -> None:
    assert refused.rule is rule


@pytest.mark.parametrize(("truncated", "highest"), [(1000, 0), (0, 2**32 - 1)])
def test_counter_outside_32_bits_is_refused(truncated: int, highest: int) -> None:
    with pytest.raises(ProtectionError, match="originator counter"):
        rebuild_counter(truncated, highest)


@pytest.mark.parametrize("change", ["value", "counter", "mac", "device"])
def test_changed_token_is_refused(change: str) -> None:
    token = build_utrn(KEY, 7 << 32, 250, ValueClass.PENCE)
    key = KEY
    if change == "value":
        token = replace(token, top_up=replace(token.top_up, value=251))
    elif change == "counter":
        token = replace(token, top_up=replace(token.top_up, truncated_counter=8))
    elif change == "mac":
        token = replace(token, mac=bytes(4))
    else:
        key = replace(KEY, device=GSME)

    with pytest.raises(ProtectionError) as refused:
        verify_utrn(key, token, 6)

    assert refused.value.rule is Rule.MAC


def test_spaces_and_hyphens_do_not_count() -> None:
    digits = build_utrn(KEY, 1 << 32, 10, ValueClass.POUNDS).digits

    spaced = " ".join((digits[:4], digits[4:8] + "-" + digits[8:12], digits[12:]))

    assert Utrn.parse(spaced).digits == digits


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "Utrn"),
        ("1234567891012131415", "Utrn"),
        ("1234567891012131415x", "Utrn"),
        ("\u0663" * 20, "Utrn"),
        ("12345678910121314156", "Utrn.check_digit"),
        ("12345678910121314150", "Utrn"),  # another class of token
    ],
)
def test_what_is_no_token_is_refused(text: str, path: str) -> None:
    with pytest.raises(WireError) as refused:
        Utrn.parse(text)

    assert refused.value.path == path


@given(st.text(max_size=30))
def test_any_text_is_a_token_or_refused(text: str) -> None:
    try:
        token = Utrn.parse(text)
    except WireError:
        return
    assert Utrn.parse(token.digits) == token


@pytest.mark.parametrize(
    ("counter", "value"),
    [(1, 10), (-1 << 32, 10), (1 << 64, 10), (1 << 32, 8192), (1 << 32, -1)],
)
def test_what_does_not_fit_is_the_callers_error(counter: int, value: int) -> None:
    with pytest.raises(LocalError):
        build_utrn(KEY, counter, value, ValueClass.PENCE)
