"""The properties of a virtual radio co-processor: what they are, and who may change them."""

from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Final

from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.radio.port import Channel, RadioConfig, RadioPending
from emulator.radio.settings import ReceiverSettings
from hardware.spinel.frames import (
    EuiList,
    EuiValue,
    LevelValue,
    OctetValue,
    OnePacked,
    ShortList,
    ShortValue,
    TwoPacked,
    flag,
)
from hardware.spinel.packed import packed
from hardware.spinel.properties import (
    INTERFACE_THREAD,
    PROMISCUOUS_FULL,
    PROMISCUOUS_OFF,
    PROTOCOL_VERSION,
    RCP_API_VERSION,
    SCAN_ENERGY,
    SCAN_IDLE,
    Capability,
    Property,
    RadioCapability,
    Status,
)

CHANNELS: Final = range(11, 27)
_NO_ADDRESS: Final = 0xFFFF
_CAPABILITIES: Final = (
    Capability.PHY_2450_OQPSK,
    Capability.CONFIG_RADIO,
    Capability.MAC_RAW,
    Capability.RCP_API_VERSION,
)
_RADIO_CAPABILITIES: Final = (
    RadioCapability.ACK_TIMEOUT
    | RadioCapability.ENERGY_SCAN
    | RadioCapability.TRANSMIT_RETRIES
    | RadioCapability.CSMA_BACKOFF
    | RadioCapability.SLEEP_TO_TX
    | RadioCapability.RX_ON_WHEN_IDLE
)
_MIN_HOST_API: Final = 4
"""The oldest host that firmware of API version 11 says it works with (spinel.h)."""


class RefusedError(PeerError):
    """A command that firmware refuses with a status."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status


class RcpState:
    """The properties of one life of the co-processor.

    Args:
        hardware_address: its EUI-64.
        scheduler: the time it tells.
    """

    def __init__(self, hardware_address: int, scheduler: Scheduler) -> None:
        self._hardware_address = Eui64(hardware_address)
        self._scheduler = scheduler
        self.quietest = round(ReceiverSettings().sensitivity)
        self.channel = CHANNELS[0]
        self.scan_period = 200
        self._scan_mask: tuple[int, ...] = tuple(CHANNELS)
        self._enabled = False
        self._raw = False
        self._rx_on = True
        self._promiscuous = PROMISCUOUS_OFF
        self._eui64 = self._hardware_address
        self._short = _NO_ADDRESS
        self._pan = _NO_ADDRESS
        self._power = 0
        self._threshold = -75
        self._matching = False
        self._match_shorts: frozenset[int] = frozenset()
        self._match_extendeds: frozenset[Eui64] = frozenset()

    @property
    def listening(self) -> bool:
        """Whether the radio is enabled and its frames go to the host."""
        return self._enabled and self._raw

    @property
    def config(self) -> RadioConfig:
        """What the radio filters by."""
        return RadioConfig(
            channel=Channel(0, self.channel),
            pan_id=self._pan,
            short_address=self._short,
            eui64=self._eui64,
            receiver_on=self.listening and self._rx_on,
            promiscuous=self._promiscuous != PROMISCUOUS_OFF,
        )

    @property
    def pending(self) -> RadioPending:
        """For whom acknowledgements of data requests say "frame pending".

        To everybody while source match is off (openthread/platform/radio.h): a host that keeps no
        list gets the chance to answer any data request.
        """
        return RadioPending(self._match_shorts, self._match_extendeds, everyone=not self._matching)

    def tune(self, channel: int) -> None:
        """Be on a channel."""
        if channel not in CHANNELS:
            raise RefusedError(Status.INVALID_ARGUMENT)
        self.channel = channel

    def scan(self, state: int, *, busy: bool) -> list[int]:
        """The channels to measure for a new scan state."""
        if state == SCAN_IDLE:
            return []
        if state != SCAN_ENERGY:
            raise RefusedError(Status.INVALID_ARGUMENT)
        if not self._enabled or busy:
            raise RefusedError(Status.INVALID_STATE)
        return list(self._scan_mask)

    def readable(self, name: Property) -> bool:
        """Whether the property can be asked for."""
        return name in self._getters

    def get(self, name: Property) -> bytes:
        """The value of a property, as on the line."""
        getter = self._getters.get(name)
        if getter is None:
            raise RefusedError(Status.PROP_NOT_FOUND)
        return getter(self)

    def set(self, name: Property, value: bytes) -> None:
        """Change a property; a refusal changes nothing."""
        setter = self._setters.get(name)
        if setter is None:
            known = name in self._getters
            raise RefusedError(Status.INVALID_COMMAND_FOR_PROP if known else Status.PROP_NOT_FOUND)
        setter(self, value)

    def insert(self, name: Property, value: bytes) -> None:
        """Add an entry to a list."""
        if name is Property.MAC_SRC_MATCH_SHORT_ADDRESSES:
            self._match_shorts |= {ShortValue.decode(value).number}
        elif name is Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES:
            self._match_extendeds |= {EuiValue.decode(value).eui64}
        else:
            raise RefusedError(Status.INVALID_COMMAND_FOR_PROP)

    def remove(self, name: Property, value: bytes) -> None:
        """Take an entry out of a list."""
        if name is Property.MAC_SRC_MATCH_SHORT_ADDRESSES:
            self._match_shorts -= {ShortValue.decode(value).number}
        elif name is Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES:
            self._match_extendeds -= {EuiValue.decode(value).eui64}
        else:
            raise RefusedError(Status.INVALID_COMMAND_FOR_PROP)

    # One function for each property that can be changed

    def _set_enabled(self, value: bytes) -> None:
        self._enabled = bool(OctetValue.decode(value).number)

    def _set_channel(self, value: bytes) -> None:
        self.tune(OctetValue.decode(value).number)

    def _set_power(self, value: bytes) -> None:
        self._power = LevelValue.decode(value).dbm

    def _set_threshold(self, value: bytes) -> None:
        self._threshold = LevelValue.decode(value).dbm

    def _set_mask(self, value: bytes) -> None:
        if not value or any(channel not in CHANNELS for channel in value):
            raise RefusedError(Status.INVALID_ARGUMENT)
        self._scan_mask = tuple(value)

    def _set_period(self, value: bytes) -> None:
        self.scan_period = ShortValue.decode(value).number

    def _set_eui64(self, value: bytes) -> None:
        self._eui64 = EuiValue.decode(value).eui64

    def _set_short(self, value: bytes) -> None:
        self._short = ShortValue.decode(value).number

    def _set_pan(self, value: bytes) -> None:
        self._pan = ShortValue.decode(value).number

    def _set_raw(self, value: bytes) -> None:
        self._raw = bool(OctetValue.decode(value).number)

    def _set_promiscuous(self, value: bytes) -> None:
        mode = OctetValue.decode(value).number
        if mode > PROMISCUOUS_FULL:
            raise RefusedError(Status.INVALID_ARGUMENT)
        self._promiscuous = mode

    def _set_rx_on(self, value: bytes) -> None:
        self._rx_on = bool(OctetValue.decode(value).number)

    def _set_matching(self, value: bytes) -> None:
        self._matching = bool(OctetValue.decode(value).number)

    def _set_match_shorts(self, value: bytes) -> None:
        self._match_shorts = frozenset(ShortList.decode(value).addresses)

    def _set_match_extendeds(self, value: bytes) -> None:
        self._match_extendeds = frozenset(EuiList.decode(value).addresses)

    _setters: Final[Mapping[Property, Callable[["RcpState", bytes], None]]] = {
        Property.PHY_ENABLED: _set_enabled,
        Property.PHY_CHAN: _set_channel,
        Property.PHY_TX_POWER: _set_power,
        Property.PHY_CCA_THRESHOLD: _set_threshold,
        Property.MAC_SCAN_MASK: _set_mask,
        Property.MAC_SCAN_PERIOD: _set_period,
        Property.MAC_15_4_LADDR: _set_eui64,
        Property.MAC_15_4_SADDR: _set_short,
        Property.MAC_15_4_PANID: _set_pan,
        Property.MAC_RAW_STREAM_ENABLED: _set_raw,
        Property.MAC_PROMISCUOUS_MODE: _set_promiscuous,
        Property.MAC_RX_ON_WHEN_IDLE_MODE: _set_rx_on,
        Property.MAC_SRC_MATCH_ENABLED: _set_matching,
        Property.MAC_SRC_MATCH_SHORT_ADDRESSES: _set_match_shorts,
        Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES: _set_match_extendeds,
    }
    _getters: Final[Mapping[Property, Callable[["RcpState"], bytes]]] = {
        Property.LAST_STATUS: lambda _: OnePacked(Status.OK).encode(),
        Property.PROTOCOL_VERSION: lambda _: TwoPacked(*PROTOCOL_VERSION).encode(),
        Property.NCP_VERSION: lambda _: _firmware(),
        Property.INTERFACE_TYPE: lambda _: OnePacked(INTERFACE_THREAD).encode(),
        Property.CAPS: lambda _: b"".join(map(packed, _CAPABILITIES)),
        Property.INTERFACE_COUNT: lambda _: OctetValue(1).encode(),
        Property.HWADDR: lambda self: EuiValue(self._hardware_address).encode(),
        Property.PHY_ENABLED: lambda self: flag(self._enabled).encode(),
        Property.PHY_CHAN: lambda self: OctetValue(self.channel).encode(),
        Property.PHY_CHAN_SUPPORTED: lambda _: bytes(CHANNELS),
        Property.PHY_TX_POWER: lambda self: LevelValue(self._power).encode(),
        Property.PHY_CCA_THRESHOLD: lambda self: LevelValue(self._threshold).encode(),
        Property.PHY_RSSI: lambda self: LevelValue(self.quietest).encode(),
        Property.PHY_RX_SENSITIVITY: lambda self: LevelValue(self.quietest).encode(),
        Property.MAC_SCAN_STATE: lambda _: OctetValue(SCAN_IDLE).encode(),
        Property.MAC_SCAN_MASK: lambda self: bytes(self._scan_mask),
        Property.MAC_SCAN_PERIOD: lambda self: ShortValue(self.scan_period).encode(),
        Property.MAC_15_4_LADDR: lambda self: EuiValue(self._eui64).encode(),
        Property.MAC_15_4_SADDR: lambda self: ShortValue(self._short).encode(),
        Property.MAC_15_4_PANID: lambda self: ShortValue(self._pan).encode(),
        Property.MAC_RAW_STREAM_ENABLED: lambda self: flag(self._raw).encode(),
        Property.MAC_PROMISCUOUS_MODE: lambda self: OctetValue(self._promiscuous).encode(),
        Property.MAC_RX_ON_WHEN_IDLE_MODE: lambda self: flag(self._rx_on).encode(),
        Property.RCP_API_VERSION: lambda _: OnePacked(RCP_API_VERSION).encode(),
        Property.RCP_MIN_HOST_API_VERSION: lambda _: OnePacked(_MIN_HOST_API).encode(),
        Property.RCP_TIMESTAMP: lambda self: int(self._scheduler.now).to_bytes(8, "little"),
        Property.RADIO_CAPS: lambda _: OnePacked(_RADIO_CAPABILITIES).encode(),
        Property.MAC_SRC_MATCH_ENABLED: lambda self: flag(self._matching).encode(),
    }


def _firmware() -> bytes:
    """What the firmware calls itself, as OpenThread's does: name, version, platform."""
    return f"HANLAB-RCP/{version('hanlab')}; VIRTUAL".encode() + b"\x00"
