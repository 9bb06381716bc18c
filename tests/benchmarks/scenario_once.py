"""Joins every device of the dual-fuel shipment once and prints the processor seconds it took.

Imports are done before the clock starts; writing the report is not part of it.
"""

from time import process_time

from emulator.kernel.extensions import load, names
from emulator.lab.inputs.scenario_files import INSTALLED, SHIPMENTS
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import LinkKeyState
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment


def main() -> None:
    """Run it, check it, say how long it took."""
    for kind in names("hanlab.devices"):
        load("hanlab.devices", kind)
    shipment = read_shipment(INSTALLED / SHIPMENTS / "dual-fuel.csv")
    start = process_time()
    lab = Lab(shipment, LabOptions())
    commission(lab, lab.home())
    took = process_time() - start
    agreed = [row for row in lab.device_rows() if row.link_key is LinkKeyState.CBKE]
    assert len(agreed) == 6, agreed
    print(took)  # noqa: T201 - the answer of this program


if __name__ == "__main__":
    main()
