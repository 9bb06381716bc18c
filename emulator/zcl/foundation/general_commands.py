"""The general commands, each declared once (ZCL8 2.5)."""

from enum import IntEnum
from typing import Annotated, Final

from emulator.wire.codecs import U8, U16, Bits, Flag, Many, OpenEnum, UInt, When
from emulator.wire.struct import Struct
from emulator.zcl.data_types import ANALOGUE, DataType, DataTypeField
from emulator.zcl.data_values import TypedValue
from emulator.zcl.primitives import ZclStatus

StatusField = Annotated[ZclStatus, UInt(1)]


class GeneralCommand(OpenEnum):
    """General command identifiers (ZCL8 Table 2-3)."""

    READ_ATTRIBUTES = 0x00
    READ_ATTRIBUTES_RESPONSE = 0x01
    WRITE_ATTRIBUTES = 0x02
    WRITE_ATTRIBUTES_UNDIVIDED = 0x03
    WRITE_ATTRIBUTES_RESPONSE = 0x04
    WRITE_ATTRIBUTES_NO_RESPONSE = 0x05
    CONFIGURE_REPORTING = 0x06
    CONFIGURE_REPORTING_RESPONSE = 0x07
    READ_REPORTING_CONFIGURATION = 0x08
    READ_REPORTING_CONFIGURATION_RESPONSE = 0x09
    REPORT_ATTRIBUTES = 0x0A
    DEFAULT_RESPONSE = 0x0B
    DISCOVER_ATTRIBUTES = 0x0C
    DISCOVER_ATTRIBUTES_RESPONSE = 0x0D
    READ_ATTRIBUTES_STRUCTURED = 0x0E
    WRITE_ATTRIBUTES_STRUCTURED = 0x0F
    WRITE_ATTRIBUTES_STRUCTURED_RESPONSE = 0x10
    DISCOVER_COMMANDS_RECEIVED = 0x11
    DISCOVER_COMMANDS_RECEIVED_RESPONSE = 0x12
    DISCOVER_COMMANDS_GENERATED = 0x13
    DISCOVER_COMMANDS_GENERATED_RESPONSE = 0x14
    DISCOVER_ATTRIBUTES_EXTENDED = 0x15
    DISCOVER_ATTRIBUTES_EXTENDED_RESPONSE = 0x16


class ReportDirection(IntEnum):
    """Who sends the reports that a configuration is about (ZCL8 2.5.7)."""

    RECEIVER_REPORTS = 0x00
    SENDER_REPORTS = 0x01


def _succeeded(record: "ReadRecord | ReportingConfiguration") -> bool:
    return record.status == ZclStatus.SUCCESS


class ReadAttributes(Struct):
    """Read Attributes (ZCL8 2.5.1)."""

    attributes: Annotated[tuple[int, ...], Many(UInt(2))]


class ReadRecord(Struct):
    """One attribute of a read answer: its value, or why there is none (ZCL8 2.5.2)."""

    attribute: U16
    status: StatusField
    data_type: Annotated[DataType | None, UInt(1), When(_succeeded)] = None
    value: Annotated[TypedValue, When(_succeeded)] = None


class ReadAttributesResponse(Struct):
    """Read Attributes Response (ZCL8 2.5.2)."""

    records: Annotated[tuple[ReadRecord, ...], Many(ReadRecord)]


class AttributeRecord(Struct):
    """An attribute with its value, as written and reported (ZCL8 2.5.3, 2.5.11)."""

    attribute: U16
    data_type: DataTypeField
    value: TypedValue


class WriteAttributes(Struct):
    """Write Attributes, also Undivided and No Response (ZCL8 2.5.3, 2.5.4, 2.5.6)."""

    records: Annotated[tuple[AttributeRecord, ...], Many(AttributeRecord)]


class WriteStatus(Struct):
    """What became of a written attribute; a lone SUCCESS stands for all (ZCL8 2.5.5)."""

    status: StatusField
    attribute: Annotated[
        int | None, UInt(2), When(lambda record: record.status != ZclStatus.SUCCESS)
    ] = None


class WriteAttributesResponse(Struct):
    """Write Attributes Response (ZCL8 2.5.5)."""

    records: Annotated[tuple[WriteStatus, ...], Many(WriteStatus)]


def _we_report(record: "ReportingRecord | ReportingConfiguration") -> bool:
    return record.direction is ReportDirection.RECEIVER_REPORTS


def _they_report(record: "ReportingRecord | ReportingConfiguration") -> bool:
    return record.direction is ReportDirection.SENDER_REPORTS


def _by_change(record: "ReportingRecord | ReportingConfiguration") -> bool:
    return record.data_type in ANALOGUE


class ReportingRecord(Struct):
    """How an attribute is to be reported (ZCL8 2.5.7)."""

    direction: Annotated[ReportDirection, UInt(1)]
    attribute: U16
    data_type: Annotated[DataType | None, UInt(1), When(_we_report)] = None
    minimum_interval: Annotated[int | None, UInt(2), When(_we_report)] = None
    maximum_interval: Annotated[int | None, UInt(2), When(_we_report)] = None
    reportable_change: Annotated[TypedValue, When(_by_change)] = None
    timeout: Annotated[int | None, UInt(2), When(_they_report)] = None


class ConfigureReporting(Struct):
    """Configure Reporting (ZCL8 2.5.7)."""

    records: Annotated[tuple[ReportingRecord, ...], Many(ReportingRecord)]


class ReportingStatus(Struct):
    """What became of a configuration; a lone SUCCESS stands for all (ZCL8 2.5.8)."""

    status: StatusField
    direction: Annotated[
        ReportDirection | None, UInt(1), When(lambda record: record.status != ZclStatus.SUCCESS)
    ] = None
    attribute: Annotated[
        int | None, UInt(2), When(lambda record: record.status != ZclStatus.SUCCESS)
    ] = None


class ConfigureReportingResponse(Struct):
    """Configure Reporting Response (ZCL8 2.5.8)."""

    records: Annotated[tuple[ReportingStatus, ...], Many(ReportingStatus)]


class ReportingSelector(Struct):
    """Which configuration is asked for (ZCL8 2.5.9)."""

    direction: Annotated[ReportDirection, UInt(1)]
    attribute: U16


class ReadReportingConfiguration(Struct):
    """Read Reporting Configuration (ZCL8 2.5.9)."""

    records: Annotated[tuple[ReportingSelector, ...], Many(ReportingSelector)]


class ReportingConfiguration(Struct):
    """How an attribute is reported, or why that cannot be told (ZCL8 2.5.10)."""

    status: StatusField
    direction: Annotated[ReportDirection, UInt(1)]
    attribute: U16
    data_type: Annotated[
        DataType | None, UInt(1), When(lambda r: _succeeded(r) and _we_report(r))
    ] = None
    minimum_interval: Annotated[
        int | None, UInt(2), When(lambda r: _succeeded(r) and _we_report(r))
    ] = None
    maximum_interval: Annotated[
        int | None, UInt(2), When(lambda r: _succeeded(r) and _we_report(r))
    ] = None
    reportable_change: Annotated[TypedValue, When(_by_change)] = None
    timeout: Annotated[int | None, UInt(2), When(lambda r: _succeeded(r) and _they_report(r))] = (
        None
    )


class ReadReportingConfigurationResponse(Struct):
    """Read Reporting Configuration Response (ZCL8 2.5.10)."""

    records: Annotated[tuple[ReportingConfiguration, ...], Many(ReportingConfiguration)]


class ReportAttributes(Struct):
    """Report Attributes (ZCL8 2.5.11)."""

    records: Annotated[tuple[AttributeRecord, ...], Many(AttributeRecord)]


class DefaultResponse(Struct):
    """Default Response (ZCL8 2.5.12)."""

    command: U8
    status: StatusField


class DiscoverAttributes(Struct):
    """Discover Attributes, plain and extended (ZCL8 2.5.13, 2.5.22)."""

    start: U16
    maximum: U8


class DiscoveredAttribute(Struct):
    """An attribute and its type (ZCL8 2.5.14)."""

    attribute: U16
    data_type: DataTypeField


class DiscoverAttributesResponse(Struct):
    """Discover Attributes Response (ZCL8 2.5.14)."""

    complete: Annotated[bool, UInt(1)]
    attributes: Annotated[tuple[DiscoveredAttribute, ...], Many(DiscoveredAttribute)]


class ExtendedAttribute(Struct):
    """An attribute, its type and what may be done to it (ZCL8 2.5.23)."""

    attribute: U16
    data_type: DataTypeField
    readable: Flag
    writeable: Flag
    reportable: Flag
    reserved: Annotated[int, Bits(5)] = 0


class DiscoverAttributesExtendedResponse(Struct):
    """Discover Attributes Extended Response (ZCL8 2.5.23)."""

    complete: Annotated[bool, UInt(1)]
    attributes: Annotated[tuple[ExtendedAttribute, ...], Many(ExtendedAttribute)]


class DiscoverCommands(Struct):
    """Discover Commands Received or Generated (ZCL8 2.5.18, 2.5.20)."""

    start: U8
    maximum: U8


class DiscoverCommandsResponse(Struct):
    """Discover Commands Received or Generated Response (ZCL8 2.5.19, 2.5.21)."""

    complete: Annotated[bool, UInt(1)]
    commands: Annotated[tuple[int, ...], Many(UInt(1))]


class Selector(Struct):
    """Which part of an attribute of structured type is meant (ZCL8 2.5.15, 2.5.16)."""

    depth: Annotated[int, Bits(4)]
    action: Annotated[int, Bits(4)]
    indices: Annotated[tuple[int, ...], Many(UInt(2), count=lambda selector: selector.depth)]


class StructuredRead(Struct):
    """One element to read (ZCL8 2.5.15)."""

    attribute: U16
    selector: Selector


class ReadAttributesStructured(Struct):
    """Read Attributes Structured (ZCL8 2.5.15)."""

    records: Annotated[tuple[StructuredRead, ...], Many(StructuredRead)]


class StructuredWrite(Struct):
    """One element to write (ZCL8 2.5.16)."""

    attribute: U16
    selector: Selector
    data_type: DataTypeField
    value: TypedValue


class WriteAttributesStructured(Struct):
    """Write Attributes Structured (ZCL8 2.5.16)."""

    records: Annotated[tuple[StructuredWrite, ...], Many(StructuredWrite)]


class StructuredStatus(Struct):
    """What became of a written element; a lone SUCCESS stands for all (ZCL8 2.5.17)."""

    status: StatusField
    attribute: Annotated[
        int | None, UInt(2), When(lambda record: record.status != ZclStatus.SUCCESS)
    ] = None
    selector: Annotated[
        Selector | None, When(lambda record: record.status != ZclStatus.SUCCESS)
    ] = None


class WriteAttributesStructuredResponse(Struct):
    """Write Attributes Structured Response (ZCL8 2.5.17)."""

    records: Annotated[tuple[StructuredStatus, ...], Many(StructuredStatus)]


GENERAL_COMMANDS: Final[dict[GeneralCommand, type[Struct]]] = {
    GeneralCommand.READ_ATTRIBUTES: ReadAttributes,
    GeneralCommand.READ_ATTRIBUTES_RESPONSE: ReadAttributesResponse,
    GeneralCommand.WRITE_ATTRIBUTES: WriteAttributes,
    GeneralCommand.WRITE_ATTRIBUTES_UNDIVIDED: WriteAttributes,
    GeneralCommand.WRITE_ATTRIBUTES_RESPONSE: WriteAttributesResponse,
    GeneralCommand.WRITE_ATTRIBUTES_NO_RESPONSE: WriteAttributes,
    GeneralCommand.CONFIGURE_REPORTING: ConfigureReporting,
    GeneralCommand.CONFIGURE_REPORTING_RESPONSE: ConfigureReportingResponse,
    GeneralCommand.READ_REPORTING_CONFIGURATION: ReadReportingConfiguration,
    GeneralCommand.READ_REPORTING_CONFIGURATION_RESPONSE: ReadReportingConfigurationResponse,
    GeneralCommand.REPORT_ATTRIBUTES: ReportAttributes,
    GeneralCommand.DEFAULT_RESPONSE: DefaultResponse,
    GeneralCommand.DISCOVER_ATTRIBUTES: DiscoverAttributes,
    GeneralCommand.DISCOVER_ATTRIBUTES_RESPONSE: DiscoverAttributesResponse,
    GeneralCommand.READ_ATTRIBUTES_STRUCTURED: ReadAttributesStructured,
    GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED: WriteAttributesStructured,
    GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED_RESPONSE: WriteAttributesStructuredResponse,
    GeneralCommand.DISCOVER_COMMANDS_RECEIVED: DiscoverCommands,
    GeneralCommand.DISCOVER_COMMANDS_RECEIVED_RESPONSE: DiscoverCommandsResponse,
    GeneralCommand.DISCOVER_COMMANDS_GENERATED: DiscoverCommands,
    GeneralCommand.DISCOVER_COMMANDS_GENERATED_RESPONSE: DiscoverCommandsResponse,
    GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED: DiscoverAttributes,
    GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED_RESPONSE: DiscoverAttributesExtendedResponse,
}
"""The payload of each general command."""
