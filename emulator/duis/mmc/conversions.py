"""The conversions that the table of answers names (MMC 5.4)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.duis.mmc import calendars, content, credit, radio_channels, structures, tariffs
from emulator.duis.mmc.content import Content, Conversion, chosen
from emulator.kernel.errors import UsageError

_ROLES: Final = (
    "Root=ROOT Recovery=RECOVERY Supplier=SUPPLIER NetworkOperator=NETWORK_OPERATOR "
    "ACB=ACCESS_CONTROL_BROKER TransCoS=TRANSITIONAL_CHANGE_OF_SUPPLIER "
    "LoadController=LOAD_CONTROLLER"
)
_DEVICE_TYPES: Final = "GSME=GSME ESME=ESME CHF=CHF GPF=GPF HCALCS=HCALCS PPMID=PPMID Type2=TYPE_2"
_REPLACEMENT_MODES: Final = (
    "ACBByACB=ACB_BY_ACB SupplierBySupplier=SUPPLIER_BY_SUPPLIER "
    "NetworkOperatorByNetworkOperator=NETWORK_OPERATOR_BY_NETWORK_OPERATOR "
    "LoadControllerBySupplier=LOAD_CONTROLLER_BY_SUPPLIER "
    "SupplierByTransCoS=SUPPLIER_BY_TRANSCOS"
)
_PLAIN: Final[Mapping[str, Conversion]] = MappingProxyType(
    {
        "billing_calendar": calendars.billing_calendar,
        "certificate_use": structures.certificate_use,
        "channels": radio_channels.channels,
        "clock_status": structures.clock_status,
        "controller_number": structures.controller_number,
        "controller_state": structures.controller_state,
        "controller_type": structures.controller_type,
        "cubic_metres": content.cubic_metres,
        "date": calendars.date,
        "device_type": chosen(_DEVICE_TYPES),
        "encoded": content.encoded,
        "eui64": content.eui64,
        "event": content.event,
        "firmware": structures.firmware,
        "first_number": structures.first_number,
        "from_load": structures.from_load,
        "gas_action": tariffs.gas_action,
        "gas_alerts": structures.gas_alerts,
        "gas_billing_calendar": calendars.gas_billing_calendar,
        "gas_date": calendars.gas_date,
        "gas_payment_mode": credit.gas_payment_mode,
        "gas_suspended_in_emergency": credit.gas_suspended_in_emergency,
        "gas_suspended_when_disabled": credit.gas_suspended_when_disabled,
        "hexadecimal": content.hexadecimal,
        "octet": content.octet,
        "hundredths": content.hundredths,
        "integrity_warning": structures.integrity_warning,
        "level_entry": calendars.level_entry,
        "logged_channel": radio_channels.logged_channel,
        "minute_of_day": content.minute_of_day,
        "moment": content.moment,
        "network_alerts": structures.network_alerts,
        "non_disablement_entry": calendars.non_disablement_entry,
        "number": content.number,
        "operating_channel": radio_channels.operating_channel,
        "price_scale": tariffs.price_scale,
        "prices_by_block": tariffs.prices_by_block,
        "prices_by_time": tariffs.prices_by_time,
        "replacement_mode": chosen(_REPLACEMENT_MODES),
        "role": chosen(_ROLES),
        "scaled": content.scaled,
        "scan_trigger": radio_channels.scan_trigger,
        "second_number": structures.second_number,
        "status": content.status,
        "supplier_alerts": structures.supplier_alerts,
        "suspended_in_emergency": credit.suspended_in_emergency,
        "suspended_when_disabled": credit.suspended_when_disabled,
        "switch_entry": calendars.switch_entry,
        "switch_event": structures.switch_event,
        "switch_type": structures.switch_type,
        "tariff_schedule": tariffs.tariff_schedule,
        "time_of_day": content.time_of_day,
        "trailing": content.trailing,
        "truth": content.truth,
        "whole": content.whole,
        "words": content.words,
    }
)


def conversion(written: str) -> Conversion:
    """The conversion that a table names, with its words: `chosen Off=0 On=1`.

    Raises:
        UsageError: when there is none of that name, or its words are not as they have to be.
    """
    name, _, words = written.partition(" ")
    if name == "chosen":
        try:
            return chosen(words)
        except ValueError as fault:
            raise UsageError(f"{written!r}: {fault}") from None
    if name == "special_days":
        element, _, attribute = words.partition(" ")

        def days(value: object) -> Content | None:
            return calendars.special_days(value, element, attribute)

        return days
    try:
        return _PLAIN[written]
    except KeyError:
        raise UsageError(f"{written!r}: no conversion of that name") from None
