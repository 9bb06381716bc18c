"""The same octets built and parsed by scapy, in a process of its own: its licence is not ours.

Scapy knows no keys. So it is given, for each of the two seals, what is sealed and what it opens to;
it builds and parses every layer around and inside them, and is spared the encryption.

Reads a line of hexadecimal for each of MPDU, opened NWK payload and opened APS payload, says
`ready`, then reads numbers of rounds and answers each with the seconds they took.
"""

import sys
from dataclasses import dataclass
from time import perf_counter

from scapy.config import conf
from scapy.layers.dot15d4 import Dot15d4, Dot15d4Data
from scapy.layers.zigbee import (
    ZCLAttributeReport,
    ZCLGeneralReportAttributes,
    ZigbeeAppDataPayload,
    ZigbeeClusterLibrary,
    ZigbeeNWK,
    ZigbeeSecurityHeader,
)

conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # declared as None


@dataclass(frozen=True, slots=True)
class Given:
    """What scapy cannot make itself.

    Args:
        nwk_sealed: what the network key seals, with its MIC.
        aps_sealed: what the link key seals, with its MIC.
    """

    nwk_sealed: bytes
    aps_sealed: bytes


def build(given: Given) -> tuple[bytes, bytes, bytes]:
    """The MPDU, the opened NWK payload and the opened APS payload, field by field."""
    return _mpdu(given.nwk_sealed), _aps(given.aps_sealed), _zcl()


def _zcl() -> bytes:
    reports = [
        ZCLAttributeReport(
            attribute_identifier=0x0000,
            attribute_data_type=0x25,
            attribute_data=(123_456_789).to_bytes(6, "little"),
        ),
        ZCLAttributeReport(
            attribute_identifier=0x0400,
            attribute_data_type=0x2A,
            attribute_data=(-1_500).to_bytes(3, "little", signed=True),
        ),
    ]
    header = ZigbeeClusterLibrary(
        zcl_frametype=0, command_direction=1, transaction_sequence=3, command_identifier=0x0A
    )
    return bytes(header / ZCLGeneralReportAttributes(attribute_reports=reports))


def _aps(sealed: bytes) -> bytes:
    header = ZigbeeAppDataPayload(
        frame_control=["security", "ack_req"],
        delivery_mode=0,
        aps_frametype=0,
        dst_endpoint=1,
        cluster=0x0702,
        profile=0x0109,
        src_endpoint=1,
        counter=7,
    )
    security = ZigbeeSecurityHeader(key_type=0, nwk_seclevel=0, extended_nonce=0, fc=9, data=sealed)
    return bytes(header / security)


def _mpdu(sealed: bytes) -> bytes:
    mac = Dot15d4(
        fcf_frametype=1,
        fcf_ackreq=1,
        fcf_panidcompress=1,
        fcf_destaddrmode=2,
        fcf_srcaddrmode=2,
        seqnum=42,
    ) / Dot15d4Data(dest_panid=0x1234, dest_addr=0x0000, src_addr=0x1A2B)
    nwk = ZigbeeNWK(
        discover_route=0,
        proto_version=2,
        frametype=0,
        flags=["security"],
        destination=0x0000,
        source=0x1A2B,
        radius=30,
        seqnum=5,
    )
    security = ZigbeeSecurityHeader(
        key_type=1,
        nwk_seclevel=0,
        extended_nonce=1,
        fc=1000,
        source=0x00DB1234567890A0,
        key_seqnum=0,
        data=sealed,
    )
    return bytes(mac / nwk / security)


def parse(mpdu: bytes, aps: bytes, zcl: bytes) -> None:
    """Every layer of the frame, each from the octets it opens to."""
    Dot15d4(mpdu)
    ZigbeeAppDataPayload(aps)
    ZigbeeClusterLibrary(zcl)


def main() -> None:
    """Serve rounds until the input ends."""
    octets = tuple(bytes.fromhex(sys.stdin.readline()) for _ in range(3))
    mpdu, aps, _ = octets
    given = Given(
        bytes(Dot15d4(mpdu)[ZigbeeSecurityHeader].data),
        bytes(ZigbeeAppDataPayload(aps)[ZigbeeSecurityHeader].data),
    )
    assert build(given) == octets, [each.hex() for each in build(given)]
    print("ready", flush=True)  # noqa: T201 - the answer of this program
    for line in sys.stdin:
        start = perf_counter()
        for _ in range(int(line)):
            parse(*build(given))
        print(perf_counter() - start, flush=True)  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
