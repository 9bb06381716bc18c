"""Executes commands in ASN.1: one handler for each use case (GBCS 11 to 13)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs.asn1.codes import ActivateFirmwareResponseCode, StatusCode
from emulator.gbcs.asn1.composites import Sequence as Asn1Sequence
from emulator.gbcs.asn1.composites import SequenceOf
from emulator.gbcs.asn1.credentials import (
    UpdateCredentialsAlert,
    UpdateCredentialsCommand,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import DeviceLogEntry
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareAlert,
    ActivateFirmwareCommand,
    ActivateFirmwareResponse,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.utrn import COUNTER_SHIFT
from emulator.gbcs_device.asn1.certificates import (
    issue_credentials,
    provide_certificate,
    update_certificate,
)
from emulator.gbcs_device.asn1.credentials_updates import MODES, authorised, replace_credentials
from emulator.gbcs_device.asn1.firmware_updates import (
    activate_image,
    after_activation,
    may_activate,
    read_version,
)
from emulator.gbcs_device.asn1.gas_clock import set_time
from emulator.gbcs_device.asn1.handling import Belongings, Handled, Handler, injected
from emulator.gbcs_device.asn1.joins import (
    join_device,
    log_entries,
    read_device_log,
    restore_device_log,
    unjoin_device,
)
from emulator.gbcs_device.asn1.security_events import of_credentials
from emulator.gbcs_device.asn1.seeding import seed_belongings
from emulator.gbcs_device.asn1.trust_anchor_reads import NO_AUTHORITY, provide_credentials
from emulator.gbcs_device.asn1.waiting_commands import WaitingCommand, WaitingCommands
from emulator.gbcs_device.device_clock import generalized_time
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.gbcs_device.future_dated import ExecutionFailed, ExecutionSuperseded, FutureDated
from emulator.gbcs_device.primitives import (
    AlertRequest,
    PartnerJoined,
    PartnerUnjoined,
    SupplierReplaced,
)
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

ACTIVATE_FIRMWARE: Final = 0x0012
_LOAD_CONTROLLER_UPDATES: Final = frozenset((0x0125, 0x0126))
_FIRMWARE_ALERT, _CREDENTIALS_ALERT, _LOAD_CONTROLLER_ALERT = 0x00CA, 0x00CB, 0x0124
_SUCCEEDED, _FAILED = 0x8F66, 0x8F67
_BAD_CONTENT: Final = 0x8F1E
_GAS_PROXY_LOG_CHANGED: Final = 0x8071
_ENTRIES: Final = SequenceOf(Asn1Sequence(DeviceLogEntry))

HANDLERS: Final[Mapping[int, Handler]] = MappingProxyType(
    {
        0x0008: provide_credentials,
        0x000A: issue_credentials,
        0x000B: update_certificate,
        0x000C: provide_certificate,
        0x000D: join_device,
        0x000E: join_device,
        0x000F: unjoin_device,
        0x0010: unjoin_device,
        0x0013: read_device_log,
        0x007F: set_time,
        0x008C: restore_device_log,
        0x00AB: join_device,
        0x00AF: join_device,
        0x011B: provide_credentials,
        0x0129: read_version,
    }
)
"""What is done at once, by message code; CS02b, CS02g and CS06 may wait for a date."""


class Asn1Executor:
    """The ASN.1 commands of one device.

    Args:
        belongings: what they read and change.
        known: certificates from which told trust anchors are seeded.
    """

    def __init__(self, belongings: Belongings, known: KeyStore | None = None) -> None:
        self._belongings = belongings
        self._known = known or KeyStore(())
        self._waiting = WaitingCommands()

    def execute(self, command: Command) -> Executed:
        """Do what the command says, or let it wait for its date."""
        payload = command.payload
        if not isinstance(payload, Asn1Payload):
            raise LocalError(f"{type(payload).__name__} is no payload in ASN.1")
        code = command.use_case.code
        if code in MODES:
            handled = self._update_credentials(command, payload.value)
        elif code == ACTIVATE_FIRMWARE:
            handled = self._activate_firmware(command, payload.value)
        elif code in HANDLERS:
            handled = HANDLERS[code](self._belongings, command, payload.value)
        else:
            handled = Handled(None, (AlertRequest(NO_AUTHORITY),))
        response = None if handled.value is None else self._payload(code, Cra.RESPONSE, handled)
        effects = (*handled.effects, *self._log_backup(handled.effects))
        deferred = (each for each in self._waiting.all if each.command is command)
        return Executed(response, effects, tuple(map(self._deferred, deferred)))

    def waiting(self) -> Sequence[Deferred]:
        """What waits for its date, in the order of the commands."""
        return tuple(map(self._deferred, self._waiting.all))

    def _deferred(self, waiting: WaitingCommand) -> Deferred:
        message = waiting.command.message
        about = FutureDated(waiting.command.use_case.code, message.counter, message.originator)
        return Deferred(waiting.due, partial(self._carry_out, waiting), about)

    def seed(self, command: Message, response: Payload) -> None:
        """Hold what this answer tells, so that the same command is answered like it."""
        seed_belongings(self._belongings, self._known, command, response)

    def snapshot(self) -> Mapping[str, object]:
        """What waits; the belongings are kept by the device."""
        return {"waiting": self._waiting.snapshot()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._waiting.restore(snapshot["waiting"])

    def _payload(self, code: int, cra: Cra, handled: Handled) -> Asn1Payload:
        return Asn1Payload(code, cra, handled.value, self._belongings.settings.lengths)

    def _update_credentials(self, command: Command, asked: UpdateCredentialsCommand) -> Handled:
        """Replace at once, or wait (CS02b, CS02g)."""
        if not authorised(command, asked):
            return Handled(None, (AlertRequest(NO_AUTHORITY),))
        if asked.execution_time is not None:
            if self._waiting.schedule(command, asked.execution_time):
                return Handled(UpdateCredentialsResponse(None))
            return Handled(None, (AlertRequest(_BAD_CONTENT),))
        supplier = self._supplier()
        outcome = replace_credentials(self._belongings, command, asked, command.moment)
        effects = (*self._replaced(supplier), *of_credentials(outcome))
        return Handled(UpdateCredentialsResponse(None, outcome), effects)

    def _activate_firmware(self, command: Command, asked: ActivateFirmwareCommand) -> Handled:
        """Activate at once, or wait (CS06)."""
        if not may_activate(command, asked):
            return Handled(None, (AlertRequest(_BAD_CONTENT),))
        if asked.execution_time is not None:
            if self._waiting.schedule(command, asked.execution_time):
                return Handled(ActivateFirmwareResponse(None))
            return Handled(None, (AlertRequest(_BAD_CONTENT),))
        outcome = activate_image(self._belongings.firmware, asked.image_hash, injected(command))
        return Handled(ActivateFirmwareResponse(outcome), after_activation(outcome))

    def _carry_out(self, waiting: WaitingCommand, moment: datetime) -> Executed:
        """Do what waited; the response is the alert that tells of it."""
        if not self._waiting.take(waiting):
            return Executed(None, (ExecutionSuperseded(),))
        supplier = self._supplier()
        value, code, succeeded = self._outcome(waiting, moment)
        done = after_activation(value.outcome) if isinstance(value, ActivateFirmwareAlert) else ()
        noted = of_credentials(value.outcome) if isinstance(value, UpdateCredentialsAlert) else ()
        effects = (*(done if succeeded else (ExecutionFailed(),)), *self._replaced(supplier))
        return Executed(self._payload(code, Cra.ALERT, Handled(value)), (*effects, *noted))

    def _supplier(self) -> Eui64 | None:
        return self._belongings.identity.anchors.party(RemotePartyRole.SUPPLIER)

    def _replaced(self, before: Eui64 | None) -> tuple[object, ...]:
        """What the meter is told where there was a supplier and now is another."""
        if before is None or self._supplier() == before:
            return ()
        floor = self._belongings.identity.anchors.prepayment_floor(RemotePartyRole.SUPPLIER)
        return (SupplierReplaced(floor >> COUNTER_SHIFT),)

    def _outcome(self, waiting: WaitingCommand, moment: datetime) -> tuple[Any, int, bool]:
        """The alert's value, its message code, and whether all went well."""
        command = waiting.command
        asked = command.payload.value if isinstance(command.payload, Asn1Payload) else None
        when = generalized_time(waiting.due)
        if isinstance(asked, ActivateFirmwareCommand):
            activated = activate_image(
                self._belongings.firmware, asked.image_hash, injected(command)
            )
            well = activated.response_code == ActivateFirmwareResponseCode.SUCCESS
            firmware_alert = ActivateFirmwareAlert(
                _SUCCEEDED if well else _FAILED, when, asked.originator_counter, activated
            )
            return firmware_alert, _FIRMWARE_ALERT, well
        if isinstance(asked, UpdateCredentialsCommand):
            replaced = replace_credentials(self._belongings, command, asked, moment)
            well = all(each.status == StatusCode.SUCCESS for each in replaced.outcomes)
            alert = UpdateCredentialsAlert(_SUCCEEDED if well else _FAILED, when, replaced)
            others = command.use_case.code in _LOAD_CONTROLLER_UPDATES
            return alert, _LOAD_CONTROLLER_ALERT if others else _CREDENTIALS_ALERT, well
        raise LocalError(f"{command.use_case} waits for no date")

    def _log_backup(self, effects: Sequence[object]) -> Sequence[object]:
        """The alert by which a gas proxy has its changed log kept (GCS62)."""
        identity = self._belongings.identity
        changed = any(isinstance(each, PartnerJoined | PartnerUnjoined) for each in effects)
        if identity.kind is not DeviceKind.GPF or not changed:
            return ()
        entries = log_entries(identity.log)
        content = _ENTRIES.write(entries, self._belongings.settings.lengths)
        return (AlertRequest(_GAS_PROXY_LOG_CHANGED, content),)
