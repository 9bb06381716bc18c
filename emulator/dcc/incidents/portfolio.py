"""Meters that change supplier before they are commissioned, in the proportions of MP121 section 7.

A portfolio is drawn, not measured: so many meters of which a few in a hundred were gained without
being commissioned, one in ten of those left without SM WAN, the others merely pending.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from emulator.dcc.incidents.obligations import Installation, Installer
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.settings import setting
from emulator.kernel.streams import Stream

AFFECTED_IN_GREAT_BRITAIN: Final = 500_000
"""MP121 section 7: half a million meters, in theory an incident each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioSettings:
    """How many of what; shares between 0 and 1."""

    not_commissioned: float = setting(
        0.03, source="MP121 report 7: about 3 % of gained meters, and of lost ones"
    )
    without_wan: float = setting(0.10, source="MP121 report 7: about 10 % install and leave")
    gas_transporter: float = setting(
        0.0, source="MP121 report 2 names new buildings, without a number", verified=False
    )


@dataclass(frozen=True, slots=True)
class GainedMeter:
    """A meter that a supplier gained without being able to commission it."""

    device: Eui64
    status: SmiStatus
    installation: Installation


def gained_meters(
    gained: int, first: Eui64, stream: Stream, settings: PortfolioSettings | None = None
) -> Iterator[GainedMeter]:
    """The meters among so many gained ones that are not commissioned.

    Args:
        gained: how many meters were gained in all.
        first: id of the first meter; the others follow it.
        stream: what decides which.
        settings: the shares.

    Raises:
        LocalError: when the number is negative.
    """
    if gained < 0:
        raise LocalError(f"{gained} meters: expected none or more")
    shares = settings or PortfolioSettings()
    for number in range(gained):
        if stream.chance(shares.not_commissioned):
            yield _meter(Eui64(first + number), stream, shares)


def _meter(device: Eui64, stream: Stream, shares: PortfolioSettings) -> GainedMeter:
    without_wan = stream.chance(shares.without_wan)
    transporter = stream.chance(shares.gas_transporter)
    status = SmiStatus.INSTALLED_NOT_COMMISSIONED if without_wan else SmiStatus.PENDING
    installer = Installer.GAS_TRANSPORTER if transporter else Installer.SUPPLIER
    return GainedMeter(device, status, Installation(installer=installer, without_wan=without_wan))
