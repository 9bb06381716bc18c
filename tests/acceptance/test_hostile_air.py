"""Whatever octets come off the air, a home in operation notes them and works on."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator.kernel.units import milliseconds
from emulator.lab.installing.commissioning import commission, read_again
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.radio.fcs import with_fcs
from emulator.testing.stack.simulated_bench import Injector
from emulator.zigbee.facts import FrameDropped, MalformedFrame

if TYPE_CHECKING:
    from emulator.radio.air import Transmission

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "one-meter.csv"
GAP = milliseconds(8)
"""Longer than the longest frame with its acknowledgement, so that none hides another."""


class HostileHome:
    """A commissioned home, what was said in it, and an attacker beside it."""

    def __init__(self, seed: int) -> None:
        self.lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=seed))
        self.home = self.lab.home()
        self.heard: list[Transmission] = []
        self.lab.air.listen(self.heard.append)
        commission(self.lab, self.home)
        self.draws = self.lab.streams.stream("attacker", "octets")
        self.attacker = Injector(self.lab.air, self.heard[-1].channel, "attacker")

    def send(self, psdu: bytes) -> None:
        """Put octets on the air with a right FCS, and let everybody react."""
        self.attacker.send(with_fcs(psdu))
        self.lab.scheduler.run(
            self.lab.scheduler.after(GAP, lambda: None).when,
        )

    def works(self) -> None:
        """The meter still reads its hub under the key they agreed."""
        read_again(self.lab, self.home, self.home.joiners[0])


def test_random_octets_are_noted_and_the_home_works_on() -> None:
    hostile = HostileHome(seed=1)

    for _ in range(300):
        hostile.send(hostile.draws.octets(hostile.draws.integer(0, 125)))

    hostile.works()


def test_captured_frames_sent_again_change_nothing() -> None:
    hostile = HostileHome(seed=2)
    before = hostile.home.joiners[0].nwk_address
    captured = [each.psdu_with_fcs[:-2] for each in hostile.heard]

    for psdu in captured:
        hostile.send(psdu)

    hostile.works()
    assert hostile.home.joiners[0].nwk_address == before
    assert any(fact.layer == "nwk" for _, fact in hostile.lab.trace.of(FrameDropped))


@pytest.mark.parametrize("seed", [3, 4])
def test_captured_frames_with_changed_octets_are_noted_and_the_home_works_on(seed: int) -> None:
    hostile = HostileHome(seed)
    captured = [each.psdu_with_fcs[:-2] for each in hostile.heard]

    for _ in range(400):
        psdu = bytearray(hostile.draws.choice(captured))
        for _ in range(hostile.draws.integer(1, 3)):
            psdu[hostile.draws.integer(0, len(psdu) - 1)] = hostile.draws.integer(0, 255)
        hostile.send(bytes(psdu[: hostile.draws.integer(1, len(psdu))]))

    hostile.works()
    noted = (*hostile.lab.trace.of(MalformedFrame), *hostile.lab.trace.of(FrameDropped))
    assert noted
