"""Changes an inventory without end, and says what was committed: killed from outside.

Before a response is given to the inventory, the device that answers is written and flushed, so that
whoever reads knows which responses there were when the end came.
"""

import os
import sys
from collections.abc import Iterator
from itertools import count

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.evidence import WanContact
from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import Move, PreNotification
from emulator.dcc.inventory.triggers import Trigger
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.inventory_scene import INSTALLER, START, over_wan, set_clock_response


def main(url: str) -> None:
    """For each number on standard input, a process that installs homes until it is killed."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _install_homes(url, int(line))
        os.waitpid(child, 0)
        _say("ended", child)


def _install_homes(url: str, first: int) -> None:
    _say("ready", os.getpid())
    with Inventory.open(url) as inventory:
        for home in count(first):
            for device in _install(inventory, Eui64(home * 16)):
                _say("committed", device)


def _install(inventory: Inventory, hub: Eui64) -> Iterator[int]:
    esme, gsme, gpf, ppmid = (Eui64(hub + place) for place in range(1, 5))
    kinds = {
        hub: DeviceKind.CHF,
        esme: DeviceKind.ESME,
        gsme: DeviceKind.GSME,
        gpf: DeviceKind.GPF,
        ppmid: DeviceKind.PPMID,
    }
    told = [
        PreNotification(
            device=device,
            kind=kind,
            notifier=INSTALLER,
            hub=None if kind is DeviceKind.CHF else hub,
        )
        for device, kind in kinds.items()
    ]
    inventory.pre_notify(told, START)
    yield hub
    _say("response", hub)
    contact = WanContact(hub, START)
    inventory.transition(
        Move(device=hub, trigger=Trigger.WAN_CONTACT, moment=START, evidence=contact)
    )
    yield hub
    for meter in (esme, gsme):
        _say("response", meter)
        evidence = over_wan(set_clock_response(kinds[meter], meter), hub=hub)
        inventory.transition(
            Move(device=meter, trigger=Trigger.COMMISSION_DEVICE, moment=START, evidence=evidence)
        )
        yield meter
    for target, other in ((gsme, gpf), (esme, ppmid)):
        _say("response", other)
        inventory.join(target, other, over_wan(hub=hub), START)
        yield other


def _say(word: str, device: int) -> None:
    os.write(sys.stdout.fileno(), f"{word} {device}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
