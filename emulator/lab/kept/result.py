"""What a run came to: the one value that every output file is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

SCHEMA_VERSION = 1

ChartLayer = Literal["mac", "nwk", "aps", "zdo", "zcl", "gbcs"]
"""The highest layer that a transmission carries."""

ServiceMode = Literal["gfi", "itch", "end_to_end", "han_only"]
"""Which service the run emulated; `han_only` has neither WAN nor DCC."""


class Verdict(Enum):
    """The verdict of a step or of a run, as the files spell it."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


class LinkKeyState(Enum):
    """The link key a device shares with the trust centre."""

    NONE = "none"
    PRECONFIGURED = "preconfigured"
    CBKE = "cbke"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands."""

    document: str
    clause: str


@dataclass(frozen=True, slots=True)
class StepMessage:
    """A message between a remote party and a device, as it crossed the wide area network.

    Args:
        source: who sent it; `destination` for whom it was.
        title: what it is, in a few words.
        detail: the decoded message, one line a field.
    """

    at: Instant
    source: str
    destination: str
    title: str
    detail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a scenario did or waited for, with the messages that crossed meanwhile."""

    name: str
    clause: str
    verdict: Verdict
    start: Instant
    end: Instant
    detail: str = ""
    messages: tuple[StepMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device as the run left it; `suite` is the CBKE suite of its key, None without one."""

    eui64: Eui64
    name: str
    type: str
    nwk: int | None
    joined: bool
    link_key: LinkKeyState
    suite: int | None
    smi_status: str | None = None
    parent: str | None = None
    sleepy: bool = False


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One transmission as the sequence chart shows it.

    Args:
        at: when its first symbol was on the air.
        source: name of the device that sent it.
        destination: name of the device it was for; `*` for a broadcast, `?` for an address that
            nobody has.
        label: what it says, in a few words (`Association Request`, `Report Attributes, Metering`).
        layer: the highest layer it carries.
        security: which keys protected it (`""`, `NWK`, `NWK + APS link key` ...).
        detail: the decoded frame, one line a field.
        psdu: the octets as sent, with FCS.
    """

    at: Instant
    source: str
    destination: str
    label: str
    layer: ChartLayer
    security: str
    detail: tuple[str, ...]
    psdu: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a scenario made.

    Args:
        title: what it shows, in a few words.
        svg: the SVG document, complete in itself.
        caption: how to read it; empty when the title says it all.
    """

    title: str
    svg: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file the run read."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything the output files say.

    `radio_seconds` is the time some transmitter was on; `unverified` names the settings whose
    facts nobody could prove and that this run relied on.
    """

    hanlab_version: str
    scenario: str
    title: str
    source: tuple[Source, ...]
    service_mode: ServiceMode
    seed: int
    settings: Mapping[str, str]
    inputs: tuple[InputFile, ...]
    verdict: Verdict
    steps: tuple[Step, ...]
    devices: tuple[DeviceRow, ...]
    frames: int
    virtual_seconds: float
    wall_seconds: float
    radio_seconds: float
    trace_sha256: str
    unverified: tuple[str, ...]
    notes: tuple[str, ...] = ()
    chart: Sequence[ChartRow] = field(default=())
    pictures: tuple[Picture, ...] = ()
