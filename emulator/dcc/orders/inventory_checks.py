"""What the inventory has to say before a command is made (SEC App. AC 4.9 to 4.12)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from emulator.dcc.checks.access_control import Refusal
from emulator.dcc.inventory.records import InventoryRefusal, Move
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.orders.orders import Order
from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.world import DccWorld

_STATUS_CODE: Final = "E5"
"""Where no source gives a code of its own: the status does not fit (DUIS response code E5)."""


def objection(order: Order, world: DccWorld) -> Refusal | None:
    """Why no command may be made for a request; None when nothing speaks against it."""
    check = _CHECKS.get(order.service.srv)
    found = None if check is None else check(order, world)
    return None if found is None else refusal_of(found)


def refusal_of(found: InventoryRefusal) -> Refusal:
    """A refusal of the inventory as one of a request."""
    return Refusal(found.code or _STATUS_CODE, found.reason, found.clause)


def _commission(order: Order, world: DccWorld) -> InventoryRefusal | None:
    return world.inventory.objection(
        Move(
            device=order.device.device,
            trigger=Trigger.COMMISSION_DEVICE,
            moment=world.moment(order.now),
        )
    )


def _join(order: Order, world: DccWorld) -> InventoryRefusal | None:
    other = named_device(order.request.parameters)
    if other is None:
        return None
    return world.inventory.join_objection(order.device.device, other)


def _device_log(order: Order, world: DccWorld) -> InventoryRefusal | None:
    """8.11: only a device that may be added is; removing needs nothing."""
    other = named_device(order.request.parameters)
    if other is None or order.request.parameters.get("RequestType") != "Add":
        return None
    return world.inventory.objection(
        Move(
            device=other,
            trigger=Trigger.DEVICE_LOG_ADDED,
            moment=world.moment(order.now),
        )
    )


_CHECKS: Final[Mapping[str, Callable[[Order, DccWorld], InventoryRefusal | None]]] = (
    MappingProxyType({"8.1.1": _commission, "8.7.1": _join, "8.7.2": _join, "8.11": _device_log})
)
