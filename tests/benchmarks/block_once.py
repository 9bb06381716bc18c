"""Runs `alt_han/block_of_24` once, and prints what that took as JSON."""

import json
from time import perf_counter

from emulator.kernel.extensions import load, names
from emulator.lab.inputs.scenario_files import find_scenario, load_scenario
from emulator.lab.kept.result import LinkKeyState, Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.zigbee.nwk.facts import NetworkFormed


def main() -> None:
    """Run it, check it, say how long it took."""
    for kind in names("hanlab.devices"):
        load("hanlab.devices", kind)
    scenario = load_scenario(find_scenario("alt_han/block_of_24"))
    lab = Lab(bench_shipment(), LabOptions())
    began = perf_counter()
    scenario(lab)
    wall = perf_counter() - began
    assert all(step.verdict is Verdict.PASS for step in lab.steps), lab.steps[-1]
    rows = lab.device_rows()
    joined = [row for row in rows if row.joined and row.link_key is LinkKeyState.CBKE]
    hubs = [row for row in rows if row.type == "CHF"]
    assert all(row.smi_status in ("Commissioned", None) for row in rows), rows
    took = {
        "wall": wall,
        "virtual": lab.scheduler.now / 1_000_000,
        "frames": lab.frames(),
        "homes": len(hubs),
        "devices": len(joined) + len(hubs),
        "hans": len({fact.extended_pan_id for _, fact in lab.trace.of(NetworkFormed)}),
        "digest": lab.trace.digest(),
    }
    print(json.dumps(took))  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
