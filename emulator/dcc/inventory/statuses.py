"""The nine statuses of the Smart Metering Inventory and that of a product (DUIS 5.4 schema)."""

from enum import Enum


class SmiStatus(Enum):
    """SMI Status of a device; values as DUIS 5.4 spells them."""

    PENDING = "Pending"
    WHITELISTED = "Whitelisted"
    INSTALLED_NOT_COMMISSIONED = "InstalledNotCommissioned"
    COMMISSIONED = "Commissioned"
    DECOMMISSIONED = "Decommissioned"
    WITHDRAWN = "Withdrawn"
    SUSPENDED = "Suspended"
    RECOVERY = "Recovery"
    RECOVERED = "Recovered"


class CplStatus(Enum):
    """Status of a device model in the Certified Products List (DUIS 5.4 CPLStatus)."""

    ACTIVE = "Active"
    CANCELLED = "Cancelled"
    EXPIRED = "Expired"
    WITHDRAWN = "Withdrawn"


class Certainty(Enum):
    """How sure a rule is."""

    SOURCED = "read in a source"
    INFERRED = "follows from what sources say"
    BACKGROUND = "background knowledge, well remembered"
    WEAK = "background knowledge, weak"

    @property
    def verified(self) -> bool:
        """Whether a source says it."""
        return self is Certainty.SOURCED
