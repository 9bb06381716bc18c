"""The attributes of one node, by endpoint, cluster and side: values, types, access.

An endpoint has the attributes it names values for and those whose cluster table gives a default.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from emulator.kernel.construction import quick
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Instant
from emulator.zcl.cluster import GLOBAL_ATTRIBUTES, Access, Attribute, Cluster
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import decode_value, encode_value
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId, Endpoint


@quick
@dataclass(frozen=True, slots=True)
class ClusterInstance:
    """One side of a cluster on an endpoint."""

    endpoint: Endpoint
    cluster: ClusterId
    side: Side


@dataclass(slots=True)
class _Slot:
    declared: Attribute
    value: object
    first: object
    live: Callable[[Instant], object] | None = None


class AttributeStore:
    """Every attribute that a node serves.

    Args:
        endpoints: what stands on the node's endpoints.
        clusters: the tables they are declared in.

    Raises:
        LocalError: when an endpoint names an attribute that no table declares, or a value that
            does not fit its type.
    """

    def __init__(
        self,
        endpoints: Iterable[EndpointDefinition],
        clusters: Mapping[ClusterId, Cluster] = CLUSTERS,
    ) -> None:
        self._clusters = clusters
        self._slots: dict[ClusterInstance, dict[int, _Slot]] = {}
        for definition in endpoints:
            self._add_defaults(definition, Side.SERVER, definition.servers)
            clients = (*definition.clients, *definition.unlisted_clients)
            self._add_defaults(definition, Side.CLIENT, clients)
            for served in definition.attributes:
                self._add(definition, served)

    def _add_defaults(
        self, definition: EndpointDefinition, side: Side, clusters: Iterable[ClusterId]
    ) -> None:
        for identifier in clusters:
            instance = ClusterInstance(definition.endpoint, identifier, side)
            cluster = self._clusters.get(identifier)
            declared = () if cluster is None else cluster.side(side).attributes
            self._slots[instance] = {
                each.id: _Slot(each, each.default, each.default)
                for each in declared
                if each.default is not None
            }

    def _add(self, definition: EndpointDefinition, served: ServedAttribute) -> None:
        instance = ClusterInstance(definition.endpoint, served.cluster, served.side)
        declared = self._declared(served)
        if instance not in self._slots or declared is None:
            raise LocalError(
                f"endpoint {definition.endpoint}: attribute {served.attribute:#06x} of "
                f"{served.side.value} {served.cluster:#06x} is not declared there"
            )
        encode_value(declared.data_type, served.value)
        slot = _Slot(declared, served.value, served.value, served.live)
        self._slots[instance] = dict(
            sorted({**self._slots[instance], served.attribute: slot}.items())
        )

    def _declared(self, served: ServedAttribute) -> Attribute | None:
        cluster = self._clusters.get(served.cluster)
        own = None if cluster is None else cluster.side(served.side).attribute(served.attribute)
        anywhere = (each for each in GLOBAL_ATTRIBUTES if each.id == served.attribute)
        return own or next(anywhere, None)

    def declared(self, instance: ClusterInstance, attribute: int) -> Attribute | None:
        """How the attribute is declared; None when it is not served there."""
        slot = self._slots.get(instance, _NOTHING).get(attribute)
        return None if slot is None else slot.declared

    def attributes(self, instance: ClusterInstance) -> tuple[Attribute, ...]:
        """Every attribute that is served there, in order of identifier."""
        return tuple(slot.declared for slot in self._slots.get(instance, _NOTHING).values())

    def value(
        self, instance: ClusterInstance, attribute: int, now: Instant | None = None
    ) -> object:
        """The value of a served attribute; one that is live is looked up where the time is given.

        Raises:
            LocalError: when it is not served there.
        """
        slot = self._slot(instance, attribute)
        found = None if slot.live is None or now is None else slot.live(now)
        return slot.value if found is None else found

    def set(self, instance: ClusterInstance, attribute: int, value: object) -> None:
        """Give a served attribute of ours a value.

        Raises:
            LocalError: when it is not served there, or the value does not fit its type.
        """
        slot = self._slot(instance, attribute)
        encode_value(slot.declared.data_type, value)
        slot.value = value

    def refusal(
        self, instance: ClusterInstance, attribute: int, data_type: DataType
    ) -> ZclStatus | None:
        """Why the far end may not write the attribute; None when it may (ZCL8 2.5.3.3)."""
        declared = self.declared(instance, attribute)
        if declared is None:
            return ZclStatus.UNSUPPORTED_ATTRIBUTE
        if Access.WRITE not in declared.access:
            return ZclStatus.READ_ONLY
        return None if declared.data_type == data_type else ZclStatus.INVALID_DATA_TYPE

    def reset(self, endpoint: Endpoint) -> None:
        """Give every attribute of an endpoint its first value again."""
        for instance, slots in self._slots.items():
            if instance.endpoint == endpoint:
                for slot in slots.values():
                    slot.value = slot.first

    def snapshot(self) -> list[dict[str, Any]]:
        """Every value, for a power cycle: JSON-able, values as the octets they have on air."""
        return [
            {
                "endpoint": instance.endpoint,
                "cluster": instance.cluster,
                "side": instance.side.value,
                "attribute": attribute,
                "value": encode_value(slot.declared.data_type, slot.value).hex(),
            }
            for instance, slots in self._slots.items()
            for attribute, slot in slots.items()
            if slot.value != slot.first
        ]

    def restore(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take the values of a snapshot; attributes no longer served are passed over.

        Raises:
            WireError: when a value is none of its attribute's type.
        """
        for row in rows:
            instance = ClusterInstance(
                Endpoint(row["endpoint"]), ClusterId(row["cluster"]), Side(row["side"])
            )
            slot = self._slots.get(instance, _NOTHING).get(row["attribute"])
            if slot is not None:
                slot.value = decode_value(slot.declared.data_type, bytes.fromhex(row["value"]))

    def _slot(self, instance: ClusterInstance, attribute: int) -> _Slot:
        slot = self._slots.get(instance, _NOTHING).get(attribute)
        if slot is None:
            raise LocalError(f"{instance} serves no attribute {attribute:#06x}")
        return slot


_NOTHING: Final[dict[int, _Slot]] = {}
