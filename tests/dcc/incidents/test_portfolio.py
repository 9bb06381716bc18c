import pytest

from emulator.dcc.incidents.obligations import Installer, obligation
from emulator.dcc.incidents.portfolio import PortfolioSettings, gained_meters
from emulator.dcc.incidents.records import Regime
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream, Streams

FIRST = Eui64(0x00DB000000000000)


def stream(seed: int = 1) -> Stream:
    return Streams(seed).stream("portfolio", "meters")


def test_the_proportions_are_those_of_the_report() -> None:
    meters = list(gained_meters(50_000, FIRST, stream()))

    without_wan = [each for each in meters if each.installation.without_wan]
    assert 1_400 < len(meters) < 1_600
    assert 0.08 < len(without_wan) / len(meters) < 0.12
    assert {each.status for each in without_wan} == {SmiStatus.INSTALLED_NOT_COMMISSIONED}


def test_the_legal_text_reaches_about_one_in_ten() -> None:
    meters = list(gained_meters(50_000, FIRST, stream()))

    bound = sum(obligation(Regime.SSI, each.installation).bound for each in meters)

    assert 0.08 < bound / len(meters) < 0.12


def test_the_same_seed_gives_the_same_meters() -> None:
    assert list(gained_meters(1_000, FIRST, stream())) == list(
        gained_meters(1_000, FIRST, stream())
    )


def test_new_buildings_of_gas_transporters_are_a_setting() -> None:
    shares = PortfolioSettings(not_commissioned=1, gas_transporter=1)

    (meter,) = gained_meters(1, FIRST, stream(), shares)

    assert meter.device == FIRST
    assert meter.installation.installer is Installer.GAS_TRANSPORTER


def test_fewer_than_no_meters_are_refused() -> None:
    with pytest.raises(LocalError, match="-1 meters"):
        list(gained_meters(-1, FIRST, stream()))
