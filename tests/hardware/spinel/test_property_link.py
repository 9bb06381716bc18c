"""Properties stay as their host wants them, whatever the line loses."""

import pytest

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from hardware.spinel.frames import PropertyPayload, SpinelFrame
from hardware.spinel.hdlc import HdlcReader
from hardware.spinel.properties import Property, Status
from hardware.spinel.property_link import DeadDongle, PropertyLink, SpinelSettings

CHANNEL = {Property.PHY_CHAN: b"\x0f"}


class Bench:
    """A link whose questions are kept, to be answered or not."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.asked: list[tuple[int, Property, bytes]] = []
        self.missing: list[Property] = []
        self.settled = 0
        self._reader = HdlcReader()
        self.link = PropertyLink(
            "hub", self.scheduler, SpinelSettings(), self._sent, self.missing.append
        )
        self.link.settled = self._settle

    def _settle(self) -> None:
        self.settled += 1

    def _sent(self, octets: bytes) -> None:
        for payload in self._reader.feed(octets):
            frame = SpinelFrame.decode(payload)
            about = PropertyPayload.decode(frame.payload)
            self.asked.append((frame.transaction, Property(about.property), about.value))

    def answer(self) -> None:
        number, name, _ = self.asked[-1]
        assert self.link.answered(number, name)

    def run(self, count: float) -> None:
        self.scheduler.run(Instant(self.scheduler.now + seconds(count)))


def test_changes_are_asked_for_one_at_a_time_in_order() -> None:
    bench = Bench()

    bench.link.want({Property.PHY_ENABLED: b"\x01", **CHANNEL})
    first = list(bench.asked)
    bench.answer()
    busy = bench.link.busy
    bench.answer()

    assert [name for _, name, _ in first] == [Property.PHY_ENABLED]
    assert [name for _, name, _ in bench.asked[1:]] == [Property.PHY_CHAN]
    assert (busy, bench.link.busy) == (True, False)
    assert bench.settled == 1


def test_what_is_so_already_is_not_asked_for() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)
    bench.answer()

    bench.link.want(CHANNEL)

    assert len(bench.asked) == 1


def test_question_without_an_answer_is_repeated() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)

    bench.run(2.5)
    bench.answer()

    assert len(bench.asked) == 3


def test_dongle_that_never_answers_is_dead_in_words() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)

    with pytest.raises(DeadDongle, match="hub: the dongle answers no more: unplug it"):
        bench.run(60)


def test_refusal_of_what_a_radio_must_do_is_told_with_the_property() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)

    with pytest.raises(DeadDongle, match="refuses PHY_CHAN = 0f: INVALID_ARGUMENT"):
        bench.link.refused(bench.asked[0][0], Status.INVALID_ARGUMENT)


def test_property_that_one_can_do_without_is_done_without() -> None:
    bench = Bench()
    bench.link.want({Property.MAC_RX_ON_WHEN_IDLE_MODE: b"\x00"})

    assert bench.link.refused(bench.asked[0][0], Status.PROP_NOT_FOUND)

    assert bench.missing == [Property.MAC_RX_ON_WHEN_IDLE_MODE]
    assert not bench.link.busy


def test_status_ok_is_an_answer_too() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)

    assert bench.link.refused(bench.asked[0][0], Status.OK)
    assert not bench.link.busy


def test_answers_to_other_questions_change_nothing() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)
    number = bench.asked[0][0]

    assert not bench.link.answered(number + 1, Property.PHY_CHAN)
    assert not bench.link.answered(number, Property.PHY_ENABLED)
    assert not bench.link.refused(number + 1, Status.FAILURE)
    assert bench.link.busy


def test_after_a_reset_everything_is_asked_for_again() -> None:
    bench = Bench()
    bench.link.want(CHANNEL)
    bench.answer()

    bench.link.forget()

    assert [name for _, name, _ in bench.asked] == [Property.PHY_CHAN] * 2


def test_wanting_only_some_values_drops_the_others() -> None:
    bench = Bench()
    bench.link.want({Property.PHY_ENABLED: b"\x01", **CHANNEL})

    bench.link.only({Property.PHY_ENABLED: b"\x01"})
    bench.answer()

    assert [name for _, name, _ in bench.asked] == [Property.PHY_ENABLED]


def test_transaction_numbers_in_use_are_not_given_twice() -> None:
    bench = Bench()
    bench.link.reserved = 4
    bench.link.want(CHANNEL)

    numbers = {bench.link.next_transaction() for _ in range(40)}

    assert numbers == set(range(1, 16)) - {4, bench.asked[0][0]}
