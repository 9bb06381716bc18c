"""A router tells the network manager that its frames fail (R22 Annex E.3)."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from emulator.kernel.units import Instant
from emulator.radio.port import Channel
from emulator.smart_energy.network.lasting_failures import LastingFailures
from emulator.smart_energy.settings import AgilitySettings
from emulator.zigbee.nwk.primitives import (
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeTransmitFailures,
)
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import MgmtNwkUpdateNotify
from emulator.zigbee.zdo.network_updates import mask_of
from emulator.zigbee.zdo.primitives import ZdoNotifyRequest


class FailureReport:
    """Measures the energy where frames failed, and reports both.

    Args:
        channels: what is measured.
        settings: how long failures have to last, and how long a measurement does.
        nib: who the manager is.
        handles: the node's one count of handles.
    """

    accepts: ClassVar[tuple[type, ...]] = (NlmeTransmitFailures, NlmeEnergyScanConfirm)
    deadline: Instant | None = None

    def __init__(
        self,
        channels: tuple[Channel, ...],
        settings: AgilitySettings,
        nib: Nib,
        handles: Iterator[int],
    ) -> None:
        self._channels = channels
        self._duration = settings.scan_duration
        self._lasting = LastingFailures(settings.lasting)
        self._nib = nib
        self._handles = handles
        self._scan: int | None = None
        self._failures: NlmeTransmitFailures | None = None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of failures, or of the measurement after them."""
        if isinstance(event, NlmeTransmitFailures):
            if self._scan is not None or not self._nib.routing or not self._lasting.last(now):
                return ()
            self._failures = event
            self._scan = next(self._handles)
            return (NlmeEnergyScanRequest(self._scan, self._channels, self._duration),)
        return self._report(event)

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _report(self, confirm: NlmeEnergyScanConfirm) -> Sequence[Any]:
        failures = self._failures
        if confirm.handle != self._scan or failures is None:
            return ()
        self._scan = None
        energies = confirm.energies or ()
        told = MgmtNwkUpdateNotify(
            ZdpStatus.SUCCESS,
            mask_of(tuple(channel for channel, _ in energies)),
            failures.total,
            failures.failures,
            tuple(level for _, level in energies),
        )
        return (ZdoNotifyRequest(self._nib.manager, told),)
