from datetime import UTC, datetime, timedelta

import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResponse, AccessResult
from emulator.dlms.data import NULL, Data, enumerated, octet_string, structure, unsigned
from emulator.dlms.data_types import DataType
from emulator.gbcs.asn1.codes import DeviceTimeStatus
from emulator.gbcs_device.cosem.clock_duty import (
    ADJUST_TO_PRESET_TIME,
    PRESET_ADJUSTING_TIME,
    STATUS,
    TIME,
    clock_duty,
)
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.primitives import ClockSet
from emulator.kernel.units import START, Calendar
from emulator.testing.scenes.cosem_scene import act, attribute, command, get, put, results, values

HUB_TIME = datetime(2026, 1, 5, 12, tzinfo=UTC)
AHEAD = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BASE = put(attribute(8, "0-0:1.0.0.255", 9), enumerated(5))
ADJUST = act(ADJUST_TO_PRESET_TIME, Data(DataType.INTEGER, 0))
PRESET = bytes.fromhex("FFFF FF FF FF FF FF FF FF 8000 FF")


@pytest.fixture
def clock() -> DeviceClock:
    clock = DeviceClock(Calendar(HUB_TIME))
    clock.be_ahead(AHEAD)
    return clock


@pytest.fixture
def meter(clock: DeviceClock) -> DlmsExecutor:
    return DlmsExecutor(ObjectStore(members_of("ESME")), (clock_duty(clock),))


def time_octets(moment: datetime) -> Data:
    return octet_string(date_time_octets(moment))


def window(start: datetime, end: datetime) -> Data:
    return structure(octet_string(PRESET), time_octets(start), time_octets(end))


def test_hub_time_in_the_window_is_taken(meter: DlmsExecutor, clock: DeviceClock) -> None:
    preset = act(PRESET_ADJUSTING_TIME, window(HUB_TIME - MINUTE, HUB_TIME + MINUTE))

    executed = meter.execute(
        command(BASE, preset, ADJUST, get(TIME), get(STATUS), moment=clock.moment(START))
    )

    assert results(executed) == [0, 0, 0, 0, 0]
    assert values(executed)[3:] == [time_octets(HUB_TIME), unsigned(DeviceTimeStatus.RELIABLE)]
    assert executed.effects == (ClockSet(accepted=True),)
    assert clock.moment(START) == HUB_TIME


@pytest.mark.parametrize(
    ("start", "end"), [(MINUTE, 2 * MINUTE), (-2 * MINUTE, -MINUTE)], ids=["early", "late"]
)
def test_hub_time_outside_the_window_is_not_taken(
    meter: DlmsExecutor, clock: DeviceClock, start: timedelta, end: timedelta
) -> None:
    preset = act(PRESET_ADJUSTING_TIME, window(HUB_TIME + start, HUB_TIME + end))

    executed = meter.execute(
        command(preset, ADJUST, get(TIME), get(STATUS), moment=clock.moment(START))
    )

    assert values(executed)[2:] == [
        time_octets(HUB_TIME + AHEAD),
        unsigned(DeviceTimeStatus.UNRELIABLE),
    ]
    assert executed.effects == (ClockSet(accepted=False),)
    assert clock.moment(START) == HUB_TIME + AHEAD


@pytest.mark.parametrize("edge", [timedelta(), MINUTE])
def test_both_ends_of_the_window_belong_to_it(meter: DlmsExecutor, edge: timedelta) -> None:
    preset = act(PRESET_ADJUSTING_TIME, window(HUB_TIME - edge, HUB_TIME - edge + MINUTE))

    executed = meter.execute(command(preset, ADJUST, moment=HUB_TIME + AHEAD))

    assert executed.effects == (ClockSet(accepted=True),)


def test_a_window_serves_once(meter: DlmsExecutor) -> None:
    preset = act(PRESET_ADJUSTING_TIME, window(HUB_TIME - MINUTE, HUB_TIME + MINUTE))
    meter.execute(command(preset, ADJUST))

    assert results(meter.execute(command(ADJUST))) == [AccessResult.TEMPORARY_FAILURE]


@pytest.mark.parametrize(
    "parameters",
    [
        NULL,
        structure(),
        structure(octet_string(PRESET), octet_string(PRESET), time_octets(HUB_TIME)),
        structure(octet_string(PRESET), time_octets(HUB_TIME), octet_string(b"")),
        structure(time_octets(HUB_TIME), time_octets(HUB_TIME)),
    ],
)
def test_what_is_no_window_is_refused(meter: DlmsExecutor, parameters: Data) -> None:
    executed = meter.execute(command(act(PRESET_ADJUSTING_TIME, parameters), ADJUST))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED, AccessResult.OTHER_REASON]


def test_time_is_that_of_the_device_at_each_command(meter: DlmsExecutor) -> None:
    later = HUB_TIME + MINUTE

    assert values(meter.execute(command(get(TIME), moment=later))) == [time_octets(later)]


def test_status_is_held_as_an_answer_told_it(meter: DlmsExecutor, clock: DeviceClock) -> None:
    asked = command(get(TIME), get(STATUS))
    answer = meter.execute(asked).response
    assert isinstance(answer, AccessResponse)
    clock.follow_hub()

    meter.seed(asked.message, answer)

    assert clock.status == DeviceTimeStatus.INVALID
