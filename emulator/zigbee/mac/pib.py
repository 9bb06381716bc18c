"""The MAC PIB: what a node calls itself, where it listens and how it counts (Table 86)."""

from typing import Any

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.radio.port import Channel, RadioConfig
from emulator.zigbee.addresses import NO_PAN, NwkAddress, PanId
from emulator.zigbee.mac.primitives import MlmeSetRequest

UNASSOCIATED = NwkAddress(0xFFFF)
"""macShortAddress of a device that is not associated."""

AT_2_4_GHZ = Channel(0, 11)


class MacPib:
    """PIB attributes of one node; sequence numbers start anywhere (7.5.6.1)."""

    def __init__(self, eui64: Eui64, stream: Stream, channel: Channel = AT_2_4_GHZ) -> None:
        self.eui64 = eui64
        self.channel = channel
        self.pan_id: PanId = NO_PAN
        self.short_address: NwkAddress = UNASSOCIATED
        self.rx_on_when_idle = True
        self.association_permit = False
        self.beacon_payload = b""
        self.coordinator = False
        self.answers_beacon_requests = False
        self.tx_power = 0
        """Of what we send, in dBm (phyTxPower)."""
        self._dsn = stream.integer(0, 0xFF)
        self._bsn = stream.integer(0, 0xFF)

    def next_dsn(self) -> int:
        """The sequence number of the next data or command frame."""
        self._dsn = dsn = (self._dsn + 1) & 0xFF
        return dsn

    def next_bsn(self) -> int:
        """The sequence number of the next beacon."""
        self._bsn = bsn = (self._bsn + 1) & 0xFF
        return bsn

    def apply(self, request: MlmeSetRequest) -> None:
        """Change every attribute that the request names."""
        for name in MlmeSetRequest.__slots__:
            value = getattr(request, name)
            if value is not None:
                setattr(self, name, value)

    def config(self, *, channel: Channel | None, receiver_on: bool) -> RadioConfig:
        """What the radio filters by; while scanning on `channel`, every beacon passes (7.5.2.1)."""
        return RadioConfig(
            channel=self.channel if channel is None else channel,
            pan_id=self.pan_id if channel is None else NO_PAN,
            short_address=self.short_address,
            eui64=self.eui64,
            receiver_on=receiver_on,
            coordinator=self.coordinator,
            power=self.tx_power,
        )

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return {
            "page": self.channel.page,
            "channel": self.channel.number,
            "pan_id": self.pan_id,
            "short_address": self.short_address,
            "rx_on_when_idle": self.rx_on_when_idle,
            "association_permit": self.association_permit,
            "beacon_payload": self.beacon_payload.hex(),
            "coordinator": self.coordinator,
            "answers_beacon_requests": self.answers_beacon_requests,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Take over a snapshot; sequence numbers start anew."""
        self.channel = Channel(kept["page"], kept["channel"])
        self.pan_id = PanId(kept["pan_id"])
        self.short_address = NwkAddress(kept["short_address"])
        self.rx_on_when_idle = kept["rx_on_when_idle"]
        self.association_permit = kept["association_permit"]
        self.beacon_payload = bytes.fromhex(kept["beacon_payload"])
        self.coordinator = kept["coordinator"]
        self.answers_beacon_requests = kept["answers_beacon_requests"]
