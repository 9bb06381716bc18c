"""What a twin element meter tells displays of its second element (SMETS2 5.13; ZSE 1.4 Annex D).

The second element has a switching table and prices of its own, and no standing charge; account and
messages are those of the meter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from emulator.equipment.electricity_calendar import told_of_calendar
from emulator.equipment.electricity_registers import tariff_register, time_of_use_register
from emulator.equipment.electricity_tariff import told_of_tariff
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.metering.tariff_matrix import SECOND_TIMES_OF_USE, TariffMatrix
from emulator.smart_energy.home.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.payloads.price import NOT_USED, PublishTariffInformation

SECOND_REGISTERS: Final = tuple(
    time_of_use_register(tier) for tier in range(1, SECOND_TIMES_OF_USE + 1)
)
"""Attributes of the Metering cluster."""


@dataclass(slots=True)
class SecondElementSupply:
    """Looks at the second element of a meter.

    Args:
        view: of the meter; None in one that no remote party talks to.
    """

    view: MeterView | None = None

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:
        """The commands that answer a request; none where there is nothing to tell."""
        tariff = self._tariff()
        if self.view is None or tariff is None:
            return ()
        if cluster == CALENDAR.id:
            return told_of_calendar(tariff.terms.calendar, request)
        if cluster != PRICE.id:
            return ()
        told = told_of_tariff(tariff, request, self.view.own(), moment)
        return [(command, _without_standing_charge(payload)) for command, payload in told]

    def metered(self, attribute: int) -> int | None:
        """What one of `SECOND_REGISTERS` shows; None where nothing is known."""
        tariff = self._tariff()
        if self.view is None or tariff is None:
            return None
        return tariff_register(tariff, attribute, self.view.own())

    def _tariff(self) -> TariffMatrix | None:
        second = None if self.view is None else self.view.measured().second
        return None if second is None else second.tariff


def _without_standing_charge(payload: Struct) -> Struct:
    if isinstance(payload, PublishTariffInformation):
        return replace(payload, standing_charge=NOT_USED)
    return payload
