"""Executors of DLMS commands as devices leave the factory: ESME, CHF and SAPC.

Other devices have no COSEM objects.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute, MeterVariant, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import enumerated, octet_string, structure
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.utrn import TokenKey
from emulator.gbcs_device.cosem.account_wallet import AccountWallet
from emulator.gbcs_device.cosem.auxiliary_duty import auxiliary_duty
from emulator.gbcs_device.cosem.boost_duty import boost_duty
from emulator.gbcs_device.cosem.clock_duty import clock_duty
from emulator.gbcs_device.cosem.demand_duty import demand_duty, offset_duty, periods_duty
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.duty import Duty
from emulator.gbcs_device.cosem.event_settings_duty import event_settings_duty
from emulator.gbcs_device.cosem.firmware_duty import firmware_duty
from emulator.gbcs_device.cosem.load_switch_duty import load_switch_duty
from emulator.gbcs_device.cosem.measured_logs_duty import measured_logs_duty
from emulator.gbcs_device.cosem.meter_view import DeviceView, MeterView, reader_of
from emulator.gbcs_device.cosem.network_control_duty import network_control_duty
from emulator.gbcs_device.cosem.power_threshold_duty import power_threshold_duty
from emulator.gbcs_device.cosem.prepayment_duty import PrepaymentDuty
from emulator.gbcs_device.cosem.registers_duty import registers_duty
from emulator.gbcs_device.cosem.supply_duty import supply_duty
from emulator.gbcs_device.cosem.tariff_duty import TariffDuty
from emulator.gbcs_device.cosem.token_duty import TokenGate
from emulator.gbcs_device.cosem.voltage_duty import voltage_duty
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.kernel.identity import Eui64
from emulator.metering.load_controller import LoadController
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.quantities import Channel
from emulator.metering.randomised_offset import RandomisedOffset

DEVICE_IDENTIFIER: Final = Attribute(1, parse_obis("0-0:96.1.1.255"), 2)
METER_VARIANT: Final = Attribute(1, parse_obis("0-0:96.1.2.255"), 2)
_ACCOUNTS: Final = tuple(
    Attribute(111, parse_obis(name), 2) for name in ("0-0:19.0.0.255", "0-1:19.0.0.255")
)
"""Mode and status of the account, in force and passive."""
_ACCOUNT_ACTIVE: Final = 1
"""The status that ECS02 and ECS03 set (use-case annex of GBCS)."""
_VARIANTS: Final = {
    MeterVariant.SINGLE_ELEMENT: b"A",
    MeterVariant.TWIN_ELEMENT: b"B",
    MeterVariant.POLYPHASE: b"C",
}
"""Meter variant as meters tell it: the part of SMETS2 5 that the meter follows."""
_FOUR_QUADRANTS: Final = (
    Channel.ACTIVE_IMPORT,
    Channel.ACTIVE_EXPORT,
    Channel.REACTIVE_IMPORT,
    Channel.REACTIVE_EXPORT,
)
MEASURED: Final[Mapping[MeterVariant, tuple[Channel, ...]]] = MappingProxyType(
    {
        MeterVariant.SINGLE_ELEMENT: _FOUR_QUADRANTS,
        MeterVariant.TWIN_ELEMENT: (*_FOUR_QUADRANTS, Channel.SECONDARY_IMPORT),
        MeterVariant.POLYPHASE: _FOUR_QUADRANTS,
    }
)
"""What electricity meters measure (SMETS2 5.7.5 and 5.13.2)."""


class PaymentMode(IntEnum):
    """How consumption is paid for, as accounts number it (use-case annex of GBCS, ECS02, ECS03)."""

    CREDIT = 1
    PREPAYMENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterMake:
    """What kind of electricity meter it is, and who knows keys for its tokens.

    Args:
        variant: what it measures.
        payment_mode: in which it leaves the factory.
        token_key: the key that a supplier and the meter have for tokens, if they have one.
        tokens: how it remembers them.
        view: of the meter that measures; None for one whose registers stand still.
        offset: by how much its switches are late, under the limit that is set.
        firmware: tells the version that it runs; None for one that shows what it was told.
    """

    variant: MeterVariant = MeterVariant.SINGLE_ELEMENT
    payment_mode: PaymentMode = PaymentMode.CREDIT
    token_key: Callable[[Eui64], TokenKey | None] = lambda _: None
    tokens: TokenSettings = field(default_factory=TokenSettings)
    view: MeterView | None = None
    offset: RandomisedOffset | None = None
    firmware: Callable[[], bytes] | None = None


def electricity_meter(
    eui64: Eui64, clock: DeviceClock, make: MeterMake | None = None
) -> DlmsExecutor:
    """An ESME with every object of its variant."""
    made = make or MeterMake()
    store = _store("ESME", eui64, made.variant)
    store.hold(METER_VARIANT, octet_string(_VARIANTS[made.variant]))
    mode = structure(enumerated(made.payment_mode), enumerated(_ACCOUNT_ACTIVE))
    for account in _ACCOUNTS:
        store.hold(account, mode)
    wallet = None if made.view is None else AccountWallet(store, made.view)
    duties = (
        clock_duty(clock),
        load_switch_duty(store),
        event_settings_duty(store),
        TokenGate(store, made.token_key, made.tokens, wallet).duty(),
    )
    if made.view is None:
        return DlmsExecutor(store, duties)
    return DlmsExecutor(store, (*duties, *_measuring(store, made.view, made)))


def _measuring(store: ObjectStore, view: MeterView, made: MeterMake) -> tuple[Duty, ...]:
    """What the objects of a meter do that measures."""
    late = () if made.offset is None else (offset_duty(store, view, made.offset),)
    versions = () if made.firmware is None else (firmware_duty(made.firmware),)
    return (
        registers_duty(store, reader_of(view), MEASURED[made.variant]),
        measured_logs_duty(store, view),
        TariffDuty(store, view).duty(),
        supply_duty(store, view),
        PrepaymentDuty(store, view).duty(),
        demand_duty(store, view),
        periods_duty(store, view),
        voltage_duty(store, view),
        auxiliary_duty(store, view),
        boost_duty(store, view),
        power_threshold_duty(),
        *late,
        *versions,
        view.duty(),
    )


def stored_token_key(keys: KeyStore, meter: Eui64) -> Callable[[Eui64], TokenKey | None]:
    """Who knows the keys for tokens: a store with the meter's key and suppliers' certificates.

    Args:
        keys: the meter's own with its private half, and those of suppliers for prepayment.
        meter: whose tokens.
    """
    agreement = StoredKeyAgreement(keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)

    def key_of(supplier: Eui64) -> TokenKey | None:
        known = keys.find(supplier, KeyUse.PREPAYMENT_KEY_AGREEMENT)
        return None if known is None else TokenKey(supplier, meter, agreement)

    return key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerMake:
    """What is behind the objects of a standalone controller.

    Args:
        view: of what goes by them.
        offset: by how much its switches are late, under the limit that is set.
        firmware: tells the version that it runs.
    """

    view: DeviceView[LoadController]
    offset: RandomisedOffset
    firmware: Callable[[], bytes]


def standalone_load_controller(
    eui64: Eui64, clock: DeviceClock, make: ControllerMake | None = None
) -> DlmsExecutor:
    """An SAPC; without a make its controllers only hold what they are told.

    The use-case annex of GBCS names clauses of SMETS2 9 for its objects. Messages show only its
    calendar, so that the others are those of an ESME is unverified.
    """
    store = _store("SAPC", eui64, MeterVariant.SINGLE_ELEMENT)
    duties = (clock_duty(clock), load_switch_duty(store))
    if make is None:
        return DlmsExecutor(store, duties)
    view = make.view
    return DlmsExecutor(
        store,
        (
            *duties,
            auxiliary_duty(store, view),
            boost_duty(store, view),
            offset_duty(store, view, make.offset),
            firmware_duty(make.firmware),
            view.duty(),
        ),
    )


def communications_hub(
    eui64: Eui64, log: HubDeviceLog, firmware: bytes | None = None
) -> DlmsExecutor:
    """A CHF whose objects show and change this log.

    Args:
        eui64: of the hub.
        log: its device log.
        firmware: version that it runs, 4 octets; None for one that shows what it was told.
    """
    store = _store("CHF", eui64, MeterVariant.SINGLE_ELEMENT)
    duties = (network_control_duty(store, log),)
    if firmware is None:
        return DlmsExecutor(store, duties)
    return DlmsExecutor(store, (*duties, firmware_duty(lambda: firmware)))


def _store(device: str, eui64: Eui64, variant: MeterVariant) -> ObjectStore:
    store = ObjectStore(members_of(device, variant), variant)
    store.hold(DEVICE_IDENTIFIER, octet_string(eui64.to_bytes(8, "big")))
    return store
