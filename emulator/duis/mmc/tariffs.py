"""Prices and when they hold, as elements (MMC 5.4)."""

from collections.abc import Iterator
from typing import Final

from emulator.duis.mmc.content import Content, rows_of, time_text
from emulator.duis.tree import Node

_BLOCK_SCRIPTS: Final = range(101, 109)
_TIME_SCRIPTS: Final = range(1, 49)
_SECOND_SCRIPTS: Final = range(201, 205)
_DIGITS: Final = 4
"""Trailing digits stand in the upper half of an octet (ZSE 1.4 D.4)."""


def tariff_schedule(value: object) -> Content | None:
    """From when on a script selects a price (ECS24, ECS24b)."""
    if not isinstance(value, tuple) or len(value) != 3 or not isinstance(value[2], int):
        return None
    time, selector = time_text(value[0]), value[2]
    if time is None:
        return None
    if selector in _BLOCK_SCRIPTS:
        action = Node("BlockTariffAction", str(selector - _BLOCK_SCRIPTS.start + 1))
    elif selector in _SECOND_SCRIPTS:
        action = Node("TOUTariffAction", str(selector - _SECOND_SCRIPTS.start + 1))
    elif selector in _TIME_SCRIPTS:
        action = Node("TOUTariffAction", str(selector))
    else:
        return None
    return Content(parts=(Node("StartTime", time), action))


def prices_by_time(value: object) -> Content | None:
    """Prices by time of use: those whose index is 01 to 30 (ECS24)."""
    parts = tuple(
        Node("TariffTOUPrice", str(price), attributes=(("index", str(index)),))
        for index, price in _prices(value)
        if index in _TIME_SCRIPTS
    )
    return Content(parts=parts) if parts else None


def prices_by_block(value: object) -> Content | None:
    """Prices of the blocks of each time: those whose index is A1 to D8 (ECS24)."""
    times: dict[int, list[Node]] = {}
    for index, price in _prices(value):
        block, time = index >> 4, index & 0x0F
        if 0xA <= block <= 0xD:
            told = Node("BlockPrice", str(price), attributes=(("index", str(block - 9)),))
            times.setdefault(time, []).append(told)
    parts = tuple(
        Node("TariffBlockPrices", parts=tuple(blocks), attributes=(("index", str(time)),))
        for time, blocks in sorted(times.items())
    )
    return Content(parts=parts) if parts else None


def _prices(value: object) -> Iterator[tuple[int, int]]:
    for row in rows_of(value):
        if len(row) == 2 and isinstance(row[0], bytes) and isinstance(row[1], int):
            yield int.from_bytes(row[0], "big"), row[1]


def gas_action(value: object) -> Content | None:
    """Which price a day of a gas tariff has: that of a tier, or of the blocks (GCS21f)."""
    if not isinstance(value, int):
        return None
    return Content(parts=(Node("TOUTariffAction", str(value)) if value else Node("BlockTariff"),))


def price_scale(value: object) -> Content | None:
    """The power of ten of gas prices, from how many of their digits follow the point."""
    return Content(str(-(value >> _DIGITS))) if isinstance(value, int) else None
