"""Timers, counts and policies of a Smart Energy device, each with its source.

ZSE clauses are numbered as in Smart Energy 1.4; where a clause was known only through another
implementation's citation, that implementation is named.
"""

from dataclasses import dataclass
from typing import Final, Literal

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import at_least, lasting, setting, within
from emulator.kernel.units import Duration, format_duration, hours, milliseconds, minutes, seconds
from emulator.radio.bands import SUB_GHZ_CHANNELS
from emulator.radio.port import Channel

SMART_ENERGY_CHANNELS = tuple(Channel(0, number) for number in (11, 14, 15, 19, 20, 24, 25))
"""The 2.4 GHz channels that Smart Energy scans first (ZSE 1.4 5.3, preferred channel mask)."""
_LARGEST_DRIFT: Final = 100_000_000
"""Parts in 10^9: a clock that is wrong by a tenth tells nothing of clocks."""
_LONGEST_PERMIT_JOIN: Final = 254
"""Seconds; 255 would be for ever, which ZSE forbids."""


@dataclass(frozen=True, slots=True)
class HubSettings:
    """Which comms hub it is."""

    bands: Literal["2.4", "dual"] = setting(
        "2.4", source="GB comms hubs: single band at 2.4 GHz, dual band with 868 MHz as well"
    )


@dataclass(frozen=True, slots=True)
class AgilitySettings:
    """When a network leaves its channel (R22 Annex E, GBCS 10.6.2)."""

    enabled: bool = setting(
        default=True, source="R22 Annex E: failures lead to an assessment of the channels"
    )
    scan_duration: int = setting(3, source="R22 Annex E leaves it open", verified=False)
    lasting: Duration = setting(
        seconds(30), source="no document: longer than devices take to come up", verified=False
    )
    """How long frames have to fail before anybody looks for the reason."""
    scans: int = setting(
        3, source="no document: our own frames are in none of them all", verified=False
    )
    """Energy scans of which the lowest level of each channel counts."""
    quieter: int = setting(
        32, source="GBCS 10.6.2 has a threshold in dB; 5 dB on the energy scale", verified=False
    )
    """By how much of 255 the energy of another channel has to be lower."""
    changes_per_week: int = setting(
        7, source="GBCS 10.6.2: 1 to 7, as the XML schema of DUIS has it", verified=False
    )


@dataclass(frozen=True, slots=True)
class SubGhzSettings:
    """How a hub keeps its duty cycle (ZSE 1.4 Annex D, 0x070B)."""

    suspension: int = setting(5, source="Silicon Labs: suspends for 5 minutes", verified=False)
    """Minutes for which a device is suspended."""
    server_endpoint: int = setting(
        1, source="gas ESI of Silicon Labs' hub sample; to be discovered", verified=False
    )
    """Where a device asks the hub whether it is suspended."""


@dataclass(frozen=True, slots=True)
class FormationSettings:
    """How a comms hub forms its network."""

    channels: tuple[Channel, ...] = setting(
        SMART_ENERGY_CHANNELS, source="ZSE 1.4 5.3 preferred channels", verified=False
    )
    sub_ghz_channels: tuple[Channel, ...] = setting(
        SUB_GHZ_CHANNELS, source="GBCS 10.6.2 has masks for pages 28 to 31", verified=False
    )
    scan_duration: int = setting(3, source="ZSE 1.4 5.3, as panweave states it")


@dataclass(frozen=True, slots=True)
class TrustCentreSettings:
    """What the trust centre allows, and for how long."""

    permit_join: int = setting(254, source="ZSE 1.4 5.4: at most 254 s, 255 forbidden")
    permit_join_repeat: Duration = setting(seconds(240), source="ZSE 1.4 5.4: repeat every 240 s")
    key_establishment_limit: Duration = setting(
        minutes(60), source="ZSE 1.4 5.5.5.5: may remove a device without CBKE after 60 min"
    )
    key_transports: int = setting(
        2,
        source="Transport-Key to each member before Switch-Key; none is acknowledged",
        verified=False,
    )
    key_transport_gap: Duration = setting(
        seconds(30), source="between two rounds of keys, and before Switch-Key", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse what cannot be said, what is forbidden, and to repeat without a pause."""
        within("trust_centre.permit_join", self.permit_join, 0, _LONGEST_PERMIT_JOIN)
        lasting("trust_centre.permit_join_repeat", self.permit_join_repeat)


@dataclass(frozen=True, slots=True)
class JoinerSettings:
    """How a device looks for its network, joins it, and comes back (ZSE 1.4 5.5.5)."""

    channels: tuple[Channel, ...] = setting(
        SMART_ENERGY_CHANNELS, source="ZSE 1.4 5.3 preferred channels", verified=False
    )
    sub_ghz_channels: tuple[Channel, ...] = setting(
        SUB_GHZ_CHANNELS, source="GBCS 10.6.2 has masks for pages 28 to 31", verified=False
    )
    scan_duration: int = setting(3, source="ZSE 1.4 5.3, as panweave states it")
    scan_attempts: int = setting(3, source="ZSE 1.4 5.3: three scans in a round")
    scan_gap: Duration = setting(seconds(1), source="ZSE 1.4 5.3: one second between scans")
    retry: Duration = setting(seconds(60), source="ZSE 1.4 5.5.5.1: every 60 s for 15 min")
    retry_jitter: Duration = setting(seconds(15), source="ZSE 1.4 5.5.5.1: +-15 s")
    retry_phase: Duration = setting(minutes(15), source="ZSE 1.4 5.5.5.1: for 15 min")
    slow_retry: Duration = setting(hours(1), source="ZSE 1.4 5.5.5.1: then hourly")
    slow_retry_jitter: Duration = setting(minutes(30), source="ZSE 1.4 5.5.5.1: +-30 min")
    same_network_joins: int = setting(3, source="ZSE 1.4 5.5.5.1: same PAN at most three in a row")
    joins_before_scan: int = setting(10, source="ZSE 1.4 5.5.5.1: at most ten joins, then rescan")
    security_timeout: Duration = setting(
        seconds(10), source="R23.2 Table 4-35 apsSecurityTimeOutPeriod"
    )
    start_key_establishment: Duration = setting(
        milliseconds(500), source="ZSE 1.4 5.4: within 20 min of the join", verified=False
    )
    rejoin_interval: Duration = setting(seconds(60), source="ZSE 1.4 5.3: rejoin interval <= 60 s")
    rejoin_interval_limit: Duration = setting(
        minutes(15), source="ZSE 1.4 5.3: maximum rejoin interval 15 min"
    )
    rejoin_rounds: int = setting(3, source="ZSE 1.4 5.5.5.4: three rounds on the channel")
    establishes_key: bool = setting(
        True, source="ZSE 1.4 5.4; off for host stacks that know no Smart Energy"
    )
    """Whether it agrees a link key with the trust centre, and then watches that it stays alive."""
    leave_forgets_link_key: bool = setting(
        True, source="a device that left joins by its install code again", verified=False
    )


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How often a sleeping device asks its parent for data."""

    joining: Duration = setting(
        milliseconds(250), source="poll rate while it joins or waits for an answer", verified=False
    )
    stay_awake: Duration = setting(
        seconds(20), source="quick polls after joining, for interviews", verified=False
    )
    idle: Duration = setting(seconds(60), source="ZSE 1.4 5.3: end-device indirect poll 60 s")


@dataclass(frozen=True, slots=True)
class KeyEstablishmentSettings:
    """Certificate-based key establishment (ZSE 1.4 Annex C)."""

    ephemeral_generate_time: int = setting(3, source="Annex C.5 initiate request, seconds")
    confirm_generate_time: int = setting(6, source="Annex C.5 initiate request, seconds")
    allowance: Duration = setting(
        seconds(2), source="peer's advertised time plus at least 2 s (zsmartsystems 0800, panweave)"
    )
    discovery_limit: Duration = setting(
        seconds(10), source="finding the partner's endpoint and suites", verified=False
    )
    sessions: int = setting(
        4, source="exchanges a responder runs at once, more get NO_RESOURCES", verified=False
    )
    certificate_dates: bool = setting(
        default=True,
        source="ZSE 1.4 Annex C.4 has dates in suite 2 certificates, no rule who checks them",
        verified=False,
    )
    """Whether a certificate that is expired, or not valid yet, at the run's date is refused."""
    failures_before_pause: int = setting(10, source="ZSE 1.4 5.5.5.1: ten failures")
    pause: Duration = setting(minutes(15), source="ZSE 1.4 5.5.5.1: then 15 min")
    retry: Duration = setting(
        seconds(10), source="gap between failed key establishments", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse times for which a request has no room (ZSE 1.4 Annex C.5: an octet each)."""
        for name in ("ephemeral_generate_time", "confirm_generate_time"):
            within(f"key_establishment.{name}", getattr(self, name), 0, 0xFF)


@dataclass(frozen=True, slots=True)
class KeepAliveSettings:
    """How a device notices that its trust centre is gone (ZSE 1.4 5.4, 5.5.5.3)."""

    base: int = setting(10, source="ZCL8 Keep-Alive 0x0000 default, minutes")
    jitter: int = setting(300, source="ZCL8 Keep-Alive 0x0001 default, seconds")
    first: Duration = setting(seconds(5), source="first read after commissioning", verified=False)
    failures: int = setting(3, source="ZSE 1.4 5.4: three failures mean the trust centre is lost")

    def __post_init__(self) -> None:
        """Refuse what the attributes of the Keep-Alive cluster cannot hold: 8 and 16 bits."""
        within("keep_alive.base", self.base, 1, 0xFF)
        within("keep_alive.jitter", self.jitter, 0, 0xFFFF)


@dataclass(frozen=True, slots=True)
class InterviewSettings:
    """How stubbornly a device asks another for its descriptors and attributes."""

    pause: Duration = setting(
        seconds(1), source="between the agreed key and the first question", verified=False
    )
    tries: int = setting(3, source="requests before a reading is given up", verified=False)


@dataclass(frozen=True, slots=True)
class PartnerLinkSettings:
    """How devices of one home come to share a link key (ZSE 1.4 5.4)."""

    timeout: Duration = setting(seconds(5), source="ZSE 1.4 5.4: partner link key timeout 5 s")
    tries: int = setting(3, source="requests before a longer pause", verified=False)
    pause: Duration = setting(minutes(15), source="after that many requests", verified=False)

    def __post_init__(self) -> None:
        """Refuse never to ask."""
        at_least("partner_link.tries", self.tries, 1)


@dataclass(frozen=True, slots=True)
class EventLogSettings:
    """What the event logs hold that devices of the home read (ZSE 1.4 Annex D)."""

    entries: int = setting(
        100, source="GBCS use-case annex, CS10a: of each log, as of a gas meter's"
    )
    octets: int = setting(
        60, source="no document: events of one command, so that it is one frame", verified=False
    )


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """How often a display reads what meters and hub tell (ZSE 1.4 6.4)."""

    first: Duration = setting(
        seconds(20), source="no document: after a key, so that the partner has it", verified=False
    )
    every: Duration = setting(
        minutes(30),
        source="SMETS2 6 has 10 s for electricity and 30 min for gas, by background knowledge; "
        "the longer keeps long runs short",
        verified=False,
    )
    rest_of_answer: Duration = setting(
        seconds(10),
        source="no document: for an answer in several commands, as long as for any answer",
        verified=False,
    )

    def __post_init__(self) -> None:
        """Refuse to read without a pause."""
        lasting("display.every", self.every)


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """How a meter keeps step with the hub's clock between commands (GBCS 9.1)."""

    every: Duration = setting(
        hours(24), source="GBCS 9.1: at least daily, by background knowledge", verified=False
    )
    """The longest time between two comparisons."""
    spread: Duration = setting(
        hours(1), source="no document: by how much sooner, so meters ask apart", verified=False
    )
    retry: Duration = setting(
        hours(1), source="no document: after a hub that did not answer", verified=False
    )
    tolerance: Duration = setting(
        seconds(10), source="GBCS 16.2: 8F0C is for an adjustment of more than 10 s"
    )
    """How far a clock is set without a command."""

    def __post_init__(self) -> None:
        """Refuse to compare without a pause."""
        lasting("clock.every", self.every)
        lasting("clock.retry", self.retry)
        if self.spread >= self.every:
            told = format_duration(self.spread)
            raise UsageError(
                f"clock.spread is {told}: expected less than clock.every, "
                f"{format_duration(self.every)}"
            )


@dataclass(frozen=True, slots=True)
class ElectricityMeterSettings:
    """What kind of electricity meter the home has, and how well it keeps time."""

    variant: Literal["single", "twin", "polyphase"] = setting(
        "single", source="SMETS2 5, parts A to C: what it measures; no shipment tells it"
    )
    drift: int = setting(
        0, source="no document: parts in 10^9 by which its clock is fast", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse a clock that is none."""
        within("electricity_meter.drift", self.drift, -_LARGEST_DRIFT, _LARGEST_DRIFT)


@dataclass(frozen=True, slots=True)
class LoadControlSettings:
    """How a meter controls the load switches of its home (ZSE 1.4 D.2)."""

    first: Duration = setting(
        seconds(5), source="no document: from the key to the first request", verified=False
    )
    retry: Duration = setting(
        minutes(1), source="no document: before a switch asks its meter again", verified=False
    )
    resend: Duration = setting(
        minutes(30),
        source="no document: before a meter tells a switch again that reported nothing",
        verified=False,
    )
    duration: int = setting(
        1440,
        source="ZSE 1.4 D.2.2.3.1: the longest, minutes; no document that meters use it",
        verified=False,
    )
    renew: Duration = setting(
        minutes(10), source="no document: before an event ends, the next is sent", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse to ask again without a pause."""
        lasting("load_control.retry", self.retry)
        lasting("load_control.resend", self.resend)
        lasting("load_control.renew", self.renew)


@dataclass(frozen=True, slots=True)
class LoadControllerSettings:
    """How well a standalone load controller (SAPC) keeps time."""

    drift: int = setting(
        0, source="no document: parts in 10^9 by which its clock is fast", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse a clock that is none."""
        within("load_controller.drift", self.drift, -_LARGEST_DRIFT, _LARGEST_DRIFT)


@dataclass(frozen=True, slots=True)
class GasMeterSettings:
    """How well the gas meter of a home keeps time."""

    drift: int = setting(
        0, source="no document: parts in 10^9 by which its clock is fast", verified=False
    )

    def __post_init__(self) -> None:
        """Refuse a clock that is none."""
        within("gas_meter.drift", self.drift, -_LARGEST_DRIFT, _LARGEST_DRIFT)
