"""What comes into force when a passive value is activated (use-case annex of GBCS, `Next`).

Classes with passive attributes of their own follow IEC 62056-6-2. For tables without any, GBCS
keeps the passive table in an object of its own, and the time of its activation in another one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data, array
from emulator.dlms.data_types import DataType

ACTIVITY_CALENDAR: Final = 20
CHARGE: Final = 113
ACCOUNT: Final = 111
EXTENDED_DATA: Final = 9000


class Replacement(NamedTuple):
    """One value that takes the place of another."""

    passive: Attribute
    active: Attribute


_OWN: Final[Mapping[tuple[int, int], tuple[tuple[int, int], ...]]] = MappingProxyType(
    {
        (ACTIVITY_CALENDAR, 10): ((6, 2), (7, 3), (8, 4), (9, 5)),
        (CHARGE, 7): ((6, 5),),
        (EXTENDED_DATA, 6): ((4, 2), (5, 3)),
    }
)
"""Passive and active attributes of the same object, by class and attribute of the time."""


def _attribute(class_id: int, logical_name: str, member: int) -> Attribute:
    return Attribute(class_id, parse_obis(logical_name), member)


def _moved(class_id: int, group: str, member: int = 2) -> Replacement:
    """The value of the object `0-1:group`, which `0-0:group` takes over."""
    passive = _attribute(class_id, f"0-1:{group}", member)
    return Replacement(passive, _attribute(class_id, f"0-0:{group}", member))


def _value(name: str, active: Attribute) -> tuple[Attribute, tuple[Replacement, ...]]:
    """The passive value of an extended data object, which is that of another object when active."""
    time = _attribute(EXTENDED_DATA, name, 6)
    return time, (Replacement(_attribute(EXTENDED_DATA, name, 4), active),)


def _table(name: str, *moved: Replacement) -> tuple[Attribute, tuple[Replacement, ...]]:
    return _attribute(EXTENDED_DATA, name, 6), moved


_ACROSS: Final[Mapping[Attribute, tuple[Replacement, ...]]] = MappingProxyType(
    dict(
        (
            # tables, whose passive form is an object of its own
            _table("0-0:94.44.128.26", _moved(10, "12.0.2.255")),
            _table("0-0:94.44.128.28", _moved(10, "12.0.1.255")),
            _table("0-0:94.44.128.29", _moved(11, "11.0.0.255")),
            _table("0-0:94.44.128.30", _moved(11, "11.0.1.255")),
            _table("0-0:94.44.128.31", _moved(11, "11.0.2.255")),
            _table("0-0:94.44.128.35", _moved(11, "11.0.3.255")),
            _table(
                "0-0:63.1.1.255",
                *(
                    Replacement(
                        _attribute(21, f"0-0:16.1.{tariff}.255", 2),
                        _attribute(21, f"0-0:16.0.{tariff}.255", 2),
                    )
                    for tariff in range(11, 19)
                ),
            ),
            (
                _attribute(ACCOUNT, "0-1:19.0.0.255", 13),
                (_moved(ACCOUNT, "19.0.0.255", 2), _moved(ACCOUNT, "19.0.0.255", 11)),
            ),
            # values, which are attributes of other objects when active
            _value("0-0:94.44.128.2", _attribute(112, "0-0:19.10.1.255", 9)),
            _value("0-0:94.44.128.3", _attribute(112, "0-0:19.10.1.255", 10)),
            _value("0-0:94.44.128.6", _attribute(71, "0-0:17.0.0.255", 6)),
            _value("0-0:94.44.128.7", _attribute(71, "0-0:17.0.0.255", 4)),
            _value("0-0:94.44.128.8", _attribute(71, "0-0:17.0.0.255", 7)),
            _value("0-0:94.44.128.9", _attribute(ACCOUNT, "0-0:19.0.0.255", 16)),
            _value("0-0:94.44.128.12", _attribute(ACCOUNT, "0-0:19.0.0.255", 18)),
            _value("0-0:94.44.128.13", _attribute(ACCOUNT, "0-0:19.0.0.255", 19)),
            _value("0-0:94.44.128.22", _attribute(21, "0-0:16.0.1.255", 2)),
        )
    )
)
"""What the time in one object activates in others; names pair them (`...Next`, `...Current`)."""


def is_activation_time(attribute: Attribute) -> bool:
    """Whether an attribute is the time at which passive values come into force."""
    return attribute in _ACROSS or (attribute.class_id, attribute.member) in _OWN


def replacements(time: Attribute) -> tuple[Replacement, ...]:
    """What comes into force at the time that this attribute holds."""
    across = _ACROSS.get(time)
    if across is not None:
        return across
    class_id, obis, member = time
    return tuple(
        Replacement(Attribute(class_id, obis, passive), Attribute(class_id, obis, active))
        for passive, active in _OWN.get((class_id, member), ())
    )


def activate(store: ObjectStore, time: Attribute) -> None:
    """Put the passive values that belong to a time into force, as far as the device has them."""
    for passive, active in replacements(time):
        if store.has_attribute(passive) and store.has_attribute(active):
            store.hold(active, _fitted(store.value(passive), store.value(active)))


def _fitted(value: Data, before: Data) -> Data:
    """A value as its new place has it: a single threshold becomes a list of one."""
    if before.type is DataType.ARRAY and value.type is not DataType.ARRAY:
        return array(value)
    return value
