from itertools import count
from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant, hours
from emulator.radio.bands import Band
from emulator.radio.port import Channel
from emulator.smart_energy.facts import ChannelChangeOrdered, ChannelKept, ChannelsMeasured
from emulator.smart_energy.network.frequency_agility import FrequencyAgility
from emulator.smart_energy.primitives import ChangeChannel
from emulator.smart_energy.settings import AgilitySettings
from emulator.zigbee.addresses import BROADCAST_RX_ON, NwkAddress
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeTransmitFailures,
)
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import MgmtNwkUpdateNotify, MgmtNwkUpdateReq
from emulator.zigbee.zdo.primitives import NetworkUpdateNotified, ZdpRequest

NOW = Instant(0)
HERE, THERE = Channel(0, 11), Channel(0, 20)
FAILING = NlmeTransmitFailures(40, 11)


def hub(**settings: Any) -> FrequencyAgility:
    nib = Nib(Eui64(1), DeviceType.COORDINATOR, channel=HERE, update_id=254)
    channels = {Band.GHZ_2_4: (HERE, THERE)}
    told = {"scans": 1, "lasting": Duration(0), **settings}
    return FrequencyAgility(AgilitySettings(**told), channels, nib, count(1))


def notified(total: int, failures: int) -> NetworkUpdateNotified:
    told = MgmtNwkUpdateNotify(ZdpStatus.SUCCESS, 0, total, failures)
    return NetworkUpdateNotified(NwkAddress(5), told)


def measured(here: int, there: int, handle: int = 1) -> NlmeEnergyScanConfirm:
    return NlmeEnergyScanConfirm(handle, ((HERE, here), (THERE, there)), 40, 11)


@pytest.mark.parametrize(
    ("event", "looks"),
    [
        (FAILING, True),
        (notified(40, 10), True),
        (notified(40, 9), False),
        (notified(19, 19), False),
        (ChangeChannel(), True),
    ],
    ids=["own", "a quarter", "less", "too few", "ordered"],
)
def test_channels_are_measured_when_frames_fail_or_somebody_says_so(
    event: object, looks: bool
) -> None:
    effects = hub().handle(event, NOW)

    assert effects == ((NlmeEnergyScanRequest(1, (HERE, THERE), 3),) if looks else ())


def test_hub_that_is_not_agile_looks_only_when_told() -> None:
    machine = hub(enabled=False)

    assert machine.handle(FAILING, NOW) == machine.handle(notified(40, 40), NOW) == ()
    assert machine.handle(ChangeChannel(), NOW)


def test_one_assessment_at_a_time() -> None:
    machine = hub()
    machine.handle(FAILING, NOW)

    assert machine.handle(FAILING, NOW) == ()
    assert machine.handle(measured(1, 1, handle=99), NOW) == ()


def test_network_goes_to_a_channel_that_is_quieter_by_enough() -> None:
    machine = hub()
    machine.handle(FAILING, NOW)

    effects = machine.handle(measured(200, 168), NOW)

    assert effects == (
        ChannelsMeasured(HERE, 200, THERE, 168),
        ChannelChangeOrdered(THERE, "2.4 GHz", "quieter"),
        ZdpRequest(2, BROADCAST_RX_ON, MgmtNwkUpdateReq(1 << 20, 0xFE, update_id=255)),
        NlmeChannelRequest(THERE, 255),
    )


def test_own_frames_that_are_not_in_every_scan_move_nothing() -> None:
    machine = hub(scans=3)
    machine.handle(FAILING, NOW)

    first = machine.handle(measured(200, 0), NOW)
    second = machine.handle(measured(0, 0, handle=2), NOW)
    third = machine.handle(measured(200, 0, handle=3), NOW)

    assert first == (NlmeEnergyScanRequest(2, (HERE, THERE), 3),)
    assert second == (NlmeEnergyScanRequest(3, (HERE, THERE), 3),)
    assert third[0] == ChannelsMeasured(HERE, 0, HERE, 0)
    assert isinstance(third[1], ChannelKept)


def test_network_stays_where_nothing_is_quieter_by_enough_or_nothing_could_be_measured() -> None:
    machine = hub()
    machine.handle(FAILING, NOW)
    stayed = machine.handle(measured(200, 169), NOW)
    machine.handle(FAILING, NOW)
    blind = machine.handle(NlmeEnergyScanConfirm(2, None, 0, 0), NOW)

    assert stayed[-1] == ChannelKept("no channel is quieter by enough")
    assert blind == (ChannelKept("the energy could not be measured"),)


def test_channel_that_is_ordered_is_taken_and_the_present_one_kept() -> None:
    machine = hub()

    assert NlmeChannelRequest(THERE, 255) in machine.handle(ChangeChannel(THERE), NOW)
    [kept] = machine.handle(ChangeChannel(HERE), NOW)
    assert kept == ChannelKept("the network is there already")


def test_changes_of_a_week_are_limited_and_counted_anew_after_it() -> None:
    machine = hub(changes_per_week=1)
    machine.handle(ChangeChannel(THERE), NOW)

    [kept] = machine.handle(ChangeChannel(THERE), Instant(hours(167)))
    again = machine.handle(ChangeChannel(THERE), Instant(hours(169)))

    assert isinstance(kept, ChannelKept)
    assert NlmeChannelRequest(THERE, 255) in again
    assert machine.deadline is None
    assert machine.wake(NOW) == ()
