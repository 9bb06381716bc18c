"""Answers the general commands about reporting, takes reports, and sends ours (ZCL8 2.5.7-11)."""

from typing import Final

from emulator.kernel.units import Instant, seconds
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    ConfigureReporting,
    ConfigureReportingResponse,
    GeneralCommand,
    ReadReportingConfiguration,
    ReadReportingConfigurationResponse,
    ReportAttributes,
    ReportDirection,
    ReportingConfiguration,
    ReportingRecord,
    ReportingSelector,
    ReportingStatus,
)
from emulator.zcl.incoming import Handler, Incoming, Reaction, answer
from emulator.zcl.node_attributes import NodeAttributes
from emulator.zcl.primitives import (
    AttributeValue,
    ReportAttributesIndication,
    Side,
    ZclAddress,
    ZclStatus,
)
from emulator.zcl.reporting import ReportKey


class ReportingServer:
    """Serves and keeps what the far end configured."""

    def __init__(self, attributes: NodeAttributes) -> None:
        self._attributes = attributes
        self._table = attributes.reporting
        self.handlers: Final[dict[GeneralCommand, Handler]] = {
            GeneralCommand.CONFIGURE_REPORTING: self._configure,
            GeneralCommand.READ_REPORTING_CONFIGURATION: self._read_configuration,
            GeneralCommand.REPORT_ATTRIBUTES: self._take_report,
        }

    def due(self, now: Instant) -> dict[tuple[ZclAddress, ClusterInstance], ReportAttributes]:
        """The reports to send by now, one for each far end and cluster."""
        keys = self._table.due(now)
        values = [(key, self._attributes.read(key.instance, key.attribute, now)) for key in keys]
        reports: dict[tuple[ZclAddress, ClusterInstance], list[AttributeRecord]] = {}
        for key, value in values:
            record = self.record(key.instance, key.attribute, value)
            if record is not None:
                reports.setdefault((key.destination, key.instance), []).append(record)
        self._table.reported(values, now)
        return {where: ReportAttributes(tuple(records)) for where, records in reports.items()}

    def record(
        self, instance: ClusterInstance, attribute: int, value: object
    ) -> AttributeRecord | None:
        """One attribute as a report has it; None when it is not served there."""
        declared = self._attributes.declared(instance, attribute)
        return None if declared is None else AttributeRecord(attribute, declared.data_type, value)

    def _configure(self, incoming: Incoming, request: ConfigureReporting, now: Instant) -> Reaction:
        outcomes = ((each, self._configure_one(incoming, each, now)) for each in request.records)
        refused = tuple(
            ReportingStatus(outcome, each.direction, each.attribute)
            for each, outcome in outcomes
            if outcome != ZclStatus.SUCCESS
        )
        return answer(
            GeneralCommand.CONFIGURE_REPORTING_RESPONSE,
            ConfigureReportingResponse(refused or (ReportingStatus(ZclStatus.SUCCESS),)),
        )

    def _configure_one(
        self, incoming: Incoming, record: ReportingRecord, now: Instant
    ) -> ZclStatus:
        key = ReportKey(incoming.source, incoming.instance, record.attribute)
        if record.direction is ReportDirection.SENDER_REPORTS:
            return self._table.expect(key, seconds(record.timeout or 0))
        declared = self._attributes.declared(incoming.instance, record.attribute)
        if declared is None:
            return ZclStatus.UNSUPPORTED_ATTRIBUTE
        if declared.data_type != record.data_type:
            return ZclStatus.INVALID_DATA_TYPE
        value = self._attributes.read(incoming.instance, record.attribute, now)
        return self._table.configure(key, record, value, now)

    def _read_configuration(
        self, incoming: Incoming, request: ReadReportingConfiguration, _: Instant
    ) -> Reaction:
        records = tuple(self._configuration(incoming, each) for each in request.records)
        return answer(
            GeneralCommand.READ_REPORTING_CONFIGURATION_RESPONSE,
            ReadReportingConfigurationResponse(records),
        )

    def _configuration(
        self, incoming: Incoming, selector: ReportingSelector
    ) -> ReportingConfiguration:
        key = ReportKey(incoming.source, incoming.instance, selector.attribute)
        if selector.direction is ReportDirection.SENDER_REPORTS:
            return self._expectation(key)
        if self._attributes.declared(incoming.instance, selector.attribute) is None:
            return _refused(ZclStatus.UNSUPPORTED_ATTRIBUTE, selector)
        found = self._table.configured(key)
        if found is None:
            return _refused(ZclStatus.NOT_FOUND, selector)
        return ReportingConfiguration(
            status=ZclStatus.SUCCESS,
            direction=found.direction,
            attribute=found.attribute,
            data_type=found.data_type,
            minimum_interval=found.minimum_interval,
            maximum_interval=found.maximum_interval,
            reportable_change=found.reportable_change,
        )

    def _expectation(self, key: ReportKey) -> ReportingConfiguration:
        timeout = self._table.expected(key)
        selector = ReportingSelector(ReportDirection.SENDER_REPORTS, key.attribute)
        if timeout is None:
            return _refused(ZclStatus.NOT_FOUND, selector)
        return ReportingConfiguration(
            status=ZclStatus.SUCCESS,
            direction=ReportDirection.SENDER_REPORTS,
            attribute=key.attribute,
            timeout=timeout // seconds(1),
        )

    def _take_report(self, incoming: Incoming, report: ReportAttributes, _: Instant) -> Reaction:
        to_server = incoming.header.to_side is Side.SERVER
        indication = ReportAttributesIndication(
            source=incoming.source,
            source_eui64=incoming.indication.source_eui64,
            endpoint=incoming.instance.endpoint,
            cluster=incoming.instance.cluster,
            from_side=Side.CLIENT if to_server else Side.SERVER,
            values=tuple(
                AttributeValue(each.attribute, each.data_type, each.value)
                for each in report.records
            ),
            sequence=incoming.header.sequence,
            disable_default_response=incoming.header.disable_default_response,
        )
        judged = incoming.definition.judges_reports
        return Reaction(status=None if judged else ZclStatus.SUCCESS, effects=(indication,))


def _refused(why: ZclStatus, selector: ReportingSelector) -> ReportingConfiguration:
    return ReportingConfiguration(
        status=why, direction=selector.direction, attribute=selector.attribute
    )
