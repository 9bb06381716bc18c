from collections import Counter

import pytest

from emulator.radio.phy.pages import PHYS
from emulator.rf_noise.bands import Network
from emulator.rf_noise.desense.receivers import frame_seconds, receivers
from emulator.rf_noise.settings import HubSettings

EVERY = receivers(HubSettings())


def test_every_channel_of_the_han_is_a_receiver() -> None:
    pages = Counter(each.phy.page for each in EVERY if each.phy is not None)

    assert pages == {0: 16, 28: 27, 29: 9, 30: 27, 31: 27}


def test_noise_floor_at_2400_is_sensitivity_less_the_ratio_it_needs() -> None:
    floor = {each.noise_floor for each in EVERY if each.band == "2.4 GHz"}

    # 0.403 dB for 160 bits and one in a hundred frames
    assert list(floor) == pytest.approx([-100.403], abs=0.002)


def test_wan_receivers_fill_their_bands() -> None:
    wan = [each for each in EVERY if each.network is Network.WAN]

    assert Counter(each.band for each in wan) == {"423 MHz": 160, "900 MHz": 175}
    # kTB of 12.5 kHz is -133.0 dBm, of 200 kHz -121.0 dBm; 7 dB noise figure
    assert wan[0].noise_floor == pytest.approx(-126.0, abs=0.05)
    assert wan[-1].noise_floor == pytest.approx(-114.0, abs=0.05)


def test_edges_lie_half_a_bandwidth_beside_the_centre() -> None:
    eleven = next(each for each in EVERY if each.name == "channel 11")

    assert eleven.edges == (2404e6, 2406e6)


def test_frames_last_as_long_as_the_phy_says() -> None:
    assert frame_seconds(PHYS[0], 127) == pytest.approx(4.256e-3)
    assert frame_seconds(PHYS[28], 127) == pytest.approx(11.12e-3)
