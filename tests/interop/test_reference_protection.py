"""The reference messages: every signature, MAC and encrypted block, verified and made again."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

import pytest

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.message_check import CheckedMessage, check_message
from emulator.gbcs.payload import decode_payload, payload_offset
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.message_protection import Check, Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.kernel.errors import WireError
from emulator.testing.judges.reference_data import reference_keys, reference_messages

BETWEEN_DEVICES = ("NA_PCS01/", "NA_PCS02/")
"""Folders of the messages from a PPMID to a GSME, whose keys nobody has."""


def protection() -> Protection:
    keys = reference_keys()
    return Protection(keys=keys, agreement=StoredKeyAgreement(keys))


def checked() -> Iterator[tuple[str, CheckedMessage]]:
    keys = protection()
    return ((each.name, check_message(each.octets, keys)) for each in reference_messages())


def test_every_message_verifies() -> None:
    results = dict(checked())

    assert Counter(each.signature for each in results.values()) == {
        Check.VALID: 472,
        Check.ABSENT: 803,
    }
    assert Counter(each.mac for each in results.values()) == {
        Check.VALID: 811,
        Check.UNCHECKED: 4,
        Check.ABSENT: 460,
    }
    assert all(
        name.startswith(BETWEEN_DEVICES)
        for name, each in results.items()
        if each.mac is Check.UNCHECKED
    )
    assert [name for name, each in results.items() if each.findings or not each.identical] == []


def test_every_encrypted_block_is_decrypted() -> None:
    results = [each for _, each in checked()]

    assert sum(each.decrypted for each in results) == 63
    assert sum(each.undecrypted for each in results) == 0


def rebuilt(message: Message, keys: Protection) -> Message:
    """The message made anew from decoded values: payload, sensitive data and MAC."""
    payload = decode_payload(message)
    if encrypted_blocks(payload):
        data = SensitiveData(message, keys.agreement)
        plain = {block: data.decrypt(block) for block in encrypted_blocks(payload)}
        payload = change_blocks(payload, lambda block: data.encrypt(plain[block]))
    bare = replace(message, payload=payload.encode(), mac=None)
    return bare if message.mac is None else replace(bare, mac=keys.mac(bare))


def test_responses_with_a_mac_are_made_again_octet_by_octet() -> None:
    keys = protection()
    same = 0

    for each in reference_messages():
        message = Message.decode(each.octets)
        if message.cra is not Cra.RESPONSE or message.mac is None:
            continue
        if not each.name.startswith(BETWEEN_DEVICES):
            same += rebuilt(message, keys).encode() == each.octets

    assert same == 304


def test_signed_responses_are_made_again_but_for_the_signature() -> None:
    keys = protection()
    same = 0

    for each in reference_messages():
        message = Message.decode(each.octets)
        if message.cra is Cra.RESPONSE and message.signature and message.mac is None:
            again = replace(rebuilt(message, keys), signature=bytes(64)).encode()
            same += again[:-64] == each.octets[:-64]

    assert same == 197


def test_commands_are_protected_again_with_a_signature_of_our_own() -> None:
    keys = protection()
    commands = [Message.decode(each.octets) for each in reference_messages()]
    critical = [each for each in commands if each.cra is Cra.COMMAND and each.signature]

    again = [keys.protect(each, signed=True, maced=each.mac is not None) for each in critical]

    assert len(again) == 194
    assert all(keys.verify(each).valid for each in again)
    assert again == [
        keys.protect(each, signed=True, maced=each.mac is not None) for each in critical
    ]


def sample() -> list[bytes]:
    """200 protected messages, spread over the set."""
    protected = [
        each.octets
        for each in reference_messages()
        if len(each.octets) < 600
        and not each.name.startswith(BETWEEN_DEVICES)
        and Message.decode(each.octets).signature is not None
    ]
    step = len(protected) / 200
    return [protected[int(number * step)] for number in range(200)]


def reason(octets: bytes, keys: Protection) -> str:
    """Why a changed message is rejected: the format, or the first rule it breaks."""
    try:
        keys.require(Message.decode(octets))
    except WireError:
        return "format"
    except ProtectionError as refused:
        return refused.rule.name
    except MissingKeyError:
        return "no key"
    return "accepted"


def spans(message: Message) -> list[tuple[int, str]]:
    """Where each field starts, in order; the lengths of elements are fields of their own."""
    names = ("cra", "counter", "originator", "recipient")
    starts = [(0, "header"), *((message.offset_of(name), name) for name in names)]
    starts += [(message.offset_of("date_time"), "elements")]
    starts += [(payload_offset(message), "payload")]
    starts += [(message.offset_of("signature"), "signature length")]
    starts += [(message.offset_of("signature") + 1, "signature")]
    if message.mac is not None:
        starts.append((message.offset_of("mac"), "mac"))
    return starts


PARTY = {"format", Rule.KNOWN_PARTY.name, Rule.KEY_USAGE.name, "no key"}
"""What a changed party may be rejected for besides what no longer verifies."""


def expected(message: Message) -> dict[str, set[str]]:
    """The reasons that may be given for a change in each field.

    A changed length can make one element swallow the next, and with it the signature.
    """
    broken = {Rule.SIGNATURE.name if message.signature else Rule.MAC.name}
    return {
        "header": {"format"},
        "cra": PARTY | broken,
        "counter": broken,
        "originator": PARTY | broken,
        "recipient": PARTY | broken,
        "elements": {"format", Rule.MAC.name, Rule.PROTECTED.name} | broken,
        "payload": broken,
        "signature length": {"format"},
        "signature": broken,
        "mac": {Rule.MAC.name},
    }


def flips_with_another_reason(octets: bytes, keys: Protection) -> list[tuple[int, str]]:
    """The bits whose change is accepted, or rejected for a reason that is not that of the field."""
    message = Message.decode(octets)
    starts, reasons = spans(message), expected(message)
    wrong = []
    for bit in range(len(octets) * 8):
        changed = bytearray(octets)
        changed[bit // 8] ^= 0x80 >> bit % 8
        given = reason(bytes(changed), keys)
        field = starts[bisect_right(starts, bit // 8, key=itemgetter(0)) - 1][1]
        if given not in reasons[field]:
            wrong.append((bit, given))
    return wrong


def test_every_flipped_bit_of_a_message_is_rejected_for_the_right_reason() -> None:
    shortest = min(sample(), key=len)

    assert flips_with_another_reason(shortest, protection()) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_flipped_bit_of_200_messages_is_rejected_for_the_right_reason() -> None:
    keys = protection()

    wrong = {octets.hex(): flips_with_another_reason(octets, keys) for octets in sample()}

    assert len(wrong) == 200
    assert {octets: flips for octets, flips in wrong.items() if flips} == {}
