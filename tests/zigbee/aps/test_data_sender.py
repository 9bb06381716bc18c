"""Messages over a link that loses, doubles and reorders: each arrives once, or its loss is told."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.testing.stack.aps_link import sure
from emulator.testing.stack.aps_scene import METER, METER_ADDRESS, message, pair, reasons, share
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.aps.facts import ApsProtocolViolation
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest
from emulator.zigbee.nwk.primitives import NldeDataConfirm, NldeDataRequest, NwkStatus


def rough(seed: int, loss: float) -> "RoughLink":
    return RoughLink(Stream(f"link {seed}"), loss)


class RoughLink:
    def __init__(self, drawn: Stream, loss: float) -> None:
        self.drawn = drawn
        self.loss = loss

    def __call__(self, _frame: NldeDataRequest) -> tuple[Duration, ...]:
        copies = 2 if self.drawn.chance(0.1) else 1
        return tuple(
            self.drawn.duration(milliseconds(2), milliseconds(900))
            for _ in range(copies)
            if not self.drawn.chance(self.loss)
        )


@example(seed=1, loss=0.0, lengths=[184], link_key=False)
@given(
    seed=st.integers(0, 2**32),
    loss=st.sampled_from((0.0, 0.1, 0.3)),
    lengths=st.lists(st.integers(0, 400), min_size=1, max_size=4),
    link_key=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_every_message_is_delivered_once_when_confirmed_and_at_most_once_else(
    seed: int, loss: float, lengths: list[int], link_key: bool
) -> None:
    link, hub, meter = pair()
    share(hub, meter)
    sent = [bytes((number,)) * length for number, length in enumerate(lengths)]

    link.link = rough(seed, loss)
    for number, asdu in enumerate(sent):
        hub.post(message(asdu, handle=number, link_key=link_key))
        link.run(seconds(70))

    assert len(hub.statuses) == len(sent)
    for asdu, status in zip(sent, hub.statuses, strict=True):
        assert meter.asdus.count(asdu) <= sent.count(asdu)
        assert status == "NO_ACK" or asdu in meter.asdus


def test_messages_under_way_together_do_not_mix() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    sent = [bytes((number,)) * 150 for number in range(5)]

    for number, asdu in enumerate(sent):
        hub.post(message(asdu, handle=number, link_key=bool(number % 2)))
    link.run(seconds(5))

    assert sorted(meter.asdus) == sent
    assert hub.statuses == ["SUCCESS"] * 5


def test_a_message_that_nwk_cannot_send_fails() -> None:
    link, hub, _ = pair()
    link.link = lambda _: ()
    hub.post(message(ack=False))

    hub.post(NldeDataConfirm(link.carried[0].handle, NwkStatus.ROUTE_ERROR))

    assert hub.statuses == ["NWK_FAILURE"]


def test_a_failure_in_nwk_leaves_an_acknowledged_message_to_its_retries() -> None:
    link, hub, meter = pair()
    link.link = lambda _: ()
    hub.post(message())

    hub.post(NldeDataConfirm(link.carried[0].handle, NwkStatus.MAC_NO_ACK))
    link.link = sure
    link.run(seconds(3))

    assert (hub.statuses, meter.asdus) == (["SUCCESS"], [b"reading"])


def test_a_message_whose_key_is_forgotten_on_its_way_fails() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    link.link = lambda _: ()
    hub.post(message(link_key=True))

    hub.post(ApsmeSetLinkKeyRequest(METER, None))
    link.run(seconds(2))

    assert hub.statuses == ["SECURITY_FAIL"]


@pytest.mark.parametrize(
    ("length", "acknowledgement"),
    [
        # control, endpoint, cluster, profile, endpoint, then after the counter the extended header
        (100, "02 02 0207 0901 01 {} "),
        (100, "82 02 0207 0901 01 {} 00"),
        (100, "82 02 0207 0901 01 {} 02 01 ff"),
        (100, "82 02 0207 0901 01 {} 01 00 fe"),
        (7, "82 02 0207 0901 01 {} 01 00 ff"),
        (7, "02 03 0207 0901 01 {}"),
    ],
)
def test_an_acknowledgement_of_something_else_confirms_nothing(
    length: int, acknowledgement: str
) -> None:
    link, hub, _ = pair()
    link.link = lambda _: ()
    hub.post(message(bytes(length)))

    counter = f"{link.carried[0].nsdu[7]:02x}"
    frame = bytes.fromhex(acknowledgement.format(counter))
    link.deliver(METER_ADDRESS, NldeDataRequest(1, COORDINATOR, frame))
    link.run(seconds(0.1))

    assert (hub.statuses, len(link.carried)) == ([], 1)
    assert "acknowledges nothing" in reasons(link)


def test_an_acknowledgement_nobody_asked_for_is_a_violation() -> None:
    link, hub, _ = pair()
    link.link = lambda _: ()
    hub.post(message(ack=False))

    ack = bytes.fromhex("02 02 0207 0901 01") + link.carried[0].nsdu[7:8]
    link.deliver(METER_ADDRESS, NldeDataRequest(1, COORDINATOR, ack))

    [fact] = link.facts(ApsProtocolViolation)
    assert (fact.state, fact.event) == ("WAITING_FOR_NWK", "LAST_ACKNOWLEDGED")
