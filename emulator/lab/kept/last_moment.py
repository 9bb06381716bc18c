"""The moment at which a home was left, so that the next run with its state begins there.

The inventory refuses changes that lie before those it has (SEC glossary, "Smart Metering
Inventory"), and a device's clock does not go back.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Calendar
from emulator.lab.kept.state_files import load_document, save_document

FILE: Final = "moment.json"
_LABEL: Final = "the moment at which the last run ended"


def calendar_after(state: Path | None, start: datetime | None = None) -> Calendar:
    """The calendar of a run: it begins where the last run with this state folder ended.

    Args:
        state: the folder.
        start: when a run begins that goes on from no other; None for the usual moment.

    Raises:
        UsageError: when the file in the folder holds no moment.
        EnvironmentFault: when it cannot be read.
    """
    kept = None if state is None else load_document(state / FILE)
    if state is None or kept is None:
        return Calendar() if start is None else Calendar(start)
    try:
        return Calendar(datetime.fromisoformat(kept["moment"]).astimezone(UTC))
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise UsageError(f"{state / FILE}: expected a moment, as in ISO 8601") from fault


def keep_moment(state: Path, moment: datetime) -> None:
    """Keep the moment at which a run ends.

    Raises:
        EnvironmentFault: when the file cannot be written.
    """
    save_document(state / FILE, {"moment": moment.isoformat()}, _LABEL)
