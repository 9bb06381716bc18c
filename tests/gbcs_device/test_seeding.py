from emulator.gbcs_device.cosem.device_objects import electricity_meter
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.execution import Command, Executed
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.seeding import Seedable
from emulator.kernel.units import Calendar
from emulator.testing.scenes.cosem_scene import METER


class _Forgetful:
    def execute(self, command: Command) -> Executed:
        return Executed(command.payload)


def test_executors_with_objects_can_be_seeded() -> None:
    assert isinstance(electricity_meter(METER, DeviceClock(Calendar())), Seedable)
    assert isinstance(GbzExecutor(MeterStore(GSME)), Seedable)


def test_an_executor_that_holds_nothing_can_not() -> None:
    assert not isinstance(_Forgetful(), Seedable)
