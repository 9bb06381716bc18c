"""A sniffer on the virtual dongle: a thousand frames a second, kept and told, none lost."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from emulator.lab.captures.reading import read_capture
from emulator.lab.sniffing.claims import Known
from emulator.lab.sniffing.sniff_command import SniffRequest, sniff_command
from tests.benchmarks.figures import Figure
from tests.benchmarks.sniffer_source import FRAMES

_BEFORE = 6_000
"""Milliseconds in which the sniffer comes up."""


def measure() -> Iterator[Figure]:
    """Frames lost of those that were sent."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # the other process has its own core
    with tempfile.TemporaryDirectory() as folder:
        kept, seconds = kept_frames(Path(folder))
    yield Figure(
        name="sniffer at 1,000 frames/s over the virtual dongle: frames lost",
        figure=float(FRAMES - kept),
        unit="frames",
        target=0.0,
        better="lower",
        detail=f"{kept} of {FRAMES} kept and told, {kept / seconds:.0f} frames/s in the capture, "
        f"load of the machine {os.getloadavg()[0]:.1f}",
    )


def kept_frames(folder: Path) -> tuple[int, float]:
    """How many different frames were kept, and within how many seconds of the capture."""
    out = folder / "a.pcapng"
    words = (sys.executable, "-m", "tests.benchmarks.sniffer_source", str(_BEFORE))
    source = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert source.stdout is not None
        port = source.stdout.readline().strip()
        request = SniffRequest(
            radio=f"spinel:{port}",
            channels="15",
            known=Known(pan="0x1234"),
            out=str(out),
            frames=FRAMES,
            duration="25 s",
        )
        with (folder / "told.txt").open("w") as told, redirect_stdout(told):
            sniff_command(request, as_json=False)
    finally:
        source.kill()
        source.communicate()
    frames = read_capture(out).frames
    seconds = (frames[-1].at - frames[0].at) / 1e6 if len(frames) > 1 else 1.0
    return len({frame.psdu for frame in frames}), seconds
