"""What an electricity meter tells displays of its tariff, account and messages (ZSE 1.4 Annex D).

Remote parties set tariff, balance and message through COSEM objects (GBCS ECS01a, ECS04a, ECS10);
the meter executes what they say, and shows the same to the HAN. Money is in thousandths of a penny.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from zlib import crc32

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import moment_of
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import Data
from emulator.equipment.electricity_calendar import told_of_calendar
from emulator.equipment.electricity_registers import tariff_attribute, tariff_register
from emulator.equipment.electricity_tariff import told_of_tariff
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.power_threshold_duty import POWER_THRESHOLDS, power_thresholds
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.gas_meter.shown_values import cost_attributes
from emulator.kernel.errors import LocalError
from emulator.kernel.units import ZIGBEE_EPOCH, Instant
from emulator.metering.drifting_clock import own_time
from emulator.smart_energy.home.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.payloads.home_requests import GetLastMessage
from emulator.zcl.payloads.messaging import DisplayMessage

ACCOUNT: Final = Attribute(111, parse_obis("0-0:19.0.0.255"), 2)
SUPPLY: Final = Attribute(70, parse_obis("0-0:96.3.10.255"), 3)
"""Control state of the supply switch (IEC 62056-6-2 4.5.8)."""
MESSAGE: Final = Attribute(1, parse_obis("0-2:96.13.1.255"), 2)
TENANCY: Final = Attribute(1, parse_obis("0-0:94.44.3.2"), 2)
"""From when on data is the tenant's (SMETS2 5.6.3.31, restrict data)."""
BALANCE: Final = 0x0001
"""CreditRemaining of the Prepayment cluster."""
_MONEY: Final[Mapping[int, Attribute]] = MappingProxyType(
    {
        BALANCE: Attribute(112, parse_obis("0-0:19.10.0.255"), 2),
        0x0002: Attribute(112, parse_obis("0-0:19.10.1.255"), 2),
        0x0005: Attribute(112, parse_obis("0-0:19.10.2.255"), 2),
        0x0211: Attribute(113, parse_obis("0-0:19.20.1.255"), 12),
        0x0221: Attribute(113, parse_obis("0-0:19.20.2.255"), 12),
        0x0231: Attribute(113, parse_obis("0-0:19.20.3.255"), 12),
    }
)
"""Attributes of the Prepayment cluster, and the objects that hold the same (GBCS ECS19)."""
SUPPLY_STATUS: Final[Mapping[int, int]] = MappingProxyType({0: 0, 1: 2, 2: 1})
"""SupplyStatus by control state: off, on, armed (ZSE 1.4 Table D-25)."""
PAYMENT_CONTROL: Final = 0x0000
_PREPAYMENT_MODE: Final = 2
_NO_BILL: Final = 0xFFFF_FFFF
_HIGHEST_BILL: Final = _NO_BILL - 1
"""All ones stand for no value (ZCL8 Table 2-10)."""
_PREPAYMENT_ENABLED: Final = 0x0002
"""Bit of PaymentControlConfiguration: prepayment, not credit (ZSE 1.4 Table D-128)."""
_UNTIL_CHANGED: Final = 0xFFFF
_OF_ALL_BITS: Final = 0xFFFF_FFFF


@dataclass(slots=True)
class ElectricitySupply:
    """Looks at the objects of an electricity meter.

    Args:
        executor: who knows the objects in this boot; None in a meter that no remote party talks to.
        clock: the meter's own.
        view: of what it measures, which goes by the tariff in those objects.
    """

    executor: DlmsExecutor | None = None
    clock: DeviceClock | None = None
    view: MeterView | None = None

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:
        """The commands that answer a request; none where there is nothing to tell."""
        if isinstance(request, GetLastMessage):
            text = self._octets(MESSAGE, moment)
            return ((0x00, _message(text)),) if text else ()
        if self.view is None:
            return ()
        tariff = self.view.measured().tariff
        if cluster == CALENDAR.id:
            return told_of_calendar(tariff.terms.calendar, request)
        return told_of_tariff(tariff, request, self.view.own(), moment)

    def metered(self, attribute: int) -> int | None:
        """What an attribute of the Metering cluster shows of tariff registers.

        None where nothing is known.
        """
        if self.view is None:
            return None
        return tariff_register(self.view.measured().tariff, attribute, self.view.own())

    def priced(self, attribute: int) -> int | None:
        """What an attribute of the Price cluster shows; None where nothing is known."""
        if self.view is None:
            return None
        return tariff_attribute(self.view.measured().tariff.terms, attribute)

    def cost(self, attribute: int) -> int | None:
        """Cost of use of a period, as an attribute of the Prepayment cluster shows it.

        None where nothing is known.
        """
        if self.view is None:
            return None
        costs = self.view.measured().account.cost_of_use
        costs.turn(self.view.own())
        return dict(cost_attributes(costs)).get(attribute)

    def prepayment(self, attribute: int, now: Instant) -> int | None:
        """What an attribute of the Prepayment cluster shows; None where nothing is known."""
        if self.clock is None:
            return None
        moment = int((self.clock.moment(now) - ZIGBEE_EPOCH).total_seconds())
        if attribute == PAYMENT_CONTROL:
            mode = _numbers(self._look(ACCOUNT, moment))
            paid_ahead = bool(mode) and mode[0] == _PREPAYMENT_MODE
            return _PREPAYMENT_ENABLED if paid_ahead else 0
        held = _numbers(self._look(_MONEY[attribute], moment))
        return held[0] if held else None

    def bill(self, now: Instant) -> int | None:
        """BillToDateDelivered of the Metering cluster; None where nothing is known.

        In credit mode it is what is due since the supplier last reset the balance (ECS04b), which
        falls by it; in prepayment mode there is none. That an electricity meter shows it so, as a
        gas meter does (GBCS GCS40c), is unverified (GBCS 7.4 was not found).
        """
        if self.prepayment(PAYMENT_CONTROL, now):
            return _NO_BILL
        balance = self.prepayment(BALANCE, now)
        return None if balance is None else max(0, min(-balance, _HIGHEST_BILL))

    def supply_status(self, now: Instant) -> int | None:
        """SupplyStatus of the Metering cluster; None where nothing is known."""
        if self.clock is None:
            return None
        moment = int((self.clock.moment(now) - ZIGBEE_EPOCH).total_seconds())
        states = _numbers(self._look(SUPPLY, moment))
        return SUPPLY_STATUS.get(states[0]) if states else None

    def power_band(self, watts: int, now: Instant) -> int | None:
        """AmbientConsumptionIndicator for a power; None where no thresholds are set (ECS34)."""
        if self.clock is None:
            return None
        moment = int((self.clock.moment(now) - ZIGBEE_EPOCH).total_seconds())
        held = self._look(POWER_THRESHOLDS, moment)
        thresholds = None if held is None else power_thresholds(held)
        return None if thresholds is None else int(thresholds.band(watts))

    def tenant_since(self, now: Instant) -> int:
        """Own time before which data is a former tenant's; 0 for none (GBCS ECS12)."""
        if self.clock is None:
            return 0
        moment = int((self.clock.moment(now) - ZIGBEE_EPOCH).total_seconds())
        since = moment_of(self._octets(TENANCY, moment))
        return 0 if since is None else own_time(since)

    def _look(self, attribute: Attribute, moment: int) -> Data | None:
        if self.executor is None:
            return None
        try:
            return self.executor.look(attribute, ZIGBEE_EPOCH + timedelta(seconds=moment))
        except LocalError:
            return None  # a meter of another variant has no such object

    def _octets(self, attribute: Attribute, moment: int) -> bytes:
        found = self._look(attribute, moment)
        return found.value if found is not None and isinstance(found.value, bytes) else b""


def _message(text: bytes) -> DisplayMessage:
    """A message bears a number that another text does not have (ZSE 1.4 D.5.2.3.1)."""
    return DisplayMessage(
        message_id=crc32(text) & _OF_ALL_BITS,
        message_control=0,
        start_time=0,
        duration_in_minutes=_UNTIL_CHANGED,
        message=text,
    )


def _numbers(data: Data | None) -> tuple[int, ...]:
    """The number that a value is, or the numbers of a structure."""
    if data is None:
        return ()
    if isinstance(data.value, tuple):
        return tuple(part.value for part in data.value if isinstance(part.value, int))
    return (data.value,) if isinstance(data.value, int) else ()
