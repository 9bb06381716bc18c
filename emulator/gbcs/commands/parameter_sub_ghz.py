"""The sub-GHz configuration of a hub in service request 6.28 (DUIS 5.4; DBCH04, CHTS 4.6.2.5).

Channels are those of a page, which a mask counts from 0; a page is named by its first and last
channel in the band. Percentages and duty cycles are written in hundredths.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
Values = dict[str, object]

MASKS: Final = MappingProxyType(
    {
        "LowerBandSubGHzChannels0To26": (28, 0, 26),
        "LowerBandSubGHzChannels27To34": (29, 27, 34),
        "LowerBandSubGHzChannels35To61": (30, 35, 61),
        "UpperBandSubGHzChannels0To26": (31, 0, 26),
    }
)
"""Channel page, first and last channel."""
_PAGE_AT: Final = 27
"""Where the page stands in a mask of 32 bits (ZSE 1.4; IEEE 802.15.4 channel pages)."""
HUNDREDTHS: Final = MappingProxyType(
    {
        "NormalLimitedDutyCycleThreshold": "normal_limited_duty_cycle_threshold",
        "LimitedCriticalDutyCycleThreshold": "limited_critical_duty_cycle_threshold",
        "NonGSMEPoorCommsPercentageThreshold": "non_gsme_poor_communications_percentage_threshold",
        "LocalCHFailurePercentage": "local_ch_failure_percentage",
        "LocalCHRetryPercentage": "local_ch_retry_percentage",
    }
)


def channel_masks(flat: Parameters, _: UseCase) -> Values:
    """The channels of each page that may be used.

    Raises:
        UsageError: when a channel is not of its page.
    """
    return {
        f"page{page}_mask": f"{page << _PAGE_AT | _channels(flat.get(name), name):08x}"
        for name, (page, _, _) in MASKS.items()
    }


def hundredths(flat: Parameters, _: UseCase) -> Values:
    """Percentages and duty cycles.

    Raises:
        UsageError: when one is no number.
    """
    return {
        value: _hundredths(flat[name], name) for name, value in HUNDREDTHS.items() if name in flat
    }


def _channels(written: object, name: str) -> int:
    _, first, last = MASKS[name]
    mask = 0
    for channel in written if isinstance(written, Mapping) else ():
        number = channel.removeprefix("Channel")
        if not number.isdecimal() or not first <= int(number) <= last:
            raise UsageError(f"parameter {name} has {channel}: expected Channel{first} to {last}")
        mask |= 1 << int(number) - first
    return mask


def _hundredths(written: object, name: str) -> int:
    try:
        number = Decimal(str(written)) * 100
        if number == number.to_integral_value() and number >= 0:
            return int(number)
    except ArithmeticError:
        pass
    raise UsageError(f"parameter {name} is {written!r}: expected hundredths of a percent")
