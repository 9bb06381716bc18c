"""An electricity meter that measures, for remote parties and for the HAN."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import number_of
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import Data
from emulator.equipment.clock_keeper import keeps_time
from emulator.equipment.electricity_keypad import ElectricityKeypad
from emulator.equipment.electricity_watch import ElectricityWatch, KeptElectricityMeter
from emulator.equipment.fitting import Fitting
from emulator.equipment.home_requests import HomeRequests
from emulator.equipment.meter_machine import MeterMachine, ShownRegister
from emulator.equipment.request import DeviceRequest
from emulator.gbcs_device.cosem.account_wallet import AccountWallet
from emulator.gbcs_device.cosem.device_objects import (
    MEASURED,
    MeterMake,
    electricity_meter,
    stored_token_key,
)
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.event_logs import EventLogs
from emulator.gbcs_device.cosem.measured_logs_duty import BILLING
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.token_duty import TokenGate
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.firmware import Firmware
from emulator.gbcs_device.gbz.executor import TOP_UP_CELL
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration
from emulator.metering.drifting_clock import DriftingClock, moment_of
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.event_codes import MeterEvent
from emulator.metering.randomised_offset import RandomisedOffset
from emulator.smart_energy.device import Applications, Boot, Persistent
from emulator.zigbee.addresses import Endpoint

_TAMPER_STATE: Final = Attribute(1, parse_obis("0-0:94.44.0.4"), 2)
"""Whether tampering interrupts the supply (GBCS ECS81); that true says so is unverified."""


@dataclass(slots=True, kw_only=True)
class Measuring:
    """The meter of one device, which goes on from boot to boot.

    Args:
        make: of the meter, its view left out.
        shown: registers that the HAN sees, and `every` how long it may see an older value.
        asks_from: endpoint from which it asks for the hub's time.
        obeys_at: endpoint at which it does what a PPMID asks.
    """

    request: DeviceRequest
    make: MeterMake
    shown: tuple[ShownRegister, ...]
    every: Duration
    asks_from: Endpoint
    obeys_at: Endpoint
    meter: ElectricityMeter = field(init=False)
    _executor: DlmsExecutor | None = field(init=False, default=None)
    _firmware: Firmware | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        around = self.request.surroundings
        channels = MEASURED[self.make.variant]
        clock = DriftingClock(around.calendar, self.request.settings.electricity_meter.drift)
        now = around.scheduler.now
        self.meter = ElectricityMeter(clock, channels, now=now, tokens=self.make.tokens)
        for channel, demand in self.request.load.items():
            if channel in channels:
                self.meter.load(channel, demand, now)

    def objects(self, clock: DeviceClock) -> DlmsExecutor:
        """The objects of a boot, behind which the meter is."""
        request = self.request
        clock.go_by(self.meter.meter.clock)
        self._executor = electricity_meter(request.eui64, clock, self._made())
        return self._executor

    def view(self) -> MeterView:
        """The meter, and the time at which somebody looks at it."""
        scheduler = self.request.surroundings.scheduler
        return MeterView(self.meter, lambda: scheduler.now)

    def fitted(self, fitting: Fitting) -> Fitting:
        """The applications of a device, and its meter."""

        def fit(boot: Boot) -> Applications:
            scheduler = boot.surroundings.scheduler
            fitted = fitting(boot)
            remote = fitted.persistent.get("remote_parties")
            self._firmware = remote.firmware if isinstance(remote, RemotePartyMachine) else None
            shows = MeterMachine(self.meter.meter, self.shown, self.every, scheduler.now)
            keys = self._keypad(remote) if isinstance(remote, RemotePartyMachine) else None
            watch = ElectricityWatch(self.meter, self._record(), self._locks, scheduler.now, keys)
            kept: Mapping[str, Persistent] = {"meter": KeptElectricityMeter(self.meter, scheduler)}
            obeys = () if keys is None else (HomeRequests(self.obeys_at, keys, boot.handles),)
            working = fitted.beside(Applications((watch, shows, *obeys), kept))
            room = self.request.settings.clock
            return keeps_time(working, boot, self.meter.meter.clock, self.asks_from, room)

        return fit

    def _made(self) -> MeterMake:
        request = self.request
        around, view = request.surroundings, self.view()
        offset = RandomisedOffset(around.streams.stream(request.name, "randomised offset"))
        made = replace(self.make, view=view, offset=offset, firmware=self._running)
        if request.remote is None:
            return made
        return replace(made, token_key=stored_token_key(request.remote.keys, request.eui64))

    def _keypad(self, remote: RemotePartyMachine) -> ElectricityKeypad | None:
        executor, keys = self._executor, self.request.remote
        if executor is None or keys is None:
            return None
        key_of = stored_token_key(keys.keys, self.request.eui64)
        wallet = AccountWallet(executor.store, self.view())
        gate = TokenGate(executor.store, key_of, self.make.tokens, wallet)
        anchors = remote.identity.anchors

        def supplier() -> Eui64 | None:
            held = anchors.certificate(TOP_UP_CELL)
            return None if held is None else held.eui64

        return ElectricityKeypad(gate, self.view(), supplier, self.request.settings.manual_entry)

    def _running(self) -> bytes:
        return b"" if self._firmware is None else self._firmware.running

    def _record(self) -> Callable[[MeterEvent], Sequence[AlertRequest]]:
        executor, around = self._executor, self.request.surroundings
        if executor is None:
            return lambda _: ()

        def billing() -> Data:
            return executor.look(BILLING, moment_of(self.meter.own(around.scheduler.now)))

        return EventLogs(executor.store, billing).record

    def _locks(self) -> bool:
        return self._executor is not None and bool(
            number_of(self._executor.store.value(_TAMPER_STATE))
        )
