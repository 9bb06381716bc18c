import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.radio.acknowledgement import (
    Pending,
    acknowledgement,
    acknowledgement_on_air,
    acknowledges,
    is_acknowledgement,
    says_pending,
    wants_acknowledgement,
)
from emulator.radio.fcs import with_fcs

CHILD = Eui64(0x00DB1234567890A1)
PENDING = Pending.of((0x1234,), (CHILD,))

DATA_REQUESTS = {
    "short, one PAN": "6388 07 175a 0000 3412 04",
    "short, two PANs": "2388 07 175a 0000 185a 3412 04",
    "extended, one PAN": "63c8 07 175a 0000 a190785634 12db00 04",
    "no destination": "2380 07 175a 3412 04",
    "extended to extended": "63cc 07 175a a090785634 12db00 a190785634 12db00 04",
}
OTHERS = {
    "another source": "6388 07 175a 0000 3512 04",
    "another command": "6388 07 175a 0000 3412 01",
    "data": "6188 07 175a 0000 3412 04",
    "no source": "2308 07 175a 0000 04",
    "no command": "6388 07 175a 0000 3412",
    "reserved addressing mode": "6384 07 175a 0000 3412 04",
}


@pytest.mark.parametrize("text", DATA_REQUESTS.values(), ids=DATA_REQUESTS)
def test_data_request_of_a_listed_device_is_answered_with_frame_pending(text: str) -> None:
    made = acknowledgement(bytes.fromhex(text), PENDING)

    assert made == bytes.fromhex("1200 07")
    assert says_pending(made)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_anything_else_is_answered_without_it(text: str) -> None:
    made = acknowledgement(bytes.fromhex(text), PENDING)

    assert made == bytes.fromhex("0200 07")
    assert not says_pending(made)


def test_nobody_listed_means_never_pending() -> None:
    frame = bytes.fromhex(DATA_REQUESTS["short, one PAN"])

    assert not says_pending(acknowledgement(frame, Pending()))


def test_broadcast_wants_no_acknowledgement() -> None:
    assert wants_acknowledgement(bytes.fromhex("6188 07 175a 0000 3412"))
    assert not wants_acknowledgement(bytes.fromhex("6188 07 175a ffff 3412"))
    assert not wants_acknowledgement(bytes.fromhex("4188 07 175a 0000 3412"))


@given(st.binary(min_size=3, max_size=125))
def test_acknowledgement_of_any_frame_acknowledges_it(frame: bytes) -> None:
    made = acknowledgement(frame, PENDING)

    assert is_acknowledgement(made)
    assert acknowledges(made, frame)
    assert acknowledgement_on_air(frame, PENDING) == with_fcs(made)


@pytest.mark.parametrize("text", DATA_REQUESTS.values(), ids=DATA_REQUESTS)
def test_something_for_everyone_means_pending_for_any_data_request(text: str) -> None:
    everyone = Pending.of((), (), everyone=True)

    assert says_pending(acknowledgement(bytes.fromhex(text), everyone))


def test_something_for_everyone_is_said_to_data_requests_only() -> None:
    everyone = Pending.of((), (), everyone=True)

    assert not says_pending(acknowledgement(bytes.fromhex(OTHERS["data"]), everyone))
