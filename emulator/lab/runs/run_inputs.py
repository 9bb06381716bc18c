"""What a run is asked for, and the same thing checked: every mistake is found before it starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import names
from emulator.lab.inputs.loads import LoadReading, parse_loads
from emulator.lab.inputs.overrides import Overrides, parse_overrides
from emulator.lab.inputs.scenario_files import ScenarioFile, find_scenario, load_scenario
from emulator.lab.kept.output_directory import OutputDirectory
from emulator.lab.kept.recording import Recording, read_recording
from emulator.lab.kept.result import InputFile
from emulator.lab.laboratory import LabOptions, LaboratoryKind
from emulator.lab.radios.outside import (
    FULL_SPEED,
    REAL_TIME,
    check_radio,
    radio_device,
    speed_factor,
)
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import Shipment, bench_shipment, read_shipment

DEFAULT_SEED: Final = 1
DEFAULT_OUT: Final = Path("hanlab-out")
_YEARS: Final = range(2001, 2100)
"""In which clocks of the HAN, which count seconds from 2000, can be."""

Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """A run as the command line asks for it; what each option means stands with the command."""

    scenario: str
    devices: Path | None = None
    seed: int = DEFAULT_SEED
    assignments: tuple[str, ...] = ()
    out: Path | None = None
    speed: str | None = None
    replay: Path | None = None
    radios: tuple[str, ...] = ()
    state: Path | None = None
    force: bool = False
    loads: tuple[str, ...] = ()
    load_reading: LoadReading = field(default_factory=LoadReading)
    start: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """A run that can start."""

    scenario: ScenarioFile
    run: Callable[[Any], object]
    shipment: Shipment
    options: LabOptions
    out: OutputDirectory

    @property
    def files(self) -> tuple[InputFile, ...]:
        """Every file it reads, with its digest; what somebody typed is no file."""
        scenario = InputFile(str(self.scenario.path), self.scenario.sha256)
        shipment = InputFile(self.shipment.path, self.shipment.sha256)
        profiles = (each.path for each in self.options.loads if each.path is not None)
        loads = (
            InputFile(str(path), sha256(path.read_bytes()).hexdigest())
            for path in dict.fromkeys(profiles)
        )
        return tuple(each for each in (scenario, shipment, *loads) if each.sha256)

    @property
    def settings(self) -> dict[str, str]:
        """What differs from an ordinary run, as written."""
        options = self.options
        told = dict(options.overrides.texts)
        told |= {f"radio.{name}": url for name, url in options.radios.items()}
        if options.speed != FULL_SPEED:
            told["speed"] = options.speed
        if options.replay is not None:
            told["replay"] = options.replay.path
        told |= {f"load.{number}": load.text for number, load in enumerate(options.loads, 1)}
        if options.start is not None:
            told["start"] = options.start.isoformat()
        if options.state is not None:
            told["state"] = str(options.state)
        return told


def check_inputs(request: RunRequest, kind: LaboratoryKind) -> RunInputs:
    """The request as a run that can start; writes nothing.

    Raises:
        UsageError: with every mistake of files and options, one line each.
        EnvironmentFault: when the output folder cannot be written.
    """
    mistakes: list[str] = []

    def checked(check: Callable[[], Checked]) -> Checked | None:
        try:
            return check()
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
            return None

    scenario = checked(lambda: find_scenario(request.scenario))
    shipment = checked(lambda: _shipment(request, scenario))
    overrides = checked(lambda: parse_overrides(request.assignments, kind.rooms, shipment))
    radios = checked(lambda: _radios(request.radios))
    checked(lambda: _check_devices(radios or {}, shipment))
    speed = checked(lambda: _speed(request, radios or {}))
    loads = checked(lambda: parse_loads(request.loads, request.load_reading, shipment))
    start = checked(lambda: _start(request))
    recording = None if request.replay is None else checked(lambda: _recording(request))
    checked(lambda: _check_scalars(request))
    run = None if scenario is None else checked(lambda: load_scenario(scenario))
    out = OutputDirectory(_out(request, scenario), force=request.force)
    if scenario is not None or request.out is not None:
        checked(out.check_kind)
    if mistakes or scenario is None or run is None or shipment is None:
        raise UsageError(*mistakes)
    out.check_writable()
    options = LabOptions(
        seed=request.seed,
        overrides=overrides or Overrides(),
        state=request.state,
        radios=radios or {},
        speed=speed or FULL_SPEED,
        replay=recording,
        name=scenario.name,
        loads=loads or (),
        start=start,
    )
    return RunInputs(scenario=scenario, run=run, shipment=shipment, options=options, out=out)


def _shipment(request: RunRequest, scenario: ScenarioFile | None) -> Shipment:
    path = request.devices
    if path is None and scenario is not None:
        path = scenario.shipment_path()
    return bench_shipment() if path is None else read_shipment(path)


def _out(request: RunRequest, scenario: ScenarioFile | None) -> Path:
    return request.out or DEFAULT_OUT / (scenario.name if scenario else "")


def _start(request: RunRequest) -> datetime | None:
    """The moment at which time begins."""
    if request.start is None:
        return None
    try:
        moment = datetime.fromisoformat(request.start)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in _YEARS:
        raise UsageError(f"--start {request.start}: expected a moment as 2026-03-28T00:00Z")
    return moment.astimezone(UTC)


def _check_scalars(request: RunRequest) -> None:
    mistakes = []
    if request.state is not None and request.state.exists() and not request.state.is_dir():
        mistakes.append(f"--state {request.state}: not a folder: expected one, or a new name")
    if mistakes:
        raise UsageError(*mistakes)


def _check_devices(radios: Mapping[str, str], shipment: Shipment | None) -> None:
    """Each radio is that of a device, and no device has two."""
    if shipment is None:
        return
    radios_of = [each for each in shipment.devices if each.type != "GPF"]
    known = names_for(radios_of)
    mistakes: list[str] = []
    taken: set[str] = set()
    for name in radios:
        try:
            device = radio_device(name, known, shipment.hub.eui64)
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
            continue
        if device in taken:
            mistakes.append(f"--radio {name}: {device} has a radio already")
        taken.add(device)
    if mistakes:
        raise UsageError(*mistakes)


def _speed(request: RunRequest, radios: Mapping[str, str]) -> str:
    """The speed of the run: that of the clock where something real takes part."""
    mistakes: list[str] = []
    real = []
    for name, url in radios.items():
        try:
            real += [name] if check_radio(name, url) else []
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
    speed = request.speed or (REAL_TIME if real else FULL_SPEED)
    if speed != FULL_SPEED:
        try:
            speed_factor(speed)
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
    if real and speed != REAL_TIME and request.replay is None:
        mistakes.append(f"--speed {speed}: {real[0]} has a real radio: expected real")
    if mistakes:
        raise UsageError(*mistakes)
    return speed


def _recording(request: RunRequest) -> Recording | None:
    try:
        return None if request.replay is None else read_recording(request.replay)
    except UsageError as refusal:
        raise UsageError(*(f"--replay {each}" for each in refusal.problems)) from refusal


def _radios(texts: tuple[str, ...]) -> Mapping[str, str]:
    """The radios by name; each URL's scheme is a kind that some package brings."""
    mistakes = []
    radios: dict[str, str] = {}
    known = names("hanlab.radios")
    for text in texts:
        name, mark, url = text.partition("=")
        scheme, colon, _ = url.partition(":")
        if not (name and mark and scheme and colon):
            mistakes.append(f"--radio {text}: expected NAME=KIND:PLACE")
        elif scheme not in known:
            told = ", ".join(known) or "none, no radio is installed"
            mistakes.append(f"--radio {text}: no radio kind {scheme!r}: expected {told}")
        elif name in radios:
            mistakes.append(f"--radio {text}: expected each name once")
        else:
            radios[name] = url
    if mistakes:
        raise UsageError(*mistakes)
    return radios
