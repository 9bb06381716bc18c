"""What a line, or its dongle, does wrong on purpose."""

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant, milliseconds, seconds
from emulator.lab.radios.line_faults import FaultyLine, LineTroubles, parse_troubles


class Dongle:
    """Answers with what it got; counts resets."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.resets = 0

    def connect(self, send: object) -> None:
        self.send = send

    def receive(self, octets: bytes) -> None:
        self.heard.append(octets)
        assert callable(self.send)
        self.send(octets)

    def reset(self) -> None:
        self.resets += 1


def faulty(*texts: str) -> tuple[FaultyLine, Dongle, list[bytes], Scheduler]:
    scheduler, dongle, sent = Scheduler(), Dongle(), list[bytes]()
    line = FaultyLine(dongle, parse_troubles(texts), scheduler, Stream("line"))
    line.connect(sent.append)
    return line, dongle, sent, scheduler


def test_line_without_faults_carries_everything_at_once() -> None:
    line, dongle, sent, _ = faulty()

    line.receive(b"hello")

    assert dongle.heard == sent == [b"hello"]


def test_octets_can_come_one_by_one() -> None:
    line, dongle, sent, _ = faulty("bytes")

    line.receive(b"abc")

    assert dongle.heard == [b"a", b"b", b"c"]
    assert sent == [b"a", b"b", b"c"]


def test_octets_can_be_lost() -> None:
    line, dongle, _, _ = faulty("lost=0.5")

    line.receive(bytes(1000))

    assert 300 < len(b"".join(dongle.heard)) < 700


def test_octets_can_come_late_and_stay_in_order() -> None:
    line, dongle, sent, scheduler = faulty("slow=5 ms")

    line.receive(b"a")
    line.receive(b"b")
    at_once = list(dongle.heard)
    scheduler.run(Instant(milliseconds(4)))
    before = list(dongle.heard)
    scheduler.run(Instant(milliseconds(20)))

    assert at_once == before == []
    assert dongle.heard == sent == [b"a", b"b"]


def test_dongle_can_reset_in_the_middle_of_a_command() -> None:
    line, dongle, _, scheduler = faulty("reset=1 s")

    scheduler.run(Instant(seconds(1)))
    line.receive(b"command!")
    line.receive(b"next")

    assert dongle.heard == [b"comm", b"next"]
    assert dongle.resets == 1


def test_dongle_can_be_pulled_out() -> None:
    _, _, _, scheduler = faulty("unplug=1 s")

    with pytest.raises(EnvironmentFault, match="pulled out, as asked for"):
        scheduler.run(Instant(seconds(2)))


def test_faults_are_read_together() -> None:
    told = parse_troubles(("lost=0.1", "slow=5 ms", "bytes", "reset=30 s", "unplug=1 min"))

    assert told == LineTroubles(
        0.1, milliseconds(5), single=True, reset=seconds(30), unplug=seconds(60)
    )


def test_every_mistake_is_told() -> None:
    with pytest.raises(UsageError) as refusal:
        parse_troubles(("lost=2", "lost=x", "slow=soon", "reset=0 s", "smoke", "bytes=1"))

    assert len(refusal.value.problems) == 6
    assert all(each.startswith("--fault ") for each in refusal.value.problems)
