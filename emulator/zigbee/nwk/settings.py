"""Every timer, count and policy of the NWK layer, each with its source (R22 3.5)."""

from dataclasses import dataclass
from functools import cache

from emulator.kernel.settings import setting, within
from emulator.kernel.units import Duration, milliseconds, seconds


@dataclass(frozen=True, slots=True)
class NwkSettings:
    """Values of one node's NWK layer."""

    max_children: int = setting(
        32, source="R22 3.5.2 nwkMaxChildren: left to the maker", verified=False
    )
    """Children a parent admits before its beacons show no capacity."""
    max_depth: int = setting(15, source="R22 3.5.1 nwkcMaxDepth")
    default_radius: int = setting(30, source="R22 3.2.1.1: twice nwkcMaxDepth")
    unicast_retries: int = setting(3, source="R22 3.5.1 nwkcUnicastRetries")
    unicast_retry_delay: Duration = setting(
        milliseconds(50), source="R22 3.5.1 nwkcUnicastRetryDelay"
    )
    broadcast_retries: int = setting(2, source="R22 3.5.2 nwkMaxBroadcastRetries")
    passive_ack_timeout: Duration = setting(
        milliseconds(500), source="R22 3.5.2 nwkPassiveAckTimeout"
    )
    broadcast_delivery_time: Duration = setting(
        seconds(9), source="R22 3.5.2 nwkNetworkBroadcastDeliveryTime"
    )
    broadcast_jitter: Duration = setting(
        milliseconds(64), source="R22 3.5.1 nwkcMaxBroadcastJitter"
    )
    link_status_period: Duration = setting(seconds(15), source="R22 3.5.2 nwkLinkStatusPeriod")
    link_status_jitter: Duration = setting(
        seconds(2), source="R22 3.6.3.4.1 asks for jitter, not how much", verified=False
    )
    """A period is drawn from nwkLinkStatusPeriod minus this up to nwkLinkStatusPeriod plus this."""
    first_link_status: Duration = setting(
        seconds(1), source="R23 3.5.1 nwkcMaxRouterBootstrapJitter", verified=False
    )
    """The first link status of a router comes between half of this and this after it started."""
    router_age_limit: int = setting(3, source="R22 3.5.2 nwkRouterAgeLimit")
    link_cost_steps: tuple[int, ...] = setting(
        (200, 150, 120, 90, 60, 30),
        source="R22 3.6.3.1 leaves the map from LQI to link cost to the maker",
        verified=False,
    )
    """The LQI from which on a link costs 1, 2, 3 ...; below the last it costs 7."""
    route_discovery_time: Duration = setting(seconds(10), source="R22 3.5.1 nwkcRouteDiscoveryTime")
    initial_route_request_retries: int = setting(3, source="R22 3.5.1 nwkcInitialRREQRetries")
    route_request_retries: int = setting(2, source="R22 3.5.1 nwkcRREQRetries")
    route_request_interval: Duration = setting(
        milliseconds(254), source="R22 3.5.1 nwkcRREQRetryInterval"
    )
    route_request_min_jitter: Duration = setting(
        milliseconds(2), source="R22 3.5.1 nwkcMinRREQJitter: 1 step of 2 ms"
    )
    route_request_max_jitter: Duration = setting(
        milliseconds(128), source="R22 3.5.1 nwkcMaxRREQJitter: 64 steps of 2 ms"
    )
    concentrator_period: Duration = setting(
        Duration(0), source="R22 3.5.2 nwkConcentratorDiscoveryTime: left to the maker"
    )
    """How often a coordinator makes itself known as a concentrator; 0 never."""
    concentrator_radius: int = setting(11, source="ZSE 1.4 5.3, as panweave states it")
    max_source_route: int = setting(12, source="R22 3.5.2 nwkMaxSourceRoute")
    link_power_period: Duration = setting(
        seconds(16), source="R23 Table 3-69 nwkLinkPowerDeltaTransmitRate, below 1 GHz"
    )
    """How often whoever listens tells its neighbours how it hears them; 0 never."""
    sleepy_link_power_period: Duration = setting(
        seconds(1800), source="no document: a wake period of a gas meter", verified=False
    )
    """How often a device that sleeps asks its parent."""
    link_power_jitter: Duration = setting(seconds(10), source="R22 3.4.13.7: up to 10 s")
    optimal_rssi: int = setting(
        -79, source="R22 Annex D.11.2: 20 dB above a sensitivity of -99 dBm", verified=False
    )
    """dBm at which a frame should come in."""
    max_join_attempts: int = setting(3, source="R23 3.5.2 nwkMaxInitialJoinParentAttempts")
    max_rejoin_attempts: int = setting(3, source="R23 3.5.2 nwkMaxRejoinParentAttempts")
    rejoin_response_wait: Duration = setting(
        milliseconds(491.52), source="R22 3.6.1.4.2.2 macResponseWaitTime"
    )
    rejoin_poll_interval: Duration = setting(
        milliseconds(100), source="R22 3.6.1.4.2.2 asks to poll, not how often", verified=False
    )
    security_timeout: Duration = setting(seconds(10), source="R23 4.4.12 apsSecurityTimeOutPeriod")
    """How long a parent keeps a child that gets no network key (R22 4.6.3.2.1)."""
    leave_unauthenticated_unsecured: bool = setting(
        default=True,
        source="R22 is silent on how a child without the key is told to leave",
        verified=False,
    )
    """Whether a leave to a child without the network key goes out, unsecured, or is only local."""
    leave_request_allowed: bool = setting(default=True, source="R22 3.5.2 nwkLeaveRequestAllowed")
    leave_from_parent_only: bool = setting(
        default=True, source="ZSE 1.4 5.5.5.4; R22 3.6.1.10.3.1 asks it of end devices"
    )
    end_device_timeout_default: int = setting(
        8, source="R22 3.5.2 nwkEndDeviceTimeoutDefault: 256 minutes"
    )
    end_device_timeout: int = setting(8, source="R22 3.4.11.3.1: what an end device asks for")
    negotiate_timeout: bool = setting(default=True, source="R22 3.6.10.2")
    """Whether an end device asks for a timeout once it is authenticated."""
    keep_alive_fraction: int = setting(
        3, source="R22 3.6.10.3: three keep-alives in one timeout period"
    )
    """A child that nothing else makes poll does so this often in one timeout."""
    leave_strangers_that_poll: bool = setting(default=True, source="R22 3.6.10.4.1")
    """Whether a poll by a device that is no child is answered by a leave with rejoin."""
    fast_poll_interval: Duration = setting(
        milliseconds(250), source="maker's choice; ZSE 1.4 5.3 only bounds it", verified=False
    )
    fast_poll_duration: Duration = setting(
        seconds(2), source="a little above apscAckWaitDuration (R22 2.2.7.1)", verified=False
    )
    """A sleepy device polls fast for so long after it sent or received something."""
    parent_loss_limit: int = setting(
        3, source="R22 3.6.1.4.4 leaves the count to the maker", verified=False
    )
    """Failed polls or sendings in a row after which the parent counts as lost."""
    frame_counter_margin: int = setting(
        1024, source="R22 4.3.1.1 asks that counters survive, not how", verified=False
    )
    """What is added to a restored outgoing frame counter, for frames sent after it was saved."""

    def __post_init__(self) -> None:
        """Refuse what a frame cannot say, or a child not keep (R22 3.3.1.5, 3.4.11.3.1)."""
        within("nwk.default_radius", self.default_radius, 1, 0xFF)
        within("nwk.concentrator_radius", self.concentrator_radius, 0, 0xFF)
        within("nwk.keep_alive_fraction", self.keep_alive_fraction, 1, 0xFF)
        for name in ("end_device_timeout", "end_device_timeout_default"):
            within(f"nwk.{name}", getattr(self, name), 0, MAX_TIMEOUT_ENUMERATION)


@cache
def end_device_timeout(enumeration: int) -> Duration:
    """The timeout that an enumeration from 0 to 14 stands for (R22 3.4.11.3.1)."""
    return seconds(10) if enumeration == 0 else seconds(60 * 2**enumeration)


MAX_TIMEOUT_ENUMERATION = 14
"""The highest requested timeout enumeration (R22 3.4.11.3.1)."""
