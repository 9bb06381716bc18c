"""Choices of gas meters at work, where sources leave them open."""

from dataclasses import dataclass

from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class GasMeterSettings:
    """What a gas meter's maker decides.

    Args:
        battery_days: how long a new battery lasts.
        low_battery_days: from which on its capacity is low.
    """

    battery_days: int = setting(
        3650, source="no clause: ten years, of the order of what gas meters are sold with"
    )
    low_battery_days: int = setting(
        183, source="SMETS2 4.6.4, low battery: that it tells; when is open here", verified=False
    )
