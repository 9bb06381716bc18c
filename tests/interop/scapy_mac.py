"""Reads MAC frames with scapy: hexadecimal frames in, one a line; field values as JSON out.

A program of its own, because scapy is GPL: only this process imports it.
"""

import json
import sys
from typing import TYPE_CHECKING

from scapy.config import conf
from scapy.layers.dot15d4 import (
    Dot15d4,
    Dot15d4Beacon,
    Dot15d4Cmd,
    Dot15d4CmdAssocReq,
    Dot15d4CmdAssocResp,
    Dot15d4CmdCoordRealign,
    Dot15d4CmdDisassociation,
    Dot15d4CmdGTSReq,
    Dot15d4Data,
)

if TYPE_CHECKING:
    from scapy.packet import Packet

LAYERS = (
    Dot15d4,
    Dot15d4Data,
    Dot15d4Cmd,
    Dot15d4Beacon,
    Dot15d4CmdAssocReq,
    Dot15d4CmdAssocResp,
    Dot15d4CmdDisassociation,
    Dot15d4CmdCoordRealign,
    Dot15d4CmdGTSReq,
)


def fields(octets: bytes) -> dict[str, int | str]:
    """Every whole number that scapy finds, by its name, and the octets after the last MAC field."""
    layer: Packet = Dot15d4(octets)
    found: dict[str, int | str] = {}
    while isinstance(layer, LAYERS):
        values = layer.fields.items()
        found |= {name: int(value) for name, value in values if isinstance(value, int)}
        layer = layer.payload
    return found | {"payload": bytes(layer.original or b"").hex()}


def main() -> None:
    """Answer every line."""
    conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # scapy declares it as None
    for line in sys.stdin:
        print(json.dumps(fields(bytes.fromhex(line))))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
