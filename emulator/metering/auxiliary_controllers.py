"""Auxiliary controllers of an electricity meter: what each is at, by calendar, command and limit.

SMETS2 5.7.4.2, 5.7.5.37, 5.26, 5.29; GBCS ECS46d, ECS47a, ECS47e, ECS62. A command holds for a time
and goes before the calendar; a limit holds for a time and bounds whatever else is asked. A
controller has an output and an input; a switch (ALCS, HCALCS) is one that is at 0 or 100 percent.
Somebody may boost outputs for a while. Unverified: that what holds for no time that is said holds
until something else is asked, and that a boost goes before commands, but not beyond limits.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, NamedTuple

from emulator.metering.schedule import Schedule

CONTROLLERS: Final = range(1, 6)
FULL: Final = 100
ALWAYS: Final = 2**62
BOOSTS_KEPT: Final = 25
"""Use-case annex of GBCS, ECS61c."""


class Direction(IntEnum):
    """Which way, as commands number it (GBCS ECS101, apcDirectionAndNumber)."""

    OUTPUT = 1
    INPUT = 2


class Port(NamedTuple):
    """One direction of one controller, written as commands write it: 0x15, output of the fifth."""

    direction: Direction
    controller: int

    @property
    def number(self) -> int:
        """Direction and controller in one octet."""
        return self.direction << 4 | self.controller


def port_of(octet: int) -> Port | None:
    """The port that an octet names; None where there is none."""
    known = {each.value for each in Direction}
    if octet >> 4 not in known or octet & 0x0F not in CONTROLLERS:
        return None
    return Port(Direction(octet >> 4), octet & 0x0F)


@dataclass(frozen=True, slots=True)
class Held:
    """A level for a time.

    Args:
        level: percent.
        start, end: own times.
    """

    level: int
    start: int = 0
    end: int = ALWAYS

    def holds(self, own: int) -> bool:
        """Whether it does at an own time."""
        return self.start <= own < self.end


class Boost(NamedTuple):
    """A boost that somebody asked for.

    Args:
        start, end: own times.
        ports: that are boosted.
    """

    start: int
    end: int
    ports: frozenset[Port]


class LimitChange(NamedTuple):
    """A limit that begins or ends.

    Args:
        own: when.
        limit: that began; None where one ended or was cancelled.
        level: that results.
    """

    own: int
    port: Port
    limit: Held | None
    level: int


class AuxiliaryControllers:
    """What every controller is at.

    Args:
        own: now, own time.
    """

    def __init__(self, own: int) -> None:
        self.calendar = Schedule(())
        """Switches to `port number << 8 | level`."""
        self.offset = 0
        """Microseconds by which it switches late."""
        self._own = own
        self._commanded: dict[Port, Held] = {}
        self._limits: dict[Port, Held] = {}
        self._scheduled: dict[Port, int] = {}
        self._limited: set[Port] = set()
        self.boostable: frozenset[Port] = frozenset()
        """What a boost has on."""
        self.boost: Boost | None = None
        """The one that is on."""
        self.boosts: deque[Boost] = deque(maxlen=BOOSTS_KEPT)
        """Those that are over."""

    def level(self, port: Port, own: int) -> int:
        """Percent that a port is at."""
        commanded = self._commanded.get(port)
        asked = self._scheduled.get(port, 0)
        if commanded is not None and commanded.holds(own):
            asked = commanded.level
        if self.boost is not None and port in self.boost.ports and own < self.boost.end:
            asked = FULL
        limit = self._limits.get(port)
        return min(asked, limit.level) if limit is not None and limit.holds(own) else asked

    def command(self, port: Port, held: Held) -> None:
        """Ask for a level for a time; it takes the place of what was asked before."""
        self._commanded[port] = held

    def forget_command(self, port: Port) -> None:
        """Go by the calendar again (GBCS ECS47, reset)."""
        self._commanded.pop(port, None)

    def limit(self, port: Port, held: Held) -> None:
        """Bound a port for a time."""
        self._limits[port] = held

    def begin_boost(self, own: int, end: int) -> bool:
        """Have outputs on up to a time, as somebody asks at the device; another boost ends now.

        Returns whether there is any output to boost.
        """
        if not self.boostable:
            return False
        self.end_boost(own)
        self.boost = Boost(own, end, self.boostable)
        return True

    def end_boost(self, own: int) -> None:
        """End the boost that is on, and write it down."""
        if self.boost is not None:
            self.boosts.append(self.boost._replace(end=min(own, self.boost.end)))
            self.boost = None

    def next_change(self, own: int) -> int | None:
        """Own time after `own` at which anything may change; None when nothing will."""
        bounds = [
            bound
            for each in (*self._commanded.values(), *self._limits.values())
            for bound in (each.start, each.end)
            if own < bound < ALWAYS
        ]
        if self.boost is not None:
            bounds.append(self.boost.end)
        if self.calendar.entries:
            bounds.append(self.calendar.next_switch(own - self.offset) + self.offset)
        return min(bounds, default=None)

    def advance(self, own: int) -> list[LimitChange]:
        """Do what is due up to an own time; what limits began and ended, in order."""
        found = self._turn(self._own)
        while (change := self.next_change(self._own)) is not None and change <= own:
            self._own = change
            found += self._turn(change)
        self._own = max(self._own, own)
        return [*found, *self._turn(self._own)]

    def _turn(self, own: int) -> list[LimitChange]:
        if self.boost is not None and self.boost.end <= own:
            self.end_boost(own)
        if self.calendar.entries:
            switched = self.calendar.switched_at(own - self.offset)
            for selector in switched:
                port = port_of(selector >> 8)
                if port is not None:
                    self._scheduled[port] = min(selector & 0xFF, FULL)
        changes = []
        for port, limit in self._limits.items():
            holds = limit.holds(own)
            if holds is not (port in self._limited):
                (self._limited.add if holds else self._limited.discard)(port)
                began = limit if holds else None
                changes.append(LimitChange(own, port, began, self.level(port, own)))
        return changes

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it."""
        return {
            "own": self._own,
            "commanded": [[*_saved(port, held)] for port, held in self._commanded.items()],
            "limits": [[*_saved(port, held)] for port, held in self._limits.items()],
            "scheduled": [[port.number, level] for port, level in self._scheduled.items()],
            "limited": sorted(port.number for port in self._limited),
            "boost": None if self.boost is None else _saved_boost(self.boost),
            "boosts": [_saved_boost(each) for each in self.boosts],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self._own = state["own"]
        self._commanded = {_port(number): Held(*held) for number, *held in state["commanded"]}
        self._limits = {_port(number): Held(*held) for number, *held in state["limits"]}
        self._scheduled = {_port(number): level for number, level in state["scheduled"]}
        self._limited = {_port(number) for number in state["limited"]}
        self.boost = None if state["boost"] is None else _boost(*state["boost"])
        self.boosts = deque((_boost(*each) for each in state["boosts"]), maxlen=BOOSTS_KEPT)


def _saved(port: Port, held: Held) -> tuple[int, int, int, int]:
    return port.number, held.level, held.start, held.end


def _saved_boost(boost: Boost) -> tuple[int, int, list[int]]:
    return boost.start, boost.end, sorted(port.number for port in boost.ports)


def _boost(start: int, end: int, ports: Sequence[int]) -> Boost:
    return Boost(start, end, frozenset(_port(number) for number in ports))


def _port(number: int) -> Port:
    return Port(Direction(number >> 4), number & 0x0F)
