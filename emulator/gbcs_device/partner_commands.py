"""Commands that a device itself sends to one in its log, and their answers (GBCS PCS01, PCS02)."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.counters import OriginatorCounter
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.primitives import PartnerCommandRequest
from emulator.kernel.identity import Eui64, format_eui64


@dataclass(frozen=True, slots=True)
class PartnerAnswered:
    """A partner answered a command of this device.

    Args:
        payload: of the answer; empty where it does not prove who sent it.
    """

    kind: ClassVar[str] = "partner_answered"
    message_code: int
    partner: Eui64
    counter: int
    payload: bytes


class PartnerCommands:
    """Makes the commands of one device, and knows their answers.

    Args:
        identity: of the device.
        counter: its own originator counter.
    """

    def __init__(self, identity: DeviceIdentity, counter: OriginatorCounter) -> None:
        self._identity = identity
        self._counter = counter
        self._asked: dict[tuple[Eui64, int], int] = {}

    def command(self, request: PartnerCommandRequest) -> Message:
        """The command, with a MAC.

        Raises:
            MissingKeyError: when the partner is not in the log, or has no certificate there.
        """
        keys = self._keys(request.recipient)
        message = Message(
            Cra.COMMAND,
            self._counter.next(),
            self._identity.eui64,
            request.recipient,
            b"",
            OtherInformation(request.message_code),
            request.payload,
        )
        self._asked[request.recipient, message.counter] = request.message_code
        protection = Protection(keys=keys, agreement=self._identity.agreement(keys))
        return protection.protect(message, signed=False, maced=True)

    def answered(self, message: Message) -> PartnerAnswered | None:
        """What an answer says; None for a message that answers no command of this device."""
        key = message.originator, message.counter
        code = message.other_information.message_code
        own = message.recipient == self._identity.eui64 and message.cra is Cra.RESPONSE
        if not own or self._asked.get(key) != code:
            return None
        del self._asked[key]
        payload = message.payload if self._proven(message) else b""
        return PartnerAnswered(code, message.originator, message.counter, payload)

    def _proven(self, message: Message) -> bool:
        try:
            keys = self._keys(message.originator)
            agreement = self._identity.agreement(keys)
            Protection(keys=keys, agreement=agreement).require(message)
        except (MissingKeyError, ProtectionError):
            return False
        return True

    def _keys(self, partner: Eui64) -> KeyStore:
        entry = self._identity.log.find(partner)
        if entry is None or entry.certificate is None:
            raise MissingKeyError(f"{format_eui64(partner)} is not in the log with a certificate")
        held = entry.certificate
        return self._identity.keys_with(
            (
                Credential(
                    eui64=partner,
                    use=KeyUse.KEY_AGREEMENT,
                    public_key=held.public_key,
                    certificate=held,
                ),
            )
        )
