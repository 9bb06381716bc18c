"""Signs of life of end devices, both sides (R22 3.6.10)."""

from emulator.kernel.units import Duration, Instant, later
from emulator.radio.bands import Band, band_of
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import MlmePollIndication
from emulator.zigbee.nwk.commands import (
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    TimeoutStatus,
)
from emulator.zigbee.nwk.facts import TimeoutNegotiated
from emulator.zigbee.nwk.membership.admission import Admission
from emulator.zigbee.nwk.membership.leaving import Leaving
from emulator.zigbee.nwk.settings import MAX_TIMEOUT_ENUMERATION, end_device_timeout
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.neighbour_table import Relation
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission


class ChildKeepAlive:
    """The child's side: agrees a timeout with the parent and stays within it."""

    def __init__(
        self, state: NwkState, parent_link: ParentLink, transmission: Transmission
    ) -> None:
        self._nwk = state
        self._parent_link = parent_link
        self._transmission = transmission

    def negotiate(self, now: Instant) -> Effects:
        """Ask the parent for our timeout (R22 3.6.10.2)."""
        nwk = self._nwk
        parent = nwk.neighbours.parent
        wanted = nwk.nib.is_end_device and nwk.settings.negotiate_timeout
        if not wanted or parent is None:
            return []
        request = EndDeviceTimeoutRequest(nwk.settings.end_device_timeout)
        return self._transmission.command(request, parent.address, now)

    def response(
        self, incoming: Incoming, response: EndDeviceTimeoutResponse, now: Instant
    ) -> Effects:
        """The parent's answer: the timeout, and how it wants to hear from us."""
        nwk = self._nwk
        parent = nwk.neighbours.parent
        if parent is None or incoming.header.source != parent.address or not nwk.nib.is_end_device:
            return [FrameDropped("nwk", "timeout response not from our parent", incoming.neighbour)]
        if response.status is not TimeoutStatus.SUCCESS:
            return []
        nwk.nib.keep_alive_by_poll = response.keep_alive_by_poll
        nwk.nib.keep_alive_by_request = response.keep_alive_by_request
        nwk.nib.power_negotiation = response.power_negotiation
        self.plan(now)
        return [TimeoutNegotiated(parent.address, nwk.settings.end_device_timeout)]

    def plan(self, now: Instant) -> None:
        """Set when the next sign of life is due (R22 3.6.10.3)."""
        nwk = self._nwk
        if nwk.nib.keep_alive_by_poll or nwk.nib.keep_alive_by_request:
            timeout = end_device_timeout(nwk.settings.end_device_timeout)
            wait = Duration(timeout // nwk.settings.keep_alive_fraction)
            nwk.timers.set(Duty.KEEP_ALIVE, later(now, wait))

    def due(self, now: Instant) -> Effects:
        """Give a sign of life."""
        self.plan(now)
        if self._nwk.nib.keep_alive_by_poll:
            return self._parent_link.poll(now)
        return self.negotiate(now)


class ParentKeepAlive:
    """The parent's side: grants timeouts and counts silence."""

    def __init__(
        self, state: NwkState, transmission: Transmission, admission: Admission, leaving: Leaving
    ) -> None:
        self._nwk = state
        self._transmission = transmission
        self._admission = admission
        self._leaving = leaving

    def poll(self, poll: MlmePollIndication, now: Instant) -> Effects:
        """A child polled, or a device that believes to be one (R22 3.6.10.4)."""
        row = self._nwk.neighbours.get(poll.source)
        if row is None and self._admission.answering(poll.source):
            return []
        if row is None:
            return self._leaving.stranger(poll.source, now)
        if row.relation is Relation.CHILD:
            row.keep_alive_heard = True
            self._admission.start_timeout(row.address, now)
        return []

    def request(
        self, incoming: Incoming, request: EndDeviceTimeoutRequest, now: Instant
    ) -> Effects:
        """A child wants another timeout (R22 3.4.11, 3.6.10.2)."""
        source = incoming.header.source
        row = self._nwk.neighbours.get(source)
        if row is None or row.relation is not Relation.CHILD or row.routes:
            return [FrameDropped("nwk", "timeout request by no end device child", source)]
        status = TimeoutStatus.SUCCESS
        effects: Effects = []
        if request.timeout > MAX_TIMEOUT_ENUMERATION:
            status = TimeoutStatus.INCORRECT_VALUE
        elif request.configuration:
            status = TimeoutStatus.UNSUPPORTED_FEATURE
        else:
            row.timeout = request.timeout
            row.keep_alive_heard = True
            self._admission.start_timeout(source, now)
            effects.append(TimeoutNegotiated(source, request.timeout))
        response = EndDeviceTimeoutResponse(
            status,
            keep_alive_by_poll=True,
            keep_alive_by_request=True,
            power_negotiation=any(band_of(each) is Band.SUB_GHZ for each in self._nwk.nib.channels),
        )
        return [*effects, *self._transmission.command(response, source, now)]
