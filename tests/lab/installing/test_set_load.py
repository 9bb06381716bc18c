from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.installing.set_load import rate_of_amount, take, take_household, take_profile
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.metering.demand.household import Household
from emulator.metering.quantities import Channel
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import SetAttributeRequest

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"


@pytest.fixture
def lab() -> Lab:
    return Lab(read_shipment(SHIPMENT), LabOptions())


def shown(lab: Lab, kind: str) -> list[object]:
    """Registers that a meter shows from now on."""
    values: list[object] = []

    def keep(effect: SetAttributeRequest) -> None:
        if (effect.cluster, effect.attribute) == (METERING.id, 0):
            values.append(effect.value)

    lab.home().device(kind).observe((SetAttributeRequest,), keep)
    lab.home().device(kind).power_on()
    return values


@pytest.mark.parametrize(
    ("text", "channel", "rate"),
    [
        ("2.5 kW", Channel.ACTIVE_IMPORT, 2_500_000),
        ("300W", Channel.ACTIVE_IMPORT, 300_000),
        ("-3 kW", Channel.ACTIVE_EXPORT, 3_000_000),
        ("500 var", Channel.REACTIVE_IMPORT, 500_000),
        ("1.2 m3/h", Channel.GAS, 1_200_000),
    ],
)
def test_amount_says_channel_and_rate(text: str, channel: Channel, rate: int) -> None:
    assert rate_of_amount(text) == (channel, rate)


@pytest.mark.parametrize("text", ["", "2", "kW", "2 kWh", "-1 m3/h", "9999 kW", "0.0001 W"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected"):
        rate_of_amount(text)


def test_second_element_takes_what_is_said_for_it() -> None:
    twin = Overrides(rooms={("electricity_meter", "variant"): "twin"})
    lab = Lab(read_shipment(SHIPMENT), LabOptions(overrides=twin))
    values = shown(lab, "ESME")

    take(lab, lab.home().device("ESME"), "2 kW", element=2)
    lab.run("1 h")

    assert values[-1] == 2_000


@pytest.mark.parametrize(("kind", "amount"), [("ESME", "2 kW"), ("GSME", "1 m3/h")])
def test_element_that_a_meter_has_not_is_refused(lab: Lab, kind: str, amount: str) -> None:
    lab.home().device(kind).power_on()

    with pytest.raises(UsageError, match="has no element 2 for that"):
        take(lab, lab.home().device(kind), amount, element=2)


def test_meter_counts_what_is_taken_from_now_on(lab: Lab) -> None:
    values = shown(lab, "ESME")

    take(lab, lab.home().device("ESME"), "2 kW")
    lab.run("1 h")
    take(lab, lab.home().device("ESME"), "-1 kW")
    lab.run("1 h")

    assert values[-1] == 2_000


def test_file_goes_through_every_meter(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "home.csv"
    path.write_text("start,import_kwh,gas_m3\n2026-01-05T00:00Z,1,0.5\n")
    electricity, gas = shown(lab, "ESME"), shown(lab, "GSME")

    take_profile(lab, path)
    lab.run("1 h")

    assert (electricity[-1], gas[-1]) == (1_000, 500)


def test_household_goes_through_every_meter(lab: Lab) -> None:
    electricity, gas = shown(lab, "ESME"), shown(lab, "GSME")

    take_household(lab, Household(), days=1)
    lab.run("1 d")

    assert isinstance(electricity[-1], int)
    assert 1_000 < electricity[-1] < 20_000
    assert gas[-1]


def test_home_in_which_no_meter_has_power_takes_nothing(lab: Lab) -> None:
    with pytest.raises(UsageError, match="no meter has power"):
        take_household(lab, Household())


def test_meter_without_power_or_of_another_kind_is_refused(lab: Lab) -> None:
    esme = lab.home().device("ESME")
    with pytest.raises(UsageError, match="ESME has no power"):
        take(lab, esme, "2 kW")
    with pytest.raises(UsageError, match="ESME does not measure gas"):
        take(lab, esme, "1 m3/h")
