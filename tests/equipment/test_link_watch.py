"""A hub notes how it hears the devices in its log."""

from datetime import UTC, datetime

from emulator.cosem.moments import date_time_octets
from emulator.equipment.link_watch import LinkWatch
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog, LinkStatistics
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar, later, seconds
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.aps.primitives import ApsdeDataIndication, ApsSecurity

HUB, METER, STRANGER = map(Eui64, (0x00DB1234567890A2, 0x00DB1234567890A0, 0x00DB1234567890FF))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def heard(eui64: Eui64 | None, rssi: int, lqi: int) -> ApsdeDataIndication:
    return ApsdeDataIndication(
        source=NwkAddress(0x1234),
        source_eui64=eui64,
        source_endpoint=Endpoint(1),
        destination=NwkAddress(0),
        destination_endpoint=Endpoint(1),
        profile=ProfileId(0x0109),
        cluster=ClusterId(0x0702),
        asdu=b"",
        security=ApsSecurity.NWK_KEY,
        key_origin=None,
        counter=0,
        lqi=lqi,
        rssi=rssi,
    )


def watched() -> tuple[HubDeviceLog, LinkWatch]:
    """A log with one meter, and who watches over it."""
    log = HubDeviceLog(HUB)
    log.register(METER, 0)
    return log, LinkWatch(log, DeviceClock(Calendar(NOON)))


def test_the_log_tells_highest_average_lowest_and_when() -> None:
    log, watch = watched()

    for after, rssi, lqi in ((0, -50, 200), (1, -60, 100), (2, -40, 150)):
        assert watch.handle(heard(METER, rssi, lqi), later(START, seconds(after))) == ()

    told = log.devices[METER].statistics
    assert (told.rssi, told.lqi) == ((-40, -50, -60), (200, 150, 100))
    assert told.last_heard == date_time_octets(NOON.replace(second=2))


def test_a_level_beyond_eight_bits_is_told_as_the_nearest() -> None:
    log, watch = watched()

    watch.handle(heard(METER, -200, 0), START)

    assert log.devices[METER].statistics.rssi == (-128, -128, -128)


def test_who_is_not_in_the_log_is_not_noted() -> None:
    log, watch = watched()

    for unknown in (STRANGER, None):
        assert watch.handle(heard(unknown, -50, 200), START) == ()

    assert set(log.devices) == {METER}
    assert log.devices[METER].statistics == LinkStatistics()


def test_a_device_that_was_removed_begins_anew() -> None:
    log, watch = watched()
    watch.handle(heard(METER, -90, 10), START)
    log.unregister(METER)
    watch.handle(heard(METER, -80, 20), START)

    log.register(METER, 0)
    watch.handle(heard(METER, -50, 200), START)

    assert log.devices[METER].statistics.rssi == (-50, -50, -50)
    assert watch.wake(START) == ()
