"""Channels and thresholds of the sub-GHz configuration."""

import pytest

from emulator.gbcs.commands.parameter_sub_ghz import channel_masks, hundredths
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError

HUB = use_case(0x010D)


def test_a_page_without_channels_is_an_empty_mask() -> None:
    made = channel_masks({"LowerBandSubGHzChannels27To34": {"Channel27": "", "Channel34": ""}}, HUB)

    assert made == {
        "page28_mask": "e0000000",
        "page29_mask": "e8000081",
        "page30_mask": "f0000000",
        "page31_mask": "f8000000",
    }


@pytest.mark.parametrize("channel", ["Channel26", "Channel35", "Channelx", "Kanal28"])
def test_a_channel_of_another_page_is_refused(channel: str) -> None:
    with pytest.raises(UsageError, match=f"has {channel}: expected Channel27 to 34"):
        channel_masks({"LowerBandSubGHzChannels27To34": {channel: ""}}, HUB)


def test_percentages_are_hundredths() -> None:
    written = {"NormalLimitedDutyCycleThreshold": "1.3", "LocalCHRetryPercentage": "30.00"}

    assert hundredths(written, HUB) == {
        "normal_limited_duty_cycle_threshold": 130,
        "local_ch_retry_percentage": 3000,
    }


@pytest.mark.parametrize("written", ["1.234", "-1", "much", "", "NaN", "1e999999", "Infinity"])
def test_what_is_no_number_of_hundredths_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="LocalCHRetryPercentage"):
        hundredths({"LocalCHRetryPercentage": written}, HUB)
