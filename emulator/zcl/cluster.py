"""How a cluster is declared: its two sides, their attributes and the commands they receive.

Identifiers and names are the specifications' (ZCL8, ZSE 1.4), as Wireshark's dissector and Silicon
Labs' cluster definitions (SE domain, se-1.4-17-05019-001) also list them; types and access are
those of the latter. An entry that only one of them has, or whose access none tells, is `verified`
False.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Flag

from emulator.wire.struct import Struct
from emulator.zcl.data_types import DataType
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import ClusterId


class Access(Flag):
    """What the far end may do to an attribute (ZCL8 2.3.4.1)."""

    READ = 1
    WRITE = 2
    READ_WRITE = 3


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as its cluster declares it.

    Args:
        default: the value it is served with when its endpoint names none; None where it is then
            not served at all.
        unit: of the plain value; empty where it has none or other attributes tell it.
        verified: False where a single source has it or no source tells its access.
    """

    id: int
    name: str
    data_type: DataType
    access: Access = Access.READ
    default: object = None
    unit: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a cluster; its payload where it is declared."""

    id: int
    name: str
    payload: type[Struct] | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class ClusterSide:
    """What one side of a cluster holds, and the commands that it receives."""

    attributes: tuple[Attribute, ...] = ()
    receives: tuple[Command, ...] = ()

    def attribute(self, identifier: int) -> Attribute | None:
        """The attribute with this identifier."""
        return next((each for each in self.attributes if each.id == identifier), None)

    def command(self, identifier: int) -> Command | None:
        """The received command with this identifier."""
        return next((each for each in self.receives if each.id == identifier), None)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster; what one side generates is what the other receives."""

    id: ClusterId
    name: str
    clause: str
    server: ClusterSide = ClusterSide()
    client: ClusterSide = ClusterSide()

    def side(self, side: Side) -> ClusterSide:
        """The side asked for."""
        return self.server if side is Side.SERVER else self.client


CLUSTER_REVISION = Attribute(0xFFFD, "ClusterRevision", DataType.UINT16)
ATTRIBUTE_REPORTING_STATUS = Attribute(0xFFFE, "AttributeReportingStatus", DataType.ENUM8)
GLOBAL_ATTRIBUTES = (CLUSTER_REVISION, ATTRIBUTE_REPORTING_STATUS)
"""Attributes that a side of any cluster may have (ZCL8 2.3.5)."""


def series(first: Attribute, numbers: Iterable[int], step: int = 1) -> tuple[Attribute, ...]:
    """Attributes `step` apart, whose names differ by a number in place of `{}`."""
    return tuple(
        replace(first, id=first.id + step * index, name=first.name.format(number))
        for index, number in enumerate(numbers)
    )


def grid(
    first: Attribute, rows: Iterable[int], columns: Iterable[object], step: int = 0x10
) -> tuple[Attribute, ...]:
    """Rows of attributes, `step` between rows, named by row and column in place of each `{}`."""
    columns = tuple(columns)
    return tuple(
        replace(first, id=first.id + step * line + index, name=first.name.format(row, column))
        for line, row in enumerate(rows)
        for index, column in enumerate(columns)
    )


def both_ways(first: Attribute, numbers: Iterable[int]) -> tuple[Attribute, ...]:
    """Numbered attributes in pairs: of what is delivered, and after it of what is received."""
    return grid(first, numbers, ("Delivered", "Received"), step=2)


def run(first: Attribute, names: str) -> tuple[Attribute, ...]:
    """Attributes one apart, named by the words of `names`, in place of `{}` in the first's."""
    return tuple(
        replace(first, id=first.id + index, name=first.name.format(name))
        for index, name in enumerate(names.split())
    )
