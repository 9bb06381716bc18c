"""A dual-fuel home installed and commissioned through the DCC: what everybody then knows of it."""

import subprocess
from functools import cache
from pathlib import Path
from shutil import which

import pytest

from emulator.dcc.facts import CommandSent, ResponseReceived
from emulator.gbcs.envelope import Cra, Message
from emulator.lab.inputs.scenario_files import find_scenario, load_scenario
from emulator.lab.kept.result import LinkKeyState, StepMessage
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.tunnel.facts import MessageTunnelled
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
IN_THE_HUB = ("CHF", "GPF")


@cache
def home() -> Lab:
    """The laboratory after the scenario."""
    lab = Lab(read_shipment(SHIPMENT), LabOptions(name="commissioning/dual_fuel"))
    load_scenario(find_scenario("commissioning/dual_fuel"))(lab)
    return lab


def messages() -> list[StepMessage]:
    return [message for step in home().steps for message in step.messages]


def test_everything_with_a_status_is_commissioned_and_displays_have_none() -> None:
    rows = {row.type: (row.joined, row.smi_status) for row in home().device_rows()}

    commissioned = ("CHF", "GPF", "ESME", "GSME", "PPMID", "HCALCS")
    assert rows == {
        **dict.fromkeys(commissioned, (True, "Commissioned")),
        **dict.fromkeys(("IHD", "CAD"), (True, None)),
    }


def test_every_joiner_has_agreed_its_key() -> None:
    joiners = [row for row in home().device_rows() if row.type not in IN_THE_HUB]

    assert {row.link_key for row in joiners} == {LinkKeyState.CBKE}


def test_the_gas_meter_is_commissioned_before_its_proxy_joins_it() -> None:
    """SEC App. AC 4.10, not the order in which the rows of a usual installation stand."""
    names = [step.name for step in home().steps]

    assert names.index("GSME counts as commissioned") < names.index(
        "GSME takes GPF into its device log"
    )


def test_a_meter_is_commissioned_by_its_own_response_over_the_wan() -> None:
    side = home().remote_side()
    arrived = {fact.octets for _, fact in home().trace.of(ResponseReceived) if fact.over_wan}

    for kind, code in (("ESME", 0x0062), ("GSME", 0x007F)):
        eui64 = home().home().device(kind).description.eui64
        (line,) = (
            each for each in side.inventory.history(eui64) if each.event == "COMMISSION_DEVICE"
        )
        response = Message.decode(line.message)
        assert (line.evidence, line.clause) == ("WanResponse", "SEC App. AC 4.13")
        assert (response.originator, response.other_information.message_code) == (eui64, code)
        assert line.message in arrived


def test_every_message_for_a_device_on_the_han_crosses_the_air() -> None:
    lab = home()
    hub = lab.home().hub
    own = {hub.description.eui64, lab.shipment.gas_proxy.eui64}
    sent = [len(fact.octets) for _, fact in lab.trace.of(CommandSent) if fact.device not in own]

    crossed = [
        fact.size for _, fact in lab.trace.of(MessageTunnelled, hub.name) if fact.direction == "to"
    ]

    assert len(sent) >= 15
    assert len(crossed) >= len(sent)


def test_every_message_over_the_wan_is_told_in_its_step() -> None:
    told = messages()

    assert len(told) >= 60
    assert not [message for message in told if message.title == "no message"]
    assert {message.source for message in told} >= {"DCC", "CHF", "GPF", "ESME", "GSME", "PPMID"}


def test_wireshark_sees_the_commands_in_the_tunnel(tmp_path: Path) -> None:
    require("tshark", which("tshark") is not None, "apt-get install tshark")
    capture = tmp_path / "han.pcapng"
    capture.write_bytes(home().capture())
    keys = [line for line in home().key_file().splitlines() if line.startswith('"')]
    preferences = [f"uat:zigbee_pc_keys:{line}" for line in keys]
    options = [part for each in preferences for part in ("-o", each)]
    fields = ("-T", "fields", "-e", "frame.number", "-Y", "gbcs_message")

    said = subprocess.run(
        ["tshark", "-r", str(capture), *options, *fields],
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(said.stdout.split()) >= 20


def test_the_report_shows_the_messages_without_anybodys_install_code() -> None:
    shown = "\n".join("\n".join(message.detail) for message in messages())

    for line in home().shipment.devices:
        if line.install_code is not None:
            assert line.install_code.octets.hex().upper() not in shown.upper().replace(" ", "")


def test_signed_commands_were_signed_by_the_supplier_and_maced_by_the_broker() -> None:
    clock = [
        Message.decode(fact.octets)
        for _, fact in home().trace.of(CommandSent)
        if fact.message_code == 0x0062
    ]

    assert clock
    assert all(each.cra is Cra.COMMAND and each.signature and each.mac for each in clock)


@pytest.mark.parametrize("kind", ["ESME", "GSME"])
def test_meters_show_their_mpxn_in_the_inventory(kind: str) -> None:
    lab = home()
    line = next(each for each in lab.shipment.devices if each.type == kind)

    (found,) = lab.remote_side().inventory.by_mpxn(line.mpxn)

    assert found.device == line.eui64
