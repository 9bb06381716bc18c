"""What a display has read of one supply, in plain quantities (ZSE 1.4 D.3, D.4, D.5, D.7)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.smart_energy.home_calendar import HomeCalendar
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    BY_TIER,
    PriceExtension,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)

AttributeKey = tuple[int, int]
Values = Mapping[AttributeKey, object]
Told = Mapping[type[Struct], Struct]

COMMODITY_TYPE: Final = 0x0300
DEVICE_TYPE: Final = 0x0306
CURRENT_BLOCK: Final = 0x000E
BILL_TO_DATE: Final = 0x0A00
"""Of the Metering cluster: what a gas meter in credit mode shows instead of a balance."""
READ: Final[Mapping[int, tuple[tuple[int, ...], ...]]] = {
    PRICE.id: ((COMMODITY_TYPE,),),
    METERING.id: (
        (0x0000, 0x0200, 0x0300, 0x0301, 0x0302, DEVICE_TYPE, 0x0014, CURRENT_BLOCK, BILL_TO_DATE),
        (0x0400, 0x0207, 0x0401, 0x0403, 0x0430, 0x0440),
        (0x0C01, 0x0C30, 0x0C40),
    ),
    PREPAYMENT.id: (
        (0x0000, 0x0001, 0x0002, 0x0005, 0x0211, 0x0221, 0x0231),
        (0x051C, 0x051E, 0x0530, 0x0540),
    ),
}
"""The attributes that a display reads, by cluster, in as many requests."""
_GAS_TYPES: Final = (1, 128)
"""MeteringDeviceType of a gas meter, and of its mirror (ZSE 1.4 Table D-20)."""
_CUBIC_METRES: Final = 0x01
_PREPAYMENT_ENABLED: Final = 0x0002
_MILLIPENCE: Final = 5
_COUNTS: Final = 1000
_BANDS: Final = range(3)
_SECOND: Final = 1_000_000
_NOT_SET: Final = 0xFFFF_FFFF


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
    supply: Eui64, values: Values, told: Told, calendar: HomeCalendar | None = None
) -> HomeSeen:
    """What values, answers and the calendar of a supply say of it."""

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
    debts = [each for each in (money(0x0211), money(0x0221), money(0x0231)) if each is not None]
    seen = HomeSeen(
        supply=supply,
        fuel="gas" if _is_gas(values) else "electricity",
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
        debt=sum(debts) + (money(0x0005) or 0) if debts else None,
        supply_state=number(METERING.id, 0x0014),
        block=number(METERING.id, CURRENT_BLOCK),
        bill=number(METERING.id, BILL_TO_DATE),
    )
    seen = _with_told(seen, told)
    return seen if calendar is None else replace(seen, rates=_rates(seen, told, calendar))


def _with_told(seen: HomeSeen, told: Told) -> HomeSeen:
    """With what answers say: price, tariff, message, calendar."""
    price = told.get(PublishPrice)
    if isinstance(price, PublishPrice) and price.price != _NOT_SET:
        digits = price.price_trailing_digit_and_price_tier
        seen = replace(
            seen,
            price=in_millipence(price.price, digits),
            tier=_tier(price),
            tariff=text_of(price.rate_label),
        )
    tariff = told.get(PublishTariffInformation)
    if isinstance(tariff, PublishTariffInformation):
        charge = in_millipence(tariff.standing_charge, tariff.price_trailing_digit)
        label = text_of(tariff.tariff_label) or seen.tariff
        seen = replace(seen, standing_charge=charge, tariff=label)
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


def _rates(seen: HomeSeen, told: Told, calendar: HomeCalendar) -> tuple[RateSeen, ...]:
    """The tiers of the next 24 hours by the supply's own time, which it tells with its price."""
    price, tariff = told.get(PublishPrice), told.get(PublishTariffInformation)
    if not isinstance(price, PublishPrice):
        return ()
    matrix = told.get(PublishPriceMatrix)
    prices: Mapping[int, int] = {}
    if isinstance(matrix, PublishPriceMatrix) and isinstance(tariff, PublishTariffInformation):
        digit = tariff.price_trailing_digit
        prices = {each.tier_block_id: in_millipence(each.price, digit) for each in matrix.prices}
        if not matrix.sub_payload_control & BY_TIER:
            prices = _of_block(prices, seen.block or 0)
    switches = calendar.switches(price.current_time * _SECOND)
    return tuple(RateSeen(begins, tier, prices.get(tier)) for begins, tier in switches)


def _of_block(prices: Mapping[int, int], block: int) -> Mapping[int, int]:
    """By tier, the prices of a block, from 1; no tier is tier 0."""
    return {name >> 4: price for name, price in prices.items() if name & 0x0F == block - 1}


def in_millipence(price: int, trailing_digit: int) -> int:
    """A price of which so many decimals are of the currency, in thousandths of a penny."""
    power = _MILLIPENCE - (trailing_digit >> 4)
    scaled: int = price * 10**power if power >= 0 else price // 10**-power
    return scaled


def text_of(octets: bytes) -> str:
    """A text as a display shows it; what is no text is shown as a question mark."""
    return octets.decode("utf-8", "replace").rstrip("\0 ")


def _is_gas(values: Values) -> bool:
    if values.get((METERING.id, DEVICE_TYPE)) in _GAS_TYPES:
        return True
    if values.get((METERING.id, 0x0300)) == _CUBIC_METRES:
        return True
    return values.get((PRICE.id, COMMODITY_TYPE)) == 1
