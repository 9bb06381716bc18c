"""Two networks of one PAN identifier in one place: noticed, reported, resolved (R22 3.6.1.13).

A router that hears such a beacon reports it to the network manager, which draws a new identifier
and has everybody change to it once the broadcast has spread.
"""

from typing import Final

from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import BROADCAST_ALL, PanId
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import MlmeBeaconNotifyIndication, MlmeSetRequest
from emulator.zigbee.nwk.commands import NetworkReport, NetworkUpdate, encode_command
from emulator.zigbee.nwk.facts import PanConflictHeard, PanIdChanged
from emulator.zigbee.nwk.frames import ZIGBEE_PRO, BeaconPayload, FrameType
from emulator.zigbee.nwk.primitives import NetworkStatusCode, NlmeNwkStatusIndication
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.broadcasting import Broadcasting
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission

PAN_CONFLICT: Final = 0
"""The only kind of report, and of update, that R22 has."""
MOST_PANS: Final = 31
"""PAN identifiers in one report (5 bits)."""
HIGHEST_PAN_ID: Final = 0x3FFF
"""The highest PAN identifier to draw (R22 3.2.2.5.3)."""
_SIZE: Final = 2


class PanConflict:
    """Watches beacons, reports, and changes."""

    def __init__(
        self, state: NwkState, transmission: Transmission, broadcasting: Broadcasting
    ) -> None:
        self._nwk = state
        self._transmission = transmission
        self._broadcasting = broadcasting
        self._others: dict[PanId, None] = {}
        self._next: tuple[PanId, int] | None = None

    def clear(self) -> None:
        """Forget which identifiers are taken, and which is to come."""
        self._others.clear()
        self._next = None

    def beacon(self, beacon: MlmeBeaconNotifyIndication, now: Instant) -> Effects:
        """Look at a beacon, whoever asked for it."""
        nib = self._nwk.nib
        try:
            payload = BeaconPayload.decode(beacon.payload)
        except WireError:
            return []
        zigbee = payload.protocol_id == 0 and payload.stack_profile == ZIGBEE_PRO
        if not (zigbee and nib.routing) or payload.extended_pan_id == nib.extended_pan_id:
            return []
        if len(self._others) < MOST_PANS:
            self._others[beacon.pan_id] = None
        if beacon.pan_id != nib.pan_id or self._next is not None or not nib.authenticated:
            return []
        heard = PanConflictHeard(nib.pan_id, payload.extended_pan_id)
        return [heard, *(self._resolve(now) if nib.is_coordinator else self._report(now))]

    def _report(self, now: Instant) -> Effects:
        nwk = self._nwk
        pans = tuple(self._others)
        information = b"".join(each.to_bytes(_SIZE, "little") for each in pans)
        report = NetworkReport(len(pans), PAN_CONFLICT, nwk.nib.extended_pan_id, information)
        radius = nwk.settings.default_radius
        return self._transmission.command(report, nwk.nib.manager, now, radius=radius)

    def reported(self, incoming: Incoming, report: NetworkReport, now: Instant) -> Effects:
        """A router reports a conflict to us, the manager (R22 3.4.9.4)."""
        nib = self._nwk.nib
        ours = report.extended_pan_id == nib.extended_pan_id and incoming.secured
        if not (nib.is_coordinator and ours) or report.report != PAN_CONFLICT:
            return [FrameDropped("nwk", "network report not for us", incoming.header.source)]
        self._others |= dict.fromkeys(_pans(report.information, report.information_count))
        if self._next is not None or nib.pan_id not in self._others:
            return []
        return self._resolve(now)

    def _resolve(self, now: Instant) -> Effects:
        nwk, nib = self._nwk, self._nwk.nib
        pan_id = nib.pan_id
        while pan_id == nib.pan_id or pan_id in self._others:
            pan_id = PanId(nwk.stream.integer(1, HIGHEST_PAN_ID))
        update_id = (nib.update_id + 1) & 0xFF
        update = NetworkUpdate(
            1, PAN_CONFLICT, nib.extended_pan_id, update_id, pan_id.to_bytes(_SIZE, "little")
        )
        header = self._transmission.header(
            FrameType.COMMAND,
            BROADCAST_ALL,
            radius=nwk.settings.default_radius,
            security=True,
            source_eui64=True,
        )
        self._plan(pan_id, update_id, now)
        return self._broadcasting.originate(header, encode_command(update), now)

    def updated(self, incoming: Incoming, update: NetworkUpdate, now: Instant) -> Effects:
        """The manager has us change the identifier (R22 3.4.10.4)."""
        nib = self._nwk.nib
        pans = _pans(update.information, update.information_count)
        ours = update.extended_pan_id == nib.extended_pan_id and incoming.secured
        newer = 0 < (update.update_id - nib.update_id) & 0xFF < 0x80
        if not (ours and newer and pans) or update.update != PAN_CONFLICT:
            return [FrameDropped("nwk", "network update that is not news", incoming.header.source)]
        self._plan(pans[0], update.update_id, now)
        return []

    def _plan(self, pan_id: PanId, update_id: int, now: Instant) -> None:
        """Change once the broadcast has had its time (nwkNetworkBroadcastDeliveryTime)."""
        self._next = (pan_id, update_id)
        when = later(now, self._nwk.settings.broadcast_delivery_time)
        self._nwk.timers.set(Duty.PAN_CHANGE, when)

    def change(self, _now: Instant) -> Effects:
        """The time is over: be on the new identifier."""
        nwk, nib = self._nwk, self._nwk.nib
        if self._next is None or not nib.joined:
            self._next = None
            return []
        former = nib.pan_id
        nib.pan_id, nib.update_id = self._next
        self._next = None
        self._others.pop(nib.pan_id, None)
        changed = PanIdChanged(former, nib.pan_id)
        told = NlmeNwkStatusIndication(NetworkStatusCode.PAN_IDENTIFIER_UPDATE, nib.nwk_address)
        beacon = [nwk.beacon()] if nib.routing else []
        return [MlmeSetRequest(pan_id=nib.pan_id), *beacon, changed, told]


def _pans(information: bytes, count: int) -> list[PanId]:
    """The identifiers in a report or update; what is cut off is none."""
    whole = information[: count * _SIZE]
    starts = range(0, len(whole) - 1, _SIZE)
    return [PanId(int.from_bytes(whole[at : at + _SIZE], "little")) for at in starts]
