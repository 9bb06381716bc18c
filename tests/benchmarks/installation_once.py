"""Installs and commissions the dual-fuel home once, and prints what that took as JSON.

The devices and the laboratory are imported before the clock starts, as by `hanlab run`; what the
run itself is first to import counts. Writing the report is not part of it.
"""

import json
from time import perf_counter, process_time

from emulator.kernel.extensions import load, names
from emulator.lab.inputs.scenario_files import INSTALLED, SHIPMENTS
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment


def main() -> None:
    """Run it, check it, say how long it took."""
    for kind in names("hanlab.devices"):
        load("hanlab.devices", kind)
    shipment = read_shipment(INSTALLED / SHIPMENTS / "dual-fuel.csv")
    imported, began = process_time(), perf_counter()
    from scenarios.commissioning.dual_fuel import run  # noqa: PLC0415 - part of what is timed

    lab = Lab(shipment, LabOptions())
    run(lab)
    took = {
        "imports": imported,
        "processor": process_time() - imported,
        "wall": perf_counter() - began,
        "radio": lab.radio_seconds(),
        "virtual": lab.scheduler.now / 1_000_000,
        "frames": lab.frames(),
        "steps": len(lab.steps),
    }
    assert all(step.verdict is Verdict.PASS for step in lab.steps), lab.steps
    print(json.dumps(took))  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
