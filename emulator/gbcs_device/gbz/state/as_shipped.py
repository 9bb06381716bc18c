"""What a gas meter and the gas proxy function hold when they leave the factory.

Every attribute that reference messages read is there. The values are this project's choice, but
for units and scales: gas in thousandths of a cubic metre, money in thousandths of a penny (RTDS
4.5.0, GCS13a, GCS21b, GCS21f).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs_device.gbz.state.attributes import AttributeKey

_BASIC: Final = 0x0000
_PRICE: Final = 0x0700
_METERING: Final = 0x0702
_PREPAYMENT: Final = 0x0705
_CUBIC_METRE: Final = 0x01
_FIVE_DECIMALS: Final = 0x50
_POUND: Final = 826
_SUPPLY_ON: Final = 2
_LEAVE_UNCHANGED: Final = 3

_TARIFF: Final[Mapping[int, object]] = {
    **dict.fromkeys(range(0x0100, 0x0103), 0),
    **dict.fromkeys(range(0x0400, 0x0404), 0),
    **dict.fromkeys(range(0x0410, 0x0450, 0x10), 0),
    0x0202: 1,
    0x0203: 1000,
    0x0301: 0,
    0x0302: 102_264,
    0x0303: _FIVE_DECIMALS,
    0x0304: 395,
    0x0305: 1,
    0x0306: 0x10,
    0x0615: 0,
    0x0616: _POUND,
    0x0617: _FIVE_DECIMALS,
}
_REGISTERS: Final[Mapping[int, object]] = {
    0x0000: 0,
    **dict.fromkeys(range(0x0100, 0x0108, 2), 0),
    0x0300: _CUBIC_METRE,
    0x0301: 1,
    0x0302: 1000,
    **dict.fromkeys(range(0x0700, 0x0704), 0),
    0x0A00: 0,
}
_UNLIMITED: Final = 0x7FFFFFFF
"""Before its supplier says otherwise, a meter caps no top-ups."""
_METER: Final[Mapping[int, object]] = {
    **_REGISTERS,
    0x0014: _SUPPLY_ON,
    0x0205: 3650,
    0x0206: bytes(4),
    0x0307: b"",
    0x0311: b"",
    0x0607: _LEAVE_UNCHANGED,
    0x0608: _LEAVE_UNCHANGED,
    0x0B10: 0,
    0x0B11: _CUBIC_METRE,
    0x0B12: 1,
    0x0B13: 1,
    0x0B14: 0,
    0x0B15: 0,
}
_BALANCES: Final[Mapping[int, object]] = {
    0x0001: 0,
    0x0002: 0,
    0x0005: 0,
    **dict.fromkeys(range(0x0211, 0x0241, 0x10), 0),
}
_CREDIT: Final[Mapping[int, object]] = {
    **_BALANCES,
    0x0000: 0,
    0x0003: 0,
    0x0006: 0,
    0x0010: 0,
    0x0011: 0,
    0x0021: _UNLIMITED,
    0x0022: _UNLIMITED,
    0x0031: 0,
    0x0040: 0,
    **dict.fromkeys(range(0x0216, 0x0246, 0x10), 0),
    **dict.fromkeys(range(0x0217, 0x0247, 0x10), 0),
    0x0239: 0,
}
_IDENTITY: Final[Mapping[int, object]] = {0x0003: 1, 0x0004: b"hanlab", 0x0005: b"GSME"}


def _all(clusters: Mapping[int, Mapping[int, object]]) -> Mapping[AttributeKey, object]:
    return MappingProxyType(
        {
            (cluster, attribute): value
            for cluster, values in clusters.items()
            for attribute, value in values.items()
        }
    )


GSME: Final = _all({_BASIC: _IDENTITY, _PRICE: _TARIFF, _METERING: _METER, _PREPAYMENT: _CREDIT})
"""Attributes of a gas meter."""
GPF: Final = _all({_PRICE: _TARIFF, _METERING: _REGISTERS, _PREPAYMENT: _BALANCES})
"""Attributes of the gas proxy function: the tariff, and registers of the meter it mirrors."""
