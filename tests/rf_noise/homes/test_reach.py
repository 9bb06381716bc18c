from math import log10

import pytest

from emulator.kernel.errors import LocalError
from emulator.radio.phy.error_rates import required_snr
from emulator.radio.phy.oqpsk import OqpskErrorRates
from emulator.rf_noise.desense.channels import ChannelDesense, desense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.homes.reach import reach
from emulator.rf_noise.settings import RfNoiseSettings
from tests.rf_noise.traces.spectra import flat

SETTINGS = RfNoiseSettings()


def channel(level: float) -> ChannelDesense:
    (found,) = desense([flat(2403e6, 2407e6, level)], receivers(SETTINGS.hub), Gate(), SETTINGS)
    return found


def test_link_ends_where_path_loss_uses_up_its_budget() -> None:
    quiet, _ = reach(channel(-150), Gate(), SETTINGS.link).farthest(0.1)

    needed = 10 * log10(required_snr(OqpskErrorRates(), 800, 0.1))
    budget = SETTINGS.link.power_2400 + 100.403 - needed
    exact = 10 ** ((budget + 28 - 20 * log10(2405)) / 28)
    assert quiet == pytest.approx(exact, rel=0.03)


def test_range_shrinks_by_the_range_factor() -> None:
    noisy = channel(-100)

    before, after = reach(noisy, Gate(), SETTINGS.link).farthest(0.1)

    assert after / before == pytest.approx(noisy.range_factor, rel=0.05)


def test_bursts_lose_their_share_of_frames_and_no_more_nearby() -> None:
    told = reach(channel(-60), Gate(0.2), SETTINGS.link)

    far = told.noisy[100]
    assert far == pytest.approx(0.2, abs=0.01)
    assert told.quiet[100] < 0.01


def test_link_that_is_lost_at_once_has_no_reach() -> None:
    assert reach(channel(0), Gate(), SETTINGS.link).farthest(0.1)[1] == 0


def test_wan_has_no_reach() -> None:
    found = desense([flat(925e6, 926e6, -100)], receivers(SETTINGS.hub), Gate(), SETTINGS)

    with pytest.raises(LocalError):
        reach(found[0], Gate(), SETTINGS.link)
