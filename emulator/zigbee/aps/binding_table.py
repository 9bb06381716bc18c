"""Bindings: which cluster of which endpoint sends to whom (apsBindingTable, R22 2.2.8.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import ClusterId, Endpoint
from emulator.zigbee.aps.primitives import ApsStatus


@dataclass(frozen=True, slots=True)
class Binding:
    """One row: a cluster of a local endpoint, and the endpoint of a device it is bound to."""

    source_endpoint: Endpoint
    cluster: ClusterId
    destination: Eui64
    destination_endpoint: Endpoint


class BindingTable:
    """Rows in the order they were made.

    Args:
        capacity: rows there is room for.
    """

    def __init__(self, capacity: int = 32) -> None:
        self._capacity = capacity
        self._rows: dict[Binding, None] = {}

    def bind(self, binding: Binding) -> ApsStatus:
        """Add a row; one that is there already stays (R22 2.2.4.3.1)."""
        if binding not in self._rows and len(self._rows) >= self._capacity:
            return ApsStatus.TABLE_FULL
        self._rows[binding] = None
        return ApsStatus.SUCCESS

    def unbind(self, binding: Binding) -> ApsStatus:
        """Remove a row, or say INVALID_BINDING when there is none (R22 2.2.4.3.3)."""
        if binding not in self._rows:
            return ApsStatus.INVALID_BINDING
        del self._rows[binding]
        return ApsStatus.SUCCESS

    @property
    def rows(self) -> tuple[Binding, ...]:
        """Every row."""
        return tuple(self._rows)

    def of(self, endpoint: Endpoint, cluster: ClusterId) -> tuple[Binding, ...]:
        """Where a cluster of a local endpoint sends to."""
        return tuple(
            row for row in self._rows if row.source_endpoint == endpoint and row.cluster == cluster
        )

    def clear(self) -> None:
        """Remove every row."""
        self._rows.clear()

    def snapshot(self) -> list[dict[str, Any]]:
        """The rows as JSON knows them."""
        return [
            {
                "source_endpoint": row.source_endpoint,
                "cluster": row.cluster,
                "destination": f"{row.destination:016x}",
                "destination_endpoint": row.destination_endpoint,
            }
            for row in self._rows
        ]

    def restore(self, state: Iterable[Mapping[str, Any]]) -> None:
        """Take back what `snapshot` gave."""
        self.clear()
        for row in state:
            binding = Binding(
                Endpoint(row["source_endpoint"]),
                ClusterId(row["cluster"]),
                Eui64(int(row["destination"], 16)),
                Endpoint(row["destination_endpoint"]),
            )
            self._rows[binding] = None
