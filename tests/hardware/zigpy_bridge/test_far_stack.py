"""APS over lines of JSON."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataRequest,
    ApsmeSetLinkKeyRequest,
    ApsSecurity,
    ApsStatus,
    KeyOrigin,
)
from hardware.zigpy_bridge.far_stack import LONGEST_MESSAGE, FarStack

NOW = Instant(0)
METER = Eui64(0x00DB1234567890A0)
MESSAGE = {
    "event": "message",
    "source": 0x1234,
    "broadcast": False,
    "profile": 0x0109,
    "cluster": 0x0702,
    "source_endpoint": 1,
    "endpoint": 3,
    "asdu": "180701",
    "link_key": True,
    "counter": 5,
    "lqi": 255,
    "rssi": -60,
}


class Lines(list[dict[str, Any]]):
    """What was sent."""

    def tell(self, **fields: Any) -> None:
        self.append(fields)


def request(asdu: bytes) -> ApsdeDataRequest:
    return ApsdeDataRequest(
        9,
        NwkAddress(0x1234),
        Endpoint(1),
        Endpoint(3),
        ProfileId(0x0109),
        ClusterId(0x0702),
        asdu,
        link_key=True,
    )


def test_a_request_is_sent_and_confirmed_by_its_handle() -> None:
    lines = Lines()
    stack = FarStack(lines.tell)

    at_once = stack.handle(request(b"abc"), NOW)
    delivered = stack.sent({"event": "sent", "handle": 9, "reason": ""}, NOW)
    again = stack.sent({"event": "sent", "handle": 9, "reason": ""}, NOW)

    assert (at_once, again) == ((), ())
    assert lines[0]["asdu"] == "616263"
    assert lines[0]["link_key"] is True
    assert delivered == (ApsdeDataConfirm(9, NwkAddress(0x1234), ApsStatus.SUCCESS),)


def test_what_does_not_arrive_is_confirmed_so() -> None:
    stack = FarStack(Lines().tell)
    stack.handle(request(b"abc"), NOW)

    (confirm,) = stack.sent({"event": "sent", "handle": 9, "reason": "no ack"}, NOW)

    assert confirm.status == ApsStatus.NO_ACK


def test_what_is_too_long_for_a_dongle_never_leaves() -> None:
    lines = Lines()

    (confirm,) = FarStack(lines.tell).handle(request(bytes(LONGEST_MESSAGE + 1)), NOW)

    assert isinstance(confirm, ApsdeDataConfirm)
    assert (confirm.status, lines) == (ApsStatus.ASDU_TOO_LONG, [])


def test_an_agreed_key_is_imported() -> None:
    lines = Lines()

    FarStack(lines.tell).handle(ApsmeSetLinkKeyRequest(METER, bytes(16), KeyOrigin.CBKE), NOW)

    assert lines == [{"do": "link_key", "eui64": "00db1234567890a0", "key": "00" * 16}]


def test_a_message_names_its_sender_and_its_key() -> None:
    stack = FarStack(Lines().tell)
    stack.joined({"eui64": "00db1234567890a0", "address": 0x1234})

    (told,) = stack.message(MESSAGE, NOW)

    assert (told.source_eui64, told.security) == (METER, ApsSecurity.LINK_KEY)
    assert stack.address_of(METER) == 0x1234


def test_a_message_that_comes_twice_is_told_once() -> None:
    stack = FarStack(Lines().tell)

    assert (len(stack.message(MESSAGE, NOW)), len(stack.message(MESSAGE, NOW))) == (1, 0)


def test_requests_to_zdo_are_the_dongles_own() -> None:
    stack = FarStack(Lines().tell)
    zdo = {**MESSAGE, "endpoint": 0, "profile": 0}

    asked = stack.message({**zdo, "cluster": 0x0006}, NOW)
    answered = stack.message({**zdo, "cluster": 0x8005}, NOW)

    assert (len(asked), len(answered)) == (0, 1)


def test_a_device_is_where_it_joined_last() -> None:
    stack = FarStack(Lines().tell)
    stack.joined({"eui64": "00db1234567890a0", "address": 0x1234})
    stack.joined({"eui64": "00db1234567890a0", "address": 0x2345})

    assert stack.address_of(METER) == 0x2345
    assert stack.wake(NOW) == ()


@pytest.mark.parametrize("event", [{}, {"eui64": "x", "address": 1}, {"eui64": 3, "address": None}])
def test_a_joiner_that_is_none_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(PeerError):
        FarStack(Lines().tell).joined(event)


@given(
    st.dictionaries(st.sampled_from(sorted(MESSAGE)), st.none() | st.text() | st.lists(st.none()))
)
def test_a_message_that_is_none_is_refused_or_left_out(changes: dict[str, Any]) -> None:
    with suppress(PeerError):
        FarStack(Lines().tell).message({**MESSAGE, **changes}, NOW)
