"""The values of a command from the parameters of its service request (DUIS 5.4, GBCS use cases).

What the request leaves to the DCC it fills in: types of devices from the inventory, certificates
from the key store, device logs from the backups that devices sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from emulator.dcc.inventory.device_kinds import TYPE_2, DeviceKind
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.orders.customer_number import REQUEST_CUSTOMER_NUMBER, VALUE, customer_number
from emulator.dcc.orders.orders import Order
from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.world import DccWorld
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.commands.parameters import ParameterValues, parameter_values
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.service_requests.record import ServiceUseCase
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64

Values = dict[str, object]
"""By the names that commands give their values."""

_DEVICE_TYPES: Final[Mapping[DeviceKind, DeviceType]] = MappingProxyType(
    {
        DeviceKind.GSME: DeviceType.GSME,
        DeviceKind.ESME: DeviceType.ESME,
        DeviceKind.CHF: DeviceType.CHF,
        DeviceKind.GPF: DeviceType.GPF,
        DeviceKind.HCALCS: DeviceType.HCALCS,
        DeviceKind.PPMID: DeviceType.PPMID,
        **dict.fromkeys(TYPE_2, DeviceType.TYPE_2),
    }
)
"""As CS03 numbers kinds of devices (GBCS 13.7)."""

_LOGGED_AS: Final[Mapping[DeviceKind, DeviceKind]] = MappingProxyType(
    {DeviceKind.SAPC: DeviceKind.ESME}
)
"""CCS01 numbers no standalone controller; that it goes as a meter is assumed."""


def command_values(order: Order, chosen: ServiceUseCase, world: DccWorld) -> ParameterValues:
    """The values of the command that a request becomes.

    Raises:
        UsageError: when the request, or what the DCC knows, does not suffice.
    """
    told = parameter_values(use_case(chosen.code), order.parameters)
    complete = _COMPLETIONS.get(order.service.srv)
    if complete is None:
        return told
    return replace(told, values={**told.values, **complete(order, chosen, world)})


def _other(order: Order, world: DccWorld) -> DeviceRecord:
    """The device that a request names beside its target.

    Raises:
        UsageError: when it names none, or one that is not in the inventory.
    """
    named = named_device(order.request.parameters)
    if named is None:
        raise UsageError(f"{order.service.srv} names no other device")
    known = world.inventory.device(named)
    if known is None:
        raise UsageError(f"no device {format_eui64(named)} is in the inventory")
    return known


def _device_log(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """8.11: CCS01 adds with the type of the device, CCS02 needs none."""
    if chosen.name == "CCS02":
        return {}
    kind = _other(order, world).kind
    return {"device_type": _LOGGED_AS.get(kind, kind).value}


def _clock(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """8.1.1, 6.11: without times, the clock must lie from now to the longest tolerance after."""
    del chosen
    given = order.request.parameters
    if "CurrentDateTime" in given or "start" in given:
        return {}
    start = world.moment(order.now)
    return {"start": start, "end": start + timedelta(seconds=world.settings.clock_tolerance)}


def _join(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """8.7.1, 8.7.2: who joins, and as what (GBCS CS03)."""
    other = _other(order, world)
    values: Values = {"device_type": _DEVICE_TYPES[other.kind]}
    if chosen.name.startswith("CS03C"):
        values["certificate"] = _key_agreement_certificate(other.device, world)
    return values


def _key_agreement_certificate(device: Eui64, world: DccWorld) -> bytes:
    found = world.protection.keys.find(device, KeyUse.KEY_AGREEMENT)
    if found is None or found.certificate is None:
        raise UsageError(f"no key agreement certificate of {format_eui64(device)}")
    return found.certificate.der


def _customer_number(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """9.1: the number that the meter shows."""
    del chosen, world
    return {VALUE: customer_number(order.request)}


def _restore_hub(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """8.12.1: the network and the keys of the old hub, as it last told them (GBCS CCS03)."""
    del chosen
    old = named_device(order.request.parameters, "OldCHFID")
    backup = None if old is None else world.backups.hubs.get(old)
    if backup is None:
        raise UsageError("no backup of the device log of the old CHF is held")
    return {
        "extended_pan_id": int.from_bytes(backup.extended_pan_id, "big"),
        "devices": tuple(
            {"device": device, "hashed_key": key_hash}
            for device, key_hash in backup.devices
            if key_hash
        ),
    }


def _restore_gpf(order: Order, chosen: ServiceUseCase, world: DccWorld) -> Values:
    """8.12.2: the device log of the old gas proxy function, as it last told it (GBCS GCS59)."""
    del chosen
    old = named_device(order.request.parameters, "OldGPFID")
    backup = None if old is None else world.backups.gpfs.get(old)
    if backup is None:
        raise UsageError("no backup of the device log of the old GPF is held")
    return {
        "devices": tuple(
            {"device": int.from_bytes(each.device_id, "big"), "device_type": each.device_type}
            for each in backup.entries
        )
    }


_COMPLETIONS: Final[Mapping[str, Callable[[Order, ServiceUseCase, DccWorld], Values]]] = (
    MappingProxyType(
        {
            "8.11": _device_log,
            "8.1.1": _clock,
            "6.11": _clock,
            "8.7.1": _join,
            "8.7.2": _join,
            "8.12.1": _restore_hub,
            "8.12.2": _restore_gpf,
            REQUEST_CUSTOMER_NUMBER: _customer_number,
        }
    )
)
"""What the DCC fills in, by service reference variant."""
