"""Wireshark dissects, decrypts and reassembles what APS layers say to each other.

The frames stand in bare MAC and NWK headers without network security: what is judged here is APS.
"""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from emulator.kernel.units import seconds
from emulator.testing.judges.judges import require
from emulator.testing.stack.aps_link import ApsLink, Station
from emulator.testing.stack.aps_scene import (
    HUB,
    JOINER,
    JOINER_ADDRESS,
    KEY,
    METER,
    METER_ADDRESS,
    NETWORK_KEY,
    message,
    share,
)
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceRequest,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.nwk.primitives import NldeDataRequest

NO_FCS = 230
"""LINKTYPE_IEEE802_15_4_NOFCS."""


class Recorded(ApsLink):
    """A link that keeps who sent what."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[tuple[NwkAddress, NldeDataRequest]] = []

    def carry(self, source: Station, request: NldeDataRequest) -> None:
        self.frames.append((source.address, request))
        super().carry(source, request)


def pcap(frames: list[tuple[NwkAddress, NldeDataRequest]]) -> bytes:
    """A capture of the frames, a millisecond apart."""
    file = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, NO_FCS)
    for number, (source, request) in enumerate(frames):
        addresses = struct.pack("<HH", request.destination, source)
        mac = bytes.fromhex("4188") + bytes((number & 0xFF,)) + b"\x34\x12" + addresses
        nwk = bytes.fromhex("4800") + addresses + bytes((30, number & 0xFF))
        psdu = mac + nwk + request.nsdu
        file += struct.pack("<IIII", 1, number * 1000, len(psdu), len(psdu)) + psdu
    return file


def dissected(frames: list[tuple[NwkAddress, NldeDataRequest]], path: Path) -> str:
    """What Wireshark says about the frames, in full."""
    require("tshark", shutil.which("tshark") is not None, "apt-get install tshark")
    path.write_bytes(pcap(frames))
    key = f'uat:zigbee_pc_keys:"{KEY.hex()}","Normal","link key"'
    done = subprocess.run(
        ["tshark", "-r", str(path), "-o", key, "-V"], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def scene() -> tuple[Recorded, Station, Station]:
    link = Recorded()
    hub = link.station("hub", HUB, COORDINATOR)
    meter = link.station("meter", METER, METER_ADDRESS)
    share(hub, meter)
    return link, hub, meter


@pytest.mark.parametrize("link_key", [False, True])
def test_wireshark_reassembles_a_fragmented_message(
    link_key: bool, scene: tuple[Recorded, Station, Station], tmp_path: Path
) -> None:
    link, hub, meter = scene

    hub.post(message(b"\x01\x05\xf0" + bytes(300), link_key=link_key))
    link.run(seconds(2))
    said = dissected(link.frames, tmp_path / "fragments.pcap")

    assert meter.asdus == [b"\x01\x05\xf0" + bytes(300)]
    assert "Reassembled ZigBee APS length: 303" in said
    assert "Malformed" not in said
    assert "Encrypted Payload" not in said


def test_wireshark_opens_every_security_command(
    scene: tuple[Recorded, Station, Station], tmp_path: Path
) -> None:
    link, hub, meter = scene
    joiner = link.station("joiner", JOINER, JOINER_ADDRESS)
    hub.post(ApsmeSetLinkKeyRequest(JOINER, KEY))
    joiner.post(ApsmeSetLinkKeyRequest(NO_EUI64, KEY))
    network, load = (
        TransportKeyType.STANDARD_NETWORK_KEY,
        TransportKeyType.TRUST_CENTRE_LINK_KEY,
    )

    joined = UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
    meter.post(ApsmeUpdateDeviceRequest(COORDINATOR, JOINER, JOINER_ADDRESS, joined))
    hub.post(
        ApsmeTransportKeyRequest(
            JOINER, JOINER_ADDRESS, network, NETWORK_KEY, 5, parent=METER_ADDRESS
        ),
        ApsmeTransportKeyRequest(METER, METER_ADDRESS, load, bytes(16), nwk_security=True),
        ApsmeRemoveDeviceRequest(METER_ADDRESS, JOINER),
    )
    link.run(seconds(1))
    said = dissected(link.frames, tmp_path / "commands.pcap")

    for command in ("Update Device", "Transport Key", "Tunnel", "Remove Device"):
        assert f"Command Frame: {command}" in said
    assert NETWORK_KEY.hex() in said
    assert "Malformed" not in said
    assert "Encrypted Payload" not in said
