"""Fits devices with what they answer remote parties with: executors, keys and a way to the hub."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from string import hexdigits
from typing import Final

from emulator.equipment.device_link import DeviceLink
from emulator.equipment.hub_router import HubRouter
from emulator.equipment.link_watch import LinkWatch
from emulator.equipment.mirrored_state import MirroredState
from emulator.equipment.primitives import ToWan
from emulator.equipment.proxy_link import ProxyLink
from emulator.equipment.request import DeviceRequest, RemoteParties
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.device_objects import communications_hub
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.firmware import VERSION_LENGTH, FirmwareActivated
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.proxy.tap_off import TapOff
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.hub_log_machine import HubLogMachine
from emulator.gbcs_device.primitives import (
    AllowJoining,
    ClockSet,
    MessageRequest,
    MeterSet,
    PartnerJoined,
    PartnerUnjoined,
    SupplierReplaced,
)
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.remote_party_setup import FIRST_FIRMWARE, remote_party_setup
from emulator.kernel.identity import Eui64
from emulator.smart_energy.device import Applications, Boot, no_applications
from emulator.smart_energy.mirror.primitives import AllowMirrorReports
from emulator.smart_energy.ota.primitives import ImageActivated
from emulator.zigbee.addresses import Endpoint

Executors = Callable[[DeviceClock], Mapping[PayloadKind, Executor]]
Fitting = Callable[[Boot], Applications]

_UNHEARD: Final = (
    ClockSet,
    MeterSet,
    SupplierReplaced,
    PartnerJoined,
    PartnerUnjoined,
    AllowMirrorReports,
    AllowJoining,
    FirmwareActivated,
    ImageActivated,
)
"""What a device's remote-party side tells whether or not another part listens."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """One device, as remote parties know it.

    Args:
        housemates: the other devices of its radio.
        firmware: version that it leaves the factory with; empty where nobody says.
    """

    kind: DeviceKind
    eui64: Eui64
    executors: Executors
    housemates: frozenset[Eui64] = frozenset()
    firmware: bytes = b""

    def build(self, boot: Boot, remote: RemoteParties) -> "_Fitted":
        """The device of one boot."""
        clock = DeviceClock(boot.surroundings.calendar)
        setup = remote_party_setup(
            self.kind,
            self.eui64,
            remote.keys,
            boot.stream(f"{self.kind} keys"),
            parties=remote.parties,
        )
        executors = self.executors(clock)
        for executor in executors.values():
            if isinstance(executor, GbzExecutor):
                executor.know(setup.anchors)
        setup = replace(
            setup,
            clock=clock,
            executors=executors,
            settings=remote.settings,
            firmware=self.firmware or setup.firmware,
            housemates=self.housemates,
        )
        return _Fitted(clock, RemotePartyMachine(setup))


@dataclass(frozen=True, slots=True)
class _Fitted:
    """What a plan became."""

    clock: DeviceClock
    machine: RemotePartyMachine


def shipped_firmware(request: DeviceRequest) -> bytes:
    """The version of a product list as 4 octets; none where it is written in another way."""
    text = request.firmware
    whole = len(text) == 2 * VERSION_LENGTH and set(text) <= set(hexdigits)
    return bytes.fromhex(text) if whole else b""


def no_executors(_clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
    """What a device has whose only commands are about joins and credentials."""
    return {}


def also(*fittings: Fitting) -> Fitting:
    """The applications of several fittings, side by side."""

    def fit(boot: Boot) -> Applications:
        applications = Applications()
        for each in fittings:
            applications = applications.beside(each(boot))
        return applications

    return fit


def behind_a_hub(
    request: DeviceRequest, kind: DeviceKind, executors: Executors = no_executors
) -> Fitting:
    """The applications of a device that remote parties reach through its hub."""
    remote = request.remote
    if remote is None:
        return no_applications

    plan = _Plan(kind, request.eui64, executors, firmware=shipped_firmware(request))

    def fit(boot: Boot) -> Applications:
        fitted = plan.build(boot, remote)
        link = DeviceLink()
        return Applications(
            (link, fitted.machine),
            {"device_link": link, "remote_parties": fitted.machine},
            (*_UNHEARD, MessageRequest),
        )

    return fit


def in_a_hub(
    request: DeviceRequest, gas_state: Callable[[], GbzExecutor], mirror: Endpoint
) -> Fitting:
    """The applications of a hub: CHF, GPF, the device log, and the way from the WAN.

    Args:
        request: what the hub's maker is given.
        gas_state: makes what the gas proxy function holds; commands change it, and so does what
            it hears pass to and from the meter.
        mirror: the endpoint that a gas meter reports and pushes to.
    """
    remote, proxy = request.remote, request.gas_proxy
    if remote is None or proxy is None:
        return no_applications

    def fit(boot: Boot) -> Applications:
        log = HubDeviceLog(request.eui64)

        runs = shipped_firmware(request) or FIRST_FIRMWARE

        def objects(_clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
            return {PayloadKind.DLMS: communications_hub(request.eui64, log, runs)}

        state = gas_state()

        def held(_clock: DeviceClock) -> Mapping[PayloadKind, Executor]:
            return {PayloadKind.GBZ: state}

        hub = _Plan(DeviceKind.CHF, request.eui64, objects, frozenset((proxy,)), runs)
        gas = _Plan(DeviceKind.GPF, proxy, held, frozenset((request.eui64,)), runs)
        chf, gpf = hub.build(boot, remote), gas.build(boot, remote)
        router = HubRouter(request.eui64, (request.eui64, proxy))
        tap = TapOff(state, proxy, gpf.clock)
        own = (chf.machine, gpf.machine, HubLogMachine(log, chf.clock, request.eui64))
        mirrored = MirroredState(state, mirror, gpf.clock)
        return Applications(
            (router, *own, tap, mirrored, ProxyLink(proxy), LinkWatch(log, chf.clock)),
            {
                "hub_router": router,
                "chf": chf.machine,
                "gpf": gpf.machine,
                "tap_off": tap,
                "mirrored_state": mirrored,
            },
            (*_UNHEARD, ToWan),
        )

    return fit
