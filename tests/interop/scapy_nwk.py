"""Reads NWK frames with scapy: hexadecimal octets in, one frame a line; field values as JSON out.

A line that starts with `beacon` holds a beacon payload instead. A program of its own, because
scapy is GPL: only this process imports it.
"""

import json
import sys
from typing import Any

from scapy.config import conf
from scapy.layers.zigbee import (
    ZigBeeBeacon,
    ZigbeeNWK,
    ZigbeeNWKCommandPayload,
    ZigbeeSecurityHeader,
)

LAYERS = (ZigbeeNWK, ZigbeeNWKCommandPayload, ZigbeeSecurityHeader, ZigBeeBeacon)


def plain(value: Any) -> Any:
    """A field value as JSON knows it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [plain(each.fields if hasattr(each, "fields") else each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return int(value)


def fields(line: str) -> dict[str, Any]:
    """Every value that scapy finds, by layer and name."""
    kind, _, octets = line.rpartition(" ")
    layer: Any = (ZigBeeBeacon if kind == "beacon" else ZigbeeNWK)(bytes.fromhex(octets))
    found: dict[str, Any] = {}
    while isinstance(layer, LAYERS):
        found[type(layer).__name__] = {
            name: plain(value) for name, value in layer.fields.items() if value is not None
        }
        layer = layer.payload
    return found


def main() -> None:
    """Answer every line."""
    conf.dot15d4_protocol = "zigbee"  # type: ignore[assignment]  # scapy declares it as None
    for line in sys.stdin:
        print(json.dumps(fields(line.strip())))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
