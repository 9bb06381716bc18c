"""Who must hand over an install code, and where the legal text reaches nobody (MP121 4.16).

The text binds the installing supplier party for a device left without SM WAN. The report itself
says that most devices concerned are merely pending, with SM WAN (MP121 section 7), and that gas
meters of new buildings are installed by gas transporters, who are no supplier party (section 2).
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.dcc.incidents.records import Regime


class Installer(Enum):
    """What whoever installed a device is."""

    SUPPLIER = "a supplier party"
    GAS_TRANSPORTER = "an independent gas transporter"
    AGENT = "an agent or meter asset provider, which pre-notified the device itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """How a device came to be where it is.

    Args:
        without_wan: whether it was left without a connection to the SM WAN.
    """

    installer: Installer
    without_wan: bool


@dataclass(frozen=True, slots=True)
class Obligation:
    """Whether somebody must hand over the code, and by which words."""

    bound: bool
    clause: str


_SSI: Final = "SEC App. AC 4.16 (proposed) (c): the installing Supplier Party shall"
_EMAIL: Final = "SEC App. AC 4.16 (alternative) (b): the installing Supplier Party shall"
_WITH_WAN: Final = "SEC App. AC 4.16 speaks of devices left without the SM WAN"
_NO_PARTY: Final = "SEC App. AC 4.16 binds Supplier Parties"
_HELD: Final = "MP281: the code is in the inventory, nobody is asked"


def obligation(regime: Regime, installation: Installation) -> Obligation:
    """Whether anybody is bound to hand over the code of a device installed so."""
    if regime is Regime.SMI:
        return Obligation(False, _HELD)
    if installation.installer is not Installer.SUPPLIER:
        return Obligation(False, _NO_PARTY)
    if not installation.without_wan:
        return Obligation(False, _WITH_WAN)
    return Obligation(True, _SSI if regime is Regime.SSI else _EMAIL)
