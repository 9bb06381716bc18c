"""What the gas proxy function tells displays: tariff, price, message, calendar (GBCS 10.4.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.gbcs_device.gbz.calendars import TARIFF
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.handling import Circumstances
from emulator.gbcs_device.gbz.handlings import HANDLINGS
from emulator.gbcs_device.gbz.store import MeterStore
from emulator.gbcs_device.gbz.tokens import CheckDigitJudge
from emulator.kernel.identity import Eui64
from emulator.smart_energy.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.home_requests import (
    GetCalendar,
    GetCalorificValue,
    GetConversionFactor,
    GetLastMessage,
    GetTariffInformation,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    PublishCalorificValue,
    PublishConversionFactor,
    PublishTariffInformation,
)
from emulator.zcl.primitives import Side, ZclStatus

_COMMANDS: Final = {"GetCurrentPrice": 0x00, "GetBillingPeriod": 0x0B, "GetDayProfiles": 0x01}
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


_HELD: Final[Mapping[type[Struct], tuple[int, Callable[[MeterStore], Struct | None]]]] = (
    MappingProxyType(
        {
            GetLastMessage: (0x00, lambda store: store.published.latest(DisplayMessage)),
            GetTariffInformation: (
                0x04,
                lambda store: store.published.latest(PublishTariffInformation),
            ),
            GetCalendar: (0x00, lambda store: store.calendars.in_force(TARIFF).head),
            GetConversionFactor: (0x02, _conversion_factor),
            GetCalorificValue: (0x03, _calorific_value),
        }
    )
)
"""By request: the command that answers it, and what it carries."""


def _as_remote_parties_are(
    store: MeterStore, cluster: int, request: Struct, moment: int
) -> Sequence[Told]:
    command = _COMMANDS[type(request).__name__]
    handling = HANDLINGS[cluster, Side.SERVER, command]
    circumstances = Circumstances(
        moment=moment, originator=_NOBODY, from_date_time=None, tokens=CheckDigitJudge()
    )
    found = handling.carry_out(store, request, circumstances)
    if isinstance(found, ZclStatus):
        return ()
    return tuple((reply.command, reply.payload) for reply in found)
