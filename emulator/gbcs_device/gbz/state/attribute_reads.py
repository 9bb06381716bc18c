"""Read Attributes on the state of a device (ZCL8 2.5.1, 2.5.2)."""

from collections.abc import Mapping, Sequence

from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswer, AttributeAnswers
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.zcl.foundation.general_commands import (
    GeneralCommand,
    ReadAttributes,
)
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.primitives import ZclStatus


def is_read(component: GbzComponent) -> bool:
    """Whether a component reads attributes of the server."""
    head = component.header
    return (
        head.frame_type is FrameType.GENERAL
        and head.command == GeneralCommand.READ_ATTRIBUTES
        and not (head.to_client or head.manufacturer_specific or component.encrypted)
    )


def attributes_asked_for(component: GbzComponent) -> tuple[int, ...]:
    """The identifiers that a component reads, in its order.

    Raises:
        WireError: when its octets are no identifiers.
    """
    return ReadAttributes.decode(component.payload).attributes


def read_attributes(
    store: MeterStore, cluster: int, asked: Sequence[int], faults: Mapping[int, ZclStatus]
) -> AttributeAnswers:
    """The answer to a read: each attribute's value, or why there is none.

    Args:
        store: what is read.
        cluster: whose attributes.
        asked: their identifiers.
        faults: what is answered instead of a value, by place among those asked for.
    """
    return AttributeAnswers(
        records=tuple(
            AttributeAnswer(attribute=attribute, status=faults[place])
            if place in faults
            else store.attributes.read(cluster, attribute)
            for place, attribute in enumerate(asked)
        )
    )


def all_read(response: AttributeAnswers) -> bool:
    """Whether every attribute asked for has its value in the answer."""
    return all(record.status == ZclStatus.SUCCESS for record in response.records)
