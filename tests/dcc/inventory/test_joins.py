import pytest

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.joins import JOINS, join

K = DeviceKind


@pytest.mark.parametrize(
    ("target", "other", "service", "use_case"),
    [
        (K.ESME, K.PPMID, "8.7.1", "CS03A1"),
        (K.PPMID, K.ESME, "8.7.2", "CS03A2"),
        (K.ESME, K.HCALCS, "8.7.1", "CS03A1"),
        (K.HCALCS, K.ESME, "8.7.1", "CS03A2"),
        (K.GSME, K.PPMID, "8.7.1", "CS03C"),
        (K.PPMID, K.GSME, "8.7.2", "CS03C"),
        (K.GSME, K.GPF, "8.7.2", "CS03B"),
        (K.GPF, K.PPMID, "8.7.2", "CS03B"),
        (K.ESME, K.IHD, "8.7.2", "CS03B"),
        (K.GPF, K.CAD, "8.7.2", "CS03B"),
    ],
)
def test_published_templates_join_these(
    target: DeviceKind, other: DeviceKind, service: str, use_case: str
) -> None:
    found = join(target, other)

    assert found is not None
    assert (found.service, found.use_case) == (service, use_case)


@pytest.mark.parametrize(
    ("target", "other"),
    [
        (K.ESME, K.GSME),
        (K.GSME, K.ESME),
        (K.GSME, K.IHD),
        (K.GSME, K.CAD),
        (K.GPF, K.HCALCS),
        (K.GSME, K.HCALCS),
        (K.PPMID, K.IHD),
        (K.CHF, K.ESME),
        (K.ESME, K.CHF),
    ],
)
def test_these_never_come_together(target: DeviceKind, other: DeviceKind) -> None:
    assert join(target, other) is None


def test_only_type_1_devices_and_the_gpf_are_commissioned_by_it() -> None:
    """SEC App. AC 4.9, 4.10."""
    commissioned = {(each.target, each.other) for each in JOINS if each.commissions}

    assert commissioned == {
        (K.ESME, K.PPMID),
        (K.ESME, K.HCALCS),
        (K.SAPC, K.PPMID),
        (K.SAPC, K.HCALCS),
        (K.GPF, K.PPMID),
        (K.GSME, K.GPF),
    }


def test_whatever_commissions_wants_a_commissioned_target() -> None:
    assert all(each.target_commissioned for each in JOINS if each.commissions)


@pytest.mark.parametrize("target", [K.PPMID, K.HCALCS])
def test_the_log_of_a_type_1_device_takes_a_meter_before_anything_is_commissioned(
    target: DeviceKind,
) -> None:
    meters = {each.other for each in JOINS if each.target is target}

    assert meters
    assert not any(each.target_commissioned for each in JOINS if each.target is target)


def test_every_other_log_wants_its_device_commissioned_before() -> None:
    early = {each.target for each in JOINS if not each.target_commissioned}

    assert early == {K.PPMID, K.HCALCS}
