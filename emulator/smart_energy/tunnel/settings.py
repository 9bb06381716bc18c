"""Timers, counts and policies of tunnels and of the store for a meter that sleeps."""

from dataclasses import dataclass

from emulator.kernel.settings import lasting, setting, within
from emulator.kernel.units import Duration, hours, minutes, seconds


@dataclass(frozen=True, slots=True)
class TunnelSettings:
    """How messages for remote parties cross the HAN (GBCS 10.2.2)."""

    protocol: int = setting(
        6, source="GBCS 10.2.2 as a tunnel manager quotes it; ZSE 1.4 D.6: HRGP"
    )
    manufacturer: int = setting(0xFFFF, source="GBCS 10.2.2 as a tunnel manager quotes it")
    maximum_incoming: int = setting(1500, source="GBCS 10.2.2 as a tunnel manager quotes it")
    """Octets that one TransferData may bring us."""
    pause: Duration = setting(
        seconds(2), source="no clause: from the agreed key to the request", verified=False
    )
    reopen: Duration = setting(
        seconds(0xFFFF), source="GBCS 10.2.2.1: 0xFFFF s after the last RequestTunnelResponse"
    )
    busy_retry: Duration = setting(minutes(3), source="GBCS 10.2.2.1: busy, again after 3 min")
    failure_retry: Duration = setting(
        seconds(10), source="Silicon Labs tunnel manager looks every 10 s", verified=False
    )
    """Pause before a request that nobody answered is made again; it doubles up to `busy_retry`."""
    open_tries: int = setting(
        3, source="no clause: requests without answer before messages are given up", verified=False
    )
    tries: int = setting(3, source="no clause: transfers of one message", verified=False)
    meter_tries: int = setting(
        1,
        source="no clause: transfers of one answer to a meter, which asks again by itself",
        verified=False,
    )
    last_id: int = setting(
        7, source="no clause: ids 0 to this may be active where none is known", verified=False
    )
    tunnels: int = setting(8, source="no clause: tunnels a server keeps open", verified=False)
    close_timeout: Duration = setting(
        seconds(0xFFFF), source="ZSE 1.4 D.6 CloseTunnelTimeout default 0xFFFF s"
    )
    held: int = setting(
        32, source="no clause: messages a server holds for want of a tunnel", verified=False
    )
    queue_depth: int = setting(
        32, source="a public hub queues 32 messages for a gas meter", verified=False
    )
    queue_life: Duration = setting(
        hours(24), source="Silicon Labs comms hub function: 24 h", verified=False
    )
    fetch_wait: Duration = setting(
        seconds(15), source="no clause: from GET to GET-RESPONSE", verified=False
    )
    fetch_tries: int = setting(4, source="no clause: GETs without an answer", verified=False)

    def __post_init__(self) -> None:
        """Refuse what a request for a tunnel has no room for (ZSE 1.4 D.6), and no pause."""
        within("tunnel.protocol", self.protocol, 0, 0xFF)
        within("tunnel.manufacturer", self.manufacturer, 0, 0xFFFF)
        within("tunnel.maximum_incoming", self.maximum_incoming, 1, 0xFFFF)
        lasting("tunnel.reopen", self.reopen)
