"""The home of a device of a campaign, and what is kept of one that is really there."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from emulator.bench.campaigns.campaign import Campaign, CampaignDevice, Planned
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest
from emulator.bench.running.operator import Nobody, Operator
from emulator.bench.running.outside import Outside
from emulator.gbcs.protection.key_files import load_keys
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.extensions import load
from emulator.kernel.json_text import parse_json
from emulator.lab.interactive.operator_steps import AskedCommand, AskedPerson
from emulator.lab.shipments.shipment import Shipment

COUNTERS: Final = "counters.json"
_AHEAD: Final = 0x100
"""How far a run begins above what an earlier one is known to have used."""
Tell = Callable[[str], None]


def home_of(campaign: Campaign, first: Planned, tell: Tell | None = None) -> BenchedHome:
    """The home in which the cases of a device are run.

    Args:
        campaign: what is run.
        first: the first of the cases.
        tell: shows a line to a person who can be asked; None where nobody can.

    Raises:
        LabError: when the device does not come up.
    """
    device = first.device
    return BenchedHome(
        DeviceUnderTest(
            kind=device.kind,
            shipment=_with_only(campaign.shipment, device),
            reach=campaign.reach,
            seed=campaign.seed + first.repeat,
            defect=load("hanlab.defects", device.defect) if device.defect else None,
            mode=campaign.mode,
            outside=_outside(campaign, device, tell) if device.radio else None,
            name=device.name,
        )
    )


def keep_counter(campaign: Campaign, device: CampaignDevice, counter: int) -> None:
    """Remember the last counter of a device that is really there: it takes none below it.

    Raises:
        EnvironmentFault: when the folder cannot be written.
    """
    if campaign.state is None or not device.radio:
        return
    known = _counters(campaign.state) | {device.name: counter}
    try:
        campaign.state.mkdir(parents=True, exist_ok=True)
        (campaign.state / COUNTERS).write_text(json.dumps(known, indent=1), "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{campaign.state}: {fault}") from fault


def operator_of(campaign: Campaign, tell: Tell | None) -> Operator:
    """Who does by hand what the bench cannot."""
    if campaign.operator:
        return AskedCommand(campaign.operator, campaign.operator_time)
    if tell is None or not sys.stdin.isatty():
        return Nobody()
    return AskedPerson(tell, sys.stdin, campaign.operator_time)


def _outside(campaign: Campaign, device: CampaignDevice, tell: Tell | None) -> Outside:
    counters = {} if campaign.state is None else _counters(campaign.state)
    last = counters.get(device.name)
    return Outside(
        url=device.radio,
        operator=operator_of(campaign, tell),
        keys=None if campaign.keys is None else load_keys(campaign.keys).keys,
        first_counter=0 if last is None else last + _AHEAD,
    )


def _counters(state: Path) -> dict[str, int]:
    """The counters that earlier runs used.

    Raises:
        EnvironmentFault: when they cannot be read: to begin anew would fail every case.
    """
    path = state / COUNTERS
    try:
        known = parse_json(path.read_text("utf-8")) if path.exists() else {}
        return {str(name): int(counter) for name, counter in known.items()}
    except (OSError, ValueError, TypeError, AttributeError) as fault:
        raise EnvironmentFault(f"{path}: no counters: {fault}") from fault


def _with_only(shipment: Shipment, device: CampaignDevice) -> Shipment:
    """Without the other devices of this kind, where the campaign says which one is meant."""
    if device.eui64 is None:
        return shipment
    kept = tuple(
        each
        for each in shipment.devices
        if each.type != device.kind.value or each.eui64 == device.eui64
    )
    return replace(shipment, devices=kept)
