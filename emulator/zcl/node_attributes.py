"""One view of a node's attributes: those that are stored and those that a clock computes."""

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.kernel.units import Calendar, Instant
from emulator.zcl.attribute_store import AttributeStore, ClusterInstance
from emulator.zcl.clock_server import ClockServer
from emulator.zcl.cluster import Attribute
from emulator.zcl.data_types import DataType
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.facts import Identifying
from emulator.zcl.identify_server import IdentifyServer
from emulator.zcl.primitives import ZclStatus
from emulator.zcl.reporting import ReportingTable
from emulator.zcl.settings import ZclSettings
from emulator.zigbee.addresses import Endpoint


class NodeAttributes:
    """Reads, writes and tells the reporting table what changed."""

    def __init__(
        self, endpoints: Sequence[EndpointDefinition], settings: ZclSettings, calendar: Calendar
    ) -> None:
        self.store = AttributeStore(endpoints)
        self.clock = ClockServer(self.store, calendar)
        self.identify = IdentifyServer()
        self.reporting = ReportingTable(settings.report_limit)

    def declared(self, instance: ClusterInstance, attribute: int) -> Attribute | None:
        """How the attribute is declared; None when it is not served there."""
        return self.store.declared(instance, attribute)

    def read(self, instance: ClusterInstance, attribute: int, now: Instant) -> object:
        """The value of a served attribute."""
        if self.clock.owns(instance, attribute):
            return self.clock.read(instance, attribute, now)
        if self.identify.owns(instance, attribute):
            return self.identify.remaining(instance.endpoint, now)
        return self.store.value(instance, attribute, now)

    def refusal(
        self, instance: ClusterInstance, attribute: int, data_type: DataType
    ) -> ZclStatus | None:
        """Why the far end may not write the attribute; None when it may (ZCL8 2.5.3)."""
        refused = self.store.refusal(instance, attribute, data_type)
        if refused is None and self.clock.owns(instance, attribute):
            return self.clock.refusal(instance)
        return refused

    def write(
        self, instance: ClusterInstance, attribute: int, value: Any, now: Instant
    ) -> tuple[Identifying, ...]:
        """Give an attribute a value, whoever asks; returns what became of it."""
        if self.clock.owns(instance, attribute):
            self.clock.set(instance, value, now)
        elif self.identify.owns(instance, attribute):
            return self.start_identifying(instance.endpoint, value, now)
        else:
            self.store.set(instance, attribute, value)
        self.reporting.changed(instance, attribute, value)
        return ()

    def start_identifying(
        self, endpoint: Endpoint, time: Any, now: Instant
    ) -> tuple[Identifying, ...]:
        """Identify for so many seconds (ZCL8 3.5)."""
        self.identify.start(endpoint, time, now)
        return (Identifying(endpoint, self.identify.remaining(endpoint, now)),)

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle: changed values and how far the clock is off; JSON-able."""
        return {"values": self.store.snapshot(), "clock_offset": self.clock.offset}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take what a snapshot holds.

        Raises:
            WireError: when a value is none of its attribute's type.
        """
        self.store.restore(state["values"])
        self.clock.offset = state["clock_offset"]
