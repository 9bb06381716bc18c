"""Messages, supplier, tenancy, identifiers, events."""

import pytest

from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.testing.scenes.gbz_scene import (
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    statuses,
)
from emulator.wire.struct import Struct
from emulator.zcl.payloads.device_management import (
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
    LoggedEvent,
    PublishEventLog,
)
from emulator.zcl.payloads.messaging import DisplayMessage

MANAGEMENT = 0x0708
EVENTS = 0x0709


@pytest.mark.parametrize(
    ("request_", "held"),
    [
        (filled(UpdateSiteID, site_id=b"123"), {(0x0702, 0x0307): b"123"}),
        (filled(UpdateCIN, customer_id_number=b"12"), {(0x0702, 0x0311): b"12"}),
        (
            filled(
                PublishChangeOfTenancy,
                implementation_date_time=5,
                proposed_tenancy_change_control=0x200,
            ),
            {(MANAGEMENT, 0x0200): 5, (MANAGEMENT, 0x0201): 0x200},
        ),
        (
            filled(
                PublishChangeOfSupplier,
                proposed_provider_id=3,
                proposed_provider_name=b"S",
                proposed_provider_contact_details=b"0",
            ),
            {(MANAGEMENT, 0x0100): 3, (MANAGEMENT, 0x0101): b"S", (MANAGEMENT, 0x0102): b"0"},
        ),
    ],
    ids=["site", "customer", "tenancy", "supplier"],
)
def test_what_is_told_of_supplier_and_consumer_is_held(
    request_: Struct, held: dict[tuple[int, int], object]
) -> None:
    executor = meter()

    ((_, status),) = statuses(executor, component(MANAGEMENT, request_))

    assert status == 0
    assert {key: attribute(executor, *key) for key in held} == held


def test_an_identifier_that_no_attribute_can_hold_is_refused() -> None:
    request = filled(UpdateSiteID, site_id=bytes(255))

    assert statuses(meter(), component(MANAGEMENT, request)) == [(0x03, 0x87)]


@pytest.mark.parametrize(
    ("cluster", "request_"),
    [
        (0x0703, filled(DisplayMessage, message=b"Reset")),
        (MANAGEMENT, filled(RequestNewPasswordResponse, password_type=2)),
        (MANAGEMENT, filled(PublishChangeOfSupplier, issuer_event_id=9)),
        (MANAGEMENT, filled(PublishChangeOfTenancy, issuer_event_id=9)),
    ],
    ids=["message", "password", "supplier", "tenancy"],
)
def test_the_latest_is_held(cluster: int, request_: Struct) -> None:
    executor = meter()

    statuses(executor, component(cluster, request_))

    assert executor.store.published.latest(type(request_)) == request_


def configure(executor: GbzExecutor, control: int, payload: bytes, configuration: int = 9) -> int:
    """The status that a configuration of events is answered with."""
    request = filled(
        SetEventConfiguration,
        event_configuration=configuration,
        configuration_control=control,
        event_configuration_payload=payload,
    )
    ((_, status),) = statuses(executor, component(MANAGEMENT, request))
    return status


@pytest.mark.parametrize(
    ("control", "payload", "after"),
    [
        (0, "02 5481 A181", {0x8154: 9, 0x81A1: 9, 0x8013: 4}),
        (0, "00", {0x8154: 3, 0x8013: 4}),
        (1, "FF81", {0x8154: 9, 0x8013: 4}),
        (1, "FFFF", {0x8154: 9, 0x8013: 9}),
        (3, "04 05", {0x8154: 3, 0x8013: 5}),
    ],
)
def test_events_are_configured_by_list_group_and_match(
    control: int, payload: str, after: dict[int, int]
) -> None:
    executor = meter()
    executor.store.event_configurations.configurations = {0x8154: 3, 0x8013: 4}

    assert configure(executor, control, bytes.fromhex(payload)) == 0

    assert executor.store.event_configurations.configurations == after


@pytest.mark.parametrize(
    ("control", "payload", "status"), [(0, "02 5481", 0x80), (1, "00", 0x80), (2, "03", 0x85)]
)
def test_a_configuration_that_cannot_be_read_is_refused(
    control: int, payload: str, status: int
) -> None:
    assert configure(meter(), control, bytes.fromhex(payload)) == status


def test_configurations_are_read_back() -> None:
    executor = meter()
    asked = component(MANAGEMENT, GetEventConfiguration(event_id=0x81FF))
    assert statuses(executor, asked) == [(0x05, 0x8B)]
    configure(executor, 0, bytes.fromhex("01 5481"))

    (answer,) = answers(executor, command([asked]))

    assert answer.header.command == 0x04
    (told,) = ReportEventConfiguration.decode(answer.payload).configurations
    assert (told.event_id, told.event_configuration) == (0x8154, 9)


def logged(executor: GbzExecutor, *times: int, log: int = 3) -> None:
    """Have events in a log."""
    for time in times:
        executor.store.events.add(
            LoggedEvent(log_id=log, event_id=0x8154, event_time=time, event_data=b"")
        )


@pytest.mark.parametrize(
    ("offset", "number", "found"), [(0, 0, [1, 2, 3]), (1, 0, [2, 3]), (0, 2, [1, 2]), (1, 1, [2])]
)
def test_events_are_read_back_by_offset_and_number(
    offset: int, number: int, found: list[int]
) -> None:
    executor = meter()
    logged(executor, 1, 2, 3)
    request = GetEventLog(
        event_control_and_log_id=0x13,
        event_id=0,
        start_time=0,
        end_time=9,
        number_of_events=number,
        event_offset=offset,
    )

    (answer,) = answers(executor, command([component(EVENTS, request)]))

    log = PublishEventLog.decode(answer.payload)
    assert [each.event_time for each in log.events] == found
    assert log.total_number_of_matching_events == 3


def test_an_empty_log_is_not_found() -> None:
    request = filled(GetEventLog, event_control_and_log_id=0x13, end_time=9)

    assert statuses(meter(), component(EVENTS, request)) == [(0x00, 0x8B)]


def clear(executor: GbzExecutor, log: int, *faults: InjectedFault) -> int:
    """Which logs were cleared, as the answer tells."""
    request = component(EVENTS, ClearEventLogRequest(log_id=log))
    (answer,) = answers(executor, command([request], faults=faults))
    return ClearEventLogResponse.decode(answer.payload).cleared_event_logs


def test_the_general_log_is_cleared_and_the_security_log_tells_of_it() -> None:
    executor = meter()
    logged(executor, 1)
    logged(executor, 2, log=4)

    assert clear(executor, 3) == 0x08

    left = [(each.log_id, each.event_id) for each in executor.store.events.events]
    assert left == [(4, 0x8154), (4, 0x8F52)]


@pytest.mark.parametrize(("log", "faults"), [(4, ()), (0, ()), (3, (InjectedFault(0, 0xC0),))])
def test_no_other_log_is_cleared(log: int, faults: tuple[InjectedFault, ...]) -> None:
    executor = meter()
    logged(executor, 1)
    logged(executor, 2, log=4)

    assert clear(executor, log, *faults) == 0

    assert len(executor.store.events.events) == 2
