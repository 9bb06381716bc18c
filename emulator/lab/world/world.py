"""The world of a run: one clock, one air, one trace, in which one home stands or many."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Record, Trace
from emulator.lab.home.sightings import Sightings
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.kept.last_moment import calendar_after
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.outside import Outside
from emulator.lab.world.chart_recorder import ChartRecorder
from emulator.lab.world.home_radios import BandCaptures, HomeRadios
from emulator.lab.world.message_recorder import MessageRecorder
from emulator.lab.world.site_air import SiteAir
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.facts import InterviewEnded
from emulator.smart_energy.stack_settings import StackSettings

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64
    from emulator.lab.kept.result import Picture, Step


class World:
    """What all homes of a run share.

    Args:
        options: of the run.
        far_from: a world whose time, trace and report it shares, but not its air; None for all new.

    Raises:
        UsageError: when a file that its settings name is wrong.
    """

    def __init__(self, options: LabOptions, far_from: "World | None" = None) -> None:
        self._options = options
        self._far: list[World] = []
        if far_from is None:
            self._begin(options)
        else:
            self._share(far_from)
        self.site = SiteAir(self.settings, self.scheduler, self.streams)
        self.radios = HomeRadios(self.site.air, self.scheduler, self.streams, self.settings)
        self._captures: BandCaptures | None = None
        self.site.air.listen(self.recorder.observe)

    def _begin(self, options: LabOptions) -> None:
        self.outside = Outside(options.speed, options.replay)
        self.scheduler = Scheduler(self.outside.pace)
        self.streams = Streams(options.seed)
        self.trace = Trace()
        self.calendar = calendar_after(options.state, options.start)
        self.settings = settings_of(options.overrides)
        self.names: dict[Eui64, str] = {}
        """What each device is called, of every home."""
        self.notes: list[str] = []
        self.steps: list[Step] = []
        self.pictures: list[Picture] = []
        self.interviews: set[tuple[str, int]] = set()
        """Who has read all it wants to know of whom."""
        self.recorder = ChartRecorder(self.names)
        self.messages = MessageRecorder(self.names)
        """What crosses the wide area network, of every home."""
        self.sightings = Sightings()
        """What displays saw, of every home."""
        self.trace.listen(self._note_interview)
        self.trace.listen(self.sightings.note)

    def _share(self, other: "World") -> None:
        self.outside, self.scheduler, self.streams = other.outside, other.scheduler, other.streams
        self.trace, self.calendar, self.settings = other.trace, other.calendar, other.settings
        self.names, self.notes, self.steps = other.names, other.notes, other.steps
        self.pictures, self.interviews = other.pictures, other.interviews
        self.recorder, self.messages = other.recorder, other.messages
        self.sightings = other.sightings

    def far_away(self) -> "World":
        """A world with the same time and report, whose radios hear none of this one."""
        other = World(self._options, self)
        self._far.append(other)
        return other

    def keep_only(self, last: int) -> None:
        """Keep of the air and of messages no more than the last; captures and the trace end."""
        self.recorder.keep_only(last)
        self.messages.keep_only(last)
        self.trace.stop_keeping()
        for world in (self, *self._far):
            if world._captures is not None:  # noqa: SLF001 - of this class
                world.site.air.stop_listening(world._captures.observe)  # noqa: SLF001 - as above

    def captures(self, place: str) -> BandCaptures:
        """What is captured of the air; at the place of the first home that asks."""
        if self._captures is None:
            air, calendar = self.site.air, self.calendar
            self._captures = BandCaptures(air, calendar, place, self.settings)
        return self._captures

    def surroundings(self) -> Surroundings:
        """Where devices are whose radios are all simulated."""
        return Surroundings(
            self.scheduler,
            self.streams,
            self.trace,
            self.calendar,
            self.radios.make,
            self.radios.make_second,
        )

    def _note_interview(self, record: Record) -> None:
        if isinstance(record.fact, InterviewEnded) and record.fact.complete:
            self.interviews.add((record.node, record.fact.partner))


def settings_of(overrides: Overrides) -> StackSettings:
    """The usual settings with what the run changes."""
    usual = StackSettings()
    changed: dict[str, Any] = {
        room.name: overrides.applied(room.name, getattr(usual, room.name)) for room in fields(usual)
    }
    return StackSettings(**changed)
