"""Cases of a device's nature: each kind has those that it can show."""

import pytest

from emulator.bench.cases.cases import cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.command_maker import has_required_values
from emulator.bench.cases.nature_cases import NETWORK_CHECKS, nature_cases, plain_read
from emulator.gbcs_device.authority import replay_protected
from emulator.gbcs_device.device_kind import DeviceKind


def checks(kind: DeviceKind) -> list[Check]:
    return [each.check for each in nature_cases(kind, cases_of(kind))]


@pytest.mark.parametrize("kind", DeviceKind)
def test_every_kind_of_device_has_cases_of_its_alerts_and_its_clock_once(kind: DeviceKind) -> None:
    found = checks(kind)

    assert {Check.ALERT_ONCE, Check.ALERT_COUNTER, Check.CLOCK_AFTER_A_DAY} <= set(found)
    assert len(found) == len(set(found))


def test_what_is_in_a_hub_does_not_join_and_only_a_gas_meter_sleeps() -> None:
    assert not NETWORK_CHECKS & set(checks(DeviceKind.CHF))
    assert {Check.JOINS, Check.KEEPS_ALIVE} <= set(checks(DeviceKind.ESME))
    assert Check.SLEEPS not in checks(DeviceKind.ESME)
    assert set(checks(DeviceKind.GSME)) >= NETWORK_CHECKS


def test_a_case_about_a_command_is_named_after_it() -> None:
    made = {
        each.check: each.name for each in nature_cases(DeviceKind.GSME, cases_of(DeviceKind.GSME))
    }

    assert made[Check.CLOCK_IN_WINDOW] == "GSME/007F/GCS28/clock-in-window"
    assert made[Check.OTHER_IMAGE] == "GSME/0012/CS06/other-image"
    assert made[Check.LOG_AFTER_POWER_LOSS] == "GSME/000E/CS03B/log-after-power-loss"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            DeviceKind.ESME,
            {
                "0062/ECS70/clock-in-window",
                "0062/ECS70/clock-outside-window",
                "0102/CS02b/foreign-certificate",
                "0102/CS02b/certificates-after-power-loss",
                "0012/CS06/other-image",
                "000E/CS03B/log-after-power-loss",
            },
        ),
        (
            DeviceKind.PPMID,
            {"0104/CS02b/foreign-certificate", "00AB/CS03A2/log-after-power-loss"},
        ),
        (DeviceKind.CHF, {"0104/CS02b/foreign-certificate"}),
        (
            DeviceKind.SAPC,
            {
                "0102/CS02b/foreign-certificate",
                "0102/CS02b/certificates-after-power-loss",
                "0012/CS06/other-image",
            },
        ),
    ],
)
def test_a_kind_of_device_has_the_cases_that_its_commands_allow(
    kind: DeviceKind, names: set[str]
) -> None:
    read = plain_read(cases_of(kind)).use_case
    made = [each for each in nature_cases(kind, cases_of(kind)) if each.use_case is not read]

    assert {each.name for each in made} == {f"{kind}/{name}" for name in names}


def test_a_kind_without_such_a_command_has_no_such_case() -> None:
    assert not {Check.OTHER_IMAGE, Check.CLOCK_IN_WINDOW} & set(checks(DeviceKind.PPMID))


@pytest.mark.parametrize("kind", DeviceKind)
def test_every_kind_of_device_has_a_read_that_uses_up_nothing_and_is_not_made_up(
    kind: DeviceKind,
) -> None:
    read = plain_read(cases_of(kind))

    assert read.check is Check.SUCCESS
    assert not replay_protected(read.use_case)
    assert not read.use_case.future_datable
    assert not has_required_values(read.use_case)
