"""A virtual dongle on a line, and the devices of a shipment around it."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.units import Instant, seconds
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.radios.serving import Served, ServeRequest, check_serve, serving
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import JoinState, PowerChanged
from emulator.testing.scenes.captured_homes import SHIPMENT

if TYPE_CHECKING:
    from emulator.kernel.trace import Record

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


def test_every_mistake_is_found_before_anything_is_opened(tmp_path: Path) -> None:
    (tmp_path / "port").touch()
    request = ServeRequest(
        kind="telepathy",
        port=str(tmp_path / "port"),
        devices=tmp_path / "absent.csv",
        faults=("smoke",),
    )

    with pytest.raises(UsageError) as refusal, serving(request):
        pass

    begins = (
        "--kind telepathy: expected",
        "--fault smoke: expected",
        "port ",
        f"{tmp_path}/absent",
    )
    assert len(refusal.value.problems) == len(begins)
    for problem, begin in zip(refusal.value.problems, begins, strict=True):
        assert problem.startswith(begin)


def test_shipment_is_read_when_the_request_is_checked() -> None:
    request = ServeRequest(kind="spinel", port="tcp://127.0.0.1:0", devices=METERS)

    shipment = check_serve(request)

    assert shipment is not None
    assert [device.type for device in shipment.joining] == ["ESME", "GSME"]


def test_devices_get_their_power_one_after_the_other_and_look_for_a_network() -> None:
    request = ServeRequest(kind="spinel", port="tcp://127.0.0.1:0", devices=METERS)
    clock = PacedClock(factor=1000)
    served = Served(request, clock, read_shipment(METERS))
    facts: list[Record] = []
    served.on_fact(facts.append)

    served.run(stop=lambda: served.scheduler.now > seconds(5))
    served.close()

    powered = {each.node: each.at for each in facts if isinstance(each.fact, PowerChanged)}
    assert set(powered) == {"ESME", "GSME"}
    assert len(set(powered.values())) == 2
    assert max(powered.values()) <= seconds(3)
    assert any(isinstance(each.fact, JoinState) for each in facts)
    assert served.trace.records == []


@pytest.mark.parametrize("default_key", [True, False])
def test_profile_of_the_devices_is_the_one_asked_for(default_key: bool) -> None:
    request = ServeRequest(kind="spinel", port="tcp://127.0.0.1:0", default_key=default_key)
    served = Served(request, PacedClock(), read_shipment(METERS))
    served.close()

    keys = {device.description.link_key for device in served.devices}
    assert (keys == {b"ZigBeeAlliance09"}) is default_key
    assert served.settings.zcl.access_rule is not default_key


def test_port_is_released_whatever_happens(tmp_path: Path) -> None:
    request = ServeRequest(kind="spinel", port=str(tmp_path / "port"), faults=("unplug=1 ms",))

    with pytest.raises(EnvironmentFault, match="pulled out"), serving(request) as served:
        served.run()

    assert not (tmp_path / "port").is_symlink()


def test_devices_around_a_hub_wait_for_whoever_opens_the_port(tmp_path: Path) -> None:
    shipment = tmp_path / "home.csv"
    shipment.write_bytes(SHIPMENT)
    request = ServeRequest(kind="spinel", port="tcp://127.0.0.1:0", devices=shipment, with_hub=True)
    served = Served(request, PacedClock(factor=1000), read_shipment(shipment))
    facts: list[Record] = []
    served.on_fact(facts.append)

    host, port = served.port.removeprefix("tcp://").split(":")
    with socket.create_connection((host, int(port))) as somebody:
        served.scheduler.at(Instant(seconds(30)), lambda: somebody.sendall(b"\x7e"))
        served.run(stop=lambda: served.scheduler.now > seconds(60))
    served.close()

    powered = {each.node: each.at for each in facts if isinstance(each.fact, PowerChanged)}
    assert powered.pop("CHF") == 0
    assert powered
    assert min(powered.values()) >= seconds(35)
