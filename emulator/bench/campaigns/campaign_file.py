"""Campaign files in TOML: every mistake at once, each with the file and the line it is in."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.campaign import MODE, Campaign, CampaignDevice, Selection, Waiver
from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.bench.cases.checks import Check
from emulator.bench.running.benched_home import Reach
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import names
from emulator.lab.shipment import Shipment, read_shipment

_TOP: Final = {
    "name": str,
    "mode": str,
    "reach": str,
    "shipment": str,
    "seed": int,
    "repeats": int,
    "devices": list,
    "profile": dict,
    "waivers": list,
    "select": dict,
}
_DEVICE: Final = {"name": str, "kind": str, "defect": str}
_WAIVER: Final = {"device": str, "case": str, "reason": str}
_SELECT: Final = {"use_cases": list, "checks": list, "clauses": list, "cases": list}


@dataclass(slots=True)
class _Reader:
    """One file while it is read.

    Args:
        path: as the user named it.
        text: of the file.
        mistakes: found so far.
    """

    path: Path
    text: str
    mistakes: list[str] = field(default_factory=list)

    def refuse(self, token: str, reason: str) -> None:
        """Note a mistake at the first line that holds a word."""
        rows = self.text.splitlines()
        line = next((number for number, row in enumerate(rows, 1) if token in row), 1)
        self.mistakes.append(f"{self.path}:{line}: {reason}")

    def table(self, found: object, known: Mapping[str, type], place: str) -> Mapping[str, Any]:
        """A table without what it must not have."""
        if not isinstance(found, dict):
            self.refuse(place, f"{place}: expected a table")
            return {}
        kept: dict[str, Any] = {}
        for name, value in found.items():
            expected = known.get(name)
            if expected is None:
                self.refuse(name, f"{place}: unknown key {name!r}: there is {', '.join(known)}")
            elif not isinstance(value, expected) or isinstance(value, bool):
                self.refuse(name, f"{place}: {name} = {value!r}, expected {expected.__name__}")
            else:
                kept[name] = value
        return kept

    def one_of(self, value: str, there: Sequence[str], what: str) -> bool:
        """Whether a word is known; it is a mistake otherwise."""
        if value in there:
            return True
        self.refuse(value, f"no {what} {value!r}: there is {', '.join(there)}")
        return False


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        UsageError: when it cannot be read, or is no text.
    """
    try:
        return path.read_text("utf-8")
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise UsageError(f"{path}: no UTF-8 text: {fault}") from fault


def parse_campaign(path: Path, text: str) -> Campaign:
    """The campaign that the text of a file describes.

    Args:
        path: of the file, as the user named it; its shipment lies beside it.
        text: in TOML.

    Raises:
        UsageError: with every mistake of the text.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise UsageError(f"{path}: no TOML: {fault}") from fault
    reader = _Reader(path, text)
    top = reader.table(document, _TOP, "campaign")
    reader.one_of(top.get("mode", MODE), (MODE,), "mode")
    reach = top.get("reach", Reach.HAN.value)
    reader.one_of(reach, tuple(each.value for each in Reach), "reach")
    shipment = _shipment(reader, top)
    profiles = _profiles(reader, top.get("profile", {}))
    devices = _devices(reader, top.get("devices", []), shipment, profiles)
    selection = _selection(reader, top.get("select", {}))
    waivers = _waivers(reader, top.get("waivers", []), {each.name for each in devices})
    for name in ("seed", "repeats"):
        if top.get(name, 1) < 1:
            reader.refuse(name, f"{name} = {top[name]}, expected 1 or more")
    if reader.mistakes or shipment is None:
        raise UsageError(*reader.mistakes)
    return Campaign(
        name=top.get("name", path.stem),
        source=str(path),
        shipment=shipment,
        devices=devices,
        reach=Reach(reach),
        seed=top.get("seed", 1),
        repeats=top.get("repeats", 1),
        selection=selection,
        waivers=waivers,
    )


def _shipment(reader: _Reader, top: Mapping[str, Any]) -> Shipment | None:
    if "shipment" not in top:
        reader.refuse("", "shipment is missing: name the file with the devices")
        return None
    try:
        return read_shipment(reader.path.parent / top["shipment"])
    except (UsageError, EnvironmentFault) as fault:
        reader.refuse(top["shipment"], f"shipment: {fault}")
        return None


def _profiles(reader: _Reader, found: object) -> Mapping[str, Profile]:
    """What devices do without, by kind; values are reasons."""
    kinds = dict.fromkeys((each.value for each in DeviceKind), dict)
    known = {name for each in use_cases() for name in names_of(each)}
    profiles: dict[str, Profile] = {}
    for kind, table in reader.table(found, kinds, "profile").items():
        without = reader.table(table, {"without": dict}, f"profile.{kind}").get("without", {})
        for name, reason in without.items():
            if name not in known:
                reader.refuse(name, f"profile.{kind}: no use case {name!r}")
            if not isinstance(reason, str) or not reason:
                reader.refuse(name, f"profile.{kind}: {name} needs a reason")
        profiles[kind] = Profile(without)
    return profiles


def _devices(
    reader: _Reader, found: list[object], shipment: Shipment | None, profiles: Mapping[str, Profile]
) -> tuple[CampaignDevice, ...]:
    if not found:
        reader.refuse("devices", "no device to test: add [[devices]]")
    there = () if shipment is None else tuple(each.type for each in shipment.devices)
    made: list[CampaignDevice] = []
    for each in found:
        device = reader.table(each, _DEVICE, "devices")
        kind, defect = device.get("kind", ""), device.get("defect", "")
        good = reader.one_of(kind, [each.value for each in DeviceKind], "kind of device")
        if good and there and kind not in there:
            reader.refuse(kind, f"the shipment has no {kind}")
        if defect:
            reader.one_of(defect, names("hanlab.defects"), "defect")
        name = device.get("name", kind)
        if name in {other.name for other in made}:
            reader.refuse(name, f"two devices are called {name!r}")
        if good:
            profile = profiles.get(kind) or EMULATED.get(DeviceKind(kind), Profile())
            made.append(
                CampaignDevice(name=name, kind=DeviceKind(kind), profile=profile, defect=defect)
            )
    return tuple(made)


def _selection(reader: _Reader, found: object) -> Selection:
    table = reader.table(found, _SELECT, "select")
    known = {name for each in use_cases() for name in names_of(each)}
    for each in table.get("use_cases", ()):
        if each not in known:
            reader.refuse(str(each), f"select: no use case {each!r}")
    for each in table.get("checks", ()):
        reader.one_of(str(each), [check.value for check in Check], "check")
    return Selection(**{name: tuple(map(str, listed)) for name, listed in table.items()})


def _waivers(reader: _Reader, found: list[object], devices: set[str]) -> tuple[Waiver, ...]:
    made: list[Waiver] = []
    for each in found:
        waiver = reader.table(each, _WAIVER, "waivers")
        if not waiver.get("case") or not waiver.get("reason"):
            reader.refuse("waivers", "a waiver needs a case and a reason")
            continue
        device = waiver.get("device", "")
        if device:
            reader.one_of(device, sorted(devices), "device")
        made.append(Waiver(case=waiver["case"], reason=waiver["reason"], device=device))
    return tuple(made)
