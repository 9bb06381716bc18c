"""What a device's remote-party side and its other parts say to each other."""

from dataclasses import dataclass

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class MessageIndication:
    """Link -> device: a message came, from the tunnel, the wide area network or a partner.

    Args:
        recipient: for which of several devices on one radio, as the two of a hub; every other one
            leaves it alone. None where there is only one.
    """

    octets: bytes
    recipient: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """Device -> link: a message has to go to `recipient`."""

    recipient: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class AdmitDevice:
    """Device log of the hub -> trust centre: let this device join (GBCS CCS01).

    Args:
        device_type: as the command numbers types: 0 ESME, 1 GSME, 13 HCALCS, 128 IHD, 130 CAD,
            132 PPMID, 254 GPF.
        install_code: 16 octets without CRC, as the command carries them.
        timeout: seconds for which joining is open.
        historic: whether it is in the historic log, so that its old key is tried first.
    """

    eui64: Eui64
    device_type: int
    install_code: bytes
    timeout: int
    historic: bool = False


@dataclass(frozen=True, slots=True)
class DismissDevice:
    """Device log of the hub -> trust centre: forget this device and its keys (GBCS CCS02)."""

    eui64: Eui64


@dataclass(frozen=True, slots=True)
class AllowJoining:
    """Device log of the hub -> trust centre: open or close joining; 0 seconds closes."""

    seconds: int


@dataclass(frozen=True, slots=True)
class RestoreNetwork:
    """Device log of the hub -> trust centre: take over the network of another hub (GBCS CCS03).

    Args:
        devices: each with the hash of the key it shares with the old trust centre, empty without.
    """

    extended_pan_id: int
    devices: tuple[tuple[Eui64, bytes], ...]


@dataclass(frozen=True, slots=True)
class DeviceKeyed:
    """Trust centre -> device log of the hub: a device has a new link key, with this hash."""

    eui64: Eui64
    hashed_key: bytes


@dataclass(frozen=True, slots=True)
class PartnerJoined:
    """Device log of a device -> network: it may now talk to this partner (GBCS CS03).

    Args:
        device_type: as CS03 numbers types.
        device: whose log it is.
    """

    eui64: Eui64
    device_type: int
    device: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class PartnerUnjoined:
    """Device log of a device -> network: no longer (GBCS CS04)."""

    eui64: Eui64
    device: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class ClockSet:
    """Device -> its other parts: it took the time of the hub, or did not."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class HubTimeCompared:
    """Device -> its other parts: by itself it compared its clock with the hub's (GBCS 9.1).

    Args:
        move: microseconds by which the clock is to be set forward to be right; back if negative.
        accepted: whether that is little enough to be done.
    """

    move: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class PartnerCommandRequest:
    """Another part of the device -> its remote-party side: have a partner do this (GBCS PCS01).

    Args:
        recipient: in the device log, with a certificate.
        payload: of the command, encoded.
    """

    recipient: Eui64
    message_code: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class MeterSet:
    """Executor -> the meter of its device: a command may have changed what it goes by."""


@dataclass(frozen=True, slots=True)
class SupplierReplaced:
    """Credentials of a device -> its meter: another party is its supplier now (GBCS CS02b).

    Args:
        top_up_floor: from which UTRN counter on its top-ups count.
    """

    top_up_floor: int = 0


@dataclass(frozen=True, slots=True)
class SecurityEvent:
    """A command that was carried out -> the security log of its device: nobody is told of it.

    Args:
        code: of the event, like 0x8F70.
    """

    code: int


@dataclass(frozen=True, slots=True)
class AlertRequest:
    """Another part of the device -> its remote-party side: tell remote parties of this.

    Args:
        code: the alert code, like 0x8F12.
        content: the payload's own part, as the alert's use case has it; empty for a generic one.
        device: which of several devices on one radio tells it; None where there is only one.
    """

    code: int
    content: bytes = b""
    device: Eui64 | None = None
