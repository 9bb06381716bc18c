"""Eight virtual hours of requests to many homes, for `tests.benchmarks.serving`: one JSON object.

The process is one of its own, so that its memory is that of the homes.
"""

import json
import sys
from pathlib import Path
from typing import Final

from emulator.dcc.dcc import RequestPlan
from emulator.kernel.units import later, minutes
from emulator.lab.laboratory import LabOptions
from emulator.lab.serving.estate import Estate, open_estate
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT: Final = Path(__file__).parents[1] / "data" / "shipments" / "one-meter.csv"
HOURS: Final = 8
_BETWEEN: Final = 5
"""Minutes from one request to a meter to the next."""


def resident() -> float:
    """Megabytes that the process has in memory now (proc(5) statm)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def hour(estate: Estate) -> int:
    """An hour of requests; how many were refused."""
    first, refused = estate.first, 0
    meters = [work.home.joiners[0].description.eui64 for work in estate.homes]
    for _ in range(60 // _BETWEEN):
        for meter in meters:
            refused += not first.side.dcc.ask("supplier", RequestPlan("4.1.1", meter)).accepted
        first.lab.scheduler.run(later(first.lab.scheduler.now, minutes(_BETWEEN)))
    return refused


def main(premises: int) -> None:
    """Run the day and print its figures."""
    estate = open_estate(read_shipment(SHIPMENT), premises, LabOptions())
    estate.bring_up()
    estate.keep_little()
    answered = [0]
    estate.first.side.dcc.listen(lambda _: answered.__setitem__(0, answered[0] + 1))
    sizes, refused = [], 0
    for _ in range(HOURS):
        refused += hour(estate)
        sizes.append(round(resident(), 1))
    told = {"premises": premises, "megabytes": sizes, "refused": refused, "told": answered[0]}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
