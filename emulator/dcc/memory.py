"""What the DCC keeps between runs beside the inventory: counters, and what devices told it.

Without its counters a device that kept its state would take every command for a replay (GBCS
4.3.1). Requests that wait for a date, and schedules, end with the run.
"""

from collections.abc import Mapping
from typing import Any

from emulator.dcc.alert_reading import GpfBackup, HubBackup
from emulator.dcc.dated_updates import CredentialsUpdate
from emulator.dcc.service_request import RequestId
from emulator.dcc.world import DccWorld
from emulator.gbcs.asn1.device_logs import DeviceLogEntry
from emulator.gbcs.envelope import Message
from emulator.kernel.errors import LocalError, UsageError, WireError
from emulator.kernel.identity import Eui64

Counters = dict[Eui64, int]
"""The last counter of each party."""


def remembered(world: DccWorld, users: Counters) -> dict[str, Any]:
    """What is kept, as JSON has it.

    Args:
        world: what the DCC knows.
        users: the last counter that the laboratory used for each user.
    """
    told = world.backups
    return {
        "parties": _written(world.originators.counters),
        "users": _written(users),
        "hubs": {
            f"{hub:016x}": {
                "extended_pan_id": log.extended_pan_id.hex(),
                "devices": [[f"{device:016x}", key.hex()] for device, key in log.devices],
            }
            for hub, log in told.hubs.items()
        },
        "gpfs": {
            f"{gpf:016x}": [[each.device_id.hex(), int(each.device_type)] for each in log.entries]
            for gpf, log in told.gpfs.items()
        },
        "variants": {f"{device:016x}": variant for device, variant in told.variants.items()},
        "dated_updates": [
            [str(each.request_id), each.srv, each.command.encode().hex()]
            for each in world.dated_updates.all
        ],
    }


def recall(memory: Mapping[str, Any], world: DccWorld) -> Counters:
    """Take up what was kept; the last counter of each user.

    Raises:
        UsageError: when it is not what `remembered` gave; nothing is taken up then.
    """
    try:
        parties, users = _read(memory["parties"]), _read(memory["users"])
        hubs = {_eui64(hub): _hub_log(log) for hub, log in memory["hubs"].items()}
        gpfs = {_eui64(gpf): _gpf_log(log) for gpf, log in memory["gpfs"].items()}
        variants = {_eui64(device): str(each) for device, each in memory["variants"].items()}
        dated = [_update(*each) for each in memory.get("dated_updates", ())]
        world.originators.go_on_from(parties)
    except (
        AttributeError,
        KeyError,
        LocalError,
        TypeError,
        UsageError,
        ValueError,
        WireError,
    ) as fault:
        raise UsageError(f"no memory of the DCC: {type(fault).__name__} {fault}") from fault
    world.backups.hubs.update(hubs)
    world.backups.gpfs.update(gpfs)
    world.backups.variants.update(variants)
    for update in dated:
        world.dated_updates.keep(update)
    return users


def _written(counters: Mapping[Eui64, int]) -> dict[str, int]:
    return {f"{party:016x}": counter for party, counter in counters.items()}


def _read(written: Mapping[str, Any]) -> Counters:
    return {_eui64(party): int(counter) for party, counter in written.items()}


def _eui64(text: str) -> Eui64:
    return Eui64(int(text, 16))


def _hub_log(log: Mapping[str, Any]) -> HubBackup:
    devices = tuple((_eui64(device), bytes.fromhex(key)) for device, key in log["devices"])
    return HubBackup(bytes.fromhex(log["extended_pan_id"]), devices)


def _update(request_id: str, srv: str, command: str) -> CredentialsUpdate:
    message = Message.decode(bytes.fromhex(command))
    return CredentialsUpdate(RequestId.parse(request_id), srv, message)


def _gpf_log(log: Any) -> GpfBackup:
    return GpfBackup(
        tuple(DeviceLogEntry(bytes.fromhex(device), int(kind)) for device, kind in log)
    )
