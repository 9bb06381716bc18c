"""What is at the other end of a line: a GFI tool on TCP, or an ITCH on a wire."""

from dataclasses import dataclass
from pathlib import Path

from emulator.bench.gfi_line.client import GfiClient, parse_line
from emulator.bench.gfi_line.line_talk import LineTalk
from emulator.bench.gfi_line.wire_client import WireClient, check_wire, is_wire
from emulator.bench.gfi_line.wire_settings import WireSettings, read_wire_settings
from emulator.kernel.errors import UsageError


@dataclass(frozen=True, slots=True)
class Wire:
    """A wire by its port, and its transport."""

    port: str
    settings: WireSettings


FarEnd = tuple[str, int] | Wire


def far_end(line: str, settings: Path | None) -> FarEnd:
    """The far end of a line: HOST:PORT, or a serial path or tcp://HOST:PORT for a wire.

    Raises:
        UsageError: when it is neither, or the file of its transport is none.
        EnvironmentFault: when that file cannot be read.
    """
    if is_wire(line):
        transport = read_wire_settings(settings)
        try:
            check_wire(line, transport)
        except UsageError as refusal:
            raise UsageError(f"--line {line}: {refusal}") from refusal
        return Wire(line, transport)
    if settings is not None:
        raise UsageError(f"--line-settings: {line} is no wire: expected a serial path or tcp://")
    return parse_line(line)


def connected(far: FarEnd, patience: float) -> LineTalk:
    """An open line.

    Args:
        far: where it leads.
        patience: seconds for which it tries to connect.

    Raises:
        EnvironmentFault: when it does not open.
    """
    if isinstance(far, Wire):
        return WireClient(far.port, far.settings, patience=patience)
    return GfiClient(far, patience=patience)
