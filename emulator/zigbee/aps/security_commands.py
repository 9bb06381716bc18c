"""Security services of the APS layer, each by a command to another device (R22 4.4.3 to 4.4.11)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, NwkAddress
from emulator.zigbee.aps.acceptance import TRANSPORTED_UNDER, refusal
from emulator.zigbee.aps.commands import (
    Command,
    RemoveDevice,
    RequestKey,
    RequestKeyType,
    SwitchKey,
    TransportKey,
    Tunnel,
    UpdateDevice,
    encode_command,
)
from emulator.zigbee.aps.facts import ApsCommandNotSent, ApsTunnelRelayed
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceIndication,
    ApsmeRemoveDeviceRequest,
    ApsmeRequestKeyIndication,
    ApsmeRequestKeyRequest,
    ApsmeSwitchKeyIndication,
    ApsmeSwitchKeyRequest,
    ApsmeTransportKeyIndication,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    ApsmeUpdateDeviceRequest,
    KeyOrigin,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.aps.state import ApsState
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.primitives import NldeDataRequest, NlmeSetAddressMapRequest
from emulator.zigbee.security.frames import KeyIdentifier

Effect = (
    NldeDataRequest
    | NlmeSetAddressMapRequest
    | ApsmeTransportKeyIndication
    | ApsmeRequestKeyIndication
    | ApsmeSwitchKeyIndication
    | ApsmeUpdateDeviceIndication
    | ApsmeRemoveDeviceIndication
    | ApsCommandNotSent
    | ApsTunnelRelayed
    | FrameDropped
)


class SecurityCommands:
    """Sends APS commands and acts on those that came with the right protection."""

    def __init__(self, state: ApsState) -> None:
        self._state = state

    def transport_key(self, request: ApsmeTransportKeyRequest) -> Sequence[Effect]:
        """Send a key, through the parent of a device that has no network key (R22 4.4.3.1)."""
        under = TRANSPORTED_UNDER.get(request.key_type)
        if under is None:
            return _not_sent("TRANSPORT_KEY", request.destination, "no rule for this key type")
        command = self._transport(request)
        frame = self._sealed(command, request.destination, under)
        if frame is None:
            return _not_sent("TRANSPORT_KEY", request.destination, "no link key with it")
        if request.parent is None:
            return self._send(request.nwk_address, frame, nwk_security=request.nwk_security)
        tunnel = Tunnel(request.destination, frame)
        return self._send(request.parent, self._plain(tunnel), nwk_security=True)

    def _transport(self, request: ApsmeTransportKeyRequest) -> TransportKey:
        if request.key_type == TransportKeyType.APPLICATION_LINK_KEY:
            return TransportKey(
                request.key_type,
                request.key,
                partner=request.partner,
                initiator=int(request.initiator),
            )
        network = request.key_type == TransportKeyType.STANDARD_NETWORK_KEY
        return TransportKey(
            request.key_type,
            request.key,
            sequence=request.sequence if network else None,
            destination=request.destination,
            source=self._state.eui64,
        )

    def request_key(self, request: ApsmeRequestKeyRequest) -> Sequence[Effect]:
        """Ask the trust centre for a key to share with a partner (R22 4.4.6.1)."""
        trust_centre = self._state.trust_centre
        command = RequestKey(RequestKeyType.APPLICATION_LINK_KEY, request.partner)
        frame = self._sealed(command, trust_centre, KeyIdentifier.DATA)
        if frame is None:
            return _not_sent("REQUEST_KEY", trust_centre, "no link key with the trust centre")
        return self._send(COORDINATOR, frame, nwk_security=True)

    def switch_key(self, request: ApsmeSwitchKeyRequest) -> Sequence[Effect]:
        """Say which network key is in use, under the network key alone (R22 4.4.7.1)."""
        frame = self._plain(SwitchKey(request.sequence))
        return self._send(request.destination, frame, nwk_security=True)

    def update_device(self, request: ApsmeUpdateDeviceRequest) -> Sequence[Effect]:
        """Tell the trust centre of a device, under our link key where we share one (4.4.4.1)."""
        command = UpdateDevice(request.device, request.device_address, request.status)
        frame = self._sealed(command, self._state.trust_centre, KeyIdentifier.DATA)
        return self._send(request.destination, frame or self._plain(command), nwk_security=True)

    def remove_device(self, request: ApsmeRemoveDeviceRequest) -> Sequence[Effect]:
        """Have a router remove a child or itself; always under its link key (R22 4.4.5.1)."""
        parent = self._state.address_map.eui64_of(request.parent)
        frame = None
        if parent is not None:
            frame = self._sealed(RemoveDevice(request.target), parent, KeyIdentifier.DATA)
        if frame is None:
            return _not_sent("REMOVE_DEVICE", request.target, "no link key with its parent")
        return self._send(request.parent, frame, nwk_security=True)

    def command(self, command: Command, incoming: Incoming) -> Sequence[Effect]:
        """A command came; act on it where its protection allows."""
        reason = refusal(command, incoming, self._state.settings)
        if reason:
            return (FrameDropped("aps", reason, incoming.indication.source),)
        service = self._services.get(type(command))
        if service is None:
            return self._dropped(incoming, f"{command.identifier.name} has no service here")
        effects: Sequence[Effect] = service(self, command, incoming)
        return effects

    def _take_key(self, command: TransportKey, incoming: Incoming) -> Sequence[Effect]:
        """A key for us, from the trust centre, which is the coordinator (R22 4.4.3.2, 4.6.1)."""
        source, origin = incoming.eui64, incoming.origin
        known = self._state.trust_centre
        takes_over = origin is KeyOrigin.HASHED
        if source is None or origin is None or not (takes_over or known in (NO_EUI64, source)):
            return self._dropped(incoming, "Transport-Key not from the trust centre (4.4.3.2)")
        if command.destination not in (None, self._state.eui64):
            return self._dropped(incoming, "Transport-Key for another device (R22 4.4.3.2)")
        if command.source not in (None, source):
            return self._dropped(incoming, "Transport-Key names another source (R22 4.4.3.2)")
        return (
            NlmeSetAddressMapRequest(source, COORDINATOR),
            ApsmeTransportKeyIndication(
                source,
                command.key_type,
                command.key,
                command.sequence or 0,
                origin,
                command.partner,
            ),
        )

    def _key_asked(self, command: RequestKey, incoming: Incoming) -> Sequence[Effect]:
        """A device wants a key for itself and a partner; only the trust centre makes one."""
        if incoming.eui64 is None or self._state.trust_centre != self._state.eui64:
            return self._dropped(incoming, "Request-Key to no trust centre (R22 4.4.6.2)")
        if command.partner is None:
            return self._dropped(incoming, "Request-Key for the trust centre's own key (ZSE 1.4)")
        return (ApsmeRequestKeyIndication(incoming.eui64, command.partner),)

    def _switch(self, command: SwitchKey, incoming: Incoming) -> Sequence[Effect]:
        if incoming.eui64 is None or incoming.eui64 != self._state.trust_centre:
            return self._dropped(incoming, "Switch-Key not from the trust centre (4.4.7.2)")
        return (ApsmeSwitchKeyIndication(incoming.eui64, command.sequence),)

    def _device_updated(self, command: UpdateDevice, incoming: Incoming) -> Sequence[Effect]:
        """It names both addresses of the device, whose announcement may be lost (R22 4.4.4.2)."""
        told = ApsmeUpdateDeviceIndication(
            incoming.indication.source,
            incoming.eui64,
            command.device,
            command.device_address,
            command.status,
        )
        if command.status == UpdateDeviceStatus.DEVICE_LEFT:
            return (told,)
        return (NlmeSetAddressMapRequest(command.device, command.device_address), told)

    def _removal(self, command: RemoveDevice, incoming: Incoming) -> Sequence[Effect]:
        if incoming.eui64 is None or incoming.eui64 != self._state.trust_centre:
            return self._dropped(incoming, "Remove-Device not from the trust centre (4.4.5.2)")
        return (ApsmeRemoveDeviceIndication(incoming.eui64, command.target, incoming.security),)

    def _relay(self, command: Tunnel, incoming: Incoming) -> Sequence[Effect]:
        """Hand the tunnelled frame to our child, which cannot open NWK frames (4.4.11.6)."""
        address = self._state.address_map.address_of(command.destination)
        if address is None:
            return self._dropped(incoming, "Tunnel to a device we do not know (4.4.11.6)")
        fact = ApsTunnelRelayed(command.destination, len(command.frame))
        return (fact, *self._send(address, command.frame, nwk_security=False))

    def _dropped(self, incoming: Incoming, reason: str) -> Sequence[Effect]:
        return (FrameDropped("aps", reason, incoming.indication.source),)

    def _header(self, *, security: bool) -> ApsHeader:
        return ApsHeader(
            FrameType.COMMAND,
            DeliveryMode.UNICAST,
            ack_format=False,
            security=security,
            ack_request=False,
            extended=False,
            counter=self._state.next_counter(),
        )

    def _plain(self, command: Command) -> bytes:
        return self._header(security=False).encode() + encode_command(command)

    def _sealed(self, command: Command, partner: Eui64, under: KeyIdentifier) -> bytes | None:
        """The command under the key shared with `partner`; None when there is none to use."""
        pair = self._state.keys.get(partner)
        if pair is None:
            return None
        header = self._header(security=True)
        try:
            return self._state.security.seal(header, encode_command(command), pair, under)
        except SecurityError:
            return None

    def _send(
        self, address: NwkAddress, frame: bytes, *, nwk_security: bool
    ) -> Sequence[NldeDataRequest]:
        handle = next(self._state.handles)
        return (NldeDataRequest(handle, address, frame, security=nwk_security),)

    _services: ClassVar[Mapping[type, Any]] = {
        TransportKey: _take_key,
        UpdateDevice: _device_updated,
        RemoveDevice: _removal,
        Tunnel: _relay,
        RequestKey: _key_asked,
        SwitchKey: _switch,
    }


def _not_sent(command: str, device: Eui64, reason: str) -> Sequence[ApsCommandNotSent]:
    return (ApsCommandNotSent(command, device, reason),)
