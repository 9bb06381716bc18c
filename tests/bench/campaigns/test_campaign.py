"""What a campaign plans: the cases that every list of its selection names, and what is agreed."""

from dataclasses import replace

import pytest

from emulator.bench.campaigns.campaign import (
    Campaign,
    CampaignDevice,
    Planned,
    Selection,
    Waiver,
    holds_for,
    known_cases,
)
from emulator.bench.campaigns.profile import Profile
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.bench_scene import bench_shipment, case_named

METER = CampaignDevice(name="meter", kind=DeviceKind.ESME, profile=Profile())
CASE = case_named("ESME/0027/ECS17b/wrong-mac")


def campaign(selection: Selection | None = None, *waivers: Waiver, repeats: int = 1) -> Campaign:
    return Campaign(
        name="c",
        source="c.toml",
        shipment=bench_shipment(),
        devices=(METER,),
        repeats=repeats,
        selection=selection or Selection(),
        waivers=waivers,
    )


def test_without_a_selection_every_case_is_planned() -> None:
    assert len(list(campaign().planned())) == len(known_cases(DeviceKind.ESME))


def test_a_repeat_plans_everything_again() -> None:
    chosen = Selection(use_cases=("ECS17b",))
    once, twice = campaign(chosen), campaign(chosen, repeats=2)

    assert len(list(twice.planned())) == 2 * len(list(once.planned()))
    assert len({each.key for each in twice.planned()}) == len(list(twice.planned()))


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        (Selection(use_cases=("0027",)), True),
        (Selection(use_cases=("ECS17b",), checks=("wrong-mac",)), True),
        (Selection(use_cases=("ECS17b",), checks=("success",)), False),
        (Selection(clauses=("GBCS 6.2.4",)), True),
        (Selection(clauses=("GBCS 4.3.1",)), False),
        (Selection(cases=("ESME/*/wrong-*",)), True),
        (Selection(cases=("GSME/*",)), False),
    ],
)
def test_a_case_is_taken_when_every_list_names_it(selection: Selection, *, taken: bool) -> None:
    assert selection.takes(CASE) is taken


def test_a_waiver_holds_for_the_cases_and_the_device_it_names() -> None:
    agreed = campaign(None, Waiver(case="ESME/*/wrong-mac", reason="agreed", device="meter"))

    assert agreed.waiver("meter", CASE.name) == "agreed"
    assert agreed.waiver("other", CASE.name) == ""
    assert agreed.waiver("meter", "ESME/0027/ECS17b/success") == ""


@pytest.mark.parametrize(
    ("versions", "version", "holds"),
    [
        ((), "3.2", True),
        (("4.x",), "4.x", True),
        (("4.x",), "4.2", True),
        (("4.x",), "3.2", False),
        (("3.2", "4.1"), "4.1", True),
        (("4.1",), "4.2", False),
    ],
)
def test_a_record_is_of_the_versions_that_it_names_or_of_all(
    versions: tuple[str, ...], version: str, *, holds: bool
) -> None:
    record = replace(CASE.use_case, versions=versions)

    assert holds_for(record, version) is holds


def test_a_record_of_another_version_is_not_applicable_and_says_why() -> None:
    asked = replace(campaign(), gbcs_version="3.2")
    planned = Planned(METER, CASE, 0)

    assert asked.excuse(planned) == "GBCS 3.2: ECS17b is of GBCS 4.x"
    assert campaign().excuse(planned) == ""
