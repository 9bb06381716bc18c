"""Tariffs and prices of service requests 1.1.1 to 1.2.2 as values of commands (DUIS 5.4).

Electricity meters name prices by an index: 01 to 30 those by time of use, and for the blocks of
each of eight times A1 to A8, B1 to B8, C1 to C8, D1 to D8. Scripts 1 to 48 select a time of use,
101 to 108 the blocks of a time, and 201 to 204 a time of use of the secondary element. Reference
commands of ECS01a to ECS01d and GCS01a and GCS01b show both. Elements come in the order of their
indices; one that has an attribute may be given as its parts, with its text as `value`.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.parameter_elements import (
    date_of,
    inner_elements,
    number_of,
    numbers_of,
    repeated,
)
from emulator.gbcs.use_cases.record import UseCase

Parameters = Mapping[str, object]
Values = dict[str, object]

_SECONDARY: Final = frozenset((0x00B7, 0x00C7))
"""ECS01c and ECS01d."""
_GAS: Final = frozenset((0x006B, 0x00A3))
"""GCS01a and GCS01b."""
_SCRIPT: Final = "00000a0064ff"
_BLOCK_SCRIPTS: Final = 100
_SECONDARY_SCRIPTS: Final = 200
_TIMES_OF_USE: Final = 48
_BLOCK_TIMES: Final = 8
_BLOCKS: Final = "abcd"
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CURRENCIES: Final = MappingProxyType({"ECB": "EUR"})
"""Currencies that DUIS calls otherwise."""


def switching_table(flat: Parameters, use_case: UseCase) -> Values:
    """Seasons, weeks and days of a tariff.

    Raises:
        UsageError: when a part of it is missing, or is not what it has to be.
    """
    table = inner_elements(flat, "SwitchingTable")
    gas = use_case.code in _GAS
    seasons = repeated(inner_elements(table, "Seasons"), "Season")
    weeks = repeated(inner_elements(table, "WeekProfiles"), "WeekProfile")
    days = repeated(inner_elements(table, "DayProfiles"), "DayProfile")
    return {
        "seasons": [season(each, gas=gas) for each in seasons],
        "weeks": [week(each, gas=gas) for each in weeks],
        "day_profiles": [_gas_day(each) if gas else _day(each, use_case) for each in days],
    }


def special_days(flat: Parameters, use_case: UseCase) -> Values:
    """Days that have a profile of their own.

    Raises:
        UsageError: when a part of one is missing, or is not what it has to be.
    """
    written = flat["SpecialDays"]
    listed = repeated(written, "SpecialDay") if isinstance(written, Mapping) else ()
    days: list[Values] = [
        {
            "date": date_of(inner_elements(each, "Date")),
            "day_id": number_of(each, "ReferencedDayName"),
        }
        for each in listed
    ]
    if use_case.code not in _GAS:
        days = [{"index": index, **day} for index, day in enumerate(days, 1)]
    return {"special_days": days}


def threshold_matrix(flat: Parameters, use_case: UseCase) -> Values:
    """Where blocks end, for gas only when the tariff has blocks.

    Raises:
        UsageError: when a threshold is no number.
    """
    matrix = inner_elements(flat, "ThresholdMatrix")
    if use_case.code in _GAS:
        return {"block_thresholds": numbers_of(matrix, "BlockThreshold")} if _blocks(flat) else {}
    return {
        f"block_thresholds_{time}": numbers_of(each, "BlockThreshold")
        for time, each in enumerate(repeated(matrix, "Thresholds"), 1)
    }


def price_elements(flat: Parameters, use_case: UseCase) -> Values:
    """Standing charge and prices.

    Raises:
        UsageError: when a price is missing, or is no number.
    """
    written = inner_elements(flat, "PriceElements")
    if use_case.code in _SECONDARY:
        return _secondary_prices(written)
    if use_case.code in _GAS:
        return _gas_prices(inner_elements(written, "GasPriceElements"))
    elements = inner_elements(written, "ElectricityPriceElements")
    return {
        "standing_charge": number_of(elements, "StandingCharge"),
        "standing_charge_scale": number_of(elements, "StandingChargeScale"),
        "tariff_price_matrix_scale": number_of(elements, "PriceScale"),
        "tariff_price_matrix": _matrix(elements),
    }


def _matrix(elements: Parameters) -> list[Values]:
    prices = {f"{time:02x}": 0 for time in range(1, _TIMES_OF_USE + 1)}
    prices |= {f"{block}{time}": 0 for block in _BLOCKS for time in range(1, _BLOCK_TIMES + 1)}
    for kind in ("TOUTariff", "BlockTariff", "HybridTariff"):
        tariff = elements.get(kind)
        if isinstance(tariff, Mapping):
            prices |= dict(_tariff_prices(tariff))
    return [{"index": index, "price": price} for index, price in prices.items()]


def _tariff_prices(tariff: Parameters) -> Iterator[tuple[str, int]]:
    for time, price in enumerate(numbers_of(tariff, "TOUPrice"), 1):
        yield f"{time:02x}", price
    for time, blocks in enumerate(repeated(tariff, "BlockPrices"), 1):
        for block, price in zip(_BLOCKS, numbers_of(blocks, "BlockPrice"), strict=False):
            yield f"{block}{time}", price


def _secondary_prices(written: Parameters) -> Values:
    prices = numbers_of(written, "ElectricityPriceElement")
    return {
        "secondary_tariff_price_matrix_scale": number_of(written, "PriceScale"),
        "secondary_tariff_price_matrix": [
            {"index": f"{time:02x}", "price": price} for time, price in enumerate(prices, 1)
        ],
    }


def _gas_prices(elements: Parameters) -> Values:
    currency = str(elements.get("CurrencyUnits", "GBP"))
    made: Values = {
        "standing_charge": number_of(elements, "StandingCharge"),
        "currency": _CURRENCIES.get(currency, currency),
    }
    blocks = elements.get("BlockTariff")
    if isinstance(blocks, Mapping):
        prices = numbers_of(blocks, "BlockPrice")
        return made | {
            "charging_scheme": "BLOCK",
            "number_of_price_tiers": 0,
            "number_of_block_thresholds": len(prices) - 1,
            "price_sub_payload_control": 0,
            "prices": [{"tier_or_block": at, "price": price} for at, price in enumerate(prices)],
        }
    prices = numbers_of(inner_elements(elements, "TOUTariff"), "TOUPrice")
    return made | {
        "charging_scheme": "TOU",
        "number_of_price_tiers": len(prices),
        "number_of_block_thresholds": 0,
        "price_sub_payload_control": 1,
        "prices": [{"tier_or_block": at, "price": price} for at, price in enumerate(prices, 1)],
    }


def _blocks(flat: Parameters) -> bool:
    prices = flat.get("PriceElements")
    gas = prices.get("GasPriceElements") if isinstance(prices, Mapping) else None
    return isinstance(gas, Mapping) and isinstance(gas.get("BlockTariff"), Mapping)


def season(written: Parameters, *, gas: bool) -> Values:
    """A season: when it starts and which week it has; electricity meters name it.

    Raises:
        UsageError: when a part of it is missing, or is not what it has to be.
    """
    date = date_of(inner_elements(written, "SeasonStartDate"))
    number = number_of(written, "ReferencedWeekName")
    if gas:
        return {"start": date, "week_id": number}
    start = f"{date}T00:00:00Z"
    return {"name": str(written.get("SeasonName", "")), "start": start, "week": f"{number:02x}"}


def week(written: Parameters, *, gas: bool) -> Values:
    """A week: the profile of each day of it.

    Raises:
        UsageError: when a part of it is missing, or is not what it has to be.
    """
    name = number_of(written, "WeekName")
    days = dict(zip(_DAYS, numbers_of(written, "ReferencedDayName"), strict=False))
    return {"week_id": name, **days} if gas else {"week": f"{name:02x}", **days}


def _day(written: Parameters, use_case: UseCase) -> Values:
    secondary = _SECONDARY_SCRIPTS if use_case.code in _SECONDARY else 0
    schedule = [
        {
            "start_time": str(each.get("StartTime", ""))[:8],
            "script": _SCRIPT,
            "script_selector": (
                _BLOCK_SCRIPTS + number_of(each, "BlockTariffAction")
                if "BlockTariffAction" in each
                else secondary + number_of(each, "TOUTariffAction")
            ),
        }
        for each in repeated(written, "ProfileSchedule")
    ]
    return {"day_id": number_of(written, "DayName"), "schedule": schedule}


def _gas_day(written: Parameters) -> Values:
    entry = 0 if "BlockTariff" in written else number_of(written, "TOUTariffAction")
    schedule = [{"start_minute": 0, "entry": entry}]
    return {"day_id": number_of(written, "DayName"), "schedule": schedule}
