"""What the MAC waits for, keeps and limits: PIB attributes with fixed values, and choices."""

from dataclasses import dataclass

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration
from emulator.radio.bands import Band, band_of
from emulator.radio.port import Channel


@dataclass(frozen=True, slots=True)
class MacSettings:
    """Settings of one MAC; durations in microseconds, symbols of 16 us."""

    response_wait_time: Duration = setting(
        Duration(491_520), source="IEEE 802.15.4-2006 Table 86 macResponseWaitTime: 32 * 15.36 ms"
    )
    """How long a joiner waits before it asks for the association response."""

    transaction_persistence_time: Duration = setting(
        Duration(7_680_000),
        source="IEEE 802.15.4-2006 Table 86 macTransactionPersistenceTime: 0x01F4 * 15.36 ms",
    )
    """How long an indirect transmission is kept."""

    max_frame_total_wait_time: Duration = setting(
        Duration(31_776),
        source="IEEE 802.15.4-2006 Table 86 macMaxFrameTotalWaitTime: 1986 symbols from the other "
        "attributes; stacks are seen to use 20 ms to 40 ms",
        verified=False,
    )
    """How long a device listens for data after an acknowledgement that said pending."""

    sub_ghz_response_wait_time: Duration = setting(
        Duration(307_200), source="macResponseWaitTime: 32 * 960 symbols of 10 us below 1 GHz"
    )
    """The wait for an association response below 1 GHz."""

    sub_ghz_max_frame_total_wait_time: Duration = setting(
        Duration(136_000), source="ZBOSS zb_config: 136 ms below 1 GHz", verified=False
    )
    """How long a device listens for data below 1 GHz, where its parent has to keep off times."""

    sub_ghz_shortest_scan: Duration = setting(
        Duration(250_000),
        source="no document: twice the off time of who answers, and a frame",
        verified=False,
    )
    """How long a scan stays at least on a channel below 1 GHz."""

    indirect_capacity: int = setting(
        16, source="IEEE 802.15.4-2006 7.1.1.1.3 leaves the number open", verified=False
    )
    """How many indirect transmissions are kept at once."""

    beacon_jitter: Duration = setting(
        Duration(30_000),
        source="no document; keeps routers from answering one beacon request at once",
        verified=False,
    )
    """Up to how long a beacon waits before CSMA/CA."""

    duplicate_lifetime: Duration = setting(
        Duration(1_000_000),
        source="IEEE 802.15.4-2006 7.5.6.2 gives no time; longer than all retries together",
        verified=False,
    )
    """How long a repeated sequence number of one source is a duplicate."""

    keeps_polling: bool = setting(
        default=True, source="IEEE 802.15.4-2006 7.5.6.3: a device may ask again", verified=False
    )
    """Whether a frame that says "pending" is followed by another data request at once."""

    def response_wait(self, channel: Channel) -> Duration:
        """The wait for an association response on a channel."""
        if band_of(channel) is Band.SUB_GHZ:
            return self.sub_ghz_response_wait_time
        return self.response_wait_time

    def frame_wait(self, channel: Channel) -> Duration:
        """How long to listen for data that an acknowledgement announced, on a channel."""
        if band_of(channel) is Band.SUB_GHZ:
            return self.sub_ghz_max_frame_total_wait_time
        return self.max_frame_total_wait_time
