from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.testing.strategies.zcl_values import typed_values
from emulator.wire.hexdump import annotate
from emulator.wire.struct import Struct
from emulator.zcl.data_types import ANALOGUE, DataType
from emulator.zcl.foundation.general_commands import (
    GENERAL_COMMANDS,
    AttributeRecord,
    ConfigureReporting,
    DefaultResponse,
    GeneralCommand,
    ReadAttributesResponse,
    ReadRecord,
    ReadReportingConfigurationResponse,
    ReportAttributes,
    ReportDirection,
    ReportingConfiguration,
    ReportingRecord,
    StructuredWrite,
    WriteAttributes,
    WriteAttributesResponse,
    WriteAttributesStructured,
    WriteStatus,
)
from emulator.zcl.primitives import ZclStatus

VALUE_COMMANDS = {
    ReadAttributesResponse,
    WriteAttributes,
    ReportAttributes,
    ConfigureReporting,
    ReadReportingConfigurationResponse,
    WriteAttributesStructured,
}

OTHER_COMMANDS: tuple[type[Struct], ...] = tuple(
    each for each in dict.fromkeys(GENERAL_COMMANDS.values()) if each not in VALUE_COMMANDS
)


def numbers(size: int) -> st.SearchStrategy[int]:
    return st.integers(0, (1 << 8 * size) - 1)


@st.composite
def attribute_records(draw: st.DrawFn) -> AttributeRecord:
    data_type, value = draw(typed_values())
    return AttributeRecord(draw(numbers(2)), data_type, value)


@st.composite
def read_records(draw: st.DrawFn) -> ReadRecord:
    data_type, value = draw(typed_values())
    if draw(st.booleans()):
        return ReadRecord(draw(numbers(2)), ZclStatus.UNSUPPORTED_ATTRIBUTE)
    return ReadRecord(draw(numbers(2)), ZclStatus.SUCCESS, data_type, value)


@st.composite
def reporting_records(draw: st.DrawFn) -> ReportingRecord:
    attribute = draw(numbers(2))
    if draw(st.booleans()):
        return ReportingRecord(ReportDirection.SENDER_REPORTS, attribute, timeout=draw(numbers(2)))
    data_type, value = draw(typed_values())
    return ReportingRecord(
        ReportDirection.RECEIVER_REPORTS,
        attribute,
        data_type,
        draw(numbers(2)),
        draw(numbers(2)),
        value if data_type in ANALOGUE else None,
    )


@settings(max_examples=40)
@given(st.lists(attribute_records(), max_size=4).map(tuple))
def test_reports_survive_the_wire(records: tuple[AttributeRecord, ...]) -> None:
    assert ReportAttributes.decode(ReportAttributes(records).encode()).records == records
    assert WriteAttributes.decode(WriteAttributes(records).encode()).records == records


@settings(max_examples=40)
@given(st.lists(read_records(), max_size=4).map(tuple))
def test_read_answers_survive_the_wire(records: tuple[ReadRecord, ...]) -> None:
    assert (
        ReadAttributesResponse.decode(ReadAttributesResponse(records).encode()).records == records
    )


@settings(max_examples=40)
@given(st.lists(reporting_records(), max_size=4).map(tuple))
def test_reporting_configurations_survive_the_wire(records: tuple[ReportingRecord, ...]) -> None:
    assert ConfigureReporting.decode(ConfigureReporting(records).encode()).records == records


@settings(max_examples=40)
@given(reporting_records(), st.booleans())
def test_told_configurations_survive_the_wire(record: ReportingRecord, known: bool) -> None:
    told = ReportingConfiguration(
        ZclStatus.SUCCESS if known else ZclStatus.NOT_FOUND,
        record.direction,
        record.attribute,
        *(
            (
                record.data_type,
                record.minimum_interval,
                record.maximum_interval,
                record.reportable_change,
                record.timeout,
            )
            if known
            else ()
        ),
    )

    assert ReportingConfiguration.decode(told.encode()) == told


@settings(max_examples=40)
@given(attribute_records(), st.lists(numbers(2), max_size=15).map(tuple))
def test_structured_writes_survive_the_wire(
    record: AttributeRecord, indices: tuple[int, ...]
) -> None:
    selector: Any = bytes([len(indices)]) + b"".join(i.to_bytes(2, "little") for i in indices)
    octets = record.encode()[:2] + selector + record.encode()[2:]

    written = StructuredWrite.decode(octets)

    assert written.selector.indices == indices
    assert written.encode() == octets


@pytest.mark.parametrize("command", OTHER_COMMANDS)
@settings(max_examples=20)
@given(data=st.data())
def test_other_commands_survive_the_wire(command: type[Struct], data: st.DataObject) -> None:
    value = data.draw(structs(command))

    assert command.decode(value.encode()) == value


@pytest.mark.parametrize("command", list(GENERAL_COMMANDS))
@settings(max_examples=30)
@given(data=any_octets(90))
def test_any_octets_are_a_command_or_a_wire_error(command: GeneralCommand, data: bytes) -> None:
    with suppress(WireError):
        GENERAL_COMMANDS[command].decode(data)


def test_every_general_command_is_declared() -> None:
    assert set(GENERAL_COMMANDS) == set(GeneralCommand)


def test_a_lone_success_stands_for_every_attribute_written() -> None:
    assert WriteAttributesResponse((WriteStatus(ZclStatus.SUCCESS),)).encode() == b"\x00"
    refused = WriteStatus(ZclStatus.READ_ONLY, 0x0004)
    assert WriteAttributesResponse((refused,)).encode().hex(" ") == "88 04 00"


def test_default_response_names_command_and_status() -> None:
    assert DefaultResponse(0x0A, ZclStatus.UNSUP_COMMAND).encode().hex(" ") == "0a 81"


def test_fault_inside_a_value_names_record_and_octet() -> None:
    data = bytes.fromhex(
        "0000 25 d20400000000"  # CurrentSummationDelivered, uint48, 1234
        "0200 41 09 41"  # an octet string of nine octets, one of them there
    )

    with pytest.raises(WireError, match=r"records\[1\].value at byte 13: 9 octets wanted, 1 left"):
        ReportAttributes.decode(data)


def test_report_is_annotated_field_by_field() -> None:
    data = ReportAttributes((AttributeRecord(0, DataType.UINT16, 7),)).encode()

    assert "records" in annotate(ReportAttributes, data)
