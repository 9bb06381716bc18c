"""The frames this MAC sends, with the addressing the standard prescribes for each."""

from functools import cache
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
    FrameVersion,
    MacFrame,
    SuperframeSpecification,
)
from emulator.zigbee.mac.information_elements import (
    EbFilter,
    EbPayloadIe,
    InformationElements,
    RejoinIe,
    TxPowerIe,
)
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import (
    McpsDataRequest,
    MlmeAssociateRequest,
    MlmeScanRequest,
)

_SHORT: Final = AddressingMode.SHORT
_EXTENDED: Final = AddressingMode.EXTENDED


def data_frame(pib: MacPib, request: McpsDataRequest) -> MacFrame:
    """A data frame within our PAN (7.2.2.2); a broadcast is never acknowledged."""
    acknowledged = request.ack and request.destination != BROADCAST_ALL
    return _within_pan(
        pib, FrameType.DATA, acknowledged, (pib.pan_id, request.destination), request.msdu
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


def enhanced_beacon_request_frame(pib: MacPib, request: MlmeScanRequest) -> MacFrame:
    """An enhanced beacon request to everybody, by EUI-64 (R23 D.11.1.1, D.11.1.3)."""
    rejoining = request.rejoining
    elements = InformationElements(
        filter=EbFilter(permit_joining_on=True) if request.permit_joining_only else None,
        rejoin=None if rejoining is None else RejoinIe(*rejoining),
        tx_power=TxPowerIe(pib.tx_power),
    )
    return MacFrame(
        FrameType.COMMAND,
        pan_id_compression=True,
        elements_present=True,
        destination_mode=_SHORT,
        frame_version=FrameVersion.V2015,
        source_mode=_EXTENDED,
        sequence=pib.next_dsn(),
        destination_pan=NO_PAN,
        destination_short=BROADCAST_ALL,
        source_extended=pib.eui64,
        payload=elements.encode() + encode_command(BeaconRequest()),
    )


def enhanced_beacon_frame(pib: MacPib, device: Eui64) -> MacFrame:
    """Our enhanced beacon for who asked (R23 D.11.1.2)."""
    superframe = SuperframeSpecification(
        pan_coordinator=pib.coordinator, association_permit=pib.association_permit
    )
    elements = InformationElements(
        beacon=EbPayloadIe(pib.beacon_payload, superframe, pib.short_address),
        tx_power=TxPowerIe(pib.tx_power),
    )
    return MacFrame(
        FrameType.BEACON,
        elements_present=True,
        destination_mode=_EXTENDED,
        frame_version=FrameVersion.V2015,
        source_mode=_EXTENDED,
        sequence=pib.next_bsn(),
        destination_pan=pib.pan_id,
        destination_extended=device,
        source_extended=pib.eui64,
        payload=elements.encode(),
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
    return _within_pan(pib, FrameType.COMMAND, True, (pan_id, parent), _data_request())


@cache
def _data_request() -> bytes:
    """The payload of every data request."""
    return encode_command(DataRequest())


def _within_pan(
    pib: MacPib,
    kind: FrameType,
    acknowledged: bool,
    destination: tuple[PanId, NwkAddress],
    payload: bytes,
) -> MacFrame:
    """A frame to a short address of one PAN, from our short address where we have one.

    Most frames are made here: their fields go by position, which takes half the time.
    """
    named = pib.short_address < NO_NWK_ADDRESS
    pan_id, address = destination
    return MacFrame(
        kind,
        False,
        False,
        acknowledged,
        True,
        0,
        False,
        False,
        _SHORT,
        FrameVersion.V2003,
        _SHORT if named else _EXTENDED,
        pib.next_dsn(),
        pan_id,
        address,
        None,
        None,
        pib.short_address if named else None,
        None if named else pib.eui64,
        payload,
    )
