import pytest

from emulator.testing.stack.nwk_bench import NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.state import NwkState
from emulator.zigbee.nwk.tables.key_store import LAST_COUNTER
from emulator.zigbee.nwk.traffic.protection import Opened, seal, unseal

HEADER = NwkHeader.decode(bytes.fromhex("0802 0000 3412 1e 07"))
AFTER = 8
SOURCE = NwkAddress(0x1234)
KEY = bytes(range(16))


def two_nodes() -> tuple[NwkState, NwkState]:
    bench = NwkBench()
    first = bench.add("first", DeviceType.ROUTER).machine.state
    second = bench.add("second", DeviceType.ROUTER).machine.state
    for state in (first, second):
        state.keys.install(KEY, 0, activate=True)
    return first, second


def refused(state: NwkState, msdu: bytes) -> str:
    outcome = unseal(state, msdu, AFTER, SOURCE)
    assert isinstance(outcome, FrameDropped)
    return outcome.reason


def sealed_by(state: NwkState, payload: bytes = b"payload") -> bytes:
    sealed = seal(state, HEADER, payload)
    assert sealed is not None
    return sealed


def test_what_one_seals_the_other_opens() -> None:
    first, second = two_nodes()

    outcome = unseal(second, sealed_by(first), AFTER, SOURCE)

    assert outcome == Opened(b"payload", first.nib.eui64)


def test_replayed_frame_is_refused() -> None:
    first, second = two_nodes()
    frame = sealed_by(first)
    unseal(second, frame, AFTER, SOURCE)

    assert "not fresh" in refused(second, frame)
    assert second.keys.replays == 1


def test_older_frame_is_refused() -> None:
    first, second = two_nodes()
    older, newer = sealed_by(first), sealed_by(first)
    unseal(second, newer, AFTER, SOURCE)

    assert "not fresh" in refused(second, older)


def test_frame_that_does_not_verify_moves_no_counter() -> None:
    first, second = two_nodes()
    forged = bytearray(sealed_by(first))
    forged[9:13] = b"\xf0\xff\xff\xff"

    assert "MIC" in refused(second, bytes(forged))
    assert isinstance(unseal(second, sealed_by(first), AFTER, SOURCE), Opened)


def test_last_counter_value_is_refused() -> None:
    first, second = two_nodes()
    forged = bytearray(sealed_by(first))
    forged[9:13] = LAST_COUNTER.to_bytes(4, "little")

    assert "not fresh" in refused(second, bytes(forged))


def test_changed_header_is_refused() -> None:
    first, second = two_nodes()
    frame = bytearray(sealed_by(first))
    frame[2] ^= 1

    assert "MIC" in refused(second, bytes(frame))


def test_unknown_key_sequence_number_is_refused() -> None:
    first, second = two_nodes()
    first.keys.install(bytes(16), 9, activate=True)

    assert "sequence number 9" in refused(second, sealed_by(first))


def test_frame_under_another_kind_of_key_is_refused() -> None:
    _, second = two_nodes()

    assert "no network key identifier" in refused(second, HEADER.encode() + bytes(5 + 8))


def test_sender_that_leaves_its_eui64_out_is_found_by_its_address() -> None:
    _, second = two_nodes()
    without = HEADER.encode() + bytes.fromhex("08 00000000 00") + bytes(8)

    assert "no sender" in refused(second, without)
    second.learn_address(second.nib.eui64, SOURCE)
    assert "MIC" in refused(second, without)


@pytest.mark.parametrize("length", range(14))
def test_cut_off_auxiliary_header_is_malformed(length: int) -> None:
    first, second = two_nodes()

    outcome = unseal(second, sealed_by(first)[: AFTER + length], AFTER, SOURCE)

    assert isinstance(outcome, MalformedFrame)


def test_without_a_key_nothing_is_sealed() -> None:
    state = NwkBench().add("node", DeviceType.ROUTER).machine.state

    assert seal(state, HEADER, b"") is None
