"""Protecting messages and verifying them: who signs, which pair of keys makes the MAC (GBCS 6.2).

message                    signature       MAC
critical command           originator      access control broker and device
other command              -               access control broker and device
contingency, recovery      originator      -
response, alert            device          -
response, alert            -               device and recipient
device to device           -               the two devices
pre-command                -               -
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from hmac import compare_digest
from typing import Final

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.certificate_path import require_valid, validate_path
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.kdf import derive_key
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.protection.mac import message_mac
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.protection.signature import sign, verifies
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64, format_eui64


class Check(Enum):
    """What became of one protection of a message."""

    VALID = "valid"
    INVALID = "invalid"
    UNCHECKED = "unchecked"
    """The keys to check it are not at hand."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of the protections of a message.

    Args:
        signature: of its originator.
        mac: of the pair of parties.
        faults: a reason for every protection that is invalid or could not be checked.
    """

    signature: Check
    mac: Check
    faults: tuple[ProtectionError | MissingKeyError, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every protection there is was checked and found right."""
        return not self.faults


_ABSENT: Final = Check.ABSENT
_VALID: Final = Check.VALID
_COMMAND: Final = Cra.COMMAND
_KEY_AGREEMENT: Final = KeyUse.KEY_AGREEMENT
_DIGITAL_SIGNATURE: Final = KeyUse.DIGITAL_SIGNATURE
"""Looked up once: finding a member in its class takes as long as a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Makes and verifies signatures and MACs with the keys of a store.

    Args:
        keys: of every party.
        agreement: who knows the secrets that pairs of parties share.
        broker: the access control broker; the only one in the store unless given.
        moment: at which certificates must be valid; None leaves validity aside.
        trusted_paths: whether certificates must lead to an authority of the store.
    """

    keys: KeyStore
    agreement: KeyAgreement
    broker: Eui64 | None = None
    moment: datetime | None = None
    trusted_paths: bool = False

    def verify(self, message: Message) -> Verification:
        """What the signature and the MAC of a message are worth; nothing is raised."""
        faults: list[ProtectionError | MissingKeyError] = []
        signature = mac = _ABSENT
        if message.signature:
            signature = _check(self._check_signature, message, faults)
        if message.mac is not None:
            mac = _check(self._check_mac, message, faults)
        if signature is mac is _ABSENT and message.signature is not None:
            faults.append(_unprotected(message))
        return Verification(signature, mac, tuple(faults))

    def require(self, message: Message) -> None:
        """Let a message pass whose every protection is there and right; a pre-command has none.

        Raises:
            ProtectionError: when one is wrong, or there is none.
            MissingKeyError: when one cannot be checked.
        """
        if message.signature is None:
            raise _unprotected(message)
        for fault in self.verify(message).faults:
            raise fault

    def protect(self, message: Message, *, signed: bool, maced: bool) -> Message:
        """The message with the signature and the MAC it should have, in place of any it has.

        Raises:
            MissingKeyError: when a key for it is not at hand.
        """
        bare = replace(message, signature=b"", mac=None)
        if signed:
            signer = self._credential(bare.originator, _DIGITAL_SIGNATURE, "originator", bare)
            if signer.private_key is None:
                raise MissingKeyError(
                    f"no private key of {format_eui64(bare.originator)} to sign with"
                )
            bare = replace(bare, signature=sign(signer.private_key, bare.signed_region))
        return replace(bare, mac=self.mac(bare)) if maced else bare

    def mac(self, message: Message) -> bytes:
        """The MAC that a message should have.

        Raises:
            MissingKeyError: when the secret of the pair is not at hand.
            ProtectionError: when a party of the pair is not known.
        """
        return self._mac(message, self._pair(message))

    def _mac(self, message: Message, pair: tuple[Eui64, Eui64]) -> bytes:
        covered = message.maced_region
        key = derive_key(
            self.agreement.shared_secret(*pair),
            message.originator,
            message.cra,
            message.counter,
            message.recipient,
        )
        return message_mac(key, message.originator, covered)

    def _check_signature(self, message: Message) -> None:
        signer = self._credential(message.originator, _DIGITAL_SIGNATURE, "originator", message)
        signature = message.signature or b""
        if not verifies(signer.public_key, signature, message.signed_region):
            raise ProtectionError(
                Rule.SIGNATURE,
                "Message.signature",
                message.offset_of("signature"),
                f"is not that of {format_eui64(message.originator)} over this message",
            )

    def _check_mac(self, message: Message) -> None:
        pair = self._pair(message)
        self._credential(pair[0], _KEY_AGREEMENT, "originator", message)
        self._credential(pair[1], _KEY_AGREEMENT, "recipient", message)
        if not compare_digest(self._mac(message, pair), message.mac or b""):
            raise ProtectionError(
                Rule.MAC,
                "Message.mac",
                message.offset_of("mac"),
                f"is not that of {format_eui64(pair[0])} and {format_eui64(pair[1])} "
                "over this message",
            )

    def _pair(self, message: Message) -> tuple[Eui64, Eui64]:
        """Whose keys make the MAC."""
        if message.cra is not _COMMAND or self.keys.is_device(message.originator):
            return message.originator, message.recipient
        return self._acting_broker(), message.recipient

    def _acting_broker(self) -> Eui64:
        if self.broker is not None:
            return self.broker
        brokers = self.keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)
        if len(brokers) != 1:
            raise MissingKeyError(
                f"{len(brokers)} access control brokers in the key store; say which one"
            )
        return brokers[0]

    def _credential(self, party: Eui64, use: KeyUse, name: str, message: Message) -> Credential:
        """The key of a party for a use.

        Raises:
            ProtectionError: when the party is not known, has no such key, or its certificate is
                not valid.
        """
        found = self.keys.find(party, use)
        if found is None:
            known = self.keys.knows(party)
            raise ProtectionError(
                Rule.KEY_USAGE if known else Rule.KNOWN_PARTY,
                f"Message.{name}",
                message.offset_of(name),
                f"{format_eui64(party)} has no {use.usage.value} key"
                if known
                else f"{format_eui64(party)} is in no certificate",
            )
        if self.moment is not None and found.certificate is not None:
            self._require_certificate(found.certificate, self.moment)
        return found

    def _require_certificate(self, certificate: Certificate, moment: datetime) -> None:
        if self.trusted_paths:
            validate_path(certificate, self.keys.authorities, moment)
        else:
            require_valid(certificate, moment)


def _unprotected(message: Message) -> ProtectionError:
    offset = message.offset_of("signature")
    return ProtectionError(Rule.PROTECTED, "Message.signature", offset, "neither signature nor MAC")


def _check(
    check: Callable[[Message], None],
    message: Message,
    faults: list[ProtectionError | MissingKeyError],
) -> Check:
    """What became of one check; its fault, if any, joins the others."""
    try:
        check(message)
    except MissingKeyError as fault:
        faults.append(fault)
        return Check.UNCHECKED
    except ProtectionError as fault:
        faults.append(fault)
        unknown = fault.rule in (Rule.KNOWN_PARTY, Rule.KEY_USAGE)
        return Check.UNCHECKED if unknown else Check.INVALID
    return _VALID
