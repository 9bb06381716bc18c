"""Wireshark's dissectors read the enhanced beacon requests and beacons of the sub-GHz pages."""

import subprocess
from pathlib import Path
from shutil import which

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Calendar, Duration, Instant
from emulator.radio.air import Transmission
from emulator.radio.capture import Capture
from emulator.radio.fcs import with_fcs
from emulator.radio.port import Channel
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.judges.judges import require
from emulator.testing.stack.mac_bench import BEACON_PAYLOAD
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.building import enhanced_beacon_frame, enhanced_beacon_request_frame
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import MlmeScanRequest, ScanKind

DEVICE = Eui64(0x00DB1234567890A1)
HOME = ExtendedPanId(0x1122334455667788)
JOINING = MlmeScanRequest(ScanKind.ACTIVE, (), 3, permit_joining_only=True)
RETURNING = MlmeScanRequest(ScanKind.ACTIVE, (), 3, rejoining=(HOME, NwkAddress(0x4321)))
FIELDS = (
    "wpan-tap.ch_page",
    "wpan-tap.ch_num",
    "wpan.eb_filter.pjoin",
    "zbee_nwk.zigbee_ie.tx_power",
    "zbee_beacon.ext_panid",
    "wpan.dst64",
)


def captured() -> bytes:
    pib = MacPib(Eui64(0x00DB1234567890A0), Stream("pib"))
    pib.pan_id, pib.short_address = PanId(0x5A17), NwkAddress(0)
    pib.beacon_payload, pib.tx_power = BEACON_PAYLOAD, -3
    frames = (
        enhanced_beacon_request_frame(pib, JOINING),
        enhanced_beacon_request_frame(pib, RETURNING),
        enhanced_beacon_frame(pib, DEVICE),
    )
    capture = Capture(Calendar())
    for number, frame in enumerate(frames):
        start = Instant(number * 100_000)
        psdu = with_fcs(frame.encode())
        capture.observe(Transmission(start, Duration(5_000), Channel(28, 7), "CHF", psdu))
    return capture.document()


def test_wireshark_finds_nothing_wrong(tmp_path: Path) -> None:
    judged = judge_capture(tmp_path, captured(), "", least=3)

    assert judged.ok


def test_wireshark_reads_channel_filter_power_and_network(tmp_path: Path) -> None:
    require("tshark", which("tshark") is not None, "apt-get install tshark")
    path = tmp_path / "enhanced.pcapng"
    path.write_bytes(captured())
    asked = [word for field in FIELDS for word in ("-e", field)]
    command = ["tshark", "-r", str(path), "-T", "fields", "-E", "separator=|", *asked]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said.splitlines() == [
        "28|7|1|-3||",
        "28|7||-3||",
        "28|7||-3|11:22:33:44:55:66:77:88|00:db:12:34:56:78:90:a1",
    ]
