"""Auxiliary controllers of a device that has some: commanded, scheduled, limited, shown, logged.

GBCS ECS46d, ECS47, ECS47a, ECS47e, ECS61; alerts 8F86 and 8F87 (ECS101, ECS102). Scripts are read
off the reference messages: direction and controller in the high octet, a level in the low one, to
which a calendar adds 80; or, with no direction, 11 on, 12 off, 20 back to the calendar.
"""

import json
from collections.abc import Sequence
from typing import Final, Protocol

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import moment_of
from emulator.cosem.server.made_values import octets_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.controllers_log import note_switch_command
from emulator.gbcs_device.cosem.duty import Called, Duty, ItemOutcome, Read
from emulator.gbcs_device.cosem.load_switch_duty import (
    ACTIVATE,
    CONTROLLER_SCRIPTS,
    DEACTIVATE,
    LIMIT_SCRIPTS,
    RESET,
    states_of,
    truth,
)
from emulator.gbcs_device.cosem.meter_view import DeviceView, Living
from emulator.gbcs_device.cosem.schedule_values import schedule_entries, scheduled_days
from emulator.gbcs_device.cosem.unexecutable import executable, refused
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import minutes
from emulator.metering.auxiliary_controllers import (
    CONTROLLERS,
    FULL,
    AuxiliaryControllers,
    Direction,
    Held,
    Port,
    port_of,
)
from emulator.metering.drifting_clock import own_time
from emulator.metering.schedule import Schedule, ScheduleEntry

_CALENDAR: Final = Attribute(10, parse_obis("0-0:12.0.2.255"), 2)
_SPECIAL_DAYS: Final = Attribute(11, parse_obis("0-0:11.0.3.255"), 2)
_TIMES: Final = tuple(Attribute(9000, parse_obis(f"0-0:94.44.128.{each}"), 6) for each in (26, 35))
_NEXT_CALENDAR: Final = Attribute(10, parse_obis("0-1:12.0.2.255"), 2)
_NEXT_SPECIAL_DAYS: Final = Attribute(11, parse_obis("0-1:11.0.3.255"), 2)
_SWITCHED_TO: Final = {ACTIVATE: FULL, DEACTIVATE: 0, 0x01: FULL, 0x02: 0}
"""Level by the code of a switch in a calendar; the last two are those of ECS46c (RTDS)."""
_SCHEDULED: Final = 0x80
"""Added to a level in a calendar (reference messages ECS46d: 80, B2 and E4 for 0, 50 and 100)."""
_SETTING, _LIMITING = (1, 2), (3, 4)
"""Objects of a controller that hold when a setting, and a limit, begins and ends.

The first two hold for how many minutes a switch is on, or off, instead (ECS47).
"""


class Controlled(Living, Protocol):
    """What has auxiliary controllers."""

    auxiliary: AuxiliaryControllers


ControllerView = DeviceView[Controlled]


def auxiliary_duty(store: ObjectStore, view: ControllerView) -> Duty:
    """The duty of the auxiliary controllers of one device."""
    meter = view.meter

    def set_up() -> None:
        days = scheduled_days(store.value(_SPECIAL_DAYS))
        meter.auxiliary.calendar = Schedule(_calendar(store.value(_CALENDAR)), days)

    view.set_up_by("auxiliary", set_up)
    reads: dict[Attribute, Read] = {}
    for each in CONTROLLERS:
        described = Attribute(1, parse_obis(f"0-0:94.44.0.3{each}"), 2)
        switched = Attribute(70, parse_obis(f"0-{each}:96.3.10.255"), 2)
        reads[described] = _description(store, view, each, described)
        reads[switched] = _switch(view, each)
    return Duty(
        name="auxiliary",
        reads=reads,
        checks={
            _NEXT_CALENDAR: executable(_calendar),
            _NEXT_SPECIAL_DAYS: executable(scheduled_days),
        },
        activated={time: view.outdating("auxiliary") for time in _TIMES},
        methods={
            CONTROLLER_SCRIPTS: _commanding(store, view),
            LIMIT_SCRIPTS: _limiting(store, view),
        },
    )


def _commanding(store: ObjectStore, view: ControllerView) -> Called:
    def command(script: Data, _: Command) -> ItemOutcome:
        if script.type is not DataType.LONG_UNSIGNED or not isinstance(script.value, int):
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        selected, code = script.value >> 8, script.value & 0xFF
        controllers = view.measured().auxiliary
        if selected in CONTROLLERS and code in (ACTIVATE, DEACTIVATE, RESET):
            port = Port(Direction.OUTPUT, selected)
            if code == RESET:
                controllers.forget_command(port)
            else:
                controllers.command(port, _switched(store, view, selected, code))
        else:
            found = port_of(selected)
            if found is None or code > FULL:
                return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
            controllers.command(found, _held(store, view, found, code, _SETTING))
        note_switch_command(store, view.own(), script.value)
        return ItemOutcome(effects=(MeterSet(),))

    return command


def _limiting(store: ObjectStore, view: ControllerView) -> Called:
    def limit(script: Data, _: Command) -> ItemOutcome:
        value = script.value if isinstance(script.value, int) else 0
        port, level = port_of(value >> 8), value & 0xFF
        if port is None or level > FULL:
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        meter = view.measured()
        meter.auxiliary.limit(port, _held(store, view, port, level, _LIMITING))
        return ItemOutcome(effects=(MeterSet(),))

    return limit


def _switched(store: ObjectStore, view: ControllerView, controller: int, code: int) -> Held:
    """On or off for the minutes that the object of its controller holds; for good without any.

    That no minutes are over at once is unverified.
    """
    level, member = (FULL, _SETTING[0]) if code == ACTIVATE else (0, _SETTING[1])
    held = store.value(_period(controller, member))
    if held.type is not DataType.LONG_UNSIGNED or not isinstance(held.value, int):
        return Held(level)
    own = view.own()
    return Held(level, own, own + minutes(held.value))


def _held(
    store: ObjectStore, view: ControllerView, port: Port, level: int, members: tuple[int, int]
) -> Held:
    """A level for the time that the objects of its controller hold; from now on where they say."""
    bounds = []
    for member in members:
        moment = moment_of(octets_of(store.value(_period(port.controller, member))))
        bounds.append(None if moment is None else own_time(moment))
    start, end = bounds
    held = Held(level, view.own() if start is None else start)
    return held if end is None else Held(level, held.start, end)


def _period(controller: int, member: int) -> Attribute:
    return Attribute(1, parse_obis(f"0-0:94.44.{116 + controller}.{member}"), 2)


def _description(
    store: ObjectStore, view: ControllerView, controller: int, described: Attribute
) -> Read:
    def describe(_: Command) -> Data:
        states = states_of(store.value(described))
        for name, direction in (
            ("outputState", Direction.OUTPUT),
            ("inputState", Direction.INPUT),
        ):
            states[name] = _level(view, Port(direction, controller))
        return Data(DataType.UTF8_STRING, json.dumps(states))

    return describe


def _switch(view: ControllerView, controller: int) -> Read:
    return lambda _: truth(_level(view, Port(Direction.OUTPUT, controller)) > 0)


def _level(view: ControllerView, port: Port) -> int:
    return view.measured().auxiliary.level(port, view.own())


def _calendar(entries: Data) -> Sequence[ScheduleEntry]:
    return schedule_entries(entries, _selector)


def _selector(script: int) -> int:
    """What an entry of the calendar switches to: port and level.

    Raises:
        UnexecutableError: when there is no such controller, or no such level.
    """
    selected, code = script >> 8, script & 0xFF
    if selected in CONTROLLERS and code in _SWITCHED_TO:
        port = Port(Direction.OUTPUT, selected)
        return port.number << 8 | _SWITCHED_TO[code]
    level = code & ~_SCHEDULED
    if port_of(selected) is None or level > FULL:
        raise refused(f"script {script:04X} of a calendar: no controller and level")
    return selected << 8 | level
