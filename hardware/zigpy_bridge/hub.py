"""An emulated comms hub whose network is that of a dongle: joins, key establishment, readings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.kernel.node import Node
from emulator.kernel.units import Instant
from emulator.smart_energy.device import Surroundings
from emulator.smart_energy.facts import NetworkKeySent
from emulator.smart_energy.home.interviewer import Interviewer
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.keys.key_responder import KeyEstablishmentResponder
from emulator.smart_energy.primitives import KeyEstablishmentEnded, Reading, StartInterview
from emulator.smart_energy.stack import UNHEARD
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.time import TIME
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute, serve
from emulator.zcl.machine import ZclMachine
from emulator.zcl.primitives import Side
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.aps.binding_table import BindingTable
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.zdo.descriptors import NodeDescription
from emulator.zigbee.zdo.machine import ZdoMachine
from emulator.zigbee.zdo.primitives import ZdoTables
from hardware.zigpy_bridge.far_stack import FarStack

ENDPOINT: Final = Endpoint(3)
"""zigpy itself has 1 and 2 on the dongle."""
READINGS: Final = (Reading(BASIC.id, (0x0004, 0x0005)), Reading(METERING.id, (0x0000,)))
"""Manufacturer and model; then the register, which is answered under the agreed key only."""


class ReadsNewcomers:
    """Once a device shares an agreed link key, it is asked what it is and what it reads."""

    accepts: ClassVar[tuple[type, ...]] = (KeyEstablishmentEnded,)
    deadline: Instant | None = None

    def __init__(self, stack: FarStack) -> None:
        self._stack = stack

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due."""
        return ()

    def handle(self, event: KeyEstablishmentEnded, _now: Instant) -> Sequence[object]:
        """Effects of the end of a key establishment."""
        address = self._stack.address_of(event.partner)
        if event.failure is not None or address is None:
            return ()
        return (StartInterview(event.partner, address, READINGS),)


def bridged_machines(
    name: str, eui64: Eui64, credentials: Credentials, surroundings: Surroundings, stack: FarStack
) -> tuple[Machine, ...]:
    """The machines of a hub above the APS of a dongle, the dongle's network first.

    Args:
        name: the hub, as the trace knows it.
        eui64: of the dongle.
        credentials: issued to that EUI-64.
        surroundings: streams and calendar.
        stack: the network of the dongle.
    """
    settings = StackSettings()
    handles = count(1)
    streams = surroundings.streams
    return (
        stack,
        ZdoMachine(
            eui64,
            NodeDescription(DeviceType.COORDINATOR, CapabilityInformation(), ()),
            settings.zdo,
            ZdoTables(AddressMap(), BindingTable()),
            handles,
        ),
        ZclMachine(
            (_endpoint(credentials),),
            settings.zcl,
            handles,
            streams.stream(name, "zcl"),
            surroundings.calendar,
        ),
        KeyEstablishmentResponder(
            credentials,
            settings.key_establishment,
            streams.stream(name, "key establishment"),
            handles,
        ),
        Interviewer(ENDPOINT, settings.interview, handles),
        ReadsNewcomers(stack),
    )


class BridgedHub:
    """The machines of a hub above APS.

    Args:
        name: the hub, as the trace knows it.
        eui64: of the dongle.
        credentials: issued to that EUI-64.
        surroundings: scheduler, streams and trace.
        stack: the network of the dongle.
    """

    def __init__(
        self,
        name: str,
        eui64: Eui64,
        credentials: Credentials,
        surroundings: Surroundings,
        stack: FarStack,
    ) -> None:
        machines = bridged_machines(name, eui64, credentials, surroundings, stack)
        self._stack = stack
        self._scheduler, self._trace = surroundings.scheduler, surroundings.trace
        self._node = Node(name, machines, surroundings.scheduler, surroundings.trace)
        self._node.connect(UNHEARD, _ignore)

    def take(self, event: Mapping[str, Any]) -> None:
        """Take an event of the zigpy process.

        Raises:
            PeerError: when it is none of the declared form.
        """
        told = event["event"]
        if told == "joined":
            sent = NetworkKeySent(self._stack.joined(event), KeyOrigin.PRECONFIGURED.value)
            self._trace.add(self._scheduler.now, self._node.name, sent)
        posted = {"sent": self._stack.sent, "message": self._stack.message}.get(told, _nothing)
        for each in posted(event, self._scheduler.now):
            self._node.post(each)


def _endpoint(credentials: Credentials) -> EndpointDefinition:
    commands = tuple(
        replace(command, checked=False)
        for side in (Side.SERVER, Side.CLIENT)
        for command in serve(KEY_ESTABLISHMENT, side)
    )
    suites = tuple(
        ServedAttribute(KEY_ESTABLISHMENT.id, 0x0000, credentials.suites, side)
        for side in (Side.SERVER, Side.CLIENT)
    )
    return EndpointDefinition(
        endpoint=ENDPOINT,
        device_id=DeviceId.ENERGY_SERVICE_INTERFACE,
        servers=(BASIC.id, TIME.id, KEY_ESTABLISHMENT.id),
        clients=(METERING.id, KEY_ESTABLISHMENT.id),
        attributes=suites,
        commands=commands,
    )


def _nothing(_event: Mapping[str, Any], _now: Instant) -> Sequence[object]:
    return ()


def _ignore(_effect: object) -> None:
    """What happens to news that nobody in this hub waits for."""
