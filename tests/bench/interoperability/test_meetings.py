"""Meetings of emulated devices: all good ones pass, and what is wrong is told by its step."""

from pathlib import Path

import pytest

from emulator.bench.interoperability.device_sets import device_set
from emulator.bench.interoperability.event import Activity, DeviceSet, Event, Meeting
from emulator.bench.interoperability.hub_variants import HanVariant, HubVariant
from emulator.bench.interoperability.meetings import hold
from emulator.dcc.wan_coverage import CspRegion
from emulator.lab.kept.result import Verdict

RED = DeviceSet("red", device_set("dual-fuel", Path("none")))
BLUE = DeviceSet("blue", device_set("dual-fuel", Path("none"), 1))


def event(**changes: object) -> Event:
    told: dict[str, object] = {"name": "e", "source": "e.toml", "sets": (RED, BLUE), **changes}
    return Event(**told)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("activity", "roles"),
    [
        (Activity.CONNECTIVITY, ("CHF", "GSME")),
        (Activity.INTEROPERABILITY, ("ESME", "PPMID")),
        pytest.param(Activity.INTEROPERABILITY, ("GPF", "GSME"), marks=pytest.mark.slow),
        pytest.param(Activity.INTEROPERABILITY, ("GPF", "PPMID"), marks=pytest.mark.slow),
        pytest.param(Activity.INTERCHANGEABILITY, ("ESME", "ESME"), marks=pytest.mark.slow),
        pytest.param(Activity.INTERCHANGEABILITY, ("GSME", "GSME"), marks=pytest.mark.slow),
        (Activity.INTERCHANGEABILITY, ("IHD", "IHD")),
        (Activity.FUNCTIONALITY, ("PPMID", "PPMID")),
    ],
)
def test_good_devices_get_on_with_each_other(activity: Activity, roles: tuple[str, str]) -> None:
    met = hold(event(), Meeting(activity, RED, BLUE, roles))

    assert met.verdict is Verdict.PASS, met.detail
    assert met.steps
    assert met.detail


@pytest.mark.slow
def test_everybody_at_an_event_gets_on_with_everybody() -> None:
    variant = HubVariant(HanVariant.SINGLE_BAND, CspRegion.NORTH)
    held = [hold(event(), each) for each in event(variants=(variant,)).meetings()]

    assert {each.meeting.name: each.detail for each in held if each.verdict is Verdict.FAIL} == {}
    assert {each.verdict for each in held} == {Verdict.PASS}


def test_a_device_with_another_install_code_than_its_papers_fails_at_its_step() -> None:
    meter = BLUE.device("ESME")
    assert meter is not None
    wrong = f"{meter.eui64:016X}.install_code=30313233343536373839414243444546F596"

    met = hold(event(settings=(wrong,)), Meeting(Activity.CONNECTIVITY, RED, BLUE, ("CHF", "ESME")))
    other = hold(
        event(settings=(wrong,)), Meeting(Activity.CONNECTIVITY, RED, RED, ("CHF", "ESME"))
    )

    assert met.verdict is Verdict.FAIL
    assert met.detail.startswith("ESME joins under its install code (ZSE 1.4 5.4)")
    assert other.verdict is Verdict.PASS


def test_a_set_without_the_device_is_not_applicable() -> None:
    uept = DeviceSet("uept", device_set("uept-smets2", Path("none")))

    met = hold(event(), Meeting(Activity.CONNECTIVITY, RED, uept, ("CHF", "PPMID")))

    assert (met.verdict, met.detail) == (Verdict.NOT_APPLICABLE, "uept has no PPMID")


def test_a_use_case_that_no_device_answers_is_not_applicable() -> None:
    meeting = Meeting(Activity.FUNCTIONALITY, RED, RED, ("GSME", "GSME"))

    met = hold(event(use_cases=("ECS17b",)), meeting)

    assert (met.verdict, met.detail) == (
        Verdict.NOT_APPLICABLE,
        "no chosen use case is for GSME",
    )


def test_a_fault_of_the_bench_is_no_failure_of_a_device() -> None:
    meeting = Meeting(Activity.FUNCTIONALITY, RED, RED, ("SAPC", "SAPC"))

    met = hold(event(), meeting)

    assert met.verdict is Verdict.ERROR
    assert "UsageError" in met.detail


def test_a_hub_that_is_not_installed_is_not_applicable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "emulator.bench.interoperability.hub_variants._dual_band_hubs", lambda: False
    )
    variant = HubVariant(HanVariant.DUAL_BAND, CspRegion.NORTH)
    meeting = Meeting(Activity.HUB_VARIANTS, RED, RED, ("CHF", "CHF"), variant)

    met = hold(event(), meeting)

    assert met.verdict is Verdict.NOT_APPLICABLE
    assert "868 MHz" in met.detail


def test_a_set_is_installed_in_the_region_of_its_hub() -> None:
    variant = HubVariant(HanVariant.SINGLE_BAND, CspRegion.SOUTH_4G)
    uept = DeviceSet("uept", device_set("uept-smets2", Path("none")))
    meeting = Meeting(Activity.HUB_VARIANTS, uept, uept, ("CHF", "CHF"), variant)

    met = hold(event(), meeting)

    assert (met.verdict, met.detail) == (Verdict.PASS, "2 devices joined")
