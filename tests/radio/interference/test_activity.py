from itertools import pairwise
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.streams import Streams
from emulator.kernel.units import Duration, Instant, milliseconds
from emulator.radio.interference.activity import (
    EPOCH,
    Activity,
    AtTimes,
    Burst,
    OnOff,
    Pulses,
    Steady,
)

STREAMS = Streams(1)


def bursts(activity: Activity, epochs: range, source: str = "wifi") -> list[Burst]:
    return [each for epoch in epochs for each in activity.bursts(STREAMS, source, epoch)]


def share(activity: Activity, count: int) -> float:
    return sum(off - on for on, off in bursts(activity, range(count))) / (count * EPOCH)


@pytest.mark.parametrize("busy", [0.0, 0.05, 0.3, 0.8, 1.0])
def test_share_of_time_on_is_as_set(busy: float) -> None:
    assert share(OnOff(busy), 400) == pytest.approx(busy, abs=0.015)


@pytest.mark.parametrize(
    "activity",
    [
        OnOff(0.4),
        Pulses(milliseconds(10), 0.3),
        AtTimes(OnOff(0.4), ((Instant(5), Instant(10**7)),)),
    ],
)
@given(epoch=st.integers(-3, 10**9))
def test_bursts_stay_in_their_epoch_in_order_and_apart(activity: Activity, epoch: int) -> None:
    found = activity.bursts(STREAMS, "any", epoch)

    assert all(epoch * EPOCH <= on < off <= (epoch + 1) * EPOCH for on, off in found)
    assert all(early[1] <= late[0] for early, late in pairwise(found))
    assert list(found) == list(activity.bursts(STREAMS, "any", epoch))


def test_bursts_are_as_long_as_set_unless_an_epoch_cuts_them() -> None:
    activity = OnOff(0.3, Duration(500), Duration(1_000))

    lengths = [off - on for on, off in bursts(activity, range(50)) if on % EPOCH and off % EPOCH]

    assert min(lengths) >= 499
    assert max(lengths) <= 1_001


def test_chance_that_a_frame_is_hit_is_that_of_the_renewal_process() -> None:
    activity = OnOff(0.2)
    on = bursts(activity, range(600))
    frame = 1_000

    hit = 0
    begins = range(0, 600 * EPOCH - frame, 7_919)
    at = 0
    for begin in begins:
        while at < len(on) and on[at][1] <= begin:
            at += 1
        hit += at < len(on) and on[at][0] < begin + frame

    wanted = 1 - (1 - 0.2) * exp(-frame / activity.mean_pause)
    assert hit / len(begins) == pytest.approx(wanted, abs=0.02)


def test_pulses_have_period_duty_and_a_phase_of_their_own() -> None:
    pulses = Pulses(milliseconds(10), 0.2)
    found = bursts(pulses, range(1, 5))

    assert share(pulses, 50) == pytest.approx(0.2, rel=1e-3)
    assert {late[0] - early[0] for early, late in pairwise(found)} <= {10_000}
    assert bursts(pulses, range(3), "a") != bursts(pulses, range(3), "b")


def test_steady_is_on_and_at_times_is_off_outside_of_them() -> None:
    window = AtTimes(
        Steady(), ((Instant(50_000), Instant(250_000)), (Instant(10**8), Instant(10**9)))
    )

    assert bursts(Steady(), range(1)) == [(0, EPOCH)]
    assert bursts(window, range(4)) == [(50_000, 100_000), (100_000, 200_000), (200_000, 250_000)]


def test_sources_and_seeds_differ() -> None:
    activity = OnOff(0.3)

    assert bursts(activity, range(1), "a") != bursts(activity, range(1), "b")
    assert activity.bursts(Streams(2), "a", 0) != activity.bursts(Streams(3), "a", 0)
