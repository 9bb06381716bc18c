from emulator.testing.stack.zcl_nodes import AT_METER, ENDPOINT, exchanged, hub, meter, only
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import (
    ConfigureReporting,
    ConfigureReportingResponse,
    GeneralCommand,
    ReadReportingConfiguration,
    ReadReportingConfigurationResponse,
    ReportDirection,
    ReportingConfiguration,
    ReportingRecord,
    ReportingSelector,
    ReportingStatus,
)
from emulator.zcl.primitives import ZclCommandConfirm, ZclCommandRequest, ZclStatus

OURS, THEIRS = ReportDirection.RECEIVER_REPORTS, ReportDirection.SENDER_REPORTS
SUMMATION = ReportingRecord(OURS, 0x0000, DataType.UINT48, 5, 60, 10)
EXPECTED = ReportingRecord(THEIRS, 0x0000, timeout=90)


class Home:
    """A hub that configures a meter."""

    def __init__(self) -> None:
        self.hub, self.meter = hub(), meter()

    def asks(self, command: GeneralCommand, payload: Struct) -> bytes:
        request = ZclCommandRequest(
            1,
            AT_METER,
            ENDPOINT,
            METERING.id,
            command,
            payload.encode(),
            general=True,
            expects_answer=True,
        )
        _, back = exchanged(request, self.hub, self.meter)
        answer = only(back, ZclCommandConfirm).answer
        return b"" if answer is None else answer.payload

    def configures(self, *records: ReportingRecord) -> tuple[ReportingStatus, ...]:
        answer = self.asks(GeneralCommand.CONFIGURE_REPORTING, ConfigureReporting(records))
        return ConfigureReportingResponse.decode(answer).records

    def reads(self, *selectors: ReportingSelector) -> tuple[ReportingConfiguration, ...]:
        answer = self.asks(
            GeneralCommand.READ_REPORTING_CONFIGURATION, ReadReportingConfiguration(selectors)
        )
        return ReadReportingConfigurationResponse.decode(answer).records


def test_configuration_is_read_back_in_both_directions() -> None:
    home = Home()

    assert home.configures(SUMMATION, EXPECTED) == (ReportingStatus(ZclStatus.SUCCESS),)
    ours, theirs = home.reads(ReportingSelector(OURS, 0), ReportingSelector(THEIRS, 0))
    assert (ours.minimum_interval, ours.maximum_interval, ours.reportable_change) == (5, 60, 10)
    assert theirs.timeout == 90


def test_what_cannot_be_reported_is_named() -> None:
    absent = ReportingRecord(OURS, 0x0BAD, DataType.UINT8, 0, 60, 1)
    other_type = ReportingRecord(OURS, 0x0000, DataType.UINT8, 0, 60, 1)

    assert Home().configures(absent, other_type) == (
        ReportingStatus(ZclStatus.UNSUPPORTED_ATTRIBUTE, OURS, 0x0BAD),
        ReportingStatus(ZclStatus.INVALID_DATA_TYPE, OURS, 0x0000),
    )


def test_what_was_never_configured_is_not_found() -> None:
    statuses = [
        each.status
        for each in Home().reads(
            ReportingSelector(OURS, 0x0000),
            ReportingSelector(OURS, 0x0BAD),
            ReportingSelector(THEIRS, 0x0000),
        )
    ]

    assert statuses == [
        ZclStatus.NOT_FOUND,
        ZclStatus.UNSUPPORTED_ATTRIBUTE,
        ZclStatus.NOT_FOUND,
    ]
