"""What is wrong with a message, in the order in which a device would notice (GBCS 6.2.4).

First that it is a message, then that its code and parties are known and their certificates valid,
its signature and MAC, its payload, and last its sensitive data. A message that fails early is still
examined as far as it can be, so that one run names everything.
"""

from dataclasses import dataclass
from typing import Final

from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import Payload, decode_payload, payload_offset
from emulator.gbcs.protection.encryption import SECURITY_HEADER, SensitiveData
from emulator.gbcs.protection.message_protection import Check, Protection, Verification
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.kernel.errors import WireError

_PROTECTIONS: Final = {
    (True, True): "signature+MAC",
    (True, False): "signature",
    (False, True): "MAC",
    (False, False): "",
}
"""How use cases name what a message is protected by; a pre-command has nothing yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        field: dotted, from the message.
        offset: of its first octet in the message.
        reason: what was expected and what was there.
    """

    field: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedMessage:
    """What came of checking one message.

    Args:
        message: None when the octets are no message.
        payload: None when it could not be decoded.
        identical: whether what was decoded encodes to the same octets.
        verification: what became of signature and MAC; None without keys.
        decrypted: how many encrypted blocks could be decrypted.
        undecrypted: how many could not.
        findings: everything that is wrong.
    """

    message: Message | None = None
    payload: Payload | None = None
    identical: bool = False
    verification: Verification | None = None
    decrypted: int = 0
    undecrypted: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def signature(self) -> Check:
        """What became of the signature."""
        return Check.ABSENT if self.verification is None else self.verification.signature

    @property
    def mac(self) -> Check:
        """What became of the MAC."""
        return Check.ABSENT if self.verification is None else self.verification.mac


def check_message(octets: bytes, protection: Protection | None = None) -> CheckedMessage:
    """What is right and wrong with the message that `octets` should be; nothing is raised.

    Args:
        octets: of one message.
        protection: the keys to verify with; without them only the format is checked.
    """
    try:
        message = Message.decode(octets)
    except WireError as fault:
        return CheckedMessage(findings=(_finding(fault),))
    findings = _use_case_findings(message)
    verification = None
    if protection is not None:
        verification = protection.verify(message)
        findings += [
            _finding(fault) for fault in verification.faults if isinstance(fault, ProtectionError)
        ]
    try:
        payload = decode_payload(message)
    except WireError as fault:
        return CheckedMessage(
            message=message,
            verification=verification,
            findings=(*findings, _finding(fault)),
        )
    identical = payload.encode() == message.payload
    if not identical:
        reason = "what was decoded encodes to other octets"
        findings.append(Finding("Message.payload", payload_offset(message), reason))
    decrypted = undecrypted = 0
    if protection is not None and SECURITY_HEADER in message.payload:
        decrypted, undecrypted = _decrypt(message, payload, protection, findings)
    return CheckedMessage(
        message=message,
        payload=payload,
        identical=identical,
        verification=verification,
        decrypted=decrypted,
        undecrypted=undecrypted,
        findings=tuple(findings),
    )


def _use_case_findings(message: Message) -> list[Finding]:
    """What does not fit the use case: its code is none, or another protection belongs to it."""
    code = message.other_information.message_code
    use_case = known_use_case(code)
    if use_case is None:
        offset = message.offset_of("other_information") + 1
        reason = f"{Rule.KNOWN_MESSAGE_CODE.value}: {code:04X} is none"
        return [Finding("Message.other_information.message_code", offset, reason)]
    expected = use_case.protection.get(message.cra.name.lower(), ())
    held = _PROTECTIONS[bool(message.signature), message.mac is not None]
    if not expected or not held or held in expected:
        return []
    offset = message.offset_of("signature")
    reason = f"{Rule.PROTECTED.value}: {held}, expected {' or '.join(expected)}"
    return [Finding("Message.signature", offset, reason)]


def _decrypt(
    message: Message, payload: Payload, protection: Protection, findings: list[Finding]
) -> tuple[int, int]:
    """How many encrypted blocks of a payload can be decrypted, and how many can not."""
    blocks = encrypted_blocks(payload)
    if not blocks:
        return 0, 0
    try:
        data = SensitiveData(message, protection.agreement)
    except MissingKeyError as fault:
        findings.append(Finding("Message.payload", payload_offset(message), str(fault)))
        return 0, len(blocks)
    failed = 0
    at = payload_offset(message)
    encoded = message.encode()
    for block in blocks:
        at = encoded.index(block, at)
        try:
            data.decrypt(block, at)
        except ProtectionError as fault:
            findings.append(_finding(fault))
            failed += 1
        at += len(block)
    return len(blocks) - failed, failed


def _finding(fault: WireError | ProtectionError) -> Finding:
    if isinstance(fault, ProtectionError):
        return Finding(fault.path, fault.offset, f"{fault.rule.value}: {fault.reason}")
    return Finding(fault.path, fault.offset, fault.reason)
