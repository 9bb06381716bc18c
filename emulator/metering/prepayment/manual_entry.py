"""Whether codes may be typed at a meter; not after many wrong ones (GBCS 16.2, 81C4 and 81C5)."""

from dataclasses import dataclass

from emulator.kernel.settings import at_least, setting
from emulator.kernel.units import Duration, hours


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualEntrySettings:
    """How often codes that are typed at a meter may be wrong, one after the other.

    Raises:
        UsageError: when the first is to be one too many.
    """

    refused: int = setting(
        5, source="GBCS 16.2, 81C4: that entry is suspended; after how many is open", verified=False
    )
    pause: Duration = setting(
        hours(1),
        source="GBCS 16.2, 81C4: that entry is suspended; how long is open",
        verified=False,
    )

    def __post_init__(self) -> None:
        """Refuse what leaves nobody a code to type."""
        at_least("manual_entry.refused", self.refused, 1)


class ManualEntry:
    """The codes that were typed at one meter.

    Args:
        settings: how often they may be wrong.
    """

    def __init__(self, settings: ManualEntrySettings | None = None) -> None:
        self._settings = settings or ManualEntrySettings()
        self._refused = 0
        self._suspended_until = 0

    def suspended(self, own: int) -> bool:
        """Whether none is taken at an own time."""
        return own < self._suspended_until

    def tried(self, own: int, *, accepted: bool) -> bool:
        """Count a code; whether entry is suspended from now on."""
        self._refused = 0 if accepted else self._refused + 1
        if self._refused < self._settings.refused:
            return False
        self._refused, self._suspended_until = 0, own + self._settings.pause
        return True
