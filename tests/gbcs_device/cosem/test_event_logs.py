import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.made_values import log_of, number_of, parts_of
from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import BitString, Data, octet_string, structure
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.controllers_log import (
    CONTROLLERS_LOG,
    HUNG_ON,
    note_switch_command,
)
from emulator.gbcs_device.cosem.event_logs import (
    ENTRIES,
    EVENT_LOG,
    POWER_LOG,
    SECURITY_LOG,
    EventLogs,
)
from emulator.gbcs_device.primitives import AlertRequest
from emulator.metering.drifting_clock import own_time
from emulator.metering.event_codes import EventCode, MeterEvent
from emulator.testing.scenes.cosem_scene import attribute
from tests.gbcs_device.cosem.living_meter import BEGIN

OWN = own_time(BEGIN)


def made() -> tuple[ObjectStore, EventLogs]:
    store = ObjectStore(members_of("ESME"))
    return store, EventLogs(store)


def test_event_goes_to_the_log_that_reference_messages_show_it_in() -> None:
    store, logs = made()
    for code in (
        EventCode.LOAD_LIMIT_EXCEEDED,
        EventCode.TERMINAL_COVER_REMOVED,
        EventCode.AVERAGE_OVER_VOLTAGE,
    ):
        logs.record(MeterEvent(OWN, code))

    entries = [
        [number_of(parts_of(entry)[1]) for entry in parts_of(store.value(log))]
        for log in (EVENT_LOG, SECURITY_LOG, POWER_LOG)
    ]
    assert entries == [[0x8F01], [0x8F76], [0x8002]]


def test_alert_that_no_log_is_for_is_told_and_not_written_down() -> None:
    # neither reference message ECS35a nor ECS35b has 8F0F
    store, logs = made()

    told = logs.record(MeterEvent(OWN, EventCode.CREDIT_BELOW_DISABLEMENT_THRESHOLD))

    assert told == (AlertRequest(0x8F0F),)
    assert [parts_of(store.value(log)) for log in (EVENT_LOG, SECURITY_LOG)] == [(), ()]


@pytest.mark.parametrize(
    ("code", "outcome"), [(EventCode.LOAD_SWITCH_REACHED, 1), (EventCode.LOAD_SWITCH_FAILED, 2)]
)
def test_what_a_switch_said_of_its_command_is_in_the_log_of_controllers(
    code: EventCode, outcome: int
) -> None:
    store, logs = made()
    store.hold(HUNG_ON[2], octet_string(bytes(7) + b"\x01"))
    note_switch_command(store, OWN, 0x0211)

    logs.record(MeterEvent(OWN + 5_000_000, code, controller=2))
    logs.record(MeterEvent(OWN + 6_000_000, code))

    *_, last = parts_of(store.value(CONTROLLERS_LOG))
    assert [number_of(each) for each in parts_of(last)][1:3] == [0x0200, outcome]
    assert parts_of(store.value(EVENT_LOG)) == ()


def test_log_keeps_the_last_hundred() -> None:
    store, logs = made()
    for each in range(ENTRIES + 3):
        logs.record(MeterEvent(OWN + each * 1_000_000, EventCode.LOAD_LIMIT_EXCEEDED))

    kept = parts_of(store.value(EVENT_LOG))
    assert len(kept) == ENTRIES
    assert number_of(parts_of(kept[0])[0]) == OWN // 1_000_000 + 3


def test_configurable_event_is_told_when_its_bit_is_set() -> None:
    # GBCS ECS25a, ECS25b: bit 0D of the supplier's settings is 810D
    store, logs = made()
    assert logs.record(MeterEvent(OWN, EventCode.LOW_CREDIT)) == ()
    bits = BitString(256, bytes.fromhex("0004") + bytes(30))
    store.hold(attribute(1, "0-30:97.98.15.255", 2), Data(DataType.BIT_STRING, bits))

    assert logs.record(MeterEvent(OWN, EventCode.LOW_CREDIT)) == (AlertRequest(0x810D),)
    assert logs.record(MeterEvent(OWN, EventCode.AVERAGE_OVER_VOLTAGE)) == ()


def test_long_outage_is_told_with_its_times() -> None:
    # reference message ECS80: interruption, then restoration
    _, logs = made()

    (alert,) = logs.record(MeterEvent(OWN + 540_000_000, 0x8F36, OWN))

    begin, end = (
        encode_data(octet_string(date_time_octets(each)))
        for each in (BEGIN, BEGIN.replace(minute=9))
    )
    assert alert == AlertRequest(0x8F36, begin + end)


def test_end_of_a_billing_period_pushes_what_was_written_down() -> None:
    # reference message ECS68: a structure of the log with one entry
    store, _ = made()
    held = store.value(attribute(7, "0-0:98.1.1.255", 2))
    log = log_of(held, [(1, 2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13, 14)])
    logs = EventLogs(store, lambda: log)

    (alert,) = logs.record(MeterEvent(OWN, EventCode.BILLING_DATA_LOG_UPDATED))

    last = log_of(held, [(8, 9, 10, 11, 12, 13, 14)])
    assert alert == AlertRequest(0x8F0A, encode_data(structure(last)))
