"""Choices of gas meters at work, where sources leave them open."""

from dataclasses import dataclass

from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class GasMeterSettings:
    """What a gas meter's maker decides.

    Args:
        battery_days: how long a new battery lasts.
        low_battery_days: from which on its capacity is low.
        refused_entries: codes refused one after the other, typed at the meter, after which it
            takes none for a while.
        entry_pause: seconds of that while.
    """

    battery_days: int = setting(
        3650, source="no clause: ten years, of the order of what gas meters are sold with"
    )
    low_battery_days: int = setting(
        183, source="SMETS2 4.6.4, low battery: that it tells; when is open here", verified=False
    )
    refused_entries: int = setting(
        5, source="GBCS 16.2, 81C4: that entry is suspended; after how many is open", verified=False
    )
    entry_pause: int = setting(
        3600, source="GBCS 16.2, 81C4: that entry is suspended; how long is open", verified=False
    )
