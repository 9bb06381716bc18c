"""The same octets built and parsed by scapy, in a process of its own: its licence is not ours.

Reads the frame in hexadecimal, says `ready`, then reads numbers of rounds and answers each with the
seconds they took. Scapy knows no keys, so it neither encrypts nor looks below the NWK header.
"""

import sys
from time import perf_counter

from scapy.config import conf
from scapy.layers.dot15d4 import Dot15d4, Dot15d4Data
from scapy.layers.zigbee import ZigbeeNWK, ZigbeeSecurityHeader

conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # declared as None


def build(sealed: bytes) -> bytes:
    """The frame, field by field; `sealed` is what the network key protects, without its MIC."""
    packet = (
        Dot15d4(
            fcf_frametype=1,
            fcf_ackreq=1,
            fcf_panidcompress=1,
            fcf_destaddrmode=2,
            fcf_srcaddrmode=2,
            seqnum=42,
        )
        / Dot15d4Data(dest_panid=0x1234, dest_addr=0x0000, src_addr=0x1A2B)
        / ZigbeeNWK(
            discover_route=0,
            proto_version=2,
            frametype=0,
            flags=["security"],
            destination=0x0000,
            source=0x1A2B,
            radius=30,
            seqnum=5,
        )
        / ZigbeeSecurityHeader(
            key_type=1,
            nwk_seclevel=0,
            extended_nonce=1,
            fc=1000,
            source=0x00DB1234567890A0,
            key_seqnum=0,
            data=sealed,
        )
    )
    return bytes(packet)


def main() -> None:
    """Serve rounds until the input ends."""
    frame = bytes.fromhex(sys.stdin.readline())
    sealed = bytes(Dot15d4(frame)[ZigbeeSecurityHeader].data)
    assert build(sealed) == frame, build(sealed).hex()
    print("ready", flush=True)  # noqa: T201 - the answer of this program
    for line in sys.stdin:
        start = perf_counter()
        for _ in range(int(line)):
            Dot15d4(build(sealed))
        print(perf_counter() - start, flush=True)  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
