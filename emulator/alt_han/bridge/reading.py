"""What the ends of a bridge read in MAC frames; what is inside them is not theirs to read."""

from emulator.alt_han.bridge.primitives import Seen
from emulator.kernel.errors import WireError
from emulator.zigbee.addresses import NO_NWK_ADDRESS
from emulator.zigbee.mac.commands import (
    AssociationRequest,
    AssociationResponse,
    BeaconRequest,
    Command,
    DataRequest,
    decode_command,
)
from emulator.zigbee.mac.frames import FrameType, MacFrame


def source_of(frame: MacFrame) -> Seen | None:
    """Who sent a frame; None when it does not say."""
    if frame.source_extended is not None:
        return Seen(extended=frame.source_extended)
    if frame.source_short is not None and frame.source_short < NO_NWK_ADDRESS:
        return Seen(short=frame.source_short)
    return None


def destination_of(frame: MacFrame) -> Seen | None:
    """For whom a frame is; None when it is for everybody."""
    if frame.destination_extended is not None:
        return Seen(extended=frame.destination_extended)
    if frame.destination_short is not None and frame.destination_short < NO_NWK_ADDRESS:
        return Seen(short=frame.destination_short)
    return None


def polls(frame: MacFrame) -> bool:
    """Whether it asks a parent for what it holds."""
    return isinstance(_command(frame), DataRequest)


def associates(frame: MacFrame) -> bool:
    """Whether it asks to be let into the PAN."""
    return isinstance(_command(frame), AssociationRequest)


def listens(frame: MacFrame) -> bool:
    """Whether it asks to be let in, and says that it listens whenever it does not send (7.3.1)."""
    command = _command(frame)
    return isinstance(command, AssociationRequest) and command.capability.rx_on_when_idle


def asks_for_beacons(frame: MacFrame) -> bool:
    """Whether it asks every coordinator and router for its beacon."""
    return isinstance(_command(frame), BeaconRequest)


def named_by(frame: MacFrame) -> Seen | None:
    """The short address that an association response gives to its destination."""
    command = _command(frame)
    if isinstance(command, AssociationResponse) and command.short_address < NO_NWK_ADDRESS:
        return Seen(short=command.short_address)
    return None


def _command(frame: MacFrame) -> Command | None:
    if frame.frame_type is not FrameType.COMMAND:
        return None
    try:
        return decode_command(frame.payload)
    except WireError:
        return None
