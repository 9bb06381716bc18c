"""A recorded run again, without its hardware."""

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.units import NEVER, Instant
from emulator.lab.kept.recording import RecordedInput, Recording
from emulator.lab.radios.lines import HostedLine
from emulator.lab.radios.replay import Replay


def replay(*inputs: RecordedInput) -> Replay:
    return Replay(Recording("inputs.jsonl", {"hub": "a dongle"}, inputs))


def never() -> HostedLine:
    raise AssertionError("a replay opens nothing")


def came(wait: int, at: int, octets: bytes = b"x") -> RecordedInput:
    return RecordedInput(wait, Instant(at), "hub", octets)


def test_input_comes_at_the_wait_it_came_at() -> None:
    heard: list[bytes] = []
    lines = replay(came(2, 7, b"a"), came(2, 7, b"b"))
    send = lines.open("hub", never, heard.append)
    send(b"goes nowhere")

    first = lines.wait(Instant(0), Instant(5))
    at, inputs = lines.wait(Instant(5), Instant(9))
    for take in inputs:
        take()

    assert first == (5, ())
    assert at == 7
    assert heard == [b"a", b"b"]


def test_lost_line_is_lost_again() -> None:
    lines = replay(RecordedInput(1, Instant(3), "hub", None, "unplugged"))
    lines.open("hub", never, lambda _octets: None)

    _, (lost,) = lines.wait(Instant(0), Instant(9))

    with pytest.raises(EnvironmentFault, match="unplugged"):
        lost()


@pytest.mark.parametrize("at", [1, 12])
def test_recording_of_another_run_is_told(at: int) -> None:
    lines = replay(came(1, at))
    lines.open("hub", never, lambda _octets: None)

    with pytest.raises(EnvironmentFault, match=r"does not fit this run .*seed, settings"):
        lines.wait(Instant(5), Instant(9))


def test_line_that_this_run_does_not_have_is_told() -> None:
    with pytest.raises(EnvironmentFault, match="does not fit this run"):
        replay(came(1, 7)).wait(Instant(5), Instant(9))


def test_dongle_that_was_not_recorded_is_told() -> None:
    with pytest.raises(EnvironmentFault, match="nothing recorded of display"):
        replay().tell("display", lambda: "")


def test_when_everything_came_nothing_will_ever_come() -> None:
    lines = replay()
    lines.close()

    assert lines.wait(Instant(5), NEVER) == (NEVER, ())
