"""Changes of status on an SQLite file, one durable commit each."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import Move
from emulator.dcc.inventory.triggers import Trigger
from emulator.testing.scenes.inventory_scene import (
    ESME,
    START,
    commission,
    connect_hub,
    notify_home,
)
from tests.benchmarks.figures import Figure

ROUNDS: Final = 5
CHANGES: Final = 1_000


def measure() -> Iterator[Figure]:
    """Changes a second: a meter commissioned, suspended and restored, again and again."""
    rate = median(_round() for _ in range(ROUNDS))
    yield Figure(
        name="inventory transitions",
        figure=round(rate),
        unit="1/s",
        target=1_000,
        better="higher",
        detail=f"SQLite file, write-ahead log, synchronous=FULL, {CHANGES} commits, "
        f"median of {ROUNDS}",
    )


def _round() -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        Inventory.open(f"sqlite:///{Path(folder) / 'smi.db'}") as inventory,
    ):
        notify_home(inventory)
        connect_hub(inventory)
        commission(inventory, DeviceKind.ESME)
        start = perf_counter()
        for number in range(CHANGES):
            trigger = Trigger.MODEL_RESTORED if number % 2 else Trigger.MODEL_SUSPENDED
            inventory.transition(Move(device=ESME, trigger=trigger, moment=START))
        took = perf_counter() - start
        lines = len(inventory.history(ESME))
    assert lines == CHANGES + 2
    return CHANGES / took
