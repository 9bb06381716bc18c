"""`--set NAME=VALUE`: where a device, or a setting, differs from what the files say.

The shipment file is what the trust centre was told; `EUI64.install_code=CODE` is what the device
really holds. `ROOM.setting=VALUE` changes one field of a settings dataclass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_type_hints

from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64
from emulator.lab.inputs.setting_values import parse_value
from emulator.lab.shipments.shipment import Shipment
from emulator.lab.shipments.shipment_table import shown
from emulator.radio.bands import Band

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Settings = TypeVar("Settings", bound="DataclassInstance")

OTHER_ISSUER: Final = "other-issuer"
"""A certificate that a CA nobody trusts has issued."""


def _certificate(text: str) -> str:
    if text != OTHER_ISSUER:
        raise UsageError(f"expected {OTHER_ISSUER}")
    return text


_BANDS: Final = {"2.4": Band.GHZ_2_4, "868": Band.SUB_GHZ}


def _band(text: str) -> Band:
    band = _BANDS.get(text.strip())
    if band is None:
        raise UsageError(f"expected one of {', '.join(_BANDS)}")
    return band


_DEVICE_SETTINGS: Final[Mapping[str, Callable[[str], Any]]] = {
    "install_code": InstallCode.parse,
    "certificate": _certificate,
    "band": _band,
}
"""What can differ at one device, and how its value is read."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Everything a run sets, already of the right type.

    Args:
        texts: every assignment as written, for the report.
        devices: by EUI-64 and name of what differs.
        rooms: by room and setting.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    devices: Mapping[tuple[Eui64, str], Any] = field(default_factory=dict)
    rooms: Mapping[tuple[str, str], Any] = field(default_factory=dict)

    def install_code(self, eui64: Eui64) -> InstallCode | None:
        """The install code a device really holds, None when it is the file's."""
        code: InstallCode | None = self.devices.get((eui64, "install_code"))
        return code

    def foreign_certificate(self, eui64: Eui64) -> bool:
        """Whether a device's certificate comes from an issuer that nobody trusts."""
        return self.devices.get((eui64, "certificate")) == OTHER_ISSUER

    def band(self, eui64: Eui64) -> Band | None:
        """The band on which a device has its radio, None when nothing is said."""
        band: Band | None = self.devices.get((eui64, "band"))
        return band

    def applied(self, room: str, settings: Settings) -> Settings:
        """The settings of a room, changed as the run says."""
        changes = {name: value for (where, name), value in self.rooms.items() if where == room}
        return replace(settings, **changes) if changes else settings


def parse_overrides(
    assignments: Sequence[str], rooms: Mapping[str, type], shipment: Shipment | None
) -> Overrides:
    """The overrides that `--set` arguments stand for.

    Args:
        assignments: each `NAME=VALUE`.
        rooms: the settings dataclass of each room.
        shipment: where devices are looked up; None when it could not be read.

    Raises:
        UsageError: with every mistake, one line each.
    """
    mistakes: list[str] = []
    texts: dict[str, str] = {}
    devices: dict[tuple[Eui64, str], Any] = {}
    settings: dict[tuple[str, str], Any] = {}
    for assignment in assignments:
        try:
            name, text = _split(assignment, texts)
            texts[name] = text
            where, _, what = name.rpartition(".")
            eui64 = _device(where)
            if eui64 is None:
                settings[where, what] = _room_value(where, what, text, rooms)
            else:
                devices[eui64, what] = _device_value(eui64, what, text, shipment)
        except UsageError as refusal:
            mistakes.append(f"--set {shown(assignment)}: {refusal}")
    if mistakes:
        raise UsageError(*mistakes)
    return Overrides(texts, devices, settings)


def _split(assignment: str, known: Mapping[str, str]) -> tuple[str, str]:
    name, mark, text = assignment.partition("=")
    name = name.strip()
    if not mark or "." not in name:
        raise UsageError("expected EUI64.NAME=VALUE or ROOM.SETTING=VALUE")
    if name in known:
        raise UsageError("expected each name once")
    return name, text.strip()


def _device(where: str) -> Eui64 | None:
    try:
        return parse_eui64(where)
    except UsageError:
        return None


def _device_value(eui64: Eui64, what: str, text: str, shipment: Shipment | None) -> Any:
    if shipment is not None:
        joining = [format_eui64(device.eui64) for device in shipment.joining]
        told = format_eui64(eui64)
        if told not in joining:
            raise UsageError(
                f"no joining device {told} in the shipment{_nearest(told, joining, limit=1)}"
            )
    parser = _DEVICE_SETTINGS.get(what)
    if parser is None:
        expected = ", ".join(sorted(_DEVICE_SETTINGS))
        raise UsageError(f"a device has no {shown(what)}: expected {expected}")
    return parser(text)


def _room_value(where: str, what: str, text: str, rooms: Mapping[str, type]) -> Any:
    kind = rooms.get(where)
    if kind is None or not is_dataclass(kind):
        raise UsageError(
            f"no device and no room of settings named {shown(where)}{_nearest(where, list(rooms))}"
        )
    known = [each.name for each in fields(kind)]
    if what not in known:
        raise UsageError(f"{where} has no {shown(what)}{_nearest(what, known)}")
    return parse_value(text, get_type_hints(kind)[what])


def _nearest(name: str, known: Sequence[str], limit: int = 3) -> str:
    near = get_close_matches(name, known, limit) or sorted(known)
    return f": expected {', '.join(near)}" if near else ""
