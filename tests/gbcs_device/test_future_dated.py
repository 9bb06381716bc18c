"""What is told of commands that waited for their date."""

from collections.abc import Sequence

from emulator.gbcs_device.execution import Deferred
from emulator.gbcs_device.future_dated import CosemItem, FutureDated, KeepsWaiting
from emulator.kernel.identity import Eui64


class _Keeper:
    def waiting(self) -> Sequence[Deferred]:
        return ()


def test_a_command_without_item_brings_its_own_alert() -> None:
    told = FutureDated(0x0012, 1001, Eui64(0x90B3D51F30010000))

    assert told.item is None


def test_items_of_one_command_are_told_apart() -> None:
    clock = CosemItem(8, bytes.fromhex("0000010000FF"), 2)

    assert clock != CosemItem(8, bytes.fromhex("0000010000FF"), 3)


def test_an_executor_keeps_waiting_when_it_can_say_what_waits() -> None:
    assert isinstance(_Keeper(), KeepsWaiting)
    assert not isinstance(object(), KeepsWaiting)
