"""What a template is: the items of one command in order, with constants and named holes.

A template is written as JSON. A node of it is one of

    "null"                          no data
    ["unsigned", 5]                 a constant; octets in hexadecimal
    ["unsigned", "$name"]           a hole; "$.name" is one of the list element it stands in, "$."
                                    the element itself, "#name" how many elements a list has
    ["octet-string", "@execution"]  what the heading of the command says
    ["structure", node, ...]        parts; also "array"
    ["each", "$name", node]         one part for each element of a list
    ["when", "$name", node]         a part that is there only when its value is given
    {"field": node, ...}            an ASN.1 SEQUENCE
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from emulator.dlms.descriptors import AccessKind

REQUIRED: Final = object()
"""Default of a hole that has none."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A named value of a command.

    Args:
        name: what people call it.
        kind: of value, see `emulator.gbcs.commands.kinds`; `list` when it has elements.
        default: what it is when it is not given; `REQUIRED` where it has to be.
        optional: whether the item it belongs to is left out when it is not given.
        clause: what specifies it.
        unit: of a number.
        of: the holes of one element of a list; one that has no name is the element itself.
    """

    name: str
    kind: str
    default: object = REQUIRED
    optional: bool = False
    clause: str = ""
    unit: str = ""
    of: tuple["Hole", ...] = ()

    @property
    def required(self) -> bool:
        """Whether a command cannot be made without it."""
        return self.default is REQUIRED and not self.optional


@dataclass(frozen=True, slots=True)
class Constant:
    """A part that is always the same."""

    type: str
    value: int | str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A part that a value fills."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts in order."""

    type: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Each:
    """One part for each element of a list."""

    name: str
    of: "Node"


@dataclass(frozen=True, slots=True)
class When:
    """A part that is there only when its value is given."""

    name: str
    of: "Node"


@dataclass(frozen=True, slots=True)
class Fields:
    """Parts by name."""

    fields: Mapping[str, "Node"]


Node: TypeAlias = Constant | Reference | Parts | Each | When | Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class DlmsItem:
    """One get, set or action.

    Args:
        selector: of selective access; None where there is none.
        when: the value without which the item is left out.
    """

    kind: AccessKind
    class_id: int
    obis: bytes
    member: int
    data: Node
    selector: int | None = None
    selection: Node | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GbzItem:
    """One ZCL command.

    Args:
        frame_control: as on the wire.
        from_date_time: reference to the time in the extended header.
        each: the list for whose elements the item repeats.
        when: the value without which the item is left out.
    """

    cluster: int
    frame_control: int
    command: int
    payload: tuple[Node, ...]
    from_date_time: str | None = None
    each: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How the commands of one message code are made.

    Args:
        code: message code.
        holes: the values that fill it.
        dlms: items of an access request.
        gbz: components of a GBZ payload.
        asn1: the value of an ASN.1 payload; None where the payload is another one.
    """

    code: int
    holes: tuple[Hole, ...]
    dlms: tuple[DlmsItem, ...] = ()
    gbz: tuple[GbzItem, ...] = ()
    asn1: Node | None = field(default=None)
