"""What a run asks of the laboratory, and what it tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from emulator.gbcs.protection.key_store import Credential
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import Instant
from emulator.lab.inputs.loads import Load
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.kept.recording import Recording
from emulator.lab.kept.result import ChartRow, DeviceRow, InputFile, Picture, Step
from emulator.lab.shipments.shipment import Shipment

ProgressListener = Callable[[str, Instant], None]
"""Told what is happening, and at which instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabOptions:
    """What a run may choose.

    Args:
        seed: what every random stream is keyed by.
        overrides: what devices hold and settings are, where that differs from the usual.
        state: the folder in which keys, counters and networks stay between runs.
        radios: radio name to URL.
        speed: `max`, `real` or a factor of real time.
        replay: what came in from outside in an earlier run, which is run again without hardware.
        name: the scenario's name.
        supplier: keys of an organisation from outside that is the supplier instead of ours.
        start: when time begins in a run that goes on from no other; None for the usual moment.
        loads: what homes take through their meters.
    """

    seed: int = 1
    overrides: Overrides = field(default_factory=Overrides)
    state: Path | None = None
    radios: Mapping[str, str] = field(default_factory=dict)
    speed: str = "max"
    replay: Recording | None = None
    name: str = ""
    supplier: tuple[Credential, ...] = ()
    start: datetime | None = None
    loads: tuple[Load, ...] = ()


class Laboratory(Protocol):
    """The laboratory as a run sees it; all can be asked at any time, also after a failure."""

    trace: Trace
    scheduler: Scheduler
    notes: list[str]
    steps: list[Step]
    pictures: list[Picture]
    inputs: list[InputFile]
    progress: ProgressListener | None

    def device_rows(self) -> tuple[DeviceRow, ...]:
        """Every device as it is now."""
        ...

    def chart(self) -> tuple[ChartRow, ...]:
        """Every transmission, in order."""
        ...

    def capture(self) -> bytes:
        """Every transmission at 2.4 GHz, as pcapng."""
        ...

    def second_capture(self) -> bytes:
        """Every transmission below 1 GHz, as pcapng; empty where no radio is there."""
        ...

    def key_file(self) -> str:
        """The keys that open the capture, as Wireshark's `zigbee_pc_keys`."""
        ...

    def frames(self) -> int:
        """How many frames were transmitted."""
        ...

    def radio_seconds(self) -> float:
        """How long some transmitter was on."""
        ...

    def unverified(self) -> tuple[str, ...]:
        """The settings this run relied on that no source proves."""
        ...

    def recording(self) -> str:
        """What came in from outside, as a file to replay; empty when nothing could."""
        ...

    def picture_home(self) -> None:
        """Put what meters measured and displays show among the pictures, where there is any."""
        ...

    def release(self) -> None:
        """Let go of everything outside: the run is over."""
        ...

    def save_state(self) -> None:
        """Keep keys, counters and network, where the run was given a folder for them."""
        ...


@dataclass(frozen=True, slots=True)
class LaboratoryKind:
    """How a laboratory is made, and which rooms of settings it has.

    Args:
        make: gives the laboratory for a shipment and the run's options.
        rooms: the settings dataclass of each room that `--set ROOM.setting=value` can name.
    """

    make: Callable[[Shipment, LabOptions], Laboratory]
    rooms: Mapping[str, type]
