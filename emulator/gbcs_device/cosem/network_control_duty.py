"""What the hub's ZigBee network control objects do (use-case annex of GBCS, CCS01 to CCS07).

A device is admitted when the command that adds it also opens joining, which is an item of its own
after it. A device that is in the log already keeps its key, whatever the command says. How refusals
are told (a full log, a device that is not in it) is unverified.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome, Method
from emulator.gbcs_device.cosem.hub_log_data import (
    active_devices,
    backup,
    historic_backup,
    parts_of,
    read_active_devices,
    read_backup,
    read_eui64,
    read_network,
)
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.hub_device_log import (
    CAPACITY,
    HISTORIC_CAPACITY,
    HubDeviceLog,
    Registration,
)
from emulator.gbcs_device.primitives import (
    AdmitDevice,
    AlertRequest,
    AllowJoining,
    DismissDevice,
    RestoreNetwork,
)
from emulator.kernel.identity import Eui64

LOG_CHANGED: Final = 0x8F12
"""Alert code of CS14, which tells of every change of the log with all that is in it."""
_CLASS: Final = 104
_LOG: Final = parse_obis("0-0:30.3.0.255")
_HISTORIC: Final = parse_obis("0-0:30.3.1.255")
JOINING: Final = Attribute(_CLASS, _LOG, 2)
JOIN_TIMEOUT: Final = Attribute(_CLASS, _LOG, 3)
ACTIVE_DEVICES: Final = Attribute(_CLASS, _LOG, 4)
REGISTER_DEVICE: Final = Method(_CLASS, _LOG, 1)
UNREGISTER_DEVICE: Final = Method(_CLASS, _LOG, 2)
BACKUP_PAN: Final = Method(_CLASS, _LOG, 4)
RESTORE_PAN: Final = Method(_CLASS, _LOG, 5)
BACKUP_HISTORIC: Final = Method(_CLASS, _HISTORIC, 4)
_INSTALL_CODE: Final = 1
_INSTALL_CODE_LENGTH: Final = 16
_GAS_PROXY: Final = 254
"""The gas proxy function lives in the hub: it is in the log, but never joins by radio."""
_REGISTRATION_PARTS: Final = 4


class _Candidate(NamedTuple):
    """A device that was added and waits for joining to be opened."""

    eui64: Eui64
    device_type: int
    install_code: bytes


def network_control_duty(store: ObjectStore, log: HubDeviceLog) -> Duty:
    """The duty of a hub's log objects.

    Args:
        store: the hub's objects.
        log: what they show and change.
    """
    return _NetworkControl(store, log).duty()


def log_changed(log: HubDeviceLog, moment: datetime) -> AlertRequest:
    """The alert that tells of a change of the log (CS14)."""
    return AlertRequest(LOG_CHANGED, encode_data(backup(log, moment)))


class _NetworkControl:
    def __init__(self, store: ObjectStore, log: HubDeviceLog) -> None:
        self._store = store
        self._log = log
        self._candidate: _Candidate | None = None

    def duty(self) -> Duty:
        return Duty(
            name="network control",
            reads={ACTIVE_DEVICES: lambda _: active_devices(self._log)},
            writes={JOINING: self._open_or_close},
            methods={
                REGISTER_DEVICE: self._register,
                UNREGISTER_DEVICE: self._unregister,
                BACKUP_PAN: lambda _, command: ItemOutcome(data=backup(self._log, command.moment)),
                RESTORE_PAN: self._restore,
                BACKUP_HISTORIC: lambda _, command: ItemOutcome(
                    data=historic_backup(self._log, command.moment)
                ),
            },
            told={ACTIVE_DEVICES: self._devices_told},
            given_back={BACKUP_PAN: self._backup_told, BACKUP_HISTORIC: self._historic_told},
            kept=self._log,
        )

    def _register(self, parameters: Data, command: Command) -> ItemOutcome:
        candidate = _candidate(parameters)
        if candidate is None:
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        self._candidate = None
        match self._log.register(candidate.eui64, candidate.device_type):
            case Registration.LOG_FULL:
                return ItemOutcome(AccessResult.TEMPORARY_FAILURE)
            case Registration.ALREADY_LOGGED:
                return ItemOutcome()
            case Registration.ADDED:
                if candidate.device_type != _GAS_PROXY:
                    self._candidate = candidate
                return ItemOutcome(effects=(log_changed(self._log, command.moment),))

    def _open_or_close(self, value: Data, _: Command) -> Sequence[object]:
        candidate, self._candidate = self._candidate, None
        timeout = self._store.value(JOIN_TIMEOUT).value
        seconds = timeout if value.value and isinstance(timeout, int) else 0
        if candidate is None or not seconds:
            return (AllowJoining(seconds),)
        historic = candidate.eui64 in self._log.historic
        return (AdmitDevice(*candidate, timeout=seconds, historic=historic),)

    def _unregister(self, parameters: Data, command: Command) -> ItemOutcome:
        eui64 = read_eui64(parameters)
        if eui64 is None:
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        if not self._log.unregister(eui64):
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        return ItemOutcome(effects=(DismissDevice(eui64), log_changed(self._log, command.moment)))

    def _restore(self, parameters: Data, command: Command) -> ItemOutcome:
        network = read_network(parameters)
        if network is None:
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        extended_pan_id, devices = network
        if not self._log.replace(extended_pan_id, devices.items()):
            return ItemOutcome(AccessResult.TEMPORARY_FAILURE)
        restored = RestoreNetwork(extended_pan_id, tuple(devices.items()))
        return ItemOutcome(effects=(restored, log_changed(self._log, command.moment)))

    def _devices_told(self, told: Data) -> None:
        devices = read_active_devices(told, self._log)
        if len(devices) <= CAPACITY:
            self._log.hold(devices)

    def _backup_told(self, told: Data) -> None:
        network = read_backup(told)
        if network is not None:
            self._log.replace(network[0], network[1].items())

    def _historic_told(self, told: Data) -> None:
        network = read_backup(told)
        if network is not None and len(network[1]) <= HISTORIC_CAPACITY:
            self._log.hold_historic(network[1])


def _candidate(parameters: Data) -> _Candidate | None:
    """The device that the parameters of `register_device` name; None when they name none."""
    parts = parts_of(parameters)
    if parameters.type is not DataType.STRUCTURE or len(parts) != _REGISTRATION_PARTS:
        return None
    eui64 = read_eui64(parts[0])
    key_type, key, device_type = (part.value for part in parts[1:])
    if eui64 is None or key_type != _INSTALL_CODE or not isinstance(device_type, int):
        return None
    if not isinstance(key, bytes) or len(key) != _INSTALL_CODE_LENGTH:
        return None
    return _Candidate(eui64, device_type, key)
