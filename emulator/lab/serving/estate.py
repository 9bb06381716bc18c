"""Many premises behind one DCC: each with an air of its own, all in one time.

The first home is that of a shipment file. The others have devices of the same types, with numbers
made for emulation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import bring_up, check_state, every_device
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions, ProgressListener
from emulator.lab.shipments.dwelling_shipment import MOST_DWELLINGS, dwelling_shipment
from emulator.lab.shipments.shipment import Shipment
from emulator.lab.world.remote_side import RemoteSide
from emulator.smart_energy.device import SmartEnergyDevice

MOST: Final = MOST_DWELLINGS
KEPT: Final = 10_000
"""Transmissions that are kept of homes that may be up for days: some minutes of them."""
MESSAGES_KEPT: Final = 500
"""Messages that nobody has looked at yet, and letters of each kind: more than a page shows."""


@dataclass(frozen=True, slots=True)
class Estate:
    """Premises that one DCC serves.

    Args:
        homes: the first is that of the shipment file.
    """

    homes: tuple[Installation, ...]

    @property
    def first(self) -> Installation:
        """The home of the shipment file, whose laboratory is that of all."""
        return self.homes[0]

    def bring_up(self, installed: Iterable[SmartEnergyDevice] | None = None) -> None:
        """Commission every home.

        Args:
            installed: what of the first home is installed; None for all.

        Raises:
            UsageError: when the shipment has no supply point of a meter.
            EnvironmentFault: when a home does not come up.
        """
        first, *others = self.homes
        bring_up(first, every_device(first) if installed is None else installed)
        for work in others:
            bring_up(work, every_device(work))

    def keep_little(self) -> None:
        """From now on keep nothing that grows: for homes that may be up for days.

        What users are sent goes to them; nobody here reads it again.
        """
        work = self.first
        work.lab.keep_only(KEPT)
        work.lab.world.messages.keep_only(MESSAGES_KEPT)
        work.side.dcc.mailbox.keep_only(MESSAGES_KEPT)


def open_estate(
    shipment: Shipment,
    premises: int,
    options: LabOptions,
    progress: ProgressListener | None = None,
) -> Estate:
    """Premises, every device without power.

    Args:
        shipment: of the first.
        premises: how many there are.
        options: of the run.
        progress: told what goes on.

    Raises:
        UsageError: when there are none or too many, or their state is to be kept, which is that of
            one home.
    """
    check_state(options)
    if not 1 <= premises <= MOST:
        raise UsageError(f"--premises {premises}: expected 1 to {MOST}")
    if premises > 1 and options.state is not None:
        raise UsageError("--state keeps one home: expected it without --premises")
    lab = Lab(shipment, options)
    lab.progress = progress
    kinds = tuple(line.type for line in shipment.joining)
    others = tuple(dwelling_shipment(number, kinds) for number in range(1, premises))
    side = lab.remote_side(*others)
    labs = (lab, *_beside(lab, side, others))
    return Estate(tuple(Installation(each, side, each.home()) for each in labs))


def _beside(lab: Lab, side: RemoteSide, others: Sequence[Shipment]) -> tuple[Lab, ...]:
    return tuple(
        lab.beside(each, f"home {number}", side, far_away=True)
        for number, each in enumerate(others, start=2)
    )
