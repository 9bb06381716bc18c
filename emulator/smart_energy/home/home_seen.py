"""What a display has read of one supply, in plain quantities (ZSE 1.4 D.3, D.4, D.5, D.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.smart_energy.home.home_calendar import HomeCalendar
from emulator.smart_energy.home.home_tariff import BlockSeen, HomeTariff, Told, in_millipence
from emulator.zcl.clusters.metering import BILL_TO_DATE, BILL_TRAILING_DIGIT, METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    NOT_USED,
    PriceExtension,
    PublishPrice,
    PublishTariffInformation,
)

AttributeKey = tuple[int, int]
Values = Mapping[AttributeKey, object]

COMMODITY_TYPE: Final = 0x0300
DEVICE_TYPE: Final = 0x0306
CURRENT_BLOCK: Final = 0x000E
DEBTS: Final = (0x0211, 0x0221, 0x0231)
READ: Final[Mapping[int, tuple[tuple[int, ...], ...]]] = {
    PRICE.id: ((COMMODITY_TYPE,),),
    METERING.id: (
        (0x0000, 0x0200, 0x0300, 0x0301, 0x0302, DEVICE_TYPE, 0x0014, CURRENT_BLOCK, BILL_TO_DATE),
        (0x0400, 0x0207, 0x0401, 0x0403, 0x0430, 0x0440, BILL_TRAILING_DIGIT),
        (0x0C01, 0x0C30, 0x0C40),
    ),
    PREPAYMENT.id: (
        (0x0000, 0x0001, 0x0002, 0x0005, *DEBTS),
        (0x051C, 0x051E, 0x0530, 0x0540),
    ),
}
"""The attributes that a display reads, by cluster, in as many requests."""
_GAS_TYPES: Final = (1, 128)
"""MeteringDeviceType of a gas meter, and of its mirror (ZSE 1.4 Table D-20)."""
_CUBIC_METRES: Final = 0x01
_PREPAYMENT_ENABLED: Final = 0x0002
_COUNTS: Final = 1000
_BANDS: Final = range(3)
_SECOND: Final = 1_000_000
_NO_BILL: Final = 0xFFFF_FFFF
"""All ones stand for no value (ZCL8 Table 2-10)."""


@dataclass(frozen=True, slots=True)
class RateSeen:
    """A tier that holds from a moment on.

    Args:
        begins: seconds since 2000, UTC.
        tier: its number.
        price: thousandths of a penny a kilowatt hour; None where that is not known.
    """

    begins: int
    tier: int
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSeen:
    """A display looked at a supply; None stands for what the supply does not tell.

    Args:
        supply: who told it.
        element: of a supply that has several, from 1.
        fuel: electricity or gas.
        register: watt hours, or litres.
        power: watts; negative when more is exported than imported.
        power_band: AmbientConsumptionIndicator (ZSE 1.4 D.3.2.2.3): 0 low, 1 medium, 2 high.
        today: counts like those of the register; likewise `yesterday`, `this_week`, `this_month`.
        cost_today: thousandths of a penny; likewise `cost_yesterday`, `cost_this_week` and
            `cost_this_month`.
        price: thousandths of a penny a kilowatt hour.
        tier: number of the price tier that holds; 0 for none.
        block: number of the block that counts; 0 for none.
        block_use: watt hours that were taken at the tier that holds since its blocks began anew.
        blocks: those of that tier which come after the one that counts.
        rates: the tier that holds, and those that begin in the next 24 hours.
        standing_charge: thousandths of a penny a day.
        prepayment: whether the meter is in prepayment mode.
        balance: thousandths of a penny; likewise `emergency_credit` and `debt`.
        bill: thousandths of a penny that are due for this billing period.
        supply_state: SupplyStatus (ZSE 1.4 Table D-25): 0 off, 1 armed, 2 on.
        calendar: its name.
    """

    kind: ClassVar[str] = "home_seen"
    supply: Eui64
    fuel: str
    element: int = 1
    register: int | None = None
    power: int | None = None
    power_band: int | None = None
    today: int | None = None
    yesterday: int | None = None
    this_week: int | None = None
    this_month: int | None = None
    cost_today: int | None = None
    cost_yesterday: int | None = None
    cost_this_week: int | None = None
    cost_this_month: int | None = None
    price: int | None = None
    tier: int | None = None
    block: int | None = None
    block_use: int | None = None
    blocks: tuple[BlockSeen, ...] = ()
    rates: tuple[RateSeen, ...] = ()
    tariff: str = ""
    standing_charge: int | None = None
    prepayment: bool | None = None
    balance: int | None = None
    bill: int | None = None
    emergency_credit: int | None = None
    debt: int | None = None
    supply_state: int | None = None
    message: str = ""
    calendar: str = ""


def home_seen(
    supply: Eui64,
    values: Values,
    told: Told,
    calendar: HomeCalendar | None = None,
    element: int = 1,
) -> HomeSeen:
    """What values, answers and the calendar of a supply say of it, or of an element of it."""

    def number(cluster: int, attribute: int) -> int | None:
        value = values.get((cluster, attribute))
        return value if isinstance(value, int) else None

    def metered(attribute: int) -> int | None:
        """A consumption in watt hours or litres, whatever the meter counts in."""
        value = number(METERING.id, attribute)
        multiplier = number(METERING.id, 0x0301) or 1
        divisor = number(METERING.id, 0x0302) or 1
        return None if value is None else value * multiplier * _COUNTS // divisor

    def money(attribute: int) -> int | None:
        return number(PREPAYMENT.id, attribute)

    control, band = money(0x0000), number(METERING.id, 0x0207)
    seen = HomeSeen(
        supply=supply,
        element=element,
        fuel="gas" if is_gas(values) else "electricity",
        register=metered(0x0000),
        power=metered(0x0400),
        power_band=band if band in _BANDS else None,
        today=metered(0x0401),
        yesterday=metered(0x0403),
        this_week=metered(0x0430),
        this_month=metered(0x0440),
        cost_today=money(0x051C),
        cost_yesterday=money(0x051E),
        cost_this_week=money(0x0530),
        cost_this_month=money(0x0540),
        prepayment=None if control is None else bool(control & _PREPAYMENT_ENABLED),
        balance=money(0x0001),
        emergency_credit=money(0x0002),
        debt=_debt([money(each) for each in DEBTS], money(0x0005)),
        supply_state=number(METERING.id, 0x0014),
        block=number(METERING.id, CURRENT_BLOCK),
        bill=_bill(number(METERING.id, BILL_TO_DATE), number(METERING.id, BILL_TRAILING_DIGIT)),
    )
    tariff = HomeTariff(told, metered, seen.block, gas=is_gas(values))
    seen = _in_blocks(_with_told(seen, told), tariff)
    return seen if calendar is None else replace(seen, rates=_rates(told, tariff, calendar))


def _debt(remaining: Sequence[int | None], accumulated: int | None) -> int | None:
    """All that is owed; None where the supply tells of no debt by itself."""
    known = [each for each in remaining if each is not None]
    return sum(known) + (accumulated or 0) if known else None


def _bill(amount: int | None, trailing_digit: int | None) -> int | None:
    """What is due; where the supply does not say, it is in thousandths of a penny."""
    if amount is None or amount == _NO_BILL:
        return None
    return amount if trailing_digit is None else in_millipence(amount, trailing_digit)


def _in_blocks(seen: HomeSeen, tariff: HomeTariff) -> HomeSeen:
    """With the blocks of the tier that holds."""
    tier = seen.tier or 0
    later = tariff.later_blocks(tier, seen.block)
    return replace(seen, block_use=tariff.used(tier) if seen.block else None, blocks=later)


def _with_told(seen: HomeSeen, told: Told) -> HomeSeen:
    """With what answers say: price, tariff, message, calendar."""
    price = told.get(PublishPrice)
    if isinstance(price, PublishPrice) and price.price != NOT_USED:
        digits = price.price_trailing_digit_and_price_tier
        seen = replace(
            seen,
            price=in_millipence(price.price, digits),
            tier=_tier(price),
            tariff=text_of(price.rate_label),
        )
    tariff = told.get(PublishTariffInformation)
    if isinstance(tariff, PublishTariffInformation):
        seen = replace(seen, tariff=text_of(tariff.tariff_label) or seen.tariff)
        if tariff.standing_charge != NOT_USED:
            charge = in_millipence(tariff.standing_charge, tariff.price_trailing_digit)
            seen = replace(seen, standing_charge=charge)
    message = told.get(DisplayMessage)
    if isinstance(message, DisplayMessage):
        seen = replace(seen, message=text_of(message.message))
    calendar = told.get(PublishCalendar)
    if isinstance(calendar, PublishCalendar):
        seen = replace(seen, calendar=text_of(calendar.calendar_name))
    return seen


def _tier(price: PublishPrice) -> int:
    """The tier that holds; of one above 15 the rest is told at the end."""
    tier = price.price_trailing_digit_and_price_tier & 0x0F
    try:
        return tier + PriceExtension.decode(price.rest).extended_price_tier
    except WireError:
        return tier


def _rates(told: Told, tariff: HomeTariff, calendar: HomeCalendar) -> tuple[RateSeen, ...]:
    """The tiers of the next 24 hours by the supply's own time, which it tells with its price."""
    price = told.get(PublishPrice)
    if not isinstance(price, PublishPrice):
        return ()
    switches = calendar.switches(price.current_time * _SECOND)
    return tuple(RateSeen(begins, tier, tariff.price(tier)) for begins, tier in switches)


def text_of(octets: bytes) -> str:
    """A text as a display shows it; what is no text is shown as a question mark."""
    return octets.decode("utf-8", "replace").rstrip("\0 ")


def is_gas(values: Values) -> bool:
    """Whether a supply is of gas, as its values say."""
    if values.get((METERING.id, DEVICE_TYPE)) in _GAS_TYPES:
        return True
    if values.get((METERING.id, 0x0300)) == _CUBIC_METRES:
        return True
    return values.get((PRICE.id, COMMODITY_TYPE)) == 1
