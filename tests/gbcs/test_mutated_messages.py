"""Messages with octets changed, inserted and left out: typed errors only, and bounded work."""

from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import PeerError
from emulator.kernel.streams import Stream, Streams
from emulator.testing.judges.reference_data import reference_messages

HARMFUL = bytes.fromhex("00 01 02 09 13 7F 80 81 82 83 84 FE FF D9 DA DF 0F 30 31")
"""Tags and lengths: octets that change how what follows is read."""


def _mutated(octets: bytes, stream: Stream) -> bytes:
    changed = bytearray(octets)
    for _ in range(stream.integer(1, 4)):
        at = stream.integer(0, len(changed) - 1)
        match stream.integer(0, 3):
            case 0:
                changed[at] = stream.integer(0, 255)
            case 1:
                changed[at] = HARMFUL[stream.integer(0, len(HARMFUL) - 1)]
            case 2:
                del changed[at : at + stream.integer(1, 8)]
            case _:
                changed[at:at] = changed[at : at + stream.integer(1, 8)]
        if not changed:
            break
    return bytes(changed)


def _decode(message: Message) -> bool:
    """Whether a mutated message still has a payload; anything but a typed error fails the test."""
    try:
        payload = decode_payload(message)
    except PeerError:
        return False
    assert payload.encode()
    explain(message, payload)
    return True


def _mutated_message(octets: bytes, stream: Stream) -> Message | None:
    """The message with its payload mutated, or with any of its octets: then it may be none."""
    if stream.chance(0.5):
        message = Message.decode(octets)
        return replace(message, payload=_mutated(message.payload, stream))
    try:
        return Message.decode(_mutated(octets, stream))
    except PeerError:
        return None


def _survivors(count: int, seed: int) -> int:
    octets = [each.octets for each in reference_messages()]
    stream = Streams(seed).stream("mutations", "gbcs")
    mutated = (_mutated_message(stream.choice(octets), stream) for _ in range(count))
    return sum(message is not None and _decode(message) for message in mutated)


def test_mutated_messages_raise_typed_errors_only() -> None:
    survivors = _survivors(2_000, seed=1)

    assert 0 < survivors < 2_000


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_million_mutated_messages_raise_typed_errors_only() -> None:
    survivors = _survivors(1_000_000, seed=2)

    assert 0 < survivors < 1_000_000
