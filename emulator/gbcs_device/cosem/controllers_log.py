"""The log of auxiliary controllers: commands, and what came of them (GBCS ECS35g, ECS15c).

Reference messages show one entry for a controller of the device itself, with its outcome; and two
for a switch on the HAN, the command with an outcome not known, and what the switch said of it, both
under the identifier of the command on the HAN. An entry is of an action that was commanded, or
"relates to a Message from an HC ALCS" (MMC 5.4, `ALCSEventLogType`); a failure "in changing or
maintaining" a state belongs here whatever asked for that state (Aclara SGM1430-B, appendix A:
811A). So what a switch on the HAN says is written down when a calendar, boost or limit had it
switch, too. SMETS2 5.7.5.6 and 9.6.3.1 have the log; that a controller of the device itself has no
entry for those is unverified, and so is that what a switch then says is under no command.
"""

from enum import IntEnum
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import appended, number_of, octets_of, parts_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.metering.auxiliary_controllers import CONTROLLERS

CONTROLLERS_LOG: Final = Attribute(7, parse_obis("0-17:99.98.2.255"), 2)
HUNG_ON: Final = {each: Attribute(1, parse_obis(f"0-0:94.44.0.2{each}"), 2) for each in CONTROLLERS}
"""By controller: the switch on the HAN that hangs on it, all zero for none (ECS46c)."""
_ENTRIES: Final = 100
_SECOND: Final = 1_000_000
_FROM_1970_TO_2000: Final = 946_684_800
"""Seconds; a command on the HAN is named by its time since 1970 (reference message ECS35g)."""
_NO_COMMAND: Final = 0


class SwitchOutcome(IntEnum):
    """What came of a command (MMC 5.4, `ALCSEventLogType`; reference message ECS35g)."""

    NOT_KNOWN = 0
    SUCCESS = 1
    FAILURE = 2


def note_switch_command(store: ObjectStore, own: int, script: int) -> None:
    """Write down that a controller was commanded.

    Args:
        store: its objects.
        own: when, own time.
        script: what it was commanded, as the command wrote it.
    """
    seconds = own // _SECOND
    hung = HUNG_ON.get(script >> 8 & 0x0F)
    on_han = hung is not None and store.has_attribute(hung) and any(octets_of(store.value(hung)))
    if on_han:
        _add(store, (seconds, script, SwitchOutcome.NOT_KNOWN, seconds + _FROM_1970_TO_2000))
    else:
        _add(store, (seconds, script, SwitchOutcome.SUCCESS, _NO_COMMAND))


def note_switch_outcome(
    store: ObjectStore, own: int, controller: int, outcome: SwitchOutcome
) -> None:
    """Write down what a switch on the HAN said: of its last command, until it carried that out."""
    if store.has_attribute(CONTROLLERS_LOG):
        command = _open_command(store, controller)
        _add(store, (own // _SECOND, controller << 8, outcome, command))


def _open_command(store: ObjectStore, controller: int) -> int:
    """Identifier of the command of which its switch did not yet say that it carried it out."""
    for entry in reversed(parts_of(store.value(CONTROLLERS_LOG))):
        _, action, known, command = (number_of(each) for each in parts_of(entry))
        if action >> 8 & 0x0F == controller:
            return _NO_COMMAND if known == SwitchOutcome.SUCCESS else command
    return _NO_COMMAND


def _add(store: ObjectStore, entry: tuple[int, int, SwitchOutcome, int]) -> None:
    if store.has_attribute(CONTROLLERS_LOG):
        store.hold(CONTROLLERS_LOG, appended(store.value(CONTROLLERS_LOG), entry, _ENTRIES))
