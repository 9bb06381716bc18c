import itertools

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, hours, seconds
from emulator.radio.access_settings import DutyCycleSettings
from emulator.radio.duty_cycle import DutyCycle
from emulator.radio.duty_watch import DutyWatch
from emulator.radio.port import Channel, DutyMode, RadioDutyCycle

SUB_GHZ = Channel(28, 0)


class Scene:
    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.duty = DutyCycle(DutyCycleSettings())
        self.told: list[RadioDutyCycle] = []
        self.watch = DutyWatch(self.duty, self.scheduler, self.told.append)

    def sends(self, time: int, channel: Channel = SUB_GHZ) -> None:
        self.duty.add(seconds(time), self.scheduler.now)
        self.watch.count(channel)


def test_each_mode_is_told_once_as_it_is_reached_and_as_time_passes() -> None:
    scene = Scene()

    for _ in range(11):
        scene.sends(10)
    scene.scheduler.run(Instant(hours(2)))

    modes = [each.mode for each in scene.told]
    assert modes[0] is DutyMode.LIMITED
    assert DutyMode.REGULATED in modes
    assert modes[-1] is DutyMode.NORMAL
    assert all(one is not other for one, other in itertools.pairwise(modes))


def test_at_2_4_ghz_nothing_is_counted() -> None:
    scene = Scene()

    scene.sends(3_000, Channel(0, 11))

    assert scene.told == []


def test_what_is_forgotten_is_not_told_later() -> None:
    scene = Scene()
    scene.sends(80)
    told = len(scene.told)

    scene.watch.forget()
    scene.scheduler.run(Instant(hours(2)))

    assert len(scene.told) == told
