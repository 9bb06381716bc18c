"""What an electricity meter tells displays, looked up in its COSEM objects (ZSE 1.4 Annex D).

Remote parties set tariff, balance and message through those objects (GBCS ECS01a, ECS04a, ECS10);
the meter shows the same to the HAN. Money is in thousandths of a penny.
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
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.power_threshold_duty import POWER_THRESHOLDS, power_thresholds
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.kernel.errors import LocalError
from emulator.kernel.units import ZIGBEE_EPOCH, Instant
from emulator.metering.drifting_clock import own_time
from emulator.smart_energy.supply_server import Told
from emulator.wire.struct import Struct
from emulator.zcl.payloads.home_requests import GetLastMessage, GetTariffInformation
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    GetCurrentPrice,
    PublishPrice,
    PublishTariffInformation,
)

ACTIVE_PRICE: Final = Attribute(3, parse_obis("0-0:94.44.1.7"), 2)
ACTIVE_PRICE_SCALE: Final = Attribute(3, parse_obis("0-0:94.44.1.7"), 3)
PRICES: Final = Attribute(113, parse_obis("0-0:19.20.0.255"), 5)
STANDING_CHARGE: Final = Attribute(113, parse_obis("0-0:19.20.4.255"), 5)
ACCOUNT: Final = Attribute(111, parse_obis("0-0:19.0.0.255"), 2)
SUPPLY: Final = Attribute(70, parse_obis("0-0:96.3.10.255"), 3)
"""Control state of the supply switch (IEC 62056-6-2 4.5.8)."""
MESSAGE: Final = Attribute(1, parse_obis("0-2:96.13.1.255"), 2)
TENANCY: Final = Attribute(1, parse_obis("0-0:94.44.3.2"), 2)
"""From when on data is the tenant's (SMETS2 5.6.3.31, restrict data)."""
_MONEY: Final[Mapping[int, Attribute]] = MappingProxyType(
    {
        0x0001: Attribute(112, parse_obis("0-0:19.10.0.255"), 2),
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
_PREPAYMENT_ENABLED: Final = 0x0002
"""Bit of PaymentControlConfiguration: prepayment, not credit (ZSE 1.4 Table D-128)."""
_KILOWATT_HOURS: Final = 0x00
_POUND: Final = 826
_FIVE_DECIMALS: Final = 0x50
_MILLIPENCE: Final = 5
"""Thousandths of a penny are hundred-thousandths of a pound."""
_UNTIL_CHANGED: Final = 0xFFFF
_MOST_TIERS: Final = 15
_OF_ALL_BITS: Final = 0xFFFF_FFFF


@dataclass(slots=True)
class ElectricitySupply:
    """Looks at the objects of an electricity meter.

    Args:
        executor: who knows the objects in this boot; None in a meter that no remote party talks to.
        clock: the meter's own.
    """

    executor: DlmsExecutor | None = None
    clock: DeviceClock | None = None

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:  # noqa: ARG002 - of every supply
        """The commands that answer a request; none where there is nothing to tell."""
        match request:
            case GetCurrentPrice():
                price = self._price(moment)
                return () if price is None else ((0x00, price),)
            case GetTariffInformation():
                tariff = self._tariff(moment)
                return () if tariff is None else ((0x04, tariff),)
            case GetLastMessage():
                text = self._octets(MESSAGE, moment)
                return ((0x00, _message(text)),) if text else ()
            case _:
                return ()

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

    def _price(self, moment: int) -> PublishPrice | None:
        value = _numbers(self._look(ACTIVE_PRICE, moment))
        if not value:
            return None
        scale, *_ = _numbers(self._look(ACTIVE_PRICE_SCALE, moment)) or (-_MILLIPENCE,)
        tiers = min(len(self._matrix(moment)), _MOST_TIERS)
        return PublishPrice(
            provider_id=0,
            rate_label=b"",
            issuer_event_id=0,
            current_time=moment,
            unit_of_measure=_KILOWATT_HOURS,
            currency=_POUND,
            price_trailing_digit_and_price_tier=_FIVE_DECIMALS,
            number_of_price_tiers_and_register_tier=tiers << 4,
            start_time=0,
            duration=_UNTIL_CHANGED,
            price=_in_millipence(value[0], scale),
        )

    def _tariff(self, moment: int) -> PublishTariffInformation | None:
        if self.executor is None:
            return None
        charges = self._charges(STANDING_CHARGE, moment)
        return PublishTariffInformation(
            provider_id=0,
            issuer_event_id=0,
            issuer_tariff_id=0,
            start_time=0,
            tariff_type_charging_scheme=0,
            tariff_label=b"",
            number_of_price_tiers_in_use=len(self._matrix(moment)),
            number_of_block_thresholds_in_use=0,
            unit_of_measure=_KILOWATT_HOURS,
            currency=_POUND,
            price_trailing_digit=_FIVE_DECIMALS,
            standing_charge=charges[0] if charges else 0,
            tier_block_mode=0,
            block_threshold_multiplier=1,
            block_threshold_divisor=1000,
        )

    def _matrix(self, moment: int) -> Sequence[int]:
        """The prices that are not nothing."""
        return [each for each in self._charges(PRICES, moment) if each]

    def _charges(self, attribute: Attribute, moment: int) -> Sequence[int]:
        """The charges of a charge object: thousandths of a penny (IEC 62056-6-2 4.6.5)."""
        found = self._look(attribute, moment)
        parts = () if found is None or not isinstance(found.value, tuple) else found.value
        if len(parts) != _PARTS_OF_A_CHARGE or not isinstance(parts[2].value, tuple):
            return ()
        _, scale = _numbers(parts[0])
        elements = (each.value for each in parts[2].value)
        rows = (each for each in elements if isinstance(each, tuple))
        values = (row[1].value for row in rows)
        return [_in_millipence(each, scale) for each in values if isinstance(each, int)]


_PARTS_OF_A_CHARGE: Final = 3
"""Scaling, commodity and table."""


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


def _in_millipence(value: int, scale: int) -> int:
    """A price of that scale of a pound; what is finer than a thousandth of a penny is cut off."""
    power = scale + _MILLIPENCE
    scaled: int = value * 10**power if power >= 0 else value // 10**-power
    return max(0, min(scaled, _OF_ALL_BITS - 1))
