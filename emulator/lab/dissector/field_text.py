"""Fields of any declared format as text: one walk over its declaration, one line a field.

Keys are never shown.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import Enum
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import ZIGBEE_EPOCH
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.manner import Manner, manners
from emulator.lab.dissector.meaning import EVERYWHERE, Meaning
from emulator.lab.dissector.names import NameBook
from emulator.lab.dissector.part import INDENT
from emulator.lab.dissector.words import member
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import Collection, Structure
from emulator.zcl.device_ids import DEVICE_NAMES, DeviceId
from emulator.zigbee.addresses import (
    SMART_ENERGY_PROFILE,
    ZDO_PROFILE,
    ClusterId,
    ExtendedPanId,
    NwkAddress,
    PanId,
    ProfileId,
)

_PROFILES: Final = {ZDO_PROFILE: "ZDO", SMART_ENERGY_PROFILE: "Smart Energy"}
_DEVICES: Final = {device.value: name for device, name in DEVICE_NAMES.items()}
_ONE_DIGIT: Final = range(10)


class FieldText:
    """Shows values of declared formats.

    Args:
        names: who has which address at the moment.
        keys: what must not be shown.
    """

    def __init__(self, names: NameBook, keys: KeyRing) -> None:
        self._names = names
        self._keys = keys
        self._kinds: dict[object, Callable[[Any, Meaning], str]] = {
            Eui64: lambda eui64, _: names.eui64_text(eui64),
            NwkAddress: lambda address, _: names.address_text(address),
            PanId: lambda pan, _: f"0x{pan:04X}",
            ExtendedPanId: lambda pan, _: names.eui64_text(Eui64(pan)),
            ProfileId: lambda profile, _: _numbered(_PROFILES.get(profile), profile),
            DeviceId: lambda device, _: _numbered(_DEVICES.get(device), device),
            ClusterId: lambda cluster, meaning: _numbered(meaning.cluster(cluster), cluster),
            Attribute: _attribute,
        }
        self._manners: dict[type[Struct], tuple[Manner, ...]] = {}
        self._special: dict[int, Callable[[Any], str]] = {
            DataType.KEY128: unshown,
            DataType.EUI64: names.eui64_text,
            DataType.UTC: _moment,
        }

    def lines(
        self, value: Struct, meaning: Meaning = EVERYWHERE, skip: frozenset[str] = frozenset()
    ) -> list[str]:
        """The fields of `value`, one line each, without those of `skip`."""
        lines: list[str] = []
        for title, manner, given in self._fields(value, skip):
            if manner is not None and manner.holds(given):
                nested = self.lines(given, meaning)
                lines += [title, *(INDENT + line for line in nested)] if nested else []
            elif isinstance(given, tuple) and isinstance(given[0], Struct):
                lines.append(title)
                lines += (f"{INDENT}- {self._inline(item, meaning)}" for item in given)
            else:
                lines.append(f"{title}: {self._value(manner, given, value, meaning)}")
        return lines

    def octets(self, octets: bytes) -> str:
        """Octets as hexadecimal, unless they hold a key."""
        if self._keys.shows_in(octets):
            return unshown(octets)
        return octets.hex(" ") or "(none)"

    def _inline(self, value: Struct, meaning: Meaning) -> str:
        return ", ".join(
            self._inline(given, meaning)
            if manner is not None and manner.holds(given)
            else f"{title} {self._value(manner, given, value, meaning)}"
            for title, manner, given in self._fields(value, frozenset())
        )

    def _fields(
        self, value: Struct, skip: frozenset[str]
    ) -> Iterator[tuple[str, Manner | None, Any]]:
        """Title, manner and value of each field that says something; set flags as one field."""
        form = type(value)
        if form not in self._manners:
            self._manners[form] = manners(form)
        flags: list[str] = []
        for manner in self._manners[form]:
            given = getattr(value, manner.name)
            if manner.flag:
                flags += [manner.title] * bool(given)
            elif manner.name not in skip and not manner.silent(given, value):
                yield manner.title, manner, given
        if flags:
            yield "flags", None, ", ".join(flags)

    def _value(self, manner: Manner | None, given: Any, owner: Any, meaning: Meaning) -> str:
        if manner is None:
            return str(given)
        if manner.hidden:
            return unshown(given)
        if manner.typed:
            return self._typed(owner.data_type, given, meaning.attribute(owner.attribute))
        if isinstance(given, tuple):
            return ", ".join(self._one(manner.kind, item, meaning) for item in given)
        return self._one(manner.kind, given, meaning)

    def _one(self, kind: object, given: Any, meaning: Meaning) -> str:
        if isinstance(given, Enum):
            return member(given)
        if isinstance(given, bool):
            return "yes" if given else "no"
        if isinstance(given, bytes):
            return self.octets(given)
        known = self._kinds.get(kind)
        if known is not None:
            return known(given, meaning)
        return str(given) if given in _ONE_DIGIT else f"{given} ({given:#x})"

    def _typed(self, data_type: int, given: object, declared: Attribute | None) -> str:
        """A value whose type another field tells, with the unit of its attribute."""
        unit = "" if declared is None or data_type == DataType.UTC else declared.unit
        return f"{self._plain(data_type, given)} {unit}".rstrip()

    def _plain(self, data_type: int, given: Any) -> str:
        special = self._special.get(data_type)
        if given is None:
            return "no value"
        return self._assembled(given) if special is None else special(given)

    def _assembled(self, given: Any) -> str:
        match given:
            case bytes():
                return self.octets(given)
            case Struct():
                return self._inline(given, EVERYWHERE)
            case Collection(element_type, elements):
                return f"[{', '.join(self._plain(element_type, each) for each in elements or ())}]"
            case Structure(members):
                return f"({', '.join(self._plain(m.data_type, m.value) for m in members)})"
            case _:
                return repr(given)


def unshown(octets: bytes) -> str:
    """What stands in the place of a key."""
    return f"({len(octets)} octets, not shown)"


def _moment(utc: int) -> str:
    return f"{utc} ({ZIGBEE_EPOCH + timedelta(seconds=utc):%Y-%m-%d %H:%M:%S} UTC)"


def _attribute(identifier: int, meaning: Meaning) -> str:
    declared = meaning.attribute(identifier)
    return _numbered(None if declared is None else declared.name, identifier)


def _numbered(name: str | None, number: int) -> str:
    text = f"0x{number:04X}"
    return text if name is None or name.startswith("0x") else f"{name} ({text})"
