"""Devices are fitted with what remote parties reach, and the rest with nothing."""

from dataclasses import replace
from itertools import count

import pytest

from emulator.dlms.data import octet_string
from emulator.equipment.device_link import DeviceLink
from emulator.equipment.fitting import Fitting, also, behind_a_hub, in_a_hub, no_executors
from emulator.equipment.hub_router import HubRouter
from emulator.equipment.link_watch import LinkWatch
from emulator.equipment.proxy_link import ProxyLink
from emulator.equipment.request import DeviceRequest, RemoteParties
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.cosem.firmware_duty import FIRMWARE_VERSION
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.proxy.tap_off import TapOff
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.hub_log_machine import HubLogMachine
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar
from emulator.radio.air import Air
from emulator.radio.links import SymmetricLinks
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import (
    Applications,
    Boot,
    DeviceDescription,
    Surroundings,
    no_applications,
)
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.stack_settings import StackSettings
from emulator.testing.scenes.cosem_scene import command, get, values
from emulator.testing.scenes.remote_party_bench import DEVICE, PARTNER, bench_pki
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.nwk.primitives import DeviceType


def surroundings() -> Surroundings:
    scheduler, streams = Scheduler(), Streams(1)
    air = Air(scheduler, streams, SymmetricLinks())

    def radio(name: str) -> SimulatedRadio:
        return SimulatedRadio(name, air, scheduler, streams.stream(name, "csma"))

    return Surroundings(scheduler, streams, Trace(), Calendar(), radio)


def requested(*, remote: bool = True, gas_proxy: Eui64 | None = PARTNER) -> DeviceRequest:
    return DeviceRequest(
        name="device",
        kind="CHF",
        eui64=DEVICE,
        link_key=None,
        credentials=Credentials({}),
        surroundings=surroundings(),
        settings=StackSettings(),
        remote=RemoteParties(keys=bench_pki().keys) if remote else None,
        gas_proxy=gas_proxy,
    )


def fitted(fitting: Fitting, request: DeviceRequest) -> Applications:
    description = DeviceDescription(
        name=request.name,
        kind=request.kind,
        eui64=request.eui64,
        device_type=DeviceType.ROUTER,
        endpoints=(),
        credentials=request.credentials,
    )
    return fitting(Boot(description, request.surroundings, 1, count(1)))


def gas_state() -> GbzExecutor:
    return GbzExecutor(MeterStore(GPF))


def hub(request: DeviceRequest) -> Applications:
    return fitted(in_a_hub(request, gas_state, Endpoint(2)), request)


def test_a_device_that_remote_parties_do_not_talk_to_has_nothing_of_it() -> None:
    alone, without_proxy = requested(remote=False), requested(gas_proxy=None)

    assert fitted(behind_a_hub(alone, DeviceKind.ESME), alone) == Applications()
    assert hub(alone) == Applications()
    assert hub(without_proxy) == Applications()


def test_a_device_behind_a_hub_has_a_link_to_it_and_a_remote_party_side() -> None:
    request = requested()

    applications = fitted(behind_a_hub(request, DeviceKind.ESME), request)

    assert [type(each) for each in applications.machines] == [DeviceLink, RemotePartyMachine]
    assert set(applications.persistent) == {"device_link", "remote_parties"}
    _, machine = applications.machines
    assert isinstance(machine, RemotePartyMachine)
    assert set(machine.executors) == {PayloadKind.ASN1, *no_executors(machine.clock)}


def test_a_hub_is_two_devices_a_router_and_those_who_listen() -> None:
    applications = hub(requested())

    kinds = [type(each) for each in applications.machines]
    assert kinds[:4] == [HubRouter, RemotePartyMachine, RemotePartyMachine, HubLogMachine]
    assert {TapOff, ProxyLink, LinkWatch} <= set(kinds)
    names = [
        each.identity.eui64
        for each in applications.machines
        if isinstance(each, RemotePartyMachine)
    ]
    assert names == [DEVICE, PARTNER]
    assert {"hub_router", "chf", "gpf", "tap_off"} <= set(applications.persistent)


@pytest.mark.parametrize(
    ("shipped", "shown"), [("00010203", "00010203"), ("1.0", "00000001"), ("", "00000001")]
)
def test_a_hub_shows_the_firmware_that_it_was_shipped_with(shipped: str, shown: str) -> None:
    # GBCS ECS52: no command activates another one
    chf = hub(replace(requested(), firmware=shipped)).persistent["chf"]
    assert isinstance(chf, RemotePartyMachine)

    executed = chf.executors[PayloadKind.DLMS].execute(command(get(FIRMWARE_VERSION)))

    assert values(executed) == [octet_string(bytes.fromhex(shown))]
    assert chf.firmware.running.hex() == shown


def test_the_ear_of_the_proxy_hears_for_what_its_commands_act_on() -> None:
    made: list[GbzExecutor] = []

    def state() -> GbzExecutor:
        made.append(gas_state())
        return made[-1]

    request = requested()

    machines = fitted(in_a_hub(request, state, Endpoint(2)), request).machines

    (proxy,) = (
        each
        for each in machines
        if isinstance(each, RemotePartyMachine) and each.identity.eui64 == PARTNER
    )
    assert made == [proxy.executors[PayloadKind.GBZ]]


def test_every_boot_keeps_and_takes_back_what_it_names() -> None:
    request = requested()
    before, after = hub(request), hub(request)

    kept = {name: part.snapshot() for name, part in before.persistent.items()}
    for name, part in after.persistent.items():
        part.restore(kept[name])

    assert {name: part.snapshot() for name, part in after.persistent.items()} == kept


def test_fittings_stand_side_by_side() -> None:
    machine = DeviceLink()

    def fitting(_boot: Boot) -> Applications:
        return Applications((machine,))

    both = fitted(also(fitting, no_applications, fitting), requested())

    assert both.machines == (machine, machine)
