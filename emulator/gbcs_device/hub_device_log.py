"""The device log of a communications hub, and the log of devices that were in it (CHTS 4.5.1).

The hub knows each device by name and by a hash of the key it shares with the trust centre: empty
until there is such a key. Who is removed with a key goes into the historic log, so that the same
device can come back without its install code (use-case annex of GBCS, CCS01 to CCS03).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64

CAPACITY: Final = 16
"""Devices in the log (use-case annex of GBCS, CCS07)."""
HISTORIC_CAPACITY: Final = 15
"""Devices in the historic log (use-case annex of GBCS, CCS02)."""
UNKNOWN_TYPE: Final = 255
"""The type of a device that came with the log of another hub, which does not tell it."""


class Registration(Enum):
    """What came of adding a device."""

    ADDED = "added"
    ALREADY_LOGGED = "already logged"
    LOG_FULL = "log full"


@dataclass(frozen=True, slots=True)
class LinkStatistics:
    """How the hub hears a device; `active_devices` has these parts in this order.

    Args:
        status: eight bits.
        rssi: highest, average and lowest, dBm.
        lqi: highest, average and lowest.
        last_heard: date-time of 12 octets, empty before the first time.
        hops: from the hub.
        failures: of transmissions.
        successes: of transmissions.
        application_version: of the device.
        stack_version: of the device.
    """

    status: int = 0
    rssi: tuple[int, int, int] = (0, 0, 0)
    lqi: tuple[int, int, int] = (0, 0, 0)
    last_heard: bytes = b""
    hops: int = 0
    failures: int = 0
    successes: int = 0
    application_version: int = 0
    stack_version: int = 0


@dataclass(frozen=True, slots=True)
class LoggedDevice:
    """A device in the log.

    Args:
        device_type: as CCS01 numbers types.
        hashed_key: 16 octets, empty before there is a key.
        statistics: how the hub hears it.
    """

    device_type: int
    hashed_key: bytes = b""
    statistics: LinkStatistics = LinkStatistics()


class HubDeviceLog:
    """Both logs of one hub, in the order in which devices came.

    Args:
        extended_pan_id: of the hub's network.
    """

    def __init__(self, extended_pan_id: int) -> None:
        self.extended_pan_id = extended_pan_id
        self._devices: dict[Eui64, LoggedDevice] = {}
        self._historic: dict[Eui64, bytes] = {}

    @property
    def devices(self) -> Mapping[Eui64, LoggedDevice]:
        """The devices in the log."""
        return self._devices

    @property
    def historic(self) -> Mapping[Eui64, bytes]:
        """The hashed keys of the devices in the historic log, the oldest first."""
        return self._historic

    def register(self, eui64: Eui64, device_type: int) -> Registration:
        """Add a device (CCS01); one that is there keeps what is known of it."""
        if eui64 in self._devices:
            return Registration.ALREADY_LOGGED
        if len(self._devices) >= CAPACITY:
            return Registration.LOG_FULL
        self._devices[eui64] = LoggedDevice(device_type)
        return Registration.ADDED

    def unregister(self, eui64: Eui64) -> bool:
        """Remove a device (CCS02) and remember its key, if it had one; whether it was there."""
        removed = self._devices.pop(eui64, None)
        if removed is None:
            return False
        if removed.hashed_key:
            self._remember(eui64, removed.hashed_key)
        return True

    def _remember(self, eui64: Eui64, hashed_key: bytes) -> None:
        """Update the historic entry where it is, or take the place of the oldest."""
        if eui64 not in self._historic and len(self._historic) >= HISTORIC_CAPACITY:
            del self._historic[next(iter(self._historic))]
        self._historic[eui64] = hashed_key

    def keyed(self, eui64: Eui64, hashed_key: bytes) -> bool:
        """Take note of a device's key; whether that changes the log."""
        device = self._devices.get(eui64)
        if device is None or device.hashed_key == hashed_key:
            return False
        self._devices[eui64] = replace(device, hashed_key=hashed_key)
        return True

    def heard(self, eui64: Eui64, statistics: LinkStatistics) -> None:
        """Take note of how a device is heard; nothing when it is not in the log."""
        device = self._devices.get(eui64)
        if device is not None:
            self._devices[eui64] = replace(device, statistics=statistics)

    def replace(self, extended_pan_id: int, devices: Iterable[tuple[Eui64, bytes]]) -> bool:
        """Take over the log of another hub (CCS03); False, and unchanged, when it is too long."""
        taken = {eui64: self._taken_over(eui64, hashed_key) for eui64, hashed_key in devices}
        if len(taken) > CAPACITY:
            return False
        self.extended_pan_id = extended_pan_id
        self._devices = taken
        return True

    def _taken_over(self, eui64: Eui64, hashed_key: bytes) -> LoggedDevice:
        known = self._devices.get(eui64, LoggedDevice(UNKNOWN_TYPE))
        return replace(known, hashed_key=hashed_key)

    def hold(self, devices: Mapping[Eui64, LoggedDevice]) -> None:
        """Have these devices in the log and no others.

        Raises:
            LocalError: when they are too many.
        """
        if len(devices) > CAPACITY:
            raise LocalError(f"{len(devices)} devices, at most {CAPACITY}")
        self._devices = dict(devices)

    def hold_historic(self, devices: Mapping[Eui64, bytes]) -> None:
        """Have these devices in the historic log and no others, the oldest first.

        Raises:
            LocalError: when they are too many.
        """
        if len(devices) > HISTORIC_CAPACITY:
            raise LocalError(f"{len(devices)} historic devices, at most {HISTORIC_CAPACITY}")
        self._historic = dict(devices)

    def snapshot(self) -> dict[str, Any]:
        """Both logs, as JSON could say it."""
        return {
            "extended_pan_id": f"{self.extended_pan_id:016X}",
            "devices": [
                {
                    "eui64": format_eui64(eui64),
                    "type": device.device_type,
                    "hashed_key": device.hashed_key.hex(),
                }
                for eui64, device in self._devices.items()
            ],
            "historic": [
                {"eui64": format_eui64(eui64), "hashed_key": hashed_key.hex()}
                for eui64, hashed_key in self._historic.items()
            ],
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot says; how devices are heard is not in it."""
        self.extended_pan_id = int(snapshot["extended_pan_id"], 16)
        self._devices = {
            parse_eui64(each["eui64"]): LoggedDevice(
                each["type"], bytes.fromhex(each["hashed_key"])
            )
            for each in snapshot["devices"]
        }
        self._historic = {
            parse_eui64(each["eui64"]): bytes.fromhex(each["hashed_key"])
            for each in snapshot["historic"]
        }
