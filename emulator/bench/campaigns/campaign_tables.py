"""The tables of a campaign file: devices and what they claim, waivers, the selection."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from emulator.bench.campaigns.campaign import CampaignDevice, Selection, Waiver, known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.bench.campaigns.toml_reader import TomlReader
from emulator.bench.cases.checks import Check
from emulator.bench.running.outside import check_url
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import names
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.shipments.shipment import Shipment

_DEVICE: Final[Mapping[str, type]] = {
    "name": str,
    "kind": str,
    "defect": str,
    "eui64": str,
    "radio": str,
}
_WAIVER: Final[Mapping[str, type]] = {"device": str, "case": str, "reason": str}
_SELECT: Final[Mapping[str, type]] = {
    "devices": list,
    "use_cases": list,
    "tags": list,
    "checks": list,
    "clauses": list,
    "cases": list,
}
_KINDS: Final = tuple(each.value for each in DeviceKind)


def read_devices(
    reader: TomlReader, top: Mapping[str, Any], shipment: Shipment | None
) -> tuple[CampaignDevice, ...]:
    """The devices under test, each with what it claims."""
    found = top.get("devices", [])
    if not found:
        reader.refuse(("devices",), "no device to test: add [[devices]]")
    tables = [reader.table(each, _DEVICE, ("devices", place)) for place, each in enumerate(found)]
    named = [str(each.get("name", each.get("kind", ""))) for each in tables]
    profiles = _profiles(reader, top.get("profile", {}), named)
    made: list[CampaignDevice] = []
    for place, (name, table) in enumerate(zip(named, tables, strict=True)):
        if not name:
            reader.refuse(("devices", place), "a device needs a name or a kind")
        if name and name in named[:place]:
            reader.refuse(("devices", place), f"two devices are called {name!r}")
        device = _device(reader, table, place, shipment)
        if device is None:
            continue
        kind = device.value
        profile = profiles.get(name) or profiles.get(kind) or _usual(device, table)
        made.append(
            CampaignDevice(
                name=name,
                kind=device,
                profile=profile,
                defect=table.get("defect", ""),
                eui64=_eui64(reader, table, place, shipment),
                radio=table.get("radio", ""),
            )
        )
    return tuple(made)


def _usual(kind: DeviceKind, table: Mapping[str, Any]) -> Profile:
    """Of a device whose profile nobody gave: emulated ones have one of their own."""
    return Profile() if table.get("radio") else EMULATED.get(kind, Profile())


def _device(
    reader: TomlReader, table: Mapping[str, Any], place: int, shipment: Shipment | None
) -> DeviceKind | None:
    """The kind of a device; None where there is none, or no such device."""
    kind, defect, radio = (str(table.get(key, "")) for key in ("kind", "defect", "radio"))
    if defect:
        reader.known(defect, names("hanlab.defects"), "defect", ("devices", place, "defect"))
    if radio:
        try:
            check_url(radio)
        except UsageError as refusal:
            reader.refuse(("devices", place, "radio"), f"radio {radio!r}: {refusal}")
    if not reader.known(kind, _KINDS, "kind of device", ("devices", place, "kind")):
        return None
    if shipment is not None and kind not in {each.type for each in shipment.devices}:
        reader.refuse(("devices", place, "kind"), f"the shipment has no {kind}")
    return DeviceKind(kind)


def _eui64(
    reader: TomlReader, table: Mapping[str, Any], place: int, shipment: Shipment | None
) -> Eui64 | None:
    """Which device of the shipment is meant; None for the first of its kind."""
    if "eui64" not in table:
        return None
    at = ("devices", place, "eui64")
    try:
        eui64 = parse_eui64(table["eui64"])
    except UsageError as refusal:
        reader.refuse(at, str(refusal))
        return None
    lines = () if shipment is None else shipment.devices
    if not any(each.eui64 == eui64 and each.type == table.get("kind") for each in lines):
        reader.refuse(at, f"the shipment has no {table.get('kind')} {table['eui64']}")
    return eui64


def _profiles(reader: TomlReader, found: object, devices: Sequence[str]) -> Mapping[str, Profile]:
    """What devices do without, by kind or by name; values are reasons."""
    tables = dict.fromkeys((*_KINDS, *devices), dict)
    known = {name for each in use_cases() for name in names_of(each)}
    profiles: dict[str, Profile] = {}
    for owner, table in reader.table(found, tables, ("profile",)).items():
        inner = reader.table(table, {"without": dict}, ("profile", owner))
        without = inner.get("without", {})
        for name, reason in without.items():
            place = ("profile", owner, "without", name)
            if name not in known:
                reader.refuse(place, f"profile.{owner}: no use case {name!r}")
            if not isinstance(reason, str) or not reason:
                reader.refuse(place, f"profile.{owner}: {name} needs a reason")
        said = {name: reader.where(("profile", owner, "without", name)) for name in without}
        profiles[owner] = Profile(without, said)
    return profiles


def read_waivers(
    reader: TomlReader, top: Mapping[str, Any], devices: Sequence[CampaignDevice]
) -> tuple[Waiver, ...]:
    """What was agreed to."""
    made: list[Waiver] = []
    for place, each in enumerate(top.get("waivers", [])):
        waiver = reader.table(each, _WAIVER, ("waivers", place))
        if not waiver.get("case") or not waiver.get("reason"):
            reader.refuse(("waivers", place), "a waiver needs a case and a reason")
            continue
        device = waiver.get("device", "")
        if device:
            there = sorted(each.name for each in devices)
            reader.known(device, there, "device", ("waivers", place, "device"))
        made.append(Waiver(case=waiver["case"], reason=waiver["reason"], device=device))
    return tuple(made)


def read_selection(
    reader: TomlReader, top: Mapping[str, Any], devices: Sequence[CampaignDevice]
) -> Selection:
    """Which cases are run."""
    table = reader.table(top.get("select", {}), _SELECT, ("select",))
    cases = [case for each in devices for case in known_cases(each.kind).values()]
    known: Mapping[str, tuple[str, Sequence[str]]] = {
        "devices": ("device", [each.name for each in devices]),
        "tags": ("tag", sorted({tag for case in cases for tag in case.tags})),
        "checks": ("check", [check.value for check in Check]),
    }
    chosen = {key: reader.texts(table, key, ("select", key)) for key in table}
    for key, (what, there) in known.items():
        for each in chosen.get(key, ()):
            reader.known(each, there, what, ("select", key))
    numbers = sorted({name for each in use_cases() for name in names_of(each)})
    for each in chosen.get("use_cases", ()):
        reader.known(each, numbers, "use case", ("select", "use_cases"))
    clauses = {clause for case in cases for clause in case.clauses}
    for each in chosen.get("clauses", ()):
        if cases and not any(clause.startswith(each) for clause in clauses):
            reader.refuse(("select", "clauses"), f"select: no clause begins with {each!r}")
    return Selection(**chosen)


def refuse_idle(
    reader: TomlReader,
    devices: Sequence[CampaignDevice],
    waivers: Sequence[Waiver],
    selection: Selection,
) -> None:
    """Refuse waivers and selections that are about no case of the devices: slips of the pen."""
    cases = {name: case for each in devices for name, case in known_cases(each.kind).items()}
    for place, waiver in enumerate(waivers):
        if not any(waiver.fits(name) for name in cases):
            reader.refuse(("waivers", place, "case"), f"no case is called {waiver.case!r}")
    for pattern in selection.idle_patterns(tuple(cases)):
        reader.refuse(("select", "cases"), f"select: no case is called {pattern!r}")
    tried = {name for each in cases.values() for name in names_of(each.use_case)}
    known = {name for each in use_cases() for name in names_of(each)}
    for word in selection.use_cases:
        if word in known - tried:
            kinds = ", ".join(dict.fromkeys(each.kind.value for each in devices))
            reader.refuse(("select", "use_cases"), f"select: {word} has no case on {kinds}")
