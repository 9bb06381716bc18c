"""Two flats through one DCC, one of them across a bridge, with a gas meter that sleeps."""

from pathlib import Path

import pytest

from emulator.building.block import Block
from emulator.building.building_file import read_building
from emulator.kernel.units import seconds
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.testing.scenes.small_block import SMALL_BLOCK

GAS = """
[[fitted]]
type = "GSME"
dwellings = ["high"]
at = [1, 4]

[[fitted]]
type = "PPMID"
dwellings = ["high"]
at = [2, 2]
"""


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lab, Block]:
    """The two flats, commissioned."""
    path = tmp_path_factory.mktemp("block") / "b.toml"
    path.write_text(SMALL_BLOCK + GAS)
    lab = Lab(bench_shipment(), LabOptions())
    made = Block(lab, read_building(path), path)
    for home in made.homes:
        made.fit(home)
    made.commission(made.homes)
    return lab, made


def test_every_device_counts_as_commissioned_at_one_dcc(block: tuple[Lab, Block]) -> None:
    lab, made = block

    assert all(home.complete for home in made.homes)
    statuses = {row.name: row.smi_status for row in lab.device_rows()}
    assert statuses == {
        **dict.fromkeys(("low CHF", "low ESME"), "Commissioned"),
        "low GPF": statuses["low GPF"],
        "low IHD": None,
        **dict.fromkeys(
            ("high CHF", "high GPF", "high ESME", "high GSME", "high PPMID"), "Commissioned"
        ),
        "high IHD": None,
    }


def test_each_supply_point_is_known_to_the_dcc_by_its_meter(block: tuple[Lab, Block]) -> None:
    lab, made = block

    for home in made.homes:
        for line in home.lab.shipment.devices:
            if line.mpxn:
                (found,) = lab.remote_side().inventory.by_mpxn(line.mpxn)
                assert found.device == line.eui64


def test_messages_of_every_home_are_in_the_steps_and_no_install_code(
    block: tuple[Lab, Block],
) -> None:
    lab, made = block

    messages = [message for step in lab.steps for message in step.messages]

    ends = {end for message in messages for end in (message.source, message.destination)}
    assert {"low CHF", "low ESME", "high ESME", "high GSME", "high PPMID", "high GPF"} <= ends
    text = "\n".join(line for message in messages for line in message.detail)
    codes = [code.hex().upper() for home in made.homes for code in home.lab.shipment.install_codes]
    assert codes
    assert not [code for code in codes if code in text]


def test_a_command_outlives_a_short_loss_of_the_line_and_not_a_long_one(
    block: tuple[Lab, Block],
) -> None:
    lab, made = block
    home, bridge = made.homes[1].lab, made.homes[1].bridge
    assert bridge is not None
    work = Installation(home, lab.remote_side(), home.home())
    asked = Ask(srv="8.9", clause="GBCS CS07", target=work.find("PPMID"))

    bridge.cut(out=True)
    lab.scheduler.after(seconds(3), lambda: bridge.cut(out=False))
    work.ask("its device log is read", asked)
    bridge.cut(out=True)
    work.unanswered("its device log is read", asked)

    assert "E21" in lab.steps[-1].detail


def test_a_device_that_missed_its_hubs_window_is_logged_again(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(SMALL_BLOCK)
    lab = Lab(bench_shipment(), LabOptions())
    made = Block(lab, read_building(tmp_path / "b.toml"), tmp_path / "b.toml")
    low = made.homes[0].lab.home()
    lab.out_of_reach(low.hub, low.device("ESME"))
    lab.scheduler.after(seconds(150), lambda: lab.in_reach(low.hub, low.device("ESME")))

    made.commission(made.homes[:1])

    names = [step.name for step in lab.steps]
    assert "low ESME does not come while its hub is open" in names
    assert names.count("low ESME is added to the hub's device log") == 2
    assert made.homes[0].complete
