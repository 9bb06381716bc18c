"""Keys as Wireshark reads them: a `zigbee_pc_keys` file, one key a line.

Wireshark 4.0 does not take Zigbee keys out of a capture; this file stands beside it.
"""

from collections.abc import Iterable

from emulator.radio.capture import CaptureKey


def key_file(keys: Iterable[CaptureKey]) -> str:
    """The text of a `zigbee_pc_keys` file; equal octets stand once."""
    lines: dict[bytes, str] = {}
    for key in keys:
        label = "".join(each for each in key.label if each.isprintable() and each not in '"\\')
        lines.setdefault(key.octets, f'"{key.octets.hex()}","Normal","{label}"')
    return "".join(f"{line}\n" for line in lines.values())
