"""Wireshark sees the messages of remote parties in the tunnels of a home."""

import shutil
import subprocess
from pathlib import Path

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.mirror.primitives import AllowMirrorReports, CheckMirror
from emulator.smart_energy.tunnel.primitives import LogPartner, SendThroughTunnel
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "dual-fuel.csv"
NULL_ACCESS = bytes.fromhex("D9 20000001 00 00 00")
SHORT, LONG = 0x001F, 0x0051
"""Message codes of the two commands; the longer one needs many fragments."""
SERVER, CLIENT = "zbee_zcl_se.tun.cmd.srv_rx.id", "zbee_zcl_se.tun.cmd.srv_tx.id"
CODE = "gbcs_message.grouping_header.message_code"
FIELDS = (SERVER, CLIENT, "gbcs_tunnel.command", "gbcs_tunnel.remaining", CODE, "_ws.malformed")


def command(code: int, padding: int, meter: SmartEnergyDevice) -> bytes:
    """A signed command with that code, and so many octets more than it needs."""
    recipient = meter.description.eui64
    keys = make_pki(1, (recipient,)).keys
    supplier = keys.with_role(RemotePartyRole.SUPPLIER)[0]
    protection = Protection(keys=keys, agreement=StoredKeyAgreement(keys))
    payload = NULL_ACCESS + bytes(padding)
    information = OtherInformation(code)
    message = Message(Cra.COMMAND, 1000 + code, supplier, recipient, b"", information, payload)
    return protection.protect(message, signed=True, maced=True).encode()


def recorded(folder: Path) -> list[list[str]]:
    """What tshark reads in every tunnel command of a home in which both meters got both."""
    lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=1))
    home = lab.home()
    electricity, gas = home.device("ESME"), home.device("GSME")
    commission(lab, home)
    home.hub.post(LogPartner(electricity.description.eui64))
    home.hub.post(LogPartner(gas.description.eui64, sleepy=True))
    gas.post(AllowMirrorReports())
    gas.post(CheckMirror())
    lab.run("30 s")
    for meter in (electricity, gas):
        for message in (command(SHORT, 0, meter), command(LONG, 900, meter)):
            home.hub.post(SendThroughTunnel(meter.description.eui64, message))
            meter.post(SendThroughTunnel(home.hub.description.eui64, message))
            lab.run("20 s")
    gas.post(CheckMirror())
    lab.run("1 min")
    assert judge_capture(folder, lab.capture(), lab.key_file()).ok
    return dissected(folder / "judged.pcapng", lab.key_file())


def dissected(capture: Path, keys: str) -> list[list[str]]:
    """The fields of every tunnel command that has a tunnel's number."""
    tshark = shutil.which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    options = [f"uat:zigbee_pc_keys:{line}" for line in keys.splitlines() if line.startswith('"')]
    chosen = [word for option in options for word in ("-o", option)]
    shown = [word for name in FIELDS for word in ("-e", name)]
    command = [tshark or "", "-r", str(capture), *chosen]
    command += ["-Y", "zbee_zcl_se.tun.tunnel_id", "-T", "fields", *shown]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split("\t") for line in read.stdout.splitlines()]


def test_wireshark_reads_the_commands_in_the_tunnels_of_both_meters(tmp_path: Path) -> None:
    rows = recorded(tmp_path)
    to_server, to_client = "0x02", "0x01"
    put, get, answered = "0x03", "0x01", "0x02"
    short, long = f"0x{SHORT:04x}", f"0x{LONG:04x}"

    carried = [row for row in rows if row[0] == to_server or row[1] == to_client]

    assert sorted(carried) == sorted(
        [
            *([to_server, "", "", "", code, ""] for code in (short, long)),  # hub to ESME
            *(["", to_client, "", "", code, ""] for code in (short, long)),  # ESME to hub
            *([to_server, "", put, "", code, ""] for code in (short, long)),  # GSME to hub
            *([to_server, "", get, "", "", ""] for _ in (short, long)),  # GSME asks the hub
            ["", to_client, answered, "1", short, ""],  # one more waits
            ["", to_client, answered, "0", long, ""],
        ]
    )
