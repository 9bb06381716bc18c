from itertools import count

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant
from emulator.radio.port import Channel
from emulator.smart_energy.network.failure_report import FailureReport
from emulator.smart_energy.settings import AgilitySettings
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeTransmitFailures,
)
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import MgmtNwkUpdateNotify
from emulator.zigbee.zdo.primitives import ZdoNotifyRequest

NOW = Instant(0)
CHANNELS = (Channel(0, 11), Channel(0, 20))
LEVELS = ((CHANNELS[0], 200), (CHANNELS[1], 7))


def router(*, routing: bool = True) -> FailureReport:
    nib = Nib(Eui64(1), DeviceType.ROUTER, routing=routing)
    return FailureReport(CHANNELS, AgilitySettings(lasting=Duration(0)), nib, count(1))


def test_router_measures_and_tells_the_manager_both() -> None:
    machine = router()

    asked = machine.handle(NlmeTransmitFailures(40, 11), NOW)
    told = machine.handle(NlmeEnergyScanConfirm(1, LEVELS, 0, 0), NOW)

    assert asked == (NlmeEnergyScanRequest(1, CHANNELS, 3),)
    wanted = MgmtNwkUpdateNotify(ZdpStatus.SUCCESS, 0x00100800, 40, 11, (200, 7))
    assert told == (ZdoNotifyRequest(COORDINATOR, wanted),)


def test_what_could_not_be_measured_is_told_without_levels() -> None:
    machine = router()
    machine.handle(NlmeTransmitFailures(40, 11), NOW)

    [told] = machine.handle(NlmeEnergyScanConfirm(1, None, 0, 0), NOW)

    assert (told.response.failures, told.response.energies) == (11, ())


def test_failures_during_a_measurement_and_scans_of_others_are_let_go() -> None:
    machine = router()
    machine.handle(NlmeTransmitFailures(40, 11), NOW)

    assert machine.handle(NlmeTransmitFailures(40, 12), NOW) == ()
    assert machine.handle(NlmeEnergyScanConfirm(9, LEVELS, 0, 0), NOW) == ()
    assert machine.deadline is None
    assert machine.wake(NOW) == ()


def test_device_that_does_not_route_reports_nothing() -> None:
    assert router(routing=False).handle(NlmeTransmitFailures(40, 40), NOW) == ()
