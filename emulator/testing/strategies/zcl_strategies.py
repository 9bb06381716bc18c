"""Strategies for frames of the cluster library: every general command, every cluster command."""

from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from emulator.testing.strategies.strategies import structs
from emulator.testing.strategies.zcl_values import typed_values
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import (
    GENERAL_COMMANDS,
    AttributeRecord,
    ConfigureReporting,
    GeneralCommand,
    ReadAttributesResponse,
    ReadRecord,
    ReadReportingConfigurationResponse,
    ReportAttributes,
    WriteAttributes,
    WriteAttributesStructured,
)
from emulator.zcl.foundation.header import FrameType, ZclHeader, header
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import Side, ZclStatus

_UNDECLARED: Final = frozenset(
    {
        ConfigureReporting,
        ReadReportingConfigurationResponse,
        WriteAttributesStructured,
    }
)
"""Commands whose values only their codec knows, and which no strategy here gives."""
_TYPED: Final = frozenset({WriteAttributes, ReportAttributes})
_SEQUENCES: Final = st.integers(0, 0xFF)
_SIDES: Final = st.sampled_from(Side)


@dataclass(frozen=True, slots=True)
class ZclFrame:
    """A frame as APS carries it.

    Args:
        cluster: the number of the cluster it is of.
        header: as declared.
        payload: as declared.
    """

    cluster: int
    header: ZclHeader
    payload: Struct

    @property
    def octets(self) -> bytes:
        """As it is sent."""
        return self.header.encode() + self.payload.encode()


def zcl_frames() -> st.SearchStrategy[ZclFrame]:
    """General commands and cluster commands."""
    return st.one_of(general_commands(), cluster_commands())


def general_commands() -> st.SearchStrategy[ZclFrame]:
    """Commands that every cluster has (ZCL8 2.5), of the clusters that have commands here."""
    kinds = [name for name, cls in GENERAL_COMMANDS.items() if cls not in _UNDECLARED]
    return st.sampled_from(sorted(kinds)).flatmap(_general)


def cluster_commands(
    cluster: int | None = None, side: Side | None = None
) -> st.SearchStrategy[ZclFrame]:
    """Commands of clusters (ZSE 1.4 Annex D).

    Args:
        cluster: only commands of this one.
        side: only commands to this side.
    """
    keys = [
        key
        for key in PAYLOADS
        if (cluster is None or key[0] == cluster) and (side is None or key[1] is side)
    ]
    return st.sampled_from(sorted(keys, key=lambda key: (key[0], key[1].value, key[2]))).flatmap(
        _of_cluster
    )


def attribute_records() -> st.SearchStrategy[AttributeRecord]:
    """An attribute, its type, and a value of that type (ZCL8 2.6.2)."""
    numbers = st.integers(0, 0xFFFF)
    return st.tuples(numbers, typed_values()).map(
        lambda drawn: AttributeRecord(drawn[0], drawn[1][0], drawn[1][1])
    )


def _general(name: GeneralCommand) -> st.SearchStrategy[ZclFrame]:
    clusters = st.sampled_from(sorted({key[0] for key in PAYLOADS}))

    def framed(drawn: tuple[int, Side, int, Struct]) -> ZclFrame:
        cluster, side, sequence, payload = drawn
        return ZclFrame(cluster, header(FrameType.GENERAL, side, sequence, name), payload)

    return st.tuples(clusters, _SIDES, _SEQUENCES, _payload(GENERAL_COMMANDS[name])).map(framed)


def _payload(cls: type[Struct]) -> st.SearchStrategy[Struct]:
    if cls is ReadAttributesResponse:
        return st.lists(_read_records(), max_size=4).map(
            lambda records: ReadAttributesResponse(tuple(records))
        )
    if cls in _TYPED:
        records = st.lists(attribute_records(), max_size=4).map(tuple)
        return structs(cls, records=records)
    return structs(cls)


def _read_records() -> st.SearchStrategy[ReadRecord]:
    numbers = st.integers(0, 0xFFFF)
    good = attribute_records().map(
        lambda each: ReadRecord(each.attribute, ZclStatus.SUCCESS, each.data_type, each.value)
    )
    bad = numbers.map(lambda number: ReadRecord(number, ZclStatus.UNSUPPORTED_ATTRIBUTE))
    return st.one_of(good, bad)


def _of_cluster(key: tuple[int, Side, int]) -> st.SearchStrategy[ZclFrame]:
    cluster, side, command = key

    def framed(drawn: tuple[int, Struct]) -> ZclFrame:
        sequence, payload = drawn
        return ZclFrame(cluster, header(FrameType.CLUSTER, side, sequence, command), payload)

    return st.tuples(_SEQUENCES, structs(PAYLOADS[key])).map(framed)
