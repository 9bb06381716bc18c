import xml.etree.ElementTree as ET

from emulator.lab.planning.channel_picture import channel_picture
from emulator.lab.planning.radio_survey import ChannelRow
from emulator.radio.port import Channel

ROWS = (
    ChannelRow(Channel(0, 26), 0.0, 0.0, "", None),
    ChannelRow(Channel(0, 11), 0.25, 0.5, "GSME", -44.0),
)


def test_channels_stand_in_order_with_what_disturbs_them() -> None:
    svg = channel_picture(ROWS)

    assert svg.index("channel 11: -44 dBm") < svg.index("channel 26: quiet")
    assert "channel 11: 25.0% lost, worst 50.0% (GSME)" in svg
    ET.fromstring(svg)  # noqa: S314 - made by us


def test_channel_of_the_network_is_framed() -> None:
    assert "the channel of the network" in channel_picture(ROWS, 26)
    assert "the channel of the network" not in channel_picture(ROWS)
