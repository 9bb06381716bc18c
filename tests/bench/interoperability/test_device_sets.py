"""Sets of devices, and how many somebody is given."""

from pathlib import Path

import pytest

from emulator.bench.interoperability.device_sets import (
    UEPT_SMETS2,
    Allocation,
    UeptRole,
    device_set,
    uept_allocation,
)
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import SHIPMENT


def test_a_smets2_set_is_a_test_hub_and_two_meters(tmp_path: Path) -> None:
    types = [each.type for each in device_set(UEPT_SMETS2, tmp_path).devices]

    assert types == ["CHF", "GPF", "ESME", "GSME"]


def test_each_set_of_a_template_has_devices_of_its_own(tmp_path: Path) -> None:
    first = {each.eui64 for each in device_set(UEPT_SMETS2, tmp_path).devices}
    second = {each.eui64 for each in device_set(UEPT_SMETS2, tmp_path, 1).devices}

    assert not first & second


def test_a_file_beside_comes_before_a_template(tmp_path: Path) -> None:
    (tmp_path / "uept-smets2").write_text(SHIPMENT)

    assert len(device_set(UEPT_SMETS2, tmp_path).devices) == 6


def test_smets1_and_unknown_sets_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"SMETS1 devices .CHF, ESME, GSME, IHD. are not"):
        device_set("uept-smets1-ihd", tmp_path)
    with pytest.raises(UsageError, match=r"expected a file, or one of .*uept-smets2"):
        device_set("ours.csv", tmp_path)


@pytest.mark.parametrize(
    ("roles", "regions", "expected"),
    [
        ({UeptRole.SUPPLIER}, 1, Allocation(2, 2)),
        ({UeptRole.SUPPLIER, UeptRole.EXPORT_SUPPLIER}, 1, Allocation(4, 4)),
        ({UeptRole.NETWORK}, 3, Allocation(6, 2)),
        ({UeptRole.NETWORK, UeptRole.OTHER_USER}, 2, Allocation(6, 4)),
        (set(), 1, Allocation(0, 0)),
    ],
)
def test_sets_are_given_out_by_groups_of_roles(
    roles: set[UeptRole], regions: int, expected: Allocation
) -> None:
    assert uept_allocation(roles, regions) == expected


def test_no_region_is_refused() -> None:
    with pytest.raises(UsageError, match="expected 1 or more"):
        uept_allocation({UeptRole.NETWORK}, 0)
