"""Messages for remote parties cross a home whose air loses every tenth frame, or every third."""

import shutil
import subprocess
from pathlib import Path

import pytest

from emulator.kernel.identity import Eui64
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.mirror.primitives import CheckMirror
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
)
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "dual-fuel.csv"
MESSAGES = 20
LONGEST = 1200
"""Octets of a message on the HAN (GBCS, as a public hub sizes its buffers)."""
MARK = b"\xee"
"""First octet of every message: what no message of a remote party begins with."""

Came = TunnelledMessage | TunnelUndeliverable


class HomeWithTunnels:
    """A commissioned dual-fuel home whose two meters are in the hub's log."""

    def __init__(self, seed: int) -> None:
        self.lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=seed))
        home = self.lab.home()
        self.hub = home.hub
        self.electricity = home.device("ESME")
        self.gas = home.device("GSME")
        self.came: dict[Eui64, list[Came]] = {}
        for device in (self.hub, self.electricity, self.gas):
            self._watch(device)
        commission(self.lab, home)
        self.hub.post(LogPartner(self.electricity.description.eui64))
        self.hub.post(LogPartner(self.gas.description.eui64, sleepy=True))
        self.gas.post(CheckMirror())
        self.lab.run("1 min")

    def _watch(self, device: SmartEnergyDevice) -> None:
        came = self.came.setdefault(device.description.eui64, [])
        device.observe((TunnelledMessage, TunnelUndeliverable), came.append)

    def exchange(self, count: int) -> dict[Eui64, list[Came]]:
        """Send random messages both ways to both meters; what should come where."""
        draws = self.lab.streams.stream("messages", "octets")
        hub = self.hub.description.eui64
        due: dict[Eui64, list[Came]] = {eui64: [] for eui64 in self.came}
        for _ in range(count):
            for meter in (self.electricity, self.gas):
                other = meter.description.eui64
                down, up = (MARK + draws.octets(draws.integer(0, LONGEST - 1)) for _ in "du")
                self.hub.post(SendThroughTunnel(other, down))
                meter.post(SendThroughTunnel(hub, up))
                due[other].append(TunnelledMessage(hub, down))
                due[hub].append(TunnelledMessage(other, up))
        return due


@pytest.mark.parametrize(("seed", "loss"), [(1, 0.1), (2, 0.1), (1, 0.3)])
def test_every_message_arrives_once_though_frames_are_lost(seed: int, loss: float) -> None:
    there = HomeWithTunnels(seed)
    there.lab.links.set_default_loss(loss)

    due = there.exchange(MESSAGES)
    there.lab.run("2 h")

    for eui64, messages in due.items():
        assert sorted(there.came[eui64], key=repr) == sorted(messages, key=repr)


def test_wireshark_finds_the_messages_in_the_tunnels(tmp_path: Path) -> None:
    there = HomeWithTunnels(seed=3)

    due = there.exchange(4)
    there.lab.run("10 s")
    there.gas.post(CheckMirror())
    there.lab.run("2 min")

    judgement = judge_capture(tmp_path, there.lab.capture(), there.lab.key_file())
    assert judgement.ok, judgement
    bare = tunnelled(tmp_path / "judged.pcapng", there.lab.key_file())
    meter = there.electricity.description.eui64
    down = [each.octets.hex() for each in due[meter]]
    up = [each.octets.hex() for each in due[there.hub.description.eui64] if each.partner == meter]
    # a frame that a radio sent twice, for want of its acknowledgement, is there twice
    assert set(bare) == {*down, *up}


def tunnelled(capture: Path, keys: str) -> list[str]:
    """What tshark shows as data behind tunnel numbers, as hexadecimal.

    Messages behind the header of a gas meter it hands to a dissector of their own.
    """
    tshark = shutil.which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    options = [f"uat:zigbee_pc_keys:{line}" for line in keys.splitlines() if line.startswith('"')]
    chosen = [word for option in options for word in ("-o", option)]
    bare = "zbee_zcl_se.tun.tunnel_id and data.data"
    fields = ("-Y", bare, "-T", "fields", "-e", "data.data")
    command = [tshark or "", "-r", str(capture), *chosen, *fields]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    return read.stdout.splitlines()
