"""Messages over a link that loses, doubles and reorders: each arrives once, or its loss is told."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.testing.aps_scene import message, pair, share
from emulator.zigbee.nwk.primitives import NldeDataRequest


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
