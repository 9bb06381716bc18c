"""A laboratory without a radio, for tests of what stands around one."""

from dataclasses import dataclass, field
from typing import ClassVar

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import Instant, seconds
from emulator.lab.kept.result import (
    ChartRow,
    DeviceRow,
    InputFile,
    LinkKeyState,
    Picture,
    Step,
    Verdict,
)
from emulator.lab.laboratory import LabOptions, LaboratoryKind, ProgressListener
from emulator.lab.shipments.shipment import HUB_TYPES, Shipment
from emulator.lab.steps.unmet import StepFailed


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact of the bare laboratory."""

    kind: ClassVar[str] = "happened"

    what: str


@dataclass(frozen=True, slots=True)
class BareSettings:
    """The one room of settings of the bare laboratory."""

    attempts: int = 3


@dataclass(slots=True)
class BareLaboratory:
    """Steps pass or fail as a scenario says; nothing is transmitted."""

    shipment: Shipment
    options: LabOptions
    trace: Trace = field(default_factory=Trace)
    scheduler: Scheduler = field(default_factory=Scheduler)
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    progress: ProgressListener | None = None
    saved: int = 0

    def step(self, name: str, verdict: Verdict = Verdict.PASS, detail: str = "") -> None:
        """Take one second over a step of that verdict; any but a pass ends the scenario."""
        if self.progress is not None:
            self.progress(name, self.scheduler.now)
        begin = self.scheduler.now
        self.scheduler.run(Instant(begin + seconds(1)))
        self.trace.add(begin, "bench", Happened(name))
        step = Step(name, "", verdict, begin, self.scheduler.now, detail)
        self.steps.append(step)
        if verdict is not Verdict.PASS:
            raise StepFailed(step)

    def device_rows(self) -> tuple[DeviceRow, ...]:
        """Every device of the shipment, joined with a key of its own."""
        return tuple(
            DeviceRow(
                eui64=device.eui64,
                name=device.type.lower(),
                type=device.type,
                nwk=0 if device.type in HUB_TYPES else index,
                joined=True,
                link_key=LinkKeyState.NONE if device.type in HUB_TYPES else LinkKeyState.CBKE,
                suite=None if device.type in HUB_TYPES else 2,
            )
            for index, device in enumerate(self.shipment.devices)
        )

    def chart(self) -> tuple[ChartRow, ...]:
        """Nothing."""
        return ()

    def capture(self) -> bytes:
        """Octets that stand for a capture."""
        return b"capture"

    def second_capture(self) -> bytes:
        """No radio below 1 GHz."""
        return b""

    def key_file(self) -> str:
        """Text that stands for keys."""
        return "keys\n"

    def frames(self) -> int:
        """None."""
        return 0

    def radio_seconds(self) -> float:
        """None."""
        return 0.0

    def unverified(self) -> tuple[str, ...]:
        """One setting, as an example."""
        return ("BareSettings.attempts",)

    def recording(self) -> str:
        """Nothing comes from outside."""
        return ""

    def picture_home(self) -> None:
        """Nothing here measures."""

    def release(self) -> None:
        """Nothing outside is held."""

    def save_state(self) -> None:
        """Count that it was asked for."""
        self.saved += 1


def bare_laboratory() -> LaboratoryKind:
    """The bare laboratory as a run is given it."""
    return LaboratoryKind(BareLaboratory, {"bare": BareSettings})
