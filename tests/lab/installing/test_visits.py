"""Whole visits: what was installed, what was left behind, and what comes back."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.dcc.wan_coverage import Visit
from emulator.kernel.units import seconds
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import (
    PROPERTY,
    ask_for_coverage,
    begin,
    bring_wan,
    check_logs,
    come_back,
    fit_hub,
    fit_hub_without_wan,
    install_home,
    join_proxy,
    leave_for,
    plan,
)
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.lab.steps.unmet import StepFailed

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"


def one_meter() -> Shipment:
    return read_shipment(SHIPMENTS / "one-meter.csv")


def of_kinds(*kinds: str) -> Shipment:
    whole = read_shipment(SHIPMENTS / "dual-fuel.csv")
    return replace(whole, devices=tuple(each for each in whole.devices if each.type in kinds))


def names(work: Installation) -> list[str]:
    return [step.name for step in work.lab.steps]


@pytest.fixture(scope="module")
def whole() -> Installation:
    """A home with a gas meter and every device that shows what it measures; to be looked at."""
    work = plan(Lab(of_kinds("CHF", "GPF", "GSME", "PPMID", "IHD"), LabOptions()))
    install_home(work)
    return work


def test_a_whole_home_is_installed_step_by_step(whole: Installation) -> None:
    assert {step.verdict for step in whole.lab.steps} == {Verdict.PASS}
    assert all(device.joined for device in whole.home.devices)
    assert whole.side.status(whole.gas_proxy) == "Commissioned"


def test_displays_of_a_gas_home_join_proxy_and_meter_as_their_kind_may(whole: Installation) -> None:
    joins = [name for name in names(whole) if "into its device log" in name]

    assert joins == [
        "GSME takes GPF into its device log",
        "GSME takes PPMID into its device log",
        "PPMID takes GSME into its device log",
        "GPF takes PPMID into its device log",
        "GPF takes IHD into its device log",
    ]


def test_logs_of_a_home_without_electricity_are_those_of_the_hub(whole: Installation) -> None:
    before = len(whole.lab.steps)

    check_logs(whole)

    assert names(whole)[before:] == ["the hub's device log is read"]


def test_a_home_begins_pre_notified_and_without_power() -> None:
    work = begin(Lab(one_meter(), LabOptions()))

    (meter,) = work.home.joiners
    assert work.side.status(meter.description.eui64) == "Pending"
    assert not any(device.powered for device in work.home)


def test_the_proxy_does_not_join_a_meter_that_is_not_commissioned() -> None:
    work = begin(Lab(of_kinds("CHF", "GPF", "GSME"), LabOptions()))
    gsme = work.home.device("GSME")
    fit_hub(work)
    work.install(gsme)

    with pytest.raises(StepFailed, match="E5"):
        join_proxy(work, gsme)


def test_a_hub_without_wan_waits_for_it_and_then_counts() -> None:
    work = begin(Lab(one_meter(), LabOptions()))
    ask_for_coverage(work, promised=True, covered=False)

    fit_hub_without_wan(work, Visit.REACTIVE)
    waiting = work.side.left.waiting()
    bring_wan(work)

    assert [each.uprn for each in waiting] == [PROPERTY]
    assert work.side.left.waiting() == ()
    assert work.side.status(work.hub) == "Commissioned"


def test_devices_are_without_power_while_nobody_comes() -> None:
    work = begin(Lab(one_meter(), LabOptions()))
    fit_hub(work)
    frames, now = work.lab.frames(), work.lab.scheduler.now

    leave_for(work, "2 d")

    assert work.lab.frames() == frames
    assert work.lab.scheduler.now - now == seconds(2 * 24 * 60 * 60)
    assert work.home.hub.powered


def test_a_home_that_was_never_installed_does_not_come_back() -> None:
    work = plan(Lab(one_meter(), LabOptions()))

    with pytest.raises(StepFailed, match="network"):
        come_back(work)
