"""The frames this MAC sends, with the addressing the standard prescribes for each."""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import BROADCAST_ALL, NO_NWK_ADDRESS, NO_PAN, NwkAddress, PanId
from emulator.zigbee.mac.commands import (
    AssociationRequest,
    AssociationResponse,
    BeaconRequest,
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
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import McpsDataRequest, MlmeAssociateRequest

_SHORT: Final = AddressingMode.SHORT
_EXTENDED: Final = AddressingMode.EXTENDED


def data_frame(pib: MacPib, request: McpsDataRequest) -> MacFrame:
    """A data frame within our PAN (7.2.2.2); a broadcast is never acknowledged."""
    named = pib.short_address < NO_NWK_ADDRESS
    return MacFrame(
        FrameType.DATA,
        ack_request=request.ack and request.destination != BROADCAST_ALL,
        pan_id_compression=True,
        destination_mode=_SHORT,
        source_mode=_SHORT if named else _EXTENDED,
        sequence=pib.next_dsn(),
        destination_pan=pib.pan_id,
        destination_short=request.destination,
        source_short=pib.short_address if named else None,
        source_extended=None if named else pib.eui64,
        payload=request.msdu,
    )


def beacon_frame(pib: MacPib) -> MacFrame:
    """Our beacon in a PAN without a superframe (7.2.2.1)."""
    beacon = Beacon(
        SuperframeSpecification(
            pan_coordinator=pib.coordinator, association_permit=pib.association_permit
        ),
        payload=pib.beacon_payload,
    )
    return MacFrame(
        FrameType.BEACON,
        source_mode=_SHORT,
        sequence=pib.next_bsn(),
        source_pan=pib.pan_id,
        source_short=pib.short_address,
        payload=beacon.encode(),
    )


def beacon_request_frame(pib: MacPib) -> MacFrame:
    """A beacon request to everybody (7.3.7)."""
    return MacFrame(
        FrameType.COMMAND,
        destination_mode=_SHORT,
        sequence=pib.next_dsn(),
        destination_pan=NO_PAN,
        destination_short=BROADCAST_ALL,
        payload=encode_command(BeaconRequest()),
    )


def association_request_frame(pib: MacPib, request: MlmeAssociateRequest) -> MacFrame:
    """An association request: from PAN 0xFFFF, by EUI-64 (7.3.1.1)."""
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        destination_mode=_SHORT,
        source_mode=_EXTENDED,
        sequence=pib.next_dsn(),
        destination_pan=request.pan_id,
        destination_short=request.coordinator,
        source_pan=NO_PAN,
        source_extended=pib.eui64,
        payload=encode_command(AssociationRequest(request.capability)),
    )


def association_response_frame(
    pib: MacPib, device: Eui64, response: AssociationResponse
) -> MacFrame:
    """An association response: both sides by EUI-64 (7.3.2.1)."""
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=_EXTENDED,
        source_mode=_EXTENDED,
        sequence=pib.next_dsn(),
        destination_pan=pib.pan_id,
        destination_extended=device,
        source_extended=pib.eui64,
        payload=encode_command(response),
    )


def data_request_frame(pib: MacPib, pan_id: PanId, parent: NwkAddress) -> MacFrame:
    """A data request: by short address where we have one, else by EUI-64 (7.3.4.1)."""
    named = pib.short_address < NO_NWK_ADDRESS
    return MacFrame(
        FrameType.COMMAND,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=_SHORT,
        source_mode=_SHORT if named else _EXTENDED,
        sequence=pib.next_dsn(),
        destination_pan=pan_id,
        destination_short=parent,
        source_short=pib.short_address if named else None,
        source_extended=None if named else pib.eui64,
        payload=encode_command(DataRequest()),
    )
