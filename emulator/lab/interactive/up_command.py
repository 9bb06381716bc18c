"""What `hanlab up` does once its words are read: bring the home up, and listen."""

import sys
import time
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import ScenarioFile
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import bring_up, every_device, open_home
from emulator.lab.interactive.prompt import talk
from emulator.lab.interactive.send_command import HomeChoice
from emulator.lab.interactive.session import Session
from emulator.lab.kept.output_directory import REPORT_HTML, OutputDirectory
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.runs.run import INTERRUPTED, report_on
from emulator.lab.runs.run_inputs import RunInputs

_TITLE: Final = "A home at a prompt"


def up_command(choice: HomeChoice, source: TextIO, console: Console) -> int:
    """Bring a home up, do what is asked of it line by line, and give the exit status.

    Args:
        choice: the home.
        source: where lines come from.
        console: where answers go.

    Raises:
        UsageError: with every mistake of the shipment file or of what was kept.
        EnvironmentFault: when the home does not come up.
    """
    line = ProgressLine(sys.stderr)
    work = open_home(choice.devices, choice.options("up"), line.show)
    began = time.perf_counter()
    session = Session(
        work,
        console,
        lambda out: _report(work, out, time.perf_counter() - began),
        agreed=lambda use_case: choice.agreed(use_case, source),
    )
    try:
        bring_up(work, every_device(work))
        line.clear()
        joined = sum(device.joined for device in work.home.joiners)
        console.print(f"{joined} of {len(work.home.joiners)} devices are up; help says what to say")
        work.lab.progress = None
        return talk(session, source)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        line.clear()
        work.lab.save_state()


def _report(work: Installation, out: Path, wall: float) -> Path:
    directory = OutputDirectory(out)
    directory.check_kind()
    directory.check_writable()
    scenario = ScenarioFile(name="up", path=out, title=_TITLE, sha256="", service_mode="end_to_end")
    inputs = RunInputs(
        scenario=scenario,
        run=_nothing,
        shipment=work.home.shipment,
        options=work.lab.options,
        out=directory,
    )
    end = report_on(inputs, work.lab, wall)
    written = end.files.get(REPORT_HTML)
    if written is None:
        raise UsageError(f"{out}: no report was written")
    return written


def _nothing(_lab: object) -> None:
    """What is left of a scenario that somebody typed."""
