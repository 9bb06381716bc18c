"""The parent's side of joining: association, rejoin, and children without the key (R22 3.6.1.4).

A device that the trust centre does not know gets this far all the same: the association succeeds
while joining is permitted (3.6.1.4.1.2), no key ever comes for it, and once the security timeout
is over the parent forgets it (4.6.3.2.1).
"""

from dataclasses import replace

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later, seconds
from emulator.zigbee.addresses import NO_NWK_ADDRESS, NwkAddress, is_broadcast
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    MlmeAssociateIndication,
    MlmeAssociateResponse,
    MlmeCommStatusIndication,
)
from emulator.zigbee.nwk.commands import RejoinRequest, RejoinResponse, encode_command
from emulator.zigbee.nwk.facts import (
    ChildAdmitted,
    ChildDropped,
    ChildRefused,
    PermitJoiningChanged,
)
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NlmeJoinIndication,
    NlmePermitJoiningRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.settings import end_device_timeout
from emulator.zigbee.nwk.state import Effects, NwkState, device_type_of
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission

_FOREVER = 255
"""PermitDuration that has no end (R22 3.2.2.7.1)."""


class Admission:
    """Lets devices in, gives them addresses, and drops those that stay without the key."""

    def __init__(self, state: NwkState, transmission: Transmission) -> None:
        self._nwk = state
        self._transmission = transmission
        self._answered: dict[Eui64, tuple[NwkAddress, CapabilityInformation]] = {}
        self._rejoining: set[NwkAddress] = set()

    def clear(self) -> None:
        """Forget whose answer is under way."""
        self._answered.clear()
        self._rejoining.clear()

    def permit(self, request: NlmePermitJoiningRequest, now: Instant) -> Effects:
        """Open for a while, for good, or close (R22 3.2.2.7)."""
        nwk = self._nwk
        if not nwk.nib.routing:
            return []
        nwk.timers.cancel(Duty.PERMIT_JOINING)
        if 0 < request.seconds < _FOREVER:
            nwk.timers.set(Duty.PERMIT_JOINING, later(now, seconds(request.seconds)))
        return self._set_permit(request.seconds > 0)

    def close(self, _now: Instant) -> Effects:
        """The time for which joining was permitted is over."""
        return self._set_permit(False)

    def _set_permit(self, permitted: bool) -> Effects:
        changed = self._nwk.nib.permit_joining is not permitted
        self._nwk.nib.permit_joining = permitted
        effects: Effects = [self._nwk.beacon()]
        return [*effects, PermitJoiningChanged(permitted)] if changed else effects

    def associate(self, asked: MlmeAssociateIndication, _now: Instant) -> Effects:
        """A device asks to associate (R22 3.6.1.4.1.2)."""
        nwk = self._nwk
        known = nwk.neighbours.find(asked.device)
        if not nwk.nib.routing or not nwk.nib.permit_joining:
            return self._refuse(asked.device, AssociationStatus.PAN_ACCESS_DENIED)
        if (known is None or not known.is_child) and not nwk.capacity():
            return self._refuse(asked.device, AssociationStatus.PAN_AT_CAPACITY)
        address = nwk.free_address() if known is None else known.address
        self._answered[asked.device] = (address, asked.capability)
        return [MlmeAssociateResponse(asked.device, address, AssociationStatus.SUCCESS)]

    def _refuse(self, device: Eui64, status: AssociationStatus) -> Effects:
        return [
            ChildRefused(device, f"{status.name} (R22 3.6.1.4.1.2)"),
            MlmeAssociateResponse(device, NO_NWK_ADDRESS, status),
        ]

    def answered(self, outcome: MlmeCommStatusIndication, now: Instant) -> Effects:
        """The device fetched its association response, or did not."""
        address, capability = self._answered.pop(outcome.device, (None, None))
        if address is None or capability is None or outcome.status is not MacStatus.SUCCESS:
            return []
        effects = self._admit(outcome.device, address, capability, authenticated=False)
        self._expect_key(address, now)
        joined = NlmeJoinIndication(
            address, outcome.device, capability, JoinMethod.ASSOCIATION, secured=False
        )
        return [*effects, joined]

    def _admit(
        self,
        device: Eui64,
        address: NwkAddress,
        capability: CapabilityInformation,
        *,
        authenticated: bool,
    ) -> Effects:
        """Put a child into the tables."""
        nwk = self._nwk
        self._forget(nwk.neighbours.find(device))
        kind = device_type_of(address, router=capability.full_function_device)
        nwk.routes.forget(address)
        nwk.neighbours.put(
            Neighbour(
                address=address,
                eui64=device,
                device_type=kind,
                relation=Relation.CHILD if authenticated else Relation.UNAUTHENTICATED_CHILD,
                rx_on_when_idle=capability.rx_on_when_idle,
                timeout=nwk.settings.end_device_timeout_default,
            )
        )
        nwk.learn_address(device, address)
        return [ChildAdmitted(device, address, kind, authenticated), nwk.beacon()]

    def _forget(self, former: Neighbour | None) -> None:
        if former is not None:
            self._nwk.timers.cancel(Duty.UNAUTHENTICATED_CHILD, former.address)
            self._nwk.timers.cancel(Duty.CHILD_TIMEOUT, former.address)
            self._nwk.neighbours.remove(former.address)

    def _expect_key(self, address: NwkAddress, now: Instant) -> None:
        when = later(now, self._nwk.settings.security_timeout)
        self._nwk.timers.set(Duty.UNAUTHENTICATED_CHILD, when, address)

    def key_overdue(self, address: int, _now: Instant) -> Effects:
        """A child showed no sign of the network key in time."""
        row = self._nwk.neighbours.get(NwkAddress(address))
        if row is None or row.relation is not Relation.UNAUTHENTICATED_CHILD or row.eui64 is None:
            return []
        self._nwk.forget_device(row.address)
        reason = "not authenticated within the security timeout (R22 4.6.3.2.1)"
        return [ChildDropped(row.eui64, row.address, reason), self._nwk.beacon()]

    def child_silent(self, address: int, _now: Instant) -> Effects:
        """An end device child gave no sign of life for its timeout (R22 3.6.10.1)."""
        row = self._nwk.neighbours.get(NwkAddress(address))
        if row is None or not row.is_child or row.eui64 is None:
            return []
        self._nwk.forget_device(row.address)
        reason = "no keep-alive within its timeout (R22 3.6.10.1)"
        return [ChildDropped(row.eui64, row.address, reason), self._nwk.beacon()]

    def rejoin(self, incoming: Incoming, command: RejoinRequest, now: Instant) -> Effects:
        """A device asks to rejoin through us (R22 3.6.1.4.2.2)."""
        nwk, header = self._nwk, incoming.header
        device = header.source_eui64
        if not nwk.nib.routing or device is None or is_broadcast(header.destination):
            return [FrameDropped("nwk", "rejoin request not for a parent", header.source)]
        purged = self._transmission.purge(header.source, now)
        known = nwk.neighbours.find(device)
        if (known is None or not known.is_child) and not nwk.capacity():
            fact = ChildRefused(device, "PAN_AT_CAPACITY (R22 3.6.1.4.2.2)")
            response = RejoinResponse(header.source, AssociationStatus.PAN_AT_CAPACITY)
            return [*purged, fact, *self._respond(incoming, command, response, now)]
        address = self._keep_address(device, header.source)
        response = RejoinResponse(address, AssociationStatus.SUCCESS)
        return [*purged, *self._respond(incoming, command, response, now)]

    def _keep_address(self, device: Eui64, wanted: NwkAddress) -> NwkAddress:
        """The address it asks under, unless somebody else has it (R22 3.6.1.9)."""
        nwk = self._nwk
        owner = nwk.eui64_of(wanted)
        row = nwk.neighbours.get(wanted)
        holder = None if row is None else row.eui64
        free = wanted not in (nwk.nib.nwk_address, 0)
        if free and owner in (None, device) and holder in (None, device):
            return wanted
        return nwk.free_address()

    def _respond(
        self, incoming: Incoming, command: RejoinRequest, response: RejoinResponse, now: Instant
    ) -> Effects:
        """Answer to the address it asked under, protected as it asked."""
        asked = incoming.header
        device = asked.source_eui64
        if device is None:
            return []
        header = replace(
            self._transmission.header(
                FrameType.COMMAND,
                asked.source,
                radius=1,
                security=incoming.secured,
                source_eui64=True,
            ),
            has_destination_eui64=True,
            destination_eui64=device,
        )

        self._rejoining.add(asked.source)

        def done(status: NwkStatus, at: Instant) -> Effects:
            self._rejoining.discard(asked.source)
            if status is not NwkStatus.SUCCESS or response.status is not AssociationStatus.SUCCESS:
                return []
            return self._rejoined(device, response.nwk_address, command, incoming, at)

        payload = encode_command(response)
        if command.capability.rx_on_when_idle:
            return self._transmission.hand_over(header, payload, asked.source, now, done=done)
        return self._transmission.indirect(header, payload, asked.source, now, done=done)

    def answering(self, address: NwkAddress) -> bool:
        """Whether the device at `address` asked to rejoin and still polls for our answer."""
        return address in self._rejoining

    def _rejoined(
        self,
        device: Eui64,
        address: NwkAddress,
        command: RejoinRequest,
        incoming: Incoming,
        now: Instant,
    ) -> Effects:
        secured = incoming.secured
        effects = self._admit(device, address, command.capability, authenticated=secured)
        if not secured:
            self._expect_key(address, now)
        else:
            self.start_timeout(address, now)
        joined = NlmeJoinIndication(
            address, device, command.capability, JoinMethod.REJOIN, secured=secured
        )
        return [*effects, joined]

    def start_timeout(self, address: NwkAddress, now: Instant) -> None:
        """Count an end device child's silence from now on (R22 3.6.10)."""
        row = self._nwk.neighbours.get(address)
        if row is not None and row.is_child and row.device_type is DeviceType.END_DEVICE:
            when = later(now, end_device_timeout(row.timeout))
            self._nwk.timers.set(Duty.CHILD_TIMEOUT, when, address)

    def watch(self, child: Neighbour, now: Instant) -> None:
        """Start what limits a child's stay, after we restarted."""
        if child.relation is Relation.UNAUTHENTICATED_CHILD:
            self._expect_key(child.address, now)
        else:
            self.start_timeout(child.address, now)
