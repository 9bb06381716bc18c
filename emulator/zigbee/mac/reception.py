"""What becomes of a frame that the radio took (IEEE 802.15.4-2006 7.5.6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant
from emulator.radio.port import RadioReceived
from emulator.zigbee.addresses import BROADCAST_ALL, NO_NWK_ADDRESS
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.association import Association
from emulator.zigbee.mac.beacons import BeaconAnswer
from emulator.zigbee.mac.commands import (
    AssociationRequest,
    AssociationResponse,
    BeaconRequest,
    Command,
    DataRequest,
    decode_command,
)
from emulator.zigbee.mac.duplicates import DuplicateTable
from emulator.zigbee.mac.frames import (
    Beacon,
    FrameType,
    FrameVersion,
    MacFrame,
    decode_frame,
)
from emulator.zigbee.mac.information_elements import InformationElements, take_elements
from emulator.zigbee.mac.parent import Parent
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.poll import Poll
from emulator.zigbee.mac.primitives import McpsDataIndication, MlmeBeaconNotifyIndication
from emulator.zigbee.mac.scan import Scan


@dataclass(frozen=True, slots=True)
class Reception:
    """Hands a frame to the part of the MAC it concerns."""

    pib: MacPib
    scan: Scan
    association: Association
    poll: Poll
    beacons: BeaconAnswer
    parent: Parent
    duplicates: DuplicateTable
    interface: int = 0

    def received(self, event: RadioReceived, now: Instant) -> Sequence[Any]:
        """The effects of a frame; octets that are none become a fact."""
        try:
            frame = decode_frame(event.psdu)
            if frame.frame_type is FrameType.DATA:
                return self._data(frame, event, now)
            if frame.frame_version is FrameVersion.V2015:
                return self._version_2(frame, event, now)
            if frame.frame_type is FrameType.BEACON:
                return self._beacon(frame, Beacon.decode(frame.payload), event)
            if frame.frame_type is FrameType.COMMAND:
                return self._command(frame, decode_command(frame.payload), now)
        except WireError as fault:
            return (MalformedFrame("mac", str(fault), event.psdu),)
        return (FrameDropped("mac", "acknowledgement that the radio let through", NO_NWK_ADDRESS),)

    def _data(self, frame: MacFrame, event: RadioReceived, now: Instant) -> Sequence[Any]:
        source = frame.source_short
        if source is None:
            return (FrameDropped("mac", "data without short source", _source(frame)),)
        if self.scan.active:
            return (FrameDropped("mac", "data during a scan (7.5.2.1)", source),)
        empty = not frame.payload
        polled: Sequence[Any] = ()
        if frame.destination_short != BROADCAST_ALL:
            polled = self.poll.received(source, more=frame.frame_pending, empty=empty, now=now)
        if frame.ack_request and self.duplicates.repeated(source, frame.sequence, now):
            return (*polled, FrameDropped("mac", "duplicate", source))
        if empty:
            return polled
        destination = frame.destination_short
        return (
            *polled,
            McpsDataIndication(
                source,
                self.pib.short_address if destination is None else destination,
                self.pib.pan_id if frame.destination_pan is None else frame.destination_pan,
                frame.payload,
                event.lqi,
                event.rssi,
                self.interface,
            ),
        )

    def _version_2(self, frame: MacFrame, event: RadioReceived, now: Instant) -> Sequence[Any]:
        """An enhanced beacon, or a request for one (R23 D.11.1)."""
        elements, rest = take_elements(frame.payload)
        if frame.frame_type is FrameType.BEACON:
            return self._enhanced_beacon(frame, elements, event)
        command, device = decode_command(rest), frame.source_extended
        if not isinstance(command, BeaconRequest) or device is None:
            return (FrameDropped("mac", "no enhanced beacon request by EUI-64", _source(frame)),)
        if not self.scan.active:
            self.beacons.asked_enhanced(device, elements, now)
        return ()

    def _enhanced_beacon(
        self, frame: MacFrame, elements: InformationElements, event: RadioReceived
    ) -> Sequence[Any]:
        told, pan_id = elements.beacon, frame.destination_pan
        if told is None or pan_id is None:
            return (FrameDropped("mac", "enhanced beacon without its payload", _source(frame)),)
        self.scan.beacon_heard()
        return (
            MlmeBeaconNotifyIndication(
                channel=self.scan.channel or self.pib.channel,
                pan_id=pan_id,
                source=told.sender,
                association_permit=told.superframe.association_permit,
                pan_coordinator=told.superframe.pan_coordinator,
                payload=told.beacon_payload,
                lqi=event.lqi,
                rssi=event.rssi,
            ),
        )

    def _beacon(self, frame: MacFrame, beacon: Beacon, event: RadioReceived) -> Sequence[Any]:
        if frame.source_short is None or frame.source_pan is None:
            return (FrameDropped("mac", "beacon without short source", _source(frame)),)
        self.scan.beacon_heard()
        return (
            MlmeBeaconNotifyIndication(
                channel=self.scan.channel or self.pib.channel,
                pan_id=frame.source_pan,
                source=frame.source_short,
                association_permit=beacon.superframe.association_permit,
                pan_coordinator=beacon.superframe.pan_coordinator,
                payload=beacon.payload,
                lqi=event.lqi,
                rssi=event.rssi,
            ),
        )

    def _command(self, frame: MacFrame, command: Command, now: Instant) -> Sequence[Any]:
        if self.scan.active:
            return (FrameDropped("mac", "command during a scan (7.5.2.1)", _source(frame)),)
        if isinstance(command, DataRequest):
            return self.parent.polled(frame)
        if isinstance(command, BeaconRequest):
            self.beacons.asked(now)
            return ()
        if frame.ack_request and self.duplicates.repeated(_source(frame), frame.sequence, now):
            return (FrameDropped("mac", "duplicate", _source(frame)),)
        if isinstance(command, AssociationRequest):
            return self.parent.asked_to_associate(frame, command)
        return self._other_command(frame, command, now)

    def _other_command(self, frame: MacFrame, command: Command, now: Instant) -> Sequence[Any]:
        if isinstance(command, AssociationResponse) and frame.source_extended is not None:
            return self.association.answered(frame.source_extended, command, now)
        name = type(command).__name__
        return (FrameDropped("mac", f"{name} has no use here", _source(frame)),)


def _source(frame: MacFrame) -> int:
    """Whatever the frame calls its sender; 0xFFFE where it does not."""
    if frame.source_short is not None:
        return frame.source_short
    return NO_NWK_ADDRESS if frame.source_extended is None else frame.source_extended
