"""Why a message is refused: which rule it breaks, and in which field."""

from enum import Enum

from emulator.kernel.errors import LocalError, SecurityError


class Rule(Enum):
    """The rules a message is held against."""

    FORMAT = "format"
    RECIPIENT = "recipient"
    COMMAND = "is a command"
    KNOWN_MESSAGE_CODE = "known message code"
    DEVICE = "use case of this device"
    KNOWN_PARTY = "known party"
    AUTHORITY = "authority for the command"
    KEY_USAGE = "key usage"
    CERTIFICATE_VALIDITY = "certificate validity"
    CERTIFICATE_PATH = "certificate path"
    COUNTER = "originator counter"
    PROTECTED = "protected as its kind"
    SIGNATURE = "signature"
    MAC = "MAC"
    ENCRYPTION = "encryption"


class ProtectionError(SecurityError):
    """A message that breaks a rule of its protection.

    Args:
        rule: which rule.
        path: the field at fault, as `Message.signature`.
        offset: where the field starts in the message.
        reason: what was expected and what was there.
    """

    def __init__(self, rule: Rule, path: str, offset: int, reason: str) -> None:
        super().__init__(f"{path} at byte {offset}: {rule.value}: {reason}")
        self.rule = rule
        self.path = path
        self.offset = offset
        self.reason = reason


class MissingKeyError(LocalError):
    """Neither side's private key is at hand, so nothing can be said or made."""
