"""NLDE: data from the layer above (R22 3.2.1)."""

from emulator.kernel.units import Instant
from emulator.zigbee.addresses import is_broadcast
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.primitives import NldeDataConfirm, NldeDataRequest, NwkStatus
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.traffic.broadcasting import Broadcasting
from emulator.zigbee.nwk.traffic.transmission import Transmission


class DataService:
    """Sends what APS asks to send, and confirms it."""

    def __init__(
        self, state: NwkState, transmission: Transmission, broadcasting: Broadcasting
    ) -> None:
        self._nwk = state
        self._transmission = transmission
        self._broadcasting = broadcasting

    def request(self, request: NldeDataRequest, now: Instant) -> Effects:
        """NLDE-DATA.request; radius 0 stands for the default (R22 3.2.1.1)."""
        refused = self._refusal(request)
        if refused is not None:
            return [NldeDataConfirm(request.handle, refused)]
        header = self._transmission.header(
            FrameType.DATA,
            request.destination,
            radius=request.radius or self._nwk.settings.default_radius,
            security=request.security,
            source_eui64=request.extended_source,
        )

        def done(status: NwkStatus, _at: Instant) -> Effects:
            return [NldeDataConfirm(request.handle, status)]

        if is_broadcast(request.destination):
            return self._broadcasting.originate(header, request.nsdu, now, done=done)
        if not request.security:
            hop = request.destination
            return self._transmission.hand_over(header, request.nsdu, hop, now, done=done)
        return self._transmission.unicast(header, request.nsdu, now, done=done)

    def _refusal(self, request: NldeDataRequest) -> NwkStatus | None:
        nib = self._nwk.nib
        if not nib.joined or request.destination == nib.nwk_address:
            return NwkStatus.INVALID_REQUEST
        if request.security:
            return None if nib.authenticated else NwkStatus.NO_KEY
        neighbour = self._nwk.neighbours.get(request.destination)
        return NwkStatus.INVALID_REQUEST if neighbour is None else None
