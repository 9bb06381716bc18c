import pytest

from emulator.dcc.inventory.records import InventoryRefusal
from emulator.dcc.inventory.statuses import Certainty
from emulator.dcc.orders.inventory_checks import refusal_of
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.dcc_scene import ESME, GPF, GSME, HUB, IHD, PPMID, STRANGER, dcc_scene


@pytest.mark.parametrize(
    ("srv", "target", "other", "code", "clause"),
    [
        ("8.7.1", ESME, PPMID, "E5", "SEC App. AC 4.9"),
        ("8.7.2", GSME, GPF, "E5", "SEC App. AC 4.10"),
        ("8.7.2", ESME, IHD, "E5", "SEC App. AC 4.15"),
        ("8.7.1", ESME, GSME, "E11", "no Join Service for this pair"),
        ("8.7.1", ESME, STRANGER, "E19", "DUIS: the device ID does not exist"),
    ],
)
def test_join_that_clauses_bar_is_refused(
    srv: str, target: Eui64, other: Eui64, code: str, clause: str
) -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME, GSME, GPF, PPMID, IHD)

    answer = scene.dcc.request("supplier", srv, target, OtherDeviceID=other)

    assert (answer.code, answer.clause) == (code, clause)


def test_stranger_is_not_added_to_a_device_log() -> None:
    scene = dcc_scene()
    scene.commissioned(HUB)

    answer = scene.dcc.request(
        "supplier",
        "8.11",
        HUB,
        RequestType="Add",
        DeviceID=STRANGER,
        InstallCode=bytes(16),
        JoinTimePeriod=60,
    )

    assert answer.code == "E19"


def test_refusal_without_a_code_of_its_own_is_e5() -> None:
    refusal = InventoryRefusal(ESME, "clause", "reason", None, Certainty.SOURCED)

    assert refusal_of(refusal).code == "E5"
