"""What the gas proxy function tells displays: tariff, price, message, calendar (GBCS 10.4.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from emulator.equipment.gas_tenancy import tenants_consumption
from emulator.equipment.published_tariff import published_prices, published_thresholds
from emulator.gbcs_device.gas_meter.tariff_in_force import THRESHOLDS_IN_USE, TIERS_IN_USE
from emulator.gbcs_device.gbz.commands.handling import Circumstances
from emulator.gbcs_device.gbz.commands.handlings import HANDLINGS
from emulator.gbcs_device.gbz.commands.price import BLOCK_THRESHOLD, NO_TIER_BLOCK_PRICE
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.calendars import TARIFF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge
from emulator.kernel.identity import Eui64
from emulator.metering.consumption import Span
from emulator.smart_energy.home.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
)
from emulator.zcl.payloads.home_requests import (
    GetCalendar,
    GetCalorificValue,
    GetConversionFactor,
    GetLastMessage,
    GetTariffInformation,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    EVERY_TIER,
    GetBillingPeriod,
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPriceMatrix,
    PublishTariffInformation,
)
from emulator.zcl.primitives import Side, ZclStatus

_COMMANDS: Final[Mapping[type[Struct], int]] = MappingProxyType(
    {
        GetCurrentPrice: 0x00,
        GetBillingPeriod: 0x0B,
        GetDayProfiles: 0x01,
        GetWeekProfiles: 0x02,
        GetSeasons: 0x03,
        GetSpecialDays: 0x04,
    }
)
"""Requests that remote parties send, too."""
_NOBODY: Final = Eui64(0)
"""Displays are no remote parties: what they read is not restricted to anybody."""


@dataclass(slots=True)
class GasSupply:
    """Looks at what the gas proxy function of a hub holds.

    Args:
        executor: of the proxy in this boot; None in a hub that no remote party talks to.
    """

    executor: GbzExecutor | None = None

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:
        """The commands that answer a request; none where there is nothing to tell."""
        if self.executor is None:
            return ()
        store = self.executor.store
        held = _HELD.get(type(request))
        if held is None:
            return _as_remote_parties_are(store, cluster, request, moment)
        command, look = held
        found = look(store)
        return () if found is None else ((command, found),)

    def attribute(self, cluster: int, attribute: int) -> object:
        """What an attribute of the proxy holds; None where it has none."""
        if self.executor is None:
            return None
        return self.executor.store.attributes.get(cluster, attribute)

    def consumption(self, span: Span, moment: datetime) -> int | None:
        """What a change of tenancy leaves of a span that is not over; None for all of it."""
        if self.executor is None:
            return None
        return tenants_consumption(self.executor.store, span, moment)


def _conversion_factor(store: MeterStore) -> PublishConversionFactor:
    held = store.attributes
    return PublishConversionFactor(
        issuer_event_id=0,
        start_time=0,
        conversion_factor=held.number(PRICE.id, 0x0302),
        conversion_factor_trailing_digit=held.number(PRICE.id, 0x0303),
    )


def _calorific_value(store: MeterStore) -> PublishCalorificValue:
    held = store.attributes
    return PublishCalorificValue(
        issuer_event_id=0,
        start_time=0,
        calorific_value=held.number(PRICE.id, 0x0304),
        calorific_value_unit=held.number(PRICE.id, 0x0305),
        calorific_value_trailing_digit=held.number(PRICE.id, 0x0306),
    )


def _price_matrix(store: MeterStore) -> PublishPriceMatrix | None:
    """The prices in use, by block where there are thresholds, by tier otherwise."""
    tariff = store.published.latest(PublishTariffInformation)
    if tariff is None:
        return None
    number = store.attributes.number
    thresholds = number(PRICE.id, THRESHOLDS_IN_USE)
    blocks, tiers = range(thresholds + 1), range(1, number(PRICE.id, TIERS_IN_USE) + 1)
    numbered = [(each, each) for each in blocks] if thresholds else [(t * 0x10, t) for t in tiers]
    prices = {name: number(PRICE.id, NO_TIER_BLOCK_PRICE + place) for place, name in numbered}
    return published_prices(prices, in_blocks=thresholds > 0, tariff=tariff.issuer_tariff_id)


def _thresholds(store: MeterStore) -> PublishBlockThresholds | None:
    """The thresholds in use, which are those of every tier."""
    number = store.attributes.number
    limits = tuple(
        number(PRICE.id, BLOCK_THRESHOLD + place)
        for place in range(number(PRICE.id, THRESHOLDS_IN_USE))
    )
    tariff = store.published.latest(PublishTariffInformation)
    named = 0 if tariff is None else tariff.issuer_tariff_id
    return published_thresholds({EVERY_TIER: limits} if limits else {}, tariff=named)


_HELD: Final[Mapping[type[Struct], tuple[int, Callable[[MeterStore], Struct | None]]]] = (
    MappingProxyType(
        {
            GetLastMessage: (0x00, lambda store: store.published.latest(DisplayMessage)),
            GetTariffInformation: (
                0x04,
                lambda store: store.published.latest(PublishTariffInformation),
            ),
            GetCalendar: (0x00, lambda store: store.calendars.in_force(TARIFF).head),
            GetPriceMatrix: (0x05, _price_matrix),
            GetBlockThresholds: (0x06, _thresholds),
            GetConversionFactor: (0x02, _conversion_factor),
            GetCalorificValue: (0x03, _calorific_value),
        }
    )
)
"""By request: the command that answers it, and what it carries."""


def _as_remote_parties_are(
    store: MeterStore, cluster: int, request: Struct, moment: int
) -> Sequence[Told]:
    command = _COMMANDS[type(request)]
    handling = HANDLINGS[cluster, Side.SERVER, command]
    circumstances = Circumstances(
        moment=moment, originator=_NOBODY, from_date_time=None, tokens=CheckDigitJudge()
    )
    found = handling.carry_out(store, request, circumstances)
    if isinstance(found, ZclStatus):
        return ()
    return tuple((reply.command, reply.payload) for reply in found)
