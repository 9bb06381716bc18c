import pytest

from emulator.kernel.errors import LocalError
from emulator.radio.phy.pages import CHANNELS, PHYS, airtime, frequency, phy_of
from emulator.radio.port import Channel


def test_page_0_has_channels_11_to_26_five_megahertz_apart() -> None:
    assert CHANNELS[0] == Channel(0, 11)
    assert CHANNELS[-1] == Channel(0, 26)
    assert len(CHANNELS) == 16
    assert frequency(Channel(0, 11)) == 2_405_000_000
    assert frequency(Channel(0, 26)) == 2_480_000_000


@pytest.mark.parametrize(
    ("channel", "hertz"),
    [
        (Channel(28, 0), 863_250_000),
        (Channel(28, 26), 868_450_000),
        (Channel(29, 27), 868_650_000),
        (Channel(29, 62), 875_650_000),
        (Channel(30, 35), 870_250_000),
        (Channel(31, 0), 915_350_000),
        (Channel(31, 26), 920_550_000),
    ],
)
def test_sub_ghz_channels_lie_200_khz_apart(channel: Channel, hertz: int) -> None:
    assert frequency(channel) == hertz


def test_pages_have_the_channels_of_annex_d() -> None:
    assert {page: len(phy.channels) for page, phy in PHYS.items()} == {
        0: 16,
        28: 27,
        29: 9,
        30: 27,
        31: 27,
    }


def test_airtime_counts_the_physical_header() -> None:
    assert airtime(5) == 352
    assert airtime(127) == 4_256
    assert airtime(5, 28) == 1_360
    assert airtime(127, 31) == 11_120


def test_wait_for_an_acknowledgement_is_longer_than_turnaround_and_acknowledgement() -> None:
    for phy in PHYS.values():
        assert phy.ack_wait >= phy.turnaround + phy.airtime(3 + phy.crc_octets)


@pytest.mark.parametrize("channel", [Channel(0, 10), Channel(28, 27), Channel(30, 62)])
def test_channel_that_a_page_has_not_is_refused(channel: Channel) -> None:
    with pytest.raises(LocalError, match=f"page {channel.page} has no channel {channel.number}"):
        frequency(channel)


def test_unknown_page_is_refused() -> None:
    with pytest.raises(LocalError, match="channel page 2: expected one of 0, 28, 29, 30, 31"):
        phy_of(2)
