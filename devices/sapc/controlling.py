"""A load controller that goes on from boot to boot, and the objects that it goes by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from emulator.equipment.clock_keeper import keeps_time
from emulator.equipment.controller_watch import ControllerWatch, KeptController
from emulator.equipment.fitting import Fitting
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.cosem.device_objects import ControllerMake, standalone_load_controller
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.event_logs import EventLogs
from emulator.gbcs_device.cosem.meter_view import DeviceView
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.firmware import Firmware
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.event_codes import MeterEvent
from emulator.metering.load_controller import LoadController
from emulator.metering.randomised_offset import RandomisedOffset
from emulator.smart_energy.device import Applications, Boot, Persistent
from emulator.zigbee.addresses import Endpoint


@dataclass(slots=True)
class Controlling:
    """The controllers of one device.

    Args:
        asks_from: endpoint from which it asks for the hub's time.
    """

    request: DeviceRequest
    asks_from: Endpoint
    controller: LoadController = field(init=False)
    _executor: DlmsExecutor | None = field(init=False, default=None)
    _firmware: Firmware | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        around = self.request.surroundings
        clock = DriftingClock(around.calendar, self.request.settings.load_controller.drift)
        self.controller = LoadController(clock, around.scheduler.now)

    def objects(self, clock: DeviceClock) -> DlmsExecutor:
        """The objects of a boot, which it goes by."""
        around, request = self.request.surroundings, self.request
        clock.go_by(self.controller.clock)
        make = ControllerMake(
            view=DeviceView(self.controller, lambda: around.scheduler.now),
            offset=RandomisedOffset(around.streams.stream(request.name, "randomised offset")),
            firmware=self._running,
        )
        self._executor = standalone_load_controller(request.eui64, clock, make)
        return self._executor

    def fitted(self, fitting: Fitting) -> Fitting:
        """The applications of a device, and its controllers."""

        def fit(boot: Boot) -> Applications:
            scheduler = boot.surroundings.scheduler
            fitted = fitting(boot)
            remote = fitted.persistent.get("remote_parties")
            self._firmware = remote.firmware if isinstance(remote, RemotePartyMachine) else None
            watch = ControllerWatch(self.controller, self._record, scheduler.now)
            kept: Mapping[str, Persistent] = {
                "controller": KeptController(self.controller, scheduler)
            }
            working = fitted.beside(Applications((watch,), kept))
            room = self.request.settings.clock
            return keeps_time(working, boot, self.controller.clock, self.asks_from, room)

        return fit

    def _record(self, event: MeterEvent) -> Sequence[AlertRequest]:
        return () if self._executor is None else EventLogs(self._executor.store).record(event)

    def _running(self) -> bytes:
        return b"" if self._firmware is None else self._firmware.running
