"""One metering report under both keys, built and parsed by the layers of this project."""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import AttributeRecord, ReportAttributes
from emulator.zcl.foundation.header import FrameType as ZclFrameType
from emulator.zcl.foundation.header import ZclHeader
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, PanId, ProfileId
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode
from emulator.zigbee.aps.frames import FrameType as ApsFrameType
from emulator.zigbee.mac.frames import AddressingMode, MacFrame, decode_frame
from emulator.zigbee.mac.frames import FrameType as MacFrameType
from emulator.zigbee.nwk.frames import DiscoverRoute, NwkHeader
from emulator.zigbee.nwk.frames import FrameType as NwkFrameType
from emulator.zigbee.security.frames import (
    AuxiliaryHeader,
    KeyIdentifier,
    auxiliary_header,
    open_frame,
    seal_frame,
)

NETWORK_KEY: Final = bytes(range(16))
LINK_KEY: Final = bytes(range(16, 32))
METER: Final = Eui64(0x00DB1234567890A0)
HUB: Final = NwkAddress(0x0000)
METER_ADDRESS: Final = NwkAddress(0x1A2B)


def build() -> bytes:
    """The MPDU that carries the report."""
    aps = ApsHeader(
        ApsFrameType.DATA,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=True,
        ack_request=True,
        extended=False,
        destination_endpoint=Endpoint(1),
        cluster=ClusterId(0x0702),
        profile=ProfileId(0x0109),
        source_endpoint=Endpoint(1),
        counter=7,
    ).encode()
    aps += seal_frame(LINK_KEY, aps, auxiliary_header(KeyIdentifier.DATA, 9), _report(), METER)
    return MacFrame(
        MacFrameType.DATA,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=AddressingMode.SHORT,
        source_mode=AddressingMode.SHORT,
        sequence=42,
        destination_pan=PanId(0x1234),
        destination_short=HUB,
        source_short=METER_ADDRESS,
        payload=_nwk(aps),
    ).encode()


def _report() -> bytes:
    header = ZclHeader(ZclFrameType.GENERAL, False, True, False, 0, None, 3, 0x0A)
    records = (
        AttributeRecord(0x0000, DataType.UINT48, 123_456_789),
        AttributeRecord(0x0400, DataType.INT24, -1_500),
    )
    return header.encode() + ReportAttributes(records).encode()


def _nwk(payload: bytes) -> bytes:
    header = NwkHeader(
        NwkFrameType.DATA,
        2,
        DiscoverRoute.SUPPRESS,
        multicast=False,
        security=True,
        has_source_route=False,
        has_destination_eui64=False,
        has_source_eui64=False,
        end_device_initiator=False,
        reserved=0,
        destination=HUB,
        source=METER_ADDRESS,
        radius=30,
        sequence=5,
    ).encode()
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 1000, source=METER, key_sequence=0)
    return header + seal_frame(NETWORK_KEY, header, auxiliary, payload, METER)


def parse(mpdu: bytes) -> ReportAttributes:
    """The report that the MPDU carries, both MICs verified."""
    zcl = opened(mpdu)[1]
    _, at = ZclHeader.take(zcl)
    return ReportAttributes.decode(zcl[at:])


def opened(mpdu: bytes) -> tuple[bytes, bytes]:
    """What the network key opens, an APS frame, and what the link key opens, a ZCL frame."""
    nwk = decode_frame(mpdu).payload
    _, at = NwkHeader.take(nwk)
    auxiliary, after = AuxiliaryHeader.take(nwk, at)
    assert auxiliary.source is not None
    aps = open_frame(NETWORK_KEY, nwk[:at], auxiliary, nwk[after:], auxiliary.source)
    _, at = ApsHeader.take(aps)
    inner, after = AuxiliaryHeader.take(aps, at)
    return aps, open_frame(LINK_KEY, aps[:at], inner, aps[after:], auxiliary.source)
