"""The supply that a meter switches, and the auxiliary circuits (GBCS ECS42 to 47, scripts).

One script table enables, disables and arms the supply; two more command the auxiliary controllers.
Their selectors tell controller and state; how is read off the reference messages: unverified.
"""

import json
from typing import Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, boolean, enumerated
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome, Method
from emulator.gbcs_device.execution import Command
from emulator.kernel.json_text import parse_json

_SCRIPT_TABLE: Final = 9
_DISCONNECT_CONTROL: Final = 70
_EXECUTE: Final = 1
_TRUE: Final = 0xFF
"""How reference answers write it (IEC 62056-6-2: any octet but 00)."""

SUPPLY_SCRIPTS: Final = Method(_SCRIPT_TABLE, parse_obis("0-0:10.0.106.255"), _EXECUTE)
CONTROLLER_SCRIPTS: Final = Method(_SCRIPT_TABLE, parse_obis("0-0:10.0.103.255"), _EXECUTE)
LIMIT_SCRIPTS: Final = Method(_SCRIPT_TABLE, parse_obis("0-0:10.0.107.255"), _EXECUTE)
OUTPUT_STATE: Final = Attribute(_DISCONNECT_CONTROL, parse_obis("0-0:96.3.10.255"), 2)
CONTROL_STATE: Final = Attribute(_DISCONNECT_CONTROL, parse_obis("0-0:96.3.10.255"), 3)
_CONTROLLERS: Final = range(1, 6)
ACTIVATE: Final = 0x11
DEACTIVATE: Final = 0x12
RESET: Final = 0x20
_MAXIMUM_LEVEL: Final = 100


class _Supply(NamedTuple):
    """State of the supply: as DLMS numbers it, and whether there is any."""

    control_state: int
    on: bool


_SUPPLY_STATES: Final = {
    51: _Supply(1, on=True),
    52: _Supply(0, on=False),
    54: _Supply(2, on=False),
}
"""By script: enable, disable, arm (use-case annex of GBCS, ECS42 to ECS44)."""


def load_switch_duty(store: ObjectStore) -> Duty:
    """The duty of a meter's load switch and its auxiliary controllers."""

    def switch_supply(script: Data, _: Command) -> ItemOutcome:
        number = script.value if script.type is DataType.LONG_UNSIGNED else None
        state = _SUPPLY_STATES.get(number) if isinstance(number, int) else None
        if state is None:
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        store.hold(CONTROL_STATE, enumerated(state.control_state))
        store.hold(OUTPUT_STATE, truth(state.on))
        return ItemOutcome()

    def command_controller(script: Data, _: Command) -> ItemOutcome:
        if script.type is not DataType.LONG_UNSIGNED or not isinstance(script.value, int):
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        return ItemOutcome(_command(store, script.value))

    def limit_controller(script: Data, _: Command) -> ItemOutcome:
        """A limit changes no state: it bounds what is commanded later."""
        value = script.value if isinstance(script.value, int) else 0
        known = value >> 8 & 0x0F in _CONTROLLERS
        return ItemOutcome(AccessResult.SUCCESS if known else AccessResult.OBJECT_UNAVAILABLE)

    methods = {CONTROLLER_SCRIPTS: command_controller, LIMIT_SCRIPTS: limit_controller}
    if store.has_attribute(CONTROL_STATE):
        methods[SUPPLY_SCRIPTS] = switch_supply
    return Duty(name="load switch", methods=methods)


def _command(store: ObjectStore, script: int) -> AccessResult:
    """Set the state that a script means: 0 n code (ECS47), or 1 or 2, n and a level (ECS47a)."""
    way, controller, code = script >> 12, script >> 8 & 0x0F, script & 0xFF
    if controller not in _CONTROLLERS:
        return AccessResult.OBJECT_UNAVAILABLE
    if way == 0:
        if code not in (ACTIVATE, DEACTIVATE, RESET):
            return AccessResult.OBJECT_UNAVAILABLE
        level = _MAXIMUM_LEVEL if code == ACTIVATE else 0
        _show(store, controller, "outputState", level)
        return AccessResult.SUCCESS
    if way not in (1, 2) or code > _MAXIMUM_LEVEL:
        return AccessResult.OBJECT_UNAVAILABLE
    _show(store, controller, "outputState" if way == 1 else "inputState", code)
    return AccessResult.SUCCESS


def _show(store: ObjectStore, controller: int, direction: str, level: int) -> None:
    """Let the objects of a controller show its state (ECS61a, ECS61e)."""
    described = Attribute(1, parse_obis(f"0-0:94.44.0.3{controller}"), 2)
    if store.has_attribute(described):
        states = {"outputState": 0, "inputState": 0, **states_of(store.value(described))}
        states[direction] = level
        store.hold(described, Data(DataType.UTF8_STRING, json.dumps(states)))
    switched = Attribute(_DISCONNECT_CONTROL, parse_obis(f"0-{controller}:96.3.10.255"), 2)
    if direction == "outputState" and store.has_attribute(switched):
        store.hold(switched, truth(level > 0))


def states_of(described: Data) -> dict[str, object]:
    """What the object of a controller tells of it; nothing where it is not written so."""
    try:
        states = parse_json(str(described.value))
    except ValueError:
        return {}
    return states if isinstance(states, dict) else {}


def truth(yes: bool) -> Data:
    """A truth value as meters write it."""
    return boolean(yes=False)._replace(value=_TRUE if yes else 0)
