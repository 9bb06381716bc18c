import pytest

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.gbcs.envelope import Message
from emulator.testing.scenes.inventory_scene import (
    ESME,
    HOME,
    changed,
    commission,
    commissioned_home,
    connect_hub,
    known,
    notify_home,
    refused,
    set_clock_response,
)


def test_the_home_has_one_device_of_each_kind() -> None:
    assert set(HOME) == set(DeviceKind)
    assert len(set(HOME.values())) == len(HOME)


def test_the_response_is_a_message_of_the_meter() -> None:
    message = Message.decode(set_clock_response(DeviceKind.ESME))

    assert message.originator == ESME


def test_a_home_can_be_commissioned_once() -> None:
    with Inventory.open() as inventory:
        commissioned_home(inventory)

        assert known(inventory, ESME).status is SmiStatus.COMMISSIONED
        with pytest.raises(AssertionError):
            notify_home(inventory)


def test_a_verdict_of_the_wrong_kind_fails_the_test() -> None:
    with Inventory.open() as inventory:
        notify_home(inventory)

        with pytest.raises(AssertionError):
            changed(commission(inventory, DeviceKind.ESME))
        with pytest.raises(AssertionError):
            refused(connect_hub(inventory))


def test_an_unknown_device_fails_the_test() -> None:
    with Inventory.open() as inventory, pytest.raises(AssertionError):
        known(inventory, ESME)
