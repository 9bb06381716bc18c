from dataclasses import replace
from pathlib import Path

import pytest

from emulator.alt_han.bridge.bridge import both_ways
from emulator.alt_han.bridge.settings import BackhaulSettings, Transparency
from emulator.kernel.errors import UsageError
from emulator.lab.home.home import has_agreed_key
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge, split_router
from emulator.lab.installing.commissioning import form_network, join, register
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.world.place_capture import PlaceCapture
from emulator.testing.judges.capture_judge import judge_capture

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"


def lab_of(shipment: str = "dual-fuel.csv", *assignments: str) -> Lab:

    overrides = parse_overrides(assignments, ROOMS, None)
    return Lab(read_shipment(SHIPMENTS / shipment), LabOptions(overrides=overrides))


def test_far_devices_hear_the_remote_end_alone_and_near_ones_the_wired_one() -> None:
    lab = lab_of()
    home = lab.home()

    bridge = fit_bridge(lab, home, Fitting(far=("IHD",)))

    wired, remote = bridge.wired_place, bridge.remote_place
    assert (wired, remote) == ("bridge wired end", "bridge remote end")
    assert lab.links.rss("IHD", wired) is lab.links.rss("CHF", remote) is None
    assert lab.links.rss("IHD", "CHF") is lab.links.rss("IHD", "ESME") is None
    assert lab.links.rss("IHD", remote) == lab.links.rss("CHF", wired) is not None
    assert lab.links.rss("GSME", "CHF") is not None


def test_the_line_is_as_the_run_says_unless_it_is_told_or_shared() -> None:
    lab = lab_of("dual-fuel.csv", "backhaul.mtu=99")
    home, told = lab.home(), BackhaulSettings(mtu=77)

    usual = fit_bridge(lab, home, Fitting())
    assert usual.lines["wired end"].settings.mtu == 99

    other = lab_of()
    assert fit_bridge(other, other.home(), Fitting(backhaul=told)).description.backhaul is told

    third = lab_of()
    lines = both_ways("system", third.world.surroundings(), told)
    assert fit_bridge(third, third.home(), Fitting(lines=lines)).lines is lines


def test_a_home_without_an_electricity_meter_has_nothing_to_wire_it_at() -> None:
    shipment = read_shipment(SHIPMENTS / "dual-fuel.csv")
    kept = tuple(each for each in shipment.devices if each.type != "ESME")
    lab = Lab(replace(shipment, devices=kept), LabOptions())

    with pytest.raises(UsageError, match="needs ESME"):
        fit_bridge(lab, lab.home(), Fitting())


def test_a_plan_without_places_for_the_ends_is_refused() -> None:
    lab = lab_of()
    lab.site.on_plan("terrace.toml")

    with pytest.raises(UsageError, match="no place for 'bridge wired end'") as refused:
        fit_bridge(lab, lab.home(), Fitting())
    assert len(refused.value.problems) == 2


def test_a_shipment_without_a_bridge_has_no_router_to_split() -> None:
    lab = lab_of()

    with pytest.raises(UsageError, match="needs BRIDGE"):
        split_router(lab, lab.home())


@pytest.mark.parametrize("transparency", [Transparency.RELAY, Transparency.PROXY])
def test_wireshark_opens_the_captures_of_both_ends(
    transparency: Transparency, tmp_path: Path
) -> None:
    lab = lab_of()
    home = lab.home()
    bridge = fit_bridge(lab, home, Fitting(transparency=transparency))
    ends = [PlaceCapture(lab.world, place) for place in (bridge.wired_place, bridge.remote_place)]
    form_network(lab, home)
    power_bridge(lab, home, bridge)
    register(lab, home, home.device("ESME"), home.device("IHD"))
    join(lab, home, home.device("ESME"))
    join(lab, home, home.device("IHD"))

    assert has_agreed_key(home.device("IHD"))
    assert ends[0].frames + ends[1].frames == lab.frames()
    for end in ends:
        judged = judge_capture(tmp_path, end.document(), lab.key_file(), least=40)
        assert judged.ok, judged
