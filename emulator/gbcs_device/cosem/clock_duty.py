"""The clock of a device as its COSEM object: read, and set within a window (GBCS ECS70, 9.1.3).

The command gives a window and asks the device to take the hub's time. It does so only when that
time lies in the window; else it keeps its own and no longer trusts it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets, moment_of
from emulator.cosem.server.members import Attribute
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, octet_string, unsigned
from emulator.dlms.data_types import DataType
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome, Method
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import ClockSet

_CLOCK: Final = 8
_OBIS: Final = parse_obis("0-0:1.0.0.255")
TIME: Final = Attribute(_CLOCK, _OBIS, 2)
STATUS: Final = Attribute(_CLOCK, _OBIS, 4)
ADJUST_TO_PRESET_TIME: Final = Method(_CLOCK, _OBIS, 4)
PRESET_ADJUSTING_TIME: Final = Method(_CLOCK, _OBIS, 5)
_WINDOW_PARTS: Final = 3


class _Window(NamedTuple):
    """When the hub's time must be for the device to take it."""

    start: datetime
    end: datetime


def clock_duty(clock: DeviceClock) -> Duty:
    """The duty of the clock object of one device."""
    return _Clock(clock).duty()


class _Clock:
    def __init__(self, clock: DeviceClock) -> None:
        self._clock = clock
        self._window: _Window | None = None
        self._taken: tuple[Command, datetime] | None = None
        """The command that last made the device take the hub's time, and that time."""

    def duty(self) -> Duty:
        return Duty(
            name="clock",
            reads={TIME: self._time, STATUS: self._status},
            methods={PRESET_ADJUSTING_TIME: self._preset, ADJUST_TO_PRESET_TIME: self._adjust},
            told={TIME: _leave, STATUS: self._trust_as_told},
        )

    def _time(self, command: Command) -> Data:
        """The device's time after what the command did to it."""
        taken = self._taken
        own = taken[1] if taken is not None and taken[0] is command else command.moment
        return octet_string(date_time_octets(own))

    def _status(self, _: Command) -> Data:
        return unsigned(int(self._clock.status))

    def _preset(self, parameters: Data, _: Command) -> ItemOutcome:
        """Take in the window; a window is set and used in one command."""
        moments = [moment_of(octets) for octets in _octet_strings(parameters)]
        if len(moments) != _WINDOW_PARTS or moments[1] is None or moments[2] is None:
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        self._window = _Window(moments[1], moments[2])
        return ItemOutcome()

    def _adjust(self, _: Data, command: Command) -> ItemOutcome:
        if self._window is None:
            return ItemOutcome(AccessResult.TEMPORARY_FAILURE)
        window, self._window = self._window, None
        hub_time = self._clock.hub_time(command.moment)
        accepted = window.start <= hub_time <= window.end
        if accepted:
            self._clock.follow_hub()
            self._taken = (command, hub_time)
        else:
            self._clock.distrust()
        return ItemOutcome(effects=(ClockSet(accepted),))

    def _trust_as_told(self, told: Data) -> None:
        if isinstance(told.value, int):
            self._clock.status = DeviceTimeStatus(told.value)


def _leave(_: Data) -> None:
    """Hold nothing: the time is the device's own."""


def _octet_strings(structure: Data) -> Sequence[bytes]:
    if structure.type is not DataType.STRUCTURE or not isinstance(structure.value, tuple):
        return ()
    parts = (part.value for part in structure.value if isinstance(part, Data))
    return tuple(value for value in parts if isinstance(value, bytes))
