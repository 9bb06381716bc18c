"""Prices and thresholds of a tariff in the commands that tell displays of them (ZSE 1.4 D.4.2.4).

Each is told in one command, which names neither provider nor event, and holds from now on.
"""

from collections.abc import Mapping
from typing import Final

from emulator.zcl.payloads.price import (
    BY_TIER,
    EVERY_TIER,
    NOT_USED,
    OF_EVERY_TIER,
    BlockThresholdGroup,
    PublishBlockThresholds,
    PublishPriceMatrix,
    TierBlockPrice,
)

HIGHEST_PRICE: Final = NOT_USED - 1
"""The highest price that can be told."""


def published_prices(
    prices: Mapping[int, int], *, in_blocks: bool, tariff: int = 0
) -> PublishPriceMatrix:
    """Prices by tier, or by tier and block.

    Args:
        prices: by tier; in blocks by an octet with the tier in its high half, the block from 0 in
            its low half.
        in_blocks: whether they are by block.
        tariff: its identifier.
    """
    return PublishPriceMatrix(
        provider_id=0,
        issuer_event_id=0,
        start_time=0,
        issuer_tariff_id=tariff,
        command_index=0,
        total_number_of_commands=1,
        sub_payload_control=0 if in_blocks else BY_TIER,
        prices=tuple(
            TierBlockPrice(name, min(price, HIGHEST_PRICE))
            for name, price in sorted(prices.items())
        ),
    )


def published_thresholds(
    thresholds: Mapping[int, tuple[int, ...]], *, tariff: int = 0
) -> PublishBlockThresholds | None:
    """Where each next block begins; None where there are no blocks.

    Args:
        thresholds: by tier; those of `EVERY_TIER` stand alone.
        tariff: its identifier.
    """
    if not thresholds:
        return None
    return PublishBlockThresholds(
        provider_id=0,
        issuer_event_id=0,
        start_time=0,
        issuer_tariff_id=tariff,
        command_index=0,
        total_number_of_commands=1,
        sub_payload_control=OF_EVERY_TIER if EVERY_TIER in thresholds else 0,
        groups=tuple(
            BlockThresholdGroup(len(limits), tier, limits)
            for tier, limits in sorted(thresholds.items())
        ),
    )
