"""What a meter does with its events, set by mask and actions (GBCS ECS25, SMETS2 5.7.4).

A command gives two bit strings in one: which events it means, and what is to be done with them.
Reads show, for each event, what is done (use-case annex of GBCS, `maskAndActions...`).
"""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import BitString, Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Duty, Written
from emulator.gbcs_device.execution import Command

_SUPPLIER: Final = "0-30:97.98"
_NETWORK_OPERATOR: Final = "0-33:97.98"
_SETTINGS: Final = {
    Attribute(1, parse_obis(f"{group}.{set_by}.255"), 2): Attribute(
        1, parse_obis(f"{group}.{shown_by}.255"), 2
    )
    for group, set_by, shown_by in (
        (_SUPPLIER, 11, 15),
        (_SUPPLIER, 12, 16),
        (_SUPPLIER, 13, 17),
        (_SUPPLIER, 14, 18),
        (_NETWORK_OPERATOR, 11, 15),
        (_NETWORK_OPERATOR, 14, 18),
    )
}
"""The object that a command writes, and the one that shows the outcome (ECS25a to b3, r1, r2)."""


def event_settings_duty(store: ObjectStore) -> Duty:
    """The duty of the objects that say what becomes of events."""
    return Duty(
        name="event settings",
        writes={set_by: _merging(store, shown_by) for set_by, shown_by in _SETTINGS.items()},
    )


def _merging(store: ObjectStore, shown_by: Attribute) -> Written:
    def merge(value: Data, _: Command) -> tuple[object, ...]:
        held = store.value(shown_by).value
        if isinstance(value.value, BitString) and isinstance(held, BitString):
            merged = merged_settings(held, value.value)
            store.hold(shown_by, Data(DataType.BIT_STRING, merged))
        return ()

    return merge


def merged_settings(held: BitString, mask_and_actions: BitString) -> BitString:
    """The settings after a command: actions where the mask is 1, as before elsewhere.

    Args:
        held: one bit for each event.
        mask_and_actions: as many bits of mask, and then as many of actions; else it changes none.
    """
    width = len(held.octets)
    given = mask_and_actions.octets
    if mask_and_actions.length != 2 * held.length or len(given) != 2 * width:
        return held
    parts = zip(held.octets, given[:width], given[width:], strict=True)
    octets = bytes(old & ~mask & 0xFF | action & mask for old, mask, action in parts)
    return BitString(held.length, octets)
