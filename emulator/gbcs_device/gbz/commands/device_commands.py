"""Messages, suppliers, tenants, events: Messaging, Device Management, Events (ZSE 1.4 Annex D)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.handling import Circumstances, CommandKey, Handling
from emulator.gbcs_device.gbz.event_reports import note_in_security_log
from emulator.gbcs_device.gbz.state.event_logs import GENERAL_LOG
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.security_codes import EVENT_LOG_CLEARED
from emulator.kernel.errors import WireError
from emulator.zcl.payloads.device_management import (
    ConfigurationMatch,
    EventConfiguration,
    EventGroup,
    EventList,
    GetEventConfiguration,
    PublishChangeOfSupplier,
    PublishChangeOfTenancy,
    ReportEventConfiguration,
    RequestNewPasswordResponse,
    SetEventConfiguration,
    UpdateCIN,
    UpdateSiteID,
)
from emulator.zcl.payloads.events import (
    ClearEventLogRequest,
    ClearEventLogResponse,
    GetEventLog,
    PublishEventLog,
)
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.primitives import Side, ZclStatus

METERING: Final = 0x0702
MESSAGING: Final = 0x0703
DEVICE_MANAGEMENT: Final = 0x0708
EVENTS: Final = 0x0709
SITE_ID: Final = 0x0307
CUSTOMER_ID: Final = 0x0311


def display_message(store: MeterStore, request: DisplayMessage, _: Circumstances) -> Answer:
    """Hold the message for the consumer."""
    store.published.hold(request)
    return ZclStatus.SUCCESS


def change_tenancy(store: MeterStore, request: PublishChangeOfTenancy, _: Circumstances) -> Answer:
    """Hold from when on data is the new tenant's."""
    control = request.proposed_tenancy_change_control
    store.attributes.set(DEVICE_MANAGEMENT, 0x0200, request.implementation_date_time)
    store.attributes.set(DEVICE_MANAGEMENT, 0x0201, control)
    store.published.hold(request)
    return ZclStatus.SUCCESS


def change_supplier(
    store: MeterStore, request: PublishChangeOfSupplier, _: Circumstances
) -> Answer:
    """Hold how the supplier is called and reached."""
    details = request.proposed_provider_contact_details
    store.attributes.set(DEVICE_MANAGEMENT, 0x0100, request.proposed_provider_id)
    store.attributes.set(DEVICE_MANAGEMENT, 0x0101, request.proposed_provider_name)
    store.attributes.set(DEVICE_MANAGEMENT, 0x0102, details)
    store.published.hold(request)
    return ZclStatus.SUCCESS


def change_password(
    store: MeterStore, request: RequestNewPasswordResponse, _: Circumstances
) -> Answer:
    """Hold a password of the consumer's menu; an empty one ends its protection."""
    store.published.hold(request)
    return ZclStatus.SUCCESS


def update_site(store: MeterStore, request: UpdateSiteID, _: Circumstances) -> Answer:
    """Hold the meter point reference number."""
    store.attributes.set(METERING, SITE_ID, request.site_id)
    return ZclStatus.SUCCESS


def update_customer(store: MeterStore, request: UpdateCIN, _: Circumstances) -> Answer:
    """Hold the customer identification number."""
    store.attributes.set(METERING, CUSTOMER_ID, request.customer_id_number)
    return ZclStatus.SUCCESS


def set_event_configuration(
    store: MeterStore, request: SetEventConfiguration, _: Circumstances
) -> Answer:
    """Configure events by list, by group, or those configured in one way so far."""
    apply = _SELECTIONS.get(request.configuration_control)
    if apply is None:
        return ZclStatus.INVALID_FIELD
    try:
        apply(store, request)
    except WireError:
        return ZclStatus.MALFORMED_COMMAND
    return ZclStatus.SUCCESS


def _by_list(store: MeterStore, request: SetEventConfiguration) -> None:
    for event in EventList.decode(request.event_configuration_payload).event_ids:
        store.event_configurations.set(event, request.event_configuration)


def _by_group(store: MeterStore, request: SetEventConfiguration) -> None:
    group = EventGroup.decode(request.event_configuration_payload).event_group_id
    for event, _ in store.event_configurations.group(group):
        store.event_configurations.set(event, request.event_configuration)


def _by_match(store: MeterStore, request: SetEventConfiguration) -> None:
    match = ConfigurationMatch.decode(request.event_configuration_payload)
    store.event_configurations.replace(match.current_configuration, match.new_configuration)


_SELECTIONS: Final[Mapping[int, Callable[[MeterStore, SetEventConfiguration], None]]] = {
    0x00: _by_list,
    0x01: _by_group,
    0x03: _by_match,
}
"""By configuration control (ZSE 1.4 Annex D); 02, by log, has no source here and is refused."""


def get_event_configuration(
    store: MeterStore, request: GetEventConfiguration, _: Circumstances
) -> Answer:
    """Answer how an event, or a group of events, is configured."""
    found = store.event_configurations.group(request.event_id)
    report = ReportEventConfiguration(
        command_index=0,
        total_number_of_commands=1,
        configurations=tuple(
            EventConfiguration(event_id=event, event_configuration=each) for event, each in found
        ),
    )
    return (Reply(0x04, report),) if found else ZclStatus.NOT_FOUND


def get_event_log(store: MeterStore, request: GetEventLog, _: Circumstances) -> Answer:
    """Answer with the events of a log and a period; 0 asks for all."""
    matching = store.events.find(request)
    start = request.event_offset
    events = matching[
        start : start + request.number_of_events if request.number_of_events else None
    ]
    log = PublishEventLog(
        total_number_of_matching_events=len(matching),
        command_index=0,
        total_commands=1,
        log_payload_control=0,
        events=events,
    )
    return (Reply(0x01, log),) if events else ZclStatus.NOT_FOUND


def clear_event_log(
    store: MeterStore, request: ClearEventLogRequest, circumstances: Circumstances
) -> Answer:
    """Empty the general log, which the security log tells; others cannot be cleared remotely."""
    if request.log_id != GENERAL_LOG:
        return _cleared(0, failed=True)
    store.events.clear(request.log_id)
    note_in_security_log(store, EVENT_LOG_CLEARED, circumstances.moment)
    return _cleared(1 << request.log_id)


def refuse_clearing(_: ClearEventLogRequest) -> Answer:
    """Answer that no log was cleared."""
    return _cleared(0, failed=True)


def _cleared(logs: int, *, failed: bool = False) -> Answer:
    return (Reply(0x02, ClearEventLogResponse(cleared_event_logs=logs), failed),)


def _handlings() -> Iterator[tuple[CommandKey, Handling[Any]]]:
    management = DEVICE_MANAGEMENT
    client, server = Side.CLIENT, Side.SERVER
    yield (MESSAGING, client, 0x00), Handling(DisplayMessage, display_message)
    yield (management, client, 0x00), Handling(PublishChangeOfTenancy, change_tenancy)
    yield (management, client, 0x01), Handling(PublishChangeOfSupplier, change_supplier)
    yield (management, client, 0x02), Handling(RequestNewPasswordResponse, change_password)
    yield (management, client, 0x03), Handling(UpdateSiteID, update_site)
    yield (management, client, 0x04), Handling(SetEventConfiguration, set_event_configuration)
    yield (management, client, 0x05), Handling(GetEventConfiguration, get_event_configuration)
    yield (management, client, 0x06), Handling(UpdateCIN, update_customer)
    yield (EVENTS, server, 0x00), Handling(GetEventLog, get_event_log)
    yield (
        (EVENTS, server, 0x01),
        Handling(ClearEventLogRequest, clear_event_log, refuse=refuse_clearing),
    )


HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(dict(_handlings()))
"""The commands that a device takes."""
