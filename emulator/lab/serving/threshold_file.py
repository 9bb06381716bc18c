"""Thresholds of anomaly detection in a TOML file, as `hanlab serve` takes them (SEC G6).

The form is our own: users of the DCC hand theirs in as signed files, whose form is not at hand. It
has no warnings, as DUIS has no message that tells a user of one.
"""

from pathlib import Path
from typing import Final

from emulator.dcc.requests.anomaly import Threshold
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.kernel.units import Duration, parse_duration
from emulator.radio.located_toml import Table, read_toml

NAME: Final = "threshold"
MOST: Final = 1_000_000
"""More requests than are worth counting."""


def read_thresholds(path: Path) -> tuple[Threshold, ...]:
    """The thresholds in a file, of which there is one at least.

    Raises:
        UsageError: with every mistake, file and line.
    """
    document = read_toml(path)
    document.top().only()
    document.only_tables(NAME)
    found = [_threshold(table) for table in document.tables(NAME, wanted=True)]
    document.check()
    return tuple(found)


def _threshold(table: Table) -> Threshold:
    table.only("user", "srv", "period", "quarantine")
    return Threshold(
        user=_user(table),
        srv=_srv(table),
        period=_period(table),
        quarantine=table.whole("quarantine", 0, MOST),
    )


def _user(table: Table) -> Eui64 | None:
    """Whose; None for all users together."""
    text = table.text("user", "")
    try:
        return parse_eui64(text) if text else None
    except UsageError as mistake:
        table.refuse("user", f"user: {mistake}")
        return None


def _srv(table: Table) -> str | None:
    """Of which service reference variant; None for all of them."""
    text = table.text("srv", "")
    try:
        return service_request(text).srv if text else None
    except UsageError as mistake:
        table.refuse("srv", f"srv: {mistake}")
        return None


def _period(table: Table) -> Duration:
    text = table.text("period")
    try:
        period = parse_duration(text) if text else Duration(1)
    except UsageError as mistake:
        table.refuse("period", f"period: {mistake}")
        return Duration(1)
    if not period:
        table.refuse("period", f"period = {text!r}: expected more than no time")
    return period
