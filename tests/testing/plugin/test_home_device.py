"""A device of a home, spoken to."""

import pytest

from emulator.kernel.errors import UsageError
from emulator.testing.plugin.home_device import HomeDevice


def test_a_use_case_is_answered_and_told_as_a_step(esme: HomeDevice) -> None:
    found = esme.send("ecs17b")

    assert found.good
    assert "ECS17b" in esme.work.lab.steps[-1].name


def test_another_role_sends_when_it_is_told(esme: HomeDevice) -> None:
    esme.know_network_operator()

    found = esme.send("ECS17b", role="network-operator")

    assert found.good
    assert found.sent is not None
    assert found.sent.role.value == "network-operator"


def test_a_device_is_switched_off_and_on(esme: HomeDevice) -> None:
    esme.power_off()
    off = esme.joined
    esme.power_on()
    esme.work.lab.run("5 min")

    assert (off, esme.joined) == (False, True)


@pytest.mark.parametrize(
    ("use_case", "values", "role", "told"),
    [
        ("ECS999", {}, "", "no use case is called 'ECS999'"),
        ("GCS13a", {}, "", "is not for ESME"),
        ("ECS17b", {"colour": 3}, "", "colour"),
        ("ECS17b", {}, "king", "no role 'king': expected one of supplier"),
    ],
)
def test_what_makes_no_command_is_refused(
    esme: HomeDevice, use_case: str, values: dict[str, object], role: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        esme.send(use_case, values, role=role)
