"""Campaign files in TOML: every mistake at once, each with the file and the line it is in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Any, Final

from emulator.bench.campaigns.campaign import (
    USUAL_VERSION,
    Campaign,
    CampaignDevice,
    holds_for,
)
from emulator.bench.campaigns.campaign_tables import (
    read_devices,
    read_selection,
    read_waivers,
    refuse_idle,
)
from emulator.bench.campaigns.toml_reader import TomlReader
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.outside import ITCH
from emulator.bench.running.ways import ServiceMode
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.toml_text import parse_toml
from emulator.kernel.units import parse_duration, seconds
from emulator.lab.interactive.operator_steps import LIMIT, read_operator
from emulator.lab.shipments.shipment import Shipment, read_shipment

MOST_CASES: Final = 1_000_000
"""Results are kept in memory for the reports, some kilobytes a case."""
_TOP: Final[Mapping[str, type]] = {
    "name": str,
    "mode": str,
    "reach": str,
    "gbcs_version": str,
    "use_cases": str,
    "shipment": str,
    "keys": str,
    "state": str,
    "operator": str,
    "operator_time": str,
    "seed": int,
    "repeats": int,
    "devices": list,
    "profile": dict,
    "waivers": list,
    "select": dict,
}


def records_folder(path: Path, text: str) -> Path | None:
    """The folder of own use cases that a campaign names; None where it names none."""
    try:
        named = parse_toml(text, str(path)).get("use_cases")
    except UsageError:
        return None
    return path.parent / named if isinstance(named, str) else None


def parse_campaign(path: Path, text: str, use_cases: Path | None = None) -> Campaign:
    """The campaign that the text of a file describes.

    Args:
        path: of the file, as the user named it; what it names lies beside it.
        text: in TOML.
        use_cases: folder of the user's own records, which are known by now.

    Raises:
        UsageError: with every mistake of the text.
    """
    document = parse_toml(text, str(path))
    reader = TomlReader(path, text)
    top = reader.table(document, _TOP, ())
    mode = reader.one_of(top, "mode", ServiceMode, ServiceMode.GFI)
    reach = reader.one_of(top, "reach", Reach, Reach.HAN)
    shipment = _shipment(reader, top)
    devices = read_devices(reader, top, shipment)
    waivers = read_waivers(reader, top, devices)
    selection = read_selection(reader, top, devices)
    version = _version(reader, top)
    keys, operator = _keys(reader, top), _operator(reader, top)
    limit = _limit(reader, top)
    _contradictions(reader, mode, reach, devices)
    _counts(reader, top)
    if len(devices) == len(top.get("devices", ())):  # of others nobody knows which cases they have
        refuse_idle(reader, devices, waivers, selection)
    if reader.mistakes or shipment is None:
        raise UsageError(*reader.in_order())
    made = Campaign(
        name=top.get("name", path.stem),
        source=str(path),
        shipment=shipment,
        devices=devices,
        mode=mode,
        gbcs_version=version,
        use_cases=use_cases,
        keys=keys,
        state=path.parent / top["state"] if "state" in top else None,
        operator=operator,
        operator_time=limit,
        reach=reach,
        seed=top.get("seed", 1),
        repeats=top.get("repeats", 1),
        selection=selection,
        waivers=waivers,
    )
    _check_size(reader, made)
    return made


def _shipment(reader: TomlReader, top: Mapping[str, Any]) -> Shipment | None:
    if "shipment" not in top:
        reader.refuse((), "shipment is missing: name the file with the devices")
        return None
    try:
        return read_shipment(reader.path.parent / top["shipment"])
    except (UsageError, EnvironmentFault) as fault:
        reader.refuse(("shipment",), f"shipment: {fault}")
        return None


def _version(reader: TomlReader, top: Mapping[str, Any]) -> str:
    version: str = top.get("gbcs_version", USUAL_VERSION)
    dated = [each for each in use_cases() if each.versions]
    if not any(holds_for(each, version) for each in dated):
        there = ", ".join(sorted({named for each in dated for named in each.versions}))
        reader.refuse(("gbcs_version",), f"no record is of GBCS {version!r}: there is {there}")
    return version


def _keys(reader: TomlReader, top: Mapping[str, Any]) -> Path | None:
    if "keys" not in top:
        return None
    folder: Path = reader.path.parent / top["keys"]
    try:
        load_keys(folder)
    except UsageError as refusal:
        for problem in refusal.problems:
            reader.refuse(("keys",), f"keys: {problem}")
    return folder


def _operator(reader: TomlReader, top: Mapping[str, Any]) -> tuple[str, ...]:
    if "operator" not in top:
        return ()
    try:
        program, *rest = read_operator(top["operator"])
    except UsageError as refusal:
        reader.refuse(("operator",), str(refusal))
        return ()
    there = str((reader.path.parent / program).absolute()) if "/" in program else program
    if which(there) is None:
        reader.refuse(("operator",), f"operator: {there} is no program that can be run")
    return there, *rest


def _limit(reader: TomlReader, top: Mapping[str, Any]) -> float:
    if "operator_time" not in top:
        return LIMIT
    try:
        return parse_duration(top["operator_time"]) / seconds(1)
    except UsageError as refusal:
        reader.refuse(("operator_time",), f"operator_time: {refusal}")
        return LIMIT


def _counts(reader: TomlReader, top: Mapping[str, Any]) -> None:
    for name in ("seed", "repeats"):
        if top.get(name, 1) < 1:
            reader.refuse((name,), f"{name} = {top[name]}, expected 1 or more")


def _check_size(reader: TomlReader, campaign: Campaign) -> None:
    """Refuse a campaign that runs nothing, or that would never end.

    Raises:
        UsageError: when it does.
    """
    cases = sum(1 for _ in replace(campaign, repeats=1).planned())
    if not cases:
        reader.refuse(("select",), "the selection leaves no case")
    elif cases * campaign.repeats > MOST_CASES:
        told = f"{cases} cases, {campaign.repeats} times: expected at most {MOST_CASES} in all"
        reader.refuse(("repeats",), told)
    if reader.mistakes:
        raise UsageError(*reader.in_order())


def _contradictions(
    reader: TomlReader, mode: ServiceMode, reach: Reach, devices: tuple[CampaignDevice, ...]
) -> None:
    """What cannot be at once."""
    if reach is Reach.DEVICE and mode is not ServiceMode.GFI:
        reader.refuse(("reach",), f"{mode.value} needs a hub, and reach = 'device' has none")
    for place, device in enumerate(devices):
        if not device.radio:
            continue
        if reach is Reach.DEVICE:
            reader.refuse(
                ("devices", place, "radio"), "a device on the air is not reached by 'device'"
            )
        if device.radio.startswith(f"{ITCH}:") and mode is not ServiceMode.ITCH:
            reader.refuse(
                ("devices", place, "radio"), "a wired ITCH needs mode = 'itch' (ETAD 17.1)"
            )
        if device.defect:
            reader.refuse(
                ("devices", place, "defect"), "a device that is really there has defects of its own"
            )
