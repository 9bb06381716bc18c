from collections.abc import Sequence
from typing import Any

from emulator.testing.stack.zcl_nodes import (
    AT_METER,
    ENDPOINT,
    HUB,
    METER_ENDPOINT,
    ZclNode,
    exchanged,
    hub,
    meter,
    of,
    only,
)
from emulator.wire.struct import Struct
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.data_types import DataType
from emulator.zcl.facts import AttributeWritten
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    DiscoverAttributes,
    DiscoverAttributesExtendedResponse,
    DiscoverAttributesResponse,
    GeneralCommand,
    ReadAttributes,
    ReadAttributesResponse,
    ReadAttributesStructured,
    Selector,
    StructuredRead,
    StructuredWrite,
    WriteAttributes,
    WriteAttributesResponse,
    WriteAttributesStructured,
    WriteAttributesStructuredResponse,
    WriteStatus,
)
from emulator.zcl.primitives import (
    AttributeWrittenIndication,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import ClusterId

LOCATION, MANUFACTURER = 0x0010, 0x0004
WHOLE = Selector(0, 0, ())


def ask(
    command: GeneralCommand,
    payload: Struct,
    cluster: ClusterId = BASIC.id,
    node: ZclNode | None = None,
) -> tuple[Sequence[Any], bytes]:
    """What a general command leads to at a meter, and the payload of its answer."""
    asks = ZclCommandRequest(
        1,
        AT_METER,
        ENDPOINT,
        cluster,
        command,
        payload.encode(),
        general=True,
        expects_answer=True,
    )
    at_meter, back = exchanged(asks, hub(), node or meter())
    confirms = of(back, ZclCommandConfirm)
    answer = confirms[0].answer if confirms else None
    return at_meter, b"" if answer is None else answer.payload


def location(node: ZclNode) -> object:
    asks = ReadAttributesRequest(2, AT_METER, ENDPOINT, BASIC.id, (LOCATION,))
    return only(exchanged(asks, hub(), node)[1], ReadAttributesConfirm).results[0].value


def write(text: str) -> AttributeRecord:
    return AttributeRecord(LOCATION, DataType.STRING, text)


READ_ONLY = AttributeRecord(MANUFACTURER, DataType.STRING, "EVIL")


def test_written_attribute_is_kept_and_told() -> None:
    node = meter()

    effects, answer = ask(
        GeneralCommand.WRITE_ATTRIBUTES, WriteAttributes((write("Loft"),)), node=node
    )

    assert answer == b"\x00"
    assert location(node) == "Loft"
    assert only(effects, AttributeWrittenIndication).value == "Loft"
    assert only(effects, AttributeWritten).source == HUB


def test_what_may_not_be_written_is_named_and_the_rest_is_written() -> None:
    node = meter()
    wanted = WriteAttributes((READ_ONLY, write("Loft")))

    _, answer = ask(GeneralCommand.WRITE_ATTRIBUTES, wanted, node=node)

    assert WriteAttributesResponse.decode(answer).records == (
        WriteStatus(ZclStatus.READ_ONLY, MANUFACTURER),
    )
    assert location(node) == "Loft"


def test_undivided_write_is_all_or_nothing() -> None:
    node = meter()
    wanted = WriteAttributes((write("Loft"), READ_ONLY))

    ask(GeneralCommand.WRITE_ATTRIBUTES_UNDIVIDED, wanted, node=node)
    assert location(node) == "Hall"

    ask(GeneralCommand.WRITE_ATTRIBUTES_UNDIVIDED, WriteAttributes((write("Loft"),)), node=node)
    assert location(node) == "Loft"


def test_write_without_response_is_silent_and_done() -> None:
    node = meter()
    wanted = WriteAttributes((READ_ONLY, write("Loft")))

    effects, answer = ask(GeneralCommand.WRITE_ATTRIBUTES_NO_RESPONSE, wanted, node=node)

    assert answer == b""
    assert len(effects) == 2
    assert location(node) == "Loft"


def test_structured_access_reaches_whole_attributes_only() -> None:
    wanted = ReadAttributesStructured(
        (StructuredRead(LOCATION, WHOLE), StructuredRead(LOCATION, Selector(1, 0, (1,))))
    )

    _, answer = ask(GeneralCommand.READ_ATTRIBUTES_STRUCTURED, wanted)

    statuses = [each.status for each in ReadAttributesResponse.decode(answer).records]
    assert statuses == [ZclStatus.SUCCESS, ZclStatus.INVALID_FIELD]


def test_structured_write_reaches_whole_attributes_only() -> None:
    node = meter()
    inside = StructuredWrite(LOCATION, Selector(1, 0, (1,)), DataType.STRING, "Attic")
    whole = StructuredWrite(LOCATION, WHOLE, DataType.STRING, "Loft")

    _, answer = ask(
        GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED,
        WriteAttributesStructured((inside, whole)),
        node=node,
    )

    (record,) = WriteAttributesStructuredResponse.decode(answer).records
    assert (record.status, record.selector) == (ZclStatus.INVALID_FIELD, inside.selector)
    assert location(node) == "Loft"


def test_answer_that_would_not_fit_says_so_and_stops() -> None:
    node = ZclNode(AT_METER.nwk_address, METER_ENDPOINT, ZclSettings(answer_limit=18))
    wanted = ReadAttributes((MANUFACTURER, LOCATION, 0x0000, 0x0007))

    _, answer = ask(GeneralCommand.READ_ATTRIBUTES, wanted, node=node)

    records = ReadAttributesResponse.decode(answer).records
    assert len(answer) <= 15
    assert [each.status for each in records] == [
        ZclStatus.SUCCESS,  # 9 octets of 15
        ZclStatus.INSUFFICIENT_SPACE,  # 9 do not fit into 6
        ZclStatus.INSUFFICIENT_SPACE,  # 5 do not fit into 3
    ]  # and of the fourth not even the status fits


def test_attributes_are_discovered_in_order_and_in_parts() -> None:
    _, answer = ask(GeneralCommand.DISCOVER_ATTRIBUTES, DiscoverAttributes(0x0004, 2))

    found = DiscoverAttributesResponse.decode(answer)
    assert [each.attribute for each in found.attributes] == [0x0004, 0x0007]
    assert not found.complete


def test_extended_discovery_tells_access() -> None:
    _, answer = ask(GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED, DiscoverAttributes(0x0004, 9))

    found = DiscoverAttributesExtendedResponse.decode(answer)
    assert [(each.attribute, each.writeable) for each in found.attributes] == [
        (0x0004, False),
        (0x0007, False),
        (0x0010, True),
    ]
    assert found.complete


def test_metering_is_read_only() -> None:
    summation = AttributeRecord(0x0000, DataType.UINT48, 0)

    _, answer = ask(GeneralCommand.WRITE_ATTRIBUTES, WriteAttributes((summation,)), METERING.id)

    assert answer.hex(" ") == "88 00 00"
