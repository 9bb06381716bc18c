"""The fixtures of the plugin; what is heavy is imported by who asks for one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from emulator.testing.plugin.options import choice_of
from emulator.testing.plugin.watch import refusals_in_words, watch

if TYPE_CHECKING:
    from emulator.lab.installing.installation import Installation
    from emulator.lab.lab import Lab
    from emulator.lab.world.remote_side import RemoteSide
    from emulator.testing.plugin.bench_cases import Bench
    from emulator.testing.plugin.home_device import HomeDevice


@pytest.fixture
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "Lab":
    """The laboratory of this test: one air, one clock, and the devices of a shipment, all off."""
    from emulator.testing.plugin.laboratory import make_lab  # noqa: PLC0415 - only who asks pays

    with refusals_in_words():
        made = make_lab(choice_of(request.node))
    watch(request.node, made, tmp_path_factory)
    return made


@pytest.fixture
def run_scenario(request: pytest.FixtureRequest, lab: "Lab") -> Callable[..., None]:
    """Runs a scenario file, by path or by name, in the laboratory of this test."""
    from emulator.testing.plugin.laboratory import run_file  # noqa: PLC0415 - only who asks pays

    def run(scenario: str = "") -> None:
        """Run this scenario; without a name that of the marker `lab`."""
        with refusals_in_words():
            run_file(lab, scenario or choice_of(request.node).scenario, request.path.parent)

    return run


@pytest.fixture
def hanlab_work(lab: "Lab") -> "Installation":
    """The home with the DCC beside it, nothing of it installed yet."""
    from emulator.lab.installing.visits import plan  # noqa: PLC0415 - only who asks pays

    return plan(lab)


@pytest.fixture
def premises(hanlab_work: "Installation") -> "Installation":
    """The home of this test, installed and commissioned through the DCC, every device of it."""
    from emulator.lab.installing.visits import install_home  # noqa: PLC0415 - only who asks pays

    with refusals_in_words():
        install_home(hanlab_work)
    return hanlab_work


@pytest.fixture
def dcc(hanlab_work: "Installation") -> "RemoteSide":
    """The DCC of this test: users, inventory, SM WAN, and the keys of every party."""
    return hanlab_work.side


@pytest.fixture
def home_device(
    request: pytest.FixtureRequest, hanlab_work: "Installation"
) -> Callable[[str], "HomeDevice"]:
    """A device of the home by its type or name; installed, with what it needs, when asked for."""
    from emulator.testing.plugin.home_device import installed  # noqa: PLC0415 - only who asks pays

    if "premises" in request.fixturenames:
        request.getfixturevalue("premises")

    def device(name: str) -> "HomeDevice":
        """The device of that name."""
        with refusals_in_words():
            return installed(hanlab_work, name)

    return device


@pytest.fixture
def comms_hub(home_device: Callable[[str], "HomeDevice"]) -> "HomeDevice":
    """The hub, on the SM WAN."""
    return home_device("CHF")


@pytest.fixture
def esme(home_device: Callable[[str], "HomeDevice"]) -> "HomeDevice":
    """The electricity meter, installed and commissioned."""
    return home_device("ESME")


@pytest.fixture
def gsme(home_device: Callable[[str], "HomeDevice"]) -> "HomeDevice":
    """The gas meter, installed and commissioned, with its proxy."""
    return home_device("GSME")


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> "Bench":
    """The device of the marker `bench` on the bench; `bench.check(case)` fails when it departs."""
    from emulator.testing.plugin.bench_cases import bench_of  # noqa: PLC0415 - only who asks pays

    with refusals_in_words():
        return bench_of(request.node)
