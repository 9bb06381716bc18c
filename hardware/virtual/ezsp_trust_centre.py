"""The trust centre of a network co-processor: which joiner gets the network key, under which key.

The host decides by policy and by the keys it imports; a joiner without a key for it gets none, and
its parent drops it when its time is over (R22 4.6.3.2.2.2).
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, NO_NWK_ADDRESS, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinIndication,
    NlmeLeaveConfirm,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
)
from hardware.ezsp.formats import ChildJoin, Octet, TrustCentreJoin
from hardware.ezsp.identifiers import (
    NO_INDEX,
    TRUST_CENTRE_POLICY,
    Command,
    EmberStatus,
    JoinDecision,
    NodeType,
    TrustCentrePolicy,
)
from hardware.ezsp.message_formats import RemoveDevice
from hardware.virtual.ezsp_part import HostCallback, NcpMemory, NcpSession, Reply, Servers

_JOINS: Final = (
    UpdateDeviceStatus.STANDARD_UNSECURED_JOIN,
    UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN,
)
_JOIN_INDICATION: Final = 0x10
"""EmberCounterType."""


class NcpTrustCentre:
    """Admits joiners as the host's policy says, and tells the host of each.

    Args:
        stack: of this boot.
        memory: the key table.
        session: transient keys and policies.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        NlmeJoinIndication,
        NlmeLeaveIndication,
        NlmeLeaveConfirm,
        ApsmeUpdateDeviceIndication,
    )
    deadline: Instant | None = None

    def __init__(self, stack: Stack, memory: NcpMemory, session: NcpSession) -> None:
        self._stack = stack
        self._memory = memory
        self._session = session

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due."""
        return ()

    def handle(self, event: Any, now: Instant) -> Sequence[object]:
        """Effects of a device that comes or goes."""
        match event:
            case NlmeJoinIndication():
                return self._child(event, now)
            case NlmeLeaveIndication() | NlmeLeaveConfirm():
                return self._child_left(event)
            case _:
                return self._elsewhere(event, now)

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {Command.REMOVE_DEVICE: (RemoveDevice, self._remove)}

    def _child(self, event: NlmeJoinIndication, now: Instant) -> Sequence[object]:
        kind = NodeType.ROUTER if event.capability.full_function_device else NodeType.END_DEVICE
        if not event.capability.rx_on_when_idle:
            kind = NodeType.SLEEPY_END_DEVICE
        child = HostCallback(
            Command.CHILD_JOIN_HANDLER,
            ChildJoin(NO_INDEX, 1, event.nwk_address, event.eui64, kind),
        )
        update = UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
        if event.method is JoinMethod.REJOIN:
            update = UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN
            if event.secured:
                update = UpdateDeviceStatus.STANDARD_SECURED_REJOIN
        return (child, *self._joined(event.eui64, event.nwk_address, update, None, now))

    def _elsewhere(self, event: ApsmeUpdateDeviceIndication, now: Instant) -> Sequence[object]:
        if event.status == UpdateDeviceStatus.DEVICE_LEFT:
            return self._gone(event.device, event.device_address, event.source)
        return self._joined(event.device, event.device_address, event.status, event.source, now)

    def _joined(
        self,
        eui64: Eui64,
        address: NwkAddress,
        update: UpdateDeviceStatus,
        parent: NwkAddress | None,
        now: Instant,
    ) -> Sequence[object]:
        self._session.count(_JOIN_INDICATION)
        decision = JoinDecision.NO_ACTION
        effects: tuple[object, ...] = ()
        if update in _JOINS:
            decision, effects = self._decide(eui64, address, update, parent, now)
        told = TrustCentreJoin(
            address, eui64, update, decision, COORDINATOR if parent is None else parent
        )
        return (HostCallback(Command.TRUST_CENTER_JOIN_HANDLER, told), *effects)

    def _decide(
        self,
        eui64: Eui64,
        address: NwkAddress,
        update: UpdateDeviceStatus,
        parent: NwkAddress | None,
        now: Instant,
    ) -> tuple[JoinDecision, tuple[object, ...]]:
        key = self._key(eui64, update, now)
        network = self._stack.nwk.state.keys.active
        if key is None or network is None:
            denied = () if parent is None else (ApsmeRemoveDeviceRequest(parent, eui64),)
            return JoinDecision.DENY_JOIN, denied
        return JoinDecision.USE_PRECONFIGURED_KEY, (
            *key,
            ApsmeTransportKeyRequest(
                destination=eui64,
                nwk_address=address,
                key_type=TransportKeyType.STANDARD_NETWORK_KEY,
                key=network.key,
                sequence=network.sequence,
                parent=parent,
            ),
        )

    def _key(
        self, eui64: Eui64, update: UpdateDeviceStatus, now: Instant
    ) -> tuple[ApsmeSetLinkKeyRequest, ...] | None:
        """What makes the key ready under which the network key goes; None where it does not go."""
        usual = int(TrustCentrePolicy.ALLOW_JOINS)
        policy = TrustCentrePolicy(self._session.policies.get(TRUST_CENTRE_POLICY, usual))
        if update == UpdateDeviceStatus.STANDARD_UNSECURED_REJOIN:
            held = self._stack.aps.keys.get(eui64) is not None
            return () if held and TrustCentrePolicy.ALLOW_UNSECURED_REJOINS in policy else None
        if TrustCentrePolicy.ALLOW_JOINS not in policy:
            return None
        key = self._transient(eui64, now)
        if key is None and TrustCentrePolicy.JOINS_USE_INSTALL_CODE_KEY not in policy:
            key = self._transient(NO_EUI64, now)
        if key is not None:
            return (ApsmeSetLinkKeyRequest(eui64, key),)
        held = any(partner == eui64 for partner, _ in self._memory.link_keys.values())
        return () if held else None

    def _transient(self, eui64: Eui64, now: Instant) -> bytes | None:
        key, until = self._session.transient_keys.get(eui64, (None, now))
        return key if until > now else None

    def _child_left(self, event: NlmeLeaveIndication | NlmeLeaveConfirm) -> Sequence[object]:
        if event.device is None:
            return ()
        address = self._stack.addresses.address_of(event.device)
        known = NO_NWK_ADDRESS if address is None else address
        child = HostCallback(
            Command.CHILD_JOIN_HANDLER,
            ChildJoin(NO_INDEX, 0, known, event.device, NodeType.UNKNOWN),
        )
        return (child, *self._gone(event.device, known, COORDINATOR))

    @staticmethod
    def _gone(eui64: Eui64, address: NwkAddress, parent: NwkAddress) -> Sequence[object]:
        told = TrustCentreJoin(
            address, eui64, UpdateDeviceStatus.DEVICE_LEFT, JoinDecision.NO_ACTION, parent
        )
        return (HostCallback(Command.TRUST_CENTER_JOIN_HANDLER, told),)

    def _remove(self, request: RemoveDevice, _now: Instant) -> Reply:
        """Have a child of ours, or of another router, leave."""
        child = self._stack.nwk.state.neighbours.find(Eui64(request.target))
        effect: object = NlmeLeaveRequest(Eui64(request.target))
        if child is None:
            effect = ApsmeRemoveDeviceRequest(NwkAddress(request.parent), Eui64(request.target))
        return Reply(Octet(EmberStatus.SUCCESS), (effect,))
