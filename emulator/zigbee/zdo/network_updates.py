"""Answers to Mgmt_NWK_Update_req: energy scans, changes of channel and manager (R22 2.4.3.3.9)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from emulator.radio.port import Channel
from emulator.zigbee.addresses import is_broadcast
from emulator.zigbee.aps.primitives import ApsdeDataIndication
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
    MAX_SCAN_DURATION,
    MgmtNwkUpdateNotify,
    MgmtNwkUpdateReq,
)
from emulator.zigbee.zdo.requests import Answer

PAGE_SHIFT: Final = 27
"""Where the page of a channel mask begins (R22 Table 2-77, D.3)."""
MOST_SCANS: Final = 5
"""How often one request may have the channels scanned."""
_NUMBERS: Final = range(PAGE_SHIFT)
_FIRST: Final = {29: 27, 30: 35}
"""The first channel of the pages whose bit 0 is not channel 0."""
_LAST_OF_PAGE_29: Final = (8, 62)
"""Bit 8 of page 29 is channel 62."""


def channels_of(mask: int) -> tuple[Channel, ...]:
    """The channels that a mask with its page names."""
    page = mask >> PAGE_SHIFT
    return tuple(_channel(page, bit) for bit in _NUMBERS if mask >> bit & 1)


def mask_of(channels: tuple[Channel, ...]) -> int:
    """The mask of channels of one page."""
    page = channels[0].page if channels else 0
    bits = sum(1 << _bit(each) for each in channels if each.page == page)
    return page << PAGE_SHIFT | bits


def _channel(page: int, bit: int) -> Channel:
    if page == 29 and bit == _LAST_OF_PAGE_29[0]:
        return Channel(page, _LAST_OF_PAGE_29[1])
    return Channel(page, _FIRST.get(page, 0) + bit)


def _bit(channel: Channel) -> int:
    if channel.page == 29 and channel.number == _LAST_OF_PAGE_29[1]:
        return _LAST_OF_PAGE_29[0]
    return channel.number - _FIRST.get(channel.page, 0)


@dataclass(frozen=True, slots=True)
class Scan:
    """An energy scan that somebody asked for."""

    indication: ApsdeDataIndication
    sequence: int
    request: MgmtNwkUpdateReq
    left: int


Measured = tuple[ApsdeDataIndication, int, MgmtNwkUpdateNotify, tuple[Any, ...]]
"""Whom to answer, under which number, with what, and what else follows."""


class NetworkUpdates:
    """The requests under way, by the handle of their scan."""

    def __init__(self, handles: Iterator[int]) -> None:
        self._handles = handles
        self._scans: dict[int, Scan] = {}

    def asked(
        self, request: MgmtNwkUpdateReq, indication: ApsdeDataIndication, sequence: int
    ) -> Answer:
        """What comes of a request at once."""
        channels = channels_of(request.channels)
        broadcast = is_broadcast(indication.destination)
        if request.duration <= MAX_SCAN_DURATION:
            count = request.scan_count or 0
            if broadcast:
                return Answer()
            if not (0 < count <= MOST_SCANS and channels):
                return Answer(_refusal(ZdpStatus.INV_REQUESTTYPE))
            return Answer(None, (self._scan(Scan(indication, sequence, request, count)),))
        update_id = request.update_id or 0
        if request.duration == CHANGE_CHANNEL and len(channels) == 1:
            return Answer(None, (NlmeChannelRequest(channels[0], update_id),))
        if request.duration == CHANGE_MANAGER and request.manager is not None:
            return Answer(None, (NlmeManagerRequest(request.manager, update_id),))
        return Answer(None if broadcast else _refusal(ZdpStatus.INV_REQUESTTYPE))

    def measured(self, confirm: NlmeEnergyScanConfirm) -> Measured | None:
        """The answer to a scan; None when nobody asked us for it."""
        scan = self._scans.pop(confirm.handle, None)
        if scan is None:
            return None
        if confirm.energies is None:
            return scan.indication, scan.sequence, _refusal(ZdpStatus.NOT_PERMITTED), ()
        notify = notification(confirm)
        effects = (self._scan(replace(scan, left=scan.left - 1)),) if scan.left > 1 else ()
        return scan.indication, scan.sequence, notify, effects

    def _scan(self, scan: Scan) -> NlmeEnergyScanRequest:
        handle = next(self._handles)
        self._scans[handle] = scan
        channels = channels_of(scan.request.channels)
        return NlmeEnergyScanRequest(handle, channels, scan.request.duration)


def notification(confirm: NlmeEnergyScanConfirm) -> MgmtNwkUpdateNotify:
    """What a scan found, as it is told to others."""
    energies = confirm.energies or ()
    channels = tuple(channel for channel, _ in energies)
    levels = tuple(level for _, level in energies)
    return MgmtNwkUpdateNotify(
        ZdpStatus.SUCCESS, mask_of(channels), confirm.total, confirm.failures, levels
    )


def _refusal(status: ZdpStatus) -> MgmtNwkUpdateNotify:
    return MgmtNwkUpdateNotify(status, 0, 0, 0)
