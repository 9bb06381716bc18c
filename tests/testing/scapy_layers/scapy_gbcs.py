"""Reads and rebuilds GBCS messages with our scapy layers: octets in, JSON out, a message a line.

`read` tells what scapy finds and whether it writes the same octets, with lengths as read and with
lengths counted again. `mutate` answers with messages that scapy changed. A program of its own,
because scapy is GPL: only this process imports it.
"""

import json
import sys
from typing import Any

from scapy.packet import Packet

from emulator.testing.scapy_layers.gbcs import (
    ABSENT,
    GbcsMac,
    GbcsMessage,
    Gbz,
    GbzComponent,
    gbcs,
)

COUNTED = (
    "length",
    "count",
    "date_time_length",
    "information_length",
    "body_length",
    "signature_length",
)


def uncounted(packet: Packet) -> None:
    """Take the lengths out of a packet and all that is in it, so that they are counted again."""
    packet.raw_packet_cache = None
    for name, value in list(packet.fields.items()):
        if name in COUNTED and value != ABSENT:
            del packet.fields[name]
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Packet):
                uncounted(part)


def read(octets: bytes) -> dict[str, Any]:
    """What scapy finds in a message."""
    packet = gbcs(octets)
    same = bytes(packet) == octets
    message = packet.message if isinstance(packet, GbcsMac) else packet
    found = {
        "cra": message.cra,
        "counter": message.counter,
        "originator": message.originator,
        "recipient": message.recipient,
        "information": message.information.hex(),
        "signature": message.signature.hex(),
        "mac": packet.mac.hex() if isinstance(packet, GbcsMac) else None,
        "clusters": [each.cluster for each in getattr(message.body, "components", [])],
    }
    uncounted(packet)
    return {**found, "same": same, "counted": bytes(packet) == octets}


def mutate(octets: bytes) -> dict[str, Any]:
    """A message with a counter of 7, one with a length too long, and one put together by hand."""
    packet = gbcs(octets)
    packet.message.counter = 7
    counted = bytes(packet)
    packet.message.body_length = 0x1234
    made = GbcsMessage(
        cra=1,
        counter=9,
        information=b"\x00\xb4",
        body=Gbz(components=[GbzComponent(control=1, cluster=0x0705, command=5, content=b"\xaa")]),
        signature_length=ABSENT,
    )
    return {"counter": counted.hex(), "length": bytes(packet).hex(), "made": bytes(made).hex()}


def main() -> None:
    """Answer every line."""
    for line in sys.stdin:
        kind, _, octets = line.strip().partition(" ")
        answer = (mutate if kind == "mutate" else read)(bytes.fromhex(octets))
        print(json.dumps(answer))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
