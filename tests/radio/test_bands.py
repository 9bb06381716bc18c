import pytest

from emulator.radio.bands import SUB_GHZ_CHANNELS, Band, band_of, symbol_of
from emulator.radio.port import Channel


@pytest.mark.parametrize(
    ("page", "band", "symbol"),
    [(0, Band.GHZ_2_4, 16), (28, Band.SUB_GHZ, 10), (31, Band.SUB_GHZ, 10)],
)
def test_page_tells_the_band_and_how_long_a_symbol_lasts(
    page: int, band: Band, symbol: int
) -> None:
    channel = Channel(page, 11)

    assert (band_of(channel), symbol_of(channel)) == (band, symbol)


def test_devices_look_for_a_network_on_every_channel_of_page_28() -> None:
    assert [channel.number for channel in SUB_GHZ_CHANNELS] == list(range(27))
    assert {channel.page for channel in SUB_GHZ_CHANNELS} == {28}
