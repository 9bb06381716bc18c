"""What the methods of interface classes do to their object (IEC 62056-6-2 4.3 to 4.6).

Methods that need more than the object and the time (joining a network, a supplier's key) are their
device's own.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.activation import ACTIVITY_CALENDAR, CHARGE, EXTENDED_DATA, activate
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import CompactArray, Data, octet_string
from emulator.dlms.data_types import NUMBERS, DataType

REGISTER: Final = 3
EXTENDED_REGISTER: Final = 4
PROFILE_GENERIC: Final = 7
SCRIPT_TABLE: Final = 9
CREDIT: Final = 112
_VALUE: Final = 2
_CAPTURE_TIME: Final = 5
_LAST_RESETS: Final[Mapping[bytes, Attribute]] = MappingProxyType(
    {
        parse_obis(register): Attribute(1, parse_obis(reset), _VALUE)
        for register, reset in (
            ("1-0:1.6.1.255", "0-0:94.44.5.0"),
            ("1-0:1.6.0.255", "0-0:94.44.5.1"),
            ("1-0:2.6.0.255", "0-0:94.44.5.2"),
        )
    }
)
"""Where GBCS keeps the time of the last reset of a maximum demand register (ECS18, ECS57)."""

BLOCK_COUNTERS: Final = Attribute(1, parse_obis("0-0:94.44.34.2"), _VALUE)
TARIFF_SCRIPTS: Final = parse_obis("0-0:10.0.100.255")
RESET_BLOCK_COUNTERS: Final = 99
"""The script that sets the tariff block counters to zero (use-case annex of GBCS, ECS05)."""
CURRENT_CREDIT_AMOUNT: Final = 2
PRESET_CREDIT_AMOUNT: Final = 9
TOTAL_AMOUNT_REMAINING: Final = 12


class Invocation(NamedTuple):
    """A method that is called.

    Args:
        store: the objects of the device.
        obis: logical name of the object.
        parameters: of the method.
        moment: the device's own time, UTC.
    """

    store: ObjectStore
    obis: bytes
    parameters: Data
    moment: datetime


Method = Callable[[Invocation], AccessResult]


def _reset_register(call: Invocation) -> AccessResult:
    value = Attribute(REGISTER, call.obis, _VALUE)
    call.store.hold(value, zeroed(call.store.value(value)))
    return AccessResult.SUCCESS


def _reset_extended_register(call: Invocation) -> AccessResult:
    """The value becomes zero, captured now."""
    store, obis, _, moment = call
    now = octet_string(date_time_octets(moment))
    value = Attribute(EXTENDED_REGISTER, obis, _VALUE)
    store.hold(value, zeroed(store.value(value)))
    store.hold(Attribute(EXTENDED_REGISTER, obis, _CAPTURE_TIME), now)
    last_reset = _LAST_RESETS.get(obis)
    if last_reset is not None and store.has_attribute(last_reset):
        store.hold(last_reset, now)
    return AccessResult.SUCCESS


def _clear_log(call: Invocation) -> AccessResult:
    buffer = Attribute(PROFILE_GENERIC, call.obis, _VALUE)
    held = call.store.value(buffer)
    entries = held.value
    empty = entries._replace(elements=()) if isinstance(entries, CompactArray) else ()
    call.store.hold(buffer, Data(held.type, empty))
    return AccessResult.SUCCESS


def _run_tariff_script(call: Invocation) -> AccessResult:
    """Of the tariff's scripts only that which clears the block counters is ever sent."""
    if call.obis != TARIFF_SCRIPTS or call.parameters.value != RESET_BLOCK_COUNTERS:
        return AccessResult.OBJECT_UNAVAILABLE
    call.store.hold(BLOCK_COUNTERS, zeroed(call.store.value(BLOCK_COUNTERS)))
    return AccessResult.SUCCESS


def _activate_calendar(call: Invocation) -> AccessResult:
    activate(call.store, Attribute(ACTIVITY_CALENDAR, call.obis, 10))
    return AccessResult.SUCCESS


def _activate_charge(call: Invocation) -> AccessResult:
    activate(call.store, Attribute(CHARGE, call.obis, 7))
    return AccessResult.SUCCESS


def _activate_value(call: Invocation) -> AccessResult:
    activate(call.store, Attribute(EXTENDED_DATA, call.obis, 6))
    return AccessResult.SUCCESS


def _update_credit(call: Invocation) -> AccessResult:
    return _add(call, Attribute(CREDIT, call.obis, CURRENT_CREDIT_AMOUNT))


def _set_credit(call: Invocation) -> AccessResult:
    return _set(call, Attribute(CREDIT, call.obis, CURRENT_CREDIT_AMOUNT))


def _invoke_credit(call: Invocation) -> AccessResult:
    """The preset amount becomes available."""
    preset = call.store.value(Attribute(CREDIT, call.obis, PRESET_CREDIT_AMOUNT))
    call.store.hold(Attribute(CREDIT, call.obis, CURRENT_CREDIT_AMOUNT), preset)
    return AccessResult.SUCCESS


def _update_debt(call: Invocation) -> AccessResult:
    return _add(call, Attribute(CHARGE, call.obis, TOTAL_AMOUNT_REMAINING))


def _set_debt(call: Invocation) -> AccessResult:
    return _set(call, Attribute(CHARGE, call.obis, TOTAL_AMOUNT_REMAINING))


def _set(call: Invocation, attribute: Attribute) -> AccessResult:
    held = call.store.value(attribute)
    if call.parameters.type is not held.type:
        return AccessResult.TYPE_UNMATCHED
    call.store.hold(attribute, call.parameters)
    return AccessResult.SUCCESS


def _add(call: Invocation, attribute: Attribute) -> AccessResult:
    held = call.store.value(attribute)
    added = call.parameters
    if added.type is not held.type:
        return AccessResult.TYPE_UNMATCHED
    total = _number(held) + _number(added)
    if not _fits(held.type, total):
        return AccessResult.OTHER_REASON
    call.store.hold(attribute, Data(held.type, total))
    return AccessResult.SUCCESS


def add_credit(store: ObjectStore, obis: bytes, amount: int) -> AccessResult:
    """Add to the amount of a credit, as a top-up does (IEC 62056-6-2 4.6.4, update_amount).

    Args:
        store: the objects of the device.
        obis: of the credit.
        amount: in the credit's own scale.
    """
    attribute = Attribute(CREDIT, obis, CURRENT_CREDIT_AMOUNT)
    held = store.value(attribute)
    total = _number(held) + amount
    if not _fits(held.type, total):
        return AccessResult.OTHER_REASON
    store.hold(attribute, Data(held.type, total))
    return AccessResult.SUCCESS


def _number(data: Data) -> int:
    return data.value if isinstance(data.value, int) else 0


def _fits(kind: DataType, number: int) -> bool:
    width, signed = NUMBERS[kind]
    bits = 8 * width
    return -(1 << bits - 1) <= number < 1 << bits - 1 if signed else 0 <= number < 1 << bits


def zeroed(data: Data) -> Data:
    """The value with every number in it zero; scales and units stand in their own attribute."""
    if data.type in (DataType.ARRAY, DataType.STRUCTURE) and isinstance(data.value, tuple):
        parts = tuple(zeroed(part) for part in data.value if isinstance(part, Data))
        return Data(data.type, parts)
    return Data(data.type, 0) if data.type in NUMBERS else data


METHODS: Final[Mapping[tuple[int, int], Method]] = MappingProxyType(
    {
        (REGISTER, 1): _reset_register,
        (EXTENDED_REGISTER, 1): _reset_extended_register,
        (PROFILE_GENERIC, 1): _clear_log,
        (SCRIPT_TABLE, 1): _run_tariff_script,
        (ACTIVITY_CALENDAR, 1): _activate_calendar,
        (CREDIT, 1): _update_credit,
        (CREDIT, 2): _set_credit,
        (CREDIT, 3): _invoke_credit,
        (CHARGE, 2): _activate_charge,
        (CHARGE, 4): _update_debt,
        (CHARGE, 5): _set_debt,
        (EXTENDED_DATA, 2): _activate_value,
    }
)
"""By class and number of the method."""
