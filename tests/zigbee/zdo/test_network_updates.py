from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.phy.pages import PHYS
from emulator.radio.port import Channel
from emulator.testing.stack.zdo_scene import home, zdp
from emulator.zigbee.addresses import BROADCAST_RX_ON, NwkAddress
from emulator.zigbee.nwk.primitives import (
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeManagerRequest,
)
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import (
    CHANGE_CHANNEL,
    CHANGE_MANAGER,
    MgmtNwkUpdateNotify,
    MgmtNwkUpdateReq,
)
from emulator.zigbee.zdo.network_updates import NetworkUpdates, channels_of, mask_of, notification
from emulator.zigbee.zdo.requests import Answer

CHANNEL = Channel(0, 15)
ASKED = zdp(b"", 0x0038)
LEVELS = ((Channel(0, 11), 17), (CHANNEL, 203))


def asked(request: MgmtNwkUpdateReq) -> Answer:
    return NetworkUpdates(count(1)).asked(request, ASKED, 7)


@given(st.sampled_from(list(PHYS.values())), st.data())
def test_mask_names_the_channels_of_its_page(phy: Any, data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.sampled_from(phy.numbers), min_size=1))
    channels = tuple(Channel(phy.page, number) for number in sorted(numbers))

    assert set(channels_of(mask_of(channels))) == set(channels)
    assert mask_of(channels) < 1 << 32


def test_no_channel_is_an_empty_mask() -> None:
    assert (mask_of(()), channels_of(0)) == (0, ())


def test_scan_is_done_as_often_as_asked_and_each_is_told() -> None:
    updates = NetworkUpdates(count(1))
    request = MgmtNwkUpdateReq(mask_of((CHANNEL,)), 3, scan_count=2)

    answer = updates.asked(request, ASKED, 7)
    assert answer == Answer(None, (NlmeEnergyScanRequest(1, (CHANNEL,), 3),))
    first = updates.measured(NlmeEnergyScanConfirm(1, LEVELS, 40, 11))
    second = updates.measured(NlmeEnergyScanConfirm(2, LEVELS, 41, 11))

    assert first is not None
    assert second is not None
    told = MgmtNwkUpdateNotify(ZdpStatus.SUCCESS, 0x00008800, 40, 11, (17, 203))
    assert first[1:] == (7, told, (NlmeEnergyScanRequest(2, (CHANNEL,), 3),))
    assert (second[2].total, second[3]) == (41, ())
    assert updates.measured(NlmeEnergyScanConfirm(9, LEVELS, 1, 0)) is None


def test_scan_that_could_not_be_done_is_refused() -> None:
    updates = NetworkUpdates(count(1))
    updates.asked(MgmtNwkUpdateReq(mask_of((CHANNEL,)), 3, scan_count=1), ASKED, 7)

    found = updates.measured(NlmeEnergyScanConfirm(1, None, 0, 0))

    assert found is not None
    assert found[2].status == ZdpStatus.NOT_PERMITTED


@pytest.mark.parametrize(
    "request_",
    [
        MgmtNwkUpdateReq(0, 3, scan_count=1),
        MgmtNwkUpdateReq(0x8000, 3, scan_count=0),
        MgmtNwkUpdateReq(0x8000, 3, scan_count=6),
        MgmtNwkUpdateReq(0x8800, CHANGE_CHANNEL, update_id=1),
        MgmtNwkUpdateReq(0x8000, 0x40),
    ],
    ids=["no channel", "no scan", "many scans", "two channels", "no duration"],
)
def test_request_that_makes_no_sense_is_refused(request_: MgmtNwkUpdateReq) -> None:
    answer = asked(request_)

    assert isinstance(answer.response, MgmtNwkUpdateNotify)
    assert answer.response.status == ZdpStatus.INV_REQUESTTYPE


def test_channel_and_manager_are_changed_without_an_answer() -> None:
    change = MgmtNwkUpdateReq(mask_of((CHANNEL,)), CHANGE_CHANNEL, update_id=3)
    manager = MgmtNwkUpdateReq(0x07FFF800, CHANGE_MANAGER, update_id=4, manager=NwkAddress(5))

    assert asked(change) == Answer(None, (NlmeChannelRequest(CHANNEL, 3),))
    assert asked(manager) == Answer(None, (NlmeManagerRequest(NwkAddress(5), 4),))


def test_notification_tells_channels_and_levels_in_one_order() -> None:
    told = notification(NlmeEnergyScanConfirm(1, LEVELS, 9, 2))

    assert [each.number for each in channels_of(told.channels)] == [11, 15]
    assert told.energies == (17, 203)


def test_broadcast_scan_request_is_answered_by_nobody() -> None:
    link, _, meter = home()
    asdu = b"\x05" + MgmtNwkUpdateReq(0x8000, 3, scan_count=1).encode()

    meter.post(replace(zdp(asdu, 0x0038), destination=BROADCAST_RX_ON))

    assert link.carried == []
