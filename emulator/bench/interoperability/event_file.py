"""Event files in TOML: every mistake at once, each with the file and the line it is in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.profile import names_of
from emulator.bench.campaigns.toml_reader import TomlReader
from emulator.bench.interoperability.device_sets import device_set
from emulator.bench.interoperability.event import Activity, DeviceSet, Event
from emulator.bench.interoperability.hub_variants import HubVariant, every_variant
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import format_eui64
from emulator.kernel.text_files import read_text
from emulator.kernel.toml_text import parse_toml
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.lab import ROOMS
from emulator.lab.shipments.shipment import Shipment

_TOP: Final = {
    "name": str,
    "seed": int,
    "activities": list,
    "sets": list,
    "hub_variants": list,
    "use_cases": list,
    "settings": list,
}
_LISTS: Final = ("activities", "hub_variants", "use_cases", "settings")
_SET: Final = {"name": str, "shipment": str}


def read_event(path: Path) -> Event:
    """The event that a file describes.

    Raises:
        UsageError: with every mistake of the file.
    """
    text = read_text(path)
    document = parse_toml(text, str(path))
    reader = TomlReader(path, text, "event")
    top = reader.table(document, _TOP, ())
    listed = {key: reader.texts(top, key, (key,)) for key in _LISTS if key in top}
    sets = _sets(reader, top.get("sets", []))
    activities = _activities(reader, listed.get("activities", [each.value for each in Activity]))
    variants = _variants(reader, listed.get("hub_variants"))
    _check_use_cases(reader, listed.get("use_cases", ()))
    _check_settings(reader, listed.get("settings", ()), sets)
    if top.get("seed", 1) < 0:
        reader.refuse(("seed",), f"seed = {top['seed']}, expected 0 or more")
    if reader.mistakes:
        raise UsageError(*reader.in_order())
    return Event(
        name=top.get("name", path.stem),
        source=str(path),
        sets=sets,
        activities=activities,
        variants=variants,
        use_cases=listed.get("use_cases", ()),
        settings=listed.get("settings", ()),
        seed=top.get("seed", 1),
    )


def _sets(reader: TomlReader, found: Sequence[object]) -> tuple[DeviceSet, ...]:
    if not found:
        reader.refuse(("sets",), "no device meets another: add [[sets]]")
    made: list[DeviceSet] = []
    owners: dict[int, str] = {}
    templates: dict[str, int] = {}
    for position, each in enumerate(found):
        place = ("sets", position)
        table = reader.table(each, _SET, place)
        text = table.get("shipment", "")
        name = table.get("name") or Path(text).stem
        if not text:
            reader.refuse(place, "a set needs a shipment: a file, or uept-smets2")
            continue
        if name in {other.name for other in made}:
            reader.refuse((*place, "name"), f"two sets are called {name!r}")
        number = templates[text] = templates.get(text, -1) + 1
        made += _set(reader, (name, text, number), owners, position)
    return tuple(made)


def _set(
    reader: TomlReader, told: tuple[str, str, int], owners: dict[int, str], position: int
) -> list[DeviceSet]:
    """A set whose devices are in no other; nothing when it is none."""
    name, text, number = told
    place = ("sets", position, "shipment")
    try:
        shipment = device_set(text, reader.path.parent, number)
    except (UsageError, EnvironmentFault) as fault:
        reader.refuse(place, f"{name}: {fault}")
        return []
    for device in shipment.devices:
        other = owners.setdefault(device.eui64, name)
        if other != name:
            told_of = f"{device.type} {format_eui64(device.eui64)}"
            reader.refuse(place, f"{name}: {told_of} is in {other}, too")
    return [DeviceSet(name, shipment)]


def _activities(reader: TomlReader, words: Sequence[str]) -> tuple[Activity, ...]:
    known = {each.value: each for each in Activity}
    for word in words:
        reader.known(word, tuple(known), "activity", ("activities",))
    if not words:
        reader.refuse(("activities",), "no activity is named")
    return tuple(known[word] for word in words if word in known)


def _variants(reader: TomlReader, words: Sequence[str] | None) -> tuple[HubVariant, ...]:
    known: Mapping[str, Any] = {each.name: each for each in every_variant()}
    if words is None:
        return tuple(known.values())
    for word in words:
        reader.known(word, tuple(known), "hub variant", ("hub_variants",))
    return tuple(known[word] for word in words if word in known)


def _check_use_cases(reader: TomlReader, words: Sequence[str]) -> None:
    known = sorted({name for each in use_cases() for name in names_of(each)})
    for word in words:
        reader.known(word, known, "use case", ("use_cases",))


def _check_settings(reader: TomlReader, texts: Sequence[str], sets: Sequence[DeviceSet]) -> None:
    everybody = Shipment(tuple(each for one in sets for each in one.shipment.devices))
    try:
        parse_overrides(tuple(texts), ROOMS, everybody)
    except UsageError as refusal:
        for problem in refusal.problems:
            reader.refuse(("settings",), problem.removeprefix("--set "))
