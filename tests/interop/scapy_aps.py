"""Reads APS frames with scapy: hexadecimal frames in, one a line; field values as JSON out.

A program of its own, because scapy is GPL: only this process imports it.
"""

import json
import sys
from typing import Any

from scapy.config import conf
from scapy.layers.zigbee import (
    ZigbeeAppCommandPayload,
    ZigbeeAppDataPayload,
    ZigbeeSecurityHeader,
)

LAYERS = (ZigbeeAppDataPayload, ZigbeeSecurityHeader, ZigbeeAppCommandPayload)


def fields(octets: bytes) -> dict[str, int | str]:
    """Every value that scapy finds, by layer and name, and the octets after the last APS field."""
    layer: Any = ZigbeeAppDataPayload(octets)
    found: dict[str, int | str] = {}
    while isinstance(layer, LAYERS):
        for name, value in layer.fields.items():
            if isinstance(value, bytes):
                found[name] = value.hex()
            elif value is not None:
                found[name] = int(value)
        layer = layer.payload
    return found | {"payload": bytes(layer.original or b"").hex()}


def main() -> None:
    """Answer every line."""
    conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # scapy declares it as None
    for line in sys.stdin:
        print(json.dumps(fields(bytes.fromhex(line))))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
