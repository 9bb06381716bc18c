"""What a change of status rests on; the history keeps it with the change (SEC App. AC 4.13)."""

from dataclasses import dataclass
from datetime import datetime

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class WanResponse:
    """A response of a device that came over the SM WAN (SEC App. AC 4.13).

    Args:
        hub: the communications hub that carried it.
        message: the response as it came, with its envelope.
        received: when the DCC received it.
        successful: whether it says that the command was executed successfully.
    """

    hub: Eui64
    message: bytes
    received: datetime
    successful: bool


@dataclass(frozen=True, slots=True)
class LocalResponse:
    """A response of a device that a user took on site and sent in afterwards (DUIS 5.4, SRV 8.13).

    Args:
        message: the response as it was sent in.
        received: when the DCC received it.
        successful: whether it says that the command was executed successfully.
    """

    message: bytes
    received: datetime
    successful: bool


@dataclass(frozen=True, slots=True)
class WanContact:
    """A communications hub was heard on the SM WAN."""

    hub: Eui64
    received: datetime


@dataclass(frozen=True, slots=True)
class DeviceAlert:
    """An alert of a device that came over the SM WAN.

    Args:
        hub: the communications hub that carried it.
        message: the alert as it came.
        received: when the DCC received it.
    """

    hub: Eui64
    message: bytes
    received: datetime


@dataclass(frozen=True, slots=True)
class UserRequest:
    """A service request that the DCC itself executes (DUIS 5.4, command variant 8).

    Args:
        service: the service reference variant, like 8.4.
        user: who sent it.
        received: when the DCC received it.
    """

    service: str
    user: Eui64
    received: datetime


Evidence = WanResponse | LocalResponse | WanContact | DeviceAlert | UserRequest
