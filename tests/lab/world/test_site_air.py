from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.world.site_air import SiteAir, radio_path
from emulator.radio.links import SymmetricLinks
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import PropagatedLinks
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.settings import AirSettings
from emulator.radio.site import read_site
from emulator.smart_energy.stack_settings import StackSettings

TERRACE = INSTALLED / "plans/terrace.toml"


def site(propagation: PropagationSettings | None = None, **air: Any) -> SiteAir:
    settings = StackSettings(
        air=AirSettings(**air), propagation=propagation or PropagationSettings()
    )
    return SiteAir(settings, Scheduler(), Streams(1))


def test_air_is_ideal_unless_told() -> None:
    plain = site(rss=-70)

    assert isinstance(plain.links, SymmetricLinks)
    assert plain.links.rss("a", "b") == -70
    plain.check(["anybody"])
    with pytest.raises(UsageError, match="the ideal air has no interference"):
        plain.interference.remove("anything")


def test_run_can_name_the_plan(tmp_path: Path) -> None:
    physical = site(model="physical", plan=str(TERRACE))

    assert isinstance(physical.links, PropagatedLinks)
    assert physical.links.rss("CHF", "ESME") is not None
    assert [each.path for each in physical.inputs] == [str(TERRACE)]
    assert len(physical.inputs[0].sha256) == 64
    assert physical.interference.sources == ()
    assert not list(tmp_path.iterdir())


def test_scenario_can_name_the_plan_and_a_run_weighs_more(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\n[[storey]]\nname = "g"\n[[device]]\nname = "CHF"\nat = [0, 0]\n')

    asked = site()
    asked.on_plan("terrace-wifi.toml")
    told = site(model="physical", plan=str(own))
    told.on_plan("terrace-wifi.toml")

    assert asked.interference.sources[0].name == "own Wi-Fi"
    assert told.site is not None
    assert told.site.plan.name == "own"


def test_measured_links_weigh_more_than_the_plan(tmp_path: Path) -> None:
    links = tmp_path / "l.csv"
    links.write_text("from,to,band,loss_db\nCHF,ESME,2.4 GHz,77\nCHF,shed,2.4 GHz,90\n")

    both = site(model="physical", plan=str(TERRACE), links=str(links))
    alone = site(model="physical", links=str(links))

    assert both.links.rss("ESME", "CHF") == alone.links.rss("ESME", "CHF") == -77
    assert both.links.rss("CHF", "GSME") is not None
    assert alone.links.rss("CHF", "GSME") is None
    assert alone.links.rss("CHF", "shed") == -90
    assert [Path(each.path).name for each in both.inputs] == ["l.csv", "terrace.toml"]


def test_device_that_is_not_in_the_plan_is_missed() -> None:
    physical = site(model="physical", plan=str(TERRACE))

    physical.check(["CHF", "CAD"])
    with pytest.raises(UsageError, match="the plan has no device 'SAPC': it has CHF, ESME"):
        physical.check(["CHF", "SAPC"])


@pytest.mark.parametrize(
    ("air", "told"),
    [
        ({"model": "physical"}, "expected air.plan=FILE or air.links=FILE"),
        ({"plan": "p.toml"}, "set air.model too"),
        ({"model": "physical", "plan": "none.toml"}, "none.toml: No such file"),
    ],
)
def test_air_that_cannot_be_is_refused(air: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        site(**air)


def test_home_without_fading_stays_as_it_is() -> None:
    still = site(PropagationSettings(fading=0), model="physical", plan=str(TERRACE))

    assert still.links.rss("CHF", "GSME") == still.links.rss("GSME", "CHF")


def test_shadowing_is_added_to_a_model_and_not_to_what_was_measured() -> None:
    plan = FloorPlan("none", (), (), (), ())
    path = radio_path(PropagationSettings(model="log-distance"), plan, None, 1)

    assert path.shadowing.sigma == PropagationSettings().shadowing
    assert path.gain(Place("a"), Place("b", 3), 0) != path.gain(Place("a"), Place("c", 3), 0)


def test_a_site_that_was_read_already_is_the_air_and_its_file_an_input() -> None:
    plain = site()

    plain.on_site(read_site(TERRACE), TERRACE)

    assert [each.path for each in plain.inputs] == [str(TERRACE)]
    assert plain.links.rss("CHF", "ESME") is not None
    assert plain.links.rss("CHF", "nobody") is None
