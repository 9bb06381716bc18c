"""What the objects of one device hold at a time, each value once (IEC 62056-6-2 4.1.2)."""

from collections.abc import Iterable, Mapping
from typing import Final

from emulator.cosem.logical_names import format_obis
from emulator.cosem.server.combined_values import COMBINED_VALUES
from emulator.cosem.server.members import Attribute, MeterVariant, ObjectMembers
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, octet_string, structure
from emulator.dlms.data_coding import encode_data, take_data
from emulator.kernel.errors import LocalError, WireError

LOGICAL_NAME: Final = 1
"""The attribute that every object has (IEC 62056-6-2 4.1.2)."""


class ObjectStore:
    """Values of attributes, and who may touch them.

    Args:
        members: the objects that there are.
        variant: of the meter, which some values depend on.
    """

    def __init__(
        self,
        members: Iterable[ObjectMembers],
        variant: MeterVariant = MeterVariant.SINGLE_ELEMENT,
    ) -> None:
        self._objects = {(each.class_id, each.obis): each for each in members}
        self._values: dict[Attribute, Data] = {
            Attribute(*key, number): value
            for key, each in self._objects.items()
            for number, value in each.shipped(variant).items()
        }
        self._names = {_name(attribute): attribute for attribute in self._values}
        self._encoded: dict[Attribute, tuple[Data, str]] = {}
        """Values that were saved or put back before, and how they are written."""

    def has(self, class_id: int, obis: bytes) -> bool:
        """Whether there is such an object."""
        return (class_id, obis) in self._objects

    def has_attribute(self, attribute: Attribute) -> bool:
        """Whether there is such an attribute."""
        return attribute in self._values or (
            attribute in COMBINED_VALUES and self.has(attribute.class_id, attribute.obis)
        )

    def has_method(self, class_id: int, obis: bytes, number: int) -> bool:
        """Whether there is such a method."""
        found = self._objects.get((class_id, obis))
        return found is not None and number in found.methods

    def value(self, attribute: Attribute) -> Data:
        """What an attribute holds.

        Raises:
            LocalError: when there is no such attribute.
        """
        found = self._values.get(attribute)
        if found is not None:
            return found
        if not self.has_attribute(attribute):
            raise LocalError(f"no {_name(attribute)}")
        return structure(*(self.value(part) for part in COMBINED_VALUES[attribute]))

    def hold(self, attribute: Attribute, value: Data) -> None:
        """Hold a value, whoever may write it.

        Raises:
            LocalError: when there is no such attribute, or it shows others and the value has
                not as many parts.
        """
        if attribute in self._values:
            self._values[attribute] = value
            return
        if not self.has_attribute(attribute):
            raise LocalError(f"no {_name(attribute)}")
        shown = COMBINED_VALUES[attribute]
        parts = value.value if isinstance(value.value, tuple) else ()
        if len(parts) != len(shown):
            raise LocalError(f"{_name(attribute)}: expected {len(shown)} parts")
        for part, given in zip(shown, parts, strict=True):
            if isinstance(given, Data):
                self.hold(part, given)

    def read(self, attribute: Attribute) -> tuple[AccessResult, Data | None]:
        """What a remote party reads, and the result of its asking."""
        found = self._objects.get((attribute.class_id, attribute.obis))
        if found is None:
            return AccessResult.OBJECT_UNDEFINED, None
        if attribute.member == LOGICAL_NAME:
            return AccessResult.SUCCESS, octet_string(attribute.obis)
        if attribute.member not in found.readable:
            return AccessResult.READ_WRITE_DENIED, None
        return AccessResult.SUCCESS, self.value(attribute)

    def write(self, attribute: Attribute, value: Data) -> AccessResult:
        """Hold what a remote party writes, if it may and the type is right; else change nothing."""
        found = self._objects.get((attribute.class_id, attribute.obis))
        if found is None:
            return AccessResult.OBJECT_UNDEFINED
        types = found.writable.get(attribute.member)
        if types is None:
            return AccessResult.READ_WRITE_DENIED
        if value.type not in types:
            return AccessResult.TYPE_UNMATCHED
        self._values[attribute] = value
        return AccessResult.SUCCESS

    def snapshot(self) -> Mapping[str, str]:
        """Every value, encoded, by class, logical name and attribute."""
        return {name: self._written(attribute) for name, attribute in self._names.items()}

    def _written(self, attribute: Attribute) -> str:
        value = self._values[attribute]
        known = self._encoded.get(attribute)
        if known is None or known[0] is not value:
            known = self._encoded[attribute] = value, encode_data(value).hex()
        return known[1]

    def restore(self, snapshot: Mapping[str, str]) -> None:
        """Hold again what a snapshot says; unchanged on error.

        Raises:
            LocalError: when it is no snapshot of the same objects.
        """
        if snapshot.keys() != self._names.keys():
            raise LocalError("no snapshot of the same objects")
        try:
            values: dict[Attribute, Data] = {}
            for name, attribute in self._names.items():
                octets, known = snapshot[name], self._encoded.get(attribute)
                if known is None or known[1] != octets:
                    values[attribute] = self._saved(attribute, octets)
                else:
                    values[attribute] = known[0]
            self._values = values
        except (TypeError, ValueError, WireError) as fault:
            raise LocalError(f"no snapshot of objects: {fault}") from fault

    def _saved(self, attribute: Attribute, octets: str) -> Data:
        value = take_data(bytes.fromhex(octets), 0)[0]
        self._encoded[attribute] = value, octets
        return value


def _name(attribute: Attribute) -> str:
    return f"{attribute.class_id}/{format_obis(attribute.obis)}/{attribute.member}"
