"""MAC frames as devices of a small HAN send them, for tests of what reads and repeats them."""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import BROADCAST_ALL, NO_PAN, ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.commands import (
    AssociationRequest,
    AssociationResponse,
    BeaconRequest,
    Command,
    DataRequest,
    encode_command,
)
from emulator.zigbee.mac.frames import (
    AddressingMode,
    Beacon,
    FrameType,
    MacFrame,
    SuperframeSpecification,
)
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation
from emulator.zigbee.nwk.frames import ZIGBEE_PRO, BeaconPayload

PAN: Final = PanId(0x5A17)
HAN: Final = ExtendedPanId(0x00DB1234567890A2)
HUB: Final = NwkAddress(0x0000)
JOINER: Final = Eui64(0x00DB1234567890A1)
_SHORT: Final = AddressingMode.SHORT
_EXTENDED: Final = AddressingMode.EXTENDED


def data(source: int, destination: int, payload: bytes = b"msdu", sequence: int = 1) -> bytes:
    """A data frame between two short addresses; to 0xFFFF without acknowledgement."""
    return MacFrame(
        FrameType.DATA,
        ack_request=destination != BROADCAST_ALL,
        pan_id_compression=True,
        destination_mode=_SHORT,
        source_mode=_SHORT,
        sequence=sequence,
        destination_pan=PAN,
        destination_short=NwkAddress(destination),
        source_short=NwkAddress(source),
        payload=payload,
    ).encode()


def beacon(pan: PanId = PAN, han: ExtendedPanId = HAN, profile: int = ZIGBEE_PRO) -> bytes:
    """The hub's beacon."""
    payload = BeaconPayload(
        protocol_id=0,
        stack_profile=profile,
        protocol_version=2,
        reserved=0,
        router_capacity=True,
        depth=0,
        end_device_capacity=True,
        extended_pan_id=han,
    )
    return MacFrame(
        FrameType.BEACON,
        source_mode=_SHORT,
        source_pan=pan,
        source_short=HUB,
        payload=Beacon(
            SuperframeSpecification(pan_coordinator=True), payload=payload.encode()
        ).encode(),
    ).encode()


def beacon_request() -> bytes:
    """Somebody looks for networks."""
    return MacFrame(
        FrameType.COMMAND,
        destination_mode=_SHORT,
        destination_pan=NO_PAN,
        destination_short=BROADCAST_ALL,
        payload=encode_command(BeaconRequest()),
    ).encode()


def association_request(sequence: int = 1, *, listens: bool = False) -> bytes:
    """The joiner asks the hub to let it in."""
    capability = CapabilityInformation(
        full_function_device=False, mains_powered=listens, rx_on_when_idle=listens
    )
    return _from_joiner(AssociationRequest(capability), sequence)


def joiner_polls(sequence: int = 2) -> bytes:
    """The joiner asks the hub for its response."""
    return _from_joiner(DataRequest(), sequence)


def polls(source: int, sequence: int = 3) -> bytes:
    """A device that has a short address asks the hub what it holds."""
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=_SHORT,
        source_mode=_SHORT,
        sequence=sequence,
        destination_pan=PAN,
        destination_short=HUB,
        source_short=NwkAddress(source),
        payload=encode_command(DataRequest()),
    ).encode()


def association_response(short: int) -> bytes:
    """The hub gives the joiner an address."""
    response = AssociationResponse(NwkAddress(short), AssociationStatus.SUCCESS)
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=_EXTENDED,
        source_mode=_EXTENDED,
        sequence=9,
        destination_pan=PAN,
        destination_extended=JOINER,
        source_extended=Eui64(0x00DB1234567890A2),
        payload=encode_command(response),
    ).encode()


def _from_joiner(command: Command, sequence: int) -> bytes:
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=_SHORT,
        source_mode=_EXTENDED,
        sequence=sequence,
        destination_pan=PAN,
        destination_short=HUB,
        source_extended=JOINER,
        payload=encode_command(command),
    ).encode()
