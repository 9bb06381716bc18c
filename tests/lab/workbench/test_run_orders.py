import tomllib

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.workbench.run_orders import (
    CampaignOrder,
    campaign_order,
    scenario_order,
    scenarios,
    shipment_path,
    shipments,
)

SCENARIO = {"scenario": "commissioning/dual_fuel", "seed": "7", "settings": "a.b=1\n\n c.d=2 "}
CAMPAIGN = {"kind": "ESME", "defect": "mac-unchecked", "reach": "device", "use_cases": "0027, ECS*"}


def test_a_form_names_a_scenario_with_seed_and_settings() -> None:
    order = scenario_order(SCENARIO | {"shipment": "dual-fuel.csv"})

    assert (order.name, order.shipment) == ("commissioning/dual_fuel", "dual-fuel.csv")
    assert (order.seed, order.settings) == (7, ("a.b=1", "c.d=2"))


def test_a_form_names_a_campaign() -> None:
    order = campaign_order(CAMPAIGN)

    assert order == CampaignOrder("ESME", "mac-unchecked", "device", ("0027", "ECS*"))
    document = tomllib.loads(order.document('a"b.csv'))
    assert document["devices"] == [{"name": "device", "kind": "ESME", "defect": "mac-unchecked"}]
    assert document["shipment"] == 'a"b.csv'
    assert document["select"]["use_cases"] == ["0027", "ECS*"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scenario": "../../secret"},
        {"scenario": ""},
        {"shipment": "../../../etc/passwd"},
        {"seed": "-1"},
        {"seed": "9" * 400},
        {"settings": "no value"},
        {"settings": "a=b\n" * 21},
    ],
    ids=str,
)
def test_nothing_but_what_is_installed_is_run(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        scenario_order(SCENARIO | wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "IHD2"},
        {"defect": "none-such"},
        {"reach": "real"},
        {"use_cases": '"]\noperator = "command rm'},
        {"use_cases": "a " * 51},
    ],
    ids=str,
)
def test_a_campaign_is_against_emulated_devices_only(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        campaign_order(CAMPAIGN | wrong)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(UsageError) as mistakes:
        scenario_order({"scenario": "x", "shipment": "y", "seed": "z", "settings": "w"})

    assert len(mistakes.value.problems) == 4


def test_what_can_be_chosen_is_there() -> None:
    assert "commissioning/dual_fuel" in {each.name for each in scenarios()}
    assert all(shipment_path(name).is_file() for name in shipments())
