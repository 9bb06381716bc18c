"""Reads a capture file of either format, as far as it carries IEEE 802.15.4."""

from dataclasses import dataclass
from pathlib import Path

from emulator.kernel.errors import UsageError, WireError
from emulator.lab.captures import pcap, pcapng
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.link_types import LINK_TYPES, take_apart
from emulator.lab.captures.packet import CaptureError, Packet, StoredKey


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """What a capture holds.

    Args:
        frames: in order.
        keys: that the file itself has for its frames.
        passed_over: packets that carry no IEEE 802.15.4.
    """

    frames: tuple[CapturedFrame, ...]
    keys: tuple[StoredKey, ...]
    passed_over: int = 0


def read_capture(path: Path) -> CaptureFile:
    """What a file holds.

    Raises:
        UsageError: when it cannot be read, or with the octet at which it is no capture of IEEE
            802.15.4.
    """
    try:
        octets = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    try:
        return parse_capture(octets)
    except CaptureError as fault:
        raise UsageError(f"{path}: {fault}") from fault


def parse_capture(octets: bytes) -> CaptureFile:
    """What the octets of a file hold.

    Raises:
        CaptureError: with the octet at which they are no capture of IEEE 802.15.4.
    """
    frames: list[CapturedFrame] = []
    keys: list[StoredKey] = []
    number = passed_over = 0
    for each in _contents(octets):
        if isinstance(each, StoredKey):
            keys.append(each)
            continue
        number += 1
        if each.link_type in LINK_TYPES:
            frames.append(_frame(each, number))
        else:
            passed_over += 1
    if passed_over and not frames:
        known = ", ".join(map(str, LINK_TYPES))
        raise CaptureError(0, f"no packet of link type {known}: no capture of IEEE 802.15.4")
    return CaptureFile(tuple(frames), tuple(keys), passed_over)


def _contents(octets: bytes) -> "list[Packet | StoredKey]":
    if octets[:4] == pcapng.SECTION:
        return list(pcapng.packets(octets))
    if octets[:4] in pcap.MAGICS:
        return list(pcap.packets(octets))
    raise CaptureError(0, "neither pcap nor pcapng")


def _frame(packet: Packet, number: int) -> CapturedFrame:
    try:
        heard = take_apart(packet.link_type, packet.octets)
    except WireError as fault:
        raise CaptureError(packet.offset, f"packet {number}: {fault}") from fault
    return CapturedFrame(
        number=number,
        at=packet.at,
        psdu=heard.psdu,
        fcs=heard.fcs,
        channel=heard.channel,
        rss=heard.rss,
    )
