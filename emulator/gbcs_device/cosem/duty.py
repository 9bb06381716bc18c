"""What objects do beyond holding values: one duty for each thing a device does by itself.

So the clock, the load switch or the log of the hub's devices each stand alone, and a device has
the duties that belong to its kind. A duty is a table of what it answers for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from emulator.cosem.server.members import Attribute
from emulator.dlms.access import AccessResult
from emulator.dlms.data import NULL, Data
from emulator.gbcs_device.execution import Command


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What came of one item of a command.

    Args:
        result: an `AccessResult`, or the code of an injected fault.
        data: what was read, or what a method gave back.
        effects: for the device's other parts.
    """

    result: int = AccessResult.SUCCESS
    data: Data = NULL
    effects: tuple[object, ...] = ()


class Method(NamedTuple):
    """One method of one object.

    Args:
        class_id: interface class.
        obis: logical name, 6 octets.
        number: of the method.
    """

    class_id: int
    obis: bytes
    number: int


Read = Callable[[Command], Data]
"""Gives the value of an attribute that is not simply held."""
Written = Callable[[Data, Command], Sequence[object]]
"""Gives the effects of a value that has been written."""
Check = Callable[[Data], AccessResult]
"""Says whether a value can be taken, before it is held."""
Activated = Callable[[Command | None], Sequence[object]]
"""Gives the effects of passive values that came into force; by a command, or by the date."""
Entries = Callable[[int, int], Data]
"""Gives the entries of a log from one time to another, both included, in seconds since 2000."""
Called = Callable[[Data, Command], ItemOutcome]
"""Gives what comes of a method, from its parameters."""
Told = Callable[[Data], None]
"""Holds what an answer told."""


class Kept(Protocol):
    """What holds state beside the objects."""

    def snapshot(self) -> Mapping[str, Any]:
        """The state, as JSON could say it."""
        ...

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot says."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that objects of a device do.

    Args:
        name: under which its state is kept.
        reads: attributes that are not simply held.
        writes: attributes that do something when they are written.
        checks: attributes whose values must be more than of the right type.
        activated: times of activation, for what follows when they have come.
        logs: buffers that are made from what was measured.
        methods: by object, where they do more than the class says.
        told: attributes of which an answer tells something that is not simply held.
        given_back: methods that give something back, of which an answer tells.
        kept: its state, if it has any.
    """

    name: str
    reads: Mapping[Attribute, Read] = field(default_factory=dict)
    writes: Mapping[Attribute, Written] = field(default_factory=dict)
    checks: Mapping[Attribute, Check] = field(default_factory=dict)
    activated: Mapping[Attribute, Activated] = field(default_factory=dict)
    logs: Mapping[Attribute, Entries] = field(default_factory=dict)
    methods: Mapping[Method, Called] = field(default_factory=dict)
    told: Mapping[Attribute, Told] = field(default_factory=dict)
    given_back: Mapping[Method, Told] = field(default_factory=dict)
    kept: Kept | None = None
