"""What the two ends of a gas mirror say to the other machines of their node."""

from dataclasses import dataclass
from enum import IntEnum

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import Endpoint


class FunctionalFlag(IntEnum):
    """Bits of FunctionalNotificationFlags that have a meaning here (ZSE 1.4 Annex D.3)."""

    NEW_OTA_FIRMWARE = 0
    CBKE_UPDATE_REQUEST = 1
    STAY_AWAKE_HAN = 4
    STAY_AWAKE_WAN = 5
    TUNNEL_MESSAGE_PENDING = 21
    GET_SNAPSHOT = 22
    GET_SAMPLED_DATA = 23


@dataclass(frozen=True, slots=True)
class AllowMirrorReports:
    """Device log of a gas meter -> mirror: the gas proxy is in it, so metering data may go there.

    Before that nothing but the end of the report is sent (GBCS 10.2.2.2).
    """

    allowed: bool = True


@dataclass(frozen=True, slots=True)
class CheckMirror:
    """Application or user at a gas meter -> mirror: wake now rather than when it is time."""


@dataclass(frozen=True, slots=True)
class NotifyMeter:
    """Application of the hub -> mirror: something waits, or no longer waits, for `meter`."""

    meter: Eui64
    flag: FunctionalFlag
    pending: bool


@dataclass(frozen=True, slots=True)
class MirrorChanged:
    """Mirror of the hub -> its other machines: `meter` has a mirror there; None: no longer."""

    meter: Eui64
    endpoint: int | None


@dataclass(frozen=True, slots=True)
class MirrorFlagsIndication:
    """Mirror -> applications of a gas meter: what the hub said waits for it.

    Args:
        flags: FunctionalNotificationFlags, then NotificationFlags2 to 5.
        mirror: where data may be pushed while the hub listens; None before it may.
    """

    flags: tuple[int, ...]
    mirror: Endpoint | None = None

    def pending(self, flag: FunctionalFlag) -> bool:
        """Whether the functional flag is set."""
        return bool(self.flags[:1] and self.flags[0] >> flag & 1)


@dataclass(frozen=True, slots=True)
class MeterReported:
    """Mirror of the hub -> applications: `meter` finished a run of reports; it is awake."""

    meter: Eui64
