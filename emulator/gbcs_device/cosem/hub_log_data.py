"""The logs of a hub as COSEM data: backups, and the devices as they are heard (DLMS class 104)."""

from datetime import datetime
from typing import Final

from emulator.cosem.moments import date_time_octets
from emulator.dlms.data import BitString, Data, array, octet_string, structure, unsigned
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.hub_device_log import (
    UNKNOWN_TYPE,
    HubDeviceLog,
    LinkStatistics,
    LoggedDevice,
)
from emulator.kernel.identity import Eui64

EUI64_LENGTH: Final = 8
HASH_LENGTH: Final = 16
_BACKUP_PARTS: Final = 3
_ENTRY_PARTS: Final = 2
_ACTIVE_PARTS: Final = 14
_STATUS_BITS: Final = 8


def backup(log: HubDeviceLog, moment: datetime) -> Data:
    """What `backup_PAN` of the device log gives: when, which network, who with which hash."""
    keys = {eui64: device.hashed_key for eui64, device in log.devices.items()}
    return _backup(log, moment, keys)


def historic_backup(log: HubDeviceLog, moment: datetime) -> Data:
    """What `backup_PAN` of the historic log gives."""
    return _backup(log, moment, dict(log.historic))


def _backup(log: HubDeviceLog, moment: datetime, keys: dict[Eui64, bytes]) -> Data:
    return structure(
        octet_string(date_time_octets(moment)),
        octet_string(log.extended_pan_id.to_bytes(EUI64_LENGTH, "big")),
        array(
            *(
                structure(octet_string(eui64.to_bytes(EUI64_LENGTH, "big")), octet_string(key))
                for eui64, key in keys.items()
            )
        ),
    )


def read_backup(told: Data) -> tuple[int, dict[Eui64, bytes]] | None:
    """Network and hashed keys out of what `backup_PAN` gave; None when it is none."""
    parts = parts_of(told)
    if len(parts) != _BACKUP_PARTS:
        return None
    return read_network(structure(*parts[1:]))


def read_network(network: Data) -> tuple[int, dict[Eui64, bytes]] | None:
    """Network and hashed keys out of the parameters of `restore_PAN`; None when they are none."""
    parts = parts_of(network)
    if len(parts) != _ENTRY_PARTS or parts[1].type is not DataType.ARRAY:
        return None
    extended_pan_id = read_eui64(parts[0])
    devices = {}
    for each in parts_of(parts[1]):
        entry = parts_of(each)
        eui64 = read_eui64(entry[0]) if len(entry) == _ENTRY_PARTS else None
        key = entry[1].value if eui64 is not None else None
        if eui64 is None or not isinstance(key, bytes) or len(key) not in (0, HASH_LENGTH):
            return None
        devices[eui64] = key
    return None if extended_pan_id is None else (extended_pan_id, devices)


def read_eui64(data: Data) -> Eui64 | None:
    """The name that eight octets are; None for anything else."""
    if data.type is not DataType.OCTET_STRING or not isinstance(data.value, bytes):
        return None
    return Eui64(int.from_bytes(data.value, "big")) if len(data.value) == EUI64_LENGTH else None


def active_devices(log: HubDeviceLog) -> Data:
    """The attribute `active_devices`: every device in the log, and how the hub hears it."""
    return array(*(_active(eui64, device.statistics) for eui64, device in log.devices.items()))


def _active(eui64: Eui64, heard: LinkStatistics) -> Data:
    status = BitString(_STATUS_BITS, bytes((heard.status,)))
    return structure(
        octet_string(eui64.to_bytes(EUI64_LENGTH, "big")),
        Data(DataType.BIT_STRING, status),
        *(Data(DataType.INTEGER, level) for level in heard.rssi),
        *map(unsigned, heard.lqi),
        octet_string(heard.last_heard),
        unsigned(heard.hops),
        unsigned(heard.failures),
        unsigned(heard.successes),
        unsigned(heard.application_version),
        unsigned(heard.stack_version),
    )


def read_active_devices(told: Data, log: HubDeviceLog) -> dict[Eui64, LoggedDevice]:
    """The devices that `active_devices` told of; what it does not tell is as the log knows it."""
    devices = {}
    for each in parts_of(told):
        parts = parts_of(each)
        eui64 = read_eui64(parts[0]) if len(parts) == _ACTIVE_PARTS else None
        if eui64 is not None:
            known = log.devices.get(eui64) or LoggedDevice(UNKNOWN_TYPE)
            devices[eui64] = LoggedDevice(known.device_type, known.hashed_key, _heard(parts))
    return devices


def _heard(parts: tuple[Data, ...]) -> LinkStatistics:
    status = parts[1].value
    octets = parts[8].value
    numbers = [part.value if isinstance(part.value, int) else 0 for part in parts]
    return LinkStatistics(
        status=status.octets[0] if isinstance(status, BitString) and status.octets else 0,
        rssi=(numbers[2], numbers[3], numbers[4]),
        lqi=(numbers[5], numbers[6], numbers[7]),
        last_heard=octets if isinstance(octets, bytes) else b"",
        hops=numbers[9],
        failures=numbers[10],
        successes=numbers[11],
        application_version=numbers[12],
        stack_version=numbers[13],
    )


def parts_of(data: Data) -> tuple[Data, ...]:
    """The parts of a structure or an array; none of anything else."""
    nested = data.type in (DataType.STRUCTURE, DataType.ARRAY)
    if not nested or not isinstance(data.value, tuple):
        return ()
    return tuple(part for part in data.value if isinstance(part, Data))
