"""Whether a device acts on a message (GBCS 6.2.4).

In this order: it is for this device, is a command, its use case is known and one of this kind of
device; the originator stands in a cell of a role that may send it; it is protected as its category
asks, its certificates are valid, signature and MAC are right; its counter is fresh; its payload
can be read. The order among these is unverified; what fails first is what is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.certificate_path import require_valid, validate_path
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.counters import counted_party
from emulator.gbcs.protection.key_store import Credential, KeyStore, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs.use_cases.record import Category, UseCase
from emulator.gbcs_device.authority import answered_by, permitted_roles, replay_protected
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64, format_eui64

_PROTECTIONS: Final = {
    (True, True): "signature+MAC",
    (True, False): "signature",
    (False, True): "MAC",
    (False, False): "",
}
"""How use cases name what a message is protected by."""
_BROKER: Final = RemotePartyRole.ACCESS_CONTROL_BROKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A command that the device acts on.

    Args:
        sender: the role of the originator.
        keys: of the parties of this message, for the answer.
        agreement: knows the secrets the device shares with them.
    """

    message: Message
    use_case: UseCase
    sender: RemotePartyRole
    payload: Payload
    keys: KeyStore
    agreement: KeyAgreement


class Admission:
    """Holds messages against the rules.

    Args:
        identity: of the device: who it is, its keys, whom it trusts, with whom it may talk.
        settings: which rules are as strict as they can be.
    """

    def __init__(self, identity: DeviceIdentity, settings: RemotePartySettings) -> None:
        self._identity = identity
        self._settings = settings

    def admit(self, message: Message, moment: datetime) -> Admitted:
        """The command in a message, when it passes every rule; the device is as before.

        Args:
            message: as it came.
            moment: the device's own time, UTC.

        Raises:
            ProtectionError: when it breaks a rule.
            MissingKeyError: when the device lacks a key of its own to check it with.
        """
        use_case = self._use_case(message)
        sender = self._sender(message, use_case)
        _require_protections(message, use_case)
        keys = self._identity.keys_with(self._parties(message, sender))
        agreement = self._identity.agreement(keys)
        Protection(
            keys=keys,
            agreement=agreement,
            broker=self._identity.anchors.party(_BROKER),
            moment=moment if self._settings.check_validity else None,
        ).require(message)
        self._require_guest(message, moment)
        if replay_protected(use_case):
            self._require_fresh(message, sender)
        return Admitted(
            message=message,
            use_case=use_case,
            sender=sender,
            payload=_payload(message),
            keys=keys,
            agreement=agreement,
        )

    def record(self, admitted: Admitted) -> None:
        """Remember the counter of a command that is acted on, where counters count."""
        if replay_protected(admitted.use_case):
            count = self._counted(admitted.message, admitted.sender)
            self._identity.anchors.record_counter(count.whose, count.counter)

    def _use_case(self, message: Message) -> UseCase:
        own = self._identity.eui64
        if message.recipient != own:
            other = format_eui64(message.recipient)
            raise _refusal(message, Rule.RECIPIENT, "recipient", f"{other}, not this device")
        if message.cra is not Cra.COMMAND:
            raise _refusal(message, Rule.COMMAND, "cra", f"a {message.cra.name.lower()}")
        code = message.other_information.message_code
        use_case = known_use_case(code)
        if use_case is None or not use_case.protection.get("command"):
            reason = f"{code:04X} is no command's"
            raise _refusal(message, Rule.KNOWN_MESSAGE_CODE, "other_information", reason)
        if not answered_by(use_case, self._identity.kind):
            reason = f"{use_case} is none of a {self._identity.kind}"
            raise _refusal(message, Rule.DEVICE, "other_information", reason)
        return use_case

    def _sender(self, message: Message, use_case: UseCase) -> RemotePartyRole:
        """The role in which the originator may send this command."""
        name = format_eui64(message.originator)
        if use_case.category is Category.SME_C_PPMID_GSME:
            entry = self._identity.log.find(message.originator)
            if entry is None or entry.certificate is None:
                raise _refusal(message, Rule.KNOWN_PARTY, "originator", f"{name} is not joined")
            return RemotePartyRole.OTHER
        roles = self._identity.anchors.roles_of(message.originator)
        if not roles:
            raise _refusal(message, Rule.KNOWN_PARTY, "originator", f"{name} is in no cell")
        allowed = permitted_roles(use_case)
        anchors = self._identity.anchors
        for role in sorted(roles & allowed, key=lambda each: (anchors.is_tenant(each), each)):
            return role
        held = ", ".join(sorted(role.name for role in roles))
        wanted = " or ".join(sorted(role.name for role in allowed)) or "nobody's role"
        raise _refusal(
            message, Rule.AUTHORITY, "originator", f"{name} is {held}, expected {wanted}"
        )

    def _parties(self, message: Message, sender: RemotePartyRole) -> Iterable[Credential]:
        """The keys of the originator, the access control broker and whoever reads the answer."""
        anchors = self._identity.anchors
        found: dict[tuple[Eui64, KeyUse], Credential] = {}
        entry = self._identity.log.find(message.originator)
        if sender is RemotePartyRole.OTHER and entry is not None and entry.certificate is not None:
            _add(found, message.originator, KeyUse.KEY_AGREEMENT, entry.certificate)
        broker = KeyUse.KEY_AGREEMENT, cell(_BROKER, KeyUsage.KEY_AGREEMENT)
        own = ((use, cell(sender, usage)) for use, usage in _USAGES)
        for use, where in (broker, *own):
            held = anchors.certificate(where)
            if held is not None and held.eui64 is not None:
                _add(found, held.eui64, use, held)
        guest = _guest(message)
        party = message.other_information.supplementary_party
        if guest is not None and guest.eui64 is not None:
            _add(found, guest.eui64, KeyUse.KEY_AGREEMENT, guest)
        elif party is not None:
            for role in sorted(anchors.roles_of(party)):
                known = anchors.certificate(cell(role, KeyUsage.KEY_AGREEMENT))
                if known is not None:
                    _add(found, party, KeyUse.KEY_AGREEMENT, known)
        return found.values()

    def _require_guest(self, message: Message, moment: datetime) -> None:
        """Let a message pass that names no unknown party, or one with a good certificate."""
        if message.other_information.certificate is None:
            return
        guest = _guest(message)
        party = message.other_information.supplementary_party
        if (
            guest is None
            or guest.eui64 != party
            or guest.usage is not CertificateUsage.KEY_AGREEMENT
        ):
            reason = "expected a key agreement certificate of the supplementary party"
            raise _refusal(message, Rule.KEY_USAGE, "other_information", reason)
        if self._settings.check_paths:
            validate_path(guest, self._identity.anchors.authorities, moment)
        elif self._settings.check_validity:
            require_valid(guest, moment)

    def _require_fresh(self, message: Message, sender: RemotePartyRole) -> None:
        count = self._counted(message, sender)
        highest = self._identity.anchors.highest_counter(count.whose)
        if count.counter <= highest:
            reason = f"{count.counter} for {count.name}, expected above {highest}"
            raise _refusal(message, Rule.COUNTER, count.field, reason)

    def _counted(self, message: Message, sender: RemotePartyRole) -> "_Count":
        """The counter that guards a command.

        A remote party counts by its role, a device by its name. For whoever the broker speaks for,
        that party's own counter counts; one that the device does not know has none here, and the
        broker's counts. Nobody but the broker speaks for others.
        """
        if sender is RemotePartyRole.OTHER:
            name = format_eui64(message.originator)
            return _Count(message.originator, name, message.counter, "counter")
        party, counter, field = counted_party(message)
        if sender is _BROKER and party != message.originator:
            anchors = self._identity.anchors
            roles = anchors.roles_of(party)
            for role in sorted(roles, key=lambda each: (anchors.is_tenant(each), each)):
                return _Count(role, role.name, counter, field)
        return _Count(sender, sender.name, message.counter, "counter")


@dataclass(frozen=True, slots=True)
class _Count:
    """A counter that guards commands against replay.

    Args:
        whose: role, or EUI-64 of a device.
        name: of the role or device.
        counter: in the message.
        field: of the message that holds it.
    """

    whose: int
    name: str
    counter: int
    field: str


_USAGES: Final = (
    (KeyUse.DIGITAL_SIGNATURE, KeyUsage.DIGITAL_SIGNATURE),
    (KeyUse.KEY_AGREEMENT, KeyUsage.KEY_AGREEMENT),
)


def _add(
    found: dict[tuple[Eui64, KeyUse], Credential],
    party: Eui64,
    use: KeyUse,
    certificate: Certificate,
) -> None:
    """Add a key of a party, unless it has one for that use already."""
    found.setdefault(
        (party, use),
        Credential(
            eui64=party, use=use, public_key=certificate.public_key, certificate=certificate
        ),
    )


def _guest(message: Message) -> Certificate | None:
    """The certificate of an unknown remote party in a message; None where there is none good."""
    der = message.other_information.certificate
    if der is None:
        return None
    try:
        return Certificate.decode(der)
    except WireError:
        return None


def _require_protections(message: Message, use_case: UseCase) -> None:
    expected = use_case.protection["command"]
    held = _PROTECTIONS[bool(message.signature), message.mac is not None]
    if held not in expected:
        reason = f"{held or 'nothing'}, expected {' or '.join(expected)}"
        raise _refusal(message, Rule.PROTECTED, "signature", reason)


def _payload(message: Message) -> Payload:
    try:
        return decode_payload(message)
    except WireError as fault:
        raise ProtectionError(Rule.FORMAT, fault.path, fault.offset, fault.reason) from fault


def _refusal(message: Message, rule: Rule, field: str, reason: str) -> ProtectionError:
    return ProtectionError(rule, f"Message.{field}", message.offset_of(field), reason)
