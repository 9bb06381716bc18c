"""A supplier switches the load of a HAN connected switch through the electricity meter."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from emulator.lab.installing.installation import Ask, Installation
from emulator.smart_energy.facts import LoadControlReported, LoadSwitched
from emulator.testing.judges.capture_judge import judge_capture
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.demand_response import EventStatus

pytestmark = pytest.mark.slow

HECS01, STATUS, EVENT = "to server 0x01", "to server 0x00", "to client 0x00"
"""Get Scheduled Events, Report Event Status and Load Control Event, as `dissected` writes them."""
SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


@pytest.fixture(scope="module")
def work() -> Installation:
    """A hub, an electricity meter, and a switch that hangs on its first controller."""
    home = installed_home(SHIPMENT, "ESME", "HCALCS")
    home.lab.run("1 min")
    switch = home.home.device("HCALCS").description.eui64
    hung: dict[str, object] = {
        "controller_1_type_and_identifier": f"{switch:016X}",
        "controller_calendar": [],
    }
    home.ask("the switch hangs on the first controller", order(home, "6.14.2", hung))
    home.lab.run("10 s")
    return home


def order(work: Installation, srv: str, values: dict[str, object]) -> Ask:
    meter = work.home.device("ESME").description.eui64
    return Ask(srv=srv, clause="GBCS ECS46c, ECS47", target=meter, parameters=values)


def command(work: Installation, srv: str, state: int) -> list[bool]:
    """Commands the first controller; how the switch went meanwhile."""
    before = len(list(work.lab.trace.of(LoadSwitched, "HCALCS")))
    work.ask(f"state {state:04X}", order(work, srv, {"controller_and_commanded_state": state}))
    work.lab.run("10 s")
    switched = [fact.closed for _, fact in work.lab.trace.of(LoadSwitched, "HCALCS")]
    return switched[before:]


def test_a_command_closes_the_switch_and_another_opens_it(
    work: Installation, tmp_path: Path
) -> None:
    assert command(work, "7.5", 0x0111) == [True]
    assert command(work, "7.6", 0x0112) == [False]

    reported = [fact.status for _, fact in work.lab.trace.of(LoadControlReported, "ESME")]
    assert reported[-3:] == [EventStatus.RECEIVED, EventStatus.SUPERSEDED, EventStatus.STARTED]
    assert judge_capture(tmp_path, work.lab.capture(), work.lab.key_file()).ok
    told = dissected(tmp_path / "judged.pcapng", work.lab.key_file())
    assert told[0] == (HECS01, "")
    assert list(dict.fromkeys(told[1:])) == [
        (EVENT, "0x00"),
        (STATUS, "0x00"),
        (EVENT, "0x64"),
        (STATUS, "0x64"),
    ]


def test_a_command_for_another_controller_leaves_the_switch_alone(work: Installation) -> None:
    assert command(work, "7.5", 0x0211) == []


def test_switch_goes_on_after_a_loss_of_power(work: Installation) -> None:
    assert command(work, "7.5", 0x0111) == [True]
    switch = work.home.device("HCALCS")
    switch.power_off()
    work.lab.run("1 min")
    switch.power_on()
    work.lab.run("3 min")

    assert command(work, "7.6", 0x0112) == [False]


def dissected(capture: Path, keys: str) -> list[tuple[str, str]]:
    """Commands of load control and the duty cycle that each tells, as Wireshark reads them."""
    sent, received, cycle, applied = (
        f"zbee_zcl_se.drlc.{name}"
        for name in (
            "cmd.srv_tx.id",
            "cmd.srv_rx.id",
            "duty_cycle",
            "report_event.duty_cycle_applied",
        )
    )
    options = [f"uat:zigbee_pc_keys:{line}" for line in keys.splitlines() if line.startswith('"')]
    chosen = [word for option in options for word in ("-o", option)]
    shown = [word for name in (sent, received, cycle, applied) for word in ("-e", name)]
    command = [which("tshark") or "", "-r", str(capture), *chosen, "-T", "fields", *shown]
    command += ["-Y", f"{sent} or {received}"]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in read.stdout.splitlines()]
    return [
        (f"to client {row[0]}" if row[0] else f"to server {row[1]}", row[2] or row[3])
        for row in rows
    ]
