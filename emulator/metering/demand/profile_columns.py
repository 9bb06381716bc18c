"""Columns of a half-hourly profile: channel and unit are in the name, so neither is guessed."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, NamedTuple

from emulator.metering.quantities import Channel

TIME: Final = "start"


class Column(NamedTuple):
    """A column of numbers.

    Args:
        millicounts: thousandths of a count in one of its unit.
        average: of a power, not of what passed in the half hour.
        most: the largest value that a home can have, in its unit.
    """

    channel: Channel
    millicounts: int
    average: bool
    most: int


_ELECTRIC: Final = {
    "import": Channel.ACTIVE_IMPORT,
    "export": Channel.ACTIVE_EXPORT,
    "secondary_import": Channel.SECONDARY_IMPORT,
}
_REACTIVE: Final = {
    "reactive_import": Channel.REACTIVE_IMPORT,
    "reactive_export": Channel.REACTIVE_EXPORT,
}
_POLYPHASE_KILOWATTS: Final = 100
"""Above three phases of 100 A at 230 V, and so above every home."""
_GAS_CUBIC_METRES: Final = 8
"""In half an hour; a domestic meter passes 6 cubic metres an hour, a large one 16."""


def _columns() -> Mapping[str, Column]:
    made: dict[str, Column] = {}
    for names, unit in ((_ELECTRIC, "w"), (_REACTIVE, "var")):
        for name, channel in names.items():
            for prefix, size in (("", 1), ("k", 1_000)):
                most = _POLYPHASE_KILOWATTS * 1_000 // size
                energy, power = f"{name}_{prefix}{unit}h", f"{name}_{prefix}{unit}"
                made[energy] = Column(channel, size * 1_000, average=False, most=most)
                made[power] = Column(channel, size * 1_000, average=True, most=most)
    made["gas_m3"] = Column(Channel.GAS, 1_000_000, average=False, most=_GAS_CUBIC_METRES)
    made["gas_litres"] = Column(Channel.GAS, 1_000, average=False, most=_GAS_CUBIC_METRES * 1_000)
    return MappingProxyType(made)


COLUMNS: Final = _columns()
"""By name, in small letters."""


def rate_of(text: str, column: Column) -> int | str:
    """The rate that a cell says, thousandths of a count an hour; or the rule that it breaks."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return "expected a number with a point"
    if not value.is_finite():
        return "expected a finite number"
    if value < 0:
        return "expected 0 or more"
    if value > column.most:
        return f"expected at most {column.most}, more than which no home has"
    rate = value * column.millicounts * (1 if column.average else 2)
    if rate != rate.to_integral_value():
        return "expected no finer than a thousandth of a watt hour, var hour or litre"
    return int(rate)
