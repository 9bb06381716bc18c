"""The APS layer of one node as one machine; it sorts events to the parts that know the rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.aps.binding_table import BindingTable
from emulator.zigbee.aps.commands import decode_command
from emulator.zigbee.aps.data_receiver import DataReceiver
from emulator.zigbee.aps.data_sender import DataSender
from emulator.zigbee.aps.frames import ApsHeader, FrameType
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.key_pairs import DeviceKeyPairSet
from emulator.zigbee.aps.primitives import (
    ApsdeDataRequest,
    ApsmeRemoveDeviceRequest,
    ApsmeRequestKeyRequest,
    ApsmeResetRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeSetSleepyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeSwitchKeyRequest,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceRequest,
)
from emulator.zigbee.aps.security_commands import SecurityCommands
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.aps.state import ApsState
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.nwk.primitives import NldeDataConfirm, NldeDataIndication

Effects = Sequence[Any]


class ApsMachine:
    """Between NWK and whatever stands above (R22 2.2, 4.4).

    Args:
        eui64: our own.
        settings: timers, counts and policies.
        address_map: who has which short address.
        handles: NLDE handles, one count for the whole node.
        stream: draws the APS counter to begin with.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        NldeDataIndication,
        NldeDataConfirm,
        ApsdeDataRequest,
        ApsmeTransportKeyRequest,
        ApsmeRequestKeyRequest,
        ApsmeSwitchKeyRequest,
        ApsmeUpdateDeviceRequest,
        ApsmeRemoveDeviceRequest,
        ApsmeSetLinkKeyRequest,
        ApsmeSetTrustCentreRequest,
        ApsmeSetSleepyRequest,
        ApsmeResetRequest,
    )

    def __init__(
        self,
        eui64: Eui64,
        settings: ApsSettings,
        address_map: AddressLookup,
        handles: Iterator[int],
        stream: Stream,
    ) -> None:
        self._state = ApsState(eui64, settings, address_map, handles, stream.integer(0, 0xFF))
        self._sender = DataSender(self._state)
        self._receiver = DataReceiver(self._state)
        self._commands = SecurityCommands(self._state)
        self._handlers: dict[type, Callable[[Any, Instant], Effects]] = {
            NldeDataIndication: self._frame,
            NldeDataConfirm: self._sender.confirmed,
            ApsdeDataRequest: self._sender.send,
            ApsmeTransportKeyRequest: lambda event, _: self._commands.transport_key(event),
            ApsmeRequestKeyRequest: lambda event, _: self._commands.request_key(event),
            ApsmeSwitchKeyRequest: lambda event, _: self._commands.switch_key(event),
            ApsmeUpdateDeviceRequest: lambda event, _: self._commands.update_device(event),
            ApsmeRemoveDeviceRequest: lambda event, _: self._commands.remove_device(event),
            ApsmeSetLinkKeyRequest: self._set_link_key,
            ApsmeSetTrustCentreRequest: self._set_trust_centre,
            ApsmeSetSleepyRequest: self._set_sleepy,
            ApsmeResetRequest: self._reset,
        }

    @property
    def keys(self) -> DeviceKeyPairSet:
        """The link keys, for whoever reports on them."""
        return self._state.keys

    @property
    def counter(self) -> int:
        """The APS counter of the last message we sent."""
        return self._state.counter

    @property
    def bindings(self) -> BindingTable:
        """The binding table, which ZDO edits."""
        return self._state.bindings

    @property
    def deadline(self) -> Instant | None:
        """When something is next due."""
        sender, receiver = self._sender.deadline, self._receiver.reassembler.deadline
        if sender is None or receiver is None:
            return receiver if sender is None else sender
        return min(receiver, sender)

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of a primitive from above or below."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Effects:
        """Retries, blocks and timeouts that are due."""
        return (*self._sender.wake(now), *self._receiver.wake(now))

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return self._state.snapshot()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._state.restore(state)

    def _frame(self, indication: NldeDataIndication, now: Instant) -> Effects:
        """A frame came: take its protection off, then sort it by type (R22 2.2.5.1.1.1)."""
        try:
            incoming = self._open(indication)
            if incoming.header.frame_type == FrameType.COMMAND:
                return self._command(incoming)
        except WireError as fault:
            return (MalformedFrame("aps", str(fault), indication.nsdu),)
        except SecurityError as fault:
            return (FrameDropped("aps", str(fault), indication.source),)
        if incoming.header.frame_type == FrameType.DATA:
            return self._receiver.data(incoming, now)
        if incoming.header.frame_type == FrameType.ACKNOWLEDGEMENT:
            by_link_key = incoming.origin is not None
            return self._sender.acknowledged(
                indication.source, incoming.header, by_link_key=by_link_key, now=now
            )
        return (FrameDropped("aps", "inter-PAN frame (R22 2.2.5.1.1.1)", indication.source),)

    def _open(self, indication: NldeDataIndication) -> Incoming:
        nsdu = indication.nsdu
        header, after = ApsHeader.take(nsdu)
        sender = indication.source_eui64
        if sender is None:
            sender = self._state.address_map.eui64_of(indication.source)
        if not header.security:
            return Incoming(indication, header, nsdu[after:], sender)
        opened = self._state.security.open(nsdu, after, sender, self._state.trust_centre)
        pair = opened.pair
        return Incoming(
            indication, header, opened.payload, pair.eui64, pair.origin, opened.identifier
        )

    def _command(self, incoming: Incoming) -> Effects:
        command = decode_command(incoming.payload)
        return (
            *self._receiver.acknowledge(incoming),
            *self._commands.command(command, incoming),
        )

    def _set_link_key(self, request: ApsmeSetLinkKeyRequest, _: Instant) -> Effects:
        if request.key is None:
            self._state.keys.forget(request.eui64)
        else:
            self._state.keys.set(request.eui64, request.key, request.origin)
        return ()

    def _set_trust_centre(self, request: ApsmeSetTrustCentreRequest, _: Instant) -> Effects:
        self._state.trust_centre = request.eui64
        return ()

    def _set_sleepy(self, request: ApsmeSetSleepyRequest, _: Instant) -> Effects:
        if request.sleepy:
            self._state.sleepy.add(request.eui64)
        else:
            self._state.sleepy.discard(request.eui64)
        return ()

    def _reset(self, request: ApsmeResetRequest, _: Instant) -> Effects:
        self._sender.clear()
        self._receiver.clear()
        if not request.warm:
            self._state.clear()
        return ()
