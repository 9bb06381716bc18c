"""A DCC behind its interfaces, with a loop of its own, for the tests beside this."""

import select
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from emulator.lab.serving.front import Front
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.dcc_scene import ESME, HUB, DccScene, dcc_scene
from emulator.testing.scenes.duis_scene import desk

Result = TypeVar("Result")


def scene() -> DccScene:
    made = dcc_scene()
    made.connect()
    made.commissioned(HUB, ESME)
    return made


def front_of(made: DccScene, line: LoopLine) -> Front:
    return Front(made.dcc, made.scheduler, desk(made.keys), line)


def turning(line: LoopLine, work: Callable[[], Result]) -> Result:
    """Do what waits, in this thread, until `work` has ended in another."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        while not future.done():
            if select.select([line.fileno()], [], [], 0.02)[0]:
                line.receive(line.read())
        return future.result()
