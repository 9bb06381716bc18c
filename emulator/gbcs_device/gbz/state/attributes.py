"""The ZCL attributes of a device: values of their declared types, by cluster and identifier."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswer, octet_type
from emulator.gbcs_device.gbz.state.document import members, octets
from emulator.kernel.errors import LocalError, WireError
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import decode_value, encode_value
from emulator.zcl.primitives import ZclStatus
from emulator.zcl.registry import CLUSTERS

AttributeKey = tuple[int, int]
"""Cluster and attribute identifier."""

TYPES: Final[Mapping[AttributeKey, DataType]] = MappingProxyType(
    {
        (int(cluster.id), attribute.id): attribute.data_type
        for cluster in CLUSTERS.values()
        for attribute in cluster.server.attributes
    }
)
"""The type of every declared attribute of a server."""


class AttributeTable:
    """Attributes that have a value; texts are octets.

    Args:
        values: what they hold at first.

    Raises:
        LocalError: when one is not declared, or its value does not fit.
    """

    def __init__(self, values: Mapping[AttributeKey, object]) -> None:
        self._values: dict[AttributeKey, object] = {}
        for (cluster, attribute), value in values.items():
            self.set(cluster, attribute, value)

    def __iter__(self) -> Iterator[AttributeKey]:
        return iter(self._values)

    def get(self, cluster: int, attribute: int) -> object:
        """The value; None where there is none."""
        return self._values.get((cluster, attribute))

    def number(self, cluster: int, attribute: int) -> int:
        """The value of a numeric attribute, 0 where there is none."""
        value = self._values.get((cluster, attribute))
        return value if isinstance(value, int) else 0

    def set(self, cluster: int, attribute: int, value: object) -> None:
        """Hold a value.

        Raises:
            LocalError: when the attribute is not declared, or the value does not fit its type.
        """
        data_type = TYPES.get((cluster, attribute))
        if data_type is None:
            raise LocalError(f"cluster {cluster:04X} declares no attribute {attribute:04X}")
        encode_value(octet_type(data_type), value)
        self._values[cluster, attribute] = value

    def read(self, cluster: int, attribute: int) -> AttributeAnswer:
        """The record that answers a reader (ZCL8 2.5.2)."""
        key = (cluster, attribute)
        if key not in self._values:
            return AttributeAnswer(attribute=attribute, status=ZclStatus.UNSUPPORTED_ATTRIBUTE)
        return AttributeAnswer(
            attribute=attribute,
            status=ZclStatus.SUCCESS,
            data_type=TYPES[key],
            value=self._values[key],
        )

    def hold(self, cluster: int, record: AttributeAnswer) -> None:
        """Hold what a record says; one that says no value of the declared type is ignored."""
        if record.data_type is not None and record.data_type == TYPES.get(
            (cluster, record.attribute)
        ):
            self._values[cluster, record.attribute] = record.value

    def snapshot(self) -> dict[str, object]:
        """All values by identifiers, as octets."""
        return {
            f"{cluster:04x}/{attribute:04x}": encode_value(
                octet_type(TYPES[cluster, attribute]), value
            ).hex()
            for (cluster, attribute), value in sorted(self._values.items())
        }

    def restore(self, document: object, name: str) -> None:
        """Hold what a snapshot says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self._values = dict(_saved(*each) for each in members(document, name).items())


def _saved(name: str, value: object) -> tuple[AttributeKey, object]:
    try:
        return _read_once(name, octets(value))
    except (ValueError, KeyError, WireError) as error:
        raise LocalError(f"saved state: attribute {name!r} with {value!r}") from error


@lru_cache(maxsize=4096)
def _read_once(name: str, value: bytes) -> tuple[AttributeKey, object]:
    """An attribute and its value; what a device begins with is put back again and again."""
    cluster, attribute = (int(each, 16) for each in name.split("/"))
    return (cluster, attribute), decode_value(octet_type(TYPES[cluster, attribute]), value)
