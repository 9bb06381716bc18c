"""Choices of the inventory that no source settles."""

from dataclasses import dataclass
from datetime import timedelta

from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class InventorySettings:
    """What the inventory does where its rules leave a choice."""

    joined_means_installed: bool = setting(
        True,
        source="assumed: a device log backup with a key hash (GBCS CS14) shows an installed device",
        verified=False,
    )
    gpf_follows_hub: bool = setting(
        True,
        source="one reply of DCC Boxed to SRV 8.2: GPF installed beside its CHF",
        verified=False,
    )
    removable: tuple[SmiStatus | None, ...] = setting(
        (
            None,
            SmiStatus.PENDING,
            SmiStatus.WHITELISTED,
            SmiStatus.INSTALLED_NOT_COMMISSIONED,
            SmiStatus.DECOMMISSIONED,
            SmiStatus.WITHDRAWN,
        ),
        source="assumed: SRV 8.4 removes no device that is in use",
        verified=False,
    )
    mpxn_soon: timedelta = setting(
        timedelta(days=1),
        source="assumed for SEC App. AC 4.14: as soon as reasonably practicable",
        verified=False,
    )
