"""Attributes that a meter shows the HAN as they are when somebody reads them (ZSE 1.4 D.3, D.7)."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from emulator.equipment.electricity_tariff import FIVE_DECIMALS
from emulator.kernel.units import Instant
from emulator.metering.consumption import Span, consumed
from emulator.metering.meter import Meter
from emulator.metering.power_import import power_import
from emulator.metering.prepayment.cost_of_use import DAYS_KEPT, MONTHS_KEPT, WEEKS_KEPT
from emulator.metering.quantities import COUNTS_PER_UNIT, Channel
from emulator.zcl.clusters.metering import BILL_TO_DATE, BILL_TRAILING_DIGIT, METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.endpoint import ServedAttribute
from emulator.zigbee.addresses import ClusterId

AMBIENT_CONSUMPTION_INDICATOR: Final = 0x0207
INSTANTANEOUS_DEMAND: Final = 0x0400
HISTORICAL: Final[Mapping[int, tuple[Span, int]]] = MappingProxyType(
    {
        0x0401: (Span.DAY, 0),
        0x0403: (Span.DAY, 1),
        **{0x0420 + 2 * ago: (Span.DAY, ago + 2) for ago in range(7)},
        0x0430: (Span.WEEK, 0),
        0x0432: (Span.WEEK, 1),
        0x0440: (Span.MONTH, 0),
        0x0442: (Span.MONTH, 1),
    }
)
"""Consumption delivered: over how long, and how many of those ago (ZSE 1.4 Table D-37)."""
OPEN_SPANS: Final = (0x0401, 0x0430, 0x0440)
"""Those that are not over: of today, this week and this month."""
COSTS: Final = (
    *(0x051C + 2 * ago for ago in range(1 + DAYS_KEPT)),
    *(0x0530 + 2 * ago for ago in range(1 + WEEKS_KEPT)),
    *(0x0540 + 2 * ago for ago in range(1 + MONTHS_KEPT)),
)
"""Cost of use of this day, week and month, and those before (ZSE 1.4 D.7)."""
BALANCES: Final = (0x0000, 0x0001, 0x0002, 0x0005, 0x0211, 0x0221, 0x0231)
"""Payment control, credit, emergency credit, accumulated debt and three debts (ZSE 1.4 D.7.2)."""
_UNKNOWN: Final = 0xFF
"""Of an enumeration (ZCL8 Table 2-10)."""
_MOST_24: Final = 0xFF_FFFE
_MOST_32: Final = 0xFFFF_FFFE
_MONTHS: Final = 0x0440


def _from_the_beginning(_now: Instant) -> int:
    return 0


def electricity_shown(
    meter: Meter, since: Callable[[Instant], int] = _from_the_beginning
) -> tuple[ServedAttribute, ...]:
    """Demand in watts, exported demand being negative, and consumption in watt hours.

    Args:
        meter: what counts.
        since: gives the own time before which nothing is shown.
    """

    def demand(now: Instant) -> int:
        taken = power_import(meter, now) - meter.rate(Channel.ACTIVE_EXPORT, now)
        return int(taken / COUNTS_PER_UNIT)

    shown = ServedAttribute(METERING.id, INSTANTANEOUS_DEMAND, 0, live=demand)
    return (shown, *consumption_shown(meter, Channel.ACTIVE_IMPORT, since=since))


def element_shown(
    meter: Meter, channel: Channel, since: Callable[[Instant], int] = _from_the_beginning
) -> tuple[ServedAttribute, ...]:
    """What one element takes, in watts and watt hours.

    Args:
        meter: what counts.
        channel: of the element.
        since: gives the own time before which nothing is shown.
    """

    def demand(now: Instant) -> int:
        return meter.rate(channel, now) // COUNTS_PER_UNIT

    shown = ServedAttribute(METERING.id, INSTANTANEOUS_DEMAND, 0, live=demand)
    return (shown, *consumption_shown(meter, channel, since=since))


def power_band_shown(meter: Meter, look: Callable[[int, Instant], int | None]) -> ServedAttribute:
    """Whether the home takes little, some or much power: low, medium or high.

    Args:
        meter: what counts.
        look: gives the value for watts of import, now.
    """

    def band(now: Instant) -> int | None:
        return look(power_import(meter, now) // COUNTS_PER_UNIT, now)

    return ServedAttribute(METERING.id, AMBIENT_CONSUMPTION_INDICATOR, _UNKNOWN, live=band)


def consumption_shown(
    meter: Meter,
    channel: Channel,
    only: Collection[int] = HISTORICAL,
    since: Callable[[Instant], int] = _from_the_beginning,
) -> tuple[ServedAttribute, ...]:
    """What passed today, this week and this month, and before.

    Args:
        meter: what counts.
        channel: of it.
        only: attributes that are served, of `HISTORICAL`.
        since: gives the own time before which nothing is shown.
    """

    def looks(attribute: int, span: Span, ago: int) -> Callable[[Instant], int]:
        most = _MOST_32 if attribute >= _MONTHS else _MOST_24
        return lambda now: min(consumed(meter, channel, span, ago, now, since=since(now)), most)

    return tuple(
        ServedAttribute(METERING.id, attribute, 0, live=looks(attribute, span, ago))
        for attribute, (span, ago) in HISTORICAL.items()
        if attribute in only
    )


def mirrored_consumption(
    look: Callable[[Span, Instant], int | None],
) -> tuple[ServedAttribute, ...]:
    """Where a mirror keeps what a gas meter reports of that.

    Args:
        look: gives what is shown instead, of a span that is not over; None for what was reported.
    """

    def looks(span: Span) -> Callable[[Instant], int | None]:
        return lambda now: look(span, now)

    return tuple(
        ServedAttribute(METERING.id, each, 0, live=looks(HISTORICAL[each][0]))
        for each in OPEN_SPANS
    )


def tariff_shown(
    cluster: ClusterId, attributes: Collection[int], look: Callable[[int], int | None]
) -> tuple[ServedAttribute, ...]:
    """What a tariff makes of a meter: registers, prices, cost.

    Args:
        cluster: of the attributes.
        attributes: which.
        look: gives the value of one, now.
    """

    def looks(attribute: int) -> Callable[[Instant], int | None]:
        return lambda _: look(attribute)

    return tuple(ServedAttribute(cluster, each, 0, live=looks(each)) for each in attributes)


def bill_shown(look: Callable[[Instant], int | None]) -> tuple[ServedAttribute, ...]:
    """What is due, thousandths of a penny.

    Args:
        look: gives it, now.
    """
    return (
        ServedAttribute(METERING.id, BILL_TO_DATE, 0, live=look),
        ServedAttribute(METERING.id, BILL_TRAILING_DIGIT, FIVE_DECIMALS),
    )


def balances_shown(look: Callable[[int, Instant], int | None]) -> tuple[ServedAttribute, ...]:
    """Balances and debts, thousandths of a penny.

    Args:
        look: gives the value of an attribute of the Prepayment cluster, now.
    """

    def looks(attribute: int) -> Callable[[Instant], int | None]:
        return lambda now: look(attribute, now)

    return tuple(
        ServedAttribute(PREPAYMENT.id, attribute, 0, live=looks(attribute))
        for attribute in BALANCES
    )
