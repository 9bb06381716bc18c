"""What a display asks of an energy service interface (ZSE 1.4 Annex D).

Times are seconds since 2000-01-01 UTC.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.wire.codecs import U8, U32, Remaining
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
)
from emulator.zcl.payloads.price import (
    GetBillingPeriod,
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
)


class GetTariffInformation(Struct):
    """Get Tariff Information (ZSE 1.4 D.4)."""

    earliest_start_time: U32
    min_issuer_event_id: U32
    number_of_commands: U8
    tariff_type: U8


class GetConversionFactor(Struct):
    """Get Conversion Factor (ZSE 1.4 D.4)."""

    earliest_start_time: U32
    min_issuer_event_id: U32
    number_of_commands: U8


class GetCalorificValue(Struct):
    """Get Calorific Value (ZSE 1.4 D.4)."""

    earliest_start_time: U32
    min_issuer_event_id: U32
    number_of_commands: U8


class GetLastMessage(Struct):
    """Get Last Message (ZSE 1.4 D.5): the command says all."""

    rest: Remaining = b""


class GetCalendar(Struct):
    """Get Calendar (ZSE 1.4 Annex D)."""

    earliest_start_time: U32
    min_issuer_event_id: U32
    number_of_calendars: U8
    calendar_type: U8
    provider_id: U32


HOME_REQUESTS: Final[Mapping[tuple[int, int], type[Struct]]] = MappingProxyType(
    {
        (0x0700, 0x00): GetCurrentPrice,
        (0x0700, 0x04): GetConversionFactor,
        (0x0700, 0x05): GetCalorificValue,
        (0x0700, 0x06): GetTariffInformation,
        (0x0700, 0x07): GetPriceMatrix,
        (0x0700, 0x08): GetBlockThresholds,
        (0x0700, 0x0B): GetBillingPeriod,
        (0x0703, 0x00): GetLastMessage,
        (0x0707, 0x00): GetCalendar,
        (0x0707, 0x01): GetDayProfiles,
        (0x0707, 0x02): GetWeekProfiles,
        (0x0707, 0x03): GetSeasons,
        (0x0707, 0x04): GetSpecialDays,
    }
)
"""By cluster and command: what a display asks, and an energy service interface answers."""
