import pytest

from emulator.duis.mmc import radio_channels
from emulator.duis.tree import Node


@pytest.mark.parametrize(
    ("mask", "names"),
    [
        (28 << 27 | 0b11, ["Channel0", "Channel1"]),
        (29 << 27 | 1, ["Channel27"]),
        (30 << 27 | 1 << 26, ["Channel61"]),
        (31 << 27, []),
    ],
)
def test_channels_are_counted_in_the_band(mask: int, names: list[str]) -> None:
    told = radio_channels.channels(f"{mask:032b}")

    assert told is not None
    assert [each.name for each in told.parts] == names


def test_the_operating_channel_is_one_in_a_band() -> None:
    upper = radio_channels.operating_channel(f"{31 << 27 | 4:032b}")

    assert upper is not None
    assert upper.parts == (Node("OperatingUpperBandSubGHzChannel", parts=(Node("Channel2"),)),)
    assert radio_channels.operating_channel(f"{31 << 27 | 5:032b}") is None
    assert radio_channels.channels(f"{5 << 27:032b}") is None
    assert radio_channels.channels("101") is None


def test_the_log_has_channel_and_reason() -> None:
    octets = bytes.fromhex("e0000001 0901 07")
    channel, reason = radio_channels.logged_channel(octets), radio_channels.scan_trigger(octets)

    assert channel is not None
    assert channel.parts[0].parts == (Node("Channel0"),)
    assert reason is not None
    assert reason.text == "SMHANFormation"
    assert radio_channels.logged_channel(octets[:4]) is None
    assert radio_channels.scan_trigger(bytes.fromhex("e0000001 0901 08")) is None
