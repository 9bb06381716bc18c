"""Pre-commands: signing what the DCC made, and telling whether it is still that (SEC H11.2).

A signed pre-command is the pre-command with the user's signature; all else must be octet for octet
as the DCC made it (DUIS 5.4, variants 5 to 7).
"""

from dataclasses import replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from emulator.dcc.checks.access_control import Refusal
from emulator.dcc.settings import AssumedCodes
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.protection.signature import sign
from emulator.kernel.errors import LocalError, WireError

_CORRELATION: Final = "SEC H11.2(b)"
_SIGNATURE: Final = "GBCS 6.2.4"


def sign_pre_command(octets: bytes, key: EllipticCurvePrivateKey) -> bytes:
    """What the user gives back: the pre-command with the user's signature.

    Args:
        octets: the pre-command as the DCC made it.
        key: the user's private key for digital signatures.

    Raises:
        WireError: when the octets are no message.
        LocalError: when they are no pre-command.
    """
    message = Message.decode(octets)
    if message.signature is not None:
        raise LocalError("not a pre-command: it has a place for a signature")
    bare = replace(message, signature=b"")
    return replace(bare, signature=sign(key, bare.signed_region)).encode()


def signed_command(
    octets: bytes, made: bytes | None, protection: Protection, codes: AssumedCodes
) -> Message | Refusal:
    """The signed command in what a user gave back, or why it is refused.

    Args:
        octets: as the user gave it back.
        made: the pre-command that the DCC made for the request; None when it made none.
        protection: with the user's certificate, valid at the moment it says.
        codes: response codes for refusals.
    """
    try:
        message = Message.decode(octets)
    except WireError as error:
        return Refusal(codes.correlation, f"no message: {error}", _CORRELATION)
    if made is None:
        return Refusal(codes.correlation, "no pre-command was made for it", _CORRELATION)
    if not message.signature or message.mac is not None:
        reason = "a signature is expected, and no MAC"
        return Refusal(codes.signature, reason, _SIGNATURE)
    if replace(message, signature=None).encode() != made:
        reason = "it is not the pre-command that the DCC made"
        return Refusal(codes.correlation, reason, _CORRELATION)
    try:
        protection.require(message)
    except (ProtectionError, MissingKeyError) as error:
        return Refusal(codes.signature, str(error), _SIGNATURE)
    return message
