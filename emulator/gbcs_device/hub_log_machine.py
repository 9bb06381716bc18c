"""Keeps the hub's device log in step with the trust centre, and tells of it (GBCS CS14)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from emulator.gbcs_device.cosem.network_control_duty import log_changed
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.primitives import AlertRequest, DeviceKeyed
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant


class HubLogMachine:
    """Notes new link keys in the log; each change goes to remote parties.

    Args:
        log: of the hub, the same that its objects show.
        clock: of the hub.
        hub: the hub's name, by which its alerts are told from those of the gas proxy beside it.
    """

    accepts: ClassVar[tuple[type, ...]] = (DeviceKeyed,)

    def __init__(self, log: HubDeviceLog, clock: DeviceClock, hub: Eui64) -> None:
        self._log = log
        self._clock = clock
        self._hub = hub

    @property
    def deadline(self) -> None:
        """Nothing is ever due."""
        return None

    def handle(self, event: DeviceKeyed, now: Instant) -> Sequence[AlertRequest]:
        """A device has a key: the alert, if the log did not know it."""
        if not self._log.keyed(event.eui64, event.hashed_key):
            return ()
        alert = log_changed(self._log, self._clock.moment(now))
        return (replace(alert, device=self._hub),)

    def wake(self, now: Instant) -> Sequence[AlertRequest]:  # noqa: ARG002 - the one shape of machines
        """Nothing."""
        return ()
