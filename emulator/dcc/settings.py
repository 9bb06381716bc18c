"""Times, limits and codes of the DCC, each with where it is from and how sure it is."""

from dataclasses import dataclass, fields
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting, within
from emulator.kernel.units import Duration, format_duration, hours, milliseconds, minutes, seconds

_TIMES: Final = "SEC H3.14 and App. E define response times; the value is assumed"
_CODES: Final = "no source tells which DUIS 5.4 response code stands for this"
_WAN: Final = "assumed; regions differ (long-range radio, 2G/3G, 4G)"
_TRAFFIC: Final = "SECMP0062 throttles alerts; the value is assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTimes:
    """How long the DCC gives itself and devices (SEC H3.14)."""

    transform: Duration = setting(seconds(3), source=_TIMES, verified=False)
    on_demand: Duration = setting(seconds(30), source=_TIMES, verified=False)
    """After this, a request without a response is answered E21 (or E20 without a hub)."""
    future_dated: Duration = setting(hours(24), source=_TIMES, verified=False)
    """From the execution time; then a request is answered E30."""
    alert: Duration = setting(seconds(60), source=_TIMES, verified=False)
    retry_after: Duration = setting(seconds(10), source=_TIMES, verified=False)
    """A command without a response is sent again after this, unchanged."""
    retries: int = setting(2, source=_TIMES, verified=False)
    block_answer: Duration = setting(
        minutes(35), source="longer than a gas meter sleeps (30 min)", verified=False
    )
    """How long a device may take to acknowledge a block of a long message."""
    sleepy: Duration = setting(hours(24), source=_TIMES, verified=False)
    """Instead of `on_demand` for a gas meter, which fetches its messages when it wakes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedCodes:
    """Response codes for refusals that sources do not number."""

    malformed: str = setting("E100", source=_CODES, verified=False)
    """An unknown service reference variant, or parameters that make no command."""
    duplicate: str = setting("E100", source=_CODES, verified=False)
    """The request id was used before."""
    signature: str = setting("E31", source=_CODES, verified=False)
    """The signature on a pre-command is not the user's, or its certificate is not valid."""
    correlation: str = setting("E100", source=_CODES, verified=False)
    """A signed pre-command is not the one that the DCC made."""
    date: str = setting("E100", source=_CODES, verified=False)
    """The execution date is impossible for the request."""
    sequence: str = setting("E100", source=_CODES, verified=False)
    """The request that this one waits for is not known, or failed."""
    anomaly: str = setting("E100", source=_CODES, verified=False)
    """Quarantined by threshold anomaly detection."""
    certificate: str = setting("E100", source=_CODES, verified=False)
    """A certificate in the request is expired, or for another use."""

    def proven(self, code: str) -> bool:
        """Whether a source proves a code for what it answers, rather than this list."""
        return all(getattr(self, each.name) != code for each in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """When alerts of one device and code are too many (SECMP0062)."""

    alerts: int = setting(10, source=_TRAFFIC, verified=False)
    """So many of one code from one device within `window` are passed on one by one."""
    window: Duration = setting(hours(1), source=_TRAFFIC, verified=False)
    excluded: tuple[int, ...] = setting(
        (0x8F12, 0x8F66, 0x8F67),
        source="Traffic Management Mechanism Document has a list; its content is assumed",
        verified=False,
    )
    """Alert codes that are never held back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WanSettings:
    """How the SM WAN behaves."""

    shortest: Duration = setting(milliseconds(200), source=_WAN, verified=False)
    longest: Duration = setting(milliseconds(900), source=_WAN, verified=False)
    loss: float = setting(0.0, source=_WAN, verified=False)
    """Probability that a message is lost on its way."""
    outage_after: Duration = setting(
        minutes(3),
        source="an outage is told by DCC alert AD1; after how long, and to whom, is assumed",
        verified=False,
    )
    """A hub without power for so long is an outage, told to supplier and network operator."""

    def __post_init__(self) -> None:
        """Refuse ways that are longer at the least than at the most, and what is no chance."""
        within("wan.loss", self.loss, 0, 1)
        if not 0 <= self.shortest <= self.longest:
            told = f"wan.shortest is {format_duration(self.shortest)}"
            longest = format_duration(self.longest)
            raise UsageError(f"{told}: expected no more than wan.longest, {longest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DccSettings:
    """Everything about the DCC that can be set."""

    times: ResponseTimes = ResponseTimes()
    codes: AssumedCodes = AssumedCodes()
    traffic: Traffic = Traffic()
    wan: WanSettings = WanSettings()
    horizon: Duration | None = setting(
        None, source="a limit of 30 days is weakly remembered, so none holds", verified=False
    )
    """How far ahead a request may be dated; None for no limit."""
    schedules_per_reply: int = setting(99, source="DUIS 5.4 DSPSchedulesRead")
    devices_per_reply: int = setting(17, source="DUIS 5.4 ReadInventory response")
    local_command_roles: tuple[str, ...] = setting(
        ("IS", "GS"), source="only these may send 8.13 (DUIS request matrix)", verified=False
    )
    """Who may take a command to the device."""
    mdr_services: tuple[str, ...] = setting(
        ("4.6.1", "4.8.1", "4.8.3", "4.17", "5.1", "5.2", "5.3"),
        source="SEC DP162: existing reads, which ones it leaves open",
        verified=False,
    )
    """What a user in the role of Meter Data Retrieval may send."""
    clock_tolerance: int = setting(
        86_400, source="DUIS 5.4 tolerancePeriod, the longest; used where a request gives none"
    )
    """Seconds."""
    first_counter: int = setting(
        1_000, source="the published templates and reference messages start there"
    )
    """After which the laboratory counts the requests of a user."""
    commissioning_alert: bool = setting(
        True, source="DCC alert to the network party at commissioning, N16", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse what a request or the counter of a command, of 64 bits, has no room for."""
        within("dcc.clock_tolerance", self.clock_tolerance, 0, 86_400)
        within("dcc.first_counter", self.first_counter, 0, (1 << 63) - 1)
