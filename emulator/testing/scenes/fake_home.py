"""Devices behind a hub that answer every command of the DCC, for tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from emulator.dcc.alert_reading import HUB_BACKUP
from emulator.dcc.dated_updates import credentials_command
from emulator.dcc.firmware_versions import ACTIVATION_ALERT
from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import NULL, Data, array, long_unsigned, octet_string, structure
from emulator.dlms.descriptors import AccessKind
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.credentials import (
    IssueCredentialsResponse,
    ProvideCertificateResponse,
    ProvideCredentialsResponse,
    UpdateCertificateResponse,
    UpdateCredentialsAlert,
    UpdateCredentialsOutcome,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import (
    JoinDeviceResponse,
    ReadDeviceLogResponse,
    RestoreDeviceLogResponse,
    UnjoinDeviceResponse,
)
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareAlert,
    ActivateFirmwareResponse,
    ActivationOutcome,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs.asn1.gas_clock import SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.block_exchange import BlockExchange, Incoming, Outgoing
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.primitives import Side, ZclStatus

_BACKUP_TIME: Final = bytes.fromhex("07DF0101FF000000008000FF")
"""2015-01-01 00:00:00 UTC as COSEM date-time."""
_CREDENTIALS_UPDATES: Final = (*range(0x0102, 0x010A), 0x0125, 0x0126)
"""CS02b and CS02g."""
_UPDATE_ALERT: Final = 0x00CB
"""Alert of a CS02b that waited."""
_JOINS: Final = (0x000D, 0x000E, 0x00AB, 0x00AF)
"""CS03."""
FIRMWARE: Final = bytes.fromhex("01020304")
"""The version that every device says it runs."""
_READ_VERSION: Final = 0x0059
"""ECS52."""
_GENERAL_ALERT: Final = 0x1000
"""Message code of a general alert of a device with COSEM objects."""


@dataclass(slots=True, kw_only=True)
class FakeHome:
    """The devices behind one hub: each answers every command with success, unless told otherwise.

    Args:
        protection: with everybody's private keys.
        up: takes a message to the DCC.
        hub: the CHF.
        silent: devices that do not answer.
        failing: devices that answer that it went wrong.
        heard: every command that came, in order.
    """

    protection: Protection
    up: Callable[[bytes], None]
    hub: Eui64
    silent: set[Eui64] = field(default_factory=set)
    failing: set[Eui64] = field(default_factory=set)
    heard: list[Message] = field(default_factory=list)
    _exchange: BlockExchange = field(default_factory=BlockExchange)

    def deliver(self, octets: bytes) -> None:
        """A command comes, whole or in blocks."""
        for effect in self._exchange.arrived(octets, START):
            match effect:
                case Outgoing():
                    self.up(effect.octets)
                case Incoming():
                    self._carry_out(effect.octets)
                case _:
                    pass

    def _carry_out(self, octets: bytes) -> None:
        command = Message.decode(octets)
        self.protection.require(command)
        self.heard.append(command)
        if command.recipient not in self.silent:
            self.up(self.response(command).encode())

    def response(self, command: Message) -> Message:
        """What the device answers: protected like its command (GBCS 6.2)."""
        payload = decode_payload(command)
        good = command.recipient not in self.failing
        bare = Message(
            Cra.RESPONSE,
            command.counter,
            command.recipient,
            command.originator,
            b"",
            replace(command.other_information, certificate=None),
            _answered(payload, command.other_information.message_code, good=good).encode(),
        )
        signed = bool(command.signature)
        return self.protection.protect(bare, signed=signed, maced=not signed)

    def backup(self, counter: int, devices: Iterable[tuple[Eui64, bytes]]) -> Message:
        """The alert of the hub that backs up its device log (GBCS CS14)."""
        entries = [
            structure(octet_string(device.to_bytes(8, "big")), octet_string(key_hash))
            for device, key_hash in devices
        ]
        log = structure(octet_string(_BACKUP_TIME), octet_string(bytes(range(8))), array(*entries))
        broker = self.protection.keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]
        return self.alert(counter, 0x8F12, to=broker, log=log)

    def alert(
        self,
        counter: int,
        alert_code: int,
        *,
        to: Eui64,
        log: Data | None = None,
    ) -> Message:
        """An alert of the hub, with a MAC: a general one, or one with its device log."""
        code, parts = (_GENERAL_ALERT, ()) if log is None else (HUB_BACKUP, (log,))
        body = structure(long_unsigned(alert_code), octet_string(_BACKUP_TIME), *parts)
        payload = DataNotification(0x20000000, body).encode()
        bare = Message(Cra.ALERT, counter, self.hub, to, b"", OtherInformation(code), payload)
        return self.protection.protect(bare, signed=False, maced=True)

    def activated(self, counter: int, device: Eui64, version: bytes) -> Message:
        """The alert of a device that ran new firmware at its date (GBCS CS06)."""
        supplier = self.protection.keys.with_role(RemotePartyRole.SUPPLIER)[0]
        outcome = ActivationOutcome(0, version)
        told = ActivateFirmwareAlert(0x8F66, "20260105000000Z", counter, outcome)
        payload = Asn1Payload(ACTIVATION_ALERT, Cra.ALERT, told).encode()
        information = OtherInformation(ACTIVATION_ALERT)
        bare = Message(Cra.ALERT, counter, device, supplier, b"", information, payload)
        return self.protection.protect(bare, signed=True, maced=False)

    def updated(self, counter: int, command: Message, alert_code: int = 0x8F66) -> Message:
        """The alert of a device that took other credentials at their date, or did not (CS02b)."""
        asked = credentials_command(command)
        assert asked is not None  # noqa: S101 - no other command leads to it
        control = asked.control
        outcome = UpdateCredentialsOutcome(control.sequence_number, control.mode, (), ())
        told = UpdateCredentialsAlert(alert_code, "20260105010000Z", outcome)
        payload = Asn1Payload(_UPDATE_ALERT, Cra.ALERT, told).encode()
        bare = Message(
            Cra.ALERT,
            counter,
            command.recipient,
            command.originator,
            b"",
            OtherInformation(_UPDATE_ALERT),
            payload,
        )
        return self.protection.protect(bare, signed=True, maced=False)


def _answered(payload: Any, code: int, *, good: bool) -> Any:
    """The payload of an answer."""
    match payload:
        case AccessRequest():
            return AccessResponse(
                payload.invoke_id,
                (octet_string(FIRMWARE) if code == _READ_VERSION else NULL,)
                * len(payload.descriptors),
                tuple(
                    Outcome(AccessKind(each.kind & 3), 0 if good else 250)
                    for each in payload.descriptors
                ),
            )
        case GbzPayload():
            return GbzPayload(
                tuple(
                    replace(
                        each,
                        header=header(FrameType.GENERAL, Side.CLIENT, each.header.sequence, 0x0B),
                        payload=DefaultResponse(
                            command=each.header.command,
                            status=ZclStatus.SUCCESS if good else ZclStatus.FAILURE,
                        ).encode(),
                        from_date_time=None,
                    )
                    for each in payload.components
                )
            )
        case _:
            return Asn1Payload(code, Cra.RESPONSE, _asn1_answer(code, good=good))


def _asn1_answer(code: int, *, good: bool) -> object:
    """The answer of a use case without a model of objects; only those that can fail do."""
    failure = 0 if good else 1
    answers: dict[int, object] = {
        0x0008: ProvideCredentialsResponse(()),
        0x011B: ProvideCredentialsResponse(()),
        0x000A: IssueCredentialsResponse(b"\x30\x00" if good else 1),
        0x000B: UpdateCertificateResponse(failure),
        0x000C: ProvideCertificateResponse(b"\x30\x00" if good else 1),
        0x000F: UnjoinDeviceResponse(failure),
        0x0010: UnjoinDeviceResponse(failure),
        0x0012: ActivateFirmwareResponse(None),
        0x0013: ReadDeviceLogResponse(failure, () if good else None),
        0x007F: SetTimeResponse("20260105000000Z", failure),
        0x008C: RestoreDeviceLogResponse(()),
        0x0129: ReadFirmwareVersionResponse(bytes(4), failure),
        **dict.fromkeys(_CREDENTIALS_UPDATES, UpdateCredentialsResponse(None)),
        **dict.fromkeys(_JOINS, JoinDeviceResponse(failure)),
    }
    return answers[code]
