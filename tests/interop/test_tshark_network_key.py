"""Wireshark opens every frame of a home that changes its network key, and names the commands."""

import shutil
import subprocess
from pathlib import Path

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.primitives import UpdateNetworkKey
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "dual-fuel.csv"
COMMAND, NUMBER = "zbee_aps.cmd.id", "zbee_aps.cmd.seqno"
TRANSPORT_KEY, SWITCH_KEY = "0x05", "0x09"


def commands(capture: Path, keys: str) -> list[list[str]]:
    """Every APS command that names a key by its number."""
    tshark = shutil.which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    options = [f"uat:zigbee_pc_keys:{line}" for line in keys.splitlines() if line.startswith('"')]
    chosen = [word for option in options for word in ("-o", option)]
    command = [tshark or "", "-r", str(capture), *chosen, "-Y", NUMBER]
    command += ["-T", "fields", "-e", COMMAND, "-e", NUMBER]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in read.stdout.splitlines()]


def test_wireshark_follows_a_network_to_its_next_key(tmp_path: Path) -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=1))
    home = lab.home()
    commission(lab, home)

    home.hub.post(UpdateNetworkKey())
    lab.run("2 min")

    assert judge_capture(tmp_path, lab.capture(), lab.key_file()).ok
    told = commands(tmp_path / "judged.pcapng", lab.key_file())
    assert [TRANSPORT_KEY, "1"] in told
    assert [SWITCH_KEY, "1"] in told
