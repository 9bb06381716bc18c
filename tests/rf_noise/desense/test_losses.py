import numpy as np
import pytest

from emulator.radio.phy.error_rates import packet_error_rate
from emulator.radio.phy.pages import PHYS
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.losses import false_busy, noise_rise, range_factor, sensitivity_loss

FLOOR = -100.4


def milliwatts(dbm: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([10 ** (dbm / 10)])


@pytest.mark.parametrize(
    ("over", "loss", "factor"),
    [
        (-10, 0.41, 0.97),
        (-6, 0.97, 0.92),
        (-3, 1.76, 0.87),
        (0, 3.01, 0.78),
        (3, 4.76, 0.68),
        (6, 6.97, 0.56),
        (10, 10.4, 0.43),
        (15, 15.1, 0.29),
        (20, 20.0, 0.19),
    ],
)
def test_rise_and_range_are_those_of_the_published_table(
    over: float, loss: float, factor: float
) -> None:
    rise = noise_rise(milliwatts(FLOOR + over), FLOOR)

    assert rise == pytest.approx([loss], abs=0.06)
    assert range_factor(rise, 28) == pytest.approx([factor], abs=0.006)


def test_noise_that_never_stops_costs_its_rise() -> None:
    power = milliwatts(-90)

    loss = sensitivity_loss(power, FLOOR, PHYS[0], Gate())

    assert loss == pytest.approx(noise_rise(power, FLOOR))


def test_frame_at_the_lost_sensitivity_is_lost_once_in_a_hundred_times() -> None:
    phy, gate = PHYS[0], Gate(0.3)
    (loss,) = sensitivity_loss(milliwatts(-80), FLOOR, phy, gate)
    snr = loss + 0.403
    rise = float(noise_rise(milliwatts(-80), FLOOR)[0])

    lost = [packet_error_rate(phy.error_rates, 10 ** (at / 10), 160) for at in (snr - rise, snr)]

    assert 0.3 * lost[0] + 0.7 * lost[1] == pytest.approx(0.01, rel=0.05)


def test_bursts_rarer_than_the_errors_allowed_cost_next_to_nothing() -> None:
    (loss,) = sensitivity_loss(milliwatts(-60), FLOOR, PHYS[0], Gate(0.005))

    assert 0 <= loss < 1


def test_averaging_power_first_would_hide_bursts() -> None:
    on, duty = milliwatts(-70), 0.05
    (loss,) = sensitivity_loss(on, FLOOR, PHYS[0], Gate(duty))

    assert loss > float(noise_rise(on * duty, FLOOR)[0]) + 5


@pytest.mark.parametrize(
    ("dbm", "page", "share"),
    [(-80, 0, 0.0), (-70, 0, 1.0), (-92, 28, 0.0), (-82, 28, 1.0)],
)
def test_channel_is_busy_when_noise_reaches_the_threshold(
    dbm: float, page: int, share: float
) -> None:
    assert false_busy(milliwatts(dbm), -110, PHYS[page], Gate()) == pytest.approx([share], abs=1e-6)


def test_channel_is_busy_half_the_time_at_the_threshold_and_as_long_as_noise_is_on() -> None:
    at = milliwatts(PHYS[28].cca_threshold)

    assert false_busy(at, -120, PHYS[28], Gate()) == pytest.approx([0.5], abs=0.01)
    assert false_busy(milliwatts(-60), -120, PHYS[28], Gate(0.2)) == pytest.approx([0.2])
